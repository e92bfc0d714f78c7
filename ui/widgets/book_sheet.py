"""A page of a bound register on the screen: exactly the printed columns with their numbers, grid lines and struck lines."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.rows import LOOK_ROLE, PLAIN, CellLook

HEAD, NUMBERS, ROW = 77, 24, 48
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class BookColumn:
    """One printed column: title, share of the width, whether its cells are centred, and the group it stands under."""

    title: str
    share: int
    centred: bool = False
    group: str = ""


class BookHead(QWidget):
    """The head of the page: titles, the group over some of them, and the column numbers 1 to n."""

    def __init__(self, theme: Theme, columns: tuple[BookColumn, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._columns = theme, columns
        self.edges: tuple[int, ...] = ()
        self.setFixedHeight(theme.px(HEAD) + theme.px(NUMBERS))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frames and words."""
        del event
        if not self.edges:
            return
        painter, px = QPainter(self), self._theme.px
        painter.fillRect(self.rect(), self._theme.colour("window"))
        painter.fillRect(0, px(HEAD), self.width(), px(NUMBERS), self._theme.colour("surface"))
        painter.setPen(QPen(self._theme.colour("line_strong"), 1))
        grouped = [at for at, column in enumerate(self._columns) if column.group]
        half = px(30)
        for at, column in enumerate(self._columns):
            top = half if column.group else 0
            self._cell(painter, QRect(self.edges[at], top, self.edges[at + 1] - self.edges[at], px(HEAD) - top), column.title, bold=True)
            number = QRect(self.edges[at], px(HEAD), self.edges[at + 1] - self.edges[at], px(NUMBERS))
            self._cell(painter, number, str(at + 1), bold=False)
        painter.setPen(QPen(self._theme.colour("line_strong"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if grouped:
            left, right = self.edges[grouped[0]], self.edges[grouped[-1] + 1]
            self._cell(painter, QRect(left, 0, right - left, half), self._columns[grouped[0]].group, bold=True)

    def _cell(self, painter: QPainter, area: QRect, text: str, *, bold: bool) -> None:
        painter.setPen(QPen(self._theme.colour("line_strong"), 1))
        painter.drawRect(area.adjusted(0, 0, -1 if area.right() >= self.width() - 1 else 0, 0))
        painter.setFont(self._theme.font(bold=bold))
        painter.setPen(self._theme.colour("text" if bold else "text_muted"))
        painter.drawText(area.adjusted(3, 0, -3, 0), int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), text)


class BookDelegate(QStyledItemDelegate):
    """Paints a cell of the book: two lines of text at most, struck through where the line is void."""

    def __init__(self, theme: Theme, columns: tuple[BookColumn, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._columns = theme, columns

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a line of the book."""
        del option, index
        return QSize(0, self._theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        theme, look = self._theme, index.data(LOOK_ROLE) or PLAIN
        assert isinstance(look, CellLook)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, theme.colour("selection"))
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        if index.column() == 0:
            painter.drawLine(option.rect.topLeft(), option.rect.bottomLeft())
        font = theme.font()
        font.setStrikeOut(look.struck)
        painter.setFont(font)
        inverted = chosen and theme.name == "high_contrast"
        painter.setPen(theme.colour("on_selection" if inverted else "text_muted" if look.struck else look.tone))
        across = Qt.AlignmentFlag.AlignHCenter if self._columns[index.column()].centred else Qt.AlignmentFlag.AlignLeft
        flags = int(across) | int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        area = QRectF(option.rect).adjusted(theme.px(6), 1, -theme.px(4), -1)
        painter.setClipRect(area)
        painter.drawText(area, flags, two_lines(painter.fontMetrics(), str(index.data() or ""), round(area.width())))
        painter.restore()


def two_lines(metrics: QFontMetrics, text: str, width: int) -> str:
    """Return a text that fits two lines of a cell: two given lines are cut each, one long one is cut at the end."""
    first, parted, second = text.partition("\n")
    if parted:
        return "\n".join(metrics.elidedText(part, Qt.TextElideMode.ElideRight, width) for part in (first, second))
    flags = int(Qt.TextFlag.TextWordWrap)
    while metrics.boundingRect(0, 0, width, 1000, flags, text).height() > 2 * metrics.lineSpacing() + 1 and len(text) > 2:
        text = text.rstrip("…").rsplit(" ", 1)[0].rstrip(" ,") + "…" if " " in text else text[: len(text) // 2] + "…"
    return text


class BookSheet(QWidget):
    """Head and lines together; ``table`` is the view of the lines."""

    def __init__(self, theme: Theme, columns: tuple[BookColumn, ...], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._columns = theme, columns
        self.head = BookHead(theme, columns)
        self.table = QTableView()
        self.table.setAccessibleName(name)
        self.table.setItemDelegate(BookDelegate(theme, columns, self.table))
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().hide()
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.table, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the columns."""
        super().resizeEvent(event)
        self.share_out()

    def share_out(self) -> None:
        """Give every column its share of the width, to the pixel."""
        whole = sum(column.share for column in self._columns)
        width = self.table.viewport().width()
        edges, seen = [0], 0
        for at, column in enumerate(self._columns):
            seen += column.share
            edges.append(round(width * seen / whole))
            if self.table.model() is not None:
                self.table.setColumnWidth(at, edges[-1] - edges[-2])
        self.head.edges = tuple(edges)
        self.head.update()
