"""The ruled table of papers: a head with grouped columns, and rows that may be broken where a page ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from counter_app.printing.blocks import Area, Block
from counter_app.printing.canvas import Canvas
from counter_app.printing.typefaces import Face
from counter_app.printing.typeset import Line, Span

_SIZE, _LEAD, _BASE, _SIDE = 10.0, 4.35, 3.27, 1.1
_PAD, _HEAD_PAD = 0.45, 0.3
_LINES_OF_A_PIECE = 12
"""A row with more lines is set as several, so that it can go on over the page."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A ruled row. ``texts`` are the lines of each cell; a cell with ``centred`` False begins at the left."""

    area: Area
    edges: tuple[float, ...]
    texts: tuple[tuple[Line, ...], ...]
    centred: tuple[bool, ...]

    @property
    def height(self) -> float:
        """As many lines as the fullest cell has."""
        lines = max(1, *(len(lines) for lines in self.texts))
        return (lines * _LEAD + 2 * _PAD) * self.area.upright

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw the rules around and between the cells, and the texts, upright in the middle."""
        height = self.height
        for top in (y, y + height):
            canvas.rule(self.edges[0], top, self.edges[-1], top)
        for x in self.edges:
            canvas.rule(x, y, x, y + height)
        for (left, right), lines, centred in zip(pairwise(self.edges), self.texts, self.centred, strict=True):
            draw_cell(canvas, self.area, (left, y, right, y + height), lines, centred=centred)


@dataclass(frozen=True, slots=True)
class TableHead:
    """The head: column titles, those of one group under its common title."""

    area: Area
    edges: tuple[float, ...]
    titles: tuple[tuple[Line, ...], ...]
    groups: tuple[tuple[int, int, tuple[Line, ...]], ...]
    """First column, column after the last, title."""

    @property
    def _group_height(self) -> float:
        lines = max((len(title) for *_, title in self.groups), default=0)
        return (lines * _LEAD + 2 * _HEAD_PAD) * self.area.upright if lines else 0.0

    @property
    def height(self) -> float:
        """The titles of the groups above those of the columns."""
        return self._group_height + (max(len(title) for title in self.titles) * _LEAD + 2 * _HEAD_PAD) * self.area.upright

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw the rules and the titles."""
        bottom, middle = y + self.height, y + self._group_height
        for top in (y, bottom):
            canvas.rule(self.edges[0], top, self.edges[-1], top)
        tops = [y] * len(self.titles)
        for first, after, title in self.groups:
            tops[first:after] = [middle] * (after - first)
            canvas.rule(self.edges[first], middle, self.edges[after], middle)
            canvas.rule(self.edges[first], y, self.edges[first], middle)
            draw_cell(canvas, self.area, (self.edges[first], y, self.edges[after], middle), title)
        for number, title in enumerate(self.titles):
            canvas.rule(self.edges[number], tops[number], self.edges[number], bottom)
            draw_cell(canvas, self.area, (self.edges[number], tops[number], self.edges[number + 1], bottom), title)
        canvas.rule(self.edges[-1], y, self.edges[-1], bottom)


def draw_cell(
    canvas: Canvas, area: Area, box: tuple[float, float, float, float], lines: Sequence[Line], *, centred: bool = True,
) -> None:
    """Write lines into a box (left, top, right, bottom), upright in the middle."""
    left, top, right, bottom = box
    scale, lead = area.scale, _LEAD * area.upright
    baseline = top + (bottom - top - len(lines) * lead) / 2 + _BASE * area.upright
    for number, line in enumerate(lines):
        x = (left + right - line.width) / 2 if centred else left + _SIDE * scale
        line.draw(canvas, x, baseline + number * lead, _SIZE * scale)


def table(area: Area, content: dict[str, Any]) -> tuple[Block, list[Block]]:
    """Return the head and the rows of a table (``{"columns", "rows"}`` as the form's content has it)."""
    columns = content["columns"]
    edges = edges_of(area, columns)
    titles = tuple(_cell(area, column["title"], edges[at + 1] - edges[at], Face.BOLD) for at, column in enumerate(columns))
    head = TableHead(area, edges, titles, tuple(_groups(area, columns, edges)))
    centred = tuple(bool(column["width"]) and not column.get("left") for column in columns)
    rows: list[Block] = []
    for texts in content["rows"]:
        cells = [_cell(area, text, edges[at + 1] - edges[at], Face.REGULAR) for at, text in enumerate(texts)]
        longest = max(len(lines) for lines in cells)
        rows += [
            TableRow(area, edges, tuple(lines[at:at + _LINES_OF_A_PIECE] for lines in cells), centred)
            for at in range(0, max(longest, 1), _LINES_OF_A_PIECE)]
    return head, rows


def edges_of(area: Area, columns: Sequence[dict[str, Any]]) -> tuple[float, ...]:
    """Return where the columns of a table begin and end."""
    widths = [column["width"] for column in columns]
    rest = area.width - sum(widths) * area.scale
    edges = [area.left]
    for width in widths:
        edges.append(edges[-1] + (width * area.scale or rest))
    return tuple(edges)


def _groups(area: Area, columns: Sequence[dict[str, Any]], edges: Sequence[float]) -> list[tuple[int, int, tuple[Line, ...]]]:
    found, first = [], 0
    for name, run in groupby(columns, key=_group_of):
        after = first + len(list(run))
        if name:
            found.append((first, after, _cell(area, name, edges[after] - edges[first], Face.BOLD)))
        first = after
    return found


def _group_of(column: dict[str, Any]) -> str:
    return str(column["group"])


def _cell(area: Area, text: str, width: float, face: Face) -> tuple[Line, ...]:
    return tuple(area.lines([Span(text, face)], width - 2 * _SIDE * area.scale * (0.55 if face == Face.BOLD else 1), _SIZE * area.scale))
