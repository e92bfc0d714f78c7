"""The verb ``papers``: what is digitised of a dossier, read, used again, taken out, shelved, kept, handed to the archive, destroyed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from counter_app.cli import list_verbs, words_verbs
from counter_app.cli.frame import CommandContext, CommandResult, Subparsers, text_table
from counter_app.domain.archive import DigitalPaper
from counter_app.domain.digitised import PaperStanding, completeness, standings
from counter_app.domain.text import read_day, write_day
from counter_app.services.ports import JsonValue
from counter_app.services.scanning.library import ReusePaper, TakeOut

FOR_EVER = "for-ever"


def register(subparsers: Subparsers) -> None:
    """Add the parsers of this verb."""
    papers = subparsers.add_parser("papers", help="the digitised papers: list, look, reuse, take out, shelf, retention, archive")
    verbs = papers.add_subparsers(title="verbs", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="the papers of a dossier, their states 0 to 3, and its files")
    listing.add_argument("code", metavar="CODE")
    listing.set_defaults(run=list_papers)
    opening = verbs.add_parser("open", help="write the PDF of a paper to a file; noted in the audit trail")
    opening.add_argument("op_id", metavar="ID")
    opening.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    opening.set_defaults(run=open_paper)
    again = verbs.add_parser("reuse", help="earlier papers of the same person; with PART and ID one of them is used again")
    again.add_argument("code", metavar="CODE")
    again.add_argument("part", metavar="PART", nargs="?", default="")
    again.add_argument("op_id", metavar="ID", nargs="?", default="")
    again.set_defaults(run=reuse)
    out = verbs.add_parser("take-out", help="take the file of a paper out of its dossier")
    for name in ("code", "file_id", "reason"):
        out.add_argument(name, metavar=name.upper())
    out.set_defaults(run=take_out)
    words_verbs.register(verbs)
    list_verbs.register(verbs)
    _register_archive(verbs)


def _register_archive(verbs: Subparsers) -> None:
    shelving = verbs.add_parser("shelve", help="note where the originals lie")
    shelving.add_argument("op_ids", metavar="ID", nargs="+")
    shelving.add_argument("--box", default="", metavar="TEXT")
    shelving.add_argument("--folder", default="", metavar="TEXT")
    shelving.set_defaults(run=shelve)
    keeping = verbs.add_parser("keep", help="set until when papers are kept")
    keeping.add_argument("op_ids", metavar="ID", nargs="+")
    keeping.add_argument("--until", required=True, metavar=f"DAY|{FOR_EVER}")
    keeping.set_defaults(run=keep)
    verbs.add_parser("due", help="what is kept no longer").set_defaults(run=due)
    handing = verbs.add_parser("hand-over", help="note that papers went to the archive")
    handing.add_argument("op_ids", metavar="ID", nargs="+")
    handing.add_argument("--on", required=True, metavar="DAY")
    handing.set_defaults(run=hand_over)
    handed = verbs.add_parser("handed-over", help="the list of what went to the archive")
    for name in ("--from", "--to"):
        handed.add_argument(name, dest=name[2:] + "_day", required=True, metavar="DAY")
    handed.set_defaults(run=handed_over)
    destroying = verbs.add_parser("destroy", help="destroy a file with its key")
    destroying.add_argument("stored_id", metavar="FILE")
    destroying.add_argument("reason", metavar="REASON")
    destroying.set_defaults(run=destroy)


def list_papers(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """List the papers of a dossier and how far it is (audited, as every look at a dossier)."""
    dossier = context.counter.dossiers.of_code(arguments.code, context.actor)
    files = context.counter.paper.library.of_dossier(dossier.code, context.actor)
    far, known = completeness(dossier), standings(dossier)
    value = {
        "code": dossier.code, "components_digitised": far.components, "results_digitised": far.results, "reused": far.reused,
        "papers": [_standing(each) for each in known], "files": [_paper(each) for each in files]}
    return CommandResult(value, text_table([(each.part, str(int(each.state)), each.name) for each in known]))


def open_paper(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Write the PDF of a paper."""
    out = context.output(arguments.out)
    paper = context.counter.paper.library.look(arguments.op_id, out, context.actor)
    return CommandResult(_paper(paper) | {"out": str(out)}, (str(out),))


def reuse(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Show what could be used again, or use it."""
    library = context.counter.paper.library
    if not arguments.op_id:
        return _listed(library.reusable(arguments.code, context.actor))
    library.reuse(ReusePaper(arguments.code, arguments.part, arguments.op_id), context.actor)
    return list_papers(context, arguments)


def take_out(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Take a file out and show the dossier after it."""
    context.counter.paper.library.take_out(TakeOut(arguments.code, arguments.file_id, arguments.reason), context.actor)
    return list_papers(context, arguments)


def shelve(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Note where originals lie."""
    context.counter.paper.library.shelve(arguments.op_ids, arguments.box, arguments.folder, context.actor)
    return _changed(arguments.op_ids)


def keep(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Set until when papers are kept."""
    until = None if arguments.until == FOR_EVER else read_day(arguments.until, "until")
    context.counter.paper.library.keep(arguments.op_ids, until, context.actor)
    return _changed(arguments.op_ids)


def due(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:  # noqa: ARG001  the shape of a verb
    """List what is kept no longer."""
    return _listed(context.counter.paper.library.due(context.actor))


def hand_over(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Note that papers went to the archive."""
    context.counter.paper.library.hand_over(arguments.op_ids, read_day(arguments.on, "on"), context.actor)
    return _changed(arguments.op_ids)


def handed_over(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """List what went to the archive in some days."""
    start, end = read_day(arguments.from_day, "from"), read_day(arguments.to_day, "to")
    return _listed(context.counter.paper.library.handed_over(start, end, context.actor))


def destroy(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Destroy a file with its key."""
    context.counter.paper.library.destroy(arguments.stored_id, arguments.reason, context.actor)
    return _changed([arguments.stored_id])


def _listed(papers: Sequence[DigitalPaper]) -> CommandResult:
    rows = [
        (each.op_id, each.filename, write_day(each.kept_until) if each.kept_until else "–", f"{each.box} {each.folder}".strip())
        for each in papers]
    return CommandResult({"files": [_paper(each) for each in papers], "total": len(papers)}, text_table(rows))


def _changed(ids: Sequence[str]) -> CommandResult:
    return CommandResult({"changed": list(ids)}, tuple(ids))


def _standing(standing: PaperStanding) -> JsonValue:
    return {"target": standing.target.value, "part": standing.part, "name": standing.name, "digitised": int(standing.state),
            "wanted": standing.wanted, "file_id": standing.file.file_id if standing.file else None}


def _paper(paper: DigitalPaper) -> dict[str, JsonValue]:
    return {
        "id": paper.op_id, "file_id": paper.file_id, "stored": paper.stored_id, "part": paper.part, "paper": paper.paper,
        "digitised": int(paper.state), "pages": paper.pages, "filename": paper.filename, "sha256": paper.sha256,
        "result_code": paper.result_code or None, "number": paper.number or None, "box": paper.box or None, "folder": paper.folder or None,
        "kept_until": paper.kept_until and paper.kept_until.isoformat(), "archived_on": paper.archived_on and paper.archived_on.isoformat()}
