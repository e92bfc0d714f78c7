"""Databases for the tests: an encrypted file, and a PostgreSQL server started by the first test that wants one."""

from __future__ import annotations

import shutil
from itertools import count

import psycopg
import pytest

from counter_app.storage import create_database
from counter_app.storage.tables import metadata
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
def postgres_desk(postgres_server):
    """One desk on the server, emptied before each use: making databases is slow."""
    with psycopg.connect(postgres_server.url(), autocommit=True) as admin:
        admin.execute("CREATE DATABASE desk")
    create_database(postgres_server.url("desk"), None).close()
    return postgres_server.url("desk")


def emptied(url):
    with psycopg.connect(url, autocommit=True) as admin:
        tables = [table.name for table in metadata.sorted_tables]
        admin.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
    return url


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
        return emptied(request.getfixturevalue("postgres_desk"))

    return make


@pytest.fixture
def own_postgres_url(postgres_server):
    """A desk on a database of its own, for a test that changes settings of the server or the schema."""
    name = f"desk_{next(numbers)}"
    with psycopg.connect(postgres_server.url(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        create_database(postgres_server.url(name), None).close()
        yield postgres_server.url(name)
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=BOTH)
def own_url(request):
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "own_postgres_url")


@pytest.fixture(params=BOTH)
def url(request, new_url):
    return new_url(request.param)


@pytest.fixture(params=BOTH)
def fresh(request, new_url):
    """Return a function that opens a new empty desk of one kind; a test by example needs many."""
    made = []

    def make():
        made.append(opened(new_url(request.param)))
        return made[-1]

    yield make
    for database in made:
        database.close()


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
