"""Ops on their way to the province."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, select, update

from counter_app.storage.tables import outbox, outbox_total

_ONE_MORE = update(outbox_total).where(outbox_total.c.state == bindparam("of")).values(ops=outbox_total.c.ops + 1)


class SqlOutbox:
    """:class:`~counter_app.services.repositories.OutboxRepository`. Totals are kept beside the ops: counting a million takes too long."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, op_id: str, dossier_id: str | None) -> None:
        """Note an op that is saved here and not sent yet."""
        self._connection.execute(insert(outbox), {"op_id": op_id, "dossier_id": dossier_id, "state": "saved"})
        if self._connection.execute(_ONE_MORE, {"of": "saved"}).rowcount == 0:
            self._connection.execute(insert(outbox_total), {"state": "saved", "ops": 1})

    def counts(self) -> dict[str, int]:
        """Return how many ops are ``saved``, ``sending``, ``province_has`` and ``attention``."""
        totals = {row.state: row.ops for row in self._connection.execute(select(outbox_total))}
        return {state: totals.get(state, 0) for state in ("saved", "sending", "province_has", "attention")}
