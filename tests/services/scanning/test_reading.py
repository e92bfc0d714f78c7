"""Filed scans are read page by page when nobody works: kept, stopped, tried again, given up, and found by search afterwards."""

import os
import time
from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.errors import DeskError, SurroundingsError, failed
from counter_app.domain.scan_batch_acts import Assign
from counter_app.domain.scan_words import MOST_TRIES, FileReading, SeenInScan
from counter_app.services.scanning.filing import FileBatch
from counter_app.services.scanning.library import TakeOut
from counter_app.services.scanning.reading import LEFT_S, ReadingService, ReadStep
from tests.builders import CLERK, HEAD, INSPECTOR, fake_desk
from tests.fakes_scanning import FakeReader, scans
from tests.services.scanning.test_library import code_of, filed, received


@pytest.fixture
def place(tmp_path):
    return scans(fake_desk(), tmp_path)


def filed_pages(place, *texts):
    """File the pages of a stack that is one file of its dossier."""
    place.desk.clock.forward(minutes=1)
    code = received(place)
    batch_id = place.begin(*texts)
    first = place.batches.view(batch_id).batch.pages[0].page_id
    place.batches.act(batch_id, Assign(first, code, part=""))
    assert place.filing.file(FileBatch(batch_id), CLERK).complete
    return max(place.papers(), key=lambda paper: paper.op_id)


def steps(place, actor=CLERK):
    done = []
    while (step := place.reading.read_next(actor)) is not None:
        done.append((step.page, step.failed))
    return done


def reading(place, paper):
    with place.desk.database.read() as uow:
        return uow.page_words.reading(paper.stored_id)


def test_a_file_is_read_page_by_page_and_found_by_its_words(place):
    paper = filed_pages(place, "vườn sầu riêng", "số thửa 117 tờ bản đồ 5")
    assert place.desk.dossiers.search("thửa 117", CLERK).rows == ()
    assert place.reading.read_next(CLERK) == ReadStep(paper.stored_id, 1, failed=False)
    assert reading(place, paper) == FileReading(paper.stored_id, 1)
    assert place.desk.dossiers.search("thửa 117", CLERK).rows == (), "the page is not read yet"
    assert steps(place) == [(2, False)]
    found = place.desk.dossiers.search("thửa 117", CLERK)
    assert found.seen == {paper.dossier_id: SeenInScan(paper.paper, 2)}
    assert [row.dossier_id for row in found.rows] == [paper.dossier_id]


def test_a_read_file_is_on_the_trail_once_and_without_a_word_of_it(place):
    paper = filed_pages(place, "bí mật một", "bí mật hai")
    steps(place, HEAD)
    entries = [entry for entry in place.desk.state.audit if entry.action == "file.words_read"]
    assert [(entry.user_id, entry.subject, entry.details) for entry in entries] == [("u-0002", paper.stored_id, {"pages": 2})]


def test_what_may_not_be_opened_is_not_found_by_its_words(place):
    filed_pages(place, "chẩn đoán viêm gan")
    steps(place)
    assert place.desk.dossiers.search("viêm gan", INSPECTOR).rows == ()
    assert "in_scans" not in place.desk.state.audit[-1].details
    for actor in (CLERK, HEAD):
        assert len(place.desk.dossiers.search("viêm gan", actor).rows) == 1
        entry = place.desk.state.audit[-1]
        assert (entry.action, entry.details) == ("dossiers.searched", {"words": 2, "found": 1, "in_scans": 1}), "how many, never the words"


def test_the_oldest_file_comes_first_and_each_is_read_to_its_end(place):
    first = filed_pages(place, "a một", "a hai")
    second = filed_pages(place, "b một")
    done = [place.reading.read_next(CLERK) for _ in range(4)]
    assert done == [ReadStep(first.stored_id, 1, failed=False), ReadStep(first.stored_id, 2, failed=False),
                    ReadStep(second.stored_id, 1, failed=False), None]


def test_somebody_who_works_stops_a_page_and_it_is_read_another_time(place):
    paper = filed_pages(place, "một trang")
    assert place.reading.read_next(CLERK, lambda: True) is None
    assert reading(place, paper) == FileReading(paper.stored_id), "no failure: nobody is to blame"
    assert steps(place) == [(1, False)]


def test_a_page_that_fails_three_times_waits_for_a_person(place):
    paper, other = filed_pages(place, "tốt", "xấu", "tốt nữa"), filed_pages(place, "khác")
    place.reader.faults = {2: failed("TEXT_READER_FAILED", page=2)}
    assert steps(place) == [(1, False), *[(2, True)] * MOST_TRIES, (1, False)], "and the next file is read"
    assert reading(place, paper) == FileReading(paper.stored_id, 1, MOST_TRIES)
    standing = place.reading.standing(INSPECTOR)
    assert (standing.waiting, standing.given_up) == (0, (paper,))
    assert place.desk.state.audit[-1].action == "files.listed"
    place.reader.faults = {}
    assert place.reading.try_again([paper.stored_id], CLERK).touch("books")
    assert (place.desk.state.audit[-1].action, place.desk.state.audit[-1].subject) == ("file.read_again", paper.stored_id)
    assert place.reading.standing(CLERK).waiting == 1
    assert steps(place) == [(1, False), (2, False), (3, False)]
    assert place.reading.standing(CLERK).given_up == ()
    assert other.stored_id != paper.stored_id
    assert code_of(lambda: place.reading.try_again(["s-x"], CLERK)) == "FILE_UNKNOWN"


def test_a_failure_between_pages_that_go_well_counts_from_one_again(place):
    paper = filed_pages(place, "một", "hai")
    place.reader.faults = {1: failed("TEXT_READER_FAILED", page=1)}
    place.reading.read_next(CLERK)
    place.reading.read_next(CLERK)
    place.reader.faults = {}
    place.reading.read_next(CLERK)
    assert reading(place, paper) == FileReading(paper.stored_id, 1, 0)


@pytest.mark.parametrize("code", ["DISK_FULL", "FOLDER_NOT_ALLOWED", "SEALED_FILE_MISSING"])
def test_a_fault_of_the_pc_is_not_counted_against_the_file(place, code):
    paper = filed_pages(place, "một")
    place.reader.faults = {1: failed(code)}
    with pytest.raises(SurroundingsError, match=code):
        place.reading.read_next(CLERK)
    assert reading(place, paper) == FileReading(paper.stored_id)


def test_a_damaged_file_is_one_that_waits_for_a_person(place):
    paper = filed_pages(place, "một")
    (sealed,) = [path for path in (place.folder / "files").glob("*/*") if path.name == paper.stored_id]
    sealed.write_bytes(sealed.read_bytes()[:-1] + b"x")
    assert steps(place) == [(1, True)] * MOST_TRIES
    assert place.reading.standing(CLERK).given_up == (paper,)


def test_a_file_of_another_counter_is_left_to_it(place):
    theirs, mine = filed_pages(place, "của quầy khác"), filed_pages(place, "của quầy này")
    place.store.destroy(theirs.stored_id)
    assert place.reading.standing(CLERK).waiting == 1
    assert steps(place) == [(1, False)]
    assert reading(place, mine).finished
    assert reading(place, theirs) == FileReading(theirs.stored_id)


def test_a_file_that_is_destroyed_while_it_is_read_leaves_no_word(place):
    code = received(place)
    paper = filed(place, code, text="sầu riêng")
    place.library.keep([paper.op_id], date(2026, 1, 1), HEAD)
    place.reader.before = lambda: place.library.destroy(paper.stored_id, "hết hạn", HEAD)
    place.reading.read_next(CLERK)
    assert place.desk.state.page_words == {}
    assert place.desk.state.readings == {}


def test_destroying_a_file_destroys_its_words(place):
    code = received(place)
    paper = filed(place, code, text="sầu riêng Đắk Mil")
    steps(place)
    assert place.desk.dossiers.search("sầu riêng", CLERK).total == 1
    place.library.keep([paper.op_id], date(2026, 1, 1), HEAD)
    place.library.destroy(paper.stored_id, "hết hạn", HEAD)
    assert place.desk.dossiers.search("sầu riêng", CLERK).total == 0
    assert place.desk.state.page_words == {}


def test_the_pages_of_a_file_in_its_place_are_not_read_again(place):
    """As where a file is signed: another file, the same pages."""
    first = filed_pages(place, "một", "thửa 117")
    steps(place)
    with place.desk.database.write() as uow:
        stored = uow.files.get(first.stored_id)
        other = replace(stored, stored_id="ab" * 16)
        uow.files.add(other)
        uow.papers.update(replace(first, unlinked_at=place.desk.clock.now()))
        uow.papers.add(replace(first, op_id="op-signed", stored_id=other.stored_id))
        uow.commit()
    place.store.seal(other.stored_id, bytes.fromhex(other.key), _plain(place))
    asked = len(place.reader.seen)
    assert place.desk.dossiers.search("thửa 117", CLERK).total == 0
    assert steps(place) == [(2, False)]
    assert len(place.reader.seen) == asked
    assert place.desk.dossiers.search("thửa 117", CLERK).seen == {first.dossier_id: SeenInScan(first.paper, 2)}
    assert (place.desk.state.audit[-2].action, place.desk.state.audit[-2].subject) == ("file.words_read", other.stored_id)


def _plain(place):
    path = place.folder / "signed.pdf"
    path.write_text("signed", "utf-8")
    return path


def test_a_paper_that_was_taken_out_is_not_found_and_not_read(place):
    code = received(place)
    paper = filed(place, code, text="sầu riêng")
    place.library.take_out(TakeOut(code, paper.file_id, "quét nhầm"), CLERK)
    assert steps(place) == []
    assert place.desk.dossiers.search("sầu riêng", CLERK).total == 0


def test_two_that_read_the_same_page_keep_it_once(place):
    filed_pages(place, "một", "hai")
    other = ReadingService(
        place.desk.database, place.desk.clock, place.store, library=place.library, reader=FakeReader(), folder=place.folder / "other")
    place.reader.before = lambda: other.read_next(CLERK)
    place.reading.read_next(CLERK)
    assert [page for _, page in place.desk.state.page_words] == [1]


def test_without_a_reader_it_is_said_and_nothing_is_touched(place):
    filed_pages(place, "một")
    place.reader.there = False
    assert not place.reading.is_possible()
    assert code_of(lambda: place.reading.read_next(CLERK)) == "TEXT_READER_MISSING"
    assert code_of(lambda: place.reading.copy_with_text("op-x", place.folder / "copy.pdf", CLERK)) == "TEXT_READER_MISSING"
    assert place.reader.seen == []


def test_what_lay_in_the_clear_is_gone_after_each_page_and_after_a_kill(place):
    filed_pages(place, "một")
    place.reading.read_next(CLERK)
    ((_, plain),) = place.reader.seen
    folder = place.folder / "reading"
    assert folder in plain.parents
    assert folder.stat().st_mode & 0o077 == 0
    assert list(folder.iterdir()) == []
    left, fresh = folder / "page-old", folder / "page-of-another-program"
    for each in (left, fresh):
        each.mkdir()
        (each / "file.pdf").write_bytes(b"%PDF")
    past = time.time() - LEFT_S - 60
    os.utime(left, (past, past))
    place.reading.tidy()
    assert [each.name for each in folder.iterdir()] == [fresh.name]
    os.utime(fresh, (past, past))
    assert place.reading.read_next(CLERK) is None
    assert list(folder.iterdir()) == []


def test_where_nothing_was_ever_read_there_is_nothing_to_tidy(place):
    place.reading.tidy()
    assert not (place.folder / "reading").exists()


def test_a_copy_with_text_is_a_look(place):
    code = received(place)
    paper, out = filed(place, code, text="tờ khai"), place.folder / "out" / "copy.pdf"
    before = place.store.digest(paper.stored_id, bytes.fromhex(_key(place, paper)))
    assert place.reading.copy_with_text(paper.op_id, out, HEAD) == paper
    assert out.read_text("utf-8").endswith("with text")
    assert place.store.digest(paper.stored_id, bytes.fromhex(_key(place, paper))) == before, "what is filed stays as it is"
    entry = place.desk.state.audit[-1]
    assert (entry.action, entry.user_id, entry.details) == ("file.opened", "u-0002", {"file": paper.file_id})
    assert list((place.folder / "reading").iterdir()) == []


@pytest.mark.parametrize("act", [
    lambda reading: reading.read_next(INSPECTOR), lambda reading: reading.try_again([], INSPECTOR),
    lambda reading: reading.copy_with_text("op-x", None, INSPECTOR)])
def test_an_inspector_changes_nothing_and_takes_nothing_out(place, act):
    with pytest.raises(DeskError, match="NOT_ALLOWED"):
        act(place.reading)


def _key(place, paper):
    with place.desk.database.read() as uow:
        return uow.files.get(paper.stored_id).key


def test_reading_is_kept_beside_other_files(place):
    """A reading that was noted for a file says nothing about another one with the same words."""
    first, second = filed_pages(place, "giống nhau"), filed_pages(place, "giống nhau")
    if first.stored_id == second.stored_id:
        pytest.fail("two dossiers have files of their own: they name the dossier")
    steps(place)
    assert {reading(place, each) for each in (first, second)} == {
        replace(FileReading(each.stored_id, 1), finished=True) for each in (first, second)}
