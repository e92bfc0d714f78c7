"""Ops on their way to the province."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from counter_app.storage.repositories.writing import upsert
from counter_app.storage.tables import outbox, outbox_total


class SqlOutbox:
    """:class:`~counter_app.services.ports.OutboxRepository`. Totals are kept beside the ops: counting a million takes a blink too long."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, op_id: str, dossier_id: str | None) -> None:
        """Note an op that is saved here and not sent yet."""
        self._connection.execute(insert(outbox), {"op_id": op_id, "dossier_id": dossier_id, "state": "saved"})
        upsert(self._connection, outbox_total, {"state": "saved", "ops": 1}, adding=True)

    def counts(self) -> dict[str, int]:
        """Return how many ops are ``saved``, ``sending``, ``province_has`` and ``attention``."""
        totals = {row.state: row.ops for row in self._connection.execute(select(outbox_total))}
        return {state: totals.get(state, 0) for state in ("saved", "sending", "province_has", "attention")}
