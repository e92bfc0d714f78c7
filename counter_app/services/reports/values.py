"""How the figures of a report read, on paper, in a sheet and on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.domain.text import write_day
from counter_app.services.reports.words import ReportWords

NOTHING = "–"
WORDS = frozenset({"text", "day"})
"""Kinds of columns that are no numbers."""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table of a report as it is shown: its title, its columns, its lines and the line of the total, if it has one."""

    title: str
    columns: tuple[Mapping[str, Any], ...]
    rows: tuple[Mapping[str, Any], ...]
    total: Mapping[str, Any] | None
    numbered: bool
    alarm: frozenset[str]
    chart: Mapping[str, Any] | None = None

    def lines(self) -> Iterator[Mapping[str, Any]]:
        """Yield the lines, the total last."""
        yield from self.rows
        if self.total is not None:
            yield self.total


def tables_of(words: ReportWords, content: Mapping[str, Any]) -> list[ReportTable]:
    """Return the tables of a report; the first column of a total says so, a field that nobody named says that."""
    return [_table(words, spec, content) for spec in words.tables]


def shown(value: object, kind: str = "count") -> str:
    """Return a figure as people read it: ``1.186``, ``99,6 %``, ``19,9``, ``20/11/2026``."""
    if value is None or value == "":
        return "" if kind in WORDS else NOTHING
    if kind == "text":
        return str(value)
    if kind == "day":
        return write_day(date.fromisoformat(str(value)))
    number = float(str(value))
    if kind == "permille":
        return f"{_decimal(number / 10)} %"
    return _decimal(number) if kind == "points" else _decimal(number / 10) if kind == "tenths" else f"{int(number):,}".replace(",", ".")


def axis_base(mark: int) -> int:
    """Return where the axis of shares in time begins, in thousandths: at 90 %, lower where the wanted share needs the room."""
    return max(0, min(900, mark - 50))


def kind_of(column: Mapping[str, Any]) -> str:
    """Return what a column holds: count, permille, points, tenths, text or day."""
    return str(column.get("kind", "count"))


def title_on_screen(column: Mapping[str, Any]) -> str:
    """Return the title of a column where there is less room than on paper."""
    return str(column.get("screen", column["title"]))


def groups_of(columns: Sequence[Mapping[str, Any]], key: str = "group") -> list[tuple[str, int, int]]:
    """Return each run of columns under a common title, ungrouped ones one by one: title, first column, column after the last.

    ``key`` ``screen_group`` gives the shorter titles of the window.
    """
    found: list[tuple[str, int, int]] = []
    for at, column in enumerate(columns):
        group = str(column.get(key, column.get("group", "")))
        if group and found and found[-1][0] == group:
            found[-1] = (group, found[-1][1], at + 1)
        else:
            found.append((group, at, at + 1))
    return found


def _table(words: ReportWords, spec: Mapping[str, Any], content: Mapping[str, Any]) -> ReportTable:
    source, first = spec.get("source", spec["table"]), spec["columns"][0]["key"]
    rows = tuple(line | {first: words.say("no_field")} if first == "field" and not line[first] else line for line in content[source])
    total = content.get("total") if source == "rows" else None
    return ReportTable(
        spec.get("title", ""), tuple(spec["columns"]), rows, {first: words.say("total"), **total} if total else None,
        bool(spec.get("numbered")), frozenset(spec.get("alarm", ())), spec.get("chart"),
    )


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
