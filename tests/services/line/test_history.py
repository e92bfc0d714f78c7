"""One entry for each pass that did something, one for all that did nothing."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import Problem
from counter_app.domain.moments import local
from counter_app.services.line.history import KEPT, note_pass
from counter_app.services.line.province import PassEnd
from tests.fakes import FakeDatabase

MORNING = local(2026, 11, 20, 8)
IDLE, SENT, SILENT = PassEnd(contact=True, bytes_up=100), PassEnd(sent=2, contact=True, bytes_up=900), PassEnd(trouble=Problem("NO_CONTACT"))


def noted(*ends, step=timedelta(minutes=5), start=MORNING):
    database = FakeDatabase()
    with database.write() as uow:
        for at, end in enumerate(ends):
            note_pass(uow, "d-1", start + at * step, start + at * step + timedelta(seconds=3), end)
        return uow.line.latest("d-1", limit=99)


def test_quiet_passes_are_one_entry_that_grows():
    (entry,) = noted(IDLE, IDLE, IDLE)
    assert (entry.passes, entry.bytes_up, entry.trouble) == (3, 300, "")
    assert (entry.began_at, entry.ended_at) == (MORNING, MORNING + timedelta(minutes=10, seconds=3))


def test_what_moved_something_or_ended_otherwise_stands_alone():
    found = noted(IDLE, SENT, SENT, IDLE, SILENT, SILENT, IDLE)
    assert [(each.passes, each.sent, each.trouble) for each in found] == [
        (1, 0, ""), (2, 0, "NO_CONTACT"), (1, 0, ""), (1, 2, ""), (1, 2, ""), (1, 0, "")]


def test_a_part_of_a_file_is_something():
    assert len(noted(PassEnd(contact=True, file_bytes=1), PassEnd(contact=True, file_bytes=1))) == 2


def test_each_day_has_its_own_entry():
    assert [each.passes for each in noted(IDLE, IDLE, IDLE, step=timedelta(hours=10))] == [1, 2]


def test_a_clock_that_went_back_begins_a_new_entry():
    assert [each.passes for each in noted(IDLE, IDLE, step=timedelta(minutes=-5))] == [1, 1]


def test_another_desk_s_passes_are_its_own():
    database = FakeDatabase()
    with database.write() as uow:
        for device in ("d-1", "d-2", "d-1"):
            note_pass(uow, device, MORNING, MORNING, IDLE)
        assert [each.passes for device in ("d-1", "d-2") for each in uow.line.latest(device, limit=9)] == [2, 1]


def test_what_is_older_than_the_ops_is_dropped():
    found = noted(SENT, SENT, SENT, step=KEPT / 2 + timedelta(days=1))
    assert len(found) == 2


@given(st.lists(st.sampled_from([IDLE, SENT, SILENT]), min_size=1, max_size=60))
def test_no_pass_is_lost_from_the_count(ends):
    found = noted(*ends)
    assert sum(each.passes for each in found) == len(ends)
    assert sum(each.sent for each in found) == sum(end.sent for end in ends)
    assert sum(each.bytes_up for each in found) == sum(end.bytes_up for end in ends)
