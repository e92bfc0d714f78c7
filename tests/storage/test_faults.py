"""Each fault of the surroundings, made for real where that can be done, has its own code and leaves the data as it was."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from counter_app.domain.errors import DeskError, SurroundingsError
from counter_app.services.ports import ListFilter
from counter_app.storage import create_database, open_database
from counter_app.storage.faults import desk_error
from tests.storage.samples import AT, KEY, dossier, fill, opened


def file_of(url):
    return Path(url.removeprefix("sqlite:///"))


def code_of(act):
    with pytest.raises(SurroundingsError) as refused:
        act()
    assert refused.value.problems[0].params["path"], "the sentence names the database"
    return refused.value.code


@contextmanager
def mounted(place, *options):
    """Mount something at a folder; without the right to, the test is skipped."""
    place.mkdir(exist_ok=True)
    if subprocess.run(["mount", *options, str(place)], capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield place
    finally:
        unmount(place)


def unmount(place, patience=20.0):
    """Let go of a place, once processes that a killed one left behind have ended too."""
    end = time.monotonic() + patience
    while subprocess.run(["umount", str(place)], check=time.monotonic() > end).returncode:
        time.sleep(0.05)


def test_a_full_disk(tmp_path):
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=2m", "tmpfs") as small:
        url = f"sqlite:///{small / 'desk.db'}"
        desk = create_database(url, KEY)
        fill(desk, dossier(1))
        assert code_of(lambda: fill(desk, *(dossier(n) for n in range(2, 4000)))) == "DISK_FULL"
        with desk.read() as uow:
            assert uow.dossiers.count(ListFilter.ALL, AT) == 1
        desk.close()
        again = opened(url)
        with again.write() as uow:
            assert uow.dossiers.get("d-000001") == dossier(1)
            uow.dossiers.update(dossier(1, note="still works"))
            uow.commit()
        again.close()


def test_a_disk_without_a_single_page_left(tmp_path):
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=2m", "tmpfs") as small:
        url = f"sqlite:///{small / 'desk.db'}"
        create_database(url, KEY).close()
        room = shutil.disk_usage(small).free
        with (small / "filler").open("wb", buffering=0) as filler:
            filler.write(bytes(room))
        assert code_of(lambda: opened(url)) == "DISK_FULL"


def test_a_disk_too_full_for_a_new_desk_keeps_nothing_half_made(tmp_path):
    with mounted(tmp_path / "tiny", "-t", "tmpfs", "-o", "size=64k", "tmpfs") as tiny:
        assert code_of(lambda: create_database(f"sqlite:///{tiny / 'desk.db'}", KEY)) == "DISK_FULL"
        assert list(tiny.iterdir()) == []


def test_a_file_that_may_not_grow(sqlite_database):
    """The same fault wherever the tests run: the file has reached its greatest size."""
    def limit(connection):
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # never below the present size

    event.listen(sqlite_database._engine, "begin", limit)
    assert code_of(lambda: fill(sqlite_database, *(dossier(n) for n in range(1, 400)))) == "DISK_FULL"
    with sqlite_database.read() as uow:
        assert uow.dossiers.count(ListFilter.ALL, AT) == 0


@contextmanager
def read_only(folder):
    if os.geteuid() == 0:
        with mounted(folder, "--bind", str(folder)):
            subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
            yield
    else:
        folder.chmod(0o500)
        yield
        folder.chmod(0o700)


def test_a_read_only_folder(tmp_path, sqlite_url):
    folder = tmp_path / "media"
    folder.mkdir()
    shutil.copy(file_of(sqlite_url), folder / "desk.db")
    with read_only(folder):
        assert code_of(lambda: opened(f"sqlite:///{folder / 'desk.db'}")) == "DATABASE_READ_ONLY"
        assert code_of(lambda: create_database(f"sqlite:///{folder / 'new.db'}", KEY)) == "DATABASE_READ_ONLY"


def test_a_folder_that_becomes_read_only_while_the_desk_is_open(tmp_path, sqlite_url):
    folder = tmp_path / "media"
    folder.mkdir()
    shutil.copy(file_of(sqlite_url), folder / "desk.db")
    desk = opened(f"sqlite:///{folder / 'desk.db'}")
    fill(desk, dossier(1))
    desk.close()
    with read_only(folder):
        assert code_of(lambda: fill(desk, dossier(2))) == "DATABASE_READ_ONLY"
    fill(desk, dossier(2))
    desk.close()


def test_no_file_and_no_folder(tmp_path):
    assert code_of(lambda: opened(f"sqlite:///{tmp_path / 'none.db'}")) == "DATABASE_UNREACHABLE"
    assert not (tmp_path / "none.db").exists(), "looking for a desk makes none"
    assert code_of(lambda: create_database(f"sqlite:///{tmp_path / 'none' / 'desk.db'}", KEY)) == "DATABASE_UNREACHABLE"


def test_a_folder_in_the_place_of_the_file(tmp_path):
    assert code_of(lambda: opened(f"sqlite:///{tmp_path}")) in ("DATABASE_UNREACHABLE", "DATABASE_CORRUPT")


def test_a_file_that_is_there_is_never_overwritten(sqlite_url):
    before = file_of(sqlite_url).read_bytes()
    assert code_of(lambda: create_database(sqlite_url, KEY)) == "DATABASE_EXISTS"
    assert file_of(sqlite_url).read_bytes() == before


def test_another_key(sqlite_url):
    assert code_of(lambda: open_database(sqlite_url, b"x" * 32, backup_dir=None)) == "DATABASE_WRONG_KEY"
    opened(sqlite_url).close()


def test_a_disk_that_gives_no_first_page_is_no_wrong_key(tmp_path):
    """SQLCipher says of a page that it can't read what it says of one that it can't decrypt."""
    gone = tmp_path / "pulled-out" / "desk.db"
    assert desk_error(sqlite3.DatabaseError("file is not a database"), gone).code == "DATABASE_UNREACHABLE"


@pytest.mark.parametrize("content", [b"hello" * 1000, b"x" * 3, b"PK\x03\x04" + b"0" * 9000], ids=["text", "short", "zip"])
def test_a_file_that_is_no_database(tmp_path, content):
    (tmp_path / "desk.db").write_bytes(content)
    assert code_of(lambda: opened(f"sqlite:///{tmp_path / 'desk.db'}")) == "DATABASE_CORRUPT"
    assert (tmp_path / "desk.db").read_bytes() == content


def test_a_plain_database_of_another_program(tmp_path):
    other = sqlite3.connect(tmp_path / "desk.db")
    other.execute("CREATE TABLE t (a)")
    other.close()
    assert code_of(lambda: opened(f"sqlite:///{tmp_path / 'desk.db'}")) == "DATABASE_CORRUPT"


def test_an_emptied_file_is_no_new_desk(sqlite_url):
    """Not even what its log still holds is touched: whoever saves what can be saved finds everything as it was."""
    file = file_of(sqlite_url)
    log = file.with_name(file.name + "-wal")
    file.write_bytes(b"")
    log.write_bytes(b"frames")
    assert code_of(lambda: opened(sqlite_url)) == "DATABASE_LOST"
    assert (file.read_bytes(), log.read_bytes()) == (b"", b"frames")
    assert {path.name for path in file.parent.iterdir()} == {file.name, log.name}


def read_all(url):
    desk = opened(url)
    try:
        with desk.read() as uow:
            found = list(uow.dossiers.received_between(AT.now.replace(year=2020), AT.now.replace(year=2089)))
            hits = uow.dossiers.search(("tran",), "tran", limit=500).total
            events = [uow.events.of_dossier(each.dossier_id) for each in found]
    finally:
        desk.close()
    return found, hits, events


def test_flipped_bytes_are_noticed_or_harmless_never_believed(sqlite_url):
    desk = opened(sqlite_url)
    fill(desk, *(dossier(n) for n in range(1, 200)))
    desk.close()
    whole, right, chance = file_of(sqlite_url).read_bytes(), read_all(sqlite_url), random.Random(7)
    noticed = set()
    for _ in range(60):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        file_of(sqlite_url).write_bytes(damaged)
        try:
            assert read_all(sqlite_url) == right
        except DeskError as fault:
            noticed.add(fault.code)
    assert "DATABASE_CORRUPT" in noticed
    assert noticed <= {"DATABASE_CORRUPT", "DATABASE_WRONG_KEY"}, "a damaged first page looks like another key"


@pytest.mark.parametrize("size", [100, 4096 + 17, 5 * 4096, 40 * 4096 + 1])
def test_a_truncated_file(sqlite_url, size):
    desk = opened(sqlite_url)
    fill(desk, *(dossier(n) for n in range(1, 200)))
    desk.close()
    whole = file_of(sqlite_url).read_bytes()
    assert len(whole) > 50 * 4096
    file_of(sqlite_url).write_bytes(whole[:size])
    assert code_of(lambda: read_all(sqlite_url)) == "DATABASE_CORRUPT"


@pytest.mark.postgres
def test_no_server_and_no_such_database(postgres_url, postgres_server, tmp_path):
    assert code_of(lambda: opened(f"postgresql://desk@/x?host={tmp_path}")) == "DATABASE_UNREACHABLE"
    assert code_of(lambda: opened(postgres_server.url("nowhere"))) == "DATABASE_UNREACHABLE"
    assert code_of(lambda: opened(postgres_server.url("postgres"))) == "DATABASE_EMPTY"


@pytest.mark.postgres
def test_a_server_that_goes_away_is_said_and_found_again(postgres_url):
    desk = opened(postgres_url)

    def work():
        with desk.write() as uow:
            with psycopg.connect(postgres_url, autocommit=True) as admin:
                admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
            uow.dossiers.add(dossier(1))
            uow.commit()

    assert code_of(work) == "DATABASE_UNREACHABLE"
    fill(desk, dossier(1))
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
    with desk.read() as uow:
        assert uow.dossiers.get("d-000001") == dossier(1), "a connection that died while idle is replaced unseen"
    desk.close()


@pytest.mark.postgres
def test_a_server_that_is_read_only(own_postgres_url):
    with psycopg.connect(own_postgres_url, autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {admin.info.dbname} SET default_transaction_read_only = on")
    desk = opened(own_postgres_url)
    assert code_of(lambda: fill(desk, dossier(1))) == "DATABASE_READ_ONLY"
    desk.close()


class ServerError(Exception):
    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


@pytest.mark.parametrize(("state", "code"), [
    ("53100", "DISK_FULL"), ("XX001", "DATABASE_CORRUPT"), ("XX002", "DATABASE_CORRUPT"), ("25006", "DATABASE_READ_ONLY"),
    ("55P03", "DATABASE_LOCKED"), ("40P01", "DATABASE_LOCKED"), ("57P01", "DATABASE_UNREACHABLE"), ("57P03", "DATABASE_UNREACHABLE"),
    ("08006", "DATABASE_UNREACHABLE"), ("53300", "DATABASE_UNREACHABLE"), ("28P01", "DATABASE_UNREACHABLE"), ("58P01", "DATABASE_UNFIT"),
])
def test_what_a_server_can_report(state, code):
    assert desk_error(ServerError(state), "server/desk").code == code


@pytest.mark.parametrize("state", ["42601", "23503", "22001", "P0001"])
def test_a_mistake_of_ours_stays_a_bug(state):
    assert desk_error(ServerError(state), "server/desk") is None


class UnnamedError(Exception):
    """What the driver raises where a copy ends early."""


@pytest.mark.parametrize(("words", "code"), [
    ("database or disk is full", "DISK_FULL"), ("attempt to write a readonly database", "DATABASE_READ_ONLY"),
    ("database disk image is malformed", "DATABASE_CORRUPT"), ("database is locked", "DATABASE_LOCKED"),
    ("disk I/O error", "DATABASE_UNREACHABLE")])
def test_an_error_without_a_name_is_known_by_its_words(tmp_path, words, code):
    assert desk_error(UnnamedError(words), tmp_path / "desk.db").code == code
    assert desk_error(UnnamedError("near SELECT: syntax error"), tmp_path / "desk.db") is None
