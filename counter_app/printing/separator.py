"""The sheet that parts one dossier of a stack from the next: its code at either end, so that a fold or a stamp spoils one at most."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from counter_app.printing.canvas import Canvas
from counter_app.printing.codes import qr
from counter_app.printing.receipt import A4
from counter_app.printing.typefaces import MM, Face
from counter_app.printing.typeset import Span, wrap

_QR, _EDGE = 60.0, 25.0
"""Three times a slip's code: it is read at 150 dpi and askew."""
_TITLE, _TEXT, _LEAD = 34.0, 16.0, 1.5
_WIDTH = A4.width - 2 * _EDGE


def separator_pages(blank: Callable[[], Canvas], content: dict[str, Any]) -> list[Canvas]:
    """Return the one page; ``blank`` gives an empty one."""
    canvas, middle = blank(), A4.width / 2
    for top in (_EDGE, A4.height - _EDGE - _QR):
        canvas.fill(qr(content["code"]["qr"], middle - _QR / 2, top, _QR))
    y = A4.height / 2 - 22
    canvas.text_centred(middle, y, content["title"], Face.BOLD, _TITLE)
    y += 16
    for text in content["lines"]:
        for line in wrap(canvas.typefaces, [Span(text)], _WIDTH, _TEXT):
            line.draw(canvas, middle - line.width / 2, y, _TEXT)
            y += _TEXT * _LEAD / MM
        y += 2
    return [canvas]
