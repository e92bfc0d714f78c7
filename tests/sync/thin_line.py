"""A thin line on purpose: a relay of bytes on loopback that is as slow and as short-lived as it is told to be.

It knows nothing of HTTP, so that every client meets the same line; with a TLS context it is the front of a province.
"""

from __future__ import annotations

import asyncio
import random
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

_AT_ONCE_S = 0.02
"""What one piece may take of the line: smaller pieces wait more evenly."""
_LEAST, _MOST, _HELD = 512, 65_536, 16_384
_ENDED_S = 10.0


@dataclass(frozen=True, slots=True)
class Nature:
    """What a line is like.

    ``bytes_per_s`` each way, 0 for no limit. After each ``cut_every`` bytes, both ways together, every connection is reset; after
    ``silent_every`` the line just says nothing more. ``lost`` is the share of new connections that die at once. The byte ``flip_at``
    that goes up, counted from 1, arrives damaged.
    """

    bytes_per_s: float = 0.0
    cut_every: int = 0
    silent_every: int = 0
    lost: float = 0.0
    flip_at: int = 0


class ThinLine:
    """The relay; use it as a context manager. ``up`` and ``down`` count the bytes that crossed it, ``cuts`` how often it was cut.

    ``context``: speak TLS with whoever calls. ``seed`` decides which connections are lost.
    """

    def __init__(
        self, target: str, nature: Nature | None = None, *, context: ssl.SSLContext | None = None, seed: int = 0, host: str = "127.0.0.1",
    ) -> None:
        parts = urlsplit(target)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._context, self._listens = context, host
        self._chance = random.Random(seed)
        self._open: set[asyncio.StreamWriter] = set()
        self._ready = threading.Event()
        self.up = self.down = self.cuts = self.connections = self._since = 0
        self._free_at = [0.0, 0.0]
        self.nature = nature or Nature()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def change(self, nature: Nature) -> None:
        """Be another line from now on; what was counted stays."""
        self.nature, self._since = nature, 0

    def cut(self) -> None:
        """Reset every connection."""
        self._loop.call_soon_threadsafe(self._reset)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        self.url = f"{'https://localhost' if self._context else 'http://127.0.0.1'}:{self.port}"
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(_ENDED_S)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connected, self._listens, 0, ssl=self._context, limit=_HELD, backlog=512)
        self.port: int = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._over.wait()
        server.close()
        self._reset()
        if others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others, timeout=_ENDED_S / 2)

    def _reset(self) -> None:
        self.cuts += 1
        for each in self._open:
            each.transport.abort()
        self._open.clear()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        if self._chance.random() < self.nature.lost:
            writer.transport.abort()
            return
        try:
            back, there = await asyncio.open_connection(self._host, self._port, limit=_HELD)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, there}
        try:
            await asyncio.gather(self._pump(reader, there, 0), self._pump(back, writer, 1))
        finally:
            self._open -= {writer, there}
            for each in (writer, there):
                if not each.transport.is_closing():
                    each.transport.abort()

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, way: int) -> None:
        with suppress(OSError, ssl.SSLError):
            while data := await source.read(self._piece()):
                await self._pass(len(data), way)
                if self._counted(len(data), way):
                    sink.write(self._damaged(data) if way == 0 else data)
                    await sink.drain()
            await sink.drain()
        sink.close()

    def _piece(self) -> int:
        rate = self.nature.bytes_per_s
        return int(min(_MOST, max(_LEAST, rate * _AT_ONCE_S))) if rate else _MOST

    async def _pass(self, count: int, way: int) -> None:
        """Wait until so many bytes have passed; all connections share the line."""
        if self.nature.bytes_per_s:
            self._free_at[way] = max(time.monotonic(), self._free_at[way]) + count / self.nature.bytes_per_s
            await asyncio.sleep(self._free_at[way] - time.monotonic())

    def _counted(self, count: int, way: int) -> bool:
        """Count bytes; tell whether they get through."""
        if way == 0:
            self.up += count
        else:
            self.down += count
        self._since += count
        if self.nature.silent_every and self._since >= self.nature.silent_every:
            return False
        if self.nature.cut_every and self._since >= self.nature.cut_every:
            self._since = 0
            self._reset()
            return False
        return True

    def _damaged(self, data: bytes) -> bytes:
        place = self.nature.flip_at - 1 - (self.up - len(data))
        if self.nature.flip_at and 0 <= place < len(data):
            return data[:place] + bytes([data[place] ^ 1]) + data[place + 1:]
        return data
