"""What a window does about the version that it is: prove it once, prepare the next one by itself, switch when it closes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from counter_app.domain.errors import DeskError, Problem
from ui.background import TaskRunner
from ui.notices import Notices, sentence_of

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter
    from counter_app.services.updating.first_start import FirstStart
    from counter_app.services.updating.release import Release

log = logging.getLogger(__name__)

EVERY_MS = 3_600_000
"""How often a window that stays open looks for a newer version; the head of a release is a thousand bytes."""


class VersionKeeper(QObject):
    """Works for one open desk at a time, off the window's thread; what it has to say comes as a notice."""

    def __init__(self, tasks: TaskRunner, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._notices = tasks, notices
        self._counter: Counter | None = None
        self._again = QTimer(self, interval=EVERY_MS)
        self._again.timeout.connect(self._look)

    def start(self, counter: Counter) -> None:
        """The desk is open: this version works. Then look for a newer one, as far as it is set and the line allows."""
        self._counter = counter
        self._tasks.run_slow(_begin, counter, done=self._note_begun)

    def start_without_desk(self) -> None:
        """There is no desk yet: that the set-up is shown is proof enough."""
        self._tasks.run_slow(_begin_bare)

    def finish(self) -> None:
        """The window is closed and the desk with it: let the next start be the version that was prepared."""
        self._again.stop()
        if self._counter is not None:
            try:
                self._counter.updates.finish()
            except DeskError as error:
                log.info("the update was not made: %s", error.code)

    def _note_begun(self, found: FirstStart) -> None:
        if found.wrong is not None:
            self._notices.say(sentence_of(found.wrong), "danger")
        if found.fallen is not None:
            told = Problem("UPDATE_FELL", None, {"failed": found.fallen.failed, "running": found.fallen.running})
            self._notices.say(sentence_of(told), "warning")
        self._look()
        self._again.start()

    def _look(self) -> None:
        if self._counter is not None:
            self._tasks.run_slow(self._counter.updates.by_itself, self._is_stopping, done=self._note_prepared, failed=_pass_over)

    def _note_prepared(self, release: Release | None) -> None:
        if release is not None:
            self._notices.say(self.tr("Version {version} is prepared. It is used once this window was closed.").format(
                version=release.version), "accent")

    def _is_stopping(self) -> bool:
        return self._tasks.stopping


def _begin(counter: Counter) -> FirstStart:
    from counter_app.bootstrap.program import trials  # noqa: PLC0415  not before the desk is open

    return counter.updates.begin(trials)


def _begin_bare() -> FirstStart:
    from counter_app.bootstrap.program import program_folder, trials  # noqa: PLC0415  not before the first picture
    from counter_app.services.updating.first_start import prove  # noqa: PLC0415

    return prove(program_folder(), trials)


def _pass_over(error: DeskError) -> None:
    """No line, no room, a line that is paid by its use, a copy under way: another time; the page of updates tells who asks."""
    log.info("the update was not made: %s", error.code)
