"""The verbs ``event``, what happens to a dossier after its receipt, and ``refuse``, what never becomes one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from counter_app.cli.dossier_verbs import SLIPS
from counter_app.cli.frame import DONE, NEEDS_PERSON, CommandContext, CommandResult, Subparsers, write_document
from counter_app.domain.errors import Problem, SurroundingsError
from counter_app.domain.lifecycle import Verb
from counter_app.services.acts.acting import Done
from counter_app.services.acts.event_reading import read_event
from counter_app.services.desk.settings import PAPERS
from counter_app.services.dossiers.json_shapes import dossier_json, problems_json
from counter_app.services.intake.reading import read_refusal
from counter_app.services.json_reader import parse_json
from counter_app.services.ports import JsonValue
from counter_app.support.messages import sentence

VERBS = {verb.value.replace("_", "-"): verb for verb in Verb}


def register(subparsers: Subparsers) -> None:
    """Add the parsers of these verbs."""
    happening = subparsers.add_parser("event", help="what happens to a dossier after its receipt, its facts from JSON")
    happening.add_argument("code", metavar="CODE")
    happening.add_argument("act", metavar="VERB", choices=VERBS, help=", ".join(VERBS))
    happening.add_argument("file", metavar="FILE", nargs="?", default="-", help="JSON file, or - for standard input")
    happening.set_defaults(run=event)
    refusing = subparsers.add_parser("refuse", help="refuse at the counter what is not taken in, from JSON: a code and form 03")
    refusing.add_argument("file", metavar="FILE", nargs="?", default="-", help="JSON file, or - for standard input")
    refusing.set_defaults(run=refuse)
    for parser in (happening, refusing):
        parser.add_argument("--form", type=Path, metavar="FILE", help="where its form goes (default: slips/ in the desk's folder)")
        parser.add_argument("--paper", choices=PAPERS)


def event(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Carry out one verb and write its form to a file. Nothing is printed: who calls has the file.

    A form that can't be written is a warning and exit code 5, as with ``intake``: what happened has happened.
    """
    counter, actor = context.counter, context.actor
    facts = _facts(context, arguments.file)
    wanted = arguments.form and context.output(arguments.form)
    command = read_event(VERBS[arguments.act], arguments.code, facts, paper=arguments.paper or counter.desk.paper)
    return _result(context, counter.life.perform(command, actor), wanted)


def refuse(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Refuse what was never received and write form 03 to a file, as :func:`event` does."""
    counter, actor = context.counter, context.actor
    command = read_refusal(context.read_json(arguments.file), paper=arguments.paper or counter.desk.paper)
    wanted = arguments.form and context.output(arguments.form)
    return _result(context, counter.life.refusals.refuse_at_counter(command, actor), wanted)


def _result(context: CommandContext, done: Done, wanted: Path | None) -> CommandResult:
    counter, warnings, form, exit_code = context.counter, list(done.warnings), None, DONE
    if done.print_ids:
        path = wanted or context.data_dir / SLIPS / f"{done.dossier.code}-{done.forms[0].replace('/', '-')}.pdf"
        try:
            write_document(path, counter.slips.document(done.print_ids[0]))
            form = str(path)
        except SurroundingsError as error:
            warnings += [*error.problems, Problem("FORM_NOT_WRITTEN")]
            exit_code = NEEDS_PERSON
    view = counter.dossiers.show(done.dossier.code, context.actor)
    value = dossier_json(view) | {"form": form, "warnings": problems_json(warnings, context.lang)}
    return CommandResult(value, _told(context, done, form, warnings), exit_code)


def _facts(context: CommandContext, source: str) -> JsonValue:
    """Return the facts; a verb that needs none may be called with nothing on standard input."""
    if source != "-":
        return context.read_json(source)
    data = b"" if sys.stdin.isatty() else sys.stdin.buffer.read()
    return parse_json(data) if data.strip() else {}


def _told(context: CommandContext, done: Done, form: str | None, warnings: list[Problem]) -> tuple[str, ...]:
    due = f"{done.dossier.due_at:%H:%M %d/%m/%Y}" if done.dossier.due_at else "–"
    status = context.say(f"STATUS_{done.dossier.status.upper()}")
    head = context.say("EVENT_DONE", code=done.dossier.code, status=status, due=due)
    return (head, *([form] if form else []), *(sentence(each, context.lang) for each in warnings))
