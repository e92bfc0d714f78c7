"""The decision on the next number: the contract's vectors, every branch, and what it never does."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.codes import parse_code
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.ids import short_device
from counter_app.domain.moments import local
from counter_app.domain.numbering import (
    CRASH,
    LOST,
    NumberPlan,
    SerialRange,
    SeriesMarks,
    clock_is_possible,
    decide,
    recovery_series,
)

VECTORS = json.loads((Path(__file__).parents[1] / "data/province/numbers.json").read_text("utf-8"))
LEASE = VECTORS["lease"]
NOW = local(2026, 11, 23, 9, 42)
PLAN = NumberPlan(
    LEASE["agency"], LEASE["device"], "c0ffee0000000001", SerialRange(LEASE["normal"]["from"], LEASE["normal"]["to"]),
    tuple(SerialRange(each["from"], each["to"]) for each in LEASE["recovery"]),
)
FALLBACK = NumberPlan(PLAN.agency, PLAN.device, PLAN.epoch, PLAN.normal, PLAN.recovery, fallback=True)
TAM = NumberPlan(PLAN.agency, PLAN.device, PLAN.epoch, PLAN.normal, provisional=True)


def issue(plan=PLAN, marks=None, *, suspect=False, now=NOW, borne=()):
    known = {series: SeriesMarks(**mark) for series, mark in (marks or {}).items()}
    return decide(plan, now, lambda series: known.get(series, SeriesMarks()), set(borne).__contains__, suspect=suspect)


def refusal(*args, **kwargs):
    with pytest.raises(SurroundingsError) as refused:
        issue(*args, **kwargs)
    return refused.value.code


@pytest.mark.parametrize("vector", VECTORS["allocate"], ids=lambda vector: vector["given"])
def test_serials_follow_the_vectors(vector):
    generation, last = vector["generation"], vector["last_serial"]
    if generation:
        series, taken = recovery_series(generation), PLAN.recovery[generation - 1].first - 1
    else:
        series, taken = "normal", last
    marks = {series: {"taken": taken, "known": last}}
    if vector["next"] is None:
        assert refusal(marks=marks) == "RANGE_USED_UP"
    else:
        issued = issue(marks=marks, suspect=bool(generation))
        assert (issued.serial, issued.series, issued.kind, issued.burned) == (vector["next"], series, "official", ())


def test_a_lone_desk_begins_at_one():
    assert issue(NumberPlan("H15.50.05", "D7K2M9Q4", "")).code == "H15.50.05-261123-0001"


def test_a_desk_that_wishes_so_prints_provisional_codes():
    issued = issue(TAM, {"provisional": {"taken": 6, "known": 6}})
    assert (issued.code, issued.kind, issued.series) == ("TAM-D7K2M9Q4-261123-0007", "provisional", "provisional")


def test_the_guard_and_the_database_both_count():
    assert issue(marks={"normal": {"taken": 2005, "known": 2003}}).serial == 2006
    assert issue(marks={"normal": {"taken": 2003, "known": 2005}}).serial == 2006


def test_a_number_that_was_taken_and_never_written_is_burned_by_a_crash():
    issued = issue(marks={"normal": {"taken": 2005, "settled": 2004, "known": 2004}})
    assert [(number.serial, number.reason, number.dossier_id) for number in issued.burned] == [(2005, CRASH, None)]
    assert issued.burned[0].code == "H99.10.05-261123-2005"


def test_numbers_that_a_restored_database_forgot_are_lost():
    issued = issue(marks={"normal": {"taken": 2005, "settled": 2004, "known": 2001}})
    assert [(number.serial, number.reason) for number in issued.burned] == [(2002, LOST), (2003, LOST), (2004, LOST), (2005, CRASH)]
    assert issued.serial == 2006


def test_nobody_numbers_a_suspect_day_by_himself():
    assert refusal(marks={"normal": {"known": 2041}}, suspect=True) == "NUMBER_UNSAFE"


def test_a_vouched_day_goes_on_above_the_last_slip_and_what_is_missing_is_lost():
    issued = issue(marks={"normal": {"taken": 2041, "known": 2039}}, suspect=True)
    assert issued.serial == 2042
    assert [(number.serial, number.reason) for number in issued.burned] == [(2040, LOST), (2041, LOST)]


def test_the_youngest_granted_recovery_range_is_used():
    marks = {"recovery-1": {"taken": 2610}, "recovery-2": {"taken": 2699}}
    assert issue(marks=marks, suspect=True).code == "H99.10.05-261123-2700"


def test_recovery_ranges_are_for_suspect_days_only():
    assert issue(marks={"recovery-1": {"taken": 2610}}).serial == 2000


@pytest.mark.parametrize("marks", [{}, {"recovery-1": {"taken": 2699}}])
def test_where_the_desk_allows_it_provisional_codes_carry_the_tail_of_the_epoch(marks):
    assert issue(FALLBACK, marks, suspect=True).code == "TAM-D7K2M9Q4.c0ff-261123-0001"


def test_a_used_up_range_falls_back_to_plain_provisional_codes():
    marks = {"normal": {"taken": 2599, "known": 2599}}
    assert issue(FALLBACK, marks).code == "TAM-D7K2M9Q4-261123-0001"
    assert refusal(FALLBACK, {**marks, "provisional": {"taken": 9999}}) == "RANGE_USED_UP"


MORE = replace(FALLBACK, more=(SerialRange(1000, 1001), SerialRange(5000, 5599)))
USED = {"normal": {"taken": 2599, "known": 2599}}


@pytest.mark.parametrize(("marks", "code"), [
    ({}, "H99.10.05-261123-2000"), (USED, "H99.10.05-261123-1000"),
    (USED | {"further-1": {"taken": 1000, "known": 1000}}, "H99.10.05-261123-1001"),
    (USED | {"further-1": {"taken": 1001, "known": 1001}}, "H99.10.05-261123-5000"),
    (USED | {"further-1": {"taken": 1001, "known": 1001}, "further-2": {"taken": 5599, "known": 5599}}, "TAM-D7K2M9Q4-261123-0001"),
])
def test_further_ranges_follow_in_their_order_whatever_their_serials(marks, code):
    issued = issue(MORE, marks)
    assert (issued.code, issued.burned) == (code, ())


def test_what_a_crash_burned_in_a_further_range_is_burned_there():
    issued = issue(MORE, USED | {"further-2": {"taken": 5001, "settled": 5000, "known": 5000}, "further-1": {"taken": 1001, "known": 1001}})
    assert (issued.serial, [(each.code, each.series) for each in issued.burned]) == (5002, [("H99.10.05-261123-5001", "further-2")])


def test_nobody_goes_on_in_a_further_range_of_a_suspect_day_by_himself():
    assert issue(MORE, USED, suspect=True).kind == "provisional"
    assert issue(MORE, USED | {"further-2": {"taken": 5003, "known": 5003}}, suspect=True).serial == 5004


def test_a_range_that_is_lent_no_longer_leaves_its_serials_where_they_were():
    marks = {"further-3": {"taken": 7000, "known": 7000}}
    assert issue(MORE, marks).serial == 2000


def test_provisional_codes_bear_the_id_that_ops_are_recorded_under():
    named = replace(TAM, named="0192f3a4-5b6c-7d8e-9f01-23456789abce")
    assert issue(named).code == f"TAM-{short_device(named.named)}-261123-0001" != issue(TAM).code


def test_a_code_of_another_device_is_passed_over_and_not_called_burned():
    issued = issue(borne=["H99.10.05-261123-2000", "H99.10.05-261123-2001"])
    assert (issued.serial, issued.burned) == (2002, ())
    assert refusal(borne=[f"H99.10.05-261123-{serial}" for serial in range(2000, 2600)]) == "RANGE_USED_UP"


@pytest.mark.parametrize(("year", "possible"), [(1970, False), (2019, False), (2020, True), (2090, True), (2091, False), (2099, False)])
def test_an_impossible_clock_issues_nothing(year, possible):
    now = local(year, 6, 1)
    assert clock_is_possible(now) is possible
    assert (issue(now=now).day == date(year, 6, 1)) if possible else (refusal(now=now) == "CLOCK_WRONG")


def test_the_day_is_vietnams():
    from datetime import UTC, datetime

    assert issue(now=datetime(2026, 11, 23, 17, 30, tzinfo=UTC)).day == date(2026, 11, 24)


def test_the_register_line_of_a_number_names_its_dossier():
    used = issue().used_by("01a2")
    assert (used.code, used.serial, used.dossier_id, used.reason, used.noted_at) == ("H99.10.05-261123-2000", 2000, "01a2", "", NOW)


serials = st.none() | st.integers(1, 9999)
some_marks = st.fixed_dictionaries({
    series: st.builds(lambda taken, settled, known: {"taken": taken, "settled": settled, "known": known}, serials, serials, serials)
    for series in ("normal", "provisional", "recovery-1", "recovery-4")
})


@given(some_marks, st.booleans(), st.sampled_from([PLAN, FALLBACK, TAM]))
def test_a_number_is_above_everything_known_within_its_range_and_the_gap_is_explained(marks, suspect, plan):
    try:
        issued = issue(plan, marks, suspect=suspect)
    except SurroundingsError:
        assert refusal(plan, marks, suspect=suspect) in ("RANGE_USED_UP", "NUMBER_UNSAFE")
        return
    mark = marks.get(issued.series, {"taken": None, "known": None})
    assert issued.serial > max(mark["taken"] or 0, mark["known"] or 0)
    assert parse_code(issued.code).serial == issued.serial
    bounds = {"normal": PLAN.normal, "provisional": SerialRange(1, 9999)}
    bounds |= {recovery_series(generation): serials for generation, serials in enumerate(PLAN.recovery, start=1)}
    first, last = bounds[issued.series].first, bounds[issued.series].last
    assert first <= issued.serial <= last
    assert [number.serial for number in issued.burned] == list(range(max(first, (mark["known"] or 0) + 1), issued.serial))
