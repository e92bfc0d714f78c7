"""Sheets lie on the desk: white, a thin line, round corners. And the words on them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import FontKind, Theme

FREE = 16_777_215
"""What Qt takes for "as wide as you like"."""


def hold_width(part: QWidget, width: int | None) -> None:
    """Hold a part at a width in pixels; None lets it be as wide as its place."""
    part.setMinimumWidth(width or 0)
    part.setMaximumWidth(FREE if width is None else width)


class Column(QWidget):
    """The inside of a scroll area, clear, with a vertical layout ``body``: squeezed to its least height before the area scrolls."""

    def __init__(self, spacing: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "clear")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(spacing)

    def heightForWidth(self, width: int) -> int:
        """Return the least height; a scroll area would otherwise give the comfortable one and scroll."""
        return self.body.totalMinimumHeightForWidth(width)


class Sheet(QFrame):
    """A white sheet with a vertical layout ``body``. Never put a sheet into a sheet."""

    def __init__(self, theme: Theme, *, padding: tuple[int, int] = (16, 12), spacing: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sheet")
        self.body = QVBoxLayout(self)
        across, down = (theme.px(measure) for measure in padding)
        self.body.setContentsMargins(across, down, across, down)
        self.body.setSpacing(theme.px(spacing))


class Line(QFrame):
    """A divider of 1 px in the role ``line``."""

    def __init__(self, theme: Theme, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill with the role."""
        QPainter(self).fillRect(event.rect(), self._theme.colour("line"))


def paint_sheet(widget: QWidget, theme: Theme, event: QPaintEvent) -> None:
    """Paint what stands by itself over the desk: a white sheet with a thin frame."""
    painter = QPainter(widget)
    painter.fillRect(event.rect(), theme.colour("surface"))
    painter.setPen(QPen(theme.colour("line_strong"), 1))
    painter.drawRect(widget.rect().adjusted(0, 0, -1, -1))


def label(theme: Theme, text: str = "", *, kind: FontKind = "body", tone: str = "", bold: bool = False, wrap: bool = False) -> QLabel:
    """Return a plain-text label in one of the three sizes; ``tone`` is muted, danger, warning, accent, proven or neutral."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if bold or kind != "body":
        made.setFont(theme.font(kind, bold=bold))
    if tone:
        made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


def set_tone(made: QLabel, tone: str) -> None:
    """Give a label another tone."""
    if made.property("tone") != tone:
        made.setProperty("tone", tone)
        made.style().unpolish(made)
        made.style().polish(made)


def row(*parts: QWidget | int | None, spacing: int = 8) -> QHBoxLayout:
    """Return a row of widgets; a number is a gap in pixels, None stretches."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for part in parts:
        if part is None:
            made.addStretch(1)
        elif isinstance(part, int):
            made.addSpacing(part)
        else:
            made.addWidget(part)
    return made


class IconLabel(QWidget):
    """An icon in a role; decoration beside a word, so without an accessible name of its own."""

    def __init__(self, theme: Theme, icon: str, role: str = "text", size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._role, self._size = theme, icon, role, size
        self.setFixedSize(theme.px(size), theme.px(size))

    def show_icon(self, icon: str, role: str) -> None:
        """Show another icon."""
        self._icon, self._role = icon, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon in the colour of the theme in force."""
        del event
        QPainter(self).drawPixmap(0, 0, self._theme.pixmap(self._icon, self._role, self._size))


class ElidedLabel(QLabel):
    """One line that is cut with "…" where it doesn't fit, with the whole text as tool tip. Never for codes, amounts and states."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew for the new width."""
        super().resizeEvent(event)
        self._cut()

    def sizeHint(self) -> QSize:
        """Return the size of the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Return a size that leaves room for a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 6, self.fontMetrics().height())

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
