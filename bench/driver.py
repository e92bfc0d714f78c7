"""The program with somebody at its keyboard who types quickly and doesn't hesitate."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from bench.moment import KEY_MS, PASSWORD, StandingClock
from ui.app import Program
from ui.windows.login import LoginScreen

Stop = tuple[str, dict[str, object]]
PAUSE = 700
"""Milliseconds a tour stays at each place, so that its work is done."""


class Notes(Protocol):
    """A diary, :class:`bench.window.Diary`."""

    def note(self, name: str) -> None: ...
    def weigh(self, name: str) -> None: ...
    def close(self) -> None: ...


class Driven(Program):
    """Logs in, waits for the home page, goes on a tour, and closes the window. No copy of the desk is made beside what is measured."""

    def __init__(self, diary: Notes, tour: Sequence[Stop], application: QApplication, data_dir: Path, **_words: object) -> None:
        super().__init__(application, data_dir, clock=StandingClock())
        self._diary, self._left, self._hook = diary, list(tour), sys.excepthook
        self.shown.connect(self._note_login)
        self.entered.connect(self._note_entered)

    def start(self) -> None:
        """Show the window, as the program does; its dialog for errors, which waits for a person, stays away."""
        sys.excepthook = self._hook
        super().start()

    def _note_login(self) -> None:
        self.shown.disconnect(self._note_login)
        QTimer.singleShot(0, self._log_in_by_hand)

    def _log_in_by_hand(self) -> None:
        self._diary.note("login_ready")
        self._diary.weigh("login")
        screen = self.window.screen_shown
        if not isinstance(screen, LoginScreen):
            raise TypeError("no login is shown")
        self._fingers = Fingers(screen.password, PASSWORD, self)
        self._fingers.done.connect(self._press_enter)

    def _press_enter(self) -> None:
        self._diary.note("submitted")
        _press(self._fingers.field, Qt.Key.Key_Return, "\r")

    def _note_entered(self) -> None:
        self._diary.note("entered")
        self.tools.tasks.busy_changed.connect(self._note_idle)

    def _note_idle(self, busy: bool) -> None:
        if not busy:
            self.tools.tasks.busy_changed.disconnect(self._note_idle)
            QTimer.singleShot(0, self._note_home)

    def _note_home(self) -> None:
        QCoreApplication.sendPostedEvents()  # what still waits to be laid out and painted
        self._diary.note("home_ready")
        self._diary.weigh("home")
        self._walk()

    def _walk(self) -> None:
        if self._left and self.room is not None and self.room.frame is not None:
            page_id, arguments = self._left.pop(0)
            self.room.frame.open(page_id, **arguments)
            QTimer.singleShot(PAUSE, self._walk)
            return
        self._diary.weigh("tour")
        self._diary.close()
        self.window.close()


class Fingers(QObject):
    """Types a text into a field, one key every ``KEY_MS``; ``done`` comes with the last."""

    done = Signal()

    def __init__(self, field: QWidget, text: str, parent: QObject) -> None:
        super().__init__(parent)
        self.field, self._left = field, list(text)
        self._timer = QTimer(self)
        self._timer.setInterval(KEY_MS)
        self._timer.timeout.connect(self._type)
        self._timer.start()

    def _type(self) -> None:
        _press(self.field, 0, self._left.pop(0))
        if not self._left:
            self._timer.stop()
            self.done.emit()


def _press(widget: QWidget, key: int, letter: str) -> None:
    """Type a key at a widget; without a window manager no window is active and nothing has the focus."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))
