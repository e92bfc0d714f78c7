"""Form 01 on an 80 mm roll of a thermal printer with 576 dots of 1/8 mm: one column, as long as the content needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

from counter_app.printing.blocks import Area, Block, Gap, framed, row_blocks
from counter_app.printing.canvas import Canvas
from counter_app.printing.codes import QUIET_BARS, Bars, code128, qr, qr_modules
from counter_app.printing.receipt_head import BAR_HEIGHT, QR_SIDE, centred, mark_of
from counter_app.printing.receipt_tail import Foot, Signatures, foot, signatures
from counter_app.printing.typefaces import Face

WIDTH, _MARGIN, _DOTS = 80.0, 4.0, 576
_DOT = (WIDTH - 2 * _MARGIN) / _DOTS
_BAR_DOTS = 2
_SCALE = 10 / 10.5
Body = Callable[[Area, dict[str, Any]], list[Block]]
"""Nothing is set below 10 pt."""


@dataclass(frozen=True, slots=True)
class RollCodes:
    """Code 128 where two dots a module leave room for it, and QR, both in whole dots, so that heat draws them sharp."""

    area: Area
    bars: Bars | None
    qr: str

    @property
    def _qr_module(self) -> float:
        return ceil(QR_SIDE / qr_modules(self.qr) / _DOT) * _DOT if self.qr else 0.0

    @property
    def height(self) -> float:
        """Both codes below one another."""
        return (BAR_HEIGHT + 3 if self.bars else 0) + (qr_modules(self.qr) * self._qr_module + 3 if self.qr else 0)

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw them in the middle."""
        if self.bars:
            canvas.fill(self.bars.rectangles(self._left(self.bars.modules * _BAR_DOTS * _DOT), y + 1, _BAR_DOTS * _DOT, BAR_HEIGHT))
            y += BAR_HEIGHT + 3
        if self.qr:
            side = qr_modules(self.qr) * self._qr_module
            canvas.fill(qr(self.qr, self._left(side), y + 1, side))

    def _left(self, width: float) -> float:
        return self.area.left + int((self.area.width - width) / 2 / _DOT) * _DOT


def roll_pages(canvas: Canvas, content: dict[str, Any]) -> list[tuple[Canvas, float]]:
    """Return one strip of form 01 for each copy, with its length in mm; ``canvas`` is an empty page of the document."""
    return strips(canvas, content, _body)


def strips(canvas: Canvas, content: dict[str, Any], body: Body) -> list[tuple[Canvas, float]]:
    """Return one strip for each copy of any form, its ``body`` below head, codes and title."""
    area = Area(canvas.typefaces, _MARGIN, WIDTH - 2 * _MARGIN, _SCALE)
    blocks, signers, end = [*_heading(area, content), *body(area, content)], signatures(area, content), foot(area, content)
    return [_strip(canvas.blank(), [*_top(area, content, copy), *blocks], signers, end) for copy in content["copies"]]


def _strip(canvas: Canvas, blocks: list[Block], signers: Signatures, end: Foot) -> tuple[Canvas, float]:
    y = _MARGIN
    for block in blocks:
        block.draw(canvas, y)
        y += block.height
    room = signers.height + 6
    signers.draw(canvas, y, room)
    end.draw(canvas, y + room)
    return canvas, y + room + end.height + _MARGIN


def _top(area: Area, content: dict[str, Any], copy: str) -> list[Block]:
    lines = [(copy, Face.ITALIC), (content["legal_reference"], Face.ITALIC), (mark_of(content), Face.BOLD_ITALIC)]
    return [centred(area, text, face, 10.5, 4.3) for text, face in lines]


def _heading(area: Area, content: dict[str, Any]) -> list[Block]:
    head, code = content["head"], content["code"]
    bars = code128(code["text"])
    if bars and (bars.modules + 2 * QUIET_BARS) * _BAR_DOTS > _DOTS:
        bars = None
    label, value, after = (head["number"][part] for part in ("label", "value", "after"))
    number = f"{label} {value or '......'}{after}" if label or value or after else ""
    mark = f" ({code['mark']})" if code["mark"] else ""
    heading = [
        (head["superior"], Face.REGULAR, 10.5), (head["unit"], Face.BOLD, 10.5), (head["nation"], Face.BOLD, 10.5),
        (head["motto"], Face.BOLD, 10.5), (number.strip(), Face.REGULAR, 10.5), (head["place_and_date"], Face.ITALIC, 10.5)]
    return [
        Gap(1.5), *(centred(area, text, face, size, 4.4) for text, face, size in heading), Gap(1),
        RollCodes(area, bars, code["qr"]), centred(area, f"{code['text']}{mark}", Face.BOLD, 12, 5), Gap(1.5),
        centred(area, content["title"], Face.BOLD, 12.5, 5.6), Gap(1)]


def _body(area: Area, content: dict[str, Any]) -> list[Block]:
    appointment = content["appointment"]
    return [
        *_rows(area, content["rows"]), *_papers(area, content["table"]), *_rows(area, content["more_rows"]),
        framed(area, appointment["label"], appointment["value"]), *_rows(area, content["last_rows"])]


def _rows(area: Area, rows: list[list[dict[str, Any]]]) -> list[Block]:
    return [block for cells in rows for block in row_blocks(area, cells)]


def _papers(area: Area, table: dict[str, Any]) -> list[Block]:
    """Return the papers as a list: a table has no room here."""
    titles = [column["title"].replace("/ ", "/").lower() for column in table["columns"][2:]]
    papers = []
    for number, name, *counts in table["rows"]:
        told = ", ".join(f"{title} {count}" for title, count in zip(titles, counts, strict=True) if count)
        paper = f"{number}. {name}: {told}" if told else f"{number}. {name}"
        papers.append({"label": "", "value": paper, "after": "", "strong": False, "right": False})
    return _rows(area, [[paper] for paper in papers])
