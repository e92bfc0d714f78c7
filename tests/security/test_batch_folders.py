"""Journals and originals of batches: a line is there whole or not at all, and nothing lies in the clear for long."""

import errno
import os
import time

import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.security.batch_folders import BatchFolders

BATCH, PAGE = "01a205b3-d000-7d57-bbaa-667cf005fbcc", "01a205b3-d000-7d57-bbaa-667cf005fbcd"
KEY = bytes(range(32))
LINES = [{"n": 1, "name": "Trần Thị Ví Dụ"}, {"n": 2}, {"n": 3, "pages": ["a", "b"]}]


@pytest.fixture
def place(tmp_path):
    return BatchFolders(tmp_path / "scans")


@pytest.fixture
def journal(place, tmp_path):
    for line in LINES:
        place.append(BATCH, KEY, line)
    return tmp_path / "scans" / BATCH / "journal"


def code(act):
    with pytest.raises(SurroundingsError) as error:
        act()
    return error.value.code


def test_a_journal_is_read_as_it_was_written(place, journal):
    assert place.records(BATCH, KEY) == LINES
    assert "Ví Dụ".encode() not in journal.read_bytes()
    assert place.kept() == {BATCH}


def test_no_journal_is_damage(place, journal):
    journal.unlink()
    assert code(lambda: place.records(BATCH, KEY)) == "BATCH_DAMAGED"
    assert place.legible(BATCH, KEY) == []


@pytest.mark.parametrize("order", [(1, 2), (0, 2), (0, 2, 1), (0, 1, 1, 2), (0, 1, 2, 0)])
def test_lines_that_were_taken_out_exchanged_or_repeated_are_damage(place, journal, order):
    """Each of them opens with the key, and stands where it was not written."""
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[at] for at in order))
    assert code(lambda: place.records(BATCH, KEY)) == "BATCH_DAMAGED"
    assert place.legible(BATCH, KEY) == [LINES[at] for at in sorted(set(order))], "what can be read is read as it was written"


def test_of_what_is_not_on_record_only_what_was_thrown_away_or_is_empty_is_rubbish(place, journal, tmp_path):
    assert place.is_rubbish(BATCH), "it never had a page"
    (tmp_path / "page.png").write_bytes(b"page")
    place.keep_page(BATCH, KEY, PAGE, tmp_path / "page.png")
    assert not place.is_rubbish(BATCH)
    place.note_drop(BATCH)
    assert place.is_rubbish(BATCH)
    place.note_drop("gone already")
    assert place.kept() == {BATCH}, "to ask makes nothing"


def test_an_original_is_read_to_its_end_and_forgotten(place, tmp_path):
    (tmp_path / "page.png").write_bytes(b"page")
    place.keep_page(BATCH, KEY, PAGE, tmp_path / "page.png")
    place.check_page(BATCH, KEY, PAGE)
    assert code(lambda: place.check_page(BATCH, bytes(32), PAGE)) == "SEALED_FILE_DAMAGED"
    place.forget_page(BATCH, PAGE)
    assert code(lambda: place.check_page(BATCH, KEY, PAGE)) == "SEALED_FILE_MISSING"
    assert place.page_ids(BATCH) == frozenset()


def test_a_torn_last_line_never_happened(place, journal):
    """Cut anywhere in it: what was before is whole, and the next line follows that."""
    data = journal.read_bytes()
    start = data[:-1].rfind(b"\n") + 1
    for cut in range(start, len(data)):
        journal.write_bytes(data[:cut])
        assert place.records(BATCH, KEY) == LINES[:2]
    place.append(BATCH, KEY, {"n": 4})
    assert place.records(BATCH, KEY) == [*LINES[:2], {"n": 4}]


@pytest.mark.parametrize("damage", [b"not base64!\n", b"QUJD\n", b"\n"])
def test_a_damaged_line_in_between_is_damage(place, journal, damage):
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([lines[0], damage, lines[2]]))
    assert code(lambda: place.records(BATCH, KEY)) == "BATCH_DAMAGED"


def test_another_key_or_another_batch_reads_nothing(place, journal, tmp_path):
    assert code(lambda: place.records(BATCH, bytes(32))) == "BATCH_DAMAGED"
    (tmp_path / "scans" / "other").mkdir()
    (tmp_path / "scans" / "other" / "journal").write_bytes(journal.read_bytes())
    assert code(lambda: place.records("other", KEY)) == "BATCH_DAMAGED"


def test_a_full_disk_leaves_the_journal_as_it_was(place, journal, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    assert code(lambda: place.append(BATCH, KEY, {"n": 4})) == "DISK_FULL"
    monkeypatch.undo()
    assert place.records(BATCH, KEY) == LINES


def test_an_original_is_kept_encrypted(place, tmp_path):
    plain = tmp_path / "page.png"
    plain.write_bytes(b"\x89PNG picture of a paper")
    place.keep_page(BATCH, KEY, PAGE, plain)
    out = place.work_folder(BATCH) / "page.png"
    place.take_page(BATCH, KEY, PAGE, out)
    assert out.read_bytes() == plain.read_bytes()
    sealed = [path for path in (tmp_path / "scans").rglob("*") if path.is_file() and path != out]
    assert len(sealed) == 1
    assert b"picture" not in sealed[0].read_bytes()


def test_what_a_killed_program_left_in_the_clear_is_deleted(place, journal):
    (place.work_folder(BATCH) / "page.png").write_bytes(b"clear")
    place.clear_work()
    assert not (journal.parent / "work").exists()
    assert place.records(BATCH, KEY) == LINES


def test_what_a_clock_that_was_wrong_dates_tomorrow_is_deleted_too(place, journal):
    os.utime(place.work_folder(BATCH), (time.time() + 86400,) * 2)
    place.clear_work()
    assert not (journal.parent / "work").exists()


def test_what_somebody_works_on_right_now_stays(place, journal):
    work = place.work_folder(BATCH)
    (work / "page.png").write_bytes(b"clear")
    place.clear_work(60)
    assert (work / "page.png").exists()
    os.utime(work, (1, 1))
    place.clear_work(60)
    assert not work.exists()


def test_a_dropped_batch_is_gone(place, journal):
    place.drop(BATCH)
    assert not journal.parent.exists()
    place.drop(BATCH)


def test_of_a_damaged_journal_the_lines_that_can_be_read_are_read_and_written_anew(place, journal):
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([lines[0], b"QUJD\n", lines[2]]))
    kept = place.legible(BATCH, KEY)
    assert kept == [LINES[0], LINES[2]]
    place.rewrite(BATCH, KEY, kept)
    assert place.records(BATCH, KEY) == kept
    assert (journal.parent / "journal.damaged").read_bytes() == b"".join([lines[0], b"QUJD\n", lines[2]])
    place.append(BATCH, KEY, {"n": 4})
    assert place.records(BATCH, KEY) == [*kept, {"n": 4}]


def test_a_journal_that_is_gone_is_written_anew_too(place, tmp_path):
    place.rewrite(BATCH, KEY, LINES)
    assert place.records(BATCH, KEY) == LINES


def test_the_originals_that_lie_there_are_known_by_name(place, tmp_path):
    assert place.page_ids(BATCH) == frozenset()
    (tmp_path / "page.png").write_bytes(b"page")
    place.keep_page(BATCH, KEY, PAGE, tmp_path / "page.png")
    assert place.page_ids(BATCH) == {PAGE}
