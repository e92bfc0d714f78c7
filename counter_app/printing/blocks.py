"""Pieces of a form that follow one another down the page, each with its height, so that a page can be filled without overprinting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from counter_app.printing.canvas import Canvas
from counter_app.printing.typefaces import Face, Typefaces
from counter_app.printing.typeset import Line, Span, wrap

Cell = dict[str, Any]
"""``{"label", "value", "after", "strong", "right"}`` as the form's content has it."""

ROW_SIZE, ROW_LEAD, ROW_BASE = 10.5, 4.87, 3.75
"""Size in points, line height and baseline in mm of the form's lines, at scale 1 (A5)."""

_COLUMN_GAP, _SHORTEST_DOTS, _BLANK_GAP = 10.0, 22.0, 1.0
_RUN_IN_GAP = "\u00a0" * 4 + " "


class Block(Protocol):
    """A piece of fixed height in mm that draws itself from ``y`` downwards."""

    @property
    def height(self) -> float:
        """What it takes."""

    def draw(self, canvas: Canvas, y: float) -> None:
        """Put it on a page."""


@dataclass(frozen=True, slots=True)
class Area:
    """The column that blocks stand in: left edge and width in mm, the scale of text on it, and how far apart its lines are (1: normal)."""

    typefaces: Typefaces
    left: float
    width: float
    scale: float
    leading: float = 1.0

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def size(self) -> float:
        """The size of the form's lines in points."""
        return ROW_SIZE * self.scale

    @property
    def upright(self) -> float:
        """The scale of everything that follows one another down the page: lines and the space around them."""
        return self.scale * self.leading

    def lines(self, spans: Sequence[Span], width: float, size: float) -> list[Line]:
        """Break a text for this area's typefaces."""
        return wrap(self.typefaces, spans, width, size)


@dataclass(frozen=True, slots=True)
class Gap:
    """White space."""

    height: float

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw nothing."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line of the form: texts at their places, and dotted lines where a value is missing."""

    area: Area
    texts: tuple[tuple[float, Line], ...]
    dots: tuple[tuple[float, float], ...] = ()

    @property
    def height(self) -> float:
        """One line."""
        return ROW_LEAD * self.area.upright

    def draw(self, canvas: Canvas, y: float) -> None:
        """Write it."""
        baseline = y + ROW_BASE * self.area.upright
        for x, line in self.texts:
            line.draw(canvas, x, baseline, self.area.size)
        for start, end in self.dots:
            canvas.dots(start, end, baseline)


@dataclass(frozen=True, slots=True)
class Framed:
    """The framed line of the appointment: what it is at the left, the value large at the right, below one another where it is long."""

    area: Area
    label: tuple[Line, ...]
    value: tuple[Line, ...]
    size: float

    @property
    def height(self) -> float:
        """The frame and the space around it."""
        return 11.15 * self.area.upright + 5.4 * (self._rows - 1) * self.area.scale

    @property
    def _rows(self) -> int:
        return max(len(self.value), 1) + (len(self.label) if self._stacked else 0)

    @property
    def _stacked(self) -> bool:
        widths = [line.width for line in (*self.label, *self.value)]
        return len(self.value) > 1 or len(self.label) > 1 or sum(widths) > self.area.width - 8 * self.area.scale

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw the frame and write in it."""
        area, k, upright = self.area, self.area.scale, self.area.upright
        canvas.frame(area.left + 0.2, y + 1.15 * upright, area.width - 0.4, self.height - 2.35 * upright, 1.2)
        baseline = y + 7.2 * upright
        for number, line in enumerate(self.label):
            line.draw(canvas, area.left + 2.4 * k, baseline + 5.4 * k * number, area.size)
        if self._stacked:
            baseline += 5.4 * k * len(self.label)
        for number, line in enumerate(self.value):
            line.draw(canvas, area.right - 2.4 * k - line.width, baseline + 5.4 * k * number, self.size)
        if not self.value:
            start = area.left + 4.4 * k + (self.label[0].width if self.label else 0)
            canvas.dots(start, area.right - 2.4 * k, baseline)


def framed(area: Area, label: str, value: str) -> Framed:
    """Return the appointment's block."""
    inner, size = area.width - 4.8 * area.scale, 13 * area.scale
    return Framed(
        area, tuple(area.lines([Span(f"{label}:")], inner, area.size)), tuple(area.lines([Span(value, Face.BOLD)], inner, size)), size)


def row_blocks(area: Area, cells: Sequence[Cell]) -> list[Block]:
    """Return the lines of a row: two cells beside one another where both fit, else all below one another.

    Where lines stand closer than normal, room is short: a second cell too long for its line then begins behind the first.
    """
    if len(cells) == 2 and (pair := _pair(area, *cells)):
        return [pair]
    if len(cells) == 2 and area.leading < 1 and all(cell["value"] for cell in cells):
        return _run_in(area, *cells)
    return [block for cell in cells for block in _alone(area, cell)]


def _alone(area: Area, cell: Cell) -> list[Block]:
    lines = area.lines(_spans(cell), area.width, area.size)
    blocks: list[Block] = [TextRow(area, ((area.left, line),)) for line in lines]
    if cell["value"] or not lines:
        return blocks
    return [*blocks[:-1], *_blank(area, lines[-1], area.lines([Span(cell["after"])], area.width, area.size))]


def _blank(area: Area, label: Line, after: Sequence[Line]) -> list[Block]:
    """Return the line where a value is missing, dotted between its label and what stands after it; on lines of their own where need be."""
    shortest, start = _SHORTEST_DOTS * area.scale, area.left + label.width
    end = area.right - sum(line.width + _BLANK_GAP for line in after)
    if start + shortest <= end:
        return [TextRow(area, ((area.left, label), *((end + _BLANK_GAP, line) for line in after)), ((start + _BLANK_GAP, end),))]
    below = [TextRow(area, ((area.left, line),)) for line in after]
    if start + shortest <= area.right:
        return [TextRow(area, ((area.left, label),), ((start + _BLANK_GAP, area.right),)), *below]
    return [TextRow(area, ((area.left, label),)), TextRow(area, (), ((area.left, area.right),)), *below]


def _run_in(area: Area, left: Cell, right: Cell) -> list[Block]:
    spans = [*_spans(left), Span(_RUN_IN_GAP), *_spans(right)]
    return [TextRow(area, ((area.left, line),)) for line in area.lines(spans, area.width, area.size)]


def _pair(area: Area, left: Cell, right: Cell) -> TextRow | None:
    """Return two cells on one line, None where they don't fit; a missing value is dotted up to the next cell or the edge."""
    one, other = (area.lines(_spans(cell), area.width, area.size) for cell in (left, right))
    if len(one) != 1 or len(other) != 1:
        return None
    gap, shortest = _COLUMN_GAP * area.scale, _SHORTEST_DOTS * area.scale
    after = area.left + one[0].width
    end = after if left["value"] else max(after + shortest, area.left + (area.width - gap) / 2)
    x = _second_place(area, right, end, gap, other[0].width)
    if area.right - x - other[0].width < (-_ROUNDING if right["value"] else shortest):
        return None
    blanks = ((left, after + 1, end), (right, x + other[0].width + 1, area.right))
    return TextRow(area, ((area.left, one[0]), (x, other[0])), tuple((start, stop) for cell, start, stop in blanks if not cell["value"]))


def _second_place(area: Area, cell: Cell, end: float, gap: float, width: float) -> float:
    """Return where the second cell of a line begins: behind the first, or so that it ends at the right edge."""
    if not cell["right"]:
        return end + gap
    return max(end + gap / 2, area.right - width) if cell["value"] else end + gap / 2


_ROUNDING = 0.01


def _spans(cell: Cell) -> list[Span]:
    face = Face.BOLD if cell["strong"] else Face.REGULAR
    spans = [Span(f"{cell['label']}: ")] if cell["label"] else []
    if cell["value"]:
        spans.append(Span(cell["value"], face))
        if cell["after"]:
            spans.append(Span(f" {cell['after']}"))
    return spans
