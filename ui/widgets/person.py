"""People as the window shows them: initials in a circle, name, what they are."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.style import draw_ring
from ui.theme import Theme
from ui.widgets.buttons import PaintedButton

CIRCLE = 32


def paint_initials(theme: Theme, painter: QPainter, left: float, middle: float, initials: str, *, chosen: bool = False) -> None:
    """Draw the circle with the initials, filled with the accent for the chosen person."""
    size = theme.px(CIRCLE)
    area = QRectF(left, middle - size / 2, size, size)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent" if chosen else "accent_tint"))
    painter.drawEllipse(area)
    painter.setFont(theme.font(bold=True))
    painter.setPen(theme.colour("on_accent" if chosen else "accent"))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, initials)
    painter.restore()


class PersonButton(PaintedButton):
    """Who is logged in, at the right of the top bar; opens the menu. In a narrow window the initials alone."""

    def __init__(self, theme: Theme, name: str, initials: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name, self._initials = theme, name, initials
        self._narrow = False
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(theme.px(40))

    def set_narrow(self, narrow: bool) -> None:
        """Show or hide the name."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for circle and name, at most 220 for both."""
        px = self._theme.px
        text = 0 if self._narrow else px(12) + min(QFontMetrics(self._theme.font()).horizontalAdvance(self._name) + 2, px(160))
        return QSize(px(CIRCLE) + text + 2 * px(4), px(40))

    def minimumSizeHint(self) -> QSize:
        """The name is cut, never the initials."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circle, name and ring."""
        del event
        painter, px = QPainter(self), self._theme.px
        paint_initials(self._theme, painter, px(4), self.height() / 2, self._initials)
        if not self._narrow:
            painter.setFont(self._theme.font())
            painter.setPen(self._theme.colour("text"))
            area = self.rect().adjusted(px(4 + CIRCLE + 12), 0, -px(4), 0)
            name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, name)
        if self.hasFocus():
            draw_ring(self._theme, painter, QRectF(self.rect()))
