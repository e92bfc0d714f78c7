"""Whether accounts, complaints, catalogue, calendar, settings, messages and second typing are what the trail last noted of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from typing import Any

from counter_app.domain.errors import Problem
from counter_app.services.ports import UnitOfWork
from counter_app.services.trail.row_notes import (
    ACCOUNT,
    COMPLAINT,
    DROPPED,
    HOLDS,
    MESSAGE,
    PROFILE,
    SETTING,
    TYPED,
    digest,
    found,
)
from counter_app.services.verifying.books import Step
from counter_app.services.verifying.trail import audit_entries

_SAVED = frozenset({"deadlines.saved", "reports.set", "messages.settings"})
"""Acts whose entry is what was saved."""
_MADE, _DESK_MADE = "user.added", "desk.created"
_ENDED = frozenset({MESSAGE, TYPED, DROPPED})
"""Kinds that are noted once, at their end: they are looked at on the way, for there may be hundreds of thousands."""
EVERY_COMPLAINT = 1_000_000
"""More than a desk ever gets."""


def held(uow: UnitOfWork) -> Iterator[Step]:
    """Each thing is what the trail noted last, and no account or complaint is there that it never noted."""
    last: dict[str, str] = {}
    made, complaints, has_begun = set[str](), set[str](), False
    for entry in audit_entries(uow):
        last |= {place: noted for place, noted in entry.details.get(HOLDS, {}).items() if _kind(place) not in _ENDED}
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
    """Each message and each second typing that a person ended is what the trail noted of it then, and none ended without a note."""
    counted: Counter[str] = Counter()
    notes_all = False
    for entry in audit_entries(uow):
        notes = entry.details.get(HOLDS, {})
        notes_all = notes_all or (entry.action == _DESK_MADE and any(_kind(place) == PROFILE for place in notes))
        for place, noted in notes.items():
            if _kind(place) in _ENDED:
                counted[_kind(place)] += 1
                yield _compared(place, noted, found(uow, place))
    if notes_all:  # a desk made by an earlier version ended some unnoted
        yield from _unnoted(uow, counted)


def _unnoted(uow: UnitOfWork, counted: Counter[str]) -> Iterator[Step]:
    """What was noted is there, so that more than that was put in; only then it is asked which."""
    for kind, ids in ((MESSAGE, uow.messages.ended), (TYPED, uow.typing_tasks.ended)):
        if sum(1 for _ in ids()) > counted[kind]:
            known = {place for entry in audit_entries(uow) for place in entry.details.get(HOLDS, {}) if _kind(place) == kind}
            yield from (_told("VERIFY_HELD_ADDED", f"{kind}/{each}") for each in ids() if f"{kind}/{each}" not in known)


def _kind(place: str) -> str:
    return place.partition("/")[0]


def _compared(place: str, noted: Any, now: str | None) -> Step:  # noqa: ANN401  of a trail that any hand may have written
    if now is None:
        return _told("VERIFY_HELD_GONE", place)
    return None if now == noted else _told("VERIFY_HELD", place)


def _told(code: str, place: str) -> Step:
    return place, Problem(code, None, {"place": place})
