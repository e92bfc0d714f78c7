"""Private folders where a file lies in the clear while it is worked on."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from pathlib import Path

from counter_app.services.surroundings import disk_fault
from counter_app.support.files import private_folder

LEFT_S = 3600
"""Seconds after which what lies there was left by a killed program: one file takes minutes at most."""


def ready_folder(folder: Path, older_s: float = LEFT_S) -> None:
    """Have a folder for its owner alone, and delete what a killed program left in it in the clear so many seconds ago or longer.

    Raises:
        SurroundingsError: FOLDER_NOT_ALLOWED and the like.
    """
    try:
        private_folder(folder)
    except OSError as error:
        raise disk_fault(error, folder) from error
    clear_left(folder, older_s)


def clear_left(folder: Path, older_s: float) -> None:
    """Delete what lies in a folder, where there is one, and was not touched for so many seconds: nobody works on it. With 0 all goes."""
    for left in folder.iterdir() if folder.is_dir() else ():
        with suppress(OSError):  # another program has just done with it
            if not older_s or time.time() - left.stat().st_mtime >= older_s:
                shutil.rmtree(left)
