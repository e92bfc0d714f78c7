"""A figure of the home page: icon and label, the number, a quiet line; one button that opens its list."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style import draw_ring
from ui.theme import Theme
from ui.widgets.buttons import PaintedButton

HEIGHT, LOW_HEIGHT = 112, 64


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell shows. ``tone`` colours it where the number is not 0: text, danger (with its tint) or warning."""

    label: str
    icon: str
    number: int
    line: str
    tone: str = "text"


class FigureCell(PaintedButton):
    """One cell of the strip; its name says it all: "Quá hạn 2, lâu nhất 6 ngày làm việc"."""

    def __init__(self, theme: Theme, figure: Figure, *, first: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._first, self._low = theme, first, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(HEIGHT))
        self.show_figure(figure)

    def set_low(self, low: bool) -> None:
        """Stand the words beside the number instead of above and below it, for a narrow window."""
        self._low = low
        self.setFixedHeight(self._theme.px(LOW_HEIGHT if low else HEIGHT))
        self.update()

    def show_figure(self, figure: Figure) -> None:
        """Show another number."""
        self._figure = figure
        words = f"{figure.label} {figure.number}, {figure.line}" if figure.line else f"{figure.label} {figure.number}"
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the strip and a width that holds the longest line."""
        return QSize(self._theme.px(160), self.maximumHeight())

    def minimumSizeHint(self) -> QSize:
        """Cells shrink before the page does."""
        return QSize(self._theme.px(96), self.maximumHeight())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the pointer."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw fill, label, number and line."""
        del event
        theme, figure = self._theme, self._figure
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        live = figure.tone if figure.number else "text"
        self._paint_fill(painter, live)
        line_ink = theme.colour("danger" if live == "danger" else "text_muted")
        number_ink = theme.colour(live if figure.number else "text_muted")
        if self._low:
            left = self._paint_number(painter, number_ink, 8) + theme.px(12)
            self._write(painter, figure.label, theme.colour(live), left, 11)
            self._write(painter, figure.line, line_ink, left, 33)
        else:
            painter.drawPixmap(theme.px(16), theme.px(12), theme.pixmap(figure.icon, live if live != "text" else "text_muted"))
            self._write(painter, figure.label, theme.colour(live), theme.px(44), 12)
            self._paint_number(painter, number_ink, 32)
            self._write(painter, figure.line, line_ink, theme.px(16), 80)
        if self.hasFocus():
            draw_ring(theme, painter, QRectF(self.rect()).adjusted(2, 2, -2, -2))

    def _paint_number(self, painter: QPainter, ink: QColor, top: int) -> int:
        """Draw the number at a height of the design; return where it ends."""
        theme = self._theme
        painter.setFont(theme.font("figure"))
        painter.setPen(ink)
        number = f"{self._figure.number:,}".replace(",", ".")
        area = QRectF(theme.px(16), theme.px(top), self.width() - theme.px(16), theme.px(48))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, number)
        return theme.px(16) + painter.fontMetrics().horizontalAdvance(number)

    def _write(self, painter: QPainter, text: str, ink: QColor, left: int, top: int) -> None:
        """Write a line from ``left`` (pixels) at a height of the design, cut where the cell ends."""
        px = self._theme.px
        painter.setFont(self._theme.font())
        painter.setPen(ink)
        room = max(self.width() - left - px(8), 1)
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, px(top), room, px(20)), Qt.AlignmentFlag.AlignVCenter, cut)

    def _paint_fill(self, painter: QPainter, live: str) -> None:
        theme = self._theme
        role = "danger_tint" if live == "danger" else "hover" if self.underMouse() else ""
        if not role:
            return
        area = QRectF(self.rect()).adjusted(1, 1, 0, -1)
        path = QPainterPath()
        path.addRoundedRect(area, theme.px(8), theme.px(8))
        if self._first:
            straight = QPainterPath()
            straight.addRect(area.adjusted(theme.px(8), 0, 0, 0))
            path = path.united(straight)
        painter.fillPath(path, theme.colour(role))
