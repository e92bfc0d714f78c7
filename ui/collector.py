"""Reference cycles are collected on the window's thread, and nowhere else.

Python collects on whatever thread happens to allocate. A cycle may hold widgets, and a widget that is destroyed by a worker takes the
program with it. So the automatic collection is off while workers run, and a timer of the window does it instead.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 500


class Collector(QObject):
    """Looks every half second whether Python's own thresholds are reached; :meth:`stop` leaves it to Python again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> int | None:
        """Collect the oldest generation whose time has come; return it, None where there was nothing to do."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
                gc.collect(generation)
                return generation
        return None

    def stop(self) -> None:
        """No worker runs any more."""
        self._timer.stop()
        gc.enable()
