"""Whether accounts, complaints, catalogue, calendar and settings are what the trail last noted of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_app.domain.errors import Problem
from counter_app.services.ports import UnitOfWork
from counter_app.services.trail.row_notes import ACCOUNT, COMPLAINT, HOLDS, SETTING, digest, found
from counter_app.services.verifying.books import Step
from counter_app.services.verifying.trail import audit_entries

_SAVED = frozenset({"deadlines.saved", "reports.set", "messages.settings"})
"""Acts whose entry is what was saved."""
_MADE, _DESK_MADE = "user.added", "desk.created"
EVERY_COMPLAINT = 1_000_000
"""More than a desk ever gets."""


def held(uow: UnitOfWork) -> Iterator[Step]:
    """Each thing is what the trail noted last, and no account or complaint is there that it never noted."""
    last: dict[str, str] = {}
    made, complaints, has_begun = set[str](), set[str](), False
    for entry in audit_entries(uow):
        last |= entry.details.get(HOLDS, {})
        if entry.action in _SAVED:
            last[f"{SETTING}/{entry.subject}"] = digest(dict(entry.details))
        complaints.add(str(entry.details.get("complaint", "")))
        made.add({_MADE: entry.subject, _DESK_MADE: entry.user_id}.get(entry.action, ""))
        has_begun = has_begun or entry.action == _DESK_MADE
    for place, noted in last.items():
        yield _compared(place, noted, found(uow, place))
    for user in uow.users.all() if has_begun else ():
        yield None if user.user_id in made else _told("VERIFY_HELD_ADDED", f"{ACCOUNT}/{user.user_id}")
    for complaint in uow.complaints.listed(is_open=False, limit=EVERY_COMPLAINT):
        known = complaint.complaint_id in complaints
        yield None if known else _told("VERIFY_HELD_ADDED", f"{COMPLAINT}/{complaint.complaint_id}")


def _compared(place: str, noted: Any, now: str | None) -> Step:  # noqa: ANN401  of a trail that any hand may have written
    if now is None:
        return _told("VERIFY_HELD_GONE", place)
    return None if now == noted else _told("VERIFY_HELD", place)


def _told(code: str, place: str) -> Step:
    return place, Problem(code, None, {"place": place})
