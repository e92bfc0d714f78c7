"""Databases for the tests: an encrypted file, and a PostgreSQL server started by the first test that wants one."""

from __future__ import annotations

import shutil
from itertools import count

import psycopg
import pytest

from counter_app.storage import create_database
from tests.storage import postgres
from tests.storage.samples import KEY, opened

BOTH = [pytest.param("sqlite", id="sqlite"), pytest.param("postgres", id="postgres", marks=pytest.mark.postgres)]
numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server():
    place = postgres.binaries()
    if place is None:
        pytest.skip("no PostgreSQL 15 or newer on this machine")
    server = postgres.Server(place)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_template(postgres_server):
    """A database with the schema in it, copied for each test."""
    with psycopg.connect(postgres_server.url(), autocommit=True) as admin:
        admin.execute("CREATE DATABASE template_desk")
    create_database(postgres_server.url("template_desk"), None).close()
    return "template_desk"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    file = tmp_path_factory.mktemp("template") / "desk.db"
    create_database(f"sqlite:///{file}", KEY).close()
    return file


@pytest.fixture
def new_url(request, tmp_path):
    """Return a function that makes a fresh, empty desk of a kind and returns its address."""

    def make(kind):
        if kind == "sqlite":
            file = tmp_path / f"desk-{next(numbers)}.db"
            shutil.copy(request.getfixturevalue("sqlite_template"), file)
            return f"sqlite:///{file}"
        server, template = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template")
        name = f"desk_{next(numbers)}"
        with psycopg.connect(server.url(), autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return server.url(name)

    return make


@pytest.fixture(params=BOTH)
def url(request, new_url):
    return new_url(request.param)


@pytest.fixture
def database(url):
    """An empty desk, on SQLite and on PostgreSQL in turn."""
    made = opened(url)
    yield made
    made.close()


@pytest.fixture
def sqlite_url(new_url):
    return new_url("sqlite")


@pytest.fixture
def sqlite_database(sqlite_url):
    made = opened(sqlite_url)
    yield made
    made.close()


@pytest.fixture
def postgres_url(new_url):
    return new_url("postgres")
