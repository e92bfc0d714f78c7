"""Projections of dossiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, bindparam, delete, exists, func, insert, select, update

from counter_app.domain.dossier import DeliveryMethod, Dossier, DossierRow, Status
from counter_app.domain.moments import write_local
from counter_app.services.ports import DayCount, ListFilter, ListMoment, SearchResult
from counter_app.storage import lists
from counter_app.storage.dossier_rows import (
    ROW_COLUMNS,
    digital_states,
    due_changes,
    read_dossier,
    read_row,
    supplement_spans,
    write_dossier,
)
from counter_app.storage.engine import keep_few_pages
from counter_app.storage.plain import read_moment
from counter_app.storage.search import search
from counter_app.storage.tables import NOTHING, digital_state, dossier_code, due_change, supplement_span
from counter_app.storage.tables import dossier as table

BATCH = 500
"""Dossiers written or read at a time: enough to be fast, little enough to need no memory."""

_insert_dossier = insert(table)
_insert_codes = insert(dossier_code)
_HISTORIES = ((due_change, due_changes), (supplement_span, supplement_spans), (digital_state, digital_states))
_NOT_REPEATED = frozenset({"rest", "search_text"})
"""What a dossier is made of, and what another version of the program may fold otherwise."""
_update_dossier = update(table).where(table.c.n == bindparam("row_number"))


class SqlDossiers:
    """:class:`~counter_app.services.repositories.core.DossierRepository`.

    A code that this or another counter issued already raises RuleBrokenError CODE_TAKEN, field ``code``.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, dossier: Dossier) -> None:
        """Store a new dossier with its codes and its search text."""
        self.add_many((dossier,))

    def add_many(self, dossiers: Iterable[Dossier]) -> int:
        """Store new dossiers, taken from the iterable as they come, and return how many there were."""
        first = self._last() + 1
        rest = iter(dossiers)
        after = first
        while batch := list(islice(rest, BATCH)):
            numbered = list(enumerate(batch, start=after))
            self._connection.execute(_insert_dossier, [write_dossier(each) | {"n": n} for n, each in numbered])
            self._connection.execute(_insert_codes, [code for n, each in numbered for code in _codes(n, each)])
            self._insert_history(numbered)
            after += len(batch)
        return after - first

    def update(self, dossier: Dossier) -> None:
        """Store a dossier as it is after its newest event.

        Raises:
            KeyError: it was never added.
        """
        number = self._number(dossier.dossier_id)
        columns = write_dossier(dossier)
        del columns["dossier_id"]  # the database refuses even to look as if it changed
        self._connection.execute(_update_dossier, columns | {"row_number": number})
        known = set(self._connection.execute(select(dossier_code.c.code).where(dossier_code.c.dossier == number)).scalars())
        if new := [code for code in _codes(number, dossier) if code["code"] not in known]:
            self._connection.execute(_insert_codes, new)
        for history, _ in _HISTORIES:
            self._connection.execute(delete(history).where(history.c.dossier == number))
        self._insert_history([(number, dossier)])

    def get(self, dossier_id: str) -> Dossier | None:
        """Return one dossier."""
        row = self._connection.execute(select(table).where(table.c.dossier_id == dossier_id)).first()
        return None if row is None else read_dossier(row)

    def by_code(self, code: str) -> list[Dossier]:
        """Return every dossier with exactly this code among all its codes, the newest first."""
        numbers = select(dossier_code.c.dossier).where(dossier_code.c.code == code)
        return self._read(select(table).where(table.c.n.in_(numbers)).order_by(table.c.n.desc()))

    def code_exists(self, code: str) -> bool:
        """Tell whether some dossier has this code."""
        return bool(self._connection.execute(select(exists().where(dossier_code.c.code == code))).scalar())

    def known_codes(self, codes: Sequence[str]) -> set[str]:
        """Return those of some hundred codes that a dossier has already, in one look."""
        wanted = select(dossier_code.c.code).where(dossier_code.c.code.in_(codes))
        return set(self._connection.execute(wanted).scalars())

    def rows(self, which: ListFilter, at: ListMoment, *, limit: int, offset: int = 0) -> list[DossierRow]:
        """Return one page of a list, the most urgent first (``ALL``, ``RECEIVED_TODAY``: the newest first)."""
        wanted = select(*ROW_COLUMNS).where(lists.condition(which, at)).order_by(*lists.order(which)).limit(limit).offset(offset)
        return [read_row(row) for row in self._connection.execute(wanted)]

    def count(
        self, which: ListFilter, at: ListMoment, *, status: Status | None = None, delivery: DeliveryMethod | None = None,
    ) -> int:
        """Return how many dossiers stand in a list; of those only, where named, with this status or to be delivered this way."""
        # rows are numbered without gaps and never deleted: no need to look at a million
        if which is ListFilter.ALL and status is None and delivery is None:
            return self._last()
        counted = select(func.count()).select_from(table).where(lists.condition(which, at))
        if status is not None:
            counted = counted.where(table.c.status == status.value)
        if delivery is not None:
            counted = counted.where(table.c.delivery == delivery.value)
        if which is ListFilter.RETURNED:  # nearly all of them, and more every year
            keep_few_pages(self._connection)
        return self._connection.execute(counted).scalar_one()

    def of_person(self, id_number: str, *, limit: int) -> list[Dossier]:
        """Return the newest dossiers of the applicant with this identity number; none for an empty number."""
        if not id_number:
            return []
        return self._read(select(table).where(table.c.id_number == id_number, table.c.id_number != NOTHING)
                          .order_by(table.c.received_at.desc(), table.c.n.desc()).limit(limit))

    def refused_between(self, start: datetime, end: datetime) -> Iterator[Dossier]:
        """Yield dossiers refused in [start, end) that never stood in the register, the oldest refusal first, in constant memory."""
        then = (table.c.finished_at >= write_local(start)) & (table.c.finished_at < write_local(end))
        refused = (table.c.status == Status.NOT_ACCEPTED.value) & table.c.book.is_(None)
        return self._whole(select(table).where(then, refused).order_by(table.c.finished_at, table.c.n))

    def received_between(self, start: datetime, end: datetime) -> Iterator[Dossier]:
        """Yield dossiers received in [start, end), oldest first, in constant memory."""
        return self._whole(select(table).where(_received(start, end)).order_by(table.c.received_at, table.c.n))

    def _whole(self, wanted: Select[Any]) -> Iterator[Dossier]:
        for row in self._connection.execute(wanted, execution_options={"yield_per": BATCH}):
            yield read_dossier(row)

    def count_received(self, start: datetime, end: datetime) -> int:
        """Return how many dossiers were received in [start, end)."""
        return self._connection.execute(select(func.count()).select_from(table).where(_received(start, end))).scalar_one()

    def soundness(self) -> Iterator[tuple[str, bool]]:
        """Yield the code of each dossier, and whether the columns and rows that repeat what stands in it do so."""
        rows = self._connection.execute(select(table).order_by(table.c.n), execution_options={"yield_per": BATCH})
        for batch in rows.partitions():
            numbers = [row.n for row in batch]
            histories = [(self._history(each, numbers), told) for each, told in _HISTORIES]
            codes = self._history(dossier_code, numbers)
            for row in batch:
                dossier = read_dossier(row)
                sound = all(found.get(row.n, []) == told(row.n, dossier) for found, told in histories)
                found_by = _words(codes.get(row.n, [])) == _words(_codes(row.n, dossier))
                yield dossier.code, sound and found_by and _is_repeated(row._asdict(), dossier)

    def finished_between(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime | None]]:
        """Yield when each dossier that was finished in [start, end) was finished and due, oldest first."""
        finished = table.c.finished_at
        wanted = select(finished, table.c.due_at).where(finished >= write_local(start), finished < write_local(end)).order_by(finished)
        for row in self._connection.execute(wanted, execution_options={"yield_per": BATCH}):
            yield read_moment(row.finished_at), row.due_at and read_moment(row.due_at)

    def hours_of_day(self, start: datetime, end: datetime) -> list[DayCount]:
        """Return how many dossiers were received in [start, end) by hour of the day, hours without any left out."""
        hour = func.substr(table.c.received_at, 12, 2).label("hour")
        taken_in = _received(start, end) & (table.c.status != Status.SUBMITTED_ONLINE)
        counted = select(hour, func.count().label("received")).where(taken_in).group_by(hour).order_by(hour)
        return [DayCount(int(row.hour), row.received) for row in self._connection.execute(counted)]

    def search(self, words: Sequence[str], query: str, *, limit: int, in_scans: bool = False) -> SearchResult:
        """Return dossiers of which every folded word begins some stored word, and after them those whose scans hold the words."""
        return search(self._connection, words, query, limit, in_scans=in_scans)

    def _insert_history(self, numbered: Sequence[tuple[int, Dossier]]) -> None:
        for history, told in _HISTORIES:
            if rows := [row for n, each in numbered for row in told(n, each)]:
                self._connection.execute(insert(history), rows)

    def _history(self, history: Table, numbers: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
        """Return the rows that some dossiers have in a table of their own, in order."""
        found: dict[int, list[dict[str, Any]]] = {}
        wanted = select(history).where(history.c.dossier.in_(numbers)).order_by(*history.primary_key)
        for row in self._connection.execute(wanted).mappings():
            found.setdefault(row["dossier"], []).append(dict(row))
        return found

    def _last(self) -> int:
        """Return the highest row number, which is how many dossiers there are."""
        last: int = self._connection.execute(select(func.coalesce(func.max(table.c.n), 0))).scalar_one()
        return last

    def _read(self, wanted: Select[Any]) -> list[Dossier]:
        return [read_dossier(row) for row in self._connection.execute(wanted)]

    def _number(self, dossier_id: str) -> int:
        number: int | None = self._connection.execute(select(table.c.n).where(table.c.dossier_id == dossier_id)).scalar()
        if number is None:
            raise KeyError(dossier_id)
        return number


def _received(start: datetime, end: datetime) -> ColumnElement[bool]:
    return (table.c.received_at >= write_local(start)) & (table.c.received_at < write_local(end))


def _is_repeated(row: Mapping[str, Any], dossier: Dossier) -> bool:
    """Tell whether the columns that repeat what stands in a dossier do so."""
    return all(row[name] == value for name, value in write_dossier(dossier).items() if name not in _NOT_REPEATED)


def _words(codes: Iterable[Mapping[str, Any]]) -> set[str]:
    return {each["code"] for each in codes}


def _codes(number: int, dossier: Dossier) -> list[dict[str, Any]]:
    """Return the codes to be found by; a dossier whose code stands nowhere else in it was issued by us."""
    kinds = {dossier.code: "official"} | {each.code: each.kind for each in dossier.codes}
    return [{"code": code, "dossier": number, "kind": kind} for code, kind in kinds.items()]


