"""The registers: pages on the screen, the closing of a year, struck lines. How a book is written to a file: :mod:`.book_files`.

One year, one run of ordinals: they go on across the volumes of the year (domain guide 9.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from counter_app.domain import certification
from counter_app.domain.books import Register, is_register, known_books, register_in_force
from counter_app.domain.dossier import BookPlace
from counter_app.domain.errors import broken
from counter_app.domain.moments import day_of
from counter_app.domain.money import FEES_BOOK
from counter_app.domain.people import Actor, Permission
from counter_app.domain.registers import BookLine, BookVolume
from counter_app.domain.text import tidy
from counter_app.services.changes import Changes
from counter_app.services.desk.settings import SettingsService
from counter_app.services.dossiers.access import require
from counter_app.services.people.second_person import Second, SecondPersonService
from counter_app.services.ports import BookPrinter, Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.registers.book_files import LINES_PER_PAGE, BookExport, BookFiles, BookPart, pages_of, volume_of

__all__ = ["LINES_PER_PAGE", "BookExport", "BookPage", "LogbookService"]

LONGEST_REASON = 300
TOUCHED = Changes.of("books")


@dataclass(frozen=True, slots=True)
class BookPage:
    """One page of a volume; ``page`` counts from 1 to ``pages`` (0 pages: an empty volume)."""

    lines: tuple[BookLine, ...]
    page: int
    pages: int
    volume: BookVolume


class LogbookService:
    """The bound registers of the desk."""

    def __init__(self, database: Database, clock: Clock, settings: SettingsService, printer: BookPrinter,
                 second_person: SecondPersonService) -> None:
        self._database = database
        self._clock = clock
        self._files = BookFiles(database, clock, settings, printer, second_person)

    def years(self, book: str) -> list[int]:
        """Return the years of which there is a book, in order."""
        with self._database.read() as uow:
            return uow.logbooks.years(book)

    def volumes(self, book: str, year: int) -> list[BookVolume]:
        """Return the volumes of a year, the oldest first."""
        with self._database.read() as uow:
            return uow.logbooks.volumes(book, year)

    def page(self, book: str, year: int, volume: int, page: int, actor: Actor, *, again: bool = False) -> BookPage:
        """Return one page of a volume; a page beyond either end is the nearest one (audited: names stand there).

        ``again``: the page that is open is shown anew because something changed; it was noted when it was opened.

        Raises:
            RuleBrokenError: NOT_ALLOWED, VOLUME_UNKNOWN.
        """
        require(actor, Permission.READ)
        with self._database.read() as uow:
            found = volume_of(uow, book, year, volume)
            shown = max(1, min(page, pages_of(found)))
            first = found.first_ordinal + (shown - 1) * LINES_PER_PAGE
            lines = uow.logbooks.lines(book, year, volume, first=first, count=LINES_PER_PAGE)
        if lines and not again:
            with self._database.write() as uow:
                self._audit(uow, actor, "book.page_shown", found, page=shown)
                uow.commit()
        return BookPage(tuple(lines), shown, pages_of(found), found)

    def export(
        self, book: str, year: int, out: Path, *, actor: Actor, volume: int | None = None, start: date | None = None,
        end: date | None = None, reprint: bool = False, second: Second | None = None,
    ) -> BookExport:
        """Write a book or a part of it by the suffix of ``out``: .pdf, .xlsx or .json (audited). Raises as :meth:`.BookFiles.export`."""
        return self._files.export(book, year, out, actor=actor, part=BookPart(volume, start, end), reprint=reprint, second=second)

    def print_next(self, book: str, year: int, out: Path, *, actor: Actor) -> BookExport:
        """Write the pages that come next in the bound book, as PDF (audited). Raises as :meth:`.BookFiles.print_next`."""
        return self._files.print_next(book, year, out, actor=actor)

    def close_year(self, book: str, year: int, actor: Actor) -> list[BookVolume]:
        """Close the open volume of a year; every volume has its totals then. From then on the year takes no more dossiers.

        Raises:
            RuleBrokenError: NOT_ALLOWED, BOOK_UNKNOWN (nothing was ever entered), BOOK_CLOSED, YEAR_NOT_OVER (before 31 December).
        """
        require(actor, Permission.CLOSE_BOOK)
        today = day_of(self._clock.now())
        if today < date(year, 12, 31):
            raise broken("YEAR_NOT_OVER", None, year=year)
        with self._database.write() as uow:
            open_one = self._open_volume(uow, book, year)
            if open_one is None:
                raise broken("BOOK_CLOSED", None, book=book, year=year)
            closed = uow.logbooks.close_volume(book, year, open_one.volume, today)
            self._audit(uow, actor, "book.year_closed", closed)
            uow.commit()
            return uow.logbooks.volumes(book, year)

    def new_volume(self, book: str, year: int, actor: Actor) -> BookVolume:
        """Close the open volume and go on in a new one with the next ordinal; a year that was closed is opened again by it.

        Raises:
            RuleBrokenError: NOT_ALLOWED, BOOK_UNKNOWN, VOLUME_EMPTY (a volume without a line is not closed).
        """
        require(actor, Permission.CLOSE_BOOK)
        today = day_of(self._clock.now())
        with self._database.write() as uow:
            open_one = self._open_volume(uow, book, year)
            if open_one is not None and not open_one.lines:
                raise broken("VOLUME_EMPTY", None, volume=open_one.volume, year=year)
            if open_one is not None:
                uow.logbooks.close_volume(book, year, open_one.volume, today)
            last = uow.logbooks.volumes(book, year)[-1]
            fresh = BookVolume(book, year, last.volume + 1, last.title, today, last.first_ordinal + last.lines)
            uow.logbooks.open_volume(fresh)
            self._audit(uow, actor, "book.volume_opened", fresh)
            uow.commit()
        return fresh

    def strike(self, place: BookPlace, reason: str, actor: Actor) -> Changes:
        """Strike a line through; it stays, with its reason in the last column.

        Raises:
            RuleBrokenError: NOT_ALLOWED; REASON_EMPTY, TEXT_TOO_LONG at ``reason``; STRIKE_AS_NUMBER, STRIKE_AS_PAYMENT: a certification
                number and money are taken back by acts of their own; STRIKE_IN_CLOSED; VOLUME_UNKNOWN, LINE_UNKNOWN, LINE_STRUCK.
        """
        require(actor, Permission.RECEIVE)
        why = tidy(reason)
        if not why:
            raise broken("REASON_EMPTY", "reason")
        if len(why) > LONGEST_REASON:
            raise broken("TEXT_TOO_LONG", "reason", length=len(why), limit=LONGEST_REASON)
        _require_struck_here(place.book)
        with self._database.write() as uow:
            volume = volume_of(uow, place.book, place.year, place.volume)
            if volume.closed_on is not None:
                raise broken("STRIKE_IN_CLOSED", None, year=place.year, volume=place.volume)
            uow.logbooks.strike(place, why, day_of(self._clock.now()))
            self._audit(uow, actor, "book.line_struck", volume, ordinal=place.ordinal)
            uow.commit()
        return TOUCHED

    def registers(self) -> list[Register]:
        """Return every register of the desk as it is in force today, in the order in which they are offered."""
        today = day_of(self._clock.now())
        return [register_in_force(book, today) for book in known_books()]

    def _open_volume(self, uow: UnitOfWork, book: str, year: int) -> BookVolume | None:
        volumes = uow.logbooks.volumes(book, year) if is_register(book) else []
        if not volumes:
            raise broken("BOOK_UNKNOWN", None, book=book, year=year)
        return next((volume for volume in reversed(volumes) if volume.closed_on is None), None)

    def _audit(self, uow: UnitOfWork, actor: Actor, action: str, volume: BookVolume, **details: int) -> None:
        subject = f"{volume.book}/{volume.year}/{volume.volume}"
        write_audit(uow, self._clock.now(), actor.user_id, action, subject, {"lines": volume.lines, **details})


def _require_struck_here(book: str) -> None:
    """A line that money or a number of its own hangs on is struck by the act that takes those back too."""
    if book in certification.registers():
        raise broken("STRIKE_AS_NUMBER", None, book=certification.printed_sign(book))
    if book == FEES_BOOK:
        raise broken("STRIKE_AS_PAYMENT")
