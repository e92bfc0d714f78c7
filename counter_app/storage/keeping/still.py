"""A database's file that holds still while others write: what was in its log was brought into it, and one reader keeps it so.

A reader that begins while the log is empty reads the file alone, and says so with a lock of its own (SQLite calls it read mark 0). As
long as it holds that, nobody brings anything from the log into the file: writers go on in the log, and the file is the database of the
moment at which the reader began, byte for byte. Pages that did not change keep their bytes from one copy to the next, which a copy
through SQLite would encrypt anew.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_app.storage.backup import opened_with
from counter_app.storage.engine import DriverConnection

TRIES, PAUSE_S = 60, 0.5
"""A book of a year may be read for so long; a copy through SQLite would bring the whole database to each place anew."""
WAIT_MS = 50
"""How long a try waits for others: it keeps writers waiting meanwhile."""


@contextmanager
def held_still(file: Path, key: bytes) -> Iterator[DriverConnection | None]:
    """Hold a database's file still for the block and yield the reader that does; None where others read and wrote at every try.

    Raises:
        SurroundingsError: as :class:`~counter_app.services.ports.UnitOfWork`.
    """
    with opened_with(file, key) as connection:
        yield connection if _holds(connection, file) else None


def _holds(connection: DriverConnection, file: Path) -> bool:
    connection.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
    for number in range(TRIES):
        if number:
            time.sleep(PAUSE_S)
        if _tried(connection, file):
            return True
    return False


def _tried(connection: DriverConnection, file: Path) -> bool:
    """Empty the log and begin to read. A log that is empty after that was so before: none that somebody reads is cut off."""
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)")  # most of the work, while others write
    if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        return False
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # only a read begins the snapshot
    if _log_is_empty(file):
        return True
    connection.execute("ROLLBACK")
    return False


def _log_is_empty(file: Path) -> bool:
    try:
        return file.with_name(f"{file.name}-wal").stat().st_size == 0
    except OSError:  # a database without a log is none of ours
        return False
