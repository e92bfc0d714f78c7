"""The top bar: which desk this is, the scan field, help, settings, who is logged in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.domain.masking import initials
from ui.actions import ACTION_BY_ID
from ui.theme import Theme
from ui.widgets.badge import Badge, BadgeLook
from ui.widgets.buttons import IconButton
from ui.widgets.person import PersonButton
from ui.widgets.scan_field import ScanField
from ui.widgets.sheet import ElidedLabel, label
from ui.windows.user_menu import UserMenu

if TYPE_CHECKING:
    from counter_app.services.desk.settings import DeskProfile

HEIGHT, SIDE = 56, 272


class TopBar(QWidget):
    """56 high. ``asked`` carries the id of an action from a button or the menu."""

    asked = Signal(str)

    def __init__(self, theme: Theme, profile: DeskProfile, full_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._practice = theme, profile.practice
        self.setFixedHeight(theme.px(HEIGHT))
        self.scan_field = ScanField(theme)
        self.person = PersonButton(theme, full_name, initials(full_name))
        self._menu = UserMenu(theme, self)
        self._menu.asked.connect(self.asked)
        self.person.clicked.connect(self._open_menu)
        self._left = self._who(profile)
        self._right = QWidget()
        right = QHBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.px(2))
        right.addStretch(1)
        for action_id in ("help", "settings"):
            action = ACTION_BY_ID[action_id]
            button = IconButton(theme, action.icon, action.title, role="text_muted")
            button.setProperty("action_id", action_id)
            button.clicked.connect(self._ask)
            right.addWidget(button)
        right.addWidget(self.person)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        line.setSpacing(theme.px(16))
        line.addWidget(self._left, 1)
        line.addWidget(self.scan_field, 4)
        line.addWidget(self._right, 1)
        self.set_narrow(narrow=False)

    def set_narrow(self, narrow: bool) -> None:
        """Give up the name of the person first, then the width of the scan field."""
        px = self._theme.px
        self.person.set_narrow(narrow)
        self._desk.setVisible(not narrow)
        self._left.setMinimumWidth(px(150 if narrow else SIDE))
        self._right.setMinimumWidth(px(120 if narrow else SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar, the line below it (a thick warning line in practice mode), the mark of the commune."""
        del event
        painter, theme = QPainter(self), self._theme
        painter.fillRect(self.rect(), theme.colour("surface"))
        thick = theme.px(3) if self._practice else 1
        painter.fillRect(0, self.height() - thick, self.width(), thick, theme.colour("warning_line" if self._practice else "line"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(theme.px(16), (self.height() - theme.px(24)) // 2, theme.px(4), theme.px(24), 2, 2)

    def _who(self, profile: DeskProfile) -> QWidget:
        left = QWidget()
        line = QHBoxLayout(left)
        line.setContentsMargins(self._theme.px(16), 0, 0, 0)
        line.setSpacing(self._theme.px(8))
        commune = ElidedLabel(profile.commune)
        commune.setFont(self._theme.font("title"))
        commune.show_text(profile.commune)
        commune.setMaximumWidth(commune.sizeHint().width())
        line.addWidget(commune, 1)
        self._desk = label(self._theme, self.tr("Counter {number}").format(number=profile.desk), tone="muted")
        line.addWidget(self._desk)
        if profile.practice:
            line.addWidget(Badge(self._theme, BadgeLook("warning", "alert-triangle", self.tr("Practice"))))
        line.addStretch(0)
        return left

    def _ask(self) -> None:
        self.asked.emit(str(self.sender().property("action_id")))

    def _open_menu(self) -> None:
        corner = self.person.mapToGlobal(QPoint(self.person.width(), self.person.height() + 2))
        self._menu.popup(corner - QPoint(self._menu.sizeHint().width(), 0))
