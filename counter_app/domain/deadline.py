"""Deadlines (domain guide 7.4): the appointment, what a supplement and an extension make of it, and how a finished dossier counts.

Internal steps (the control sheet) use :func:`appointment` too, with hours or working days, each step starting when the one before was
really handed over.

What holds, whatever the options: a due time is never before the start of the clock; a longer limit is never due earlier; a supplement or
an extension never brings a due time forward; with ``roll_end`` nothing is due on a day without hours. What holds within limits: a later
receipt is never due earlier. Where every reception day is a counting day and ``after_hours`` is ``next_opening``, that is true of the due
*day* for every unit, and of the due *moment* for ``same_day``, ``working_day`` and ``hour``, and for ``day`` and ``month`` with
``due_time`` ``closing``. Elsewhere it fails by the letter of the guide:

- ``day`` and ``month`` keep the time of day while the day rolls: 5 days from Mon 16:00 end on Saturday and from Tue 08:00 on Sunday, both
  roll to Monday, the later receipt is due at 08:00, the earlier at 16:00; two ends of January end on the same last day of February.
- receipts on days that don't count (a Saturday desk, or ``after_hours`` ``keep``) share their counting day with the receipts before them
  and keep another time of day: 1 working day from Fri 16:00 is Mon 16:00, from Sat 08:00 it is Mon 08:00.
- on a Saturday desk ``same_day`` and ``cutoff_effect`` move a Friday receipt after the cut-off to Monday, while Saturday's own receipts
  are answered on Saturday, or start then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.deadline_clock import Rules, chain, effective, months_later, phase_due, placed, spend, worked
from counter_app.domain.deadline_days import counted_days
from counter_app.domain.deadline_input import DEFAULTS, check_limit, check_limits, check_moment
from counter_app.domain.deadline_terms import Appointment, DeadlineOptions, Limit, LimitUnit, Phase
from counter_app.domain.errors import Problem, broken
from counter_app.domain.moments import day_of


def appointment(
    received_at: datetime, limits: Sequence[Limit], calendar: WorkCalendar, options: DeadlineOptions = DEFAULTS,
) -> Appointment:
    """Return the appointment for something received at ``received_at``; several limits are phases, none is no due time.

    Raises:
        RuleBrokenError: MOMENT_IMPOSSIBLE (field ``received_at``), LIMIT_VALUE_IMPOSSIBLE, PHASES_IMPOSSIBLE (field ``limit…``),
            CALENDAR_NO_WORKING_DAYS.
    """
    received = check_moment(received_at, "received_at")
    check_limits(limits)
    rules = Rules(calendar, options)
    start = effective(received, rules)
    base = Appointment(
        start.at, None, None, tuple(limits), (), moved_by_cutoff=start.moved_by_cutoff, moved_by_hours=start.moved_by_hours,
        received_at=received, options=options,
    )
    if not limits:
        return base
    phases = chain(start.at, limits, rules)
    late = limits[0].unit is LimitUnit.SAME_DAY and phases[0].due_at.date() != start.at.date() and start.at.time() > options.cutoff
    return _ended(replace(base, moved_by_cutoff=start.moved_by_cutoff or late), phases, rules)


def after_supplement(
    current: Appointment, requested_at: datetime, returned_at: datetime, calendar: WorkCalendar, options: DeadlineOptions = DEFAULTS,
) -> Appointment:
    """Return the appointment after papers were asked for and have all come in (NĐ 61/2018 Đ19.4).

    ``restart`` counts the full limit again from the return. ``pause`` adds the time of waiting to the phase that ran when the papers
    were asked for, and lets the later phases follow; a ``same_day`` phase always restarts. Neither brings a due time forward, not even
    one that was extended before.

    Raises:
        RuleBrokenError: SUPPLEMENT_BEFORE_REQUEST, MOMENT_IMPOSSIBLE (fields ``requested_at``, ``returned_at``), CALENDAR_NO_WORKING_DAYS.
    """
    asked, back = check_moment(requested_at, "requested_at"), check_moment(returned_at, "returned_at")
    if back < asked:
        raise broken("SUPPLEMENT_BEFORE_REQUEST", "returned_at")
    if current.due_at is None:
        return current
    if options.supplement == "restart":
        renewed = replace(appointment(back, current.limits, calendar, options), restarted=True)
    else:
        renewed = _after_pause(current, asked, back, Rules(calendar, options))
    return current if renewed.due_at is None or renewed.due_at < current.due_at else renewed


def extended(
    current: Appointment, requested_at: datetime, by: Limit, calendar: WorkCalendar, options: DeadlineOptions = DEFAULTS, *,
    extensions: int = 0,
) -> Appointment:
    """Return the appointment after an apology and extension, with ``extensions`` granted before (NĐ 61/2018 Đ19.9).

    Raises:
        RuleBrokenError: EXTENSION_WITHOUT_DUE, EXTENSION_UNIT, LIMIT_VALUE_IMPOSSIBLE, EXTENSION_LIMIT, EXTENSION_TOO_LATE,
            MOMENT_IMPOSSIBLE, CALENDAR_NO_WORKING_DAYS.
    """
    asked = check_moment(requested_at, "requested_at")
    if current.due_at is None:
        raise broken("EXTENSION_WITHOUT_DUE")
    if by.unit is LimitUnit.SAME_DAY:
        raise broken("EXTENSION_UNIT", "limit.unit")
    check_limit(by, "limit")
    if extensions >= options.extension_limit:
        raise broken("EXTENSION_LIMIT", "requested_at", most=options.extension_limit)
    rules = Rules(calendar, options)
    last_day = rules.before(current.due_at.date())
    if last_day is None or asked.date() > last_day:
        raise broken("EXTENSION_TOO_LATE", "requested_at")
    longer = _later(current.phases[-1], by, rules)
    return _ended(replace(current, extended_by=(*current.extended_by, by)), (*current.phases[:-1], longer), rules)


def classify(finished_at: datetime, due_at: datetime | None) -> str:
    """Return early, on_time or overdue, by date; no due date is on time."""
    if due_at is None or day_of(finished_at) == day_of(due_at):
        return "on_time"
    return "early" if day_of(finished_at) < day_of(due_at) else "overdue"


def _after_pause(current: Appointment, asked: datetime, returned: datetime, rules: Rules) -> Appointment:
    back = effective(returned, rules).at
    running = next((index for index, phase in enumerate(current.phases) if phase.due_at >= asked), len(current.phases) - 1)
    shifted = _shifted(current.phases[running], asked, back, rules)
    later = chain(shifted.due_at, current.limits[running + 1:], rules)
    waited = replace(current, paused=(*current.paused, (asked.date(), back.date())))
    return _ended(waited, (*current.phases[:running], shifted, *later), rules)


def _shifted(phase: Phase, asked: datetime, back: datetime, rules: Rules) -> Phase:
    """Return a phase with the time of waiting added, in its own unit."""
    unit = phase.limit.unit
    if unit is LimitUnit.SAME_DAY:
        return phase_due(back, phase.limit, rules)
    if unit is LimitUnit.HOUR:
        left = worked(max(asked, phase.start_at), phase.due_at, rules)
        due = spend(back, left, rules)
        return replace(phase, due_at=due, nominal=due.date())
    if unit is LimitUnit.WORKING_DAY:
        waited = rules.between(asked.date(), back.date())
        return _later(phase, Limit(waited, unit), rules)
    return _later(phase, Limit((back.date() - asked.date()).days, LimitUnit.DAY), rules)


def _later(phase: Phase, by: Limit, rules: Rules) -> Phase:
    """Return a phase that ends ``by`` later; the time of day is kept, working days count from the due day, days from the nominal one."""
    if by.value == 0:
        return phase
    if by.unit is LimitUnit.HOUR:
        due = spend(phase.due_at, timedelta(hours=by.value), rules)
        return replace(phase, due_at=due, nominal=due.date())
    nominal = _later_day(phase, by, rules)
    day = nominal if by.unit is LimitUnit.WORKING_DAY else rules.rolled(nominal)
    return replace(phase, due_at=placed(day, phase.due_at.time(), phase.limit.unit, rules), nominal=nominal)


def _later_day(phase: Phase, by: Limit, rules: Rules) -> date:
    if by.unit is LimitUnit.WORKING_DAY:
        return rules.after(phase.due_at.date(), by.value)
    return months_later(phase.nominal, by.value) if by.unit is LimitUnit.MONTH else phase.nominal + timedelta(days=by.value)


def _ended(base: Appointment, phases: tuple[Phase, ...], rules: Rules) -> Appointment:
    """Return the appointment that ends with the last of ``phases``, its days counted and its warnings set."""
    last, received_on = phases[-1], (base.received_at or base.effective_at).date()
    due_on = last.due_at.date()
    unknown = [year for year in range(received_on.year, due_on.year + 1) if not rules.calendar.knows(year)]
    return replace(
        base, due_at=last.due_at, nominal=last.nominal, phases=phases, rolled=due_on != last.nominal,
        days=counted_days(received_on, phases, rules, base.paused),
        warnings=tuple(Problem("CALENDAR_YEAR_UNKNOWN", None, {"year": year}) for year in unknown),
    )
