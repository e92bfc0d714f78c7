"""Periods of reports: from the 15th to the 14th, quarters that are no calendar quarters, and weeks that end on Thursday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.moments import day_of
from counter_app.domain.report_periods import Period, PeriodKind, containing, kind_of, last_ended, neighbour, numbered, place

K = PeriodKind
OFFICIAL = (K.MONTH, K.QUARTER, K.HALF_YEAR, K.YEAR)
days = st.dates(date(2020, 1, 1), date(2089, 12, 31))


@pytest.mark.parametrize(("kind", "number", "start", "end"), [
    (K.MONTH, 11, date(2026, 10, 15), date(2026, 11, 14)), (K.MONTH, 1, date(2025, 12, 15), date(2026, 1, 14)),
    (K.MONTH, 12, date(2026, 11, 15), date(2026, 12, 14)), (K.QUARTER, 1, date(2025, 12, 15), date(2026, 3, 14)),
    (K.QUARTER, 3, date(2026, 6, 15), date(2026, 9, 14)), (K.QUARTER, 4, date(2026, 9, 15), date(2026, 12, 14)),
    (K.HALF_YEAR, 1, date(2025, 12, 15), date(2026, 6, 14)), (K.HALF_YEAR, 2, date(2026, 6, 15), date(2026, 12, 14)),
    (K.YEAR, 1, date(2025, 12, 15), date(2026, 12, 14)),
])
def test_the_periods_of_the_law(kind, number, start, end):
    period = numbered(kind, 2026, number)
    assert (period.start, period.end) == (start, end)
    assert place(kind, period) == (2026, number)
    assert kind_of(period) is kind


@pytest.mark.parametrize(("day", "month"), [
    (date(2026, 11, 14), (2026, 11)), (date(2026, 11, 15), (2026, 12)), (date(2026, 12, 14), (2026, 12)), (date(2026, 12, 15), (2027, 1)),
    (date(2026, 1, 1), (2026, 1)),
])
def test_the_month_of_a_day(day, month):
    assert place(K.MONTH, containing(K.MONTH, day)) == month


@given(day=days, kind=st.sampled_from(PeriodKind), step=st.integers(-30, 30))
def test_periods_follow_one_another_without_gap_or_overlap(day, kind, step):
    period = containing(kind, day)
    assert period.start <= day <= period.end
    following = neighbour(kind, period, 1)
    assert following.start == period.end + timedelta(days=1)
    assert containing(kind, following.start) == following
    assert neighbour(kind, neighbour(kind, period, step), -step) == period
    assert last_ended(kind, day).end == period.start - timedelta(days=1)
    assert period.begins < period.ends
    assert day_of(period.ends) == period.end + timedelta(days=1)


@given(day=days, last=st.integers(0, 6))
def test_a_week_ends_on_the_day_that_is_set(day, last):
    week = containing(K.WEEK, day, last_weekday=last)
    assert week.end.weekday() == last
    assert (week.end - week.start).days == 6


def test_fridays_report_is_of_the_week_up_to_thursday():
    assert last_ended(K.WEEK, date(2026, 11, 20)) == Period(date(2026, 11, 13), date(2026, 11, 19))


@given(day=days, kind=st.sampled_from(OFFICIAL))
def test_smaller_periods_fill_the_greater_ones(day, kind):
    greater = containing(kind, day)
    months = [containing(K.MONTH, greater.start)]
    while months[-1].end < greater.end:
        months.append(neighbour(K.MONTH, months[-1], 1))
    assert months[-1].end == greater.end
    assert len(months) == {K.MONTH: 1, K.QUARTER: 3, K.HALF_YEAR: 6, K.YEAR: 12}[kind]


def test_any_other_days_are_no_official_period():
    assert kind_of(Period(date(2026, 10, 15), date(2026, 11, 13))) is None
    assert kind_of(Period(date(2026, 11, 14), date(2026, 11, 14))) is None
