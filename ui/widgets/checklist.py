"""The checklist of papers: Space ticks, figures set the quantity, left and right choose the column."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ui.models.papers import CHECK, COPY, MOST, NAME, ORIGINAL, PAPER_ROLE, PHOTOCOPY, Paper, PapersModel
from ui.style import draw_ring
from ui.theme import Theme

ROW, HEADER = 36, 26
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
WIDTHS = {CHECK: 48, ORIGINAL: 70, COPY: 70, PHOTOCOPY: 74}
_Index = QModelIndex | QPersistentModelIndex


class ChecklistDelegate(QStyledItemDelegate):
    """Paints a line: box, name with its condition, three quantities; 0 is a dash."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return a row of 36."""
        del option, index
        return QSize(0, self._theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        theme, paper = self._theme, index.data(PAPER_ROLE)
        assert isinstance(paper, Paper)
        painter.save()
        here = index.row() == self._view.currentIndex().row() and self._view.hasFocus()
        if here:
            painter.fillRect(option.rect, theme.colour("hover"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(option.rect.topLeft(), option.rect.topRight())
        if index.column() == CHECK:
            self._paint_box(painter, option, paper, focused=here and self._view.currentIndex().column() <= NAME)
        elif index.column() == NAME:
            self._paint_name(painter, option.rect, paper)
        else:
            self._paint_quantity(painter, option.rect, index, paper)
        painter.restore()

    def _paint_box(self, painter: QPainter, option: QStyleOptionViewItem, paper: Paper, *, focused: bool) -> None:
        size = self._theme.px(20)
        box = QStyleOptionViewItem(option)
        box.rect = QRect(option.rect.left() + self._theme.px(18), option.rect.center().y() - size // 2 + 1, size, size)
        box.state = QStyle.StateFlag.State_Enabled | (QStyle.StateFlag.State_On if paper.ticked else QStyle.StateFlag.State_Off)
        self._view.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, box, painter, self._view)
        if focused:
            draw_ring(self._theme, painter, QRectF(box.rect).adjusted(-3, -3, 3, 3), 6)

    def _paint_name(self, painter: QPainter, area: QRect, paper: Paper) -> None:
        theme = self._theme
        painter.setFont(theme.font())
        tail = f" · {paper_condition(paper)}" if paper_condition(paper) else ""
        metrics = painter.fontMetrics()
        room = area.width() - theme.px(12)
        tail_width = min(metrics.horizontalAdvance(tail), room // 2)
        name = metrics.elidedText(paper.name, Qt.TextElideMode.ElideRight, room - tail_width)
        painter.setPen(theme.colour("text"))
        left = area.adjusted(theme.px(4), 0, 0, 0)
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(theme.colour("text_muted"))
        left.setLeft(left.left() + metrics.horizontalAdvance(name))
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(tail, Qt.TextElideMode.ElideRight, left.width()))

    def _paint_quantity(self, painter: QPainter, area: QRect, index: _Index, paper: Paper) -> None:
        theme, px = self._theme, self._theme.px
        painter.setFont(theme.font())
        if paper.shown_only:
            self._paint_seen(painter, area, index.column(), paper)
            return
        number = str(index.data())
        box = QRectF(area.center().x() - px(18), area.center().y() - px(13) + 1, px(36), px(26))
        current = self._view.currentIndex()
        focused = self._view.hasFocus() and (index.row(), index.column()) == (current.row(), current.column())
        if number != "0" or focused:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("focus" if focused else "line_strong"), 2 if focused else 1))
            painter.setBrush(theme.colour("surface"))
            painter.drawRoundedRect(box, px(4), px(4))
        painter.setPen(theme.colour("text" if number != "0" else "text_muted"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, number if number != "0" else "–")

    def _paint_seen(self, painter: QPainter, area: QRect, column: int, paper: Paper) -> None:
        """Write when a paper was seen, across the three columns."""
        if column == COPY and paper.seen_at:
            wide = self._theme.px(WIDTHS[COPY])
            painter.setPen(self._theme.colour("text_muted"))
            words = QCoreApplication.translate("Checklist", "seen at {time}").format(time=paper.seen_at)
            painter.drawText(area.adjusted(-wide, 0, wide, 0), Qt.AlignmentFlag.AlignCenter, words)


def paper_condition(paper: Paper) -> str:
    """Return the muted words after a name: how it is given, or when it is asked for."""
    if paper.condition:
        return paper.condition
    if paper.shown_only:
        return QCoreApplication.translate("Checklist", "only shown")
    if paper.required:
        return QCoreApplication.translate("Checklist", "handed in")
    return QCoreApplication.translate("Checklist", "if needed")


class Checklist(QTableView):
    """The view over :class:`~ui.models.papers.PapersModel`."""

    def __init__(self, theme: Theme, model: PapersModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._papers, self._typed = theme, model, ""
        self._unrolled = False
        self.setModel(model)
        self.setItemDelegate(ChecklistDelegate(theme, self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        header = self.horizontalHeader()
        header.setProperty("kind", "tight")
        header.setFixedHeight(theme.px(HEADER))
        header.setMinimumSectionSize(theme.px(24))
        header.setSectionsClickable(False)
        for column, width in WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, theme.px(width))
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentChanged.connect(self._moved)

    def sizeHint(self) -> QSize:
        """Return the height of all lines."""
        return QSize(self._theme.px(400), self._theme.px(HEADER) + self._papers.rowCount() * self._theme.px(ROW) + 2)

    def minimumSizeHint(self) -> QSize:
        """Two lines stay to be seen; unrolled, all of them."""
        least = self.sizeHint().height() if self._unrolled else 0
        return QSize(self._theme.px(240), max(self._theme.px(HEADER + 2 * ROW), least))

    def set_unrolled(self, unrolled: bool) -> None:
        """Take the room of all lines, where something around this scrolls."""
        self._unrolled = unrolled
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, figures count, arrows move, Enter and Tab go on."""
        index = self.currentIndex()
        if not (index.isValid() and (self._count(event, index) or self._move(event, index))):
            if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.focusNextPrevChild(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            else:
                super().keyPressEvent(event)

    def _count(self, event: QKeyEvent, index: QModelIndex) -> bool:
        """Tick, type a figure or take a quantity away; tell whether the key was one for that."""
        if event.key() == Qt.Key.Key_Space:
            self._papers.tick(index.row())
        elif event.text().isascii() and event.text().isdigit():
            self._type(event.text())
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and index.column() >= ORIGINAL:
            self._typed = ""
            self._papers.set_quantity(index.row(), index.column(), 0)
        else:
            return False
        return True

    def _move(self, event: QKeyEvent, index: QModelIndex) -> bool:
        """Step between the name and the quantities; tell whether the key did."""
        if event.key() == Qt.Key.Key_Right and index.column() < ORIGINAL:
            self.setCurrentIndex(index.siblingAtColumn(ORIGINAL))
        elif event.key() == Qt.Key.Key_Left and index.column() == ORIGINAL:
            self.setCurrentIndex(index.siblingAtColumn(CHECK))
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on box or name ticks; one on a quantity adds one."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        if index.column() < ORIGINAL:
            self._papers.tick(index.row())
        else:
            self._papers.set_quantity(index.row(), index.column(), (self._papers.quantity(index.row(), index.column()) + 1) % 10)

    def _type(self, figure: str) -> None:
        """Figures typed one after another make one number; on box or name they count originals."""
        index = self.currentIndex()
        column = max(index.column(), ORIGINAL)
        number = int(self._typed + figure)
        self._typed = self._typed + figure if number <= MOST else figure
        self._papers.set_quantity(index.row(), column, int(self._typed))
        if index.column() != column:
            typed = self._typed
            self.setCurrentIndex(index.siblingAtColumn(column))
            self._typed = typed

    def _moved(self) -> None:
        self._typed = ""
        self.viewport().update()
