"""When the program made a mistake: what happened is said, a report without personal data is saved, the work in hand is a draft."""

from __future__ import annotations

import logging
import sys
import threading
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from counter_app.support.crash import save_report
from ui.dialogs.base import DeskDialog
from ui.theme import Theme
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.sheet import label

log = logging.getLogger(__name__)


class CrashDialog(DeskDialog):
    """One sentence, where the report lies, and on with the work, here or in a program that was started again."""

    restart_wanted = Signal()

    def __init__(self, theme: Theme, report: Path | None, parent: QWidget) -> None:
        super().__init__(theme, QCoreApplication.translate("CrashDialog", "The program made a mistake"), parent, width=520)
        words = self.tr("What was saved stays saved, and a form of the desk that you were filling in is kept as a draft. You can go on "
                        "working; if it happens again, close the program and open it again.")
        self.body.addWidget(label(theme, words, wrap=True))
        if report is not None:
            self._folder = report.parent
            where = self.tr("A report without personal data was saved for those who help you: {name}").format(name=report.name)
            self.body.addWidget(label(theme, where, tone="muted", wrap=True))
        go_on = PrimaryButton(theme, self.tr("Go on"), key="Enter")
        go_on.setDefault(True)
        go_on.clicked.connect(self.accept)
        self.add_button(go_on)
        again = SecondaryButton(theme, self.tr("Start again"))
        again.clicked.connect(self._restart)
        self.add_button(again)
        if report is not None:
            show = SecondaryButton(theme, self.tr("Show the folder"))
            show.clicked.connect(self._show_folder)
            self.add_button(show)

    def _restart(self) -> None:
        self.accept()
        self.restart_wanted.emit()

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


class CrashGuard(QObject):
    """Catches what nobody caught, on any thread, saves the report and shows the dialog, one at a time."""

    restart_wanted = Signal()
    _caught = Signal(object)

    def __init__(self, theme: Theme, window: QWidget, folder: Path) -> None:
        super().__init__(window)
        self._theme, self._window, self._folder = theme, window, folder
        self._shown = False
        self._caught.connect(self.show, Qt.ConnectionType.QueuedConnection)

    def watch(self) -> None:
        """Be the last to hear of exceptions."""
        sys.excepthook = self._note
        threading.excepthook = self._note_thread

    def show(self, error: BaseException) -> None:
        """Save a report of an error and tell the clerk."""
        report = self._save(error)
        if not self._shown and self._window.isVisible():
            self._shown = True
            dialog = CrashDialog(self._theme, report, self._window)
            dialog.finished.connect(self._note_closed)
            dialog.restart_wanted.connect(self.restart_wanted)
            dialog.open()

    def _save(self, error: BaseException) -> Path | None:
        try:
            return save_report(error, datetime.now().astimezone(), "window", self._folder)
        except OSError:
            log.exception("the report could not be saved")
            return None

    def _note_closed(self, _: int) -> None:
        self._shown = False

    def _note(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("unexpected", exc_info=(kind, error, trace))
        self._caught.emit(error)

    def _note_thread(self, happened: threading.ExceptHookArgs) -> None:
        if happened.exc_value is not None:
            self._note(happened.exc_type, happened.exc_value, happened.exc_traceback)
