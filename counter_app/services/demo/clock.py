"""A clock that is led through a day: for the demonstration and for sample data, where hours pass in a second."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.deadline_clock import at_clock


class DayClock:
    """Stands still until it is led on; it never goes back."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._start = start

    def now(self) -> datetime:
        """Return where the day has come to."""
        return self._now

    def uptime(self) -> float:
        """Return the seconds since the day was begun."""
        return (self._now - self._start).total_seconds()

    def go_to(self, moment: datetime) -> None:
        """Let time pass until a moment; an earlier one changes nothing."""
        self._now = max(self._now, moment.replace(microsecond=0))


def moments_of_day(calendar: WorkCalendar, day: date, count: int, rng: Random, until: datetime | None = None) -> Iterator[datetime]:
    """Yield ``count`` moments within the opening hours of a day (the usual ones on a day off), in order, none after ``until``."""
    spans = [(at_clock(day, each.start), at_clock(day, each.end)) for each in calendar.hours(day) or calendar.usual_hours]
    if until is not None:
        spans = [(start, min(end, until)) for start, end in spans if start < until] or [(until, until)]
    open_seconds = int(sum((end - start).total_seconds() for start, end in spans))
    for offset in sorted(rng.randrange(max(open_seconds, 1)) for _ in range(count)):
        yield _at(spans, offset)


def _at(spans: list[tuple[datetime, datetime]], offset: int) -> datetime:
    for start, end in spans:
        length = int((end - start).total_seconds())
        if offset < length:
            return start + timedelta(seconds=offset)
        offset -= length
    return spans[-1][1]
