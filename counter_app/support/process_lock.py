"""A lock between whatever works at one computer, which the system lets go of when its program dies."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from counter_app.support.files import private_folder

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCKLESS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP})
"""How disks of a network refuse a lock that they don't know."""


class ProcessLock:
    """A file that one at a time can hold, another of the same program no more than another program; held twice it is held once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def hold(self) -> bool:
        """Hold the lock from now on; False where somebody else does.

        Raises:
            OSError: the file can't be made, or its disk knows no locks (ENOLCK), as some of a network.
        """
        if self._handle is not None:
            return True
        private_folder(self._path.parent)
        with ExitStack() as undo:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            undo.callback(os.close, handle)
            try:
                _lock(handle)
            except (BlockingIOError, PermissionError):
                return False
            except OSError as error:
                if error.errno in _LOCKLESS:
                    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK), str(self._path)) from error
                raise
            undo.pop_all()
        self._handle = handle
        return True

    def let_go(self) -> None:
        """Hold it no longer."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)

    def __del__(self) -> None:
        """Let go with whatever held it."""
        self.let_go()


def _lock(handle: int) -> None:
    """Lock an open file at once, or raise OSError."""
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
