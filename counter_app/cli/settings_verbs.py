"""The verb ``settings``: what the slips of this counter say, how the commune counts deadlines, where copies of the desk go."""

from __future__ import annotations

import argparse

from counter_app.cli.frame import CommandContext, CommandResult, Subparsers, text_table
from counter_app.domain.moments import day_of
from counter_app.domain.people import Permission
from counter_app.services.desk import settings_reading
from counter_app.services.dossiers.access import require
from counter_app.services.keeping import settings as keeping_settings
from counter_app.services.ports import JsonValue


def register(subparsers: Subparsers) -> None:
    """Add the verb of this module."""
    parser = subparsers.add_parser("settings", help="what the slips say, the bank account, how deadlines are counted, where copies go")
    verbs = parser.add_subparsers(title="verbs", metavar="show|set", required=True)
    verbs.add_parser("show", help="every setting with its value").set_defaults(run=show)
    setting = verbs.add_parser("set", help="change settings; all of them or none")
    setting.add_argument("wishes", nargs="+", metavar="KEY=VALUE", help="for example paper=80mm or deadline.cutoff=14:30")
    setting.add_argument("--procedure", default="", metavar="CODE", help="deadline options of this procedure alone")
    setting.set_defaults(run=set_values)


def show(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:  # noqa: ARG001  the shape of a verb
    """Show the settings, for an administrator."""
    require(context.actor, Permission.MANAGE_DESK)
    service = context.counter.settings
    deadlines = service.deadlines()
    values = settings_reading.profile_values(service.profile()) | settings_reading.deadline_values(deadlines)
    values |= keeping_settings.values(context.counter.keeping.settings())
    rows = [(key, _written(value)) for key, value in values.items()]
    rows += [
        (f"{code} {settings_reading.DEADLINE}{name}", _written(value))
        for code, options in deadlines.procedures.items() for name, value in options.items()
    ]
    return CommandResult({**values, "procedures": deadlines.procedures}, text_table(rows))


def set_values(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Change settings, none where one of them is wrong; then show all."""
    require(context.actor, Permission.MANAGE_DESK)
    counter = context.counter
    wishes = settings_reading.split_wishes(arguments.wishes)
    code = counter.catalogue.get(arguments.procedure, day_of(counter.clock.now())).code if arguments.procedure else ""
    profile, deadlines, keeping = counter.settings.profile(), counter.settings.deadlines(), counter.keeping.settings()
    wanted_deadlines = settings_reading.changed_deadlines(deadlines, wishes, code)
    wanted = settings_reading.changed_profile(profile, wishes, counter.calendar.document().profiles)
    wanted_keeping = keeping_settings.changed(keeping, wishes)
    if wanted_deadlines != deadlines:
        counter.settings.save_deadlines(wanted_deadlines, context.actor)
    if wanted != profile:
        counter.settings.save(wanted, context.actor)
    if wanted_keeping != keeping:
        counter.keeping.save(wanted_keeping, context.actor)
    return show(context, arguments)


def _written(value: JsonValue) -> str:
    """Return a value as it is typed."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(f"{first}-{last}" for first, last in value)
    if isinstance(value, list):
        return ",".join(keeping_settings.quoted(str(each)) for each in value)
    return str(value)
