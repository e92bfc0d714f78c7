"""How long the other side may take: for a request, as long as it takes any of it; for a reply's head, not in drops.

Left alone, a whole body had to be gone in the time that a connection may take to be made, which a thin line needs for a few kilobytes; and
of a head that comes in drops no single wait would ever be too long.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Timer
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import HTTPResponse

HEAD_S = 90.0
"""As long as a stall (contract 13): the head of a reply, and a piece of a request, are small."""
PIECE = 16 * 1024


class PatientAdapter(HTTPAdapter):
    """Gives each piece of a request ``longest`` seconds to be taken, and its reply's head as long to come.

    ``left`` tells how many seconds are left in all: nothing takes longer.
    """

    def __init__(self, left: Callable[[], float], longest: float = HEAD_S) -> None:
        self._left = left
        self._longest = longest
        super().__init__()

    def init_poolmanager(self, *args: Any, **more: Any) -> None:  # noqa: ANN401  as the adapter's own
        """Use connections that are cut when nothing moves for too long."""
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
        def send(self, data: bytes) -> None:
            """Send, for as long as any of it is taken; raises TimeoutError, an OSError."""
            for start in range(0, len(data), PIECE):
                if self.sock is not None:  # else it is connected first, which has a time of its own
                    self.sock.settimeout(_some(seconds()))
                super().send(data[start:start + PIECE])

        def getresponse(self) -> HTTPResponse:
            """Give the answer, or let go of the line when its time is up; raises TimeoutError for a head that came in part."""
            late = Event()
            timer = Timer(seconds(), _cut, (self.sock, late))
            timer.daemon = True
            timer.start()
            try:
                found: HTTPResponse = super().getresponse()
            finally:
                timer.cancel()
            if late.is_set():
                found.close()
                raise TimeoutError
            return found

    class _LimitedPool(pool):  # type: ignore[misc]
        ConnectionCls = _Limited

    return _LimitedPool


def _some(seconds: float) -> float:
    """Return seconds of which some are left; raises TimeoutError where none are: a socket takes that for another way to work."""
    if seconds <= 0:
        raise TimeoutError
    return seconds


def _cut(sock: socket.socket, late: Event) -> None:
    late.set()
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
