"""The label of a dossier's folder, 50×25 mm: the code as Code 128 over the whole width, as text and as QR; whose it is, when it is due.

A full code needs 244 modules. Over 50 mm that leaves 0.17 mm for each, 2 dots of a label printer with 300 dpi and 4 of a laser printer
with 600 dpi; whatever scanner finds that too fine reads the QR code beside it.
"""

from __future__ import annotations

from typing import Any

from counter_app.printing.canvas import Canvas
from counter_app.printing.codes import QUIET_BARS, code128, qr
from counter_app.printing.typefaces import Face
from counter_app.printing.typeset import wrap_plain

WIDTH, HEIGHT = 50.0, 25.0
_MARGIN, _SIZE, _LEAD = 1.5, 10.0, 4.1
_BAR_TOP, _BAR_HEIGHT, _QR_SIDE = 1.5, 8.6, 9.0
_MODULES = tuple(dots * 25.4 / 600 for dots in (8, 7, 6, 5, 4))
"""Whole dots of 600 dpi, the widest bars first."""
_MORE = "…"


def label_page(canvas: Canvas, content: dict[str, Any]) -> Canvas:
    """Draw the label; ``canvas`` is an empty page of the document."""
    code, printable = content["code"]["text"], canvas.typefaces.printable
    bars = code128(code)
    module = next((m for m in _MODULES if bars and (bars.modules + 2 * QUIET_BARS) * m <= WIDTH), 0.0)
    if bars and module:
        canvas.fill(bars.rectangles((WIDTH - bars.modules * module) / 2, _BAR_TOP, module, _BAR_HEIGHT))
    canvas.text_centred(WIDTH / 2, _BAR_TOP + _BAR_HEIGHT + 3.4, printable(code), Face.BOLD, _fitting(canvas, code))
    if content["code"]["qr"]:
        canvas.fill(qr(content["code"]["qr"], WIDTH - _MARGIN - _QR_SIDE, HEIGHT - 1 - _QR_SIDE, _QR_SIDE))
    room = WIDTH - _QR_SIDE - 2 * _MARGIN - 2
    for number, text in enumerate(content["body"][0]["text"]):
        canvas.text(_MARGIN, HEIGHT - 1.9 - _LEAD * (1 - number), _shortened(canvas, text, room), Face.REGULAR, _SIZE)
    return canvas


def _fitting(canvas: Canvas, code: str) -> float:
    """Return the size at which the code fits on its line, at most that of the other lines."""
    width = canvas.typefaces.width(canvas.typefaces.printable(code), Face.BOLD, _SIZE)
    return min(_SIZE, _SIZE * (WIDTH - 2 * _MARGIN) / width) if width else _SIZE


def _shortened(canvas: Canvas, text: str, room: float) -> str:
    """Return a text that fits on its line, an ellipsis for what doesn't: the code tells the dossier."""
    lines = wrap_plain(canvas.typefaces, text, room, _SIZE)
    if len(lines) < 2:
        return lines[0][0] if lines else ""
    return wrap_plain(canvas.typefaces, text, room - canvas.typefaces.width(_MORE, Face.REGULAR, _SIZE), _SIZE)[0][0] + _MORE
