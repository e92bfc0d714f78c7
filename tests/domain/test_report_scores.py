"""The 766 score: the published formulas, what an empty denominator gives, and which dossiers the item of progress judges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.moments import local
from counter_app.domain.report_periods import Period
from counter_app.domain.report_scores import Ratio, judged, read_items
from counter_app.services.reports.words import words_in_force
from tests.domain.test_report_cases import case

NOVEMBER = Period(date(2026, 10, 15), date(2026, 11, 14))
ITEMS = {item.key: item for item in read_items(words_in_force("766", NOVEMBER.end).words)}
MOST = {"1": 18, "2": 20, "3": 12, "4": 10, "5": 22, "6": 18}


def test_the_groups_have_the_points_of_the_law_and_make_a_hundred():
    found = {group: sum(item.most for item in ITEMS.values() if item.group == group) for group in MOST}
    assert found == MOST
    assert sum(found.values()) == 100


@pytest.mark.parametrize(("key", "part", "whole", "points"), [
    ("on_time", 95, 100, 19.0), ("synced", 1, 2, 3.0), ("offered", 40, 100, 1.0), ("offered", 80, 100, 2.0), ("offered", 100, 100, 2.0),
    ("online_dossiers", 25, 100, 3.0), ("online_dossiers", 50, 100, 6.0), ("online_dossiers", 90, 100, 6.0), ("used", 1, 4, 1.0),
    ("no_complaint", 45, 100, 3.0), ("no_complaint", 90, 100, 6.0), ("pay_offered", 4, 10, 1.0), ("paid_online", 1, 3, 2.0),
    ("reused", 8, 10, 2.0), ("on_time", 0, 0, 0.0), ("no_complaint", 0, 0, 0.0), ("petitions_on_time", 0, 0, 6.0),
    ("petitions_satisfied", 0, 0, 6.0), ("petitions_on_time", 0, 3, 0.0),
])
def test_the_formulas_as_published(key, part, whole, points):
    assert ITEMS[key].points(Ratio(part, whole)) == pytest.approx(points)


@pytest.mark.parametrize("key", sorted(ITEMS))
def test_what_nobody_measured_has_no_points(key):
    assert ITEMS[key].points(None) is None


@given(key=st.sampled_from(sorted(ITEMS)), whole=st.integers(0, 1000), data=st.data())
def test_points_grow_with_the_ratio_and_never_pass_the_most(key, whole, data):
    item = ITEMS[key]
    part = data.draw(st.integers(0, whole))
    got = item.points(Ratio(part, whole))
    assert 0 <= got <= item.most
    if part < whole:
        assert got <= item.points(Ratio(part + 1, whole))
    if whole:
        assert item.points(Ratio(whole, whole)) == item.most


ASKED = local(2026, 11, 1, 8)


@pytest.mark.parametrize(("changes", "found"), [
    ({"finished_at": local(2026, 11, 5, 17)}, "on_time"),
    ({"finished_at": local(2026, 11, 5, 17, 0, 1)}, "late"),
    ({"finished_at": local(2026, 11, 9), "due_at": None}, "on_time"),
    ({}, ""), ({"finished_at": local(2026, 11, 15)}, ""), ({"finished_at": local(2026, 10, 14)}, ""),
    ({"waits": ((ASKED, None),)}, "on_time"),
    ({"waits": ((local(2026, 11, 6), None),)}, "late"),
    ({"waits": ((ASKED, ASKED + timedelta(days=1)),)}, ""),
    ({"waits": ((ASKED, ASKED + timedelta(days=1)),), "finished_at": local(2026, 11, 5)}, "on_time"),
    ({"waits": ((ASKED, ASKED + timedelta(days=1)), (ASKED + timedelta(days=2), None))}, "late"),
    ({"waits": ((ASKED, None), (local(2026, 11, 15), None)), "finished_at": local(2026, 11, 5)}, "on_time"),
    ({"waits": ((local(2026, 10, 14), None),), "received_at": local(2026, 10, 1)}, ""),
    ({"finished_at": local(2026, 11, 1), "accepted": False}, ""),
])
def test_which_dossiers_are_judged_and_how(changes, found):
    assert judged(case(**changes), NOVEMBER) == found
