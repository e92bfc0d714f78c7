"""What becomes of an appointment: supplements asked for and brought, extensions, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.deadline import after_supplement, appointment, extended
from counter_app.domain.deadline_input import DEFAULTS
from counter_app.domain.deadline_terms import Appointment, DeadlineOptions, Limit
from counter_app.domain.errors import Problem, RuleBrokenError, broken


class DeadlineEventKind(StrEnum):
    """What can move a due time."""

    SUPPLEMENT_REQUESTED = "supplement_requested"
    SUPPLEMENT_RECEIVED = "supplement_received"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True)
class DeadlineEvent:
    """One event. ``by`` is how much an extension gives; the other kinds have none."""

    kind: DeadlineEventKind
    at: datetime
    by: Limit | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """An event that was refused and changed nothing: its place in the sequence, from 0, and why."""

    index: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where a deadline stands after its events: ``first`` is what the slip says, ``current`` what is in force.

    ``history`` holds every due time in the order they were set, the first one included; it is empty where there is no limit.
    """

    first: Appointment
    current: Appointment
    history: tuple[datetime, ...]
    refused: tuple[Refusal, ...] = ()
    open_since: datetime | None = None
    supplements: int = 0
    extensions: int = 0

    @property
    def due_at(self) -> datetime | None:
        """The due time in force."""
        return self.current.due_at


def follow(
    received_at: datetime, limits: Sequence[Limit], events: Sequence[DeadlineEvent], calendar: WorkCalendar,
    options: DeadlineOptions = DEFAULTS,
) -> Timeline:
    """Return the timeline of a dossier. A refused event stands in ``refused``; the others hold.

    Reasons of a refusal: EVENT_OUT_OF_ORDER (before the receipt or an event before it), SUPPLEMENT_ALREADY_OPEN, SUPPLEMENT_NOT_OPEN, and
    those of :func:`~counter_app.domain.deadline.extended`.

    Raises:
        RuleBrokenError: as :func:`~counter_app.domain.deadline.appointment`.
    """
    first = appointment(received_at, limits, calendar, options)
    line = Timeline(first, first, () if first.due_at is None else (first.due_at,))
    last_at = first.received_at or received_at
    for index, event in enumerate(events):
        try:
            if event.at < last_at:
                raise broken("EVENT_OUT_OF_ORDER", "at")
            line = _after(line, event, calendar, options)
            last_at = event.at
        except RuleBrokenError as error:
            line = replace(line, refused=(*line.refused, Refusal(index, error.problems[0])))
    return line


def _after(line: Timeline, event: DeadlineEvent, calendar: WorkCalendar, options: DeadlineOptions) -> Timeline:
    if event.kind is DeadlineEventKind.SUPPLEMENT_REQUESTED:
        if line.open_since is not None:
            raise broken("SUPPLEMENT_ALREADY_OPEN", "at")
        return replace(line, open_since=event.at, supplements=line.supplements + 1)
    if event.kind is DeadlineEventKind.SUPPLEMENT_RECEIVED:
        if line.open_since is None:
            raise broken("SUPPLEMENT_NOT_OPEN", "at")
        current = after_supplement(line.current, line.open_since, event.at, calendar, options)
        return replace(_with(line, current), open_since=None)
    if event.by is None:
        raise broken("EXTENSION_UNIT", "limit")
    current = extended(line.current, event.at, event.by, calendar, options, extensions=line.extensions)
    return replace(_with(line, current), extensions=line.extensions + 1)


def _with(line: Timeline, current: Appointment) -> Timeline:
    history = line.history if current.due_at is None else (*line.history, current.due_at)
    return replace(line, current=current, history=history)
