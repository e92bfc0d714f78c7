"""Writing that both databases spell alike but SQLAlchemy keeps in two dialects."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: Connection, table: Table, values: dict[str, Any], *, adding: bool = False) -> None:
    """Insert a row; where its primary key is there already, put the new values in the place of the old, or add them to the old."""
    connection.execute(_statement(connection.dialect.name, table, adding), values)


@cache
def _statement(dialect: str, table: Table, adding: bool) -> Insert:
    statement: sqlite.Insert | postgresql.Insert = (sqlite if dialect == "sqlite" else postgresql).insert(table)
    changed = [column for column in table.c if not column.primary_key]
    replaced = {column.name: column + statement.excluded[column.name] if adding else statement.excluded[column.name] for column in changed}
    return statement.on_conflict_do_update(index_elements=[column.name for column in table.primary_key], set_=replaced)
