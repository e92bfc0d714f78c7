"""The append-only store of events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, func, insert, or_, select

from counter_app.domain.canonical import read_envelope
from counter_app.domain.events import READ_BACK, READ_BACK_OP, ZERO_HASH, Event, Lane
from counter_app.domain.moments import write_local
from counter_app.domain.people import Actor, Role
from counter_app.services.repositories.core import PlacedOp
from counter_app.storage import tables as t
from counter_app.storage.plain import read_json, read_moment, stored, write_json

_LANE = ("device", "epoch", "seq", "prev_hash", "hash")
UNSENT = (t.OPEN_OPS, t.outbox.c.state.in_(("saved", "sending")))

Where = tuple[ColumnElement[bool], ...]
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
        return _in_lane(self._connection, _span(device, epoch, first, last))

    def places_of_lane(self, device: str, epoch: str, first: int, last: int) -> list[PlacedOp]:
        """Return where the ops of :meth:`of_lane` stand, and nothing of what they say."""
        found: list[PlacedOp] = []
        for table, where in zip((t.event, t.op_place), _span(device, epoch, first, last), strict=True):
            rows = self._connection.execute(select(table.c.op_id, table.c.seq, table.c.hash).where(*where))
            found += [PlacedOp(row.op_id, row.seq, row.hash) for row in rows]
        return sorted(found, key=lambda each: each.seq)

    def lanes(self, device: str) -> dict[str, int]:
        """Return the last sequence of each epoch of a device, the lanes in the order they were begun."""
        begun = (select(each.c.epoch).where(each.c.device == device).group_by(each.c.epoch).order_by(func.min(each.c.n))
                 for each in (t.event, t.op_place))
        return {epoch: self._last(device, epoch) for query in begun for epoch in self._connection.execute(query).scalars()}

    def _last(self, device: str, epoch: str) -> int:
        """Return the last sequence that an op stands at in a lane, 0 where they have all left it."""
        lasts = [0]
        for table, where in zip((t.event, t.op_place), _standing(device, epoch), strict=True):
            last = select(table.c.seq).where(*where).order_by(table.c.seq.desc()).limit(1)  # an index leads there: nothing is counted
            lasts += self._connection.execute(last).scalars()
        return max(lasts)

    def states(self, op_ids: Sequence[str]) -> dict[str, str]:
        """Return saved, sending, province_has or attention of each op; local events are ``saved``."""
        known = select(t.outbox.c.op_id, t.outbox.c.state).where(t.outbox.c.op_id.in_(op_ids))
        return dict.fromkeys(op_ids, "saved") | {row.op_id: row.state for row in self._connection.execute(known)}


def unsent_in_lane(connection: Connection, device: str, epoch: str, limit: int) -> list[Event]:
    """Return the first ops that stand in a lane and have no answer of their own, in its order."""
    return _in_lane(connection, _standing(device, epoch), unsent=True, limit=limit)


def _standing(device: str, epoch: str) -> tuple[Where, Where]:
    """Return what holds for the rows of events and of places that stand in a lane: for those recorded in it that have no place elsewhere,
    and for those placed into it last.
    """
    places, later = t.op_place, t.op_place.alias()
    own = t.event.c.device == device, t.event.c.epoch == epoch, ~exists().where(places.c.op_id == t.event.c.op_id)
    moved_on = exists().where(later.c.op_id == places.c.op_id, later.c.n > places.c.n)
    return own, (places.c.device == device, places.c.epoch == epoch, ~moved_on)


def _span(device: str, epoch: str, first: int, last: int) -> tuple[Where, Where]:
    own, placed = _standing(device, epoch)
    return (*own, t.event.c.seq.between(first, last)), (*placed, t.op_place.c.seq.between(first, last))


def _in_lane(connection: Connection, where: tuple[Where, Where], *, unsent: bool = False, limit: int | None = None) -> list[Event]:
    own, placed = select(t.event).where(*where[0]), _PLACED.where(*where[1])
    if unsent:
        own, placed = (each.join(t.outbox, t.outbox.c.op_id == t.event.c.op_id).where(*UNSENT) for each in (own, placed))
    found = [as_event(row) for row in connection.execute(own.order_by(t.event.c.seq).limit(limit))]
    found += [_placed(row) for row in connection.execute(placed.order_by(t.op_place.c.seq).limit(limit))]
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
