"""A process of this program for what may crash, hang or talk: it is asked one line at a time, and answers in lines."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

import counter_app

LONGEST = 2**20
"""Bytes of an answer; a longer one is none."""


class AskedProcess:
    """Starts with its making, and must be ended. A thread listens to it: what a library started may hold the line open for ever.

    The thread alone closes what it listens to. Closed by another, the number of the line would soon be that of another process's line,
    whose words the thread would take.

    Raises:
        OSError: this PC can't start it.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603  this program itself
            command, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            cwd=Path(counter_app.__file__).parents[1], creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
        self._said: SimpleQueue[bytes] = SimpleQueue()
        out, self._process.stdout = self._process.stdout, None
        assert out is not None
        Thread(target=self._listen, args=(out,), daemon=True).start()

    def ask(self, line: bytes, seconds: float) -> bytes:
        """Say a line and return the one that comes in answer; raises as :meth:`heard`."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line)
        except OSError:  # it ended, although what it started may still hold its output
            return b""
        return self.heard(seconds)

    def heard(self, seconds: float) -> bytes:
        """Return the next line; nothing where the process ended.

        Raises:
            TimeoutError: nothing came for so long.
        """
        try:
            return self._said.get(timeout=seconds)
        except Empty:
            raise TimeoutError from None

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        with self._process:
            pass

    def _listen(self, out: IO[bytes]) -> None:
        with out, suppress(OSError):
            while said := out.readline(LONGEST):
                self._said.put(said)
        self._said.put(b"")
