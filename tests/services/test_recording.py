"""Recording: the lane without gaps, the outbox, the audit trail, and nothing at all when an op is too large."""

from dataclasses import replace

import pytest

from counter_app.domain import events
from counter_app.domain.canonical import envelope, first_broken, op_hash
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.events import DOSSIER_IMPORTED, NOTE_ADDED, ZERO_HASH
from counter_app.domain.facts import note_added
from counter_app.domain.people import Actor, Role, User
from counter_app.domain.record import national_record
from counter_app.services.recording import LOCAL_TYPES, LaneIdentity, Recorder, write_audit
from counter_app.support.resources import shipped_json
from tests.domain.test_record import DOSSIER, RECEIVED
from tests.fakes import FakeClock, FakeDatabase

CLERK = Actor("u-0101", Role.CLERK)
LANE = LaneIdentity("D7K2M9Q4", "a1b2c3d4e5f60718")


@pytest.fixture
def database():
    return FakeDatabase()


def record(database, *texts, lane=LANE, kind=NOTE_ADDED, dossier=DOSSIER, **more):
    with database.write() as uow:
        recorder = Recorder(uow, lane, FakeClock(RECEIVED))
        events = [recorder.record(kind, dossier, note_added(text), CLERK, RECEIVED, **more) for text in texts]
        uow.commit()
    return events


def test_events_are_chained_in_the_lane_within_and_across_transactions(database):
    events = record(database, "một", "hai") + record(database, "ba")
    ops = [envelope(event) for event in events]
    assert [op["seq"] for op in ops] == [1, 2, 3]
    assert [op["prev_hash"] for op in ops] == [ZERO_HASH, ops[0]["hash"], ops[1]["hash"]]
    assert all(op_hash(op) == op["hash"] for op in ops)
    assert database.state.events == events


def test_each_epoch_is_a_lane_of_its_own(database):
    record(database, "một")
    assert record(database, "hai", lane=replace(LANE, epoch="0" * 16))[0].lane.seq == 1


def test_the_record_is_made_from_the_dossier_or_given(database):
    assert record(database, "một")[0].ho_so == national_record(DOSSIER)
    assert record(database, "hai", ho_so={"MaHoSo": "x"})[0].ho_so == {"MaHoSo": "x"}
    assert record(database, "ba", dossier=None)[0].ho_so is None


def test_the_known_rev_of_the_dossier_travels_along(database):
    assert record(database, "một", dossier=replace(DOSSIER, known_rev=7))[0].base_rev == 7


def test_an_op_waits_in_the_outbox_and_stands_on_the_audit_trail(database):
    event, = record(database, "một")
    assert database.state.outbox == {event.op_id: ("saved", DOSSIER.dossier_id)}
    entry, = database.state.audit
    assert (entry.user_id, entry.action, entry.subject, dict(entry.details)) == (
        "u-0101", "note.added", DOSSIER.dossier_id, {"op_id": event.op_id})


def test_the_audit_trail_holds_nothing_personal(database):
    record(database, "Bà Ví Dụ, 000000000456")
    assert "Ví Dụ" not in str(database.state.audit)
    assert "0456" not in str(database.state.audit)


def test_a_practice_desk_sends_nothing(database):
    event, = record(database, "một", lane=replace(LANE, practice=True))
    assert event.lane.seq == 1
    assert database.state.outbox == {}


def test_what_the_contract_does_not_know_stays_on_this_desk(database):
    event, = record(database, "một", kind=DOSSIER_IMPORTED)
    assert event.lane is None
    assert database.state.outbox == {}
    assert record(database, "hai")[0].lane.seq == 1


def test_every_type_of_event_is_one_of_the_contract_or_stays_on_this_desk():
    own = {kind for name, kind in vars(events).items() if name.isupper() and isinstance(kind, str) and name not in {"ZERO_HASH", "READ_BACK_OP"}}
    own = {kind for kind in own if not kind.startswith(events.PROVINCE_PREFIX)}
    assert own == shipped_json("contract/event_rules.json")["events"].keys() | LOCAL_TYPES


def test_an_op_that_is_too_large_leaves_nothing_behind(database):
    with pytest.raises(RuleBrokenError) as refused:
        record(database, "x" * 70_000)
    assert refused.value.code == "OP_TOO_LARGE"
    assert (database.state.events, database.state.outbox, database.state.audit) == ([], {}, [])


def test_a_rolled_back_event_leaves_no_gap(database):
    record(database, "một")
    with database.write() as uow:
        Recorder(uow, LANE, FakeClock(RECEIVED)).record(NOTE_ADDED, DOSSIER, note_added("vứt"), CLERK, RECEIVED)
    assert record(database, "hai")[0].lane.seq == 2


def test_the_audit_trail_is_one_chain_over_events_and_views(database):
    record(database, "một", "hai")
    with database.write() as uow:
        write_audit(uow, RECEIVED, "u-0102", "dossier.viewed", DOSSIER.dossier_id, {"why": "tra cứu"})
        uow.commit()
    record(database, "ba")
    trail = database.state.audit
    assert [entry.seq for entry in trail] == [1, 2, 3, 4]
    assert first_broken(trail) is None
    assert first_broken([*trail[:1], *trail[2:]]) == 2


def test_whoever_was_closed_meanwhile_does_nothing_more(database):
    with database.write() as uow:
        uow.users.add(User(CLERK.user_id, "mai", "Lý Thị Mẫu Đơn", Role.CLERK, "hash"))
        uow.commit()
    record(database, "một")
    with database.write() as uow:
        uow.users.update(replace(uow.users.get(CLERK.user_id), disabled=True))
        uow.commit()
    before = database.state.snapshot()
    with pytest.raises(RuleBrokenError, match="USER_DISABLED"):
        record(database, "hai")
    assert (database.state.events, database.state.audit, database.state.outbox) == (before.events, before.audit, before.outbox)


def test_the_program_itself_has_no_account_to_close(database):
    with database.write() as uow:
        assert write_audit(uow, RECEIVED, "recovery-sheet", "user.reset", "u-0101", {}).seq == 1
