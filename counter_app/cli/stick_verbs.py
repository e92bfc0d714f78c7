"""The verb ``usb``: the exchange with the province by two files on a stick."""

from __future__ import annotations

import argparse
from pathlib import Path

from counter_app.cli.frame import DONE, NEEDS_PERSON, CommandContext, CommandResult, Subparsers
from counter_app.domain.errors import broken
from counter_app.services.line.province import Ticket, read_ticket
from counter_app.services.line.stick import USUAL_MB
from counter_app.support.messages import sentence


def register(subparsers: Subparsers) -> None:
    """Add the parsers of this verb."""
    parser = subparsers.add_parser("usb", help="exchange with the province by two files on a stick")
    ways = parser.add_subparsers(metavar="export|import", required=True)
    out = ways.add_parser("export", help="write what waits for the province into a folder of the stick")
    out.add_argument("folder", metavar="DIR", type=Path)
    out.add_argument("--ticket", metavar="TICKET", help="enrol this computer by the stick: the ticket's JSON file, or - for standard input")
    out.add_argument("--max-mb", type=_megabytes, default=USUAL_MB, metavar="N", help=f"scans of the file at most (default {USUAL_MB} MB)")
    out.set_defaults(run=write)
    back = ways.add_parser("import", help="take the province's answer in a folder of the stick")
    back.add_argument("folder", metavar="DIR", type=Path)
    back.set_defaults(run=read)


def write(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Write the desk's file."""
    folder = context.output(arguments.folder)
    done = context.counter.stick.write(folder, context.actor, most_mb=arguments.max_mb, ticket=_ticket(context, arguments.ticket))
    value = {
        "file": str(done.file), "number": done.number, "ops": done.ops, "files": done.files, "bytes": done.file_bytes,
        "files_left": done.files_left}
    lines = [context.say("STICK_WRITTEN", file=done.file.name, ops=done.ops, files=done.files)]
    if done.files_left:
        lines.append(context.say("STICK_FILES_LEFT", files=done.files_left))
    return CommandResult(value, tuple(lines))


def read(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Take the province's answer; exit code 5 where it leaves something that needs a person."""
    done = context.counter.stick.read(arguments.folder, context.actor)
    standing = context.counter.province.standing()
    said = [sentence(each.problem, context.lang) for each in standing.troubles]
    value = {
        "number": done.number, "sent": done.sent, "received": done.received, "uploaded": done.uploaded, "enrolled": done.enrolled,
        "pending": {"ops": standing.pending, "files": standing.files, "bytes": standing.file_bytes}, "problems": said}
    first = context.say("STICK_READ", sent=done.sent, uploaded=done.uploaded, received=done.received)
    return CommandResult(value, (first, *said), NEEDS_PERSON if said else DONE)


def _ticket(context: CommandContext, source: str | None) -> Ticket | None:
    if source is None:
        return None
    ticket = read_ticket(context.read_json(source))
    if not isinstance(ticket, Ticket):
        raise broken("STICK_NO_KEY")
    return ticket


def _megabytes(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 1_000_000:
        raise argparse.ArgumentTypeError("between 0 and 1000000 MB")
    return value
