"""A database's file that is held still: byte for byte of one moment, whoever writes; and the process that reads it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.storage.engine import keyed_connection
from counter_app.storage.keeping import still
from counter_app.storage.keeping.reading import ReadApart
from counter_app.storage.keeping.still import held_still
from tests.storage.samples import KEY, dossier, fill, opened, written_to


@pytest.fixture
def file(sqlite_url):
    return Path(sqlite_url.removeprefix("sqlite:///"))


@pytest.fixture
def desk(sqlite_url):
    made = opened(sqlite_url)
    yield made
    made.close()


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(still, "TRIES", 3)
    monkeypatch.setattr(still, "PAUSE_S", 0.001)


def count_in(connection):
    return connection.execute("SELECT count(*) FROM dossier").fetchone()[0]


def read_apart(file):
    with closing(ReadApart(file)) as apart:
        return apart.read(0, file.stat().st_size)


def restored(tmp_path, data):
    """Open what was read as a database of its own and count it."""
    copy = tmp_path / "read.db"
    copy.write_bytes(data)
    with closing(keyed_connection(copy, KEY)) as connection:
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = count_in(connection)
    for each in tmp_path.glob("read.db*"):
        each.unlink()
    return found


def test_the_file_is_the_database_of_the_moment_and_writers_go_on(desk, file, tmp_path):
    fill(desk, *(dossier(n) for n in range(1, 6)))
    with held_still(file, KEY) as reader:
        before = read_apart(file)
        fill(desk, *(dossier(n) for n in range(6, 60)))
        with closing(keyed_connection(file, KEY)) as other:
            other.execute("PRAGMA wal_checkpoint(PASSIVE)")
            assert count_in(other) == 59, "what is written meanwhile is there for everybody else"
        assert read_apart(file) == before
        assert count_in(reader) == 5
    assert restored(tmp_path, before) == 5
    with held_still(file, KEY) as reader:
        assert (count_in(reader), restored(tmp_path, read_apart(file))) == (59, 59)


def test_a_file_whose_writers_never_rest_is_held_between_two_of_them(desk, file, tmp_path):
    with written_to(desk, most=100_000):
        for _ in range(2):
            with held_still(file, KEY) as reader:
                assert reader is not None
                looks = [read_apart(file) for _ in range(2)]
                assert looks[0] == looks[1]
                assert restored(tmp_path, looks[0]) == count_in(reader)
                assert count_in(reader) % 2, "never half a transaction"


def test_pages_that_did_not_change_keep_their_bytes(desk, file):
    fill(desk, *(dossier(n) for n in range(1, 200)))
    with held_still(file, KEY):
        before = read_apart(file)
    fill(desk, dossier(200))
    with held_still(file, KEY):
        after = read_apart(file)
    pages = range(0, len(before), 4096)
    changed = [at for at in pages if before[at:at + 4096] != after[at:at + 4096]]
    assert 0 < len(changed) < len(pages) / 2


@pytest.mark.usefixtures("quick")
def test_a_reader_of_before_is_waited_for_and_then_given_up(desk, file):
    fill(desk, dossier(1))
    with closing(keyed_connection(file, KEY)) as other:
        other.execute("BEGIN")
        assert count_in(other) == 1
        fill(desk, dossier(2))
        with held_still(file, KEY) as reader:
            assert reader is None, "the log holds what that reader must not see"
        other.execute("ROLLBACK")
    with held_still(file, KEY) as reader:
        assert count_in(reader) == 2


@pytest.mark.usefixtures("quick")
def test_a_writer_in_the_middle_of_its_work_is_not_waited_for_long(desk, file):
    with closing(keyed_connection(file, KEY)) as other:
        other.execute("BEGIN IMMEDIATE")
        with held_still(file, KEY) as reader:
            assert reader is None
        other.execute("ROLLBACK")


@pytest.mark.usefixtures("quick")
def test_what_is_written_between_the_emptied_log_and_the_reader_is_seen(desk, file, monkeypatch):
    emptied, seen = [], still._log_is_empty

    def write_once_then_look(path):
        if not emptied:
            emptied.append(True)
            fill(desk, dossier(1))
        return seen(path)

    monkeypatch.setattr(still, "_log_is_empty", write_once_then_look)
    with held_still(file, KEY) as reader:
        assert count_in(reader) == 1, "the second try"


@pytest.mark.usefixtures("quick")
def test_a_database_without_a_log_is_never_held(tmp_path):
    plain = tmp_path / "plain.db"
    plain.touch()
    with closing(keyed_connection(plain, KEY)) as connection:
        connection.execute("CREATE TABLE t (a)")
    with held_still(plain, KEY) as reader:
        assert reader is None


def locks_on(file):
    """Return what the system knows of locks on a file."""
    inode = f":{file.stat().st_ino}"
    return [line.split()[1:] for line in Path("/proc/locks").read_text("utf-8").splitlines() if line.split()[5].endswith(inode)]


@pytest.mark.skipif(sys.platform != "linux", reason="only here can locks be looked at")
@pytest.mark.usefixtures("desk")
def test_reading_the_file_gives_up_no_lock_of_this_process(file):
    with held_still(file, KEY):
        before = locks_on(file)
        read_apart(file)
        assert locks_on(file) == before != []
        file.read_bytes()
        assert locks_on(file) == [], "this is why another process reads"


# --- the process that reads -------------------------------------------------------------------------------------------------


def test_any_stretch_can_be_read(tmp_path):
    file = tmp_path / "tệp có dấu"
    file.write_bytes(data := os.urandom(100_000))
    with closing(ReadApart(file)) as apart:
        for at, size in ((0, 100_000), (99_999, 1), (5, 0), (4096, 70_000), (0, 1)):
            assert apart.read(at, size) == data[at:at + size]


def test_a_file_that_ends_before_is_told_and_the_next_question_answered(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"abc")
    with closing(ReadApart(file)) as apart:
        with pytest.raises(SurroundingsError, match="FILE_FAILED"):
            apart.read(1, 3)
        assert apart.read(1, 2) == b"bc"


def test_a_file_that_is_not_there_and_a_reader_that_ended_are_told(tmp_path):
    with closing(ReadApart(tmp_path / "none")) as apart:
        for _ in range(2):
            with pytest.raises(SurroundingsError, match="FILE_FAILED"):
                apart.read(0, 1)
    apart.close()


def test_a_computer_that_starts_no_process_is_told(tmp_path, monkeypatch):
    def _refuse(*_args, **_kwargs):
        raise OSError(errno.EAGAIN, "no process")

    monkeypatch.setattr(subprocess, "Popen", _refuse)
    with pytest.raises(SurroundingsError) as refused:
        ReadApart(tmp_path / "file")
    assert refused.value.problems[0].params["path"] == str(tmp_path / "file")
