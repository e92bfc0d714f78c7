"""The database: a SQLite file for a quick trial, PostgreSQL for many desks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Select, create_engine, event, select
from sqlalchemy.engine import make_url

from tests.province.server.tables import agencies, metadata

THREADS = 20
"""Half of the requests that the server works on at a time; the pool of connections grows to all of them."""


class Store:
    """Opens the database at an address and makes its tables when they aren't there.

    ``sqlite:///file`` or ``postgresql://…``. Whoever writes for an agency holds the lock of its row until the commit: one writer an
    agency, so that its feed and its lanes grow in the order of the commits, while other agencies go on. What a statement was given
    never gets into a log (I24).
    """

    def __init__(self, url: str) -> None:
        address = make_url(url)
        self._sqlite = address.get_backend_name() == "sqlite"
        self._turn: AbstractContextManager[object] = Lock() if self._sqlite else nullcontext()  # a file has one writer; they come in turn
        shared: dict[str, Any] = {"pool_size": THREADS, "max_overflow": THREADS, "hide_parameters": True}
        if self._sqlite:
            self._engine = create_engine(address, connect_args={"timeout": 60}, **shared)
            event.listen(self._engine, "connect", _prepare)
            event.listen(self._engine, "begin", _begin)
        else:
            self._engine = create_engine(address.set(drivername="postgresql+psycopg"), **shared)
        metadata.create_all(self._engine)

    @contextmanager
    def writing(self, *names: str) -> Iterator[Connection]:
        """Give a transaction that writes for some agencies; commits at the end, durably, or takes everything back."""
        with self._turn, self._engine.connect().execution_options(writing=True) as connection, connection.begin():
            if names:
                locked = select(agencies.c.agency).where(agencies.c.agency.in_(names)).order_by(agencies.c.agency).with_for_update()
                connection.execute(locked).all()
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a transaction that sees one state of everything and writes nothing."""
        options = {} if self._sqlite else {"isolation_level": "REPEATABLE READ"}
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def row(connection: Connection, query: Select[Any]) -> Any | None:
    """Return the first row as a mapping, None where there is none."""
    return connection.execute(query).mappings().first()


def rows(connection: Connection, query: Select[Any]) -> list[Any]:
    """Return all rows as mappings."""
    return list(connection.execute(query).mappings())


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver leaves transactions alone
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")
