"""What forms 02 to 06 say (domain guide 5): a dossier and one thing that happened to it, turned into the frozen JSON of the print.

All contents of this module and of :mod:`.list_content` have one shape; :mod:`.slip_content` tells form 01's own::

    {"form", "version", "title", "legal_reference", "copies": [text], "papers": [paper], "landscape": bool, "marks": [text],
     "head", "code", "body": [part], "signatures": [{"role", "title", "hint", "name"}], "foot": [text], "page"}

``papers`` are those that the form may be printed on, its own one first. Parts of the body, from top to bottom::

    {"rows": [[cell]]} · {"text": [paragraph]} · {"frame": {"label", "value"}} · {"table": {"columns", "rows"}}
    {"signatures": [signer]} · {"hand_overs": {"columns", "words", "lines"}}

Cells, columns, head and code: :mod:`.form_parts`.
"""

from __future__ import annotations

from typing import Any

from counter_app.domain.deadline import classify
from counter_app.domain.dossier import ApplicantKind, Dossier, Status
from counter_app.domain.life import Direction, Ending, Extension, FeesHandling, HandOver, Supplement
from counter_app.domain.text import tidy
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.form_parts import (
    applicant_rows,
    cell,
    column,
    due_words,
    figures,
    frame,
    head_signer,
    parts,
    request_row,
    signer,
    unit_of,
)
from counter_app.services.documents.forms import FormWords
from counter_app.services.documents.list_content import hand_over_list, label, many_slip, process_sheet, result_list, result_receipt

__all__ = (
    "apology", "control_sheet", "halt_notice", "hand_over_list", "label", "many_slip", "process_sheet", "refusal", "result_list",
    "result_receipt", "supplement_request")

EMPTY_HAND_OVERS = 4
"""Blank blocks at the end of the control sheet (domain guide 5)."""


def supplement_request(
    dossier: Dossier, supplement: Supplement, desk: DeskProfile, form: FormWords, *, clerk: str, phone: str = "",
) -> dict[str, Any]:
    """Form 02: what is missing, once and in full (NĐ 61/2018 Đ15, Đ17). ``phone`` is where to ask; empty: the desk's own."""
    say = form.say
    deadline = say("deadline_value", moment=due_words(supplement.deadline, form)) if supplement.deadline else ""
    contact = say("contact", name=tidy(clerk) or say("blank"), phone=tidy(phone or desk.phone) or say("blank"))
    items = [[cell("", say("item", number=number, item=tidy(item)))] for number, item in enumerate(supplement.items, start=1)]
    return frame(desk, form, supplement.requested_at, code=dossier.code, number=supplement.form_number) | {
        "body": [
            {"rows": [*applicant_rows(dossier, form, say("dossier_of"), unit_of(desk, form)), request_row(dossier, form)]},
            {"text": [say("asks")]}, {"rows": items},
            {"rows": [[cell(say("reason"), supplement.reason)], [cell(say("deadline"), deadline, strong=True)]]},
            {"text": [contact]}],
        "signatures": [signer(form, "signature_guide", clerk)]}


def refusal(dossier: Dossier, ending: Ending, desk: DeskProfile, form: FormWords, *, clerk: str) -> dict[str, Any]:
    """Form 03: why the desk doesn't take the dossier."""
    say, unit = form.say, unit_of(desk, form)
    submitter = dossier.submitter.full_name if dossier.submitter else dossier.applicant.full_name
    returned = [say("papers_returned")] if ending.papers_returned else []
    return frame(desk, form, ending.at, code=dossier.code, number=ending.form_number) | {
        "body": [
            {"rows": [*applicant_rows(dossier, form, say("received_from"), unit), request_row(dossier, form)]},
            {"text": [say("declares", unit=unit)]},
            {"rows": [[cell(say("reason"), ending.reason, strong=True)], [cell(say("legal_basis"), ending.legal_basis)]]},
            {"text": [*returned, say("closing")]}],
        "signatures": [signer(form, "signature_submitter", submitter), signer(form, "signature_clerk", clerk)]}


def apology(
    dossier: Dossier, extension: Extension, desk: DeskProfile, form: FormWords, *, signer: str, signer_title: str,
) -> dict[str, Any]:
    """Form 04: the apology with the new appointment; one extension is allowed (NĐ 61/2018 Đ19.9)."""
    say, unit, person = form.say, unit_of(desk, form), dossier.applicant.kind == ApplicantKind.PERSON
    name = tidy(dossier.applicant.full_name)
    whom = say("whom_person") if person else say("whom_body")
    request = tidy(dossier.procedure_name)
    ordinal = [cell(say("ordinal"), f"{extension.ordinal:02d}", after=say("ordinal_only"))]
    return frame(desk, form, extension.at, code=dossier.code, number=extension.form_number) | {
        "body": [
            {"rows": [[cell(say("to"), say("person", name=name) if person and name else name, strong=True)],
                      [cell(say("address"), dossier.applicant.address)]]},
            {"text": [say("received", unit=unit, whom=whom, code=dossier.code, request=request, **parts(dossier.received_at))]},
            {"rows": [[cell(say("old_due"), due_words(extension.old_due, form), strong=True)]]},
            {"text": [say("late")]},
            {"rows": [[cell(say("reason"), extension.reason)]]},
            {"text": [say("apology", unit=unit, whom=whom)]},
            {"frame": {"label": say("new_due"), "value": due_words(extension.new_due, form)}},
            {"rows": [ordinal]}, {"text": [say("closing", whom=whom)]}],
        "signatures": [head_signer(form, signer, signer_title)]}


def halt_notice(
    dossier: Dossier, ending: Ending, desk: DeskProfile, form: FormWords, *, signer: str, signer_title: str,
) -> dict[str, Any]:
    """Form 05: the dossier ends without a result, by decision (halted) or at the applicant's own request (withdrawn)."""
    say, unit = form.say, unit_of(desk, form)
    return frame(desk, form, ending.at, code=dossier.code, number=ending.form_number) | {
        "body": [
            {"text": [say("declares", unit=unit)]},
            {"rows": [*applicant_rows(dossier, form, say("dossier_of")), request_row(dossier, form),
                      [cell(say("received_at"), say("moment", **parts(dossier.received_at)))],
                      [cell(say("stage"), ending.stage)],
                      [cell(say("ground"), _ground(dossier, ending, form), strong=True)],
                      [cell(say("reason"), ending.reason)], [cell(say("legal_basis"), ending.legal_basis)],
                      [cell(say("papers_back"), _papers_back(dossier, ending, form, unit))],
                      [cell(say("fees"), _fees(dossier, ending, form))]]},
            {"text": [say("closing")]}],
        "signatures": [head_signer(form, signer, signer_title)]}


def control_sheet(dossier: Dossier, desk: DeskProfile, form: FormWords) -> dict[str, Any]:
    """Form 06: every hand-over so far and four empty blocks; it travels with the papers."""
    say = form.say
    columns = [column(say("column_unit"), 33), column(say("column_time")), column(say("column_result"), 24), column(say("column_note"), 17)]
    due = due_words(dossier.due_at, form) if dossier.due_at else say("no_appointment")
    on = dossier.hand_overs[-1].at if dossier.hand_overs else dossier.received_at
    return frame(desk, form, on, code=dossier.code) | {
        "body": [
            {"rows": [[cell(say("with_dossier"), dossier.applicant.full_name.upper(), strong=True)], request_row(dossier, form),
                      [cell(say("received_at"), say("moment", **parts(dossier.received_at)))], [cell(say("due_at"), due, strong=True)],
                      [cell(say("deciding"), dossier.handled_by)], [cell(say("cooperating"), "")]]},
            {"hand_overs": {
                "columns": columns,
                "words": {key: say(key) for key in ("giving", "receiving", "giver", "receiver", "sign", "blank_moment")},
                "lines": [*(_hand_over(dossier, each, form) for each in dossier.hand_overs), *([_NO_HAND_OVER] * EMPTY_HAND_OVERS)]}}],
        "signatures": []}


_NO_HAND_OVER = {"from": "", "to": "", "at": "", "given_by": "", "received_by": "", "result": "", "note": ""}


def _hand_over(dossier: Dossier, hand_over: HandOver, form: FormWords) -> dict[str, str]:
    """Return a line of the control sheet; whether it was in time shows where the paper comes back to the desk."""
    back = hand_over.direction == Direction.TO_DESK
    return {
        "from": tidy(hand_over.from_unit), "to": tidy(hand_over.to_unit), "at": form.say("handed_at", **parts(hand_over.at)),
        "given_by": tidy(hand_over.given_by), "received_by": tidy(hand_over.received_by),
        "result": form.say(classify(hand_over.at, dossier.due_at)) if back else "",
        "note": form.say("paper_count", count=hand_over.paper_count) if hand_over.paper_count else ""}


def _ground(dossier: Dossier, ending: Ending, form: FormWords) -> str:
    if dossier.status == Status.WITHDRAWN:
        return form.say("ground_withdrawn")
    return form.say("ground_halted", decided_by=tidy(ending.decided_by) or form.say("ground_agency"))


def _papers_back(dossier: Dossier, ending: Ending, form: FormWords, unit: str) -> str:
    if not ending.papers_returned:
        return form.say("papers_kept", unit=unit)
    given = "; ".join(tidy(document.name) for document in dossier.documents if not document.shown_only)
    return form.say("papers_all", papers=given) if given else form.say("papers_all_unlisted")


def _fees(dossier: Dossier, ending: Ending, form: FormWords) -> str:
    paid = sum(line.amount_vnd for line in dossier.fees if line.is_paid)
    return form.say(f"fees_{ending.fees if paid else FeesHandling.NOT_CHARGED}", amount=figures(paid))
