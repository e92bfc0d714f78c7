"""The left third of login, lock and set-up: which office this is, the day, and what waits, without a name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.sheet import row

WIDTH, MARGIN = 480, 56


class WelcomePanel(QWidget):
    """Painted as one; ``setAccessibleName`` carries its words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = self._subtitle = self._day = self._hours = ""
        self._facts: Sequence[tuple[str, str]] = ()

    def sizeHint(self) -> QSize:
        """Return the design's width, or a third of a narrow window."""
        width = self._theme.px(WIDTH)
        return QSize(min(width, self.window().width() * 36 // 100), 0)

    def show_place(self, title: str, subtitle: str) -> None:
        """Show the office at the top."""
        self._title, self._subtitle = title, subtitle
        self._changed()

    def show_day(self, day: str, hours: str) -> None:
        """Show the day and its hours at the bottom."""
        self._day, self._hours = day, hours
        self._changed()

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show lines of (icon, sentence) below the day."""
        self._facts = facts
        self._changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the panel."""
        del event
        painter, px = QPainter(self), self._theme.px
        ground, ink = self._roles()
        painter.fillRect(self.rect(), self._theme.colour(ground))
        painter.setPen(self._theme.colour(ink))
        margin = min(px(MARGIN), self.width() // 9)
        room = QRect(margin, px(56), self.width() - 2 * margin, self.height() - 2 * px(56))
        height = self._paint_place(painter, room.adjusted(px(16), 0, 0, 0), ink)
        painter.fillRect(margin, room.top(), px(4), height, self._theme.colour(ink))
        self._paint_day(painter, room, ink)

    def _roles(self) -> tuple[str, str]:
        """A dark theme's accent is bright: a whole panel of it would glare."""
        return ("accent_tint", "text") if self._theme.name == "dark" else ("accent", "on_accent")

    def _paint_place(self, painter: QPainter, room: QRect, ink: str) -> int:
        height = self._text(painter, room, self._title, self._theme.font("title"), ink)
        return height + self._text(painter, room.adjusted(0, height, 0, 0), self._subtitle, self._theme.font(), ink)

    def _paint_day(self, painter: QPainter, room: QRect, ink: str) -> None:
        """Paint from the bottom up: facts with lines above them, the hours, the day."""
        px = self._theme.px
        bottom = room.bottom() + px(16)
        for icon, sentence in reversed(self._facts):
            height = max(self._height(painter, room.width() - px(32), sentence, self._theme.font()), px(20))
            bottom -= height + px(12)
            self._text(painter, QRect(room.left() + px(32), bottom, room.width() - px(32), height), sentence, self._theme.font(), ink)
            painter.drawPixmap(room.left(), bottom, self._theme.pixmap(icon, ink))
            bottom -= px(12)
            faint = self._theme.colour(ink)
            faint.setAlphaF(0.3)
            painter.setPen(QPen(faint, 1))
            painter.drawLine(room.left(), bottom, room.right(), bottom)
        bottom -= px(12)
        for words, font in ((self._hours, self._theme.font()), (self._day, self._theme.font("title"))):
            height = self._height(painter, room.width(), words, font)
            bottom -= height
            self._text(painter, QRect(room.left(), bottom, room.width(), height), words, font, ink)

    def _text(self, painter: QPainter, room: QRect, words: str, font: QFont, ink: str) -> int:
        painter.setFont(font)
        painter.setPen(self._theme.colour(ink))
        painter.drawText(room, Qt.TextFlag.TextWordWrap, words)
        return self._height(painter, room.width(), words, font)

    @staticmethod
    def _height(painter: QPainter, width: int, words: str, font: QFont) -> int:
        painter.setFont(font)
        return painter.boundingRect(QRect(0, 0, width, 10_000), Qt.TextFlag.TextWordWrap, words).height() if words else 0

    def _changed(self) -> None:
        words = [self._title, self._subtitle, self._day, self._hours, *(sentence for _, sentence in self._facts)]
        self.setAccessibleName(". ".join(word for word in words if word))
        self.updateGeometry()
        self.update()


def lay_beside(screen: QWidget, panel: WelcomePanel, right: QLayout) -> None:
    """Fill a screen: the panel at the left, what is asked at its right."""
    whole = QHBoxLayout(screen)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(panel)
    whole.addLayout(right, 1)


def middle(form: QWidget, bottom: QWidget) -> QVBoxLayout:
    """Return the right side of a screen: what is asked in its middle, the keys below."""
    right = QVBoxLayout()
    right.setSpacing(0)
    right.addStretch(1)
    right.addLayout(row(None, form, None))  # beside stretches, for a wrapped text asks for its height by the width it really gets
    right.addStretch(1)
    right.addWidget(bottom)
    return right
