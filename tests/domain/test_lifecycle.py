"""The table of moves against the province contract's rules, and the sentence of every act that is not legal now."""

from __future__ import annotations

import json

import pytest

from counter_app.domain.dossier import NATIONAL_STATUS, Status
from counter_app.domain.life import Direction, HandOver
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
