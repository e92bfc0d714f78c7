"""Slips: the first print is stored for ever, a reprint shows the same content and says so."""

from __future__ import annotations

from counter_app.domain.people import Actor
from counter_app.domain.registers import PrintedForm
from counter_app.services.ports import Clock, Database, FormPrinter
from counter_app.services.settings import SettingsService


class SlipService:
    """The stored prints of form 01."""

    def __init__(self, database: Database, clock: Clock, settings: SettingsService, printer: FormPrinter) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._printer = printer

    def first(self, dossier_id: str) -> PrintedForm:
        """Return the first print. Raises SLIP_UNKNOWN."""
        raise NotImplementedError

    def reprint(self, code: str, paper: str, actor: Actor) -> PrintedForm:
        """Print again: the same content with "In lại lần n, HH:MM dd/MM/yyyy"; an event and an audit entry say so."""
        raise NotImplementedError

    def document(self, print_id: str) -> bytes:
        """Return the PDF of a first print or a reprint. Raises PRINT_UNKNOWN."""
        raise NotImplementedError
