"""Passes one after the other: what is tried again, how long is waited, and what is told at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.services.line.pace import LONGEST_WAIT_S
from counter_app.services.line.province import PassEnd
from counter_app.sync.faults import NoContactError, NotTheProvinceError, RefusedError
from counter_app.sync.trying import until_quiet

QUIET = (PassEnd(contact=True), None)
CUT = (PassEnd(), NoContactError("cut"))
BUSY = (PassEnd(contact=True), RefusedError(503, "busy", retry_after=40.0))
REFUSED = (PassEnd(contact=True), RefusedError(403, "device_revoked"))
MOVED_AND_CUT = (PassEnd(sent=3, received=1, uploaded=2), NoContactError("cut"))


@dataclass
class Passes:
    """Passes that end as they are told to, and a clock that only waiting moves."""

    ends: list
    seconds: float = 10_000.0
    waits: list = field(default_factory=list)
    made: int = 0

    def make(self):
        self.made += 1
        return self.ends[min(self.made, len(self.ends)) - 1]

    def left(self):
        return self.seconds - sum(self.waits)

    def run(self, share=1.0):
        return until_quiet(self.make, self.left, sleep=self.waits.append, share=lambda: share)


def test_one_quiet_pass_is_enough():
    passes = Passes([QUIET])
    assert passes.run() == QUIET
    assert (passes.made, passes.waits) == (1, [])


def test_a_refusal_that_waiting_does_not_mend_ends_it():
    passes = Passes([REFUSED, QUIET])
    assert passes.run() == REFUSED
    assert passes.made == 1


@pytest.mark.parametrize("fault", [NoContactError("network"), NoContactError("tls"), NotTheProvinceError(), RefusedError(500, "oops")])
def test_whatever_may_pass_is_tried_again(fault):
    passes = Passes([(PassEnd(), fault), QUIET])
    assert passes.run() == QUIET
    assert passes.waits == [2.0]


def test_waits_grow_while_nothing_moves_and_begin_anew_when_something_did():
    passes = Passes([CUT, CUT, CUT, MOVED_AND_CUT, CUT, QUIET])
    passes.run()
    assert passes.waits == [2.0, 4.0, 8.0, 2.0, 4.0]


def test_the_province_says_how_long_to_wait_at_least():
    passes = Passes([BUSY, QUIET])
    passes.run(share=0.0)
    assert passes.waits == [40.0]


def test_a_wait_that_is_longer_than_the_time_left_is_not_begun():
    passes = Passes([BUSY, QUIET], seconds=40.0)
    assert passes.run() == BUSY
    assert passes.waits == []


def test_what_all_passes_moved_is_told_with_the_end_of_the_last():
    end, error = Passes([MOVED_AND_CUT, MOVED_AND_CUT, QUIET]).run()
    assert (end.sent, end.received, end.uploaded) == (6, 2, 4)
    assert (end.contact, error) == (True, None)


@given(st.lists(st.sampled_from([CUT, BUSY, MOVED_AND_CUT]), max_size=40), st.floats(0, 5_000), st.floats(0, 1))
def test_it_ends_in_time_whatever_happens(ends, seconds, share):
    passes = Passes([*ends, REFUSED], seconds)
    end, error = passes.run(share)
    assert error is not None
    assert sum(passes.waits) <= seconds
    assert all(0 <= wait <= LONGEST_WAIT_S for wait in passes.waits)
    assert end.sent == sum(each.sent for each, _ in passes.ends[:passes.made])
