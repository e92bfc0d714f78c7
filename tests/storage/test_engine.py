"""Opening: every setting that keeps data is read back, and nothing readable is left on the disk."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from datetime import date
from pathlib import Path

import psycopg
import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.domain.report_periods import Period
from counter_app.services.ports import ListFilter, ListMoment
from counter_app.storage import create_database, engine, open_database
from tests.storage.samples import KEY, NOW, dossier, fill, full_dossier, opened


def file_of(url):
    return Path(url.removeprefix("sqlite:///"))


def pragma(uow, name):
    return uow._connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_every_connection_keeps_what_it_acknowledges(sqlite_database):
    with sqlite_database.read() as one, sqlite_database.write() as other:
        for uow in (one, other):
            assert pragma(uow, "synchronous") == 2, "FULL: NORMAL loses acknowledged dossiers at a power cut"
            assert pragma(uow, "journal_mode") == "wal"
            assert pragma(uow, "foreign_keys") == 1
            assert pragma(uow, "busy_timeout") == 5000
            assert pragma(uow, "temp_store") == 2
            assert pragma(uow, "trusted_schema") == 0
            assert pragma(uow, "cipher_status") == "1"


def test_of_connections_that_were_open_together_one_stays(sqlite_database):
    with sqlite_database.read() as first, sqlite_database.read() as second, sqlite_database.write() as third:
        assert {pragma(each, "synchronous") for each in (first, second, third)} == {2}
    pool = sqlite_database._engine.pool
    assert (pool.checkedin(), pool.checkedout()) == (1, 0), "each keeps as many megabytes of the file in memory as search needs"
    with sqlite_database.read():
        assert (pool.checkedin(), pool.checkedout()) == (0, 1), "the one with its pages is taken again"


def cached(uow):
    return -pragma(uow, "cache_size")


def test_a_pass_over_many_rows_keeps_few_pages_until_its_transaction_ends(sqlite_database):
    with sqlite_database.read() as uow:
        assert cached(uow) == engine.CACHE_KIB
        engine.keep_few_pages(uow._connection)
        assert cached(uow) == engine.PASS_CACHE_KIB
    for unit in (sqlite_database.read, sqlite_database.write, sqlite_database.read):
        with unit() as uow:
            assert cached(uow) == engine.CACHE_KIB


def test_a_pass_that_fails_takes_nothing_from_the_next_one(sqlite_database):
    with suppress(LookupError), sqlite_database.read() as uow:
        engine.keep_few_pages(uow._connection)
        raise LookupError
    with sqlite_database.read() as uow:
        assert cached(uow) == engine.CACHE_KIB


def test_reports_and_the_count_of_all_returned_are_such_passes(sqlite_database):
    at = ListMoment(NOW, NOW, NOW)
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    passes = [lambda uow: list(uow.reports.cases(november)), lambda uow: list(uow.reports.work(november)),
              lambda uow: uow.dossiers.count(ListFilter.RETURNED, at)]
    for read in passes:
        with sqlite_database.read() as uow:
            read(uow)
            assert cached(uow) == engine.PASS_CACHE_KIB
    with sqlite_database.read() as uow:
        uow.dossiers.count(ListFilter.OVERDUE, at)
        assert cached(uow) == engine.CACHE_KIB


@pytest.mark.parametrize(("name", "wanted"), [("synchronous", "NORMAL"), ("synchronous", "OFF"), ("foreign_keys", "OFF"), ("temp_store", "FILE")])
def test_a_setting_that_does_not_hold_is_refused(sqlite_url, monkeypatch, name, wanted):
    weakened = tuple((each, wanted if each == name else to, expected) for each, to, expected in engine.SQLITE_SETTINGS)
    monkeypatch.setattr(engine, "SQLITE_SETTINGS", weakened)
    with pytest.raises(SurroundingsError) as refused:
        opened(sqlite_url)
    assert refused.value.code == "DATABASE_UNFIT"
    assert refused.value.problems[0].params["what"] == name


@pytest.mark.postgres
@pytest.mark.parametrize(("setting", "value"), [("synchronous_commit", "off"), ("synchronous_commit", "local")])
def test_a_server_that_promises_too_much_is_refused(own_postgres_url, setting, value):
    with psycopg.connect(own_postgres_url, autocommit=True) as admin:
        name = admin.info.dbname
        admin.execute(f"ALTER DATABASE {name} SET {setting} = {value}")
    with pytest.raises(SurroundingsError) as refused:
        opened(own_postgres_url)
    assert refused.value.code == "DATABASE_UNFIT"
    assert refused.value.problems[0].params == {"path": f"localhost/{name}", "what": setting, "value": value}


@pytest.mark.parametrize("key", [None, b"", b"short", b"x" * 31, b"x" * 33])
def test_a_file_needs_a_whole_key(tmp_path, key):
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    with pytest.raises(ValueError, match="256 bits"):
        create_database(url, key)
    with pytest.raises(ValueError, match="256 bits"):
        open_database(url, key, backup_dir=None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["mysql://desk@host/x", "sqlite://", "desk.db", ""])
def test_another_kind_of_address(url):
    with pytest.raises(ValueError, match=r"database|URL"):
        open_database(url, KEY, backup_dir=None)


def test_nothing_on_the_disk_can_be_read(tmp_path):
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    desk = create_database(url, KEY)
    fill(desk, full_dossier(1), dossier(2))
    with desk.read() as uow:
        uow.dossiers.search(("tran",), "tran", limit=5)
        content = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    desk.close()
    assert set(content) == {"desk.db", "desk.db-wal", "desk.db-shm"}
    for word in ("SQLite format 3", "CREATE TABLE", "Trần", "tran", "001190000456", KEY.hex()):
        assert all(word.encode() not in data for data in content.values()), word


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_may_read(tmp_path):
    desk = create_database(f"sqlite:///{tmp_path / 'desk.db'}", KEY)
    fill(desk, dossier(1))
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {
        "desk.db": 0o600, "desk.db-wal": 0o600, "desk.db-shm": 0o600}
    desk.close()


def test_closing_empties_the_log(sqlite_url):
    desk = opened(sqlite_url)
    fill(desk, dossier(1))
    desk.close()
    assert [path.name for path in file_of(sqlite_url).parent.iterdir()] == [file_of(sqlite_url).name]


@pytest.mark.parametrize("name", ["Xã Đắk Mil", "100% #1 & 'co'", "a+b;c=d"])
def test_a_folder_with_odd_letters(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    create_database(f"sqlite:///{folder / 'quầy.db'}", KEY).close()
    opened(f"sqlite:///{folder / 'quầy.db'}").close()
    assert [path.name for path in folder.iterdir()] == ["quầy.db"]


def test_the_name_of_a_server_holds_no_password():
    assert engine.place("postgresql://desk:secret@server:5432/quay") == "server/quay"
    assert engine.place("sqlite:////srv/desk/desk.db") == "/srv/desk/desk.db"
