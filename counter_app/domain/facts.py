"""Facts of the desk's events: what happened, in the members of the province contract (4.2), from our own terms.

Every fact that the contract pairs with a member of the national record says the same as it. Members of our own stand beside the
contract's (``born``, ``sex``, ``shown_only``, ``entered_later``, ``warnings_accepted``); a gateway keeps what it doesn't know (contract 2,
rule 6).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.codes import OFFICIAL, PROVISIONAL, parse_code
from counter_app.domain.deadline_terms import WIRE_UNITS, Limit, LimitUnit
from counter_app.domain.dossier import Applicant, Channel, DocumentLine, Dossier, FeeLine, FeeMethod, Status, Submitter
from counter_app.domain.events import JsonObject
from counter_app.domain.moments import wire
from counter_app.domain.record import STAGES, fee_code
from counter_app.domain.registers import PrintedForm

_ORIGINS = {Channel.DIRECT: "desk", Channel.ONLINE: "portal", Channel.POSTAL: "post"}
_METHODS = {FeeMethod.CASH: "tien_mat", FeeMethod.TRANSFER: "chuyen_khoan", FeeMethod.PORTAL: "cong_dvc"}
_FIRST_WIRE_YEAR = 2000
_STATUTORY = frozenset({"01", "02", "03", "04", "05", "06", "07"})
_OTHER_FORMS = {"result": "bien_nhan_tra", "hand_over": "ban_giao", "result_list": "ban_giao"}


@dataclass(frozen=True, slots=True)
class AcceptedWarnings:
    """What was warned of at an intake, by its codes, and why the clerk took the dossier in all the same."""

    codes: tuple[str, ...] = ()
    reason: str = ""


def dossier_received(
    dossier: Dossier, *, limit: Limit | None, case: str, result_place: str, accepted: AcceptedWarnings | None = None,
) -> JsonObject:
    """Return the facts of ``dossier.received``. ``limit`` is the processing time used, None where the procedure has none.

    ``case`` names the variant of the procedure, empty for the main one; ``result_place`` is where the result is given back;
    ``accepted`` are the warnings that were passed, a member only where there were any.

    Raises:
        ValueError: the dossier has no place in a register yet.
    """
    if dossier.place is None:
        raise ValueError("a received dossier stands in a register")
    passed = {"warnings_accepted": {"codes": list(accepted.codes), "reason": accepted.reason}} if accepted and accepted.codes else {}
    return {
        "code": dossier.code,
        "code_kind": _code_kind(dossier.code),
        "origin": _ORIGINS[dossier.channel],
        "received_at": wire(dossier.received_at),
        "due_at": _maybe(dossier.due_at),
        "procedure_version": dossier.procedure_version.rpartition("/")[0],
        "case_code": case,
        "limit": _limit(limit),
        "applicant": _applicant(dossier.applicant),
        "submitter": _submitter(dossier.submitter),
        "components": [_component(line) for line in dossier.documents],
        "sets": dossier.sets,
        "register": {"book": f"{dossier.place.year}/{dossier.place.volume:02d}", "number": dossier.place.ordinal},
        "result_place": result_place,
        "outside_boundary": dossier.out_of_area,
        "entered_later": dossier.entered_later,
        **passed,
    }


def slip_printed(dossier: Dossier, form: PrintedForm, *, copies: int, reason: str = "") -> JsonObject:
    """Return the facts of ``slip.printed``; ``reason`` says why it is printed again."""
    return {
        "form": _wire_form(form.form),
        "issue": form.issue,
        "copies": copies,
        "code": dossier.code,
        "printed_at": wire(form.printed_at),
        "printed_due": _maybe(dossier.printed_due_at),
        "document_sha256": form.sha256,
        "template_version": form.template_version,
        "reason": reason,
    }


def _wire_form(form: str) -> str:
    """Return the contract's name of a form; ``02/2`` is a second form 02 of the dossier."""
    name = form.partition("/")[0]
    return name if name in _STATUTORY else _OTHER_FORMS.get(name, "khac")


def fee_collected(dossier: Dossier, line: FeeLine, at: datetime) -> JsonObject:
    """Return the facts of ``fee.collected``: this line was paid. The desk records the receipt, it never issues one.

    Raises:
        ValueError: the line is exempt or still owed, or no line of the dossier.
    """
    if line.method not in _METHODS:
        raise ValueError("only money that was paid is collected")
    return {
        "fee_line_id": line.fee_line_id,
        "MaPhiLePhi": fee_code(dossier, line),
        "HinhThucThu": STAGES[line.stage],
        "amount_vnd": line.amount_vnd,
        "method": _METHODS[line.method],
        "receipt_series": line.receipt_series,
        "receipt_number": line.receipt_number,
        "collected_at": wire(at),
        "settles_obligation": dossier.status is Status.AWAITING_PAYMENT,
    }


def note_added(text: str) -> JsonObject:
    """Return the facts of ``note.added``: a remark of the desk, for the desk, of at most 4,000 characters."""
    return {"kind": "ghi_chu", "audience": "desk", "text": text}


def _code_kind(code: str) -> str:
    parsed = parse_code(code)
    return PROVISIONAL if parsed and parsed.kind == PROVISIONAL else OFFICIAL


def _limit(limit: Limit | None) -> JsonObject:
    if limit is None:
        return {"value": None, "unit": WIRE_UNITS[None]}
    return {"value": 1 if limit.unit is LimitUnit.SAME_DAY else limit.value, "unit": WIRE_UNITS[limit.unit]}


def _applicant(applicant: Applicant) -> JsonObject:
    """Return the applicant. The contract's ``birth_date`` reaches back to 2000 only; ``born`` holds every day or year of birth."""
    born = applicant.birth_date.isoformat() if applicant.birth_date else str(applicant.birth_year or "")
    facts: JsonObject = {"name": applicant.full_name, "address": applicant.address, "born": born, "sex": applicant.sex or ""}
    if applicant.birth_date and applicant.birth_date.year >= _FIRST_WIRE_YEAR:
        facts["birth_date"] = born
    return facts


def _submitter(submitter: Submitter | None) -> JsonObject:
    if submitter is None:
        return {"same_as_applicant": True}
    return {
        "same_as_applicant": False, "name": submitter.full_name, "id_number": submitter.id_number, "phone": submitter.phone,
        "relation": submitter.relation, "authorisation": submitter.authorisation,
    }


def _component(line: DocumentLine) -> JsonObject:
    return {
        "MaThanhPhanHoSo": line.component_code, "name": line.name, "originals": line.original, "certified": line.copy,
        "copies": line.photocopy, "shown_only": line.shown_only,
    }


def _maybe(moment: datetime | None) -> str | None:
    return None if moment is None else wire(moment)
