"""A PostgreSQL database for a province under test, where the machine has a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.storage import postgres


@contextmanager
def postgres_url() -> Iterator[str]:
    """Give the address of an empty database on a server of its own; skips the test where there are no binaries."""
    place = postgres.binaries()
    if place is None:
        pytest.skip("no PostgreSQL 15 or newer on this machine")
    server = postgres.Server(place)
    try:
        with psycopg.connect(server.url(), autocommit=True) as admin:
            admin.execute("CREATE DATABASE province")
        yield server.url("province")
    finally:
        server.stop()
