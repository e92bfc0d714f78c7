"""A table of a report: grouped heads, rows of 27 so that the whole form is seen at once, one cell chosen at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QTableView, QWidget

from counter_app.services.reports.values import WORDS, groups_of, kind_of, title_on_screen
from ui.models.report_lines import ReportLinesModel
from ui.style import draw_ring
from ui.theme import Theme
from ui.widgets.rows import PADDING, RowDelegate

ROW, GROUP = 27, 28
TEXT_LEAST = 120
PER_MM = 4.3
"""Pixels for a millimetre of the printed column."""
_Index = QModelIndex | QPersistentModelIndex


class _Head(QHeaderView):
    """Titles in one line or two, the names of their groups above."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    @property
    def _lines(self) -> ReportLinesModel:
        model = self.model()
        assert isinstance(model, ReportLinesModel)
        return model

    @property
    def grouped(self) -> bool:
        """Whether any column stands under a group."""
        return any("group" in column for column in self._lines.table.columns)

    def sizeHint(self) -> QSize:
        """Return the room for groups and the longest title."""
        metrics = QFontMetrics(self._theme.font())
        most = max(self._title_area(metrics, at).height() for at in range(self.count())) if self.count() else 0
        return QSize(0, self._theme.px(GROUP if self.grouped else 0) + most + self._theme.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw groups, titles and the lines between groups."""
        del event
        painter, theme, px = QPainter(self.viewport()), self._theme, self._theme.px
        painter.fillRect(self.viewport().rect(), theme.colour("surface"))
        top = px(GROUP) if self.grouped else 0
        for title, first, after in groups_of(self._lines.table.columns, "screen_group"):
            left, right = self.sectionViewportPosition(first), self._right(after - 1)
            if title:
                painter.setFont(theme.font(bold=True))
                painter.setPen(theme.colour("text"))
                painter.drawText(QRect(left, 0, right - left, top), Qt.AlignmentFlag.AlignCenter, title)
            if first and self.grouped:
                painter.setPen(QPen(theme.colour("line"), 1))
                painter.drawLine(left, 0, left, self.height())
            painter.setFont(theme.font())
            painter.setPen(theme.colour("text_muted"))
            for at in range(first, after):
                self._paint_title(painter, at, top)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(0, self.height() - 1, self.viewport().width(), self.height() - 1)

    def _paint_title(self, painter: QPainter, at: int, top: int) -> None:
        column = self._lines.table.columns[at]
        across = Qt.AlignmentFlag.AlignLeft if kind_of(column) in WORDS else Qt.AlignmentFlag.AlignRight
        area = QRect(self.sectionViewportPosition(at), top, self.sectionSize(at), self.height() - top)
        pad = self._theme.px(PADDING)
        flags = int(across) | int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(area.adjusted(pad, 0, -pad, 0), flags, title_on_screen(column))

    def _title_area(self, metrics: QFontMetrics, at: int) -> QRect:
        room = QRect(0, 0, max(1, self.sectionSize(at) - 2 * self._theme.px(PADDING)), 1000)
        return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), title_on_screen(self._lines.table.columns[at]))

    def _right(self, at: int) -> int:
        return self.sectionViewportPosition(at) + self.sectionSize(at)


class _Cells(RowDelegate):
    """Paints a figure, the lines between groups, the line above the total, and the ring of the chosen cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        model = index.model()
        assert isinstance(model, ReportLinesModel)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        option.state &= ~QStyle.StateFlag.State_Selected
        super().paint(painter, option, index)
        painter.save()
        columns, at = model.table.columns, index.column()
        if at and columns[at].get("group") != columns[at - 1].get("group"):
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.drawLine(option.rect.topLeft(), option.rect.bottomLeft())
        if model.table.total is not None and index.row() == model.rowCount() - 1:
            painter.setPen(QPen(self._theme.colour("line_strong"), 1))
            painter.drawLine(option.rect.topLeft(), option.rect.topRight())
        if chosen:
            draw_ring(self._theme, painter, option.rect.toRectF(), 3)
        painter.restore()


class ReportSheet(QTableView):
    """As high as its lines: the page scrolls, not the table. ``opened`` carries the model and the index of the cell."""

    opened = Signal(object, object)

    def __init__(self, theme: Theme, name: str, model: ReportLinesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setHorizontalHeader(_Head(theme, self))
        self.setItemDelegate(_Cells(theme, self))
        self.setModel(model)
        model.setParent(self)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.px(ROW))
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.doubleClicked.connect(self._open)
        self._share_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the dossiers of the cell; PgUp and PgDn are the page's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._open(self.currentIndex())
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Cut no words while figures have more than they need; where even the least doesn't fit, the table scrolls along.

        With room left every title stands in one line, and words get about four times as much of the rest as figures.
        """
        columns, px = self.lines.table.columns, self._theme.px
        metrics = QFontMetrics(self._theme.font())
        bare = [self._least(at, column, metrics) for at, column in enumerate(columns)]
        said = [max(width, self._longest(at, column, metrics)) for at, (width, column) in enumerate(zip(bare, columns, strict=True))]
        room = self.viewport().width()
        fits = sum(said) <= room
        least = next((each for each in (self._titled(said, metrics), said) if sum(each) <= room), bare)
        weights = [40 if kind_of(column) == "text" and "width" not in column else 10 if fits else 0 for column in columns]
        spare = max(0, room - sum(least))
        for at, width in enumerate(least):
            self.setColumnWidth(at, width + spare * weights[at] // max(1, sum(weights)))
        last = len(columns) - 1
        self.setColumnWidth(last, max(least[last], room - self.columnViewportPosition(last)))
        head = self.horizontalHeader().sizeHint().height()
        self.horizontalHeader().setFixedHeight(head)
        bar = self.horizontalScrollBar().sizeHint().height() if sum(least) > room else 0
        self.setFixedHeight(head + self.lines.rowCount() * px(ROW) + bar + 2)

    def _least(self, at: int, column: Mapping[str, Any], metrics: QFontMetrics) -> int:
        """Return the least width of a column: what paper gives it, room for some words, or its figures under the words of its title."""
        if "width" in column:
            return self._theme.px(column["width"] * PER_MM)
        if kind_of(column) in WORDS:
            return self._theme.px(TEXT_LEAST)
        bold = QFontMetrics(self._theme.font(bold=True))
        figures = (str(self.lines.index(line, at).data()) for line in range(self.lines.rowCount()))
        widest = max((bold.horizontalAdvance(figure) for figure in figures), default=0)
        words = max(metrics.horizontalAdvance(word) for word in title_on_screen(column).split())
        return max(widest, words) + 2 * self._theme.px(PADDING) + 2

    def _longest(self, at: int, column: Mapping[str, Any], metrics: QFontMetrics) -> int:
        """Return the width in which no entry of a column of words is cut; 0 for any other."""
        if kind_of(column) not in WORDS:
            return 0
        bold = QFontMetrics(self._theme.font(bold=True))
        said = (self.lines.index(line, at) for line in range(self.lines.rowCount()))
        longest = max((max(each.horizontalAdvance(str(index.data() or "")) for each in (metrics, bold)) for index in said), default=0)
        return longest + 2 * self._theme.px(PADDING) + 2

    def _titled(self, widths: Sequence[int], metrics: QFontMetrics) -> list[int]:
        """Return the widths in which every title stands in one line too."""
        titles = (metrics.horizontalAdvance(title_on_screen(column)) for column in self.lines.table.columns)
        return [max(width, title + 2 * self._theme.px(PADDING) + 2) for width, title in zip(widths, titles, strict=True)]

    @property
    def lines(self) -> ReportLinesModel:
        """The model of the table."""
        model = self.model()
        assert isinstance(model, ReportLinesModel)
        return model

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.lines, index)
