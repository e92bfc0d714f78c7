"""A plain bar chart: strong bars for today, soft ones behind for what is usual; the figures are its accessible text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: its word below, the strong value, the soft one behind it; ``now`` is written in bold."""

    word: str
    value: int
    usual: int
    now: bool = False


class BarChart(QWidget):
    """Columns 24 wide at most, the tallest fills the height."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.px(52))

    def show_bars(self, bars: tuple[Bar, ...], words: str) -> None:
        """Show other columns; ``words`` says the figures, for those who listen and as tool tip."""
        self._bars = bars
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the design."""
        return QSize(self._theme.px(264), self._theme.px(100))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw columns and words."""
        del event
        if not self._bars:
            return
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / len(self._bars)
        wide = min(px(20), step * 0.72)
        room = self.height() - px(26)
        tallest = max(1, *(max(bar.value, bar.usual) for bar in self._bars))
        for at, bar in enumerate(self._bars):
            left = at * step + (step - wide) / 2
            for value, role in ((bar.usual, "chart_soft" if theme.name == "high_contrast" else "sunken"), (bar.value, "chart")):
                high = room * value / tallest
                if high > 0:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(theme.colour(role))
                    painter.drawRoundedRect(QRectF(left, room - high, wide, high), px(2), px(2))
            painter.setFont(theme.font(bold=bar.now))
            painter.setPen(theme.colour("text" if bar.now else "text_muted"))
            painter.drawText(QRectF(at * step, room + px(4), step, px(22)), Qt.AlignmentFlag.AlignCenter, bar.word)
