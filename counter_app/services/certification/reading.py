"""The JSON of the verb *certify* (``commands.md``), read into a command, and its answer written."""

from __future__ import annotations

from counter_app.domain.certification import (
    CertificationKind,
    CertifiedLine,
    CertifiedNumber,
    is_electronic,
    kind_of_register,
    rule_of,
)
from counter_app.domain.dossier import Dossier, FeeMethod
from counter_app.domain.moments import write_local
from counter_app.services.certification.terms import Certified, Certify
from counter_app.services.dossiers.json_shapes import problems_json
from counter_app.services.intake.reading import read_applicant
from counter_app.services.json_reader import JsonObject, JsonReader
from counter_app.services.ports import JsonValue

MEMBERS = frozenset({"applicant", "lines", "payment", "wait_for_signature", "slip", "stamps", "print"})
LINE = frozenset({
    "register", "kind", "document_name", "pages", "copies", "parties", "signer", "signer_title", "electronic", "procedure_code"})
PAYMENT = frozenset({"method", "exempt_reason", "exempt_proof", "receipt_series", "receipt_number"})
PRINT = frozenset({"paper"})


def read_certify(value: JsonValue, *, paper: str = "a5") -> Certify:
    """Return the command of a JSON value. ``register`` says the kind; ``kind`` says more (``amend`` in ``SCT/GD``).

    What may be missing takes its default: paid in cash, signed at once, no slip, no stamp lines.

    Raises:
        RuleBrokenError: REGISTER_UNKNOWN at ``lines.<n>.register``, and as :func:`~counter_app.services.intake.reading.read_intake`.
    """
    reader = JsonReader()
    source = reader.object(value, None, MEMBERS)
    payment = reader.optional(source, "payment", None, PAYMENT) or {}
    wanted = reader.optional(source, "print", None, PRINT) or {}
    reason = reader.text(payment, "exempt_reason", "payment")
    command = Certify(
        applicant=read_applicant(reader, source), lines=_lines(reader, source),
        method=reader.choice(payment, "method", "payment", FeeMethod.EXEMPT if reason else FeeMethod.CASH), exempt_reason=reason,
        exempt_proof=reader.text(payment, "exempt_proof", "payment"), receipt_series=reader.text(payment, "receipt_series", "payment"),
        receipt_number=reader.text(payment, "receipt_number", "payment"), signed=not reader.flag(source, "wait_for_signature"),
        slip=reader.flag(source, "slip"), stamps=reader.flag(source, "stamps"), paper=reader.text(wanted, "paper", "print") or paper,
    )
    reader.close()
    return command


def certified_json(done: Certified, lang: str) -> dict[str, JsonValue]:
    """Return what the verb answers: the code (of the first dossier), all dossiers, the numbers with their volumes, the fee."""
    return {
        "code": done.code, "visit_id": done.visit_id, "dossiers": [_dossier(each) for each in done.dossiers],
        "certification_numbers": [_number(each) for each in done.numbers], "fee_total_vnd": done.fee_total_vnd,
        "warnings": problems_json(done.warnings, lang),
    }


def _dossier(dossier: Dossier) -> dict[str, JsonValue]:
    return {
        "code": dossier.code, "dossier_id": dossier.dossier_id, "procedure_code": dossier.procedure_code, "status": dossier.status.value,
        "received_at": write_local(dossier.received_at), "due_at": dossier.due_at and write_local(dossier.due_at),
        "fee_total_vnd": dossier.fee_total_vnd,
    }


def _number(number: CertifiedNumber) -> dict[str, JsonValue]:
    return {
        "certification_id": number.certification_id, "register": number.place.book, "number": number.place.ordinal,
        "volume": number.place.volume_label, "label": number.label, "document_name": number.document_name, "copies": number.copies,
        "fee_vnd": number.amount_vnd, "signer": number.signer, "signed": number.signed_at is not None,
    }


def _lines(reader: JsonReader, source: JsonObject) -> tuple[CertifiedLine, ...]:
    given = reader.items(source, "lines")
    return tuple(_line(reader, item, f"lines.{at}") for at, item in enumerate(given or ()))


def _line(reader: JsonReader, value: JsonValue, path: str) -> CertifiedLine:
    item = reader.object(value, path, LINE)
    sign = reader.text(item, "register", path)
    register = kind_of_register(sign) if sign else CertificationKind.COPY
    if register is None:
        reader.flaw("REGISTER_UNKNOWN", f"{path}.register")
    kind = reader.choice(item, "kind", path, register or CertificationKind.COPY)
    if register and sign and rule_of(kind).register != rule_of(register).register:
        reader.flaw("REGISTER_UNKNOWN", f"{path}.kind")
    return CertifiedLine(
        kind=kind, document_name=reader.text(item, "document_name", path), pages=reader.integer(item, "pages", path, default=1),
        copies=reader.integer(item, "copies", path, default=1), parties=reader.text(item, "parties", path),
        signer=reader.text(item, "signer", path), signer_title=reader.text(item, "signer_title", path),
        electronic=reader.flag(item, "electronic", path) or is_electronic(sign), procedure_code=reader.text(item, "procedure_code", path),
    )
