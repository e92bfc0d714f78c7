"""The line at the bottom of screens without pages: keys at the left, a state at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.key_line import HEIGHT


class BottomLine(QWidget):
    """48 high, with a line above."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(theme.px(HEIGHT))
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(theme.px(10), 0, theme.px(16), 0)
        self._line.setSpacing(theme.px(8))

    def fill(self, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        """Put widgets at both ends."""
        for part in left:
            self._line.addWidget(part)
        self._line.addStretch(1)
        for part in right:
            self._line.addWidget(part)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line above; the ground is the window's."""
        del event
        QPainter(self).fillRect(0, 0, self.width(), 1, self._theme.colour("line"))
