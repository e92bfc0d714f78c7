"""Form 01 on A5 and A4: the receipt slip, on as many pages as its content needs.

The first page is the whole form, appointment and signatures included. Papers that don't fit there go on to further pages, each with the
codes, its page mark and both signatures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from counter_app.printing.blocks import Area, Block, Gap, TextRow, framed, row_blocks
from counter_app.printing.canvas import Canvas
from counter_app.printing.receipt_head import codes, first_line, head, mark_of, mark_of_first_line, title
from counter_app.printing.receipt_tail import Foot, Signatures, foot, signatures
from counter_app.printing.table import table
from counter_app.printing.typefaces import Face, Typefaces
from counter_app.printing.typeset import Span


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper with its margins in mm, and the scale of the text on it (1: 10.5 pt)."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    scale: float

    @property
    def body_top(self) -> float:
        """Where the form begins, below the line of the copy mark."""
        return self.top + 6 * self.scale

    def area(self, typefaces: Typefaces) -> Area:
        """Return the column between the margins."""
        return Area(typefaces, self.left, self.width - self.left - self.right, self.scale)


A5 = Sheet(148, 210, 11, 10, 6, 6, 1.0)
A4 = Sheet(210, 297, 30, 20, 20, 20, 13 / 10.5)


_TIGHT = 0.93
"""The least leading: 12.8 pt for 10.5 pt."""


@dataclass(frozen=True, slots=True)
class _Form:
    """The blocks of a form in their order: what comes before the papers, the papers, what comes after them."""

    opening: list[Block]
    before: list[Block]
    table_head: Block
    rows: list[Block]
    after: list[Block]

    def on_one_page(self) -> list[Block]:
        return [*self.opening, *self.before, self.table_head, *self.rows, *self.after]


def receipt_pages(canvas: Canvas, sheet: Sheet, content: dict[str, Any]) -> list[list[Canvas]]:
    """Return the pages of each copy; ``canvas`` is an empty page of the document."""
    area = sheet.area(canvas.typefaces)
    signers = signatures(area, content)
    room = sheet.height - sheet.bottom - sheet.body_top - signers.height
    pages, feet = _lay_out(area, content, room)
    drawn = [_draw(canvas.blank(), sheet, blocks, signers, end) for blocks, end in zip(pages, feet, strict=True)]
    return [[_as_copy(page, area, sheet, content, copy) for page in drawn] for copy in content["copies"]]


def _as_copy(drawn: Canvas, area: Area, sheet: Sheet, content: dict[str, Any], copy: str) -> Canvas:
    page = drawn.blank()
    first_line(page, area, sheet.top, content, copy)
    page.add(drawn)
    return page


def _lay_out(area: Area, content: dict[str, Any], room: float) -> tuple[list[list[Block]], list[Foot]]:
    """Return the blocks and the foot of each page: one page, where need be with its lines closer together, else several."""
    end = foot(area, content)
    for leading in (1.0, _TIGHT):
        form = _form(replace(area, leading=leading), content)
        if _height(form.on_one_page()) <= room - end.height:
            return [form.on_one_page()], [end]
    page = content["page"]
    pages = _paginate(area, content, form, room - foot(area, content, page).height)
    return pages, [foot(area, content, page.format(page=number, pages=len(pages))) for number in range(1, len(pages) + 1)]


def _form(area: Area, content: dict[str, Any]) -> _Form:
    k, appointment = area.scale, content["appointment"]
    table_head, rows = table(area, content["table"])
    mark = "" if mark_of_first_line(area, content) else mark_of(content)
    return _Form(
        [head(area, content, mark), codes(area, content), *title(area, content)],
        [*_rows(area, content["rows"]), Gap(0.8 * k)], table_head, rows,
        [Gap(1.0 * k), *_rows(area, content["more_rows"]), framed(area, appointment["label"], appointment["value"]),
         *_rows(area, content["last_rows"])])


def _rows(area: Area, rows: Sequence[Sequence[dict[str, Any]]]) -> list[Block]:
    return [block for cells in rows for block in row_blocks(area, cells)]


def _paginate(area: Area, content: dict[str, Any], form: _Form, room: float) -> list[list[Block]]:
    """Share the form out to pages: as many papers on the first as leave room for the rest of the form, the others behind."""
    note = [TextRow(area, ((area.left, line),)) for line in area.lines([Span(content["continued"], Face.ITALIC)], area.width, area.size)]
    fixed = [*form.opening, *form.before, form.table_head, *note, *form.after]
    count, left = 0, room - _height(fixed)
    while count < len(form.rows) and form.rows[count].height <= left:
        left -= form.rows[count].height
        count += 1
    papers = [form.table_head, *form.rows[:count]] if count else []
    filler = _Filler([codes(area, content), Gap(2 * area.scale)], room)
    for block in [*form.opening, *form.before, *papers, *(note if form.rows[count:] else []), *form.after]:
        filler.add(block)
    filler.add_rows(form.table_head, form.rows[count:])
    return filler.pages


class _Filler:
    """Fills pages from top to bottom; every page after the first begins with ``opening``."""

    def __init__(self, opening: list[Block], room: float) -> None:
        self.pages: list[list[Block]] = [[]]
        self._opening, self._room, self._left = opening, room, room

    def add(self, block: Block) -> None:
        """Put a block below the last one, on a new page where it doesn't fit."""
        if block.height > self._left:
            self._turn()
        self._put(block)

    def add_rows(self, table_head: Block, rows: Sequence[Block]) -> None:
        """Put table rows on the pages after the first, under a head on each."""
        headed = False
        for row in rows:
            if len(self.pages) == 1 or row.height + (0 if headed else table_head.height) > self._left:
                self._turn()
                headed = False
            if not headed:
                self._put(table_head)
                headed = True
            self._put(row)

    def _turn(self) -> None:
        self.pages.append([])
        self._left = self._room
        for block in self._opening:
            self._put(block)

    def _put(self, block: Block) -> None:
        self.pages[-1].append(block)
        self._left -= block.height


def _height(blocks: Sequence[Block]) -> float:
    return sum(block.height for block in blocks)


def _draw(canvas: Canvas, sheet: Sheet, blocks: Sequence[Block], signers: Signatures, end: Foot) -> Canvas:
    y, foot_top = sheet.body_top, sheet.height - sheet.bottom - end.height
    for block in blocks:
        block.draw(canvas, y)
        y += block.height
    signers.draw(canvas, y, foot_top - y)
    end.draw(canvas, foot_top)
    return canvas
