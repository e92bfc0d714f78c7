"""One window for one desk folder: a second start brings the first one to the front and ends. Never waits."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from counter_app.support.files import private_folder

CONNECT_MS = 300


class SingleInstance(QObject):
    """``called`` comes when somebody starts the program again for the same folder."""

    called = Signal()

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        private_folder(data_dir)
        self._name = "quay-mot-cua-" + hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:16]
        self._lock = QLockFile(str(data_dir / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._take_call)

    def is_first(self) -> bool:
        """Take the folder; False where another window has it, which is then called to the front."""
        if not self._lock.tryLock(0):
            self._call()
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Give the folder free."""
        self._server.close()
        self._lock.unlock()

    def _call(self) -> None:
        socket = QLocalSocket(self)
        socket.connectToServer(self._name)
        if socket.waitForConnected(CONNECT_MS):
            socket.disconnectFromServer()

    def _take_call(self) -> None:
        self._server.nextPendingConnection().deleteLater()
        self.called.emit()
