"""A line of tabs: words on the desk, the chosen one underlined; arrows move, one tab stop; too many of them wrap."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from ui.style import draw_ring
from ui.theme import Theme
from ui.widgets.flow import FlowLayout

HEIGHT, PADDING, MARK = 36, 12, 3
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class _Tab(QAbstractButton):
    def __init__(self, owner: TabLine, theme: Theme, text: str) -> None:
        super().__init__(owner)
        self._owner, self._theme = owner, theme
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.toggled.connect(self._take_tab_stop)

    def sizeHint(self) -> QSize:
        """Return the room for the word in its heavier weight."""
        wide = QFontMetricsF(self._theme.font(bold=True)).horizontalAdvance(self.text())
        return QSize(round(wide) + 2 * self._theme.px(PADDING), self._theme.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose the neighbour."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._owner.step(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the word and the line under the chosen one."""
        del event
        painter, theme = QPainter(self), self._theme
        painter.setFont(theme.font(bold=self.isChecked()))
        painter.setPen(theme.colour("accent" if self.isChecked() else "text" if self.underMouse() else "text_muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.isChecked():
            painter.fillRect(0, self.height() - theme.px(MARK), self.width(), theme.px(MARK), theme.colour("accent"))
        if self.hasFocus():
            draw_ring(theme, painter, self.rect().toRectF())

    def _take_tab_stop(self, chosen: bool) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        self.update()


class TabLine(QWidget):
    """``chosen`` carries the value of the tab that was taken by hand."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, tabs: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = [value for _, value in tabs]
        self._group = QButtonGroup(self)
        self.setAccessibleName(name)
        line = FlowLayout(0, self)
        for at, (text, _) in enumerate(tabs):
            tab = _Tab(self, theme, text)
            self._group.addButton(tab, at)
            line.addWidget(tab)
        self._group.idClicked.connect(self._tell)
        self._group.button(0).setChecked(True)
        self.setFocusProxy(self._group.button(0))

    @property
    def value(self) -> str:
        """The value of the chosen tab."""
        return self._values[self._group.checkedId()]

    def step(self, direction: int) -> None:
        """Choose the neighbour, as an arrow key does."""
        at = min(max(self._group.checkedId() + direction, 0), len(self._values) - 1)
        if at != self._group.checkedId():
            self._group.button(at).setChecked(True)
            self._group.button(at).setFocus(Qt.FocusReason.TabFocusReason)
            self._tell(at)

    def _tell(self, at: int) -> None:
        self.setFocusProxy(self._group.button(at))
        self.chosen.emit(self._values[at])
