"""Badges and chips: a state in colour, icon and word together."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.buttons import DeskButton

HEIGHT, PADDING, GAP = 24, 7, 5
_INK = {"plain": "text", "neutral": "neutral", "accent": "accent", "danger": "danger", "warning": "warning", "proven": "proven"}


@dataclass(frozen=True, slots=True)
class BadgeLook:
    """What a badge shows. ``kind``: danger, warning, proven, neutral, accent, or plain (icon and word only)."""

    kind: str
    icon: str
    word: str


def badge_of_state(theme: Theme, state: str, word: str) -> BadgeLook:
    """Return the look of a state of the theme file (``overdue``, ``due_soon``, …) with its word."""
    look = theme.state(state)
    return BadgeLook("plain" if look.role == "text" else look.role, look.icon, word)


def badge_width(theme: Theme, look: BadgeLook) -> int:
    """Return how wide a badge is, in pixels."""
    text = round(QFontMetricsF(theme.font()).horizontalAdvance(look.word)) + 1
    return 2 * theme.px(PADDING) + theme.px(16) + theme.px(GAP) + text


def paint_badge(theme: Theme, painter: QPainter, left: float, middle: float, look: BadgeLook, *, ink: str = "") -> None:
    """Draw a badge with its left edge and middle line given; ``ink`` overrides the role of icon and word (a selected row)."""
    px = theme.px
    role = ink or _INK[look.kind]
    area = QRectF(left, round(middle - px(HEIGHT) / 2), badge_width(theme, look), px(HEIGHT))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if look.kind != "plain":
        role = _INK[look.kind]
        painter.setPen(QPen(theme.colour(f"{look.kind}_line"), 1))
        painter.setBrush(theme.colour(f"{look.kind}_tint"))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
    at = area.left() + (px(PADDING) if look.kind != "plain" else px(2))
    painter.drawPixmap(round(at), round(middle - px(8)), theme.pixmap(look.icon, role, 16))
    painter.setFont(theme.font())
    painter.setPen(theme.colour(role))
    text_left = at + px(16) + px(GAP)
    room = QRectF(text_left, area.top(), area.right() - text_left + px(8), area.height())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, look.word)
    painter.restore()


class Badge(QWidget):
    """A badge outside of tables; its word is its accessible name."""

    def __init__(self, theme: Theme, look: BadgeLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.show_look(look)

    def show_look(self, look: BadgeLook) -> None:
        """Show another state."""
        self.look = look
        self.setAccessibleName(look.word)
        self.setFixedSize(QSize(badge_width(self._theme, look), self._theme.px(HEIGHT)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the badge."""
        del event
        paint_badge(self._theme, QPainter(self), 0, self.height() / 2, self.look)


class FilterChip(DeskButton):
    """A filter with its count, 32 high; the chosen one is tinted. ``tone`` colours the icon."""

    height_px = 32
    padding_px = 10

    def __init__(self, theme: Theme, text: str, *, icon: str = "", tone: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(theme, text, icon=icon, parent=parent)
        self._tone = tone
        self.setCheckable(True)

    def show_count(self, text: str, count: int) -> None:
        """Show the word with its count; a chip with 0 is hidden unless it is chosen."""
        self.setText(f"{text} {count}")
        self.setVisible(count > 0 or self.isChecked())
        self.updateGeometry()

    def _roles(self) -> tuple[str, str, str]:
        if self.isChecked():
            return "accent_tint", "accent_line", "accent"
        return super()._roles()

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        self.setFont(self._theme.font(bold=self.isChecked()))
        super()._paint_content(painter, ink)

    def _icon_role(self, ink: str) -> str:
        return self._tone if self.isEnabled() and not self.isChecked() else ink
