"""Whether the audit trail, the events and what acts left behind tell of the same: what is gone from one of them shows in another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from counter_app.domain.errors import Problem
from counter_app.domain.events import DOSSIER_IMPORTED, DOSSIER_RECEIVED, FEE_COLLECTED, FEE_REVERSED, SLIP_PRINTED, AuditEntry, Event
from counter_app.services.ports import UnitOfWork
from counter_app.services.repositories_reports import fingerprint
from counter_app.services.verifying_books import EVER, Step

Told = tuple[Any, ...]
_BEGINNINGS = frozenset({DOSSIER_RECEIVED, DOSSIER_IMPORTED})


def audit_entries(uow: UnitOfWork) -> Iterator[AuditEntry]:
    """Yield the whole audit trail, in constant memory."""
    first = 1
    while entries := uow.audit.entries(first):
        yield from entries
        first = entries[-1].seq + 1


def acts(uow: UnitOfWork) -> Iterator[Step]:
    """Each event is on the audit trail and each act on the trail is an event; no dossier whose life began is gone."""
    recorded = (_event(event) for event in uow.events.everything() if event.type != DOSSIER_IMPORTED)
    noted = ((entry.details["op_id"], entry.action, entry.subject) for entry in audit_entries(uow) if "op_id" in entry.details)
    for alone in unpaired(recorded, noted):
        yield (_code(uow, alone[2]) or alone[0], Problem("VERIFY_ACT", None, {"type": alone[1]})) if alone else None
    yield from _beginnings(uow)


def _beginnings(uow: UnitOfWork) -> Iterator[Step]:
    for event in uow.events.everything():
        gone = event.type in _BEGINNINGS and uow.dossiers.get(event.dossier_id or "") is None
        yield (event.dossier_id or "", Problem("VERIFY_NO_DOSSIER", None, {"id": event.dossier_id or ""})) if gone else None


def _event(event: Event) -> Told:
    return event.op_id, event.type, event.dossier_id or ""


def _code(uow: UnitOfWork, dossier_id: str) -> str:
    dossier = uow.dossiers.get(dossier_id)
    return dossier.code if dossier else dossier_id


def unpaired(ours: Iterable[Told], theirs: Iterable[Told]) -> Iterator[Told | None]:
    """Yield None for each thing looked at, then what only one side tells.

    It takes next to no memory where both sides tell about the same in about the same order.
    """
    alone: set[Told] = set()
    for pair in zip_longest(ours, theirs):
        for each in pair:
            alone ^= set() if each is None else {each}
        yield None
    yield from sorted(alone)


def money_events(uow: UnitOfWork) -> Iterator[Step]:
    """Each payment and each repayment is what its event says: whose, for which line, how much, by whom, when."""
    signs = {FEE_COLLECTED: 1, FEE_REVERSED: -1}
    said = (
        (each.op_id, each.dossier_id, each.facts["fee_line_id"], signs[each.type] * int(each.facts["amount_vnd"]), each.actor.user_id,
         each.occurred_at)
        for each in uow.events.everything() if each.type in signs)
    paid = (
        (each.op_id or "", each.dossier_id, each.fee_line_id, each.amount_vnd, each.collector, each.at)
        for each in uow.payments.between(*EVER) if each.amount_vnd)
    for alone in unpaired(said, paid):
        yield _paid_otherwise(_code(uow, alone[1])) if alone else None


def _paid_otherwise(code: str) -> Step:
    return code, Problem("VERIFY_PAID_OTHERWISE", None, {"code": code})


def prints(uow: UnitOfWork) -> Iterator[Step]:
    """Each document that an event says was printed is among the prints of its dossier, of a batch that this was handed over in, or of a
    dossier that the same receipt was for.
    """
    owners: dict[str, set[str]] = {}
    for subject, sha256 in uow.prints.hashes():
        owners.setdefault(sha256, set()).add(subject)
    for event in uow.events.everything():
        if event.type == SLIP_PRINTED:
            found = owners.get(event.facts["document_sha256"], set())
            own = event.dossier_id in found or not found.isdisjoint(_batches(uow, event))
            there = own or any(_shares(uow, event, subject) for subject in found)
            code, form = str(event.facts["code"]), str(event.facts["form"])
            yield None if there else (code, Problem("VERIFY_NO_PRINT", None, {"code": code, "form": form}))


def _shares(uow: UnitOfWork, event: Event, owner: str) -> bool:
    """Tell whether another dossier says of itself that the same paper was printed: results given back together have one receipt."""
    same = event.facts["document_sha256"]
    return any(each.type == SLIP_PRINTED and each.facts["document_sha256"] == same for each in uow.events.of_dossier(owner))


def _batches(uow: UnitOfWork, event: Event) -> list[str]:
    dossier = uow.dossiers.get(event.dossier_id or "")
    return [each.batch_id for each in dossier.hand_overs] if dossier else []


def left_behind(uow: UnitOfWork) -> Iterator[Step]:
    """What the audit trail says was closed, struck, counted or sent is so, and a report that was sent is what was sent."""
    for entry in audit_entries(uow):
        if holds := _LEFT.get(entry.action):
            sound = holds(uow, entry.subject, entry.details)
            yield None if sound else (f"audit/{entry.seq}", Problem("VERIFY_UNDONE", None, {"seq": entry.seq, "action": entry.action}))


def _year_closed(uow: UnitOfWork, subject: str, details: Mapping[str, Any]) -> bool:
    book, year, volume = _volume(subject)
    found = next((each for each in uow.logbooks.volumes(book, year) if each.volume == volume), None)
    return found is not None and found.closed_on is not None and found.lines == details["lines"]


def _line_struck(uow: UnitOfWork, subject: str, details: Mapping[str, Any]) -> bool:
    book, year, volume = _volume(subject)
    found = uow.logbooks.lines(book, year, volume, first=int(details["ordinal"]), count=1)
    return bool(found) and found[0].place.ordinal == details["ordinal"] and found[0].struck_on is not None


def _counted(uow: UnitOfWork, subject: str, details: Mapping[str, Any]) -> bool:
    return len(uow.payments.of_count(subject)) == int(details["payments"])


def _frozen(uow: UnitOfWork, subject: str, details: Mapping[str, Any]) -> bool:
    same = (each for each in uow.reports.sent() if (each.name, each.sha256) == (subject, details["sha256"]))
    return any(fingerprint(each.content) == each.sha256 for each in same)


def _volume(subject: str) -> tuple[str, int, int]:
    book, year, volume = subject.rsplit("/", 2)
    return book, int(year), int(volume)


_LEFT: dict[str, Callable[[UnitOfWork, str, Mapping[str, Any]], bool]] = {
    "book.year_closed": _year_closed, "book.line_struck": _line_struck, "cash.counted": _counted, "report.frozen": _frozen,
}
"""What must be there still, by the action of the audit entry."""
