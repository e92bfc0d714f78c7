"""Who looks on while a stack is filed: carries the progress from its thread to the window, and the wish to stop back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ui.background import TaskRunner


class FilingListener(QObject):
    """Implements :class:`~counter_app.services.scanning.filing.FilingWatch`. ``moved`` carries the set that is filed, and of how many."""

    moved = Signal(int, int)

    def __init__(self, tasks: TaskRunner) -> None:
        super().__init__()
        self._tasks = tasks
        self._stopped = False

    def stop(self) -> None:
        """Nothing more is to be filed after the set that is filed now."""
        self._stopped = True

    def filing(self, number: int, sets: int) -> None:
        """Another set is filed; called on the thread of the filing."""
        self.moved.emit(number, sets)

    def wanted(self) -> bool:
        """Tell whether to go on; a window that closes waits for one set at most."""
        return not (self._stopped or self._tasks.stopping)
