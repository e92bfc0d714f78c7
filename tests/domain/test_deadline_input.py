from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.deadline_input import DEFAULTS, LARGEST, check_limits, read_limits, read_moment, read_options, write_options
from counter_app.domain.deadline_terms import DeadlineOptions, Limit, LimitUnit
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import local


def problem_of(call, *arguments):
    with pytest.raises(RuleBrokenError) as caught:
        call(*arguments)
    return caught.value.problems[0].code, caught.value.problems[0].field


def test_limits_as_other_programs_write_them():
    assert read_limits(None) == ()
    assert read_limits({"value": 3, "unit": "working_day"}) == (Limit(3, LimitUnit.WORKING_DAY),)
    assert read_limits({"unit": "same_day"}) == (Limit(1, LimitUnit.SAME_DAY),)
    assert read_limits({"value": None, "unit": "same_day"}) == (Limit(1, LimitUnit.SAME_DAY),)
    phases = {"phases": [{"value": 10, "unit": "day"}, {"value": 2, "unit": "hour"}]}
    assert read_limits(phases) == (Limit(10, LimitUnit.DAY), Limit(2, LimitUnit.HOUR))


@pytest.mark.parametrize(("value", "code", "field"), [
    (3, "LIMIT_MISSHAPEN", "limit"),
    ([], "LIMIT_MISSHAPEN", "limit"),
    ({}, "LIMIT_UNIT_UNKNOWN", "limit.unit"),
    ({"value": 1, "unit": None}, "LIMIT_UNIT_UNKNOWN", "limit.unit"),
    ({"value": 1, "unit": "week"}, "LIMIT_UNIT_UNKNOWN", "limit.unit"),
    ({"value": 1, "unit": ["day"]}, "LIMIT_UNIT_UNKNOWN", "limit.unit"),
    ({"value": 0, "unit": "day"}, "LIMIT_VALUE_IMPOSSIBLE", "limit.value"),
    ({"value": -3, "unit": "working_day"}, "LIMIT_VALUE_IMPOSSIBLE", "limit.value"),
    ({"value": 10**9, "unit": "hour"}, "LIMIT_VALUE_IMPOSSIBLE", "limit.value"),
    ({"value": 10**4000, "unit": "hour"}, "LIMIT_VALUE_IMPOSSIBLE", "limit.value"),
    ({"value": True, "unit": "day"}, "LIMIT_VALUE_IMPOSSIBLE", "limit.value"),
    ({"value": 1.5, "unit": "day"}, "LIMIT_VALUE_IMPOSSIBLE", "limit.value"),
    ({"value": [[3]], "unit": "day"}, "LIMIT_VALUE_IMPOSSIBLE", "limit.value"),
    ({"value": "3", "unit": "day"}, "LIMIT_VALUE_IMPOSSIBLE", "limit.value"),
    ({"unit": "day"}, "LIMIT_VALUE_IMPOSSIBLE", "limit.value"),
    ({"phases": []}, "PHASES_IMPOSSIBLE", "limit.phases"),
    ({"phases": "two"}, "PHASES_IMPOSSIBLE", "limit.phases"),
    ({"phases": [{"value": 1, "unit": "day"}] * 13}, "PHASES_IMPOSSIBLE", "limit.phases"),
    ({"phases": [{"value": 1, "unit": "day"}, 2]}, "LIMIT_MISSHAPEN", "limit.phases[1]"),
    ({"phases": [{"value": 1, "unit": "day"}, {"value": 0, "unit": "day"}]}, "LIMIT_VALUE_IMPOSSIBLE", "limit.phases[1].value"),
])
def test_impossible_limits_name_their_place(value, code, field):
    assert problem_of(read_limits, value) == (code, field)


@pytest.mark.parametrize("unit", LARGEST)
def test_the_largest_limit_is_allowed_and_one_more_is_not(unit):
    check_limits([Limit(LARGEST[unit], unit)])
    assert problem_of(check_limits, [Limit(LARGEST[unit] + 1, unit)]) == ("LIMIT_VALUE_IMPOSSIBLE", "limit.value")
    assert problem_of(check_limits, [Limit(1, unit), Limit(0, unit)]) == ("LIMIT_VALUE_IMPOSSIBLE", "limit.phases[1].value")


@pytest.mark.parametrize(("limit", "told"), [
    ({"unit": "working_day"}, ""), ({"unit": "working_day", "value": None}, ""), ({"unit": "working_day", "value": 0}, "0"),
    ({"unit": "working_day", "value": "ba"}, "ba"), ({"unit": "working_day", "value": [1]}, "[…]"),
])
def test_a_bad_value_is_shown_as_it_was_written(limit, told):
    with pytest.raises(RuleBrokenError) as refused:
        read_limits(limit)
    assert refused.value.problems[0].params["value"] == told


def test_too_many_phases():
    assert problem_of(check_limits, [Limit(1, LimitUnit.DAY)] * 13) == ("PHASES_IMPOSSIBLE", "limit.phases")


def test_options_are_read_over_a_base():
    assert read_options({}) == DEFAULTS
    base = DeadlineOptions(due_time="closing", cutoff=time(16))
    read = read_options({"cutoff": "14:30", "roll_end": False, "extension_limit": 2, "supplement": "pause"}, base)
    assert read == DeadlineOptions(due_time="closing", cutoff=time(14, 30), roll_end=False, extension_limit=2, supplement="pause")


@pytest.mark.parametrize(("name", "value"), [
    ("cutoff", "25:00"), ("cutoff", "15h00"), ("cutoff", "15:0"), ("cutoff", "1٥:00"), ("cutoff", 15), ("cutoff", None),
    ("cutoff_effect", "same_day"), ("cutoff_effect", None), ("due_time", "noon"), ("supplement", "stop"), ("after_hours", True),
    ("count_receipt_day", 1), ("roll_end", "yes"), ("counts_saturday", None), ("skip_holidays_in_days", []),
    ("extension_limit", -1), ("extension_limit", 11), ("extension_limit", True), ("extension_limit", 1.0),
])
def test_impossible_option_values(name, value):
    assert problem_of(read_options, {name: value}) == ("OPTION_IMPOSSIBLE", f"options.{name}")


def test_every_bad_option_is_told_at_once():
    with pytest.raises(RuleBrokenError) as caught:
        read_options({"cut_off": "15:00", "roll_end": 7, "due_time": "keep"})
    assert [(problem.code, problem.field) for problem in caught.value.problems] == [
        ("OPTION_UNKNOWN", "options.cut_off"), ("OPTION_IMPOSSIBLE", "options.roll_end")]
    assert problem_of(read_options, []) == ("OPTIONS_MISSHAPEN", "options")


@settings(max_examples=50, deadline=None)
@given(st.builds(
    DeadlineOptions, cutoff=st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    cutoff_effect=st.sampled_from(["none", "next_working_day"]), count_receipt_day=st.booleans(), roll_end=st.booleans(),
    due_time=st.sampled_from(["keep", "closing"]), counts_saturday=st.booleans(), skip_holidays_in_days=st.booleans(),
    supplement=st.sampled_from(["restart", "pause"]), after_hours=st.sampled_from(["next_opening", "keep"]), extension_limit=st.integers(0, 10),
))
def test_what_a_dossier_keeps_reads_back(options):
    assert read_options(write_options(options)) == options


def test_moments():
    assert read_moment("2026-11-20T14:20", "at") == local(2026, 11, 20, 14, 20)
    assert read_moment("2026-11-20T14:20:05+00:00", "at") == local(2026, 11, 20, 21, 20, 5)


@pytest.mark.parametrize(("value", "code"), [
    (None, "MOMENT_UNREADABLE"), (20261120, "MOMENT_UNREADABLE"), ("", "MOMENT_UNREADABLE"), ("2026-11-20", "MOMENT_UNREADABLE"),
    ("2026-02-30T10:00", "MOMENT_UNREADABLE"), ("20/11/2026 14:20:00", "MOMENT_UNREADABLE"), ("0001-01-01T00:00:00+23:59", "MOMENT_UNREADABLE"),
    ("9999-12-31T23:59:59-12:00", "MOMENT_UNREADABLE"), ("1970-01-01T00:00", "MOMENT_IMPOSSIBLE"), ("2099-01-01T00:00", "MOMENT_IMPOSSIBLE"),
])
def test_what_is_no_moment_of_a_desk(value, code):
    assert problem_of(read_moment, value, "events[2].at") == (code, "events[2].at")
