"""Safe keeping as a person knows it: copies by themselves, each place for itself, thinned out, rehearsed, and honest about how it stands."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.domain.people import Actor, Role
from counter_app.services.desk.settings import profile_key
from counter_app.services.keeping.policy import Keep, Why
from counter_app.services.keeping.records import Examined
from counter_app.services.keeping.service import LOCAL, KeepingService
from counter_app.services.keeping.settings import KeepingSettings
from tests.builders import profile
from tests.fakes import FakeDatabase
from tests.fakes_keeping import DESK_DISK, FakeMemory, FakeRoom

USB, SHARE = "/media/usb", "/mnt/share"
ADMINISTRATOR, CLERK = Actor("u-0004", Role.ADMINISTRATOR), Actor("u-0001", Role.CLERK)


@pytest.fixture
def room():
    return FakeRoom()


@pytest.fixture
def memory():
    return FakeMemory()


@pytest.fixture
def database():
    return FakeDatabase()


@pytest.fixture
def keeping(database, clock, room, memory):
    service = KeepingService(database, clock, room, memory, "d")
    service.save(KeepingSettings((USB, SHARE)), ADMINISTRATOR)
    return service


def trail(database):
    with database.read() as uow:
        return [(each.action, each.user_id) for each in uow.audit.entries(1)]


def test_a_copy_goes_to_the_desks_disk_and_to_every_place(keeping, room, database):
    report = keeping.make(Why.ASKED)
    assert (set(report.made), report.failed) == ({LOCAL, USB, SHARE}, {})
    assert [what for what, _ in room.calls].count("snapshot") == 1, "all copies are of one moment"
    assert [where for what, where in room.calls if what == "files"] == [Path(USB) / "desk", Path(SHARE) / "desk"], "scans lie on the desk's disk anyway"
    assert trail(database)[1:] == [("backup.made", "safe-keeping")] * 3


def test_the_copies_of_a_desk_on_a_server_say_whose_they_are_though_its_database_is_not_in_them(keeping, room, database):
    ours = profile(agency="H36.50.05", commune="Xã Đắk Mil", desk="2")
    with database.write() as uow:
        uow.settings.put(profile_key("d"), asdict(ours))
        uow.commit()
    room.on_server = True
    facts = [made.facts for made in keeping.make(Why.ASKED).made.values()]
    assert {(each.agency, each.commune, each.desk) for each in facts} == {("H36.50.05", "Xã Đắk Mil", "2")}


def test_whoever_looks_on_is_told_each_step(keeping, room):
    steps = []
    keeping.make(Why.ASKED, step=lambda done, of: steps.append((done, of)))
    assert steps == [(done, 7) for done in range(1, 7)]
    room.gone = {USB, SHARE}
    keeping.make(Why.ASKED, step=lambda done, of: steps.append((done, of)))
    assert steps[6:] == [(1, 7), (4, 7)]


def test_a_place_that_is_gone_hinders_no_other(keeping, room):
    room.gone = {USB}
    report = keeping.make(Why.START)
    assert (set(report.made), report.failed[USB].code) == ({LOCAL, SHARE}, "BACKUP_PLACE_MISSING")
    (usb,) = [each for each in keeping.standing().places if each.folder == USB]
    assert (usb.there, usb.record.made_at, usb.record.problem.code) == (False, None, "BACKUP_PLACE_MISSING")


def test_another_disk_in_an_old_place_takes_copies_only_once_somebody_asks_for_one_there(keeping, room, clock):
    keeping.make(Why.START)
    room.exchanged = {USB}
    clock.forward(minutes=1)
    assert keeping.make(Why.TIME).failed[USB].code == "BACKUP_PLACE_MISSING"
    made = keeping.make_in(USB)
    (usb,) = [each for each in keeping.standing().places if each.folder == USB]
    assert (usb.record.made_at, usb.record.problem) == (made.facts.made_at, None)


def test_a_place_that_is_taken_out_and_added_again_may_be_another_disk(keeping, room, memory):
    keeping.make(Why.START)
    room.exchanged = {USB, SHARE}
    keeping.save(KeepingSettings((SHARE,)), ADMINISTRATOR)
    assert set(memory.read().places) == {LOCAL, USB, SHARE}
    keeping.save(KeepingSettings((SHARE, USB)), ADMINISTRATOR)
    assert set(memory.read().places) == {LOCAL, SHARE}
    report = keeping.work(keeping.due())
    assert (set(report.made), report.failed) == ({USB}, {})
    assert keeping.make(Why.TIME).failed[SHARE].code == "BACKUP_PLACE_MISSING"


@pytest.mark.parametrize("what", ["files", "put"])
def test_a_full_stick_is_told_and_its_last_copy_is_remembered(keeping, room, clock, what):
    keeping.make(Why.START)
    before = clock.now()
    clock.forward(hours=3)
    room.faults = {Path(USB) / "desk": "DISK_FULL"}
    report = keeping.make(Why.TIME)
    assert report.failed[USB].code == "DISK_FULL"
    record = {each.folder: each.record for each in keeping.standing().places}[USB]
    assert (record.made_at, record.problem.code, record.tried_at) == (before, "DISK_FULL", clock.now())
    assert keeping.standing().problems == (record.problem,)


def test_the_next_good_copy_ends_the_problem(keeping, room, clock):
    room.gone = {USB}
    keeping.make(Why.START)
    room.gone = set()
    clock.forward(hours=1)
    keeping.make(Why.ASKED)
    assert keeping.standing().problems == ()


def test_a_damaged_database_is_no_fault_of_a_place(keeping, room):
    room.faults = {"snapshot": "DATABASE_CORRUPT"}
    with pytest.raises(SurroundingsError) as refused:
        keeping.make(Why.ASKED)
    assert refused.value.code == "DATABASE_CORRUPT"
    assert keeping.standing().problems == ()


def test_two_never_copy_at_once(keeping, room):
    with room.alone(), pytest.raises(SurroundingsError) as refused:
        keeping.make(Why.ASKED)
    assert refused.value.code == "BACKUP_ELSEWHERE"


def test_an_end_that_was_wished_for_is_nobodys_fault(keeping):
    with pytest.raises(SurroundingsError) as refused:
        keeping.make(Why.ASKED, stop=lambda: True)
    assert refused.value.code == "BACKUP_HALTED"
    assert keeping.standing().problems == ()


def test_old_copies_go_and_the_desks_own_disk_keeps_fewer(keeping, room, clock):
    keeping.save(KeepingSettings((USB,), keep=Keep(2, 3, 0, 0)), ADMINISTRATOR)
    for _ in range(8):
        clock.forward(hours=12)
        keeping.make(Why.TIME)
    assert [len(room.shelves[folder]) for folder in (Path(USB) / "desk", DESK_DISK)] == [3, 2]


def test_a_full_place_gives_up_its_older_copies_for_a_new_one(keeping, room, clock):
    for _ in range(4):
        clock.forward(minutes=10)
        keeping.make(Why.TIME, (USB,))
    room.most = 3
    clock.forward(minutes=10)
    report = keeping.make(Why.TIME, (USB,))
    assert (set(report.made), report.failed) == ({USB}, {})
    assert next(iter(room.copies(Path(USB) / "desk"))).facts.made_at == clock.now()
    room.most = 0
    assert keeping.make(Why.TIME, (USB,)).failed[USB].code == "DISK_FULL"
    assert len(room.shelves[Path(USB) / "desk"]) >= 1, "the last copy is never given up"


def test_a_copy_that_can_not_be_deleted_is_told_of_beside_the_new_one(keeping, room, clock):
    keeping.save(KeepingSettings((USB,), keep=Keep(1, 0, 0, 0)), ADMINISTRATOR)
    keeping.make(Why.START)
    clock.forward(minutes=1)
    room.faults = {"remove": "FOLDER_NOT_ALLOWED"}
    report = keeping.make(Why.TIME)
    record = {each.folder: each.record for each in keeping.standing().places}[USB]
    assert (USB in report.made, record.made_at, record.problem.code) == (True, clock.now(), "FOLDER_NOT_ALLOWED")


def test_what_is_due_is_done_once(keeping, clock):
    due = keeping.due()
    assert (due.places, due.why, due.rehearsal) == ((LOCAL, USB, SHARE), Why.START, False)
    keeping.work(due)
    assert keeping.due().places == ()
    clock.forward(hours=3)
    assert (keeping.due().places, keeping.due().why) == ((USB, SHARE), Why.TIME)


def test_a_stick_that_was_out_is_asked_again_later_and_the_others_are_left_alone(keeping, room, clock):
    room.gone = {USB}
    keeping.work(keeping.due())
    assert keeping.due().places == ()
    clock.forward(minutes=31)
    assert keeping.due().places == (USB,)
    room.gone = set()
    keeping.work(keeping.due())
    assert not keeping.due().places


def test_the_end_of_the_day_makes_a_copy_where_it_is_wanted(keeping):
    assert set(keeping.at_close().made) == {USB, SHARE}
    keeping.save(KeepingSettings(()), ADMINISTRATOR)
    assert keeping.at_close().made == {}, "the desk's own disk has its copy of the morning"
    keeping.save(KeepingSettings((USB,), at_close=False), ADMINISTRATOR)
    assert keeping.at_close().made == {}


def test_an_update_may_begin_with_any_copy_and_with_none_may_not(keeping, room):
    room.gone = {USB, SHARE}
    assert set(keeping.before_update().made) == {LOCAL}
    room.faults = {DESK_DISK: "DISK_FULL"}
    with pytest.raises(SurroundingsError) as refused:
        keeping.before_update()
    assert "DISK_FULL" in {each.code for each in refused.value.problems}


def test_a_copy_in_a_named_folder_is_remembered_only_for_a_place_of_the_settings(keeping, memory, room):
    keeping.make_in("/media/other")
    assert memory.read().places == {}
    keeping.make_in(USB)
    assert set(memory.read().places) == {USB}
    room.faults = {Path("/media/other/desk"): "DISK_FULL"}
    with pytest.raises(SurroundingsError) as refused:
        keeping.make_in("/media/other")
    assert refused.value.code == "DISK_FULL"


# --- how it stands --------------------------------------------------------------------------------------------------------


def test_a_copy_on_the_desks_own_disk_is_no_second_copy(keeping, room):
    room.gone = {USB, SHARE}
    keeping.make(Why.START)
    standing = keeping.standing()
    assert (standing.safe, standing.second_at) == (False, None)


def test_a_second_copy_is_one_for_three_days(keeping, clock):
    keeping.make(Why.START)
    made = clock.now()
    assert (keeping.standing().safe, keeping.standing().second_at) == (True, made)
    clock.forward(days=3, minutes=1)
    assert (keeping.standing().safe, keeping.standing().second_at) == (False, made)


# --- rehearsal ------------------------------------------------------------------------------------------------------------


def test_the_newest_copy_on_another_disk_is_rehearsed(keeping, room, clock):
    keeping.make(Why.START)
    clock.forward(hours=1)
    newest = keeping.make(Why.TIME, (SHARE,)).made[SHARE]
    clock.forward(hours=1)
    keeping.make(Why.TIME, (LOCAL,))
    found = keeping.rehearse()
    assert (found.file, found.dossiers, found.files, found.problem) == (str(newest.path), 3, 2, None)
    assert keeping.standing().rehearsal == found


def test_another_disk_in_a_place_is_not_there_and_never_rehearsed(keeping, room):
    keeping.make(Why.START)
    room.exchanged = {USB, SHARE}
    assert {each.folder: each.there for each in keeping.standing().places} == {LOCAL: True, USB: False, SHARE: False}
    assert Path(keeping.rehearse().file).parent == DESK_DISK


def test_a_place_that_never_took_a_copy_is_there_whatever_disk_it_is(keeping, room):
    room.exchanged = {USB}
    assert {each.folder: each.there for each in keeping.standing().places} == {LOCAL: True, USB: True, SHARE: True}


def test_with_no_stick_in_the_copy_on_the_desks_disk_is_rehearsed(keeping, room):
    keeping.make(Why.START)
    room.gone = {USB, SHARE}
    assert Path(keeping.rehearse().file).parent == DESK_DISK


def test_nothing_can_be_rehearsed_without_a_copy(keeping, memory):
    assert (keeping.rehearse(), memory.read().rehearsal) == (None, None)


@pytest.mark.parametrize(("found", "fault", "code"), [
    (Examined(3, 2, ("files/a", "files/b")), None, "REHEARSAL_FILES_MISSING"), (Examined(3, 2), "COPY_DAMAGED", "COPY_DAMAGED")])
def test_what_a_rehearsal_finds_stands_until_a_good_one(keeping, room, clock, found, fault, code):
    keeping.make(Why.START)
    room.found, room.faults = found, {"examine": fault} if fault else {}
    assert keeping.rehearse().problem.code == code
    assert [each.code for each in keeping.standing().problems] == [code]
    assert not keeping.due().rehearsal
    clock.forward(days=1)
    assert keeping.due().rehearsal
    room.found, room.faults = Examined(3, 2), {}
    keeping.work(keeping.due())
    assert (keeping.standing().problems, keeping.due().rehearsal) == ((), False)


def test_a_rehearsal_is_due_once_there_is_a_copy_and_then_monthly(keeping, clock):
    assert not keeping.due().rehearsal
    keeping.work(keeping.due())
    assert keeping.due().rehearsal
    keeping.work(keeping.due())
    assert not keeping.due()
    clock.forward(days=30)
    assert keeping.due().rehearsal


def test_a_rehearsal_that_was_broken_off_found_nothing(keeping):
    keeping.make(Why.START)
    with pytest.raises(SurroundingsError) as refused:
        keeping.rehearse(stop=lambda: True)
    assert (refused.value.code, keeping.standing().rehearsal) == ("BACKUP_HALTED", None)


# --- settings -------------------------------------------------------------------------------------------------------------


def test_only_an_administrator_says_where_copies_go(keeping, database):
    with pytest.raises(RuleBrokenError) as refused:
        keeping.save(KeepingSettings(("/media/mine",)), CLERK)
    assert (refused.value.code, keeping.settings().places) == ("NOT_ALLOWED", (USB, SHARE))
    assert trail(database) == [("backup.set", ADMINISTRATOR.user_id)]


def test_every_computer_has_places_of_its_own(keeping, database, clock, room, memory):
    assert KeepingService(database, clock, room, memory, "other").settings() == KeepingSettings()
