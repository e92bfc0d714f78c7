"""What a commune sets, read from JSON: what was shown is read back as it was, anything else is refused at its place, and nothing breaks."""

from dataclasses import asdict
from datetime import date
from json import loads

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.cli.frame import dump_json
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.message import MessageChannel, Occasion
from counter_app.services.citizens.message_words import MessageSettings, OwnWords, to_stored
from counter_app.services.desk.commune_reading import read_messages, read_process, read_reports, read_signers, read_units
from counter_app.services.people.offices import ProcessStep, Signer, Unit
from counter_app.services.reports.settings import ReportSettings

WORD = st.text(max_size=12)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2090, 12, 31))
UNITS = st.lists(st.builds(Unit, WORD, WORD, WORD), max_size=4).map(tuple)
SIGNERS = st.lists(st.builds(Signer, WORD, WORD, st.lists(WORD, max_size=3).map(tuple), DAYS, DAYS), max_size=4).map(tuple)
LIMITS = st.builds(Limit, st.integers(1, 60), st.sampled_from([LimitUnit.WORKING_DAY, LimitUnit.DAY, LimitUnit.HOUR, LimitUnit.MONTH]))
STEPS = st.lists(st.builds(ProcessStep, WORD, WORD, WORD, st.none() | LIMITS), max_size=4).map(tuple)
WISHES = st.builds(
    MessageSettings, st.sampled_from(MessageChannel), st.booleans(), st.integers(0, 365),
    st.lists(st.sampled_from(Occasion), unique=True).map(tuple),
    st.lists(st.builds(OwnWords, st.sampled_from(Occasion), WORD, WORD, st.none() | st.integers(1, 365)), max_size=3).map(tuple))
SHARES = st.integers(0, 1000)
DECLARED = st.none() | SHARES
REPORTS = st.builds(ReportSettings, st.integers(0, 6), SHARES, SHARES, DECLARED, DECLARED, DECLARED, WORD)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["code", "name", "unit", "limit", "title", "scope", "valid_from", "value", "channel", "occasions", "receiver"])
        | st.text(max_size=3), inner, max_size=4), max_leaves=8)
READERS = {
    "units": read_units, "signers": read_signers, "process": read_process,
    "messages": lambda value: read_messages(value, MessageSettings()), "reports": lambda value: read_reports(value, ReportSettings()),
}


def shown(value):
    """Return a value as the verb writes it and a script reads it."""
    return loads(dump_json(value))


def refused(read, value):
    with pytest.raises(RuleBrokenError) as caught:
        read(value)
    return {(problem.code, problem.field) for problem in caught.value.problems}


@given(UNITS)
def test_units_are_read_as_they_are_shown(units):
    assert read_units(shown(units)) == units


@given(SIGNERS)
def test_signers_are_read_as_they_are_shown(signers):
    assert read_signers(shown(signers)) == signers


@given(STEPS)
def test_steps_are_read_as_they_are_shown(steps):
    assert read_process(shown(steps)) == steps


@given(WISHES, WISHES)
def test_wishes_are_read_as_they_are_shown_whatever_was_before(wishes, before):
    assert read_messages(shown(to_stored(wishes)), before) == wishes


@given(REPORTS, REPORTS)
def test_settings_of_reports_are_read_as_they_are_shown_whatever_was_before(settings, before):
    assert read_reports(shown(settings), before) == settings


@given(WISHES, st.sets(st.sampled_from(["channel", "without_accents", "remind_after_days", "occasions", "own"])), WISHES)
def test_a_wish_that_is_not_named_stays(before, named, wanted):
    given_ = {name: value for name, value in to_stored(wanted).items() if name in named}
    after = to_stored(read_messages(given_, before))
    assert after == {**to_stored(before), **given_}


@given(REPORTS, st.sets(st.sampled_from(sorted(asdict(ReportSettings())))), REPORTS)
def test_a_report_setting_that_is_not_named_stays(before, named, wanted):
    given_ = {name: value for name, value in asdict(wanted).items() if name in named}
    assert asdict(read_reports(given_, before)) == {**asdict(before), **given_}


@pytest.mark.parametrize("part", READERS)
@given(value=ANYTHING)
def test_any_json_is_read_or_refused_with_a_code(part, value):
    try:
        READERS[part](value)
        problems = []
    except RuleBrokenError as error:
        problems = [(problem.code, problem.field) for problem in error.problems]
    assert all(code for code, _ in problems)
    told = [each for each in problems if each[0] != "JSON_UNKNOWN_MEMBER"]
    assert len(set(told)) == len(told), "the same is told once"


@pytest.mark.parametrize(("part", "value", "expected"), [
    ("units", None, {("JSON_NOT_LIST", "units")}),
    ("units", {"code": "TP"}, {("JSON_NOT_LIST", "units")}),
    ("units", ["TP"], {("JSON_NOT_OBJECT", "units.0")}),
    ("units", [{"code": "TP", "name": 7}], {("JSON_NOT_TEXT", "units.0.name")}),
    ("units", [{"code": "TP"}, {"boss": "X"}], {("JSON_UNKNOWN_MEMBER", "units.1.boss")}),
    ("signers", "X", {("JSON_NOT_LIST", "signers")}),
    ("signers", [{"name": "A", "scope": "SCT/BS"}], {("JSON_NOT_LIST", "signers.0.scope")}),
    ("signers", [{"name": "A", "scope": ["SCT/BS", 4]}], {("JSON_NOT_TEXT", "signers.0.scope.1")}),
    ("signers", [{"valid_from": "31/02/2026"}], {("DATE_IMPOSSIBLE", "signers.0.valid_from")}),
    ("signers", [{"valid_to": 2026}], {("JSON_NOT_TEXT", "signers.0.valid_to")}),
    ("process", [{"limit": "3 ngày"}], {("LIMIT_MISSHAPEN", "steps.0.limit")}),
    ("process", [{"limit": {"value": 0, "unit": "working_day"}}], {("LIMIT_VALUE_IMPOSSIBLE", "steps.0.limit.value")}),
    ("process", [{"limit": {"value": 1, "unit": "week"}}], {("LIMIT_UNIT_UNKNOWN", "steps.0.limit.unit")}),
    ("process", [{"code": 1}, {"unit": 2}], {("JSON_NOT_TEXT", "steps.0.code"), ("JSON_NOT_TEXT", "steps.1.unit")}),
    ("messages", [], {("JSON_NOT_OBJECT", None)}),
    ("messages", {"channel": "pigeon"}, {("JSON_CHOICE", "channel")}),
    ("messages", {"without_accents": "no"}, {("JSON_NOT_BOOLEAN", "without_accents")}),
    ("messages", {"remind_after_days": None}, {("JSON_MISSING", "remind_after_days")}),
    ("messages", {"remind_after_days": True}, {("JSON_NOT_INTEGER", "remind_after_days")}),
    ("messages", {"occasions": ["result_ready", "birthday"]}, {("JSON_CHOICE", "occasions.1")}),
    ("messages", {"occasions": [1]}, {("JSON_NOT_TEXT", "occasions.0")}),
    ("messages", {"own": [{"text": "x"}]}, {("JSON_MISSING", "own.0.occasion")}),
    ("messages", {"own": [{"occasion": "birthday", "text": 1}]}, {("JSON_CHOICE", "own.0.occasion"), ("JSON_NOT_TEXT", "own.0.text")}),
    ("messages", {"own": [{"occasion": "extended", "expires_after_days": "3"}]}, {("JSON_NOT_INTEGER", "own.0.expires_after_days")}),
    ("messages", {"own": {}}, {("JSON_NOT_LIST", "own")}),
    ("reports", {"receiver": 1, "week_ends_on": "Thursday"}, {("JSON_NOT_TEXT", "receiver"), ("JSON_NOT_INTEGER", "week_ends_on")}),
    ("reports", {"week_ends_on": None, "full_content": None}, {("JSON_MISSING", "week_ends_on")}),
    ("reports", {"on_time_target": 95.5}, {("JSON_NOT_INTEGER", "on_time_target")}),
    ("reports", {"target": 950}, {("JSON_UNKNOWN_MEMBER", "target")}),
])
def test_what_is_off_is_told_at_its_place(part, value, expected):
    assert refused(READERS[part], value) == expected


def test_nothing_wished_is_an_empty_list_and_not_the_default():
    assert read_messages({"occasions": []}, MessageSettings()).occasions == ()


def test_an_occasion_named_twice_is_one():
    assert read_messages({"occasions": ["result_ready", "result_ready"]}, MessageSettings()).occasions == (Occasion.RESULT_READY,)
