"""Files written for people: complete under their name, or not there at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_app.services.surroundings import disk_fault


@contextmanager
def whole_file(out: Path) -> Iterator[Path]:
    """Give a path beside ``out`` to write to; at the end of the block it takes the name. A failure leaves what was there before.

    Raises:
        SurroundingsError: DISK_FULL, FOLDER_NOT_ALLOWED, FILE_NOT_FOUND and the like, naming ``out``.
    """
    part = out.with_name(f".{out.stem}.part{out.suffix}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield part
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise disk_fault(error, out) from error
