"""A province that runs: in this program on a thread of its own, listening on loopback."""

from __future__ import annotations

import asyncio
import socket
import sys
from pathlib import Path
from threading import Thread
from time import monotonic

import uvicorn
from starlette.types import ASGIApp

from tests.province.server.app import started


def listening(port: int = 0, host: str = "127.0.0.1") -> socket.socket:
    """Return a socket that listens on loopback; 0: any free port."""
    made = kept(port, host)
    made.listen(1024)
    return made


def kept(port: int, host: str = "127.0.0.1") -> socket.socket:
    """Return a socket that has a port and does not listen: nobody answers there, and no other program is given it as a free one.

    Who is to come back at the same address keeps it so while away: what listens there may be opened beside it.
    """
    made = socket.socket(proto=socket.IPPROTO_TCP)  # named, or the event loop leaves the sockets it accepts with Nagle's delay
    for option in (socket.SO_REUSEADDR, *((socket.SO_REUSEPORT,) if sys.platform != "win32" else ())):
        made.setsockopt(socket.SOL_SOCKET, option, 1)
    made.bind((host, port))
    return made


GRACE_S = 2
"""How long what is under way may take when the server is told to stop."""


class _PromptServer(uvicorn.Server):
    """Gone a moment after it was told to; uvicorn itself looks round ten times a second only, and waits twice."""

    LOOK_S = 0.01

    async def main_loop(self) -> None:
        while not await self.on_tick(0):
            await asyncio.sleep(self.LOOK_S)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for listener in (*self.servers, *(sockets or ())):
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        last = monotonic() + GRACE_S
        while (self.server_state.connections or self.server_state.tasks) and monotonic() < last:
            await asyncio.sleep(self.LOOK_S)
        for task in self.server_state.tasks:
            task.cancel()


class ThreadedServer:
    """A province on a thread. Stop and make it again with the same port and database: it was restarted.

    Its log has no addresses and no bodies (I24).
    """

    def __init__(self, url: str, files: Path, port: int = 0, *, restored: bool = False) -> None:
        self._socket = listening(port)
        self.port: int = self._socket.getsockname()[1]
        self._province, app = started(url, files, restored=restored)
        self._server = _PromptServer(configured(app))
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop as an operator stops it; what is under way is finished first."""
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
        self._province.close()


def configured(app: ASGIApp) -> uvicorn.Config:
    """Return how the server runs: quietly, and gone two seconds after it was told to at the latest."""
    return uvicorn.Config(app, access_log=False, log_config=None, lifespan="off", timeout_graceful_shutdown=GRACE_S, timeout_keep_alive=60)
