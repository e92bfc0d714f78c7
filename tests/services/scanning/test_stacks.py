"""Stacks in files: filed by their codes, told page by page; bad files are told of and hinder nobody."""

import errno
import os
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest

from counter_app.domain.codes import slip_qr
from counter_app.domain.errors import DeskError, broken, failed
from counter_app.domain.scan_batch_acts import Assign
from counter_app.domain.scan_split import every
from counter_app.services.scanning.profiles import profile_named, profiles
from counter_app.services.scanning.stacks import StackService, StackWish
from tests.builders import CLERK, INSPECTOR, command, fake_desk
from tests.fakes_scanning import pages_in, scans


class FakeReader:
    """Files are texts whose lines are pages; a word for each way in which a file can be bad."""

    def importing(self):
        return nullcontext(self)

    def pages_of(self, path, limits, out_dir, first=1):
        lines = path.read_text("utf-8").splitlines()
        for word, fault in (("bomb", broken("FOREIGN_PAGE_TOO_LARGE", name=path.name, most=80)), ("full", failed("DISK_FULL", path="x"))):
            if lines[:1] == [word]:
                raise fault
        yield from pages_in(out_dir, *lines)
        if lines[-1:] == ["torn"]:
            raise broken("FOREIGN_DAMAGED", name=path.name)
        if lines[-1:] == ["crowded"]:
            raise failed("FOREIGN_NO_ROOM", name=path.name)


@pytest.fixture
def place(tmp_path):
    return scans(fake_desk(), tmp_path / "desk")


@pytest.fixture
def stacks(place):
    place.folder.mkdir(exist_ok=True)
    return StackService(place.desk.database, place.batches, place.filing, FakeReader())


@pytest.fixture
def codes(place):
    found = [place.desk.intake.receive(command(), CLERK).code for _ in range(2)]
    place.room.codes = {"one": slip_qr(found[0]), "two": slip_qr(found[1]), "lost": slip_qr("H36.50.05-261120-9999")}
    return found


def lying(tmp_path, **files):
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    for name, lines in files.items():
        (folder / f"{name}.pdf").write_text("\n".join(lines), "utf-8")
    return folder


def told(stack):
    return {each.code: [(file.pages, file.known) for file in each.files] for each in stack.dossiers}


def test_a_stack_is_filed_by_its_codes(stacks, codes, tmp_path, place):
    folder = lying(tmp_path, a=("one", "x", "", "two", "y"))
    stack = stacks.run([folder / "a.pdf"], CLERK)
    assert told(stack) == {codes[0]: [(2, False)], codes[1]: [(2, False)]}
    assert (stack.unfiled, stack.blank, stack.batch_id) == ((), ("a.pdf:3",), "")
    assert [each.pages for each in stack.dossiers] == [2, 2]
    assert place.keeper.kept() == frozenset(), "nothing is left of it"
    assert (folder / "a.pdf").exists(), "the file stays where it is"


def test_a_folder_is_one_stack_in_the_order_of_names(stacks, codes, tmp_path):
    folder = lying(tmp_path, b=("y",), a=("one",))
    (folder / ".hidden").write_text("z", "utf-8")
    assert told(stacks.run([folder], CLERK)) == {codes[0]: [(2, False)]}


def test_the_same_files_again_file_nothing_twice(stacks, codes, tmp_path, place):
    folder = lying(tmp_path, a=("one", "x"))
    stacks.run([folder], CLERK)
    again = stacks.run([folder, folder], CLERK)
    assert len(place.papers()) == 1
    assert told(again) == {}
    assert {problem.code for _, problem in again.unfiled} == {"FILE_PAPER_TAKEN"}


def test_what_is_in_doubt_waits_in_its_batch(stacks, codes, tmp_path, place):
    stack = stacks.run([lying(tmp_path, a=("one", "lost", "z"))], CLERK)
    assert [(page, problem.code) for page, problem in stack.unfiled] == [("a.pdf:2", "FILE_CODE_IN_DOUBT"), ("a.pdf:3", "FILE_CODE_IN_DOUBT")]
    assert [view.batch_id for view in place.batches.open_ones()] == [stack.batch_id]
    assert len(place.papers()) == 1


def test_a_bad_file_gives_none_of_its_pages_and_hinders_no_other(stacks, codes, tmp_path, place):
    stack = stacks.run([lying(tmp_path, a=("bomb",), b=("one", "torn"), c=("two",))], CLERK)
    assert [(page, problem.code) for page, problem in stack.unfiled] == [("a.pdf", "FOREIGN_PAGE_TOO_LARGE"), ("b.pdf", "FOREIGN_DAMAGED")]
    assert told(stack) == {codes[1]: [(1, False)]}
    assert list(place.folder.rglob("taken")) == []


def test_a_full_disk_ends_it_and_keeps_what_came(stacks, codes, tmp_path, place):
    with pytest.raises(DeskError, match="DISK_FULL"):
        stacks.run([lying(tmp_path, a=("one",), b=("full",))], CLERK)
    (waits,) = place.batches.open_ones()
    assert len(waits.view.batch.pages) == 1


def test_a_page_that_can_not_be_read_hinders_no_other_file(stacks, codes, tmp_path):
    stack = stacks.run([lying(tmp_path, a=("broken",), b=("two",))], CLERK)
    assert [(page, problem.code) for page, problem in stack.unfiled] == [("a.pdf", "SCAN_PAGE_UNREADABLE")]
    assert told(stack) == {codes[1]: [(1, False)]}


def test_of_a_file_with_a_page_that_can_not_be_read_nothing_is_filed(stacks, codes, tmp_path, place):
    with pytest.raises(DeskError, match="SCAN_PAGE_UNREADABLE"):
        stacks.run([lying(tmp_path, a=("one", "broken", "x"), b=("two",))], CLERK)
    assert place.papers() == []


def test_a_fault_of_the_disk_files_no_half_of_a_file(stacks, codes, tmp_path, place, monkeypatch):
    kept, keep = [], place.keeper.keep_page

    def keep_one(batch_id, key, page_id, source):
        if kept:
            raise failed("FILE_FAILED", path="x", number=5)
        kept.append(page_id)
        keep(batch_id, key, page_id, source)

    monkeypatch.setattr(place.keeper, "keep_page", keep_one)
    with pytest.raises(DeskError, match="FILE_FAILED"):
        stacks.run([lying(tmp_path, a=("one", "x"))], CLERK)
    (waits,) = place.batches.open_ones()
    assert ([page.page_id for page in waits.view.batch.pages], place.papers()) == (kept, [])


def test_a_dry_run_that_fails_keeps_nothing(stacks, codes, tmp_path, place):
    with pytest.raises(DeskError, match="DISK_FULL"):
        stacks.run([lying(tmp_path, a=("one",), b=("full",))], CLERK, dry_run=True)
    assert (place.batches.open_ones(), place.keeper.kept()) == ([], frozenset())


def test_a_dry_run_files_nothing_and_keeps_nothing(stacks, codes, tmp_path, place):
    folder = lying(tmp_path, a=("one", "x", "", "lost"))
    before = len(place.desk.state.events)
    stack = stacks.run([folder], CLERK, dry_run=True)
    assert [(each.code, [(file.name, file.part, file.pages, file.sha256) for file in each.files]) for each in stack.dossiers] == [
        (codes[0], [(f"{codes[0]}-HO-SO.pdf", "", 2, "")])]
    assert [page for page, _ in stack.unfiled] == ["a.pdf:4"]
    assert stack.blank == ("a.pdf:3",)
    assert (len(place.desk.state.events), place.papers(), place.keeper.kept()) == (before, [], frozenset())
    stacks.run([folder], CLERK)
    again = stacks.run([folder], CLERK, dry_run=True)
    assert {problem.code for _, problem in again.unfiled} == {"FILE_PAPER_TAKEN", "FILE_CODE_IN_DOUBT"}


def test_all_of_it_for_one_dossier(stacks, codes, tmp_path):
    folder = lying(tmp_path, a=("x", "two"))
    assert told(stacks.run([folder], CLERK, StackWish(slip_qr(codes[0])))) == {codes[0]: [(2, False)]}


def test_papers_that_are_all_alike_are_divided_by_a_number_of_pages(stacks, codes, tmp_path, place):
    folder = lying(tmp_path, a=("one", "x", "two", "y", "z"))
    stack = stacks.run([folder], CLERK, StackWish(rule=every(2)))
    assert told(stack) == {codes[0]: [(2, False)], codes[1]: [(2, False)]}
    assert [(page, problem.code) for page, problem in stack.unfiled] == [("a.pdf:5", "FILE_NO_DOSSIER")]
    (waits,) = place.batches.open_ones()
    assert [len(group.sheets) for group in waits.view.batch.layout] == [2, 2, 1]


def test_a_dry_run_by_pages_tells_what_filing_does(stacks, codes, tmp_path):
    folder, wish = lying(tmp_path, a=("one", "x", "y", "two")), StackWish(rule=every(3))
    foreseen = stacks.run([folder], CLERK, wish, dry_run=True)
    assert told(foreseen) == told(stacks.run([folder], CLERK, wish)) == {codes[0]: [(3, False)], codes[1]: [(1, False)]}


@pytest.mark.parametrize("way", profiles(), ids=lambda way: way.name)
def test_a_stack_is_cleaned_and_kept_as_its_way_of_scanning_says(stacks, codes, tmp_path, place, way):
    stack = stacks.run([lying(tmp_path, a=("one", "", "x"))], CLERK, StackWish(way=way))
    assert place.room.made_as == [way.file]
    assert told(stack) == {codes[0]: [(2 if way.clean_up.hide_blank else 3, False)]}
    assert stack.blank == (("a.pdf:2",) if way.clean_up.hide_blank else ())


def test_a_dry_run_counts_blank_pages_where_they_are_not_hidden(stacks, codes, tmp_path):
    stack = stacks.run([lying(tmp_path, a=("one", "", "x"))], CLERK, StackWish(way=profile_named("photo")), dry_run=True)
    assert (told(stack), stack.blank) == ({codes[0]: [(3, False)]}, ())


def test_a_set_of_blank_pages_is_lost_in_no_way_of_scanning_that_keeps_them(stacks, codes, tmp_path, place):
    wish = StackWish(rule=every(1), way=profile_named("photo"))
    for dry_run in (True, False):
        stack = stacks.run([lying(tmp_path, a=("one", "", "two"))], CLERK, wish, dry_run=dry_run)
        assert told(stack) == {code: [(1, False)] for code in codes}
        assert [(page, problem.code) for page, problem in stack.unfiled] == [("a.pdf:2", "FILE_NO_DOSSIER")]
    assert [len(each.view.batch.pages) for each in place.batches.open_ones()] == [3]


@pytest.mark.parametrize(("act", "code"), [
    (lambda stacks, folder: stacks.run([folder], INSPECTOR), "NOT_ALLOWED"),
    (lambda stacks, folder: stacks.run([folder], CLERK, StackWish(rule=every(0))), "SPLIT_PAGE_COUNT"),
    (lambda stacks, folder: stacks.run([folder], CLERK, StackWish("H36.50.05-261120-9999")), "DOSSIER_UNKNOWN"),
])
def test_what_can_not_be_begun_leaves_nothing(stacks, codes, tmp_path, place, act, code):
    folder = lying(tmp_path, a=("one",))
    with pytest.raises(DeskError, match=code):
        act(stacks, folder)
    assert place.desk.state.batches == {}


def test_a_folder_that_can_not_be_looked_into_is_said_so(stacks, tmp_path, monkeypatch):
    def refuse(_):
        raise PermissionError(errno.EACCES, "no")

    folder = lying(tmp_path, a=("one",))
    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(DeskError, match="FOLDER_NOT_ALLOWED"):
        stacks.run([folder], CLERK)
    assert stacks.bring([folder], tmp_path, None).stopped.code == "FOLDER_NOT_ALLOWED"


def test_an_empty_folder_is_no_stack(stacks, tmp_path):
    folder = lying(tmp_path)
    with pytest.raises(DeskError, match="STACK_EMPTY"):
        stacks.run([folder], CLERK)
    shutil.rmtree(folder)


def test_what_a_killed_call_left_in_the_clear_long_ago_is_deleted_by_the_next(stacks, codes, tmp_path, place):
    left = place.batches.begin(CLERK).batch_id
    work = place.batches.work_folder(left)
    (work / "page.png").write_text("clear", "utf-8")
    folder = lying(tmp_path, a=("one",))
    stacks.run([folder], CLERK)
    assert (work / "page.png").exists(), "somebody may be working on it"
    os.utime(work, (1, 1))
    stacks.run([folder], CLERK)
    assert not work.exists()


def killed_while_it_came(place, *words):
    """Return a batch as a killed program leaves it: some pages, nothing divided, nobody remembers it."""
    return place.again().begin(*words)


def test_what_a_killed_call_left_is_told_by_the_next_and_taken_up(stacks, codes, tmp_path, place):
    left = killed_while_it_came(place, "one", "x")
    stack = stacks.run([lying(tmp_path, a=("two",))], CLERK)
    assert [(each.code, dict(each.params)) for each in stack.warnings] == [("SCANS_WAITING", {"count": 1, "pages": 2})]
    assert [each.batch_id for each in stacks.waiting(CLERK)] == [left]
    assert told(stacks.take_up(left, CLERK)) == {codes[0]: [(2, False)]}
    assert stacks.waiting(CLERK) == []
    assert stacks.run([lying(tmp_path, a=("two",))], CLERK).warnings == ()


def test_after_the_same_stack_was_filed_again_what_was_left_is_known(stacks, codes, tmp_path, place):
    left = killed_while_it_came(place, "one", "x")
    stacks.run([lying(tmp_path, a=("one", "x"))], CLERK)
    assert told(stacks.take_up(left, CLERK)) == {codes[0]: [(2, True)]}
    assert (len(place.papers()), place.keeper.kept()) == (1, frozenset())


def test_half_a_stack_that_was_left_is_never_filed_beside_the_whole_one(stacks, codes, tmp_path, place):
    left = killed_while_it_came(place, "one")
    stacks.run([lying(tmp_path, a=("one", "x"))], CLERK)
    again = stacks.take_up(left, CLERK)
    assert [(page, problem.code) for page, problem in again.unfiled] == [("1", "FILE_PAPER_TAKEN")]
    assert (again.batch_id, len(place.papers())) == (left, 1)


def test_what_a_person_arranged_stays_so(stacks, codes, place):
    batch_id = place.begin("x", "one")
    first = place.batches.view(batch_id).batch.pages[0].page_id
    place.batches.act(batch_id, Assign(first, codes[1]))
    assert told(stacks.take_up(batch_id, CLERK)) == {codes[1]: [(2, False)]}, "though a page of it bears another code"


def test_a_damaged_batch_is_taken_up_with_all_that_can_be_read(stacks, codes, place):
    left = killed_while_it_came(place, "one", "x")
    journal = place.folder / "scans" / left / "journal"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([lines[0], b"rubbish\n"]))
    assert [each.problem.code for each in stacks.waiting(CLERK)] == ["BATCH_DAMAGED"]
    assert [each.pages for each in stacks.take_up(left, CLERK).dossiers] == [2]


def test_a_batch_that_is_not_there_is_said_so(stacks):
    with pytest.raises(DeskError, match="BATCH_UNKNOWN@batch"):
        stacks.take_up("01a2028b-c0b8-70ae-9e09-028a0126419a", CLERK)
