"""The places of ops: one that was recorded again stands in its new lane alone, one that was read back stands where the province has it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy.exc
from sqlalchemy import event

from counter_app.domain.canonical import chained, envelope, op_hash, read_envelope
from counter_app.domain.events import READ_BACK, ZERO_HASH, Event
from counter_app.domain.people import Actor, Role
from tests.storage.samples import NOW

DEVICE, OLD, NEW = "dev-1", "a" * 16, "b" * 16
ACTOR = Actor("u-0001", Role.CLERK)


def op(number):
    return Event(f"op-{number:04d}", "d-000001", "note.added", NOW, ACTOR, {"text": str(number)}, {"MaHoSo": "x"}, resolves=None)


def record(uow, number, epoch):
    event = chained(op(number), DEVICE, epoch, uow.events.lane_head(DEVICE, epoch))
    uow.events.append(event)
    uow.outbox.add(event.op_id, event.dossier_id)
    return event


def move(uow, event, epoch=NEW):
    again = chained(event, DEVICE, epoch, uow.events.lane_head(DEVICE, epoch))
    uow.events.place(event.op_id, again.lane)
    return again


@pytest.fixture
def left(database):
    """A lane of four, of which the last two were recorded again in a new one, between two that were recorded there."""
    with database.write() as uow:
        for number in range(1, 5):
            record(uow, number, OLD)
        record(uow, 5, NEW)
        for event in uow.events.of_lane(DEVICE, OLD, 3, 4):
            move(uow, event)
        record(uow, 6, NEW)
        uow.commit()
    return database


def numbers(events):
    return [(event.op_id[-1], event.lane.seq) for event in events]


def test_an_op_stands_in_its_newest_lane_alone(left):
    with left.read() as uow:
        assert uow.events.lanes(DEVICE) == {OLD: 2, NEW: 4}
        assert numbers(uow.events.of_lane(DEVICE, OLD, 1, 9)) == [("1", 1), ("2", 2)]
        assert numbers(uow.events.of_lane(DEVICE, NEW, 1, 9)) == [("5", 1), ("3", 2), ("4", 3), ("6", 4)]
        assert numbers(uow.events.of_lane(DEVICE, NEW, 2, 3)) == [("3", 2), ("4", 3)]
        assert numbers(uow.outbox.due(DEVICE, NEW, 3)) == [("5", 1), ("3", 2), ("4", 3)]
        assert numbers(uow.outbox.due(DEVICE, OLD, 9)) == [("1", 1), ("2", 2)]
        assert uow.events.get("op-0003").lane.epoch == OLD, "where it was recorded stays on record"


def test_a_lane_with_moved_ops_is_one_chain(left):
    with left.read() as uow:
        before = ZERO_HASH
        for event in uow.events.of_lane(DEVICE, NEW, 1, 9):
            assert (event.lane.prev_hash, event.lane.hash) == (before, op_hash(envelope(event)))
            before = event.lane.hash
        assert uow.events.lane_head(DEVICE, NEW) == (4, before)


def test_an_op_may_be_moved_twice_and_an_answer_takes_it_off(left):
    with left.write() as uow:
        for event in uow.events.of_lane(DEVICE, NEW, 2, 3):
            move(uow, event, "c" * 16)
        uow.outbox.settle("op-0003", "province_has", 1, {})
        assert uow.events.lanes(DEVICE) == {OLD: 2, NEW: 4, "c" * 16: 2}
        assert numbers(uow.events.of_lane(DEVICE, NEW, 1, 9)) == [("5", 1), ("6", 4)]
        assert numbers(uow.outbox.due(DEVICE, "c" * 16, 9)) == [("4", 2)]


def test_a_lane_that_was_left_before_anything_arrived_is_empty(database):
    with database.write() as uow:
        move(uow, record(uow, 1, OLD))
        assert uow.events.lanes(DEVICE) == {OLD: 0, NEW: 1}
        assert uow.outbox.due(DEVICE, OLD, 9) == []


def test_what_was_read_back_stands_as_the_op_that_it_was(left):
    """The other copy of a desk had gone on in the old lane: its third op is there, ours in another lane."""
    with left.write() as uow:
        theirs = chained(op(9), DEVICE, OLD, (2, uow.events.of_lane(DEVICE, OLD, 2, 2)[0].lane.hash))
        here = replace(theirs, type=READ_BACK, facts={"op": envelope(theirs)}, lane=None)
        uow.events.append(here)
        uow.events.place(theirs.op_id, theirs.lane)
        uow.outbox.add(theirs.op_id, None)
        assert uow.events.of_lane(DEVICE, OLD, 1, 9)[2] == theirs
        assert uow.outbox.due(DEVICE, OLD, 9)[2] == theirs
        assert uow.events.lanes(DEVICE)[OLD] == 3


def test_a_place_is_given_once(left):
    with left.write() as uow, pytest.raises(sqlalchemy.exc.IntegrityError):
        uow.events.place("op-0001", uow.events.of_lane(DEVICE, NEW, 2, 2)[0].lane)


@pytest.mark.parametrize("role", list(Role))
def test_an_op_is_read_as_it_was_sent(role):
    event = chained(replace(op(1), actor=Actor("u-0007", role), resolves="op-0000", base_rev=3), DEVICE, OLD, (0, ZERO_HASH))
    assert read_envelope(envelope(event)) == event


@pytest.mark.parametrize("missing", ["op_id", "actor", "facts", "seq", "occurred_at"])
def test_what_is_no_op_is_not_read(missing):
    whole = envelope(chained(op(1), DEVICE, OLD, (0, ZERO_HASH)))
    with pytest.raises((LookupError, TypeError, ValueError)):
        read_envelope({name: value for name, value in whole.items() if name != missing})


@pytest.fixture
def asked(left):
    """The places, and what the database is asked for while a test looks them up."""
    with left.read() as uow:
        statements = []
        event.listen(uow._connection, "before_cursor_execute", lambda *told: statements.append(told[2]))
        yield uow.events, statements


def test_places_are_told_without_what_the_ops_say(asked):
    events, statements = asked
    for epoch in (OLD, NEW):
        ops = events.of_lane(DEVICE, epoch, 2, 9)
        statements.clear()
        places = events.places_of_lane(DEVICE, epoch, 2, 9)
        assert [(each.op_id, each.seq, each.hash) for each in places] == [(op.op_id, op.lane.seq, op.lane.hash) for op in ops]
        assert statements
        assert not [each for each in statements if "ho_so" in each or "facts" in each], "a lane of years would not fit into memory"


def test_the_lanes_are_known_without_what_their_ops_say(asked):
    events, statements = asked
    assert events.lanes(DEVICE) == {OLD: 2, NEW: 4}
    assert statements
    assert not [each for each in statements if "ho_so" in each or "facts" in each]


def test_a_lane_that_every_op_has_left_ends_at_nothing(left):
    with left.write() as uow:
        for each in uow.events.of_lane(DEVICE, OLD, 1, 2):
            move(uow, each)
        uow.commit()
    with left.read() as uow:
        assert uow.events.lanes(DEVICE) == {OLD: 0, NEW: 6}
        assert uow.events.places_of_lane(DEVICE, OLD, 1, 9) == []
        assert [each.seq for each in uow.events.places_of_lane(DEVICE, NEW, 1, 9)] == [1, 2, 3, 4, 5, 6]
