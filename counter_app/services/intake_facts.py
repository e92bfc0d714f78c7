"""A checked intake turned into what is kept: the dossier's first projection, and the facts of its first events.

The facts are those of the province contract (``openapi.yaml``, FactsDossierReceived, FactsFeeCollected, FactsSlipPrinted). Members of
our own stand beside them; a gateway keeps what it doesn't know (contract 2, rule 6).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from counter_app.domain.catalogue import Procedure, TimeLimit
from counter_app.domain.codes import OFFICIAL
from counter_app.domain.deadline_input import write_options
from counter_app.domain.deadline_terms import WIRE_UNITS
from counter_app.domain.dossier import (
    Applicant,
    BookPlace,
    Channel,
    CodeOfDossier,
    DeliveryMethod,
    Dossier,
    FeeLine,
    FeeMethod,
    Status,
)
from counter_app.domain.ids import new_id
from counter_app.domain.moments import wire
from counter_app.domain.people import Actor
from counter_app.domain.record import AT_INTAKE, fee_code
from counter_app.domain.registers import PrintedForm
from counter_app.services.intake_terms import IntakeCheck
from counter_app.services.settings import DeskProfile
from counter_app.support.messages import text

ORIGINS = {Channel.DIRECT: "desk", Channel.ONLINE: "portal", Channel.POSTAL: "post"}
PAYMENTS = {FeeMethod.CASH: "tien_mat", FeeMethod.TRANSFER: "chuyen_khoan", FeeMethod.PORTAL: "cong_dvc"}
"""The contract's words; exempt and unpaid lines are no payment."""
COPIES = 2
"""Form 01 is printed twice: kept here, given to the citizen (domain guide 4)."""
BLANK = Procedure("", "", "", "", "", "", TimeLimit(None, ""))
"""Stands for the procedure in the preview of a form that names none yet."""
CENTURY = 2000
"""The contract's day of birth begins with ``20`` (openapi.yaml, Day); an earlier one travels in a member of our own."""


def limit_of(procedure: Procedure, case: str) -> TimeLimit:
    """Return the limit of a case, the main one where the case is empty."""
    return next((variant for variant in procedure.variants if case and variant.case == case), procedure.time_limit)


def first_projection(
    check: IntakeCheck, procedure: Procedure, profile: DeskProfile, actor: Actor, *, dossier_id: str, code: CodeOfDossier,
) -> Dossier:
    """Return the dossier as it stands after its receipt, not yet in a book."""
    command, appointment = check.command, check.appointment
    due_at = appointment.due_at if appointment else None
    return Dossier(
        dossier_id=dossier_id, code=code.code, codes=(code,),
        procedure_code=procedure.code, procedure_name=procedure.label, procedure_version=procedure.version_id,
        field_name=procedure.field_name,
        status=Status.RECEIVED, channel=command.channel, applicant=command.applicant, submitter=command.submitter,
        received_at=check.received_at, due_at=due_at, printed_due_at=due_at, due_history=((check.received_at, due_at),),
        due_nominal=appointment.nominal if appointment else None, options=write_options(appointment.options) if appointment else {},
        documents=command.documents or (), fees=tuple(replace(line, fee_line_id=new_id(check.received_at)) for line in command.fees or ()),
        summary=procedure.label, sets=command.sets, note=command.note, delivery=command.delivery,
        delivery_address=_address(command.delivery, command.delivery_address, command.applicant),
        wants_message=command.wants_message, out_of_area=command.out_of_area, entered_later=command.entered_later,
        handled_by=handler(procedure, profile), limit_text=limit_of(procedure, command.case).text or procedure.time_limit.text,
        received_by=actor.user_id, desk=profile.desk,
    )


def handler(procedure: Procedure, profile: DeskProfile) -> str:
    """Return the agency that decides, in words (column 7 of the register)."""
    commune = profile.commune[:1].lower() + profile.commune[1:]
    return text(f"HANDLED_BY_{procedure.handled_by.upper()}", "vi", commune=commune) if procedure.handled_by else ""


def received_facts(dossier: Dossier, procedure: Procedure, check: IntakeCheck, place: BookPlace, profile: DeskProfile) -> dict[str, Any]:
    """Return the facts of *dossier.received*."""
    limit = limit_of(procedure, check.command.case).limit
    return {
        "code": dossier.code,
        "code_kind": "official" if dossier.codes[0].kind == OFFICIAL else "provisional",
        "origin": ORIGINS[dossier.channel],
        "received_at": wire(dossier.received_at),
        "due_at": wire(dossier.due_at) if dossier.due_at else None,
        "procedure_version": procedure.catalogue_version,
        "case_code": check.command.case,
        "limit": {"value": limit.value if limit else None, "unit": WIRE_UNITS[limit.unit if limit else None]},
        "applicant": _applicant_facts(dossier.applicant),
        "submitter": _submitter_facts(dossier),
        "components": [
            {"MaThanhPhanHoSo": line.component_code, "name": line.name, "originals": line.original, "certified": line.copy,
             "copies": line.photocopy, "shown_only": line.shown_only} for line in dossier.documents
        ],
        "sets": dossier.sets,
        "register": {"book": f"{place.year}/{place.volume:02d}", "number": place.ordinal},
        "result_place": dossier.delivery_address if dossier.delivery is DeliveryMethod.POSTAL else profile.unit_name,
        "outside_boundary": dossier.out_of_area,
        "entered_later": dossier.entered_later,
    }


def fee_facts(dossier: Dossier, line: FeeLine, at: datetime) -> dict[str, Any]:
    """Return the facts of *fee.collected* for a line that was paid at intake."""
    return {
        "fee_line_id": line.fee_line_id, "MaPhiLePhi": fee_code(dossier, line), "HinhThucThu": AT_INTAKE, "amount_vnd": line.amount_vnd,
        "method": PAYMENTS[line.method], "receipt_series": line.receipt_series, "receipt_number": line.receipt_number,
        "collected_at": wire(at), "settles_obligation": False,
    }


def slip_facts(dossier: Dossier, form: PrintedForm, reason: str = "") -> dict[str, Any]:
    """Return the facts of *slip.printed*."""
    return {
        "form": form.form, "issue": form.issue, "copies": COPIES, "code": dossier.code, "printed_at": wire(form.printed_at),
        "printed_due": wire(dossier.printed_due_at) if dossier.printed_due_at else None, "document_sha256": form.sha256,
        "template_version": form.template_version, "reason": reason,
    }


def paid(line: FeeLine) -> bool:
    """Tell whether money was taken for a line."""
    return line.method in PAYMENTS and line.amount_vnd > 0


def _address(method: DeliveryMethod, address: str, applicant: Applicant) -> str:
    return (address or applicant.address) if method is DeliveryMethod.POSTAL else address


def _applicant_facts(applicant: Applicant) -> dict[str, Any]:
    born = applicant.birth_date.isoformat() if applicant.birth_date else str(applicant.birth_year or "")
    facts = {"name": applicant.full_name, "address": applicant.address, "born": born, "sex": applicant.sex.value if applicant.sex else ""}
    if applicant.birth_date and applicant.birth_date.year >= CENTURY:
        facts["birth_date"] = born
    return facts


def _submitter_facts(dossier: Dossier) -> dict[str, Any]:
    person = dossier.submitter
    if person is None:
        return {"same_as_applicant": True}
    return {"same_as_applicant": False, "name": person.full_name, "id_number": person.id_number, "phone": person.phone,
            "relation": person.relation, "authorisation": person.authorisation}
