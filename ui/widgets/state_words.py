"""The state of the work in four words, at the right of the key line: saved here, sending, the province has it, needs action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme

if TYPE_CHECKING:
    from counter_app.services.line.keeper import LineNews

WORKING = "working"


class StateWords(QWidget):
    """One or two of the four words with icon and count, and when the province was last in touch; ``clicked`` by the pointer.

    Green stands only beside what the province has confirmed.
    """

    clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: list[tuple[str, str]] = []
        self._outbox: Mapping[str, int] = {}
        self._working, self._contact, self._attention = False, "", 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_counts({})

    def show_counts(self, outbox: Mapping[str, int]) -> None:
        """Show the counts of the outbox by state (``saved``, ``sending``, ``province_has``, ``attention``)."""
        self._outbox = outbox
        self._look()

    def show_attention(self, count: int) -> None:
        """Show how many things need a person."""
        self._attention = count
        self._look()

    def show_line(self, news: LineNews) -> None:
        """Show whether something is being sent, and when the province was last in touch."""
        self._working = news.doing == WORKING
        self._contact = f"{news.proven_at:%H:%M}" if news.proven_at else ""
        self._look()

    def _look(self) -> None:
        outbox, total = self._outbox, sum(self._outbox.values())
        waiting = outbox.get("sending", 0) + (outbox.get("saved", 0) if self._working else 0)
        words = [("saved_here", self.tr("Saved on this PC"))]
        if waiting:
            words = [("sending", self.tr("Sending {count}").format(count=waiting))]
        if outbox.get("province_has"):
            proven = self.tr("Province has {count}/{total}").format(count=outbox["province_has"], total=total)
            words.append(("received_by_province", f"{proven} · {self._contact}" if self._contact else proven))
        if self._attention:
            words.append(("needs_attention", self.tr("Needs action {count}").format(count=self._attention)))
        self._words = words
        self.setAccessibleName(", ".join(word for _, word in words))
        self.setFixedSize(self.sizeHint())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what the words are about."""
        super().mouseReleaseEvent(event)
        self.clicked.emit()

    def sizeHint(self) -> QSize:
        """Return the room for icons and words."""
        px, metrics = self._theme.px, QFontMetrics(self._theme.font())
        width = sum(px(20 + 6 + 16) + metrics.horizontalAdvance(word) for _, word in self._words) - px(16)
        return QSize(max(width, 1), self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon and word of each."""
        del event
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        painter.setFont(theme.font())
        left = 0
        for state, word in self._words:
            look = theme.state(state)
            painter.drawPixmap(left, (self.height() - px(20)) // 2, theme.pixmap(look.icon, look.role))
            left += px(26)
            painter.setPen(theme.colour(look.role))
            width = painter.fontMetrics().horizontalAdvance(word)
            painter.drawText(left, 0, width + 2, self.height(), Qt.AlignmentFlag.AlignVCenter, word)
            left += width + px(16)
