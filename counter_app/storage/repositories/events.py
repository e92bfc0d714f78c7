"""The append-only store of events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, func, insert, or_, select, true

from counter_app.domain.canonical import read_envelope
from counter_app.domain.events import READ_BACK, READ_BACK_OP, ZERO_HASH, Event, Lane
from counter_app.domain.moments import write_local
from counter_app.domain.people import Actor, Role
from counter_app.storage import tables as t
from counter_app.storage.plain import read_json, read_moment, stored, write_json

_LANE = ("device", "epoch", "seq", "prev_hash", "hash")
UNSENT = (t.OPEN_OPS, t.outbox.c.state.in_(("saved", "sending")))

_PLACED = select(t.event, *(t.op_place.c[name].label(f"place_{name}") for name in _LANE)).join(
    t.op_place, t.op_place.c.op_id == t.event.c.op_id)


class SqlEvents:
    """:class:`~counter_app.services.repositories.core.EventRepository`. The database itself refuses to change or delete an event."""

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

    def naming(self, value: str) -> list[str]:
        """Return the dossiers of whose events one has this very text in its facts or its record, each once."""
        stands = f'"{value}"'
        named = or_(t.event.c.facts.contains(stands, autoescape=True), t.event.c.ho_so.contains(stands, autoescape=True))
        found = select(t.event.c.dossier_id).where(named, t.event.c.dossier_id.is_not(None)).distinct()
        return sorted(self._connection.execute(found).scalars())

    def everything(self) -> Iterator[Event]:
        """Yield every event in the order they were stored."""
        for row in self._connection.execute(select(t.event).order_by(t.event.c.n), execution_options={"yield_per": 500}):
            yield as_event(row)

    def place(self, op_id: str, lane: Lane) -> None:
        """Give an op another place in a lane, for ever."""
        self._connection.execute(insert(t.op_place), {"op_id": op_id, **_lane_columns(lane)})

    def placed(self) -> list[Event]:
        """Return the op of each place that was given later, those that it has left since too."""
        return [_placed(row) for row in self._connection.execute(_PLACED.order_by(t.op_place.c.n))]

    def lane_head(self, device: str, epoch: str) -> tuple[int, str]:
        """Return the last sequence and hash of a lane; (0, 64 zeros) for a new one."""
        heads = [(0, ZERO_HASH)]
        for table in (t.event, t.op_place):
            last = select(table.c.seq, table.c.hash).where(table.c.device == device, table.c.epoch == epoch)
            row = self._connection.execute(last.order_by(table.c.seq.desc()).limit(1)).first()
            heads += [] if row is None else [(row.seq, row.hash)]
        return max(heads)

    def get(self, op_id: str) -> Event | None:
        """Return one event."""
        row = self._connection.execute(select(t.event).where(t.event.c.op_id == op_id)).first()
        return None if row is None else as_event(row)

    def of_lane(self, device: str, epoch: str, first: int, last: int) -> list[Event]:
        """Return the ops that stand in a lane from one sequence to another, both included."""
        span = t.event.c.seq.between(first, last), t.op_place.c.seq.between(first, last)
        return in_lane(self._connection, device, epoch, span)

    def lanes(self, device: str) -> dict[str, int]:
        """Return the last sequence of each epoch of a device, the lanes in the order they were begun."""
        heads = select(t.event.c.epoch, func.max(t.event.c.seq)).where(t.event.c.device == device)
        heads = heads.group_by(t.event.c.epoch).order_by(func.min(t.event.c.n))
        found = {row[0]: row[1] for row in self._connection.execute(heads)}
        left = select(t.event.c.epoch).join(t.op_place, t.op_place.c.op_id == t.event.c.op_id).where(t.event.c.device == device)
        others = select(t.op_place.c.epoch).where(t.op_place.c.device == device).group_by(t.op_place.c.epoch)
        for query in (left.distinct(), others.order_by(func.min(t.op_place.c.n))):
            for epoch, in self._connection.execute(query):
                found[epoch] = max((_seq(each) for each in in_lane(self._connection, device, epoch)), default=0)
        return found

    def states(self, op_ids: Sequence[str]) -> dict[str, str]:
        """Return saved, sending, province_has or attention of each op; local events are ``saved``."""
        known = select(t.outbox.c.op_id, t.outbox.c.state).where(t.outbox.c.op_id.in_(op_ids))
        return dict.fromkeys(op_ids, "saved") | {row.op_id: row.state for row in self._connection.execute(known)}


def in_lane(
    connection: Connection, device: str, epoch: str, within: tuple[ColumnElement[bool], ColumnElement[bool]] | tuple[()] = (), *,
    unsent: bool = False, limit: int | None = None,
) -> list[Event]:
    """Return the ops that stand in a lane, in its order: those recorded in it that have no place elsewhere, and those placed into it last.

    ``within`` narrows the rows of events and of places; ``unsent``: those without an answer of their own.
    """
    places, later = t.op_place, t.op_place.alias()
    of_event, of_place = within or (true(), true())
    own = select(t.event).where(
        t.event.c.device == device, t.event.c.epoch == epoch, of_event, ~exists().where(places.c.op_id == t.event.c.op_id))
    placed = _PLACED.where(
        places.c.device == device, places.c.epoch == epoch, of_place,
        ~exists().where(later.c.op_id == places.c.op_id, later.c.n > places.c.n))
    if unsent:
        own, placed = (each.join(t.outbox, t.outbox.c.op_id == t.event.c.op_id).where(*UNSENT) for each in (own, placed))
    found = [as_event(row) for row in connection.execute(own.order_by(t.event.c.seq).limit(limit))]
    found += [_placed(row) for row in connection.execute(placed.order_by(places.c.seq).limit(limit))]
    return sorted(found, key=_seq)[:limit]


def _seq(event: Event) -> int:
    return event.lane.seq if event.lane else 0


def _placed(row: Row[Any]) -> Event:
    """Return the op of a place: the event itself, or the op that one read back from the province tells of."""
    event = as_event(row)
    lane = Lane(row.place_device, row.place_epoch, row.place_seq, row.place_prev_hash, row.place_hash)
    return replace(read_envelope(event.facts[READ_BACK_OP]) if event.type == READ_BACK else event, lane=lane)


def _lane_columns(lane: Lane | None) -> dict[str, Any]:
    return {name: lane and getattr(lane, name) for name in _LANE}


def _columns(event: Event) -> dict[str, Any]:
    return {
        "op_id": event.op_id, "dossier_id": event.dossier_id, "type": event.type, "occurred_at": write_local(event.occurred_at),
        "actor_id": event.actor.user_id, "actor_role": event.actor.role.value, "facts": write_json(dict(event.facts)),
        "ho_so": None if event.ho_so is None else write_json(dict(event.ho_so)), "base_rev": event.base_rev, "resolves": event.resolves,
        **_lane_columns(event.lane),
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
