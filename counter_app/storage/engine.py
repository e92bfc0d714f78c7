"""Engines: the encrypted SQLite file, and PostgreSQL. Every connection proves its settings before it is used.

A connection begins a transaction in one of two ways, told by its ``writes`` option: a writer takes the only write lock at once and waits
for it a few seconds, a reader sees one snapshot and can change nothing.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from counter_app.domain.errors import SurroundingsError, failed
from counter_app.storage.faults import Translator

KEY_BYTES = 32
DriverConnection = Any
"""A bare connection of sqlcipher3 or psycopg: neither package is typed the same way."""
WRITER_LOCK = 0x71756179
"""The advisory lock that makes PostgreSQL's writers take turns, as SQLite's do."""

CACHE_KIB, PASS_CACHE_KIB = 16384, 1024
"""What a connection keeps of the file in memory: for search, which lives on it, and for a pass over a year, which gains nothing by it."""
_FEW_PAGES = "few_pages"
"""Noted at a connection that :func:`keep_few_pages` was asked for."""

SQLITE_SETTINGS: tuple[tuple[str, str | int, str | int], ...] = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("cache_size", -CACHE_KIB, -CACHE_KIB),
)
"""Name, what is set, and what must be read back. FULL: a commit survives a power cut; NORMAL loses acknowledged dossiers."""

POSTGRES_SETTINGS = (("synchronous_commit", ("on", "remote_apply", "remote_write")), ("fsync", ("on",)), ("full_page_writes", ("on",)),
                     ("server_encoding", ("UTF8",)))
"""Name and what may be read. A server that acknowledges before the disk holds the work is refused."""

_CIPHER_SETTINGS = ("PRAGMA cipher_use_hmac = 1;", "PRAGMA cipher_page_size = 4096;", "PRAGMA cipher_hmac_algorithm = HMAC_SHA512;")


def sqlite_file(url: str) -> Path | None:
    """Return the file of a ``sqlite:////path/desk.db`` address; None for PostgreSQL.

    Raises:
        ValueError: the address is of neither kind.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ValueError("this is no address of a database") from None  # the address may hold a password
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        return Path(parsed.database)
    if parsed.get_backend_name() == "postgresql":
        return None
    raise ValueError(f"no such kind of database: {parsed.drivername}")


def place(url: str) -> str:
    """Return what to call a database before people: its file, or server and name; never a password."""
    parsed = make_url(url)
    return str(sqlite_file(url) or f"{parsed.host or 'localhost'}/{parsed.database}")


def open_engine(url: str, key: bytes | None, wait_seconds: float) -> Engine:
    """Return an engine; nothing is opened yet.

    Raises:
        ValueError: the address is of neither kind, or the SQLite file has no 256-bit key.
    """
    file = sqlite_file(url)
    if file is None:
        return _postgres(url, wait_seconds)
    if key is None or len(key) != KEY_BYTES:
        raise ValueError("the database file needs a key of 256 bits")
    return _sqlite(file, key, wait_seconds)


def keyed_connection(file: Path, key: bytes, wait_seconds: float = 5.0) -> DriverConnection:
    """Return a bare driver connection to an existing encrypted file; raises the driver's errors.

    A raw key costs nothing to open, where a passphrase would cost 130 ms each time.
    """
    from sqlcipher3 import dbapi2  # noqa: PLC0415  only where the database is a file

    address = f"file:{quote(str(file.absolute()))}?mode=rw"
    with ExitStack() as undo:
        connection = dbapi2.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=wait_seconds)
        undo.callback(connection.close)
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        undo.pop_all()
    return connection


def create_empty_file(file: Path) -> None:
    """Make the file that only its owner may read; SQLite's companions inherit this.

    Raises:
        SurroundingsError: DATABASE_EXISTS; DATABASE_READ_ONLY; DATABASE_UNREACHABLE.
    """
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise failed("DATABASE_EXISTS", path=str(file)) from None
    except FileNotFoundError:
        raise failed("DATABASE_UNREACHABLE", path=str(file)) from None
    except OSError as error:
        raise failed("DATABASE_READ_ONLY", path=str(file)) from error


class _SqliteConnector:
    """Opens connections of one file and proves each."""

    def __init__(self, file: Path, key: bytes, wait_seconds: float) -> None:
        self._file, self._key, self._wait = file, key, wait_seconds

    def __call__(self) -> DriverConnection:
        with ExitStack() as undo:
            connection = keyed_connection(self._file, self._key, self._wait)
            undo.callback(connection.close)
            self._prove(connection)
            undo.pop_all()
        return connection

    def _prove(self, connection: DriverConnection) -> None:
        for name, wanted, expected in SQLITE_SETTINGS:
            connection.execute(f"PRAGMA {name} = {wanted}")
            if (found := connection.execute(f"PRAGMA {name}").fetchone()[0]) != expected:
                raise self._unfit(name, found)
        if connection.execute("PRAGMA busy_timeout").fetchone()[0] != round(self._wait * 1000):
            raise self._unfit("busy_timeout", 0)
        cipher = {row[0] for row in connection.execute("PRAGMA cipher_settings")}
        if connection.execute("PRAGMA cipher_status").fetchone() != ("1",) or not cipher.issuperset(_CIPHER_SETTINGS):
            raise self._unfit("cipher", "off")

    def _unfit(self, name: str, found: object) -> SurroundingsError:
        return failed("DATABASE_UNFIT", path=str(self._file), what=name, value=str(found))


def _sqlite(file: Path, key: bytes, wait_seconds: float) -> Engine:
    from sqlcipher3 import dbapi2  # noqa: PLC0415  only where the database is a file

    # one connection stays: each keeps pages of its own in memory, which another one's commit makes worthless; opening one takes 1 ms
    engine = create_engine("sqlite://", module=dbapi2, creator=_SqliteConnector(file, key, wait_seconds), poolclass=QueuePool,
                           hide_parameters=True, pool_size=1, max_overflow=15)
    event.listen(engine, "handle_error", Translator(file), retval=True)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def keep_few_pages(connection: Connection) -> None:
    """Keep only a few pages in memory until the transaction ends: many rows will be read once, and would drive out what search lives on."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{PASS_CACHE_KIB}")
        connection.info[_FEW_PAGES] = True


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    if connection.info.pop(_FEW_PAGES, False):
        connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(url: str, wait_seconds: float) -> Engine:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), hide_parameters=True, pool_size=4, max_overflow=12,
                           pool_use_lifo=True, pool_pre_ping=True,
                           connect_args={"connect_timeout": 10, "options": f"-c lock_timeout={round(wait_seconds * 1000)} -c timezone=UTC"})
    event.listen(engine, "handle_error", Translator(place(url)), retval=True)
    event.listen(engine, "connect", _PostgresProof(place(url)))
    event.listen(engine, "begin", _begin_postgres)
    return engine


class _PostgresProof:
    """Reads back what a new connection's server promises."""

    def __init__(self, place: str) -> None:
        self._place = place

    def __call__(self, connection: DriverConnection, _record: object) -> None:
        connection.autocommit = True
        for name, allowed in POSTGRES_SETTINGS:
            if (found := connection.execute(f"SHOW {name}").fetchone()[0]) not in allowed:
                raise failed("DATABASE_UNFIT", path=self._place, what=name, value=str(found))
        connection.autocommit = False


def _begin_postgres(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
