"""The days between receipt and return, one by one, so that a clerk can count them before a citizen's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from counter_app.domain.deadline_clock import Rules
from counter_app.domain.deadline_terms import CountedDay, DayRole, LimitUnit, Phase

NUMBERED = (LimitUnit.WORKING_DAY, LimitUnit.DAY)
"""Units whose days carry a number; days of a month or with hours in them count without one."""
Pauses = Sequence[tuple[date, date]]


def counted_days(
    received_on: date, phases: Sequence[Phase], rules: Rules, paused: Pauses = (),
) -> tuple[CountedDay, ...]:
    """Return every day from receipt to return, both included.

    The first day is ``RECEIVED``, the last ``RETURN`` (a single day is ``RETURN``); numbers begin anew with each phase. A day off says
    why; a working day that doesn't count (the clock starts on it, papers were awaited, the nominal end is past) says nothing.
    """
    days: list[CountedDay] = []
    day = received_on
    for phase in phases:
        first = day if not days else None
        number = int(first is None and _counts_at_start(phase, rules))
        while day <= phase.due_at.date():
            counts = _counts(day, phase, rules) and not any(asked < day <= back for asked, back in paused)
            number += counts
            days.append(_described(day, first, counts, number if counts and phase.limit.unit in NUMBERED else None, rules))
            day += timedelta(days=1)
    last = days[-1]
    days[-1] = CountedDay(last.day, DayRole.RETURN, last.ordinal, last.why, last.weekly_rest)
    return tuple(days)


def _described(
    day: date, first: date | None, counts: bool, ordinal: int | None, rules: Rules,
) -> CountedDay:
    role = DayRole.RECEIVED if day == first else DayRole.COUNTED if counts else DayRole.NOT_COUNTED
    off = rules.calendar.day_off(day)
    why = off.name if off is not None and off.type != "break_weekend" else ""
    return CountedDay(day, role, ordinal, why, rules.calendar.is_weekly_rest(day, rules.options.counts_saturday))


def _counts(day: date, phase: Phase, rules: Rules) -> bool:
    start = phase.start_at.date()
    if phase.limit.unit is LimitUnit.HOUR:
        return day >= start and rules.counts(day)
    if day == start:
        return _counts_at_start(phase, rules)
    if day < start or phase.limit.unit is LimitUnit.SAME_DAY:
        return False
    if phase.limit.unit is LimitUnit.WORKING_DAY:
        return rules.counts(day)
    return day <= phase.nominal and not (phase.limit.unit is LimitUnit.DAY and rules.skips(day))


def _counts_at_start(phase: Phase, rules: Rules) -> bool:
    if not rules.options.count_receipt_day or phase.limit.unit in (LimitUnit.HOUR, LimitUnit.SAME_DAY):
        return False
    return phase.limit.unit is not LimitUnit.WORKING_DAY or rules.counts(phase.start_at.date())
