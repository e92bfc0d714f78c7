"""Taking back the last act: always by another act that says so, and only until its form was printed or its event was sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from counter_app.domain import events as e
from counter_app.domain import life_facts, projection
from counter_app.domain.corrections import from_contract
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import Problem, RuleBrokenError, broken
from counter_app.domain.events import Event
from counter_app.domain.ids import new_id
from counter_app.domain.life import Direction
from counter_app.domain.lifecycle import Verb
from counter_app.domain.people import Actor, Permission
from counter_app.services.acts.acting import Acting, Done, Transaction
from counter_app.services.acts.corrections import Correct, CorrectionService
from counter_app.services.acts.fee_acts import Payments, give_money_back
from counter_app.services.acts.supplements import take_in
from counter_app.services.acts.texts import LINE, Texts
from counter_app.services.documents.slips import newest_print
from counter_app.services.dossiers.access import dossier_with_code, require
from counter_app.services.ports import Database, UnitOfWork
from counter_app.support.messages import text

PASSED_OVER = frozenset({e.SLIP_PRINTED, e.NOTE_ADDED, e.STEP_COMPLETED, e.ATTACHMENT_LINKED, e.ATTACHMENT_UNLINKED})
"""What is no act of its own, or changes nothing: looking for the last act goes past it."""
NOT_SENT = "saved"


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """The last act of a dossier; ``problem`` says why it cannot be taken back, None where it can."""

    op_id: str
    type: str
    problem: Problem | None


class UndoService:
    """The verb *undo*."""

    def __init__(
        self, acting: Acting, database: Database, corrections: CorrectionService, payments: Payments | None = None,
    ) -> None:
        self._acting = acting
        self._database = database
        self._corrections = corrections
        self._payments = payments

    def last(self, code: str, actor: Actor) -> UndoOffer | None:
        """Return the last act of a dossier, None where there was none but its receipt.

        Raises:
            RuleBrokenError: NOT_ALLOWED, DOSSIER_UNKNOWN, CODE_SHARED.
        """
        require(actor, Permission.READ)
        with self._database.read() as uow:
            found = _last(uow, dossier_with_code(uow, code).dossier_id)
            return UndoOffer(found.op_id, found.type, _objection(uow, found)) if found else None

    def undo(self, code: str, reason: str, actor: Actor) -> Done:
        """Take the last act back by the act that is its opposite; prints that still wait are called off.

        Raises:
            RuleBrokenError: TEXT_NEEDED at ``reason``; NOTHING_TO_UNDO, UNDO_SENT, UNDO_PRINTED, UNDO_NO_WAY_BACK; as the opposite act.
        """
        texts = Texts()
        why = texts.need(reason, "reason", LINE)
        texts.close()
        with self._acting.transaction(actor) as tx:
            dossier = dossier_with_code(tx.uow, code)
            event = _last(tx.uow, dossier.dossier_id)
            if event is None:
                raise broken("NOTHING_TO_UNDO")
            if problem := _objection(tx.uow, event):
                raise RuleBrokenError(problem)
            _call_off_prints(tx, event)
            opposite: dict[str, Callable[[], None]] = {
                e.FEE_COLLECTED: lambda: self._pay_back(tx, dossier, event, why),
                e.DOSSIER_HANDED_OVER: lambda: _take_back(tx, dossier),
                e.SUPPLEMENT_REQUESTED: lambda: _ask_no_more(tx, dossier, why),
                e.DOSSIER_CORRECTED: lambda: self._correct_back(tx, dossier, event, why),
            }
            opposite[event.type]()
        return tx.done()

    def _pay_back(self, tx: Transaction, dossier: Dossier, event: Event, why: str) -> None:
        act = tx.take_dossier(dossier, Verb.REVERSE_FEE)
        give_money_back(act, event.facts["fee_line_id"], why, self._payments, receipt_cancelled=bool(event.facts["receipt_number"]))

    def _correct_back(self, tx: Transaction, dossier: Dossier, event: Event, why: str) -> None:
        old = from_contract({change["field"]: change["old"] for change in event.facts["changes"]})
        self._corrections.correct_in(tx, Correct(dossier.code, old, why))


WAYS_BACK = frozenset({e.FEE_COLLECTED, e.DOSSIER_HANDED_OVER, e.SUPPLEMENT_REQUESTED, e.DOSSIER_CORRECTED})
"""The acts that the contract knows an opposite of."""


def _last(uow: UnitOfWork, dossier_id: str) -> Event | None:
    """Return the last act; the receipt itself, and what was entered with it, can't be taken back."""
    history = uow.events.of_dossier(dossier_id)
    acts = [event for event in history if event.type not in PASSED_OVER]
    if not acts or acts[-1].type in (e.DOSSIER_RECEIVED, e.DOSSIER_IMPORTED):
        return None
    return acts[-1]


def _objection(uow: UnitOfWork, event: Event) -> Problem | None:
    if event.type not in WAYS_BACK or event.facts.get("asked"):
        return Problem("UNDO_NO_WAY_BACK")
    if uow.events.states([event.op_id]).get(event.op_id, NOT_SENT) != NOT_SENT:
        return Problem("UNDO_SENT")
    waiting = {job.print_id for job in uow.prints.open_jobs() if job.state == "waiting"}
    if any(print_id not in waiting for print_id in _prints(uow, event)):
        return Problem("UNDO_PRINTED")
    return None


def _prints(uow: UnitOfWork, event: Event) -> list[str]:
    """Return the forms that were made with an act, of its dossier or of its batch."""
    if event.dossier_id is None:
        return []
    history = uow.events.of_dossier(event.dossier_id)
    since = [each.op_id for each in history].index(event.op_id)
    printed = {each.facts["document_sha256"] for each in history[since:] if each.type == e.SLIP_PRINTED}
    subjects = {event.dossier_id: ("01", "02", "06"), event.facts.get("batch_id", ""): ("hand_over", "result_list")}
    newest = (newest_print(uow, subject, name) for subject, forms in subjects.items() if subject for name in forms)
    return [form.print_id for form in newest if form and form.sha256 in printed]


def _call_off_prints(tx: Transaction, event: Event) -> None:
    mine = set(_prints(tx.uow, event))
    for job in tx.uow.prints.open_jobs():
        if job.print_id in mine:
            tx.uow.prints.update_job(replace(job, state="cancelled"))


def _take_back(tx: Transaction, dossier: Dossier) -> None:
    """The paper comes back from where it went; a dossier stays one that is worked on, for the contract knows no way back to received."""
    act, last = tx.take_dossier(dossier, Verb.HAND_OVER), dossier.hand_overs[-1]
    back = Direction.TO_DESK if last.direction is Direction.TO_SPECIALIST else Direction.TO_SPECIALIST
    swapped = replace(
        last, batch_id=new_id(tx.now), at=tx.now, direction=back, from_unit=last.to_unit, to_unit=last.from_unit,
        given_by=last.received_by, received_by=last.given_by,
    )
    act.record(replace(projection.handed_over(dossier, swapped), step=None), life_facts.handed_over(swapped))


def _ask_no_more(tx: Transaction, dossier: Dossier, why: str) -> None:
    """The request is answered without any paper, and the appointment stays what it was."""
    act, asked = tx.take_dossier(dossier, Verb.RECEIVE_SUPPLEMENT), projection.open_supplement(dossier)
    if asked is None:
        raise broken("SUPPLEMENT_UNKNOWN", "code")
    take_in(act, replace(asked, received_items=(text("SUPPLEMENT_CALLED_OFF", "vi", reason=why),), received_by=tx.clerk()), None)
