"""Verify looks at digitised papers and their files: all agrees after any filing, and whatever is missing, changed or left shows."""

from dataclasses import replace

import pytest

from counter_app.services.scanning.library import ReusePaper, TakeOut
from counter_app.services.verifying.service import CHECKS, VerifyService
from tests.builders import HEAD, fake_desk
from tests.fakes_scanning import CLERK, DEVICE, scans
from tests.services.scanning.test_library import filed, received


@pytest.fixture
def place(tmp_path):
    """Two papers, one used again and one taken out."""
    made = scans(fake_desk(), tmp_path)
    first, second = received(made), received(made)
    paper, bad = filed(made, first), filed(made, first, "TP02", "bad")
    made.library.reuse(ReusePaper(second, "TP02", paper.op_id), CLERK)
    made.library.take_out(TakeOut(first, bad.file_id, "nhầm"), CLERK)
    return made


def differences(place):
    found = VerifyService(place.desk.database, place.store).run()
    return [(each.what, each.problem.code) for each in found.differences]


def lying(place, paper):
    return place.folder / "files" / paper.stored_id[-2:] / paper.stored_id


def change(place, act):
    with place.desk.database.write() as uow:
        act(uow)
        uow.commit()


def test_everything_agrees_and_is_counted(place):
    found = VerifyService(place.desk.database, place.store).run()
    assert found.differences == ()
    assert found.checked["files"] == 2
    assert found.checked["papers"] == 9, "three events, three lines, three files"
    assert list(found.checked) == [*CHECKS, "files"]


def test_without_a_store_no_file_is_looked_at(place):
    assert "files" not in VerifyService(place.desk.database).run().checked


def test_a_missing_and_a_changed_file_show(place):
    first, second = place.papers()[0], place.papers()[1]
    data = bytearray(lying(place, first).read_bytes())
    data[-1] ^= 1
    lying(place, first).write_bytes(data)
    lying(place, second).unlink()
    assert sorted(differences(place)) == [("files", "VERIFY_FILE"), ("files", "VERIFY_FILE_MISSING")]


def test_a_file_in_the_place_of_another_shows(place):
    first, second = place.papers()[0], place.papers()[1]
    lying(place, first).write_bytes(lying(place, second).read_bytes())
    assert differences(place) == [("files", "VERIFY_FILE")]


def test_a_destroyed_file_is_no_difference_unless_it_is_still_there(place):
    bad = place.papers()[1]
    data = lying(place, bad).read_bytes()
    place.library.destroy(bad.stored_id, "quét nhầm", HEAD)
    assert differences(place) == []
    lying(place, bad).write_bytes(data)
    assert differences(place) == [("files", "VERIFY_FILE_LEFT")]


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_key_that_nobody_destroyed_shows_also_where_the_file_is_gone(place, is_gone):
    """Who has the database could make a scan unreadable as a head does, but for the entry on the trail."""
    paper, bad = place.papers()[0], place.papers()[1]
    place.library.destroy(bad.stored_id, "quét nhầm", HEAD)
    change(place, lambda uow: uow.files.update(replace(
        uow.files.get(paper.stored_id), key="", destroyed_at=place.desk.clock.now(), destroyed_by=HEAD.user_id, destroyed_reason="hết hạn")))
    if is_gone:
        lying(place, paper).unlink()
    told = VerifyService(place.desk.database, place.store).run()
    assert [(each.what, each.where, each.kind.value) for each in told.differences] == [("files", paper.stored_id, "altered")]
    assert not told.verified


@pytest.mark.parametrize("changes", [{"sha256": "00" * 32}, {"pages": 9}, {"dossier_id": "d-other"}])
def test_a_paper_that_is_not_what_its_event_says_shows(place, changes):
    paper = place.papers()[0]
    change(place, lambda uow: uow.papers.update(replace(paper, **changes)))
    assert ("papers", "VERIFY_PAPER") in differences(place)


def test_a_paper_that_is_gone_shows(place):
    change(place, lambda uow: uow.papers.stored.pop(place.papers()[0].op_id))
    assert ("papers", "VERIFY_PAPER_GONE") in differences(place)


def test_a_paper_that_no_event_tells_of_shows(place):
    paper = place.papers()[0]
    change(place, lambda uow: uow.papers.add(replace(paper, op_id="op-of-nobody")))
    assert ("papers", "VERIFY_PAPER_ADDED") in differences(place)


def test_a_file_that_a_broken_off_filing_left_is_no_disagreement(place, tmp_path):
    (tmp_path / "clear.pdf").write_bytes(b"%PDF what nobody filed")
    place.store.seal("0" * 32, bytes(32), tmp_path / "clear.pdf")
    found = VerifyService(place.desk.database, place.store).run()
    assert [(each.what, each.where, each.kind.value) for each in found.differences] == [("files", "0" * 32, "unfinished")]
    assert found.verified


def test_a_key_that_is_none_shows(place):
    paper = place.papers()[0]
    change(place, lambda uow: uow.files.update(replace(uow.files.get(paper.stored_id), key="no key")))
    assert ("files", "VERIFY_FILE") in differences(place)


@pytest.fixture
def waits(tmp_path):
    """A desk without any paper: only stacks wait."""
    return scans(fake_desk(), tmp_path)


def stacks_found(waits):
    found = VerifyService(waits.desk.database, waits.store, waits.keeper, DEVICE).run()
    assert {each.what for each in found.differences} <= {"batches"}
    return [(each.where, each.problem.code) for each in found.differences], found.checked["batches"]


def test_stacks_that_wait_are_looked_at_and_left_alone(waits):
    kept, empty = waits.begin("a", "b"), waits.batches.begin(CLERK).batch_id
    before = sorted((path, path.stat().st_mtime_ns) for path in (waits.folder / "scans").rglob("*"))
    assert stacks_found(waits) == ([], 2)
    assert sorted((path, path.stat().st_mtime_ns) for path in (waits.folder / "scans").rglob("*")) == before
    assert {kept, empty} == waits.keeper.kept()
    assert "batches" not in VerifyService(waits.desk.database, waits.store).run().checked


def cut(journal):
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[1:]))


def exchanged(journal):
    first, second = (path for path in (journal.parent / "pages").glob("*/*"))
    data = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(data)


def shortened(journal):
    page = next((journal.parent / "pages").glob("*/*"))
    page.write_bytes(page.read_bytes()[:-1])


@pytest.mark.parametrize("harm", [
    cut, exchanged, shortened, lambda journal: journal.unlink(), lambda journal: next((journal.parent / "pages").glob("*/*")).unlink(),
    lambda journal: journal.write_bytes(journal.read_bytes() * 2),
], ids=["a line taken out", "pages exchanged", "a page cut off", "no journal", "a page gone", "lines repeated"])
def test_a_hand_in_a_stack_that_waits_shows(waits, harm):
    sound, harmed = waits.begin("a"), waits.begin("b", "c")
    harm(waits.folder / "scans" / harmed / "journal")
    assert stacks_found(waits) == ([(harmed, "VERIFY_BATCH")], 2)
    assert waits.again().batches.view(sound).batch.pages


def test_a_key_of_a_stack_that_is_none_shows(waits):
    batch_id = waits.begin("a")
    with waits.desk.database.write() as uow:
        row = uow.batches.get(batch_id)
        uow.batches.remove(batch_id)
        uow.batches.add(replace(row, key="no key"))
        uow.commit()
    assert stacks_found(waits) == ([(batch_id, "VERIFY_BATCH")], 1)


def test_a_stack_that_the_database_does_not_know_shows_unless_it_is_rubbish(waits):
    strange, dropped = waits.begin("a"), waits.begin("b")
    waits.keeper.note_drop(dropped)
    for batch_id in (strange, dropped):
        change(waits, lambda uow, gone=batch_id: uow.batches.remove(gone))
    assert stacks_found(waits) == ([(strange, "VERIFY_BATCH_STRANGE")], 1)


def test_a_stack_that_is_filed_while_it_is_looked_at_is_no_difference(waits, monkeypatch):
    batch_id = waits.begin("a")
    read = waits.keeper.records

    def filed_meanwhile(*asked):
        waits.batches.drop(batch_id, CLERK)
        return read(*asked)

    monkeypatch.setattr(waits.keeper, "records", filed_meanwhile)
    assert stacks_found(waits) == ([], 1)
