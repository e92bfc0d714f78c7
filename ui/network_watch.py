"""Tells when this PC is back on a network, as the system says it: then nobody waits out a quarter of an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkInformation


class NetworkWatch(QObject):
    """``back`` when the system reports a network after it had none. A system that reports nothing is no fault: the line is tried anyway."""

    back = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: QNetworkInformation.Reachability | None = None
        self._watching = False

    def start(self) -> None:
        """Begin to watch; a second time changes nothing."""
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415  not before the desk is on the screen

        if self._watching or not QNetworkInformation.loadDefaultBackend():
            return
        self._watching = True
        found = QNetworkInformation.instance()
        self._known = found.reachability()
        found.reachabilityChanged.connect(self.note)

    def note(self, reach: QNetworkInformation.Reachability) -> None:
        """Take what the system reports now."""
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415

        was, self._known = self._known, reach
        if reach is QNetworkInformation.Reachability.Online and was is not None and was is not reach:
            self.back.emit()
