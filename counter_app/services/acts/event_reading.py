"""The facts of a verb as the headless ``event`` command gets them, turned into the verb's command.

Facts are named as the province contract names them; those that the desk knows itself (times, numbers, ids, old values) are left out. A few
members are the desk's own, where it asks for more: ``confirm_second``, ``paper_shown``, ``unpaid_reason`` …
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from counter_app.domain.corrections import READABLE, from_contract
from counter_app.domain.deadline_input import read_limit
from counter_app.domain.deadline_terms import Limit
from counter_app.domain.dossier import ApplicantKind, DeliveryMethod, FeeLine, FeeMethod, FeeStage, Sex
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.life import Direction, FeesHandling, ReceiverKind, ResultPaper, Signed
from counter_app.domain.lifecycle import Verb
from counter_app.domain.record import STAGES
from counter_app.services.acts.accepting import AcceptOnline
from counter_app.services.acts.acting import Printing
from counter_app.services.acts.corrections import Correct
from counter_app.services.acts.endings import Halt, Withdraw
from counter_app.services.acts.extensions import Extend
from counter_app.services.acts.fee_acts import CollectFee, ReverseFee
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.acts.notes_ratings import AddNote, Audience, NoteKind, Rate, RatingChannel
from counter_app.services.acts.refusals import Refuse
from counter_app.services.acts.results import ResultReady
from counter_app.services.acts.returning import ReturnResults
from counter_app.services.acts.steps import CompleteStep
from counter_app.services.acts.supplements import ReceiveSupplement, RequestSupplement
from counter_app.services.json_reader import LONGEST_NAME, JsonReader
from counter_app.services.ports import JsonValue

Facts = Mapping[str, Any]
_METHODS = {
    "tien_mat": FeeMethod.CASH, "chuyen_khoan": FeeMethod.TRANSFER, "qr": FeeMethod.TRANSFER, "the": FeeMethod.TRANSFER,
    "cong_dvc": FeeMethod.PORTAL,
}
_HANDLINGS = {"khong_thu": FeesHandling.NOT_CHARGED, "hoan_tra": FeesHandling.REFUNDED, "khong_hoan_tra": FeesHandling.KEPT}
_STAGES: dict[str, FeeStage] = {number: stage for stage, number in STAGES.items()}
_BY_POST = {"0": False, "1": True}


def read_event(verb: Verb, code: str, facts: JsonValue, *, paper: str) -> object:
    """Return the command of a verb for the dossier with a code; its form is made for ``paper`` and goes to no printer.

    Raises:
        RuleBrokenError: JSON_NOT_OBJECT, JSON_UNKNOWN_MEMBER, JSON_MISSING, JSON_NOT_TEXT … at the member's path, all of them at once.
    """
    known, read = _READERS[verb]
    source = JsonReader()
    told = source.object(facts, None, known)
    command = read(_Source(source, told, code, Printing(paper=paper, queue=False)))
    source.close()
    return command


class _Source:
    """The facts of one call while they are read."""

    def __init__(self, reader: JsonReader, facts: Facts, code: str, how: Printing) -> None:
        self.reader = reader
        self.facts = facts
        self.code = code
        self.how: dict[str, Any] = {"paper": how.paper, "queue": how.queue}

    def text(self, name: str, facts: Facts | None = None, path: str | None = None) -> str:
        """Return a text, empty where it is missing; ``facts`` and ``path``: of a part of the facts."""
        return self.reader.text(self.facts if facts is None else facts, name, path)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return yes or no; ``default`` where nothing is said."""
        return default if self.facts.get(name) is None else self.reader.flag(self.facts, name)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of a list; what is none is a flaw at its place (JSON_NOT_TEXT)."""
        found = self.reader.items(self.facts, name) or []
        for index, each in enumerate(found):
            if not isinstance(each, str):
                self.reader.flaw("JSON_NOT_TEXT", f"{name}.{index}")
        return tuple(each for each in found if isinstance(each, str))

    def part(self, name: str, known: frozenset[str]) -> Facts:
        """Return an object among the facts, empty where it is missing; ``known``: the members it may have."""
        return self.reader.optional(self.facts, name, None, known) or {}

    def word(self, name: str, meanings: Mapping[str, Any], default: str, facts: Facts | None = None, path: str = "") -> Any:  # noqa: ANN401
        """Return what a word means; the meaning of ``default`` where it is missing, or unknown, which is a flaw (JSON_CHOICE)."""
        said = self.text(name, facts, path or None) or default
        if said not in meanings:
            self.reader.flaw("JSON_CHOICE", f"{path}.{name}" if path else name, allowed=", ".join(filter(None, meanings)))
        return meanings.get(said, meanings[default])

    def limit(self, name: str) -> Limit | None:
        """Return a limit; None where it is missing or wrong, which is a flaw."""
        if self.facts.get(name) is None:
            return None
        try:
            return read_limit(self.facts[name], name)
        except RuleBrokenError as error:
            self.reader.problems += error.problems
            return None


def _request_supplement(told: _Source) -> RequestSupplement:
    return RequestSupplement(
        told.code, told.texts("items"), told.text("reason"), told.reader.moment(told.facts, "deadline"), told.flag("confirm_second"),
        **told.how)


def _receive_supplement(told: _Source) -> ReceiveSupplement:
    return ReceiveSupplement(told.code, told.texts("received_items"), told.flag("complete", default=True), **told.how)


def _refuse(told: _Source) -> Refuse:
    return Refuse(told.code, told.text("reason"), told.text("legal_basis"), told.flag("papers_returned", default=True), **told.how)


def _hand_over(told: _Source) -> HandOverDossiers:
    codes = (told.code, *told.texts("codes"))
    counts = {told.code: told.reader.integer(told.facts, "paper_count")} if told.facts.get("paper_count") is not None else {}
    return HandOverDossiers(
        codes, told.text("to_unit"), told.text("received_by"),
        told.reader.choice(told.facts, "direction", None, Direction.TO_SPECIALIST), counts, told.text("from_unit"), told.text("given_by"),
        told.text("owner"), told.text("step"), told.limit("limit"), **told.how)


_PROGRESS = frozenset({"NguoiXuLy", "ChucDanh", "PhongBanXuLy", "NoiDungXuLy"})


def _complete_step(told: _Source) -> CompleteStep:
    row = told.part("tien_do", _PROGRESS)
    content = told.text("NoiDungXuLy", row, "tien_do") or told.text("content")
    return CompleteStep(
        told.code, content, told.text("owner"), told.text("to_unit"), told.text("step_code"), told.text("skip_reason"),
        told.text("ChucDanh", row, "tien_do"), told.text("NguoiXuLy", row, "tien_do"), told.text("PhongBanXuLy", row, "tien_do"))


def _extend(told: _Source) -> Extend:
    return Extend(
        told.code, told.limit("by"), told.text("reason"), told.text("decided_by"), told.text("title"),
        told.reader.moment(told.facts, "new_due"), **told.how)


def _handling(told: _Source) -> FeesHandling | None:
    meanings: dict[str, FeesHandling | None] = {"": None, **_HANDLINGS}
    found: FeesHandling | None = told.word("fees_handling", meanings, "")
    return found


def _halt(told: _Source) -> Halt:
    return Halt(
        told.code, told.text("reason"), told.text("decided_by"), _handling(told), told.text("legal_basis"), told.flag("papers_returned"),
        told.text("title"), **told.how)


def _withdraw(told: _Source) -> Withdraw:
    return Withdraw(
        told.code, told.text("reason"), told.flag("papers_returned", default=True), _handling(told), told.text("decided_by"),
        told.text("title"), **told.how)


_RESULT = frozenset({
    "GiayToId", "MaGiayToKetQua", "name", "number", "issued_at", "issuer", "signer", "signer_title", "sha256", "refusal", "abstract"})


def _result_ready(told: _Source) -> ResultReady:
    found = [
        _result(told, told.reader.object(each, f"results.{at}", _RESULT), f"results.{at}")
        for at, each in enumerate(told.reader.items(told.facts, "results") or [])
    ]
    return ResultReady(told.code, tuple(found))


def _result(told: _Source, paper: Facts, path: str) -> ResultPaper:
    said = {name: told.text(name, paper, path) for name in _RESULT - {"issued_at", "refusal"}}
    return ResultPaper(
        said["GiayToId"], said["name"], said["MaGiayToKetQua"], said["number"], told.reader.moment(paper, "issued_at", path),
        said["issuer"], said["signer"], said["signer_title"], said["abstract"], told.reader.flag(paper, "refusal", path), said["sha256"])


def _return(told: _Source) -> ReturnResults:
    receiver = told.part("receiver", frozenset({"kind", "name", "id_last4"}))
    kind = told.reader.choice(receiver, "kind", "receiver", ReceiverKind.APPLICANT)
    originals = None if told.facts.get("originals_withdrawn") is None else told.reader.integer(told.facts, "originals_withdrawn")
    return ReturnResults(
        (told.code, *told.texts("codes")), kind, told.text("name", receiver, "receiver"),
        told.text("paper_shown") or told.text("id_last4", receiver, "receiver"),
        told.reader.choice(told.facts, "signed", None, Signed.RECEIPT), originals, told.flag("slip_lost"),
        told.word("method", _BY_POST, "0"), told.text("unpaid_reason"), told.text("note"), **told.how)


def _correct(told: _Source) -> Correct:
    wanted: dict[str, Any] = {}
    for at, each in enumerate(told.reader.items(told.facts, "changes") or []):
        path = f"changes.{at}"
        change = told.reader.object(each, path, frozenset({"field", "old", "new"}))
        name = told.reader.text(change, "field", path, required=True)
        if not name:
            continue
        shapes = _SHAPES if name in READABLE else _OWN
        value = shapes.get(name, JsonReader.text)(told.reader, change, "new", path)
        new = from_contract({name: value}) if name in READABLE else {name: value}
        if any(wanted.get(each, new[each]) != new[each] for each in new):
            told.reader.flaw("JSON_DUPLICATE_MEMBER", f"{path}.field", member=name[:LONGEST_NAME])
        wanted |= new
    return Correct(told.code, wanted, told.text("reason"), **told.how)


def _components(reader: JsonReader, change: Facts, name: str, path: str) -> list[JsonValue]:
    counts = ("originals", "certified", "copies")
    found = []
    for at, each in enumerate(reader.items(change, name, path) or []):
        here = f"{path}.{name}.{at}"
        line = reader.object(each, here, frozenset({"MaThanhPhanHoSo", "name", "shown_only", *counts}))
        found.append({
            "name": reader.text(line, "name", here), "MaThanhPhanHoSo": reader.text(line, "MaThanhPhanHoSo", here),
            "shown_only": reader.flag(line, "shown_only", here), **{count: reader.integer(line, count, here) for count in counts}})
    return found


def _submitter(reader: JsonReader, change: Facts, name: str, path: str) -> Facts:
    texts, here = ("name", "id_number", "phone", "relation", "authorisation"), f"{path}.{name}"
    person = reader.optional(change, name, path, frozenset({"same_as_applicant", *texts}))
    if person is None or reader.flag(person, "same_as_applicant", here):
        return {"same_as_applicant": True}
    return {each: reader.text(person, each, here) for each in texts}


def _identities(reader: JsonReader, change: Facts, name: str, path: str) -> list[JsonValue]:
    found = []
    for at, each in enumerate(reader.items(change, name, path) or []):
        here = f"{path}.{name}.{at}"
        identity = reader.object(each, here, frozenset({"LoaiDinhDanh", "SoDinhDanh"}))
        found.append({"SoDinhDanh": reader.text(identity, "SoDinhDanh", here, required=True)})
    return found


def _delivery(reader: JsonReader, change: Facts, name: str, path: str) -> str:
    said = reader.text(change, name, path) or "0"
    if said not in _BY_POST:
        reader.flaw("JSON_CHOICE", f"{path}.{name}", allowed=", ".join(_BY_POST))
    return said


def _sets(reader: JsonReader, change: Facts, name: str, path: str) -> int:
    return reader.integer(change, name, path, None)


_SHAPES: Mapping[str, Callable[[JsonReader, Facts, str, str], JsonValue]] = {
    "intake.components": _components, "intake.submitter": _submitter, "DinhDanhCHS": _identities, "intake.sets": _sets,
    "HinhThuc": _delivery,
}
"""How values of the contract's names are read; all others are texts."""
_OWN: Mapping[str, Callable[[JsonReader, Facts, str, str], JsonValue]] = {
    "sets": _sets, "applicant.birth_date": JsonReader.day, "applicant.birth_year": JsonReader.integer,
    "applicant.sex": lambda reader, change, name, path: reader.choice(change, name, path, Sex.FEMALE) if change.get(name) else None,
    "applicant.kind": lambda reader, change, name, path: reader.choice(change, name, path, ApplicantKind.PERSON),
    "delivery": lambda reader, change, name, path: reader.choice(change, name, path, DeliveryMethod.DESK),
    "documents": lambda reader, change, name, path: from_contract(
        {"intake.components": _components(reader, change, name, path)})["documents"],
    "submitter": lambda reader, change, name, path: from_contract(
        {"intake.submitter": _submitter(reader, change, name, path)})["submitter"],
}
"""How values of the desk's own names are read; all others are texts."""


def _collect_fee(told: _Source) -> CollectFee:
    name = told.text("name")
    amount = None if told.facts.get("amount_vnd") is None else told.reader.integer(told.facts, "amount_vnd")
    new = FeeLine(
        "", name, amount or 0, FeeMethod.UNPAID, told.text("MaPhiLePhi"),
        stage=told.word("HinhThucThu", _STAGES, "1"),
    ) if name else None
    return CollectFee(
        told.code, told.text("fee_line_id"), told.word("method", _METHODS, "tien_mat"), told.text("receipt_series"),
        told.text("receipt_number"), new, told.text("payer"), None if new else amount)


def _reverse_fee(told: _Source) -> ReverseFee:
    return ReverseFee(told.code, told.text("fee_line_id"), told.text("reason"), told.flag("receipt_cancelled"))


def _accept(told: _Source) -> AcceptOnline:
    return AcceptOnline(told.code, told.text("case"), **told.how)


def _note(told: _Source) -> AddNote:
    return AddNote(
        told.code, told.text("text"), told.reader.choice(told.facts, "kind", None, NoteKind.NOTE),
        told.reader.choice(told.facts, "audience", None, Audience.DESK))


def _rate(told: _Source) -> Rate:
    score = told.reader.integer(told.facts, "score", None, None)
    return Rate(told.code, score, told.reader.choice(told.facts, "channel", None, RatingChannel.DESK), told.text("comment"))


_READERS: dict[Verb, tuple[frozenset[str], Callable[[_Source], object]]] = {
    Verb.REQUEST_SUPPLEMENT: (frozenset({"items", "reason", "deadline", "confirm_second"}), _request_supplement),
    Verb.RECEIVE_SUPPLEMENT: (frozenset({"received_items", "complete"}), _receive_supplement),
    Verb.REFUSE: (frozenset({"reason", "legal_basis", "papers_returned"}), _refuse),
    Verb.HAND_OVER: (frozenset({
        "direction", "from_unit", "to_unit", "paper_count", "received_by", "given_by", "owner", "step", "limit", "codes"}), _hand_over),
    Verb.COMPLETE_STEP: (frozenset({"step_code", "tien_do", "content", "owner", "to_unit", "skip_reason"}), _complete_step),
    Verb.EXTEND: (frozenset({"by", "new_due", "reason", "decided_by", "title"}), _extend),
    Verb.HALT: (frozenset({"reason", "decided_by", "fees_handling", "legal_basis", "papers_returned", "title"}), _halt),
    Verb.WITHDRAW: (frozenset({"reason", "papers_returned", "fees_handling", "decided_by", "title"}), _withdraw),
    Verb.RESULT_READY: (frozenset({"results"}), _result_ready),
    Verb.RETURN: (frozenset({
        "method", "receiver", "originals_withdrawn", "paper_shown", "signed", "slip_lost", "unpaid_reason", "note", "codes"}), _return),
    Verb.CORRECT: (frozenset({"reason", "changes"}), _correct),
    Verb.COLLECT_FEE: (frozenset({
        "fee_line_id", "method", "receipt_series", "receipt_number", "payer", "name", "amount_vnd", "MaPhiLePhi", "HinhThucThu"}),
        _collect_fee),
    Verb.REVERSE_FEE: (frozenset({"fee_line_id", "reason", "receipt_cancelled"}), _reverse_fee),
    Verb.NOTE: (frozenset({"text", "kind", "audience"}), _note),
    Verb.RATE: (frozenset({"score", "channel", "comment"}), _rate),
    Verb.ACCEPT: (frozenset({"case"}), _accept),
}
"""Of each verb: the members that it has, and what reads them."""
