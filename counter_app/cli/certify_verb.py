"""The verb ``certify``: one visit at the certification counter."""

from __future__ import annotations

import argparse
from pathlib import Path

from counter_app.cli.dossier_verbs import SLIPS
from counter_app.cli.frame import DONE, NEEDS_PERSON, CommandContext, CommandResult, Subparsers, write_document
from counter_app.domain.errors import Problem, SurroundingsError
from counter_app.domain.text import money
from counter_app.services.certification.reading import certified_json, read_certify
from counter_app.services.certification.terms import Certified
from counter_app.services.dossiers.json_shapes import problems_json
from counter_app.support.messages import sentence


def register(subparsers: Subparsers) -> None:
    """Add the parser of this verb."""
    parser = subparsers.add_parser("certify", help="certify copies, signatures and transactions of one visit, from JSON")
    parser.add_argument("file", metavar="FILE", nargs="?", default="-", help="JSON file, or - for standard input")
    parser.set_defaults(run=certify)


def certify(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Certify, and write slips and stamp lines to files where they were asked for. Nothing is printed: who calls has the files.

    A file that can't be written is a warning and exit code 5, as with ``intake``: the numbers are taken.
    """
    counter = context.counter
    command = read_certify(context.read_json(arguments.file), paper=counter.desk.paper)
    done = counter.certification.certify(command, context.actor)
    value, warnings, exit_code = certified_json(done, context.lang), list(done.warnings), DONE
    value |= {"slips": [], "stamps": None}
    try:
        for dossier, print_id in zip(done.dossiers, done.print_ids, strict=False):
            value["slips"].append(_written(context, f"{dossier.code}.pdf", print_id))
        if done.stamp_print_id:
            value["stamps"] = _written(context, f"{done.code}-stamp.pdf", done.stamp_print_id)
    except SurroundingsError as error:
        warnings, exit_code = [*warnings, *error.problems, Problem("FORM_NOT_WRITTEN")], NEEDS_PERSON
        value["warnings"] = problems_json(warnings, context.lang)
    return CommandResult(value, _told(context, done, warnings), exit_code)


def _written(context: CommandContext, name: str, print_id: str) -> str:
    path: Path = context.data_dir / SLIPS / name
    write_document(path, context.counter.slips.document(print_id))
    return str(path)


def _told(context: CommandContext, done: Certified, warnings: list[Problem]) -> tuple[str, ...]:
    head = context.say("CERTIFY_DONE", code=done.code, count=len(done.numbers), fee=money(done.fee_total_vnd))
    numbers = (f"{number.label}  {number.document_name}" for number in done.numbers)
    return (head, *numbers, *(sentence(each, context.lang) for each in warnings))
