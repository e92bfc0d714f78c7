"""Files written for people: complete under their name, or not there at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_app.services.surroundings import disk_fault


@contextmanager
def whole_file(out: Path) -> Iterator[Path]:
    """Give a path beside ``out`` to write to; at the end of the block it takes the name. A failure leaves what was there before.

    The file is there already, empty and its owner's alone: registers and exports hold whole identity numbers.

    Raises:
        SurroundingsError: DISK_FULL, FOLDER_NOT_ALLOWED, FILE_NOT_FOUND and the like, naming ``out``.
    """
    part = out.with_name(f".{out.stem}.part{out.suffix}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)  # of a killed try; a link that somebody put there is not followed
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            yield part
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise disk_fault(error, out) from error
