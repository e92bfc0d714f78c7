"""What a clerk in a hurry, or one who tries, would like to do and can't: each gets its sentence, at its member, and nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.dossier import ApplicantKind, CodeOfDossier, FeeLine, FeeMethod
from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.domain.ids import new_id
from counter_app.domain.life import ReceiverKind
from counter_app.domain.lifecycle import Verb
from counter_app.domain.moments import local
from counter_app.services.acts.event_reading import read_event
from counter_app.services.intake.checks import MOST_FEES
from counter_app.support.messages import sentence
from tests.builders import CLERK, INSPECTOR, NOW, applicant, fake_desk
from tests.services.lives import do, dossier, folded, received, schema_faults

EXTEND = {"reason": "chờ xác minh", "decided_by": "Hoàng Văn Giả Định"}
ASK = {"items": ["Tờ khai"], "reason": "thiếu chữ ký"}
GIVE = {"to_unit": "Tư pháp", "received_by": "Trần Văn Mẫu"}


@pytest.fixture
def desk():
    return fake_desk()


def event(desk, code, verb, facts, actor=CLERK):
    return desk.life.perform(read_event(Verb(verb), code, facts, paper="a5"), actor)


def refused(desk, code, verb, facts, actor=CLERK):
    """Return code and member of what a verb is refused for; it must be said in words, and leave nothing behind."""
    before = desk.state.snapshot()
    with pytest.raises(RuleBrokenError) as caught:
        event(desk, code, verb, facts, actor)
    assert vars(desk.state) == vars(before)
    assert all(sentence(problem, lang) != problem.code for problem in caught.value.problems for lang in ("vi", "en"))
    return [(problem.code, problem.field) for problem in caught.value.problems]


def warned(done):
    assert all(sentence(problem, "vi") != problem.code for problem in done.warnings)
    return [problem.code for problem in done.warnings]


def ready(desk, **changes):
    code = received(desk, fees=(), **changes)
    do(desk, code, "ready")
    return code


@pytest.mark.parametrize(("facts", "expected"), [
    ({"receiver": {"kind": "applicant", "name": "Người Lạ Mặt"}}, [("RECEIVER_NOT_APPLICANT", "receiver_name")]),
    ({"receiver": {"kind": "applicant", "name": "Trần Thị Ví"}}, [("RECEIVER_NOT_APPLICANT", "receiver_name")]),
    ({"receiver": {"kind": "authorised", "name": "Người Lạ Mặt"}}, [("AUTHORITY_NEEDED", "paper_shown")]),
    ({"receiver": {"kind": "other", "name": "Người Lạ Mặt"}}, [("TEXT_NEEDED", "note"), ("PAPER_NEEDED", "paper_shown")]),
    ({"slip_lost": True}, [("TEXT_NEEDED", "note"), ("PAPER_NEEDED", "paper_shown")]),
])
def test_a_stranger_gets_nothing_without_a_paper(desk, facts, expected):
    assert refused(desk, ready(desk), "return", facts) == expected


@pytest.mark.parametrize("name", ["", "trần thị ví dụ", "TRAN  THI VI DU"])
def test_the_applicant_may_be_typed_as_people_type(desk, name):
    code = ready(desk)
    assert event(desk, code, "return", {"receiver": {"name": name}}).dossier.handed_back.receiver_name == (name.replace("  ", " ") or "Trần Thị Ví Dụ")


def test_nobody_collects_for_others_as_if_they_were_theirs(desk):
    own, other = ready(desk), ready(desk, applicant=applicant(full_name="Đặng Văn Mẫu", id_number="067090000456"))
    assert refused(desk, own, "return", {"codes": [other]}) == [("RECEIVER_NOT_APPLICANT", "receiver_name")]
    done = event(desk, own, "return", {"codes": [other], "receiver": {"kind": "authorised", "name": "Trần Thị Ví Dụ"}, "paper_shown": "UQ 12"})
    assert [each.handed_back.receiver_kind for each in done.dossiers] == [ReceiverKind.AUTHORISED] * 2


def test_an_organisation_sends_somebody(desk):
    company = applicant(kind=ApplicantKind.ORGANISATION, full_name="Công ty Mẫu", id_number="0123456789", birth_date=None, birth_year=None, sex=None)
    done = event(desk, ready(desk, applicant=company), "return", {"receiver": {"name": "Lê Văn Mẫu"}})
    assert done.dossier.handed_back.receiver_name == "Lê Văn Mẫu"


@pytest.mark.parametrize(("given", "expected"), [(None, []), (1, []), (0, ["ORIGINALS_DIFFER"]), (500, ["ORIGINALS_DIFFER"])])
def test_originals_that_are_not_those_handed_in_are_pointed_at(desk, given, expected):
    assert warned(event(desk, ready(desk), "return", {"originals_withdrawn": given})) == expected


@pytest.mark.parametrize(("facts", "expected"), [
    ({"new_due": "2026-12-06T09:00"}, [("NEW_DUE_DAY_OFF", "new_due")]),
    ({"new_due": "2027-01-01T09:00"}, [("NEW_DUE_DAY_OFF", "new_due")]),
    ({"new_due": "2026-11-21T09:00"}, [("NEW_DUE_NOT_LATER", "new_due")]),
    ({}, [("NEW_DUE_NOT_LATER", "new_due")]),
    ({"new_due": "9999-12-31T09:00"}, [("MOMENT_IMPOSSIBLE", "new_due")]),
    ({"by": {"value": 10**40, "unit": "working_day"}}, [("LIMIT_VALUE_IMPOSSIBLE", "by.value")]),
])
def test_a_new_appointment_is_later_and_on_a_working_day(desk, facts, expected):
    code = received(desk)
    assert refused(desk, code, "extend", EXTEND | facts) == expected
    assert event(desk, code, "extend", EXTEND | {"new_due": "2026-12-07T09:00"}).dossier.due_at == local(2026, 12, 7, 9)
    assert refused(desk, code, "extend", EXTEND | {"new_due": "2026-12-08T09:00"}) == [("EXTENSION_LIMIT", None)]


def test_an_extension_after_the_last_day_is_too_late_however_it_is_asked_for(desk):
    code = received(desk)
    desk.clock.forward(days=6)
    for facts in ({"by": {"value": 1, "unit": "working_day"}}, {"new_due": "2026-12-07T09:00"}):
        assert refused(desk, code, "extend", EXTEND | facts) == [("EXTENSION_TOO_LATE", "requested_at")]


@pytest.mark.parametrize(("deadline", "expected"), [
    ("9999-12-31T23:59:59", [("MOMENT_IMPOSSIBLE", "deadline")]), ("0001-01-01T00:00", [("MOMENT_IMPOSSIBLE", "deadline")]),
    ("2026-11-20T09:42", [("DEADLINE_PAST", "deadline")]),
])
def test_papers_are_awaited_until_a_day_that_comes(desk, deadline, expected):
    assert refused(desk, received(desk), "request_supplement", ASK | {"deadline": deadline}) == expected


@pytest.mark.parametrize(("paper", "expected"), [
    ({"GiayToId": "x" * 5000}, [("RESULT_ID_UNREADABLE", "results.0.GiayToId")]),
    ({"GiayToId": "01A2015B-7A30-773B-8335-59969EA8C2C1"}, [("RESULT_ID_UNREADABLE", "results.0.GiayToId")]),
    ({"sha256": "zzz"}, [("SHA256_UNREADABLE", "results.0.sha256")]),
    ({"issued_at": "0001-01-01T00:00"}, [("MOMENT_IMPOSSIBLE", "results.0.issued_at")]),
    ({"issued_at": "2026-11-20T09:43"}, [("RESULT_IN_FUTURE", "results.0.issued_at")]),
    ({"issued_at": "9999-12-31T09:43"}, [("RESULT_IN_FUTURE", "results.0.issued_at")]),
])
def test_what_names_a_result_is_what_the_province_takes(desk, paper, expected):
    assert refused(desk, received(desk), "result_ready", {"results": [{"name": "Giấy xác nhận", **paper}]}) == expected


def test_two_results_are_two(desk):
    code, own = received(desk), new_id(NOW)
    papers = [{"name": "Giấy xác nhận", "GiayToId": own, "sha256": "0" * 64}, {"name": "Giấy báo", "GiayToId": own}]
    assert refused(desk, code, "result_ready", {"results": papers}) == [("NAMED_TWICE", "results.1.GiayToId")]
    event(desk, code, "result_ready", {"results": [papers[0], {"name": "Giấy báo"}]})
    assert [schema_faults(each) for each in desk.state.events if each.lane] == [[]] * 3


def test_the_sheets_are_counted_whatever_the_code_was_scanned_from(desk):
    code = received(desk)
    assert event(desk, f" {code.lower()} ", "hand_over", GIVE | {"paper_count": 7}).dossier.hand_overs[-1].paper_count == 7
    second = CodeOfDossier("G09.20-20261120-0000001", "ministry")
    desk.life.bundles.add_code(code, second.code, CLERK)
    assert event(desk, second.code, "hand_over", GIVE | {"paper_count": 9}).dossier.hand_overs[-1].paper_count == 9


def test_a_batch_with_one_bad_code_is_no_batch(desk):
    codes = [received(desk), received(desk), received(desk)]
    do(desk, codes[1], "withdraw")
    facts = GIVE | {"codes": [codes[1], "H36.50.05-260101-0099", codes[2]]}
    assert refused(desk, codes[0], "hand_over", facts) == [("HAND_OVER_NOT_NOW", "codes.1"), ("DOSSIER_UNKNOWN", "codes.2")]


@pytest.mark.parametrize(("facts", "expected"), [
    ({"amount_vnd": 999_999}, [("FEE_AMOUNT_OTHER", "amount_vnd")]),
    ({"amount_vnd": 0}, [("FEE_AMOUNT_OTHER", "amount_vnd")]),
    ({"name": "Phí", "amount_vnd": -5}, [("FEE_AMOUNT_IMPOSSIBLE", "amount_vnd")]),
    ({"name": "Phí", "amount_vnd": 10**30}, [("FEE_AMOUNT_IMPOSSIBLE", "amount_vnd")]),
    ({"name": "Phí"}, [("FEE_AMOUNT_IMPOSSIBLE", "amount_vnd")]),
    ({"name": "Phí", "amount_vnd": 10, "fee_line_id": "x"}, [("FEE_LINE_OR_NEW", "fee_line_id")]),
    ({"fee_line_id": "x"}, [("FEE_LINE_UNKNOWN", "fee_line_id")]),
])
def test_what_is_taken_is_what_is_owed(desk, facts, expected):
    code = received(desk)
    assert refused(desk, code, "collect_fee", facts) == expected
    (line,) = event(desk, code, "collect_fee", {"amount_vnd": 15_000}).dossier.fees
    assert (line.amount_vnd, line.method) == (15_000, FeeMethod.CASH)


def test_money_goes_back_once_and_never_more_than_was_taken(desk):
    code = received(desk)
    line = dossier(desk, code).fees[0].fee_line_id
    back = {"fee_line_id": line, "reason": "thu nhầm"}
    assert refused(desk, code, "reverse_fee", back) == [("NO_FEE_PAID", None)]
    event(desk, code, "collect_fee", {"fee_line_id": line})
    assert refused(desk, code, "collect_fee", {"fee_line_id": line}) == [("NO_FEE_OWED", None)]
    assert refused(desk, code, "reverse_fee", back | {"amount_vnd": 99_000}) == [("JSON_UNKNOWN_MEMBER", "amount_vnd")]
    event(desk, code, "reverse_fee", back)
    assert refused(desk, code, "reverse_fee", back) == [("NO_FEE_PAID", None)]
    assert sum(payment.amount_vnd for payment in desk.state.payments.values()) == 0


def test_a_dossier_has_no_end_of_fees_as_it_has_none_at_the_intake(desk):
    code = received(desk, fees=tuple(FeeLine("", f"Phí {n}", 10, FeeMethod.UNPAID) for n in range(MOST_FEES)))
    assert refused(desk, code, "collect_fee", {"name": "Phí nữa", "amount_vnd": 10}) == [("FEES_TOO_MANY", "name")]


def correction(*changes):
    return {"reason": "gõ nhầm", "changes": [dict(zip(("field", "new"), change, strict=True)) for change in changes]}


@pytest.mark.parametrize(("changes", "expected"), [
    ((), [("NOTHING_TO_CORRECT", "changes")]),
    ((("ChuHoSo", "Trần Thị Ví Dụ"),), [("NOTHING_TO_CORRECT", "changes")]),
    ((("ChuHoSo", ""),), [("PERSON_NAME_EMPTY", "applicant.full_name")]),
    ((("ChuHoSo", "A B"), ("ChuHoSo", "C D")), [("JSON_DUPLICATE_MEMBER", "changes.1.field")]),
    ((("ChuHoSo", "A B"), ("applicant.full_name", "C D")), [("JSON_DUPLICATE_MEMBER", "changes.1.field")]),
    ((("HinhThuc", "zz"),), [("JSON_CHOICE", "changes.0.new")]),
    ((("MaHoSo", "H36.50.05-261120-9999"),), [("FIELD_NOT_CORRECTABLE", "changes")]),
    ((("fees", "0"),), [("FIELD_NOT_CORRECTABLE", "changes")]),
    ((("MaTTHC", "1.000001"),), [("PROCEDURE_OUT_OF_FORCE", "procedure_code")]),
])
def test_a_correction_says_one_new_thing_that_can_be(desk, changes, expected):
    assert refused(desk, received(desk), "correct", correction(*changes)) == expected


def test_the_same_value_by_two_names_is_one_value(desk):
    """What the desk itself told the province names an identity twice; it can be read back."""
    changes = correction(("ThongTinKhac", "067190000124"), ("DinhDanhCHS", [{"LoaiDinhDanh": "CC", "SoDinhDanh": "067190000124"}]))
    assert event(desk, received(desk), "correct", changes).dossier.applicant.id_number == "067190000124"


@pytest.mark.parametrize(("new", "expected"), [("2.000815", ["FEES_OF_OTHER_PROCEDURE"]), ("1.004859", [])])
def test_another_procedure_with_another_fee_is_pointed_at(desk, new, expected):
    """The money itself is taken and given back by its own acts."""
    code = received(desk)
    done = event(desk, code, "correct", correction(("MaTTHC", new)))
    assert warned(done) == expected
    assert [line.amount_vnd for line in done.dossier.fees] == [15_000]


def test_a_clock_that_was_set_back_is_pointed_at_and_stops_nobody(desk):
    code = received(desk)
    desk.clock.moment = NOW - timedelta(minutes=4)
    assert warned(event(desk, code, "note", {"text": "hai máy lệch nhau"})) == []
    desk.clock.moment = NOW - timedelta(days=3)
    assert warned(event(desk, code, "hand_over", GIVE)) == ["CLOCK_BEHIND"]
    desk.clock.moment = NOW
    assert warned(event(desk, code, "result_ready", {})) == ["RESULT_EARLY"]
    assert [odd for odd in folded(desk)[1] if odd[1] != "applied"] == [], "no clock ever orders anything"


def test_papers_cannot_come_before_they_were_asked_for(desk):
    code = received(desk)
    do(desk, code, "ask")
    desk.clock.moment = NOW - timedelta(hours=1)
    assert refused(desk, code, "receive_supplement", {"received_items": ["Tờ khai"]}) == [("SUPPLEMENT_BEFORE_REQUEST", "returned_at")]


@pytest.mark.parametrize("year", [1999, 2099])
@pytest.mark.parametrize(("verb", "facts"), [("note", {"text": "x"}), ("hand_over", GIVE), ("request_supplement", ASK), ("collect_fee", {})])
def test_nothing_is_written_under_an_impossible_year(desk, year, verb, facts):
    code = received(desk)
    before = desk.state.snapshot()
    desk.clock.moment = local(year, 5, 5, 9)
    with pytest.raises(SurroundingsError, match="CLOCK_WRONG"):
        event(desk, code, verb, facts)
    assert vars(desk.state) == vars(before)


@pytest.mark.parametrize(("verb", "facts"), [
    ("note", {"text": "x"}), ("hand_over", GIVE), ("request_supplement", ASK), ("collect_fee", {}), ("refuse", {"reason": "x"}),
    ("extend", EXTEND | {"by": {"value": 1, "unit": "working_day"}}), ("withdraw", {"reason": "x"}), ("result_ready", {}), ("return", {}),
    ("halt", EXTEND), ("correct", correction(("ChuHoSo", "A B"))), ("complete_step", {}), ("rate", {"score": 5}),
    ("reverse_fee", {"fee_line_id": "x", "reason": "x"}), ("receive_supplement", {"received_items": ["x"]}),
])
def test_who_only_looks_does_nothing(desk, verb, facts):
    assert refused(desk, received(desk), verb, facts, INSPECTOR) == [("NOT_ALLOWED", None)]


def test_whose_account_was_closed_does_nothing_more(desk):
    code = received(desk)
    with desk.database.write() as uow:
        uow.users.update(replace(uow.users.get(CLERK.user_id), disabled=True))
        uow.commit()
    for verb, facts in (("note", {"text": "x"}), ("collect_fee", {}), ("extend", EXTEND | {"by": {"value": 1, "unit": "working_day"}})):
        assert refused(desk, code, verb, facts) == [("USER_DISABLED", None)]
