"""Thumbnails of pages that came in sight: made in the background, the newest wish first, those of pages long gone by not at all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from counter_app.domain.errors import DeskError
from ui.background import TaskRunner

AT_ONCE = 1
"""Each takes a whole page into memory, and the threads of the pool are there for what a person waits for."""
MOST_WAITING = 60
"""More than a high screen shows: what was scrolled past is asked for again when it comes back."""


class ThumbQueue(QObject):
    """Makes thumbnails with ``make``, which blocks; ``made`` carries page and picture, ``dropped`` a page that nobody waits for now."""

    made = Signal(str, QImage)
    dropped = Signal(str)

    def __init__(self, tasks: TaskRunner, make: Callable[[str], tuple[str, bytes]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._make = tasks, make
        self._waiting: list[str] = []
        self._under_way = 0

    def ask(self, page_id: str) -> None:
        """Want the thumbnail of a page."""
        self._waiting.append(page_id)
        while len(self._waiting) > MOST_WAITING:
            self.dropped.emit(self._waiting.pop(0))
        self._go_on()

    def _go_on(self) -> None:
        while self._waiting and self._under_way < AT_ONCE:
            self._under_way += 1
            self._tasks.run_slow(self._make, self._waiting.pop(), done=self._show, failed=self._skip)

    def _show(self, made: tuple[str, bytes]) -> None:
        self._under_way -= 1
        self.made.emit(made[0], QImage.fromData(made[1]))
        self._go_on()

    def _skip(self, _: DeskError) -> None:
        """Its frame stays dashed: filing says what is wrong with the page."""
        self._under_way -= 1
        self._go_on()
