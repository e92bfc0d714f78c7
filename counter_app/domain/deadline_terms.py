"""The terms of a deadline: limits, options and the answer. The algorithm itself stands in :mod:`counter_app.domain.deadline`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from counter_app.domain.errors import Problem


class LimitUnit(StrEnum):
    """Units of a processing time; "ngày" and "ngày làm việc" are different units (domain guide 7.1)."""

    SAME_DAY = "same_day"
    WORKING_DAY = "working_day"
    DAY = "day"
    MONTH = "month"
    HOUR = "hour"


WIRE_UNITS: dict[LimitUnit | None, str] = {
    LimitUnit.SAME_DAY: "trong_ngay", LimitUnit.HOUR: "gio", LimitUnit.DAY: "ngay", LimitUnit.WORKING_DAY: "ngay_lam_viec",
    LimitUnit.MONTH: "thang", None: "khong_quy_dinh",
}
"""The province contract's unit names; None is a procedure without a limit."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One processing time, for example 3 working days. ``same_day`` ignores ``value``."""

    value: int
    unit: LimitUnit


@dataclass(frozen=True, slots=True)
class DeadlineOptions:
    """Every option of domain guide 7.2, with its default."""

    cutoff: time = time(15, 0)
    cutoff_effect: str = "none"
    """none or next_working_day; ``same_day`` always uses the cut-off."""
    count_receipt_day: bool = False
    due_time: str = "keep"
    """keep or closing."""
    roll_end: bool = True
    counts_saturday: bool = False
    skip_holidays_in_days: bool = False
    supplement: str = "restart"
    """restart or pause."""
    after_hours: str = "next_opening"
    """next_opening or keep."""
    extension_limit: int = 1


class DayRole(StrEnum):
    """What a day is in the strip that counts before the clerk's eyes."""

    RECEIVED = "received"
    COUNTED = "counted"
    NOT_COUNTED = "not_counted"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day between receipt and return. ``ordinal`` counts 1, 2, 3 …, None where it does not count; ``why`` names a day off."""

    day: date
    role: DayRole
    ordinal: int | None = None
    why: str = ""
    weekly_rest: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """One limit on its way: from ``start_at`` to ``due_at``. ``nominal`` is the due day before rolling off rest days."""

    limit: Limit
    start_at: datetime
    due_at: datetime
    nominal: date


@dataclass(frozen=True, slots=True)
class Appointment:
    """The answer: when the clock starts, when the result is due, and the days in between.

    ``due_at`` is None for a procedure without a limit. ``nominal`` is the day before rolling off rest days (units day and month).
    ``days`` explains; the sentence is made from it by :mod:`counter_app.services.deadlines.wording`.
    """

    effective_at: datetime
    due_at: datetime | None
    nominal: date | None
    limits: tuple[Limit, ...]
    days: tuple[CountedDay, ...]
    moved_by_cutoff: bool = False
    moved_by_hours: bool = False
    rolled: bool = False
    received_at: datetime | None = None
    phases: tuple[Phase, ...] = ()
    """One for each limit; the last one is due at ``due_at``."""
    paused: tuple[tuple[date, date], ...] = ()
    """Stretches (asked, back] in which the days did not count because papers were awaited."""
    warnings: tuple[Problem, ...] = ()
    """CALENDAR_YEAR_UNKNOWN for each year whose holidays the calendar doesn't know: it was counted by weekends alone."""
    options: DeadlineOptions = DeadlineOptions()
    """The options it was counted by: what the dossier keeps."""
    restarted: bool = False
    """Counted again from ``received_at``, the day on which the last missing paper came in."""
    extended_by: tuple[Limit, ...] = ()
    """Extensions granted on top of ``limits``."""
