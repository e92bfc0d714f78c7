"""One pass at a time: a lock file among this computer's state, which the system lets go of when a process dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_app.domain.errors import failed
from counter_app.services.surroundings import disk_fault
from counter_app.support.files import private_folder

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_NAME = "province.lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of a device's folder.

    Raises:
        SurroundingsError: SYNC_RUNNING, another pass holds it; or the folder can't be written.
    """
    try:
        private_folder(folder)
        handle = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise disk_fault(error, folder) from error
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        raise failed("SYNC_RUNNING") from None
