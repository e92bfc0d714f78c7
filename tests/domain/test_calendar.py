import copy
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.calendar import DayOff, Interval, WorkCalendar
from counter_app.domain.deadline import appointment
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import local
from tests.domain.calendars import CLOSED_WEEK, NAMES, WHOLE_DAY, document, entry, month_off, named, shipped

any_day = st.dates(date(2025, 1, 1), date(2028, 12, 31))


def test_the_shipped_calendar_knows_three_years():
    calendar = named("standard")
    assert calendar.known_years() == (2025, 2026, 2027)
    assert [calendar.knows(year) for year in (2024, 2025, 2027, 2028)] == [False, True, True, False]
    assert calendar.version == "2026-11-21"


@pytest.mark.parametrize(("day", "reception", "counts"), [
    (date(2026, 11, 20), True, True),
    (date(2026, 11, 21), False, False),
    (date(2026, 11, 24), False, False),
    (date(2026, 1, 10), True, True),  # a Saturday that is worked
    (date(2026, 1, 2), False, False),  # the Friday that it is worked for
    (date(2026, 2, 14), False, False),
])
def test_reception_and_counting_days(day, reception, counts):
    assert (named("standard").is_reception_day(day), named("standard").is_counting_day(day)) == (reception, counts)


def test_a_saturday_desk_receives_but_does_not_count():
    calendar, saturday = named("standard_saturday_morning"), date(2026, 11, 28)
    assert calendar.hours(saturday) == (Interval(time(7, 30), time(11, 30)),)
    assert not calendar.is_counting_day(saturday)
    assert calendar.is_counting_day(saturday, counts_saturday=True)
    assert not calendar.is_reception_day(date(2026, 2, 14)), "a Saturday inside the Tết break"


def test_a_sunday_never_counts_unless_it_is_made_up():
    calendar = WorkCalendar.from_document(document([entry(date(2026, 11, 29), "work", "make_up")], sun=[["08:00", "09:00"]]))
    assert not calendar.is_counting_day(date(2026, 11, 22), counts_saturday=True)
    assert calendar.is_counting_day(date(2026, 11, 29))


def test_a_make_up_day_has_mondays_hours():
    calendar = named("many_make_ups")
    assert calendar.hours(date(2026, 1, 17)) == calendar.hours(date(2026, 1, 6))
    closed_on_mondays = WorkCalendar.from_document(document([entry(date(2026, 11, 28), "work", "make_up")], mon=[]))
    assert not closed_on_mondays.is_counting_day(date(2026, 11, 28))


def test_days_off_have_names():
    calendar = named("standard")
    assert calendar.day_off(date(2026, 11, 24)) == DayOff(date(2026, 11, 24), "Ngày Văn hóa Việt Nam", "holiday")
    assert calendar.day_off(date(2026, 11, 25)) is None
    assert calendar.day_off(date(2026, 1, 2)).pair == date(2026, 1, 10)


def test_the_next_day_off_leaves_ordinary_weekends_out():
    calendar = named("standard")
    assert calendar.next_day_off(date(2026, 8, 20)).day == date(2026, 8, 31)
    assert calendar.next_day_off(date(2026, 11, 24)).day == date(2027, 1, 1)
    assert calendar.next_day_off(date(2027, 11, 24)) is None


def test_what_a_year_holds():
    calendar = named("standard")
    assert [made.day for made in calendar.make_up_days_of(2026)] == [date(2026, 1, 10), date(2026, 8, 22)]
    assert calendar.days_off_of(2026)[-1].day == date(2026, 11, 24)
    assert calendar.days_off_of(2028) == []


def test_hours_may_be_replaced_for_some_weekdays():
    calendar = WorkCalendar.from_document(shipped(), hours={"sat": [["08:00", "10:00"]], "wed": []})
    assert calendar.hours(date(2026, 11, 28)) == (Interval(time(8), time(10)),)
    assert not calendar.is_counting_day(date(2026, 11, 25))
    assert calendar.hours(date(2026, 11, 26)) == named("standard").hours(date(2026, 11, 26))


def test_an_unknown_profile_is_named_with_those_that_there_are():
    with pytest.raises(RuleBrokenError, match=r"HOURS_PROFILE_UNKNOWN@calendar\.profile") as caught:
        WorkCalendar.from_document(shipped(), profile="night")
    assert caught.value.problems[0].params == {"profile": "night", "known": "standard, standard_saturday_morning, early"}


@settings(max_examples=80, deadline=None)
@given(any_day, st.integers(1, 300), st.sampled_from(NAMES), st.booleans())
def test_counting_forward_is_the_day_by_day_walk(day, count, name, saturdays):
    calendar, walked, left = named(name), day, count
    while left:
        walked += timedelta(days=1)
        left -= calendar.is_counting_day(walked, saturdays)
    assert calendar.counting_day_after(day, count, counts_saturday=saturdays) == walked
    assert calendar.counting_days_between(day, walked, counts_saturday=saturdays) == count
    assert calendar.counting_days_between(walked, day, counts_saturday=saturdays) == 0


@settings(max_examples=80, deadline=None)
@given(any_day, st.sampled_from(NAMES), st.booleans())
def test_counting_backward_undoes_counting_forward(day, name, saturdays):
    calendar = named(name)
    after = calendar.counting_day_after(day, counts_saturday=saturdays)
    before = calendar.counting_day_before(after, counts_saturday=saturdays)
    assert before <= day
    assert calendar.counting_days_between(before, after, counts_saturday=saturdays) == 1


@settings(max_examples=50, deadline=None)
@given(any_day, st.sampled_from(NAMES))
def test_the_next_reception_day_is_the_first_open_one(day, name):
    found = named(name).next_reception_day(day)
    assert named(name).is_reception_day(found)
    assert not any(named(name).is_reception_day(day + timedelta(days=number)) for number in range(1, (found - day).days))


def test_a_month_without_a_working_day_is_passed_over():
    calendar = WorkCalendar.from_document(month_off())
    assert calendar.counting_day_after(date(2026, 7, 31)) == date(2026, 9, 1)
    assert calendar.counting_day_before(date(2026, 9, 1)) == date(2026, 7, 31)
    found = appointment(local(2026, 7, 31, 16), [Limit(3, LimitUnit.HOUR)], calendar)
    assert found.due_at == local(2026, 9, 1, 9)


@pytest.mark.parametrize("unit", LimitUnit)
def test_a_calendar_without_any_hours_ends_with_a_sentence(unit):
    calendar = WorkCalendar.from_document(document(**CLOSED_WEEK))
    assert calendar.counting_day_before(date(2026, 1, 5)) is None
    with pytest.raises(RuleBrokenError, match="CALENDAR_NO_WORKING_DAYS"):
        appointment(local(2026, 11, 20, 9), [Limit(1, unit)], calendar)


@pytest.mark.parametrize("unit", LimitUnit)
def test_a_desk_open_on_saturdays_only_ends_with_a_sentence(unit):
    calendar = WorkCalendar.from_document(document(**CLOSED_WEEK, sat=WHOLE_DAY))
    with pytest.raises(RuleBrokenError, match="CALENDAR_NO_WORKING_DAYS"):
        appointment(local(2026, 11, 20, 9), [Limit(40, unit), Limit(1, LimitUnit.WORKING_DAY)], calendar)


def damaged(change):
    content = shipped()
    change(content)
    return content


def set_day(index, **members):
    def change(content):
        content["days"][index].update(members)
    return change


def set_hours(weekday, value):
    def change(content):
        content["weekly_hours"]["profiles"]["standard"][weekday] = value
    return change


def add_day(**members):
    def change(content):
        content["days"].append({**content["days"][0], **members})
    return change


@pytest.mark.parametrize(("change", "field"), [
    (set_day(3, date="2026-02-30"), "days[3].date"),
    (set_day(3, date=20260230), "days[3].date"),
    (set_day(3, date="2026-W01-1"), "days[3].date"),
    (set_day(3, date="20260224"), "days[3].date"),
    (set_day(0, weekday="Sun"), "days[0].weekday"),
    (set_day(3, kind="maybe"), "days[3].kind"),
    (set_day(3, type="party"), "days[3].type"),
    (set_day(3, type=["holiday"]), "days[3].type"),
    (set_day(3, kind="work"), "days[3].type"),
    (set_day(3, name="  "), "days[3].name"),
    (set_day(3, name=None), "days[3].name"),
    (set_day(3, pair="soon"), "days[3].pair"),
    (add_day(), "days[64].date"),
    (set_hours("mon", [["07:30", "07:30"]]), "weekly_hours.profiles.standard.mon[0]"),
    (set_hours("mon", [["07:30", "11:30"], ["11:00", "12:00"]]), "weekly_hours.profiles.standard.mon[1]"),
    (set_hours("mon", [["07:30", "24:00"]]), "weekly_hours.profiles.standard.mon[0]"),
    (set_hours("mon", [["7:30", "11:30"]]), "weekly_hours.profiles.standard.mon[0]"),
    (set_hours("mon", [["07:30"]]), "weekly_hours.profiles.standard.mon[0]"),
    (set_hours("mon", ["07:30-11:30"]), "weekly_hours.profiles.standard.mon[0]"),
    (set_hours("mon", None), "weekly_hours.profiles.standard.mon"),
    (set_hours("monday", []), "weekly_hours.profiles.standard.monday"),
    (lambda content: content["weekly_hours"]["profiles"]["early"].pop("sun"), "weekly_hours.profiles.early.sun"),
    (lambda content: content["weekly_hours"].update(profiles={}), "weekly_hours.profiles"),
    (lambda content: content["weekly_hours"].update(profiles=[]), "weekly_hours.profiles"),
    (lambda content: content.pop("weekly_hours"), "weekly_hours"),
    (lambda content: content.pop("days"), "days"),
    (lambda content: content["days"].insert(5, "2026-01-01"), "days[5]"),
    (lambda content: content.update(meta="x"), "meta"),
])
def test_a_damaged_document_names_the_bad_entry(change, field):
    with pytest.raises(RuleBrokenError) as caught:
        WorkCalendar.from_document(damaged(change))
    problem = caught.value.problems[0]
    assert (problem.code, problem.field, problem.params["where"]) == ("CALENDAR_DAMAGED", field, field)


@pytest.mark.parametrize("content", [None, [], "x", 7, {}])
def test_what_is_no_document_at_all(content):
    with pytest.raises(RuleBrokenError, match="CALENDAR_DAMAGED"):
        WorkCalendar.from_document(content)


def _paths(value, path=()):
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield (*path, key)
        yield from _paths(member, (*path, key))


SMALL = document([entry(date(2026, 11, 24)), entry(date(2026, 11, 28), "work", "make_up", pair="2026-11-24")])
PATHS = list(_paths(SMALL))
junk = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=6), st.lists(st.text(max_size=3), max_size=2),
                 st.dictionaries(st.text(max_size=3), st.integers(), max_size=2))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PATHS), junk)
def test_whatever_is_damaged_there_is_a_sentence_or_a_calendar(path, value):
    content = copy.deepcopy(SMALL)
    inner = content
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert outcome(content) in {"calendar", "CALENDAR_DAMAGED", "HOURS_PROFILE_UNKNOWN"}


def outcome(content):
    try:
        WorkCalendar.from_document(content).counting_day_after(date(2026, 11, 20), 5)
    except RuleBrokenError as error:
        return error.code
    return "calendar"
