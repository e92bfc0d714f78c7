"""The verb ``verify``: whether database, audit trail, files, numbers and books still agree."""

from __future__ import annotations

import argparse
from datetime import date

from counter_app.cli.frame import DONE, NEEDS_PERSON, CommandContext, CommandResult, Subparsers
from counter_app.domain.checkpoint import PaperMark
from counter_app.support.messages import sentence


def register(subparsers: Subparsers) -> None:
    """Add the parser of this verb."""
    parser = subparsers.add_parser("verify", help="check database, audit chain, events, registers, money, numbers and stored prints")
    parser.add_argument(
        "--page", dest="pages", action="append", type=_page, default=[], metavar="DAY:COUNT:CODE",
        help="hold the trail against a printed page of a day too: its day, how many entries it names, its eight characters")
    parser.set_defaults(run=verify)


def verify(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Verify the desk; exit code 5 when two records disagree. Work that was merely broken off is told and no disagreement."""
    found = context.counter.verifying.run(arguments.pages)
    differences = [
        {"what": each.what, "where": each.where, "kind": each.kind.value, "message": sentence(each.problem, context.lang)}
        for each in found.differences]
    value = {"verified": found.verified, "checked": found.checked, "differences": differences}
    lines = [
        context.say("VERIFY_WHERE", **each | {
            "what": _name(context, each["what"]), "kind": context.say(f"VERIFY_KIND_{each['kind'].upper()}")})
        for each in differences]
    if found.verified:
        counts = ", ".join(context.say("VERIFY_COUNT", name=_name(context, name), count=count) for name, count in found.checked.items())
        return CommandResult(value, (*lines, context.say("VERIFY_DONE", counts=counts)), DONE)
    return CommandResult(value, (*lines, context.say("VERIFY_FOUND", count=len(differences))), NEEDS_PERSON)


def _page(text: str) -> PaperMark:
    """Read what stands on a page; raises ValueError for anything else, which the parser tells."""
    day, count, code = text.split(":")
    return PaperMark(date.fromisoformat(day), int(count), code.strip().upper())


def _name(context: CommandContext, check: str) -> str:
    """Return what a check looks at, as people call it."""
    return context.say(f"VERIFY_NAME_{check.upper()}")
