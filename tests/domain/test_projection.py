"""What acts make of a dossier, driven at random: nothing that happened is forgotten, what was printed stays, one request is open or none."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import projection
from counter_app.domain.dossier import RESOLVED, Dossier, FeeLine, FeeMethod, Status
from counter_app.domain.life import (
    Direction,
    Ending,
    Extension,
    HandedBack,
    HandOver,
    Parcel,
    Rating,
    ReceiverKind,
    ResultPaper,
    Step,
    Supplement,
)
from counter_app.domain.lifecycle import MOVES, Verb, why_not
from counter_app.domain.moments import local
from tests.storage.samples import dossier

START = local(2026, 11, 2, 8)
FEE = FeeLine("f-1", "Lệ phí", 15_000, FeeMethod.UNPAID)
STEP = Step("assess", "Thẩm định", "Tư pháp", "Lê Văn Mẫu", START, None)
ENDINGS = {Verb.REFUSE: Status.NOT_ACCEPTED, Verb.HALT: Status.HALTED, Verb.WITHDRAW: Status.WITHDRAWN}
ACTS = st.lists(st.sampled_from([
    Verb.REQUEST_SUPPLEMENT, Verb.RECEIVE_SUPPLEMENT, Verb.HAND_OVER, Verb.COMPLETE_STEP, Verb.EXTEND, Verb.RESULT_READY, Verb.RETURN,
    Verb.COLLECT_FEE, Verb.REVERSE_FEE, Verb.RATE, Verb.HALT, Verb.WITHDRAW, Verb.REFUSE]), max_size=14)


def hand_over(at, direction=Direction.TO_SPECIALIST, unit="Tư pháp"):
    return HandOver("b", at, direction, "Quầy 2", unit, "Lý Thị Mẫu Đơn", "Trần Văn Mẫu", 3)


def request(before, at):
    return projection.supplement_requested(before, Supplement(f"s-{before.supplement_count}", at, "Mẫu", ("Tờ khai",), "thiếu"))


def receive(before, at):
    open_ = projection.open_supplement(before)
    due = before.due_at + timedelta(days=1)
    return projection.supplement_received(before, replace(open_, received_at=at, complete=True, new_due=due), due.date())


def extend(before, at):
    due = before.due_at + timedelta(days=3)
    return projection.extended(before, Extension(at, before.due_at, due, "mất điện", 1, "", "Chủ tịch"), due.date())


def end(verb):
    return lambda before, at: projection.ended(before, verb, Ending(at, "lý do"))


APPLY = {
    Verb.REQUEST_SUPPLEMENT: request, Verb.RECEIVE_SUPPLEMENT: receive, Verb.EXTEND: extend,
    Verb.HAND_OVER: lambda before, at: projection.handed_over(before, hand_over(at)),
    Verb.COMPLETE_STEP: lambda before, at: projection.step_completed(
        before, replace(STEP, completed_at=at), replace(STEP, code="sign", started_at=at)),
    Verb.RESULT_READY: lambda before, at: projection.result_ready(before, (ResultPaper("r-1", "Giấy"),), at),
    Verb.RETURN: lambda before, at: projection.returned(before, HandedBack(at, ReceiverKind.APPLICANT, "Trần Thị Ví Dụ")),
    Verb.COLLECT_FEE: lambda before, at: projection.fee_changed(before, replace(FEE, method=FeeMethod.CASH, collected_at=at)),
    Verb.REVERSE_FEE: lambda before, at: projection.fee_changed(before, FEE),
    Verb.RATE: lambda before, at: projection.rated(before, Rating(at, 5, "desk")),
    **{verb: end(verb) for verb in ENDINGS},
}
KEPT = ("due_history", "supplements", "hand_overs", "steps", "extensions", "results")
"""What only ever grows at its end; a request for papers changes in its place when they come."""
NEVER = {
    "dossier_id", "code", "codes", "procedure_code", "procedure_version", "channel", "applicant", "received_at", "printed_due_at", "place",
    "documents", "sets", "delivery", "submitter", "options", "limit_text"}
"""What no act changes: a correction is another matter."""


@given(ACTS)
def test_any_legal_life_keeps_what_happened_and_what_was_printed(acts):
    now, after = START, dossier(fees=(FEE,))
    for verb in acts:
        now += timedelta(hours=1)
        if why_not(after, verb):
            continue
        before, after = after, APPLY[verb](after, now)
        assert after.status is (MOVES[verb].target or after.status)
        for name in NEVER:
            assert getattr(after, name) == getattr(before, name), name
        for name in KEPT:
            old, new = getattr(before, name), getattr(after, name)
            assert len(new) - len(old) in {0, 1}, name
            if name == "supplements" and verb is Verb.RECEIVE_SUPPLEMENT:
                assert [each.supplement_id for each in new] == [each.supplement_id for each in old]
            else:
                assert new[:len(old)] == old, name
        looks_right(after, now)


def looks_right(after, now):
    waiting = after.status is Status.AWAITING_SUPPLEMENT
    assert (projection.open_supplement(after) is not None) == waiting == (after.supplement_open_since is not None)
    assert after.supplement_count == len(after.supplements)
    assert after.extension_count == len(after.extensions)
    over = after.status in {*ENDINGS.values(), Status.RETURNED}
    assert (after.closed_as == after.status.value) == over
    assert (after.ending is not None) == (after.status in ENDINGS.values())
    assert (after.handed_back is not None) == (after.status is Status.RETURNED) == (after.returned_at is not None)
    assert (after.finished_at is not None) == (over or after.status is Status.RESULT_READY)
    assert after.finished_at is None or after.finished_at <= now
    assert after.due_history == () or after.due_history[-1][1] == after.due_at
    assert over is (after.status in RESOLVED) or after.status is Status.RESULT_READY


@pytest.mark.parametrize(("verb", "status"), ENDINGS.items())
def test_an_ending_stops_whatever_ran(verb, status):
    waiting = projection.step_begun(request(dossier(), START), STEP)
    after = projection.ended(waiting, verb, Ending(START, "lý do", "12/TB", papers_returned=True))
    assert (after.status, after.closed_as, after.finished_at, after.step, after.supplement_open_since) == (status, status.value, START, None, None)
    assert projection.open_supplement(after) is None, "nobody waits for papers of what has ended"
    assert after.ending.form_number == "12/TB"


def test_a_result_is_finished_when_it_is_ready_not_when_it_is_fetched():
    ready = projection.result_ready(dossier(), (ResultPaper("r-1", "Giấy"),), START)
    fetched = projection.returned(ready, HandedBack(START + timedelta(days=9), ReceiverKind.APPLICANT, "Trần Thị Ví Dụ"))
    assert (fetched.finished_at, fetched.returned_at) == (START, START + timedelta(days=9))
    at_once = projection.returned(dossier(status=Status.RESULT_READY), HandedBack(START, ReceiverKind.APPLICANT, "Trần Thị Ví Dụ"))
    assert at_once.finished_at == START


def test_further_results_stand_behind_the_first():
    one = projection.result_ready(dossier(), (ResultPaper("r-1", "Giấy"),), START)
    two = projection.result_ready(one, (ResultPaper("r-2", "Bản sao"), ResultPaper("r-3", "Trích lục")), START)
    assert [each.result_id for each in two.results] == ["r-1", "r-2", "r-3"]


@pytest.mark.parametrize(("direction", "holder"), [(Direction.TO_SPECIALIST, "Tư pháp"), (Direction.TO_DESK, "")])
def test_who_holds_the_paper(direction, holder):
    before = dossier(holder="Địa chính")
    assert projection.handed_over(before, hand_over(START, direction)).holder == holder


@pytest.mark.parametrize(("handed", "accepted", "status"), [
    (False, True, Status.RECEIVED), (True, True, Status.PROCESSING), (False, False, Status.SUBMITTED_ONLINE)])
def test_papers_lead_back_to_where_the_dossier_was(handed, accepted, status):
    begun = dossier(hand_overs=(hand_over(START),) if handed else (), awaiting_acceptance=not accepted)
    assert receive(request(begun, START), START).status is status


def test_a_request_of_another_id_is_left_alone():
    begun = request(dossier(), START)
    assert projection.supplement_brought(begun, replace(begun.supplements[0], supplement_id="other", received_items=("X",))) == begun


def test_a_step_that_is_done_is_followed_by_one_or_by_none():
    begun = projection.step_begun(dossier(), STEP)
    following = replace(STEP, code="sign")
    assert projection.step_completed(begun, STEP, following).step == following
    last = projection.step_completed(begun, STEP, None)
    assert (last.step, last.steps) == (None, (STEP,))


@pytest.mark.parametrize(("fees", "line", "status"), [
    ((FEE,), replace(FEE, method=FeeMethod.CASH), Status.PROCESSING),
    ((FEE, replace(FEE, fee_line_id="f-2")), replace(FEE, method=FeeMethod.CASH), Status.AWAITING_PAYMENT),
    ((FEE,), replace(FEE, method=FeeMethod.EXEMPT, amount_vnd=0), Status.AWAITING_PAYMENT),
    ((), replace(FEE, method=FeeMethod.TRANSFER), Status.PROCESSING),
    ((replace(FEE, method=FeeMethod.EXEMPT, amount_vnd=0),), replace(FEE, fee_line_id="f-2", method=FeeMethod.CASH), Status.PROCESSING),
])
def test_a_dossier_waits_for_payment_until_the_last_line_is_paid(fees, line, status):
    assert projection.fee_changed(dossier(status=Status.AWAITING_PAYMENT, fees=fees), line).status is status


def test_another_due_time_is_history_and_the_printed_one_stays():
    before = dossier()
    due = before.due_at + timedelta(days=2)
    after = projection.appointed(before, START, due, due.date())
    assert (after.due_at, after.due_nominal, after.due_history) == (due, due.date(), (*before.due_history, (START, due)))
    assert after.printed_due_at == before.printed_due_at
    none = projection.appointed(after, START, None, None)
    assert (none.due_at, none.due_history[-1]) == (None, (START, None))


def test_a_parcel_and_a_rating_change_nothing_else():
    for changed, name in ((projection.posted(dossier(), Parcel("VNPost", "VN1", START)), "parcel"),
                          (projection.rated(dossier(), Rating(START, 4, "paper", "nhanh")), "rating")):
        others = {field.name for field in fields(Dossier)} - {name}
        assert {other: getattr(changed, other) for other in others} == {other: getattr(dossier(), other) for other in others}
        assert getattr(changed, name) is not None
