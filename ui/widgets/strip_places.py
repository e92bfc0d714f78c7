"""Where sets and pages stand on the strip: every set is a sheet over the whole width, its pages in rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect


@dataclass(frozen=True, slots=True)
class StripMeasures:
    """Measures in pixels at the text size in force: page and step across, rows and heads down, the room around."""

    step: int
    row: int
    head: int
    reason: int
    padding: int
    gap: int


@dataclass(frozen=True, slots=True)
class StripPlaces:
    """Rectangles of the sets and of their pages, in their order, and the height of all."""

    sets: tuple[QRect, ...]
    pages: tuple[tuple[QRect, ...], ...]
    height: int
    columns: int

    def flat(self) -> list[QRect]:
        """Return the rectangles of all pages through the sets."""
        return [area for pages in self.pages for area in pages]


def places(counts: Sequence[int], reasons: Sequence[int], width: int, measures: StripMeasures) -> StripPlaces:
    """Return where everything stands; ``counts`` are the pages of each set, ``reasons`` the lines in which it says why it waits."""
    columns = max(1, (width - 2 * measures.padding) // measures.step)
    sets, pages, top = [], [], 0
    for count, lines in zip(counts, reasons, strict=True):
        first = top + measures.head + lines * measures.reason
        rows = max(1, -(-count // columns))
        sets.append(QRect(0, top, width, first - top + rows * measures.row + measures.padding // 2))
        pages.append(tuple(
            QRect(measures.padding + at % columns * measures.step, first + at // columns * measures.row, measures.step, measures.row)
            for at in range(count)))
        top += sets[-1].height() + measures.gap
    return StripPlaces(tuple(sets), tuple(pages), max(0, top - measures.gap), columns)


def neighbour(flat: Sequence[QRect], at: int, rows: int) -> int:
    """Return the page nearest in the next row down (1) or up (-1); the same page where there is none."""
    here = flat[at]
    tops = sorted({area.top() for area in flat})
    row = tops.index(here.top()) + rows
    if not 0 <= row < len(tops):
        return at
    found = [place for place, area in enumerate(flat) if area.top() == tops[row]]
    return min(found, key=lambda place: abs(flat[place].left() - here.left()))


def gap(flat: Sequence[QRect], point: QPoint) -> tuple[int, bool]:
    """Return the page beside which something is dropped, in the row nearest to a point, and whether it lies behind that page."""
    def away(at: int) -> tuple[int, int]:
        """Return how far a page is: its row first, then across."""
        area = flat[at]
        above, below = area.top() - point.y(), point.y() - area.bottom()
        return max(0, above, below), abs(area.center().x() - point.x())

    nearest = min(range(len(flat)), key=away)
    return nearest, point.x() > flat[nearest].center().x()
