"""Everything that can be wrong with an intake, found at once and each at its field.

Fields are named as the headless commands name them (``applicant.full_name``, ``documents.0.original``, ``result_delivery.address``).
What is against a rule forbids the intake; what is only odd is a warning, which the clerk may pass.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from counter_app.domain.card_checks import id_warnings
from counter_app.domain.catalogue import Fee, Procedure
from counter_app.domain.dossier import Applicant, ApplicantKind, Channel, DeliveryMethod, DocumentLine, FeeLine, FeeMethod, Submitter
from counter_app.domain.moments import FIRST_YEAR, day_of
from counter_app.services.desk.settings import PAPERS
from counter_app.services.intake.defaults import required_documents
from counter_app.services.intake.terms import IntakeCheck, ReceiveDossier
from counter_app.services.intake.texts import Findings

MOST_DOCUMENTS, MOST_COPIES, MOST_SETS, MOST_FEES = 50, 999, 99, 20
MOST_VND = 1_000_000_000
OLDEST_YEARS = 130
NOTICED = timedelta(minutes=1)
"""A receipt time within the running minute is *now*: forms and files carry no seconds."""

_PERSONAL_ID = re.compile(r"[0-9]{12}")
_OLD_ID = re.compile(r"[0-9]{9}")
_PASSPORT = re.compile(r"[A-Z]{1,2}[0-9]{6,9}")
_TAX_ID = re.compile(r"[0-9]{10}(-?[0-9]{3})?|[0-9]{12}")
_PHONE = re.compile(r"\+?[0-9][0-9 .()-]*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def check_applicant(applicant: Applicant, today: date, found: Findings) -> None:
    """Found: PERSON_NAME_EMPTY, NAME_WITHOUT_LETTERS, ID_NUMBER_BAD, TAX_NUMBER_BAD, PHONE_BAD, EMAIL_BAD, BIRTH_IN_FUTURE,
    BIRTH_TOO_EARLY.

    Warnings: ID_NUMBER_MISSING, ID_NUMBER_OLD, ADDRESS_MISSING and those of :func:`~counter_app.domain.card_checks.id_warnings`.
    """
    _name(applicant.full_name, "applicant.full_name", found)
    _contact(applicant.phone, applicant.email, "applicant", found)
    if applicant.kind is ApplicantKind.PERSON:
        _birth(applicant, today, found)
        _personal_id(applicant.id_number, "applicant.id_number", found)
        if _PERSONAL_ID.fullmatch(applicant.id_number):
            year = applicant.birth_date.year if applicant.birth_date else applicant.birth_year
            for warning in id_warnings(applicant.id_number, applicant.sex, year):
                found.warn(warning, "applicant.id_number")
    elif applicant.id_number and applicant.kind is not ApplicantKind.STATE_AGENCY and not _TAX_ID.fullmatch(applicant.id_number):
        found.forbid("TAX_NUMBER_BAD", "applicant.id_number")
    if not applicant.address:
        found.warn("ADDRESS_MISSING", "applicant.address")


def check_submitter(submitter: Submitter, found: Findings) -> None:
    """Found: PERSON_NAME_EMPTY, ID_NUMBER_BAD, PHONE_BAD; warning SUBMITTER_WITHOUT_AUTHORITY."""
    _name(submitter.full_name, "submitter.full_name", found)
    _personal_id(submitter.id_number, "submitter.id_number", found)
    _contact(submitter.phone, "", "submitter", found)
    if not (submitter.relation or submitter.authorisation):
        found.warn("SUBMITTER_WITHOUT_AUTHORITY", "submitter.authorisation")


def check_documents(documents: tuple[DocumentLine, ...], procedure: Procedure | None, found: Findings) -> None:
    """Found: DOCUMENTS_TOO_MANY, DOCUMENT_NAME_EMPTY, COUNT_IMPOSSIBLE, DOCUMENT_NOT_COUNTED; warning DOCUMENTS_MISSING."""
    if len(documents) > MOST_DOCUMENTS:
        found.forbid("DOCUMENTS_TOO_MANY", "documents", count=len(documents), limit=MOST_DOCUMENTS)
    for index, line in enumerate(documents):
        _document(line, f"documents.{index}", found)
    given = {line.component_code for line in documents} - {""} | {line.name for line in documents}
    required = required_documents(procedure) if procedure else ()
    if missing := sum(given.isdisjoint((line.component_code, line.name)) for line in required):
        found.warn("DOCUMENTS_MISSING", "documents", count=missing)


def check_fees(fees: tuple[FeeLine, ...], procedure: Procedure | None, found: Findings, *, with_proof: bool) -> None:
    """Found: FEES_TOO_MANY, FEE_NAME_EMPTY, FEE_AMOUNT_IMPOSSIBLE, FEE_EXEMPT_NOT_ZERO, FEE_EXEMPT_NO_REASON, FEE_EXEMPT_NO_PROOF.

    ``with_proof``: somebody is there to look at the paper that proves an exemption; without it a missing proof is a warning only.
    Further warnings: FEE_DIFFERS; FEES_MISSING, a fee is due and none is given: the slip will say that there is none.
    """
    listed = {fee.name: fee for fee in procedure.fees} if procedure else {}
    if len(fees) > MOST_FEES:
        found.forbid("FEES_TOO_MANY", "fees", limit=MOST_FEES)
    for index, line in enumerate(fees):
        _fee(line, listed.get(line.name), f"fees.{index}", found, with_proof=with_proof)
    if not fees and any(fee.amount_vnd != 0 for fee in listed.values()):
        found.warn("FEES_MISSING", "fees")


def check_channel(channel: Channel, procedure: Procedure, found: Findings) -> None:
    """Found: warning CHANNEL_NOT_OFFERED."""
    if procedure.channels and channel.value not in procedure.channels:
        found.warn("CHANNEL_NOT_OFFERED", "channel")


def check_rest(command: ReceiveDossier, found: Findings) -> None:
    """Found: COUNT_IMPOSSIBLE at ``sets``, DELIVERY_ADDRESS_EMPTY, MESSAGE_NEEDS_PHONE, PAPER_UNKNOWN."""
    if not 1 <= command.sets <= MOST_SETS:
        found.forbid("COUNT_IMPOSSIBLE", "sets", limit=MOST_SETS)
    if command.delivery is DeliveryMethod.POSTAL and not (command.delivery_address or command.applicant.address):
        found.forbid("DELIVERY_ADDRESS_EMPTY", "result_delivery.address")
    if command.wants_message and not command.applicant.phone:
        found.forbid("MESSAGE_NEEDS_PHONE", "applicant.phone")
    if command.paper not in PAPERS:
        found.forbid("PAPER_UNKNOWN", "print.paper")


def check_acceptance(check: IntakeCheck, found: Findings) -> None:
    """Found: WARNINGS_NOT_ACCEPTED at ``warnings_accepted``, where somebody can be asked and gave no reason.

    Asked last, when nothing else is in the way: who mends a problem often mends what was warned of with it.
    """
    if check.to_accept and check.command.must_accept and not (check.command.warnings_accepted or found.problems):
        found.forbid("WARNINGS_NOT_ACCEPTED", "warnings_accepted")


def check_receipt_time(command: ReceiveDossier, now: datetime, found: Findings) -> datetime:
    """Return the moment of receipt, now where the one given can't be.

    Found: RECEIVED_IN_FUTURE, RECEIVED_TOO_EARLY, LATE_ENTRY_REASON at ``entered_later``.
    """
    received_at = command.received_at or now
    if received_at > now:
        found.forbid("RECEIVED_IN_FUTURE", "received_at")
        return now
    if day_of(received_at).year < FIRST_YEAR:
        found.forbid("RECEIVED_TOO_EARLY", "received_at", year=FIRST_YEAR)
        return now
    if now - received_at >= NOTICED and not command.entered_later:
        found.forbid("LATE_ENTRY_REASON", "entered_later")
    return received_at


def _document(line: DocumentLine, path: str, found: Findings) -> None:
    if not line.name:
        found.forbid("DOCUMENT_NAME_EMPTY", f"{path}.name")
    counts = {"original": line.original, "copy": line.copy, "photocopy": line.photocopy}
    for name, count in counts.items():
        if not 0 <= count <= MOST_COPIES:
            found.forbid("COUNT_IMPOSSIBLE", f"{path}.{name}", limit=MOST_COPIES)
    if not any(counts.values()) and not line.shown_only:
        found.forbid("DOCUMENT_NOT_COUNTED", f"{path}.original")


def _fee(line: FeeLine, listed: Fee | None, path: str, found: Findings, *, with_proof: bool) -> None:
    if not line.name:
        found.forbid("FEE_NAME_EMPTY", f"{path}.name")
    if not 0 <= line.amount_vnd <= MOST_VND:
        found.forbid("FEE_AMOUNT_IMPOSSIBLE", f"{path}.amount_vnd")
    if line.method is FeeMethod.EXEMPT:
        _exemption(line, path, found, with_proof=with_proof)
    elif listed and listed.amount_vnd is not None and listed.per in ("", "case") and line.amount_vnd != listed.amount_vnd:
        found.warn("FEE_DIFFERS", f"{path}.amount_vnd", listed=listed.amount_vnd)


def _exemption(line: FeeLine, path: str, found: Findings, *, with_proof: bool) -> None:
    if line.amount_vnd:
        found.forbid("FEE_EXEMPT_NOT_ZERO", f"{path}.amount_vnd")
    if not line.exempt_reason:
        found.forbid("FEE_EXEMPT_NO_REASON", f"{path}.exempt_reason")
    elif not line.exempt_proof:
        (found.forbid if with_proof else found.warn)("FEE_EXEMPT_NO_PROOF", f"{path}.exempt_proof")


def _name(name: str, path: str, found: Findings) -> None:
    if not name:
        found.forbid("PERSON_NAME_EMPTY", path)
    elif not any(sign.isalpha() for sign in name):
        found.forbid("NAME_WITHOUT_LETTERS", path)


def _personal_id(number: str, path: str, found: Findings) -> None:
    """Twelve digits; nine of the old card and passports are odd but real, a missing number happens (a newborn, a lost card)."""
    if not number:
        found.warn("ID_NUMBER_MISSING", path)
    elif _OLD_ID.fullmatch(number):
        found.warn("ID_NUMBER_OLD", path)
    elif not (_PERSONAL_ID.fullmatch(number) or _PASSPORT.fullmatch(number)):
        found.forbid("ID_NUMBER_BAD", path, length=len(number))


def _contact(phone: str, email: str, part: str, found: Findings) -> None:
    if phone and not (_PHONE.fullmatch(phone) and 8 <= sum(sign.isdigit() for sign in phone) <= 15):
        found.forbid("PHONE_BAD", f"{part}.phone")
    if email and not _EMAIL.fullmatch(email):
        found.forbid("EMAIL_BAD", f"{part}.email")


def _birth(applicant: Applicant, today: date, found: Findings) -> None:
    """A day and a year may both be given; each has to be possible. The form has one field for them, that of the day."""
    born, year = applicant.birth_date, applicant.birth_year
    if born is not None:
        _possible_birth(born.year, "applicant.birth_date", today, found, is_future=born > today)
    if year is not None and (born is None or year != born.year):
        path = "applicant.birth_date" if born is None else "applicant.birth_year"
        _possible_birth(year, path, today, found, is_future=year > today.year)


def _possible_birth(year: int, path: str, today: date, found: Findings, *, is_future: bool) -> None:
    if is_future:
        found.forbid("BIRTH_IN_FUTURE", path)
    elif today.year - year > OLDEST_YEARS:
        found.forbid("BIRTH_TOO_EARLY", path, years=OLDEST_YEARS)
