"""The menu of the chosen pages: everything that the keys do to them, for who works with the pointer."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ui.actions import ACTION_BY_ID
from ui.pages.base import Page

_ACTS = ("turn_pages", "delete_pages", "clean_pages", "show_blank", "", "split_set", "merge_set", "assign_set", "papers_of_set",
         "describe_set", "", "insert_pages", "insert_files", "replace_pages", "", "move_earlier", "move_later", "undo_scan", "redo_scan",
         "", "separator_sheet")


class PageMenu(QMenu):
    """Made anew each time, and freed when it closes; what is not possible now is faint and says why."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.setToolTipsVisible(True)
        theme = page.context.theme
        for action_id in _ACTS:
            if not action_id:
                self.addSeparator()
                continue
            known, reason = ACTION_BY_ID[action_id], page.why_not(action_id)
            entry = self.addAction(f"{known.title}\t{known.keys[0]}" if known.keys else known.title)
            if known.icon:
                entry.setIcon(theme.icon(known.icon))
            entry.setData(action_id)
            entry.setEnabled(reason is None)
            entry.setToolTip(reason or "")
        self.triggered.connect(self._trigger)
        self.aboutToHide.connect(self.deleteLater)

    def _trigger(self, entry: QAction) -> None:
        self._page.trigger(str(entry.data()))
