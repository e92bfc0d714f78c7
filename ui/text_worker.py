"""Reads the words on filed scans while nobody works, and lets go at the first key."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from counter_app.domain.errors import DeskError
from ui.background import Task, TaskRunner
from ui.idle import IdleWatch

if TYPE_CHECKING:
    from counter_app.domain.people import Actor
    from counter_app.services.scanning.reading import ReadingService, ReadStep

AFTER_MINUTES = 2
"""Long enough that somebody who talks with a citizen isn't slowed down in mid-sentence."""


class TextWorker(QObject):
    """Page after page from log-in to log-out, also under the lock: that is when nobody works."""

    def __init__(self, reading: ReadingService, tasks: TaskRunner, actor: Actor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading, self._tasks, self._actor = reading, tasks, actor
        self._halt = Event()
        self._task: Task | None = None
        self.idle = IdleWatch(self)
        self.idle.idle.connect(self.begin)
        self.idle.stirred.connect(self.let_go)

    def start(self) -> None:
        """Watch for a quiet time."""
        if (application := QCoreApplication.instance()) is not None:
            application.installEventFilter(self.idle)
        self.idle.watch(AFTER_MINUTES)

    def stop(self) -> None:
        """End the page that is being read; it is begun anew another time."""
        self._halt.set()
        self.idle.watch(0)
        if (application := QCoreApplication.instance()) is not None:
            application.removeEventFilter(self.idle)

    def begin(self) -> None:
        """Read a page, and then the next."""
        self._halt.clear()
        if self._task is None:
            self._task = self._tasks.run_slow(self._read, done=self._go_on, failed=self._rest)

    def let_go(self) -> None:
        """Somebody is back: end what runs and wait for the next quiet time."""
        self._halt.set()
        self.idle.watch(AFTER_MINUTES)

    def _read(self) -> ReadStep | None:
        """Run on a worker thread; None where this PC reads no words, nothing waits, or somebody is back."""
        return self._reading.read_next(self._actor, self._is_unwanted) if self._reading.is_possible() else None

    def _is_unwanted(self) -> bool:
        return self._halt.is_set() or self._tasks.stopping

    def _go_on(self, step: ReadStep | None) -> None:
        self._task = None
        if step is not None and not self._halt.is_set():
            self.begin()

    def _rest(self, _: DeskError) -> None:
        """The disk is full or the database gone: whoever works is told by what they do; here the next quiet time will do."""
        self._task = None
