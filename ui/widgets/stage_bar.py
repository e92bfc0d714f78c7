"""The four stages of a dossier: received, being processed, result there, returned."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme

HEIGHT, GAP, RADIUS = 36, 4, 6


class StageBar(QWidget):
    """Equal parts: past ones tinted with a tick, the present one filled, later ones sunken."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stages: tuple[str, ...] = ()
        self._now, self._icon = 0, "progress"
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stage(self, stages: tuple[str, ...], now: int, icon: str = "progress") -> None:
        """Show the words of all stages and which is the present one (from 0), with its icon."""
        self._stages, self._now, self._icon = stages, now, icon
        self.setAccessibleName(self.tr("Stage: %1").replace("%1", stages[now]))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the parts."""
        del event
        if not self._stages:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap, count = self._theme.px(GAP), len(self._stages)
        width = (self.width() - gap * (count - 1)) / count
        for at, word in enumerate(self._stages):
            self._paint_part(painter, QRectF(at * (width + gap), 0, width, self.height()), at, word)

    def _paint_part(self, painter: QPainter, area: QRectF, at: int, word: str) -> None:
        theme = self._theme
        fill, ink, icon = "sunken", "text_muted", ""
        if at < self._now:
            fill, ink, icon = "accent_tint", "accent", "check"
        elif at == self._now:
            fill, ink, icon = "accent", "on_accent", self._icon
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(area, theme.px(RADIUS), theme.px(RADIUS))
        painter.setFont(theme.font(bold=at == self._now))
        painter.setPen(theme.colour(ink))
        text = painter.fontMetrics().horizontalAdvance(word)
        sign = theme.px(20 + 8) if icon else 0
        left = area.left() + max((area.width() - text - sign) / 2, theme.px(4))
        if icon:
            painter.drawPixmap(round(left), round(area.center().y() - theme.px(10)), theme.pixmap(icon, ink))
        painter.drawText(QRectF(left + sign, area.top(), area.right() - left - sign, area.height()), Qt.AlignmentFlag.AlignVCenter, word)
