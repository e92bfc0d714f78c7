"""What all dialogs share: they look like the desk, close with Esc, open the manual with F1, and are freed when they are closed."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPaintEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.help import topics
from ui.theme import Theme
from ui.widgets.buttons import DeskButton
from ui.widgets.flow import FlowLayout
from ui.widgets.sheet import Column, label, paint_sheet

LEAST_LIST, MARGIN = 106, 24
"""A list with its head and two rows, and what a dialog leaves free of the height of the window."""


@runtime_checkable
class TakesScans(Protocol):
    """A dialog that waits for scans; without this a scan goes nowhere while a dialog covers the desk."""

    def take_scan(self, text: str) -> None:
        """Take what a reader read."""


class DeskDialog(QDialog):
    """A dialog with a title line, a ``body`` and the buttons at the bottom, the main one first."""

    def __init__(self, theme: Theme, title: str, parent: QWidget, *, width: int = 560) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._widest = parent.window().width() - theme.px(32)
        self.setMinimumWidth(min(theme.px(width), self._widest))
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        column.setSpacing(theme.px(16))
        room = self.minimumWidth() - 2 * theme.px(24)
        column.addWidget(label(theme, title, kind="title", wrap=QFontMetrics(theme.font("title")).horizontalAdvance(title) > room))
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(10))
        column.addLayout(self.body, 1)
        self._buttons = FlowLayout(theme.px(8))
        column.addLayout(self._buttons)
        QShortcut(QKeySequence(Qt.Key.Key_F1), self).activated.connect(self._ask_for_help)

    def add_button(self, button: DeskButton) -> None:
        """Add a button after those that are there already; where the window has no room for them side by side, they take two lines."""
        self._buttons.addWidget(button)
        needed = self._buttons.sizeHint().width() + 2 * self.theme.px(24)
        self.setMinimumWidth(max(self.minimumWidth(), min(needed, self._widest)))

    def list_height(self, wanted: int, beside: int) -> int:
        """Return the least height of a list, where the rest needs ``beside`` (both at 100 %): in a low window it gives way first."""
        px = self.theme.px
        return max(px(LEAST_LIST), min(px(wanted), _lowest_window(self).height() - px(beside + MARGIN)))

    def showEvent(self, event: QShowEvent) -> None:
        """Be no higher than the window: buttons below its edge are out of reach."""
        super().showEvent(event)
        self.resize(self.width(), min(self.height(), _lowest_window(self).height() - self.theme.px(MARGIN)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Come back into the window where growing led out of it."""
        super().resizeEvent(event)
        window, own = _lowest_window(self).frameGeometry(), self.frameGeometry()
        if self.isVisible() and not window.top() <= own.top() <= own.bottom() <= window.bottom():
            self._lie_over(window)

    def _lie_over(self, window: QRect) -> None:
        """Lie in the middle of a window."""
        self.move(window.center() - self.rect().center())

    def event(self, event: QEvent) -> bool:
        """Grow when a sentence came that needs more lines: a layout by itself gives it the room of the fields."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            most = _lowest_window(self).height() - self.theme.px(48)
            wanted = min(self._column.totalMinimumHeightForWidth(self.width()), most)
            if wanted > self.height():
                self.resize(self.width(), wanted)
        return done

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lie on a white sheet with a thin frame."""
        paint_sheet(self, self.theme, event)

    def _ask_for_help(self) -> None:
        topics.ask(self)


class ScrollingDialog(DeskDialog):
    """A dialog whose fields may need more room than the window has: what stands ``inside`` the ``area`` scrolls then."""

    def __init__(self, theme: Theme, title: str, parent: QWidget, *, width: int = 560) -> None:
        super().__init__(theme, title, parent, width=width)
        self._over = parent
        self.inside = Column(theme.px(10))
        self.area = QScrollArea()
        self.area.setWidget(self.inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setMinimumHeight(theme.px(60))

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the fields need: now they know."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Be as high as the fields need, and scroll where the window is lower."""
        if not self.isVisible():
            return
        for layout in (self.inside.body, self._column):
            layout.activate()
        around = _needed(self._column, self.width()) - max(self.area.sizeHint().height(), self.area.minimumHeight())
        wanted = around + _needed(self.inside.body, self.area.viewport().width()) + self.theme.px(4)
        lowest = _lowest_window(self._over)
        self.resize(self.width(), min(wanted, lowest.height() - self.theme.px(48)))
        self._lie_over(lowest.frameGeometry())


def _lowest_window(part: QWidget) -> QWidget:
    """Return the window that everything lies over: a dialog over a small dialog may be as high as the desk."""
    window = part.window()
    while (below := window.parentWidget()) is not None:
        window = below.window()
    return window


def _needed(layout: QLayout, width: int) -> int:
    """Return the height that a layout needs at a width: its sentences are wrapped there."""
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
