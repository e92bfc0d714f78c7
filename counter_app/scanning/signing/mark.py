"""What is seen of the agency's signature on a digitised paper (Nghị định 30/2020/NĐ-CP, annex I): top right of the first page, no picture,
but the form of the copy, the agency and the time (ISO 8601, +07:00), upright Times at 10 points, black.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from math import ceil

from counter_app.domain.moments import VIETNAM
from counter_app.services.scanning.signing_ports import Mark
from counter_app.support.messages import text
from counter_app.support.paths import resource_path

SIZE = 10.0
"""Points, as the law says."""
LEADING = 1.15
EDGE_RIGHT, EDGE_TOP = 28.0, 14.0
"""Points from the edges of the page: 10 mm and 5 mm, where papers by the same decree are empty (their margins are 15 and 20 mm)."""
WIDEST = 200.0
"""Points; a longer name goes on in the next line."""
_FONT = "LiberationSerif"
_FILE = "fonts/liberation-serif/LiberationSerif-Regular.ttf"
"""Its letters are as wide as those of Times New Roman."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A mark as it will stand: its lines, points of the letters, and its width and height in whole points, upright."""

    lines: tuple[str, ...]
    size: float
    width: int
    height: int


def stamp(mark: Mark, page_width: float) -> Stamp:
    """Return the lines of a mark for a page as wide as it is seen, in points.

    A name is broken between words; letters shrink only where a single word is wider than the page gives room.
    """
    room = min(WIDEST, page_width - 2 * EDGE_RIGHT)
    moment = mark.at.astimezone(VIETNAM).isoformat(timespec="seconds")
    parts = (text("SIGN_FORM_OF_COPY", "vi"), " ".join(mark.agency.split()), moment)
    longest = max(_width(word) for part in parts for word in part.split())
    size = SIZE * min(1.0, room / longest)
    lines = tuple(line for part in parts for line in _broken(part, room / size * SIZE))
    widest = max(map(_width, lines)) * size / SIZE
    return Stamp(lines, size, ceil(widest), ceil(len(lines) * size * LEADING))


def drawn(wanted: Stamp, quarter_turns: int) -> bytes:
    """Return a PDF of one page as large as a mark, which is upright after a viewer turned it clockwise by so many quarters."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  loaded with the first signature

    _register()
    width, height = wanted.width, wanted.height
    out = BytesIO()
    canvas = Canvas(out, pagesize=(height, width) if quarter_turns % 2 else (width, height), initialFontName=_FONT, invariant=1)
    canvas.translate(*((0, 0), (height, 0), (width, height), (0, width))[quarter_turns])
    canvas.rotate(90 * quarter_turns)
    canvas.setFillGray(0)
    canvas.setFont(_FONT, wanted.size)
    for number, line in enumerate(wanted.lines, start=1):
        canvas.drawString(0, height - number * wanted.size * LEADING + wanted.size * (LEADING - 0.89), line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _broken(words: str, room: float) -> list[str]:
    """Break a text between words into as few lines as ``room`` allows at the law's size, all about as long."""
    lines = _filled(words, room)
    while len(shorter := _filled(words, room := room - 1)) == len(lines) and max(map(_width, shorter)) <= room:
        lines = shorter
    return lines


def _filled(words: str, room: float) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        if lines and _width(longer := f"{lines[-1]} {word}") <= room + 1e-6:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _width(words: str) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415

    _register()
    width: float = stringWidth(words, _FONT, SIZE)
    return width


def _register() -> None:
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    if _FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_FONT, str(resource_path(_FILE))))
