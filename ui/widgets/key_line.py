"""The key line: the button bar of the desk. The page's main act, its keys, and the state of the work in four words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.actions import Action
from ui.theme import Theme
from ui.widgets.buttons import DeskButton, PrimaryButton

HEIGHT, MOST_KEYS = 48, 6


@dataclass(frozen=True, slots=True)
class KeyItem:
    """An action on the line; ``why_not`` says in words why it is not possible now, ``busy`` that it is under way: "Writing…"."""

    action: Action
    why_not: str | None = None
    busy: str = ""


class KeyButton(DeskButton):
    """A key with its word; clicked like a button, left out by Tab."""

    padding_px = 8

    def __init__(self, theme: Theme, item: KeyItem, parent: QWidget | None = None) -> None:
        keys = item.action.keys
        super().__init__(theme, item.action.title, key=keys[0] if keys else "", cap_first=True, parent=parent)
        self._possible = item.why_not is None
        self.setToolTip(item.why_not or "")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _roles(self) -> tuple[str, str, str]:
        if not self._possible:
            return "", "", "text_disabled"
        return "hover" if self.underMouse() else "", "", "text"


class MainKey(PrimaryButton):
    """The page's main act, left out by Tab. It looks off where it isn't possible now, and says why when it is clicked all the same."""

    def __init__(self, theme: Theme, item: KeyItem, parent: QWidget | None = None) -> None:
        keys = item.action.keys
        super().__init__(theme, item.busy or item.action.title, key=keys[0] if keys else "", cap_first=True, parent=parent)
        self._possible = item.why_not is None
        self.setEnabled(not item.busy)
        self.setToolTip(item.why_not or "")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _roles(self) -> tuple[str, str, str]:
        return super()._roles() if self._possible else ("sunken", "", "text_disabled")


class KeyLine(QWidget):
    """Primary first, then keys as far as they fit, the rest behind "More"; ``triggered`` carries an action id."""

    triggered = Signal(str)

    def __init__(self, theme: Theme, more: Action, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: dict[str, DeskButton] = {}
        self.setFixedHeight(theme.px(HEIGHT))
        self._keys = QHBoxLayout()
        self._keys.setSpacing(theme.px(8))
        self._more = KeyButton(theme, KeyItem(more))
        self._more.setText(self.tr("More"))
        self._more.clicked.connect(self._trigger)
        self._more.setProperty("action_id", more.id)
        self.state = QHBoxLayout()
        self.state.setSpacing(theme.px(16))
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(8), 0, theme.px(16), 0)
        line.setSpacing(theme.px(8))
        line.addLayout(self._keys)
        line.addWidget(self._more)
        line.addStretch(1)
        line.addLayout(self.state)

    def show_items(self, items: Sequence[KeyItem]) -> None:
        """Show these, the page's main act first."""
        for button in self._buttons.values():
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for at, item in enumerate(items[: MOST_KEYS + 1]):
            button = MainKey(self._theme, item) if at == 0 else KeyButton(self._theme, item)
            button.setProperty("action_id", item.action.id)
            button.setAccessibleName(item.busy or item.action.title)
            button.clicked.connect(self._trigger)
            self._keys.addWidget(button)
            self._buttons[item.action.id] = button
        self._fit()

    def shown(self) -> list[str]:
        """Return the ids that are on the line now."""
        return [action_id for action_id, button in self._buttons.items() if not button.isHidden()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep as many keys as fit."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The line may be as narrow as the window."""
        return QSize(0, self._theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar and the line above it."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))

    def refit(self) -> None:
        """The state beside the keys has another width: see again how many keys fit."""
        self.state.invalidate()  # its layout hears of the new width only with the next event
        self._fit()

    def _fit(self) -> None:
        px = self._theme.px
        room = self.width() - px(24) - px(24) - self.state.sizeHint().width()
        needed = [button.sizeHint().width() + px(8) for button in self._buttons.values()]
        fits = len(needed)
        if sum(needed) > room:
            room -= self._more.sizeHint().width() + px(8)
            while fits > 1 and sum(needed[:fits]) > room:
                fits -= 1
        for at, button in enumerate(self._buttons.values()):
            button.setVisible(at < fits)
        self._more.setVisible(fits < len(needed))

    def _trigger(self) -> None:
        self.triggered.emit(str(self.sender().property("action_id")))
