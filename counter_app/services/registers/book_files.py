"""A register written to a file: the bound book as PDF, its lines as Excel or JSON; and the pages that are printed next."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any

from counter_app.domain.books import is_register, known_books, register_in_force
from counter_app.domain.errors import broken
from counter_app.domain.moments import day_of, write_local
from counter_app.domain.people import Actor, Permission
from counter_app.domain.registers import BookLine, BookVolume
from counter_app.services.changes import Changes
from counter_app.services.desk.settings import SettingsService
from counter_app.services.dossiers.access import require
from counter_app.services.people.second_person import Second, SecondPersonService
from counter_app.services.ports import BookDocument, BookPrinter, Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.whole_files import whole_file

LINES_PER_PAGE = 8
"""Lines on one page of the bound book, on paper and on the screen alike."""
SUFFIXES = (".pdf", ".xlsx", ".json")


@dataclass(frozen=True, slots=True)
class BookPart:
    """Which part of a year's book: one volume (None: all), the dossiers received from ``start`` to ``end``, both included (None: open)."""

    volume: int | None = None
    start: date | None = None
    end: date | None = None

    @property
    def whole(self) -> bool:
        """True where no days limit it: the bound book, with cover and closing page."""
        return self.start is None and self.end is None


@dataclass(frozen=True, slots=True)
class BookExport:
    """A book that was written: where, how many lines, which pages."""

    out: Path
    lines: int
    first_page: int
    last_page: int
    changes: Changes


def pages_of(volume: BookVolume) -> int:
    """Return how many pages the lines of a volume fill or begin."""
    return -(-volume.lines // LINES_PER_PAGE)


def volume_of(uow: UnitOfWork, book: str, year: int, volume: int) -> BookVolume:
    """Return one volume.

    Raises:
        RuleBrokenError: VOLUME_UNKNOWN.
    """
    found = next((each for each in uow.logbooks.volumes(book, year) if each.volume == volume), None)
    if found is None:
        raise broken("VOLUME_UNKNOWN", None, book=book, year=year, volume=volume)
    return found


class BookFiles:
    """Writes registers, line by line, from one snapshot of the database."""

    def __init__(self, database: Database, clock: Clock, settings: SettingsService, printer: BookPrinter,
                 second_person: SecondPersonService) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._printer = printer
        self._second_person = second_person

    def export(
        self, book: str, year: int, out: Path, *, actor: Actor, part: BookPart = BookPart(), reprint: bool = False,
        second: Second | None = None,
    ) -> BookExport:
        """Write a book or a part of it by the suffix of ``out``; the file is there completely or not at all.

        Pages that were bound already say that they are printed again. A register that has no line yet is written as the empty book it is.

        Raises:
            RuleBrokenError: NOT_ALLOWED (inspectors export nothing), BOOK_UNKNOWN (no such register), VOLUME_UNKNOWN;
                FILE_KIND_UNKNOWN at ``out``; as :meth:`.SecondPersonService.agree`.
            SurroundingsError: the file can't be written.
        """
        require(actor, Permission.EXPORT)
        if out.suffix.lower() not in SUFFIXES:
            raise broken("FILE_KIND_UNKNOWN", "out", kinds=", ".join(SUFFIXES))
        with self._database.read() as uow:
            self._written(uow, book, year, part)
            expected = uow.logbooks.count_lines(book, year, part.volume, part.start, part.end)
        agreed = self._second_person.agree(expected, actor, second, "SECOND_OR_NEXT_PAGES")  # before a line of it is on any disk
        with whole_file(out) as part_file:  # takes its name when what was read is proven to be what was stored
            with self._database.read() as uow:
                volumes = self._written(uow, book, year, part)
                lines = _Counted(uow.logbooks.all_lines(book, year, part.volume, part.start, part.end))
                bound = any(volume.printed_through for volume in volumes)
                self._write(self._document(uow, volumes, lines, whole=part.whole, reprint=reprint or bound), part_file)
            agreed = agreed or self._second_person.agree(lines.count, actor, second, "SECOND_OR_NEXT_PAGES")  # more came meanwhile
            self._note(actor, "book.exported", volumes, lines.count, kind=out.suffix.lower()[1:], **agreed)
        pages = -(-lines.count // LINES_PER_PAGE)
        return BookExport(out, lines.count, 1, pages, Changes())

    def print_next(self, book: str, year: int, out: Path, *, actor: Actor) -> BookExport:
        """Write the pages that have not been printed yet: full ones of the open volume, all of a closed one and its closing page, as PDF.

        The bound book is kept by law, and each of its pages comes out once: no second person is asked for, as a reprint or an export does.
        The pages count as printed when the file is complete: a crash in between prints them once more rather than never.

        Raises:
            RuleBrokenError: NOT_ALLOWED, BOOK_UNKNOWN, NOTHING_TO_PRINT; FILE_KIND_UNKNOWN at ``out``.
            SurroundingsError: the file can't be written.
        """
        require(actor, Permission.EXPORT)
        if out.suffix.lower() != ".pdf":
            raise broken("FILE_KIND_UNKNOWN", "out", kinds=".pdf")
        with whole_file(out) as part_file:
            with self._database.read() as uow:
                volume = next(filter(_has_fresh_pages, _chosen(uow, book, year, None)), None)
                if volume is None:
                    raise broken("NOTHING_TO_PRINT", None, lines=LINES_PER_PAGE)
                done, last = volume.printed_through, _printable(volume)
                first = volume.first_ordinal + done * LINES_PER_PAGE
                lines = uow.logbooks.lines(book, year, volume.volume, first=first, count=(last - done) * LINES_PER_PAGE)
                earlier = islice(uow.logbooks.all_lines(book, year, volume.volume, None, None), first - volume.first_ordinal)
                before = earlier if volume.closed_on else ()
                self._write(self._document(uow, [volume], lines, whole=True, first_page=done + 1, before=before), part_file)
            self._note(actor, "book.printed", [volume], len(lines), kind="pdf")
        with self._database.write() as uow:
            uow.logbooks.note_printed(book, year, volume.volume, last)
            uow.commit()
        return BookExport(out, len(lines), done + 1, last, Changes.of("books"))

    def _written(self, uow: UnitOfWork, book: str, year: int, part: BookPart) -> list[BookVolume]:
        if book in known_books() and part.volume is None and not uow.logbooks.volumes(book, year):
            today = day_of(self._clock.now())
            return [BookVolume(book, year, 1, "", min(today, date(year, 12, 31)), 1)]
        return _chosen(uow, book, year, part.volume)

    def _document(
        self, uow: UnitOfWork, volumes: list[BookVolume], lines: Iterable[BookLine], *, whole: bool, reprint: bool = False,
        first_page: int = 1, before: Iterable[BookLine] = (),
    ) -> BookDocument:
        profile, first, last = self._settings.profile(), volumes[0], volumes[-1]
        register = register_in_force(first.book, first.opened_on)
        rest = iter(lines)
        opening = next(rest, None)
        burned = _burned(uow, first, last) if register.burned and whole else ()
        return BookDocument(
            agency=profile.unit_name or profile.superior, commune=profile.commune, title=first.title or register.title,
            year=first.year, volume_label=_label(volumes), opened_on=first.opened_on, closed_on=last.closed_on if whole else None,
            register=register, before=before, lines=chain(() if opening is None else (opening,), rest),
            burned=burned,
            first_page=first_page, reprint=reprint, with_cover=whole and first_page == 1,
            first_ordinal=opening.place.ordinal if opening else first.first_ordinal + (first_page - 1) * LINES_PER_PAGE,
        )

    def _write(self, document: BookDocument, out: Path) -> None:
        write = {".pdf": self._printer.pdf, ".xlsx": self._printer.xlsx, ".json": _write_json}[out.suffix.lower()]
        write(document, out)

    def _note(self, actor: Actor, action: str, volumes: list[BookVolume], lines: int, **details: str) -> None:
        """Put a book on the audit trail, before its file takes its name: nothing is taken away unseen."""
        with self._database.write() as uow:
            subject = f"{volumes[0].book}/{volumes[0].year}"
            write_audit(uow, self._clock.now(), actor.user_id, action, subject, {"lines": lines, **details})
            uow.commit()


class _Counted:
    """Lines that are counted while they are written."""

    def __init__(self, lines: Iterable[BookLine]) -> None:
        self._lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[BookLine]:
        for line in self._lines:
            self.count += 1
            yield line


def _chosen(uow: UnitOfWork, book: str, year: int, volume: int | None) -> list[BookVolume]:
    volumes = uow.logbooks.volumes(book, year) if volume is None else [volume_of(uow, book, year, volume)]
    if not volumes or not is_register(book):
        raise broken("BOOK_UNKNOWN", None, book=book, year=year)
    return volumes


def _burned(uow: UnitOfWork, first: BookVolume, last: BookVolume) -> tuple[str, ...]:
    """Return the codes that were never given to anybody while the volumes were open; none while one still is."""
    return tuple(number.code for number in uow.numbers.burned(first.opened_on, last.closed_on)) if last.closed_on else ()


def _printable(volume: BookVolume) -> int:
    """Return the last page that may be bound: a page is complete; a closed volume ends with the closing page behind its last one."""
    return pages_of(volume) + 1 if volume.closed_on else volume.lines // LINES_PER_PAGE


def _has_fresh_pages(volume: BookVolume) -> bool:
    return _printable(volume) > volume.printed_through


def _label(volumes: list[BookVolume]) -> str:
    """Return ``01/2026``, or ``01–03/2026`` for several."""
    first, last = volumes[0], volumes[-1]
    return f"{first.volume:02d}/{first.year}" if first == last else f"{first.volume:02d}–{last.volume:02d}/{first.year}"


def _write_json(document: BookDocument, out: Path) -> None:
    """Write ``{"title", "sign", "year", "volume", "opened_on", "closed_on", "burned", "lines": […]}``, line by line."""
    head = {
        "title": document.title, "sign": document.register.sign, "year": document.year, "volume": document.volume_label,
        "opened_on": document.opened_on.isoformat(), "closed_on": document.closed_on and document.closed_on.isoformat(),
        "burned": list(document.burned),
    }
    with out.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "lines": [')
        for number, line in enumerate(document.lines):
            file.write((",\n" if number else "\n") + json.dumps(_line_json(line), ensure_ascii=False))
        file.write("\n]}\n")


def _line_json(line: BookLine) -> dict[str, Any]:
    """Return a line: of the register of dossiers what the dossier says now, of any other its columns as they were written."""
    if line.content is not None:
        return {
            "ordinal": line.place.ordinal, "volume": line.place.volume, "code": line.code, "dossier_id": line.dossier_id, **line.content,
            "struck_reason": line.struck_reason, "struck_on": line.struck_on and line.struck_on.isoformat(),
        }
    return {
        "ordinal": line.place.ordinal, "volume": line.place.volume, "code": line.code, "dossier_id": line.dossier_id,
        "procedure": line.procedure_name, "sets": line.sets, "applicant": line.applicant, "address": line.address, "phone": line.phone,
        "handled_by": line.handled_by, "received_at": write_local(line.received_at),
        "due_at": write_local(line.due_at) if line.due_at else None,
        "returned_at": write_local(line.returned_at) if line.returned_at else None,
        "delivery": line.delivery, "signed": line.signed, "note": line.note, "struck_reason": line.struck_reason,
        "struck_on": line.struck_on and line.struck_on.isoformat(),
    }
