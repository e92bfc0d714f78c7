"""The menu of the person at the desk: looks, language, password, lock, log out. Made from the action table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ui.actions import ACTION_BY_ID
from ui.theme import Theme

THEMES = ("theme_system", "theme_light", "theme_dark", "theme_high_contrast")
LOOKS = ("text_larger", "text_smaller", "", "language")
REST = (
    "notices", "print_queue", "numbers", "cash", "keys", "", "sign_papers",
    "check_signatures", "", "go_admin", "trail", "update_catalogue", "update_calendar", "settings", "", "password", "lock", "log_out")


class UserMenu(QMenu):
    """``asked`` carries the id of the action that was chosen. Looks and language stand one step further: all of it fits a small screen."""

    asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._modes = QActionGroup(self)
        looks = self.addMenu(self.tr("Looks and language"))
        for entry in self._add(looks, THEMES):
            entry.setCheckable(True)
            self._modes.addAction(entry)
        looks.addSeparator()
        self._add(looks, LOOKS)
        self.addSeparator()
        self._add(self, REST)
        self.triggered.connect(self._tell)
        self.aboutToShow.connect(self._mark)

    @staticmethod
    def _add(menu: QMenu, action_ids: Sequence[str]) -> list[QAction]:
        """Put actions into a menu, a line where an id is empty; return them."""
        entries = []
        for action_id in action_ids:
            if not action_id:
                menu.addSeparator()
                continue
            action = ACTION_BY_ID[action_id]
            key = f"\t{action.keys[0]}" if action.keys else ""
            entries.append(menu.addAction(action.title + key))
            entries[-1].setData(action_id)
        return entries

    def _mark(self) -> None:
        for entry in self._modes.actions():
            entry.setChecked(entry.data() == f"theme_{self._theme.mode}")

    def _tell(self, entry: QAction) -> None:
        self.asked.emit(str(entry.data()))
