"""Taking a dossier in: everything is checked first, then one transaction holds all of it."""

from __future__ import annotations

from counter_app.domain.people import Actor
from counter_app.services.appointments import AppointmentService
from counter_app.services.calendar import CalendarService
from counter_app.services.catalogue import CatalogueService
from counter_app.services.intake_terms import IntakeCheck, Received, ReceiveDossier
from counter_app.services.numbering import NumberingService
from counter_app.services.ports import Clock, Database, FormPrinter
from counter_app.services.settings import SettingsService

__all__ = ["IntakeCheck", "IntakeService", "ReceiveDossier", "Received"]


class IntakeService:
    """The verb *receive*."""

    def __init__(
        self, database: Database, clock: Clock, *, catalogue: CatalogueService, calendar: CalendarService, appointments: AppointmentService,
        numbering: NumberingService, settings: SettingsService, printer: FormPrinter,
    ) -> None:
        self._database = database
        self._clock = clock

    def check(self, command: ReceiveDossier) -> IntakeCheck:
        """Return every problem and warning of a command, without a write."""
        raise NotImplementedError

    def preview(self, command: ReceiveDossier, actor: Actor, copy: int = 2) -> bytes:
        """Return the slip as it will print, PDF A5, with the number that comes next; works for a form that is only half filled."""
        raise NotImplementedError

    def receive(self, command: ReceiveDossier, actor: Actor) -> Received:
        """Take a dossier in.

        Raises:
            RuleBrokenError: every problem of the command at its field.
            SurroundingsError: disk, lock, guard: nothing of the dossier is kept, its draft is.
        """
        raise NotImplementedError
