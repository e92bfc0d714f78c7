"""Named JSON values."""

from __future__ import annotations

from sqlalchemy import Connection, select

from counter_app.services.ports import JsonValue
from counter_app.storage.plain import read_json, to_plain, write_json
from counter_app.storage.repositories.writing import put
from counter_app.storage.tables import setting


class SqlSettings:
    """:class:`~counter_app.services.repositories.core.SettingsRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> JsonValue | None:
        """Return a value; None where it was never put."""
        found = self._connection.execute(select(setting.c.value).where(setting.c.key == key)).scalar()
        return None if found is None else read_json(found)

    def put(self, key: str, value: JsonValue) -> None:
        """Store a value under a name, in place of the one before."""
        put(self._connection, setting, {"key": key, "value": write_json(to_plain(value))})

    def all(self) -> dict[str, JsonValue]:
        """Return every value by its name, in the order of names."""
        return {row.key: read_json(row.value) for row in self._connection.execute(select(setting).order_by(setting.c.key))}
