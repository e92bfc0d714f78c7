"""A dossier that ends without a result: halted by a decision, or withdrawn by the applicant (form 05)."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain import life_facts, projection
from counter_app.domain.dossier import Dossier
from counter_app.domain.life import Ending, FeesHandling
from counter_app.domain.lifecycle import Verb
from counter_app.domain.people import Actor
from counter_app.services.acts.acting import Act, Acting, Done, Printing, Transaction
from counter_app.services.acts.texts import LINE, NAME, REASON, Texts
from counter_app.services.documents import form_content
from counter_app.support.messages import text

COPIES = 2


@dataclass(frozen=True, slots=True)
class Halt(Printing):
    """Why it is halted, who decided so, and what becomes of the fees; ``fees`` None: nothing was charged."""

    code: str
    reason: str
    decided_by: str
    fees: FeesHandling | None = None
    legal_basis: str = ""
    papers_returned: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Withdraw(Printing):
    """Why the applicant takes the dossier back, and whether the papers were given back."""

    code: str
    reason: str
    papers_returned: bool = True
    fees: FeesHandling | None = None
    decided_by: str = ""
    title: str = ""


class EndingService:
    """The verbs *halt* and *withdraw*."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    def halt(self, command: Halt, actor: Actor) -> Done:
        """End a dossier by decision and print form 05.

        Warnings: FEES_TO_GIVE_BACK.

        Raises:
            RuleBrokenError: TEXT_NEEDED at ``reason`` or ``decided_by`` and what else is wrong with texts; FEES_HANDLING_NEEDED at
                ``fees``, money was taken; as :meth:`Transaction.take`.
        """
        texts = Texts()
        reason, decided_by = texts.need(command.reason, "reason", REASON), texts.need(command.decided_by, "decided_by", NAME)
        legal_basis, title = texts.may(command.legal_basis, "legal_basis", LINE), texts.may(command.title, "title", NAME)
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.HALT)
            ending = self._ending(act, reason, command.fees, texts, decided_by=decided_by, legal_basis=legal_basis,
                                  papers_returned=command.papers_returned)
            act.record(projection.ended(act.dossier, Verb.HALT, ending), life_facts.halted(ending))
            _print(act, ending, command, title)
        return tx.done()

    def withdraw(self, command: Withdraw, actor: Actor) -> Done:
        """End a dossier because the applicant wants so, and print form 05.

        Warnings: FEES_TO_GIVE_BACK, PAPERS_TO_GIVE_BACK.

        Raises:
            RuleBrokenError: as :meth:`halt`.
        """
        texts = Texts()
        reason = texts.need(command.reason, "reason", REASON)
        decided_by, title = texts.may(command.decided_by, "decided_by", NAME), texts.may(command.title, "title", NAME)
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.WITHDRAW)
            ending = self._ending(act, reason, command.fees, texts, decided_by=decided_by, papers_returned=command.papers_returned)
            if not command.papers_returned:
                tx.warn("PAPERS_TO_GIVE_BACK")
            act.record(projection.ended(act.dossier, Verb.WITHDRAW, ending), life_facts.withdrawn(ending))
            _print(act, ending, command, title)
        return tx.done()

    @staticmethod
    def _ending(
        act: Act, reason: str, fees: FeesHandling | None, texts: Texts, *, decided_by: str, papers_returned: bool,
        legal_basis: str = "",
    ) -> Ending:
        tx, dossier = act.transaction, act.dossier
        paid = any(line.is_paid for line in dossier.fees)
        if paid and fees in (None, FeesHandling.NOT_CHARGED):
            texts.forbid("FEES_HANDLING_NEEDED", "fees")
        texts.close()
        handling = fees if paid and fees else FeesHandling.NOT_CHARGED
        if handling is FeesHandling.REFUNDED:
            tx.warn("FEES_TO_GIVE_BACK", "fees")
        return Ending(
            tx.now, reason, tx.form_number("05", dossier.dossier_id), legal_basis, stage_of(dossier), decided_by, papers_returned, handling,
        )


def stage_of(dossier: Dossier) -> str:
    """Return how far a dossier came, in words: its step, else its status."""
    return dossier.step.name if dossier.step else text(f"STATUS_{dossier.status.upper()}", "vi")


def _print(act: Act, ending: Ending, command: Halt | Withdraw, title: str) -> None:
    tx: Transaction = act.transaction
    content = form_content.halt_notice(
        act.dossier, ending, tx.profile, tx.form("05"), signer=ending.decided_by or tx.clerk(), signer_title=title)
    act.print_form(content, command, copies=COPIES)
