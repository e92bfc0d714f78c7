"""The calendar of this desk: which one is in force, what it says about a year, and a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path

from counter_app.domain.calendar import DayOff, MakeUpDay, WorkCalendar
from counter_app.domain.calendar_document import CalendarDocument, read_document
from counter_app.domain.deadline_clock import at_clock
from counter_app.domain.errors import Problem, broken
from counter_app.domain.moments import FIRST_YEAR, LAST_YEAR, day_of
from counter_app.domain.people import Actor, Permission
from counter_app.services.changes import Changes
from counter_app.services.deadlines.calendar_change import AffectedDossier, affected_dossiers
from counter_app.services.deadlines.settings import DeadlineSettings
from counter_app.services.desk.settings import SettingsService
from counter_app.services.json_reader import parse_json
from counter_app.services.ports import Clock, Database, JsonValue, ListMoment
from counter_app.services.recording import write_audit
from counter_app.services.surroundings import disk_fault
from counter_app.services.trail.row_notes import held_calendar
from counter_app.support.files import bounded_content
from counter_app.support.resources import shipped_json

SHIPPED = "calendar/calendar.json"
KEPT_SECONDS = 60.0
"""How long the calendar in hand is used before it is read again: another window may have imported a new one."""
LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class MonthOfCalendar:
    """How many days of a month the desk is open, and how many count."""

    month: int
    reception_days: int
    counting_days: int


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """What the calendar says about a year. ``known`` False: it holds no holidays of that year."""

    year: int
    version: str
    profile: str
    known: bool
    reception_days: int
    counting_days: int
    months: tuple[MonthOfCalendar, ...]
    days_off: tuple[DayOff, ...]
    make_up_days: tuple[MakeUpDay, ...]
    swaps: tuple[tuple[date, date], ...]
    """Pairs of a day off and the rest day that is worked for it."""


@dataclass(frozen=True, slots=True)
class CalendarImported:
    """A calendar that is in force from now on. ``affected`` are open dossiers whose due time would move; what was printed stays."""

    version: str
    days: int
    years: tuple[int, ...]
    affected: tuple[AffectedDossier, ...]
    warnings: tuple[Problem, ...]
    changes: Changes


class CalendarService:
    """Keeps the calendar. Without ``settings`` the hours are the standard ones and a warning comes one working day ahead."""

    def __init__(self, database: Database, clock: Clock, settings: SettingsService | None = None) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._kept: tuple[float, CalendarDocument, WorkCalendar] | None = None

    def calendar(self) -> WorkCalendar:
        """Return the calendar in force under the desk's hours.

        Raises:
            RuleBrokenError: CALENDAR_DAMAGED, HOURS_PROFILE_UNKNOWN.
            SurroundingsError: as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        return self._current()[1]

    def document(self) -> CalendarDocument:
        """Return the document of the calendar in force, with the hours of every profile; raises as :meth:`calendar`."""
        return self._current()[0]

    def profile(self) -> str:
        """Return the name of the desk's hours."""
        return "standard" if self._settings is None else self._settings.profile().hours_profile

    def show(self, year: int) -> CalendarYear:
        """Return what the calendar says about a year.

        Raises:
            RuleBrokenError: YEAR_IMPOSSIBLE (field ``year``), and as :meth:`calendar`.
        """
        return year_of(self.calendar(), year)

    def list_moment(self) -> ListMoment:
        """Return where the lists are cut now. *Soon* ends with the last of the next working days that the settings name, one by default."""
        now = self._clock.now()
        settings = DeadlineSettings() if self._settings is None else self._settings.deadlines()
        soon = today = day_of(now)
        if settings.soon_working_days:
            soon = self.calendar().counting_day_after(today, settings.soon_working_days)
        return ListMoment(now, at_clock(today, LAST_SECOND), at_clock(soon, LAST_SECOND))

    def affected(self, document: JsonValue) -> list[AffectedDossier]:
        """Return the open dossiers whose due time would move under another calendar document, the next due first.

        Raises:
            RuleBrokenError: as :meth:`import_file`.
        """
        planned = WorkCalendar(read_document(document), self.profile())
        with self._database.read() as uow:
            return affected_dossiers(uow, self.calendar(), planned, self._clock.now())

    def import_file(self, path: Path, actor: Actor) -> CalendarImported:
        """Put a calendar document in force, with a line in the audit trail. Nothing is recounted: printed times stay.

        Raises:
            RuleBrokenError: NOT_ALLOWED, JSON_DAMAGED, CALENDAR_DAMAGED, CALENDAR_WITHOUT_VERSION, CALENDAR_NO_WORKING_DAYS,
                HOURS_PROFILE_UNKNOWN; the calendar in force stays.
            SurroundingsError: the file can't be read, or as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        if not actor.may(Permission.MANAGE_CATALOGUE):
            raise broken("NOT_ALLOWED")
        content = read_calendar_file(path)
        document = read_document(content)
        if not document.version:
            raise broken("CALENDAR_WITHOUT_VERSION", "meta.version")
        planned, now = WorkCalendar(document, self.profile()), self._clock.now()
        planned.counting_day_after(day_of(now))
        lost = [year for year in self.calendar().known_years() if year >= now.year and not planned.knows(year)]
        affected = tuple(self.affected(content))
        with self._database.write() as uow:
            uow.calendar.add(document.version, content, now)
            write_audit(uow, now, actor.user_id, "calendar.imported", document.version, {
                "affected": len(affected), **held_calendar(uow)})
            uow.commit()
        self._kept = None
        warnings = (Problem("CALENDAR_YEARS_LOST", None, {"years": ", ".join(map(str, lost))}),) if lost else ()
        return CalendarImported(
            document.version, len(document.off) + len(document.work), planned.known_years(), affected, warnings, Changes.of("calendar"),
        )

    def _current(self) -> tuple[CalendarDocument, WorkCalendar]:
        now = self._clock.uptime()
        if self._kept is None or now - self._kept[0] > KEPT_SECONDS:
            with self._database.read() as uow:
                stored = uow.calendar.newest()
            document = read_document(shipped_json(SHIPPED) if stored is None else stored)
            self._kept = now, document, WorkCalendar(document, self.profile())
        return self._kept[1], self._kept[2]


def year_of(calendar: WorkCalendar, year: int) -> CalendarYear:
    """Return what a calendar says about a year.

    Raises:
        RuleBrokenError: YEAR_IMPOSSIBLE (field ``year``).
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise broken("YEAR_IMPOSSIBLE", "year", year=year, first=FIRST_YEAR, last=LAST_YEAR)
    months = tuple(_month_of(calendar, year, month) for month in range(1, 13))
    days_off, made_up = calendar.days_off_of(year), calendar.make_up_days_of(year)
    swaps = [(off.day, off.pair) for off in days_off if off.type == "swap_off" and off.pair is not None]
    return CalendarYear(
        year, calendar.version, calendar.profile, calendar.knows(year), sum(month.reception_days for month in months),
        sum(month.counting_days for month in months), months, tuple(days_off), tuple(made_up), tuple(swaps),
    )


def read_calendar_file(path: Path) -> JsonValue:
    """Return the JSON value in a file.

    Raises:
        RuleBrokenError: as :func:`~counter_app.services.json_reader.parse_json`.
        SurroundingsError: the file can't be read.
    """
    try:
        data = bounded_content(path)
    except OSError as error:
        raise disk_fault(error, path) from error
    return parse_json(data)


def _month_of(calendar: WorkCalendar, year: int, month: int) -> MonthOfCalendar:
    first = date(year, month, 1)
    days = [day for day in (first + timedelta(days=number) for number in range(31)) if day.month == month]
    return MonthOfCalendar(month, sum(map(calendar.is_reception_day, days)), sum(map(calendar.is_counting_day, days)))
