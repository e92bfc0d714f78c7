"""What the province said of an op, and what that makes of it here (province contract 6). Nothing is marked but by its own answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from counter_app.domain.dossier import Dossier
from counter_app.domain.events import Event
from counter_app.domain.national_check import faults
from counter_app.services.exchange.older_dossiers import is_imported
from counter_app.services.ports import UnitOfWork
from counter_app.services.repositories.core import Delivery

NEEDS_PERSON = "province"
"""The mark of a dossier of which the province judged an op otherwise than the desk."""
PROVINCE_HAS, ATTENTION = "province_has", "attention"
_OF_RECORDS = ("record_incomplete", "portal_")
"""How the codes begin where a whole record was refused: the next one that is taken settles it."""


def state_after(result: Mapping[str, Any]) -> str | None:
    """Return the state of an op after its answer; None where the province did not record it. What is not known needs a person."""
    outcome = result.get("outcome")
    if outcome == "held":
        return None if result.get("reason") == "gap" else PROVINCE_HAS
    return PROVINCE_HAS if outcome in ("applied", "duplicate") else ATTENTION


def is_rejected(op: Delivery | None) -> bool:
    """Tell whether the province found an op itself wrong; it keeps to that until another op settles it."""
    if op is None or op.state != ATTENTION or op.result is None or op.result.get("outcome") != "rejected":
        return False
    return not str(op.result.get("code", "")).startswith(_OF_RECORDS)


def take_answer(uow: UnitOfWork, result: Mapping[str, Any]) -> bool:
    """Keep the answer to one op in this transaction, and mark or clear its dossier; tell whether the province has recorded it.

    An answer to an op that settles another (``resolves``) takes that one off the list too.
    """
    state = state_after(result)
    if state is None:
        return False
    op_id, rev = str(result["op_id"]), result.get("rev")
    event = uow.events.get(op_id)
    if state == ATTENTION and event is not None and _nobody_can_mend(uow, event):
        state = PROVINCE_HAS
    uow.outbox.settle(op_id, state, rev if isinstance(rev, int) else None, dict(result))
    if event is None or event.dossier_id is None:
        return True
    if state == PROVINCE_HAS and event.resolves:
        _settled_by(uow, event.resolves, op_id)
    mark_dossier(uow, event.dossier_id)
    return True


def _nobody_can_mend(uow: UnitOfWork, event: Event) -> bool:
    """Tell whether an act is on a dossier of an older program whose record lacks what nobody here knows.

    The province has it in its journal, and no dossier that it would change, as with any act on an older dossier: there is nothing to mend.
    """
    dossier = uow.dossiers.get(event.dossier_id) if event.dossier_id else None
    return dossier is not None and is_imported(dossier) and bool(faults(event.ho_so or {}))


def mark_dossier(uow: UnitOfWork, dossier_id: str, *, clash: bool = False) -> None:
    """Put the mark on a dossier with an op for a person, or a ``clash`` that the province has yet to judge; take it off any other."""
    dossier = uow.dossiers.get(dossier_id)
    if dossier is None:
        return
    needed = clash or any(each.state == ATTENTION for each in uow.outbox.of_dossier(dossier_id).values())
    others = tuple(mark for mark in dossier.attention if mark != NEEDS_PERSON)
    marks = (*others, NEEDS_PERSON) if needed else others
    if set(marks) != set(dossier.attention):
        uow.dossiers.update(replace(dossier, attention=marks))


def mark_for_person(uow: UnitOfWork, dossier_id: object, mark: str) -> Dossier | None:
    """Mark a dossier until somebody has looked, and return it as it is then; None where this desk has no such."""
    dossier = uow.dossiers.get(dossier_id) if isinstance(dossier_id, str) else None
    if dossier is None:
        return None
    marked = replace(dossier, attention=tuple(dict.fromkeys((*dossier.attention, mark))))
    uow.dossiers.update(marked)
    return marked


def _settled_by(uow: UnitOfWork, op_id: str, by: str) -> None:
    event = uow.events.get(op_id)
    known = uow.outbox.of_dossier(event.dossier_id).get(op_id) if event and event.dossier_id else None
    if known is not None and known.state == ATTENTION:
        uow.outbox.settle(op_id, PROVINCE_HAS, known.rev, {**(known.result or {}), "settled_by": by})
