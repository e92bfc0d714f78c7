"""Versions of the calendar document."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from counter_app.services.ports import JsonValue
from counter_app.storage.plain import read_json, to_plain, write_json
from counter_app.storage.tables import calendar


class SqlCalendar:
    """:class:`~counter_app.services.repositories.core.CalendarRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, version: str, document: dict[str, JsonValue], imported_at: datetime) -> None:
        """Store a calendar; from now on it is the newest."""
        values = {"version": version, "document": write_json(document), "imported_at": to_plain(imported_at)}
        self._connection.execute(insert(calendar), values)

    def newest(self) -> dict[str, JsonValue] | None:
        """Return the calendar imported last."""
        found = self._connection.execute(select(calendar.c.document).order_by(calendar.c.n.desc()).limit(1)).scalar()
        if found is None:
            return None
        document: dict[str, JsonValue] = read_json(found)
        return document
