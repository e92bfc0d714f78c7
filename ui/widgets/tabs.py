"""A line of tabs: words on the desk, the chosen one underlined; too many of them wrap."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout

from ui.style import draw_ring
from ui.widgets.choices import ChoicePart, Choices
from ui.widgets.flow import FlowLayout

MARK = 3


class _Tab(ChoicePart):
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the word and the line under the chosen one."""
        del event
        painter, theme = QPainter(self), self._theme
        painter.setFont(theme.font(bold=self.isChecked()))
        painter.setPen(theme.colour("accent" if self.isChecked() else "text" if self.underMouse() else "text_muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.isChecked():
            painter.fillRect(0, self.height() - theme.px(MARK), self.width(), theme.px(MARK), theme.colour("accent"))
        if self.hasFocus():
            draw_ring(theme, painter, self.rect().toRectF())


class TabLine(Choices[str]):
    """Tabs side by side."""

    part = _Tab

    def _room(self) -> QLayout:
        return FlowLayout(0, self)
