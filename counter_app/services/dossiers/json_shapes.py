"""Dossiers as the headless commands give them back; the shapes are a promise of ``commands.md``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from counter_app.domain.digitised import FiledFile
from counter_app.domain.dossier import NATIONAL_STATUS, Applicant, BookPlace, DocumentLine, Dossier, DossierRow, FeeLine
from counter_app.domain.errors import Problem
from counter_app.domain.events import ATTACHMENT_LINKED
from counter_app.domain.moments import write_local
from counter_app.domain.people import WIRE_ROLES
from counter_app.domain.record import national_record
from counter_app.services.acts.life_json import life_json
from counter_app.services.dossiers.views import SAVED, DossierView, EventRow
from counter_app.services.intake.terms import Received
from counter_app.services.ports import SearchResult
from counter_app.support import messages


def received_json(received: Received, slip: str | None, lang: str) -> dict[str, Any]:
    """Return the answer of *intake*; ``slip`` is the path of the document, None where it could not be written."""
    return {
        "code": received.code, "dossier_id": received.dossier_id, "received_at": write_local(received.received_at),
        "due_at": _when(received.due_at), "explanation": received.explanation,
        "logbook": _place(received.place),
        "fee_total_vnd": received.fee_total_vnd, "warnings": problems_json(received.warnings, lang), "slip": slip,
    }


def problems_json(problems: Iterable[Problem], lang: str) -> list[dict[str, Any]]:
    """Return problems or warnings, each with its sentence."""
    return [{"code": each.code, "field": each.field, "message": messages.sentence(each, lang)} for each in problems]


def rows_json(rows: Iterable[DossierRow], total: int) -> dict[str, Any]:
    """Return the answer of *list*."""
    return {"dossiers": [row_json(row) for row in rows], "total": total}


def found_json(found: SearchResult) -> dict[str, Any]:
    """Return the answer of *search*: as a list, and ``seen_in_scan`` at a dossier that only its scans were found by."""
    seen = {dossier_id: {"paper": where.paper, "page": where.page} for dossier_id, where in found.seen.items()}
    rows = [row_json(row) | ({"seen_in_scan": seen[row.dossier_id]} if row.dossier_id in seen else {}) for row in found.rows]
    return {"dossiers": rows, "total": found.total}


def row_json(row: DossierRow) -> dict[str, Any]:
    """Return one line of a list; it shows no identity number."""
    return {
        "code": row.code, "dossier_id": row.dossier_id, "procedure_code": row.procedure_code, "applicant": row.applicant,
        "received_at": write_local(row.received_at), "due_at": _when(row.due_at), "status": row.status.value,
    }


def _when(moment: datetime | None) -> str | None:
    return write_local(moment) if moment else None


def _place(place: BookPlace | None) -> dict[str, Any] | None:
    return {"book": place.book, "year": place.year, "volume": place.volume, "ordinal": place.ordinal} if place else None


def dossier_json(view: DossierView) -> dict[str, Any]:
    """Return the answer of *show*. ``ho_so`` is the national record after the last event that carries one."""
    dossier = view.dossier
    records = [event.ho_so for event in view.events if event.ho_so]
    return {
        "dossier_id": dossier.dossier_id, "code": dossier.code, "codes": [each.code for each in dossier.codes],
        "status": dossier.status.value, "status_code": NATIONAL_STATUS[dossier.status], "procedure_code": dossier.procedure_code,
        "received_at": write_local(dossier.received_at), "due_at": _when(dossier.due_at), "printed_due_at": _when(dossier.printed_due_at),
        "applicant": _applicant(dossier.applicant), "submitter": _submitter(dossier),
        "documents": [_document(line) for line in dossier.documents], "fees": [_fee(line) for line in dossier.fees],
        "events": [_event(event) for event in view.events], "files": [_filed(file, view.events) for file in dossier.files],
        "ho_so": dict(records[-1]) if records else national_record(dossier), "attention": list(dossier.attention),
        "sync_state": view.sync_state, "entered_later": dossier.entered_later or None,
        "logbook": _place(dossier.place), **life_json(dossier),
    }


def _applicant(person: Applicant) -> dict[str, Any]:
    return {
        "kind": person.kind.value, "full_name": person.full_name, "id_number": person.id_number,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None, "birth_year": person.birth_year,
        "sex": person.sex.value if person.sex else None, "address": person.address, "phone": person.phone, "email": person.email or None,
    }


def _submitter(dossier: Dossier) -> dict[str, Any] | None:
    person = dossier.submitter
    if person is None:
        return None
    return {"full_name": person.full_name, "id_number": person.id_number, "phone": person.phone, "relation": person.relation,
            "authorisation": person.authorisation}


def _document(line: DocumentLine) -> dict[str, Any]:
    return {"name": line.name, "original": line.original, "copy": line.copy, "photocopy": line.photocopy, "shown_only": line.shown_only,
            "component_code": line.component_code}


def _fee(line: FeeLine) -> dict[str, Any]:
    return {"fee_line_id": line.fee_line_id, "name": line.name, "amount_vnd": line.amount_vnd, "method": line.method.value,
            "fee_code": line.fee_code or None, "stage": line.stage.value, "quantity": line.quantity,
            "receipt_series": line.receipt_series or None, "receipt_number": line.receipt_number or None,
            "exempt_reason": line.exempt_reason or None, "exempt_proof": line.exempt_proof or None,
            "collected_at": _when(line.collected_at), "collector": line.collector or None}


def _filed(file: FiledFile, events: Iterable[EventRow]) -> dict[str, Any]:
    """Return a file; ``state`` is how far the province has it, ``digitised`` the state 0 to 3 of its paper (domain guide 11)."""
    said = (each.state for each in events if each.type == ATTACHMENT_LINKED and each.facts["sha256"] == file.sha256)
    return {
        "sha256": file.sha256, "part": file.part, "pages": file.pages, "state": next(said, SAVED), "file_id": file.file_id,
        "target": file.target.value, "paper": file.paper, "digitised": int(file.state), "bytes": file.size, "filename": file.filename,
        "result_code": file.result_code or None, "number": file.number or None, "unlinked": file.unlinked or None,
    }


def _event(event: EventRow) -> dict[str, Any]:
    return {
        "op_id": event.op_id, "seq": event.seq, "type": event.type, "occurred_at": write_local(event.occurred_at),
        "actor": {"user_id": event.actor.user_id, "role": WIRE_ROLES[event.actor.role]}, "facts": dict(event.facts), "state": event.state,
    }
