"""A page of a bound register on the screen: exactly the printed columns with their numbers, grid lines and struck lines."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.theme import Theme
from ui.widgets.rows import LOOK_ROLE, PLAIN, CellLook
from ui.widgets.sheet import Column

HEAD, NUMBERS, LEAST_ROW, MOST_ROW = 77, 24, 36, 56
SQUEEZE = 40
"""How much narrower than drawn the columns may all together become before the sheet scrolls."""
SIDE, GAP, GROUP, MOST_HIGH = 3, 6, 30, 10_000
"""Room beside a title, above and below it, of the title of a group, and for measuring one."""
TITLE = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
ACROSS = {"left": Qt.AlignmentFlag.AlignLeft, "centre": Qt.AlignmentFlag.AlignHCenter, "right": Qt.AlignmentFlag.AlignRight}
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class BookColumn:
    """One printed column: title, share of the width, how its cells stand (left, centre, right), and the group it stands under."""

    title: str
    share: int
    align: str = "left"
    group: str = ""


class BookHead(QWidget):
    """The head of the page: titles, the group over some of them, and the column numbers 1 to n."""

    def __init__(self, theme: Theme, columns: tuple[BookColumn, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._columns = theme, columns
        self.edges: tuple[int, ...] = ()
        self._high = theme.px(HEAD)
        self.setFixedHeight(self._high + theme.px(NUMBERS))

    def show_columns(self, columns: tuple[BookColumn, ...]) -> None:
        """Head another register."""
        self._columns, self.edges = columns, ()
        self.update()

    def show_edges(self, edges: tuple[int, ...]) -> None:
        """Stand the columns at these edges, as high as the longest title needs there."""
        self.edges = edges
        theme, metrics = self._theme, QFontMetrics(self._theme.font(bold=True))
        needed = [theme.px(HEAD)]
        for at, column in enumerate(self._columns):
            _, width = self._span(at, at)
            words = metrics.boundingRect(QRect(0, 0, width - 2 * SIDE, MOST_HIGH), TITLE, column.title)
            needed.append(words.height() + theme.px(GAP) + (theme.px(GROUP) if column.group else 0))
        self._high = max(needed)
        self.setFixedHeight(self._high + theme.px(NUMBERS))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frames and words."""
        del event
        if not self.edges:
            return
        painter, px = QPainter(self), self._theme.px
        painter.fillRect(self.rect(), self._theme.colour("window"))
        high = self._high
        painter.fillRect(0, high, self.width(), px(NUMBERS), self._theme.colour("surface"))
        painter.setPen(QPen(self._theme.colour("line_strong"), 1))
        grouped = [at for at, column in enumerate(self._columns) if column.group]
        half = px(GROUP)
        for at, column in enumerate(self._columns):
            top = half if column.group else 0
            left, width = self._span(at, at)
            self._cell(painter, QRect(left, top, width, high - top), column.title, bold=True)
            self._cell(painter, QRect(left, high, width, px(NUMBERS)), str(at + 1), bold=False)
        painter.setPen(QPen(self._theme.colour("line_strong"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if grouped:
            left, width = self._span(grouped[0], grouped[-1])
            self._cell(painter, QRect(left, 0, width, half), self._columns[grouped[0]].group, bold=True)

    def _span(self, first: int, last: int) -> tuple[int, int]:
        """Return left edge and width of columns; each begins on the line that closes the one before."""
        left = max(self.edges[first] - 1, 0)
        return left, self.edges[last + 1] - left - 1

    def _cell(self, painter: QPainter, area: QRect, text: str, *, bold: bool) -> None:
        painter.setPen(QPen(self._theme.colour("line_strong"), 1))
        painter.drawRect(area)
        painter.setFont(self._theme.font(bold=bold))
        painter.setPen(self._theme.colour("text" if bold else "text_muted"))
        painter.drawText(area.adjusted(SIDE, 0, -SIDE, 0), TITLE, text)


class BookDelegate(QStyledItemDelegate):
    """Paints a cell of the book: two lines of text at most, struck through where the line is void."""

    def __init__(self, theme: Theme, columns: tuple[BookColumn, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.columns = theme, columns

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a line of the book."""
        del option, index
        return QSize(0, self._theme.px(LEAST_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        theme, look = self._theme, index.data(LOOK_ROLE) or PLAIN
        assert isinstance(look, CellLook)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, theme.colour("selection"))
        self._paint_lines(painter, option.rect, first=index.column() == 0)
        font = theme.font()
        font.setStrikeOut(look.struck)
        painter.setFont(font)
        inverted = chosen and theme.name == "high_contrast"
        painter.setPen(theme.colour("on_selection" if inverted else "text_muted" if look.struck else look.tone))
        align = self.columns[index.column()].align
        flags = int(ACROSS[align]) | int(Qt.AlignmentFlag.AlignVCenter)
        area = QRectF(option.rect).adjusted(theme.px(3 if align == "centre" else 6), 1, -theme.px(6 if align == "right" else 4), -1)
        painter.setClipRect(area.adjusted(0, -1, 0, 1))
        _draw_lines(painter, area.adjusted(0, -1, 0, -1), flags, two_lines(font, str(index.data() or ""), int(area.width())))
        painter.restore()

    def _paint_lines(self, painter: QPainter, area: QRect, *, first: bool) -> None:
        """Draw the line below and the line at the right; the first column has one at the left too."""
        painter.setPen(QPen(self._theme.colour("line_strong"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomRight())
        if first:
            painter.drawLine(area.topLeft(), area.bottomLeft())


def _draw_lines(painter: QPainter, area: QRectF, flags: int, text: str) -> None:
    """Draw lines of text in the middle of an area, as close to each other as it is low: letters are lower than their lines."""
    lines = text.split("\n")
    high = min(float(painter.fontMetrics().lineSpacing()), area.height() / len(lines))
    top = area.top() + (area.height() - high * len(lines)) / 2
    for at, line in enumerate(lines):
        painter.drawText(QRectF(area.left(), top + at * high, area.width(), high), flags | Qt.TextFlag.TextDontClip, line)


def two_lines(font: QFont, text: str, width: int) -> str:
    """Return a text that fits two lines of a cell: two given lines are cut each, one long one is broken once, then cut at the end."""
    metrics = QFontMetrics(font)
    first, parted, second = text.partition("\n")
    if not parted:
        first, second = _broken(font, text, width)
    lines = (metrics.elidedText(part.strip(), Qt.TextElideMode.ElideRight, width) for part in (first, second))
    return "\n".join(line for line in lines if line)


def _broken(font: QFont, text: str, width: int) -> tuple[str, str]:
    """Return what fits the first line, and the rest."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    return text[: line.textLength()], text[line.textLength():]


class BookSheet(QScrollArea):
    """Head and lines together, ``lines`` of them on a full page; ``table`` is the view of the lines.

    A window too narrow for the printed columns scrolls along them; nothing of a column is squeezed away.
    """

    def __init__(self, theme: Theme, columns: tuple[BookColumn, ...], name: str, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._columns, self._lines = theme, columns, lines
        self.head = BookHead(theme, columns)
        self.table = self._make_table(name)
        self._inside = Column()
        self._inside.body.addWidget(self.head)
        self._inside.body.addWidget(self.table, 1)
        self._widen()
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _make_table(self, name: str) -> QTableView:
        theme, table = self._theme, QTableView()
        table.setAccessibleName(name)
        self._delegate = BookDelegate(theme, self._columns, table)
        table.setItemDelegate(self._delegate)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.horizontalHeader().hide()
        table.horizontalHeader().setMinimumSectionSize(1)
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(theme.px(LEAST_ROW))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return table

    def show_columns(self, columns: tuple[BookColumn, ...]) -> None:
        """Show the columns of another register; its lines come next."""
        if columns != self._columns:
            self._columns = self._delegate.columns = columns
            self.head.show_columns(columns)
            self._widen()

    def _widen(self) -> None:
        self._inside.setMinimumWidth(self._theme.px(sum(column.share for column in self._columns) - SQUEEZE))

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show the lines of a model; moving along a line scrolls to its column."""
        self.table.setModel(model)
        self.table.selectionModel().currentColumnChanged.connect(self._follow_column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the columns."""
        super().resizeEvent(event)
        self.share_out()

    def share_out(self) -> None:
        """Give every column its share of the width, to the pixel, and every line its share of the height."""
        px, high = self._theme.px, self.table.viewport().height() // self._lines
        self.table.verticalHeader().setDefaultSectionSize(min(max(high, px(LEAST_ROW)), px(MOST_ROW)))
        whole = sum(column.share for column in self._columns)
        width = self.table.viewport().width()
        edges, seen = [0], 0
        for at, column in enumerate(self._columns):
            seen += column.share
            edges.append(round(width * seen / whole))
            if self.table.model() is not None:
                self.table.setColumnWidth(at, edges[-1] - edges[-2])
        self.head.show_edges(tuple(edges))

    def _follow_column(self, now: QModelIndex) -> None:
        if now.isValid():
            left, right = self.head.edges[now.column()], self.head.edges[now.column() + 1]
            self.ensureVisible((left + right) // 2, 0, (right - left) // 2 + 1, 0)
