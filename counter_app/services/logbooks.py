"""The registers: pages on the screen, the bound book on paper, the closing of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from counter_app.domain.dossier import BookPlace
from counter_app.domain.people import Actor
from counter_app.domain.registers import BookVolume, DossierBookLine
from counter_app.services.changes import Changes
from counter_app.services.ports import BookPrinter, Clock, Database
from counter_app.services.settings import SettingsService

LINES_PER_PAGE = 8
"""Lines on one page of the bound book, on paper and on the screen alike."""


@dataclass(frozen=True, slots=True)
class BookPage:
    """One page of a volume; ``page`` counts from 1 to ``pages`` (0 pages: an empty volume)."""

    lines: tuple[DossierBookLine, ...]
    page: int
    pages: int
    volume: BookVolume


@dataclass(frozen=True, slots=True)
class BookExport:
    """A book that was written: where, how many lines, which pages."""

    out: Path
    lines: int
    first_page: int
    last_page: int
    changes: Changes


class LogbookService:
    """The bound registers of the desk."""

    def __init__(self, database: Database, clock: Clock, settings: SettingsService, printer: BookPrinter) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._printer = printer

    def volumes(self, book: str, year: int) -> list[BookVolume]:
        """Return the volumes of a year, the oldest first."""
        raise NotImplementedError

    def page(self, book: str, year: int, volume: int, page: int) -> BookPage:
        """Return one page of a volume; a page beyond the end is the last one. Raises VOLUME_UNKNOWN."""
        raise NotImplementedError

    def export(
        self, book: str, year: int, out: Path, *, actor: Actor, volume: int | None = None, start: date | None = None,
        end: date | None = None, reprint: bool = False,
    ) -> BookExport:
        """Write a book, or a part of it, by the suffix of ``out``: .pdf, .xlsx or .json (audited)."""
        raise NotImplementedError

    def print_next(self, book: str, year: int, out: Path, *, actor: Actor) -> BookExport:
        """Write the pages of the open volume that have not been printed yet, full pages only, as PDF. Raises NOTHING_TO_PRINT."""
        raise NotImplementedError

    def close_year(self, book: str, year: int, actor: Actor) -> list[BookVolume]:
        """Close every open volume of a year with its totals. Raises NOT_ALLOWED, YEAR_NOT_OVER, BOOK_CLOSED."""
        raise NotImplementedError

    def strike(self, place: BookPlace, reason: str, actor: Actor) -> Changes:
        """Strike a line through, with a reason that stays in column 13."""
        raise NotImplementedError

    def new_volume(self, book: str, year: int, actor: Actor) -> BookVolume:
        """Close the open volume and go on in a new one, with the next ordinal."""
        raise NotImplementedError
