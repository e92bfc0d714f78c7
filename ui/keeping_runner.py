"""Copies behind the window: looks now and then what is due, lets a process of its own make it, and tells how safe keeping stands."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter
    from counter_app.services.keeping.records import Due, KeepingStanding
    from ui.background import TaskRunner

START_MS = 60_000
"""The first look waits until the morning's first citizen has a slip."""
LOOK_MS = 300_000
WAIT_MS = 2000
"""How often is looked whether the process has ended."""
LOWEST = 19
DUE, CLOSE = "--due", "--close"


class Process(Protocol):
    """What is asked of a process."""

    def poll(self) -> int | None:
        """Return the exit code; None while it runs."""


Begin = Callable[[Path, str], Process]
"""Begins ``counter backup`` with an option for the desk in a folder."""


def begin_backup(data_dir: Path, option: str) -> Process:
    """Begin a process at the lowest priority that outlives the window: what it has begun it ends.

    Raises:
        OSError: the system begins no process.
    """
    import subprocess  # noqa: PLC0415  not before the first picture

    command = [sys.executable, "-m", "counter_app", "--data-dir", str(data_dir), "backup", option]
    flags = getattr(subprocess, "IDLE_PRIORITY_CLASS", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
    nowhere = subprocess.DEVNULL
    made = subprocess.Popen(  # noqa: S603  our own program
        command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True, creationflags=flags)
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, made.pid, LOWEST)
    return made


class KeepingRunner(QObject):
    """Keeps the open desk safe while ``begin`` is given; ``told`` carries each new :class:`KeepingStanding`."""

    told = Signal(object)

    def __init__(self, begin: Begin | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.standing: KeepingStanding | None = None
        self._begin = begin
        self._counter: Counter | None = None
        self._tasks: TaskRunner | None = None
        self._process: Process | None = None
        self._look = QTimer(self)
        self._look.timeout.connect(self.look)
        self._wait = QTimer(self)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._note_end)

    def start(self, counter: Counter, tasks: TaskRunner, *, after_ms: int = START_MS) -> None:
        """Keep a desk safe, a practice desk excepted."""
        if counter is self._counter or counter.desk.practice:
            return
        self._counter, self._tasks = counter, tasks
        self._look.start(after_ms)

    def stop(self, *, close: bool = False) -> None:
        """Look no more; at ``close`` of the window let the copies of the end of the day be made behind it.

        The end of a process under way is still waited for: the desk that is opened next begins the next one.
        """
        self._look.stop()
        counter, self._counter = self._counter, None
        if close:
            self._wait.stop()
            if counter is not None:
                self._run(counter, CLOSE)

    def look(self) -> None:
        """See what is due, and how everything stands."""
        self._look.setInterval(LOOK_MS)
        if self._counter is not None and self._tasks is not None:
            self._tasks.run(self._counter.keeping.due, done=self._do, failed=_pass_over, key="keeping due")
            self.ask()

    def ask(self) -> None:
        """See how everything stands; a place on a slow share may take its time."""
        if self._counter is not None and self._tasks is not None:
            self._tasks.run_slow(self._counter.keeping.standing, done=self._tell, failed=_pass_over, key="keeping standing")

    def _do(self, due: Due) -> None:
        if due and self._process is None and self._counter is not None:
            self._process = self._run(self._counter, DUE)
            self._wait.start()

    def _run(self, counter: Counter, option: str) -> Process | None:
        try:
            return self._begin(counter.data_dir, option) if self._begin is not None else None
        except OSError:  # no process to be had: the next look tries again, and the standing tells how old the copies are
            return None

    def _note_end(self) -> None:
        if self._process is None or self._process.poll() is not None:
            self._process = None
            self._wait.stop()
            self.ask()

    def _tell(self, standing: KeepingStanding) -> None:
        self.standing = standing
        self.told.emit(standing)


def _pass_over(_: Exception) -> None:
    """The database is busy or gone: whoever works is told by what they do."""
