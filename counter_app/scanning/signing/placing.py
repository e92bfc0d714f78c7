"""Where on a page a mark stands, whatever way the page is turned and cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from counter_app.scanning.signing.mark import EDGE_RIGHT, EDGE_TOP

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in the points of a page before it is turned."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What of a page is seen, and by how many quarters a viewer turns it clockwise."""

    box: Box
    quarter_turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as they are seen."""
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (height, width) if self.quarter_turns % 2 else (width, height)


def sight_of(page: Any) -> Sight:  # noqa: ANN401  a dictionary of the PDF library
    """Return what is seen of a page, which inherits what it doesn't say itself."""
    media = _box(_inherited(page, "/MediaBox") or (0, 0, 595, 842))
    crop = _inherited(page, "/CropBox")
    box = _common(media, _box(crop)) if crop else media
    return Sight(box, int(_inherited(page, "/Rotate") or 0) // 90 % 4)


def top_right(sight: Sight, width: int, height: int) -> tuple[int, int, int, int]:
    """Return where a mark of a size as it is seen stands in the page's own points, whole ones: its letters are not to be scaled."""
    seen_width, seen_height = sight.size
    right, top = seen_width - EDGE_RIGHT, seen_height - EDGE_TOP
    (ax, ay), (bx, by) = (_own(sight, each) for each in ((right - width, top - height), (right, top)))
    left, bottom = round(min(ax, bx)), round(min(ay, by))
    return left, bottom, left + round(abs(ax - bx)), bottom + round(abs(ay - by))


def _own(sight: Sight, seen: tuple[float, float]) -> tuple[float, float]:
    """Return the page's own point of one as it is seen."""
    (x, y), (left, bottom, right, top) = seen, sight.box
    return ((left + x, bottom + y), (right - y, bottom + x), (right - x, top - y), (left + y, top - x))[sight.quarter_turns]


def _inherited(page: Any, key: str) -> Any:  # noqa: ANN401  as above
    node = page
    while key not in node and "/Parent" in node:
        node = node["/Parent"]
    return node.get(key)


def _box(corners: Sequence[Any]) -> Box:
    ax, ay, bx, by = map(float, corners)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _common(media: Box, crop: Box) -> Box:
    both = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
    return both if both[0] < both[2] and both[1] < both[3] else media
