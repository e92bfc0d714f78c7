"""Calendars for tests: the shipped one under its profiles, and odd ones that no commune has, but some file will."""

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from counter_app.domain.calendar import WorkCalendar

SHIPPED = Path(__file__).parents[2] / "resources" / "calendar" / "calendar.json"
WORKING_WEEK = ("mon", "tue", "wed", "thu", "fri")
CLOSED_WEEK = {name: [] for name in WORKING_WEEK}
WHOLE_DAY = [["07:30", "11:30"], ["13:30", "17:30"]]


@cache
def _shipped_text():
    return SHIPPED.read_text(encoding="utf-8")


def shipped():
    """A fresh copy of the shipped document."""
    return json.loads(_shipped_text())


def entry(day, kind="off", type_="holiday", name="Ngày nghỉ", pair=None):
    return {"date": day.isoformat(), "kind": kind, "type": type_, "name": name, "pair": pair}


def document(days=(), **hours):
    """A small document: Monday to Friday all day, ``hours`` of other weekdays by name, and these days."""
    week = dict.fromkeys(WORKING_WEEK, WHOLE_DAY) | {"sat": [], "sun": []} | hours
    return {"meta": {"version": "test"}, "weekly_hours": {"profiles": {"standard": week}}, "days": list(days)}


def month_off():
    return document([entry(date(2026, 8, 1) + timedelta(days=number)) for number in range(31)])


def many_make_ups():
    """Every second Saturday of 2026 is worked, every second Monday is swapped away, and one Sunday is worked too."""
    saturdays = [date(2026, 1, 3) + timedelta(weeks=2 * number) for number in range(26)]
    swapped = [entry(day + timedelta(days=9), "off", "swap_off", "Hoán đổi", day.isoformat()) for day in saturdays]
    made = [entry(day, "work", "make_up", "Làm bù") for day in (*saturdays, date(2026, 11, 29))]
    return document([*made, *swapped], sat=[["08:00", "10:00"]])


def uneven_hours():
    """Closed on Wednesdays, one short afternoon, a long Thursday, a Sunday morning that never counts."""
    return document(
        [entry(date(2026, 11, 24)), entry(date(2026, 11, 26))],
        tue=[["13:00", "15:30"]], wed=[], thu=[["06:45", "12:00"], ["12:00", "13:00"], ["16:00", "20:00"]], sun=[["08:00", "09:00"]],
    )


@cache
def named(name):
    """A calendar by name, made once: it is immutable."""
    if name in ("standard", "standard_saturday_morning", "early"):
        return WorkCalendar.from_document(shipped(), profile=name)
    return WorkCalendar.from_document({"month_off": month_off, "many_make_ups": many_make_ups, "uneven_hours": uneven_hours}[name]())


NAMES = ("standard", "standard_saturday_morning", "early", "month_off", "many_make_ups", "uneven_hours")
