"""Files that are either there completely or not at all."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

LONGEST_DOCUMENT = 16 * 2**20
"""Twenty times the whole national catalogue."""
_MADE_WITH = 0o600
"""The mode of a temporary file from the first; a stick's file system refuses even to be told it."""


def private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, durably and for their owner alone, whatever the umask; what is there stays.

    Raises:
        OSError: it can't be made.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
        sync_folder(each.parent)


def write_atomically(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Replace ``path`` with ``data`` so that a power cut leaves the old content or the new one, durable on return.

    ``mode`` holds from the first byte on: a key is never readable by others, not even for a moment. Missing folders are private.

    Raises:
        OSError: disk full, folder read-only or gone; the old content stands.
    """
    with written_atomically(path, mode=mode) as file:
        file.write(data)


@contextmanager
def written_atomically(path: Path, *, mode: int = 0o600) -> Iterator[BinaryIO]:
    """Give a file to write that takes the place of ``path`` at the end of the block; otherwise as :func:`write_atomically`.

    Whatever the block raises leaves the old content, and no part of the new one.
    """
    private_folder(path.parent)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with ExitStack() as undo:
        undo.callback(Path(name).unlink, missing_ok=True)
        with os.fdopen(handle, "wb") as file:
            if mode != _MADE_WITH and hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
        undo.pop_all()
    sync_folder(path.parent)


def new_private_file(path: Path) -> BinaryIO:
    """Open a file anew to write it, for its owner alone from the first byte on; what had its name is gone.

    A link that somebody laid there on a stick goes too, and what it leads to stays as it is. Raises OSError.
    """
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def open_file(path: Path) -> BinaryIO:
    """Open a file that may lie on anybody's stick to read it: a pipe of its name would keep one waiting for ever.

    Raises:
        OSError: as ``open``; what is there is no file.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        raise OSError(errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL, "no file", str(path))
    return os.fdopen(handle, "rb")


def bounded_content(path: Path) -> bytes:
    """Return a document that may lie on anybody's stick; one longer than any real one is cut, and so is none. Raises OSError."""
    with path.open("rb") as file:
        return file.read(LONGEST_DOCUMENT)


def sync_folder(folder: Path) -> None:
    """Make the folder's entries durable; Windows does so by itself and has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
