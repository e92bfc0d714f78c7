"""Encrypted copies of a database in use, checked before they count."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from counter_app.domain.errors import DeskError, failed
from counter_app.domain.moments import VIETNAM
from counter_app.storage.engine import DriverConnection, create_empty_file, keyed_connection
from counter_app.storage.faults import desk_error
from counter_app.support.files import private_folder, sync_folder

STRETCH = 2048
"""Pages between two questions whether to go on: 8 MB."""


PART = ".part"
"""How the name of a copy ends until it is whole."""


def _always() -> None:
    """Nobody ends the work."""


class _Progress:
    """What the driver calls after each stretch; its counts are nobody's business."""

    def __init__(self, go_on: Callable[[], None]) -> None:
        self._go_on = go_on

    def __call__(self, _status: int, _remaining: int, _total: int) -> None:
        self._go_on()


def copy_database(file: Path, key: bytes, folder: Path, reason: str) -> Path:
    """Copy an encrypted database that may be in use, with the same key, into ``folder``, and return the copy.

    The copy is of one moment, whoever writes meanwhile. It is opened again, checked page by page and synced before it gets its name,
    ``<name>-<reason>-<time>.db``: what a power cut leaves half made is called ``.part``. A copy that fails leaves nothing behind.

    Raises:
        SurroundingsError: as :class:`~counter_app.services.ports.UnitOfWork`; BACKUP_DAMAGED, the copy is not what it should be.
    """
    copy = folder / f"{file.stem}-{reason}-{datetime.now(VIETNAM):%Y%m%dT%H%M%S%f}.db"
    part = copy.with_suffix(PART)
    _make(folder)
    write_copy(file, key, part)
    try:
        check_copy(part, key)
    except DeskError:
        part.unlink()
        raise
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    part.replace(copy)
    sync_folder(folder)
    return copy


def write_copy(file: Path, key: bytes, copy: Path, go_on: Callable[[], None] = _always) -> None:
    """Copy an encrypted database that may be in use to a new file, not checked and not synced yet; a copy that fails is deleted.

    The reader's snapshot is held from the first page to the last, so that writers go on and the copy is of one moment. ``go_on`` is called
    between stretches of pages and ends the work by raising.

    Raises:
        SurroundingsError: as :class:`~counter_app.services.ports.UnitOfWork`; DATABASE_CORRUPT, a page of the source is damaged.
    """
    with opened_with(file, key) as source:
        if _damaged_pages(source):  # copying would go on over a damaged page and encrypt what it took it for
            raise failed("DATABASE_CORRUPT", path=str(file))
        create_empty_file(copy)
        try:
            with opened_with(copy, key) as target:
                source.execute("BEGIN")
                source.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # only a read begins the snapshot
                source.backup(target, pages=STRETCH, progress=_Progress(go_on), sleep=0)
        except DeskError:
            copy.unlink()
            raise


def check_copy(copy: Path, key: bytes) -> None:
    """Prove that a copy opens with the key, that every page is what was encrypted and that the tables hold together.

    Raises:
        SurroundingsError: BACKUP_DAMAGED; DATABASE_WRONG_KEY; DATABASE_CORRUPT, it can't be read at all.
    """
    with opened_with(copy, key) as connection:
        if not is_sound(connection):
            raise failed("BACKUP_DAMAGED", path=str(copy))


def is_sound(connection: DriverConnection) -> bool:
    """Tell whether every page is what was encrypted and the tables hold together."""
    return not _damaged_pages(connection) and connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def _damaged_pages(connection: DriverConnection) -> list[tuple[str]]:
    """Return what the encryption finds wrong: each page carries its own proof."""
    found: list[tuple[str]] = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    return found


@contextmanager
def opened_with(file: Path, key: bytes) -> Iterator[DriverConnection]:
    """Open a file and turn the driver's errors inside the block into the desk's, about this file."""
    from sqlcipher3 import dbapi2  # noqa: PLC0415  only where the database is a file

    try:
        with closing(keyed_connection(file, key)) as connection:
            yield connection
    except dbapi2.Error as error:
        raise desk_error(error, file) or error from error


def _make(folder: Path) -> None:
    try:
        private_folder(folder)
    except OSError as error:
        raise failed("DATABASE_READ_ONLY", path=str(folder)) from error
