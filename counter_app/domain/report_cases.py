"""How a dossier counts in a report: the counting rules of the domain guide 12, for one dossier and one period.

A report never looks at what a dossier is today but at what it was in the period: the due time that was in force then, the papers that
were awaited then.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from counter_app.domain.deadline import classify
from counter_app.domain.moments import day_of
from counter_app.domain.report_periods import Period

DueChanges = tuple[tuple[datetime, datetime | None], ...]
Waits = tuple[tuple[datetime, datetime | None], ...]
WITHDRAWN_OR_HALTED = frozenset({"withdrawn", "halted"})
WITH_RESULT = frozenset({"result_ready", "returned"})


class Case(NamedTuple):
    """What reports need of a dossier. ``number`` is its place in the order of entry; nobody is named.

    ``accepted`` False: it was filed and never received. ``changes`` are all due times with the moments they were set at, empty where there
    was only ``due_at``; ``waits`` run from a request for papers to their coming in. ``paid`` is online, direct, or empty where nothing was
    paid in the period. ``finished_at`` is the first of result ready, returned, refused, withdrawn or halted.
    """

    number: int
    field: str
    procedure: str
    channel: str
    status: str
    received_at: datetime
    finished_at: datetime | None = None
    due_at: datetime | None = None
    accepted: bool = True
    online_level: str = ""
    out_of_area: bool = False
    on_the_spot: bool = False
    apology_at: datetime | None = None
    has_fee: bool = False
    changes: DueChanges = ()
    waits: Waits = ()
    paid: str = ""


Marks = tuple[str, ...]
"""The columns of a table that a dossier counts in."""
Rule = Callable[[Case, Period], Marks]
NONE: Marks = ()


def counts(case: Case, period: Period) -> bool:
    """Tell whether a dossier counts at all: received by the end of the period and not closed before its start."""
    return case.accepted and case.received_at < period.ends and (case.finished_at is None or case.finished_at >= period.begins)


def has_result(case: Case, period: Period) -> bool:
    """Tell whether a dossier got its result in the period, and not an end without one."""
    return counts(case, period) and case.status in WITH_RESULT and case.finished_at is not None and case.finished_at < period.ends


def due_in_force(case: Case, at: datetime) -> datetime | None:
    """Return the due time that held at a moment: the last one set by then. The first one counts from the receipt."""
    if not case.changes:
        return case.due_at
    held = case.changes[0][1]
    for set_at, due_at in case.changes[1:]:
        if set_at > at:
            break
        held = due_at
    return held


def came_by(case: Case, period: Period) -> str:
    """Return carried (received before the start), online, or direct (at the desk or by post)."""
    if case.received_at < period.begins:
        return "carried"
    return "online" if case.channel == "online" else "direct"


def closing(case: Case) -> str:
    """Return early, on_time or late of a dossier that is closed, by date, against the due time in force when it was.

    Without a due time it is on time; so are the withdrawn and the halted, unless it was after the due date.
    """
    if case.finished_at is None:
        raise ValueError("the dossier is not closed")
    found = classify(case.finished_at, due_in_force(case, case.finished_at))
    if found == "early" and case.status in WITHDRAWN_OR_HALTED:
        return "on_time"
    return "late" if found == "overdue" else found


def awaits_papers(case: Case, before: datetime) -> bool:
    """Tell whether a request for papers was open just before a moment."""
    return any(asked < before and (came is None or came >= before) for asked, came in case.waits)


def is_overdue(case: Case, period: Period) -> bool:
    """Tell whether a dossier that is open at the end of the period was due before its last day, and no papers were awaited."""
    due_at = due_in_force(case, last_moment(period))
    return due_at is not None and day_of(due_at) < period.end and not awaits_papers(case, period.ends)


def last_moment(period: Period) -> datetime:
    """Return the last second of a period; moments of the desk have no fractions."""
    return period.ends.replace(microsecond=0) - _SECOND


def stands(case: Case, period: Period) -> str:
    """Return early, on_time or late of a dossier closed in the period, in_time or overdue of one that is open at its end."""
    if case.finished_at is not None and case.finished_at < period.ends:
        return closing(case)
    return "overdue" if is_overdue(case, period) else "in_time"


_SECOND = datetime.resolution * 1_000_000
_CAME = {"online": ("c3", "c4"), "direct": ("c3", "c5"), "carried": ("c3", "c6")}
_STANDS = {"early": ("c7", "c8"), "on_time": ("c7", "c9"), "late": ("c7", "c10"), "in_time": ("c11", "c12"), "overdue": ("c11", "c13")}
_MARKS = {(came, stood): _CAME[came] + _STANDS[stood] for came in _CAME for stood in _STANDS}


def marks_06a(case: Case, period: Period) -> Marks:
    """Return the columns of II.06a/VPCP/KSTT that a dossier counts in: ``c3`` to ``c13`` are the columns (3) to (13) of the form."""
    if not counts(case, period):
        return NONE
    return _MARKS[came_by(case, period), stands(case, period)]


def marks_load(case: Case, period: Period) -> Marks:
    """Return the hour of the day at which a dossier of the period was received, and the total of its weekday."""
    if not (case.accepted and period.begins <= case.received_at < period.ends):
        return NONE
    return "total", f"h{case.received_at.hour}"


def marks_on_the_spot(case: Case, period: Period) -> Marks:
    """Return whether a dossier with a result in the period was received, decided and returned in one go ("4 tại chỗ")."""
    if not counts(case, period) or case.status in WITHDRAWN_OR_HALTED or case.status == "not_accepted":
        return NONE
    if case.finished_at is None or case.finished_at >= period.ends:
        return NONE
    same_day = ("same_day",) if day_of(case.finished_at) == day_of(case.received_at) else ()
    return ("resolved", *(("on_the_spot",) if case.on_the_spot else ()), *same_day)
