"""One window for one desk folder: a second start brings the first one to the front and ends. Never waits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject, Signal

from counter_app.support.files import private_folder
from counter_app.support.paths import window_lock

if TYPE_CHECKING:  # the network is loaded when the window stands on the screen, or by a second start
    from PySide6.QtNetwork import QLocalServer

CONNECT_MS = 300


class SingleInstance(QObject):
    """``called`` comes when somebody starts the program again for the same folder."""

    called = Signal()

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        private_folder(data_dir)
        digest = QCryptographicHash.hash(str(data_dir.resolve()).encode(), QCryptographicHash.Algorithm.Sha256)
        self._name = "quay-mot-cua-" + bytes(digest.data()).hex()[:16]
        self._lock = QLockFile(str(window_lock(data_dir)))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def is_first(self) -> bool:
        """Take the folder; False where another window has it, which is then called to the front.

        A lock that can't be written, as on a full disk, keeps nobody out: the window opens and says what is wrong with the folder.
        """
        if self._lock.tryLock(0):
            return True
        held = self._lock.error() == QLockFile.LockError.LockFailedError
        if held and not self._lock.removeStaleLockFile():  # of a killed program: a full disk hides from Qt that it is stale
            self._call()
            return False
        self._lock.tryLock(0)
        return True

    def listen(self) -> None:
        """Hear from now on when somebody starts the program again."""
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415

        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._take_call)
        self._server.listen(self._name)

    def release(self) -> None:
        """Give the folder free."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _call(self) -> None:
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415

        socket = QLocalSocket(self)
        socket.connectToServer(self._name)
        if socket.waitForConnected(CONNECT_MS):
            socket.disconnectFromServer()

    def _take_call(self) -> None:
        if self._server is not None:
            self._server.nextPendingConnection().deleteLater()
            self.called.emit()
