"""Nobody at the desk: after some minutes without a key or a click the screen locks, and what waits for such a time is done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

_LIFE = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin}


class IdleWatch(QObject):
    """An event filter of the application; ``idle`` when the time is over, ``stirred`` at the first sign of life after it."""

    idle = Signal()
    stirred = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_over = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._note_over)

    @property
    def is_watching(self) -> bool:
        """Whether the time runs."""
        return self._timer.isActive()

    def watch(self, minutes: int) -> None:
        """Count from now; 0 ends the watch."""
        self._timer.stop()
        self._is_over = False
        if minutes > 0:
            self._timer.start(minutes * 60_000)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin anew at every sign of life; take nothing away."""
        del watched
        if event.type() in _LIFE:
            if self._timer.isActive():
                self._timer.start()
            elif self._is_over:
                self._is_over = False
                self.stirred.emit()
        return False

    def _note_over(self) -> None:
        self._is_over = True
        self.idle.emit()
