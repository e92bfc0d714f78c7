"""When the clock of a deadline starts, and where one limit ends: the inner rules of domain guide 7.4."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.deadline_terms import DeadlineOptions, Limit, LimitUnit, Phase
from counter_app.domain.moments import VIETNAM

SKIPPED_TYPES = frozenset({"holiday", "holiday_in_lieu", "swap_off"})
"""Days off that a limit in days passes over with ``skip_holidays_in_days``; weekends inside a break count."""
CALENDAR_UNITS = (LimitUnit.DAY, LimitUnit.MONTH)
"""Units that end on any day of the calendar and are then rolled."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a deadline is counted by: the commune's calendar and the options of a procedure."""

    calendar: WorkCalendar
    options: DeadlineOptions

    def counts(self, day: date) -> bool:
        """Tell whether the day is a counting day."""
        return self.calendar.is_counting_day(day, self.options.counts_saturday)

    def after(self, day: date, count: int = 1) -> date:
        """Return the ``count``-th counting day after that day."""
        return self.calendar.counting_day_after(day, count, counts_saturday=self.options.counts_saturday)

    def before(self, day: date) -> date | None:
        """Return the last counting day before that day."""
        return self.calendar.counting_day_before(day, counts_saturday=self.options.counts_saturday)

    def between(self, after: date, until: date) -> int:
        """Return how many counting days lie in (``after``, ``until``]."""
        return self.calendar.counting_days_between(after, until, counts_saturday=self.options.counts_saturday)

    def rolled(self, day: date) -> date:
        """Return the day on which a limit that ends on ``day`` really ends (BLDS 2015 Đ148.5)."""
        return self.after(day) if self.options.roll_end and not self.counts(day) else day

    def skips(self, day: date) -> bool:
        """Tell whether a limit in days passes over that day."""
        off = self.calendar.day_off(day) if self.options.skip_holidays_in_days else None
        return off is not None and off.type in SKIPPED_TYPES


@dataclass(frozen=True, slots=True)
class Start:
    """When the clock starts, and what moved it there."""

    at: datetime
    moved_by_hours: bool
    moved_by_cutoff: bool


def effective(moment: datetime, rules: Rules) -> Start:
    """Return the start of the clock for something received at ``moment`` (NĐ 61/2018 Đ18; NĐ 23/2015 Đ7)."""
    start = moment if rules.options.after_hours == "keep" else _next_open(moment, rules)
    late = rules.options.cutoff_effect == "next_working_day" and start.time() > rules.options.cutoff
    if late:
        start = _opening(rules.after(start.date()), rules)
    return Start(start, moved_by_hours=start != moment and not late, moved_by_cutoff=late)


def phase_due(start: datetime, limit: Limit, rules: Rules) -> Phase:
    """Return where one limit ends that starts at ``start``.

    Completed beyond the letter of the guide: a due time is never before ``start`` (a receipt after the last closing, kept by
    ``after_hours``, with a limit that ends on the same day, ends on the next day that counts instead), and a due time on a day
    without hours (``roll_end`` off) is placed by the usual hours. ``due_time`` does not touch hours: they end on the minute.
    """
    if limit.unit is LimitUnit.HOUR:
        due = spend(start, timedelta(hours=limit.value), rules)
        return Phase(limit, start, due, due.date())
    nominal = _nominal(start, limit, rules)
    due = _due_on(nominal, start, limit, rules)
    if due < start:
        nominal = days_later(nominal, 1, rules) if limit.unit in CALENDAR_UNITS else rules.after(nominal)
        due = _due_on(nominal, start, limit, rules)
    return Phase(limit, start, due, nominal)


def chain(start: datetime, limits: Sequence[Limit], rules: Rules) -> tuple[Phase, ...]:
    """Return the phases of a limit one after another: where one is due the next one starts, without a new effective time.

    Each phase obeys the options as if it stood alone, ``same_day`` with its cut-off and ``count_receipt_day`` included.
    """
    phases: list[Phase] = []
    for limit in limits:
        phases.append(phase_due(phases[-1].due_at if phases else start, limit, rules))
    return tuple(phases)


def spend(start: datetime, length: timedelta, rules: Rules) -> datetime:
    """Walk the working hours of counting days from ``start``; a walk that ends exactly at a closing time stays there."""
    day, left = start.date(), length
    while True:
        if rules.counts(day):
            for interval in rules.calendar.hours(day):
                opening = max(at_clock(day, interval.start), start)
                room = at_clock(day, interval.end) - opening
                if timedelta() <= room and left <= room:
                    return opening + left
                left -= max(room, timedelta())
        day = rules.after(day)


def worked(start: datetime, end: datetime, rules: Rules) -> timedelta:
    """Return how much working time of counting days lies between two moments; none where ``end`` is not later."""
    total, day = timedelta(), start.date()
    while day <= end.date():
        if rules.counts(day):
            for interval in rules.calendar.hours(day):
                room = min(at_clock(day, interval.end), end) - max(at_clock(day, interval.start), start)
                total += max(room, timedelta())
        day = rules.after(day)
    return total


def placed(day: date, wanted: time, unit: LimitUnit, rules: Rules) -> datetime:
    """Return the time of day on which something is due on ``day``: ``wanted`` moved into its hours, or its last closing."""
    hours = rules.calendar.hours(day) or rules.calendar.usual_hours
    if not hours:  # a calendar without any hours, reached only with roll_end off
        return at_clock(day, wanted)
    closing = hours[-1].end
    if unit is LimitUnit.SAME_DAY or rules.options.due_time == "closing":
        return at_clock(day, closing)
    return at_clock(day, next((max(wanted, interval.start) for interval in hours if wanted <= interval.end), closing))


def months_later(day: date, count: int) -> date:
    """Return the same day ``count`` months later, or that month's last day (BLDS 2015 Đ148.3)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_later(day: date, count: int, rules: Rules) -> date:
    """Return the ``count``-th day after ``day``, days passed over left out."""
    if not rules.options.skip_holidays_in_days:
        return day + timedelta(days=count)
    while count:
        day += timedelta(days=1)
        count -= not rules.skips(day)
    return day


def at_clock(day: date, clock: time) -> datetime:
    """Return that time of that day in Vietnam."""
    return datetime.combine(day, clock, VIETNAM)


def _due_on(nominal: date, start: datetime, limit: Limit, rules: Rules) -> datetime:
    day = rules.rolled(nominal) if limit.unit in CALENDAR_UNITS else nominal
    return placed(day, start.time(), limit.unit, rules)


def _nominal(start: datetime, limit: Limit, rules: Rules) -> date:
    """Return the last day of a limit, before rolling."""
    day = start.date()
    if limit.unit is LimitUnit.SAME_DAY:
        in_time = start.time() <= rules.options.cutoff and rules.calendar.is_reception_day(day)
        return day if in_time else rules.after(day)
    if limit.unit is LimitUnit.WORKING_DAY:
        earlier = rules.options.count_receipt_day and rules.counts(day)
        count = limit.value - earlier
        return rules.after(day, count) if count else day
    if limit.unit is LimitUnit.MONTH:
        return months_later(day, limit.value) - timedelta(days=int(rules.options.count_receipt_day))
    return days_later(day, limit.value - rules.options.count_receipt_day, rules)


def _next_open(moment: datetime, rules: Rules) -> datetime:
    """Return ``moment`` moved forward out of closed hours; lunch time stays."""
    hours = rules.calendar.hours(moment.date())
    if hours and moment.time() <= hours[-1].end:
        return max(moment, at_clock(moment.date(), hours[0].start))
    return _opening(rules.calendar.next_reception_day(moment.date()), rules)


def _opening(day: date, rules: Rules) -> datetime:
    return at_clock(day, rules.calendar.hours(day)[0].start)
