"""The list of people to call, A4: a QR code before each line, to be scanned when the person was reached, and room for a remark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from counter_app.printing.blocks import Area, Block, Gap, TextRow
from counter_app.printing.canvas import Canvas
from counter_app.printing.codes import qr
from counter_app.printing.receipt import Sheet
from counter_app.printing.receipt_head import centred, head
from counter_app.printing.typefaces import Face
from counter_app.printing.typeset import Line, Span

SHEET = Sheet(210, 297, 20, 15, 15, 15, 12 / 10.5)
_QR, _ROW, _LEAD, _BASE = 15.0, 19.0, 5.2, 4.2
_EDGES = (0.0, 21.0, 82.0, 136.0, 175.0)
_SIZE = 11.5


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the list; ``code`` empty: the titles of the columns."""

    area: Area
    code: str
    cells: tuple[tuple[Line, ...], ...]

    @property
    def height(self) -> float:
        """The code, or the fullest cell where that is more."""
        return max(_ROW if self.code else 0, max(map(len, self.cells)) * _LEAD + 3)

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw the code, the cells and the rules around them."""
        left = self.area.left
        for x in _EDGES:
            canvas.rule(left + x, y, left + x, y + self.height)
        for edge in (y, y + self.height):
            canvas.rule(left, edge, left + _EDGES[-1], edge)
        if self.code:
            canvas.fill(qr(self.code, left + (_EDGES[1] - _QR) / 2, y + (self.height - _QR) / 2, _QR))
        for x, lines in zip(_EDGES, self.cells, strict=False):
            top = y + (self.height - len(lines) * _LEAD) / 2
            for number, line in enumerate(lines):
                line.draw(canvas, left + x + 1.5, top + number * _LEAD + _BASE, _SIZE)


def call_pages(blank: Callable[[], Canvas], content: dict[str, Any]) -> list[Canvas]:
    """Return the pages of the list; ``blank`` gives an empty page."""
    area = SHEET.area(blank().typefaces)
    room = SHEET.height - SHEET.top - SHEET.bottom - 8
    titles = _entry(area, "", [[Span(each, Face.BOLD)] for each in content["columns"]])
    pages: list[list[Block]] = [[*_opening(area, content), titles]]
    for each in content["entries"]:
        entry = _entry(area, each["code"], [
            [], [Span(each["person"], Face.BOLD), Span(each["recipient"]), Span(each["code"])],
            [Span(each["title"], Face.BOLD), Span(each["procedure"]), Span(each["until"], Face.ITALIC)], []])
        if sum(block.height for block in (*pages[-1], entry)) > room:
            pages.append([titles])
        pages[-1].append(entry)
    return [_drawn(blank(), area, content, blocks, (number, len(pages))) for number, blocks in enumerate(pages, start=1)]


def _opening(area: Area, content: dict[str, Any]) -> list[Block]:
    rule = [TextRow(area, ((area.left, line),)) for line in area.lines([Span(content["rule"], Face.ITALIC)], area.width, _SIZE)]
    return [head(area, content, " · ".join(content["marks"])), Gap(2), centred(area, content["title"], Face.BOLD, 13, 6.1), Gap(2),
            *rule, *(TextRow(area, ((area.left, line),)) for line in area.lines([Span(content["total"], Face.BOLD)], area.width, _SIZE)),
            Gap(2)]


def _entry(area: Area, code: str, cells: Sequence[Sequence[Span]]) -> _Entry:
    """Return a line of the list; each span of a cell begins a line of its own."""
    widths = [end - start - 3 for start, end in pairwise(_EDGES)]
    return _Entry(area, code, tuple(
        tuple(line for span in spans for line in area.lines([span], width, _SIZE)) for spans, width in zip(cells, widths, strict=True)))


def _drawn(canvas: Canvas, area: Area, content: dict[str, Any], blocks: Sequence[Block], place: tuple[int, int]) -> Canvas:
    y = SHEET.top
    for block in blocks:
        block.draw(canvas, y)
        y += block.height
    mark = content["page"].format(page=place[0], pages=place[1])
    canvas.text_centred(area.left + area.width / 2, SHEET.height - SHEET.bottom, mark, Face.REGULAR, 10)
    return canvas
