"""Work that only one at a time may do on this computer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_app.domain.errors import failed
from counter_app.services.surroundings import disk_fault
from counter_app.support.process_lock import ProcessLock


@contextmanager
def alone(lock_file: Path, running: str) -> Iterator[None]:
    """Hold off whoever asks for the same file: another program, or another thread of this one.

    Raises:
        SurroundingsError: ``running``, somebody holds it; FOLDER_NOT_ALLOWED and the like, it can't be made.
    """
    lock = ProcessLock(lock_file)
    try:
        held = lock.hold()
    except OSError as error:
        raise disk_fault(error, lock_file) from error
    if not held:
        raise failed(running)
    try:
        yield
    finally:
        lock.let_go()
