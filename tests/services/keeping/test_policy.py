"""When a copy is due, which stay, when one place is not enough."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.moments import VIETNAM, local
from counter_app.services.keeping import policy
from counter_app.services.keeping.policy import Keep, Why

NOON = (time(11, 45),)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda each: each.replace(tzinfo=VIETNAM))
keeps = st.builds(Keep, *[st.integers(0, 6)] * 4)


@pytest.mark.parametrize(("now", "last", "why"), [
    (local(2026, 11, 20, 7, 30), None, Why.START),
    (local(2026, 11, 20, 7, 30), local(2026, 11, 19, 17, 0), Why.START),
    (local(2026, 11, 20, 7, 31), local(2026, 11, 20, 7, 30), None),
    (local(2026, 11, 20, 11, 44), local(2026, 11, 20, 7, 30), None),
    (local(2026, 11, 20, 11, 45), local(2026, 11, 20, 7, 30), Why.TIME),
    (local(2026, 11, 20, 14, 0), local(2026, 11, 19, 17, 0), Why.TIME),
    (local(2026, 11, 20, 14, 0), local(2026, 11, 20, 11, 46), None),
    (local(2026, 11, 20, 0, 0), local(2026, 11, 20, 0, 0), None),
])
def test_a_copy_is_due_at_the_first_start_of_a_day_and_at_its_times(now, last, why):
    assert policy.due(NOON, now, last) is why


def test_a_copy_that_a_wrong_clock_dated_ahead_holds_nothing_back():
    now = local(2026, 11, 20, 9, 0)
    assert policy.due(NOON, now, now + timedelta(days=300)) is Why.START


def test_no_times_leave_the_start_alone():
    assert policy.due((), local(2026, 11, 20, 23, 0), local(2026, 11, 20, 0, 1)) is None


@given(moments, st.lists(st.times(), max_size=6))
def test_what_was_just_made_is_never_due_again(now, times):
    assert policy.due([each.replace(tzinfo=None) for each in times], now, now) is None


@given(st.lists(moments, max_size=30, unique=True), keeps, moments)
def test_the_newest_stays_whatever_the_counts(times, keep, now):
    stay, past = policy.kept(times, keep, now), [each for each in times if each <= now]
    assert stay <= set(times)
    assert not past or max(past) in stay
    assert {each for each in times if each > now} <= stay


@given(st.lists(moments, max_size=40, unique=True), keeps, moments)
def test_no_more_stay_than_the_counts_allow(times, keep, now):
    stay = [each for each in policy.kept(times, keep, now) if each <= now]
    assert len(stay) <= max(1, keep.newest) + keep.days + keep.weeks + keep.months


@given(st.lists(moments, max_size=30, unique=True), keeps, moments)
def test_thinning_out_twice_is_thinning_out_once(times, keep, now):
    once = policy.kept(times, keep, now)
    assert policy.kept(once, keep, now) == once


@given(st.lists(moments, max_size=40, unique=True), st.integers(1, 6), moments)
def test_each_of_the_last_days_with_copies_keeps_its_last_one(times, days, now):
    stay, past = policy.kept(times, Keep(0, days, 0, 0), now), [each for each in times if each <= now]
    wanted = sorted({each.date() for each in past}, reverse=True)[:days]
    assert all(max(each for each in past if each.date() == day) in stay for day in wanted)


def test_two_years_of_three_copies_a_day_become_a_few():
    now = local(2026, 11, 20, 17, 0)
    times = [now - timedelta(days=day, hours=hour) for day in range(730) for hour in (0, 5, 9)]
    stay = sorted(policy.kept(times, Keep(), now))
    assert 20 <= len(stay) <= 27
    assert (now - stay[0]).days >= 320, "a copy of nearly a year ago"
    assert sum((now - each).days == 0 for each in stay) == 3


@pytest.mark.parametrize(("age", "found_something", "expected"), [
    (None, False, True), (timedelta(days=29), False, False), (timedelta(days=30), False, True), (timedelta(hours=23), True, False),
    (timedelta(days=1), True, True), (timedelta(days=-1), False, True)])
def test_a_restore_is_rehearsed_monthly_and_daily_after_a_bad_one(age, found_something, expected):
    now = local(2026, 11, 20, 9, 0)
    assert policy.rehearsal_due(now, None if age is None else now - age, found_something=found_something) is expected


@pytest.mark.parametrize(("age", "expected"), [
    (None, False), (timedelta(days=3), True), (timedelta(days=3, seconds=1), False), (timedelta(days=-5), True)])
def test_a_second_copy_counts_for_three_days(age, expected):
    now = local(2026, 11, 20, 9, 0)
    assert policy.is_fresh(now, None if age is None else now - age) is expected


def test_a_place_that_took_nothing_is_tried_again_after_half_an_hour():
    now = local(2026, 11, 20, 9, 0)
    assert [policy.may_try(now, each) for each in (None, now, now - timedelta(minutes=29), now - policy.RETRY, now + timedelta(hours=1))] == [
        True, False, False, True, True]
