"""Lists of frozen items: one model for all of them, and a delegate whose rows have one height."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import Theme

Item = TypeVar("Item")
_Index = QModelIndex | QPersistentModelIndex
ITEM_ROLE = int(Qt.ItemDataRole.UserRole)
"""The role under which the whole item is handed to a delegate."""


class ItemsModel(QAbstractListModel, Generic[Item]):
    """Shows items; ``text`` is what is read in a row, ``spoken`` all of it, for those who listen."""

    def __init__(self, text: Callable[[Item], str], spoken: Callable[[Item], str], parent: QObject) -> None:
        super().__init__(parent)
        self._text, self._spoken = text, spoken
        self.items: Sequence[Item] = ()

    def show_items(self, items: Sequence[Item]) -> None:
        """Replace all items."""
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Return how many items there are."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text, all the words, or the item itself."""
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(item)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._spoken(item)
        return item if role == ITEM_ROLE else None


class ItemDelegate(QStyledItemDelegate):
    """The beginning of a delegate that paints an item of its own kind; ``height`` is the design's, at 100 %."""

    def __init__(self, theme: Theme, height: int, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._height = theme, height

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a row."""
        del option, index
        return QSize(0, self._theme.px(self._height))
