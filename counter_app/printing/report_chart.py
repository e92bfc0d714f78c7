"""Charts that print well on any laser: outlined bars, the newest one filled, the figure at each, the axis named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counter_app.printing.canvas import Canvas
from counter_app.printing.report_table import LEFT, RIGHT, SMALL
from counter_app.printing.typefaces import Face
from counter_app.services.reports.values import shown

_HEIGHT, _FOOT, _HEAD, _WIDE = 34.0, 6.0, 5.0, 9.0


@dataclass(frozen=True, slots=True)
class MonthBars:
    """Shares in thousandths by month. The axis begins at ``base``; a dashed line marks ``mark``."""

    labels: Sequence[str]
    values: Sequence[int | None]
    base: int
    mark: int

    @property
    def height(self) -> float:
        """The bars, the figures above and the months below."""
        return _HEIGHT + _FOOT + _HEAD

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw axis, mark and bars."""
        floor, step = y + _HEAD + _HEIGHT, (RIGHT - LEFT - 24) / max(1, len(self.labels))
        for at, (name, value) in enumerate(zip(self.labels, self.values, strict=True)):
            middle = LEFT + 22 + (at + 0.5) * step
            canvas.text_centred(middle, floor + 4.4, name, Face.REGULAR, SMALL)
            if value is None:
                continue
            high = _HEIGHT * min(1.0, max(0.0, (value - self.base) / (1000 - self.base)))
            left = middle - _WIDE / 2
            if at == len(self.labels) - 1 and high:
                canvas.fill([(left, floor - high, _WIDE, high)])
            canvas.frame(left, floor - high, _WIDE, high, 0.6)
            canvas.text_centred(middle, floor - high - 1.2, shown(value, "permille"), Face.REGULAR, SMALL)
        canvas.rule(LEFT + 20, floor, RIGHT, floor, 0.6)
        marked = floor - _HEIGHT * (self.mark - self.base) / (1000 - self.base)
        canvas.dashes(LEFT + 20, marked, RIGHT, marked)
        for share, height in ((self.base, floor), (self.mark, marked), (1000, floor - _HEIGHT)):
            canvas.text_right(LEFT + 18, height + 1.1, shown(share, "permille"), Face.REGULAR, SMALL)


@dataclass(frozen=True, slots=True)
class ScoreBars:
    """One bar for each group of a score: the frame is what there is to get, the filling what was got."""

    groups: Sequence[Mapping[str, Any]]

    @property
    def height(self) -> float:
        """A line for each group."""
        return 6.0 * len(self.groups) + 2

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw names, bars and figures."""
        left, right = LEFT + 70, RIGHT - 40
        for at, group in enumerate(self.groups):
            top = y + 6.0 * at + 1
            canvas.text(LEFT, top + 3.2, canvas.typefaces.printable(group["title"]), Face.REGULAR, SMALL)
            got = (right - left) * min(1.0, (group["points"] or 0) / group["most"])
            if got:
                canvas.fill([(left, top, got, 4.0)])
            canvas.frame(left, top, right - left, 4.0, 0.5)
            words = f"{shown(group['points'], 'points')} / {shown(group['most'], 'count')}"
            canvas.text_right(RIGHT, top + 3.2, words, Face.REGULAR, SMALL)
