"""Something on the slip was wrong: an event with the old and the new values and a reason, and a new slip in place of the old one.

Until the paper is handed over the desk corrects by itself; afterwards it asks the province (contract 4.2, 12), and nothing here changes
until the province agrees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from counter_app.domain import corrections, projection
from counter_app.domain.catalogue import Procedure
from counter_app.domain.deadline_input import write_options
from counter_app.domain.deadline_terms import Appointment, Limit
from counter_app.domain.dossier import BookPlace, Dossier
from counter_app.domain.errors import RuleBrokenError, broken
from counter_app.domain.events import JsonObject
from counter_app.domain.facts import dossier_received
from counter_app.domain.lifecycle import Verb
from counter_app.domain.people import Actor
from counter_app.domain.record import national_record
from counter_app.domain.timeline import DeadlineEvent, DeadlineEventKind, follow
from counter_app.services.acts.acting import Act, Acting, Done, Printing, Transaction
from counter_app.services.acts.reissuing import reissue
from counter_app.services.acts.texts import LINE, Texts
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.dossiers.kept_limits import case_of, limits_of
from counter_app.services.intake.defaults import known_fees
from counter_app.services.intake.projection import handler, limit_of, result_place
from counter_app.services.intake.service import IntakeService
from counter_app.services.intake.terms import IntakeCheck, ReceiveDossier
from counter_app.services.line.settling import rejected_with_receipt, tell_anew

ASKED = "correction_asked"
"""The mark of a dossier whose correction waits for the province."""
FIELDS = frozenset({
    "procedure_code", "case", "submitter", "documents", "sets", "note", "summary", "delivery", "delivery_address",
    *(f"applicant.{name}" for name in (
        "kind", "full_name", "id_number", "birth_date", "birth_year", "sex", "address", "phone", "email")),
})
"""What can be corrected, as :class:`Correct` names it."""
_NO_PLACE = BookPlace("", 0, 0, 0)
_LONGEST_SUMMARY = 1000


@dataclass(frozen=True, slots=True)
class Correct(Printing):
    """New values by the names of :data:`FIELDS` (``applicant.full_name``, ``documents`` …), and why."""

    code: str
    changes: Mapping[str, Any]
    reason: str


class CorrectionService:
    """The verb *correct*."""

    def __init__(self, acting: Acting, intake: IntakeService, calendar: CalendarService) -> None:
        self._acting = acting
        self._intake = intake
        self._calendar = calendar

    def correct(self, command: Correct, actor: Actor) -> Done:
        """Correct a dossier and reissue its slip. The appointment is counted anew only where the procedure or its case is another.

        Warnings: CORRECTION_ASKED, the province decides and nothing changes here before; FEES_OF_OTHER_PROCEDURE, the fees stay what they
        were, to be given back and taken by hand.

        Raises:
            RuleBrokenError: TEXT_NEEDED at ``reason``; FIELD_NOT_CORRECTABLE, NOTHING_TO_CORRECT at ``changes``; what the intake finds
                wrong with the new values; as :meth:`Transaction.take`.
        """
        texts = Texts()
        reason = texts.need(command.reason, "reason", LINE)
        for name in sorted(set(command.changes) - FIELDS):
            texts.forbid("FIELD_NOT_CORRECTABLE", "changes", name=str(name)[:60])
        texts.close()
        with self._acting.transaction(actor) as tx:
            self.correct_in(tx, replace(command, reason=reason))
        return tx.done()

    def correct_in(self, tx: Transaction, command: Correct) -> Act:
        """Correct in a transaction that is open already; raises as :meth:`correct`."""
        act = tx.take(command.code, Verb.CORRECT)
        before = act.dossier
        old_case = case_of(tx.uow, before.dossier_id)
        case = str(command.changes.get("case", "" if "procedure_code" in command.changes else old_case))
        check = self._checked(_as_command(before, command, case), set(command.changes))
        after = self._after(act, check, command, moved=case != old_case)
        old_limits = limits_of(tx.uow, before.dossier_id)
        limits = old_limits if after.procedure_version == before.procedure_version and case == old_case else _limits(check, case)
        receipt = _intake(tx, after, limits, case)
        found = corrections.changes(_record(tx, before), _record(tx, after), _intake(tx, before, old_limits, old_case), receipt)
        if not found:
            raise broken("NOTHING_TO_CORRECT", "changes")
        if check.procedure and after.procedure_code != before.procedure_code:
            _compare_fees(tx, before, check.procedure)
        if not corrections.must_ask(before) and (rejected := rejected_with_receipt(tx.uow, before.dossier_id)):
            tell_anew(act, after, receipt, rejected)
        self._record(act, after, {"reason": command.reason, "reissue_slip": not corrections.must_ask(before), "changes": found}, command)
        return act

    def _record(self, act: Act, after: Dossier, facts: JsonObject, command: Correct) -> None:
        tx, before = act.transaction, act.dossier
        if corrections.must_ask(before):
            marked = replace(before, attention=tuple(dict.fromkeys((*before.attention, ASKED))))
            act.record(marked, facts | {"asked": True}, ho_so=_record(tx, after))
            tx.warn("CORRECTION_ASKED")
            return
        act.record(after, facts)
        reissue(act, command)

    def _checked(self, command: ReceiveDossier, named: set[str]) -> IntakeCheck:
        """Look at the new values as an intake would; what was wrong before and is not touched is nobody's business now."""
        check = self._intake.check(command)
        touched = {name.partition(".")[0] for name in named} | ({"result_delivery"} if named & {"delivery", "delivery_address"} else set())
        problems = [each for each in check.problems if (each.field or "").partition(".")[0] in touched]
        if problems:
            raise RuleBrokenError(*problems)
        return check

    def _after(self, act: Act, check: IntakeCheck, command: Correct, *, moved: bool) -> Dossier:
        before, clean = act.dossier, check.command
        after = replace(
            before, applicant=clean.applicant, submitter=clean.submitter, documents=clean.documents or (), sets=clean.sets, note=clean.note,
            delivery=clean.delivery, delivery_address=clean.delivery_address,
        )
        procedure = check.procedure
        if procedure and (moved or procedure.code != before.procedure_code):
            after = self._other_procedure(act, after, procedure, check)
        texts = Texts()
        summary = texts.may(str(command.changes.get("summary", after.summary)), "summary", _LONGEST_SUMMARY)
        texts.close()
        return replace(after, summary=summary)

    def _other_procedure(self, act: Act, dossier: Dossier, procedure: Procedure, check: IntakeCheck) -> Dossier:
        limit = limit_of(procedure, check.command.case)
        changed = replace(
            dossier, procedure_code=procedure.code, procedure_name=procedure.label, procedure_version=procedure.version_id,
            field_name=procedure.field_name, handled_by=handler(procedure, act.transaction.profile), limit_text=limit.text,
            summary=procedure.label if dossier.summary == dossier.procedure_name else dossier.summary,
            options=write_options(check.appointment.options) if check.appointment else {},
        )
        now = self._followed(dossier, check)
        due_at, nominal = (now.due_at, now.nominal) if now else (None, None)
        if due_at and dossier.extensions and dossier.due_at and due_at < dossier.due_at:
            return changed
        return projection.appointed(changed, act.transaction.now, due_at, nominal)

    def _followed(self, dossier: Dossier, check: IntakeCheck) -> Appointment | None:
        """Return the appointment under the new procedure, with the papers that were awaited in between."""
        first = check.appointment
        if first is None:
            return None
        kinds = DeadlineEventKind.SUPPLEMENT_REQUESTED, DeadlineEventKind.SUPPLEMENT_RECEIVED
        events = [
            DeadlineEvent(kind, at) for each in dossier.supplements if each.received_at
            for kind, at in zip(kinds, (each.requested_at, each.received_at), strict=True)
        ]
        return follow(dossier.received_at, first.limits, events, self._calendar.calendar(), first.options).current


def _compare_fees(tx: Transaction, dossier: Dossier, procedure: Procedure) -> None:
    """A correction can't touch money (contract 4.2): what was taken for the wrong procedure is a matter of its own acts."""
    amount, known = sum(line.amount_vnd for line in dossier.fees), sum(line.amount_vnd for line in known_fees(procedure))
    if amount != known:
        tx.warn("FEES_OF_OTHER_PROCEDURE", "fees", amount=amount, known=known)


def _as_command(dossier: Dossier, command: Correct, case: str) -> ReceiveDossier:
    """Return the dossier with its new values as the intake would be told it."""
    ours = {name: value for name, value in command.changes.items() if name not in ("case", "summary")}
    person = {name.partition(".")[2]: ours.pop(name) for name in list(ours) if name.startswith("applicant.")}
    told = ReceiveDossier(
        dossier.procedure_code, replace(dossier.applicant, **person), dossier.submitter, dossier.documents, dossier.sets, dossier.note,
        dossier.delivery, dossier.delivery_address, (), dossier.channel, dossier.out_of_area, dossier.received_at,
        dossier.entered_later or command.reason, case, dossier.wants_message, command.paper,
    )
    return replace(told, **ours)


def _record(tx: Transaction, dossier: Dossier) -> JsonObject:
    return national_record(dossier, tx.uow.catalogue.version(dossier.procedure_version))


def _intake(tx: Transaction, dossier: Dossier, limits: tuple[Limit, ...], case: str) -> JsonObject:
    placed = dossier if dossier.place else replace(dossier, place=_NO_PLACE)
    return dossier_received(placed, limit=limits[0] if limits else None, case=case, result_place=result_place(dossier, tx.profile))


def _limits(check: IntakeCheck, case: str) -> tuple[Limit, ...]:
    limit = limit_of(check.procedure, case).limit if check.procedure else None
    return (limit,) if limit else ()
