"""Form 01 on A5 and A4: the receipt slip, on as many pages as its content needs.

The first page is the whole form, appointment and signatures included. Papers that don't fit there go on to further pages, each with the
codes, its page mark and both signatures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
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


_LEADINGS, _CLOSER_LEADINGS = (1.0, 0.93), (0.89, 0.86)
"""How close the lines of 10.5 pt come before a page is turned: 13.8 pt and 12.8 pt; for few papers 12.3 pt and at the least 11.9 pt."""

_FEW_PAPERS = 5
"""As many papers as stand on one page wherever that can be; with more, the table goes on to a second one (design guide 9)."""

_TOGETHER = 2
"""The least number of papers in a part of the table: one row alone on a page is easily overlooked."""


@dataclass(frozen=True, slots=True)
class _Form:
    """The blocks of a form in their order: what comes before the papers, the papers, what comes after them; and who signs."""

    area: Area
    signers: Signatures
    opening: list[Block]
    before: list[Block]
    table_head: Block
    rows: list[Block]
    after: list[Block]

    def on_one_page(self) -> list[Block]:
        """Return all of them, one after the other."""
        return [*self.opening, *self.before, self.table_head, *self.rows, *self.after]


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands on a page from top to bottom, but for its first line."""

    blocks: list[Block]
    signers: Signatures
    end: Foot


def receipt_pages(canvas: Canvas, sheet: Sheet, content: dict[str, Any]) -> list[list[Canvas]]:
    """Return the pages of each copy; ``canvas`` is an empty page of the document."""
    area = sheet.area(canvas.typefaces)
    drawn = [_draw(canvas.blank(), sheet, page) for page in _lay_out(area, content, sheet.height - sheet.bottom - sheet.body_top)]
    return [[_as_copy(page, area, sheet, content, copy) for page in drawn] for copy in content["copies"]]


def _as_copy(drawn: Canvas, area: Area, sheet: Sheet, content: dict[str, Any], copy: str) -> Canvas:
    page = drawn.blank()
    first_line(page, area, sheet.top, content, copy)
    page.add(drawn)
    return page


def _lay_out(area: Area, content: dict[str, Any], room: float) -> list[_Page]:
    """Return the pages of a form: one, where need be with its lines closer together, else several."""
    few = len(content["table"]["rows"]) <= _FEW_PAPERS
    for leading in (*_LEADINGS, *_CLOSER_LEADINGS) if few else _LEADINGS:
        form = _form(replace(area, leading=leading), content)
        end = foot(form.area, content)
        if _height(form.on_one_page()) + form.signers.height + end.height <= room:
            return [_Page(form.on_one_page(), form.signers, end)]
    form = _form(replace(area, leading=_LEADINGS[-1]), content)
    mark = content["page"]
    pages = _paginate(content, form, room - form.signers.height - foot(form.area, content, mark).height)
    return [
        _Page(blocks, form.signers, foot(form.area, content, mark.format(page=number, pages=len(pages))))
        for number, blocks in enumerate(pages, start=1)]


def _form(area: Area, content: dict[str, Any]) -> _Form:
    appointment = content["appointment"]
    table_head, rows = table(area, content["table"])
    mark = "" if mark_of_first_line(area, content) else mark_of(content)
    return _Form(
        area, signatures(area, content), [head(area, content, mark), codes(area, content), *title(area, content)],
        [*_rows(area, content["rows"]), Gap(0.8 * area.upright)], table_head, rows,
        [Gap(1.0 * area.upright), *_rows(area, content["more_rows"]), framed(area, appointment["label"], appointment["value"]),
         *_rows(area, content["last_rows"])])


def _rows(area: Area, rows: Sequence[Sequence[dict[str, Any]]]) -> list[Block]:
    return [block for cells in rows for block in row_blocks(area, cells)]


def _paginate(content: dict[str, Any], form: _Form, room: float) -> list[list[Block]]:
    """Share the form out to pages: as many papers on the first as leave room for the rest of the form, the others behind."""
    area = form.area
    note = [TextRow(area, ((area.left, line),)) for line in area.lines([Span(content["continued"], Face.ITALIC)], area.width, area.size)]
    fixed = [*form.opening, *form.before, form.table_head, *note, *form.after]
    count = _rows_of_first_page(form.rows, room - _height(fixed))
    papers = [form.table_head, *form.rows[:count]] if count else []
    filler = _Filler([codes(area, content), Gap(2 * area.scale)], room)
    for block in [*form.opening, *form.before, *papers, *(note if form.rows[count:] else []), *form.after]:
        filler.add(block)
    filler.add_rows(form.table_head, form.rows[count:])
    return filler.pages


def _rows_of_first_page(rows: Sequence[Block], room: float) -> int:
    """Return how many rows stand on the first page, where not all can; no row stays alone there, and none goes on alone."""
    ends = accumulate(row.height for row in rows)
    count = min(sum(end <= room for end in ends), len(rows) - _TOGETHER)
    return count if count >= _TOGETHER else 0


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
        fresh = self._room - _height([*self._opening, table_head])
        here = self._left - table_head.height if len(self.pages) > 1 else 0.0
        for number, part in enumerate(_parts(rows, here, fresh)):
            if number:
                self._turn()
            for block in [table_head, *part] if part else ():
                self._put(block)

    def _turn(self) -> None:
        self.pages.append([])
        self._left = self._room
        for block in self._opening:
            self._put(block)

    def _put(self, block: Block) -> None:
        self.pages[-1].append(block)
        self._left -= block.height


def _parts(rows: Sequence[Block], here: float, fresh: float) -> list[list[Block]]:
    """Share rows out: first those that have room here, maybe none, then those of each fresh page; none stands alone that needn't."""
    parts: list[list[Block]] = [[]]
    left = here if _height(rows[:_TOGETHER]) <= here else 0.0
    for row in rows:
        if row.height > left:
            parts.append([])
            left = fresh
        parts[-1].append(row)
        left -= row.height
    if len(parts) > 1 and len(parts[-1]) < _TOGETHER < len(parts[-2]):
        parts[-1].insert(0, parts[-2].pop())
    return parts


def _height(blocks: Sequence[Block]) -> float:
    return sum(block.height for block in blocks)


def _draw(canvas: Canvas, sheet: Sheet, page: _Page) -> Canvas:
    y, foot_top = sheet.body_top, sheet.height - sheet.bottom - page.end.height
    for block in page.blocks:
        block.draw(canvas, y)
        y += block.height
    page.signers.draw(canvas, y, foot_top - y)
    page.end.draw(canvas, foot_top)
    return canvas
