"""The JSON of a visit: its shape becomes a command, a register says the kind, whatever is off is told at its path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.certification import CertificationKind, registers, rule_of
from counter_app.domain.dossier import FeeMethod
from counter_app.domain.errors import RuleBrokenError
from counter_app.services.certification.reading import LINE, MEMBERS, PAYMENT, certified_json, read_certify
from tests.builders import CLERK
from tests.services.certifying import certifying_desk, copy, line, visit

PERSON = {"full_name": "Trần Thị Ví Dụ", "id_number": "067190000123"}
BARE = {"applicant": PERSON, "lines": [{"document_name": "Thẻ căn cước"}]}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(MEMBERS | LINE | PAYMENT)), inner, max_size=4),
    max_leaves=8)


def refused(value):
    with pytest.raises(RuleBrokenError) as caught:
        read_certify(value)
    return [(problem.code, problem.field) for problem in caught.value.problems]


def read_line(**members):
    return read_certify({**BARE, "lines": [{"document_name": "Giấy", **members}]}).lines[0]


def test_what_may_be_missing_takes_its_default():
    command = read_certify(BARE, paper="a4")
    assert command.lines == (copy("Thẻ căn cước"),)
    assert (command.method, command.signed, command.slip, command.stamps, command.paper, command.queue) == (
        FeeMethod.CASH, True, False, False, "a4", False)


def test_everything_may_be_said():
    command = read_certify({
        "applicant": PERSON, "wait_for_signature": True, "slip": True, "stamps": True, "print": {"paper": "80mm"},
        "payment": {"method": "transfer", "receipt_series": "AA/26E", "receipt_number": "7", "exempt_proof": "x"},
        "lines": [{"register": "SCT/GD", "kind": "amend", "document_name": "Hợp đồng", "pages": 4, "copies": 3, "parties": "A và B",
                   "signer": "Hoàng Văn Giả Định", "signer_title": "Chủ tịch", "electronic": False, "procedure_code": "2.000913"}]})
    assert (command.method, command.receipt_series, command.receipt_number, command.exempt_proof) == (FeeMethod.TRANSFER, "AA/26E", "7", "x")
    assert (command.signed, command.slip, command.stamps, command.paper) == (False, True, True, "80mm")
    made = command.lines[0]
    assert (made.kind, made.pages, made.copies, made.parties, made.procedure_code) == (CertificationKind.AMEND, 4, 3, "A và B", "2.000913")


@pytest.mark.parametrize("sign", registers())
@pytest.mark.parametrize("spell", [str, str.lower, lambda sign: sign.replace(",", " , "), lambda sign: f" {sign} "])
def test_a_register_says_the_kind_however_it_is_spelled(sign, spell):
    made = read_line(register=spell(sign))
    assert made.register == sign
    assert made.electronic == (sign == "SCTĐT/BS")


@pytest.mark.parametrize("kind", CertificationKind)
def test_a_kind_goes_with_its_register_and_no_other(kind):
    assert read_line(kind=kind.value).kind is kind
    for sign in registers():
        rule = rule_of(kind)
        lines = [{"document_name": "Giấy", "register": sign, "kind": kind.value}]
        if sign in {rule.register, rule.electronic_register}:
            assert read_line(register=sign, kind=kind.value).kind is kind
        elif sign != "SCTĐT/BS" or kind is not CertificationKind.COPY:
            assert refused({**BARE, "lines": lines}) == [("REGISTER_UNKNOWN", "lines.0.kind")]


@pytest.mark.parametrize(("reason", "said", "method"), [
    ("Hộ nghèo", None, FeeMethod.EXEMPT), ("", None, FeeMethod.CASH), ("Hộ nghèo", "exempt", FeeMethod.EXEMPT), ("", "portal", FeeMethod.PORTAL)])
def test_an_exemption_without_a_method_is_one(reason, said, method):
    assert read_certify({**BARE, "payment": {"exempt_reason": reason, "method": said}}).method is method


@pytest.mark.parametrize(("value", "problems"), [
    (None, [("JSON_NOT_OBJECT", None), ("JSON_MISSING", "applicant")]), ({"lines": []}, [("JSON_MISSING", "applicant")]),
    ({**BARE, "lines": "Giấy"}, [("JSON_NOT_LIST", "lines")]), ({**BARE, "lines": ["Giấy"]}, [("JSON_NOT_OBJECT", "lines.0")]),
    ({**BARE, "lines": [{"pages": "4"}]}, [("JSON_NOT_INTEGER", "lines.0.pages")]),
    ({**BARE, "lines": [{}, {"copies": True}]}, [("JSON_NOT_INTEGER", "lines.1.copies")]),
    ({**BARE, "lines": [{"register": "SCT/XX"}]}, [("REGISTER_UNKNOWN", "lines.0.register")]),
    ({**BARE, "lines": [{"kind": "theft"}]}, [("JSON_CHOICE", "lines.0.kind")]),
    ({**BARE, "lines": [{"electronic": "yes"}]}, [("JSON_NOT_BOOLEAN", "lines.0.electronic")]),
    ({**BARE, "payment": {"method": "gold"}}, [("JSON_CHOICE", "payment.method")]),
    ({**BARE, "payment": "cash"}, [("JSON_NOT_OBJECT", "payment")]), ({**BARE, "print": {"size": "a4"}}, [("JSON_UNKNOWN_MEMBER", "print.size")]),
    ({**BARE, "stamp": True}, [("JSON_UNKNOWN_MEMBER", "stamp")]), ({**BARE, "slip": 1}, [("JSON_NOT_BOOLEAN", "slip")])])
def test_what_is_off_is_told_at_its_path(value, problems):
    assert refused(value) == problems


@given(ANYTHING)
def test_any_json_gives_a_command_or_its_problems(value):
    try:
        command, problems = read_certify(value), []
    except RuleBrokenError as error:
        command, problems = None, list(error.problems)
    assert (command is None) == bool(problems)


def test_the_answer_says_every_number_with_its_book_and_every_dossier():
    desk = certifying_desk()
    done = desk.certification.certify(visit(copy(pages=2, copies=3), line("signature", copies=2, signer="Ai Đó"), signed=False), CLERK)
    told = certified_json(done, "vi")
    assert set(told) == {"code", "visit_id", "dossiers", "certification_numbers", "fee_total_vnd", "warnings"}
    assert (told["code"], told["fee_total_vnd"]) == (done.dossiers[0].code, done.fee_total_vnd)
    assert [(each["register"], each["number"], each["volume"], each["copies"], each["signed"]) for each in told["certification_numbers"]] == [
        ("SCT/BS", 1, "01/2026", 3, False), ("SCT/CK,ĐC", 1, "01/2026", 2, False)]
    assert told["certification_numbers"][0]["label"] == "1, quyển số 01/2026-SCT/BS"
    assert sum(each["fee_vnd"] for each in told["certification_numbers"]) == told["fee_total_vnd"]
    assert [each["code"] for each in told["dossiers"]] == [each.code for each in done.dossiers]
    assert all(each["due_at"].startswith("2026-11-20T") for each in told["dossiers"])
    assert "SIGNER_MISSING" in {each["code"] for each in told["warnings"]}
