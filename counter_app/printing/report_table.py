"""The tables of a report on A4 landscape: grouped heads, right-aligned figures, the total in bold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counter_app.printing.canvas import Canvas
from counter_app.printing.typefaces import Face, Typefaces
from counter_app.printing.typeset import wrap_plain
from counter_app.services.reports.values import WORDS, ReportTable, groups_of, kind_of, shown

LEFT, RIGHT = 15.0, 282.0
SIZE, SMALL = 10.0, 9.0
_LEAD, _PAD, _SIDE = 4.2, 0.9, 1.2
_ORDINAL = 9.0
_TEXT_SHARE = 3.4
"""How much wider a column of words is than one of figures."""

Lines = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A ruled line. ``cells`` are wrapped texts; ``right`` aligns figures, ``bold`` is the total."""

    edges: Sequence[float]
    cells: tuple[Lines, ...]
    right: tuple[bool, ...]
    bold: bool = False

    @property
    def height(self) -> float:
        """As many lines as the fullest cell has."""
        return max(1, *(len(cell) for cell in self.cells)) * _LEAD + 2 * _PAD

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw the rules around the cells and the texts."""
        bottom = y + self.height
        canvas.rule(self.edges[0], bottom, self.edges[-1], bottom, 0.4)
        for x in self.edges:
            canvas.rule(x, y, x, bottom, 0.4)
        for at, lines in enumerate(self.cells):
            baseline = y + (self.height - len(lines) * _LEAD) / 2 + 3.1
            for number, (text, width) in enumerate(lines):
                x = self.edges[at + 1] - _SIDE - width if self.right[at] else self.edges[at] + _SIDE
                canvas.text(x, baseline + number * _LEAD, text, Face.BOLD if self.bold else Face.REGULAR, SIZE)


@dataclass(frozen=True, slots=True)
class ReportHead:
    """The head of a table: groups above titles, and the numbers of the columns where the form has them."""

    edges: Sequence[float]
    titles: tuple[Lines, ...]
    groups: tuple[tuple[Lines, int, int], ...]
    numbers: tuple[str, ...]

    @property
    def _upper(self) -> float:
        most = max((len(title) for title, _, _ in self.groups), default=0)
        return most * _LEAD + 2 * _PAD if most else 0.0

    @property
    def height(self) -> float:
        """Groups, titles and numbers."""
        return self._upper + self._lower + (_LEAD + _PAD if self.numbers else 0.0)

    @property
    def _lower(self) -> float:
        return max(len(title) for title in self.titles) * _LEAD + 2 * _PAD

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw rules and words."""
        middle, low, bottom = y + self._upper, y + self._upper + self._lower, y + self.height
        for line in {y, low, bottom}:
            canvas.rule(self.edges[0], line, self.edges[-1], line, 0.4)
        tops = [y] * len(self.titles)
        for title, first, after in self.groups:
            tops[first:after] = [middle] * (after - first)
            canvas.rule(self.edges[first], middle, self.edges[after], middle, 0.4)
            canvas.rule(self.edges[first], y, self.edges[first], middle, 0.4)
            canvas.rule(self.edges[after], y, self.edges[after], middle, 0.4)
            _centred(canvas, title, (self.edges[first], self.edges[after]), (y, middle))
        for at, title in enumerate(self.titles):
            canvas.rule(self.edges[at], tops[at], self.edges[at], bottom, 0.4)
            _centred(canvas, title, (self.edges[at], self.edges[at + 1]), (tops[at], low))
            if self.numbers:
                canvas.text_centred((self.edges[at] + self.edges[at + 1]) / 2, bottom - 1.4, self.numbers[at], Face.ITALIC, SMALL)
        canvas.rule(self.edges[-1], y, self.edges[-1], bottom, 0.4)


def set_table(typefaces: Typefaces, table: ReportTable, ordinal: str) -> tuple[ReportHead, list[ReportRow]]:
    """Return head and lines of a table. Where the form numbers its columns, the first is the line's ordinal."""
    columns: list[Mapping[str, Any]] = list(table.columns)
    if table.numbered:
        columns.insert(0, {"key": "", "title": ordinal, "width": _ORDINAL})
    edges = _edges(columns)
    wide = [edges[at + 1] - edges[at] - 2 * _SIDE for at in range(len(columns))]
    titles = tuple(wrap_plain(typefaces, str(column["title"]), wide[at], SMALL, Face.BOLD)
                   for at, column in enumerate(columns))
    groups = tuple(
        (wrap_plain(typefaces, title, edges[after] - edges[first] - 2, SIZE, Face.BOLD), first, after)
        for title, first, after in groups_of(columns) if title)
    numbers = tuple(f"({at})" for at in range(1, len(columns) + 1)) if table.numbered else ()
    rows = [
        _row(typefaces, columns, edges, line, "" if line is table.total else str(place))
        for place, line in enumerate(table.lines(), start=1)]
    return ReportHead(edges, titles, groups, numbers), rows


def _row(
    typefaces: Typefaces, columns: Sequence[Mapping[str, Any]], edges: Sequence[float], line: Mapping[str, Any], ordinal: str,
) -> ReportRow:
    """Return a line; the one without an ordinal is the total."""
    face = Face.REGULAR if ordinal else Face.BOLD
    cells = tuple(
        wrap_plain(typefaces, text, edges[at + 1] - edges[at] - 2 * _SIDE, SIZE, face) if (text := _text(column, line, ordinal)) else []
        for at, column in enumerate(columns))
    right = tuple(kind_of(column) not in WORDS and bool(column["key"]) for column in columns)
    return ReportRow(edges, cells, right, bold=not ordinal)


def _text(column: Mapping[str, Any], line: Mapping[str, Any], ordinal: str) -> str:
    if not column["key"]:
        return ordinal
    if column["key"] not in line:
        return ""
    return shown(line[column["key"]], kind_of(column))


def _edges(columns: Sequence[Mapping[str, Any]]) -> list[float]:
    """Share the width out: given widths first, words more than figures."""
    shares = [0.0 if column.get("width") else _TEXT_SHARE if kind_of(column) == "text" else 1.0 for column in columns]
    free = RIGHT - LEFT - sum(float(column.get("width", 0)) for column in columns)
    one = free / sum(shares) if any(shares) else 0.0
    edges = [LEFT]
    for column, share in zip(columns, shares, strict=True):
        edges.append(edges[-1] + (float(column["width"]) if column.get("width") else share * one))
    return edges


def _centred(canvas: Canvas, lines: Lines, across: tuple[float, float], down: tuple[float, float]) -> None:
    (left, right), (top, bottom) = across, down
    baseline = top + (bottom - top - len(lines) * _LEAD) / 2 + 3.1
    for number, (text, _) in enumerate(lines):
        canvas.text_centred((left + right) / 2, baseline + number * _LEAD, text, Face.BOLD, SMALL)
