"""A database's file, read as it lies there while this program has it open.

On a system of POSIX a process that closes any handle of a file gives up every lock it holds on that file, those of SQLite too: a last
connection elsewhere would then delete the log of work that is not yet in the file. So another process reads.
"""

from __future__ import annotations

import errno
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from counter_app.services.surroundings import disk_fault
from counter_app.storage.keeping import reading_child
from counter_app.storage.keeping.reading_child import ANSWERED, ASKED


class ReadApart:
    """Reads stretches of a file by a process of its own, which must be ended.

    Raises:
        SurroundingsError: this PC can't start it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        command = (sys.executable, "-I", "-S", reading_child.__file__, str(path.absolute()))
        try:
            self._process = subprocess.Popen(  # noqa: S603  this program itself
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
        except OSError as error:
            raise disk_fault(error, path) from error

    def read(self, at: int, size: int) -> bytes:
        """Return ``size`` bytes from a place on.

        Raises:
            SurroundingsError: the disk fails; the file ends before, or the process did.
        """
        asking, answering = self._process.stdin, self._process.stdout
        assert asking is not None
        assert answering is not None
        try:
            asking.write(ASKED.pack(at, size))
            asking.flush()
        except BrokenPipeError:  # it has ended, and says nothing more
            pass
        told = answering.read(ANSWERED.size)
        length, number = ANSWERED.unpack(told) if len(told) == ANSWERED.size else (0, 0)
        data = answering.read(length)
        if len(data) != size:
            raise disk_fault(OSError(number or errno.EIO, "not read to its end"), self._path)
        return data

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        with suppress(BrokenPipeError), self._process:
            pass
