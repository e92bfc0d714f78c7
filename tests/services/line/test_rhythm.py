"""When the next pass is due."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import Problem
from counter_app.services.line.pace import LONGEST_WAIT_S
from counter_app.services.line.province import PassEnd
from counter_app.services.line.rhythm import ELSEWHERE_S, GATHER_S, LASTING_S, QUIET_S, UNSAFE_S, Rhythm, Why

WELL = PassEnd(contact=True)
SILENT = PassEnd(trouble=Problem("NO_CONTACT"))


def rhythm(share=1.0):
    return Rhythm(lambda: share)


def test_a_fresh_start_does_not_wait():
    assert rhythm().due_at == 0


@pytest.mark.parametrize(("share", "wait"), [(0.0, 0.8 * QUIET_S), (0.5, QUIET_S), (1.0, 1.2 * QUIET_S)])
def test_a_quiet_line_is_looked_at_now_and_then(share, wait):
    made = rhythm(share)
    made.ended(1000, WELL, more=False)
    assert (made.due_at, made.why) == (pytest.approx(1000 + wait), Why.RESTING)


def test_what_is_left_goes_on_at_once():
    made = rhythm()
    made.ended(1000, WELL, more=True)
    assert made.due_at == 1000


def test_a_desk_gathers_for_some_seconds_and_the_first_write_decides():
    made = rhythm()
    made.ended(1000, WELL, more=False)
    for moment in (1010, 1012, 1014):
        made.recorded(moment)
    assert (made.due_at, made.why) == (1010 + GATHER_S, Why.GATHERING)


def test_a_write_never_puts_off_what_is_due_before():
    made = rhythm()
    made.ended(1000, WELL, more=False)
    made.recorded(made.due_at - 1)
    assert made.due_at == 1000 + 1.2 * QUIET_S


def test_silence_is_met_with_ever_longer_waits_up_to_the_cap():
    made, waits = rhythm(), []
    for _ in range(12):
        made.ended(0, SILENT, more=False)
        waits.append(made.due_at)
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[-1] == LONGEST_WAIT_S
    made.recorded(0)
    assert (made.due_at, made.why) == (LONGEST_WAIT_S, Why.FAILED), "a busy desk doesn't knock more often"
    made.wanted(7)
    assert made.due_at == 7, "a person may"


@pytest.mark.parametrize("end", [WELL, PassEnd(sent=1, trouble=Problem("NO_CONTACT"))])
def test_what_moved_begins_the_waits_anew(end):
    made = rhythm()
    for _ in range(9):
        made.ended(0, SILENT, more=False)
    made.ended(0, end, more=False)
    made.ended(0, SILENT, more=False)
    assert made.due_at <= 4


def test_the_province_s_own_wish_is_the_least():
    made = rhythm()
    made.ended(0, PassEnd(contact=True, trouble=Problem("PROVINCE_BUSY"), retry_after=5000), more=False)
    assert made.due_at == 5000


def test_an_unsafe_connection_is_tried_slowly():
    made = rhythm(0.0)
    made.ended(0, PassEnd(trouble=Problem("TLS_FAILED")), more=False)
    assert made.due_at == UNSAFE_S


def test_what_only_a_person_mends_is_tried_hourly_whatever_is_written():
    made = rhythm()
    made.ended(0, PassEnd(contact=True, trouble=Problem("SYNC_TOKEN"), lasting=True), more=False)
    made.recorded(10)
    assert (made.due_at, made.why) == (LASTING_S, Why.NEEDS_PERSON)


def test_a_line_in_use_elsewhere_is_no_failure():
    made = rhythm()
    made.elsewhere(100)
    assert (made.due_at, made.why) == (100 + ELSEWHERE_S, Why.ELSEWHERE)
    made.ended(200, SILENT, more=False)
    assert made.due_at == 202


@given(st.lists(st.sampled_from([WELL, SILENT, PassEnd(sent=1, contact=True), PassEnd(trouble=Problem("TLS_FAILED"))]), max_size=40),
       st.floats(0, 1))
def test_no_wait_is_longer_than_the_cap(ends, share):
    made = rhythm(share)
    for end in ends:
        made.ended(50, end, more=False)
        assert 50 <= made.due_at <= 50 + LONGEST_WAIT_S
