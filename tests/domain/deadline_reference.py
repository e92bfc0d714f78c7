"""The deadline algorithm once more, slow and literal: days and minutes are walked one by one, nothing is shared with the fast one.

It reads the calendar document itself and follows the text of the domain guide; its two additions are those that the fast one names:
a due time is never before the start, and a day without hours borrows those of the first open weekday.
"""

import calendar as months
from datetime import date, datetime, time, timedelta

from counter_app.domain.moments import VIETNAM

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SKIPPED = ("holiday", "holiday_in_lieu", "swap_off")


class Reference:
    def __init__(self, document, profile, options):
        self.week = document["weekly_hours"]["profiles"][profile]
        self.entries = {entry["date"]: entry for entry in document["days"]}
        self.options = options

    def hours(self, day):
        entry = self.entries.get(day.isoformat())
        if entry and entry["kind"] == "off":
            return []
        name = "mon" if entry else WEEKDAYS[day.weekday()]
        return [(time.fromisoformat(start), time.fromisoformat(end)) for start, end in self.week[name]]

    def counts(self, day):
        entry = self.entries.get(day.isoformat())
        if entry and entry["kind"] == "work":
            return bool(self.week["mon"])
        return bool(self.hours(day)) and (day.weekday() < 5 or (day.weekday() == 5 and self.options.counts_saturday))

    def walk(self, day, count):
        """The count-th counting day after ``day``."""
        while count > 0:
            day += timedelta(days=1)
            if self.counts(day):
                count -= 1
        return day

    def effective(self, moment):
        start = moment
        if self.options.after_hours == "next_opening":
            hours = self.hours(moment.date())
            if hours and moment.time() <= hours[-1][1]:
                start = max(moment, on(moment.date(), hours[0][0]))
            else:
                day = moment.date() + timedelta(days=1)
                while not self.hours(day):
                    day += timedelta(days=1)
                start = on(day, self.hours(day)[0][0])
        if self.options.cutoff_effect == "next_working_day" and start.time() > self.options.cutoff:
            day = self.walk(start.date(), 1)
            start = on(day, self.hours(day)[0][0])
        return start

    def due(self, start, value, unit):
        if unit == "hour":
            return self.minutes_later(start, value * 60)
        day = self.last_day(start, value, unit)
        while True:
            end = day
            if unit in ("day", "month") and self.options.roll_end:
                while not self.counts(end):
                    end += timedelta(days=1)
            due = self.placed(end, start.time(), unit)
            if due >= start:
                return due
            day = self.days_later(day, 1) if unit in ("day", "month") else self.walk(day, 1)

    def last_day(self, start, value, unit):
        day = start.date()
        if unit == "same_day":
            return day if start.time() <= self.options.cutoff and self.hours(day) else self.walk(day, 1)
        if unit == "working_day":
            return self.walk(day, value - 1 if self.options.count_receipt_day and self.counts(day) else value)
        less = 1 if self.options.count_receipt_day else 0
        if unit == "month":
            year, month = day.year, day.month
            for _ in range(value):
                year, month = (year + 1, 1) if month == 12 else (year, month + 1)
            last = months.monthrange(year, month)[1]
            return date(year, month, min(day.day, last)) - timedelta(days=less)
        return self.days_later(day, value - less)

    def days_later(self, day, count):
        while count > 0:
            day += timedelta(days=1)
            entry = self.entries.get(day.isoformat())
            if not (self.options.skip_holidays_in_days and entry and entry["type"] in SKIPPED):
                count -= 1
        return day

    def minutes_later(self, start, minutes):
        """Walk minute by minute; a minute is spent when it lies wholly within working hours of a counting day."""
        moment = start
        while minutes > 0:
            day = moment.date()
            hours = self.hours(day) if self.counts(day) else []
            step = moment + timedelta(minutes=1)
            if not any(on(day, first) <= moment and step <= on(day, last) for first, last in hours):
                later = [on(day, first) for first, _ in hours if on(day, first) > moment]
                moment = later[0] if later else on(day + timedelta(days=1), time())
                continue
            minutes -= 1
            moment = step
        return moment

    def placed(self, day, wanted, unit):
        hours = self.hours(day) or next(
            [(time.fromisoformat(a), time.fromisoformat(b)) for a, b in self.week[name]] for name in WEEKDAYS if self.week[name])
        if unit == "same_day" or self.options.due_time == "closing" or wanted > hours[-1][1]:
            return on(day, hours[-1][1])
        for first, last in hours:
            if wanted < first:
                return on(day, first)
            if wanted <= last:
                return on(day, wanted)
        raise AssertionError("a time before the last closing has a place")


def on(day, clock):
    return datetime.combine(day, clock, VIETNAM)
