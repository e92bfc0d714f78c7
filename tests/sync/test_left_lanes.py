"""Two histories, lost histories, damaged chains: the desk goes on in a new lane, loses nothing, and says what happened (contract 3.4, 13)."""

from __future__ import annotations

import copy
import shutil
from dataclasses import replace

import pytest

from counter_app.domain.canonical import chained, envelope
from counter_app.domain.codes import parse_code
from counter_app.domain.events import READ_BACK, UNREADABLE
from counter_app.domain.facts import note_added
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.line.province import Terms
from counter_app.sync import read_back
from tests.builders import CLERK, DEVICE
from tests.sync.lines import Line, journal
from tests.sync.test_wrong_shapes import around, wanted


def held(line):
    """Return every op that stands in a lane of this desk as it is sent, by its id."""
    with line.database.read() as uow:
        lanes = uow.events.lanes(DEVICE)
        ops = [event for epoch, last in lanes.items() for event in uow.events.of_lane(DEVICE, epoch, 1, max(last, 1))]
        states = uow.events.states([event.op_id for event in ops])
    assert set(states.values()) <= {"province_has", "attention"}, "nothing is pretended, nothing waits"
    return {event.op_id: envelope(event) for event in ops}


def everything_is_there(line, province):
    """What this desk holds is at the province to the byte, and whatever is in its lanes there is here (invariants 2, 4, 5, 22)."""
    ours, theirs = held(line), journal(province)
    assert ours == {op_id: theirs[op_id] for op_id in ours}
    assert line.client.reconcile().match
    line.verify()
    return theirs


@pytest.fixture
def backup(enrolled, province, tmp_path):
    """A desk that has sent all, and its backup of that moment."""
    assert enrolled.run().pending == 0
    enrolled.close()
    shutil.copytree(enrolled.folder, tmp_path / "backup")
    return tmp_path / "backup"


def again(line):
    """Open a desk once more on this computer, whose guard is where it was."""
    return Line(line.folder, made=False, guard=line.desk.guard)


def copied(line, backup):
    """Open a desk on another computer that somebody copied the whole disk to."""
    return Line(backup, made=False, guard=copy.deepcopy(line.desk.guard))


def restored(line, backup, *, guard=None):
    """Put the backup in the place of a desk; without a ``guard`` that one is lost too."""
    line.close()
    shutil.copy(backup / "desk.db", line.folder / "desk.db")
    for rest in line.folder.glob("desk.db-*"):
        rest.unlink()
    return Line(line.folder, made=False, guard=guard)


def test_the_second_copy_of_a_desk_goes_on_in_a_lane_of_its_own(enrolled, province, backup):
    first, second = again(enrolled), copied(enrolled, backup)
    mine, theirs = first.note(enrolled.first.code), second.note(enrolled.first.code)
    assert first.run().pending == 0
    told = second.run()
    assert told.pending == 0
    assert [each.problem.code for each in told.troubles] == ["SYNC_CLONE_FOUND"]
    assert second.desk.settings.profile().epoch not in (first.desk.settings.profile().epoch, "")
    second.note(theirs.code)
    first.note(mine.code)
    assert (first.run().pending, second.run().pending) == (0, 0)
    assert second.client.reconcile().there_only, "the first copy went on in the lane that this one has left"
    second.run()
    there = everything_is_there(second, province)
    everything_is_there(first, province)
    assert held(first).keys() | held(second).keys() == there.keys()
    assert len(there) == len({op["op_id"] for op in there.values()})
    first.close()
    second.close()


def test_what_a_copy_has_recorded_again_in_a_lane_of_its_own_stands_here_too(enrolled, province, backup, tmp_path):
    """The same op in the lanes of two copies: it is one act, it was not lost, and both journals are equal."""
    second = copied(enrolled, backup)
    second.note(enrolled.first.code)
    second.run()
    first = again(enrolled)
    act = first.note(enrolled.first.code)
    op_id = first.ops()[-1][0]["op_id"]
    first.close()
    shutil.copytree(enrolled.folder, tmp_path / "third")
    third = copied(enrolled, tmp_path / "third")
    third.note(act.code)
    assert third.run().pending == 0
    first = again(enrolled)
    first.note(act.code)
    assert first.run().pending == 0
    assert first.client.reconcile().match
    with first.database.read() as uow:
        lanes = {epoch: uow.events.of_lane(DEVICE, epoch, 1, last) for epoch, last in uow.events.lanes(DEVICE).items()}
        read = [event.facts["op"]["op_id"] for event in uow.events.of_dossier(act.dossier_id) if event.type == READ_BACK]
    assert len([epoch for epoch, ops in lanes.items() if op_id in {each.op_id for each in ops}]) == 2
    assert len(read) == 2, "what the copies did, and not what this desk did itself"
    assert op_id not in read
    first.verify()
    for desk in (first, second, third):
        desk.close()


def test_a_lane_that_began_with_what_another_was_left_for_may_be_left_too(enrolled, province, backup, tmp_path):
    """In it stand acts that were recorded again, one that was recorded there first and one of a copy at the same place: a sound chain."""
    second = copied(enrolled, backup)
    second.note(enrolled.first.code)
    second.run()
    first = again(enrolled)
    first.note(enrolled.first.code)
    first.run()
    first.close()
    shutil.copytree(enrolled.folder, tmp_path / "third")
    third = copied(enrolled, tmp_path / "third")
    third.note(enrolled.first.code)
    third.run()
    first = again(enrolled)
    first.note(enrolled.first.code)
    assert first.run().pending == 0
    assert len(first.relation()["left"]) == 2
    everything_is_there(first, province)
    for desk in (first, second, third):
        desk.close()


def test_numbers_go_on_in_the_normal_range_after_a_clone(enrolled, province, backup):
    first, second = again(enrolled), copied(enrolled, backup)
    first.note(enrolled.first.code)
    first.run()
    second.note(enrolled.first.code)
    second.run()
    assert parse_code(second.take_in().code).serial == 1000
    assert second.run().pending == 0
    everything_is_there(second, province)
    first.close()
    second.close()


def test_what_a_restored_desk_lost_is_read_back_and_its_numbers_come_from_the_recovery_range(enrolled, province, backup):
    line = again(enrolled)
    lost = line.take_in()
    line.note(lost.code)
    assert line.run().pending == 0
    whole = journal(province)
    line = restored(line, backup)
    offline = line.take_in()
    assert offline.code.startswith("TAM-")
    assert line.run().pending == 0
    assert parse_code(line.take_in().code).serial == 1600
    assert line.run().pending == 0
    there = everything_is_there(line, province)
    assert {op_id: there[op_id] for op_id in whole} == whole
    here = line.dossier(lost.dossier_id)
    assert (here.code, here.status) == (lost.code, lost.status)
    assert READ_BACK in here.attention
    assert line.desk.dossiers.of_code(lost.code, CLERK).dossier_id == lost.dossier_id
    line.close()


def lines(line):
    with line.database.read() as uow:
        return {each.dossier_id: each.place for each in uow.logbooks.all_lines(DOSSIER_BOOK, line.clock.now().year, None, None, None)}


@pytest.mark.parametrize("meanwhile", [0, 2])
def test_what_was_lost_stands_in_the_register_again_with_the_appointments_on_its_slips(enrolled, province, backup, meanwhile):
    """Where nothing was taken in meanwhile, at the very same places."""
    line = again(enrolled)
    lost = [line.take_in() for _ in range(3)]
    assert line.run().pending == 0
    before = lines(line)
    line = restored(line, backup)
    assert lines(line) == {enrolled.first.dossier_id: enrolled.first.place}
    taken = [line.take_in() for _ in range(meanwhile)] or [line.note(enrolled.first.code)]
    assert line.run().pending == 0
    after = lines(line)
    assert set(after) == set(before) | {each.dossier_id for each in taken}
    assert after == before or meanwhile, "no line has moved"
    for each in lost:
        here = line.dossier(each.dossier_id)
        assert (here.place, here.printed_due_at, here.sets) == (after[each.dossier_id], each.printed_due_at, each.sets)
        assert (here.out_of_area, here.received_by, here.attention) == (each.out_of_area, each.received_by, (READ_BACK,))
    line.verify()
    line.close()


def test_the_register_has_no_line_of_what_another_computer_of_the_commune_received(enrolled, province, tmp_path):
    other = Line(tmp_path / "other", device="01a205b3-d000-7d57-bbaa-667cf005fbdd")
    other.enrol(province.ticket())
    theirs = other.take_in()
    other.run()
    enrolled.run()
    other.note(theirs.code)
    other.desk.life.hand_overs.hand_over(HandOverDossiers((theirs.code,), "Tư pháp", "Trần Văn Mẫu"), CLERK)
    other.run()
    enrolled.run()
    here = enrolled.dossier(theirs.dossier_id)
    assert (here.status.value, here.place, set(lines(enrolled))) == ("processing", None, {enrolled.first.dossier_id})
    enrolled.verify()
    other.close()


def test_one_damaged_op_of_a_lost_day_keeps_its_own_dossier_and_nothing_else(enrolled, province, backup, monkeypatch):
    line = again(enrolled)
    lost = line.take_in()
    line.note(enrolled.first.code)
    line.note(lost.code)
    assert line.run().pending == 0
    line = restored(line, backup, guard=line.desk.guard)
    with monkeypatch.context() as meanwhile:
        around(meanwhile, "/ops", lambda _number, told: {"ops": [
            {**op, "hash": "f" * 64} if op["dossier_id"] == enrolled.first.dossier_id else op for op in told["ops"]]})
        line.note(enrolled.first.code)
        assert line.client.once(Terms()).trouble is None, "the line goes on"
        told = line.run()
    assert (told.contact, told.pending, line.relation()["read_back"]) == (True, 0, {})
    marks = {each: line.dossier(each).attention for each in (enrolled.first.dossier_id, lost.dossier_id)}
    assert marks == {enrolled.first.dossier_id: (UNREADABLE,), lost.dossier_id: (READ_BACK,)}
    assert line.client.reconcile().there_only, "it is not pretended that it is here"
    line.run()
    assert line.client.reconcile().match, "a copy that is whole is taken as soon as there is one"
    line.verify()
    line.close()


def test_a_lane_without_an_end_is_left_for_the_next_pass(enrolled, monkeypatch):
    enrolled.run()
    enrolled.note(enrolled.first.code)
    enrolled.run()
    wanted(enrolled, next(iter(enrolled.relation()["epochs"])), 1)
    monkeypatch.setattr(read_back, "PAGE", 1)
    monkeypatch.setattr(read_back, "MOST_PAGES", 2)
    asked = around(monkeypatch, "/ops", lambda _number, _told: {})
    assert enrolled.client.once(Terms()).trouble is None
    assert len(asked) <= 4
    assert enrolled.run().troubles == ()
    for _ in range(4):
        enrolled.run()
    assert enrolled.relation()["read_back"] == {}


def test_journals_can_be_compared_before_the_province_knows_the_new_lane(enrolled, province, backup):
    line = restored(again(enrolled), backup)
    line.take_in()
    epoch = line.desk.settings.profile().epoch
    found = line.client.reconcile()
    assert {place.partition("/")[0] for place in found.here_only} == {epoch}
    assert (found.there_only, found.different) == ((), ())
    assert line.run().pending == 0
    everything_is_there(line, province)
    line.close()


def test_the_normal_range_goes_on_the_day_after_a_restore(enrolled, province, backup):
    line = restored(again(enrolled), backup)
    line.take_in()
    line.run()
    assert parse_code(line.take_in().code).serial == 1600
    line.clock.forward(days=1)
    assert parse_code(line.take_in().code).serial == 1000
    line.close()


def test_a_fifth_restore_of_a_day_numbers_provisionally_and_sends_all_the_same(enrolled, province, backup):
    line, serials = again(enrolled), []
    for _ in range(5):
        line = restored(line, backup)
        line.take_in()
        assert line.run().pending == 0
        serials.append(line.take_in().code)
        assert line.run().pending == 0
    assert [parse_code(code).serial for code in serials[:4]] == [1600, 1700, 1800, 1900]
    assert serials[4].startswith("TAM-")
    assert len(set(serials)) == 5
    everything_is_there(line, province)
    line.close()


def test_what_was_lost_is_read_back_though_no_recovery_range_was_left(enrolled, province, backup):
    line = again(enrolled)
    lost = line.note(enrolled.first.code)
    assert line.run().pending == 0
    line = restored(line, backup)
    province.do("fault", path="/epochs", code="recovery_exhausted", after=True, times=1)
    line.note(lost.code)
    line.run()
    assert line.run().pending == 0
    assert journal(province).keys() == held(line).keys()
    line.close()


def test_a_province_that_was_restored_gets_back_what_it_lost_though_nothing_new_was_done(enrolled, province):
    enrolled.run()
    old = province.backup()
    enrolled.note(enrolled.first.code)
    enrolled.run()
    province.restore(old)
    assert enrolled.run().pending == 0
    assert enrolled.relation()["compare"] is False
    everything_is_there(enrolled, province)


def damaged(line):
    """Record an op whose hash is another one, as a disk that lies would."""
    with line.database.write() as uow:
        event = uow.events.of_lane(DEVICE, line.desk.settings.profile().epoch, 1, 1)[0]
        profile = line.desk.settings.profile()
        note = replace(event, op_id=event.op_id[:-4] + "ffff", type="note.added", facts=note_added("Đã gọi"))
        made = chained(replace(note, lane=None), DEVICE, profile.epoch, uow.events.lane_head(DEVICE, profile.epoch))
        uow.events.append(replace(made, lane=replace(made.lane, hash="f" * 64)))
        uow.outbox.add(made.op_id, made.dossier_id)
        uow.commit()
    return made.op_id


def test_a_damaged_op_is_recorded_again_in_a_new_lane_with_all_that_follow(enrolled, province):
    enrolled.run()
    before = enrolled.note(enrolled.first.code)
    wrong = damaged(enrolled)
    enrolled.note(before.code)
    told = enrolled.run()
    assert (told.pending, [each.kind for each in told.troubles]) == (0, [])
    there = journal(province)
    assert there[wrong]["hash"] != "f" * 64
    assert len({op["epoch"] for op in there.values()}) == 2
    assert there == held(enrolled)
    (left,) = enrolled.relation()["left"].values()
    assert left["reason"] == "chain_repair"


def test_an_op_that_stays_unreadable_stops_its_lane_and_no_further_lane_is_begun(enrolled, province):
    province.do("fault", path="/push", code="envelope", times=60)
    told = enrolled.run()
    assert told.pending == len(enrolled.ops())
    assert [each.problem.code for each in told.troubles] == ["PROVINCE_REFUSED"]
    assert len(enrolled.relation()["left"]) <= 1
    province.do("fault", path="/push", code="envelope", times=0)


@pytest.mark.parametrize("path", ["/epochs", "/push", "/ops", "/changes"])
@pytest.mark.parametrize("after", [False, True])
def test_a_desk_that_is_cut_off_while_it_leaves_a_lane_goes_on_where_it_was(enrolled, province, backup, path, after):
    first, second = again(enrolled), copied(enrolled, backup)
    first.note(enrolled.first.code)
    first.run()
    second.note(enrolled.first.code)
    province.do("fault", path=path, code="server_error", after=after, times=2)
    second.run(1)
    second.close()
    second = again(second)
    assert second.run().pending == 0
    everything_is_there(second, province)
    first.close()
    second.close()


def test_acts_of_a_lost_day_are_folded_in_with_what_they_did_to_the_record(enrolled, province, backup):
    line = again(enrolled)
    dossier = enrolled.first
    line.desk.life.hand_overs.hand_over(HandOverDossiers((dossier.code,), "Tư pháp", "Trần Văn Mẫu"), CLERK)
    line.run()
    line = restored(line, backup, guard=line.desk.guard)
    line.note(dossier.code)
    assert line.run().pending == 0
    assert line.dossier(dossier.dossier_id).status.value == "processing"
    everything_is_there(line, province)
    line.close()
