"""One act of a pane: icon, title, a muted line under it, its key."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.actions import ACTION_BY_ID, key_text
from ui.style import draw_ring
from ui.theme import Theme
from ui.widgets.buttons import PaintedButton
from ui.widgets.key_cap import cap_width, paint_cap


class VerbRow(PaintedButton):
    """One act: icon, title, a muted line under it, its key. One that is not possible now stays to be seen, with the reason."""

    def __init__(self, theme: Theme, action_id: str, line: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.action_id, self._line, self._reason = theme, action_id, line, ""
        self._action = ACTION_BY_ID[action_id]
        self._key = self._own_key()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(theme.px(50))
        self.show_reason(None)

    def show_line(self, line: str, *, main: bool = False) -> None:
        """Show another line; the main act of the page has F9 in place of its own key."""
        self._line = line
        self._key = "F9" if main else self._own_key()

    def _own_key(self) -> str:
        return key_text(self._action.keys[0]) if self._action.keys else ""

    def show_reason(self, reason: str | None) -> None:
        """Say why it is not possible now; None: it is."""
        self._reason = reason or ""
        self.setEnabled(reason is None)
        words = self._reason or self._line
        self.setAccessibleName(f"{self._action.title}, {words}" if words else self._action.title)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of two lines."""
        return QSize(self._theme.px(200), self._theme.px(50))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the pointer."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon, words and key."""
        del event
        theme, px, painter = self._theme, self._theme.px, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isEnabled() and self.underMouse():
            painter.fillRect(self.rect(), theme.colour("hover"))
        possible = self.isEnabled()
        icon = theme.pixmap(self._action.icon, "accent" if possible else "text_disabled")
        painter.drawPixmap(px(16), (self.height() - px(20)) // 2, icon)
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, 0, self.width(), 0)
        cap = cap_width(theme, self._key) if self._key else 0
        room = self.width() - px(48) - cap - px(28)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text" if possible else "text_disabled"))
        painter.drawText(px(48), px(4), room, px(20), Qt.AlignmentFlag.AlignVCenter, self._action.title)
        painter.setPen(theme.colour("text_muted" if possible else "text_disabled"))
        line = painter.fontMetrics().elidedText(self._reason or self._line, Qt.TextElideMode.ElideRight, room)
        painter.drawText(px(48), px(25), room, px(20), Qt.AlignmentFlag.AlignVCenter, line)
        if self._key:
            paint_cap(theme, painter, self.width() - cap - px(16), self.height() / 2, self._key)
        if self.hasFocus():
            draw_ring(theme, painter, QRectF(self.rect()).adjusted(2, 2, -2, -2))
