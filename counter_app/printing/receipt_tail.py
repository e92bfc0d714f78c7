"""The end of a statutory form: who signs, and what the citizen should know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counter_app.printing.blocks import ROW_BASE, ROW_LEAD, Area
from counter_app.printing.canvas import Canvas
from counter_app.printing.typefaces import Face
from counter_app.printing.typeset import Line, Span

_SIGN_LEAST, _SIGN_MOST = 12.0, 20.0
"""Room for the pen from the hint's baseline to the name's, in mm at scale 1: what it shrinks and grows to with the form."""

_FOOT_SIZE, _FOOT_LEAD, _FOOT_HEIGHT = 10.0, 4.2, 4.15


@dataclass(frozen=True, slots=True)
class Signatures:
    """Those who sign, beside one another; one alone stands at the right."""

    area: Area
    signers: tuple[tuple[tuple[Line, ...], tuple[Line, ...], tuple[Line, ...]], ...]
    """Role, hint and name of each."""

    @property
    def height(self) -> float:
        """With the least space to sign in; nothing where nobody signs."""
        return 0.0 if not self.signers else self._height_without_space + self._space(_SIGN_LEAST)

    @property
    def _height_without_space(self) -> float:
        rows = sum(max((len(signer[part]) for signer in self.signers), default=0) for part in range(3))
        return (rows * ROW_LEAD + 1.2) * self.area.upright

    def _space(self, room: float) -> float:
        """Return what comes to a line for this much room."""
        return room * self.area.scale - ROW_LEAD * self.area.upright

    def draw(self, canvas: Canvas, y: float, height: float) -> None:
        """Draw them into this height, the white space as large as fits."""
        k, upright, size = self.area.scale, self.area.upright, self.area.size
        space = min(self._space(_SIGN_MOST), height - self._height_without_space)
        columns = len(self.signers) if len(self.signers) > 1 else 2
        for number, signer in enumerate(self.signers):
            column = number if len(self.signers) > 1 else 1
            middle = self.area.left + self.area.width * (column + 0.5) / columns
            baseline = y + (0.7 + ROW_BASE) * upright
            for part, lines in enumerate(signer):
                baseline += space if part == 2 else 0
                for line in lines:
                    line.draw(canvas, middle - line.width / 2, baseline, 10 * k if part == 1 else size)
                    baseline += ROW_LEAD * upright
                baseline += ROW_LEAD * upright * (max(len(other[part]) for other in self.signers) - len(lines))


def signatures(area: Area, content: dict[str, Any]) -> Signatures:
    """Return the signers of a form; one may have a title below the role."""
    width = area.width / max(2, len(content["signatures"])) - 3 * area.scale
    return Signatures(area, tuple(
        (tuple(line for part in ("role", "title") for line in area.lines([Span(signer.get(part, ""), Face.BOLD)], width, area.size)),
         tuple(area.lines([Span(signer["hint"], Face.ITALIC)], width, 10 * area.scale)),
         tuple(area.lines([Span(signer["name"], Face.BOLD)], width, area.size)))
        for signer in content["signatures"]))


@dataclass(frozen=True, slots=True)
class Foot:
    """The lines under the rule at the bottom."""

    area: Area
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """The rule, the lines and the space above them."""
        return (2.4 + _FOOT_HEIGHT + _FOOT_LEAD * (len(self.lines) - 1) + 1.2) * self.area.upright if self.lines else 0.0

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw it."""
        if not self.lines:
            return
        k, upright = self.area.scale, self.area.upright
        top = y + 2.4 * upright
        canvas.rule(self.area.left, top, self.area.right, top, 0.6)
        middle = self.area.left + self.area.width / 2
        for number, line in enumerate(self.lines):
            line.draw(canvas, middle - line.width / 2, top + (_FOOT_HEIGHT + number * _FOOT_LEAD) * upright, _FOOT_SIZE * k)


def foot(area: Area, content: dict[str, Any], page_mark: str = "") -> Foot:
    """Return the foot, with the page's mark where the form has several pages."""
    texts = [*content["foot"], *([page_mark] if page_mark else [])]
    size = _FOOT_SIZE * area.scale
    return Foot(area, tuple(line for text in texts for line in area.lines([Span(text, Face.ITALIC)], area.width, size)))
