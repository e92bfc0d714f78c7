"""Every form but 01 on A5 and A4, and its strip on a roll: the parts of its body one below the other, on as many pages as they need.

Each page after the first repeats the codes; each page has its page mark and the signatures, so that none can be exchanged. A long list
may be signed once, at its end: then what it comes to stands above the signatures, and they are never alone on a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from counter_app.printing.blocks import Area, Block, Cell, Gap, TextRow, framed, row_blocks
from counter_app.printing.canvas import Canvas
from counter_app.printing.control_table import control_table
from counter_app.printing.receipt import Sheet
from counter_app.printing.receipt_head import codes, first_line, head, mark_of, mark_of_first_line, title
from counter_app.printing.receipt_tail import Foot, Signatures, foot, signatures
from counter_app.printing.table import table
from counter_app.printing.typeset import Span

A4_WIDE = Sheet(297, 210, 20, 20, 15, 12, 11 / 10.5)
_LEADINGS = (1.14, 1.07, 1.0, 0.93)
"""How close the lines come before a page is turned, the airiest first."""
_INDENT = "\u00a0" * 8
_TOGETHER = 2
"""The least number of table rows on a page: one alone is easily overlooked. The tall blocks of a control sheet aren't."""


@dataclass(frozen=True, slots=True)
class _Signed:
    """Signatures in the middle of a form, with the least space to sign in."""

    signers: Signatures

    @property
    def height(self) -> float:
        """All of them."""
        return self.signers.height

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw them."""
        self.signers.draw(canvas, y, self.height)


@dataclass(frozen=True, slots=True)
class _Part:
    """Blocks that follow one another; ``head`` stands above them on every page they come to (the head of a table).

    ``together`` is how many of them begin on one page.
    """

    blocks: list[Block]
    head: Block | None = None
    together: int = 1


def form_pages(canvas: Canvas, sheet: Sheet, content: dict[str, Any]) -> list[list[Canvas]]:
    """Return the pages of each copy; ``canvas`` is an empty page of the document."""
    area = sheet.area(canvas.typefaces)
    room = sheet.height - sheet.bottom - sheet.body_top
    drawn = [_draw(canvas.blank(), sheet, blocks, signers, end) for blocks, signers, end in _lay_out(area, content, room)]
    return [[_as_copy(page, area, sheet, content, copy) for page in drawn] for copy in content["copies"]]


def _as_copy(drawn: Canvas, area: Area, sheet: Sheet, content: dict[str, Any], copy: str) -> Canvas:
    page = drawn.blank()
    first_line(page, area, sheet.top, content, copy)
    page.add(drawn)
    return page


def _lay_out(area: Area, content: dict[str, Any], room: float) -> list[tuple[list[Block], Signatures, Foot]]:
    """Return blocks, signatures and foot of each page: of one, where need be with its lines closer together, else of several."""
    for leading in _LEADINGS:
        narrow = replace(area, leading=leading)
        signers, end = signatures(narrow, content), foot(narrow, content)
        opening, parts = _opening(narrow, content), _parts(narrow, content)
        blocks = [*opening, *(block for part in parts for block in _whole(part))]
        if _height(blocks) + signers.height + end.height <= room:
            return [(blocks, signers, end)]
    signers = signatures(area, content)
    pages = _paginate(area, content, room - signers.height - foot(area, content, content["page"]).height)
    marks = [content["page"].format(page=number, pages=len(pages)) for number in range(1, len(pages) + 1)]
    return [(blocks, signers, foot(area, content, mark)) for blocks, mark in zip(pages, marks, strict=True)]


def _opening(area: Area, content: dict[str, Any]) -> list[Block]:
    mark = "" if mark_of_first_line(area, content) else mark_of(content)
    return [head(area, content, mark), *_codes(area, content), *title(area, content)]


def _codes(area: Area, content: dict[str, Any]) -> list[Block]:
    return [codes(area, content)] if content["code"]["text"] else []


def _parts(area: Area, content: dict[str, Any]) -> list[_Part]:
    parts: list[_Part] = []
    for part in content["body"]:
        made = _part(area, part)
        parts += [_Part([Gap(0.9 * area.upright)]), made] if made.head else [made]
    return parts


def _part(area: Area, part: dict[str, Any]) -> _Part:
    if "table" in part:
        table_head, rows = table(area, part["table"])
        return _Part([*rows, Gap(0.8 * area.upright)], table_head, _TOGETHER)
    if "hand_overs" in part:
        table_head, rows = control_table(area, part["hand_overs"])
        return _Part(rows, table_head)
    if "signatures" in part:
        blocks = [*_rows(area, part.get("rows", ())), _Signed(signatures(area, part)), Gap(2.5 * area.upright)]
        return _Part(blocks, together=len(blocks))
    if "frame" in part:
        return _Part([framed(area, part["frame"]["label"], part["frame"]["value"])])
    if "text" in part:
        return _Part([block for text in part["text"] for block in _paragraph(area, text)])
    return _Part(_rows(area, part["rows"]))


def _rows(area: Area, rows: Sequence[Sequence[Cell]]) -> list[Block]:
    return [block for cells in rows for block in row_blocks(area, cells)]


def _paragraph(area: Area, text: str) -> list[Block]:
    """Return a paragraph, its first line set in as in an official letter."""
    return [TextRow(area, ((area.left, line),)) for line in area.lines([Span(_INDENT + text)], area.width, area.size)]


def _whole(part: _Part) -> list[Block]:
    return [part.head, *part.blocks] if part.head else part.blocks


def _paginate(area: Area, content: dict[str, Any], room: float) -> list[list[Block]]:
    pages: list[list[Block]] = [_opening(area, content)]
    again: list[Block] = [*_codes(area, content), Gap(2 * area.scale)]
    for part in _parts(area, content):
        start = [part.head] if part.head else []
        if (start or part.together > 1) and _height([*pages[-1], *start, *part.blocks[:part.together]]) > room:
            pages.append([*again])
        pages[-1] += start
        for block in part.blocks:
            if _height([*pages[-1], block]) > room and not isinstance(block, Gap):
                pages.append([*again, *start, *_taken_along(pages[-1], part)])
            pages[-1].append(block)
    return pages


def _taken_along(page: list[Block], part: _Part) -> list[Block]:
    """Take the last row off a page where the part's very last one would stand alone on the next."""
    rows = [block for block in part.blocks if not isinstance(block, Gap)]
    here = [block for block in page if block in rows]
    return [page.pop()] if part.head and len(rows) - len(here) == 1 and len(here) > part.together > 1 else []


def _height(blocks: Sequence[Block]) -> float:
    return sum(block.height for block in blocks)


def _draw(canvas: Canvas, sheet: Sheet, blocks: list[Block], signers: Signatures, end: Foot) -> Canvas:
    y, foot_top = sheet.body_top, sheet.height - sheet.bottom - end.height
    for block in blocks:
        block.draw(canvas, y)
        y += block.height
    signers.draw(canvas, y, foot_top - y)
    end.draw(canvas, foot_top)
    return canvas
