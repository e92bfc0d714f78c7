"""One line of a file of older dossiers: read into the dossier it tells of, written back as it was, refused member by member."""

from copy import deepcopy
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dossier import Channel, Status
from counter_app.domain.moments import local, write_local
from counter_app.domain.text import tidy
from counter_app.services.exchange.older_dossiers import (
    APPLICANT,
    MEMBERS,
    MOST_DUE,
    ClosedAs,
    imported_event,
    is_number,
    read_line,
    write_line,
)
from counter_app.services.json_reader import JsonReader
from tests.builders import CLERK

NOW = local(2026, 11, 20, 9)
LINE = {
    "code": "H36.50.05-261015-0007", "field": "Hộ tịch", "procedure_code": "1.004873", "channel": "postal",
    "received_at": "2026-10-15T08:30:00", "due_history": [
        {"set_at": "2026-10-15T08:30:00", "due_at": "2026-10-20T08:30:00"}, {"set_at": "2026-10-19T08:00:00", "due_at": None}],
    "closed_at": "2026-10-19T15:00:00", "closed_as": "returned", "supplement_open_from": "2026-10-16T08:00:00",
    "supplement_open_to": "2026-10-17T08:00:00",
    "applicant": {"full_name": "Lê Thị Mẫu", "id_number": "067190000456", "phone": "0900000456", "address": "Thôn Mẫu 1"}}
NAMES = {"1.004873": "Xác nhận tình trạng hôn nhân"}
MOMENTS = st.integers(0, 30 * 24 * 60).map(lambda minutes: local(2026, 10, 16) + timedelta(minutes=minutes))
WORDS = st.none() | st.text(st.sampled_from("aăâbcdđêgh "), min_size=1, max_size=12).map(tidy).filter(bool)


def read(value):
    reader = JsonReader()
    dossier = read_line(value, NOW, NAMES, reader)
    return dossier, [(problem.code, problem.field) for problem in reader.problems]


def changed(**changes):
    line = deepcopy(LINE)
    line.update(changes)
    return line


@st.composite
def lines(draw):
    """A line that is right, every member there or missing."""
    received = local(2026, 10, 15, 8, 30)
    later = sorted(draw(st.lists(MOMENTS, min_size=3, max_size=3)))
    closed = draw(st.booleans())
    asked = draw(st.booleans())
    came = asked and draw(st.booleans())
    sets = sorted(draw(st.lists(MOMENTS, max_size=3)))
    return {
        "code": f"H36.50.05-261015-{draw(st.integers(1, 9999)):04d}", "field": draw(WORDS), "procedure_code": draw(WORDS),
        "channel": draw(st.sampled_from([each.value for each in Channel])), "received_at": write_local(received),
        "due_history": [{"set_at": write_local(at), "due_at": draw(st.none() | st.just(write_local(at + timedelta(days=3))))} for at in sets],
        "closed_at": write_local(later[2]) if closed else None,
        "closed_as": draw(st.none() | st.sampled_from([each.value for each in ClosedAs if each])) if closed else None,
        "supplement_open_from": write_local(later[0]) if asked else None,
        "supplement_open_to": write_local(later[1]) if came else None,
        "applicant": {name: draw(WORDS) for name in APPLICANT}}


@given(lines())
def test_what_is_right_is_read_and_written_back_as_it_was(line):
    dossier, flaws = read(line)
    assert flaws == []
    event = imported_event(dossier, line, CLERK, NOW)
    assert write_line(dossier, [event]) == line
    assert set(event.facts) == set(MEMBERS)
    assert event.dossier_id == dossier.dossier_id


@given(lines())
def test_where_a_dossier_stands_follows_from_its_line(line):
    dossier, _ = read(line)
    waiting = line["closed_at"] is None and line["supplement_open_from"] and not line["supplement_open_to"]
    assert (dossier.status is Status.AWAITING_SUPPLEMENT) == bool(waiting) == (dossier.supplement_open_since is not None)
    assert (dossier.finished_at is None) == (line["closed_at"] is None)
    assert dossier.returned_at in {None, dossier.finished_at}
    assert dossier.place is None, "it stands in the book of its time"
    assert dossier.entered_later
    assert dossier.due_at == (dossier.due_history[-1][1] if dossier.due_history else None)
    assert dossier.supplement_count == len(dossier.supplements) == bool(line["supplement_open_from"])


@pytest.mark.parametrize(("closed_as", "status", "returned"), [
    (None, Status.RETURNED, True), ("", Status.RETURNED, True), ("returned", Status.RETURNED, True),
    ("result_ready", Status.RESULT_READY, False), ("refused", Status.NOT_ACCEPTED, False), ("withdrawn", Status.WITHDRAWN, False),
    ("halted", Status.HALTED, False)])
def test_how_it_was_closed_is_its_status(closed_as, status, returned):
    dossier, flaws = read(changed(closed_as=closed_as))
    assert (flaws, dossier.status, dossier.returned_at is not None) == ([], status, returned)


def test_only_code_and_receipt_are_needed():
    dossier, flaws = read({"code": "H36.50.05-261015-0007", "received_at": "2026-10-15T08:30"})
    assert flaws == []
    assert (dossier.status, dossier.channel, dossier.applicant.full_name, dossier.due_at) == (Status.PROCESSING, Channel.DIRECT, "", None)


def test_the_name_of_a_procedure_comes_from_the_catalogue_where_it_knows_it():
    assert read(LINE)[0].procedure_name == "Xác nhận tình trạng hôn nhân"
    assert read(changed(procedure_code="9.999999"))[0].procedure_name == ""


@pytest.mark.parametrize(("changes", "flaws"), [
    ({"code": None}, [("JSON_MISSING", "code")]), ({"code": 7}, [("JSON_NOT_TEXT", "code")]), ({"code": "Đơn số 7"}, [("CODE_UNREADABLE", "code")]),
    ({"received_at": None}, [("JSON_MISSING", "received_at")]), ({"received_at": ""}, [("JSON_MISSING", "received_at")]),
    ({"received_at": "hôm qua"}, [("TIME_UNREADABLE", "received_at")]),
    ({"received_at": "1999-12-31T08:00"}, [("RECEIVED_TOO_EARLY", "received_at")]),
    ({"received_at": "2026-11-20T09:00:01", "due_history": [], "closed_at": None, "closed_as": None, "supplement_open_from": None,
      "supplement_open_to": None}, [("MOMENT_IN_FUTURE", "received_at")]),
    ({"closed_at": "2026-11-20T09:00:01"}, [("MOMENT_IN_FUTURE", "closed_at")]),
    ({"closed_at": "2026-10-15T08:29:59"}, [("BEFORE_RECEIPT", "closed_at")]),
    ({"closed_at": None}, [("CLOSED_AT_MISSING", "closed_at")]), ({"closed_as": "burnt"}, [("JSON_CHOICE", "closed_as")]),
    ({"supplement_open_from": None}, [("SUPPLEMENT_END_ALONE", "supplement_open_to")]),
    ({"supplement_open_to": "2026-10-16T07:59:59"}, [("SUPPLEMENT_END_ALONE", "supplement_open_to")]),
    ({"supplement_open_from": "2026-10-15T08:00"}, [("BEFORE_RECEIPT", "supplement_open_from")]),
    ({"channel": "pigeon"}, [("JSON_CHOICE", "channel")]), ({"colour": "red"}, [("JSON_UNKNOWN_MEMBER", "colour")]),
    ({"field": "a" * 301}, [("TEXT_TOO_LONG", "field")]), ({"field": "Hộ tịch😀"}, [("TEXT_UNPRINTABLE", "field")]),
    ({"due_history": "2026-10-20"}, [("JSON_NOT_LIST", "due_history")]),
    ({"due_history": [{"due_at": "2026-10-20T08:00"}]}, [("JSON_MISSING", "due_history.0.set_at")]),
    ({"due_history": [{"set_at": "2026-10-15T08:30", "due_at": "2026-10-14T08:30"}]}, [("BEFORE_RECEIPT", "due_history")]),
    ({"due_history": [{"set_at": "2026-10-19T08:30"}, {"set_at": "2026-10-16T08:30"}]}, [("DUE_HISTORY_ORDER", "due_history")]),
    ({"due_history": [{"set_at": "2026-10-19T08:30"}] * (MOST_DUE + 1)}, [("LIST_TOO_LONG", "due_history")]),
    ({"applicant": "Lê Thị Mẫu"}, [("JSON_NOT_OBJECT", "applicant")]),
    ({"applicant": {"id_number": 67190000456}}, [("FIGURES_AS_NUMBER", "applicant.id_number")]),
    ({"applicant": {"phone": 900000456.0, "full_name": 5}}, [("FIGURES_AS_NUMBER", "applicant.phone"), ("JSON_NOT_TEXT", "applicant.full_name")]),
    ({"applicant": {"age": "30"}}, [("JSON_UNKNOWN_MEMBER", "applicant.age")]),
])
def test_what_is_off_is_told_at_its_member(changes, flaws):
    assert read(changed(**changes))[1] == flaws


def test_due_on_the_day_of_receipt_is_no_mistake():
    assert read(changed(due_history=[{"set_at": "2026-10-15T08:30", "due_at": "2026-10-15T07:00"}]))[1] == []


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from([*LINE.values()][:4]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from([*MEMBERS, *APPLICANT, "set_at", "due_at"]), inner, max_size=5),
    max_leaves=10))
def test_any_value_is_read_or_has_flaws_and_never_breaks(value):
    dossier, flaws = read(value)
    assert flaws or dossier.code


@pytest.mark.parametrize(("value", "number"), [(1, True), (1.5, True), (0, True), (True, False), ("1", False), (None, False)])
def test_a_number_is_one_and_the_text_of_one_is_not(value, number):
    assert is_number(value) is number


def test_a_dossier_of_this_desk_tells_what_its_events_know_of_its_papers():
    dossier, _ = read(LINE)
    assert write_line(dossier, [])["supplement_open_from"] is None
    assert write_line(dossier, [imported_event(dossier, LINE, CLERK, NOW)])["supplement_open_to"] == LINE["supplement_open_to"]
