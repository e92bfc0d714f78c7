"""Certification numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, desc, distinct, func, insert, select, update

from counter_app.domain.certification import CertifiedNumber
from counter_app.services.repositories.certification import UsualPaper
from counter_app.storage import tables as t
from counter_app.storage.plain import from_plain, read_json, to_plain, write_json

_c = t.certification.c
_PLACE = ("book", "year", "volume", "ordinal")
MOST_PAPERS = 400
"""Different papers that habits are told of; what comes behind them nobody looks for."""


class SqlCertifications:
    """:class:`~counter_app.services.repositories.certification.CertificationRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, number: CertifiedNumber) -> None:
        """Add a number."""
        columns = {column.name: to_plain(getattr(number, column.name)) for column in t.certification.c if column.name not in _PLACE}
        place = {name: getattr(number.place, name) for name in _PLACE}
        self._connection.execute(insert(t.certification), columns | place | {"fee_line_ids": write_json(columns["fee_line_ids"])})

    def get(self, certification_id: str) -> CertifiedNumber | None:
        """Return one number."""
        return next(iter(self._found(_c.certification_id == certification_id)), None)

    def everything(self) -> Iterator[CertifiedNumber]:
        """Yield every number."""
        for row in self._connection.execute(select(t.certification), execution_options={"yield_per": 500}):
            yield _number(row)

    def of_visits(self, visit_ids: Sequence[str]) -> list[CertifiedNumber]:
        """Return the numbers of visits."""
        return self._found(_c.visit_id.in_(visit_ids))

    def newest_visits(self, start: datetime, *, limit: int) -> list[str]:
        """Return the newest visits."""
        newest = func.max(_c.at)
        wanted = select(_c.visit_id).where(_c.at >= to_plain(start)).group_by(_c.visit_id).order_by(desc(newest), desc(_c.visit_id))
        return list(self._connection.execute(wanted.limit(limit)).scalars())

    def totals(self, start: datetime) -> tuple[int, int]:
        """Count visits and sum up what stands."""
        standing = case((_c.struck_on.is_(None), _c.amount_vnd), else_=0)
        wanted = select(func.count(distinct(_c.visit_id)), func.coalesce(func.sum(standing), 0)).where(_c.at >= to_plain(start))
        visits, amount = self._connection.execute(wanted).one()
        return visits, int(amount)

    def unsigned(self) -> list[CertifiedNumber]:
        """Return what waits for its signature."""
        return self._found(and_(_c.signed_at.is_(None), _c.struck_on.is_(None)))

    def usual(self, start: datetime, today: datetime) -> list[UsualPaper]:
        """Return the papers of the last time, the most frequent first."""
        of_today, lately = func.sum(case((_c.at >= to_plain(today), 1), else_=0)).label("today"), func.count().label("lately")
        wanted = select(_c.document_name, _c.kind, func.max(_c.pages).label("pages"), of_today, lately).where(
            _c.at >= to_plain(start), _c.struck_on.is_(None)).group_by(_c.document_name, _c.kind)
        rows = self._connection.execute(wanted.order_by(desc(of_today), desc(lately), _c.document_name, _c.kind).limit(MOST_PAPERS))
        return [from_plain(UsualPaper, {**row._mapping, "today": int(row.today)}) for row in rows]

    def sign(self, visit_id: str, at: datetime) -> None:
        """Set when the numbers of a visit were signed; what is signed or struck stays as it is."""
        waiting = and_(_c.visit_id == visit_id, _c.signed_at.is_(None), _c.struck_on.is_(None))
        self._connection.execute(update(t.certification).where(waiting).values(signed_at=to_plain(at)))

    def strike(self, certification_id: str, reason: str, on: date) -> None:
        """Mark a number as struck."""
        one = update(t.certification).where(_c.certification_id == certification_id)
        self._connection.execute(one.values(struck_reason=reason, struck_on=to_plain(on)))

    def _found(self, where: ColumnElement[bool]) -> list[CertifiedNumber]:
        wanted = select(t.certification).where(where).order_by(_c.at, _c.certification_id)
        return [_number(row) for row in self._connection.execute(wanted)]


def _number(row: Row[Any]) -> CertifiedNumber:
    place = {name: row._mapping[name] for name in _PLACE}
    return from_plain(CertifiedNumber, {**row._mapping, "place": place, "fee_line_ids": read_json(row.fee_line_ids)})
