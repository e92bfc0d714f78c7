"""The notices of today, for whoever missed a toast."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from ui.dates import short_time
from ui.dialogs.base import DeskDialog
from ui.notices import Notice
from ui.theme import Theme
from ui.widgets.banner import ICONS
from ui.widgets.buttons import SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.rows import LOOK_ROLE, CellLook, DeskTable

_Index = QModelIndex | QPersistentModelIndex


class _NoticesModel(QAbstractTableModel):
    """Hour and text of each notice."""

    def __init__(self, notices: Sequence[Notice], parent: QObject) -> None:
        super().__init__(parent)
        self._notices = notices

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Return how many notices there are."""
        return 0 if parent.isValid() else len(self._notices)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return two: hour and text."""
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the heading of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.tr("Time") if section == 0 else self.tr("Notice")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return hour or text, and how they look."""
        notice = self._notices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return short_time(notice.at) if index.column() == 0 else notice.text
        if role == LOOK_ROLE:
            return CellLook(tone="text_muted") if index.column() == 0 else CellLook(icon=ICONS[notice.kind])
        return None


class NoticesDialog(DeskDialog):
    """The list of notices, the newest first."""

    def __init__(self, theme: Theme, notices: Sequence[Notice], parent: QWidget) -> None:
        super().__init__(theme, QCoreApplication.translate("NoticesDialog", "Earlier notices"), parent, width=720)
        table = DeskTable(theme, self.windowTitle())
        table.setModel(_NoticesModel(notices, self))
        table.set_widths((72, 400), stretch=1)
        table.setMinimumHeight(theme.px(240))
        EmptyState(theme, table, "message", self.tr("Nothing yet. What the desk tells you in passing is kept here."))
        self.body.addWidget(table)
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        close.clicked.connect(self.close)
        self.add_button(close)
