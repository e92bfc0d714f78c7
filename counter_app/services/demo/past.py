"""The weeks before the demonstration: older dossiers as lines for the import, so that every list of the home page has something in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.codes import official_code
from counter_app.domain.deadline_clock import at_clock
from counter_app.domain.moments import day_of, write_local
from counter_app.services.deadlines.appointments import AppointmentService
from counter_app.services.demo.cases import DemoCases
from counter_app.services.demo.clock import moments_of_day
from counter_app.services.demo.people import DemoPeople

WEEKS = 6
A_DAY = (8, 14)
LATE, WAITING = 0.01, 0.07
"""Shares of closed dossiers that were late, and of those whose result nobody has fetched yet."""
SUPPLEMENTS, LONGEST = 6, 4
"""How many wait for papers; those with most time left don't, something is to happen to them today."""
A_WEEK, A_DAY_LONG = timedelta(days=9), timedelta(days=1)
"""Two are still overdue: the oldest and the newest of what should have been ready in the last days, same-day acts aside."""


@dataclass(frozen=True, slots=True)
class _Older:
    """One older dossier while its fate is being decided."""

    received_at: datetime
    due_at: datetime
    line: dict[str, Any]

    @property
    def long(self) -> bool:
        """True for what takes more than a day."""
        return self.due_at - self.received_at > A_DAY_LONG


class DemoPast:
    """Makes the lines. ``now`` is the morning of the demonstration."""

    def __init__(
        self, rng: Random, people: DemoPeople, cases: DemoCases, *, appointments: AppointmentService, calendar: WorkCalendar, agency: str,
    ) -> None:
        self._rng = rng
        self._people = people
        self._cases = cases
        self._appointments = appointments
        self._calendar = calendar
        self._agency = agency

    def lines(self, now: datetime) -> list[dict[str, Any]]:
        """Return the lines, the oldest first: most closed, some due today, some waiting, a few late."""
        today = day_of(now)
        older = list(self._before(today))
        for each in older:
            self._close(each, now)
        late = [each for each in older if each.long and today - A_WEEK <= day_of(each.due_at) < today]
        for each in late[:1] + late[-1:]:
            each.line.update(closed_at=None, closed_as=None)
        running = sorted((each for each in older if day_of(each.due_at) > today), key=lambda each: each.due_at)
        for each in running[:-LONGEST][-SUPPLEMENTS:]:
            each.line["supplement_open_from"] = write_local(self._between(each.received_at, now))
        return [each.line for each in older]

    def _before(self, today: date) -> Iterator[_Older]:
        for back in range(WEEKS * 7, 0, -1):
            day = today - timedelta(days=back)
            if self._calendar.is_reception_day(day):
                yield from self._of_day(day)

    def _of_day(self, day: date) -> Iterator[_Older]:
        count = self._rng.randint(*A_DAY)
        for serial, received_at in enumerate(moments_of_day(self._calendar, day, count, self._rng), start=1):
            procedure, person = self._cases.procedure(), self._people.person()
            appointment = self._appointments.for_procedure(procedure, received_at)
            due_at = (appointment.due_at if appointment else None) or received_at
            yield _Older(received_at, due_at, {
                "code": official_code(self._agency, day, serial), "field": procedure.field_name, "procedure_code": procedure.code,
                "channel": "direct", "received_at": write_local(received_at),
                "due_history": [{"set_at": write_local(received_at), "due_at": write_local(due_at)}],
                "closed_at": None, "closed_as": None, "supplement_open_from": None, "supplement_open_to": None,
                "applicant": {name: getattr(person, name) for name in ("full_name", "id_number", "phone", "address")},
            })

    def _close(self, older: _Older, now: datetime) -> None:
        """Close what was due; of what is due today, six in ten have their result already."""
        rng, today = self._rng, day_of(now)
        if day_of(older.due_at) > today or (day_of(older.due_at) == today and rng.random() > 0.6):
            return
        yesterday = at_clock(self._calendar.counting_day_before(today) or today, older.due_at.time())
        done = self._between(older.received_at, min(older.due_at, yesterday))
        if rng.random() < LATE:
            done = min(older.due_at + timedelta(days=2), yesterday)
        waits = day_of(older.due_at) == today or rng.random() < WAITING
        older.line["closed_at"] = write_local(max(done, older.received_at))
        older.line["closed_as"] = "result_ready" if waits else "returned"

    def _between(self, start: datetime, end: datetime) -> datetime:
        """Return a moment of the opening hours between two others, the later one where there is none."""
        days = [start.date() + timedelta(days=number) for number in range((end.date() - start.date()).days + 1)]
        open_days = [day for day in days if self._calendar.is_reception_day(day)] or [end.date()]
        moment = next(moments_of_day(self._calendar, self._rng.choice(open_days), 1, self._rng))
        return min(max(moment, start), max(start, end))
