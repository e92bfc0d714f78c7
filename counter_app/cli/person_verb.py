"""The verb ``person``: what the desk holds about the person who asks."""

from __future__ import annotations

import argparse
from pathlib import Path

from counter_app.cli.frame import CommandContext, CommandResult, Subparsers, add_second


def register(subparsers: Subparsers) -> None:
    """Add the parser of this verb."""
    parser = subparsers.add_parser("person", help="write what is held about one person, for that person; head or administrator")
    parser.add_argument("--id", required=True, metavar="NUMBER", help="identity number, as on the paper that the person shows")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .pdf or .json file")
    add_second(parser)
    parser.set_defaults(run=person)


def person(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Write the answer to a person's request about their data."""
    out, second = context.output(arguments.out), context.second(arguments.second)
    done = context.counter.person_answers.write(arguments.id, out, context.actor, second=second)
    said = context.say("PERSON_WRITTEN", count=done.dossiers, path=str(done.out))
    return CommandResult({"out": done.out, "dossiers": done.dossiers}, (said,))
