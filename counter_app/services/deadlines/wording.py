"""An appointment in words that a clerk reads out: the limit, what was left out, and why the clock started or ended elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from counter_app.domain.deadline_terms import Appointment, CountedDay, DayRole, Limit, LimitUnit, Phase
from counter_app.domain.moments import VIETNAM
from counter_app.domain.text import write_day
from counter_app.support.messages import text

MOST_RUNS = 4
"""More breaks than these are summed up: nobody listens longer."""
COUNTED_UNITS = (LimitUnit.WORKING_DAY, LimitUnit.HOUR, LimitUnit.SAME_DAY)


def explain(appointment: Appointment, lang: str = "vi") -> str:
    """Return the sentence under the appointment, without a full stop: ``3 ngày làm việc, trừ 24/11 Ngày Văn hóa Việt Nam``."""
    if appointment.due_at is None:
        return text("EXPLAIN_NO_LIMIT", lang)
    parts = [_limits(appointment, lang)]
    parts += [text("EXPLAIN_EXTENDED", lang, limit=_limit(by, lang)) for by in appointment.extended_by]
    parts += [part for part in (
        _except(appointment, lang), _make_ups(appointment, lang), _paused(appointment, lang), _start(appointment, lang),
        _rolled(appointment, lang),
    ) if part]
    return ", ".join(parts)


def long_time(moment: datetime, lang: str = "vi") -> str:
    """Return ``09:42 thứ Năm, 26/11/2026``."""
    local = moment.astimezone(VIETNAM)
    return text("LONG_TIME", lang, clock=f"{local:%H:%M}", weekday=weekday(local.date(), lang), day=write_day(local.date()))


def weekday(day: date, lang: str = "vi") -> str:
    """Return the name of a day of the week as it stands within a sentence."""
    return text(f"WEEKDAY_{day.isoweekday()}", lang)


def day_range(first: date, last: date) -> str:
    """Return ``24/11``, ``16–20/02`` or ``30/04–02/05``."""
    if first == last:
        return f"{first:%d/%m}"
    return f"{first:%d}–{last:%d/%m}" if (first.year, first.month) == (last.year, last.month) else f"{first:%d/%m}–{last:%d/%m}"


@dataclass(frozen=True, slots=True)
class _Run:
    """Days off in a row that have one name."""

    name: str
    first: date
    last: date
    matters: bool
    """At least one of them would have counted in an ordinary week."""

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1


def _limits(appointment: Appointment, lang: str) -> str:
    first, *others = appointment.limits
    words = _same_day(appointment, lang) if first.unit is LimitUnit.SAME_DAY else _limit(first, lang)
    for other in others:
        words = text("EXPLAIN_THEN", lang, first=words, second=_limit(other, lang))
    return words


def _limit(limit: Limit, lang: str) -> str:
    if limit.unit is LimitUnit.SAME_DAY:
        plain = text("EXPLAIN_SAME_DAY_PLAIN", lang)
        return plain[0].lower() + plain[1:]
    one = "_ONE" if limit.value == 1 else ""
    return text(f"EXPLAIN_{limit.unit.name}{one}", lang, count=limit.value)


def _same_day(appointment: Appointment, lang: str) -> str:
    cutoff = f"{appointment.options.cutoff:%H:%M}"
    if appointment.moved_by_cutoff:
        return text("EXPLAIN_SAME_DAY_LATE", lang, cutoff=cutoff)
    if appointment.phases[0].due_at.date() != appointment.effective_at.date():
        return text("EXPLAIN_SAME_DAY_NEXT", lang)
    moved = appointment.moved_by_hours or appointment.restarted
    return text("EXPLAIN_SAME_DAY_PLAIN", lang) if moved else text("EXPLAIN_SAME_DAY", lang, cutoff=cutoff)


def _except(appointment: Appointment, lang: str) -> str:
    runs = [run for run in _runs(appointment) if run.matters]
    if not runs:
        return ""
    shown = [text("EXPLAIN_DAY_OFF", lang, days=day_range(run.first, run.last), name=run.name) for run in runs[:MOST_RUNS]]
    if more := sum(run.days for run in runs[MOST_RUNS:]):
        shown.append(text("EXPLAIN_MORE_DAYS_OFF", lang, count=more))
    return text("EXPLAIN_EXCEPT", lang, days=", ".join(shown))


def _runs(appointment: Appointment) -> list[_Run]:
    """Return the named days off that were left out of the count, days in a row with one name together."""
    runs: list[_Run] = []
    for day in appointment.days:
        if not _left_out(day, appointment.phases):
            continue
        name = _base_name(day.why)
        if runs and runs[-1].name == name and runs[-1].last + timedelta(days=1) == day.day:
            runs[-1] = replace(runs[-1], last=day.day, matters=runs[-1].matters or not day.weekly_rest)
        else:
            runs.append(_Run(name, day.day, day.day, not day.weekly_rest))
    return runs


def _base_name(name: str) -> str:
    """Return a day off's name without the remark in brackets: ``Quốc khánh (ngày liền kề)`` is ``Quốc khánh``."""
    return name.partition(" (")[0]


def _phase_of(day: date, phases: Sequence[Phase]) -> Phase:
    return next(phase for phase in phases if day <= phase.due_at.date())


def _left_out(day: CountedDay, phases: Sequence[Phase]) -> bool:
    """Tell whether the day is a named day off and was passed over in counting; one after the nominal end was only rolled over."""
    if not day.why or day.role is not DayRole.NOT_COUNTED:
        return False
    phase = _phase_of(day.day, phases)
    return phase.limit.unit in COUNTED_UNITS or day.day < phase.nominal


def _make_ups(appointment: Appointment, lang: str) -> str:
    """Say which rest days were worked and counted: the citizen's own calendar doesn't show them."""
    days = [
        day.day for day in appointment.days
        if day.weekly_rest and day.ordinal is not None and _phase_of(day.day, appointment.phases).limit.unit is LimitUnit.WORKING_DAY
    ]
    return ", ".join(text("EXPLAIN_MAKE_UP", lang, day=f"{weekday(day, lang)} {day:%d/%m}") for day in days)


def _paused(appointment: Appointment, lang: str) -> str:
    stretches = ", ".join(day_range(asked + timedelta(days=1), back) for asked, back in appointment.paused if asked < back)
    return text("EXPLAIN_PAUSED", lang, days=stretches) if stretches else ""


def _start(appointment: Appointment, lang: str) -> str:
    """Say where the clock started, where that is not the receipt; a same-day act received too late has said so already."""
    moment = long_time(appointment.effective_at, lang)
    if appointment.restarted:
        return text("EXPLAIN_RESTARTED", lang, moment=moment)
    if appointment.moved_by_hours:
        return text("EXPLAIN_CLOSED_FROM", lang, moment=moment)
    if appointment.moved_by_cutoff and appointment.limits[0].unit is not LimitUnit.SAME_DAY:
        return text("EXPLAIN_LATE_FROM", lang, cutoff=f"{appointment.options.cutoff:%H:%M}", moment=moment)
    return ""


def _rolled(appointment: Appointment, lang: str) -> str:
    nominal = appointment.nominal
    if not appointment.rolled or nominal is None:
        return ""
    day = next((day for day in appointment.days if day.day == nominal), None)
    if day is not None and day.why:
        why = _base_name(day.why)
    else:
        why = weekday(nominal, lang) if day is not None and day.weekly_rest else text("EXPLAIN_REST_DAY", lang)
    return text("EXPLAIN_ROLLED", lang, day=f"{nominal:%d/%m}", why=why)
