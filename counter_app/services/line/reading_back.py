"""An op of this device that only the province held still: lost here by a restore, or done by a copy of this desk (contract 3.4).

It comes back as it was sent, with its place in its lane, so that both journals are equal. What it did to the record came, or comes, with
the feed; what only the desk keeps of it, the line in the register of dossiers and the appointment on the slip, is made again from it.
Stored forms and cash can't be: its dossier is marked until somebody has compared the paper.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from counter_app.domain.canonical import op_hash, read_envelope
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.events import DOSSIER_RECEIVED, READ_BACK, READ_BACK_OP, SLIP_PRINTED, UNREADABLE, Event, JsonObject, Lane
from counter_app.domain.moments import day_of, read_local
from counter_app.domain.people import Actor, Role
from counter_app.domain.record import national_record
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.line.answers import mark_for_person, take_answer
from counter_app.services.ports import UnitOfWork
from counter_app.services.recording import write_audit

PROVINCE = Actor("province", Role.INSPECTOR)
"""Who acts in an event that came from the province."""


def take_back(uow: UnitOfWork, op: Mapping[str, Any], result: Mapping[str, Any], now: datetime) -> bool:
    """Keep an op with what the province said of it, in this transaction; tell whether it was not here.

    Raises:
        LookupError, TypeError, ValueError: it is no op, or not the one that its hash is of.
    """
    told = read_envelope(op)
    if told.lane is None or op_hash(op) != told.lane.hash:
        raise ValueError(told.op_id)
    known = uow.events.get(told.op_id)
    if known is not None:
        if known.lane == told.lane:  # never answered here: a copy of this desk has sent it, or the answer was lost
            take_answer(uow, {**result, "op_id": told.op_id})
        if not any(each.lane == told.lane for each in uow.events.of_lane(told.lane.device, told.lane.epoch, told.lane.seq, told.lane.seq)):
            _keep_place(uow, op, told.lane, now)
        return False
    dossier = mark_for_person(uow, told.dossier_id, READ_BACK)
    if dossier is not None and (rebuild := _REBUILT.get(told.type)):
        dossier = rebuild(uow, told, dossier)
        uow.dossiers.update(dossier)
    _keep(uow, told.op_id, READ_BACK, {READ_BACK_OP: dict(op)}, dossier, now)
    uow.events.place(told.op_id, told.lane)
    uow.outbox.add(told.op_id, dossier.dossier_id if dossier else None)
    take_answer(uow, {**result, "op_id": told.op_id})
    return True


def _keep_place(uow: UnitOfWork, op: Mapping[str, Any], lane: Lane, now: datetime) -> None:
    """Keep another place of an op that is here: a copy of this desk has recorded it again in a lane of its own. Nothing was lost."""
    event_id = str(uuid5(NAMESPACE_OID, f"{lane.device}/{lane.epoch}/{lane.seq}"))
    _keep(uow, event_id, READ_BACK, {READ_BACK_OP: dict(op)}, None, now)
    uow.events.place(event_id, lane)


def set_aside(uow: UnitOfWork, op: Mapping[str, Any], now: datetime) -> None:
    """Keep an op that came back as none can be, once however often it comes, in this transaction; its dossier alone waits for a person."""
    as_it_came = json.dumps(op, sort_keys=True)  # in ASCII: whatever is in it can be kept
    event_id = str(uuid5(NAMESPACE_OID, as_it_came))
    if uow.events.get(event_id) is None:
        dossier = mark_for_person(uow, op.get("dossier_id"), UNREADABLE)
        _keep(uow, event_id, UNREADABLE, {"kind": READ_BACK, "entry": as_it_came}, dossier, now)


def _keep(  # noqa: PLR0917  the parts of an event, in its order
    uow: UnitOfWork, event_id: str, kind: str, facts: JsonObject, dossier: Dossier | None, now: datetime,
) -> None:
    about = dossier.dossier_id if dossier else None
    ho_so = national_record(dossier, uow.catalogue.version(dossier.procedure_version)) if dossier else None
    uow.events.append(Event(event_id, about, kind, now, PROVINCE, facts, ho_so))
    write_audit(uow, now, PROVINCE.user_id, kind, about or "", {"op_id": event_id})


def _received(uow: UnitOfWork, op: Event, dossier: Dossier) -> Dossier:
    """Give a dossier its line in the register again: the one that its slip tells of, unless work that went on has taken that."""
    known = replace(dossier, sets=int(op.facts["sets"]), out_of_area=bool(op.facts["outside_boundary"]), received_by=op.actor.user_id)
    if dossier.place is not None:
        return known
    try:
        place = uow.logbooks.next_place(DOSSIER_BOOK, op.occurred_at.year)
    except RuleBrokenError:  # the year's register is closed: the dossier stands in the lists all the same
        return known
    uow.logbooks.add_line(place, dossier.dossier_id, day_of(op.occurred_at))
    return replace(known, place=place)


def _printed(_uow: UnitOfWork, op: Event, dossier: Dossier) -> Dossier:
    """Keep the appointment that a citizen has on paper."""
    due = op.facts["printed_due"]
    return dossier if due is None else replace(dossier, printed_due_at=read_local(due))


_REBUILT: dict[str, Callable[[UnitOfWork, Event, Dossier], Dossier]] = {DOSSIER_RECEIVED: _received, SLIP_PRINTED: _printed}
"""What is made again of what only the desk keeps, by the type of the op."""
