"""Looking up dossiers: lists, search, one dossier opened; every look is in the audit trail."""

from __future__ import annotations

from counter_app.domain.dossier import DossierRow
from counter_app.domain.people import Actor
from counter_app.services.calendar import CalendarService
from counter_app.services.changes import Changes
from counter_app.services.dossier_views import DossierView, EarlierDossier, EventRow, Page
from counter_app.services.ports import Clock, Database, ListFilter, SearchResult
from counter_app.services.settings import SettingsService

__all__ = ["DossierService", "DossierView", "EarlierDossier", "EventRow", "Page"]


Rows = list[DossierRow]
Earlier = list[EarlierDossier]


class DossierService:
    """Reads dossiers for people, and notes who read what."""

    def __init__(self, database: Database, clock: Clock, settings: SettingsService, calendar: CalendarService) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._calendar = calendar

    def show(self, code: str, actor: Actor) -> DossierView:
        """Open the one dossier with this code (audited). Raises DOSSIER_UNKNOWN or CODE_SHARED (several: list them)."""
        raise NotImplementedError

    def matching_codes(self, text: str) -> Rows:
        """Return every dossier of which some code is, begins with or contains ``text``; never one of several at random."""
        raise NotImplementedError

    def reveal_id(self, dossier_id: str, actor: Actor) -> str:
        """Return the applicant's whole identity number (audited). Raises DOSSIER_UNKNOWN."""
        raise NotImplementedError

    def list(self, which: ListFilter, limit: int = 200, offset: int = 0) -> Page:
        """Return a page of one of the lists."""
        raise NotImplementedError

    def search(self, query: str, actor: Actor, limit: int = 50, *, typing: bool = False) -> SearchResult:
        """Return dossiers by words of anything stored. Audited, unless keys are still being pressed (``typing``)."""
        raise NotImplementedError

    def earlier_of(self, id_number: str) -> Earlier:
        """Return the newest dossiers of a person, for filling a form."""
        raise NotImplementedError

    def add_note(self, dossier_id: str, text: str, actor: Actor) -> Changes:
        """Add a note to a dossier: an event that the province gets too. Raises NOTE_EMPTY, NOTE_TOO_LONG at ``text``."""
        raise NotImplementedError
