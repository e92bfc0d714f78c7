"""Key caps: how a key is shown, always the same way."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.actions import KEY_ICONS, key_text
from ui.theme import Theme

HEIGHT, PADDING = 22, 7


def cap_width(theme: Theme, key: str) -> int:
    """Return how wide a cap is, in pixels."""
    if key in KEY_ICONS:
        return theme.px(30)
    return round(QFontMetricsF(theme.font(bold=True)).horizontalAdvance(key_text(key))) + 2 * theme.px(PADDING)


def paint_cap(theme: Theme, painter: QPainter, left: float, middle: float, key: str, *,
              frame: str = "line_strong", ink: str = "text") -> None:
    """Draw the cap of a key with its left edge and its middle line given; ``frame`` and ``ink`` are roles."""
    height = theme.px(HEIGHT)
    area = QRectF(left, round(middle - height / 2), cap_width(theme, key), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(frame), 1))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
    if key in KEY_ICONS:
        icon = theme.pixmap(KEY_ICONS[key], ink, 16)
        painter.drawPixmap(round(area.center().x() - theme.px(8)), round(area.center().y() - theme.px(8)), icon)
    else:
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour(ink))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, key_text(key))
    painter.restore()


class KeyCap(QWidget):
    """A key cap standing by itself, beside a label or in a field."""

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._key = theme, key
        self.setFixedSize(QSize(cap_width(theme, key), theme.px(HEIGHT)))
        self.setAccessibleName(key_text(key))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cap."""
        del event
        paint_cap(self._theme, QPainter(self), 0, self.height() / 2, self._key)
