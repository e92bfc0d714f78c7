"""The calendar document: how the commune writes down its hours, days off and make-up days, and what is wrong with a damaged one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from counter_app.domain.errors import RuleBrokenError, broken

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFF_TYPES = ("holiday", "holiday_in_lieu", "swap_off", "break_weekend")
WORK_TYPES = ("make_up",)


@dataclass(frozen=True, slots=True)
class Interval:
    """Working hours without a break, ``start`` before ``end``."""

    start: time
    end: time


Hours = tuple[Interval, ...]
"""The hours of one day in order; empty: closed."""
Week = tuple[Hours, ...]
"""Hours of Monday to Sunday."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which the desk is closed. ``type`` is one of :data:`OFF_TYPES`; ``pair`` is the day it is exchanged with or stands for."""

    day: date
    name: str
    type: str
    pair: date | None = None


@dataclass(frozen=True, slots=True)
class MakeUpDay:
    """A rest day that is worked in full, with Monday's hours, because the day ``pair`` is off."""

    day: date
    name: str
    pair: date | None = None


@dataclass(frozen=True, slots=True)
class CalendarDocument:
    """A calendar that was read and found whole."""

    version: str
    profiles: Mapping[str, Week]
    off: Mapping[date, DayOff]
    work: Mapping[date, MakeUpDay]


def read_document(document: object) -> CalendarDocument:
    """Read a calendar in the shape of the shipped one.

    Raises:
        RuleBrokenError: CALENDAR_DAMAGED; its field is the path of the first bad entry (``days[12].date``), ``entry`` its content.
    """
    root = _mapping(document, "calendar")
    profiles = _mapping(_mapping(root.get("weekly_hours"), "weekly_hours").get("profiles"), "weekly_hours.profiles")
    if not profiles:
        raise _damaged("weekly_hours.profiles", profiles)
    off: dict[date, DayOff] = {}
    work: dict[date, MakeUpDay] = {}
    for index, entry in enumerate(_list(root.get("days"), "days")):
        found = _day(_mapping(entry, f"days[{index}]"), f"days[{index}]")
        if found.day in off or found.day in work:
            raise _damaged(f"days[{index}].date", found.day.isoformat())
        if isinstance(found, DayOff):
            off[found.day] = found
        else:
            work[found.day] = found
    weeks = {str(name): read_week(week, f"weekly_hours.profiles.{name}") for name, week in profiles.items()}
    meta = _mapping(root.get("meta", {}), "meta")
    return CalendarDocument(str(meta.get("version", "")), weeks, off, work)


def read_week(hours: object, field: str, base: Week | None = None) -> Week:
    """Read hours by weekday (``{"mon": [["07:30", "11:30"], …], …}``); days that are not named keep the hours of ``base``.

    Raises:
        RuleBrokenError: CALENDAR_DAMAGED at the path of the bad entry, also for a weekday that is neither named nor in ``base``.
    """
    named = _mapping(hours, field)
    if unknown := [key for key in named if key not in WEEKDAYS]:
        raise _damaged(f"{field}.{unknown[0]}", unknown[0])
    return tuple(
        base[number] if base is not None and name not in named else _hours(named.get(name), f"{field}.{name}")
        for number, name in enumerate(WEEKDAYS)
    )


def _hours(value: object, field: str) -> Hours:
    intervals: list[Interval] = []
    for index, pair in enumerate(_list(value, field)):
        at = f"{field}[{index}]"
        start, end = (_clock(text, at) for text in _pair(pair, at))
        if start >= end or (intervals and start < intervals[-1].end):
            raise _damaged(at, pair)
        intervals.append(Interval(start, end))
    return tuple(intervals)


def _pair(value: object, field: str) -> list[object]:
    if not isinstance(value, list) or len(value) != 2:
        raise _damaged(field, value)
    return value


def _clock(value: object, field: str) -> time:
    found = read_clock(value)
    if found is None:
        raise _damaged(field, value)
    return found


def read_clock(value: object) -> time | None:
    """Read ``HH:MM``; None for anything else."""
    if not isinstance(value, str) or len(value) != 5 or value[2] != ":" or not value.isascii():
        return None
    hour, minute = value[:2], value[3:]
    if not (hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
        return None
    return time(int(hour), int(minute))


def _day(entry: Mapping[str, Any], field: str) -> DayOff | MakeUpDay:
    day = _date(entry.get("date"), f"{field}.date")
    weekday = WEEKDAYS[day.weekday()].capitalize()
    if entry.get("weekday", weekday) != weekday:
        raise _damaged(f"{field}.weekday", entry["weekday"])
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip():
        raise _damaged(f"{field}.name", name)
    pair = None if entry.get("pair") is None else _date(entry["pair"], f"{field}.pair")
    kind, type_ = entry.get("kind"), entry.get("type")
    if kind not in ("off", "work"):
        raise _damaged(f"{field}.kind", kind)
    if type_ not in (OFF_TYPES if kind == "off" else WORK_TYPES):
        raise _damaged(f"{field}.type", type_)
    return DayOff(day, name, str(type_), pair) if kind == "off" else MakeUpDay(day, name, pair)


def _date(value: object, field: str) -> date:
    try:
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise _damaged(field, value)


def _mapping(value: object, field: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _damaged(field, value)
    return value


def _list(value: object, field: str) -> list[Any]:
    if not isinstance(value, list):
        raise _damaged(field, value)
    return value


def shown(value: object) -> str:
    """Return a bad value as a sentence shows it: cut short, a missing one as nothing, a list or an object by its brackets alone."""
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    text = "" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _damaged(field: str, entry: object) -> RuleBrokenError:
    return broken("CALENDAR_DAMAGED", field, where=field, entry=shown(entry))
