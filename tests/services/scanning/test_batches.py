"""Batches of pages: what is in the journal is found again, what is not never happened."""

import errno
import os
import shutil
from dataclasses import replace

import pytest

from counter_app.domain.codes import slip_qr
from counter_app.domain.errors import DeskError, RuleBrokenError, SurroundingsError, failed
from counter_app.domain.scan_batch import sheets_of
from counter_app.domain.scan_batch_acts import Assign, Collate, Delete, Split, Turn
from counter_app.domain.scan_codes import SEPARATOR
from counter_app.domain.scan_profile import CleanUp
from counter_app.domain.scan_split import SplitRule, SplitWay
from tests.builders import CLERK, INSPECTOR, command, fake_desk
from tests.fakes_scanning import pages_in, scans
from tests.support.other_program import holding


@pytest.fixture
def place(tmp_path):
    return scans(fake_desk(), tmp_path)


def ids(view):
    return [sheet.page_id for sheet in sheets_of(view.batch.layout)]


def groups(view):
    return [len(group.sheets) for group in view.batch.layout]


def codes_of(act):
    with pytest.raises(DeskError) as error:
        act()
    return error.value.code


def test_a_batch_is_begun_and_noted(place):
    view = place.batches.begin(CLERK)
    assert (view.opened_by, view.batch.pages) == ("u-0001", ())
    assert place.desk.state.audit[-1].action == "scan.begun"
    assert codes_of(lambda: place.batches.begin(INSPECTOR)) == "NOT_ALLOWED"


def test_pages_leave_the_folder_they_came_in_and_lie_encrypted(place):
    place.begin("Trần Thị Ví Dụ", "")
    assert list((place.folder / "feed").iterdir()) == []
    lying = [path.read_bytes() for path in place.folder.rglob("*") if path.is_file()]
    assert len(lying) == 4, "a lock, a journal and two originals"
    assert not any("Ví Dụ".encode() in data for data in lying)


def test_a_page_that_can_not_be_read_stays_where_it_is(place):
    batch_id = place.batches.begin(CLERK).batch_id
    (page,) = pages_in(place.folder / "feed", "broken")
    assert codes_of(lambda: place.batches.add_page(batch_id, page)) == "SCAN_PAGE_UNREADABLE"
    assert page.path.exists()
    assert place.batches.view(batch_id).batch.pages == ()


def test_a_batch_is_found_again_as_it_was(place):
    batch_id = place.begin("a", "b", "", "d")
    first = ids(place.batches.view(batch_id))
    place.batches.act(batch_id, Split(first[2]))
    place.batches.act(batch_id, Turn((first[0],), 1))
    place.batches.act(batch_id, Delete((first[3],)))
    place.batches.undo(batch_id)
    place.batches.undo(batch_id)
    before = place.batches.redo(batch_id)
    again = place.again()
    assert [each.view for each in again.batches.open_ones()] == [before]
    redone = again.batches.redo(batch_id).batch
    again.batches.let_go()
    assert place.batches.view(batch_id).batch == redone, "redo survives too"


def test_what_became_one_step_is_one_after_a_start_too(place):
    batch_id = place.begin("a", "b", "c")
    first, second, third = ids(place.batches.view(batch_id))
    place.batches.act(batch_id, Delete((first,)))
    with place.batches.one_step(batch_id):
        place.batches.act(batch_id, Split(second))
        place.batches.act(batch_id, Split(third))
    again = place.again()
    assert groups(again.batches.view(batch_id)) == [1, 1, 1]
    assert groups(again.batches.undo(batch_id)) == [3]
    assert not any(sheet.deleted for sheet in sheets_of(again.batches.undo(batch_id).batch.layout))


def test_one_step_of_nothing_and_of_what_fails(place):
    batch_id = place.begin("a", "b")
    journal = place.folder / "scans" / batch_id / "journal"
    before = journal.read_bytes()
    with place.batches.one_step(batch_id):
        pass
    assert journal.read_bytes() == before

    def half_of_it():
        with place.batches.one_step(batch_id):
            place.batches.act(batch_id, Split(ids(place.batches.view(batch_id))[1]))
            place.batches.act(batch_id, Turn(("no page",), 1))

    assert codes_of(half_of_it) == "BATCH_PAGE_UNKNOWN"
    assert groups(place.batches.undo(batch_id)) == [2]


def test_an_original_comes_back_and_is_put_away(place):
    batch_id = place.begin("a", "b")
    second = ids(place.batches.view(batch_id))[1]
    page = place.again().batches.original(batch_id, second)
    assert (page.path.read_text("utf-8"), page.path.suffix, page.dpi) == ("b", ".png", 200)
    place.batches.put_away([page])
    assert not page.path.exists()


def test_what_a_killed_program_left_in_the_clear_is_deleted(place):
    batch_id = place.begin("a")
    page = place.batches.original(batch_id, ids(place.batches.view(batch_id))[0])
    again = place.again()
    again.batches.tidy()
    assert not page.path.exists()
    assert len(ids(again.batches.view(batch_id))) == 1


def forgotten(place, batch_id):
    """The database knows nothing of a batch any more."""
    with place.desk.database.write() as uow:
        uow.batches.remove(batch_id)
        uow.commit()
    place.batches.let_go()


def test_what_is_left_of_a_batch_that_was_begun_or_thrown_away_by_a_killed_program_goes(place):
    place.keeper.append("01a205b3-d000-7d57-bbaa-000000000000", bytes(32), {"n": 1})
    kept, dropped = place.begin("a"), place.begin("b")
    place.keeper.note_drop(dropped)
    forgotten(place, dropped)
    place.again().batches.tidy()
    assert place.keeper.kept() == {kept}


def test_what_another_program_has_just_begun_is_no_rubbish(place):
    """Its lock and its journal are there before it is on record."""
    batch_id = "01a205b3-d000-7d57-bbaa-000000000000"
    place.keeper.append(batch_id, bytes(32), {"n": 1})
    with holding(place.folder / "scans" / batch_id / "lock"):
        place.again().batches.tidy()
        assert place.keeper.kept() == {batch_id}


def test_an_older_copy_of_the_database_costs_no_pages(place):
    """What it does not know stays where it is: the newer one may come back."""
    batch_id = place.begin("a")
    with place.desk.database.read() as uow:
        row = uow.batches.get(batch_id)
    forgotten(place, batch_id)
    work = place.keeper.work_folder(batch_id) / "page.png"
    work.write_bytes(b"in the clear")
    older = place.again()
    older.batches.tidy()
    assert (older.batches.open_ones(), older.keeper.kept(), work.exists()) == ([], {batch_id}, False)
    with place.desk.database.write() as uow:
        uow.batches.add(row)
        uow.commit()
    again = place.again()
    assert words_of(again, again.batches.view(batch_id)) == ["a"]


def test_a_batch_of_another_counter_in_the_same_folder_is_no_rubbish(place):
    batch_id = place.begin("a")
    with place.desk.database.write() as uow:
        row = uow.batches.get(batch_id)
        uow.batches.remove(batch_id)
        uow.batches.add(replace(row, device="another"))
        uow.commit()
    place.batches.let_go()
    place.again().batches.tidy()
    assert place.keeper.kept() == {batch_id}


@pytest.mark.parametrize("lines", [1, 2])
def test_a_page_without_a_line_comes_back_at_the_end(place, lines):
    """Its program was killed before the line, or a hand cut the journal off: the file that it came in may be gone."""
    batch_id = place.begin("a", "b", "c")
    journal = place.folder / "scans" / batch_id / "journal"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-lines]))
    place.batches.let_go()
    again = place.again()
    assert words_of(again, again.batches.view(batch_id)) == ["a", "b", "c"]
    again.batches.let_go()
    once_more = place.again()
    assert words_of(once_more, once_more.batches.view(batch_id)) == ["a", "b", "c"], "it is taken in once"


def test_a_journal_that_is_gone_hides_no_pages(place):
    batch_id = place.begin("a", "b")
    (place.folder / "scans" / batch_id / "journal").unlink()
    place.batches.let_go()
    again = place.again()
    (found,) = again.batches.open_ones()
    assert (found.view, found.problem.code) == (None, "BATCH_DAMAGED")
    assert words_of(again, again.batches.rescue(batch_id, CLERK)) == ["a", "b"]


def test_a_folder_that_is_gone_is_no_empty_batch(place):
    batch_id = place.begin("a")
    place.batches.let_go()
    shutil.rmtree(place.folder / "scans")
    assert [each.problem.code for each in place.again().batches.open_ones()] == ["BATCH_DAMAGED"]
    assert place.again().batches.rescue(batch_id, CLERK).batch.pages == ()


def test_a_page_that_could_not_be_noted_is_kept_once(place, monkeypatch):
    batch_id = place.begin("a")
    (page,) = pages_in(place.folder / "feed", "b")
    with monkeypatch.context() as full:
        full.setattr(place.keeper, "append", lambda *_: (_ for _ in ()).throw(failed("DISK_FULL")))
        with pytest.raises(SurroundingsError, match="DISK_FULL"):
            place.batches.add_page(batch_id, page)
    place.batches.add_page(batch_id, page)
    place.batches.let_go()
    again = place.again()
    assert words_of(again, again.batches.view(batch_id)) == ["a", "b"]


def test_a_full_disk_changes_nothing(place, monkeypatch):
    batch_id = place.begin("a", "b")
    before = place.batches.view(batch_id)

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SurroundingsError, match="DISK_FULL"):
        place.batches.act(batch_id, Turn((ids(before)[0],), 1))
    (page,) = pages_in(place.folder / "feed", "c")
    with pytest.raises(SurroundingsError, match="DISK_FULL"):
        place.batches.add_page(batch_id, page)
    monkeypatch.undo()
    assert page.path.exists(), "the page is where it was"
    assert place.batches.view(batch_id) == before == place.again().batches.view(batch_id)


def test_a_damaged_journal_is_said_to_be_one(place):
    batch_id = place.begin("a")
    journal = place.folder / "scans" / batch_id / "journal"
    journal.write_bytes(b"AAAA\n" + journal.read_bytes())
    assert codes_of(lambda: place.again().batches.view(batch_id)) == "BATCH_DAMAGED"


def damaged(place, *lines):
    """Return a batch of three pages of which some lines of the journal can't be read any more, as a program start finds it.

    Lines are counted without the first, which says that the batch was begun.
    """
    batch_id = place.begin("a", "b", "c")
    place.batches.act(batch_id, Turn((ids(place.batches.view(batch_id))[2],), 1))
    journal = place.folder / "scans" / batch_id / "journal"
    kept = journal.read_bytes().splitlines(keepends=True)
    for at in lines:
        kept[at + 1] = kept[at + 1][::-1].strip() + b"\n"
    journal.write_bytes(b"".join(kept))
    return place.again(), batch_id


def words_of(place, view):
    """Return what stands on each page of a batch."""
    found = []
    for page in ids(view):
        original = place.batches.original(view.batch_id, page)
        found.append(original.path.read_text("utf-8"))
        place.batches.put_away([original])
    return found


def test_a_damaged_batch_hides_no_other_one(place):
    again, batch_id = damaged(place, 0)
    other = again.begin("d")
    found = {each.batch_id: each for each in again.batches.open_ones()}
    assert (found[batch_id].view, found[batch_id].problem.code) == (None, "BATCH_DAMAGED")
    assert (len(found[other].view.batch.pages), found[other].problem) == (1, None)
    assert found[batch_id].opened_by == CLERK.user_id


@pytest.mark.parametrize(("lost", "order", "turns"), [
    ((3,), "abc", [0, 0, 0]), ((1,), "acb", [0, 1, 0]), ((2,), "abc", [0, 0, 0]), ((0, 1, 2, 3), "abc", [0, 0, 0]),
])
def test_of_a_damaged_batch_every_page_that_can_be_read_is_kept(place, lost, order, turns):
    again, batch_id = damaged(place, *lost)
    view = again.batches.rescue(batch_id, CLERK)
    assert "".join(words_of(again, view)) == order
    assert [sheet.turns for sheet in sheets_of(view.batch.layout)] == turns
    assert [each.view for each in again.again().batches.open_ones()] == [view], "it is no longer damaged"
    assert (again.desk.state.audit[-1].action, again.desk.state.audit[-1].details) == ("scan.rescued", {"pages": 3})
    assert list(again.batches.work_folder(batch_id).iterdir()) == []


def test_the_damaged_journal_and_pages_that_can_not_be_read_stay_where_they_are(place):
    again, batch_id = damaged(place, 1)
    folder = again.folder / "scans" / batch_id
    before = (folder / "journal").read_bytes()
    lost = sorted(again.keeper.page_ids(batch_id))[1]
    next(folder.glob(f"pages/*/{lost}")).write_bytes(b"nonsense")
    assert words_of(again, again.batches.rescue(batch_id, CLERK)) == ["a", "c"]
    assert (folder / "journal.damaged").read_bytes() == before
    assert lost in again.keeper.page_ids(batch_id)


def test_who_may_not_scan_rescues_nothing_and_a_full_disk_leaves_it_as_it_was(place, monkeypatch):
    again, batch_id = damaged(place, 0)
    assert codes_of(lambda: again.batches.rescue(batch_id, INSPECTOR)) == "NOT_ALLOWED"
    assert codes_of(lambda: again.batches.rescue("no batch", CLERK)) == "BATCH_UNKNOWN"

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    assert codes_of(lambda: again.batches.rescue(batch_id, CLERK)) == "DISK_FULL"
    monkeypatch.undo()
    assert codes_of(lambda: again.batches.view(batch_id)) == "BATCH_DAMAGED"
    assert len(again.batches.rescue(batch_id, CLERK).batch.pages) == 3


def test_what_another_program_works_on_is_not_touched_until_that_ends(place):
    batch_id = place.begin("a", "b")
    place.batches.let_go()
    work = place.batches.work_folder(batch_id) / "page.png"
    work.write_bytes(b"being worked on")
    again = place.again()
    with holding(place.folder / "scans" / batch_id / "lock"):
        (found,) = again.batches.open_ones()
        assert (found.view, found.problem.code) == (None, "BATCH_IN_USE")
        for act in (lambda: again.batches.view(batch_id), lambda: again.batches.drop(batch_id, CLERK),
                    lambda: again.batches.rescue(batch_id, CLERK), lambda: again.batches.undo(batch_id)):
            assert codes_of(act) == "BATCH_IN_USE"
        again.batches.tidy()
        assert work.exists()
    assert len(again.batches.view(batch_id).batch.pages) == 2
    again.again().batches.tidy()
    assert not work.exists()


def test_a_damaged_batch_can_be_thrown_away(place):
    again, batch_id = damaged(place, 0)
    again.batches.drop(batch_id, CLERK)
    assert again.batches.open_ones() == []
    assert again.desk.state.audit[-1].details == {"damaged": True}


def test_a_stack_is_divided_by_the_codes_of_dossiers_that_exist(place):
    first, second = (place.desk.intake.receive(command(), CLERK).code for _ in range(2))
    place.room.codes = {"one": slip_qr(first), "two": slip_qr(second), "apart": SEPARATOR, "none": slip_qr("H36.50.05-261120-9999")}
    view = place.batches.divide(place.begin("one", "x", "two", "apart", "y", "none"), SplitRule())
    assert [(group.code, len(view.batch.visible(group)), group.doubt) for group in view.batch.layout] == [
        (first, 2, ""), (second, 1, ""), ("", 1, ""), ("", 1, "code_in_doubt"), ("", 0, "")]
    assert [view.judged[page.page_id].reason.value for page in view.batch.pages] == [
        "code_accepted", "nothing_new", "code_accepted", "separator_sheet", "after_separator", "code_in_doubt"]
    assert place.batches.undo(view.batch_id).judged == {}


def test_only_pages_that_came_later_are_divided_where_a_person_arranged_the_others(place):
    first, second = (place.desk.intake.receive(command(), CLERK).code for _ in range(2))
    place.room.codes = {"two": slip_qr(second)}
    batch_id = place.begin("a", "b", "x", "two", "y")
    a, b, *late = (page.page_id for page in place.batches.view(batch_id).batch.pages)
    place.batches.act(batch_id, Split(b))
    place.batches.act(batch_id, Assign(b, first))
    view = place.batches.divide(batch_id, SplitRule(), late)
    assert [(group.code, len(group.sheets)) for group in view.batch.layout] == [("", 1), (first, 2), (second, 2)]
    assert [view.judged[page].reason.value for page in late] == ["nothing_new", "code_accepted", "nothing_new"]
    assert a not in view.judged
    assert place.again().batches.view(batch_id).batch.layout == view.batch.layout
    assert groups(place.batches.undo(batch_id)) == [1, 4]


def test_dividing_by_count_and_dividing_nothing(place):
    view = place.batches.divide(place.begin("a", "b", "c"), SplitRule(SplitWay.PAGE_COUNT, 2))
    assert groups(view) == [2, 1]
    assert place.batches.divide(place.begin(), SplitRule()).batch.layout == ()
    assert codes_of(lambda: place.batches.divide(view.batch_id, SplitRule(SplitWay.PAGE_COUNT, 0))) == "SPLIT_PAGE_COUNT"


def test_two_passes_are_collated(place):
    batch_id = place.begin("a", "b", "B", "A")
    a, b, back_b, back_a = ids(place.batches.view(batch_id))
    assert ids(place.batches.act(batch_id, Collate(back_b))) == [a, back_a, b, back_b]


def test_a_dropped_batch_is_gone_with_its_key(place):
    batch_id = place.begin("a", "b")
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        place.batches.drop(batch_id, INSPECTOR)
    place.batches.drop(batch_id, CLERK)
    assert place.desk.state.batches == {}
    assert [path for path in (place.folder / "scans").rglob("*") if path.is_file()] == []
    entry = place.desk.state.audit[-1]
    assert (entry.action, entry.details) == ("scan.dropped", {"pages": 2, "unfiled": 2})
    assert codes_of(lambda: place.batches.view(batch_id)) == "BATCH_UNKNOWN"
    assert codes_of(lambda: place.again().batches.drop(batch_id, CLERK)) == "BATCH_UNKNOWN"


def test_pictures_of_a_page_leave_nothing_in_the_clear(place):
    batch_id = place.begin("a", "b")
    second = ids(place.batches.view(batch_id))[1]
    place.batches.act(batch_id, Turn((second,), 1))
    assert place.batches.thumbnail(batch_id, second, 200) == b"b turned 1"
    shown = place.batches.preview(batch_id, second, CleanUp())
    assert shown.path.read_text("utf-8") == "b turned 1"
    place.batches.put_away([shown])
    assert list(place.batches.work_folder(batch_id).iterdir()) == []
    assert codes_of(lambda: place.batches.thumbnail(batch_id, "no page", 200)) == "BATCH_PAGE_UNKNOWN"


def test_two_who_look_at_a_page_at_once_take_nothing_from_each_other(place):
    batch_id = place.begin("a")
    (page,) = ids(place.batches.view(batch_id))
    first, second = place.batches.original(batch_id, page), place.batches.original(batch_id, page)
    place.batches.put_away([first])
    assert second.path.read_text("utf-8") == "a"
