"""When something was last written down at the desk: a clock that stands before that was set back, as by a dead battery."""

from __future__ import annotations

from datetime import datetime, timedelta

from counter_app.domain.errors import Problem
from counter_app.services.ports import UnitOfWork

CLOCK_SLACK = timedelta(minutes=5)
"""So far the clocks of two counters may differ."""
RECENT_ACTS = 100
"""So many lines of the trail are looked at: logging in under a wrong clock hides nothing, and a day that was too late is forgotten soon."""


def newest_act(uow: UnitOfWork) -> datetime | None:
    """Return the latest time among the last lines of the audit trail, or None for an empty one."""
    last, _ = uow.audit.head()
    return max((entry.at for entry in uow.audit.entries(max(1, last - RECENT_ACTS + 1), RECENT_ACTS)), default=None)


def is_behind(now: datetime, newest: datetime) -> bool:
    """Tell whether the clock stands before what was written down already."""
    return now < newest - CLOCK_SLACK


def clock_warnings(uow: UnitOfWork, now: datetime) -> tuple[Problem, ...]:
    """Return CLOCK_BEHIND_DESK where the clock was set back, else nothing: what is printed now would bear a wrong day."""
    newest = newest_act(uow)
    if newest is None or not is_behind(now, newest):
        return ()
    return (Problem("CLOCK_BEHIND_DESK", None, {"now": f"{now:%H:%M %d/%m/%Y}", "time": f"{newest:%H:%M %d/%m/%Y}"}),)
