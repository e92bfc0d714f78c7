"""Code 128 and QR as rectangles: the module patterns come from python-barcode and segno, the place and size from the form."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno
from barcode.codex import Code128

Rectangle = tuple[float, float, float, float]
QUIET_BARS = 10
"""Modules that must stay white left and right of a Code 128."""

_MASK = 2
"""Any mask is valid; a fixed one saves the search for the nicest, a quarter of a slip's time."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A Code 128: how wide it is in modules, and its black bars as (first module, modules)."""

    modules: int
    bars: tuple[tuple[int, int], ...]

    def rectangles(self, x: float, y: float, module: float, height: float) -> list[Rectangle]:
        """Return the bars with ``x`` as left edge, in mm."""
        return [(x + first * module, y, count * module, height) for first, count in self.bars]


def code128(text: str) -> Bars | None:
    """Return the bars of an ASCII text; None where Code 128 can't hold it."""
    if not text or not text.isascii() or not text.isprintable():
        return None
    pattern: str = Code128(text).build()[0]
    return Bars(len(pattern), tuple(_runs(pattern)))


def qr(text: str, x: float, y: float, side: float) -> list[Rectangle]:
    """Return the dark modules of a QR code (ECC M, without its white border) in a square of ``side`` mm."""
    rows = list(segno.make(text, error="m", micro=False, boost_error=False, mask=_MASK).matrix)
    module = side / len(rows)
    return [
        (x + first * module, y + line * module, count * module, module)
        for line, row in enumerate(rows) for first, count in _runs("".join("1" if dark else "0" for dark in row))]


def qr_modules(text: str) -> int:
    """Return how many modules wide the QR code of a text is."""
    return len(segno.make(text, error="m", micro=False, boost_error=False, mask=_MASK).matrix)


def _runs(pattern: str) -> list[tuple[int, int]]:
    found, place = [], 0
    for mark, run in groupby(pattern):
        count = len(list(run))
        if mark == "1":
            found.append((place, count))
        place += count
    return found
