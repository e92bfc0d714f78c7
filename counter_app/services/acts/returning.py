"""The result goes back: who may collect it, what must be given and taken, and the receipt that is signed (domain guide 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counter_app.domain import life_facts, projection
from counter_app.domain.deadline import classify
from counter_app.domain.dossier import ApplicantKind, Dossier
from counter_app.domain.errors import Problem, broken
from counter_app.domain.life import HandedBack, Rating, ReceiverKind, Signed
from counter_app.domain.lifecycle import Verb, why_not
from counter_app.domain.people import Actor, Permission
from counter_app.domain.text import fold
from counter_app.services.acts.acting import Acting, Done, Printing, Transaction
from counter_app.services.acts.notes_ratings import RatingChannel, check_score, rate_in
from counter_app.services.acts.texts import CODE, LINE, NAME, Texts
from counter_app.services.documents import form_content
from counter_app.services.dossiers.access import dossier_with_code
from counter_app.services.recording import write_audit

COPIES = 2
MOST_ORIGINALS = 999


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """What is to be looked at before one dossier's result is given back. ``problem`` is why it cannot be given now, None where it can."""

    dossier: Dossier
    may_collect: tuple[str, ...]
    """The applicant, and who holds a power of attorney on record."""
    originals: int
    fee_due_vnd: int
    apology_due: bool
    problem: Problem | None
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ReturnCheck:
    """Several dossiers that are collected together."""

    lines: tuple[ReturnLine, ...]

    @property
    def fee_due_vnd(self) -> int:
        """What is to be paid in all."""
        return sum(line.fee_due_vnd for line in self.lines)

    @property
    def ok(self) -> bool:
        """Every result can be given back now."""
        return all(line.problem is None for line in self.lines)


@dataclass(frozen=True, slots=True)
class ReturnResults(Printing):
    """Who took the results and how. ``originals_returned`` None: all that were handed in.

    ``slip_lost`` and a receiver who is neither applicant nor authorised need ``note``, the reason; ``unpaid_reason`` says why a fee that
    is owed is not taken. ``score`` is what the citizen thought, from 1 to 5; None: not asked.
    """

    codes: tuple[str, ...]
    receiver_kind: ReceiverKind = ReceiverKind.APPLICANT
    receiver_name: str = ""
    paper_shown: str = ""
    signed: Signed = Signed.RECEIPT
    originals_returned: int | None = None
    slip_lost: bool = False
    by_post: bool = False
    unpaid_reason: str = ""
    note: str = ""
    score: int | None = None


class ReturnService:
    """The verb *return*."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    def check(self, codes: Sequence[str], actor: Actor) -> ReturnCheck:
        """Return what must be looked at before results go out: dossiers, and who may collect them (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED; DOSSIER_UNKNOWN, CODE_SHARED at ``code``.
        """
        with self._acting.transaction(actor, Permission.READ) as tx:
            dossiers = {found.dossier_id: found for found in (dossier_with_code(tx.uow, code) for code in codes)}
            for dossier_id in dossiers:
                write_audit(tx.uow, tx.now, actor.user_id, "dossier.shown", dossier_id, {})
        return ReturnCheck(tuple(_look(dossier) for dossier in dossiers.values()))

    def return_(self, command: ReturnResults, actor: Actor) -> Done:
        """Give back the results of all the dossiers, or of none, with what the citizen thought of it; print one receipt.

        Who signs in the register needs no receipt: the register is one (domain guide 6, *signature or "ký sổ"*).

        Warnings: APOLOGY_DUE, FEE_LEFT_UNPAID, ORIGINALS_DIFFER.

        Raises:
            RuleBrokenError: NO_CODES; RECEIVER_NOT_APPLICANT at ``receiver_name``; FEE_OWED at ``unpaid_reason``;
                AUTHORITY_NEEDED at ``paper_shown``; TEXT_NEEDED at ``note`` and what else is wrong with texts; COUNT_IMPOSSIBLE at
                ``originals_returned``; SCORE_IMPOSSIBLE at ``score``; as :meth:`Transaction.take_all`.
        """
        clean = checked(command)
        with self._acting.transaction(actor) as tx:
            give_back(tx, clean)
        return tx.done()


def checked(command: ReturnResults) -> ReturnResults:
    """Return the command tidied; raises what can be seen of it alone, as :meth:`ReturnService.return_`."""
    texts, kind = Texts(), command.receiver_kind
    explained = command.slip_lost or kind is ReceiverKind.OTHER
    clean = replace(
        command,
        receiver_name=texts.may(command.receiver_name, "receiver_name", NAME) if kind is ReceiverKind.APPLICANT
        else texts.need(command.receiver_name, "receiver_name", NAME),
        paper_shown=texts.may(command.paper_shown, "paper_shown", CODE),
        unpaid_reason=texts.may(command.unpaid_reason, "unpaid_reason", LINE),
        note=texts.need(command.note, "note", LINE) if explained else texts.may(command.note, "note", LINE),
    )
    if not clean.paper_shown:
        _ask_for_a_paper(clean, texts)
    if clean.originals_returned is not None and not 0 <= clean.originals_returned <= MOST_ORIGINALS:
        texts.forbid("COUNT_IMPOSSIBLE", "originals_returned", limit=MOST_ORIGINALS)
    if clean.score is not None:
        check_score(clean.score, texts)
    texts.close()
    return clean


def _ask_for_a_paper(command: ReturnResults, texts: Texts) -> None:
    """Who collects for somebody else, or without the slip, shows a paper."""
    if command.receiver_kind is ReceiverKind.AUTHORISED:
        texts.forbid("AUTHORITY_NEEDED", "paper_shown")
    elif command.receiver_kind is ReceiverKind.OTHER or command.slip_lost:
        texts.forbid("PAPER_NEEDED", "paper_shown")


def give_back(tx: Transaction, command: ReturnResults) -> None:
    """Give results back in a transaction that is open already; raises as :meth:`ReturnService.return_`."""
    acts = tx.take_all(command.codes, Verb.RETURN)
    receiver = command.receiver_name or acts[0].dossier.applicant.full_name
    if command.receiver_kind is ReceiverKind.APPLICANT:
        _must_be_applicant(receiver, [act.dossier for act in acts])
    for act in acts:
        back = _handed_back(tx, _look(act.dossier), command, receiver)
        act.record(projection.returned(act.dossier, back), life_facts.returned(back))
    dossiers = [act.dossier for act in acts]
    handed_back = dossiers[0].handed_back
    if handed_back is None:
        raise AssertionError("a returned dossier was handed back")
    if command.signed is not Signed.BOOK:
        content = form_content.result_receipt(dossiers, handed_back, tx.profile, tx.form("result"), clerk=tx.clerk())
        tx.print_form(dossiers[0].dossier_id, acts, content, command, copies=COPIES)
    if command.score is not None:
        for act in acts:
            act.verb = Verb.RATE
            rate_in(act, Rating(tx.now, command.score, RatingChannel.DESK.value))


def _handed_back(tx: Transaction, line: ReturnLine, command: ReturnResults, receiver: str) -> HandedBack:
    if line.fee_due_vnd:
        if not command.unpaid_reason:
            raise broken("FEE_OWED", "unpaid_reason", amount=line.fee_due_vnd)
        tx.warn("FEE_LEFT_UNPAID", None, amount=line.fee_due_vnd)
    tx.warnings += line.warnings
    given = line.originals if command.originals_returned is None else command.originals_returned
    if given != line.originals:
        tx.warn("ORIGINALS_DIFFER", "originals_returned", given=given, kept=line.originals)
    return HandedBack(
        tx.now, command.receiver_kind, receiver, command.paper_shown, command.signed, given, command.slip_lost,
        command.by_post or command.receiver_kind is ReceiverKind.POST,
        "; ".join(filter(None, (command.note, command.unpaid_reason))),
    )


def _must_be_applicant(name: str, dossiers: Sequence[Dossier]) -> None:
    """Nobody collects another person's result as its owner; an organisation sends somebody, whose name is not its own.

    Raises:
        RuleBrokenError: RECEIVER_NOT_APPLICANT at ``receiver_name``.
    """
    for dossier in dossiers:
        if dossier.applicant.kind is ApplicantKind.PERSON and fold(name) != fold(dossier.applicant.full_name):
            raise broken("RECEIVER_NOT_APPLICANT", "receiver_name", name=dossier.applicant.full_name, code=dossier.code)


def _look(dossier: Dossier) -> ReturnLine:
    late = dossier.finished_at is not None and classify(dossier.finished_at, dossier.due_at) == "overdue"
    apology_due = late and not dossier.extensions
    authorised = dossier.submitter.full_name if dossier.submitter and dossier.submitter.authorisation else ""
    return ReturnLine(
        dossier, tuple(filter(None, (dossier.applicant.full_name, authorised))),
        sum(line.original for line in dossier.documents if not line.shown_only),
        sum(line.amount_vnd for line in dossier.fees if line.is_owed), apology_due, why_not(dossier, Verb.RETURN),
        (Problem("APOLOGY_DUE"),) if apology_due else (),
    )
