"""The verb ``numbers``: where today's numbers stand, vouching after a restore, and the register of burned ones."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from counter_app.cli.frame import DONE, NEEDS_PERSON, CommandContext, CommandResult, Subparsers, text_table
from counter_app.domain.errors import Problem
from counter_app.domain.text import read_day, write_day
from counter_app.services.desk.settings import read_serials
from counter_app.services.numbering.standing import NumberStanding
from counter_app.support.messages import sentence


def register(subparsers: Subparsers) -> None:
    """Add the verb of this module."""
    parser = subparsers.add_parser("numbers", help="where the numbers stand, vouching after a restore, burned numbers")
    verbs = parser.add_subparsers(title="verbs", metavar="show|confirm|allow-recovery|set|burned", required=True)
    verbs.add_parser("show", help="today's numbers and what comes next").set_defaults(run=show)
    confirming = verbs.add_parser("confirm", help="vouch for the newest slip of this counter, after a loss or a move")
    _add_day(confirming)
    confirming.add_argument("--last", required=True, type=int, metavar="N", help="the highest number of that date; 0: no official code")
    confirming.set_defaults(run=confirm)
    allowing = verbs.add_parser("allow-recovery", help="open a recovery range that the province granted for today")
    _add_day(allowing)
    allowing.add_argument("--generation", required=True, type=int, metavar="G", help="which restore of the day this is")
    allowing.set_defaults(run=allow_recovery)
    setting = verbs.add_parser("set", help="the range of this counter, and whether provisional codes step in")
    setting.add_argument("--serials", metavar="FIRST-LAST", help="like 2000-2999")
    setting.add_argument("--fallback", action=argparse.BooleanOptionalAction, help="provisional codes where no official one is safe")
    setting.set_defaults(run=set_plan)
    burning = verbs.add_parser("burned", help="the register of burned numbers")
    burning.add_argument("--from", dest="start", required=True, metavar="D")
    burning.add_argument("--to", dest="end", required=True, metavar="D")
    burning.set_defaults(run=burned)


def _add_day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--day", required=True, metavar="D", help="the date on the newest slip of this counter; today where there is none")


def show(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:  # noqa: ARG001  the shape of a verb
    """Tell what is known about today's numbers; exit code 5 where none can be issued."""
    standing = context.counter.numbering.standing()
    return CommandResult(_value(context, standing), tuple(_lines(context, standing)), NEEDS_PERSON if standing.refusal else DONE)


def confirm(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Vouch for the newest slip of this counter; then show where the numbers stand."""
    day = read_day(arguments.day, "day")
    context.counter.numbering.confirm_last(day, arguments.last, context.actor)
    return show(context, arguments)


def allow_recovery(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Open a recovery range for today; then show where the numbers stand."""
    context.counter.numbering.allow_recovery(arguments.generation, read_day(arguments.day, "day"), context.actor)
    return show(context, arguments)


def set_plan(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Change range or fallback of this counter; then show where the numbers stand."""
    profile = context.counter.settings.profile()
    if arguments.serials is not None:
        first, last = read_serials(arguments.serials)
        profile = replace(profile, serial_first=first, serial_last=last)
    if arguments.fallback is not None:
        profile = replace(profile, provisional_fallback=arguments.fallback)
    context.counter.settings.save(profile, context.actor)
    return show(context, arguments)


def burned(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """List the numbers that were taken and bear no dossier."""
    found = context.counter.numbering.burned(read_day(arguments.start, "from"), read_day(arguments.end, "to"))
    rows = [(number.code, context.say(f"NUMBER_{number.reason.upper()}"), f"{number.noted_at:%H:%M %d/%m/%Y}") for number in found]
    return CommandResult({"burned": found}, text_table(rows) or (context.say("NUMBERS_NONE_BURNED"),))


def _value(context: CommandContext, standing: NumberStanding) -> dict[str, Any]:
    return {
        "day": standing.day, "next": standing.next_code or None, "problem": _told(standing.refusal, context.lang),
        "suspect": standing.suspect, "taken": standing.taken, "known": standing.known, "serials": standing.serials,
        "provisional": standing.provisional, "fallback": standing.fallback,
        "recovery": [
            {"generation": each.generation, "first": each.serials.first, "last": each.serials.last, "opened": each.opened}
            for each in standing.recovery
        ],
    }


def _lines(context: CommandContext, standing: NumberStanding) -> list[str]:
    day, serials = write_day(standing.day), standing.serials
    lines = [context.say("NUMBERS_RANGE", first=serials.first, last=serials.last)]
    lines.append(context.say("NUMBERS_LAST", day=day, last=standing.least) if standing.least else context.say("NUMBERS_NONE", day=day))
    for each in standing.recovery:
        key = "NUMBERS_RECOVERY_OPEN" if each.opened else "NUMBERS_RECOVERY"
        lines.append(context.say(key, generation=each.generation, first=each.serials.first, last=each.serials.last))
    if not standing.provisional:
        lines.append(context.say("NUMBERS_FALLBACK_ON" if standing.fallback else "NUMBERS_FALLBACK_OFF"))
    if standing.suspect:
        lines.append(context.say("NUMBERS_SUSPECT"))
    if standing.refusal is not None:
        return [*lines, sentence(standing.refusal, context.lang)]
    return [*lines, context.say("NUMBERS_NEXT", code=standing.next_code)]


def _told(problem: Problem | None, lang: str) -> dict[str, str] | None:
    return None if problem is None else {"code": problem.code, "message": sentence(problem, lang)}
