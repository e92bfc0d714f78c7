"""The charts of the head's page: shares by month over a named base, and the groups of a score. Figures stand beside them in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.services.reports.values import axis_base
from ui.theme import Theme

WIDE, LINE, NAME, FIGURE = 24, 25, 196, 84
AXIS, ALL = 52, 1000


@dataclass(frozen=True, slots=True)
class Share:
    """One month: its word and its share in thousandths; None where there was nothing."""

    word: str
    permille: int | None


class ShareChart(QWidget):
    """Bars that begin at a base and not at nothing, with a line at the share that is wanted; the last one is strong."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._base, self._mark = theme, 0, ALL
        self._shares: tuple[Share, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.px(90))

    def show_shares(self, shares: Sequence[Share], mark: int, words: str) -> None:
        """Show other months; ``mark`` is the wanted share in thousandths, ``words`` says the figures."""
        self._base, self._mark = axis_base(mark), mark
        self._shares = tuple(shares)
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the design."""
        return QSize(self._theme.px(514), self._theme.px(116))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bars, base and mark."""
        del event
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        floor, wide = self.height() - px(24), self.width() - px(AXIS)
        step = wide / max(1, len(self._shares))
        for at, share in enumerate(self._shares):
            last = at == len(self._shares) - 1
            high = self._height(share.permille, floor)
            thick = min(px(WIDE), step * 0.7)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("chart" if last else "chart_soft"))
            painter.drawRoundedRect(QRectF(at * step + (step - thick) / 2, floor - high, thick, high), px(2), px(2))
            painter.setFont(theme.font(bold=last))
            painter.setPen(theme.colour("text" if last else "text_muted"))
            painter.drawText(QRectF(at * step, floor + px(2), step, px(22)), Qt.AlignmentFlag.AlignCenter, share.word)
        painter.setFont(theme.font())
        for value in (self._base, self._mark):
            y = floor - self._height(value, floor)
            painter.setPen(QPen(theme.colour("line_strong"), 1))
            painter.drawLine(0, round(y), round(wide), round(y))
            painter.setPen(theme.colour("text_muted"))
            area = QRectF(wide + px(6), y - px(11), px(AXIS), px(22))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), f"{value // 10} %")

    def _height(self, permille: int | None, floor: float) -> float:
        if permille is None:
            return 0.0
        return (floor - self._theme.px(14)) * min(1.0, max(0.0, (permille - self._base) / (1000 - self._base)))


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One group of a score: its name, what was got of what there is, and how that reads."""

    name: str
    points: float
    most: float
    words: str


class ScoreChart(QWidget):
    """A thin bar for each group, with the points in words."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[ScoreLine, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[ScoreLine]) -> None:
        """Show other groups."""
        self._lines = tuple(lines)
        self.setAccessibleDescription("; ".join(f"{line.name} {line.words}" for line in lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a line of 25 for each group."""
        return QSize(self._theme.px(400), self._theme.px(LINE) * len(self._lines))

    def minimumSizeHint(self) -> QSize:
        """Names and points are never cut."""
        return QSize(self._theme.px(NAME + FIGURE + 60), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names, bars and points."""
        del event
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font())
        wide = self.width() - px(NAME + FIGURE)
        for at, line in enumerate(self._lines):
            top = at * px(LINE)
            painter.setPen(theme.colour("text"))
            painter.drawText(QRectF(0, top, px(NAME), px(LINE)), int(Qt.AlignmentFlag.AlignVCenter), line.name)
            painter.drawText(QRectF(self.width() - px(FIGURE), top, px(FIGURE), px(LINE)),
                             int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), line.words)
            painter.setPen(Qt.PenStyle.NoPen)
            for part, role in ((1.0, "sunken"), (line.points / line.most, "chart")):
                painter.setBrush(theme.colour(role))
                if part > 0:
                    painter.drawRoundedRect(QRectF(px(NAME), top + px(8), wide * part, px(8)), px(4), px(4))
