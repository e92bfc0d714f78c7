"""Encrypted copies of a database in use, checked before they count."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import datetime
from pathlib import Path

from counter_app.domain.errors import DeskError, failed
from counter_app.domain.moments import VIETNAM
from counter_app.storage.engine import create_empty_file, keyed_connection
from counter_app.storage.faults import desk_error


def copy_database(file: Path, key: bytes, folder: Path, reason: str) -> Path:
    """Copy an encrypted database that may be in use, with the same key, into ``folder``, and return the copy.

    The copy is of one moment, whoever writes meanwhile. It is named ``<name>-<reason>-<time>.db``, is synced, opened again and checked page
    by page before this returns; a copy that fails leaves nothing behind.

    Raises:
        SurroundingsError: as :class:`~counter_app.services.ports.UnitOfWork`; BACKUP_DAMAGED, the copy is not what it should be.
    """
    from sqlcipher3 import dbapi2  # noqa: PLC0415  only where the database is a file

    copy = folder / f"{file.stem}-{reason}-{datetime.now(VIETNAM):%Y%m%dT%H%M%S%f}.db"
    _make(folder)
    create_empty_file(copy)
    try:
        with closing(keyed_connection(file, key)) as source, closing(keyed_connection(copy, key)) as target:
            source.backup(target)
        check_copy(copy, key)
        _sync(copy)
        _sync(folder)
    except (dbapi2.Error, DeskError) as error:
        copy.unlink(missing_ok=True)
        raise desk_error(error, copy) or error from error
    return copy


def check_copy(copy: Path, key: bytes) -> None:
    """Prove that a copy opens with the key, that every page is what was encrypted and that the tables hold together.

    Raises:
        SurroundingsError: BACKUP_DAMAGED.
        sqlcipher3.dbapi2.Error: it can't be read at all.
    """
    with closing(keyed_connection(copy, key)) as connection:
        broken_pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        if broken_pages or connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise failed("BACKUP_DAMAGED", path=str(copy))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise failed("DATABASE_READ_ONLY", path=str(folder)) from error


def _sync(path: Path) -> None:
    """Force a file or the names in a folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
