"""The worked examples of domain guide 7.5, and the corners that its text leaves open."""

from datetime import date, time

import pytest

from counter_app.domain.deadline import after_supplement, appointment, classify, extended
from counter_app.domain.deadline_terms import DayRole, DeadlineOptions, Limit, LimitUnit
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import local
from tests.domain.calendars import named

SAME_DAY = [Limit(1, LimitUnit.SAME_DAY)]


def working(value):
    return [Limit(value, LimitUnit.WORKING_DAY)]


def days(value):
    return [Limit(value, LimitUnit.DAY)]


EXAMPLES = {
    "E01": ((2026, 11, 20, 9, 10), SAME_DAY, {}, (2026, 11, 20, 17, 30)),
    "E02": ((2026, 11, 20, 15, 30), SAME_DAY, {}, (2026, 11, 23, 17, 30)),
    "E03": ((2026, 11, 20, 14, 20), working(3), {}, (2026, 11, 26, 14, 20)),
    "E04": ((2026, 11, 23, 15, 30), SAME_DAY, {}, (2026, 11, 25, 17, 30)),
    "E05": ((2026, 2, 11, 10, 0), working(5), {}, (2026, 2, 25, 10, 0)),
    "E06": ((2027, 2, 2, 8, 45), working(3), {}, (2027, 2, 12, 8, 45)),
    "E07": ((2025, 12, 31, 9, 0), working(7), {}, (2026, 1, 12, 9, 0)),
    "E08": ((2026, 4, 24, 16, 0), working(3), {}, (2026, 5, 4, 16, 0)),
    "E09": ((2026, 8, 21, 9, 30), working(8), {}, (2026, 9, 4, 9, 30)),
    "E10": ((2026, 8, 17, 10, 15), days(15), {}, (2026, 9, 3, 10, 15)),
    "E12": ((2026, 11, 27, 15, 0), [Limit(12, LimitUnit.HOUR)], {}, (2026, 12, 1, 9, 0)),
    "E13": ((2026, 11, 25, 15, 30), working(3), {"cutoff_effect": "next_working_day"}, (2026, 12, 1, 7, 30)),
    "E17": ((2026, 12, 18, 10, 0), [*days(10), *working(3)], {}, (2026, 12, 31, 10, 0)),
    "E18": ((2026, 11, 29, 20, 0), working(1), {}, (2026, 12, 1, 7, 30)),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_worked_examples(name):
    received, limits, options, due = EXAMPLES[name]
    assert appointment(local(*received), limits, named("standard"), DeadlineOptions(**options)).due_at == local(*due)


def test_e11_saturday_receives_but_does_not_count():
    found = appointment(local(2026, 11, 28, 10), working(2), named("standard_saturday_morning"))
    assert found.effective_at == local(2026, 11, 28, 10)
    assert found.due_at == local(2026, 12, 1, 10)


def test_e14_a_supplement_restarts_the_count():
    first = appointment(local(2026, 11, 2, 9), working(10), named("standard"))
    assert first.due_at == local(2026, 11, 16, 9)
    again = after_supplement(first, local(2026, 11, 4, 16), local(2026, 11, 12, 8, 30), named("standard"))
    assert again.due_at == local(2026, 11, 27, 8, 30)
    assert again.restarted


def test_e15_a_supplement_pauses_the_count():
    options = DeadlineOptions(supplement="pause")
    first = appointment(local(2026, 11, 2, 9), working(10), named("standard"), options)
    again = after_supplement(first, local(2026, 11, 4, 16), local(2026, 11, 12, 8, 30), named("standard"), options)
    assert again.due_at == local(2026, 11, 25, 9)
    assert again.days[-1].ordinal == 10
    assert [day.day.day for day in again.days if day.ordinal in (2, 3)] == [4, 13]
    assert all(day.ordinal is None for day in again.days if 5 <= day.day.day <= 12), "days of waiting don't count"


def test_e16_one_extension():
    first = appointment(local(2026, 10, 5, 10), working(10), named("standard"))
    assert first.due_at == local(2026, 10, 19, 10)
    longer = extended(first, local(2026, 10, 16, 9), Limit(5, LimitUnit.WORKING_DAY), named("standard"))
    assert longer.due_at == local(2026, 10, 26, 10)
    with pytest.raises(RuleBrokenError, match="EXTENSION_LIMIT"):
        extended(longer, local(2026, 10, 20, 9), Limit(5, LimitUnit.WORKING_DAY), named("standard"), extensions=1)


def test_an_extension_comes_too_late_on_the_due_day():
    first = appointment(local(2026, 10, 5, 10), working(10), named("standard"))
    for asked in (local(2026, 10, 17, 8), local(2026, 10, 19, 7, 30), local(2026, 10, 20, 7, 30)):
        with pytest.raises(RuleBrokenError, match="EXTENSION_TOO_LATE"):
            extended(first, asked, Limit(5, LimitUnit.WORKING_DAY), named("standard"))


def test_an_extension_of_days_counts_from_the_day_before_rolling():
    first = appointment(local(2026, 8, 17, 10, 15), days(15), named("standard"))
    assert first.nominal == date(2026, 9, 1)
    longer = extended(first, local(2026, 8, 28, 9), Limit(2, LimitUnit.DAY), named("standard"))
    assert (longer.nominal, longer.due_at) == (date(2026, 9, 3), local(2026, 9, 3, 10, 15))


def test_a_same_day_act_is_extended_by_working_days_to_a_closing_time():
    first = appointment(local(2026, 11, 23, 15, 30), SAME_DAY, named("standard"))
    longer = extended(first, local(2026, 11, 23, 16), Limit(5, LimitUnit.WORKING_DAY), named("standard"))
    assert longer.due_at == local(2026, 12, 2, 17, 30)


@pytest.mark.parametrize(("by", "code"), [
    (Limit(1, LimitUnit.SAME_DAY), "EXTENSION_UNIT"),
    (Limit(0, LimitUnit.DAY), "LIMIT_VALUE_IMPOSSIBLE"),
])
def test_an_extension_needs_a_length(by, code):
    first = appointment(local(2026, 10, 5, 10), working(10), named("standard"))
    with pytest.raises(RuleBrokenError, match=code):
        extended(first, local(2026, 10, 6, 9), by, named("standard"))


def test_exactly_the_cutoff_is_in_time():
    assert appointment(local(2026, 11, 20, 15, 0, 0), SAME_DAY, named("standard")).due_at == local(2026, 11, 20, 17, 30)
    assert appointment(local(2026, 11, 20, 15, 0, 1), SAME_DAY, named("standard")).due_at == local(2026, 11, 23, 17, 30)


@pytest.mark.parametrize(("received", "effective"), [
    ((2026, 11, 20, 6, 0), (2026, 11, 20, 7, 30)),
    ((2026, 11, 20, 12, 0), (2026, 11, 20, 12, 0)),
    ((2026, 11, 20, 17, 30), (2026, 11, 20, 17, 30)),
    ((2026, 11, 20, 17, 30, 1), (2026, 11, 23, 7, 30)),
    ((2026, 11, 24, 9, 0), (2026, 11, 25, 7, 30)),
])
def test_when_the_clock_starts(received, effective):
    found = appointment(local(*received), working(1), named("standard"))
    assert found.effective_at == local(*effective)
    assert found.moved_by_hours == (received != effective)


def test_a_lunch_time_appointment_moves_to_the_afternoon():
    assert appointment(local(2026, 11, 17, 12, 0), working(1), named("standard")).due_at == local(2026, 11, 18, 13, 30)


def test_the_time_of_day_is_moved_into_the_hours_of_the_due_day():
    options = DeadlineOptions(counts_saturday=True)
    found = appointment(local(2026, 11, 27, 16), working(1), named("standard_saturday_morning"), options)
    assert found.due_at == local(2026, 11, 28, 11, 30)


def test_due_at_closing():
    options = DeadlineOptions(due_time="closing")
    assert appointment(local(2026, 11, 20, 9), working(3), named("standard"), options).due_at == local(2026, 11, 26, 17, 30)
    hours = [Limit(12, LimitUnit.HOUR)]
    assert appointment(local(2026, 11, 27, 15), hours, named("standard"), options).due_at == local(2026, 12, 1, 9), "hours end on the minute"


def test_hours_that_end_at_a_closing_time_stay_there():
    found = appointment(local(2026, 11, 27, 13, 30), [Limit(4, LimitUnit.HOUR)], named("standard"))
    assert found.due_at == local(2026, 11, 27, 17, 30)


def test_hours_received_on_a_saturday_begin_on_monday():
    found = appointment(local(2026, 11, 28, 10), [Limit(1, LimitUnit.HOUR)], named("standard_saturday_morning"))
    assert found.due_at == local(2026, 11, 30, 8, 30)


@pytest.mark.parametrize(("received", "months", "due"), [
    ((2026, 1, 30, 9), 1, (2026, 3, 2, 9)),  # 28 February is a Saturday
    ((2026, 10, 30, 9), 4, (2027, 3, 1, 9)),  # 28 February 2027 is a Sunday
    ((2027, 11, 30, 9), 3, (2028, 2, 29, 9)),
    ((2026, 3, 16, 9), 12, (2027, 3, 16, 9)),
])
def test_months_end_on_the_same_day_or_the_last(received, months, due):
    found = appointment(local(*received), [Limit(months, LimitUnit.MONTH)], named("standard"))
    assert found.due_at == local(*due)


def test_the_receipt_day_can_count():
    options = DeadlineOptions(count_receipt_day=True)
    assert appointment(local(2026, 11, 20, 9), working(3), named("standard"), options).due_at == local(2026, 11, 25, 9)
    assert appointment(local(2026, 11, 9, 9), days(3), named("standard"), options).due_at == local(2026, 11, 11, 9)
    saturday = appointment(local(2026, 11, 28, 10), working(2), named("standard_saturday_morning"), options)
    assert saturday.due_at == local(2026, 12, 1, 10), "a Saturday that doesn't count is not counted as the first day"


def test_holidays_can_be_skipped_in_days():
    options = DeadlineOptions(skip_holidays_in_days=True)
    found = appointment(local(2026, 4, 24, 10), days(10), named("standard"), options)
    assert found.due_at == local(2026, 5, 8, 10), "26, 27, 30 April and 1 May don't count, the other weekends do"


def test_without_rolling_a_limit_ends_where_it_ends():
    options = DeadlineOptions(roll_end=False)
    found = appointment(local(2026, 11, 20, 9), days(2), named("standard"), options)
    assert (found.due_at, found.rolled) == (local(2026, 11, 22, 9), False)


def test_nothing_is_due_before_it_came():
    kept = DeadlineOptions(after_hours="keep", count_receipt_day=True, cutoff=time(22, 0))
    for limits in (working(1), days(1), SAME_DAY):
        assert appointment(local(2026, 11, 20, 20), limits, named("standard"), kept).due_at == local(2026, 11, 23, 17, 30)


def test_a_day_too_late_for_today_ends_tomorrow_where_nothing_rolls():
    kept = DeadlineOptions(after_hours="keep", count_receipt_day=True, roll_end=False)
    dues = [appointment(local(2026, 11, 20, 20), days(value), named("standard"), kept).due_at for value in (1, 2)]
    assert dues == [local(2026, 11, 21, 17, 30), local(2026, 11, 21, 17, 30)]


def test_a_same_day_act_received_on_a_closed_day_is_due_on_the_next_one_that_counts():
    kept = DeadlineOptions(after_hours="keep")
    assert appointment(local(2026, 11, 22, 9), SAME_DAY, named("standard"), kept).due_at == local(2026, 11, 23, 17, 30)


def test_no_limit_is_no_appointment():
    found = appointment(local(2026, 11, 20, 9), [], named("standard"))
    assert (found.due_at, found.nominal, found.days) == (None, None, ())
    with pytest.raises(RuleBrokenError, match="EXTENSION_WITHOUT_DUE"):
        extended(found, local(2026, 11, 21, 9), Limit(1, LimitUnit.DAY), named("standard"))
    assert after_supplement(found, local(2026, 11, 20, 10), local(2026, 11, 23, 9), named("standard")) == found


def test_a_pause_moves_the_phase_that_ran_and_those_after_it():
    options = DeadlineOptions(supplement="pause")
    first = appointment(local(2026, 11, 2, 9), [*working(3), *working(5)], named("standard"), options)
    assert [phase.due_at for phase in first.phases] == [local(2026, 11, 5, 9), local(2026, 11, 12, 9)]
    early = after_supplement(first, local(2026, 11, 3, 9), local(2026, 11, 5, 9), named("standard"), options)
    assert [phase.due_at for phase in early.phases] == [local(2026, 11, 9, 9), local(2026, 11, 16, 9)]
    across = after_supplement(first, local(2026, 11, 3, 9), local(2026, 11, 10, 9), named("standard"), options)
    assert [phase.due_at for phase in across.phases] == [local(2026, 11, 12, 9), local(2026, 11, 19, 9)]
    late = after_supplement(first, local(2026, 11, 9, 9), local(2026, 11, 11, 9), named("standard"), options)
    assert [phase.due_at for phase in late.phases] == [local(2026, 11, 5, 9), local(2026, 11, 16, 9)]


def test_a_pause_in_hours_keeps_the_minutes_that_were_left():
    options = DeadlineOptions(supplement="pause")
    first = appointment(local(2026, 11, 27, 15), [Limit(12, LimitUnit.HOUR)], named("standard"), options)
    again = after_supplement(first, local(2026, 11, 30, 8, 30), local(2026, 12, 2, 20), named("standard"), options)
    assert again.due_at == local(2026, 12, 4, 8), "8.5 hours were left, and run from 3 December 07:30"


def test_a_pause_in_days_moves_the_day_before_rolling():
    options = DeadlineOptions(supplement="pause")
    first = appointment(local(2026, 8, 17, 10, 15), days(15), named("standard"), options)
    again = after_supplement(first, local(2026, 8, 18, 9), local(2026, 8, 20, 9), named("standard"), options)
    assert (again.nominal, again.due_at) == (date(2026, 9, 3), local(2026, 9, 3, 10, 15))


def test_a_same_day_act_restarts_even_where_others_pause():
    options = DeadlineOptions(supplement="pause")
    first = appointment(local(2026, 11, 20, 9), SAME_DAY, named("standard"), options)
    again = after_supplement(first, local(2026, 11, 20, 10), local(2026, 11, 23, 15, 30), named("standard"), options)
    assert again.due_at == local(2026, 11, 25, 17, 30)


def test_a_restart_never_undoes_an_extension():
    first = appointment(local(2026, 11, 2, 9), working(10), named("standard"))
    longer = extended(first, local(2026, 11, 3, 9), Limit(20, LimitUnit.WORKING_DAY), named("standard"))
    again = after_supplement(longer, local(2026, 11, 4, 9), local(2026, 11, 5, 9), named("standard"))
    assert again.due_at == longer.due_at


def test_papers_cannot_come_before_they_were_asked_for():
    first = appointment(local(2026, 11, 2, 9), working(10), named("standard"))
    with pytest.raises(RuleBrokenError, match="SUPPLEMENT_BEFORE_REQUEST"):
        after_supplement(first, local(2026, 11, 5, 9), local(2026, 11, 4, 9), named("standard"))


def test_classification_is_by_date():
    due = local(2026, 11, 26, 9)
    assert classify(local(2026, 11, 25, 23), due) == "early"
    assert classify(local(2026, 11, 26, 17), due) == "on_time"
    assert classify(local(2026, 11, 27, 0), due) == "overdue"
    assert classify(local(2026, 11, 27, 0), None) == "on_time"


def test_a_year_without_holidays_in_the_calendar_is_told():
    found = appointment(local(2027, 12, 30, 9), working(5), named("standard"))
    assert found.due_at == local(2028, 1, 6, 9)
    assert [(problem.code, problem.params) for problem in found.warnings] == [("CALENDAR_YEAR_UNKNOWN", {"year": 2028})]


@pytest.mark.parametrize("year", [1970, 2019, 2091, 2099])
def test_an_impossible_clock_is_refused(year):
    with pytest.raises(RuleBrokenError, match="MOMENT_IMPOSSIBLE@received_at"):
        appointment(local(year, 6, 1, 9), working(1), named("standard"))


def roles(found):
    return "".join({DayRole.RECEIVED: "r", DayRole.COUNTED: "c", DayRole.NOT_COUNTED: "-", DayRole.RETURN: "R"}[d.role] for d in found.days)


def test_the_days_in_between_as_the_design_draws_them():
    found = appointment(local(2026, 11, 20, 9, 42), working(3), named("standard"))
    assert roles(found) == "r--c-cR"
    assert [day.ordinal for day in found.days] == [None, None, None, 1, None, 2, 3]
    assert [day.day.day for day in found.days if day.weekly_rest] == [21, 22]
    assert [(day.day.day, day.why) for day in found.days if day.why] == [(24, "Ngày Văn hóa Việt Nam")]


@pytest.mark.parametrize(("received", "limits", "expected"), [
    ((2026, 11, 20, 9), SAME_DAY, "R"),
    ((2026, 11, 20, 16), SAME_DAY, "r--R"),
    ((2026, 11, 29, 20), working(1), "r-R"),
    ((2026, 11, 27, 15), [Limit(12, LimitUnit.HOUR)], "r--cR"),
    ((2026, 11, 20, 9), days(2), "r" + "cc" + "R"),
    ((2026, 11, 17, 9), [*working(1), *working(2)], "r" + "cc" + "R"),
    ((2026, 11, 16, 9), [Limit(1, LimitUnit.MONTH)], "r" + "c" * 29 + "R"),
])
def test_the_days_of_every_unit(received, limits, expected):
    assert roles(appointment(local(*received), limits, named("standard"))) == expected


def test_numbers_begin_anew_with_each_phase():
    found = appointment(local(2026, 11, 17, 9), [*working(1), *working(2)], named("standard"))
    assert [day.ordinal for day in found.days] == [None, 1, 1, 2]


def test_the_receipt_day_carries_the_first_number_where_it_counts():
    found = appointment(local(2026, 11, 17, 9), working(3), named("standard"), DeadlineOptions(count_receipt_day=True))
    assert [(day.role, day.ordinal) for day in found.days] == [(DayRole.RECEIVED, 1), (DayRole.COUNTED, 2), (DayRole.RETURN, 3)]
