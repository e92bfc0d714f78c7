"""Tables: rows of 36, no grid, one delegate that paints everything a cell can show."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from ui.theme import Theme
from ui.widgets.badge import BadgeLook, paint_badge

LOOK_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The item role under which a model returns a :class:`CellLook`."""
PADDING = 12
HEAD, ROW, HIGH_ROW = 34, 36, 56
LEAST = 120
"""What the column that takes the rest keeps of it."""
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell is painted beyond its text.

    ``tone`` is the role of the text, ``bold_ranges`` are (start, length) of matched words, ``icon`` stands before the text (or alone),
    ``badge`` replaces the text, ``tail`` is muted text after it, ``below`` muted text in a second line where the rows are high.
    """

    tone: str = "text"
    bold: bool = False
    struck: bool = False
    bold_ranges: tuple[tuple[int, int], ...] = ()
    icon: str = ""
    badge: BadgeLook | None = None
    tail: str = ""
    below: str = ""


PLAIN = CellLook()


class RowDelegate(QStyledItemDelegate):
    """Paints padding, selection mark, hover, badge, icon and matched words."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hovered = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the room the text needs, for columns fitted to their content."""
        del option
        theme, look = self._theme, index.data(LOOK_ROLE) or PLAIN
        metrics = QFontMetrics(theme.font(bold=look.bold))
        text = look.badge.word if look.badge else str(index.data() or "")
        extra = theme.px(16 + 5 + 14) if look.badge else theme.px(26) if look.icon else 0
        wide = max(metrics.horizontalAdvance(text + look.tail) + extra, metrics.horizontalAdvance(look.below))
        return QSize(wide + 2 * theme.px(PADDING), theme.px(HIGH_ROW if look.below else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        theme, look = self._theme, index.data(LOOK_ROLE) or PLAIN
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._paint_ground(painter, option.rect, index, chosen)
        area = option.rect.adjusted(theme.px(PADDING), 0, -theme.px(PADDING), 0)
        inverted = chosen and theme.name == "high_contrast"
        ink = "on_selection" if inverted else look.tone
        if look.badge is not None:
            paint_badge(theme, painter, area.left(), area.center().y() + 1, look.badge, ink="on_selection" if inverted else "")
        else:
            if look.icon:
                painter.drawPixmap(area.left(), area.center().y() - theme.px(10) + 1, theme.pixmap(look.icon, ink))
                area.setLeft(area.left() + theme.px(26))
            if look.below:
                half = area.height() // 2
                self._paint_below(painter, area.adjusted(0, half - theme.px(2), 0, -theme.px(6)), look.below, ink)
                area = area.adjusted(0, theme.px(6), 0, theme.px(2) - half)
            self._paint_text(painter, area, index, look, ink)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index) -> bool:
        """Show the whole text of a cell that was cut."""
        look = index.data(LOOK_ROLE) or PLAIN if index.isValid() else PLAIN
        text = "\n".join(part for part in (str(index.data() or ""), look.below) if part) if index.isValid() else ""
        if event.type() == QEvent.Type.ToolTip and text and self.sizeHint(option, index).width() > option.rect.width():
            QToolTip.showText(event.globalPos(), text, view)
            return True
        return super().helpEvent(event, view, option, index)

    def _paint_ground(self, painter: QPainter, area: QRect, index: _Index, chosen: bool) -> None:
        theme = self._theme
        if chosen:
            painter.fillRect(area, theme.colour("selection"))
            if index.column() == 0:
                mark = "on_selection" if theme.name == "high_contrast" else "accent"
                painter.fillRect(area.left(), area.top(), theme.px(3), area.height(), theme.colour(mark))
        elif index.row() == self.hovered:
            painter.fillRect(area, theme.colour("hover"))
        elif index.row() % 2:
            painter.fillRect(area, theme.colour("zebra"))

    def _paint_below(self, painter: QPainter, area: QRect, text: str, ink: str) -> None:
        painter.setFont(self._theme.font())
        painter.setPen(self._theme.colour("on_selection" if ink == "on_selection" else "text_muted"))
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, cut)

    def _paint_text(self, painter: QPainter, area: QRect, index: _Index, look: CellLook, ink: str) -> None:
        font = self._theme.font(bold=look.bold)
        font.setStrikeOut(look.struck)
        painter.setFont(font)
        painter.setPen(self._theme.colour(ink))
        metrics = painter.fontMetrics()
        text = metrics.elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, area.width())
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        if alignment is not None:
            painter.drawText(area, int(alignment) | int(Qt.AlignmentFlag.AlignVCenter), text)
            return
        left = area.left()
        for piece, bold in pieces(text, look.bold_ranges):
            painter.setFont(self._theme.font(bold=True) if bold else font)
            painter.drawText(QPoint(left, self._baseline(painter, area)), piece)
            left += painter.fontMetrics().horizontalAdvance(piece)
        if look.tail and left < area.right():
            painter.setPen(self._theme.colour("on_selection" if ink == "on_selection" else "text_muted"))
            tail = painter.fontMetrics().elidedText(look.tail, Qt.TextElideMode.ElideRight, area.right() - left)
            painter.drawText(QPoint(left, self._baseline(painter, area)), tail)

    @staticmethod
    def _baseline(painter: QPainter, area: QRect) -> int:
        metrics = painter.fontMetrics()
        return area.top() + (area.height() + metrics.ascent() - metrics.descent()) // 2


def pieces(text: str, ranges: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    """Cut a text into (piece, is bold) at the matched ranges; ranges beyond a cut text are shortened."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for start, length in sorted(ranges):
        begin, end = min(max(start, at), len(text)), min(start + length, len(text))
        cut += [(text[at:begin], False), (text[begin:end], True)]
        at = max(at, end)
    return [(piece, bold) for piece, bold in [*cut, (text[at:], False)] if piece]


class DeskTable(QTableView):
    """A table as the design draws it: one selected row, quiet header, keys alone are enough. ``opened`` carries a row number."""

    opened = Signal(int)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._widths: dict[int, int] = {}
        """The widths of the columns where there is room."""
        self.rows = RowDelegate(theme, self)
        self.setItemDelegate(self.rows)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.set_high(high=False)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setFixedHeight(theme.px(HEAD))
        header.setMinimumSectionSize(theme.px(32))
        self.doubleClicked.connect(self._open_index)

    def set_high(self, *, high: bool) -> None:
        """Give every row two lines (``CellLook.below``), or one. High rows keep room for two of them: the page scrolls before."""
        self.verticalHeader().setDefaultSectionSize(self._theme.px(HIGH_ROW if high else ROW))
        self.setMinimumHeight(self._theme.px(HEAD + 2 * HIGH_ROW) if high else 0)

    def set_widths(self, widths: tuple[int, ...], *, stretch: int) -> None:
        """Give the columns fixed widths (pixels at 100 %); the column ``stretch`` takes what is left.

        In a place too narrow for them all of them give way alike, down to the words of their heads, so that none is out of sight.
        """
        self._widths = {at: self._theme.px(LEAST if at == stretch else width) for at, width in enumerate(widths)}
        for at in self._widths:
            mode = QHeaderView.ResizeMode.Stretch if at == stretch else QHeaderView.ResizeMode.Fixed
            self.horizontalHeader().setSectionResizeMode(at, mode)
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns into the room."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        header = self.horizontalHeader()
        least = {at: header.sectionSizeHint(at) for at in self._widths}
        extra = {at: max(0, width - least[at]) for at, width in self._widths.items()}
        room = self.viewport().width() - sum(least.values())
        share = min(1.0, max(0, room) / max(1, sum(extra.values()))) if self.isVisible() else 1.0
        for at in self._widths:
            self.setColumnWidth(at, least[at] + int(extra[at] * share))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._open_index(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Note the row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, at: int) -> None:
        if at != self.rows.hovered:
            self.rows.hovered = at
            self.viewport().update()

    def _open_index(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.row())

