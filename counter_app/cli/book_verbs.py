"""The verbs about many dossiers at once: ``logbook``, ``import-dossiers``, ``export-dossiers``."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from counter_app.cli.frame import DONE, NEEDS_PERSON, CommandContext, CommandResult, Subparsers, add_second
from counter_app.domain.books import book_named
from counter_app.domain.dossier import BookPlace
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import FIRST_YEAR, LAST_YEAR
from counter_app.domain.registers import BookVolume
from counter_app.domain.text import read_day
from counter_app.services.dossiers.json_shapes import problems_json
from counter_app.services.exchange.importing import BadLine, Imported
from counter_app.support.messages import sentence

LAST_DAY = date(LAST_YEAR, 12, 31)
LAST_ORDINAL = 9_999_999
"""No register of a commune has more lines a year."""
SHOWN_BAD = 20
NOTED_EVERY = 10_000


def register(subparsers: Subparsers) -> None:
    """Add the parsers of these verbs."""
    book = subparsers.add_parser("logbook", help="write a register, strike a line, begin a volume, or close the year")
    book.add_argument(
        "book", metavar="BOOK", type=book_named, help="dossiers, SCT/BS, SCT/CK,ĐC, SCT/CKND, SCT/GD, SCTĐT/BS, fees, results or digitised")
    book.add_argument("--year", type=_year, metavar="Y", help="default: this year")
    book.add_argument("--volume", type=int, metavar="N")
    book.add_argument("--from", type=read_day_word, dest="start", metavar="D", help="first day of its lines")
    book.add_argument("--to", type=read_day_word, dest="end", metavar="D", help="last day of its lines")
    what = book.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path, metavar="FILE", help="a .pdf, .xlsx or .json file")
    what.add_argument("--close-year", type=_year, metavar="Y")
    what.add_argument("--new-volume", action="store_true", help="close the open volume and go on in a new one")
    what.add_argument("--strike", type=_ordinal, metavar="N", help="strike the line with this ordinal through")
    book.add_argument("--reason", default="", metavar="TEXT", help="of the strike, for the last column")
    add_second(book)
    book.set_defaults(run=logbook)
    bringing = subparsers.add_parser("import-dossiers", help="take older dossiers over from a .jsonl or .xlsx file")
    bringing.add_argument("file", type=Path, metavar="FILE")
    bringing.set_defaults(run=import_dossiers)
    giving = subparsers.add_parser("export-dossiers", help="write dossiers as import-dossiers reads them")
    giving.add_argument("--from", type=read_day_word, dest="start", required=True, metavar="D")
    giving.add_argument("--to", type=read_day_word, dest="end", required=True, metavar="D")
    giving.add_argument("--out", type=Path, required=True, metavar="FILE")
    add_second(giving)
    giving.set_defaults(run=export_dossiers)


def logbook(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Write a register to a file, strike a line, begin a volume, or close the year with the totals."""
    if arguments.close_year:
        volumes = context.counter.logbooks.close_year(arguments.book, arguments.close_year, context.actor)
        total = sum(volume.lines for volume in volumes)
        value = {"book": arguments.book, "year": arguments.close_year, "volumes": [_volume(each) for each in volumes], "total": total}
        return CommandResult(value, (context.say("BOOK_YEAR_NOW_CLOSED", year=arguments.close_year, lines=total),))
    year = arguments.year or context.counter.clock.now().year
    if arguments.new_volume:
        return _new_volume(context, arguments.book, year)
    if arguments.strike is not None:
        return _strike(context, BookPlace(arguments.book, year, 1, arguments.strike), arguments.reason)
    written = context.counter.logbooks.export(
        arguments.book, year, context.output(arguments.out), actor=context.actor,
        volume=arguments.volume, start=arguments.start, end=arguments.end,
        second=context.second(arguments.second),
    )
    value = {"book": arguments.book, "year": year, "volume": arguments.volume, "lines": written.lines, "out": written.out}
    return CommandResult(value, (context.say("BOOK_WRITTEN", lines=written.lines, path=str(written.out)),))


def import_dossiers(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Import; exit code 5 when lines were left out."""
    noted = _Noted(context)
    done = context.counter.importing.run(arguments.file, context.actor, noted.kept)
    value = {"kept": done.kept, "bad": [_bad(line, context.lang) for line in done.bad]}
    return CommandResult(value, tuple(_told(context, done)), NEEDS_PERSON if done.bad else DONE)


def export_dossiers(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Export the dossiers received in a period."""
    out, second = context.output(arguments.out), context.second(arguments.second)
    done = context.counter.exporting.run(arguments.start, arguments.end, out, context.actor, second=second)
    value = {"dossiers": done.dossiers, "out": done.out}
    return CommandResult(value, (context.say("EXPORT_DONE", count=done.dossiers, path=str(done.out)),))


class _Noted:
    """Tells how far an import has come."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context

    def kept(self, count: int) -> bool:
        """Say it now and then; a headless import is never cancelled by itself."""
        if count and count % NOTED_EVERY == 0:
            self._context.note(self._context.say("IMPORT_SO_FAR", count=count))
        return True


def _new_volume(context: CommandContext, book: str, year: int) -> CommandResult:
    fresh = context.counter.logbooks.new_volume(book, year, context.actor)
    said = context.say("BOOK_VOLUME_NOW_OPEN", volume=fresh.volume, year=year, first=fresh.first_ordinal)
    return CommandResult({"book": book, "year": year, **_volume(fresh)}, (said,))


def _strike(context: CommandContext, place: BookPlace, reason: str) -> CommandResult:
    """Strike a line in the volume where it stands: ordinals go on across the volumes of a year."""
    volumes = context.counter.logbooks.volumes(place.book, place.year)
    begun = [each.volume for each in volumes if each.first_ordinal <= place.ordinal]
    at = replace(place, volume=begun[-1] if begun else place.volume)
    context.counter.logbooks.strike(at, reason, context.actor)
    value = {"book": at.book, "year": at.year, "volume": at.volume, "ordinal": at.ordinal, "struck": True}
    return CommandResult(value, (context.say("BOOK_LINE_NOW_STRUCK", ordinal=at.ordinal, year=at.year),))


def _volume(volume: BookVolume) -> dict[str, object]:
    return {
        "volume": volume.volume, "first_ordinal": volume.first_ordinal, "last_ordinal": volume.last_ordinal, "lines": volume.lines,
        "opened_on": volume.opened_on, "closed_on": volume.closed_on,
    }


def _bad(line: BadLine, lang: str) -> dict[str, object]:
    return {"line": line.line, "errors": problems_json(line.problems, lang)}


def _told(context: CommandContext, done: Imported) -> list[str]:
    lines = [context.say("IMPORT_DONE", count=done.kept, bad=len(done.bad))]
    for bad in done.bad[:SHOWN_BAD]:
        words = " ".join(f"{problem.field or ''}: {sentence(problem, context.lang)}".removeprefix(": ") for problem in bad.problems)
        lines.append(context.say("IMPORT_BAD_LINE", line=bad.line, words=words))
    if more := len(done.bad) - SHOWN_BAD if len(done.bad) > SHOWN_BAD else 0:
        lines.append(context.say("IMPORT_MORE_BAD", count=more))
    return lines


def read_day_word(written: str) -> date:
    """Read a day. One beyond all dossiers, as in ``--to 9999-12-31``, means the last one there can be: days are reckoned from it."""
    try:
        return min(read_day(written), LAST_DAY)
    except RuleBrokenError as error:
        raise argparse.ArgumentTypeError("YYYY-MM-DD") from error


def _ordinal(written: str) -> int:
    ordinal = int(written)
    if not 1 <= ordinal <= LAST_ORDINAL:
        raise argparse.ArgumentTypeError(f"1…{LAST_ORDINAL}")
    return ordinal


def _year(written: str) -> int:
    year = int(written)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{FIRST_YEAR}…{LAST_YEAR}")
    return year
