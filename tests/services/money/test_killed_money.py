"""Killed anywhere while money is written: payment, fees book, dossier and event agree. (The intake: test_intake_real.)"""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from counter_app.domain.dossier import FeeLine, FeeMethod
from counter_app.domain.events import FEE_COLLECTED, FEE_REVERSED
from counter_app.domain.moments import local
from counter_app.domain.money import FEES_BOOK
from counter_app.services.acts.fee_acts import CollectFee, ReverseFee
from counter_app.services.money.cash_counts import CountCash
from counter_app.storage import tables as t
from tests.builders import CLERK, command
from tests.services.test_killed_verbs import kill_everywhere, place, pytestmark  # noqa: F401  the place is a fixture

START, END = local(2026, 1, 1), local(2027, 1, 1)


def book_lines(uow):
    """Return payment and amount of each line of the fees book, as they are stored."""
    found = uow._connection.execute(select(t.line.c.ref, t.line.c.content).where(t.line.c.book == FEES_BOOK))
    return [(row.ref, json.loads(row.content)["amount_vnd"]) for row in found]


def money(uow):
    """Return what stands about money, once its four records were seen to agree."""
    kept = list(uow.payments.between(START, END))
    assert sorted(book_lines(uow)) == sorted((each.payment_id, each.amount_vnd) for each in kept)
    for dossier_id in {each.dossier_id for each in kept}:
        mine = sum(each.amount_vnd for each in kept if each.dossier_id == dossier_id)
        dossier = uow.dossiers.get(dossier_id)
        assert sum(line.amount_vnd for line in dossier.fees if line.is_paid) == mine
        signs = {FEE_COLLECTED: 1, FEE_REVERSED: -1}
        events = uow.events.of_dossier(dossier_id)
        assert sum(signs[each.type] * each.facts["amount_vnd"] for each in events if each.type in signs) == mine
    counts = uow.payments.counts(limit=9)
    assert {each.count_id for each in kept if each.count_id} <= {each.count_id for each in counts}
    assert all(uow.prints.issues(each.count_id, "cash_count") == 1 for each in counts), "each count has its sheet"
    return len(kept), len(counts), [each.amount_vnd for each in kept]


def owed(made):
    (line,) = made.desk.dossiers.show(made.code, CLERK).dossier.fees
    return line.fee_line_id


def paid_intake(made):
    line = FeeLine("", "Lệ phí", 15_000, FeeMethod.CASH, receipt_number="7")
    waived = FeeLine("", "Phí khác", 0, FeeMethod.EXEMPT, exempt_reason="Hộ nghèo", exempt_proof="Sổ hộ nghèo")
    return made.desk.intake.receive(command(fees=(line, waived)), CLERK)


def collected(made):
    return made.desk.life.fees.collect(CollectFee(made.code, owed(made), FeeMethod.TRANSFER, receipt_number="8"), CLERK)


def reversed_(made):
    return made.desk.life.fees.reverse(ReverseFee(made.code, owed(made), "thu nhầm"), CLERK)


def counted(made):
    return made.desk.cash.count(CountCash(CLERK.user_id, {FeeMethod.CASH: 15_000}, "Thủ quỹ"), CLERK)


def matched(made):
    (waiting,) = made.desk.cash.standing(CLERK).unmatched
    return made.desk.cash.match(waiting.payment_id, "FT1", CLERK)


@pytest.mark.parametrize(("before", "act", "least"), [
    ((), collected, 8), ((collected,), reversed_, 8), ((collected,), matched, 4), ((paid_intake,), counted, 5),
], ids=["collect", "reverse", "match", "count"])
def test_an_act_about_money(place, before, act, least):  # noqa: F811
    made = place.opened()
    for each in before:
        each(made)
    made.desk.database.close()

    def look(uow):
        return money(uow), [each.matched_by for each in uow.payments.between(START, END)]

    kill_everywhere(place, act, look, least)
