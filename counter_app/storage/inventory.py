"""What a database holds, in numbers: for support, without a word of anybody."""

from __future__ import annotations

from sqlalchemy import Connection, func, select, text

from counter_app.services.ports import StoreFacts
from counter_app.storage import schema
from counter_app.storage.tables import metadata

_SQLITE_SIZE = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"


def take_stock(connection: Connection) -> StoreFacts:
    """Count the rows of every table and measure the database. Raises what a read raises."""
    rows = {table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in metadata.sorted_tables}
    kind = connection.dialect.name
    if kind == "sqlite":
        size, version = _SQLITE_SIZE, "SELECT sqlite_version()"
    else:
        size, version = "SELECT pg_database_size(current_database())", "SHOW server_version"
    return StoreFacts(
        kind=kind, version=str(connection.execute(text(version)).scalar_one()), schema=schema.version(connection) or "",
        size_bytes=int(connection.execute(text(size)).scalar_one()), rows=rows)
