"""Registers: volumes and lines. The ordinals of a year's book run from 1 without gaps, across its volumes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, func, insert, null, select, update

from counter_app.domain.archive import DIGITISED_BOOK, later_columns
from counter_app.domain.books import root_of
from counter_app.domain.dossier import BookPlace
from counter_app.domain.errors import broken
from counter_app.domain.money import FEES_BOOK
from counter_app.domain.registers import DOSSIER_BOOK, BookLine, BookVolume
from counter_app.storage import tables as t
from counter_app.storage.dossier_rows import read_place
from counter_app.storage.plain import from_plain, read_day, read_json, read_moment, to_plain, write_json

_DOSSIER_COLUMNS = ("code", "procedure_name", "sets", "phone", "address", "handled_by", "delivery", "note", "applicant_name", "received_at",
                    "due_at", "returned_at", "signed")


class SqlLogbooks:
    """:class:`~counter_app.services.repositories.registers.LogbookRepository`.

    A place is free until its line is written; the write lock is held in between, so that no other window takes it, and the primary key
    refuses a second line at the same place (RuleBrokenError PLACE_TAKEN).
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_place(self, book: str, year: int) -> BookPlace:
        """Return the next place of this year's book, in its open volume; volume 1 of a new year.

        Raises:
            RuleBrokenError: BOOK_CLOSED, the year's last volume is closed.
        """
        newest = select(t.volume.c.volume, t.volume.c.first_ordinal, t.volume.c.closed_on).where(_of(t.volume, book, year))
        last_volume = self._connection.execute(newest.order_by(t.volume.c.volume.desc()).limit(1)).first()
        if last_volume is None:
            return BookPlace(book, year, 1, 1)
        if last_volume.closed_on is not None:
            raise broken("BOOK_CLOSED", None, book=book, year=year)
        return BookPlace(book, year, last_volume.volume, max(self._last_ordinal(book, year) + 1, last_volume.first_ordinal))

    def add_line(
        self, place: BookPlace, dossier_id: str, on: date, *, ref: str | None = None, content: dict[str, Any] | None = None,
    ) -> None:
        """Write a line; the first line of a year's book opens its volume 1. ``ref`` and ``content``: as the port says."""
        if place.ordinal == 1 and not self.volumes(place.book, place.year):
            self.open_volume(BookVolume(place.book, place.year, 1, "", on, 1))
        self._connection.execute(insert(t.line), {
            "book": place.book, "year": place.year, "ordinal": place.ordinal, "volume": place.volume, "dossier_id": dossier_id,
            "entered_on": to_plain(on), "struck_reason": "", "struck_on": None, "ref": ref,
            "content": None if content is None else write_json(content)})

    def books(self) -> list[str]:
        """Return the names of all books that have a volume."""
        return list(self._connection.execute(select(t.volume.c.book).distinct().order_by(t.volume.c.book)).scalars())

    def years(self, book: str) -> list[int]:
        """Return the years in which a book has a volume, in order."""
        wanted = select(t.volume.c.year).where(t.volume.c.book == book).distinct().order_by(t.volume.c.year)
        return list(self._connection.execute(wanted).scalars())

    def volumes(self, book: str, year: int) -> list[BookVolume]:
        """Return the volumes of a year's book, in order, each with its number of lines.

        Lines are consecutive and a volume ends where the next begins, so nothing needs to be counted: every intake asks for this.
        """
        found = self._connection.execute(select(t.volume).where(_of(t.volume, book, year)).order_by(t.volume.c.volume)).all()
        last = self._last_ordinal(book, year)
        ends = [following.first_ordinal - 1 for following in found[1:]] + [last]
        return [from_plain(BookVolume, {**row._mapping, "lines": max(0, min(end, last) - row.first_ordinal + 1)})
                for row, end in zip(found, ends, strict=False)]

    def open_volume(self, volume: BookVolume) -> None:
        """Begin a volume."""
        columns = {column.name: to_plain(getattr(volume, column.name)) for column in t.volume.c}
        self._connection.execute(insert(t.volume), columns)

    def close_volume(self, book: str, year: int, volume: int, on: date) -> BookVolume:
        """Close a volume with its last line, and return it.

        Raises:
            RuleBrokenError: VOLUME_UNKNOWN; VOLUME_CLOSED, it is closed already.
        """
        found = {each.volume: each for each in self.volumes(book, year)}.get(volume)
        if found is None:
            raise broken("VOLUME_UNKNOWN", None, book=book, year=year, volume=volume)
        if found.closed_on is not None:
            raise broken("VOLUME_CLOSED", None, book=book, year=year, volume=volume)
        self._connection.execute(update(t.volume).where(_of(t.volume, book, year), t.volume.c.volume == volume)
                                 .values(closed_on=to_plain(on), last_ordinal=found.first_ordinal + found.lines - 1))
        return {each.volume: each for each in self.volumes(book, year)}[volume]

    def lines(self, book: str, year: int, volume: int, *, first: int, count: int) -> list[BookLine]:
        """Return up to ``count`` lines of a volume from the ordinal ``first`` on."""
        wanted = _lines(book).where(_of(t.line, book, year), t.line.c.volume == volume, t.line.c.ordinal >= first).limit(count)
        return [_line(row) for row in self._connection.execute(wanted)]

    def all_lines(self, book: str, year: int, volume: int | None, start: date | None, end: date | None) -> Iterator[BookLine]:
        """Yield the lines of a volume (None: the year) of the days from ``start`` to ``end``, both included; in constant memory.

        The day of a dossier's line is that of its receipt, of any other line that on which it was written.
        """
        wanted = _part(book, year, volume, start, end)
        for row in self._connection.execute(wanted, execution_options={"yield_per": 500}):
            yield _line(row)

    def count_lines(self, book: str, year: int, volume: int | None, start: date | None, end: date | None) -> int:
        """Return how many lines :meth:`all_lines` yields."""
        wanted = _part(book, year, volume, start, end).order_by(None).with_only_columns(func.count())
        return self._connection.execute(wanted).scalar_one()

    def standing_line(self, book: str, dossier_id: str, ref: str) -> BookPlace | None:
        """Return where the line about something stands, as long as it may be struck."""
        line, volume = t.line.c, t.volume.c
        same = and_(volume.book == line.book, volume.year == line.year, volume.volume == line.volume)
        wanted = select(line.book, line.year, line.volume, line.ordinal).join(t.volume, same).where(
            line.book == book, line.dossier_id == dossier_id, line.ref == ref, line.struck_on.is_(None), volume.closed_on.is_(None))
        found = self._connection.execute(wanted).first()
        return BookPlace(*found) if found else None

    def strike(self, place: BookPlace, reason: str, on: date) -> None:
        """Strike a line through; it stays, with its reason.

        Raises:
            RuleBrokenError: LINE_UNKNOWN, there is no such line in the volume; LINE_STRUCK, it is struck already.
        """
        at = and_(_of(t.line, place.book, place.year), t.line.c.volume == place.volume, t.line.c.ordinal == place.ordinal)
        found = self._connection.execute(select(t.line.c.struck_on).where(at)).first()
        if found is None or found.struck_on is not None:
            raise broken("LINE_UNKNOWN" if found is None else "LINE_STRUCK", None, ordinal=place.ordinal, year=place.year)
        self._connection.execute(update(t.line).where(at).values(struck_reason=reason, struck_on=to_plain(on)))

    def note_printed(self, book: str, year: int, volume: int, page: int) -> None:
        """Note that the pages up to ``page`` are printed; a smaller number than before changes nothing."""
        at = and_(_of(t.volume, book, year), t.volume.c.volume == volume, t.volume.c.printed_through < page)
        self._connection.execute(update(t.volume).where(at).values(printed_through=page))

    def _last_ordinal(self, book: str, year: int) -> int:
        return self._connection.execute(select(func.max(t.line.c.ordinal)).where(_of(t.line, book, year))).scalar() or 0


def _of(table: Table, book: str, year: int) -> ColumnElement[bool]:
    return and_(table.c.book == book, table.c.year == year)


def _lines(book: str) -> Select[Any]:
    """Lines with what they show of their dossier; fees also with when the money was handed in, papers with their shelf and archive."""
    joined = t.line.join(t.dossier, t.dossier.c.dossier_id == t.line.c.dossier_id)
    later: list[ColumnElement[Any]] = [null().label("handed_in")]
    if book == FEES_BOOK:
        joined = joined.outerjoin(t.payment, t.payment.c.payment_id == t.line.c.ref)
        joined = joined.outerjoin(t.cash_count, t.cash_count.c.count_id == t.payment.c.count_id)
        later = [t.cash_count.c.at.label("handed_in")]
    elif book == DIGITISED_BOOK:
        joined = joined.outerjoin(t.digital_paper, t.digital_paper.c.op_id == t.line.c.ref)
        later += [t.digital_paper.c[name] for name in ("box", "folder", "kept_until", "archived_on")]
    columns = (t.dossier.c[name] for name in _DOSSIER_COLUMNS)
    return select(t.line, *columns, *later).select_from(joined).order_by(t.line.c.ordinal)


def _part(book: str, year: int, volume: int | None, start: date | None, end: date | None) -> Select[Any]:
    """Lines of a volume (None: the year) of the days from ``start`` to ``end``, both included."""
    day = t.dossier.c.received_at if root_of(book) == DOSSIER_BOOK else t.line.c.entered_on
    limits = (None if volume is None else t.line.c.volume == volume,
              None if start is None else day >= to_plain(start),
              None if end is None else day <= f"{to_plain(end)}T23:59:59")
    return _lines(book).where(_of(t.line, book, year), *(limit for limit in limits if limit is not None))


def _line(row: Row[Any]) -> BookLine:
    content = None if row.content is None else read_json(row.content)
    if content is not None and row.handed_in is not None:
        content["handed_in"] = row.handed_in[:len("YYYY-MM-DD")]
    if content is not None and row.book == DIGITISED_BOOK:
        content |= later_columns(row.box, row.folder, row.kept_until, row.archived_on)
    return BookLine(
        place=read_place(row), dossier_id=row.dossier_id, code=row.code, procedure_name=row.procedure_name, sets=row.sets,
        applicant=row.applicant_name, address=row.address, phone=row.phone, handled_by=row.handled_by,
        received_at=read_moment(row.received_at), due_at=row.due_at and read_moment(row.due_at),
        returned_at=row.returned_at and read_moment(row.returned_at), delivery=row.delivery,
        signed=row.signed, note=row.note, struck_reason=row.struck_reason, struck_on=row.struck_on and read_day(row.struck_on),
        content=content, ref=row.ref,
    )
