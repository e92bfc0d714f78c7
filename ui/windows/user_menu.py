"""The menu of the person at the desk: looks, language, password, lock, log out. Made from the action table."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ui.actions import ACTION_BY_ID
from ui.theme import Theme

THEMES = ("theme_system", "theme_light", "theme_dark", "theme_high_contrast")
REST = (
    "text_larger", "text_smaller", "language", "", "notices", "print_queue", "numbers", "cash", "keys", "", "sign_papers",
    "check_signatures", "", "go_admin", "trail", "update_catalogue", "update_calendar", "settings", "", "password", "lock", "log_out")


class UserMenu(QMenu):
    """``asked`` carries the id of the action that was chosen."""

    asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._modes = QActionGroup(self)
        for action_id in THEMES:
            entry = self._add(action_id)
            entry.setCheckable(True)
            self._modes.addAction(entry)
        self.addSeparator()
        for action_id in REST:
            if action_id:
                self._add(action_id)
            else:
                self.addSeparator()
        self.triggered.connect(self._tell)
        self.aboutToShow.connect(self._mark)

    def _add(self, action_id: str) -> QAction:
        action = ACTION_BY_ID[action_id]
        key = f"\t{action.keys[0]}" if action.keys else ""
        entry = self.addAction(action.title + key)
        entry.setData(action_id)
        return entry

    def _mark(self) -> None:
        for entry in self._modes.actions():
            entry.setChecked(entry.data() == f"theme_{self._theme.mode}")

    def _tell(self, entry: QAction) -> None:
        self.asked.emit(str(entry.data()))
