"""Appointments as other programs ask for them: one object in, one object out, or a list of either (the ``appointment`` verb)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.calendar_document import CalendarDocument
from counter_app.domain.deadline import classify
from counter_app.domain.deadline_input import read_limit, read_limits, read_moment, read_options
from counter_app.domain.deadline_terms import Limit, LimitUnit, Phase
from counter_app.domain.errors import RuleBrokenError, broken
from counter_app.domain.moments import write_local
from counter_app.domain.text import tidy
from counter_app.domain.timeline import DeadlineEvent, DeadlineEventKind, Timeline, follow
from counter_app.services.deadlines.wording import explain
from counter_app.services.json_reader import LONGEST_NAME
from counter_app.services.ports import JsonValue
from counter_app.support.messages import sentence

JsonObject = dict[str, Any]
MEMBERS = frozenset({"received_at", "limit", "options", "calendar", "events", "finished_at"})
MOST_EVENTS = 200


class AppointmentCalculator:
    """Computes appointments with one calendar document; the calendars of its profiles are made once."""

    def __init__(self, document: CalendarDocument, profile: str = "standard", lang: str = "vi") -> None:
        self._document = document
        self._profile = profile
        self._lang = lang
        self._calendars: dict[str, WorkCalendar] = {}

    def compute(self, asked: JsonValue) -> JsonValue:
        """Return the answer to one object, or the list of answers to a list, in its order.

        A bad member of a list gives ``error``, ``field`` and ``message`` at its place and nothing else is lost.

        Raises:
            RuleBrokenError: the only object is bad: its first problem at the path of the bad member.
        """
        if isinstance(asked, list):
            return [self._one_of_many(each) for each in asked]
        return self._one(asked)

    def _one_of_many(self, asked: JsonValue) -> JsonObject:
        try:
            return self._one(asked)
        except RuleBrokenError as error:
            problem = error.problems[0]
            return {
                "effective_received_at": None, "due_at": None, "history": [], "classification": None, "explanation": None,
                "error": problem.code, "field": problem.field, "message": sentence(problem, self._lang),
            }

    def _one(self, asked: JsonValue) -> JsonObject:
        if not isinstance(asked, dict):
            raise broken("APPOINTMENT_MISSHAPEN")
        for name in asked:
            if name not in MEMBERS:
                raise broken("JSON_UNKNOWN_MEMBER", tidy(str(name))[:LONGEST_NAME])
        received_at = read_moment(asked.get("received_at"), "received_at")
        if "limit" not in asked:
            raise broken("LIMIT_MISSING", "limit")
        limits = read_limits(asked["limit"])
        options = read_options({} if asked.get("options") is None else asked["options"])
        events = _events(asked.get("events"), limits)
        finished_at = None if asked.get("finished_at") is None else read_moment(asked["finished_at"], "finished_at")
        line = follow(received_at, limits, events, self._calendar(asked.get("calendar")), options)
        return self._answer(line, finished_at)

    def _calendar(self, asked: JsonValue) -> WorkCalendar:
        """Return the calendar of ``{"profile", "hours"}``; ``hours`` replaces the hours of the weekdays it names."""
        named = {} if asked is None else asked
        if not isinstance(named, dict) or not isinstance(named.get("profile", ""), str | None):
            raise broken("CALENDAR_SHAPE", "calendar")
        profile, hours = named.get("profile") or self._profile, named.get("hours")
        key = json.dumps([profile, hours], sort_keys=True)
        if key not in self._calendars:
            self._calendars[key] = WorkCalendar(self._document, profile, hours)
        return self._calendars[key]

    def _answer(self, line: Timeline, finished_at: datetime | None) -> JsonObject:
        answer: JsonObject = {
            "effective_received_at": write_local(line.first.effective_at),
            "due_at": None if line.due_at is None else write_local(line.due_at),
            "history": [write_local(due) for due in line.history],
            "classification": None if finished_at is None else classify(finished_at, line.due_at),
            "explanation": explain(line.current, self._lang),
            "phases": [_phase(phase) for phase in line.current.phases],
            "warnings": [problem.code for problem in line.current.warnings],
        }
        if line.refused:
            answer["error"] = line.refused[0].problem.code
            answer["refused"] = [
                {"event": refusal.index, "code": refusal.problem.code, "message": sentence(refusal.problem, self._lang)}
                for refusal in line.refused
            ]
        return answer


def _phase(phase: Phase) -> JsonObject:
    return {
        "value": phase.limit.value, "unit": phase.limit.unit.value, "start_at": write_local(phase.start_at),
        "due_at": write_local(phase.due_at),
    }


def _events(asked: JsonValue, limits: Sequence[Limit]) -> list[DeadlineEvent]:
    events = [] if asked is None else asked
    if not isinstance(events, list) or len(events) > MOST_EVENTS:
        raise broken("APPOINTMENT_EVENTS_MISSHAPEN", "events", most=MOST_EVENTS)
    return [_event(event, f"events[{index}]", limits) for index, event in enumerate(events)]


def _event(asked: JsonValue, field: str, limits: Sequence[Limit]) -> DeadlineEvent:
    if not isinstance(asked, dict):
        raise broken("APPOINTMENT_EVENTS_MISSHAPEN", field, most=MOST_EVENTS)
    kind = asked.get("type")
    if not isinstance(kind, str) or kind not in tuple(DeadlineEventKind):
        raise broken("APPOINTMENT_EVENT_UNKNOWN", f"{field}.type", type=str(kind)[:40], known=", ".join(DeadlineEventKind))
    at = read_moment(asked.get("at"), f"{field}.at")
    by = _extension(asked, field, limits) if kind == DeadlineEventKind.EXTENDED else None
    return DeadlineEvent(DeadlineEventKind(kind), at, by)


def _extension(asked: Mapping[str, Any], field: str, limits: Sequence[Limit]) -> Limit:
    """Read how much an extension gives: ``limit`` (or ``by``) with ``value`` and ``unit``, or both beside ``type``.

    Without a unit it is that of the limit, working days for a limit of the same day.
    """
    name = "limit" if "limit" in asked else "by" if "by" in asked else ""
    given = asked[name] if name else {key: asked[key] for key in ("value", "unit") if key in asked}
    if isinstance(given, int):
        given = {"value": given}
    path = f"{field}.{name}" if name else field
    if not isinstance(given, dict):
        raise broken("LIMIT_MISSHAPEN", path)
    unit = limits[-1].unit if limits and limits[-1].unit is not LimitUnit.SAME_DAY else LimitUnit.WORKING_DAY
    return read_limit({"unit": unit.value, **given}, path)
