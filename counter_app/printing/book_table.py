"""The ruled page of form 07: thirteen columns, their head, and the lines set into them.

A cell is turned into drawing operators once and remembered, for most texts of a book come again; setting it is then only its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.printing.book_lines import STRUCK_COLUMNS
from counter_app.printing.canvas import Canvas
from counter_app.printing.typefaces import MM, Face, Typefaces
from counter_app.printing.typeset import wrap_plain

WIDTH, HEIGHT = 297.0, 210.0
LEFT, RIGHT, TOP = 15.0, 25.0, 10.0
"""Margins in mm; the right one is for the seam seal."""

SIZE, _LEAD, _BASE, _PAD, _SIDE = 10.0, 3.9, 3.0, 0.5, 1.0
_WIDTHS = (10.0, 22.0, 47.0, 8.0, 28.0, 32.0, 18.0, 12.0, 12.0, 12.6, 16.5, 15.4, 23.5)
_LEFT_ALIGNED = frozenset({1, 2, 4, 5, 6, 12})
EDGES = tuple(LEFT + sum(_WIDTHS[:count]) for count in range(len(_WIDTHS) + 1))
_ORIGINS = tuple(
    EDGES[column] + (_SIDE if column in _LEFT_ALIGNED else width / 2) for column, width in enumerate(_WIDTHS))
"""Where the lines of a column begin, or have their middle."""

_GROUPED = (7, 13)
"""Columns under the common title: first, and the one after the last."""

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

    def __init__(self, typefaces: Typefaces) -> None:
        self._typefaces = typefaces
        self._cells: dict[tuple[int, str], Cell] = {}

    def rows(self, canvas: Canvas, texts: Sequence[str], *, struck: bool) -> list[Row]:
        """Return one line of the book: one row, or several where it is very long. ``canvas`` is any page of the document."""
        cells = [self._cell(canvas, column, text) if text else _EMPTY for column, text in enumerate(texts)]
        longest = max([len(cell.lines) for cell in cells])
        if longest <= _MOST_LINES:
            return [Row(cells, struck, longest * _LEAD + 2 * _PAD)]
        return [
            Row([_set(canvas, column, cell.lines[at:at + _MOST_LINES]) for column, cell in enumerate(cells)], struck,
                min(_MOST_LINES, longest - at) * _LEAD + 2 * _PAD)
            for at in range(0, longest, _MOST_LINES)]

    def _cell(self, canvas: Canvas, column: int, text: str) -> Cell:
        cell = self._cells.get((column, text))
        if cell is None:
            cell = _set(canvas, column, wrap_plain(self._typefaces, text, _WIDTHS[column] - 2 * _SIDE, SIZE))
            if len(self._cells) > _REMEMBERED:
                self._cells.clear()
            self._cells[column, text] = cell
        return cell


def _set(canvas: Canvas, column: int, lines: Sequence[TextLine]) -> Cell:
    """Turn lines into operators: at the left of the column, or each in its middle."""
    operators, before = [], 0.0
    for number, (text, width) in enumerate(lines):
        start = 0.0 if column in _LEFT_ALIGNED else -width / 2
        if start != before or number:
            operators.append(f"{(start - before) * MM:.2f} {-_LEAD * MM if number else 0:.2f} Td")
        operators.append(canvas.show(text, Face.REGULAR, SIZE))
        before = start
    return Cell(lines, " ".join(operators))


def draw_rows(canvas: Canvas, rows: Sequence[Row], spare: float) -> float:
    """Draw rows from the top of the body, each ``spare`` higher than its text needs; return where they end."""
    y = BODY_TOP
    placed: list[tuple[float, float, str]] = []
    for row in rows:
        height = row.height + spare
        for column, cell in enumerate(row.cells):
            if cell.lines:
                baseline = y + (height - len(cell.lines) * _LEAD) / 2 + _BASE
                placed.append((_ORIGINS[column], baseline, cell.operators))
                if row.struck and column in STRUCK_COLUMNS:
                    _strike(canvas, column, cell.lines, baseline)
        y += height
        canvas.rule(LEFT, y, EDGES[-1], y)
    canvas.shown(placed, Face.REGULAR, SIZE)
    return y


def _strike(canvas: Canvas, column: int, lines: Sequence[TextLine], baseline: float) -> None:
    for number, (_, width) in enumerate(lines):
        x = _ORIGINS[column] - (0 if column in _LEFT_ALIGNED else width / 2)
        y = baseline + number * _LEAD - 1.1
        canvas.rule(x, y, x + width, y, 0.6)


def draw_ground(canvas: Canvas, title: str, mark: str, group: str, columns: Sequence[str]) -> None:
    """Draw what all pages share: the running title, the mark of a reprint, the head of the table and the columns."""
    printable = canvas.typefaces.printable
    canvas.text(LEFT, TOP + 3.5, printable(title), Face.BOLD, SIZE)
    if mark:
        canvas.text_centred((LEFT + EDGES[-1]) / 2, TOP + 3.5, printable(mark), Face.BOLD_ITALIC, SIZE)
    first, after = _GROUPED
    for y, start in ((_HEAD_TOP, LEFT), (_TITLE_TOP, EDGES[first]), (_NUMBER_TOP, LEFT), (BODY_TOP, LEFT), (BODY_BOTTOM, LEFT)):
        canvas.rule(start, y, EDGES[-1], y)
    for column, x in enumerate(EDGES):
        canvas.rule(x, _TITLE_TOP if first < column < after else _HEAD_TOP, x, BODY_BOTTOM)
    canvas.text_centred((EDGES[first] + EDGES[after]) / 2, _HEAD_TOP + 3.7, printable(group), Face.BOLD, SIZE)
    for column, name in enumerate(columns):
        _draw_title(canvas, column, name)


def _draw_title(canvas: Canvas, column: int, name: str) -> None:
    middle = (EDGES[column] + EDGES[column + 1]) / 2
    top = _TITLE_TOP if _GROUPED[0] <= column < _GROUPED[1] else _HEAD_TOP
    lines = wrap_plain(canvas.typefaces, name, _WIDTHS[column] - 1, SIZE, Face.BOLD)
    baseline = top + (_NUMBER_TOP - top - len(lines) * _LEAD) / 2 + _BASE
    for number, (text, width) in enumerate(lines):
        canvas.text(middle - width / 2, baseline + number * _LEAD, text, Face.BOLD, SIZE)
    canvas.text_centred(middle, _NUMBER_TOP + 3.7, str(column + 1), Face.REGULAR, SIZE)
