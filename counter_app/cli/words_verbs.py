"""What the verb ``papers`` does with the words on scans: have them read, tell what could not be, give out a copy with text."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from counter_app.cli.frame import DONE, NEEDS_PERSON, CommandContext, CommandResult, Subparsers
from counter_app.services.scanning.reading import ReadingService


def register(verbs: Subparsers) -> None:
    """Add the parsers to those of ``papers``."""
    reading = verbs.add_parser("read-text", help="read the words on filed scans, so that search finds them; goes on where it stopped")
    reading.add_argument("--max-seconds", type=float, default=float("inf"), metavar="S", help="begin no further page after so long")
    reading.add_argument("--again", action="store_true", help="try once more what was given up")
    reading.set_defaults(run=read_text)
    copying = verbs.add_parser("copy-with-text", help="write a copy of the PDF of a paper that has a layer of text, and no signature")
    copying.add_argument("op_id", metavar="ID")
    copying.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    copying.set_defaults(run=copy_with_text)


def read_text(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Read page after page; exit code 5 where files wait for a person after three failures."""
    reading, actor = context.counter.paper.reading, context.actor
    if arguments.again:
        reading.try_again([paper.stored_id for paper in reading.standing(actor).given_up], actor)
    read, failures = _read(context, reading, time.monotonic() + arguments.max_seconds)
    standing = reading.standing(actor)
    value = {
        "pages_read": read, "failures": failures, "waiting": standing.waiting,
        "given_up": [{"id": paper.op_id, "paper": paper.paper, "filename": paper.filename} for paper in standing.given_up]}
    lines = [context.say("WORDS_READ", pages=read, waiting=standing.waiting)]
    lines += [context.say("WORDS_GIVEN_UP", name=paper.filename) for paper in standing.given_up]
    return CommandResult(value, tuple(lines), NEEDS_PERSON if standing.given_up else DONE)


def copy_with_text(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Write a copy with an invisible layer of text."""
    out = context.output(arguments.out)
    paper = context.counter.paper.reading.copy_with_text(arguments.op_id, out, context.actor)
    return CommandResult({"id": paper.op_id, "pages": paper.pages, "out": str(out)}, (str(out),))


def _read(context: CommandContext, reading: ReadingService, until: float) -> tuple[int, int]:
    """Read until nothing waits or the time is over; return how many pages were read, and how many tries failed."""
    read = failures = 0
    while time.monotonic() < until and (step := reading.read_next(context.actor)) is not None:
        read, failures = read + (not step.failed), failures + step.failed
    return read, failures
