"""Copies of a desk in use: whole, encrypted, of one moment, and proven before they count."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.services.ports import ListFilter
from counter_app.storage import backup
from tests.storage.samples import AT, KEY, dossier, fill, opened, written_to


def file_of(url):
    return Path(url.removeprefix("sqlite:///"))


def count(file):
    desk = opened(f"sqlite:///{file}")
    with desk.read() as uow:
        total, found = uow.dossiers.count(ListFilter.ALL, AT), uow.dossiers.search(("tran",), "tran", limit=1).total
    desk.close()
    assert min(total, 1000) == found, "the search index is copied too"
    return total


def test_a_copy_holds_what_was_committed_and_no_more(sqlite_url, sqlite_database, tmp_path):
    fill(sqlite_database, *(dossier(n) for n in range(1, 301)))
    with sqlite_database.write() as uow:
        uow.dossiers.add(dossier(301))
        copy = backup.copy_database(file_of(sqlite_url), KEY, tmp_path / "new folder", "trial")
    assert count(copy) == 300
    assert (copy.parent, copy.suffix) == (tmp_path / "new folder", ".db")
    assert b"SQLite" not in copy.read_bytes()[:100]
    assert copy.stat().st_mode & 0o077 == 0


def test_a_copy_taken_while_others_write_is_of_one_moment(sqlite_url, sqlite_database, tmp_path):
    with written_to(sqlite_database):
        copies = [backup.copy_database(file_of(sqlite_url), KEY, tmp_path / "copies", "trial") for _ in range(3)]
    counts = [count(copy) for copy in copies]
    assert all(n % 2 == 1 for n in counts), "never half a transaction"
    assert counts == sorted(counts)
    assert len(set(copies)) == 3


def test_a_copy_that_can_not_be_read_back_does_not_count(sqlite_url, sqlite_database, tmp_path, monkeypatch):
    def damage(path):
        whole = bytearray(path.read_bytes())
        whole[4096 * 3 + 100] ^= 1
        path.write_bytes(whole)

    check = backup.check_copy
    monkeypatch.setattr(backup, "check_copy", lambda copy, key: (damage(copy), check(copy, key)))
    with pytest.raises(SurroundingsError) as refused:
        backup.copy_database(file_of(sqlite_url), KEY, tmp_path / "copies", "trial")
    assert refused.value.code == "BACKUP_DAMAGED"
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_damaged_desk_is_named_not_its_copy(sqlite_url, tmp_path):
    whole = bytearray(file_of(sqlite_url).read_bytes())
    whole[4096 * 10 + 100] ^= 1
    file_of(sqlite_url).write_bytes(whole)
    with pytest.raises(SurroundingsError) as refused:
        backup.copy_database(file_of(sqlite_url), KEY, tmp_path / "copies", "trial")
    assert (refused.value.code, refused.value.problems[0].params["path"]) == ("DATABASE_CORRUPT", str(file_of(sqlite_url)))
    assert list((tmp_path / "copies").iterdir()) == []


def test_another_key_copies_nothing(sqlite_url, tmp_path):
    with pytest.raises(SurroundingsError) as refused:
        backup.copy_database(file_of(sqlite_url), b"x" * 32, tmp_path / "copies", "trial")
    assert refused.value.code == "DATABASE_WRONG_KEY"
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_place_that_can_not_be_written(sqlite_url, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SurroundingsError) as refused:
        backup.copy_database(file_of(sqlite_url), KEY, tmp_path / "file" / "copies", "trial")
    assert refused.value.code == "DATABASE_READ_ONLY"
