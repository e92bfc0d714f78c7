"""What a desk holds about one person: collected from dossiers, papers, messages, payments, hand-overs and the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from counter_app.domain import events as e
from counter_app.domain.dossier import Applicant, Dossier
from counter_app.domain.moments import write_local
from counter_app.services.ports import UnitOfWork
from counter_app.services.trail.looking import kind_of

APPLICANT, SUBMITTER, NAMED = "applicant", "submitter", "named"
"""What the person is in a dossier: whose case it is, who brought it, or named in what happened to it (took the result, was corrected)."""
MOST = 100_000
"""Dossiers of one person; a firm that files for others has thousands."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PersonData:
    """Rows as they go into the answer; every one has the ``code`` of its dossier. ``ids`` are the dossiers, in the order of entry."""

    ids: tuple[str, ...]
    dossiers: tuple[Row, ...]
    papers: tuple[Row, ...]
    contacts: tuple[Row, ...]
    given_to: tuple[Row, ...]
    looks: tuple[Row, ...]


def collect(uow: UnitOfWork, number: str) -> PersonData:
    """Return what is held about the person with this identity number. Of a dossier of somebody else only what is this person's is told."""
    dossiers = _dossiers(uow, number)
    own = [each for each in dossiers if _role(each, number) == APPLICANT]
    codes = {each.dossier_id: each.code for each in dossiers}
    return PersonData(
        ids=tuple(codes), dossiers=tuple(_held(each, _role(each, number)) for each in dossiers),
        papers=tuple(row for each in own for row in _papers(uow, each)),
        contacts=tuple(row for each in own for row in _contacts(uow, each)),
        given_to=tuple(row for each in own for row in _given(uow, each)), looks=tuple(_looks(uow, codes)))


def _dossiers(uow: UnitOfWork, number: str) -> list[Dossier]:
    """Return the dossiers of the person and those whose events name the number, each once."""
    found = {each.dossier_id: each for each in uow.dossiers.of_person(number, limit=MOST)}
    for dossier_id in uow.events.naming(number):
        if dossier_id not in found and (dossier := uow.dossiers.get(dossier_id)) is not None:
            found[dossier_id] = dossier
    return sorted(found.values(), key=_entered)


def _entered(dossier: Dossier) -> tuple[str, str]:
    return write_local(dossier.received_at), dossier.dossier_id


def _role(dossier: Dossier, number: str) -> str:
    if dossier.applicant.id_number == number:
        return APPLICANT
    return SUBMITTER if dossier.submitter is not None and dossier.submitter.id_number == number else NAMED


def _held(dossier: Dossier, role: str) -> Row:
    row: Row = {
        "code": dossier.code, "procedure": dossier.procedure_name, "received_at": write_local(dossier.received_at),
        "status": dossier.status.value, "as": role}
    if role == APPLICANT:
        row["held"] = _applicant(dossier.applicant)
    elif role == SUBMITTER and (who := dossier.submitter) is not None:
        row["held"] = {"full_name": who.full_name, "id_number": who.id_number, "phone": who.phone, "relation": who.relation}
    else:
        row["held"] = {}
    return row


def _applicant(who: Applicant) -> Row:
    birth = who.birth_date.isoformat() if who.birth_date else str(who.birth_year or "")
    return {
        "full_name": who.full_name, "id_number": who.id_number, "birth": birth, "sex": who.sex.value if who.sex else "",
        "address": who.address, "phone": who.phone, "email": who.email}


def _papers(uow: UnitOfWork, dossier: Dossier) -> Iterator[Row]:
    """Yield papers that were handed in, and scans with how long they are kept and whether they were destroyed."""
    scans = uow.papers.of_dossier(dossier.dossier_id)
    for line in dossier.documents:
        yield {"code": dossier.code, "paper": line.name, "kind": "handed_in", "sheets": line.original + line.copy + line.photocopy}
    for scan in scans:
        stored = uow.files.get(scan.stored_id)
        yield {
            "code": dossier.code, "paper": scan.paper, "kind": "scan", "at": write_local(scan.filed_at), "pages": scan.pages,
            "kept_until": scan.kept_until.isoformat() if scan.kept_until else None,
            "archived_on": scan.archived_on.isoformat() if scan.archived_on else None,
            "destroyed_at": write_local(stored.destroyed_at) if stored and stored.destroyed_at else None}
    for made in uow.prints.of_dossier(dossier.dossier_id):
        yield {"code": dossier.code, "paper": made.form, "kind": "printed", "at": write_local(made.printed_at)}


def _contacts(uow: UnitOfWork, dossier: Dossier) -> Iterator[Row]:
    """Yield messages, complaints and payments."""
    for message in uow.messages.of_dossier(dossier.dossier_id):
        yield {"code": dossier.code, "kind": f"message_{message.channel}", "at": write_local(message.queued_at), "to": message.recipient,
               "text": message.body, "state": message.state.value}
    for complaint in uow.complaints.of_dossier(dossier.dossier_id):
        yield {"code": dossier.code, "kind": "complaint", "at": write_local(complaint.received_at), "to": complaint.phone,
               "text": complaint.body}
    for paid in uow.payments.of_dossier(dossier.dossier_id):
        yield {"code": dossier.code, "kind": "payment", "at": write_local(paid.at), "amount_vnd": paid.amount_vnd,
               "method": paid.method.value}


def _given(uow: UnitOfWork, dossier: Dossier) -> Iterator[Row]:
    """Yield to whom the dossier or its data went: units of the commune, whoever took the result, the province."""
    deliveries = uow.outbox.of_dossier(dossier.dossier_id)
    sent = 0
    for event in uow.events.of_dossier(dossier.dossier_id):
        delivery = deliveries.get(event.op_id)
        sent += delivery is not None and delivery.state == "province_has"
        if whom := _whom(event.type, event.facts):
            yield {"code": dossier.code, "at": write_local(event.occurred_at), **whom}
    if sent:
        yield {"code": dossier.code, "kind": "province", "to": "", "records": sent}
    if dossier.given_to:
        yield {"code": dossier.code, "kind": "other_agency", "to": dossier.given_to}


def _whom(kind: str, facts: Mapping[str, Any]) -> Row:
    if kind == e.DOSSIER_HANDED_OVER and facts.get("direction") != "to_desk":
        return {"kind": "unit", "to": str(facts.get("to_unit", ""))}
    if kind == e.RESULT_RETURNED:
        return {"kind": "result", "to": str((facts.get("receiver") or {}).get("name", ""))}
    return {}


def _looks(uow: UnitOfWork, codes: Mapping[str, str]) -> Iterable[Row]:
    """Yield who opened, printed, gave away or changed one of the dossiers, from the audit trail."""
    people = {user.user_id: user.full_name for user in uow.users.all()}
    for entry in uow.audit.about(list(codes)):
        yield {
            "code": codes[entry.subject], "at": write_local(entry.at), "who": people.get(entry.user_id, entry.user_id), "act": entry.action,
            "kind": kind_of(entry.action).value}
