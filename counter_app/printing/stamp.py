"""Testimonies: on the copy itself (A4, the foot of its last page), on a page that follows the paper, or only their number on a label."""

from __future__ import annotations

from typing import Any

from counter_app.printing.blocks import Area
from counter_app.printing.canvas import Canvas
from counter_app.printing.document import Document
from counter_app.printing.label import HEIGHT, WIDTH
from counter_app.printing.receipt import A4
from counter_app.printing.receipt_tail import signatures
from counter_app.printing.typefaces import Face
from counter_app.printing.typeset import wrap_plain

_RIGHT_HALF, _TOP, _BLOCK = 110.0, 222.0, 85.0
"""Where the testimony stands on an A4 page: the lower right, below it room for the signature and the seal (mm)."""
_SIZE, _LEAD, _SIGN_ROOM = 12.0, 5.6, 24.0
_LABEL_SIZE, _LABEL_LEAD, _EDGE = 10.0, 4.4, 2.0
_LEFT, _WIDTH, _FIRST = 30.0, 160.0, 30.0
"""A page of its own: margins as of a letter of state (NĐ 30/2020), the first line's baseline (mm)."""
_PAGE_SIZE, _PAGE_LEAD, _PARAGRAPH, _SIGNING = 13.0, 6.2, 2.2, 60.0


def overlay_pages(document: Document, content: dict[str, Any]) -> None:
    """Write one A4 page for each copy or paper."""
    for stamp in content["stamps"]:
        draw = _own_page if stamp["signatures"] else _overlay
        page = draw(document.canvas(), stamp, content["marks"])
        for _ in range(stamp["count"]):
            document.add_page(A4.width, A4.height, (page, 0))


def label_pages(document: Document, content: dict[str, Any]) -> None:
    """Write one label of 50×25 mm for each copy: number and date."""
    for stamp in content["stamps"]:
        page = document.canvas()
        for at, text in enumerate(_wrapped(page, [*content["marks"], *stamp["lines"]], WIDTH - 2 * _EDGE, _LABEL_SIZE)):
            page.text(_EDGE, _EDGE + 3.6 + at * _LABEL_LEAD, text, Face.REGULAR, _LABEL_SIZE)
        for _ in range(stamp["count"]):
            document.add_page(WIDTH, HEIGHT, (page, 0))


def _overlay(page: Canvas, stamp: dict[str, Any], marks: list[str]) -> Canvas:
    """Write testimony, number, date, the signer's title, room to sign and the signer's name; the rest of the page stays empty."""
    middle, y = _RIGHT_HALF + _BLOCK / 2, _TOP
    for texts, face in ((stamp["text"], Face.BOLD), ([*marks, *stamp["lines"]], Face.REGULAR)):
        for text in _wrapped(page, texts, _BLOCK, _SIZE, face):
            page.text_centred(middle, y, text, face, _SIZE)
            y += _LEAD
    for at, text in enumerate(stamp["signer"]):
        page.text_centred(middle, y + (_SIGN_ROOM if at else 0), page.typefaces.printable(text), Face.BOLD, _SIZE)
    return page


def _own_page(page: Canvas, stamp: dict[str, Any], marks: list[str]) -> Canvas:
    """Write the paragraphs, those in capitals as headings, the number, and who signs."""
    y, middle = _FIRST, _LEFT + _WIDTH / 2
    for text in [*marks, *stamp["text"], stamp["lines"][0]]:
        heading = text.isupper()
        face = Face.BOLD if heading else Face.REGULAR
        y += _PARAGRAPH if heading else 0
        for line in _wrapped(page, [text], _WIDTH, _PAGE_SIZE, face):
            if heading:
                page.text_centred(middle, y, line, face, _PAGE_SIZE)
            else:
                page.text(_LEFT, y, line, face, _PAGE_SIZE)
            y += _PAGE_LEAD
        y += _PARAGRAPH
    area = Area(page.typefaces, _LEFT, _WIDTH, A4.scale)
    signatures(area, stamp).draw(page, y + _PARAGRAPH, _SIGNING)
    return page


def _wrapped(page: Canvas, texts: list[str], room: float, size: float, face: Face = Face.REGULAR) -> list[str]:
    lines = [line for text in texts for line in wrap_plain(page.typefaces, text, room, size, face)]
    return [line[0] for line in lines]
