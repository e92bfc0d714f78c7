"""The JSON of an intake: every promise of its shape, and any JSON at all."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dossier import Applicant, ApplicantKind, Channel, DeliveryMethod, DocumentLine, FeeLine, FeeMethod, Sex, Submitter
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import local
from counter_app.services.intake.reading import MEMBERS, read_intake
from counter_app.services.intake.terms import ReceiveDossier

FULL = {
    "procedure_code": "1.004873", "channel": "direct", "received_at": None,
    "applicant": {"kind": "person", "full_name": "Trần Thị Ví Dụ", "id_number": "067190000123", "birth_date": "1990-03-15", "sex": "female",
                  "address": "Thôn Mẫu 3", "phone": "0900000012", "email": None},
    "submitter": None,
    "documents": [{"name": "Tờ khai", "original": 1, "copy": 0, "photocopy": 0, "shown_only": False}],
    "sets": 1, "note": None, "result_delivery": {"method": "desk"},
    "fees": [{"name": "Lệ phí", "amount_vnd": 8000, "method": "cash", "receipt_number": "0000412", "exempt_reason": None}],
    "out_of_area": False, "clerk": "Lý Thị Mẫu Đơn", "print": {"paper": "a4"},
}


def problems_of(value):
    with pytest.raises(RuleBrokenError) as caught:
        read_intake(value)
    return [(problem.code, problem.field) for problem in caught.value.problems]


def test_the_promised_shape_reads_whole():
    assert read_intake(FULL) == ReceiveDossier(
        "1.004873",
        Applicant(ApplicantKind.PERSON, "Trần Thị Ví Dụ", "067190000123", date(1990, 3, 15), None, Sex.FEMALE, "Thôn Mẫu 3", "0900000012", ""),
        documents=(DocumentLine("Tờ khai", 1),), fees=(FeeLine("", "Lệ phí", 8000, FeeMethod.CASH, receipt_number="0000412"),),
        paper="a4", clerk="Lý Thị Mẫu Đơn")


def test_what_may_be_missing_takes_its_default():
    assert read_intake({"procedure_code": "x", "applicant": {"full_name": "A"}}, paper="80mm") == ReceiveDossier(
        "x", Applicant(ApplicantKind.PERSON, "A"), paper="80mm")


def test_null_is_as_good_as_missing():
    bare = dict.fromkeys(MEMBERS) | {"procedure_code": "x", "applicant": dict.fromkeys(FULL["applicant"])}
    assert read_intake(bare) == ReceiveDossier("x", Applicant(ApplicantKind.PERSON, ""))


def test_the_rest_reads_too():
    told = read_intake({
        **FULL, "received_at": "2026-11-20T08:00", "entered_later": "Mất điện", "case": "cần xác minh", "wants_message": True,
        "result_delivery": {"method": "postal", "address": "Thôn Mẫu 1"}, "channel": "postal", "documents": None, "fees": None,
        "submitter": {"full_name": "Lê Văn Thử", "relation": "con"}, "print": None})
    assert (told.received_at, told.entered_later, told.case, told.wants_message) == (local(2026, 11, 20, 8), "Mất điện", "cần xác minh", True)
    assert (told.delivery, told.delivery_address, told.channel) == (DeliveryMethod.POSTAL, "Thôn Mẫu 1", Channel.POSTAL)
    assert (told.documents, told.fees, told.submitter, told.paper) == (None, None, Submitter("Lê Văn Thử", relation="con"), "a5")


@pytest.mark.parametrize(("birth", "day", "year"), [
    ("1990", None, 1990), ("15/03/1990", date(1990, 3, 15), None), ("1990-03-15", date(1990, 3, 15), None), ("", None, None)])
def test_days_of_birth(birth, day, year):
    person = read_intake({**FULL, "applicant": {"full_name": "A", "birth_date": birth}}).applicant
    assert (person.birth_date, person.birth_year) == (day, year)


def test_an_exemption_without_a_method_is_one():
    line = read_intake({**FULL, "fees": [{"name": "Lệ phí", "amount_vnd": 0, "exempt_reason": "Hộ nghèo"}]}).fees[0]
    assert line.method is FeeMethod.EXEMPT
    assert read_intake({**FULL, "fees": [{"name": "Lệ phí", "amount_vnd": 5}]}).fees[0].method is FeeMethod.UNPAID


@pytest.mark.parametrize(("change", "code", "field"), [
    ({"procedure_code": None}, "JSON_MISSING", "procedure_code"),
    ({"applicant": None}, "JSON_MISSING", "applicant"),
    ({"applicant": []}, "JSON_NOT_OBJECT", "applicant"),
    ({"applicant": {"full_name": 5}}, "JSON_NOT_TEXT", "applicant.full_name"),
    ({"applicant": {"kind": "robot"}}, "JSON_CHOICE", "applicant.kind"),
    ({"applicant": {"sex": "x"}}, "JSON_CHOICE", "applicant.sex"),
    ({"applicant": {"birth_date": "1990-02-30"}}, "DATE_IMPOSSIBLE", "applicant.birth_date"),
    ({"applicant": {"birth_year": "1990"}}, "JSON_NOT_INTEGER", "applicant.birth_year"),
    ({"applicant": {"fullname": "A"}}, "JSON_UNKNOWN_MEMBER", "applicant.fullname"),
    ({"submitter": "con"}, "JSON_NOT_OBJECT", "submitter"),
    ({"documents": {}}, "JSON_NOT_LIST", "documents"),
    ({"documents": [5]}, "JSON_NOT_OBJECT", "documents.0"),
    ({"documents": [{"name": "A", "original": True}]}, "JSON_NOT_INTEGER", "documents.0.original"),
    ({"documents": [{"name": "A"}, {"name": "B", "copy": 1.5}]}, "JSON_NOT_INTEGER", "documents.1.copy"),
    ({"documents": [{"name": "A", "shown_only": 1}]}, "JSON_NOT_BOOLEAN", "documents.0.shown_only"),
    ({"fees": [{"name": "A"}]}, "JSON_MISSING", "fees.0.amount_vnd"),
    ({"fees": [{"name": "A", "amount_vnd": "8000"}]}, "JSON_NOT_INTEGER", "fees.0.amount_vnd"),
    ({"fees": [{"name": "A", "amount_vnd": 1, "method": "gold"}]}, "JSON_CHOICE", "fees.0.method"),
    ({"result_delivery": {"method": 1}}, "JSON_CHOICE", "result_delivery.method"),
    ({"received_at": "20/11/2026 09:42"}, "TIME_UNREADABLE", "received_at"),
    ({"received_at": "2026-11-20T25:00"}, "TIME_UNREADABLE", "received_at"),
    ({"received_at": "9999-12-31T23:59:59-12:00"}, "TIME_UNREADABLE", "received_at"),
    ({"sets": "1"}, "JSON_NOT_INTEGER", "sets"),
    ({"out_of_area": "no"}, "JSON_NOT_BOOLEAN", "out_of_area"),
    ({"print": "a5"}, "JSON_NOT_OBJECT", "print"),
    ({"surprise": 1}, "JSON_UNKNOWN_MEMBER", "surprise"),
])
def test_what_is_off_is_named_at_its_path(change, code, field):
    assert problems_of({**FULL, **change}) == [(code, field)]


def test_all_of_it_is_named_at_once():
    found = problems_of({"applicant": {"full_name": 1, "sex": 2}, "documents": [1], "sets": [], "x": None})
    assert {field for _, field in found} == {"x", "procedure_code", "applicant.full_name", "applicant.sex", "documents.0", "sets"}


@pytest.mark.parametrize("value", [None, 1, "text", [], [FULL], True])
def test_what_is_no_object_is_refused(value):
    assert problems_of(value)[0] == ("JSON_NOT_OBJECT", None)


def outcome(value):
    try:
        return read_intake(value), ()
    except RuleBrokenError as error:
        return None, error.problems


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10) | st.sampled_from(sorted(MEMBERS)), inner, max_size=5),
    max_leaves=12)


@given(JSON)
def test_any_json_gives_a_command_or_its_problems(value):
    told, problems = outcome(value)
    assert (told is None) == bool(problems)
    assert all(problem.code.startswith(("JSON_", "TIME_", "DATE_")) for problem in problems)


@given(st.dictionaries(st.sampled_from(sorted(MEMBERS)), JSON), st.dictionaries(st.sampled_from(sorted(FULL["applicant"])), JSON))
def test_any_member_may_hold_anything(members, person):
    value = {**FULL, **members}
    if isinstance(value["applicant"], dict):
        value["applicant"] = {**value["applicant"], **person}
    told, problems = outcome(json.loads(json.dumps(value)))
    assert (told is None) == bool(problems)
    assert told is None or (type(told.sets), type(told.applicant.full_name)) == (int, str)


def test_a_reason_for_passing_warnings_may_come_with_the_dossier():
    assert read_intake(FULL | {"warnings_accepted": "Đã xem bản gốc"}).warnings_accepted == "Đã xem bản gốc"
    assert not read_intake(FULL).must_accept
    assert problems_of(FULL | {"warnings_accepted": ["x"]}) == [("JSON_NOT_TEXT", "warnings_accepted")]


def test_the_year_zero_is_read_as_it_stands():
    assert read_intake(FULL | {"applicant": {**FULL["applicant"], "birth_year": 0}}).applicant.birth_year == 0
    assert read_intake(FULL | {"applicant": {**FULL["applicant"], "birth_year": None}}).applicant.birth_year is None
