"""The verb ``file-scans``: stacks that lie in files become PDF/A files of their dossiers."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from counter_app.cli.frame import DONE, NEEDS_PERSON, CommandContext, CommandResult, Subparsers, text_table
from counter_app.domain.errors import Problem
from counter_app.domain.scan_batch import waiting
from counter_app.domain.scan_split import BY_CODES, every
from counter_app.services.dossiers.json_shapes import problems_json
from counter_app.services.ports import JsonValue
from counter_app.services.scanning.batches import WaitingBatch
from counter_app.services.scanning.profiles import profile_named
from counter_app.services.scanning.stacks import Stack, StackFile, StackWish
from counter_app.support.messages import sentence


def register(subparsers: Subparsers) -> None:
    """Add the parser of this verb."""
    filing = subparsers.add_parser("file-scans", help="clean, divide and file stacks in PDF, JPEG, PNG and TIFF files, or folders of them")
    wanted = filing.add_mutually_exclusive_group(required=True)
    wanted.add_argument("paths", type=Path, nargs="*", default=[], metavar="PATH")
    wanted.add_argument("--waiting", action="store_true", help="the batches that are not filed yet, those of a killed program too")
    wanted.add_argument("--batch", default="", metavar="ID", help="file what waits in a batch")
    wanted.add_argument("--drop", default="", metavar="ID", help="throw a batch away, filed or not")
    filing.add_argument("--dry-run", action="store_true", help="only tell what would be filed where")
    divided = filing.add_mutually_exclusive_group()
    divided.add_argument("--dossier", default="", metavar="CODE", help="all of it belongs to this dossier, whatever codes are on it")
    divided.add_argument("--pages-each", type=int, default=None, metavar="N", help="each set has so many pages; codes say of which dossier")
    filing.add_argument("--profile", default="", metavar="NAME", help="clean-up and kind of file of a way of scanning (see devices)")
    filing.set_defaults(run=file_scans)


def file_scans(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """File stacks, and look after the batches that wait; exit code 5 where pages wait for a person."""
    paper = context.counter.paper
    rule = BY_CODES if arguments.pages_each is None else every(arguments.pages_each)
    wish = StackWish(arguments.dossier, rule, profile_named(arguments.profile) if arguments.profile else None)
    if arguments.drop:
        paper.batches.drop(arguments.drop, context.actor)
    if arguments.drop or arguments.waiting:
        return _waiting(context, paper.stacks.waiting(context.actor))
    if arguments.batch:
        stack = paper.stacks.take_up(arguments.batch, context.actor, wish)
    else:
        stack = paper.stacks.run(arguments.paths, context.actor, wish, dry_run=arguments.dry_run)
    return CommandResult(stack_json(stack, context.lang), _lines(context, stack), NEEDS_PERSON if stack.unfiled else DONE)


def stack_json(stack: Stack, lang: str) -> dict[str, JsonValue]:
    """Return what became of a stack; ``batch`` is where the unfiled pages wait."""
    return {
        "dossiers": [
            {"code": each.code, "files": [_file(file) for file in each.files], "pages": each.pages} for each in stack.dossiers],
        "unfiled": [_unfiled(page, problem, lang) for page, problem in stack.unfiled], "blank": list(stack.blank),
        "warnings": problems_json(stack.warnings, lang), "batch": stack.batch_id or None,
    }


def _waiting(context: CommandContext, batches: Sequence[WaitingBatch]) -> CommandResult:
    rows = []
    for each in batches:
        pages = len(each.view.batch.pages) if each.view else None
        problem = sentence(each.problem, context.lang) if each.problem else None
        rows.append({
            "batch": each.batch_id, "opened_at": each.opened_at, "opened_by": each.opened_by, "pages": pages,
            "unfiled": sum(len(group.sheets) for group in waiting(each.view.batch)) if each.view else None, "problem": problem})
    lines = [(str(row["batch"]), f"{row['opened_at']:%d/%m/%Y %H:%M}", str(row["problem"] or row["unfiled"])) for row in rows]
    return CommandResult({"waiting": rows}, text_table(lines) or (context.say("SCANS_NONE_WAITING"),), NEEDS_PERSON if rows else DONE)


def _file(file: StackFile) -> JsonValue:
    return {"name": file.name, "part": file.part, "pages": file.pages, "sha256": file.sha256 or None, "known": file.known}


def _unfiled(page: str, problem: Problem, lang: str) -> JsonValue:
    return {"page": page, "reason": problem.code, "message": sentence(problem, lang)}


def _lines(context: CommandContext, stack: Stack) -> tuple[str, ...]:
    filed = [
        context.say("STACK_FILED", code=each.code, files=len(each.files), pages=each.pages) for each in stack.dossiers]
    waits = [f"{page}: {sentence(problem, context.lang)}" for page, problem in stack.unfiled]
    return *filed, *waits, *(sentence(each, context.lang) for each in stack.warnings)
