"""One of a few ways, all of them seen: one tab stop, arrows move the choice. What its parts look like is the business of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLayout, QWidget

from ui.theme import Theme

HEIGHT, PADDING = 36, 12
T = TypeVar("T")
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class ChoicePart(QAbstractButton):
    """One part; only the chosen one is a tab stop. Each kind paints its own."""

    def __init__(self, owner: Choices[Any], theme: Theme, text: str) -> None:
        super().__init__(owner)
        self._owner, self._theme = owner, theme
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.toggled.connect(self._take_tab_stop)

    def sizeHint(self) -> QSize:
        """Return the room for the word in its heavier weight, so that nothing moves when it is chosen."""
        width = QFontMetricsF(self._theme.font(bold=True)).horizontalAdvance(self.text())
        return QSize(round(width) + 2 * self._theme.px(PADDING), self._theme.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose the neighbour."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._owner.step(step)

    def _take_tab_stop(self, chosen: bool) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        self._owner.update()


class Choices(QWidget, Generic[T]):
    """The parts and the values behind them. ``chosen`` carries the value of the part that was taken by hand."""

    chosen = Signal(object)
    part: type[ChoicePart] = ChoicePart
    """What a part is made of."""

    def __init__(self, theme: Theme, name: str, options: Sequence[tuple[str, T]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._values = [value for _, value in options]
        self._group = QButtonGroup(self)
        self.setAccessibleName(name)
        room = self._room()
        for at, (text, _) in enumerate(options):
            part = self.part(self, theme, text)
            self._group.addButton(part, at)
            room.addWidget(part)
        self._group.idClicked.connect(self._tell)
        self._check(0)

    @property
    def value(self) -> T:
        """The value of the chosen part."""
        return self._values[self._group.checkedId()]

    def choose(self, value: T) -> None:
        """Choose a part without telling anyone."""
        self._check(self._values.index(value))

    def step(self, direction: int) -> None:
        """Choose the neighbour, as an arrow key does."""
        at = min(max(self._group.checkedId() + direction, 0), len(self._values) - 1)
        if at != self._group.checkedId():
            self._check(at)
            self._group.button(at).setFocus(Qt.FocusReason.TabFocusReason)
            self._tell(at)

    def _room(self) -> QLayout:
        """Return the layout that the parts stand in."""
        raise NotImplementedError

    def _check(self, at: int) -> None:
        self._group.button(at).setChecked(True)
        self.setFocusProxy(self._group.button(at))
        self.update()

    def _tell(self, at: int) -> None:
        self.setFocusProxy(self._group.button(at))
        self.update()
        self.chosen.emit(self._values[at])
