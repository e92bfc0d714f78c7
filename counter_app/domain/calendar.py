"""The commune's calendar: when the desk is open, and which days count."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from counter_app.domain.calendar_document import (
    CalendarDocument,
    DayOff,
    Hours,
    Interval,
    MakeUpDay,
    read_document,
    read_week,
)
from counter_app.domain.errors import broken

__all__ = ["HORIZON", "DayOff", "Interval", "MakeUpDay", "WorkCalendar"]

HORIZON = 2200
"""No search for a working day goes beyond this year: a calendar without any would never end it."""
SATURDAY = 5


class WorkCalendar:
    """A calendar under one profile of hours. It never changes; what it finds out about a year it keeps.

    A *reception day* is a date with hours. A *counting day* is Monday to Friday with hours and not off, or a make-up day; a Saturday
    with hours counts only where ``counts_saturday`` is asked for, a Sunday never does (domain guide 7.3). A make-up day has Monday's
    hours; under a profile that is closed on Mondays it has none and so doesn't count.
    """

    __slots__ = ("_counting", "_document", "_known", "_week", "profile")

    def __init__(self, document: CalendarDocument, profile: str = "standard", hours: Mapping[str, Any] | None = None) -> None:
        if profile not in document.profiles:
            raise broken("HOURS_PROFILE_UNKNOWN", "calendar.profile", profile=profile, known=", ".join(document.profiles))
        week = document.profiles[profile]
        self.profile = profile
        self._document = document
        self._week = week if hours is None else read_week(hours, "calendar.hours", week)
        self._known = frozenset(off.day.year for off in document.off.values() if off.type == "holiday")
        self._counting: dict[tuple[int, bool], tuple[int, ...]] = {}

    @classmethod
    def from_document(
        cls, document: object, *, profile: str = "standard", hours: Mapping[str, Any] | None = None,
    ) -> WorkCalendar:
        """Read a calendar document. ``hours`` replaces the hours of the weekdays that it names.

        Raises:
            RuleBrokenError: CALENDAR_DAMAGED naming the bad entry, HOURS_PROFILE_UNKNOWN, HOURS_DAMAGED.
        """
        return cls(read_document(document), profile, hours)

    @property
    def version(self) -> str:
        """The version that the document gives itself."""
        return self._document.version

    @property
    def usual_hours(self) -> Hours:
        """The hours of the first open weekday: they place a time on a day that has none of its own."""
        return next(filter(None, self._week), ())

    def hours(self, day: date) -> Hours:
        """Return the opening hours of a day; empty where the desk is closed."""
        if day in self._document.off:
            return ()
        return self._week[0 if day in self._document.work else day.weekday()]

    def is_reception_day(self, day: date) -> bool:
        """Tell whether the desk is open on that day."""
        return bool(self.hours(day))

    def is_counting_day(self, day: date, counts_saturday: bool = False) -> bool:
        """Tell whether the day counts as a working day."""
        last = SATURDAY if counts_saturday else SATURDAY - 1
        return (day.weekday() <= last or day in self._document.work) and bool(self.hours(day))

    def is_weekly_rest(self, day: date, counts_saturday: bool = False) -> bool:
        """Tell whether the day would not count in a week without holidays and swaps."""
        last = SATURDAY if counts_saturday else SATURDAY - 1
        return day.weekday() > last or not self._week[day.weekday()]

    def day_off(self, day: date) -> DayOff | None:
        """Return why the desk is closed on that day: a holiday, a day in lieu, a swapped day or a weekend inside a break."""
        return self._document.off.get(day)

    def knows(self, year: int) -> bool:
        """Tell whether the holidays of that year stand in the document."""
        return year in self._known

    def known_years(self) -> tuple[int, ...]:
        """Return the years whose holidays stand in the document."""
        return tuple(sorted(self._known))

    def next_day_off(self, after: date) -> DayOff | None:
        """Return the next day off after that day, weekends inside a break left out; None where the document knows none."""
        days = (off for day, off in self._document.off.items() if day > after and off.type != "break_weekend")
        return min(days, key=_by_day, default=None)

    def next_reception_day(self, after: date) -> date:
        """Return the first day after that one with hours.

        Raises:
            RuleBrokenError: CALENDAR_NO_WORKING_DAYS.
        """
        day = after + timedelta(days=1)
        while not self.hours(day):
            day += timedelta(days=1)
            if day.year > HORIZON:
                raise broken("CALENDAR_NO_WORKING_DAYS")
        return day

    def counting_day_after(self, day: date, count: int = 1, *, counts_saturday: bool = False) -> date:
        """Return the ``count``-th counting day after that day, ``count`` at least 1.

        Raises:
            RuleBrokenError: CALENDAR_NO_WORKING_DAYS, there are not that many before :data:`HORIZON`.
        """
        year = day.year
        days = self._counting_days(year, counts_saturday)
        place = bisect_right(days, day.toordinal()) + count - 1
        while place >= len(days):
            place -= len(days)
            year += 1
            days = self._counting_days(year, counts_saturday)
        return date.fromordinal(days[place])

    def counting_day_before(self, day: date, *, counts_saturday: bool = False) -> date | None:
        """Return the last counting day before that day; None where the two years before have none."""
        for year in (day.year, day.year - 1, day.year - 2):
            days = self._counting_days(year, counts_saturday)
            if place := bisect_left(days, day.toordinal()):
                return date.fromordinal(days[place - 1])
        return None

    def counting_days_between(self, after: date, until: date, *, counts_saturday: bool = False) -> int:
        """Return how many counting days lie in (``after``, ``until``]; 0 where ``until`` is not later."""
        if until <= after:
            return 0
        total = 0
        for year in range(after.year, until.year + 1):
            days = self._counting_days(year, counts_saturday)
            total += bisect_right(days, until.toordinal()) - bisect_right(days, after.toordinal())
        return total

    def days_off_of(self, year: int) -> list[DayOff]:
        """Return the days off of a year, in order."""
        return sorted((off for day, off in self._document.off.items() if day.year == year), key=_by_day)

    def make_up_days_of(self, year: int) -> list[MakeUpDay]:
        """Return the make-up days of a year, in order."""
        return sorted((made for day, made in self._document.work.items() if day.year == year), key=_by_day)

    def _counting_days(self, year: int, counts_saturday: bool) -> tuple[int, ...]:
        """Return the ordinals of a year's counting days; searches in them are binary."""
        found = self._counting.get((year, counts_saturday))
        if found is None:
            if year > HORIZON:
                raise broken("CALENDAR_NO_WORKING_DAYS")
            days = range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
            found = tuple(day for day in days if self.is_counting_day(date.fromordinal(day), counts_saturday))
            self._counting[year, counts_saturday] = found
        return found


def _by_day(entry: DayOff | MakeUpDay) -> date:
    return entry.day
