"""A way that can be chosen, as a card: a ring, a word, a muted line under it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.style import draw_ring
from ui.theme import Theme

HEIGHT = 62


class ChoiceCard(QAbstractButton):
    """One of several; put them into an exclusive ``QButtonGroup``."""

    def __init__(self, theme: Theme, word: str, line: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._line = theme, line
        self.setText(word)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(theme.px(HEIGHT))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_line(line)

    def show_line(self, line: str) -> None:
        """Show another line below the word."""
        self._line = line
        self.setAccessibleName(f"{self.text()}, {line}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return a width that can grow."""
        return QSize(self._theme.px(220), self._theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, ring, word and line."""
        del event
        theme, px, painter = self._theme, self._theme.px, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        painter.setPen(QPen(theme.colour("accent" if chosen else "line_strong"), 2 if chosen else 1))
        painter.setBrush(theme.colour("accent_tint" if chosen else "hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(6), px(6))
        ring = QRectF(px(14), self.height() / 2 - px(10), px(20), px(20))
        painter.setBrush(theme.colour("surface"))
        painter.setPen(QPen(theme.colour("accent" if chosen else "text_muted"), 1.5))
        painter.drawEllipse(ring.adjusted(1, 1, -1, -1))
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(ring.adjusted(px(5), px(5), -px(5), -px(5)))
        room = self.width() - px(58)
        painter.setFont(theme.font(bold=chosen))
        painter.setPen(theme.colour("text"))
        painter.drawText(px(46), px(10), room, px(20), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text" if chosen else "text_muted"))
        line = painter.fontMetrics().elidedText(self._line, Qt.TextElideMode.ElideRight, room)
        painter.drawText(px(46), px(30), room, px(20), Qt.AlignmentFlag.AlignVCenter, line)
        if self.hasFocus():
            draw_ring(theme, painter, QRectF(self.rect()).adjusted(3, 3, -3, -3), 4)
