"""The result: ready, early or late, by post, given back to whom, with what, and on the spot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.catalogue import ResultKind
from counter_app.domain.dossier import DocumentLine, FeeLine, FeeMethod, Submitter
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.life import ReceiverKind, ResultPaper, Signed
from counter_app.domain.moments import local
from counter_app.services.acts.fee_acts import CollectFee
from counter_app.services.acts.on_the_spot import FinishOnTheSpot
from counter_app.services.acts.results import ParcelDelivered, ResultReady, SendByPost
from counter_app.services.acts.returning import ReturnResults
from tests.builders import CLERK, HEAD, PROCEDURES, fake_desk, prepare, procedure, profile
from tests.fakes import FakeDatabase
from tests.services.lives import do, dossier, received

WITH_CODE = procedure("1.000111", "Cấp bản sao", results=(ResultKind("Bản sao trích lục", "KQ.G15.000021"), ResultKind("Giấy báo")), fees=())


def problems(act):
    with pytest.raises(RuleBrokenError) as caught:
        act()
    return {(problem.code, problem.field) for problem in caught.value.problems}


def ready(desk, code, *papers):
    return desk.life.results.ready(ResultReady(code, papers), CLERK)


def give_back(desk, *codes, **changes):
    return desk.life.returning.return_(replace(ReturnResults(codes, unpaid_reason="hộ nghèo"), **changes), CLERK)


def of_kinds(done):
    return [warning.code for warning in done.warnings]


def test_the_result_of_a_procedure_comes_with_its_national_code():
    desk = fake_desk(database=prepare(FakeDatabase(), profile(), (*PROCEDURES, WITH_CODE)))
    code = received(desk, procedure_code="1.000111")
    results = ready(desk, code).dossier.results
    assert [(each.name, each.code) for each in results] == [("Bản sao trích lục", "KQ.G15.000021"), ("Giấy báo", "")]
    other = received(desk, procedure_code="1.000111")
    named = ready(desk, other, ResultPaper("", "Bản sao trích lục", number="12/TL", signer="Hoàng Văn Giả Định")).dossier.results[0]
    assert (named.code, named.number, named.issuer, bool(named.result_id)) == ("KQ.G15.000021", "12/TL", dossier(desk, other).handled_by, True)


@pytest.mark.parametrize(("days", "extended", "expected"), [
    (0, False, ["RESULT_EARLY"]), (6, False, []), (10, False, ["RESULT_LATE_UNEXCUSED"]), (14, True, []),
])
def test_early_and_late_results_are_said_to_be_so(days, extended, expected):
    desk = fake_desk()
    code = received(desk)
    if extended:
        do(desk, code, "extend")
    desk.clock.forward(days=days)
    assert of_kinds(ready(desk, code)) == expected


@pytest.mark.parametrize(("paper", "expected"), [
    (ResultPaper("", ""), {("TEXT_NEEDED", "results.0.name")}),
    (ResultPaper("", "Văn bản", refusal=True), {("TEXT_NEEDED", "results.0.abstract")}),
    (ResultPaper("", "Văn bản", issued_at=local(2026, 12, 24)), {("RESULT_IN_FUTURE", "results.0.issued_at")}),
    (ResultPaper("", "Văn bản", number="x" * 61), {("TEXT_TOO_LONG", "results.0.number")}),
])
def test_what_is_wrong_with_a_result(paper, expected):
    desk = fake_desk()
    code = received(desk)
    assert problems(lambda: ready(desk, code, paper)) == expected
    assert dossier(desk, code).status == "received"


def test_a_refusal_is_a_result_too():
    desk = fake_desk()
    done = ready(desk, received(desk), ResultPaper("", "Văn bản từ chối", refusal=True, abstract="không đủ điều kiện"))
    assert (done.dossier.status, done.dossier.results[0].refusal) == ("result_ready", True)
    assert desk.state.events[-1].facts["results"][0]["refusal"] is True


def test_what_must_be_looked_at_before_a_result_goes_back():
    desk = fake_desk()
    code = received(desk, submitter=Submitter("Lê Văn Mẫu", "067190000789", "0900000001", "con", "Giấy ủy quyền 1"), documents=(
        DocumentLine("Sổ hộ khẩu", 2), DocumentLine("Căn cước", 1, shown_only=True), DocumentLine("Bản sao", copy=1)))
    waiting = desk.life.returning.check((code,), CLERK)
    assert (waiting.ok, waiting.lines[0].problem.code) == (False, "RESULT_NOT_READY")
    desk.clock.forward(days=10)
    ready(desk, code)
    line, = desk.life.returning.check((code, code), CLERK).lines
    assert (line.may_collect, line.originals, line.fee_due_vnd) == (("Trần Thị Ví Dụ", "Lê Văn Mẫu"), 2, 15000)
    assert (line.apology_due, line.problem, [each.code for each in line.warnings]) == (True, None, ["APOLOGY_DUE"])
    assert desk.life.returning.check((code,), CLERK).fee_due_vnd == 15000


def test_giving_back_is_an_event_a_receipt_and_the_end():
    desk = fake_desk()
    code = received(desk, documents=(DocumentLine("Sổ hộ khẩu", 2),))
    ready(desk, code)
    done = give_back(desk, code, signed=Signed.MARK)
    back = done.dossier.handed_back
    assert (done.dossier.status, done.dossier.returned_at, done.forms) == ("returned", desk.clock.moment, ("result",))
    assert (back.receiver_name, back.signed, back.originals_returned, back.note) == ("Trần Thị Ví Dụ", Signed.MARK, 2, "hộ nghèo")
    assert of_kinds(done) == ["FEE_LEFT_UNPAID"]


def test_a_fee_that_is_owed_is_taken_or_a_reason_given():
    desk = fake_desk()
    code = received(desk)
    ready(desk, code)
    assert problems(lambda: give_back(desk, code, unpaid_reason="")) == {("FEE_OWED", "unpaid_reason")}
    desk.life.fees.collect(CollectFee(code), CLERK)
    assert give_back(desk, code, unpaid_reason="").warnings == ()


@pytest.mark.parametrize(("changes", "expected"), [
    ({"receiver_kind": ReceiverKind.AUTHORISED, "receiver_name": "Lê Văn Mẫu"}, {("AUTHORITY_NEEDED", "paper_shown")}),
    ({"receiver_kind": ReceiverKind.AUTHORISED, "paper_shown": "1"}, {("TEXT_NEEDED", "receiver_name")}),
    ({"receiver_kind": ReceiverKind.OTHER, "receiver_name": "Lê Văn Mẫu", "paper_shown": "1"}, {("TEXT_NEEDED", "note")}),
    ({"slip_lost": True, "note": "rơi mất"}, {("PAPER_NEEDED", "paper_shown")}),
    ({"slip_lost": True, "paper_shown": "067190000123"}, {("TEXT_NEEDED", "note")}),
    ({"originals_returned": -1}, {("COUNT_IMPOSSIBLE", "originals_returned")}),
])
def test_who_collects_for_somebody_or_without_a_slip_shows_a_paper(changes, expected):
    desk = fake_desk()
    code = received(desk)
    ready(desk, code)
    assert problems(lambda: give_back(desk, code, **changes)) == expected
    assert dossier(desk, code).status == "result_ready"


def test_of_the_paper_shown_only_four_signs_leave_the_desk():
    desk = fake_desk()
    code = received(desk)
    ready(desk, code)
    give_back(desk, code, slip_lost=True, paper_shown="067190000123", note="rơi mất")
    facts = next(event.facts for event in desk.state.events if event.type == "result.returned")
    assert facts["receiver"] == {"kind": "applicant", "name": "Trần Thị Ví Dụ", "id_last4": "0123"}
    assert (facts["slip_lost"], dossier(desk, code).handed_back.paper_shown) == (True, "067190000123")


def test_several_results_go_back_together_or_not_at_all():
    desk = fake_desk()
    codes = [received(desk) for _ in range(3)]
    for code in codes[:2]:
        ready(desk, code)
    assert problems(lambda: give_back(desk, *codes)) == {("RESULT_NOT_READY", "codes.2")}
    assert {dossier(desk, code).status for code in codes[:2]} == {"result_ready"}
    done = give_back(desk, *codes[:2])
    assert ([each.status for each in done.dossiers], done.forms) == (["returned"] * 2, ("result",))
    assert sum(event.type == "slip.printed" and event.facts["form"] == "bien_nhan_tra" for event in desk.state.events) == 2


def test_a_parcel_is_returned_when_the_post_says_so():
    desk = fake_desk()
    code = received(desk)
    assert problems(lambda: desk.life.results.send_by_post(SendByPost(code, "Bưu điện", "VN1"), CLERK)) == {("RESULT_NOT_READY", None)}
    ready(desk, code)
    assert problems(lambda: desk.life.results.delivered(ParcelDelivered(code), CLERK)) == {("NOT_POSTED", None)}
    sent = desk.life.results.send_by_post(SendByPost(code, "Bưu điện", "VN1"), CLERK).dossier
    assert (sent.status, sent.parcel.consignment, desk.state.events[-1].lane) == ("result_ready", "VN1", None)
    assert problems(lambda: desk.life.results.send_by_post(SendByPost(code, "", "VN1"), CLERK)) == {("TEXT_NEEDED", "operator")}
    assert problems(lambda: desk.life.results.send_by_post(SendByPost(code, "Khác", "VN2"), CLERK)) == {("ALREADY_POSTED", "consignment")}
    desk.clock.forward(days=2)
    home = desk.life.results.delivered(ParcelDelivered(code), CLERK).dossier
    assert (home.status, home.parcel.delivered_at, home.handed_back.by_post) == ("returned", desk.clock.moment, True)
    assert desk.state.events[-1].facts["method"] == "1"


def test_on_the_spot_everything_is_done_in_one_transaction():
    desk = fake_desk()
    code = received(desk, procedure_code="2.000815", fees=(FeeLine("", "Phí", 2000, FeeMethod.CASH),))
    writes = desk.database.writes
    done = desk.life.on_the_spot.finish(FinishOnTheSpot(code, ReturnResults(())), CLERK)
    assert (done.dossier.status, done.dossier.on_the_spot, len(done.dossiers)) == ("returned", True, 1)
    assert (desk.database.writes - writes, done.forms) == (1, ("result",))
    assert [event.type for event in desk.state.events][-3:] == ["result.ready", "result.returned", "slip.printed"]


def test_what_the_catalogue_does_not_decide_on_the_spot_is_not():
    desk = fake_desk()
    code = received(desk)
    finish = FinishOnTheSpot(code, ReturnResults((), unpaid_reason="hộ nghèo"))
    assert problems(lambda: desk.life.on_the_spot.finish(finish, HEAD)) == {("NOT_ON_THE_SPOT", "code")}
    assert dossier(desk, code).results == ()


def test_on_the_spot_with_a_fee_owed_nothing_is_done():
    desk = fake_desk()
    code = received(desk, procedure_code="2.000815", fees=(FeeLine("", "Phí", 2000, FeeMethod.UNPAID),))
    assert problems(lambda: desk.life.on_the_spot.finish(FinishOnTheSpot(code, ReturnResults(())), CLERK)) == {("FEE_OWED", "unpaid_reason")}
    assert dossier(desk, code).status == "received"


@pytest.mark.parametrize(("signed", "receipts"), [(Signed.RECEIPT, 1), (Signed.MARK, 1), (Signed.BOOK, 0)])
def test_a_receipt_is_made_where_it_is_signed(signed, receipts):
    desk = fake_desk()
    code = received(desk)
    ready(desk, code)
    done = give_back(desk, code, signed=signed, queue=True)
    assert len(done.print_ids) == receipts
    assert [job.print_id for job in desk.state.jobs.values() if job.print_id in done.print_ids] == list(done.print_ids)
    assert dossier(desk, code).handed_back.signed is signed
    printed = [event.facts["form"] for event in desk.state.events if event.type == "slip.printed"]
    assert printed.count("bien_nhan_tra") == receipts, "no paper is told of that there is none of"


def test_the_rating_is_kept_in_the_transaction_of_the_return():
    desk = fake_desk()
    codes = [received(desk), received(desk)]
    for code in codes:
        ready(desk, code)
    give_back(desk, *codes, score=4)
    assert [dossier(desk, code).rating.score for code in codes] == [4, 4]
    assert [event.type for event in desk.state.events][-2:] == ["satisfaction.recorded"] * 2


@pytest.mark.parametrize("score", [0, 6, -1])
def test_an_impossible_rating_hands_nothing_back(score):
    desk = fake_desk()
    code = received(desk)
    ready(desk, code)
    before = len(desk.state.events)
    assert problems(lambda: give_back(desk, code, score=score)) == {("SCORE_IMPOSSIBLE", "score")}
    assert (len(desk.state.events), dossier(desk, code).handed_back) == (before, None)


def test_a_power_cut_keeps_neither_the_return_nor_the_rating():
    desk = fake_desk()
    code = received(desk)
    ready(desk, code)
    desk.database.fault = RuntimeError("power cut")
    with pytest.raises(RuntimeError, match="power cut"):
        give_back(desk, code, score=5)
    desk.database.fault = None
    assert (dossier(desk, code).handed_back, dossier(desk, code).rating) == (None, None)
    give_back(desk, code, score=5)
    assert dossier(desk, code).rating.score == 5


def test_nobody_who_is_not_asked_has_rated():
    desk = fake_desk()
    code = received(desk)
    ready(desk, code)
    give_back(desk, code)
    assert dossier(desk, code).rating is None


def test_a_fee_is_not_waived_after_intake():
    desk = fake_desk()
    code = received(desk, fees=(FeeLine("", "Lệ phí", 8_000, FeeMethod.UNPAID),))
    before = len(desk.state.events)
    waiving = CollectFee(code, method=FeeMethod.EXEMPT)
    assert problems(lambda: desk.life.fees.collect(waiving, CLERK)) == {("FEE_WAIVER_LATE", "method")}
    assert problems(lambda: desk.life.fees.collect(replace(waiving, method=FeeMethod.UNPAID), CLERK)) == {("FEE_METHOD", "method")}
    assert len(desk.state.events) == before
