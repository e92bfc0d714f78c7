"""Money, notes, ratings, bundles, second codes, and taking the last act back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.dossier import FeeLine, FeeMethod, Status
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.life import Direction
from counter_app.services.acts.fee_acts import CollectFee, FeeActs, ReverseFee
from counter_app.services.acts.notes_ratings import AddNote, Audience, NoteKind, Rate, RatingChannel
from tests.builders import CLERK, INSPECTOR, fake_desk
from tests.services.lives import disagreements, do, dossier, fee_of, received

MINISTRY = "G09.20-20261120-0000001"


def problems(act):
    with pytest.raises(RuleBrokenError) as caught:
        act()
    return {(problem.code, problem.field) for problem in caught.value.problems}


def undo(desk, code, reason="nhầm"):
    return desk.life.undo.undo(code, reason, CLERK)


def offer(desk, code):
    found = desk.life.undo.last(code, CLERK)
    return found and (found.type, found.problem and found.problem.code)


def printed(desk):
    """Everything that waited for the printer has come out of it."""
    for job in list(desk.state.jobs.values()):
        desk.state.jobs[job.job_id] = replace(job, state="printed")


# money


class Payments:
    """Keeps what money's own record would."""

    def __init__(self):
        self.kept = []

    def collected(self, act, line, payer, event):
        self.kept.append(("collected", line.amount_vnd, payer, event.op_id, act.dossier.code))

    def reversed(self, act, line, reason, event):
        self.kept.append(("reversed", line.amount_vnd, reason, event.op_id, act.dossier.code))


def test_money_is_an_event_a_paid_line_and_a_payment_in_one_transaction():
    desk, payments = fake_desk(), Payments()
    fees = FeeActs(desk.life.acting, payments)
    code = received(desk)
    done = fees.collect(CollectFee(code, receipt_series="MAU/26", receipt_number="0000101", method=FeeMethod.TRANSFER), CLERK)
    line = done.dossier.fees[0]
    assert (line.method, line.receipt_number, line.collected_at, line.collector) == (
        FeeMethod.TRANSFER, "0000101", desk.clock.moment, "u-0001")
    fees.reverse(ReverseFee(code, line.fee_line_id, "thu nhầm", receipt_cancelled=True), CLERK)
    paid, back = [event for event in desk.state.events if event.type.startswith("fee.")]
    assert payments.kept == [
        ("collected", 15000, "Trần Thị Ví Dụ", paid.op_id, code), ("reversed", 15000, "thu nhầm", back.op_id, code)]
    assert (back.facts["receipt_cancelled"], dossier(desk, code).fees[0].is_owed) == (True, True)
    assert done.changes.touch("payments")


def test_a_fee_that_nobody_foresaw_is_collected_as_a_line_of_its_own():
    desk = fake_desk()
    code = received(desk, fees=())
    assert problems(lambda: do(desk, code, "pay")) == {("NO_FEE_OWED", None)}
    new = FeeLine("", "Bản sao thêm", 8000, FeeMethod.UNPAID)
    done = desk.life.fees.collect(CollectFee(code, line=new), CLERK)
    assert [(line.name, line.is_paid, bool(line.fee_line_id)) for line in done.dossier.fees] == [("Bản sao thêm", True, True)]
    assert disagreements(desk) == []


@pytest.mark.parametrize(("changes", "expected"), [
    ({"fee_line_id": "x"}, {("FEE_LINE_UNKNOWN", "fee_line_id")}),
    ({"method": FeeMethod.EXEMPT}, {("FEE_WAIVER_LATE", "method")}),
    ({"line": FeeLine("", "", 0, FeeMethod.UNPAID)}, {("TEXT_NEEDED", "name"), ("FEE_AMOUNT_IMPOSSIBLE", "amount_vnd")}),
])
def test_what_is_wrong_with_money(changes, expected):
    desk = fake_desk()
    wish = replace(CollectFee(received(desk)), **changes)
    assert problems(lambda: desk.life.fees.collect(wish, CLERK)) == expected


def test_a_line_is_paid_once_and_given_back_once():
    desk = fake_desk()
    code = received(desk, fees=(FeeLine("", "A", 1000, FeeMethod.UNPAID), FeeLine("", "B", 2000, FeeMethod.UNPAID)))
    first = fee_of(desk, code)
    assert problems(lambda: do(desk, code, "pay")) == {("FEE_LINE_UNKNOWN", "fee_line_id")}
    desk.life.fees.collect(CollectFee(code, first), CLERK)
    assert problems(lambda: desk.life.fees.collect(CollectFee(code, first), CLERK)) == {("FEE_LINE_PAID", "fee_line_id")}
    do(desk, code, "pay", "pay back")
    assert problems(lambda: do(desk, code, "pay back")) == {("FEE_LINE_NOT_PAID", "fee_line_id")}


def test_the_last_fee_owed_lets_a_waiting_dossier_go_on():
    desk = fake_desk()
    code = received(desk)
    with desk.database.write() as uow:
        uow.dossiers.update(replace(dossier(desk, code), status=Status.AWAITING_PAYMENT))
        uow.commit()
    assert do(desk, code, "pay").dossier.status == "processing"
    assert desk.state.events[-1].facts["settles_obligation"] is True


def test_a_listener_that_fails_undoes_the_whole_act():
    class Refusing:
        def recorded(self, act, before, event):
            assert before.status == "received"
            assert act.dossier.status == "withdrawn"
            raise RuleBrokenError(*problem)

    desk = fake_desk()
    code = received(desk)
    problem = desk_problem(desk, code)
    desk.life.acting._listeners = (Refusing(),)
    before = vars(desk.state.snapshot())
    assert problems(lambda: do(desk, code, "withdraw")) == {("RATE_NOT_NOW", None)}
    assert vars(desk.state) == before


def desk_problem(desk, code):
    with pytest.raises(RuleBrokenError) as caught:
        do(desk, code, "rate")
    return caught.value.problems


# notes and ratings


def test_a_note_changes_nothing_and_says_for_whom_it_is():
    desk = fake_desk()
    code = received(desk)
    before = dossier(desk, code)
    desk.life.notes.note(AddNote(code, " đã gọi  điện ", NoteKind.CONTACT, Audience.PROVINCE), CLERK)
    assert dossier(desk, code) == before
    assert desk.state.events[-1].facts == {"kind": "lien_he_nguoi_dan", "audience": "province", "text": "đã gọi điện"}
    assert problems(lambda: desk.life.notes.note(AddNote(code, " "), CLERK)) == {("TEXT_NEEDED", "text")}
    assert problems(lambda: desk.life.notes.note(AddNote(code, "x"), INSPECTOR)) == {("NOT_ALLOWED", None)}


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_is_one_to_five(score):
    desk = fake_desk()
    assert problems(lambda: desk.life.ratings.rate(Rate(received(desk), score), CLERK)) == {("SCORE_IMPOSSIBLE", "score")}


def test_a_rating_comes_once_after_the_return():
    desk = fake_desk()
    code = received(desk)
    assert problems(lambda: do(desk, code, "rate")) == {("RATE_NOT_NOW", None)}
    do(desk, code, "ready", "return")
    done = desk.life.ratings.rate(Rate(code, 4, RatingChannel.PAPER, "tốt"), CLERK)
    assert (done.dossier.rating.score, done.dossier.rating.channel) == (4, "giay")
    assert problems(lambda: do(desk, code, "rate")) == {("ALREADY_RATED", None)}


# bundles and second codes


def test_linked_dossiers_know_one_another_and_who_comes_later():
    desk = fake_desk()
    first, second, third = (received(desk) for _ in range(3))
    assert problems(lambda: desk.life.bundles.link((first, first), CLERK)) == {("BUNDLE_TOO_SMALL", "codes")}
    desk.life.bundles.link((first, second), CLERK)
    desk.life.bundles.link((second, third), CLERK)
    ids = {code: dossier(desk, code).dossier_id for code in (first, second, third)}
    for code, own in ids.items():
        assert set(dossier(desk, code).linked) == set(ids.values()) - {own}
    events = len(desk.state.events)
    desk.life.bundles.link((first, third), CLERK)
    assert len(desk.state.events) == events
    assert {event.lane for event in desk.state.events if event.type == "dossier.linked"} == {None}


def test_a_ministry_code_finds_the_dossier_too():
    desk = fake_desk()
    code, other = received(desk), received(desk)
    desk.life.bundles.add_code(code, f" {MINISTRY} ", CLERK, "Hộ tịch điện tử")
    assert desk.dossiers.show(MINISTRY, CLERK).dossier.code == code
    assert desk.state.events[-1].facts == {"code": MINISTRY, "system": "Hộ tịch điện tử"}
    desk.life.bundles.add_code(code, MINISTRY, CLERK)
    assert len(dossier(desk, code).codes) == 2
    assert problems(lambda: desk.life.bundles.add_code(other, MINISTRY, CLERK)) == {("CODE_TAKEN", "other")}
    assert problems(lambda: desk.life.bundles.add_code(other, "số 5", CLERK)) == {("CODE_UNREADABLE", "other")}


# undo


def test_a_receipt_is_not_taken_back():
    desk = fake_desk()
    code = received(desk)
    assert offer(desk, code) is None
    assert problems(lambda: undo(desk, code)) == {("NOTHING_TO_UNDO", None)}


def test_a_fee_is_undone_by_giving_it_back():
    desk = fake_desk()
    code = received(desk)
    do(desk, code, "pay", "note")
    assert offer(desk, code) == ("fee.collected", None)
    assert undo(desk, code).dossier.fees[0].is_owed
    assert desk.state.events[-1].facts["receipt_cancelled"] is True
    assert offer(desk, code) == ("fee.reversed", "UNDO_NO_WAY_BACK")


def test_a_hand_over_is_undone_by_the_way_back_and_its_papers_are_not_printed():
    desk = fake_desk()
    code = received(desk)
    do(desk, code, "give")
    done = undo(desk, code)
    gone, back = done.dossier.hand_overs
    assert (back.direction, back.from_unit, back.to_unit) == (Direction.TO_DESK, gone.to_unit, gone.from_unit)
    assert (done.dossier.holder, done.dossier.step, done.dossier.status) == ("", None, "processing")
    assert {job.state for job in desk.state.jobs.values()} == {"cancelled"}


def test_a_request_for_papers_is_undone_with_everything_as_it_was():
    desk = fake_desk()
    code = received(desk)
    due = dossier(desk, code).due_at
    do(desk, code, "ask")
    desk.clock.forward(hours=3)
    done = undo(desk, code)
    assert (done.dossier.status, done.dossier.due_at, done.dossier.supplement_open_since) == ("received", due, None)
    facts = desk.state.events[-1].facts
    assert (facts["previous_due"], facts["received_items"]) == (facts["new_due"], ["Hủy yêu cầu bổ sung: nhầm"])


def test_a_correction_is_undone_by_another_one():
    desk = fake_desk()
    code = received(desk)
    before = dossier(desk, code)
    do(desk, code, "correct")
    after = undo(desk, code).dossier
    assert (after.applicant, after.note) == (before.applicant, before.note)


@pytest.mark.parametrize("words", [("ask",), ("give",), ("correct",)])
def test_what_was_printed_is_not_undone(words):
    desk = fake_desk()
    code = received(desk)
    do(desk, code, *words)
    printed(desk)
    assert problems(lambda: undo(desk, code)) == {("UNDO_PRINTED", None)}


def test_what_was_sent_is_not_undone():
    desk = fake_desk()
    code = received(desk)
    do(desk, code, "pay")
    desk.state.outbox = {op_id: ("province_has", owner) for op_id, (_, owner) in desk.state.outbox.items()}
    assert problems(lambda: undo(desk, code)) == {("UNDO_SENT", None)}


@pytest.mark.parametrize("words", [("refuse",), ("halt",), ("withdraw",), ("extend",), ("ready",), ("ready", "return"), ("give", "correct")])
def test_what_the_contract_knows_no_way_back_from_is_said_so(words):
    desk = fake_desk()
    code = received(desk)
    do(desk, code, *words)
    assert problems(lambda: undo(desk, code)) == {("UNDO_NO_WAY_BACK", None)}


def test_undo_asks_why():
    desk = fake_desk()
    code = received(desk)
    do(desk, code, "pay")
    assert problems(lambda: undo(desk, code, " ")) == {("TEXT_NEEDED", "reason")}
