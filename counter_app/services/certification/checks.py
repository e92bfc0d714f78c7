"""Everything that can be wrong with a visit at the certification counter, found at once and each at its field.

Fields are named as the headless verb names them: ``lines.0.document_name``, ``applicant.full_name``, ``payment.exempt_reason``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counter_app.domain.certification import (
    MOST_LINES,
    CertificationKind,
    CertifiedLine,
    rule_of,
)
from counter_app.domain.dossier import ApplicantKind, FeeMethod
from counter_app.domain.text import fold
from counter_app.services.acts.fee_acts import PAYING
from counter_app.services.acts.texts import CODE, LINE, NAME, REASON, Texts
from counter_app.services.certification.terms import Certify
from counter_app.services.intake.checks import MOST_COPIES
from counter_app.services.intake.texts import Findings
from counter_app.services.people.offices import Signer

METHODS = (*PAYING, FeeMethod.EXEMPT)
_FIELDS = {"PAGES_INVALID": "pages", "COPIES_INVALID": "copies", "QUANTITY_INVALID": "copies"}


def tidy_visit(command: Certify, found: Findings) -> Certify:
    """Return the visit with tidy texts. Found: TEXT_NEEDED, TEXT_TOO_LONG, TEXT_UNPRINTABLE, CERTIFY_NO_LINES, LINES_TOO_MANY."""
    texts = Texts()
    if not command.lines:
        texts.forbid("CERTIFY_NO_LINES", "lines")
    if len(command.lines) > MOST_LINES:
        texts.forbid("LINES_TOO_MANY", "lines", limit=MOST_LINES)
    clean = replace(
        command,
        lines=tuple(_tidied(line, f"lines.{at}", texts) for at, line in enumerate(command.lines)),
        exempt_reason=texts.may(command.exempt_reason, "payment.exempt_reason", LINE),
        exempt_proof=texts.may(command.exempt_proof, "payment.exempt_proof", LINE),
        receipt_series=texts.may(command.receipt_series, "payment.receipt_series", 30),
        receipt_number=texts.may(command.receipt_number, "payment.receipt_number", 30),
    )
    found.problems += texts.problems
    return clean


def _tidied(line: CertifiedLine, path: str, texts: Texts) -> CertifiedLine:
    return replace(
        line, document_name=texts.need(line.document_name, f"{path}.document_name", LINE),
        parties=texts.may(line.parties, f"{path}.parties", REASON), signer=texts.may(line.signer, f"{path}.signer", NAME),
        signer_title=texts.may(line.signer_title, f"{path}.signer_title", NAME),
        procedure_code=texts.may(line.procedure_code, f"{path}.procedure_code", CODE),
    )


def check_amounts(lines: Sequence[CertifiedLine], fees: Sequence[int | str], found: Findings) -> tuple[int | None, ...]:
    """Return the fee of each line, None for a bad one.

    Found: PAGES_INVALID, COPIES_INVALID, QUANTITY_INVALID, COUNT_IMPOSSIBLE, CERTIFY_NOT_ELECTRONIC.
    """
    for at, (line, fee) in enumerate(zip(lines, fees, strict=True)):
        if isinstance(fee, str):
            found.forbid(fee, f"lines.{at}.{_FIELDS[fee]}")
        elif not 1 <= line.copies <= MOST_COPIES:
            found.forbid("COUNT_IMPOSSIBLE", f"lines.{at}.copies", limit=MOST_COPIES)
        if line.electronic and not rule_of(line.kind).electronic_register:
            found.forbid("CERTIFY_NOT_ELECTRONIC", f"lines.{at}.electronic")
    return tuple(None if isinstance(fee, str) else fee for fee in fees)


def check_people(command: Certify, found: Findings) -> None:
    """Found: CERTIFY_ID_NEEDED: only for copies it doesn't matter who brings them (NĐ 23/2015 Đ20, Đ24)."""
    applicant = command.applicant
    attests_people = any(line.kind is not CertificationKind.COPY for line in command.lines)
    if attests_people and applicant.kind is ApplicantKind.PERSON and not applicant.id_number.strip():
        found.forbid("CERTIFY_ID_NEEDED", "applicant.id_number")


def check_payment(command: Certify, found: Findings) -> None:
    """Found: FEE_METHOD, FEE_EXEMPT_NO_REASON; warning FEE_EXEMPT_NO_PROOF."""
    if command.method not in METHODS:
        found.forbid("FEE_METHOD", "payment.method")
    if command.method is FeeMethod.EXEMPT and not command.exempt_reason:
        found.forbid("FEE_EXEMPT_NO_REASON", "payment.exempt_reason")
    elif command.method is FeeMethod.EXEMPT and not command.exempt_proof:
        found.warn("FEE_EXEMPT_NO_PROOF", "payment.exempt_proof")


def with_signers(lines: Sequence[CertifiedLine], signers: Sequence[Signer], found: Findings) -> tuple[CertifiedLine, ...]:
    """Return the lines with the titles of their signers. ``signers`` are those who may sign today; none known: any name will do.

    Found: SIGNER_UNKNOWN, SIGNER_SCOPE; warning SIGNER_MISSING, once: the register is signed by pen all the same.
    """
    named = tuple(_named(line, f"lines.{at}.signer", signers, found) for at, line in enumerate(lines))
    if any(not line.signer for line in lines):
        found.warn("SIGNER_MISSING", "lines.0.signer")
    return named


def _named(line: CertifiedLine, path: str, signers: Sequence[Signer], found: Findings) -> CertifiedLine:
    signer = next((each for each in signers if fold(each.name) == fold(line.signer)), None)
    if signer is None:
        if line.signer and signers:
            found.forbid("SIGNER_UNKNOWN", path)
        return line
    if signer.scope and line.register not in signer.scope:
        found.forbid("SIGNER_SCOPE", path, register=line.register)
    return replace(line, signer=signer.name, signer_title=line.signer_title or signer.title)
