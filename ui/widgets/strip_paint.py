"""How sets and pages of the strip are drawn."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPen, QTransform
from PySide6.QtWidgets import QWidget

from ui.models.scan_stack import Mark, StripPage, StripSet
from ui.theme import Theme

WIDE, HIGH, FLAG = 82, 114, 24
_FLAGS = {Mark.CODE: ("scan", "accent", "on_accent"), Mark.WARNING: ("alert-triangle", "warning_tint", "warning"),
          Mark.HIDDEN: ("eye-off", "sunken", "text_muted"), Mark.DELETED: ("trash", "sunken", "text_muted")}
"""The icon in the corner, the role of its ground and of its ink."""
_LEFT = Qt.AlignmentFlag.AlignLeft


class StripPainter(QPainter):
    """Draws in the colours of the theme; end it before anything else is done."""

    def __init__(self, theme: Theme, on: QWidget) -> None:
        super().__init__(on)
        self._theme = theme
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)

    def empty(self, area: QRect, words: str) -> None:
        """Say what will be here, and the key that starts it."""
        theme, px = self._theme, self._theme.px
        self._ground(area, "surface", "line")
        middle = area.center()
        self.drawPixmap(middle.x() - px(10), middle.y() - px(30), theme.pixmap("scan", "text_muted"))
        self.setPen(theme.colour("text_muted"))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        self.drawText(QRect(area.left() + px(24), middle.y(), area.width() - 2 * px(24), px(80)), flags, words)

    def sheet(self, area: QRect, each: StripSet) -> None:
        """Draw the sheet of a set with its head."""
        theme, px = self._theme, self._theme.px
        self._ground(area, "surface", "line")
        head = QRect(area.left() + px(14), area.top(), area.width() - 2 * px(14), px(34))
        word = QFontMetrics(theme.font()).horizontalAdvance(each.word)
        self._words(head, each.word, each.role, Qt.AlignmentFlag.AlignRight)
        self.drawPixmap(head.right() - word - px(26), head.center().y() - px(9), theme.pixmap(each.icon, each.role))
        bold, free = QFontMetrics(theme.font(bold=True)), head.width() - word - px(36)
        title = bold.elidedText(each.title, Qt.TextElideMode.ElideMiddle, free)
        self._words(head, title, "text", bold=True)
        room = head.adjusted(bold.horizontalAdvance(title) + px(10), 0, -word - px(36), 0)
        self._words(room, QFontMetrics(theme.font()).elidedText(each.detail, Qt.TextElideMode.ElideRight, room.width()), "text_muted")
        if each.reason:
            self.setFont(theme.font())
            self.setPen(theme.colour("warning"))
            below = QRect(head.left(), head.bottom(), head.width(), area.height())
            self.drawText(below, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, each.reason)

    def page(self, place: QRect, page: StripPage, thumb: QImage | None, *, selected: bool, focus: bool) -> None:
        """Draw a page with its number and name; ``selected`` and ``focus`` frame it."""
        theme, px = self._theme, self._theme.px
        paper = QRect(place.left(), place.top() + px(2), px(WIDE), px(HIGH))
        faint = page.mark in (Mark.DELETED, Mark.HIDDEN)
        self.setOpacity(0.35 if faint else 0.9 if theme.name == "dark" else 1.0)
        self.fillRect(paper, theme.colour("paper"))
        if thumb is not None:
            self._draw_fitted(paper, thumb.transformed(QTransform().rotate(90 * page.turns)) if page.turns else thumb)
        self.setOpacity(1.0)
        self.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(theme.colour("line" if faint else "line_strong"), 1)
        if thumb is None:
            pen.setStyle(Qt.PenStyle.DashLine)
        self.setPen(pen)
        self.drawRoundedRect(QRectF(paper).adjusted(0.5, 0.5, -0.5, -0.5), px(3), px(3))
        if selected:
            self.setPen(QPen(theme.colour("focus" if focus else "accent"), px(3) if focus else px(2)))
            self.drawRoundedRect(QRectF(paper).adjusted(-1.5, -1.5, 1.5, 1.5), px(4), px(4))
        self._flag(paper, page.mark)
        self._below(place, page)

    def coming(self, place: QRect, image: QImage, words: str) -> None:
        """Draw the frame of a page that is being scanned, with what is there of it already."""
        theme, px = self._theme, self._theme.px
        paper = QRect(place.left(), place.top() + px(2), px(WIDE), px(HIGH))
        self.fillRect(paper, theme.colour("paper" if not image.isNull() else "sunken"))
        if image.isNull():
            self.drawPixmap(paper.center().x() - px(10), paper.center().y() - px(10), theme.pixmap("scan", "accent"))
        else:
            self._draw_fitted(paper, image)
        pen = QPen(theme.colour("line_strong"), 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        self.setPen(pen)
        self.setBrush(Qt.BrushStyle.NoBrush)
        self.drawRoundedRect(QRectF(paper).adjusted(0.5, 0.5, -0.5, -0.5), px(3), px(3))
        self._words(QRect(place.left(), place.top() + px(HIGH + 4), place.width() - px(6), px(24)), words, "text_muted")

    def gap(self, place: QRect, *, behind: bool) -> None:
        """Draw where dragged pages would be dropped: before a page or behind it."""
        px = self._theme.px
        across = place.left() + px(WIDE) + px(20) if behind else place.left() - px(8)
        self.setPen(QPen(self._theme.colour("focus"), px(3)))
        self.drawLine(across, place.top(), across, place.top() + px(HIGH))

    def _below(self, place: QRect, page: StripPage) -> None:
        theme, px = self._theme, self._theme.px
        line = QRect(place.left(), place.top() + px(HIGH + 4), place.width() - px(6), px(24))
        number = f"{page.number} "
        self._words(line, number, "text_muted")
        room = line.adjusted(QFontMetrics(theme.font()).horizontalAdvance(number), 0, 0, 0)
        self._words(room, QFontMetrics(theme.font()).elidedText(page.name, Qt.TextElideMode.ElideRight, room.width()), "text")

    def _flag(self, paper: QRect, mark: Mark) -> None:
        if mark not in _FLAGS:
            return
        icon, ground, ink = _FLAGS[mark]
        size = self._theme.px(FLAG)
        area = QRect(paper.right() - size - self._theme.px(3), paper.top() + self._theme.px(4), size, size)
        self.setPen(Qt.PenStyle.NoPen)
        self.setBrush(self._theme.colour(ground))
        self.drawRoundedRect(area, self._theme.px(4), self._theme.px(4))
        inset = (size - self._theme.px(16)) // 2
        self.drawPixmap(area.left() + inset, area.top() + inset, self._theme.pixmap(icon, ink, 16))

    def _draw_fitted(self, paper: QRect, image: QImage) -> None:
        size = image.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(paper.topLeft(), size)
        place.moveCenter(paper.center())
        self.drawImage(place, image)

    def _ground(self, area: QRect, fill: str, edge: str) -> None:
        self.setPen(QPen(self._theme.colour(edge), 1))
        self.setBrush(self._theme.colour(fill))
        self.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), self._theme.px(8), self._theme.px(8))

    def _words(self, area: QRect, words: str, role: str, align: Qt.AlignmentFlag = _LEFT, *, bold: bool = False) -> None:
        self.setFont(self._theme.font(bold=bold))
        self.setPen(self._theme.colour(role))
        self.drawText(area, int(align | Qt.AlignmentFlag.AlignVCenter), words)
