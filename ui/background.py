"""Work off the window's thread: one serial thread for the data, a small pool for slow surroundings, one hop back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from counter_app.domain.errors import DeskError
from ui.collector import Collector

log = logging.getLogger(__name__)
POOL = 3
"""Threads for slow work: a printer, a share or a file may keep one of them waiting."""


class Task:
    """One piece of work. After :meth:`cancel` its answer is dropped; the work itself, once begun, is not broken off."""

    __slots__ = ("answer", "arguments", "cancelled", "done", "error", "failed", "function", "key")

    def __init__(self, function: Callable[..., Any], arguments: tuple[object, ...], done: Callable[[Any], None] | None,
                 failed: Callable[[DeskError], None] | None, key: str | None) -> None:
        self.function, self.arguments, self.done, self.failed, self.key = function, arguments, done, failed, key
        self.cancelled = False
        self.answer: Any = None
        self.error: Exception | None = None

    def cancel(self) -> None:
        """Nobody wants the answer any more."""
        self.cancelled = True

    def work(self) -> None:
        """Run on a worker thread; keeps the answer or the error for the way back."""
        if self.cancelled:
            return
        try:
            self.answer = self.function(*self.arguments)
        except Exception as error:  # noqa: BLE001  # edge: whatever happened is carried to the window's thread and shown there
            self.error = error

    def let_go(self) -> None:
        """Drop what may hold widgets, on the window's thread: the worker may be the last to hold the task itself."""
        self.done = self.failed = None
        self.arguments = ()


class TaskRunner(QObject):
    """Runs services for pages; answers arrive on the window's thread.

    A ``key`` names work of which only the newest answer matters (a search while typing, a preview): the older one is dropped.
    ``refused`` carries a :class:`DeskError` that the caller gave no method for, ``account_closed`` comes with each that says that whoever
    sits here may do nothing any more, ``crashed`` carries any other exception: a bug. ``changed``
    carries the ``Changes`` of an answer that has them, after the answer was given, so that everybody can refresh what they show.
    """

    refused = Signal(object)
    account_closed = Signal()
    crashed = Signal(object)
    changed = Signal(object)
    busy_changed = Signal(bool)
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = ThreadPoolExecutor(1, thread_name_prefix="data")
        self._pool = ThreadPoolExecutor(POOL, thread_name_prefix="surroundings")
        self._collector = Collector(self)
        self._newest: dict[str, Task] = {}
        self._open = 0
        self._stopped = False
        self._finished.connect(self._land, Qt.ConnectionType.QueuedConnection)

    def run(self, function: Callable[..., Any], *arguments: object, done: Callable[[Any], None] | None = None,
            failed: Callable[[DeskError], None] | None = None, key: str | None = None) -> Task:
        """Run on the serial data thread: calls are answered in the order they were made."""
        return self._start(self._data, Task(function, arguments, done, failed, key))

    def run_slow(self, function: Callable[..., Any], *arguments: object, done: Callable[[Any], None] | None = None,
                 failed: Callable[[DeskError], None] | None = None, key: str | None = None) -> Task:
        """Run in the pool for slow surroundings (printers, devices, drawing a page): never waits for the data thread."""
        return self._start(self._pool, Task(function, arguments, done, failed, key))

    @property
    def stopping(self) -> bool:
        """The window goes: work that lasts comes to its end by itself. May be asked from any thread."""
        return self._stopped

    def stop(self) -> None:
        """Write what was handed over to the data thread, drop what waits for the surroundings, take nothing more."""
        self._stopped = True
        self._data.shutdown(wait=True)
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._collector.stop()

    def _start(self, executor: Executor, task: Task) -> Task:
        if self._stopped:  # a timer of a page that is being closed
            task.cancel()
            return task
        if task.key is not None:
            older = self._newest.get(task.key)
            if older is not None:
                older.cancel()
            self._newest[task.key] = task
        self._open += 1
        if self._open == 1:
            self.busy_changed.emit(True)
        executor.submit(self._work, task)
        return task

    def _work(self, task: Task) -> None:
        task.work()
        if isValid(self):
            self._finished.emit(task)

    def _land(self, task: Task) -> None:
        self._open -= 1
        if self._open == 0:
            self.busy_changed.emit(False)
        if task.key is not None and self._newest.get(task.key) is task:
            del self._newest[task.key]
        if not task.cancelled:
            self._answer(task)
        task.let_go()

    def _answer(self, task: Task) -> None:
        if task.error is None:
            if task.done is not None and _alive(task.done):
                task.done(task.answer)
            if (changes := getattr(task.answer, "changes", None)) is not None:
                self.changed.emit(changes)
        elif isinstance(task.error, DeskError):
            self._refuse(task, task.error)
        else:
            log.error("a task failed: %s", type(task.error).__name__)
            self.crashed.emit(task.error)

    def _refuse(self, task: Task, error: DeskError) -> None:
        if task.failed is None:
            self.refused.emit(error)
        elif _alive(task.failed):
            task.failed(error)
        if error.code == "USER_DISABLED":
            self.account_closed.emit()


def _alive(method: Callable[..., None]) -> bool:
    """Tell whether the object behind a bound method still lives: a page may be gone before its answer comes."""
    owner = getattr(method, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
