"""Values that are one row each: every member has a column of its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, insert, select, update

from counter_app.storage.plain import from_plain, to_plain

T = TypeVar("T")


class WholeRows(Generic[T]):
    """Adds, replaces and finds the values of one table by its only key column."""

    def __init__(self, connection: Connection, table: Table, kind: type[T]) -> None:
        self.connection, self.table = connection, table
        self._kind = kind
        (self._key,) = table.primary_key.columns

    def add(self, value: T) -> None:
        """Insert a value."""
        self.connection.execute(insert(self.table), self._columns(value))

    def update(self, value: T) -> None:
        """Write every column of a known value."""
        columns = self._columns(value)
        self.connection.execute(update(self.table).where(self._key == columns[self._key.name]).values(columns))

    def get(self, key: str) -> T | None:
        """Return the value with a key."""
        return next(iter(self.found(self._key == key)), None)

    def found(self, where: ColumnElement[bool], *order: ColumnElement[Any], limit: int | None = None) -> list[T]:
        """Return the values that fit, in this order and then in that of the keys, which are by time."""
        wanted = select(self.table).where(where).order_by(*order, self._key).limit(limit)
        return [from_plain(self._kind, row._mapping) for row in self.connection.execute(wanted)]

    def everything(self) -> Iterator[T]:
        """Yield every value in the order of the keys, in constant memory."""
        rows = self.connection.execute(select(self.table).order_by(self._key), execution_options={"yield_per": 500})
        return (from_plain(self._kind, row._mapping) for row in rows)

    def _columns(self, value: T) -> dict[str, Any]:
        return {column.name: to_plain(getattr(value, column.name)) for column in self.table.c}
