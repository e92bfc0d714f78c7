"""Files written for people: complete under their name, or not there at all."""

from __future__ import annotations

import glob
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from counter_app.services.surroundings import disk_fault
from counter_app.support.files import private_folder

LEFT_AFTER = 24 * 3600
"""Seconds after its last byte that a file nobody finished is rubbish."""


@contextmanager
def whole_file(out: Path) -> Iterator[Path]:
    """Give a path beside ``out`` to write to; at the end of the block it takes the name. A failure leaves what was there before.

    The file is there already, empty and its owner's alone: registers and exports hold whole identity numbers. So are
    the folders that are made for it. Two that write to the same
    ``out`` at once have a file each, and the later one stays. What a killed try left is taken away after a day.

    Raises:
        SurroundingsError: DISK_FULL, FOLDER_NOT_ALLOWED, FILE_NOT_FOUND and the like, naming ``out``.
    """
    try:
        private_folder(out.parent)
        _clear(out)
        handle, name = tempfile.mkstemp(suffix=f".part{out.suffix}", prefix=f".{out.stem}.", dir=out.parent)
        os.close(handle)
        part = Path(name)
        try:
            yield part
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise disk_fault(error, out) from error


def _clear(out: Path) -> None:
    """Take away what killed tries left: it may hold personal data. One that still grows is younger."""
    for left in out.parent.glob(f".{glob.escape(out.stem)}.*.part{glob.escape(out.suffix)}"):
        with suppress(OSError):  # it took its name meanwhile, or is somebody else's
            if left.lstat().st_mtime < time.time() - LEFT_AFTER:
                left.unlink()
