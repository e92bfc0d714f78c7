"""What the province judged otherwise than the desk: a person takes its version, and both sides know that the matter is closed.

Nothing disappears: the op stays in the lane, its answer beside it, and a closing note names it (province contract 6, 12).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from counter_app.domain.canonical import envelope
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import broken
from counter_app.domain.events import DOSSIER_RECEIVED, NOTE_ADDED, Event, JsonObject
from counter_app.domain.facts import note_added
from counter_app.domain.lifecycle import Verb
from counter_app.domain.people import Actor, Permission
from counter_app.domain.province_adoption import adopted
from counter_app.domain.province_merge import touched
from counter_app.services.acts.acting import Act, Acting, Done, Transaction
from counter_app.services.dossiers.access import dossier_with_code
from counter_app.services.line.answers import ATTENTION, is_rejected
from counter_app.services.line.incoming import FOR_A_PERSON
from counter_app.services.ports import JsonValue, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.repositories.core import Delivery
from counter_app.support.messages import text
from counter_app.support.resources import shipped_json

CLOSING = "dong_xung_dot"
"""The contract's kind of note that accepts the province's version."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the national record, by its name, as the desk's op left it and as the province has it."""

    name: str
    ours: JsonValue
    theirs: JsonValue


@dataclass(frozen=True, slots=True)
class Clash:
    """An op that the province judged otherwise: what it was, and the members that differ; none where the province told no record."""

    dossier_code: str
    type: str
    occurred_at: datetime
    actor: Actor
    members: tuple[Member, ...]


class SettlingService:
    """The verb *settle*."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    def look(self, op_id: str, actor: Actor) -> Clash:
        """Return both versions of what an op was about (audited: they may hold a citizen's name).

        Raises:
            RuleBrokenError: NOT_ALLOWED; OP_NOT_OPEN at ``op_id``.
        """
        with self._acting.transaction(actor, Permission.READ) as tx:
            event, delivery, dossier = _open(tx.uow, op_id)
            write_audit(tx.uow, tx.now, actor.user_id, "dossier.compared", dossier.dossier_id, {"op_id": op_id})
        return Clash(dossier.code, event.type, event.occurred_at, event.actor, _members(event, delivery))

    def take_theirs(self, op_id: str, actor: Actor) -> Done:
        """Take the province's version of what an op was about, and close the matter with a note.

        The mark of the dossier goes when the province has the note.

        Raises:
            RuleBrokenError: NOT_ALLOWED, this is for those who answer for the desk; OP_NOT_OPEN at ``op_id``, nobody waits for a decision
                about it; as :meth:`.Transaction.take`.
        """
        with self._acting.transaction(actor, Permission.SETTLE) as tx:
            event, delivery, dossier = _open(tx.uow, op_id)
            act = tx.take_dossier(dossier, Verb.NOTE)
            act.record(_as_there(dossier, event, delivery, tx), _closing(dossier), NOTE_ADDED, resolves=op_id)
        return tx.done()

    def look_at(self, code: str, actor: Actor) -> Done:
        """Take off a dossier what the province only wanted somebody to see: a form to print, acts that this desk had
        lost. One that another commune has now gets no note more: it is read-only here.

        Raises:
            RuleBrokenError: NOTHING_TO_LOOK_AT at ``code``; as :meth:`.Transaction.take`.
        """
        with self._acting.transaction(actor) as tx:
            dossier = dossier_with_code(tx.uow, code)
            rest = tuple(mark for mark in dossier.attention if mark not in FOR_A_PERSON)
            if rest == dossier.attention:
                raise broken("NOTHING_TO_LOOK_AT", "code")
            looked_at = replace(dossier, attention=rest)
            if dossier.given_to:
                tx.uow.dossiers.update(looked_at)
                tx.acts.append(Act(tx, Verb.NOTE, looked_at))
                write_audit(tx.uow, tx.now, actor.user_id, "dossier.looked_at", dossier.dossier_id, {})
            else:
                tx.take_dossier(dossier, Verb.NOTE).record(looked_at, note_added(text("LOOKED_AT", "vi")), NOTE_ADDED)
        return tx.done()


def rejected_with_receipt(uow: UnitOfWork, dossier_id: str) -> list[str]:
    """Return what the province rejected of a dossier whose receipt it rejected, that first: it has no such dossier. Else empty."""
    answered = uow.outbox.of_dossier(dossier_id)
    rejected = [each for each in uow.events.of_dossier(dossier_id) if is_rejected(answered.get(each.op_id))]
    begins = bool(rejected) and rejected[0].type == DOSSIER_RECEIVED
    return [each.op_id for each in rejected] if begins else []


def tell_anew(act: Act, dossier: Dossier, receipt: JsonObject, rejected: Sequence[str]) -> None:
    """Record a receipt in place of the one that was rejected: the record as it stands now holds whatever else was rejected with it.

    Raises:
        RuleBrokenError: as :meth:`.Act.record`.
    """
    act.record(dossier, receipt, DOSSIER_RECEIVED, resolves=rejected[0])
    for op_id in rejected[1:]:
        act.record(act.dossier, _closing(dossier), NOTE_ADDED, resolves=op_id)


def _closing(dossier: Dossier) -> JsonObject:
    return {"kind": CLOSING, "audience": "province", "text": text("SETTLED", "vi", code=dossier.code)}


def _open(uow: UnitOfWork, op_id: str) -> tuple[Event, Delivery, Dossier]:
    event = uow.events.get(op_id)
    dossier = uow.dossiers.get(event.dossier_id) if event and event.dossier_id else None
    delivery = uow.outbox.of_dossier(dossier.dossier_id).get(op_id) if dossier else None
    if event is None or dossier is None or delivery is None or delivery.state != ATTENTION:
        raise broken("OP_NOT_OPEN", "op_id")
    return event, delivery, dossier


def _record(delivery: Delivery) -> Mapping[str, JsonValue]:
    """Return the record that the province told with its answer; empty where it told none."""
    return ((delivery.result or {}).get("current") or {}).get("ho_so") or {}


def _members(event: Event, delivery: Delivery) -> tuple[Member, ...]:
    ours, theirs = event.ho_so or {}, _record(delivery)
    names = sorted(touched(shipped_json("contract/event_rules.json"), envelope(event))) if theirs else ()
    return tuple(Member(name, ours.get(name), theirs.get(name)) for name in names if ours.get(name) != theirs.get(name))


def _as_there(dossier: Dossier, event: Event, delivery: Delivery, tx: Transaction) -> Dossier:
    """Return the dossier with the province's values of what the op had changed; an answer without a record changes nothing."""
    current = _record(delivery)
    if not current:
        return dossier
    return adopted(dossier, current, touched(shipped_json("contract/event_rules.json"), envelope(event)), tx.now)
