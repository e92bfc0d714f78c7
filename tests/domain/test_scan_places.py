"""Pages that are scanned into a stack: each stands where it was wanted, a feed that broke off goes on there, undo is one step."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.scan_batch import arrived, sheets_of, undone
from counter_app.domain.scan_batch_acts import LackBack, Split, act
from counter_app.domain.scan_places import PagePlace, brings_back, front_alone, fronts_alone, going_on, laid
from tests.domain.test_scan_batch import batch, groups, order, page


def come(made, new, place):
    """Let pages come and bring them to their place."""
    for name in new:
        made = arrived(made, page(name))
    return act(made, laid(place, tuple(new), fronts_alone(tuple(sheets_of(made.layout)))))


def seen(made):
    return "".join(sheet.page_id for sheet in sheets_of(made.layout) if not sheet.deleted)


@pytest.mark.parametrize(("place", "new", "then"), [
    (PagePlace(), "xy", "abcdxy"), (PagePlace("b"), "xy", "abxycd"), (PagePlace("d"), "x", "abcdx"),
    (PagePlace("b", ("b",)), "x", "axcd"), (PagePlace("c", ("b", "c")), "xy", "axyd"), (PagePlace("b", ("b",)), "xyz", "axyzcd"),
    (PagePlace("c", ("b", "c")), "x", "axcd"), (PagePlace("b", ("b",)), "", "abcd"),
])
def test_pages_come_to_their_place(place, new, then):
    assert seen(come(batch(*"abcd"), new, place)) == then
    assert place.is_end == (then == "abcdxy")


def test_what_was_put_in_is_taken_back_by_one_undo():
    made = batch(*"abcd")
    after = come(made, "xyz", PagePlace("b", ("a", "b")))
    assert order(undone(after)) == "abcdxyz"
    assert seen(undone(after)) == "abcdxyz", "the pages that were put out are back, the new ones wait at the end"


def test_pages_come_into_the_set_of_the_page_before_them():
    assert groups(come(act(batch(*"abcd"), Split("c")), "x", PagePlace("b"))) == ["abx", "cd"]


@given(st.integers(0, 3), st.integers(0, 5), st.integers(0, 5))
def test_a_feed_that_broke_off_and_went_on_gives_what_a_whole_one_gives(replaced, first, second):
    names = "mnopqrstuvw"[:first + second]
    place = PagePlace("b", tuple("abc"[:replaced]))
    whole = come(batch(*"abcd"), names, place)
    half = come(batch(*"abcd"), names[:first], place)
    rest = come(half, names[first:], going_on(place, names[:first]))
    assert seen(rest) == seen(whole)


def test_at_the_end_going_on_stays_at_the_end():
    assert going_on(PagePlace(), "xy") == PagePlace()
    assert going_on(PagePlace("b"), "") == PagePlace("b")


def test_the_back_that_comes_ends_the_note_of_its_front():
    made = act(batch(*"abc"), LackBack(("b",), on=True))
    assert fronts_alone(tuple(sheets_of(made.layout))) == {"b"}
    other = come(made, "x", PagePlace("a"))
    assert fronts_alone(tuple(sheets_of(other.layout))) == {"b"}
    there = come(made, "x", PagePlace("b"))
    assert fronts_alone(tuple(sheets_of(there.layout))) == frozenset()


@pytest.mark.parametrize(("place", "brings"), [
    (PagePlace(), False), (PagePlace("a"), False), (PagePlace("b"), True), (PagePlace("b", ("b",)), False), (PagePlace("b", ("a", "b")), False),
])
def test_only_a_page_put_in_behind_a_front_without_back_is_that_back(place, brings):
    assert brings_back(place, frozenset("b")) is brings
    assert not brings_back(place, frozenset())


@pytest.mark.parametrize(("sides", "alone"), [("", ""), ("f", "p0"), ("fb", ""), ("fbfb", ""), ("fbf", "p2"), ("fbfbf", "p4")])
def test_a_feed_of_both_sides_that_ends_with_a_front_lacks_a_back(sides, alone):
    assert front_alone([page(f"p{at}", side="back" if side == "b" else "front") for at, side in enumerate(sides)]) == alone
