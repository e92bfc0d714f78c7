"""Fees of certification, by the tables of the domain guide."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.fees import MOST, certification_fee, schedule_on

TODAY = schedule_on(date(2026, 11, 21))
KINDS = {"signature": 10000, "transaction": 50000, "amend": 30000, "cancel": 30000, "correct": 25000, "extract": 8000}


def copies(pages: object, count: object) -> dict[str, object]:
    return {"kind": "copy", "pages": pages, "copies": count}


@pytest.mark.parametrize(("pages", "count", "amount"), [
    (1, 1, 2000), (2, 1, 4000), (3, 1, 5000), (3, 4, 20000), (10, 2, 24000), (150, 1, 152000), (250, 2, 400000), (198, 1, 200000), (197, 1, 199000),
])
def test_copies(pages, count, amount):
    answer = certification_fee([copies(pages, count)], TODAY)
    assert (answer.amounts, answer.error, answer.total_vnd) == ((amount,), None, amount)


@pytest.mark.parametrize(("kind", "amount"), KINDS.items())
def test_other_acts(kind, amount):
    assert certification_fee([{"kind": kind, "quantity": 3}], TODAY).amounts == (3 * amount,)


@given(st.integers(1, MOST), st.integers(1, MOST))
def test_copies_follow_the_formula(pages, count):
    formula = count * min(200000, 2000 * min(pages, 2) + 1000 * max(pages - 2, 0))
    assert certification_fee([copies(pages, count)], TODAY).total_vnd == formula


@pytest.mark.parametrize("bad", [0, -1, True, False, 1.0, 2.5, "3", None, [], {}, MOST + 1, 10**30, float("inf")])
def test_a_count_is_a_whole_number_from_one(bad):
    assert certification_fee([copies(bad, 1)], TODAY).error == "PAGES_INVALID"
    assert certification_fee([copies(1, bad)], TODAY).error == "COPIES_INVALID"
    assert certification_fee([{"kind": "extract", "quantity": bad}], TODAY).error == "QUANTITY_INVALID"


@pytest.mark.parametrize(("line", "code"), [
    (None, "LINE_INVALID"), (5, "LINE_INVALID"), ([], "LINE_INVALID"), ({}, "KIND_UNKNOWN"), ({"kind": "copies"}, "KIND_UNKNOWN"),
    ({"kind": []}, "KIND_UNKNOWN"), ({"kind": "copy", "quantity": 1}, "PAGES_INVALID"), ({"kind": "copy", "pages": 1}, "COPIES_INVALID"),
    ({"kind": "signature", "pages": 1, "copies": 1}, "QUANTITY_INVALID"),
])
def test_bad_lines(line, code):
    answer = certification_fee([copies(1, 1), line, {"kind": "extract", "quantity": 0}, copies(2, 1)], TODAY)
    assert answer.error == code
    assert answer.amounts == (2000, None, None, 4000)
    assert answer.total_vnd == 6000


def test_no_line_costs_nothing():
    assert certification_fee([], TODAY).total_vnd == 0


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kind", "pages", "copies", "quantity", "x"]), inner, max_size=4),
    max_leaves=8,
)
LINES = st.one_of(JSON_VALUES, st.fixed_dictionaries(
    {"kind": st.sampled_from(["copy", *KINDS, "other"])},
    optional={name: JSON_VALUES | st.integers(-1, 300) for name in ("pages", "copies", "quantity")},
))


@given(st.lists(LINES, max_size=5))
def test_any_lines_have_an_answer(lines):
    answer = certification_fee(lines, TODAY)
    assert len(answer.amounts) == len(lines)
    assert (None in answer.amounts) == (answer.error is not None)
    assert all(amount is None or (type(amount) is int and amount >= 1000) for amount in answer.amounts)
    assert answer.total_vnd == sum(certification_fee([line], TODAY).total_vnd for line in lines)


def test_amounts_belong_to_their_time():
    assert schedule_on(date(2017, 1, 1))["signature"].amount_vnd == 10000
    with pytest.raises(RuleBrokenError, match="FEES_UNKNOWN_THEN"):
        schedule_on(date(2016, 12, 31))
