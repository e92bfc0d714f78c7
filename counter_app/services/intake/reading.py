"""The JSON of the verb *intake* (``commands.md``), read into a command; any JSON at all gives a command or its problems."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from counter_app.domain.dossier import (
    Applicant,
    ApplicantKind,
    Channel,
    DeliveryMethod,
    DocumentLine,
    FeeLine,
    FeeMethod,
    Sex,
    Submitter,
)
from counter_app.services.acts.refusals import RefuseAtCounter
from counter_app.services.intake.terms import ReceiveDossier
from counter_app.services.json_reader import JsonObject, JsonReader
from counter_app.services.ports import JsonValue

MEMBERS = frozenset({
    "procedure_code", "channel", "received_at", "entered_later", "applicant", "submitter", "documents", "sets", "note", "result_delivery",
    "fees", "out_of_area", "clerk", "print", "case", "wants_message", "warnings_accepted",
})
APPLICANT = frozenset({"kind", "full_name", "id_number", "birth_date", "birth_year", "sex", "address", "phone", "email"})
SUBMITTER = frozenset({"full_name", "id_number", "phone", "relation", "authorisation"})
DOCUMENT = frozenset({"name", "original", "copy", "photocopy", "shown_only", "component_code"})
FEE = frozenset({"name", "amount_vnd", "method", "fee_code", "receipt_series", "receipt_number", "exempt_reason", "exempt_proof"})
REFUSAL = frozenset({
    "procedure_code", "channel", "applicant", "submitter", "documents", "reason", "legal_basis", "papers_returned",
})
DELIVERY = frozenset({"method", "address"})
PRINT = frozenset({"paper"})
_YEAR = re.compile(r"[0-9]{4}")


class Delivery(NamedTuple):
    """How and where the result goes."""

    method: DeliveryMethod
    address: str


def read_intake(value: JsonValue, *, paper: str = "a5") -> ReceiveDossier:
    """Return the command of a JSON value. ``paper`` is the desk's own, where the value names none.

    Beside the promised members: ``case`` (a variant of the limit), ``wants_message``, and ``warnings_accepted``, the reason for taking
    the dossier in although something is warned of: it stays in the event with the codes, and may be missing.

    What is missing and may be takes its default; ``documents`` and ``fees`` null mean those of the catalogue. Nothing is put in the
    print queue: who calls gets the slip's file and prints it, or not.

    Raises:
        RuleBrokenError: JSON_NOT_OBJECT, JSON_NOT_TEXT, JSON_NOT_INTEGER, JSON_NOT_BOOLEAN, JSON_NOT_LIST, JSON_CHOICE,
            JSON_UNKNOWN_MEMBER, JSON_MISSING, TIME_UNREADABLE, DATE_IMPOSSIBLE, each at its path.
    """
    reader = JsonReader()
    source = reader.object(value, None, MEMBERS)
    delivery = _delivery(reader, source)
    command = ReceiveDossier(
        procedure_code=reader.text(source, "procedure_code", required=True),
        applicant=read_applicant(reader, source),
        submitter=_submitter(reader, source),
        documents=_documents(reader, source),
        sets=reader.integer(source, "sets", default=1),
        note=reader.text(source, "note"),
        delivery=delivery.method,
        delivery_address=delivery.address,
        fees=_fees(reader, source),
        channel=reader.choice(source, "channel", None, Channel.DIRECT),
        out_of_area=reader.flag(source, "out_of_area"),
        received_at=reader.moment(source, "received_at"),
        entered_later=reader.text(source, "entered_later"),
        case=reader.text(source, "case"),
        wants_message=reader.flag(source, "wants_message"),
        paper=_paper(reader, source) or paper,
        clerk=reader.text(source, "clerk"),
        warnings_accepted=reader.text(source, "warnings_accepted"),
    )
    reader.close()
    return command


def read_refusal(value: JsonValue, *, paper: str = "a5") -> RefuseAtCounter:
    """Return the command of a JSON value, its members named as in *intake*, with ``reason``, ``legal_basis`` and ``papers_returned``.

    Raises:
        RuleBrokenError: as :func:`read_intake`.
    """
    reader = JsonReader()
    source = reader.object(value, None, REFUSAL)
    command = RefuseAtCounter(
        reader.text(source, "procedure_code", required=True), read_applicant(reader, source),
        reader.text(source, "reason", required=True), reader.text(source, "legal_basis"), _submitter(reader, source),
        _documents(reader, source) or (), reader.choice(source, "channel", None, Channel.DIRECT),
        source.get("papers_returned") is None or reader.flag(source, "papers_returned"), paper=paper, queue=False)
    reader.close()
    return command


def read_applicant(reader: JsonReader, source: JsonObject) -> Applicant:
    """Read the member ``applicant``; what is wrong with it the reader keeps."""
    given = reader.optional(source, "applicant", None, APPLICANT)
    if given is None:
        reader.flaw("JSON_MISSING", "applicant")
        given = {}
    day, year = _birth(reader, given)
    return Applicant(
        kind=reader.choice(given, "kind", "applicant", ApplicantKind.PERSON),
        full_name=reader.text(given, "full_name", "applicant"),
        id_number=reader.text(given, "id_number", "applicant"),
        birth_date=day,
        birth_year=year,
        sex=reader.choice(given, "sex", "applicant", Sex.MALE) if given.get("sex") is not None else None,
        address=reader.text(given, "address", "applicant"),
        phone=reader.text(given, "phone", "applicant"),
        email=reader.text(given, "email", "applicant"),
    )


def _birth(reader: JsonReader, given: JsonObject) -> tuple[date | None, int | None]:
    """Read a day of birth; ``"1990"`` alone is a year, as some cards have it."""
    written = given.get("birth_date")
    if isinstance(written, str) and _YEAR.fullmatch(written.strip()):
        return None, int(written)
    year = None if given.get("birth_year") is None else reader.integer(given, "birth_year", "applicant")
    return reader.day(given, "birth_date", "applicant"), year


def _submitter(reader: JsonReader, source: JsonObject) -> Submitter | None:
    given = reader.optional(source, "submitter", None, SUBMITTER)
    return None if given is None else Submitter(**{name: reader.text(given, name, "submitter") for name in sorted(SUBMITTER)})


def _documents(reader: JsonReader, source: JsonObject) -> tuple[DocumentLine, ...] | None:
    given = reader.items(source, "documents")
    return None if given is None else tuple(_document(reader, item, f"documents.{index}") for index, item in enumerate(given))


def _document(reader: JsonReader, value: JsonValue, path: str) -> DocumentLine:
    item = reader.object(value, path, DOCUMENT)
    return DocumentLine(
        name=reader.text(item, "name", path),
        original=reader.integer(item, "original", path),
        copy=reader.integer(item, "copy", path),
        photocopy=reader.integer(item, "photocopy", path),
        shown_only=reader.flag(item, "shown_only", path),
        component_code=reader.text(item, "component_code", path),
    )


def _fees(reader: JsonReader, source: JsonObject) -> tuple[FeeLine, ...] | None:
    given = reader.items(source, "fees")
    return None if given is None else tuple(_fee(reader, item, f"fees.{index}") for index, item in enumerate(given))


def _fee(reader: JsonReader, value: JsonValue, path: str) -> FeeLine:
    item = reader.object(value, path, FEE)
    reason = reader.text(item, "exempt_reason", path)
    return FeeLine(
        fee_line_id="",
        name=reader.text(item, "name", path),
        amount_vnd=reader.integer(item, "amount_vnd", path, default=None),
        method=reader.choice(item, "method", path, FeeMethod.EXEMPT if reason else FeeMethod.UNPAID),
        fee_code=reader.text(item, "fee_code", path),
        receipt_series=reader.text(item, "receipt_series", path),
        receipt_number=reader.text(item, "receipt_number", path),
        exempt_reason=reason,
        exempt_proof=reader.text(item, "exempt_proof", path),
    )


def _delivery(reader: JsonReader, source: JsonObject) -> Delivery:
    given = reader.optional(source, "result_delivery", None, DELIVERY) or {}
    return Delivery(
        reader.choice(given, "method", "result_delivery", DeliveryMethod.DESK), reader.text(given, "address", "result_delivery"),
    )


def _paper(reader: JsonReader, source: JsonObject) -> str:
    given = reader.optional(source, "print", None, PRINT) or {}
    return reader.text(given, "paper", "print")
