"""The append-only store of events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from counter_app.domain.events import ZERO_HASH, Event, Lane
from counter_app.domain.moments import write_local
from counter_app.domain.people import Actor, Role
from counter_app.storage import tables as t
from counter_app.storage.plain import read_json, read_moment, stored, write_json


class SqlEvents:
    """:class:`~counter_app.services.repositories.EventRepository`. The database itself refuses to change or delete an event."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, event: Event) -> None:
        """Store an event for ever."""
        self._connection.execute(insert(t.event), _columns(event))

    def append_many(self, events: Sequence[Event]) -> None:
        """Store some hundred events for ever, in their order."""
        self._connection.execute(insert(t.event), [_columns(event) for event in events])

    def of_dossier(self, dossier_id: str) -> list[Event]:
        """Return the events of a dossier in the order they were stored."""
        found = self._connection.execute(select(t.event).where(t.event.c.dossier_id == dossier_id).order_by(t.event.c.n))
        return [as_event(row) for row in found]

    def everything(self) -> Iterator[Event]:
        """Yield every event in the order they were stored."""
        for row in self._connection.execute(select(t.event).order_by(t.event.c.n), execution_options={"yield_per": 500}):
            yield as_event(row)

    def lane_head(self, device: str, epoch: str) -> tuple[int, str]:
        """Return the last sequence and hash of a lane; (0, 64 zeros) for a new one."""
        last = select(t.event.c.seq, t.event.c.hash).where(t.event.c.device == device, t.event.c.epoch == epoch)
        row = self._connection.execute(last.order_by(t.event.c.seq.desc()).limit(1)).first()
        return (0, ZERO_HASH) if row is None else (row.seq, row.hash)

    def get(self, op_id: str) -> Event | None:
        """Return one event."""
        row = self._connection.execute(select(t.event).where(t.event.c.op_id == op_id)).first()
        return None if row is None else as_event(row)

    def of_lane(self, device: str, epoch: str, first: int, last: int) -> list[Event]:
        """Return the ops of a lane from one sequence to another, both included."""
        lane = t.event.c.device == device, t.event.c.epoch == epoch, t.event.c.seq.between(first, last)
        return [as_event(row) for row in self._connection.execute(select(t.event).where(*lane).order_by(t.event.c.seq))]

    def lanes(self, device: str) -> dict[str, int]:
        """Return the last sequence of each epoch of a device, the lanes in the order they were begun."""
        heads = select(t.event.c.epoch, func.max(t.event.c.seq)).where(t.event.c.device == device)
        heads = heads.group_by(t.event.c.epoch).order_by(func.min(t.event.c.n))
        return {row[0]: row[1] for row in self._connection.execute(heads)}

    def states(self, op_ids: Sequence[str]) -> dict[str, str]:
        """Return saved, sending, province_has or attention of each op; local events are ``saved``."""
        known = select(t.outbox.c.op_id, t.outbox.c.state).where(t.outbox.c.op_id.in_(op_ids))
        return dict.fromkeys(op_ids, "saved") | {row.op_id: row.state for row in self._connection.execute(known)}


def _columns(event: Event) -> dict[str, Any]:
    lane = event.lane
    return {
        "op_id": event.op_id, "dossier_id": event.dossier_id, "type": event.type, "occurred_at": write_local(event.occurred_at),
        "actor_id": event.actor.user_id, "actor_role": event.actor.role.value, "facts": write_json(dict(event.facts)),
        "ho_so": None if event.ho_so is None else write_json(dict(event.ho_so)), "base_rev": event.base_rev, "resolves": event.resolves,
        "device": lane and lane.device, "epoch": lane and lane.epoch, "seq": lane and lane.seq,
        "prev_hash": lane and lane.prev_hash, "hash": lane and lane.hash,
    }


@stored
def as_event(row: Row[Any]) -> Event:
    """Return the event of a row of its table."""
    return Event(
        op_id=row.op_id, dossier_id=row.dossier_id, type=row.type, occurred_at=read_moment(row.occurred_at),
        actor=Actor(row.actor_id, Role(row.actor_role)), facts=read_json(row.facts),
        ho_so=None if row.ho_so is None else read_json(row.ho_so), base_rev=row.base_rev, resolves=row.resolves,
        lane=None if row.seq is None else Lane(row.device, row.epoch, row.seq, row.prev_hash, row.hash),
    )
