"""The suggestion list: it hangs under a field, takes no focus, and leaves the input method alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyleOptionViewItem

from ui.theme import Theme
from ui.widgets.items import ITEM_ROLE, ItemDelegate, ItemsModel

_Index = QModelIndex | QPersistentModelIndex
ROW, MOST = 36, 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line: the text, a muted detail at the right, and the value that is handed on when it is taken."""

    text: str
    detail: str
    value: object


def suggestion_model(parent: QObject) -> ItemsModel[Suggestion]:
    """Return an empty model of suggestions."""
    return ItemsModel[Suggestion](lambda item: item.text, lambda item: f"{item.text}, {item.detail}", parent)


class SuggestionDelegate(ItemDelegate):
    """Paints text at the left, detail at the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(theme, ROW, parent)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the line; the detail is never cut, the text is."""
        item: Suggestion = index.data(ITEM_ROLE)
        theme = self._theme
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, theme.colour("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.colour("hover"))
        painter.setFont(theme.font())
        area = option.rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        detail = painter.fontMetrics().horizontalAdvance(item.detail)
        painter.setPen(theme.colour("on_selection" if chosen else "text_muted"))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, item.detail)
        painter.setPen(theme.colour("on_selection" if chosen else "text"))
        room = area.width() - detail - theme.px(16)
        text = painter.fontMetrics().elidedText(item.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


class SuggestionList(QListView):
    """A list of suggestions for a field: arrows move in it, Enter takes, Esc puts it away; typing goes on undisturbed.

    Nothing is ever completed inside the field, which would break the composition of Vietnamese input methods.
    ``taken`` carries the value of the suggestion.
    """

    taken = Signal(object)

    def __init__(self, theme: Theme, field: QLineEdit, *, width: int = 440) -> None:
        super().__init__(field.window())
        self._theme, self._field, self._width = theme, field, width
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setProperty("kind", "suggestions")
        self.setAccessibleName(field.accessibleName())
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._offered = suggestion_model(self)
        self.setModel(self._offered)
        self.setItemDelegate(SuggestionDelegate(theme, self))
        self.clicked.connect(self._take)
        field.installEventFilter(self)

    def offer(self, items: Sequence[Suggestion]) -> None:
        """Show these under the field, the first one chosen; none puts the list away."""
        self._offered.show_items(items)
        if not items or not self._field.hasFocus():
            self.hide()
            return
        self.setCurrentIndex(self._offered.index(0))
        self._place(len(items))
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that move in the list; leave all others to the field."""
        if watched is self._field and self.isVisible():
            if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
                self.hide()
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._handle(event)
            elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _handle(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            at = (self.currentIndex().row() + step) % self._offered.rowCount()
            self.setCurrentIndex(self._offered.index(at))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._take(self.currentIndex())
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.hide()
        return False

    def _take(self, index: QModelIndex) -> None:
        item: Suggestion = index.data(ITEM_ROLE)
        self.hide()
        self.taken.emit(item.value)

    def _place(self, count: int) -> None:
        px = self._theme.px
        height = min(count, MOST) * px(ROW) + 2 * px(4) + 2
        width = max(self._field.width(), px(self._width))
        below = self._field.mapToGlobal(QPoint(0, self._field.height() + 2))
        screen: QRect = self._field.screen().availableGeometry()
        top = below.y() if below.y() + height <= screen.bottom() else self._field.mapToGlobal(QPoint(0, 0)).y() - height - 2
        left = min(below.x(), screen.right() - width)
        self.setGeometry(QRect(left, top, width, height))
