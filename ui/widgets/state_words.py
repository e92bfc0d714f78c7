"""The state of the work in four words, at the right of the key line: saved here, sending, the province has it, needs action."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme


class StateWords(QWidget):
    """One or two of the four words with icon and count. Green stands only beside what the province has confirmed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_counts({})

    def show_counts(self, outbox: Mapping[str, int]) -> None:
        """Show the counts of the outbox by state (``saved``, ``sending``, ``province_has``, ``attention``)."""
        total = sum(outbox.values())
        words = [("saved_here", self.tr("Saved on this PC"))]
        if outbox.get("sending"):
            words = [("sending", self.tr("Sending {count}").format(count=outbox["sending"]))]
        if outbox.get("province_has"):
            proven = self.tr("Province has {count}/{total}").format(count=outbox["province_has"], total=total)
            words.append(("received_by_province", proven))
        if outbox.get("attention"):
            words.append(("needs_attention", self.tr("Needs action {count}").format(count=outbox["attention"])))
        self._words = words
        self.setAccessibleName(", ".join(word for _, word in words))
        self.setFixedSize(self.sizeHint())
        self.update()

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
