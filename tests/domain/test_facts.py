"""Facts of events: each op of a desk fits the contract's schema, agrees with its record, and folds into it."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from counter_app.domain.canonical import chained, envelope
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.dossier import ApplicantKind, BookPlace, Channel, DocumentLine, FeeLine, FeeMethod, Sex, Status, Submitter
from counter_app.domain.event_fold import fold_op
from counter_app.domain.events import ZERO_HASH, Event
from counter_app.domain.facts import dossier_received, fee_collected, note_added, slip_printed
from counter_app.domain.ids import new_epoch, new_id
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.domain.record import national_record
from counter_app.domain.registers import PrintedForm
from counter_app.support.resources import shipped_json
from tests.domain.test_record import DOSSIER, DUE, RECEIVED

RULES = shipped_json("contract/event_rules.json")
SCHEMA = Draft202012Validator(json.loads((Path(__file__).parents[1] / "data/province/op.schema.json").read_text("utf-8")))
DEVICE, EPOCH, CLERK = new_id(RECEIVED), new_epoch(), Actor("u-0101", Role.CLERK)
THREE_DAYS = Limit(3, LimitUnit.WORKING_DAY)
CASH = FeeLine(new_id(RECEIVED), "Phí chứng thực", 8000, FeeMethod.CASH, "PHI-CT", "MAU/26", "0000101")
FULL = replace(
    DOSSIER, place=BookPlace("dossiers", 2026, 1, 412), fees=(CASH, replace(CASH, fee_line_id=new_id(RECEIVED), method=FeeMethod.UNPAID)),
    submitter=Submitter("Trần Thị Ví Dụ", "000000000789", "0900000001", "con", "giấy ủy quyền"), out_of_area=True,
    documents=(DocumentLine("Tờ khai", 1, component_code="TP01"), DocumentLine("Căn cước", 1, shown_only=True)),
)
FORM = PrintedForm(new_id(RECEIVED), DOSSIER.dossier_id, "01", 1, "a5", RECEIVED, "mau-2026.1", "0" * 64, b"", {})


def received(dossier=FULL, limit=THREE_DAYS):
    return dossier_received(dossier, limit=limit, case="", result_place="Trung tâm mẫu")


def op_of(kind, dossier, facts, head=(0, ZERO_HASH)):
    event = Event(new_id(RECEIVED), dossier.dossier_id, kind, RECEIVED, CLERK, facts, national_record(dossier))
    return envelope(chained(event, DEVICE, EPOCH, head))


def fact_at(facts, path):
    for part in path.split("."):
        facts = facts[part]
    return facts


def agrees(op):
    for path, member in RULES["events"][op["type"]].get("agree", {}).items():
        fact = fact_at(op["facts"], path) or ""
        spelled = "".join(mark for mark in fact[:19] if mark.isdigit()) if fact[10:11] == "T" else fact
        assert spelled == op["ho_so"][member], path


EVENTS = {
    "dossier.received": (FULL, received()),
    "slip.printed": (FULL, slip_printed(FULL, FORM, copies=2)),
    "fee.collected": (FULL, fee_collected(FULL, CASH, RECEIVED)),
    "note.added": (FULL, note_added("Đã gọi điện cho người nộp")),
}


@pytest.mark.parametrize("kind", EVENTS)
def test_each_event_fits_the_schema_and_agrees_with_its_record(kind):
    op = op_of(kind, *EVENTS[kind])
    assert [error.message for error in SCHEMA.iter_errors(op)] == []
    agrees(op)


def test_the_schema_would_notice():
    op = op_of("dossier.received", *EVENTS["dossier.received"])
    assert not SCHEMA.is_valid({**op, "facts": {**op["facts"], "code_kind": "ministry"}})
    assert not SCHEMA.is_valid({**op, "ho_so": {**op["ho_so"], "HinhThuc": 0}})
    del op["facts"]["register"]
    assert not SCHEMA.is_valid(op)


def test_the_province_folds_a_day_of_events_into_the_record_of_the_desk():
    state = None
    for kind, (dossier, facts) in EVENTS.items():
        folded = fold_op(RULES, state, op_of(kind, dossier, facts))
        assert folded.outcome == "applied"
        state = folded.state
    assert state.ho_so == national_record(FULL)
    assert (state.rev, state.intake["code"]) == (4, FULL.code)


def test_a_provisional_code_is_called_so():
    assert received(replace(FULL, code="TAM-D7K2M9Q4.c0ff-261123-0001"))["code_kind"] == "provisional"
    assert received()["code_kind"] == "official"


def test_a_received_dossier_must_stand_in_a_register():
    with pytest.raises(ValueError, match="register"):
        received(replace(FULL, place=None))


@pytest.mark.parametrize(("limit", "facts"), [
    (None, {"value": None, "unit": "khong_quy_dinh"}),
    (Limit(0, LimitUnit.SAME_DAY), {"value": 1, "unit": "trong_ngay"}),
    (Limit(15, LimitUnit.DAY), {"value": 15, "unit": "ngay"}),
    (Limit(12, LimitUnit.HOUR), {"value": 12, "unit": "gio"}),
])
def test_limits(limit, facts):
    assert received(limit=limit)["limit"] == facts


@pytest.mark.parametrize(("born", "year", "facts"), [
    (date(1990, 1, 2), None, {"born": "1990-01-02"}),
    (date(2001, 1, 2), None, {"born": "2001-01-02", "birth_date": "2001-01-02"}),
    (None, 1960, {"born": "1960"}),
    (None, None, {"born": ""}),
])
def test_a_day_of_birth_that_the_contract_cannot_spell_travels_beside_it(born, year, facts):
    applicant = replace(DOSSIER.applicant, birth_date=born, birth_year=year, sex=Sex.FEMALE)
    said = received(replace(FULL, applicant=applicant))["applicant"]
    assert {name: value for name, value in said.items() if name in ("born", "birth_date")} == facts
    assert said["sex"] == "female"


@pytest.mark.parametrize("method", [FeeMethod.EXEMPT, FeeMethod.UNPAID])
def test_money_that_nobody_paid_is_not_collected(method):
    line = replace(CASH, method=method)
    assert not line.is_paid
    with pytest.raises(ValueError, match="paid"):
        fee_collected(FULL, line, RECEIVED)


def test_a_fee_names_the_element_that_the_record_has():
    facts = fee_collected(FULL, CASH, RECEIVED)
    keys = [(item["MaPhiLePhi"], item["HinhThucThu"]) for item in national_record(FULL)["DanhSachLePhi"]]
    assert (facts["MaPhiLePhi"], facts["HinhThucThu"]) in keys
    assert CASH.is_paid
    assert not replace(CASH, amount_vnd=0).is_paid


def test_a_payment_settles_what_the_dossier_waits_for():
    assert fee_collected(replace(FULL, status=Status.AWAITING_PAYMENT), CASH, RECEIVED)["settles_obligation"] is True
    assert fee_collected(FULL, CASH, RECEIVED)["settles_obligation"] is False


def test_a_reprint_says_why_and_keeps_the_printed_appointment():
    again = slip_printed(replace(FULL, due_at=local(2026, 12, 1)), replace(FORM, issue=2), copies=1, reason="giấy nhòe")
    assert (again["issue"], again["reason"], again["printed_due"]) == (2, "giấy nhòe", "2026-11-26T07:31:00+07:00")


@given(st.sampled_from(Channel), st.sampled_from(ApplicantKind), st.none() | st.just(DUE), st.booleans(), st.integers(1, 30))
def test_every_kind_of_dossier_fits(channel, kind, due, alone, sets):
    dossier = replace(FULL, channel=channel, applicant=replace(FULL.applicant, kind=kind), due_at=due, sets=sets,
                      submitter=None if alone else FULL.submitter)
    op = op_of("dossier.received", dossier, received(dossier, THREE_DAYS if due else None))
    assert SCHEMA.is_valid(op)
    agrees(op)
    assert fold_op(RULES, None, op).state.ho_so == op["ho_so"]


@pytest.mark.parametrize(("form", "name"), [
    ("02", "02"), ("02/2", "02"), ("result", "bien_nhan_tra"), ("hand_over", "ban_giao"), ("result_list/3", "ban_giao"), ("label", "khac"),
    ("process", "khac"), ("many", "khac")])
def test_a_print_goes_by_the_contracts_name_of_its_form(form, name):
    assert slip_printed(FULL, replace(FORM, form=form), copies=1)["form"] == name
