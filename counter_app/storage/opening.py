"""Making and opening a desk's database."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import Engine

from counter_app.domain.errors import failed
from counter_app.storage import schema
from counter_app.storage.engine import create_empty_file, open_engine, place, sqlite_file
from counter_app.storage.uow import SqlDatabase, TrailWatch

WAIT_SECONDS = 5.0
"""How long a writer waits for another one before it says so."""


def open_database(
    url: str, key: bytes | None, *, backup_dir: Path | None, wait_seconds: float = WAIT_SECONDS, passed: TrailWatch | None = None,
) -> SqlDatabase:
    """Open a desk's database and bring its schema up to date, after a backup beside it.

    ``url`` is ``sqlite:////path/desk.db`` (with the raw 256-bit ``key``) or ``postgresql://…`` (without one, and without a backup: the
    server has its own). ``backup_dir`` None leaves the backup out, for trials. ``passed``: as :class:`SqlDatabase`.

    Raises:
        SurroundingsError: any code of :class:`~counter_app.services.ports.UnitOfWork`; DATABASE_LOST, the file was emptied;
            DATABASE_EMPTY, there is no desk in it; DATABASE_TOO_NEW, a newer program made it; DATABASE_UNFIT, a setting that keeps data
            safe can't be had.
        ValueError: the address or the key is of no known kind.
    """
    with ExitStack() as undo:
        engine = open_engine(url, key, wait_seconds)
        undo.callback(engine.dispose)
        _refuse_lost(sqlite_file(url))
        if (found := schema.current_version(engine)) != schema.HEAD:
            _migrate(engine, url, key, backup_dir, found)
        undo.pop_all()
    return SqlDatabase(engine, place(url), passed)


def create_database(url: str, key: bytes | None) -> SqlDatabase:
    """Make a new desk's database: a new file, or the tables in an empty PostgreSQL database. A PostgreSQL database that other
    counters use already is opened.

    Raises:
        SurroundingsError: DATABASE_EXISTS, the file is there; else as :func:`open_database`.
        ValueError: as :func:`open_database`.
    """
    with ExitStack() as undo:
        engine = open_engine(url, key, WAIT_SECONDS)
        if (file := sqlite_file(url)) is not None:
            create_empty_file(file)
            undo.callback(_remove, file)
        undo.callback(engine.dispose)
        schema.upgrade(engine, place(url))
        undo.pop_all()
    return SqlDatabase(engine, place(url))


def _migrate(engine: Engine, url: str, key: bytes | None, backup_dir: Path | None, found: str | None) -> None:
    if found is None:
        raise failed("DATABASE_EMPTY", path=place(url))
    from counter_app.storage.backup import copy_database  # noqa: PLC0415  needed only when something must be migrated

    file = sqlite_file(url)
    if file is not None and key is not None and backup_dir is not None:
        copy_database(file, key, backup_dir, f"before-schema-{schema.HEAD}-from-{found}")
    schema.upgrade(engine, place(url))


def _refuse_lost(file: Path | None) -> None:
    """Keep away from an emptied file: SQLite would take it for a new database and write into it, or drop what its log still holds."""
    if file is not None and file.is_file() and file.stat().st_size == 0:
        raise failed("DATABASE_LOST", path=str(file))


def _remove(file: Path) -> None:
    """Take away what a failed making left behind."""
    for suffix in ("", "-wal", "-shm"):
        try:
            file.with_name(file.name + suffix).unlink(missing_ok=True)
        except OSError as error:
            raise failed("DATABASE_READ_ONLY", path=str(file)) from error


