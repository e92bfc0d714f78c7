"""The one window of the program: it shows a screen, and perhaps the lock over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from ui.help import topics
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.help.window import HelpWindow

LEAST, USUAL = (900, 560), (1366, 768)


class DeskWindow(QMainWindow):
    """``painted`` comes when the window first stands on the screen; ``closing`` before it goes: the last moment to keep things."""

    painted = Signal()
    closing = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._was_painted = False
        self.help: HelpWindow | None = None
        self._screens = QStackedWidget()
        self.setCentralWidget(self._screens)
        self.setWindowTitle("Quầy Một Cửa")
        self.setWindowIcon(theme.icon("rubber-stamp", "accent", 32))
        self.setMinimumSize(*LEAST)
        self.resize(*USUAL)
        theme.resized.connect(self._renew_help)

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

    def show_help(self, topic: topics.Topic) -> None:
        """Show the manual beside the work: a window of its own that no dialog over the desk holds back."""
        from ui.help.window import HelpWindow  # noqa: PLC0415  not before somebody asks

        if self.help is None:
            self.help = HelpWindow(self._theme)
            self.help.stand_beside(self)
        self.help.show_topic(topic)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 on a screen that has no meaning of its own for it."""
        if event.key() == Qt.Key.Key_F1 and self.screen_shown is not None:
            topics.ask(self.screen_shown)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Show the manual's window in the other language too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._renew_help()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when the first picture is complete."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give everybody the last moment, then go."""
        self.closing.emit()
        self._close_help()
        event.accept()

    def _close_help(self) -> None:
        if self.help is not None:
            self.help.close()
            self.help.deleteLater()
            self.help = None

    def _renew_help(self) -> None:
        topic = self.help.topic if self.help is not None and self.help.isVisible() else None
        self._close_help()
        if topic is not None:
            self.show_help(topic)
