"""The ruled page of a register: its columns, their head, and the lines set into them.

A cell is turned into drawing operators once and remembered, for most texts of a book come again; setting it is then only its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.domain.books import Register
from counter_app.printing.canvas import Canvas
from counter_app.printing.typefaces import MM, Face, Typefaces
from counter_app.printing.typeset import wrap_plain

WIDTH, HEIGHT = 297.0, 210.0
LEFT, RIGHT, TOP = 15.0, 25.0, 10.0
"""Margins in mm; the right one is for the seam seal."""

SIZE, _LEAD, _BASE, _PAD, _SIDE = 10.0, 3.9, 3.0, 0.5, 1.0
HEAD_SIDE = 1.2
"""White beside a column's title, in mm."""
_HEAD_TOP = TOP + 6.5
_TITLE_TOP, _NUMBER_TOP, BODY_TOP = _HEAD_TOP + 5.0, _HEAD_TOP + 14.6, _HEAD_TOP + 19.6
BODY_BOTTOM = HEIGHT - 8.0
_MOST_LINES = 30
"""A line of the book with more lines of text is set as several pieces."""

_REMEMBERED = 20_000
"""Cells kept in memory, some megabytes."""

TextLine = tuple[str, float]
"""A line of text with its width in mm."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a register stand, in mm from the left edge of the paper."""

    titles: Sequence[str]
    widths: Sequence[float]
    edges: Sequence[float]
    aligned: Sequence[str]
    origins: Sequence[float]
    """Where the lines of a column begin, have their middle, or end."""
    groups: Sequence[tuple[str, int, int]]

    @classmethod
    def of(cls, register: Register) -> Layout:
        """Return the layout of a register."""
        widths = [column.width for column in register.columns]
        edges = [LEFT + sum(widths[:count]) for count in range(len(widths) + 1)]
        aligned = [column.align for column in register.columns]
        origins = [
            edges[at] + {"left": _SIDE, "centre": width / 2, "right": width - _SIDE}[aligned[at]] for at, width in enumerate(widths)]
        return cls([column.title for column in register.columns], widths, edges, aligned, origins, register.groups)

    def grouped(self, column: int) -> bool:
        """Tell whether a column stands under a common title."""
        return any(first <= column < after for _, first, after in self.groups)


@dataclass(frozen=True, slots=True)
class Cell:
    """A text set for its column: drawing operators that begin at the column's origin, on the first baseline."""

    lines: Sequence[TextLine]
    operators: str


_EMPTY = Cell((), "")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the book, or a piece of one, as high as its fullest cell."""

    cells: Sequence[Cell]
    struck: bool
    height: float
    """What its text needs, in mm."""


class TableSetter:
    """Sets texts into the columns of one document."""

    def __init__(self, typefaces: Typefaces, layout: Layout) -> None:
        self._typefaces, self._layout = typefaces, layout
        self._cells: dict[tuple[int, str], Cell] = {}

    def rows(self, canvas: Canvas, texts: Sequence[str], *, struck: bool) -> list[Row]:
        """Return one line of the book: one row, or several where it is very long. ``canvas`` is any page of the document."""
        cells = [self._cell(canvas, column, text) if text else _EMPTY for column, text in enumerate(texts)]
        longest = max([len(cell.lines) for cell in cells])
        if longest <= _MOST_LINES:
            return [Row(cells, struck, longest * _LEAD + 2 * _PAD)]
        return [
            Row([self._set(canvas, column, cell.lines[at:at + _MOST_LINES]) for column, cell in enumerate(cells)], struck,
                min(_MOST_LINES, longest - at) * _LEAD + 2 * _PAD)
            for at in range(0, longest, _MOST_LINES)]

    def _cell(self, canvas: Canvas, column: int, text: str) -> Cell:
        cell = self._cells.get((column, text))
        if cell is None:
            cell = self._set(canvas, column, wrap_plain(self._typefaces, text, self._layout.widths[column] - 2 * _SIDE, SIZE))
            if len(self._cells) > _REMEMBERED:
                self._cells.clear()
            self._cells[column, text] = cell
        return cell

    def _set(self, canvas: Canvas, column: int, lines: Sequence[TextLine]) -> Cell:
        return _set(canvas, lines, self._layout.aligned[column])


def _start(aligned: str, width: float) -> float:
    """Return where a line of text begins, from its column's origin."""
    return {"left": 0.0, "centre": -width / 2, "right": -width}[aligned]


def _set(canvas: Canvas, lines: Sequence[TextLine], aligned: str) -> Cell:
    """Turn lines into operators: at the left of the column, in its middle, or at its right."""
    operators, before = [], 0.0
    for number, (text, width) in enumerate(lines):
        start = _start(aligned, width)
        if start != before or number:
            operators.append(f"{(start - before) * MM:.2f} {-_LEAD * MM if number else 0:.2f} Td")
        operators.append(canvas.show(text, Face.REGULAR, SIZE))
        before = start
    return Cell(lines, " ".join(operators))


def draw_rows(canvas: Canvas, layout: Layout, rows: Sequence[Row], spare: float) -> float:
    """Draw rows from the top of the body, each ``spare`` higher than its text needs; return where they end."""
    y = BODY_TOP
    placed: list[tuple[float, float, str]] = []
    for row in rows:
        height = row.height + spare
        for column, cell in enumerate(row.cells):
            if cell.lines:
                baseline = y + (height - len(cell.lines) * _LEAD) / 2 + _BASE
                placed.append((layout.origins[column], baseline, cell.operators))
                if row.struck and column < len(row.cells) - 1:  # the last column gives the reason
                    _strike(canvas, layout, column, cell.lines, baseline)
        y += height
        canvas.rule(LEFT, y, layout.edges[-1], y)
    canvas.shown(placed, Face.REGULAR, SIZE)
    return y


def _strike(canvas: Canvas, layout: Layout, column: int, lines: Sequence[TextLine], baseline: float) -> None:
    for number, (_, width) in enumerate(lines):
        x = layout.origins[column] + _start(layout.aligned[column], width)
        y = baseline + number * _LEAD - 1.1
        canvas.rule(x, y, x + width, y, 0.6)


def draw_ground(canvas: Canvas, layout: Layout, title: str, mark: str) -> None:
    """Draw what all pages share: the running title, the mark of a reprint, the head of the table and the columns."""
    printable, end = canvas.typefaces.printable, layout.edges[-1]
    canvas.text(LEFT, TOP + 3.5, printable(title), Face.BOLD, SIZE)
    if mark:
        canvas.text_centred((LEFT + end) / 2, TOP + 3.5, printable(mark), Face.BOLD_ITALIC, SIZE)
    for y in (_HEAD_TOP, _NUMBER_TOP, BODY_TOP, BODY_BOTTOM):
        canvas.rule(LEFT, y, end, y)
    inside = {at for _, first, after in layout.groups for at in range(first + 1, after)}
    for column, x in enumerate(layout.edges):
        canvas.rule(x, _TITLE_TOP if column in inside else _HEAD_TOP, x, BODY_BOTTOM)
    for group, first, after in layout.groups:
        canvas.rule(layout.edges[first], _TITLE_TOP, layout.edges[after], _TITLE_TOP)
        canvas.text_centred((layout.edges[first] + layout.edges[after]) / 2, _HEAD_TOP + 3.7, printable(group), Face.BOLD, SIZE)
    for column in range(len(layout.titles)):
        _draw_title(canvas, layout, column)


def _draw_title(canvas: Canvas, layout: Layout, column: int) -> None:
    middle = (layout.edges[column] + layout.edges[column + 1]) / 2
    top = _TITLE_TOP if layout.grouped(column) else _HEAD_TOP
    lines = wrap_plain(canvas.typefaces, layout.titles[column], layout.widths[column] - 2 * HEAD_SIDE, SIZE, Face.BOLD)
    baseline = top + (_NUMBER_TOP - top - len(lines) * _LEAD) / 2 + _BASE
    for number, (text, width) in enumerate(lines):
        canvas.text(middle - width / 2, baseline + number * _LEAD, text, Face.BOLD, SIZE)
    canvas.text_centred(middle, _NUMBER_TOP + 3.7, str(column + 1), Face.REGULAR, SIZE)
