"""Whether the audit trail, the events and what acts left behind tell of the same: what is gone from one of them shows in another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import dropwhile, zip_longest
from typing import Any

from counter_app.domain.canonical import envelope, op_hash
from counter_app.domain.errors import Problem
from counter_app.domain.events import (
    DOSSIER_IMPORTED,
    DOSSIER_RECEIVED,
    FEE_COLLECTED,
    FEE_REVERSED,
    SLIP_PRINTED,
    AuditEntry,
    Event,
    JsonObject,
)
from counter_app.services.ports import UnitOfWork
from counter_app.services.recording import LOOKS
from counter_app.services.repositories.reports import fingerprint
from counter_app.services.trail.print_notes import noted
from counter_app.services.verifying.books import EVER, Step

Told = tuple[Any, ...]
"""What one side tells of a thing; its name comes first."""
_BEGINNINGS = frozenset({DOSSIER_RECEIVED, DOSSIER_IMPORTED})


def audit_entries(uow: UnitOfWork) -> Iterator[AuditEntry]:
    """Yield the whole audit trail, in constant memory."""
    first = 1
    while entries := uow.audit.entries(first):
        yield from entries
        first = entries[-1].seq + 1


def acts(uow: UnitOfWork) -> Iterator[Step]:
    """Each event is on the audit trail and each act on the trail is an event; no dossier whose life began is gone."""
    recorded = (_event(event) for event in _recorded(uow))
    noted = (
        (entry.details["op_id"], entry.action, entry.subject) for entry in audit_entries(uow)
        if "op_id" in entry.details and entry.action not in LOOKS)  # who only looked at an act names it too
    unnoted = dict[str, Told]()
    for alone in unpaired(recorded, noted):
        if alone is None:
            yield None
        elif alone.side is Side.FIRST:
            unnoted[alone.told[0]] = alone.told
        else:
            yield _act(uow, "VERIFY_ACT" if alone.side is Side.BOTH else "VERIFY_ACT_GONE", alone.told)
    yield from _unnoted(uow, unnoted) if unnoted else ()
    yield from _beginnings(uow)


def _unnoted(uow: UnitOfWork, unnoted: Mapping[str, Told]) -> Iterator[Step]:
    newest = _newest(uow, unnoted)
    for op_id, told in unnoted.items():
        yield _act(uow, "VERIFY_ACT_UNNOTED" if op_id in newest else "VERIFY_ACT_ADDED", told)


def _recorded(uow: UnitOfWork) -> Iterator[Event]:
    return (event for event in uow.events.everything() if event.type != DOSSIER_IMPORTED)


def _newest(uow: UnitOfWork, unnoted: Mapping[str, Told]) -> frozenset[str]:
    """Return the unnoted events in their lane that no noted one came after: the end of the trail is gone. Others were put in."""
    last: set[str] = set()
    for event in _recorded(uow):
        if event.op_id not in unnoted:
            last.clear()
        elif says_what_it_said(event):
            last.add(event.op_id)
    return frozenset(last)


def says_what_it_said(event: Event) -> bool:
    """Tell whether an event is an op with the hash of what it says."""
    try:
        op: JsonObject = envelope(event)
        return op_hash(op) == str(op["hash"])
    except ValueError:  # no op, or a text that no op can have
        return False


def _act(uow: UnitOfWork, code: str, told: Told) -> Step:
    return _code(uow, told[2]) or told[0], Problem(code, None, {"type": told[1]})


def _beginnings(uow: UnitOfWork) -> Iterator[Step]:
    for event in uow.events.everything():
        gone = event.type in _BEGINNINGS and uow.dossiers.get(event.dossier_id or "") is None
        yield (event.dossier_id or "", Problem("VERIFY_NO_DOSSIER", None, {"id": event.dossier_id or ""})) if gone else None


def _event(event: Event) -> Told:
    return event.op_id, event.type, event.dossier_id or ""


def _code(uow: UnitOfWork, dossier_id: str) -> str:
    dossier = uow.dossiers.get(dossier_id)
    return dossier.code if dossier else dossier_id


class Side(Enum):
    """Who tells of a thing that the two sides don't tell the same of."""

    FIRST = auto()
    SECOND = auto()
    BOTH = auto()


@dataclass(frozen=True, slots=True)
class Alone:
    """A thing that the sides don't tell the same of, as the first of those that know it tells of it."""

    told: Told
    side: Side


def unpaired(ours: Iterable[Told], theirs: Iterable[Told]) -> Iterator[Alone | None]:
    """Yield None for each thing looked at, then what only one side tells, or what both tell otherwise.

    It takes next to no memory where both sides tell about the same in about the same order.
    """
    alone: dict[Told, Side] = {}
    for pair in zip_longest(ours, theirs):
        for told, side in zip(pair, (Side.FIRST, Side.SECOND), strict=True):
            if told is not None and alone.pop(told, None) is None:
                alone[told] = side
        yield None
    found: dict[str, Alone] = {}
    for told, side in sorted(alone.items(), key=_first_side_first):
        known = found.get(told[0])
        found[told[0]] = Alone(told, side) if known is None else Alone(known.told, Side.BOTH if known.side is not side else side)
    yield from found.values()


def _first_side_first(item: tuple[Told, Side]) -> tuple[str, int]:
    return str(item[0][0]), item[1].value


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
        yield _paid(_code(uow, alone.told[1]), alone.side) if alone else None


def _paid(code: str, side: Side) -> Step:
    what = {Side.FIRST: "VERIFY_PAID_GONE", Side.SECOND: "VERIFY_PAID_ADDED", Side.BOTH: "VERIFY_PAID_OTHERWISE"}[side]
    return code, Problem(what, None, {"code": code})


def prints(uow: UnitOfWork) -> Iterator[Step]:
    """Each document that an event says was printed is among the prints of its dossier, of a batch that this was handed over in, or of a
    dossier that the same receipt was for.
    """
    owners: dict[str, set[str]] = {}
    for kept in uow.prints.everything():
        owners.setdefault(kept.sha256, set()).add(kept.dossier_id)
    for event in uow.events.everything():
        if event.type == SLIP_PRINTED:
            found = owners.get(event.facts["document_sha256"], set())
            own = event.dossier_id in found or not found.isdisjoint(_batches(uow, event))
            there = own or any(_shares(uow, event, subject) for subject in found)
            code, form = str(event.facts["code"]), str(event.facts["form"])
            yield None if there else (code, Problem("VERIFY_NO_PRINT", None, {"code": code, "form": form}))


def contents(uow: UnitOfWork) -> Iterator[Step]:
    """Each print is what the trail noted of it when it was stored, and none was stored unnoted since the trail notes them."""
    first = next((print_id for print_id, _ in _noted_prints(uow)), None)
    kept = dropwhile(lambda told: told[0] != first, (tuple(noted(form).values()) for form in uow.prints.everything()))
    unnoted = set[str]()
    for alone in unpaired(_noted_prints(uow), kept):
        if alone is None:
            yield None
        elif alone.side is Side.SECOND:
            unnoted.add(alone.told[0])
        else:
            yield _print("VERIFY_PRINT_CONTENT" if alone.side is Side.BOTH else "VERIFY_PRINT_GONE", alone.told[0])
    yield from _unnoted_prints(uow, unnoted) if unnoted else ()


def _unnoted_prints(uow: UnitOfWork, unnoted: set[str]) -> Iterator[Step]:
    """Of a print that an event tells of the trail's note is gone, which the check of acts tells."""
    for form in uow.prints.everything():
        if form.print_id in unnoted and not _says_it_was_printed(uow, form.dossier_id, form.sha256):
            yield _print("VERIFY_PRINT_ADDED", form.print_id)


def _print(code: str, print_id: str) -> Step:
    return print_id, Problem(code, None, {"print": print_id})


def _noted_prints(uow: UnitOfWork) -> Iterator[Told]:
    of_prints = (entry.details for entry in audit_entries(uow) if "print_sha256" in entry.details)
    return ((details["print"], details["print_sha256"]) for details in of_prints)


def _shares(uow: UnitOfWork, event: Event, owner: str) -> bool:
    """Tell whether another dossier says of itself that the same paper was printed: results given back together have one receipt."""
    return _says_it_was_printed(uow, owner, event.facts["document_sha256"])


def _says_it_was_printed(uow: UnitOfWork, dossier_id: str, sha256: str) -> bool:
    return any(each.type == SLIP_PRINTED and each.facts["document_sha256"] == sha256 for each in uow.events.of_dossier(dossier_id))


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
