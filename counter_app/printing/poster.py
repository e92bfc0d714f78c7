"""Sheets for the wall, A4 portrait, to be read from a metre: the sheet of one procedure, and the list of all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from counter_app.printing.blocks import Block, Gap
from counter_app.printing.canvas import Canvas
from counter_app.printing.codes import qr
from counter_app.printing.receipt import Sheet
from counter_app.printing.typefaces import MM, Face, Typefaces
from counter_app.printing.typeset import Line, Span, wrap

WALL = Sheet(210, 297, 16, 16, 14, 14, 1.0)
_WIDTH = WALL.width - WALL.left - WALL.right
_UNIT, _TITLE, _NAME, _HEADING, _TEXT, _FOOT = 14.0, 30.0, 15.0, 20.0, 18.0, 11.0
"""Sizes in points at scale 1."""
_SCALES = (1.2, 1.1, 1.0, 0.94, 0.88, 0.83, 0.78)
"""How large a sheet is set so that it fills its page; before it turns a page, 14 pt at the least, which reads from a metre."""
_MOST_TITLE, _SHORTER = 3, 0.62
"""A title of more lines is set smaller."""
_LEAD, _BASE = 1.24, 0.93
_INDENT, _WIDE_INDENT, _TWO_FIGURES = 7.0, 10.5, 10
_QR, _QR_GAP = 34.0, 5.0
_LIST_TEXT, _LIST_HEADING = 13.0, 16.0
_COLUMNS = (0.0, 12.0, 106.0, 142.0)
"""Where the columns of the list begin: number, procedure, limit, fee."""


@dataclass(frozen=True, slots=True)
class _Text:
    """Lines of one size from ``x`` on, with a mark (a number, a dash) before the first."""

    lines: tuple[Line, ...]
    size: float
    x: float = 0.0
    mark: str = ""
    centred: bool = False

    @property
    def height(self) -> float:
        """All lines."""
        return len(self.lines) * self.size * _LEAD / MM

    def draw(self, canvas: Canvas, y: float) -> None:
        """Write them."""
        for number, line in enumerate(self.lines):
            baseline = y + (number * _LEAD + _BASE) * self.size / MM
            x = WALL.left + self.x
            line.draw(canvas, x + (_WIDTH - line.width) / 2 if self.centred else x, baseline, self.size)
        if self.mark:
            canvas.text(WALL.left, y + _BASE * self.size / MM, self.mark, Face.BOLD, self.size)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line across the sheet."""

    weight: float
    height: float = 4.0

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw it in the middle of its room."""
        canvas.rule(WALL.left, y + self.height / 2, WALL.left + _WIDTH, y + self.height / 2, self.weight)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the list: each cell begins at its column, a thin line below."""

    cells: tuple[tuple[Line, ...], ...]
    size: float

    @property
    def height(self) -> float:
        """The fullest cell and the line."""
        return max(map(len, self.cells)) * self.size * _LEAD / MM + 1.6

    def draw(self, canvas: Canvas, y: float) -> None:
        """Write the cells."""
        for x, lines in zip(_COLUMNS, self.cells, strict=True):
            for number, line in enumerate(lines):
                line.draw(canvas, WALL.left + x, y + (number * _LEAD + _BASE) * self.size / MM, self.size)
        canvas.rule(WALL.left, y + self.height - 0.6, WALL.left + _WIDTH, y + self.height - 0.6, 0.3)


def poster_pages(blank: Callable[[], Canvas], content: dict[str, Any]) -> list[Canvas]:
    """Return the sheet of a procedure; ``blank`` gives an empty page. Long ones are set smaller first, then turn a page."""
    typefaces = blank().typefaces
    room = _rooms()
    for scale in _SCALES:
        head, parts = _poster_head(typefaces, content, scale), _poster_parts(typefaces, content, scale)
        blocks = [*head, *(block for part in parts for block in part)]
        if sum(block.height for block in blocks) <= room[0]:
            return _drawn(blank, content, [blocks])
    return _drawn(blank, content, _filled(head, parts, room))


def list_pages(blank: Callable[[], Canvas], content: dict[str, Any]) -> list[Canvas]:
    """Return the list of all procedures; the columns' titles stand on every page."""
    typefaces = blank().typefaces
    room = _rooms()
    head: list[Block] = [
        *_marks(typefaces, content), _text(typefaces, content["unit"], Face.BOLD, _UNIT, centred=True), Gap(2),
        _text(typefaces, content["title"].upper(), Face.BOLD, 22, centred=True),
        _text(typefaces, content["note"], Face.ITALIC, _LIST_TEXT, centred=True), _Rule(1.2)]
    again: list[Block] = [_row(typefaces, content["columns"], Face.BOLD), Gap(1)]
    pages: list[list[Block]] = [[*head, *again]]
    for group in content["groups"]:
        title: list[Block] = [Gap(2.5), _text(typefaces, group["title"].upper(), Face.BOLD, _LIST_HEADING), Gap(1)]
        rows = [_row(typefaces, row, Face.REGULAR) for row in group["rows"]]
        for number, row in enumerate(rows):
            wanted: list[Block] = [*title, row] if number == 0 else [row]
            if sum(block.height for block in (*pages[-1], *wanted)) > room[len(pages) > 1]:
                pages.append([*again])
                wanted = [*title, row]
            pages[-1] += wanted
    return _drawn(blank, content, pages)


def _poster_head(typefaces: Typefaces, content: dict[str, Any], scale: float) -> list[Block]:
    name: list[Block] = [_text(typefaces, content["name"], Face.ITALIC, _NAME * scale, centred=True), Gap(1)] if content["name"] else []
    return [
        *_marks(typefaces, content), _text(typefaces, content["unit"], Face.BOLD, _UNIT * scale, centred=True), Gap(3 * scale),
        _title(typefaces, content["title"], scale), *name,
        _text(typefaces, content["number"], Face.REGULAR, _NAME * scale, centred=True), _Rule(1.6)]


def _title(typefaces: Typefaces, text: str, scale: float) -> _Text:
    whole = _text(typefaces, text.upper(), Face.BOLD, _TITLE * scale, centred=True)
    return whole if len(whole.lines) <= _MOST_TITLE else _text(typefaces, text.upper(), Face.BOLD, _TITLE * scale * _SHORTER, centred=True)


def _rooms() -> tuple[float, float]:
    """Return the height for blocks on the first page, above the code, and on the others."""
    whole = WALL.height - WALL.top - WALL.bottom
    return whole - _QR - 4, whole - 8


def _marks(typefaces: Typefaces, content: dict[str, Any]) -> list[Block]:
    return [_text(typefaces, mark, Face.BOLD_ITALIC, _FOOT, centred=True) for mark in content["marks"]]


def _poster_parts(typefaces: Typefaces, content: dict[str, Any], scale: float) -> list[list[Block]]:
    return [_section(typefaces, each, scale) for each in content["sections"]]


def _section(typefaces: Typefaces, section: dict[str, Any], scale: float) -> list[Block]:
    lines = section["lines"]
    blocks: list[Block] = [Gap(2.2 * scale), _text(typefaces, section["title"], Face.BOLD, _HEADING * scale), Gap(0.6 * scale)]
    indent = (_INDENT if len(lines) < _TWO_FIGURES else _WIDE_INDENT) * scale if len(lines) > 1 else 0.0
    for number, line in enumerate(lines, start=1):
        mark = f"{number}." if len(lines) > 1 else ""
        blocks.append(_text(typefaces, line, Face.REGULAR, _TEXT * scale, x=indent, mark=mark))
    return blocks


def _filled(head: Sequence[Block], parts: Sequence[Sequence[Block]], room: tuple[float, float]) -> list[list[Block]]:
    """Return the blocks page by page; a heading stays with its first line."""
    pages: list[list[Block]] = [[*head]]
    for gap, heading, space, *lines in parts:
        for number, line in enumerate(lines):
            wanted = [gap, heading, space, line] if number == 0 else [line]
            if sum(block.height for block in (*pages[-1], *wanted)) > room[len(pages) > 1]:
                pages.append([])
            pages[-1] += wanted
    return pages


def _drawn(blank: Callable[[], Canvas], content: dict[str, Any], pages: Sequence[Sequence[Block]]) -> list[Canvas]:
    made = []
    for number, blocks in enumerate(pages, start=1):
        canvas, y = blank(), WALL.top
        for block in blocks:
            block.draw(canvas, y)
            y += block.height
        mark = content["page"].format(page=number, pages=len(pages)) if len(pages) > 1 else ""
        _foot(canvas, content, mark, coded=number == 1)
        made.append(canvas)
    return made


def _foot(canvas: Canvas, content: dict[str, Any], mark: str, *, coded: bool) -> None:
    """Draw what the sheet was made from, and on the first page the code at the right of the foot."""
    bottom, printable = WALL.height - WALL.bottom, canvas.typefaces.printable
    foot = "  ·  ".join(word for word in (content["foot"], mark) if word)
    canvas.text(WALL.left, bottom, printable(foot), Face.ITALIC, _FOOT)
    if not coded:
        return
    canvas.fill(qr(content["qr"]["text"], WALL.left + _WIDTH - _QR, bottom - _QR, _QR))
    lines = wrap(canvas.typefaces, [Span(content["qr"]["label"], Face.BOLD)], _WIDTH - _QR - _QR_GAP, _NAME)
    for number, line in enumerate(lines):
        baseline = bottom - _QR / 2 + (number - len(lines) / 2 + 0.8) * _NAME * _LEAD / MM
        line.draw(canvas, WALL.left + _WIDTH - _QR - _QR_GAP - line.width, baseline, _NAME)


def _text(
    typefaces: Typefaces, text: str, face: Face, size: float, *, x: float = 0.0, mark: str = "", centred: bool = False,
) -> _Text:
    return _Text(tuple(wrap(typefaces, [Span(text, face)], _WIDTH - x, size)), size, x, mark, centred)


def _row(typefaces: Typefaces, cells: Sequence[str], face: Face) -> _Row:
    ends = (*_COLUMNS[1:], _WIDTH)
    widths = [end - start - 3 for start, end in zip(_COLUMNS, ends, strict=True)]
    return _Row(tuple(tuple(wrap(typefaces, [Span(cell, face)], width, _LIST_TEXT)) for cell, width in zip(cells, widths, strict=True)),
                _LIST_TEXT)
