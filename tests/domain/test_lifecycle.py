"""The table of moves against the province contract's rules, and the sentence of every act that is not legal now."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from counter_app.domain.dossier import NATIONAL_STATUS, FeeLine, FeeMethod, Status
from counter_app.domain.life import Direction, HandOver, Rating
from counter_app.domain.lifecycle import ANY, MOVES, Verb, status_after, why_not
from counter_app.domain.moments import local
from counter_app.support import messages
from counter_app.support.paths import resource_path
from tests.storage.samples import dossier

RULES = json.loads(resource_path("contract/event_rules.json").read_text(encoding="utf-8"))
BY_NUMBER = {str(number): status for status, number in NATIONAL_STATUS.items()}
HAND_OVER = HandOver("b-1", local(2026, 11, 20, 15), Direction.TO_SPECIALIST, "Quầy 2", "Tư pháp", "Lý Thị Mẫu Đơn", "Trần Văn Mẫu", 5)


def contract_moves(verb):
    """Return from which status to which the contract lets the event of a verb lead, conditions left open."""
    return {
        (source, source if move["to"] == "=" else BY_NUMBER[move["to"]])
        for move in RULES["events"][MOVES[verb].event]["moves"]
        for source in (Status if "*" in move["from"] else [BY_NUMBER[number] for number in move["from"] if number])
    }


@pytest.mark.parametrize("verb", Verb)
def test_every_move_of_the_desk_is_one_of_the_contract(verb):
    for source in MOVES[verb].sources:
        for handed in ((), (HAND_OVER,)):
            for waiting in (True, False):
                before = dossier(status=source, hand_overs=handed, awaiting_acceptance=waiting)
                assert (source, status_after(before, verb)) in contract_moves(verb)


@pytest.mark.parametrize("verb", Verb)
def test_a_desk_that_may_not_says_when_it_may(verb):
    for status in ANY - MOVES[verb].sources:
        problem = why_not(dossier(status=status), verb)
        assert problem is not None
        for lang in ("vi", "en"):
            sentence = messages.sentence(problem, lang)
            assert sentence
            assert problem.code not in sentence


def test_a_payment_that_settles_lets_the_dossier_go_on():
    waiting = dossier(status=Status.AWAITING_PAYMENT)
    assert status_after(waiting, Verb.COLLECT_FEE, settles_obligation=True) is Status.PROCESSING
    assert status_after(waiting, Verb.COLLECT_FEE) is Status.AWAITING_PAYMENT
    assert status_after(dossier(), Verb.COLLECT_FEE, settles_obligation=True) is Status.RECEIVED


def test_a_second_extension_and_one_without_an_appointment_are_refused():
    assert why_not(dossier(extension_count=1), Verb.EXTEND).code == "EXTENSION_LIMIT"
    assert why_not(dossier(extension_count=1, options={"extension_limit": 2}), Verb.EXTEND) is None
    assert why_not(dossier(due_at=None), Verb.EXTEND).code == "EXTENSION_WITHOUT_DUE"


def test_a_result_is_handed_back_only_when_it_is_there():
    assert why_not(dossier(), Verb.RETURN).code == "RESULT_NOT_READY"
    assert why_not(dossier(status=Status.RESULT_READY), Verb.RETURN) is None


OWED, PAID = FeeLine("f-1", "Lệ phí", 15_000, FeeMethod.UNPAID), FeeLine("f-2", "Phí", 8_000, FeeMethod.CASH)
FREE = FeeLine("f-3", "Lệ phí", 0, FeeMethod.UNPAID)


@pytest.mark.parametrize(("fees", "collect", "reverse"), [
    ((), "NO_FEE_OWED", "NO_FEE_PAID"), ((FREE,), "NO_FEE_OWED", "NO_FEE_PAID"), ((OWED,), None, "NO_FEE_PAID"),
    ((PAID,), "NO_FEE_OWED", None), ((OWED, PAID), None, None),
    ((replace(PAID, method=FeeMethod.EXEMPT),), "NO_FEE_OWED", "NO_FEE_PAID")])
def test_only_what_is_owed_is_taken_and_only_what_was_paid_goes_back(fees, collect, reverse):
    for verb, code in ((Verb.COLLECT_FEE, collect), (Verb.REVERSE_FEE, reverse)):
        problem = why_not(dossier(fees=fees), verb)
        assert (problem.code if problem else None) == code


def test_a_citizen_is_asked_once_and_after_the_return():
    returned = dossier(status=Status.RETURNED)
    assert why_not(returned, Verb.RATE) is None
    assert why_not(replace(returned, rating=Rating(local(2026, 11, 20), 5, "desk")), Verb.RATE).code == "ALREADY_RATED"
    assert why_not(dossier(status=Status.RESULT_READY), Verb.RATE).code == "RATE_NOT_NOW"


@pytest.mark.parametrize("status", Status)
def test_a_result_that_is_not_there_is_told_apart_from_an_end(status):
    problem = why_not(dossier(status=status), Verb.RETURN)
    expected = None if status is Status.RESULT_READY else "RESULT_NOT_READY" if status in {
        Status.RECEIVED, Status.PROCESSING, Status.AWAITING_SUPPLEMENT, Status.AWAITING_PAYMENT} else "RETURN_NOT_NOW"
    assert (problem.code if problem else None) == expected


def test_the_words_of_the_verbs_are_a_promise():
    """Scripts call them with a hyphen (``counter event CODE hand-over``); one that is renamed breaks them."""
    assert [verb.value for verb in Verb] == [
        "request_supplement", "receive_supplement", "refuse", "hand_over", "complete_step", "extend", "halt", "withdraw", "result_ready",
        "return", "correct", "collect_fee", "reverse_fee", "note", "rate", "accept"]
    assert {verb: move.form for verb, move in MOVES.items() if move.form} == {
        Verb.REQUEST_SUPPLEMENT: "02", Verb.REFUSE: "03", Verb.EXTEND: "04", Verb.HALT: "05", Verb.WITHDRAW: "05", Verb.RETURN: "result",
        Verb.ACCEPT: "01"}


@pytest.mark.parametrize("count", [0, 1, 2, 3])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_extensions_are_as_many_as_the_dossier_was_promised(count, limit):
    problem = why_not(dossier(extension_count=count, options={"extension_limit": limit}), Verb.EXTEND)
    assert (problem is None) == (count < limit)
    if problem:
        assert (problem.code, problem.params) == ("EXTENSION_LIMIT", {"most": limit})
