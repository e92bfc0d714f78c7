"""A figure of the home page: icon and label, the number, a quiet line; one button that opens its list."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.style import draw_ring
from ui.theme import Theme

HEIGHT = 112


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell shows. ``tone`` colours it where the number is not 0: text, danger (with its tint) or warning."""

    label: str
    icon: str
    number: int
    line: str
    tone: str = "text"


class FigureCell(QAbstractButton):
    """One cell of the strip; its name says it all: "Quá hạn 2, lâu nhất 6 ngày làm việc"."""

    def __init__(self, theme: Theme, figure: Figure, *, first: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._first = theme, first
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(HEIGHT))
        self.show_figure(figure)

    def show_figure(self, figure: Figure) -> None:
        """Show another number."""
        self._figure = figure
        self.setAccessibleName(f"{figure.label} {figure.number}, {figure.line}" if figure.line else f"{figure.label} {figure.number}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the strip and a width that holds the longest line."""
        return QSize(self._theme.px(160), self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Cells shrink before the page does."""
        return QSize(self._theme.px(96), self._theme.px(HEIGHT))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the pointer."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw fill, label, number and line."""
        del event
        theme, px, figure = self._theme, self._theme.px, self._figure
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        live = figure.tone if figure.number else "text"
        self._paint_fill(painter, live)
        painter.drawPixmap(px(16), px(12), theme.pixmap(figure.icon, live if live != "text" else "text_muted"))
        self._write(painter, figure.label, theme.colour(live), (44, 12, 20))
        self._write(painter, figure.line, theme.colour("danger" if live == "danger" else "text_muted"), (16, 80, 20))
        painter.setFont(theme.font("figure"))
        painter.setPen(theme.colour(live if figure.number else "text_muted"))
        number = f"{figure.number:,}".replace(",", ".")
        painter.drawText(QRectF(px(16), px(32), self.width() - px(16), px(48)), Qt.AlignmentFlag.AlignVCenter, number)
        if self.hasFocus():
            draw_ring(theme, painter, QRectF(self.rect()).adjusted(2, 2, -2, -2))

    def _write(self, painter: QPainter, text: str, ink: QColor, place: tuple[int, int, int]) -> None:
        """Write a line at (left, top, height) of the design, cut where the cell ends."""
        left, top, height = (self._theme.px(measure) for measure in place)
        painter.setFont(self._theme.font())
        painter.setPen(ink)
        room = max(self.width() - left - self._theme.px(8), 1)
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, top, room, height), Qt.AlignmentFlag.AlignVCenter, cut)

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
