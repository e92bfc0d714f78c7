"""Ops on their way to the province."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from counter_app.domain.events import Event, JsonObject
from counter_app.services.repositories.core import Delivery
from counter_app.storage.plain import read_json, read_moment, stored, write_json
from counter_app.storage.repositories.events import UNSENT, unsent_in_lane
from counter_app.storage.tables import OPEN_OPS, event, outbox, outbox_total

_MORE = update(outbox_total).where(outbox_total.c.state == bindparam("of")).values(ops=outbox_total.c.ops + bindparam("more"))


class SqlOutbox:
    """:class:`~counter_app.services.repositories.core.OutboxRepository`. Totals are kept beside the ops: counting them is slow."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, op_id: str, dossier_id: str | None) -> None:
        """Note an op that is saved here and not sent yet."""
        self._connection.execute(insert(outbox), {"op_id": op_id, "dossier_id": dossier_id, "state": "saved"})
        self._count("saved", 1)

    def counts(self) -> dict[str, int]:
        """Return how many ops are ``saved``, ``sending``, ``province_has`` and ``attention``."""
        totals = {row.state: row.ops for row in self._connection.execute(select(outbox_total))}
        return {state: totals.get(state, 0) for state in ("saved", "sending", "province_has", "attention")}

    def due(self, device: str, epoch: str, limit: int) -> list[Event]:
        """Return the first ops that stand in a lane and have no answer of their own, in its order."""
        return unsent_in_lane(self._connection, device, epoch, limit)

    def oldest(self) -> datetime | None:
        """Return when the oldest op without an answer happened."""
        first = select(event.c.occurred_at).join(outbox, outbox.c.op_id == event.c.op_id).where(*UNSENT).order_by(event.c.n).limit(1)
        found = self._connection.execute(first).scalar()
        return None if found is None else read_moment(found)

    def sending(self, op_ids: Sequence[str]) -> None:
        """Note that ops are on the wire; whether they arrived nobody knows yet."""
        for op_id in op_ids:
            self._move(op_id, "sending")

    def settle(self, op_id: str, state: str, rev: int | None, result: JsonObject) -> None:
        """Keep what the province said of one op; one that is not in the outbox stays out of it."""
        self._move(op_id, state, rev=rev, result=write_json(result))

    def again(self, op_id: str) -> None:
        """Send an op once more: the province lacks it."""
        self._move(op_id, "saved", rev=None, result=None)

    def of_dossier(self, dossier_id: str) -> dict[str, Delivery]:
        """Return how far each op of a dossier has come, by its id."""
        found = self._connection.execute(select(outbox).where(outbox.c.dossier_id == dossier_id))
        return {row.op_id: _delivery(row) for row in found}

    def attention(self) -> list[Delivery]:
        """Return the ops that a person must look at, the oldest first."""
        found = select(outbox).join(event, event.c.op_id == outbox.c.op_id).where(OPEN_OPS, outbox.c.state == "attention")
        return [_delivery(row) for row in self._connection.execute(found.order_by(event.c.n))]

    def _move(self, op_id: str, state: str, **values: Any) -> None:  # noqa: ANN401  columns
        old = self._connection.execute(select(outbox.c.state).where(outbox.c.op_id == op_id)).scalar()
        if old is None:
            return
        self._connection.execute(update(outbox).where(outbox.c.op_id == op_id).values(state=state, **values))
        if old != state:
            self._count(old, -1)
            self._count(state, 1)

    def _count(self, state: str, more: int) -> None:
        if self._connection.execute(_MORE, {"of": state, "more": more}).rowcount == 0:
            self._connection.execute(insert(outbox_total), {"state": state, "ops": more})


@stored
def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(row.op_id, row.dossier_id, row.state, row.rev, None if row.result is None else read_json(row.result))
