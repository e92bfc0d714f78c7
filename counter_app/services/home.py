"""What must be done now: the figures of the home page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_app.domain.calendar import DayOff
from counter_app.domain.dossier import DossierRow
from counter_app.services.calendar import CalendarService
from counter_app.services.ports import Clock, Database


@dataclass(frozen=True, slots=True)
class HomeFigures:
    """Counts that open lists, and how the day goes beside a usual one (the same weekday of the last four weeks).

    ``hours`` are (hour, received today, usually received by day's end in that hour). ``on_time_count`` of ``on_time_total`` dossiers
    finished since ``period_from`` (the 15th, as reports count) were in time. ``outbox`` counts ops by state.
    """

    overdue: int
    overdue_worst_days: int
    due_today: int
    due_today_ready: int
    due_soon: int
    soon_until: date
    result_waiting: int
    result_postal: int
    supplement_open: int
    attention: int
    received_today: int
    usual_today: int
    hours: tuple[tuple[int, int, int], ...]
    recent: tuple[DossierRow, ...]
    on_time_total: int
    on_time_count: int
    period_from: date
    next_day_off: DayOff | None
    outbox: dict[str, int]


class HomeService:
    """Counts for the home page."""

    def __init__(self, database: Database, clock: Clock, calendar: CalendarService) -> None:
        self._database = database
        self._clock = clock
        self._calendar = calendar

    def figures(self) -> HomeFigures:
        """Return the figures as of now."""
        raise NotImplementedError
