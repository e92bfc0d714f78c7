"""Writing a row whether it is there or not, spelt alike for both databases (their own upserts cost an import at every start)."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, Update, and_, bindparam, insert, update


def put(connection: Connection, table: Table, values: dict[str, Any]) -> None:
    """Put a row in the place of the one with the same primary key, or add it. The write lock keeps others out in between."""
    if connection.execute(_replacing(table), {f"new_{name}": value for name, value in values.items()}).rowcount == 0:
        connection.execute(insert(table), values)


@cache
def _replacing(table: Table) -> Update:
    here = and_(*(column == bindparam(f"new_{column.name}") for column in table.primary_key))
    return update(table).where(here).values({column: bindparam(f"new_{column.name}") for column in table.c if not column.primary_key})
