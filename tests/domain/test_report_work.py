"""Who answers for a dossier, who works on it, and how long each unit keeps its paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.life import Direction, HandOver, Step
from counter_app.domain.moments import local
from counter_app.domain.report_work import Work, keepings, person_of, unit_of

AT = local(2026, 11, 2, 8)


def work(**changes):
    return Work(1, **{"handled_by": "Công chức tư pháp", "holder": "", "finished_at": None} | changes)


def step(unit="Thuế", owner="Đặng Văn Thử"):
    return Step("1", "Thẩm định", unit, owner, AT, None)


def given_to(unit, hours=0):
    return HandOver("b", AT + timedelta(hours=hours), Direction.TO_SPECIALIST, "Quầy", unit, "a", "b", 1)


@pytest.mark.parametrize(("changes", "unit"), [
    ({}, "Công chức tư pháp"), ({"steps": (step("Đất đai"),)}, "Đất đai"),
    ({"steps": (step("Đất đai"),), "hand_overs": (given_to("Kinh tế"),)}, "Kinh tế"),
    ({"hand_overs": (given_to("Kinh tế"),), "holder": "Văn hóa"}, "Văn hóa"),
    ({"holder": "Văn hóa", "step": step("Thuế")}, "Thuế"), ({"holder": "Văn hóa", "step": step("")}, "Văn hóa"),
    ({"hand_overs": (given_to("Kinh tế"), given_to("Tư pháp", 4))}, "Tư pháp")])
def test_the_nearest_to_the_paper_answers_for_it(changes, unit):
    assert unit_of(work(**changes)) == unit


@pytest.mark.parametrize(("changes", "person"), [
    ({}, ""), ({"steps": (step(owner="A"), step(owner="B"))}, "B"), ({"steps": (step(owner="A"),), "step": step(owner="C")}, "C")])
def test_who_works_on_it_or_did_last(changes, person):
    assert person_of(work(**changes)) == person


@given(st.lists(st.integers(0, 100), max_size=6), st.none() | st.integers(0, 100))
def test_keepings_follow_one_another_without_a_gap_up_to_the_end(hours, finished):
    hours = sorted(hours)
    each = work(hand_overs=tuple(given_to(f"Đơn vị {at}", hour) for at, hour in enumerate(hours)),
                finished_at=None if finished is None else AT + timedelta(hours=finished))
    found = list(keepings(each))
    assert all(since <= until for _, since, until in found)
    assert [until for _, _, until in found][:-1] == [since for _, since, _ in found][1:]
    closes = bool(hours) and finished is not None and finished >= hours[-1]
    assert len(found) == max(len(hours) - 1, 0) + closes
