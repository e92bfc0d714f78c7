"""Who worked on a dossier, who answers for it, and which unit had its paper from when until when."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.life import Direction, HandOver, Step
from counter_app.domain.moments import local
from counter_app.domain.report_work import Work, keepings, person_of, unit_of

START = local(2026, 11, 2, 8)
WORK = Work(1, "Ủy ban nhân dân xã", "", None)


def at(hours):
    return START + timedelta(hours=hours)


def given_to(unit, hours):
    return HandOver("b", at(hours), Direction.TO_SPECIALIST, "Quầy 2", unit, "Lý Thị Mẫu Đơn", "Trần Văn Mẫu", 3)


def step(unit, owner="Lê Văn Mẫu"):
    return Step("assess", "Thẩm định", unit, owner, START, None)


@pytest.mark.parametrize(("changes", "unit"), [
    ({}, "Ủy ban nhân dân xã"),
    ({"steps": (step("Địa chính"),)}, "Địa chính"),
    ({"steps": (step("Địa chính"), step("Văn phòng"))}, "Văn phòng"),
    ({"steps": (step("Địa chính"),), "hand_overs": (given_to("Tư pháp", 1),)}, "Tư pháp"),
    ({"hand_overs": (given_to("Tư pháp", 1), given_to("Địa chính", 2))}, "Địa chính"),
    ({"holder": "Bộ phận Một cửa", "hand_overs": (given_to("Tư pháp", 1),)}, "Bộ phận Một cửa"),
    ({"step": step("Lãnh đạo"), "holder": "Tư pháp", "hand_overs": (given_to("Địa chính", 1),)}, "Lãnh đạo"),
    ({"step": step(""), "holder": "Tư pháp"}, "Tư pháp"),
])
def test_the_running_step_answers_then_who_holds_the_paper_then_who_had_it_last(changes, unit):
    assert unit_of(replace(WORK, **changes)) == unit


@pytest.mark.parametrize(("changes", "person"), [
    ({}, ""), ({"step": step("Tư pháp")}, "Lê Văn Mẫu"), ({"steps": (step("Tư pháp", "A"), step("Tư pháp", "B"))}, "B"),
    ({"step": step("Tư pháp", "C"), "steps": (step("Tư pháp", "A"),)}, "C"), ({"step": step("Tư pháp", ""), "steps": (step("X", "A"),)}, "")])
def test_who_works_on_it_is_who_owns_the_step(changes, person):
    assert person_of(replace(WORK, **changes)) == person


@given(st.lists(st.tuples(st.sampled_from(["Tư pháp", "Địa chính", "Quầy 2"]), st.integers(0, 40)), max_size=6), st.none() | st.integers(-5, 300))
def test_keepings_follow_each_other_without_a_gap_and_end_with_the_work(moves, finish):
    hours, hand_overs = 0, []
    for unit, gap in moves:
        hours += gap
        hand_overs.append(given_to(unit, hours))
    finished = None if finish is None else at(finish)
    found = list(keepings(replace(WORK, hand_overs=tuple(hand_overs), finished_at=finished)))
    assert [unit for unit, _, _ in found] == [each.to_unit for each in hand_overs][:len(found)]
    assert all(begun <= ended for _, begun, ended in found)
    assert all(one[2] == other[1] for one, other in pairwise(found))
    closed = bool(hand_overs) and finished is not None and finished >= hand_overs[-1].at
    assert len(found) == max(len(hand_overs) - 1, 0) + closed
    if closed:
        assert found[-1][2] == finished


def test_nobody_kept_what_never_left_the_desk():
    assert list(keepings(replace(WORK, finished_at=at(9)))) == []


def test_what_came_after_the_end_is_no_keeping():
    """The paper goes back to the archive after the result: the time it lies there is nobody's work."""
    work = replace(WORK, hand_overs=(given_to("Tư pháp", 1), given_to("Quầy 2", 9)), finished_at=at(5))
    assert list(keepings(work)) == [("Tư pháp", at(1), at(9))]
