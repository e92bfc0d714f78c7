"""What must be done now: the figures of the home page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from counter_app.domain.calendar import DayOff, WorkCalendar
from counter_app.domain.deadline import classify
from counter_app.domain.dossier import DeliveryMethod, DossierRow, Status
from counter_app.domain.moments import VIETNAM, day_of
from counter_app.domain.report_periods import PeriodKind, containing
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.desk.settings import SettingsService
from counter_app.services.ports import Database, ListFilter, ListMoment, UnitOfWork
from counter_app.services.reports import settings as report_settings

RECENT = 10
WEEKS = 4
COUNTED = (ListFilter.OVERDUE, ListFilter.DUE_TODAY, ListFilter.DUE_SOON, ListFilter.RESULT_WAITING, ListFilter.SUPPLEMENT_OPEN,
           ListFilter.SUPPLEMENT_LATE, ListFilter.ATTENTION, ListFilter.RECEIVED_TODAY)
"""Lists of what is open, each short; the long ones are never counted here."""


@dataclass(frozen=True, slots=True)
class HomeFigures:
    """Counts that open lists, and how the day goes beside a usual one (the same weekday of the last four weeks).

    ``hours`` are (hour, received today, usually received by day's end in that hour). ``on_time_count`` of ``on_time_total`` dossiers
    finished since ``period_from`` (the 15th, as reports count) were in time; ``on_time_target`` is the share, in thousandths, that the
    commune wants. ``outbox`` counts ops by state.
    ``overdue_permille`` is the share of the overdue ones in all dossiers of the system, in thousandths, rounded half up;
    ``overdue_alarm`` tells that it is above the commune's threshold.
    """

    overdue: int
    overdue_worst_days: int
    overdue_permille: int
    overdue_alarm: bool
    due_today: int
    due_today_ready: int
    due_soon: int
    soon_until: date
    result_waiting: int
    result_postal: int
    supplement_open: int
    supplement_late: int
    attention: int
    received_today: int
    usual_today: int
    hours: tuple[tuple[int, int, int], ...]
    recent: tuple[DossierRow, ...]
    on_time_total: int
    on_time_count: int
    on_time_target: int
    period_from: date
    next_day_off: DayOff | None
    outbox: dict[str, int]


class HomeService:
    """Counts for the home page, from one snapshot of the database."""

    def __init__(self, database: Database, calendar: CalendarService, settings: SettingsService) -> None:
        self._database = database
        self._calendar = calendar
        self._settings = settings

    def figures(self) -> HomeFigures:
        """Return the figures as of now."""
        at, calendar = self._calendar.list_moment(), self._calendar.calendar()
        today, period_from = day_of(at.now), period_start(day_of(at.now))
        threshold = self._settings.profile().overdue_threshold_permille
        with self._database.read() as uow:
            counts = {which: uow.dossiers.count(which, at) for which in COUNTED}
            everything, overdue = uow.dossiers.count(ListFilter.ALL, at), counts[ListFilter.OVERDUE]
            hours = _hours(uow, calendar, today)
            finished = list(uow.dossiers.finished_between(_midnight(period_from), at.today_end))
            return HomeFigures(
                overdue=overdue,
                overdue_worst_days=_worst_days(uow, at, calendar),
                overdue_permille=(2000 * overdue + everything) // (2 * everything) if everything else 0,
                overdue_alarm=1000 * overdue > threshold * everything,
                due_today=counts[ListFilter.DUE_TODAY],
                due_today_ready=uow.dossiers.count(ListFilter.DUE_TODAY, at, status=Status.RESULT_READY),
                due_soon=counts[ListFilter.DUE_SOON],
                soon_until=day_of(at.soon_end),
                result_waiting=counts[ListFilter.RESULT_WAITING],
                result_postal=uow.dossiers.count(ListFilter.RESULT_WAITING, at, delivery=DeliveryMethod.POSTAL),
                supplement_open=counts[ListFilter.SUPPLEMENT_OPEN],
                supplement_late=counts[ListFilter.SUPPLEMENT_LATE],
                attention=counts[ListFilter.ATTENTION],
                received_today=counts[ListFilter.RECEIVED_TODAY],
                usual_today=sum(usual for _, _, usual in hours),
                hours=hours,
                recent=tuple(uow.dossiers.rows(ListFilter.ALL, at, limit=RECENT)),
                on_time_total=len(finished),
                on_time_count=sum(classify(finished_at, due_at) != "overdue" for finished_at, due_at in finished),
                on_time_target=report_settings.from_stored(uow.settings.get(report_settings.KEY)).on_time_target,
                period_from=period_from,
                next_day_off=calendar.next_day_off(today),
                outbox=uow.outbox.counts(),
            )


def period_start(today: date) -> date:
    """Return the first day of the report month that ``today`` lies in: the 15th of this month or of the one before."""
    return containing(PeriodKind.MONTH, today).start


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _worst_days(uow: UnitOfWork, at: ListMoment, calendar: WorkCalendar) -> int:
    """Return how many working days the longest overdue dossier is late; the list begins with it."""
    worst = uow.dossiers.rows(ListFilter.OVERDUE, at, limit=1)
    if not worst or worst[0].due_at is None:
        return 0
    return calendar.counting_days_between(day_of(worst[0].due_at), day_of(at.now))


def _hours(uow: UnitOfWork, calendar: WorkCalendar, today: date) -> tuple[tuple[int, int, int], ...]:
    """Return (hour, today, usual) for every hour in which the desk is open or something came in."""
    before = [day for week in range(1, WEEKS + 1) if calendar.is_reception_day(day := today - timedelta(weeks=week))]
    now = _of_day(uow, today)
    sums: dict[int, int] = {}
    for day in before:
        for hour, count in _of_day(uow, day).items():
            sums[hour] = sums.get(hour, 0) + count
    usual = {hour: round(total / len(before)) for hour, total in sums.items()}
    opened = {hour for interval in calendar.hours(today) for hour in range(interval.start.hour, -(-_minutes(interval.end) // 60))}
    return tuple((hour, now.get(hour, 0), usual.get(hour, 0)) for hour in sorted(opened | now.keys() | usual.keys()))


def _of_day(uow: UnitOfWork, day: date) -> dict[int, int]:
    return {each.hour: each.received for each in uow.dossiers.hours_of_day(_midnight(day), _midnight(day + timedelta(days=1)))}


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
