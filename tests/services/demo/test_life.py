"""The acts of the demonstration's day: each promised scene happens, money and forms agree, and no size of a day breaks it."""

from collections import Counter

import pytest

from counter_app.domain.dossier import FeeMethod, Status
from counter_app.domain.life import Direction, ReceiverKind
from counter_app.domain.message import MessageState
from counter_app.domain.moments import day_of, local
from counter_app.services.demo.evening import CALLS, CASHIER
from counter_app.services.demo.life import OTHER_UNIT, SPECIALISTS, unit_of
from counter_app.services.ports import ListFilter
from tests.services.demo.test_day import ADMIN, OPENING, lived


@pytest.fixture(scope="module")
def day():
    return lived()


def with_status(desk, status):
    return [kept for kept in desk.state.dossiers.values() if kept.status is status]


def forms_of(done):
    return Counter(name.split("-")[-1] if name.startswith("H36") else name.rpartition("-")[0] for name, _ in done.forms)


def test_papers_are_asked_for_and_brought(day):
    desk, _ = day
    asked = [kept for kept in desk.state.dossiers.values() if kept.supplements and kept.place]
    assert len(asked) == 1, "the others were taken over from before"
    [supplement] = asked[0].supplements
    assert len(supplement.received_items) == len(supplement.items) == 2
    assert supplement.complete
    assert supplement.requested_at < supplement.received_at <= supplement.deadline
    assert asked[0].status is Status.PROCESSING, "it went to the specialist after the papers had come"
    assert asked[0].hand_overs[0].at >= supplement.received_at


def test_one_is_refused_one_halted_one_extended(day):
    desk, _ = day
    assert len(with_status(desk, Status.NOT_ACCEPTED)) == len(with_status(desk, Status.HALTED)) == 1
    [extended] = [kept for kept in desk.state.dossiers.values() if kept.extensions]
    assert extended.due_at == extended.extensions[0].new_due > extended.extensions[0].old_due
    assert with_status(desk, Status.NOT_ACCEPTED)[0].hand_overs == ()


def test_the_forms_of_the_day(day):
    _, done = day
    forms = forms_of(done)
    assert (forms["02"], forms["03"], forms["04"], forms["05"]) == (1, 1, 1, 1)
    assert forms["06"] >= 10
    assert forms["result"] > 20
    assert forms["hand_over"] >= 3 <= len({name for name, _ in done.forms if name.startswith("hand_over")})
    assert {"day-page", "cash-count-1"} <= {name for name, _ in done.forms}
    names = [name for name, _ in done.forms]
    assert len(names) == len(set(names))


def test_a_form_is_called_by_the_code_that_stands_on_it(day):
    desk, done = day
    prints = {print_.print_id: print_ for print_ in desk.state.prints}
    for name, print_id in done.forms:
        if name.startswith("H36"):
            assert prints[print_id].content["code"]["text"] in name, name


def test_what_was_left_for_the_signer_is_signed_in_a_batch(day):
    desk, done = day
    assert "signing-list" in dict(done.forms)
    listed = next(print_.content for print_ in desk.state.prints if print_.print_id == dict(done.forms)["signing-list"])
    rows = next(part["table"]["rows"] for part in listed["body"] if "table" in part)
    left = [number for visit in desk.certification.waiting(ADMIN) for number in visit.standing]
    assert len(desk.certification.waiting(ADMIN)) == 1
    assert 0 < len(left) < len(rows)
    assert {number.label for number in left} < {row[1] for row in rows}


def test_nothing_waits_for_a_printer(day):
    assert day[0].print_queue.open() == []


def test_each_unit_gets_its_own_dossiers_on_a_list(day):
    desk, _ = day
    given = [(kept, line) for kept in desk.state.dossiers.values() for line in kept.hand_overs if line.direction is Direction.TO_SPECIALIST]
    assert {line.to_unit for _, line in given} == set(SPECIALISTS)
    for kept, line in given:
        assert line.to_unit == unit_of(kept.field_name)
        assert line.received_by == SPECIALISTS[line.to_unit]
    assert unit_of("Bảo trợ xã hội") == OTHER_UNIT


def test_results_come_back_with_their_names(day):
    desk, _ = day
    back = [kept for kept in desk.state.dossiers.values() if kept.hand_overs and kept.hand_overs[-1].direction is Direction.TO_DESK]
    assert len(back) >= 5
    for kept in back:
        assert kept.results[0].number.endswith("(mẫu)")
        assert kept.status in {Status.RESULT_READY, Status.RETURNED}


def test_results_go_to_who_may_have_them(day):
    desk, _ = day
    returned = [kept for kept in with_status(desk, Status.RETURNED) if kept.handed_back and kept.place is None]
    assert Counter(kept.handed_back.receiver_kind for kept in returned) == {ReceiverKind.APPLICANT: 8, ReceiverKind.AUTHORISED: 1}
    [lost] = [kept for kept in returned if kept.handed_back.slip_lost]
    assert lost.handed_back.paper_shown


def test_what_is_decided_at_once_goes_back_at_once(day):
    desk, done = day
    received = {each.dossier_id for each, _ in done.received}
    at_once = [kept for kept in desk.state.dossiers.values() if kept.dossier_id in received and kept.on_the_spot and kept.handed_back]
    assert len(at_once) > 10
    assert all(kept.handed_back.at.date() == kept.received_at.date() for kept in at_once)
    assert not any(kept.delivery == "postal" for kept in at_once)


def test_people_rate_the_service(day):
    desk, _ = day
    ratings = [kept.rating.score for kept in desk.state.dossiers.values() if kept.rating]
    assert len(ratings) >= 3
    assert set(ratings) <= {3, 4, 5}


def test_a_miswritten_receipt_is_booked_back_and_paid_again(day):
    desk, _ = day
    [back] = [payment for payment in desk.state.payments.values() if payment.reverses and payment.receipt_cancelled]
    again = [payment for payment in desk.state.payments.values() if payment.fee_line_id == back.fee_line_id and payment.amount_vnd > 0]
    assert [payment.amount_vnd for payment in again] == [-back.amount_vnd] * 2
    assert again[0].receipt != again[1].receipt


def test_who_pays_nothing_has_a_proof(day):
    desk, _ = day
    waived = [payment for payment in desk.state.payments.values() if payment.method is FeeMethod.EXEMPT]
    assert waived
    assert all(payment.exempt_reason and payment.exempt_proof for payment in waived)


def test_the_money_is_handed_in(day):
    desk, _ = day
    standing = desk.cash.standing(ADMIN)
    [count] = standing.counts
    assert (count.difference_vnd, count.handed_to) == (0, CASHIER)
    assert count.expected[FeeMethod.CASH] > 0 < count.expected[FeeMethod.TRANSFER]
    assert standing.drawers == ()
    assert standing.unmatched, "some transfers are not on the bank's list yet"


def test_a_complaint_is_answered_and_people_are_called(day):
    desk, _ = day
    [line] = desk.citizens.complaints.listed(ADMIN, is_open=False)
    assert line.complaint.satisfied
    assert line.code in {row.code for row in desk.dossiers.list(ListFilter.OVERDUE, ADMIN).rows}
    states = Counter(message.state for message in desk.state.messages.values())
    assert states[MessageState.CALLED] == CALLS
    assert states[MessageState.WAITING] > 0


def test_the_day_ends_with_its_page_before_closing(day):
    desk, done = day
    page = next(print_ for print_ in desk.state.prints if print_.print_id == dict(done.forms)["day-page"])
    assert f"{page.printed_at:%H:%M}" == "17:25"
    assert day_of(page.printed_at) == day_of(OPENING)


def test_a_day_that_breaks_off_is_still_open():
    desk, done = lived(local(2026, 11, 20), 12, until=local(2026, 11, 20, 10, 0))
    assert "day-page" not in dict(done.forms)
    assert desk.cash.standing(ADMIN).counts == ()
    assert desk.clock.now() <= local(2026, 11, 20, 10, 0)
    assert with_status(desk, Status.HALTED), "yet everything else has happened"


@pytest.mark.parametrize("dossiers", [1, 2, 5, 90])
def test_a_day_of_any_size(dossiers):
    desk, done = lived(dossiers=dossiers, seed=dossiers)
    forms = forms_of(done)
    assert len(done.received) == dossiers
    assert (forms["02"], forms["03"], forms["04"], forms["05"]) == (1, 1, 1, 1)
    assert len(with_status(desk, Status.NOT_ACCEPTED)) == 1


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_other_days_have_everything_too(seed):
    desk, done = lived(dossiers=25, seed=seed)
    assert {"02", "03", "04", "05", "06", "result", "hand_over", "result_list", "day-page"} <= {*forms_of(done), *dict(done.forms)}
    assert desk.dossiers.list(ListFilter.OVERDUE, ADMIN, limit=0).total == 2, "who complains of being late is right"
    assert sum(payment.amount_vnd for payment in desk.state.payments.values()) > 0


def test_the_list_of_a_batch_counts_the_papers_of_each_dossier(day):
    desk, done = day
    prints = {print_.print_id: print_ for print_ in desk.state.prints}
    lists = [prints[print_id].content for name, print_id in done.forms if name.startswith("hand_over")]
    rows = [row for content in lists for part in content["body"] if "table" in part for row in part["table"]["rows"]]
    papers = {kept.code: kept.hand_overs[0].paper_count for kept in desk.state.dossiers.values() if kept.hand_overs}
    assert len(rows) >= 10
    assert [row[4] for row in rows] == [str(papers[row[1]] or "") for row in rows]
    assert any(row[4] for row in rows)
