"""The verb ``file-scans``: stacks that lie in files become PDF/A files of their dossiers."""

from __future__ import annotations

import argparse
from pathlib import Path

from counter_app.cli.frame import DONE, NEEDS_PERSON, CommandContext, CommandResult, Subparsers
from counter_app.domain.errors import Problem
from counter_app.services.dossier_json import problems_json
from counter_app.services.ports import JsonValue
from counter_app.services.scanning.stacks import Stack, StackFile
from counter_app.support.messages import sentence


def register(subparsers: Subparsers) -> None:
    """Add the parser of this verb."""
    filing = subparsers.add_parser("file-scans", help="clean, divide and file stacks in PDF, JPEG, PNG and TIFF files, or folders of them")
    filing.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    filing.add_argument("--dry-run", action="store_true", help="only tell what would be filed where")
    filing.add_argument("--dossier", default="", metavar="CODE", help="all of it belongs to this dossier, whatever codes are on it")
    filing.set_defaults(run=file_scans)


def file_scans(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """File stacks; exit code 5 where pages wait for a person."""
    stack = context.counter.paper.stacks.run(arguments.paths, context.actor, dry_run=arguments.dry_run, code=arguments.dossier)
    return CommandResult(stack_json(stack, context.lang), _lines(context, stack), NEEDS_PERSON if stack.unfiled else DONE)


def stack_json(stack: Stack, lang: str) -> dict[str, JsonValue]:
    """Return what became of a stack; ``batch`` is where the unfiled pages wait."""
    return {
        "dossiers": [
            {"code": each.code, "files": [_file(file) for file in each.files], "pages": each.pages} for each in stack.dossiers],
        "unfiled": [_unfiled(page, problem, lang) for page, problem in stack.unfiled], "blank": list(stack.blank),
        "warnings": problems_json(stack.warnings, lang), "batch": stack.batch_id or None,
    }


def _file(file: StackFile) -> JsonValue:
    return {"name": file.name, "part": file.part, "pages": file.pages, "sha256": file.sha256 or None, "known": file.known}


def _unfiled(page: str, problem: Problem, lang: str) -> JsonValue:
    return {"page": page, "reason": problem.code, "message": sentence(problem, lang)}


def _lines(context: CommandContext, stack: Stack) -> tuple[str, ...]:
    filed = [
        context.say("STACK_FILED", code=each.code, files=len(each.files), pages=each.pages) for each in stack.dossiers]
    waits = [f"{page}: {sentence(problem, context.lang)}" for page, problem in stack.unfiled]
    return *filed, *waits, *(sentence(each, context.lang) for each in stack.warnings)
