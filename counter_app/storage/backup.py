"""Encrypted copies of a database in use, checked before they count."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from counter_app.domain.errors import DeskError, failed
from counter_app.domain.moments import VIETNAM
from counter_app.storage.engine import DriverConnection, create_empty_file, keyed_connection
from counter_app.storage.faults import desk_error
from counter_app.support.files import private_folder, sync_folder


def copy_database(file: Path, key: bytes, folder: Path, reason: str) -> Path:
    """Copy an encrypted database that may be in use, with the same key, into ``folder``, and return the copy.

    The copy is of one moment, whoever writes meanwhile. It is named ``<name>-<reason>-<time>.db``, is opened again and checked page by
    page and synced before this returns; a copy that fails leaves nothing behind.

    Raises:
        SurroundingsError: as :class:`~counter_app.services.ports.UnitOfWork`; BACKUP_DAMAGED, the copy is not what it should be.
    """
    copy = folder / f"{file.stem}-{reason}-{datetime.now(VIETNAM):%Y%m%dT%H%M%S%f}.db"
    _make(folder)
    with _opened(file, key) as source:
        if _damaged_pages(source):  # copying would go on over a damaged page and encrypt what it took it for
            raise failed("DATABASE_CORRUPT", path=str(file))
        create_empty_file(copy)
        try:
            with _opened(copy, key) as target:
                source.backup(target)
            check_copy(copy, key)
        except DeskError:
            copy.unlink()
            raise
    with copy.open("rb+") as written:
        os.fsync(written.fileno())
    sync_folder(folder)
    return copy


def check_copy(copy: Path, key: bytes) -> None:
    """Prove that a copy opens with the key, that every page is what was encrypted and that the tables hold together.

    Raises:
        SurroundingsError: BACKUP_DAMAGED; DATABASE_WRONG_KEY; DATABASE_CORRUPT, it can't be read at all.
    """
    with _opened(copy, key) as connection:
        if _damaged_pages(connection) or connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise failed("BACKUP_DAMAGED", path=str(copy))


def _damaged_pages(connection: DriverConnection) -> list[tuple[str]]:
    """Return what the encryption finds wrong: each page carries its own proof."""
    found: list[tuple[str]] = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    return found


@contextmanager
def _opened(file: Path, key: bytes) -> Iterator[DriverConnection]:
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
