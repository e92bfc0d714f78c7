"""Toasts: a short notice at the bottom right, five seconds or as long as it takes to read, never in the way and never with the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.notices import Notice
from ui.theme import Theme
from ui.widgets.banner import ICONS
from ui.widgets.buttons import LinkButton
from ui.widgets.sheet import IconLabel, label

STAY_MS, LETTER_MS, MOST, WIDTH = 5000, 60, 3, 320
"""A toast stays five seconds at least, a long one so many milliseconds for each letter: what is wrong and what to do can be read."""
EDGE = 12
"""From the right side of the window and from the key line: beside the edges of the sheets, not on them."""


class Toast(QFrame):
    """One notice. The pointer on it stops its clock; ``over`` when its time is up or its undo was taken."""

    over = Signal(object)

    def __init__(self, theme: Theme, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.notice = theme, notice
        self.setProperty("kind", "toast")
        self.setFixedWidth(theme.px(WIDTH))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(notice.text)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(16), theme.px(10), theme.px(12), theme.px(10))
        line.setSpacing(theme.px(10))
        icon = "circle-check" if notice.kind == "accent" else ICONS[notice.kind]
        line.addWidget(IconLabel(theme, icon, notice.kind), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        words.addWidget(label(theme, notice.text, wrap=True))
        line.addLayout(words, 1)
        if notice.undo is not None:
            undo = LinkButton(theme, notice.undo_text)
            undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            undo.clicked.connect(self._undo)
            words.addWidget(undo, 0, Qt.AlignmentFlag.AlignLeft)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(max(STAY_MS, LETTER_MS * len(notice.text)))
        self._clock.timeout.connect(self._end)
        self._clock.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    @property
    def is_counting(self) -> bool:
        """Whether its time runs."""
        return self._clock.isActive()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while the pointer is on it."""
        super().enterEvent(event)
        self._clock.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Count again."""
        super().leaveEvent(event)
        self._clock.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sheet, then the mark of the kind."""
        super().paintEvent(event)
        margin = self._theme.px(8)
        QPainter(self).fillRect(1, margin, self._theme.px(3), self.height() - 2 * margin, self._theme.colour(self.notice.kind))

    def _undo(self) -> None:
        if self.notice.undo is not None:
            self.notice.undo()
        self._end()

    def _end(self) -> None:
        self._clock.stop()
        self.over.emit(self)


class ToastArea(QObject):
    """Stacks at most three toasts above the key line of a window."""

    def __init__(self, theme: Theme, window: QWidget, *, bottom: int) -> None:
        super().__init__(window)
        self._theme, self._window, self._bottom = theme, window, bottom
        self.toasts: list[Toast] = []
        window.installEventFilter(self)

    def show_notice(self, notice: Notice) -> None:
        """Show a notice; the oldest toast makes room."""
        toast = Toast(self._theme, notice, self._window)
        toast.move(self._window.width(), self._window.height())  # not in the other corner, where a pointer that rests would stop its clock
        toast.over.connect(self.remove)
        self.toasts.append(toast)
        if len(self.toasts) > MOST:
            self.remove(self.toasts[0])
        toast.show()
        self._arrange()

    def remove(self, toast: Toast) -> None:
        """Take a toast away."""
        if toast in self.toasts:
            self.toasts.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the window changes."""
        mine = getattr(self, "_window", None)  # gone once Python has let go of a frame whose window still sends its last events
        if mine is not None and watched is mine and event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        px = self._theme.px
        bottom = self._window.height() - px(self._bottom) - px(EDGE)
        for toast in reversed(self.toasts):
            toast.setFixedHeight(toast.heightForWidth(toast.width()) if toast.hasHeightForWidth() else toast.sizeHint().height())
            bottom -= toast.height()
            toast.move(QPoint(self._window.width() - toast.width() - px(EDGE), bottom))
            toast.raise_()
            bottom -= px(8)
