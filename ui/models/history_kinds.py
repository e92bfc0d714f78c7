"""What each type of event is called in the timeline: icon, title, one line of detail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from counter_app.domain import events as e
from counter_app.domain.moments import read_local
from counter_app.domain.text import money
from counter_app.services.dossiers.views import EventRow

translate = QCoreApplication.translate
Told = tuple[str, str, str]
Facts = Mapping[str, Any]


def told(event: EventRow) -> Told:
    """Return icon, title and detail of an event; a type that this version has no words for is shown by its name rather than hidden."""
    if event.type.startswith(e.PROVINCE_PREFIX):
        return _from_province(event)
    return _KINDS.get(event.type, _other)(event)


def type_word(kind: str) -> str:
    """Return what a type of event is called, for the act that can be taken back."""
    return {
        e.FEE_COLLECTED: translate("History", "Fee collected"), e.DOSSIER_HANDED_OVER: translate("History", "Hand-over"),
        e.SUPPLEMENT_REQUESTED: translate("History", "Papers were asked for"), e.DOSSIER_CORRECTED: translate("History", "Correction"),
    }.get(kind, "")


def joined(parts: Iterable[object]) -> str:
    """Return what is known of a list, one after the other."""
    return ", ".join(str(part) for part in parts if part)


def _moment(text: object) -> str:
    return f"{read_local(str(text)):%H:%M %d/%m/%Y}" if text else ""


def _received(event: EventRow) -> Told:
    register = event.facts.get("register") or {}
    book = "/".join(reversed(str(register.get("book", "–")).split("/")))  # the contract's 2026/01; people and slips say 01/2026
    words = translate("History", "{who}. Book {book}, no. {number}").format(who=event.who, book=book, number=register.get("number", "–"))
    if reason := (event.facts.get("warnings_accepted") or {}).get("reason", ""):
        words += translate("History", ". Received all the same: {reason}").format(reason=reason)
    return "file-plus", translate("History", "Received"), words


def _imported(event: EventRow) -> Told:
    return "file-plus", translate("History", "Entered later, from older records"), event.who


def _printed(event: EventRow) -> Told:
    issue, form = int(event.facts.get("issue", 1)), str(event.facts.get("form", "01")).partition("/")[0]
    title = form_word(form) if issue == 1 else translate("History", "{form} again, no. {count}").format(
        form=form_word(form), count=issue - 1)
    due = event.facts.get("printed_due")
    words = translate("History", "due on paper: {due}").format(due=_moment(due)) if due and form == "01" else ""
    return "printer", title, joined((event.who, words))


def form_word(form: str) -> str:
    """Return what a form is called here; ``form`` is its own name or the contract's."""
    return {
        "01": translate("History", "Slip made"), "02": translate("History", "Form 02 made"), "03": translate("History", "Form 03 made"),
        "04": translate("History", "Form 04 made"), "05": translate("History", "Form 05 made"),
        "06": translate("History", "Control sheet made"), "result": translate("History", "Receipt of the result made"),
        "bien_nhan_tra": translate("History", "Receipt of the result made"), "ban_giao": translate("History", "Hand-over list made"),
        "hand_over": translate("History", "Hand-over list made"), "result_list": translate("History", "List of results made"),
        "many": translate("History", "Slip of several dossiers made"), "process": translate("History", "Process sheet made"),
        "label": translate("History", "Folder label made"),
    }.get(form, translate("History", "Paper made"))


def _collected(event: EventRow) -> Told:
    receipt = " ".join(str(event.facts.get(name, "")) for name in ("receipt_series", "receipt_number")).strip()
    return "cash", translate("History", "Fee collected"), joined((money(int(event.facts.get("amount_vnd", 0))), receipt))


def _reversed(event: EventRow) -> Told:
    return "cash", translate("History", "Fee given back"), joined((money(int(event.facts.get("amount_vnd", 0))), event.facts.get("reason")))


def _note(event: EventRow) -> Told:
    return "message", translate("History", "Note by {who}").format(who=event.who), str(event.facts.get("text", ""))


def _asked(event: EventRow) -> Told:
    facts = event.facts
    words = "; ".join(str(item) for item in facts.get("items", ()))
    number = translate("History", "Form 02 no. {number}").format(number=facts.get("form_number", ""))
    return "file-alert", translate("History", "Papers were asked for"), f"{words}. {number}. {event.who}"


def _brought(event: EventRow) -> Told:
    facts = event.facts
    items = "; ".join(str(item) for item in facts.get("received_items", ()))
    due = facts.get("new_due")
    if due and due != facts.get("previous_due"):
        words = translate("History", "Counted anew: due {due}, before that {before}").format(
            due=_moment(due), before=_moment(facts.get("previous_due")))
        return "file-check", translate("History", "The papers were brought"), f"{words}. {items}"
    return "file-check", translate("History", "The papers were brought"), items


def _refused(event: EventRow) -> Told:
    number = translate("History", "Form 03 no. {number}").format(number=event.facts.get("form_number", ""))
    return "x", translate("History", "Refused"), f"{event.facts.get('reason', '')}. {number}. {event.who}"


def _handed_over(event: EventRow) -> Told:
    facts = event.facts
    back = facts.get("direction") == "to_desk"
    title = translate("History", "Back at the desk") if back else translate("History", "Handed over to {unit}").format(
        unit=facts.get("to_unit", ""))
    sheets = translate("History", "{count} sheets").format(count=facts.get("paper_count", 0))
    whom = translate("History", "{who} received it").format(who=facts.get("received_by", ""))
    origin = translate("History", "from {unit}").format(unit=facts.get("from_unit", "")) if back else ""
    return "transfer", title, joined((origin, whom, sheets))


def _step(event: EventRow) -> Told:
    row = event.facts.get("tien_do") or {}
    return "check", translate("History", "Step done: {what}").format(what=row.get("NoiDungXuLy", "")), joined(
        (row.get("NguoiXuLy"), row.get("PhongBanXuLy")))


def _extended(event: EventRow) -> Told:
    facts = event.facts
    words = translate("History", "{new}, before that {old}. {reason}. Decided by {who}").format(
        new=_moment(facts.get("new_due")), old=_moment(facts.get("old_due")), reason=facts.get("reason", ""),
        who=facts.get("decided_by", ""))
    return "mail", translate("History", "Extended, with an apology"), words


def _halted(event: EventRow) -> Told:
    return "ban", translate("History", "Halted"), joined((event.facts.get("reason"), event.facts.get("decided_by")))


def _withdrawn(event: EventRow) -> Told:
    return "arrow-back-up", translate("History", "Withdrawn by the applicant"), joined((event.facts.get("reason"), event.who))


def _result(event: EventRow) -> Told:
    papers = event.facts.get("results", ())
    words = "; ".join(joined((paper.get("name"), paper.get("number"), paper.get("signer_title"))) for paper in papers)
    refused = any(paper.get("refusal") for paper in papers)
    title = translate("History", "Result: a refusal") if refused else translate("History", "Result ready")
    return "file-certificate", title, words


def _posted(event: EventRow) -> Told:
    facts = event.facts
    return "mail", translate("History", "Sent by post"), joined((facts.get("operator"), facts.get("consignment"), event.who))


def _returned(event: EventRow) -> Told:
    receiver = event.facts.get("receiver") or {}
    words = translate("History", "{who} took it").format(who=receiver.get("name", ""))
    lost = translate("History", "without the slip") if event.facts.get("slip_lost") else ""
    return "file-export", translate("History", "Returned"), joined((words, lost, event.facts.get("note"), event.who))


def _corrected(event: EventRow) -> Told:
    asked = event.facts.get("asked")
    title = translate("History", "Correction asked of the province") if asked else translate("History", "Corrected")
    first: Facts = next(iter(event.facts.get("changes", ())), {})
    plain = isinstance(first.get("old"), str) and isinstance(first.get("new"), str)
    words = f"{first.get('old')} → {first.get('new')}" if plain else ""
    return "pencil", title, joined((words, event.facts.get("reason"), event.who))


def _rated(event: EventRow) -> Told:
    words = translate("History", "{score} of 5").format(score=event.facts.get("score", "–"))
    return "mood-smile", translate("History", "Rated by the citizen"), joined((words, event.facts.get("comment")))


def _linked(event: EventRow) -> Told:
    return "git-compare", translate("History", "Linked with other dossiers"), event.who


def _coded(event: EventRow) -> Told:
    return "barcode", translate("History", "Second code"), joined((event.facts.get("code"), event.facts.get("system"), event.who))


def _digitised(event: EventRow) -> Told:
    facts = event.facts
    pages = translate("History", "pages: {count}").format(count=facts.get("pages", 0))
    title = translate("History", "Used an earlier file again") if int(facts.get("state", 1)) > 1 else translate("History", "Digitised")
    if facts.get("reason"):
        title = translate("History", "Record of a digitised paper changed")
    return "scan", title, joined((facts.get("paper") or facts.get("filename"), pages, facts.get("reason"), event.who))


def _taken_out(event: EventRow) -> Told:
    return "file-alert", translate("History", "File taken out"), joined((event.facts.get("reason"), event.who))


def _other(event: EventRow) -> Told:
    return "message", event.type, event.who


def _from_province(event: EventRow) -> Told:
    """Tell an entry of the province's feed. It was written elsewhere: what is missing or of another shape is passed over."""
    kind, facts = event.type.removeprefix(e.PROVINCE_PREFIX), event.facts
    if event.type == e.READ_BACK:
        return _read_back(event)
    title = _province_title(kind, facts)
    row = _inner(facts, "tien_do")
    form = translate("History", "Form {number}").format(number=facts["form"]) if facts.get("form") else ""
    changed = " → ".join(str(facts[name]) for name in ("old_code", "new_code") if facts.get(name))
    reason = "" if kind == "blob.rejected" else facts.get("reason")  # a code there; its sentence stands with what needs a person
    words = (form, changed, row.get("NoiDungXuLy"), row.get("NguoiXuLy"), facts.get("to_agency"), reason, facts.get("text_vi"))
    return _PROVINCE_ICONS.get(kind, "message"), title or translate("History", "From the province"), joined(words if title else (kind,))


def _read_back(event: EventRow) -> Told:
    """Tell an act that was lost here in the words that it had, with the hour at which it was done."""
    op = _inner(event.facts, e.READ_BACK_OP)
    act = replace(event, type=str(op.get("type", "")), facts=_inner(op, "facts"))
    _, title, detail = told(act) if act.facts else ("", "", "")
    words = joined((title, detail, _moment(op.get("occurred_at"))))
    return "arrow-back-up", translate("History", "Lost act read back from the province"), words


def _province_title(kind: str, facts: Facts) -> str:
    """Return what an entry of the feed is called; empty for one that this version has no words for."""
    if kind == "op.outcome":
        taken = _inner(facts, "result").get("outcome") in {"applied", "duplicate"}
        return translate("History", "Accepted by the province") if taken else translate("History", "Judged by the province")
    if kind == "dossier.updated" and facts.get("source") == "desk":
        return translate("History", "Changed at another counter")
    return {
        "dossier.state": translate("History", "Taken over from the province"),
        "dossier.assigned": translate("History", "Filed at the portal"),
        "dossier.updated": translate("History", "Changed by the province"), "dossier.progress": translate("History", "Progress elsewhere"),
        "dossier.official_code": translate("History", "Official code given"),
        "dossier.reassigned": translate("History", "Given to another commune"),
        "print.requested": translate("History", "The province asks for a form"),
        "blob.verified": translate("History", "File arrived at the province"),
        "blob.rejected": translate("History", "File not usable for the province"),
        "message": translate("History", "Message of the province"),
        "unreadable": translate("History", "Entry of the province that can't be read"),
    }.get(kind, "")


def _inner(facts: Facts, name: str) -> Facts:
    inner = facts.get(name)
    return inner if isinstance(inner, Mapping) else {}


_PROVINCE_ICONS = {
    "dossier.state": "file-check", "dossier.assigned": "file-plus", "dossier.updated": "pencil", "dossier.progress": "progress",
    "dossier.official_code": "barcode", "dossier.reassigned": "transfer", "print.requested": "printer", "op.outcome": "cloud-check",
    "blob.verified": "cloud-check", "blob.rejected": "file-alert", "unreadable": "alert-triangle",
}


_KINDS: dict[str, Callable[[EventRow], Told]] = {
    e.DOSSIER_RECEIVED: _received, e.DOSSIER_IMPORTED: _imported, e.SLIP_PRINTED: _printed, e.FEE_COLLECTED: _collected,
    e.FEE_REVERSED: _reversed, e.NOTE_ADDED: _note, e.SUPPLEMENT_REQUESTED: _asked, e.SUPPLEMENT_RECEIVED: _brought,
    e.DOSSIER_REFUSED: _refused, e.DOSSIER_HANDED_OVER: _handed_over, e.STEP_COMPLETED: _step, e.DEADLINE_EXTENDED: _extended,
    e.DOSSIER_HALTED: _halted, e.DOSSIER_WITHDRAWN: _withdrawn, e.RESULT_READY: _result, e.RESULT_POSTED: _posted,
    e.RESULT_RETURNED: _returned, e.DOSSIER_CORRECTED: _corrected, e.SATISFACTION_RECORDED: _rated, e.DOSSIERS_LINKED: _linked,
    e.CODE_ADDED: _coded, e.ATTACHMENT_LINKED: _digitised, e.ATTACHMENT_UNLINKED: _taken_out,
}
