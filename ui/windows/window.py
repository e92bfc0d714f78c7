"""The one window of the program: it shows a screen, and perhaps the lock over it."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from ui.theme import Theme

LEAST, USUAL = (900, 560), (1366, 768)


class DeskWindow(QMainWindow):
    """``painted`` comes when the window first stands on the screen; ``closing`` before it goes: the last moment to keep things."""

    painted = Signal()
    closing = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._was_painted = False
        self._screens = QStackedWidget()
        self.setCentralWidget(self._screens)
        self.setWindowTitle("Quầy Một Cửa")
        self.setWindowIcon(theme.icon("rubber-stamp", "accent", 32))
        self.setMinimumSize(*LEAST)
        self.resize(*USUAL)

    def take_place(self, geometry: QByteArray) -> None:
        """Stand where the window stood when it was closed; the first time fill a screen that the usual size and a title bar don't fit."""
        room = self.screen().availableGeometry()
        if not self.restoreGeometry(geometry) and (room.width() <= USUAL[0] or room.height() <= USUAL[1]):
            self.setWindowState(Qt.WindowState.WindowMaximized)

    @property
    def screen_shown(self) -> QWidget | None:
        """What is shown."""
        return self._screens.currentWidget()

    def show_screen(self, screen: QWidget) -> None:
        """Show a screen in place of everything before it."""
        before = [old for at in range(self._screens.count()) if (old := self._screens.widget(at)) is not None]
        self._screens.addWidget(screen)
        self._screens.setCurrentWidget(screen)
        for old in before:
            self._screens.removeWidget(old)
            old.deleteLater()

    def cover(self, screen: QWidget) -> None:
        """Show a screen over the one that is shown, which waits untouched."""
        self._screens.addWidget(screen)
        self._screens.setCurrentWidget(screen)

    def uncover(self) -> None:
        """Take the covering screen away."""
        cover = self._screens.currentWidget()
        if cover is not None and self._screens.count() > 1:
            self._screens.removeWidget(cover)
            cover.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when the first picture is complete."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give everybody the last moment, then go."""
        self.closing.emit()
        event.accept()
