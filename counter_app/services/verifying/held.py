"""Whether accounts, complaints, catalogue, calendar, settings, messages and second typing are what the trail last noted of them.

Of messages and second typing there may be hundreds of thousands: they are looked at on the way, in constant memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from heapq import merge
from typing import Any

from counter_app.domain.errors import Problem
from counter_app.domain.events import AuditEntry
from counter_app.services.ports import UnitOfWork
from counter_app.services.trail.row_notes import (
    ACCOUNT,
    COMPLAINT,
    DROPPED,
    HOLDS,
    MESSAGE,
    OPENED,
    QUEUED,
    SETTING,
    TYPED,
    digest,
    found,
    opened_digest,
    queued_digest,
)
from counter_app.services.verifying.books import Step
from counter_app.services.verifying.trail import Alone, Side, Told, audit_entries, unpaired

_SAVED = frozenset({"deadlines.saved", "reports.set", "messages.settings"})
"""Acts whose entry is what was saved."""
_MADE, _DESK_MADE = "user.added", "desk.created"
_ENDED = frozenset({MESSAGE, TYPED, DROPPED})
"""Kinds that are noted once, at their end."""
_BEGUN = frozenset({QUEUED, OPENED})
"""Kinds that are noted once, at their beginning."""
_FROM_THE_FIRST_DAY = "/serial_first"
"""Ends the name of what the desk notes of its profile since it notes everything here from its beginning to its end."""
EVERY_COMPLAINT = 1_000_000
"""More than a desk ever gets."""


def held(uow: UnitOfWork) -> Iterator[Step]:
    """Each thing is what the trail noted last, and no account or complaint is there that it never noted."""
    last: dict[str, str] = {}
    made, complaints, has_begun = set[str](), set[str](), False
    for entry in audit_entries(uow):
        last |= {place: noted for place, noted in entry.details.get(HOLDS, {}).items() if _kind(place) not in _ENDED | _BEGUN}
        if entry.action in _SAVED:
            last[f"{SETTING}/{entry.subject}"] = digest(dict(entry.details))
        complaints.add(str(entry.details.get("complaint", "")))
        made.add({_MADE: entry.subject, _DESK_MADE: entry.user_id}.get(entry.action, ""))
        has_begun = has_begun or entry.action == _DESK_MADE
    for place, noted in last.items():
        yield _compared(place, noted, found(uow, place))
    yield from _never_noted(uow, made if has_begun else None, complaints)


def _never_noted(uow: UnitOfWork, made: Container[str] | None, complaints: Container[str]) -> Iterator[Step]:
    """Look for accounts and complaints that the trail knows nothing of; ``made`` None: it does not tell of the first account."""
    if made is not None:
        for user in uow.users.all():
            yield None if user.user_id in made else _told("VERIFY_HELD_ADDED", f"{ACCOUNT}/{user.user_id}")
    for complaint in uow.complaints.listed(is_open=False, limit=EVERY_COMPLAINT):
        known = complaint.complaint_id in complaints
        yield None if known else _told("VERIFY_HELD_ADDED", f"{COMPLAINT}/{complaint.complaint_id}")


def ended(uow: UnitOfWork) -> Iterator[Step]:
    """Each message and each second typing that was ended is what the trail noted of it then, and none ended without a note."""
    counted: Counter[str] = Counter()
    notes_all = False
    for entry in audit_entries(uow):
        notes = entry.details.get(HOLDS, {})
        notes_all = notes_all or _notes_all(entry)
        for place, noted in notes.items():
            if _kind(place) in _ENDED:
                counted[_kind(place)] += 1
                yield _compared(place, noted, found(uow, place))
    if notes_all:  # a desk made by an earlier version ended some unnoted
        yield from _unnoted(uow, counted)


def _unnoted(uow: UnitOfWork, counted: Counter[str]) -> Iterator[Step]:
    """What was noted is there, so that more than that was put in; only then it is asked which."""
    for (kind, *others), ids in (((MESSAGE,), uow.messages.ended), ((TYPED, DROPPED), uow.typing_tasks.ended)):
        if sum(1 for _ in ids()) > sum(counted[each] for each in (kind, *others)):
            known = _noted_ids(uow, {kind, *others})
            yield from (_told("VERIFY_HELD_ADDED", f"{kind}/{each}") for each in ids() if each not in known)


def begun(uow: UnitOfWork) -> Iterator[Step]:
    """Each message and each second typing is, but for how it ended, what the trail noted at its beginning, and none began without.

    One reading of the trail, the messages and the tasks side by side: ids are by time, as the trail is. What was ended, too, is held
    against the note of that.
    """
    first = _first_noted(uow)
    differing = list[Alone]()
    for alone in unpaired(_noted(uow), (told for told in _kept(uow) if first is not None and _id_of(told) >= first)):
        if alone is None:
            yield None
        else:
            differing.append(alone)
    yield from _unexplained(uow, differing) if differing else ()


def _unexplained(uow: UnitOfWork, differing: Sequence[Alone]) -> Iterator[Step]:
    """Tell what is neither held to the note of its end, nor there under an earlier id than the first one noted: another computer made it,
    or a clock that was set back.
    """
    ended_ids, gone = _noted_ids(uow, _ENDED), {each.told for each in differing if each.side is Side.FIRST}
    earlier = {told for told in _kept(uow) if told in gone}
    for each in differing:
        if each.told not in earlier and _id_of(each.told) not in ended_ids:
            yield _told(_DIFFERS[each.side], each.told[0])


def _kept(uow: UnitOfWork) -> Iterator[Told]:
    return merge(
        ((f"{QUEUED}/{each.message_id}", queued_digest(each)) for each in uow.messages.everything()),
        ((f"{OPENED}/{each.task_id}", opened_digest(each)) for each in uow.typing_tasks.everything()), key=_id_of)


_DIFFERS = {Side.FIRST: "VERIFY_HELD_GONE", Side.SECOND: "VERIFY_HELD_ADDED", Side.BOTH: "VERIFY_HELD"}


def _first_noted(uow: UnitOfWork) -> str | None:
    """Return the least id that was noted at its beginning; an empty one where the desk noted each from its first day on."""
    for entry in audit_entries(uow):
        if _notes_all(entry):
            return ""
        if ids := [_id(place) for place in entry.details.get(HOLDS, {}) if _kind(place) in _BEGUN]:
            return min(ids)
    return None


def _notes_all(entry: AuditEntry) -> bool:
    return entry.action == _DESK_MADE and any(place.endswith(_FROM_THE_FIRST_DAY) for place in entry.details.get(HOLDS, {}))


def _noted(uow: UnitOfWork) -> Iterator[Told]:
    for entry in audit_entries(uow):
        yield from (note for note in entry.details.get(HOLDS, {}).items() if _kind(note[0]) in _BEGUN)


def _noted_ids(uow: UnitOfWork, kinds: Container[str]) -> frozenset[str]:
    return frozenset(
        _id(place) for entry in audit_entries(uow) for place in entry.details.get(HOLDS, {}) if _kind(place) in kinds)


def _id_of(told: Told) -> str:
    return _id(told[0])


def _kind(place: str) -> str:
    return place.partition("/")[0]


def _id(place: str) -> str:
    return place.partition("/")[2]


def _compared(place: str, noted: Any, now: str | None) -> Step:  # noqa: ANN401  of a trail that any hand may have written
    if now is None:
        return _told("VERIFY_HELD_GONE", place)
    return None if now == noted else _told("VERIFY_HELD", place)


def _told(code: str, place: str) -> Step:
    return place, Problem(code, None, {"place": place})
