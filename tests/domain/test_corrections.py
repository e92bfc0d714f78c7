"""What a correction says in the contract's names: every difference and nothing else; what a file says is read into the desk's own fields."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.corrections import READABLE, changes, from_contract, must_ask
from counter_app.domain.dossier import DeliveryMethod, DocumentLine, Status, Submitter
from counter_app.domain.life import Direction, HandOver
from counter_app.domain.moments import local
from tests.storage.samples import dossier

VALUES = st.none() | st.integers(0, 3) | st.sampled_from(["", "a", "b"])
RECORDS = st.fixed_dictionaries(dict.fromkeys(("MaTTHC", "ChuHoSo", "NgayHenTra", "GhiChu"), VALUES))
PEOPLE = st.dictionaries(st.sampled_from(["name", "phone", "address", "email"]), VALUES)
INTAKES = st.fixed_dictionaries({
    "applicant": PEOPLE, **dict.fromkeys(
        ("procedure_version", "case_code", "limit", "submitter", "components", "sets", "result_place", "due_at"), VALUES)})
HANDED = HandOver("b-1", local(2026, 11, 20, 15), Direction.TO_SPECIALIST, "Quầy 2", "Tư pháp", "Lý Thị Mẫu Đơn", "Trần Văn Mẫu", 5)


def applied(record, intake, found):
    """Return what the changes make of a record and of a receipt's facts."""
    record, intake = copy.deepcopy(record), copy.deepcopy(intake)
    for change in found:
        room, _, name = change["field"].rpartition(".")
        target = {"": record, "intake": intake, "intake.applicant": intake["applicant"]}[room]
        assert target.get(name) == change["old"]
        target[name] = change["new"]
    return record, intake


def known(intake):
    """Return a receipt's facts with what is known of the person: a member that is missing is as good as one that is null."""
    return {**intake, "applicant": {name: value for name, value in intake["applicant"].items() if value is not None}}


@given(RECORDS, RECORDS, INTAKES, INTAKES)
def test_the_changes_turn_what_was_into_what_is(before, after, intake_before, intake_after):
    found = changes(before, after, intake_before, intake_after)
    record, intake = applied(before, intake_before, found)
    assert record == after
    assert known(intake) == known(intake_after)
    assert all(change["old"] != change["new"] for change in found)
    assert len({change["field"] for change in found}) == len(found)


@given(RECORDS, INTAKES)
def test_nothing_changed_is_no_change(record, intake):
    assert changes(record, record, intake, intake) == []


@given(RECORDS, RECORDS, INTAKES, INTAKES)
def test_going_back_says_the_same_the_other_way_round(before, after, intake_before, intake_after):
    there = {change["field"]: (change["old"], change["new"]) for change in changes(before, after, intake_before, intake_after)}
    back = {change["field"]: (change["new"], change["old"]) for change in changes(after, before, intake_after, intake_before)}
    assert there == back


@pytest.mark.parametrize(("status", "handed", "asks"), [
    (Status.RECEIVED, (), False), (Status.AWAITING_SUPPLEMENT, (), False), (Status.RECEIVED, (HANDED,), True),
    (Status.AWAITING_SUPPLEMENT, (HANDED,), True), (Status.PROCESSING, (), True), (Status.AWAITING_PAYMENT, (), True),
    (Status.RESULT_READY, (), True), (Status.RETURNED, (), True), (Status.HALTED, (), True), (Status.NOT_ACCEPTED, (), True)])
def test_from_the_hand_over_on_the_province_decides(status, handed, asks):
    assert must_ask(dossier(status=status, hand_overs=handed)) is asks


@pytest.mark.parametrize(("values", "read"), [
    ({}, {}),
    ({"ChuHoSo": "Trần Thị Vi"}, {"applicant.full_name": "Trần Thị Vi"}),
    ({"MaTTHC": "1.000222", "TenTTHC": "Thủ tục dài", "NgayHenTra": "20261116090000"}, {"procedure_code": "1.000222"}),
    ({"DinhDanhCHS": [{"LoaiGiayTo": "1", "SoDinhDanh": "067190000456"}]}, {"applicant.id_number": "067190000456"}),
    ({"DinhDanhCHS": []}, {}),
    ({"ThongTinKhac": "B123", "DinhDanhCHS": [{"SoDinhDanh": "067190000456"}]}, {"applicant.id_number": "067190000456"}),
    ({"HinhThuc": "1"}, {"delivery": DeliveryMethod.POSTAL}), ({"HinhThuc": "0"}, {"delivery": DeliveryMethod.DESK}),
    ({"intake.sets": 2, "intake.case_code": "1.001193.01"}, {"sets": 2, "case": "1.001193.01"}),
    ({"intake.applicant.address": "Thôn 4"}, {"applicant.address": "Thôn 4"}),
    ({"intake.submitter": {"same_as_applicant": True}}, {"submitter": None}),
    ({"intake.submitter": {"name": "Lê Văn Mẫu", "relation": "con"}}, {"submitter": Submitter("Lê Văn Mẫu", relation="con")}),
    ({"intake.components": []}, {"documents": ()}),
    ({"intake.components": [{"name": "Tờ khai", "originals": 1}, {"name": "Giấy", "certified": 2, "copies": 3, "shown_only": True,
                                                                  "MaThanhPhanHoSo": "G15"}]},
     {"documents": (DocumentLine("Tờ khai", 1), DocumentLine("Giấy", 0, 2, 3, True, "G15"))}),
])
def test_a_file_is_read_into_the_fields_of_the_desk(values, read):
    assert from_contract(values) == read


def test_every_name_that_can_be_read_is_read():
    some = {"DinhDanhCHS": [{"SoDinhDanh": "1"}], "intake.components": [], "intake.submitter": {"same_as_applicant": True}}
    for name in READABLE:
        assert from_contract({name: some.get(name, "x")}), name


@pytest.mark.parametrize(("name", "own"), [
    ("MaTTHC", "procedure_code"), ("ChuHoSo", "applicant.full_name"), ("SoDienThoai", "applicant.phone"), ("Email", "applicant.email"),
    ("TrichYeuHoSo", "summary"), ("GhiChu", "note"), ("ThongTinKhac", "applicant.id_number"), ("intake.case_code", "case"),
    ("intake.applicant.address", "applicant.address"), ("intake.sets", "sets")])
def test_what_is_the_same_value_in_both_goes_by_its_own_name(name, own):
    assert from_contract({name: "x"}) == {own: "x"}
