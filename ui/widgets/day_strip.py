"""The strip of days that counts before the clerk's eyes: received, not counted, 1, 2, 3 · return."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.domain.deadline_terms import CountedDay, DayRole
from ui.theme import Theme

MOST, HEIGHT, GAP, RADIUS, WIDEST = 10, 68, 4, 6, 58
_LOOKS = {
    DayRole.RECEIVED: ("surface", "accent_line", "text", "text"),
    DayRole.NOT_COUNTED: ("sunken", "sunken", "text_muted", "text_muted"),
    DayRole.COUNTED: ("accent_tint", "accent_line", "text", "text"),
    DayRole.RETURN: ("accent", "accent", "on_accent", "on_accent"),
}
"""Role of a day → fill, border, ink of the weekday and the last line, ink of the number."""


def shown_days(days: tuple[CountedDay, ...]) -> tuple[CountedDay | None, ...]:
    """Return at most ten cells: all days, or the first two, a gap (None) and the last three."""
    return days if len(days) <= MOST else (*days[:2], None, *days[-3:])


class DayStrip(QWidget):
    """The days between receipt and return. Its accessible text is the explanation sentence."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._days: tuple[CountedDay, ...] = ()
        self._words = ""
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Days of the appointment"))

    def show_days(self, days: tuple[CountedDay, ...], explanation: str) -> None:
        """Show other days; the explanation is what a screen reader says, and what stands here where there are no days."""
        self._days, self._words = days, explanation
        self.setAccessibleDescription(explanation)
        self.setToolTip(explanation)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the width of ten cells."""
        return QSize(self._theme.px(MOST * (WIDEST + GAP)), self._theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells from the left, equally wide."""
        del event
        cells = shown_days(self._days)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not cells:
            painter.setFont(self._theme.font())
            painter.setPen(self._theme.colour("text_muted"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap), self._words)
            return
        gap = self._theme.px(GAP)
        fullest = max(len(cells), 7)
        width = (self.width() - gap * (fullest - 1)) / fullest
        for at, day in enumerate(cells):
            area = QRectF(at * (width + gap), 0, width, self.height())
            if day is None:
                self._paint_gap(painter, area)
            else:
                self._paint_day(painter, area, day)

    def _paint_gap(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(self._theme.font())
        painter.setPen(self._theme.colour("text_muted"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "…")

    def _paint_day(self, painter: QPainter, area: QRectF, day: CountedDay) -> None:
        fill, border, ink, number_ink = _LOOKS[day.role]
        theme = self._theme
        pen = QPen(theme.colour("line_strong" if day.role is DayRole.RECEIVED else border), 1)
        if day.role is DayRole.RECEIVED:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(RADIUS), theme.px(RADIUS))
        third = area.height() / 3.1
        lines = ((self._weekday(day), ink, False), (str(day.day.day), number_ink, True), (self._last_line(day), ink, False))
        for at, (text, role, bold) in enumerate(lines):
            painter.setFont(theme.font(bold=bold))
            painter.setPen(theme.colour(role))
            room = QRectF(area.left(), area.top() + third * at + theme.px(2), area.width(), third)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def _weekday(self, day: CountedDay) -> str:
        names = (self.tr("Mon"), self.tr("Tue"), self.tr("Wed"), self.tr("Thu"), self.tr("Fri"), self.tr("Sat"), self.tr("Sun"))
        return names[day.day.weekday()]

    def _last_line(self, day: CountedDay) -> str:
        if day.role is DayRole.RETURN:
            return self.tr("due") if day.ordinal is None else f"{day.ordinal} · {self.tr('due')}"
        if day.role is DayRole.RECEIVED:
            return self.tr("in")
        if day.role is DayRole.COUNTED:
            return str(day.ordinal)
        return self.tr("off") if day.why and not day.weekly_rest else "–"
