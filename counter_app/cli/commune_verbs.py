"""The verb ``commune``: who works behind the desk, who signs, through which steps a dossier goes, what citizens and papers are told."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from counter_app.cli.frame import CommandContext, CommandResult, Subparsers, text_table
from counter_app.domain.moments import day_of
from counter_app.services.citizens.message_words import to_stored
from counter_app.services.desk import commune_reading as reading
from counter_app.services.ports import JsonValue


def register(subparsers: Subparsers) -> None:
    """Add the parsers of this verb."""
    commune = subparsers.add_parser("commune", help="units, signers, steps, messages to citizens, reports: what the commune sets")
    verbs = commune.add_subparsers(title="verbs", metavar="show|set", required=True)
    showing = verbs.add_parser("show", help="what is set, in the shape that set reads")
    showing.set_defaults(run=show)
    setting = verbs.add_parser("set", help="replace one part; of messages, reports and testimonies only what is named")
    setting.add_argument("part", metavar="PART", choices=_PARTS, help=", ".join(_PARTS))
    setting.add_argument("file", metavar="FILE", nargs="?", default="-", help="JSON file, or - for standard input")
    setting.set_defaults(run=put)
    for parser in (showing, setting):
        parser.add_argument("--procedure", default="", metavar="CODE", help="the steps of this procedure alone")


def show(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Show everything that the commune has set, the steps of the named procedure or of all that have none of their own."""
    counter, code = context.counter, _procedure(context, arguments.procedure)
    units, signers, process = counter.offices.units(), counter.offices.signers(), counter.offices.process(code)
    messages = to_stored(counter.citizens.messages.wishes())
    reports = counter.reports.settings()
    testimonies = counter.testimonies.in_force()
    rows = [("units", each.code, each.name, each.head) for each in units]
    rows += [("signers", each.name, each.title, ", ".join(each.scope)) for each in signers]
    rows += [("process", each.code, each.name, each.unit) for each in process]
    rows += [("testimonies", name, paragraphs[0], "") for name, paragraphs in testimonies.items()]
    value = {
        "units": units, "signers": signers, "process": process, "messages": messages, "reports": reports, "testimonies": testimonies}
    return CommandResult(value, text_table(rows))


def put(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Replace one part, all of it or nothing; then show everything."""
    _PARTS[arguments.part](context, arguments, context.read_json(arguments.file))
    return show(context, arguments)


def _units(context: CommandContext, _: argparse.Namespace, value: JsonValue) -> None:
    context.counter.offices.save_units(reading.read_units(value), context.actor)


def _signers(context: CommandContext, _: argparse.Namespace, value: JsonValue) -> None:
    context.counter.offices.save_signers(reading.read_signers(value), context.actor)


def _process(context: CommandContext, arguments: argparse.Namespace, value: JsonValue) -> None:
    code = _procedure(context, arguments.procedure)
    context.counter.offices.save_process(code, reading.read_process(value), context.actor)


def _messages(context: CommandContext, _: argparse.Namespace, value: JsonValue) -> None:
    messages = context.counter.citizens.messages
    messages.save_wishes(reading.read_messages(value, messages.wishes()), context.actor)


def _reports(context: CommandContext, _: argparse.Namespace, value: JsonValue) -> None:
    reports = context.counter.reports
    reports.save_settings(reading.read_reports(value, reports.settings()), context.actor)


def _testimonies(context: CommandContext, _: argparse.Namespace, value: JsonValue) -> None:
    context.counter.testimonies.save(reading.read_testimonies(value), context.actor)


def _procedure(context: CommandContext, code: str) -> str:
    """Return the code as the catalogue writes it; empty for all procedures."""
    return context.counter.catalogue.get(code, day_of(context.counter.clock.now())).code if code else ""


_PARTS: dict[str, Callable[[CommandContext, argparse.Namespace, JsonValue], None]] = {
    "units": _units, "signers": _signers, "process": _process, "messages": _messages, "reports": _reports, "testimonies": _testimonies,
}
