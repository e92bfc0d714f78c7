"""Desk and province never tell two stories: whatever is done in whatever order, the fold of the ops is the desk's record."""

from __future__ import annotations

from itertools import permutations, product

import pytest

from counter_app.domain.errors import RuleBrokenError
from tests.builders import fake_desk
from tests.services.lives import ACTS, disagreements, do, folded, received, schema_faults

MOVING = ("ask", "bring", "refuse", "give", "take back", "extend", "halt", "withdraw", "ready", "return", "pay", "correct")


def live(desk, words):
    """Do what is legal of some acts; what is not is refused."""
    code = received(desk)
    for word in words:
        try:
            do(desk, code, word)
        except RuleBrokenError:
            continue


def shape(values):
    """Return which members there are and which of them are empty: ops of one shape are looked at once."""
    return sorted((name, bool(value)) for name, value in values.items())


def must_agree(desk):
    assert disagreements(desk) == []
    assert {(outcome, reason) for _, outcome, reason, _ in folded(desk)[1]} <= {("held", "awaiting_province")}
    kinds = {(event.type, *map(repr, shape(event.facts)), *map(repr, shape(event.ho_so))): event for event in desk.state.events if event.lane}
    faulty = [(event.type, faults) for event in kinds.values() if (faults := schema_faults(event))]
    assert faulty == []


@pytest.mark.parametrize("first", MOVING)
def test_every_three_acts(first):
    desk = fake_desk()
    for others in product(MOVING, repeat=2):
        live(desk, (first, *others))
    must_agree(desk)


@pytest.mark.parametrize("then", ["refuse", "halt", "withdraw", "return"])
def test_long_lives_in_every_order(then):
    desk = fake_desk()
    for words in permutations(("ask", "bring", "give", "extend")):
        live(desk, (*words, "ready", then, "pay", "pay back", "rate"))
    must_agree(desk)


def test_a_correction_after_the_hand_over_waits_at_the_province_and_changes_nothing_here():
    desk = fake_desk()
    live(desk, ("give", "correct", "ready", "return"))
    assert [odd[:3] for odd in folded(desk)[1]] == [("dossier.corrected", "held", "awaiting_province")]
    assert disagreements(desk) == []


def test_the_comparison_would_notice():
    desk = fake_desk()
    live(desk, ("give",))
    event = desk.state.events.pop()
    assert event.type == "slip.printed"
    desk.state.events[:] = [each for each in desk.state.events if each.type != "dossier.handed_over"]
    assert {name for name, *_ in disagreements(desk)} == {"TrangThaiHoSo", "DonViXuLy"}


def test_every_act_is_one_of_the_lists():
    assert set(MOVING) <= set(ACTS)
