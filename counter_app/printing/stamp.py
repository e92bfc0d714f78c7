"""The line of a certification number, to print under a testimony: on the copy itself (A4, the foot of its last page) or on a label."""

from __future__ import annotations

from typing import Any

from counter_app.printing.canvas import Canvas
from counter_app.printing.document import Document
from counter_app.printing.label import HEIGHT, WIDTH
from counter_app.printing.receipt import A4
from counter_app.printing.typefaces import Face
from counter_app.printing.typeset import wrap_plain

_RIGHT_HALF, _TOP, _BLOCK = 110.0, 222.0, 85.0
"""Where the testimony stands on an A4 page: the lower right, below it room for the signature and the seal (mm)."""
_SIZE, _LEAD, _SIGN_ROOM = 12.0, 5.6, 24.0
_LABEL_SIZE, _LABEL_LEAD, _EDGE = 10.0, 4.4, 2.0


def overlay_pages(document: Document, content: dict[str, Any]) -> None:
    """Write one A4 page for each copy: number, date, the signer's title, room to sign, the signer's name; the rest stays empty."""
    for stamp in content["stamps"]:
        page = _overlay(document.canvas(), stamp, content["marks"])
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
    middle, y = _RIGHT_HALF + _BLOCK / 2, _TOP
    for text in _wrapped(page, [*marks, *stamp["lines"]], _BLOCK, _SIZE):
        page.text_centred(middle, y, text, Face.REGULAR, _SIZE)
        y += _LEAD
    for at, text in enumerate(stamp["signer"]):
        page.text_centred(middle, y + (_SIGN_ROOM if at else 0), page.typefaces.printable(text), Face.BOLD, _SIZE)
    return page


def _wrapped(page: Canvas, texts: list[str], room: float, size: float) -> list[str]:
    lines = [line for text in texts for line in wrap_plain(page.typefaces, text, room, size)]
    return [line[0] for line in lines]
