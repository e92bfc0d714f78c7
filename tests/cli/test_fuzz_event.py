"""Whatever facts come in for a verb of ``event``: done, or refused with its sentence and nothing done; never a bug report."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from counter_app.cli.event_verbs import VERBS
from counter_app.services.acts.event_reading import _READERS
from tests.cli.test_dossier_verbs import DOSSIER
from tests.cli.test_fuzz import changed, counter, paths_of, scalars  # noqa: F401  the fixture
from tests.examples import examples

WIDE = settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
LIMIT = {"value": 2, "unit": "working_day"}
PAPER = {
    "GiayToId": "01a2015b-7a30-773b-8335-59969ea8c2c1", "MaGiayToKetQua": "KQ.G15.000021", "name": "Giấy xác nhận", "number": "1/XN",
    "issued_at": "2026-11-20T09:00", "issuer": "UBND", "signer": "Hoàng Văn Giả Định", "signer_title": "Chủ tịch", "sha256": "0" * 64,
    "refusal": False, "abstract": "x"}
FACTS = {
    "request-supplement": {"items": ["Tờ khai"], "reason": "thiếu", "deadline": "2030-01-04T09:00", "confirm_second": True},
    "receive-supplement": {"received_items": ["Tờ khai"], "complete": True},
    "refuse": {"reason": "không đủ", "legal_basis": "Điều 3", "papers_returned": True},
    "hand-over": {"direction": "to_specialist", "from_unit": "a", "to_unit": "b", "paper_count": 2, "received_by": "c", "given_by": "d",
                  "owner": "e", "step": "sign", "limit": LIMIT, "codes": ["H36.50.05-261120-0001"]},
    "complete-step": {"step_code": "sign", "tien_do": {"NguoiXuLy": "a", "ChucDanh": "b", "PhongBanXuLy": "c", "NoiDungXuLy": "d"},
                      "content": "e", "owner": "f", "to_unit": "g", "skip_reason": "h"},
    "extend": {"by": LIMIT, "new_due": "2030-01-04T09:00", "reason": "chờ", "decided_by": "a", "title": "b"},
    "halt": {"reason": "x", "decided_by": "a", "fees_handling": "khong_hoan_tra", "legal_basis": "b", "papers_returned": True, "title": "c"},
    "withdraw": {"reason": "x", "papers_returned": True, "fees_handling": "hoan_tra", "decided_by": "a", "title": "b"},
    "result-ready": {"results": [PAPER]},
    "return": {"method": "1", "receiver": {"kind": "authorised", "name": "a", "id_last4": "1234"}, "originals_withdrawn": 1, "paper_shown": "b",
               "signed": "book", "slip_lost": True, "unpaid_reason": "c", "note": "d", "codes": []},
    "correct": {"reason": "gõ nhầm", "changes": [
        {"field": "ChuHoSo", "old": "x", "new": "Trần Thị Vi"}, {"field": "intake.components", "new": [{"name": "a", "originals": 1}]},
        {"field": "intake.submitter", "new": {"name": "a", "relation": "con"}}, {"field": "applicant.birth_date", "new": "1990-01-01"},
        {"field": "DinhDanhCHS", "new": [{"LoaiDinhDanh": "1", "SoDinhDanh": "067190000123"}]}, {"field": "HinhThuc", "new": "1"},
        {"field": "applicant.sex", "new": "male"}, {"field": "sets", "new": 2}, {"field": "summary", "new": "y"}]},
    "collect-fee": {"fee_line_id": "x", "method": "qr", "receipt_series": "a", "receipt_number": "1", "payer": "b", "name": "Phí",
                    "amount_vnd": 5, "MaPhiLePhi": "c", "HinhThucThu": "1"},
    "reverse-fee": {"fee_line_id": "x", "reason": "y", "receipt_cancelled": True},
    "note": {"text": "x", "kind": "note", "audience": "desk"},
    "rate": {"score": 5, "channel": "desk", "comment": "x"},
    "accept": {"case": "x"},
}
PLACES = [(verb, path) for verb, facts in FACTS.items() for path in [(), *paths_of(facts)]]
STRANGE = scalars | st.sampled_from([
    "x" * 301, "😀🎉", "\u202eعكس", "\x00\x1b[31m", "31/02/2026", "2026-02-30T25:61", "-1", 10**400, -1, 1e308, [], {}, [[[]]], {"x": {"y": []}},
    [None], ["\ud83d"], [1, "a"], {"value": 10**40, "unit": "month"}, {"kind": ["post"]}, True])


def code_of(call):
    """Return a dossier to do it to: any of the desk, a new one now and then."""
    found = call.value("list", "--limit", "3")[1]["dossiers"]
    return found[0]["code"] if found else call.value("intake", "-", stdin=DOSSIER)[1]["code"]


def test_every_member_of_every_verb_is_tried():
    """The shapes above are those that the reader knows; a new member must come here too."""
    assert {verb: set(facts) for verb, facts in FACTS.items()} == {word: set(_READERS[verb][0]) for word, verb in VERBS.items()}


@WIDE
@given(st.sampled_from(PLACES), STRANGE, st.booleans())
@example(("correct", ("changes", 0, "field")), "\ud83d", False)
@example(("correct", ("changes", 0, "new")), {"x": 1}, False)
@example(("extend", ("by", "value")), 10**400, True)
@example(("hand-over", ("codes", 0)), "\ud83d", True)
@example(("return", ("originals_withdrawn",)), 10**400, True)
@example(("collect-fee", ("amount_vnd",)), 10**400, True)
@example(("rate", ("score",)), 10**400, True)
@example(("note", ("text",)), "😀" * 3000, True)
def test_facts_with_any_place_changed(counter, place, new, fresh):  # noqa: F811
    verb, path = place
    code = counter.value("intake", "-", stdin=DOSSIER)[1]["code"] if fresh else code_of(counter)
    before = counter.value("show", code)[1]
    exit_code, value = counter.value("event", code, verb, "-", stdin=changed(FACTS[verb], path, new))
    assert exit_code in (0, 3)
    if exit_code == 3:
        assert counter.value("show", code)[1]["events"] == before["events"], "nothing was half done"
        assert set(value["error"]) == {"code", "field", "message"}
    else:
        assert len(value["events"]) > len(before["events"])


@pytest.mark.parametrize("verb", FACTS)
@pytest.mark.parametrize("data", [
    b"", b"{", b"[]", b"1" * 5000, b'"x"', b"null", b"\xff\xfe", b'{"a":1,"a":2}', b'{"reason":"a","reason":"b"}', b'{"reason":NaN}',
    b'{"score":1e999}', b'{"nobody":1}'])
def test_what_is_no_object_of_facts(counter, verb, data):  # noqa: F811
    exit_code, value = counter.value("event", code_of(counter), verb, "-", stdin=data)
    assert exit_code in (0, 3)
    assert exit_code == 3 or not data, (verb, data)
    assert exit_code == 0 or any(sign in value["error"]["message"] for sign in "ạáảãàăâđêôơưíìịúùếềệốồộớờợứừự"), "in Vietnamese"


def test_a_dossier_that_is_none(counter):  # noqa: F811
    for code in ("", "x", "\ud83d", "%", "H36.50.05-261120-9999", "😀", "../../etc", "x" * 5000):
        exit_code, value = counter.value("event", "--", code, "note", "-", stdin={"text": "x"})
        assert (exit_code, value and value["error"]["code"]) == (3, "DOSSIER_UNKNOWN"), json.dumps(code)
