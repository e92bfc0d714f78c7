"""How long a reply's head may take: a server that sends it in drops is left, for no single wait would ever be too long."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Timer
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import HTTPResponse

HEAD_S = 90.0
"""As long as a stall (contract 13): the head of a reply is small."""


class PatientAdapter(HTTPAdapter):
    """Gives each request until its time is over to answer; ``left`` tells how many seconds that is."""

    def __init__(self, left: Callable[[], float], longest: float = HEAD_S) -> None:
        self._left = left
        self._longest = longest
        super().__init__()

    def init_poolmanager(self, *args: Any, **more: Any) -> None:  # noqa: ANN401  as the adapter's own
        """Use connections that are cut when a head takes too long."""
        super().init_poolmanager(*args, **more)
        self._limit(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **more: Any) -> Any:  # noqa: ANN401  as the adapter's own
        """Do so behind a proxy too."""
        manager = super().proxy_manager_for(*args, **more)
        self._limit(manager)
        return manager

    def _limit(self, manager: Any) -> None:  # noqa: ANN401  a pool manager
        plain, secure = (HTTPConnectionPool, HTTPConnection), (HTTPSConnectionPool, HTTPSConnection)
        manager.pool_classes_by_scheme = {"http": _pool(*plain, self._seconds), "https": _pool(*secure, self._seconds)}

    def _seconds(self) -> float:
        return max(0.0, min(self._longest, self._left()))


def _pool(pool: type[Any], connection: type[Any], seconds: Callable[[], float]) -> type[Any]:
    class _Limited(connection):  # type: ignore[misc]
        def getresponse(self) -> HTTPResponse:
            """Give the answer, or let go of the line when its time is up."""
            timer = Timer(seconds(), _cut, (self.sock,))
            timer.daemon = True
            timer.start()
            try:
                found: HTTPResponse = super().getresponse()
                return found
            finally:
                timer.cancel()

    class _LimitedPool(pool):  # type: ignore[misc]
        ConnectionCls = _Limited

    return _LimitedPool


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
