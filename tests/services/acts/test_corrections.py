"""Corrections after printing: old and new values by the contract's names, the new slip, and who decides after the hand-over."""

from __future__ import annotations

import pytest

from counter_app.domain.catalogue import TimeLimit
from counter_app.domain.corrections import READABLE, changes, from_contract, must_ask
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.dossier import DeliveryMethod, DocumentLine, Status, Submitter
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.life import Direction, HandOver
from counter_app.domain.moments import local
from counter_app.services.acts.corrections import ASKED, Correct
from tests.builders import CLERK, PROCEDURES, fake_desk, prepare, procedure, profile
from tests.builders import dossier as imported
from tests.domain.test_facts import RULES
from tests.fakes import FakeDatabase
from tests.services.lives import do, dossier, received

MONDAY = local(2026, 11, 2, 9, 0)
LONG = procedure("1.000222", "Thủ tục dài", field_name="Đất đai", time_limit=TimeLimit(Limit(10, LimitUnit.WORKING_DAY), "10 ngày làm việc"),
                 handled_by="commune_office")


def problems(act):
    with pytest.raises(RuleBrokenError) as caught:
        act()
    return {(problem.code, problem.field) for problem in caught.value.problems}


def correct(desk, code, values, reason="gõ nhầm"):
    return desk.life.corrections.correct(Correct(code, values, reason), CLERK)


def told(desk):
    facts = next(event.facts for event in reversed(desk.state.events) if event.type == "dossier.corrected")
    return {change["field"]: (change["old"], change["new"]) for change in facts["changes"]}


def two_procedures():
    return fake_desk(MONDAY, database=prepare(FakeDatabase(), profile(), (*PROCEDURES, LONG)))


def test_what_a_file_may_correct_is_correctable_by_the_contract():
    assert {name for name in READABLE if not name.startswith("intake.")} <= set(RULES["correctable"])


def test_a_wrong_name_is_an_event_with_both_names_and_a_new_slip():
    desk = fake_desk()
    code = received(desk)
    due = dossier(desk, code).due_at
    desk.clock.forward(hours=1)
    done = correct(desk, code, {"applicant.full_name": "  Trần Thị  Vi "})
    assert (done.dossier.applicant.full_name, done.dossier.due_at, done.forms) == ("Trần Thị Vi", due, ("01/2",))
    assert told(desk) == {
        "ChuHoSo": ("Trần Thị Ví Dụ", "Trần Thị Vi"), "intake.applicant.name": ("Trần Thị Ví Dụ", "Trần Thị Vi")}
    slip = desk.slips.first(done.dossier.dossier_id)
    assert slip.form == "01/2"
    assert slip.content["marks"][-1] == "Cấp lại lúc 10:42 ngày 20/11/2026, thay giấy hẹn đã cấp trước"
    again = desk.slips.reprint(code, "a4", CLERK)
    assert (again.form, again.issue, again.content["marks"][0]) == ("01/2", 2, slip.content["marks"][-1])


def test_another_paper_changes_the_slip_but_not_the_appointment():
    desk = fake_desk()
    code = received(desk)
    done = correct(desk, code, {"documents": (DocumentLine("Tờ khai", 2),), "note": "đủ giấy tờ"})
    assert done.dossier.documents == (DocumentLine("Tờ khai", 2),)
    assert set(told(desk)) == {"GhiChu", "intake.components"}
    assert len(done.dossier.due_history) == 1


def test_another_procedure_counts_the_appointment_again_from_the_receipt():
    desk = two_procedures()
    code = received(desk)
    desk.clock.forward(days=1)
    done = correct(desk, code, {"procedure_code": "1.000222"}, "nhầm thủ tục")
    after = done.dossier
    assert (after.procedure_code, after.field_name, after.due_at) == ("1.000222", "Đất đai", local(2026, 11, 16, 9, 0))
    assert (after.printed_due_at, after.limit_text, len(after.due_history)) == (after.due_at, "10 ngày làm việc", 2)
    assert {"MaTTHC", "TenTTHC", "TenLinhVuc", "NgayHenTra", "TrichYeuHoSo", "intake.limit", "DonViXuLy"} <= set(told(desk))


def test_after_a_correction_papers_count_by_the_new_limit():
    desk = two_procedures()
    code = received(desk)
    correct(desk, code, {"procedure_code": "1.000222"})
    do(desk, code, "ask")
    desk.clock.forward(days=2)
    assert do(desk, code, "bring").dossier.due_at == local(2026, 11, 18, 9, 0)


def test_papers_awaited_before_the_correction_still_count():
    desk = two_procedures()
    code = received(desk)
    do(desk, code, "ask")
    desk.clock.forward(days=2)
    do(desk, code, "bring")
    assert correct(desk, code, {"procedure_code": "1.000222"}).dossier.due_at == local(2026, 11, 18, 9, 0)


def test_another_case_of_the_same_procedure_is_another_limit():
    desk = fake_desk(MONDAY)
    code = received(desk, procedure_code="1.004859")
    done = correct(desk, code, {"case": "cần xác minh"})
    assert (done.dossier.due_at, done.dossier.limit_text) == (local(2026, 11, 10, 9, 0), "06 ngày làm việc")
    assert told(desk)["intake.case_code"] == ("", "cần xác minh")
    assert correct(desk, code, {"case": ""}).dossier.due_at == local(2026, 11, 5, 9, 0)


@pytest.mark.parametrize(("values", "expected"), [
    ({"applicant.full_name": ""}, {("PERSON_NAME_EMPTY", "applicant.full_name")}),
    ({"applicant.id_number": "12"}, {("ID_NUMBER_BAD", "applicant.id_number")}),
    ({"procedure_code": "9.999999"}, {("PROCEDURE_UNKNOWN", "procedure_code")}),
    ({"received_at": MONDAY}, {("FIELD_NOT_CORRECTABLE", "changes")}),
    ({"documents": (DocumentLine(""),)}, None),
    ({"delivery": DeliveryMethod.POSTAL, "delivery_address": "", "applicant.address": ""}, {("DELIVERY_ADDRESS_EMPTY", "result_delivery.address")}),
    ({"applicant.full_name": "Trần Thị Ví Dụ"}, {("NOTHING_TO_CORRECT", "changes")}),
    ({}, {("NOTHING_TO_CORRECT", "changes")}),
])
def test_what_an_intake_would_refuse_a_correction_refuses(values, expected):
    desk = fake_desk()
    code = received(desk)
    before = vars(desk.state.snapshot())
    found = problems(lambda: correct(desk, code, values))
    assert found == expected if expected else all(field.startswith("documents.0") for _, field in found)
    assert vars(desk.state) == before


def test_a_correction_needs_a_reason():
    desk = fake_desk()
    code = received(desk)
    assert problems(lambda: correct(desk, code, {"note": "x"}, "")) == {("TEXT_NEEDED", "reason")}


def test_after_the_hand_over_the_province_is_asked_and_nothing_changes_here():
    desk = fake_desk()
    code = received(desk)
    do(desk, code, "give")
    done = correct(desk, code, {"applicant.full_name": "Trần Thị Vi"})
    assert [warning.code for warning in done.warnings] == ["CORRECTION_ASKED"]
    assert (done.dossier.applicant.full_name, done.dossier.attention, done.forms) == ("Trần Thị Ví Dụ", (ASKED,), ())
    event = desk.state.events[-1]
    assert (event.facts["asked"], event.facts["reissue_slip"], event.ho_so["ChuHoSo"]) == (True, False, "Trần Thị Vi")


@pytest.mark.parametrize(("status", "handed_over", "asks"), [
    (Status.RECEIVED, False, False), (Status.AWAITING_SUPPLEMENT, False, False), (Status.RECEIVED, True, True),
    (Status.PROCESSING, False, True), (Status.RETURNED, False, True), (Status.SUBMITTED_ONLINE, False, True),
])
def test_who_decides_a_correction(status, handed_over, asks):
    line = HandOver("b", MONDAY, Direction.TO_SPECIALIST, "a", "b", "c", "d", 1)
    assert must_ask(imported(status=status, hand_overs=(line,) if handed_over else ())) is asks


def test_changes_name_only_what_differs():
    before = {"A": "1", "B": "2"}
    people = {"applicant": {"name": "x", "born": "1990"}}
    rest = dict.fromkeys(("procedure_version", "case_code", "limit", "submitter", "components", "sets", "result_place", "due_at"))
    assert changes(before, before, people | rest, people | rest) == []
    after = {"applicant": {"name": "x", "birth_date": "2001-01-01"}}
    assert changes(before, before | {"B": "3"}, people | rest, after | rest | {"sets": 2}) == [
        {"field": "B", "old": "2", "new": "3"}, {"field": "intake.applicant.born", "old": "1990", "new": None},
        {"field": "intake.applicant.birth_date", "old": None, "new": "2001-01-01"}, {"field": "intake.sets", "old": None, "new": 2}]


def test_values_of_the_contract_are_read_into_the_desks_own():
    assert from_contract({
        "ChuHoSo": "Trần Thị Vi", "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "067190000123"}], "HinhThuc": "1", "TenTTHC": "x",
        "intake.components": [{"name": "Tờ khai", "originals": 2}], "intake.submitter": {"same_as_applicant": True},
    }) == {
        "applicant.full_name": "Trần Thị Vi", "applicant.id_number": "067190000123", "delivery": DeliveryMethod.POSTAL,
        "documents": (DocumentLine("Tờ khai", 2),), "submitter": None}
    assert from_contract({"intake.submitter": {"name": "Lê Văn Mẫu", "relation": "con"}})["submitter"] == Submitter("Lê Văn Mẫu", relation="con")
    assert from_contract({"HinhThuc": "0"}) == {"delivery": DeliveryMethod.DESK}
