"""When a copy is due, which copies stay, and when one place is not enough. Plain rules over times."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

RETRY = timedelta(minutes=30)
"""How soon a place that took no copy is tried again: a stick may be in by then."""
STALE = timedelta(days=3)
"""So old the newest copy on another disk may be, a week-end included, before the desk says that there is only one copy."""
REHEARSE_EVERY = timedelta(days=30)
REHEARSE_AGAIN = timedelta(days=1)
"""How soon a rehearsal that found something is repeated."""


class Why(StrEnum):
    """What made a copy due."""

    START = "start"
    TIME = "time"
    CLOSE = "close"
    UPDATE = "update"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Keep:
    """How many copies of a place stay: the newest ones, and the last one of so many days, weeks and months that have any."""

    newest: int = 3
    days: int = 7
    weeks: int = 5
    months: int = 12


LOCAL_KEEP = Keep(newest=2, days=0, weeks=0, months=0)
"""Of the copies on the desk's own disk, one a day and one before an update: a way back, but they share the disk's fate and its room."""
SPARE_KEEP = Keep(newest=1, days=1, weeks=1, months=1)
"""What stays in a place that is full: a new copy is worth more than many old ones."""


def due(times: Iterable[time], now: datetime, last: datetime | None) -> Why | None:
    """Tell why a place needs a copy now; None where its last one is newer than the last moment that asks for one.

    The first start of a day is such a moment, and so is each of ``times``. A last copy of the future was dated by a wrong clock.
    """
    moments = [(now.replace(hour=0, minute=0, second=0, microsecond=0), Why.START)]
    moments += [(now.replace(hour=each.hour, minute=each.minute, second=0, microsecond=0), Why.TIME) for each in times]
    newest, why = max((moment for moment in moments if moment[0] <= now), key=_moment)
    return None if last is not None and newest <= last <= now else why


def may_try(now: datetime, tried: datetime | None) -> bool:
    """Tell whether a place that took no copy is tried again."""
    return tried is None or not timedelta(0) <= now - tried < RETRY


def kept(times: Collection[datetime], keep: Keep, now: datetime) -> frozenset[datetime]:
    """Return which copies stay. The newest always does; those of the future stay and count for nothing, for a clock was wrong."""
    past = sorted((each for each in times if each <= now), reverse=True)
    stay = {each for each in times if each > now} | set(past[:max(1, keep.newest)])
    for count, bucket in ((keep.days, _day), (keep.weeks, _week), (keep.months, _month)):
        stay |= _last_of_each(past, bucket, count)
    return frozenset(stay)


def rehearsal_due(now: datetime, last: datetime | None, *, found_something: bool) -> bool:
    """Tell whether a restore is to be rehearsed."""
    return last is None or last > now or now - last >= (REHEARSE_AGAIN if found_something else REHEARSE_EVERY)


def is_fresh(now: datetime, second: datetime | None) -> bool:
    """Tell whether the newest copy on another disk is one to rely on; a date of the future is no reason for alarm."""
    return second is not None and now - second <= STALE


def _last_of_each(past: list[datetime], bucket: Callable[[datetime], date | tuple[int, int]], count: int) -> set[datetime]:
    """Return the newest moment of each of the newest ``count`` buckets; ``past`` is sorted, the newest first."""
    newest: dict[date | tuple[int, int], datetime] = {}
    for moment in past:
        newest.setdefault(bucket(moment), moment)
    return set(list(newest.values())[:count])


def _moment(each: tuple[datetime, Why]) -> datetime:
    return each[0]


def _day(moment: datetime) -> date:
    return moment.date()


def _week(moment: datetime) -> tuple[int, int]:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> tuple[int, int]:
    return moment.year, moment.month
