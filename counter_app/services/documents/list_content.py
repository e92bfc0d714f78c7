"""What the further slips say (domain guide 5): receipts and lists over one or several dossiers, the process sheet, the folder label.

The shape of the contents is that of :mod:`.form_content`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from counter_app.domain.dossier import DeliveryMethod, Dossier
from counter_app.domain.events import PROVINCE_PREFIX, Event
from counter_app.domain.life import HandedBack, HandOver, ReceiverKind, ResultPaper
from counter_app.domain.moments import read_local
from counter_app.domain.text import tidy
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.form_parts import (
    Cell,
    applicant_rows,
    cell,
    column,
    due_words,
    figures,
    frame,
    parts,
    request_row,
    signer,
    unit_of,
)
from counter_app.services.documents.forms import FormWords

_SHOWN = 4
"""Characters of an identity paper's number that go on a receipt."""


def result_receipt(
    dossiers: Sequence[Dossier], handed_back: HandedBack, desk: DeskProfile, form: FormWords, *, clerk: str,
) -> dict[str, Any]:
    """Return the receipt for the results that one person takes home, of one dossier or of several."""
    say, one = form.say, dossiers[0]
    whose = [request_row(one, form), [cell(say("owner"), one.applicant.full_name.upper(), strong=True)]] if len(dossiers) == 1 else []
    shown = tidy(handed_back.paper_shown)[-_SHOWN:]
    return frame(desk, form, handed_back.at, code=one.code if len(dossiers) == 1 else "") | {
        "body": [
            {"rows": [*whose,
                      [cell(say("giver"), clerk), cell(say("phone"), desk.phone)],
                      [cell(say("receiver"), handed_back.receiver_name, after=f"({say(f'kind_{handed_back.receiver_kind}')})", strong=True),
                       cell(say("phone"), _receivers_phone(one, handed_back))],
                      [cell(say("paper_shown"), say("last_characters", last=shown) if shown else "")],
                      [cell(say("at"), say("moment", **parts(handed_back.at)))]]},
            {"text": [say("results")]}, {"table": _results(dossiers, form)},
            {"rows": _beside(handed_back, form)},
            *([{"text": [say("slip_lost")]}] if handed_back.slip_lost else [])],
        "signatures": [signer(form, "signature_receiver", handed_back.receiver_name), signer(form, "signature_giver", clerk)]}


def _beside(handed_back: HandedBack, form: FormWords) -> list[list[Cell]]:
    """Return what goes home beside the results: the originals, and what is to be noted."""
    say = form.say
    originals = f"{handed_back.originals_returned:02d}" if handed_back.originals_returned else ""
    note = "; ".join(filter(None, (say("by_post") if handed_back.by_post else "", tidy(handed_back.note))))
    return [
        [cell(say("originals"), originals or say("originals_none"), after=say("originals_unit") if originals else "")],
        *([[cell(say("note"), note)]] if note else [])]


def hand_over_list(dossiers: Sequence[Dossier], hand_over: HandOver, desk: DeskProfile, form: FormWords) -> dict[str, Any]:
    """Return the paper that goes with dossiers to a specialist: part one signed now, part two when the results come back."""
    say = form.say
    columns = [
        column(say("column_number"), 8), column(say("column_code"), 28), column(say("column_request")),
        column(say("column_owner"), 28, left=True), column(say("column_sheets"), 11), column(say("column_due"), 21)]
    sheets = [next((line.paper_count for line in each.hand_overs if line.batch_id == hand_over.batch_id), 0) for each in dossiers]
    rows = [
        [str(number), each.code, tidy(each.procedure_name), tidy(each.applicant.full_name), str(count or ""), _day(each, form)]
        for number, (each, count) in enumerate(zip(dossiers, sheets, strict=True), start=1)]
    return frame(desk, form, hand_over.at, code=_one_code(dossiers)) | {
        "body": [
            {"rows": [[cell("", say("part_one"), strong=True)], *_sides(hand_over, form)]},
            {"table": {"columns": columns, "rows": rows}},
            {"rows": [[cell(say("total"), f"{len(dossiers):02d}", after=say("total_unit"), strong=True)]]},
            {"signatures": [
                signer(form, "signature_giver", hand_over.given_by), signer(form, "signature_receiver", hand_over.received_by)]},
            {"rows": [[cell("", say("part_two"), strong=True)], [cell(say("back_at"), "")],
                      [cell(say("back_count"), "")], [cell(say("back_note"), "")]]}],
        "signatures": [signer(form, "signature_back_giver", ""), signer(form, "signature_back_receiver", "")]}


def result_list(dossiers: Sequence[Dossier], hand_over: HandOver, desk: DeskProfile, form: FormWords) -> dict[str, Any]:
    """Return the list of results that a specialist brings to the desk."""
    say = form.say
    columns = [
        column(say("column_number"), 8), column(say("column_code"), 41), column(say("column_request")),
        column(say("column_result"), 50, left=True), column(say("column_owner"), 33, left=True),
        column(say("column_address"), 42, left=True), column(say("column_fee"), 14), column(say("column_post"), 17)]
    rows = [_result_line(number, each, form) for number, each in enumerate(dossiers, start=1)]
    return frame(desk, form, hand_over.at, code=_one_code(dossiers)) | {
        "body": [
            {"rows": _sides(hand_over, form)}, {"table": {"columns": columns, "rows": rows}},
            {"rows": [[cell(say("total"), f"{len(dossiers):02d}", after=say("total_unit"), strong=True)]]}],
        "signatures": [signer(form, "signature_giver", hand_over.given_by), signer(form, "signature_receiver", hand_over.received_by)]}


def many_slip(dossiers: Sequence[Dossier], desk: DeskProfile, form: FormWords, *, clerk: str) -> dict[str, Any]:
    """Return one form 01 for several dossiers of one submitter, with their list in place of the papers."""
    say, one = form.say, dossiers[0]
    columns = [
        column(say("column_number"), 11), column(say("column_request")), column(say("column_unit"), 36, left=True),
        column(say("column_received"), 24), column(say("column_due"), 24),
        column(say("column_limit"), 31), column(say("column_sets"), 12), column(say("column_owner"), 36, left=True)]
    rows = [
        [str(number), say("listed_request", request=tidy(each.procedure_name), code=each.code), tidy(each.handled_by),
         say("short_moment", **parts(each.received_at)), _moment(each, form), tidy(each.limit_text), f"{each.sets:02d}",
         tidy(each.applicant.full_name)]
        for number, each in enumerate(dossiers, start=1)]
    latest = max((each.due_at for each in dossiers if each.due_at), default=None)
    fees = sum(each.fee_total_vnd for each in dossiers)
    submitter = one.submitter.full_name if one.submitter else one.applicant.full_name
    return frame(desk, form, one.received_at, code=one.code) | {
        "body": [
            {"rows": applicant_rows(one, form, say("received_from"), unit_of(desk, form))},
            {"text": [say("listed")]}, {"table": {"columns": columns, "rows": rows}},
            {"rows": [[cell(say("total"), f"{len(dossiers):02d}", after=say("total_unit"), strong=True),
                       cell(say("fees"), say("amount", amount=figures(fees)) if fees else say("fees_none"), right=True)],
                      [cell(say("last_due"), due_words(latest, form) if latest else say("no_appointment"), strong=True)],
                      [cell(say("delivery"), _delivery(one, desk, form))], *_places(dossiers, form)]}],
        "signatures": [signer(form, "signature_submitter", submitter), signer(form, "signature_clerk", clerk)],
        "foot": [say("foot_bring")]}


def _delivery(dossier: Dossier, desk: DeskProfile, form: FormWords) -> str:
    words = {"desk": desk.desk, "unit": unit_of(desk, form), "address": tidy(dossier.delivery_address)}
    return form.say(f"delivery_{dossier.delivery}", **words)


def _places(dossiers: Sequence[Dossier], form: FormWords) -> list[list[Cell]]:
    """Return where the dossiers stand in the register, one line for each of its volumes."""
    volumes: dict[str, list[str]] = {}
    for each in dossiers:
        if each.place:
            volumes.setdefault(each.place.volume_label, []).append(f"{each.place.ordinal:02d}")
    ordinal = form.say("ordinal")
    return [[cell(form.say("logbook"), f"{volume}, {ordinal}: {', '.join(numbers)}")] for volume, numbers in volumes.items()]


def process_sheet(
    dossier: Dossier, events: Sequence[Event], names: Mapping[str, str], desk: DeskProfile, form: FormWords,
) -> dict[str, Any]:
    """Return every act on a dossier, the oldest first; ``names`` tells who an actor's user id is.

    Of what the province told only that is an act for which the form has words.
    """
    say, acts = form.say, form.words["acts"]
    told = [event for event in events if event.type in acts or not event.type.startswith(PROVINCE_PREFIX)]
    columns = [
        column(say("column_number"), 11), column(say("column_date"), 30), column(say("column_person"), 46, left=True),
        column(say("column_act")), column(say("column_receiver"), 46, left=True), column(say("column_due"), 30)]
    rows = [_act(number, event, names, form) for number, event in enumerate(told, start=1)]
    on = events[-1].occurred_at if events else dossier.received_at
    return frame(desk, form, on, code=dossier.code) | {
        "body": [
            {"rows": [request_row(dossier, form), [cell(say("owner"), dossier.applicant.full_name.upper(), strong=True)],
                      [cell(say("received_at"), say("moment", **parts(dossier.received_at))),
                       cell(say("due_at"), due_words(dossier.due_at, form) if dossier.due_at else say("no_appointment"))]]},
            {"table": {"columns": columns, "rows": rows}}],
        "signatures": [signer(form, "signature_maker", "")]}


def label(dossier: Dossier, desk: DeskProfile, form: FormWords) -> dict[str, Any]:
    """Return the label of the folder, 50×25 mm: the code as bars and QR, whose it is, when it is due."""
    due = form.say("due", moment=form.say("short_moment", **parts(dossier.due_at))) if dossier.due_at else form.say("no_appointment")
    return frame(desk, form, dossier.received_at, code=dossier.code) | {
        "body": [{"text": [tidy(dossier.applicant.full_name), due]}], "signatures": []}


def _results(dossiers: Sequence[Dossier], form: FormWords) -> dict[str, Any]:
    say = form.say
    if len(dossiers) == 1:
        columns = [
            column(say("column_number"), 8), column(say("column_kind")), column(say("column_document"), 24), column(say("column_date"), 21),
            column(say("column_abstract"), 34, left=True)]
        rows = [
            [str(number), _kind(each, form), tidy(each.number), _issued(each, form), tidy(each.abstract)]
            for number, each in enumerate(dossiers[0].results, start=1)]
    else:
        columns = [
            column(say("column_number"), 8), column(say("column_code"), 27), column(say("column_owner"), 30, left=True),
            column(say("column_result"))]
        rows = [
            [str(number), each.code, tidy(each.applicant.full_name), f"{tidy(each.procedure_name)}: {_told(each, form)}"]
            for number, each in enumerate(dossiers, start=1)]
    return {"columns": columns, "rows": rows}


def _told(dossier: Dossier, form: FormWords) -> str:
    """Return the results of a dossier in one line."""
    return "; ".join(", ".join(filter(None, (
        _kind(each, form), form.say("told_number", number=tidy(each.number)) if each.number else "",
        form.say("told_date", date=_issued(each, form)) if each.issued_at else "", tidy(each.abstract)))) for each in dossier.results)


def _kind(result: ResultPaper, form: FormWords) -> str:
    name = tidy(result.name)
    return f"{form.say('refusal')}: {name}" if result.refusal and name else form.say("refusal") if result.refusal else name


def _issued(result: ResultPaper, form: FormWords) -> str:
    return form.say("short_day", **parts(result.issued_at)) if result.issued_at else ""


def _result_line(number: int, dossier: Dossier, form: FormWords) -> list[str]:
    mark = form.say("mark")
    told = "; ".join(
        f"{_kind(each, form)}, {form.say('told_number', number=tidy(each.number))}" if each.number else _kind(each, form)
        for each in dossier.results)
    return [
        str(number), dossier.code, tidy(dossier.procedure_name), told, tidy(dossier.applicant.full_name), tidy(dossier.applicant.address),
        mark if any(line.is_owed for line in dossier.fees) else "", mark if dossier.delivery == DeliveryMethod.POSTAL else ""]


def _sides(hand_over: HandOver, form: FormWords) -> list[list[Cell]]:
    say = form.say
    return [
        [cell(say("giving"), _side(hand_over.from_unit, hand_over.given_by, form))],
        [cell(say("receiving"), _side(hand_over.to_unit, hand_over.received_by, form))],
        [cell(say("at"), say("moment", **parts(hand_over.at)))]]


def _side(unit: str, name: str, form: FormWords) -> str:
    unit, name = tidy(unit), tidy(name)
    return form.say("person", unit=unit, name=name) if unit and name else unit or name


def _one_code(dossiers: Sequence[Dossier]) -> str:
    return dossiers[0].code if len(dossiers) == 1 else ""


def _day(dossier: Dossier, form: FormWords) -> str:
    return form.say("short_day", **parts(dossier.due_at)) if dossier.due_at else ""


def _moment(dossier: Dossier, form: FormWords) -> str:
    return form.say("short_moment", **parts(dossier.due_at)) if dossier.due_at else form.say("no_appointment")


def _receivers_phone(dossier: Dossier, handed_back: HandedBack) -> str:
    if handed_back.receiver_kind == ReceiverKind.APPLICANT:
        return dossier.applicant.phone
    submitter = dossier.submitter
    return submitter.phone if submitter and tidy(submitter.full_name) == tidy(handed_back.receiver_name) else ""


def _act(number: int, event: Event, names: Mapping[str, str], form: FormWords) -> list[str]:
    facts = {} if event.type.startswith(PROVINCE_PREFIX) else event.facts  # what was written elsewhere may have any shape
    act, reason = str(form.words["acts"].get(event.type, event.type)), tidy(facts.get("reason") or "")
    due = next((facts[key] for key in ("new_due", "due_at", "deadline") if facts.get(key)), "")
    return [
        str(number), form.say("short_moment", **parts(event.occurred_at)), names.get(event.actor.user_id, ""),
        form.say("act_with_reason", act=act, reason=reason) if reason else act, _whom(facts),
        form.say("short_moment", **parts(read_local(due))) if due else ""]


def _whom(facts: Mapping[str, Any]) -> str:
    receiver = facts.get("receiver") or {}
    return ", ".join(tidy(word) for word in (facts.get("received_by") or receiver.get("name"), facts.get("to_unit")) if word)
