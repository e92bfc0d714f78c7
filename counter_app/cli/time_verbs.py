"""The verbs of time: ``calendar`` and ``appointment``. Where there is no desk yet, the shipped calendar answers."""

from __future__ import annotations

import argparse
from operator import attrgetter
from pathlib import Path
from typing import Any

from counter_app.cli.frame import NEEDS_PERSON, CommandContext, CommandResult, Subparsers
from counter_app.domain.calendar import DayOff, MakeUpDay, WorkCalendar
from counter_app.domain.calendar_document import read_document
from counter_app.domain.moments import read_local
from counter_app.domain.text import write_day
from counter_app.services.deadlines.appointment_json import AppointmentCalculator
from counter_app.services.deadlines.calendar import SHIPPED, CalendarYear, year_of
from counter_app.services.deadlines.wording import long_time, weekday
from counter_app.support.messages import sentence
from counter_app.support.resources import shipped_json


def register(subparsers: Subparsers) -> None:
    """Add the verbs of this module."""
    appointment = subparsers.add_parser("appointment", help="compute due times", description="Compute due times from JSON.")
    appointment.add_argument("file", nargs="?", default="-", metavar="FILE", help="one object or a list of them; - is standard input")
    appointment.set_defaults(run=compute_appointments)
    calendar = subparsers.add_parser("calendar", help="reception days, counting days, swaps")
    actions = calendar.add_subparsers(metavar="ACTION", required=True)
    show = actions.add_parser("show", help="a year of the calendar in force")
    show.add_argument("year", type=int, metavar="YEAR")
    show.set_defaults(run=show_calendar)
    take_in = actions.add_parser("import", help="put a new calendar in force")
    take_in.add_argument("file", type=Path, metavar="FILE")
    take_in.set_defaults(run=import_calendar)


def compute_appointments(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Answer ``appointment``: by the desk's own calendar where there is a desk."""
    asked = context.read_json(arguments.file)
    if _has_desk(context):
        answer = context.counter.appointments.compute(asked, context.lang)
    else:
        answer = AppointmentCalculator(read_document(shipped_json(SHIPPED)), lang=context.lang).compute(asked)
    answers = answer if isinstance(answer, list) else [answer]
    return CommandResult(answer, tuple(line for each in answers for line in _appointment_lines(context, each)))


def show_calendar(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Answer ``calendar show YEAR``."""
    if _has_desk(context):
        year = context.counter.calendar.show(arguments.year)
    else:
        year = year_of(WorkCalendar.from_document(shipped_json(SHIPPED)), arguments.year)
    return CommandResult(_calendar_value(year), tuple(_calendar_lines(context, year)))


def import_calendar(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Answer ``calendar import FILE``; somebody is needed where open dossiers are affected or years are missing."""
    done = context.counter.calendar.import_file(arguments.file, context.actor)
    years = ", ".join(map(str, done.years))
    lines = [context.say("CALENDAR_IMPORTED", version=done.version, days=done.days, years=years)]
    lines += [sentence(warning, context.lang) for warning in done.warnings]
    if done.affected:
        lines.append(context.say("CALENDAR_AFFECTED", count=len(done.affected)))
    value = {
        "version": done.version, "days": done.days, "years": done.years, "warnings": [warning.code for warning in done.warnings],
        "affected": [
            {"code": each.code, "dossier_id": each.dossier_id, "due_at": each.due_at, "new_due_at": each.new_due_at}
            for each in done.affected
        ],
    }
    return CommandResult(value, tuple(lines), NEEDS_PERSON if done.affected or done.warnings else 0)


def _has_desk(context: CommandContext) -> bool:
    from counter_app.bootstrap.folder import desk_exists  # noqa: PLC0415  verbs without a desk start faster

    return desk_exists(context.data_dir)


def _appointment_lines(context: CommandContext, answer: dict[str, Any]) -> list[str]:
    if "message" in answer:
        return [answer["message"]]
    due = answer["due_at"]
    if due is None:
        lines = [context.say("APPOINTMENT_LINE_NONE", explanation=answer["explanation"])]
    else:
        moment = long_time(read_local(due), context.lang)
        lines = [context.say("APPOINTMENT_LINE", moment=moment, explanation=answer["explanation"])]
    if answer["classification"]:
        lines.append(context.say("APPOINTMENT_LINE_CLASSIFIED", classification=context.say(f"CLASSIFIED_{answer['classification']}")))
    for refused in answer.get("refused", ()):
        lines.append(context.say("APPOINTMENT_LINE_REFUSED", number=refused["event"] + 1, sentence=refused["message"]))
    return lines


def _calendar_value(year: CalendarYear) -> dict[str, Any]:
    return {
        "year": year.year, "version": year.version, "profile": year.profile, "known": year.known,
        "reception_days": year.reception_days, "counting_days": year.counting_days, "months": year.months,
        "days_off": [{"date": off.day, "type": off.type, "name": off.name} for off in year.days_off],
        "make_up_days": [{"date": made.day, "name": made.name, "for": made.pair} for made in year.make_up_days],
        "swaps": [{"off": off, "work": work} for off, work in year.swaps],
    }


def _calendar_lines(context: CommandContext, year: CalendarYear) -> list[str]:
    lines = [context.say(
        "CALENDAR_HEAD", year=year.year, version=year.version, profile=year.profile, reception=year.reception_days,
        counting=year.counting_days,
    )]
    if not year.known:
        lines.append(context.say("CALENDAR_YEAR_UNKNOWN", year=year.year))
    for month in year.months:
        lines.append(context.say("CALENDAR_MONTH", month=month.month, reception=month.reception_days, counting=month.counting_days))
    entries: list[DayOff | MakeUpDay] = [*year.days_off, *year.make_up_days]
    for entry in sorted(entries, key=attrgetter("day")):
        lines.append(context.say("CALENDAR_DAY", day=write_day(entry.day), weekday=weekday(entry.day, context.lang), name=entry.name))
    return lines
