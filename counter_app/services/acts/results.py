"""The signed result is there, and how it may leave by post."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from counter_app.domain import life_facts, projection
from counter_app.domain.deadline import classify
from counter_app.domain.errors import broken
from counter_app.domain.events import RESULT_POSTED
from counter_app.domain.ids import is_id, new_id
from counter_app.domain.life import HandedBack, Parcel, ReceiverKind, ResultPaper, Signed
from counter_app.domain.lifecycle import Verb
from counter_app.domain.moments import FIRST_YEAR, LAST_YEAR, day_of, wire
from counter_app.domain.numbering import clock_is_possible
from counter_app.domain.people import Actor
from counter_app.services.acts.acting import Act, Acting, Done, Transaction
from counter_app.services.acts.texts import CODE, NAME, REASON, Texts
from counter_app.support.messages import text

MOST_RESULTS = 50
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ResultReady:
    """What the citizen gets. None given: the procedure's own result, under its national code. ``result_id`` may be empty."""

    code: str
    results: tuple[ResultPaper, ...] = ()


@dataclass(frozen=True, slots=True)
class SendByPost:
    """Which operator took the result, and the number of the consignment."""

    code: str
    operator: str
    consignment: str


@dataclass(frozen=True, slots=True)
class ParcelDelivered:
    """The operator confirmed it; ``receiver_name`` empty: the applicant."""

    code: str
    receiver_name: str = ""


class ResultService:
    """The verb *result ready*, and a result's way by post."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    def ready(self, command: ResultReady, actor: Actor) -> Done:
        """Note that the result lies at the desk. A refusal is a result too, of its own kind.

        Warnings: RESULT_EARLY, RESULT_LATE_UNEXCUSED.

        Raises:
            RuleBrokenError: TEXT_NEEDED at ``results``; RESULT_IN_FUTURE, MOMENT_IMPOSSIBLE at ``issued_at``, RESULT_ID_UNREADABLE or
                NAMED_TWICE at ``GiayToId``, SHA256_UNREADABLE at ``sha256`` of a result; what is wrong with texts;
                as :meth:`Transaction.take`.
        """
        with self._acting.transaction(actor) as tx:
            make_ready(tx, command)
        return tx.done()

    def send_by_post(self, command: SendByPost, actor: Actor) -> Done:
        """Note that the result is with the post; the dossier stays ready until the operator has delivered it.

        Raises:
            RuleBrokenError: TEXT_NEEDED at ``operator`` or ``consignment`` and what else is wrong with texts; ALREADY_POSTED; as
                :meth:`Transaction.take` of the verb *return*.
        """
        texts = Texts()
        operator, consignment = texts.need(command.operator, "operator", NAME), texts.need(command.consignment, "consignment", CODE)
        texts.close()
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.RETURN)
            if act.dossier.parcel:
                raise broken("ALREADY_POSTED", "consignment", consignment=act.dossier.parcel.consignment)
            facts = {"operator": operator, "consignment": consignment, "sent_at": wire(tx.now)}
            act.record(projection.posted(act.dossier, Parcel(operator, consignment, tx.now)), facts, RESULT_POSTED)
        return tx.done()

    def delivered(self, command: ParcelDelivered, actor: Actor) -> Done:
        """The operator confirmed that the parcel arrived: the result is returned by post.

        Raises:
            RuleBrokenError: NOT_POSTED; what is wrong with texts; as :meth:`Transaction.take`.
        """
        texts = Texts()
        receiver = texts.may(command.receiver_name, "receiver_name", NAME)
        texts.close()
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.RETURN)
            parcel = act.dossier.parcel
            if parcel is None:
                raise broken("NOT_POSTED")
            note = text("BY_POST", "vi", operator=parcel.operator, consignment=parcel.consignment)
            name = receiver or act.dossier.applicant.full_name
            back = HandedBack(tx.now, ReceiverKind.POST, name, signed=Signed.BOOK, by_post=True, note=note)
            arrived = replace(projection.returned(act.dossier, back), parcel=replace(parcel, delivered_at=tx.now))
            act.record(arrived, life_facts.returned(back))
        return tx.done()


def make_ready(tx: Transaction, command: ResultReady) -> Act:
    """Note a result in a transaction that is open already; raises as :meth:`ResultService.ready`."""
    act = tx.take(command.code, Verb.RESULT_READY)
    results = _checked(tx, act, command.results or _of_procedure(tx, act))
    before = act.dossier
    act.record(projection.result_ready(before, results, tx.now), life_facts.result_ready(results, tx.now))
    counted = classify(tx.now, before.due_at)
    if counted == "early":
        tx.warn("RESULT_EARLY")
    elif counted == "overdue" and not before.extensions:
        tx.warn("RESULT_LATE_UNEXCUSED")
    return act


def _of_procedure(tx: Transaction, act: Act) -> tuple[ResultPaper, ...]:
    procedure = tx.uow.catalogue.version(act.dossier.procedure_version)
    known = procedure.results if procedure else ()
    return tuple(ResultPaper("", each.name, each.code) for each in known) or (ResultPaper("", act.dossier.procedure_name),)


def _checked(tx: Transaction, act: Act, results: tuple[ResultPaper, ...]) -> tuple[ResultPaper, ...]:
    texts = Texts()
    if len(results) > MOST_RESULTS:
        texts.forbid("LINES_TOO_MANY", "results", limit=MOST_RESULTS)
    codes = {each.name: each.code for each in _of_procedure(tx, act)}
    clean = [_checked_one(each, f"results.{at}", texts, tx, act, codes) for at, each in enumerate(results)]
    ids = [each.result_id for each in clean]
    for at, each in enumerate(ids):
        if each in ids[:at]:
            texts.forbid("NAMED_TWICE", f"results.{at}.GiayToId")
    texts.close()
    return tuple(clean)


def _checked_one(  # noqa: PLR0917
    paper: ResultPaper, path: str, texts: Texts, tx: Transaction, act: Act, codes: Mapping[str, str],
) -> ResultPaper:
    name = texts.need(paper.name, f"{path}.name")
    _check_file(paper, path, texts)
    if paper.issued_at and paper.issued_at > tx.now:
        texts.forbid("RESULT_IN_FUTURE", f"{path}.issued_at")
    elif paper.issued_at and not clock_is_possible(paper.issued_at):
        texts.forbid("MOMENT_IMPOSSIBLE", f"{path}.issued_at", year=day_of(paper.issued_at).year, first=FIRST_YEAR, last=LAST_YEAR)
    told = texts.need if paper.refusal else texts.may
    return replace(
        paper, result_id=paper.result_id or new_id(tx.now), name=name, issued_at=paper.issued_at or tx.now,
        code=texts.may(paper.code, f"{path}.code", CODE) or codes.get(name, ""), number=texts.may(paper.number, f"{path}.number", CODE),
        issuer=texts.may(paper.issuer, f"{path}.issuer", NAME) or act.dossier.handled_by,
        signer=texts.may(paper.signer, f"{path}.signer", NAME), signer_title=texts.may(paper.signer_title, f"{path}.signer_title", NAME),
        abstract=told(paper.abstract, f"{path}.abstract", REASON),
    )


def _check_file(paper: ResultPaper, path: str, texts: Texts) -> None:
    """What names the file of a result goes to the province as it is, so it must be what the contract takes."""
    if paper.result_id and not is_id(paper.result_id):
        texts.forbid("RESULT_ID_UNREADABLE", f"{path}.GiayToId")
    if paper.sha256 and not _SHA256.fullmatch(paper.sha256):
        texts.forbid("SHA256_UNREADABLE", f"{path}.sha256")
