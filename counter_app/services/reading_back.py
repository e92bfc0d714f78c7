"""An op of this device that only the province held still: lost here by a restore, or done by a copy of this desk (contract 3.4).

It comes back as it was sent, with its place in its lane, so that both journals are equal. What it did to the record came, or comes, with
the feed. Registers, prints and cash of the desk are not made again from it: its dossier is marked until somebody has compared the paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from counter_app.domain.canonical import op_hash, read_envelope
from counter_app.domain.dossier import Dossier
from counter_app.domain.events import READ_BACK, READ_BACK_OP, Event
from counter_app.domain.people import Actor, Role
from counter_app.domain.record import national_record
from counter_app.services.answers import take_answer
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
        return False
    dossier = _marked(uow, told.dossier_id)
    about = dossier.dossier_id if dossier else None
    ho_so = national_record(dossier, uow.catalogue.version(dossier.procedure_version)) if dossier else None
    uow.events.append(Event(told.op_id, about, READ_BACK, now, PROVINCE, {READ_BACK_OP: dict(op)}, ho_so))
    uow.events.place(told.op_id, told.lane)
    uow.outbox.add(told.op_id, about)
    take_answer(uow, {**result, "op_id": told.op_id})
    write_audit(uow, now, PROVINCE.user_id, READ_BACK, about or "", {"op_id": told.op_id})
    return True


def _marked(uow: UnitOfWork, dossier_id: str | None) -> Dossier | None:
    """Return the dossier that an op is about, marked for a person; None where this desk has no such."""
    dossier = uow.dossiers.get(dossier_id) if dossier_id else None
    if dossier is None:
        return None
    marked = replace(dossier, attention=tuple(dict.fromkeys((*dossier.attention, READ_BACK))))
    uow.dossiers.update(marked)
    return marked
