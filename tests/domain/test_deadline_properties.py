"""What holds for every deadline, tried on random receipts, limits, options and calendars, odd ones included."""

from contextlib import suppress
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.deadline import after_supplement, appointment, classify, extended
from counter_app.domain.deadline_clock import Rules, effective
from counter_app.domain.deadline_terms import DayRole, DeadlineOptions, Limit, LimitUnit
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import VIETNAM, local
from tests.domain import calendars
from tests.domain.deadline_reference import Reference

UNITS = tuple(LimitUnit)
CALENDAR_UNITS = (LimitUnit.DAY, LimitUnit.MONTH)
DOCUMENTS = {
    **dict.fromkeys(("standard", "standard_saturday_morning", "early"), calendars.shipped()),
    "month_off": calendars.month_off(), "many_make_ups": calendars.many_make_ups(), "uneven_hours": calendars.uneven_hours(),
}

moments = st.datetimes(datetime(2025, 12, 1), datetime(2026, 12, 20)).map(lambda naive: naive.replace(second=0, microsecond=0, tzinfo=VIETNAM))
names = st.sampled_from(calendars.NAMES)
single_limits = st.one_of(
    st.just(Limit(1, LimitUnit.SAME_DAY)),
    st.builds(Limit, st.integers(1, 40), st.sampled_from([LimitUnit.WORKING_DAY, LimitUnit.DAY])),
    st.builds(Limit, st.integers(1, 60), st.just(LimitUnit.HOUR)),
    st.builds(Limit, st.integers(1, 5), st.just(LimitUnit.MONTH)),
)
phases = st.lists(single_limits, min_size=1, max_size=3)
options_of_all_kinds = st.builds(
    DeadlineOptions,
    cutoff=st.times(time(6), time(18)).map(lambda clock: clock.replace(second=0, microsecond=0)),
    cutoff_effect=st.sampled_from(["none", "next_working_day"]), count_receipt_day=st.booleans(),
    due_time=st.sampled_from(["keep", "closing"]), roll_end=st.booleans(), counts_saturday=st.booleans(),
    skip_holidays_in_days=st.booleans(), supplement=st.sampled_from(["restart", "pause"]),
    after_hours=st.sampled_from(["next_opening", "keep"]), extension_limit=st.just(3),
)
many = settings(max_examples=80, deadline=None)


@settings(max_examples=800, deadline=None)
@given(moments, phases, names, options_of_all_kinds)
def test_the_same_as_the_slow_walk(received, limits, name, options):
    reference = Reference(DOCUMENTS[name], name if name in DOCUMENTS[name]["weekly_hours"]["profiles"] else "standard", options)
    found = appointment(received, limits, calendars.named(name), options)
    moment = reference.effective(received)
    assert found.effective_at == moment
    for phase, limit in zip(found.phases, limits, strict=True):
        moment = reference.due(moment, limit.value, limit.unit.value)
        assert phase.due_at == moment
    assert found.due_at == moment


@many
@given(moments, phases, names, options_of_all_kinds)
def test_never_on_a_day_off_and_always_within_hours(received, limits, name, options):
    options = DeadlineOptions(**{**_as_dict(options), "roll_end": True})
    due = appointment(received, limits, calendars.named(name), options).due_at
    assert any(interval.start <= due.time() <= interval.end for interval in calendars.named(name).hours(due.date()))


@many
@given(moments, phases, names, options_of_all_kinds)
def test_never_before_the_start_of_the_clock(received, limits, name, options):
    found = appointment(received, limits, calendars.named(name), options)
    assert found.due_at >= found.effective_at >= received


@many
@given(moments, single_limits, names, options_of_all_kinds, st.integers(1, 30))
def test_a_longer_limit_is_never_due_earlier(received, limit, name, options, more):
    short = appointment(received, [limit], calendars.named(name), options)
    longer = appointment(received, [Limit(limit.value + more, limit.unit)], calendars.named(name), options)
    assert longer.due_at >= short.due_at
    phased = appointment(received, [limit, Limit(more, LimitUnit.WORKING_DAY)], calendars.named(name), options)
    assert phased.due_at >= short.due_at


@many
@given(moments, st.integers(0, 20 * 24 * 60), single_limits, st.sampled_from(["standard", "early"]), options_of_all_kinds)
def test_a_later_receipt_is_never_due_earlier(received, minutes, limit, name, options):
    """Every reception day counts here and the clock starts at an opening: the whole truth stands in the module of deadlines."""
    options = DeadlineOptions(**{**_as_dict(options), "after_hours": "next_opening"})
    first = appointment(received, [limit], calendars.named(name), options)
    later = appointment(received + timedelta(minutes=minutes), [limit], calendars.named(name), options)
    assert later.due_at.date() >= first.due_at.date()
    if limit.unit not in CALENDAR_UNITS or options.due_time == "closing":
        assert later.due_at >= first.due_at


@pytest.mark.parametrize(("first", "later", "limit", "name", "options"), [
    ((2026, 11, 16, 16), (2026, 11, 17, 8), Limit(5, LimitUnit.DAY), "standard", {}),
    ((2026, 1, 30, 16), (2026, 1, 31, 8), Limit(1, LimitUnit.MONTH), "standard_saturday_morning", {}),
    ((2026, 11, 27, 16), (2026, 11, 28, 8), Limit(1, LimitUnit.WORKING_DAY), "standard_saturday_morning", {}),
    ((2026, 11, 28, 20), (2026, 11, 29, 6), Limit(1, LimitUnit.WORKING_DAY), "standard", {"after_hours": "keep"}),
    ((2026, 11, 27, 15, 30), (2026, 11, 28, 8), Limit(1, LimitUnit.SAME_DAY), "standard_saturday_morning", {}),
    ((2026, 11, 27, 15, 30), (2026, 11, 28, 8), Limit(1, LimitUnit.WORKING_DAY), "standard_saturday_morning",
     {"cutoff_effect": "next_working_day"}),
])
def test_where_a_later_receipt_is_due_earlier(first, later, limit, name, options):
    """The guide's own letter: a time of day is kept while the day rolls, and receipts on days that don't count share the next that does."""
    dues = [appointment(local(*at), [limit], calendars.named(name), DeadlineOptions(**options)).due_at for at in (first, later)]
    assert dues[1] < dues[0]


@many
@given(moments, phases, names, options_of_all_kinds)
def test_phases_are_a_chain_of_single_limits(received, limits, name, options):
    """Where nothing moves a start, phase by phase is the same as appointment by appointment."""
    free = DeadlineOptions(**{**_as_dict(options), "after_hours": "keep", "cutoff_effect": "none"})
    whole = appointment(received, limits, calendars.named(name), free)
    at = received
    for limit in limits:
        at = appointment(at, [limit], calendars.named(name), free).due_at
    assert whole.due_at == at


@many
@given(moments, phases, names, options_of_all_kinds, st.data())
def test_supplements_and_extensions_never_bring_a_due_time_forward(received, limits, name, options, data):
    calendar = calendars.named(name)
    current = appointment(received, limits, calendar, options)
    asked, extensions = received, 0
    for _ in range(data.draw(st.integers(1, 4))):
        asked += timedelta(minutes=data.draw(st.integers(0, 6 * 24 * 60)))
        due = current.due_at
        if data.draw(st.booleans()):
            back = asked + timedelta(minutes=data.draw(st.integers(0, 12 * 24 * 60)))
            current = after_supplement(current, asked, back, calendar, options)
            asked = back
        else:
            by = data.draw(single_limits.filter(lambda limit: limit.unit is not LimitUnit.SAME_DAY))
            with suppress(ExtensionRefusedError):
                current = allowed(extended, current, asked, by, calendar, options, extensions=extensions)
                extensions += 1
        assert current.due_at >= due
        assert current.phases[-1].due_at == current.due_at
        assert current.days[-1].day == current.due_at.date()


@many
@given(moments, st.integers(1, 40), names, options_of_all_kinds, st.integers(0, 20 * 24 * 60), st.integers(0, 20 * 24 * 60))
def test_a_pause_gives_back_exactly_the_counting_days_of_waiting(received, value, name, options, wait, away):
    options = DeadlineOptions(**{**_as_dict(options), "supplement": "pause"})
    calendar = calendars.named(name)
    first = appointment(received, [Limit(value, LimitUnit.WORKING_DAY)], calendar, options)
    asked = received + timedelta(minutes=wait)
    back = effective(asked + timedelta(minutes=away), Rules(calendar, options)).at
    again = after_supplement(first, asked, asked + timedelta(minutes=away), calendar, options)
    counted = _counting(calendar, options, asked.date(), back.date())
    assert _counting(calendar, options, first.due_at.date(), again.due_at.date()) == counted


@many
@given(moments, single_limits, names, options_of_all_kinds, st.integers(-40, 40))
def test_classification_agrees_with_the_calendar(received, limit, name, options, shift):
    due = appointment(received, [limit], calendars.named(name), options).due_at
    finished = due + timedelta(days=shift)
    assert classify(finished, due) == ("early" if shift < 0 else "overdue" if shift else "on_time")


@many
@given(moments, phases, names, options_of_all_kinds)
def test_the_strip_of_days_has_no_gap_and_counts_to_the_limit(received, limits, name, options):
    found = appointment(received, limits, calendars.named(name), options)
    first = found.days[0].day
    assert [day.day for day in found.days] == [first + timedelta(days=number) for number in range(len(found.days))]
    assert (first, found.days[-1].day) == (received.date(), found.due_at.date())
    assert [day.role for day in found.days].count(DayRole.RETURN) == 1
    assert found.days[-1].role is DayRole.RETURN
    limit = limits[0]
    if len(limits) == 1 and limit.unit is LimitUnit.WORKING_DAY and options.after_hours == "next_opening":
        assert found.days[-1].ordinal == limit.value


@many
@given(moments, single_limits, names, options_of_all_kinds)
def test_what_is_counted_counts(received, limit, name, options):
    calendar = calendars.named(name)
    found = appointment(received, [limit], calendar, options)
    for day in found.days:
        if limit.unit in {LimitUnit.WORKING_DAY, LimitUnit.HOUR} and day.role is DayRole.COUNTED:
            assert calendar.is_counting_day(day.day, options.counts_saturday)
        if limit.unit is LimitUnit.SAME_DAY:
            assert day.ordinal is None


class ExtensionRefusedError(Exception):
    """The wish came too late or once too often."""


def allowed(call, *arguments, **named):
    try:
        return call(*arguments, **named)
    except RuleBrokenError as error:
        if error.code in {"EXTENSION_LIMIT", "EXTENSION_TOO_LATE"}:
            raise ExtensionRefusedError from error
        raise


def _counting(calendar, options, after, until):
    days = ((after + timedelta(days=number)) for number in range(1, (until - after).days + 1))
    return sum(calendar.is_counting_day(day, options.counts_saturday) for day in days)


def _as_dict(options):
    return {name: getattr(options, name) for name in DeadlineOptions.__dataclass_fields__}
