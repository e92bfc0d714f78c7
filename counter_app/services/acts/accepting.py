"""Taking in a dossier that was filed at the national portal: from then on it is received here, with register, appointment and slip.

It keeps the id and the code that the portal gave it (province contract 4.2), so no number is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from counter_app.domain.catalogue import Procedure
from counter_app.domain.deadline_input import write_options
from counter_app.domain.deadline_terms import Appointment
from counter_app.domain.dossier import Dossier, Status
from counter_app.domain.facts import dossier_received
from counter_app.domain.lifecycle import Verb
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.acts.acting import Acting, Done, Printing, Transaction
from counter_app.services.changes import Changes
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.slips import COPIES
from counter_app.services.intake.projection import handler, limit_of, result_place
from counter_app.services.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class AcceptOnline(Printing):
    """Accept a dossier that was filed online; ``case`` names a variant of the procedure's limit."""

    code: str
    case: str = ""


class ProceduresInForce(Protocol):
    """What acceptance asks of the intake: procedures and appointments as for a dossier that is brought to the desk."""

    def terms(self, procedure_code: str, received_at: datetime, case: str) -> tuple[Procedure, Appointment | None]:
        """Return the procedure in force and the appointment; raises RuleBrokenError as the intake's check."""

    def tell_watchers(self, uow: UnitOfWork, dossier: Dossier, profile: DeskProfile, now: datetime) -> Changes:
        """Let whoever writes with a receipt do so in its transaction."""


class AcceptanceService:
    """The verb *accept*."""

    def __init__(self, acting: Acting, intake: ProceduresInForce) -> None:
        self._acting = acting
        self._intake = intake

    def accept(self, command: AcceptOnline, actor: Actor) -> Done:
        """Receive an online dossier now: it enters the register, its time runs by today's catalogue, and its slip is printed.

        Warning: LIMIT_UNKNOWN, the procedure has no limit, so no appointment is given.

        Raises:
            RuleBrokenError: PROCEDURE_UNKNOWN, CASE_UNKNOWN; BOOK_CLOSED; as :meth:`.Transaction.take` and :meth:`.Transaction.print_form`.
        """
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.ACCEPT)
            procedure, appointment = self._intake.terms(act.dossier.procedure_code, tx.now, command.case)
            place = tx.uow.logbooks.next_place(DOSSIER_BOOK, tx.now.year)
            after = replace(_received(act.dossier, procedure, appointment, tx), place=place)
            tx.uow.logbooks.add_line(place, after.dossier_id, day_of(tx.now))
            facts = dossier_received(
                after, limit=limit_of(procedure, command.case).limit, case=command.case, result_place=result_place(after, tx.profile))
            act.record(after, facts)
            act.print_form(tx.maker.content(after, tx.profile, tx.clerk(), tx.now), command, copies=COPIES)
            tx.changes |= Changes.of("books") | self._intake.tell_watchers(tx.uow, after, tx.profile, tx.now)
            if after.due_at is None:
                tx.warn("LIMIT_UNKNOWN", "procedure_code")
        return tx.done()


def _received(dossier: Dossier, procedure: Procedure, appointment: Appointment | None, tx: Transaction) -> Dossier:
    due_at = appointment.due_at if appointment else None
    return replace(
        dossier, status=Status.RECEIVED, awaiting_acceptance=False, received_at=tx.now, due_at=due_at, printed_due_at=due_at,
        due_history=((tx.now, due_at),), due_nominal=appointment.nominal if appointment else None,
        options=write_options(appointment.options) if appointment else {}, procedure_name=procedure.label,
        procedure_version=procedure.version_id, field_name=procedure.field_name, limit_text=procedure.time_limit.text,
        handled_by=handler(procedure, tx.profile), received_by=tx.actor.user_id, desk=tx.profile.desk)

