"""The calendar that the province publishes (``calendar/1``, province contract 9), as this desk's own calendar document.

It takes effect on a day: days before it stay as they were, and so do the hours until it has come.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from counter_app.domain.calendar_document import WEEKDAYS, read_document
from counter_app.domain.errors import broken

SCHEMA = "calendar/1"
_PUBLISHED = "standard"
"""The profile of hours that the province publishes; those of the commune's own making stay."""


def merged_calendar(present: Mapping[str, Any], file: object, version: str, effective_from: date, today: date) -> dict[str, Any]:
    """Return the document of ``present`` with a published file in it from a day on.

    Raises:
        RuleBrokenError: CALENDAR_DAMAGED, the file has another shape than the contract's, or what comes of it is no calendar.
    """
    if not isinstance(file, dict) or file.get("schema") != SCHEMA:
        raise broken("CALENDAR_DAMAGED", SCHEMA, where=SCHEMA, entry=SCHEMA)
    try:
        published = [*_days(file["days_off"], "off", "holiday"), *_days(file["make_up_days"], "work", "make_up")]
        week = _week(file["working_hours"])
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise broken("CALENDAR_DAMAGED", SCHEMA, where=SCHEMA, entry=SCHEMA) from error
    known = {day["date"]: day for day in present["days"]}
    days = [day for day in known.values() if date.fromisoformat(day["date"]) < effective_from]
    days += [_same(day, known.get(day["date"])) for day in published if date.fromisoformat(day["date"]) >= effective_from]
    hours = present["weekly_hours"]
    if effective_from <= today:
        hours = {**hours, "profiles": {**hours["profiles"], _PUBLISHED: week}}
    document = {**present, "meta": {**present.get("meta", {}), "version": version}, "weekly_hours": hours, "days": days}
    read_document(document)
    return document


def _same(day: dict[str, Any], known: Mapping[str, Any] | None) -> dict[str, Any]:
    """Keep what else the desk knew of a day: what kind of holiday it is, and which day it stands for."""
    return {**known, "name": day["name"]} if known and known["kind"] == day["kind"] else day


def _days(listed: list[Mapping[str, Any]], kind: str, of_type: str) -> Iterator[dict[str, Any]]:
    for each in listed:
        day = date.fromisoformat(each["day"])
        yield {
            "date": day.isoformat(), "weekday": WEEKDAYS[day.weekday()].capitalize(), "kind": kind, "type": of_type, "name": each["name"],
            "pair": None}


def _week(hours: Mapping[str, list[str]]) -> dict[str, list[list[str]]]:
    return {day: [part.split("-") for part in hours.get(day, [])] for day in WEEKDAYS}
