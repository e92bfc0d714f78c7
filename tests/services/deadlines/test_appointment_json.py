import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.calendar_document import read_document
from counter_app.domain.errors import RuleBrokenError
from counter_app.services.deadlines.appointment_json import AppointmentCalculator
from tests.domain.calendars import shipped

DOCUMENT = read_document(shipped())
E03 = {"received_at": "2026-11-20T14:20", "limit": {"value": 3, "unit": "working_day"}}
TEN = {"received_at": "2026-11-02T09:00", "limit": {"value": 10, "unit": "working_day"}}


def compute(asked, lang="vi", profile="standard"):
    return AppointmentCalculator(DOCUMENT, profile, lang).compute(asked)


def event(kind, at, **more):
    return {"type": kind, "at": at, **more}


def test_the_promised_shape():
    assert compute(E03) == {
        "effective_received_at": "2026-11-20T14:20:00", "due_at": "2026-11-26T14:20:00", "history": ["2026-11-26T14:20:00"],
        "classification": None, "explanation": "3 ngày làm việc, trừ 24/11 Ngày Văn hóa Việt Nam",
        "phases": [{"value": 3, "unit": "working_day", "start_at": "2026-11-20T14:20:00", "due_at": "2026-11-26T14:20:00"}], "warnings": [],
    }
    assert compute(E03, "en")["explanation"] == "3 working days, without 24/11 Ngày Văn hóa Việt Nam"


def test_a_supplement_and_a_finished_dossier():
    found = compute({
        **TEN, "finished_at": "2026-11-27T16:00",
        "events": [event("supplement_requested", "2026-11-04T16:00"), event("supplement_received", "2026-11-12T08:30")]})
    assert found["history"] == ["2026-11-16T09:00:00", "2026-11-27T08:30:00"]
    assert (found["due_at"], found["classification"], "error" in found) == ("2026-11-27T08:30:00", "on_time", False)
    assert found["effective_received_at"] == "2026-11-02T09:00:00"


def test_e15_by_options():
    events = [event("supplement_requested", "2026-11-04T16:00"), event("supplement_received", "2026-11-12T08:30")]
    assert compute({**TEN, "options": {"supplement": "pause"}, "events": events})["due_at"] == "2026-11-25T09:00:00"


@pytest.mark.parametrize("length", [
    {"limit": {"value": 5, "unit": "working_day"}}, {"value": 5, "unit": "working_day"}, {"value": 5}, {"by": 5}, {"limit": {"value": 5}},
])
def test_e16_a_second_extension_is_refused_beside_what_holds(length):
    found = compute({
        "received_at": "2026-10-05T10:00", "limit": {"value": 10, "unit": "working_day"},
        "events": [event("extended", "2026-10-16T09:00", **length), event("extended", "2026-10-20T09:00", **length)]})
    assert (found["due_at"], found["error"]) == ("2026-10-26T10:00:00", "EXTENSION_LIMIT")
    assert found["history"] == ["2026-10-19T10:00:00", "2026-10-26T10:00:00"]
    assert [(refused["event"], refused["code"]) for refused in found["refused"]] == [(1, "EXTENSION_LIMIT")]
    assert "1 lần" in found["refused"][0]["message"]


def test_an_extension_of_a_same_day_act_is_in_working_days():
    asked = {"received_at": "2026-11-23T15:30", "limit": {"unit": "same_day"}, "events": [event("extended", "2026-11-23T16:00", value=5)]}
    assert compute(asked)["due_at"] == "2026-12-02T17:30:00"


def test_phases_and_profiles_and_hours():
    found = compute({"received_at": "2026-12-18T10:00", "limit": {"phases": [{"value": 10, "unit": "day"}, {"value": 3, "unit": "working_day"}]}})
    assert [phase["due_at"] for phase in found["phases"]] == ["2026-12-28T10:00:00", "2026-12-31T10:00:00"]
    saturday = {"received_at": "2026-11-28T10:00", "limit": {"value": 2, "unit": "working_day"}}
    assert compute({**saturday, "calendar": {"profile": "standard_saturday_morning"}})["due_at"] == "2026-12-01T10:00:00"
    assert compute({**saturday, "calendar": {"hours": {"sat": [["08:00", "11:00"]]}}})["effective_received_at"] == "2026-11-28T10:00:00"
    assert compute(saturday)["effective_received_at"] == "2026-11-30T07:30:00"
    assert compute(saturday, profile="standard_saturday_morning")["effective_received_at"] == "2026-11-28T10:00:00"


def test_no_limit():
    found = compute({"received_at": "2026-11-20T14:20", "limit": None, "finished_at": "2026-12-20T14:20"})
    assert (found["due_at"], found["history"], found["phases"], found["classification"]) == (None, [], [], "on_time")


def test_a_year_that_the_calendar_does_not_know_is_warned_of():
    assert compute({**E03, "received_at": "2028-02-01T09:00"})["warnings"] == ["CALENDAR_YEAR_UNKNOWN"]


def test_a_list_answers_in_its_order_and_one_bad_member_loses_nothing_else():
    found = compute([E03, {**E03, "limit": {"value": 0, "unit": "day"}}, 7, E03])
    assert [answer["due_at"] for answer in found] == ["2026-11-26T14:20:00", None, None, "2026-11-26T14:20:00"]
    assert (found[1]["error"], found[1]["field"], found[1]["history"]) == ("LIMIT_VALUE_IMPOSSIBLE", "limit.value", [])
    assert found[2]["error"] == "APPOINTMENT_MISSHAPEN"
    assert "1500" in found[1]["message"]
    assert compute([]) == []


@pytest.mark.parametrize(("change", "code", "field"), [
    ({"received_at": None}, "MOMENT_UNREADABLE", "received_at"),
    ({"received_at": "1970-01-01T00:00"}, "MOMENT_IMPOSSIBLE", "received_at"),
    ({"received_at": "2099-01-01T00:00"}, "MOMENT_IMPOSSIBLE", "received_at"),
    ({"finished_at": "yesterday"}, "MOMENT_UNREADABLE", "finished_at"),
    ({"limit": {"value": 3, "unit": "fortnight"}}, "LIMIT_UNIT_UNKNOWN", "limit.unit"),
    ({"options": {"roll": True}}, "OPTION_UNKNOWN", "options.roll"),
    ({"options": []}, "OPTIONS_MISSHAPEN", "options"),
    ({"options": {"cutoff": "25:00"}}, "OPTION_IMPOSSIBLE", "options.cutoff"),
    ({"calendar": "standard"}, "CALENDAR_SHAPE", "calendar"),
    ({"calendar": {"profile": 7}}, "CALENDAR_SHAPE", "calendar"),
    ({"calendar": {"profile": "night"}}, "HOURS_PROFILE_UNKNOWN", "calendar.profile"),
    ({"calendar": {"hours": {"sat": [["10:00", "09:00"]]}}}, "CALENDAR_DAMAGED", "calendar.hours.sat[0]"),
    ({"calendar": {"hours": dict.fromkeys(["mon", "tue", "wed", "thu", "fri"])}}, "CALENDAR_DAMAGED", "calendar.hours.mon"),
    ({"events": {}}, "APPOINTMENT_EVENTS_MISSHAPEN", "events"),
    ({"events": ["extended"]}, "APPOINTMENT_EVENTS_MISSHAPEN", "events[0]"),
    ({"events": [{}] * 201}, "APPOINTMENT_EVENTS_MISSHAPEN", "events"),
    ({"events": [{"type": "lost", "at": "2026-11-20T15:00"}]}, "APPOINTMENT_EVENT_UNKNOWN", "events[0].type"),
    ({"events": [{"type": "extended", "at": "soon"}]}, "MOMENT_UNREADABLE", "events[0].at"),
    ({"events": [{"type": "extended", "at": "2026-11-20T15:00"}]}, "LIMIT_VALUE_IMPOSSIBLE", "events[0].value"),
    ({"events": [{"type": "extended", "at": "2026-11-20T15:00", "limit": 0}]}, "LIMIT_VALUE_IMPOSSIBLE", "events[0].limit.value"),
    ({"events": [{"type": "extended", "at": "2026-11-20T15:00", "limit": "5"}]}, "LIMIT_MISSHAPEN", "events[0].limit"),
])
def test_what_is_off_is_named_by_its_path(change, code, field):
    with pytest.raises(RuleBrokenError) as caught:
        compute({**E03, **change})
    assert (caught.value.problems[0].code, caught.value.problems[0].field) == (code, field)


def test_a_missing_limit_is_not_taken_for_none():
    with pytest.raises(RuleBrokenError, match="LIMIT_MISSING@limit"):
        compute({"received_at": "2026-11-20T14:20"})


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 10**9), st.floats(allow_nan=False), st.text(max_size=5), st.sampled_from([
        "2026-11-20T14:20", "working_day", "day", "hour", "month", "same_day", "extended", "supplement_requested", "supplement_received",
        "standard", "pause", "15:00"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(
        ["received_at", "limit", "value", "unit", "phases", "options", "calendar", "profile", "hours", "mon", "events", "type", "at", "by",
         "finished_at", "cutoff", "roll_end"]), inner, max_size=5)), max_leaves=12)


@settings(max_examples=100, deadline=None)
@given(json_values)
def test_whatever_it_is_given_it_answers_or_refuses(asked):
    answer = compute([asked])[0]
    assert answer.get("error") or answer["effective_received_at"]
    json.dumps(answer)


@settings(max_examples=100, deadline=None)
@given(st.fixed_dictionaries({}, optional={
    "received_at": json_values, "limit": json_values, "options": json_values, "calendar": json_values, "events": json_values,
    "finished_at": json_values}))
def test_one_member_off_is_one_answer_with_a_code(members):
    answer = compute([{**E03, **members}])[0]
    assert set(answer) >= {"effective_received_at", "due_at", "history", "classification", "explanation"}
    if answer["due_at"] is None and answer.get("error") is None:
        assert members["limit"] is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["supplement_requested", "supplement_received", "extended"]), st.integers(0, 40)), max_size=8))
def test_any_sequence_of_events_has_a_due_time_and_a_history_that_ends_in_it(steps):
    start = datetime(2026, 11, 2, 10)
    events = [event(kind, (start + timedelta(days=day)).isoformat(), **({"value": 2} if kind == "extended" else {})) for kind, day in steps]
    found = compute({**TEN, "events": events})
    assert found["history"][-1] == found["due_at"]
    assert found["history"] == sorted(found["history"])
    assert len(found["history"]) - 1 + len(found.get("refused", ())) + sum(1 for kind, _ in steps if kind == "supplement_requested") >= len(steps)


@pytest.mark.parametrize("name", ["recieved_at", "Limit", "", "profile", "x" * 400])
def test_a_member_that_nobody_knows_is_refused_by_its_name(name):
    with pytest.raises(RuleBrokenError) as caught:
        compute({**E03, name: None})
    assert [(problem.code, problem.field) for problem in caught.value.problems] == [("JSON_UNKNOWN_MEMBER", name[:60])]


def test_in_a_list_only_the_object_with_the_unknown_member_is_refused():
    good, bad = compute([E03, {**E03, "note": "x"}])
    assert good == compute(E03)
    assert (bad["error"], bad["field"], bad["due_at"]) == ("JSON_UNKNOWN_MEMBER", "note", None)
    assert bad["message"]
