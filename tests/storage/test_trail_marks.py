"""The marks of the trail: durable, shared by processes, whole after any cut, short after years."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.checkpoint import TrailMark
from counter_app.storage.trail_marks import EVERY, FILE_NAME, KEPT, FileTrailMarks
from tests.fakes import FakeClock
from tests.storage.samples import audit_entry, opened

A, B, C = (letter * 64 for letter in "abc")


@pytest.fixture
def marks(tmp_path):
    return FileTrailMarks(tmp_path / "device", FakeClock())


def counts(marks):
    return [mark.count for mark in marks.read().marks]


def file_of(marks, tmp_path):
    return tmp_path / "device" / FILE_NAME


def test_without_a_file_there_is_no_mark(marks):
    assert (marks.read().marks, marks.read().torn) == ((), 0)


def test_a_mark_says_how_far_the_trail_was_and_when(marks):
    marks.put(7, A)
    assert marks.read().marks == (TrailMark(7, A, FakeClock().now()),)


def test_only_its_owner_may_read_it(marks, tmp_path):
    marks.put(7, A)
    assert file_of(marks, tmp_path).stat().st_mode & 0o077 == 0


def test_a_mark_is_on_the_disk_before_anybody_goes_on(marks, monkeypatch):
    synced, real = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(handle), real(handle)))
    marks.put(7, A)
    folders = len(synced)
    marks.put(9, B)
    assert len(synced) == folders + 1, "one wait for the disk, the folder is there already"


def test_where_the_trail_stands_still_nothing_is_written(marks, tmp_path):
    marks.put(7, A)
    before = file_of(marks, tmp_path).read_bytes()
    marks.put(7, A)
    FileTrailMarks(tmp_path / "device", FakeClock()).put(7, A)
    assert file_of(marks, tmp_path).read_bytes() == before
    marks.put(7, B)
    assert counts(marks) == [7, 7], "the same length with another end is another trail"


@given(steps=st.lists(st.integers(1, 9), max_size=60))
def test_by_itself_a_mark_comes_after_so_many_entries(tmp_path_factory, steps):
    marks, at, marked = FileTrailMarks(tmp_path_factory.mktemp("marks"), FakeClock()), 0, None
    for step in steps:
        at += step
        marks.passed(at, A)
        marked = at if marked is None or at >= marked + EVERY else marked
        assert counts(marks)[-1] == marked
        assert at - counts(marks)[-1] < EVERY
    assert len(marks.read().marks) <= at // EVERY + 1


def test_an_older_copy_of_the_database_is_marked_from_where_it_stands(marks):
    marks.put(500, A)
    marks.passed(40, B)
    marks.passed(41, C)
    assert counts(marks) == [500, 40], "what was marked before stays: that is how the loss is seen"


def test_two_processes_add_to_one_file(marks, tmp_path):
    other = FileTrailMarks(tmp_path / "device", FakeClock())
    for count in range(1, 20):
        (marks if count % 2 else other).put(count, A)
    assert counts(marks) == list(range(1, 20))


@pytest.mark.parametrize("left", range(1, 95, 7))
def test_a_line_that_a_cut_tore_is_passed_over_and_spoils_nothing(marks, tmp_path, left):
    marks.put(7, A)
    first = file_of(marks, tmp_path).stat().st_size
    marks.put(8, B)
    data = file_of(marks, tmp_path).read_bytes()
    file_of(marks, tmp_path).write_bytes(data[:first + left])
    again = FileTrailMarks(tmp_path / "device", FakeClock())
    again.put(9, C)
    assert counts(again) == [7, 9]
    assert again.read().torn == (left > 1)


@pytest.mark.parametrize("line", [b"mark 7 x", b"\xff\xfe", b"mark x y z 00000000", b"note 7 aa 2026-11-20T09:42:00 00000000"])
def test_what_is_no_mark_is_none(marks, tmp_path, line):
    marks.put(7, A)
    with file_of(marks, tmp_path).open("ab") as file:
        file.write(b"\n" + line)
    assert (counts(marks), marks.read().torn) == ([7], 1)


def test_a_file_of_many_years_is_written_anew_with_its_newest_marks(marks, tmp_path):
    last = 4 * KEPT
    for count in range(1, last):
        marks.put(count, A)
    assert file_of(marks, tmp_path).stat().st_size < 110 * (2 * KEPT + 2)
    assert counts(marks) == list(range(counts(marks)[0], last))
    assert len(counts(marks)) >= KEPT


def test_a_restore_is_witnessed_for_ever_and_is_no_mark(marks, tmp_path):
    marks.witness_restore(3, C)
    marks.put(7, A)
    for count in range(8, 4 * KEPT):
        marks.put(count, B)
    assert marks.read().restores == {(3, C)}
    assert 3 not in counts(marks)
    assert marks.read().torn == 0
    assert file_of(marks, tmp_path).read_bytes().count(C.encode()) == 1


def test_marks_go_on_behind_a_restore(marks, tmp_path):
    """By itself a mark comes after so many entries: those of a restore don't count."""
    marks.put(100, A)
    marks.witness_restore(40, B)
    again = FileTrailMarks(tmp_path / "device", FakeClock())
    again.passed(101, C)
    assert counts(again) == [100]


def test_a_restore_that_can_not_be_witnessed_is_none(tmp_path):
    (tmp_path / "device").write_text("a file where the folder should be")
    with pytest.raises(OSError):
        FileTrailMarks(tmp_path / "device", FakeClock()).witness_restore(1, A)


def test_a_folder_that_takes_nothing_stops_no_work(tmp_path):
    (tmp_path / "device").write_text("a file where the folder should be")
    marks = FileTrailMarks(tmp_path / "device", FakeClock())
    marks.passed(1, A)
    marks.put(2, A)


def test_the_database_tells_of_each_commit_that_made_the_trail_longer(sqlite_url):
    heard = []
    desk = opened(sqlite_url, passed=lambda *head: heard.append(head))
    with desk.write() as uow:
        uow.audit.append(audit_entry(1))
        assert heard == [], "not before it is durable"
        uow.commit()
    with desk.write() as uow:
        uow.settings.put("k", 1)
        uow.commit()
    with desk.write() as uow:
        uow.audit.append(audit_entry(2))
    with desk.write() as uow:
        uow.audit.append(audit_entry(2))
        uow.audit.append(audit_entry(3))
        uow.commit()
    desk.close()
    assert heard == [(1, audit_entry(1).hash), (3, audit_entry(3).hash)]
