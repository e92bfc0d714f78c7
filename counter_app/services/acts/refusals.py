"""A dossier that is not taken, with reasons in writing (form 03): one on the books, or one that was never received."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from counter_app.domain import life_facts, projection
from counter_app.domain.catalogue import Procedure
from counter_app.domain.dossier import Applicant, Channel, CodeOfDossier, DocumentLine, Dossier, Status, Submitter
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.ids import new_id
from counter_app.domain.life import Ending
from counter_app.domain.lifecycle import Verb
from counter_app.domain.people import Actor, Permission
from counter_app.services.acts.acting import Act, Acting, Done, Printing
from counter_app.services.acts.texts import LINE, REASON, Texts
from counter_app.services.changes import Changes
from counter_app.services.documents import form_content
from counter_app.services.dossiers.access import require
from counter_app.services.intake.projection import first_projection
from counter_app.services.intake.service import IntakeService
from counter_app.services.intake.terms import IntakeCheck, ReceiveDossier
from counter_app.services.numbering.service import NumberingService

COPIES = 2
_LOOKED_AT = ("procedure_code", "applicant", "submitter", "channel")
"""What must be right about a dossier that is refused at the counter; papers and fees are not, they may be the very reason."""


@dataclass(frozen=True, slots=True)
class Refuse(Printing):
    """Why a dossier is refused, by which law, and whether its papers were given back."""

    code: str
    reason: str
    legal_basis: str = ""
    papers_returned: bool = True


@dataclass(frozen=True, slots=True)
class RefuseAtCounter(Printing):
    """Somebody who wanted something that the desk can't take, and why not."""

    procedure_code: str
    applicant: Applicant
    reason: str
    legal_basis: str = ""
    submitter: Submitter | None = None
    documents: tuple[DocumentLine, ...] = field(default=())
    channel: Channel = Channel.DIRECT
    papers_returned: bool = True
    draft_id: str = ""
    """The actor's draft of the form that this was read from: it goes in the same transaction."""


class RefusalService:
    """The verb *refuse*."""

    def __init__(self, acting: Acting, intake: IntakeService, numbering: NumberingService) -> None:
        self._acting = acting
        self._intake = intake
        self._numbering = numbering

    def refuse(self, command: Refuse, actor: Actor) -> Done:
        """Refuse a dossier that is on the books and print form 03.

        Warnings: PAPERS_TO_GIVE_BACK.

        Raises:
            RuleBrokenError: TEXT_NEEDED at ``reason`` and what else is wrong with texts; as :meth:`Transaction.take`.
        """
        reason, legal_basis = _grounds(command)
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.REFUSE)
            _refuse(act, command, reason, legal_basis)
        return tx.done()

    def refuse_at_counter(self, command: RefuseAtCounter, actor: Actor) -> Done:
        """Refuse what was never received: it gets a code, form 03 and an event, but no line in the register.

        Raises:
            RuleBrokenError: NOT_ALLOWED; TEXT_NEEDED at ``reason`` and what else is wrong with texts; as :meth:`check_at_counter`.
            SurroundingsError: as :meth:`~counter_app.services.numbering.service.NumberingService.take`.
        """
        require(actor, Permission.RECEIVE)
        reason, legal_basis = _grounds(command)
        check = self.check_at_counter(command)
        procedure = check.procedure
        if procedure is None:
            raise RuleBrokenError(*check.problems)
        with self._numbering.take(check.received_at) as issued, self._acting.transaction(actor) as tx:
            code = CodeOfDossier(issued.code, issued.kind)
            dossier = _never_received(check, procedure, first_projection(
                check, procedure, tx.profile, actor, dossier_id=new_id(tx.now), code=code))
            tx.uow.dossiers.add(dossier)
            self._numbering.record(tx.uow, issued, dossier.dossier_id)
            _refuse(tx.take_dossier(dossier, Verb.REFUSE), command, reason, legal_basis)
            tx.changes |= Changes.of("numbers")
            if command.draft_id:
                tx.uow.drafts.delete(actor.user_id, command.draft_id)
                tx.changes |= Changes.of("drafts")
        return tx.done()

    def check_at_counter(self, command: RefuseAtCounter) -> IntakeCheck:
        """Look at what is to be refused, before anybody is asked why; its grounds are not looked at.

        Raises:
            RuleBrokenError: of :meth:`~counter_app.services.intake.service.IntakeService.check` what is wrong with procedure
                and people.
        """
        check = self._intake.check(ReceiveDossier(
            command.procedure_code, command.applicant, submitter=command.submitter, documents=command.documents, fees=(),
            channel=command.channel, paper=command.paper,
        ))
        problems = [each for each in check.problems if (each.field or "").partition(".")[0] in _LOOKED_AT]
        if problems:
            raise RuleBrokenError(*problems)
        return check


def _grounds(command: Refuse | RefuseAtCounter) -> tuple[str, str]:
    texts = Texts()
    grounds = texts.need(command.reason, "reason", REASON), texts.may(command.legal_basis, "legal_basis", LINE)
    texts.close()
    return grounds


def _never_received(check: IntakeCheck, procedure: Procedure, dossier: Dossier) -> Dossier:
    """Return the dossier before its refusal: like one filed online that nobody accepted, without an appointment."""
    return replace(
        dossier, status=Status.SUBMITTED_ONLINE, awaiting_acceptance=True, due_at=None, printed_due_at=None, due_nominal=None,
        due_history=(), fees=(), documents=check.command.documents or (), procedure_name=procedure.label,
    )


def _refuse(act: Act, command: Refuse | RefuseAtCounter, reason: str, legal_basis: str) -> None:
    tx = act.transaction
    ending = Ending(
        tx.now, reason, tx.form_number("03", act.dossier.dossier_id), legal_basis, decided_by=tx.clerk(),
        papers_returned=command.papers_returned,
    )
    after = projection.ended(act.dossier, Verb.REFUSE, ending)
    act.record(after, life_facts.refused(after, ending))
    if not command.papers_returned:
        tx.warn("PAPERS_TO_GIVE_BACK")
    act.print_form(form_content.refusal(act.dossier, ending, tx.profile, tx.form("03"), clerk=tx.clerk()), command, copies=COPIES)
