"""The verbs about single dossiers: ``intake``, ``show``, ``search``, ``list``, ``slip``."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from counter_app.cli.frame import DONE, NEEDS_PERSON, CommandContext, CommandResult, Subparsers, text_table, write_document
from counter_app.domain.dossier import DossierRow
from counter_app.domain.errors import Problem, RuleBrokenError, SurroundingsError
from counter_app.domain.scan_words import SeenInScan
from counter_app.domain.text import money
from counter_app.services.desk.settings import PAPERS
from counter_app.services.documents.slip_content import FORM
from counter_app.services.documents.slips import FORMS
from counter_app.services.dossiers.json_shapes import dossier_json, found_json, received_json, rows_json
from counter_app.services.dossiers.views import DossierView
from counter_app.services.intake.reading import read_intake
from counter_app.services.intake.terms import Received
from counter_app.services.ports import ListFilter
from counter_app.support.messages import sentence

SLIPS = "slips"
MOST_ROWS, LAST_OFFSET = 499, 10_000_000
"""Dossiers of one answer: more than a screen shows, and fewer than a second person is asked for; and how far a list goes."""


def register(subparsers: Subparsers) -> None:
    """Add the parsers of these verbs."""
    taking = subparsers.add_parser("intake", help="take a dossier in, from JSON")
    taking.add_argument("file", metavar="FILE", nargs="?", default="-", help="JSON file, or - for standard input")
    taking.add_argument("--slip", type=Path, metavar="FILE", help="where the slip goes (default: slips/ in the desk's folder)")
    taking.set_defaults(run=intake)
    showing = subparsers.add_parser("show", help="one dossier with its history; a part of a code lists all matches")
    showing.add_argument("code", metavar="CODE")
    showing.set_defaults(run=show)
    searching = subparsers.add_parser("search", help="dossiers by words of names, codes, numbers, places")
    searching.add_argument("query", metavar="QUERY", nargs="+")
    searching.add_argument("--limit", type=_count, default=50, metavar="N")
    searching.set_defaults(run=search)
    listing = subparsers.add_parser("list", help="what is due, overdue, waiting")
    listing.add_argument("--filter", choices=[which.value for which in ListFilter], default=ListFilter.ALL.value)
    listing.add_argument("--limit", type=_count, default=200, metavar="N")
    listing.add_argument("--offset", type=_offset, default=0, metavar="N")
    listing.set_defaults(run=list_dossiers)
    printing = subparsers.add_parser("slip", help="print a slip again, marked as a reprint")
    printing.add_argument("code", metavar="CODE")
    printing.add_argument("--form", choices=FORMS, default=FORM)
    printing.add_argument("--paper", choices=PAPERS)
    doing = printing.add_mutually_exclusive_group(required=True)
    doing.add_argument("--out", type=Path, metavar="FILE")
    doing.add_argument("--void", metavar="REASON", help="strike the newest print instead; it stays, with the reason")
    printing.set_defaults(run=slip)


def intake(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Take one dossier in and write its slip to a file. Nothing is printed: who calls has the file.

    A slip that can't be written is a warning and exit code 5: the dossier is in, and who hears that it failed would take it in twice.
    """
    counter, actor = context.counter, context.actor
    command = read_intake(context.read_json(arguments.file), paper=counter.desk.paper)
    wanted = arguments.slip and context.output(arguments.slip)
    received = counter.intake.receive(command, actor)
    path = wanted or context.data_dir / SLIPS / f"{received.code}.pdf"
    slip, exit_code = str(path), DONE
    try:
        write_document(path, counter.slips.document(received.print_id))
    except SurroundingsError as error:
        slip, exit_code = "", NEEDS_PERSON
        missing = Problem("SLIP_NOT_WRITTEN", None, {"code": received.code})
        received = replace(received, warnings=(*received.warnings, *error.problems, missing))
    return CommandResult(received_json(received, slip or None, context.lang), tuple(_told(context, received, slip)), exit_code)


def show(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Show a dossier whole, its identity number too; both looks are in the audit trail."""
    counter, actor = context.counter, context.actor
    try:
        view = counter.dossiers.show(arguments.code, actor)
    except RuleBrokenError as error:
        rows = counter.dossiers.matching_codes(arguments.code, actor) if error.code in ("DOSSIER_UNKNOWN", "CODE_SHARED") else []
        if not rows:
            raise
        return CommandResult(rows_json(rows, len(rows)), text_table([_row(context, row) for row in rows]))
    counter.dossiers.reveal_id(view.dossier.dossier_id, actor)
    return CommandResult(dossier_json(view), _page(context, view))


def search(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Search; the audit trail keeps how many words and matches, not the words."""
    found = context.counter.dossiers.search(" ".join(arguments.query), context.actor, arguments.limit)
    lines = text_table([(*_row(context, row), _seen(context, found.seen.get(row.dossier_id))) for row in found.rows])
    return CommandResult(found_json(found), lines)


def list_dossiers(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """List the dossiers of one of the home page's counts; the audit trail keeps how many there are."""
    page = context.counter.dossiers.list(ListFilter(arguments.filter), context.actor, arguments.limit, arguments.offset, opened=True)
    return CommandResult(rows_json(page.rows, page.total), text_table([_row(context, row) for row in page.rows]))


def slip(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Write a reprint to a file, or strike the newest print of the form."""
    counter = context.counter
    if arguments.void is not None:
        newest = counter.slips.newest(arguments.code, arguments.form, context.actor)
        struck = counter.slips.void(newest.print_id, arguments.void, context.actor)
        value: dict[str, object] = {
            "dossier_id": struck.dossier_id, "form": struck.form, "issue": struck.issue, "void_reason": struck.void_reason}
        return CommandResult(value, (context.say("SLIP_VOIDED", form=struck.form),))
    out = context.output(arguments.out)
    form = counter.slips.reprint(arguments.code, arguments.paper or counter.desk.paper, context.actor, arguments.form)
    write_document(out, form.pdf)
    value = {"dossier_id": form.dossier_id, "form": form.form, "issue": form.issue, "paper": form.paper, "out": arguments.out,
             "sha256": form.sha256}
    told = "SLIP_REPRINTED" if form.issue > 1 else "SLIP_WRITTEN"
    return CommandResult(value, (context.say(told, issue=form.issue - 1, path=str(arguments.out)),))


def _told(context: CommandContext, received: Received, slip: str) -> list[str]:
    due = f"{received.due_at:%H:%M %d/%m/%Y}" if received.due_at else "–"
    lines = [
        context.say("INTAKE_DONE", code=received.code, ordinal=received.place.ordinal, volume=received.place.volume_label),
        context.say("INTAKE_DUE", due=due, explanation=received.explanation),
        context.say("INTAKE_SLIP", path=slip or "–", fee=money(received.fee_total_vnd)),
    ]
    return lines + [sentence(warning, context.lang) for warning in received.warnings]


def _row(context: CommandContext, row: DossierRow) -> tuple[str, ...]:
    due = f"{row.due_at:%d/%m/%Y %H:%M}" if row.due_at else "–"
    status = context.say(f"STATUS_{row.status.upper()}")
    return row.code, f"{row.received_at:%d/%m/%Y %H:%M}", due, status, row.applicant, row.procedure_name


def _seen(context: CommandContext, where: SeenInScan | None) -> str:
    return context.say("SEEN_IN_SCAN", paper=where.paper, page=where.page) if where else ""


def _page(context: CommandContext, view: DossierView) -> tuple[str, ...]:
    dossier = view.dossier
    due = f"{dossier.due_at:%d/%m/%Y %H:%M}" if dossier.due_at else "–"
    head = [
        f"{dossier.code}  {context.say(f'STATUS_{dossier.status.upper()}')}",
        f"{dossier.procedure_code}  {dossier.procedure_name}",
        f"{dossier.applicant.full_name}  {dossier.applicant.id_number}",
        f"{dossier.received_at:%d/%m/%Y %H:%M} → {due}",
    ]
    history = [(f"{event.occurred_at:%d/%m/%Y %H:%M}", event.type, event.who or event.actor.user_id) for event in view.events]
    return (*head, *text_table(history))


def _count(written: str) -> int:
    return _whole(written, MOST_ROWS)


def _offset(written: str) -> int:
    return _whole(written, LAST_OFFSET)


def _whole(written: str, most: int) -> int:
    number = int(written)
    if not 0 <= number <= most:
        raise argparse.ArgumentTypeError(f"0…{most}")
    return number
