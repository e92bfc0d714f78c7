"""Counting for reports: every rule of domain guide 12 by example, and random years against the slow model."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.moments import local
from counter_app.domain.report_07a import marks_07a
from counter_app.domain.report_cases import Case, came_by, counts, marks_06a, marks_load, marks_on_the_spot, stands
from counter_app.domain.report_periods import Period, PeriodKind, numbered
from counter_app.domain.report_tally import Tally, differences
from tests.domain import report_reference as reference
from tests.examples import examples

NOVEMBER = Period(date(2026, 10, 15), date(2026, 11, 14))
RULE_07A = partial(marks_07a, waiting_days=1)


def case(number=1, **changes):
    given_ = {"field": "Hộ tịch", "procedure": "1.001193", "channel": "direct", "status": "processing",
              "received_at": local(2026, 10, 20, 8), "due_at": local(2026, 11, 5, 17)} | changes
    return Case(number, **given_)


@pytest.mark.parametrize(("changes", "counted"), [
    ({}, True),
    ({"received_at": local(2026, 11, 14, 23, 59, 59)}, True),
    ({"received_at": local(2026, 11, 15)}, False),
    ({"received_at": local(2025, 1, 1), "finished_at": local(2026, 10, 15)}, True),
    ({"received_at": local(2025, 1, 1), "finished_at": local(2026, 10, 14, 23, 59, 59)}, False),
    ({"accepted": False}, False),
    ({"finished_at": local(2027, 1, 1)}, True),
])
def test_what_counts_at_all(changes, counted):
    assert counts(case(**changes), NOVEMBER) is counted
    assert bool(marks_06a(case(**changes), NOVEMBER)) is counted


@pytest.mark.parametrize(("changes", "way"), [
    ({}, "direct"), ({"channel": "postal"}, "direct"), ({"channel": "online"}, "online"),
    ({"received_at": local(2026, 10, 14, 23, 59, 59), "channel": "online"}, "carried"),
    ({"received_at": local(2026, 10, 15), "channel": "online"}, "online"),
])
def test_how_it_came(changes, way):
    assert came_by(case(**changes), NOVEMBER) == way


@pytest.mark.parametrize(("changes", "stood"), [
    ({"finished_at": local(2026, 11, 4, 23, 59)}, "early"),
    ({"finished_at": local(2026, 11, 5, 0)}, "on_time"),
    ({"finished_at": local(2026, 11, 5, 23, 59)}, "on_time"),
    ({"finished_at": local(2026, 11, 6, 0)}, "late"),
    ({"finished_at": local(2026, 11, 6), "due_at": None}, "on_time"),
    ({"finished_at": local(2026, 11, 4), "status": "withdrawn"}, "on_time"),
    ({"finished_at": local(2026, 11, 4), "status": "halted"}, "on_time"),
    ({"finished_at": local(2026, 11, 6), "status": "withdrawn"}, "late"),
    ({"finished_at": local(2026, 11, 4), "status": "not_accepted"}, "early"),
    ({"finished_at": local(2026, 11, 15)}, "overdue"),
    ({}, "overdue"),
    ({"due_at": local(2026, 11, 14, 8)}, "in_time"),
    ({"due_at": local(2026, 11, 13, 23, 59)}, "overdue"),
    ({"due_at": None}, "in_time"),
    ({"waits": ((local(2026, 11, 6), None),)}, "in_time"),
    ({"waits": ((local(2026, 11, 6), local(2026, 11, 15)),)}, "in_time"),
    ({"waits": ((local(2026, 11, 6), local(2026, 11, 14, 23, 59, 59)),)}, "overdue"),
    ({"waits": ((local(2026, 11, 15), None),)}, "overdue"),
])
def test_where_it_stands(changes, stood):
    assert stands(case(**changes), NOVEMBER) == stood


HISTORY = ((local(2026, 10, 20, 8), local(2026, 11, 5, 17)), (local(2026, 11, 4, 9), local(2026, 11, 30, 17)))


@pytest.mark.parametrize(("changes", "stood"), [
    ({"finished_at": local(2026, 11, 3)}, "early"),
    ({"finished_at": local(2026, 11, 10)}, "early"),
    ({}, "in_time"),
])
def test_the_due_time_in_force_counts_not_todays(changes, stood):
    assert stands(case(due_at=HISTORY[-1][1], changes=HISTORY, **changes), NOVEMBER) == stood


def test_an_extension_after_the_period_does_not_reach_back():
    late_extension = (HISTORY[0], (local(2026, 11, 15), local(2026, 12, 30)))
    assert stands(case(due_at=late_extension[-1][1], changes=late_extension), NOVEMBER) == "overdue"
    closed = case(due_at=None, changes=(*HISTORY, (local(2026, 11, 10), None)), finished_at=local(2026, 11, 9))
    assert stands(closed, NOVEMBER) == "early"


minutes = st.integers(0, 500 * 24 * 60).map(lambda each: local(2025, 11, 1) + timedelta(minutes=each))


@st.composite
def cases(draw, number):
    received = draw(minutes)
    later = [received + timedelta(hours=hours) for hours in sorted(draw(st.lists(st.integers(0, 2000), max_size=4)))]
    changes = tuple((at, draw(st.none() | minutes)) for at in [received, *later]) if later else ()
    waits = tuple((asked, draw(st.none() | st.integers(0, 900).map(lambda h, asked=asked: asked + timedelta(hours=h))))
                  for asked in draw(st.lists(minutes, max_size=2)))
    finished = draw(st.none() | st.integers(0, 3000).map(lambda hours: received + timedelta(hours=hours)))
    return Case(
        number, draw(st.sampled_from(["Hộ tịch", "Đất đai", "Chứng thực", ""])), "1.001193",
        draw(st.sampled_from(["direct", "online", "postal"])),
        draw(st.sampled_from(["processing", "result_ready", "returned", "withdrawn", "halted", "not_accepted"])), received, finished,
        changes[-1][1] if changes else draw(st.none() | minutes), draw(st.booleans()), changes=changes, waits=waits,
        online_level=draw(st.sampled_from(["", "full", "partial"])), out_of_area=draw(st.booleans()),
        on_the_spot=draw(st.booleans()), apology_at=draw(st.none() | minutes), paid=draw(st.sampled_from(["", "online", "direct"])))


years = st.integers(0, 40).flatmap(lambda size: st.tuples(*(cases(number) for number in range(1, size + 1))))
periods = st.one_of(
    st.tuples(st.dates(date(2025, 10, 1), date(2027, 4, 1)), st.integers(0, 400)).map(lambda each: Period(
        each[0], each[0] + timedelta(days=each[1]))),
    st.integers(1, 12).map(lambda month: numbered(PeriodKind.MONTH, 2026, month)),
    st.integers(1, 4).map(lambda quarter: numbered(PeriodKind.QUARTER, 2026, quarter)))


@settings(max_examples=examples(15), deadline=None)
@given(year=years, period=periods)
def test_a_random_year_is_counted_as_the_slow_model_counts_it(year, period):
    tally = Tally.of(year, marks_06a, period)
    wanted = reference.count(year, period)
    assert tally.rows() == sorted(wanted)
    for field, row in wanted.items():
        assert {column: tally.counts(field).get(column, 0) for column in reference.COLUMNS} == row


@settings(max_examples=examples(15), deadline=None)
@given(year=years, period=periods)
def test_the_form_adds_up_in_every_row_and_in_the_total(year, period):
    tally = Tally.of(year, marks_06a, period)
    rows = [tally.counts(field) for field in tally.rows()]
    total = tally.counts()
    for row in (*rows, total):
        c = {number: row.get(f"c{number}", 0) for number in range(3, 14)}
        assert c[3] == c[4] + c[5] + c[6] == c[7] + c[11]
        assert c[7] == c[8] + c[9] + c[10]
        assert c[11] == c[12] + c[13]
    for column in reference.COLUMNS:
        assert total.get(column, 0) == sum(row.get(column, 0) for row in rows)


@settings(max_examples=examples(15), deadline=None)
@given(year=years, month=st.integers(1, 11))
def test_what_is_pending_at_the_end_is_carried_into_the_next_month(year, month):
    first, following = (numbered(PeriodKind.MONTH, 2026, each) for each in (month, month + 1))
    assert Tally.of(year, marks_06a, first).counts().get("c11", 0) == Tally.of(year, marks_06a, following).counts().get("c6", 0)


@settings(max_examples=examples(15), deadline=None)
@given(year=years)
def test_twelve_months_close_and_receive_what_the_year_does(year):
    months = [Tally.of(year, marks_06a, numbered(PeriodKind.MONTH, 2026, month)).counts() for month in range(1, 13)]
    whole = Tally.of(year, marks_06a, numbered(PeriodKind.YEAR, 2026, 1)).counts()
    for columns in (("c4",), ("c5",), ("c7",), ("c8",), ("c9",), ("c10",)):
        assert sum(month.get(column, 0) for month in months for column in columns) == sum(whole.get(column, 0) for column in columns)
    assert months[0].get("c6", 0) == whole.get("c6", 0)
    assert months[-1].get("c11", 0) == whole.get("c11", 0)


@settings(max_examples=examples(15), deadline=None)
@given(year=years, period=periods)
def test_07a_agrees_with_06a_and_adds_up(year, period):
    official, wide = Tally.of(year, marks_06a, period).counts(), Tally.of(year, RULE_07A, period).counts()

    def both(*names):
        return sum(wide.get(name, 0) for name in names)

    assert both("received") == official.get("c3", 0)
    assert both("carried") == official.get("c6", 0)
    assert both("online_full", "online_partial", "online_other") == official.get("c4", 0)
    assert both("direct", "post") == official.get("c5", 0)
    assert both("resolved") == official.get("c7", 0) == both("early", "on_time", "late")
    assert both("late") == official.get("c10", 0) == both("late_apology", "late_silent")
    assert both("pending") == official.get("c11", 0)
    assert both("overdue") == official.get("c13", 0) == both("overdue_apology", "overdue_silent")
    assert both("paid") == both("paid_online", "paid_direct")
    assert both("waiting") == both("waiting_in_time", "waiting_late")


@pytest.mark.parametrize(("changes", "marks"), [
    ({"status": "not_accepted", "finished_at": local(2026, 10, 21)}, ("refused_at_intake",)),
    ({"status": "not_accepted", "finished_at": local(2026, 11, 15)}, ("waiting", "waiting_late")),
    ({"status": "not_accepted", "finished_at": local(2026, 10, 14)}, ()),
    ({"status": "withdrawn", "finished_at": local(2026, 10, 21)}, ()),
    ({"status": "submitted_online"}, ("waiting", "waiting_late")),
    ({"status": "submitted_online", "received_at": local(2026, 11, 14)}, ("waiting", "waiting_in_time")),
    ({"status": "submitted_online", "received_at": local(2026, 11, 15)}, ()),
])
def test_07a_knows_what_was_never_received(changes, marks):
    assert RULE_07A(case(accepted=False, **changes), NOVEMBER) == marks


@pytest.mark.parametrize(("days", "received", "column"), [
    (1, local(2026, 11, 13, 23, 59), "waiting_late"), (1, local(2026, 11, 14), "waiting_in_time"),
    (3, local(2026, 11, 11, 23, 59), "waiting_late"), (3, local(2026, 11, 12), "waiting_in_time"), (0, local(2026, 11, 14, 23, 59), "waiting_late")])
def test_how_long_one_may_wait_to_be_received_is_given_with_the_form(days, received, column):
    waiting = case(accepted=False, status="submitted_online", received_at=received)
    assert marks_07a(waiting, NOVEMBER, waiting_days=days) == ("waiting", column)


def test_out_of_area_is_counted_in_the_period_it_came():
    assert "out_of_area" in RULE_07A(case(out_of_area=True), NOVEMBER)
    assert "out_of_area" not in RULE_07A(case(out_of_area=True, received_at=local(2026, 10, 1)), NOVEMBER)


def test_an_apology_sent_after_the_period_is_none_yet():
    assert "overdue_silent" in RULE_07A(case(apology_at=local(2026, 11, 15)), NOVEMBER)
    assert "overdue_apology" in RULE_07A(case(apology_at=local(2026, 11, 14, 23)), NOVEMBER)


@pytest.mark.parametrize(("changes", "marks"), [
    ({"finished_at": local(2026, 10, 20, 9), "on_the_spot": True}, ("resolved", "on_the_spot", "same_day")),
    ({"finished_at": local(2026, 10, 20, 16)}, ("resolved", "same_day")),
    ({"finished_at": local(2026, 10, 21, 8)}, ("resolved",)),
    ({"finished_at": local(2026, 11, 15)}, ()), ({}, ()), ({"accepted": False, "finished_at": local(2026, 10, 20, 9)}, ()),
    ({"finished_at": local(2026, 10, 20, 9), "status": "withdrawn"}, ()),
    ({"finished_at": local(2026, 10, 20, 9), "status": "not_accepted"}, ()),
])
def test_on_the_spot(changes, marks):
    assert marks_on_the_spot(case(**changes), NOVEMBER) == marks


def test_load_counts_receipts_of_the_period_alone():
    assert marks_load(case(received_at=local(2026, 10, 15, 0, 1)), NOVEMBER) == ("total", "h0")
    assert marks_load(case(received_at=local(2026, 10, 14, 23)), NOVEMBER) == ()
    assert marks_load(case(accepted=False), NOVEMBER) == ()


@settings(max_examples=examples(15), deadline=None)
@given(year=years, period=periods)
def test_every_figure_knows_its_dossiers(year, period):
    tally = Tally.of(year, marks_06a, period)
    for field in (None, *tally.rows()):
        for column, number in tally.counts(field).items():
            found = tally.numbers(field, column)
            assert len(found) == number
            assert found == sorted(set(found))
    assert Tally.from_plain(tally.plain()).places() == tally.places()
    assert set(tally.places()) == {each.number for each in year if marks_06a(each, period)}


def test_differences_name_what_moved_came_and_went():
    before = {1: ("A", ("c3",)), 2: ("A", ("c3",)), 3: ("B", ("c3", "c7"))}
    now = {1: ("A", ("c3",)), 3: ("B", ("c3", "c11")), 4: ("A", ("c3",))}
    assert differences(before, now) == [
        (2, ("A", ("c3",)), None), (3, ("B", ("c3", "c7")), ("B", ("c3", "c11"))), (4, None, ("A", ("c3",)))]
    assert differences(before, before) == []


def test_a_kept_table_that_is_none_is_refused():
    with pytest.raises(TypeError):
        Tally.from_plain([{"row": "A", "columns": "c3", "dossiers": [1]}])
