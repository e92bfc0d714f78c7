"""One pass at a time: a lock file among this computer's state."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from counter_app.services import one_at_a_time

LOCK_NAME = "province.lock"


def alone(folder: Path) -> AbstractContextManager[None]:
    """Hold the line of a device, whose folder is given.

    Raises:
        SurroundingsError: SYNC_RUNNING, another pass holds it; or the folder can't be written.
    """
    return one_at_a_time.alone(folder / LOCK_NAME, "SYNC_RUNNING")
