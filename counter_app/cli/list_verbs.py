"""What the verb ``papers`` puts on paper: lists of digitised papers, and the sheet that parts the dossiers of a stack."""

from __future__ import annotations

import argparse
from pathlib import Path

from counter_app.cli.frame import CommandContext, CommandResult, Subparsers
from counter_app.domain.text import read_day
from counter_app.services.scanning.archive_content import ListKind
from counter_app.services.whole_files import whole_file

KINDS = {kind.value.replace("_", "-"): kind for kind in ListKind}


def register(verbs: Subparsers) -> None:
    """Add the parsers to those of ``papers``."""
    listing = verbs.add_parser("write-list", help="write a list of digitised papers as .pdf to be signed, or as .xlsx")
    listing.add_argument("kind", choices=sorted(KINDS), help=(
        "digitised in some days, gone to the archive in some days; as of today: kept no longer, words not readable"))
    for name in ("--from", "--to"):
        listing.add_argument(name, dest=name[2:] + "_day", default="", metavar="DAY", help="default: today")
    listing.add_argument("--out", type=Path, required=True, metavar="FILE")
    listing.set_defaults(run=write_list)
    parting = verbs.add_parser("separator", help="write the sheet that parts one dossier of a stack from the next")
    parting.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    parting.set_defaults(run=separator)


def write_list(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Write one of the lists."""
    today = context.counter.clock.now().date()
    start, end = (read_day(day, field) if day else today for day, field in ((arguments.from_day, "from"), (arguments.to_day, "to")))
    written = context.counter.paper.lists.write(KINDS[arguments.kind], start, end, context.output(arguments.out), context.actor)
    value = {"list": arguments.kind, "papers": written.papers, "out": str(written.out)}
    return CommandResult(value, (context.say("PAPER_LIST_WRITTEN", count=written.papers, path=str(written.out)),))


def separator(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Write the separator sheet."""
    out, pdf = context.output(arguments.out), context.counter.paper.lists.separator(context.actor)
    with whole_file(out) as part:
        part.write_bytes(pdf)
    return CommandResult({"out": str(out)}, (str(out),))
