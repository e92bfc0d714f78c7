"""The timeline: what happened, oldest first, and what is expected next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyleOptionViewItem, QWidget

from ui.theme import Theme
from ui.widgets.items import ITEM_ROLE, ItemDelegate, ItemsModel

ROW, DOT = 56, 32
_Index = QModelIndex | QPersistentModelIndex
_LOOKS = {
    "past": ("accent_tint", "accent"), "now": ("accent", "on_accent"), "warning": ("warning_tint", "warning"),
    "late": ("danger_tint", "danger"), "expected": ("surface", "text_muted"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry. ``look`` is past, now, warning, late (its time is red) or expected (dashed)."""

    icon: str
    title: str
    detail: str
    time: str
    look: str = "past"


class _MomentDelegate(ItemDelegate):
    """Paints dot, line, title, time and detail."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one entry."""
        moment: Moment = index.data(ITEM_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_dot(painter, option.rect, moment, last=index.row() == index.model().rowCount() - 1)
        self._paint_words(painter, option.rect, moment)
        painter.restore()

    def _paint_dot(self, painter: QPainter, area: QRect, moment: Moment, *, last: bool) -> None:
        theme, px = self._theme, self._theme.px
        fill, ink = _LOOKS[moment.look]
        dot = QRectF(area.left() + px(2), area.top() + px(4), px(DOT), px(DOT))
        if not last:
            painter.setPen(QPen(theme.colour("line"), 2))
            painter.drawLine(round(dot.center().x()), round(dot.bottom()), round(dot.center().x()), area.bottom() + px(5))
        pen = QPen(theme.colour("line_strong"), 1, Qt.PenStyle.DashLine) if moment.look == "expected" else QPen(Qt.PenStyle.NoPen)
        painter.setPen(pen)
        painter.setBrush(theme.colour(fill))
        painter.drawEllipse(dot)
        painter.drawPixmap(round(dot.center().x() - px(10)), round(dot.center().y() - px(10)), theme.pixmap(moment.icon, ink))

    def _paint_words(self, painter: QPainter, area: QRect, moment: Moment) -> None:
        theme, px = self._theme, self._theme.px
        left = area.left() + px(DOT + 14)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text_muted"))
        time = painter.fontMetrics().horizontalAdvance(moment.time)
        right = area.right() - px(2)
        painter.setPen(theme.colour("danger" if moment.look == "late" else "text_muted"))
        painter.drawText(QRect(right - time, area.top() + px(2), time + 1, px(20)), Qt.AlignmentFlag.AlignVCenter, moment.time)
        painter.setPen(theme.colour("text_muted"))
        detail = painter.fontMetrics().elidedText(moment.detail, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, area.top() + px(22), right - left, px(20)), Qt.AlignmentFlag.AlignVCenter, detail)
        painter.setFont(theme.font(bold=moment.look != "expected"))
        painter.setPen(theme.colour("text"))
        title = painter.fontMetrics().elidedText(moment.title, Qt.TextElideMode.ElideRight, right - left - time - px(12))
        painter.drawText(QRect(left, area.top() + px(2), right - left - time - px(8), px(20)), Qt.AlignmentFlag.AlignVCenter, title)


class Timeline(QListView):
    """The list, scrolled to its end."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moments = ItemsModel[Moment](_told, _told, self)
        self.setModel(self._moments)
        self.setItemDelegate(_MomentDelegate(theme, ROW, self))
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Show other entries."""
        self._moments.show_items(moments)
        self.scrollToBottom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay at the end when the parts around it take room."""
        bar = self.verticalScrollBar()
        at_end = bar.value() == bar.maximum()
        super().resizeEvent(event)
        if at_end:
            self.scrollToBottom()


def _told(moment: Moment) -> str:
    return f"{moment.title}, {moment.time}. {moment.detail}" if moment.time else f"{moment.title}. {moment.detail}"
