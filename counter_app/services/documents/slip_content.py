"""What a receipt slip says (form 01, domain guide 5): a dossier turned into the frozen JSON that is stored with its first print.

All words and values stand in the content, composed and ready, so that it prints the same for ever, on any paper. Shape::

    {"form", "version", "title", "legal_reference", "copies": [text], "marks": [text],
     "head": {"nation", "motto", "superior", "unit", "number", "place_and_date"},
     "code": {"text", "qr", "mark", "look_up"},
     "rows": [[cell]], "table": {"columns": [{"title", "group", "width"}], "rows": [[text]]}, "more_rows": [[cell]],
     "appointment": {"label", "value"}, "last_rows": [[cell]],
     "signatures": [{"role", "hint", "name"}], "foot": [text], "continued", "page"}

Cells and columns: :mod:`.form_parts`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from counter_app.domain.dossier import BookPlace, Channel, DeliveryMethod, DocumentLine, Dossier, FeeLine, FeeMethod
from counter_app.domain.masking import mask_id
from counter_app.domain.text import tidy
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.form_parts import cell, codes, due_words, figures, head, parts, unit_of
from counter_app.services.documents.forms import FormWords

FORM = "01"


def slip_content(dossier: Dossier, desk: DeskProfile, form: FormWords, *, clerk: str, hours: str = "") -> dict[str, Any]:
    """Return the content of a first print; ``hours`` are the opening hours of the foot, ``07:30–11:30, 13:30–17:30``."""
    say, unit = form.say, unit_of(desk, form)
    submitter = dossier.submitter.full_name if dossier.submitter else dossier.applicant.full_name
    return {
        "form": FORM, "version": form.version, "title": say("title"), "legal_reference": form.legal_reference,
        "copies": list(form.words["copies"]), "marks": [say("practice")] if desk.practice else [],
        "head": head(desk, form, _number(dossier, desk, form), dossier.received_at),
        "code": codes(dossier.code, form),
        "rows": _rows(dossier, desk, form, unit),
        "table": _table(dossier, form),
        "more_rows": [
            [cell(say("sets"), f"{dossier.sets:02d}", after=say("sets_unit"), strong=True),
             cell(say("limit"), dossier.limit_text, strong=True, right=True)],
            [cell(say("received_at"), say("moment", **parts(dossier.received_at)))]],
        "appointment": {"label": say("due_at"), "value": _appointment(dossier, form)},
        "last_rows": _last_rows(dossier, desk, form, unit),
        "signatures": _signatures(dossier, form, tidy(submitter), tidy(clerk)),
        "foot": _foot(desk, form, hours),
        "continued": say("continued"), "page": str(form.words["page"]),
    }


def one_copy(content: dict[str, Any], copy: int) -> dict[str, Any]:
    """Return the content of one copy alone, 1 the desk's, 2 the citizen's."""
    return content | {"copies": content["copies"][copy - 1:copy]}


def as_reprint(content: dict[str, Any], form: FormWords, issue: int, at: datetime) -> dict[str, Any]:
    """Return the same content with the mark of its n-th reprint, ``In lại lần 1, 10:05 20/11/2026``."""
    return content | {"marks": [*content["marks"], form.say("reprint", issue=issue, **parts(at))]}


def _number(dossier: Dossier, desk: DeskProfile, form: FormWords) -> dict[str, str]:
    ordinal = f"{dossier.place.ordinal:02d}" if dossier.place else ""
    return {"label": form.say("number"), "value": ordinal, "after": f"/{tidy(desk.number_suffix) or form.number_suffix}"}


def _rows(dossier: Dossier, desk: DeskProfile, form: FormWords, unit: str) -> list[list[dict[str, Any]]]:
    say, applicant = form.say, dossier.applicant
    circumstances = f"({'; '.join(_circumstances(dossier, desk, form))})"
    request = f"({dossier.procedure_code})" if dossier.procedure_code else ""
    return [
        [cell("", unit)],
        [cell(say("received_from"), applicant.full_name.upper(), after=circumstances, strong=True)],
        [cell(say("address"), applicant.address)],
        [cell(say("phone"), applicant.phone), cell(say("email"), applicant.email)],
        [cell(say("request"), dossier.procedure_name, after=request, strong=True)],
        [cell("", f"{say('documents')}:")],
    ]


def _circumstances(dossier: Dossier, desk: DeskProfile, form: FormWords) -> list[str]:
    """Return what stands in brackets behind the name. Of the identity number never more than the last four digits go on paper."""
    words = []
    if desk.id_last4_only and dossier.applicant.id_number:
        words.append(form.say("identity", masked=mask_id(dossier.applicant.id_number)))
    if dossier.submitter:
        words.append(form.say("submitter", name=tidy(dossier.submitter.full_name)))
    return [*words, form.say(f"channel_{dossier.channel}")]


def _table(dossier: Dossier, form: FormWords) -> dict[str, Any]:
    say, group = form.say, form.say("column_group")
    columns = [
        {"title": say("column_number"), "group": "", "width": 8.1},
        {"title": say("column_name"), "group": "", "width": 0},
        {"title": say("column_original"), "group": group, "width": 13.0},
        {"title": say("column_copy"), "group": group, "width": 19.1},
        {"title": say("column_photocopy"), "group": group, "width": 13.0},
    ]
    rows = [[str(number), *_document(line, form)] for number, line in enumerate(dossier.documents, start=1)]
    return {"columns": columns, "rows": rows}


def _document(line: DocumentLine, form: FormWords) -> list[str]:
    name = f"{line.name} {form.say('shown_only')}" if line.shown_only else line.name
    return [tidy(name), *(str(count or "") for count in (line.original, line.copy, line.photocopy))]


def _appointment(dossier: Dossier, form: FormWords) -> str:
    if dossier.due_at is None:
        return form.say("no_appointment") if dossier.procedure_code else ""
    return due_words(dossier.due_at, form)


def _last_rows(dossier: Dossier, desk: DeskProfile, form: FormWords, unit: str) -> list[list[dict[str, Any]]]:
    say = form.say
    delivery = {
        DeliveryMethod.DESK: say("delivery_desk", desk=desk.desk, unit=unit),
        DeliveryMethod.POSTAL: say("delivery_postal", address=tidy(dossier.delivery_address)),
        DeliveryMethod.ONLINE: say("delivery_online"),
    }[dossier.delivery]
    return [[cell(say("delivery"), delivery)], [cell(say("fees"), _fees(dossier, form))], _logbook(dossier.place, form)]


def _logbook(place: BookPlace | None, form: FormWords) -> list[dict[str, Any]]:
    volume, ordinal = form.say("logbook"), form.say("ordinal")
    if place is None:
        return [cell(volume, ""), cell(ordinal, "")]
    return [cell(volume, f"{place.volume_label}, {ordinal}: {place.ordinal:02d}")]


def _fees(dossier: Dossier, form: FormWords) -> str:
    if not dossier.fees:
        return form.say("fees_none")
    if len(dossier.fees) == 1:
        return _fee(dossier.fees[0], form)
    lines = "; ".join(f"{tidy(line.name)} {_fee(line, form)}" for line in dossier.fees)
    return f"{lines}; {form.say('fee_total', amount=figures(dossier.fee_total_vnd))}"


def _fee(line: FeeLine, form: FormWords) -> str:
    paid = form.say(f"fee_{line.method}")
    if line.method == FeeMethod.EXEMPT:
        return f"{paid} ({tidy(line.exempt_reason)})" if line.exempt_reason else paid
    words = [f"{form.say('amount', amount=figures(line.amount_vnd))}, {paid}"]
    if line.receipt_number:
        key = "receipt" if line.receipt_series else "receipt_number"
        words.append(form.say(key, series=line.receipt_series, number=line.receipt_number))
    return "; ".join(words)


def _signatures(dossier: Dossier, form: FormWords, submitter: str, clerk: str) -> list[dict[str, str]]:
    """Return who signs; a dossier that came online is signed by the receiver alone."""
    hint = form.say("signature_hint")
    receiver = {"role": form.say("signature_clerk"), "hint": hint, "name": clerk}
    if dossier.channel == Channel.ONLINE:
        return [receiver]
    return [{"role": form.say("signature_submitter"), "hint": hint, "name": submitter}, receiver]


def _foot(desk: DeskProfile, form: FormWords, hours: str) -> list[str]:
    told = [
        form.say("foot_hours", hours=hours) if hours else "",
        form.say("foot_phone", phone=tidy(desk.phone)) if desk.phone else "",
        form.say("foot_look_up", address=tidy(desk.lookup_address)) if desk.lookup_address else ""]
    return [form.say("foot_bring"), *([" · ".join(word for word in told if word)] if any(told) else [])]
