"""The periods that reports count (NĐ 09/2019/NĐ-CP Đ12): a month runs from the 15th of the month before to the 14th, both included.

So do quarters, half-years and years: "quý III" is 15/06 to 14/09, a year is 15/12 to 14/12. The weekly sheet ends on a weekday of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from counter_app.domain.moments import VIETNAM

FIRST_DAY = 15
THURSDAY = 3
"""The weekly report lies on the leader's desk on Friday morning; it counts up to Thursday evening."""
DAYS_OF_WEEK = 7


class PeriodKind(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6, PeriodKind.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """From 00:00 of ``start`` to 23:59:59 of ``end``; any two days make one."""

    start: date
    end: date
    begins: datetime = field(init=False, repr=False, compare=False)
    """The first moment that belongs to it; worked out once, a year's dossiers ask for it a million times."""
    ends: datetime = field(init=False, repr=False, compare=False)
    """The first moment after it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "begins", datetime.combine(self.start, time(), VIETNAM))
        object.__setattr__(self, "ends", datetime.combine(self.end + timedelta(days=1), time(), VIETNAM))


def numbered(kind: PeriodKind, year: int, number: int) -> Period:
    """Return the ``number``-th month, quarter, half-year or (1) year of a report year."""
    months = _MONTHS[kind]
    last = number * months
    start = _month(year, last - months)
    return Period(start.replace(day=FIRST_DAY), _month(year, last).replace(day=FIRST_DAY - 1))


def containing(kind: PeriodKind, day: date, *, last_weekday: int = THURSDAY) -> Period:
    """Return the period of a kind that a day lies in. ``last_weekday`` (Monday 0) ends a week."""
    if kind is PeriodKind.WEEK:
        end = day + timedelta(days=(last_weekday - day.weekday()) % DAYS_OF_WEEK)
        return Period(end - timedelta(days=DAYS_OF_WEEK - 1), end)
    closing = _month(day.year, day.month + (day.day >= FIRST_DAY))
    return numbered(kind, closing.year, (closing.month - 1) // _MONTHS[kind] + 1)


def last_ended(kind: PeriodKind, day: date) -> Period:
    """Return the newest period of a kind that is over before ``day`` begins."""
    return neighbour(kind, containing(kind, day), -1)


def neighbour(kind: PeriodKind, period: Period, step: int) -> Period:
    """Return the period ``step`` places later, or earlier where it is negative."""
    if kind is PeriodKind.WEEK:
        days = timedelta(days=DAYS_OF_WEEK * step)
        return Period(period.start + days, period.end + days)
    year, number = place(kind, period)
    closing = _month(year, (number + step) * _MONTHS[kind])
    return numbered(kind, closing.year, closing.month // _MONTHS[kind])


def place(kind: PeriodKind, period: Period) -> tuple[int, int]:
    """Return report year and number of a month, quarter, half-year or year."""
    return period.end.year, -(-period.end.month // _MONTHS[kind])


def kind_of(period: Period) -> PeriodKind | None:
    """Return which kind of official period two days make; None for any others."""
    return next((kind for kind in _MONTHS if period == containing(kind, period.end)), None)


def _month(year: int, month: int) -> date:
    """Return the first day of a month; months below 1 and above 12 lie in the years beside."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
