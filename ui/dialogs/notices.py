"""The notices of today, for whoever missed a toast."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.dates import short_time
from ui.dialogs.base import DeskDialog
from ui.models.rows import Column, RowsModel
from ui.notices import Notice
from ui.theme import Theme
from ui.widgets.banner import ICONS
from ui.widgets.buttons import SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.rows import CellLook, DeskTable


class NoticesDialog(DeskDialog):
    """The list of notices, the newest first."""

    def __init__(self, theme: Theme, notices: Sequence[Notice], parent: QWidget) -> None:
        super().__init__(theme, QCoreApplication.translate("NoticesDialog", "Earlier notices"), parent, width=720)
        table = DeskTable(theme, self.windowTitle())
        model = RowsModel[Notice](self._columns(), self)
        model.show_rows(notices)
        table.setModel(model)
        table.set_widths((72, 400), stretch=1)
        table.setMinimumHeight(theme.px(240))
        EmptyState(theme, table, "message", self.tr("Nothing yet. What the desk tells you in passing is kept here."))
        self.body.addWidget(table)
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        close.clicked.connect(self.close)
        self.add_button(close)

    def _columns(self) -> tuple[Column[Notice], ...]:
        """Return hour and text."""
        return (Column(self.tr("Time"), lambda notice: short_time(notice.at), lambda _: CellLook(tone="text_muted")),
                Column(self.tr("Notice"), lambda notice: notice.text, lambda notice: CellLook(icon=ICONS[notice.kind])))
