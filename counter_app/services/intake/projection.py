"""A checked intake turned into what is kept: the dossier as it stands after its receipt."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.catalogue import Procedure, TimeLimit
from counter_app.domain.deadline_input import write_options
from counter_app.domain.dossier import Applicant, CodeOfDossier, DeliveryMethod, Dossier, Status
from counter_app.domain.ids import new_id
from counter_app.domain.people import Actor
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.intake.terms import IntakeCheck
from counter_app.support.messages import text

BLANK = Procedure("", "", "", "", "", "", TimeLimit(None, ""))
"""Stands for the procedure in the preview of a form that names none yet."""


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


def result_place(dossier: Dossier, profile: DeskProfile) -> str:
    """Return where the result is given back."""
    return dossier.delivery_address if dossier.delivery is DeliveryMethod.POSTAL else profile.unit_name


def _address(method: DeliveryMethod, address: str, applicant: Applicant) -> str:
    return (address or applicant.address) if method is DeliveryMethod.POSTAL else address
