"""The register of used and burned serials."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, select

from counter_app.domain.registers import UsedNumber
from counter_app.storage import tables as t
from counter_app.storage.plain import from_plain, read_day, to_plain


def _series(device: str, day: date, series: str) -> ColumnElement[bool]:
    return and_(t.number.c.device == device, t.number.c.day == to_plain(day), t.number.c.series == series)


class SqlNumbers:
    """:class:`~counter_app.services.repositories.registers.NumberRepository`. A number registered twice: NUMBER_TAKEN."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, number: UsedNumber) -> None:
        """Register a serial as used or burned."""
        self._connection.execute(insert(t.number), {column.name: to_plain(getattr(number, column.name)) for column in t.number.c})

    def everything(self) -> Iterator[UsedNumber]:
        """Yield every registered serial."""
        for row in self._connection.execute(select(t.number), execution_options={"yield_per": 500}):
            yield from_plain(UsedNumber, row._mapping)

    def highest(self, device: str, day: date, series: str) -> int | None:
        """Return the highest registered serial of a series of a day."""
        return self._connection.execute(select(func.max(t.number.c.serial)).where(_series(device, day, series))).scalar()

    def burned(self, start: date, end: date) -> list[UsedNumber]:
        """Return the burned numbers of the days from ``start`` to ``end``, both included, by code, but none whose dossier came back."""
        days = t.number.c.day >= to_plain(start), t.number.c.day <= to_plain(end)
        borne = exists().where(t.dossier_code.c.code == t.number.c.code)
        wanted = select(t.number).where(t.number.c.dossier_id.is_(None), ~borne, *days).order_by(t.number.c.day, t.number.c.code)
        found = self._connection.execute(wanted)
        return [from_plain(UsedNumber, row._mapping) for row in found]

    def last_day(self, device: str) -> date | None:
        """Return the latest day that a device used a serial of; None when it never did."""
        found = self._connection.execute(select(func.max(t.number.c.day)).where(t.number.c.device == device)).scalar()
        return None if found is None else read_day(found)
