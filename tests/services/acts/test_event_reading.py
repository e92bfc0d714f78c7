"""Facts in the contract's names become commands; what is off stands at its member."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.dossier import DeliveryMethod, DocumentLine, FeeLine, FeeMethod, FeeStage, Sex
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.life import Direction, FeesHandling, ReceiverKind, ResultPaper, Signed
from counter_app.domain.lifecycle import Verb
from counter_app.domain.moments import local
from counter_app.services.acts.accepting import AcceptOnline
from counter_app.services.acts.corrections import Correct
from counter_app.services.acts.endings import Halt, Withdraw
from counter_app.services.acts.event_reading import read_event
from counter_app.services.acts.extensions import Extend
from counter_app.services.acts.fee_acts import CollectFee, ReverseFee
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.acts.notes_ratings import AddNote, Audience, NoteKind, Rate, RatingChannel
from counter_app.services.acts.refusals import Refuse
from counter_app.services.acts.results import ResultReady
from counter_app.services.acts.returning import ReturnResults
from counter_app.services.acts.steps import CompleteStep
from counter_app.services.acts.supplements import ReceiveSupplement, RequestSupplement

FILE = {"paper": "a4", "queue": False}
TOLD = [
    (Verb.REQUEST_SUPPLEMENT, {"items": ["Tờ khai"], "reason": "thiếu", "deadline": "2026-12-01T17:00", "confirm_second": True},
     RequestSupplement("X", ("Tờ khai",), "thiếu", local(2026, 12, 1, 17), confirm_second=True, **FILE)),
    (Verb.RECEIVE_SUPPLEMENT, {"received_items": ["Tờ khai"]}, ReceiveSupplement("X", ("Tờ khai",), **FILE)),
    (Verb.RECEIVE_SUPPLEMENT, {"received_items": ["Tờ khai"], "complete": False}, ReceiveSupplement("X", ("Tờ khai",), complete=False, **FILE)),
    (Verb.REFUSE, {"reason": "không", "legal_basis": "Điều 3", "papers_returned": False},
     Refuse("X", "không", "Điều 3", papers_returned=False, **FILE)),
    (Verb.HAND_OVER, {"direction": "to_desk", "from_unit": "Tư pháp", "to_unit": "Quầy", "paper_count": 3, "received_by": "A", "codes": ["Y"]},
     HandOverDossiers(("X", "Y"), "Quầy", "A", Direction.TO_DESK, {"X": 3}, "Tư pháp", **FILE)),
    (Verb.HAND_OVER, {"to_unit": "Địa chính", "received_by": "A", "step": "consult", "limit": {"value": 4, "unit": "hour"}},
     HandOverDossiers(("X",), "Địa chính", "A", step="consult", limit=Limit(4, LimitUnit.HOUR), **FILE)),
    (Verb.COMPLETE_STEP, {"step_code": "sign", "tien_do": {"NguoiXuLy": "A", "ChucDanh": "B", "PhongBanXuLy": "C", "NoiDungXuLy": "D"}},
     CompleteStep("X", "D", step="sign", title="B", done_by="A", done_in="C")),
    (Verb.EXTEND, {"by": {"value": 5, "unit": "working_day"}, "reason": "chờ", "decided_by": "A", "title": "B"},
     Extend("X", Limit(5, LimitUnit.WORKING_DAY), "chờ", "A", "B", **FILE)),
    (Verb.EXTEND, {"new_due": "2026-12-01T17:00", "reason": "chờ", "decided_by": "A"},
     Extend("X", None, "chờ", "A", new_due=local(2026, 12, 1, 17), **FILE)),
    (Verb.HALT, {"reason": "r", "decided_by": "A", "fees_handling": "hoan_tra"}, Halt("X", "r", "A", FeesHandling.REFUNDED, **FILE)),
    (Verb.WITHDRAW, {"reason": "r"}, Withdraw("X", "r", **FILE)),
    (Verb.RESULT_READY, {}, ResultReady("X")),
    (Verb.RESULT_READY, {"results": [{"name": "Giấy", "MaGiayToKetQua": "KQ.G15.1", "number": "1", "issued_at": "2026-11-20T08:00",
                                      "issuer": "I", "signer_title": "T", "signer": "S", "refusal": True, "abstract": "vì"}]},
     ResultReady("X", (ResultPaper("", "Giấy", "KQ.G15.1", "1", local(2026, 11, 20, 8), "I", "S", "T", "vì", refusal=True),))),
    (Verb.RETURN, {"method": "1", "receiver": {"kind": "authorised", "name": "A", "id_last4": "0789"}, "originals_withdrawn": 2, "signed": "book"},
     ReturnResults(("X",), ReceiverKind.AUTHORISED, "A", "0789", Signed.BOOK, 2, by_post=True, **FILE)),
    (Verb.CORRECT, {"reason": "r", "changes": [{"field": "ChuHoSo", "old": "A", "new": "B"}, {"field": "HinhThuc", "new": "1"},
                                               {"field": "applicant.sex", "new": "male"},
                                               {"field": "TenTTHC", "new": "x"}]},
     Correct("X", {"applicant.full_name": "B", "delivery": DeliveryMethod.POSTAL, "applicant.sex": Sex.MALE, "TenTTHC": "x"}, "r", **FILE)),
    (Verb.CORRECT, {"reason": "r", "changes": [
        {"field": "intake.components", "new": [{"name": "Tờ khai", "originals": 2}]}, {"field": "intake.submitter", "new": None},
        {"field": "DinhDanhCHS", "new": [{"LoaiDinhDanh": "1", "SoDinhDanh": "067190000123"}]}, {"field": "sets", "new": 2},
        {"field": "applicant.birth_date", "new": "1990-03-15"}, {"field": "applicant.sex", "new": None}]},
     Correct("X", {"documents": (DocumentLine("Tờ khai", 2),), "submitter": None, "applicant.id_number": "067190000123", "sets": 2,
                   "applicant.birth_date": date(1990, 3, 15), "applicant.sex": None}, "r", **FILE)),
    (Verb.COLLECT_FEE, {"fee_line_id": "f", "method": "qr", "receipt_series": "s", "receipt_number": "n"},
     CollectFee("X", "f", FeeMethod.TRANSFER, "s", "n")),
    (Verb.COLLECT_FEE, {"name": "Lệ phí", "amount_vnd": 8000, "HinhThucThu": "4"},
     CollectFee("X", line=FeeLine("", "Lệ phí", 8000, FeeMethod.UNPAID, stage=FeeStage.RESULT))),
    (Verb.REVERSE_FEE, {"fee_line_id": "f", "reason": "r", "receipt_cancelled": True}, ReverseFee("X", "f", "r", receipt_cancelled=True)),
    (Verb.NOTE, {"text": "t", "kind": "lien_he_nguoi_dan", "audience": "province"}, AddNote("X", "t", NoteKind.CONTACT, Audience.PROVINCE)),
    (Verb.ACCEPT, {"case": "c"}, AcceptOnline("X", "c", **FILE)),
    (Verb.RATE, {"score": 4, "channel": "kiosk", "comment": "c"}, Rate("X", 4, RatingChannel.KIOSK, "c")),
]


@pytest.mark.parametrize(("verb", "facts", "expected"), TOLD)
def test_facts_become_the_command_of_their_verb(verb, facts, expected):
    assert read_event(verb, "X", facts, paper="a4") == expected


def test_every_verb_can_be_told():
    assert {verb for verb, *_ in TOLD} == set(Verb)


@pytest.mark.parametrize(("verb", "facts", "expected"), [
    (Verb.NOTE, [], {("JSON_NOT_OBJECT", None)}),
    (Verb.NOTE, {"txt": "t"}, {("JSON_UNKNOWN_MEMBER", "txt")}),
    (Verb.REQUEST_SUPPLEMENT, {"items": "Tờ khai", "reason": 5}, {("JSON_NOT_LIST", "items"), ("JSON_NOT_TEXT", "reason")}),
    (Verb.REQUEST_SUPPLEMENT, {"items": [1]}, {("JSON_NOT_TEXT", "items.0")}),
    (Verb.EXTEND, {"by": {"value": "x", "unit": "day"}, "new_due": "mai"}, {("LIMIT_VALUE_IMPOSSIBLE", "by.value"), ("TIME_UNREADABLE", "new_due")}),
    (Verb.HALT, {"fees_handling": "giữ"}, {("JSON_CHOICE", "fees_handling")}),
    (Verb.RETURN, {"method": "2", "receiver": {"kind": "friend"}}, {("JSON_CHOICE", "method"), ("JSON_CHOICE", "receiver.kind")}),
    (Verb.RATE, {}, {("JSON_MISSING", "score")}),
    (Verb.RESULT_READY, {"results": ["x"]}, {("JSON_NOT_OBJECT", "results.0")}),
    (Verb.CORRECT, {"changes": [{"new": 1}]}, {("JSON_MISSING", "changes.0.field")}),
    (Verb.CORRECT, {"changes": [{"field": "intake.components", "new": 5}]}, {("JSON_NOT_LIST", "changes.0.new")}),
    (Verb.CORRECT, {"changes": [{"field": "intake.components", "new": [{"originals": "hai"}]}]},
     {("JSON_NOT_INTEGER", "changes.0.new.0.originals")}),
    (Verb.CORRECT, {"changes": [{"field": "sets", "new": "hai"}, {"field": "ChuHoSo", "new": 5}, {"field": "delivery", "new": "x"}]},
     {("JSON_NOT_INTEGER", "changes.0.new"), ("JSON_NOT_TEXT", "changes.1.new"), ("JSON_CHOICE", "changes.2.new")}),
])
def test_what_is_off_stands_at_its_member(verb, facts, expected):
    with pytest.raises(RuleBrokenError) as caught:
        read_event(verb, "X", facts, paper="a5")
    assert {(problem.code, problem.field) for problem in caught.value.problems} == expected


JSON = st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    st.sampled_from(["name", "new", "field", "kind", "value", "unit", "receiver", "ChuHoSo"]), inner, max_size=3), max_leaves=8)


@settings(max_examples=100, deadline=None)
@given(verb=st.sampled_from(Verb), facts=st.dictionaries(
    st.sampled_from(["items", "reason", "changes", "results", "receiver", "by", "score", "tien_do", "method", "codes", "limit", "text"]), JSON))
def test_whatever_is_told_is_read_or_refused(verb, facts):
    with suppress(RuleBrokenError):
        read_event(verb, "X", facts, paper="a5")
