"""The verb ``report``: a report of any period, on the output or into a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from counter_app.cli.book_verbs import read_day_word
from counter_app.cli.frame import CommandContext, CommandResult, Subparsers, text_table
from counter_app.domain.report_periods import Period
from counter_app.services.reports.service import Report


def register(subparsers: Subparsers) -> None:
    """Add the parser of this verb."""
    reporting = subparsers.add_parser("report", help="count a period by the rules of the forms")
    reporting.add_argument("name", metavar="NAME", help="II.06a, 07a, 766, weekly, on-the-spot, timeliness, units, load or digital")
    reporting.add_argument("--from", type=read_day_word, dest="start", required=True, metavar="D", help="first day")
    reporting.add_argument("--to", type=read_day_word, dest="end", required=True, metavar="D", help="last day")
    reporting.add_argument("--out", type=Path, metavar="FILE", help="a .pdf, .xlsx or .json file")
    reporting.add_argument("--freeze", action="store_true", help="keep the report as it is sent; needs --out")
    reporting.add_argument("--sent-to", default="", metavar="TEXT", help="who it is sent to, for the record")
    reporting.set_defaults(run=report)


def report(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Count a report; write it where a file is named."""
    reports, period = context.counter.reports, Period(arguments.start, arguments.end)
    if arguments.out is None:
        made = reports.make(arguments.name, period, context.actor)
        return CommandResult(made.content, _told(made))
    out = context.output(arguments.out)
    if arguments.freeze:
        written = reports.freeze(arguments.name, period, out, context.actor, sent_to=arguments.sent_to)
    else:
        written = reports.write(arguments.name, period, out, context.actor)
    value = {"report": arguments.name, "period": {"from": period.start, "to": period.end}, "out": written.out, "mark": written.mark or None}
    return CommandResult(value, (context.say("REPORT_WRITTEN", path=str(written.out)),))


def _told(made: Report) -> tuple[str, ...]:
    """Return the tables as text."""
    lines: list[str] = [made.words.say("title")]
    for table in made.words.tables:
        columns = table["columns"]
        rows = [tuple(str(column["title"]) for column in columns)]
        rows += [_cells(line, columns) for line in made.content[table.get("source", table["table"])]]
        if total := made.content.get("total") if table["table"] == "rows" else None:
            rows.append((made.words.say("total"), *_cells(total, columns)[1:]))
        lines += ["", *text_table(rows)]
    return tuple(lines)


def _cells(line: dict[str, Any], columns: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple("" if (value := line.get(column["key"])) is None else str(value) for column in columns)
