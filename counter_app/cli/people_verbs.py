"""The verbs of what is told to citizens and hung on the wall: ``poster``, ``day-page``, ``call-list``."""

from __future__ import annotations

import argparse
from pathlib import Path

from counter_app.cli.frame import CommandContext, CommandResult, Subparsers
from counter_app.services.acts.acting import Printing
from counter_app.services.whole_files import whole_file

_DAY_PAPERS = ("a5", "a4", "80mm")


def register(subparsers: Subparsers) -> None:
    """Add the parsers of these verbs."""
    poster = subparsers.add_parser("poster", help="write the posting sheet of a procedure, or the list of all, as PDF")
    what = poster.add_mutually_exclusive_group(required=True)
    what.add_argument("code", metavar="CODE", nargs="?", default="", help="a procedure, for example 1.001193")
    what.add_argument("--all", action="store_true", help="the list of all procedures in force, by field of work")
    poster.add_argument("--out", type=Path, required=True, metavar="FILE")
    poster.set_defaults(run=_poster)
    day = subparsers.add_parser("day-page", help="end the day: write its page with the audit mark, and record the checkpoint")
    day.add_argument("--out", type=Path, required=True, metavar="FILE")
    day.add_argument("--paper", choices=_DAY_PAPERS, default="a5")
    day.set_defaults(run=_day_page)
    calls = subparsers.add_parser("call-list", help="queue the reminders of today and write whom to call, as PDF")
    calls.add_argument("--out", type=Path, required=True, metavar="FILE")
    calls.set_defaults(run=_call_list)


def _poster(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    out = context.counter.citizens.posters.write(arguments.code, context.output(arguments.out), context.actor)
    return CommandResult({"file": str(out)}, (context.say("POSTER_WRITTEN", path=str(out)),))


def _day_page(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    out, counter = context.output(arguments.out), context.counter
    with whole_file(out) as part:
        made = counter.citizens.day_pages.make(context.actor, Printing(paper=arguments.paper, queue=False))
        part.write_bytes(counter.slips.document(made.print_id))
    mark = str(made.facts["paper_code"])
    value = {"file": str(out), "issue": made.issue, "received": made.figures.received, "returned": made.figures.returned, **made.facts}
    return CommandResult(value, (context.say("DAY_PAGE_WRITTEN", path=str(out), issue=made.issue, mark=mark),))


def _call_list(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    out, messages = context.output(arguments.out), context.counter.citizens.messages
    reminders = messages.remind(context.actor).count
    pdf, waiting = messages.call_list(context.actor), len(messages.waiting(context.actor))
    with whole_file(out) as part:
        part.write_bytes(pdf)
    lines = context.say("MESSAGES_QUEUED", count=reminders), context.say("CALL_LIST_WRITTEN", path=str(out))
    return CommandResult({"file": str(out), "reminders": reminders, "waiting": waiting}, lines)
