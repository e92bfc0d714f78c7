"""Money is written down twice, as a payment and in the fees book, in the transaction of the act it belongs to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from counter_app.domain.dossier import FeeLine, FeeMethod
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.events import FEE_COLLECTED, FEE_REVERSED
from counter_app.domain.money import FEES_BOOK, Payment
from counter_app.services.acts.fee_acts import CollectFee, ReverseFee
from tests.builders import CLERK, HEAD, NOW, applicant, command, fake_desk
from tests.examples import examples

CASH, TRANSFER, EXEMPT, UNPAID = FeeMethod.CASH, FeeMethod.TRANSFER, FeeMethod.EXEMPT, FeeMethod.UNPAID
PAID = FeeLine("", "Lệ phí", 15_000, CASH, receipt_series="BL/26E", receipt_number="0000412")
OWED = FeeLine("", "Lệ phí", 15_000, UNPAID)
WAIVED = FeeLine("", "Lệ phí", 0, EXEMPT, exempt_reason="Hộ nghèo", exempt_proof="Giấy chứng nhận số 12/2026")


@pytest.fixture
def desk():
    return fake_desk()


def received(desk, *fees, **changes):
    return desk.intake.receive(command(fees=fees, **changes), CLERK)


def payments(desk):
    return list(desk.state.payments.values())


def book(desk):
    """The lines of the fees book: what the payment is, and its columns as they were frozen."""
    lines = [line for (name, _, _), line in sorted(desk.state.lines.items()) if name == FEES_BOOK]
    assert [line[0].ordinal for line in lines] == list(range(1, len(lines) + 1))
    return [(line[5], line[6]) for line in lines]


def line_of(desk, code):
    return desk.dossiers.show(code, CLERK).dossier.fees


# --- at the receipt of a dossier -----------------------------------------------------------------------------------------


def test_a_fee_paid_at_intake(desk):
    done = received(desk, PAID)
    (payment,) = payments(desk)
    (event,) = [each for each in desk.state.events if each.type == FEE_COLLECTED]
    assert payment == Payment(
        payment.payment_id, done.dossier_id, line_of(desk, done.code)[0].fee_line_id, NOW, 15_000, CASH, CLERK.user_id, "Lệ phí",
        "Trần Thị Ví Dụ", done.code, receipt_series="BL/26E", receipt_number="0000412", op_id=event.op_id)
    assert book(desk) == [(payment.payment_id, {
        "date": "2026-11-20", "code": done.code, "payer": "Trần Thị Ví Dụ", "fee": "Lệ phí", "quantity": 1, "unit_price_vnd": 15_000,
        "amount_vnd": 15_000, "method": "cash", "receipt": "BL/26E 0000412", "exempt_reason": "", "collector": "Lý Thị Mẫu Đơn"})]


def test_the_dossier_knows_who_took_the_money_and_when(desk):
    (line,) = line_of(desk, received(desk, PAID).code)
    assert (line.collected_at, line.collector) == (NOW, CLERK.user_id)
    (owed,) = line_of(desk, received(desk, OWED).code)
    assert (owed.collected_at, owed.collector) == (None, "")


def test_a_fee_that_is_waived_stands_in_the_book_with_reason_and_proof(desk):
    received(desk, WAIVED)
    (payment,) = payments(desk)
    assert (payment.amount_vnd, payment.method, payment.op_id) == (0, EXEMPT, None)
    assert (payment.exempt_reason, payment.exempt_proof) == ("Hộ nghèo", "Giấy chứng nhận số 12/2026")
    ((_, columns),) = book(desk)
    assert (columns["amount_vnd"], columns["exempt_reason"]) == (0, "Hộ nghèo: Giấy chứng nhận số 12/2026")
    assert [each.type for each in desk.state.events].count(FEE_COLLECTED) == 0, "nothing was collected"


@pytest.mark.parametrize("line", [OWED, replace(PAID, amount_vnd=0), replace(OWED, amount_vnd=0)], ids=["owed", "paid 0", "owed 0"])
def test_what_is_no_money_yet_stands_in_no_book(desk, line):
    received(desk, line)
    assert payments(desk) == book(desk) == []


def test_an_intake_writes_once_whatever_it_takes(desk):
    """Money, book and dossier stand or fall with one commit."""
    before = desk.database.writes
    received(desk, PAID, WAIVED)
    assert desk.database.writes == before + 1
    desk.database.fault = fault = RuntimeError("power cut")
    with pytest.raises(RuntimeError, match="power cut") as caught:
        received(desk, PAID)
    assert caught.value is fault
    assert (len(payments(desk)), len(book(desk)), len(desk.state.dossiers)) == (2, 2, 1)


def test_a_closed_fees_book_is_said_before_a_number_is_used(desk):
    received(desk, PAID)
    with desk.database.write() as uow:
        uow.logbooks.close_volume(FEES_BOOK, 2026, 1, date(2026, 11, 20))
        uow.commit()
    numbers = list(desk.state.numbers)
    with pytest.raises(RuleBrokenError, match="BOOK_CLOSED"):
        received(desk, PAID)
    assert desk.state.numbers == numbers
    assert received(desk, OWED).code, "a dossier without money needs no fees book"


# --- exemptions and receipts ---------------------------------------------------------------------------------------------


def found(desk, *fees, **changes):
    check = desk.intake.check(command(fees=fees, **changes))
    return [(each.code, each.field) for each in check.problems], [(each.code, each.field) for each in check.warnings]


def test_an_exemption_needs_its_proof_where_somebody_looks_at_it(desk):
    bare = replace(WAIVED, exempt_proof="")
    missing = ("FEE_EXEMPT_NO_PROOF", "fees.0.exempt_proof")
    assert missing in found(desk, bare, must_accept=True)[0]
    problems, warnings = found(desk, bare)
    assert missing not in problems
    assert missing in warnings, "a program that files dossiers is told"
    problems, warnings = found(desk, WAIVED, must_accept=True)
    assert missing not in (*problems, *warnings)


def test_an_exemption_without_a_reason_is_told_once(desk):
    problems, _ = found(desk, replace(WAIVED, exempt_reason="", exempt_proof=""), must_accept=True)
    assert [code for code, _ in problems] == ["FEE_EXEMPT_NO_REASON"]


def test_a_receipt_of_another_dossier_is_warned_of(desk):
    first = received(desk, PAID, replace(PAID, name="Phí khác"))
    check = desk.intake.check(command(fees=(OWED, PAID)))
    (warning,) = [each for each in check.warnings if each.code == "RECEIPT_USED"]
    assert (warning.field, warning.params) == ("fees.1.receipt_number", {"receipt": "BL/26E 0000412", "code": first.code})
    assert warning in check.to_accept, "in the window it is passed with a reason only"


@pytest.mark.parametrize("line", [
    replace(PAID, receipt_series="BL/27E"), replace(PAID, receipt_number="0000413"), replace(PAID, receipt_number="")])
def test_another_receipt_is_none(desk, line):
    received(desk, PAID)
    assert "RECEIPT_USED" not in dict(found(desk, line)[1])


def collect(desk, code, line=None, **changes):
    line = line or line_of(desk, code)[0]
    return desk.life.fees.collect(CollectFee(code, line.fee_line_id, **changes), CLERK)


def reverse(desk, code, actor=CLERK, **changes):
    return desk.life.fees.reverse(ReverseFee(code, line_of(desk, code)[0].fee_line_id, "thu nhầm", **changes), actor)


def test_a_cancelled_receipt_is_no_receipt_any_more(desk):
    """Given back with the receipt in hand, the same paper may be written again; a cancelled one may not."""
    code = received(desk, PAID).code
    again = partial(collect, desk, code, receipt_series="BL/26E", receipt_number="0000412")
    reverse(desk, code)
    assert again().warnings == ()
    reverse(desk, code, receipt_cancelled=True)
    assert [each.code for each in again().warnings] == ["RECEIPT_USED"]


# --- later ---------------------------------------------------------------------------------------------------------------


def test_a_fee_collected_later(desk):
    code = received(desk, OWED).code
    desk.clock.forward(hours=2)
    done = collect(desk, code, method=TRANSFER, payer="Nguyễn Văn Mẫu", receipt_number="7")
    (payment,) = payments(desk)
    assert (payment.amount_vnd, payment.method, payment.payer, payment.receipt) == (15_000, TRANSFER, "Nguyễn Văn Mẫu", "7")
    assert (payment.at, payment.op_id) == (desk.clock.now(), desk.state.events[-1].op_id)
    assert done.changes.touch("payments")
    assert len(book(desk)) == 1


def test_money_given_back_is_a_line_of_its_own(desk):
    code = received(desk, PAID).code
    done = reverse(desk, code, HEAD, receipt_cancelled=True)
    paid, back = payments(desk)
    assert (back.amount_vnd, back.reverses, back.reason, back.receipt_cancelled) == (-15_000, paid.payment_id, "thu nhầm", True)
    assert (back.collector, back.payer, back.receipt) == (HEAD.user_id, paid.payer, paid.receipt), "it is the drawer of who gives it"
    assert back.unit_price_vnd == -15_000
    (_, first), (_, second) = book(desk)
    assert (first["amount_vnd"], second["amount_vnd"], second["exempt_reason"]) == (15_000, -15_000, "thu nhầm")
    assert done.changes.touch("payments")


def test_each_payment_of_a_line_is_given_back_once(desk):
    code = received(desk, PAID).code
    for _ in range(3):
        reverse(desk, code)
        collect(desk, code)
    paid = [each for each in payments(desk) if each.amount_vnd > 0]
    assert [each.reverses for each in payments(desk) if each.amount_vnd < 0] == [each.payment_id for each in paid[:-1]]


def test_money_from_before_payments_were_kept_can_be_given_back(desk):
    code = received(desk, PAID).code
    desk.state.payments.clear()
    reverse(desk, code)
    (back,) = payments(desk)
    assert (back.amount_vnd, back.reverses, back.payer) == (-15_000, None, "Trần Thị Ví Dụ")


@pytest.mark.parametrize(("amount", "quantity", "price"), [(15_000, 1, 15_000), (20_000, 4, 5_000), (24_001, 5, 0), (0, 1, 0), (-6, 3, -2)])
def test_a_price_is_told_where_there_is_one(amount, quantity, price):
    made = Payment("p", "d", "f", NOW, amount, CASH, "u", "n", "p", "c", quantity)
    assert made.unit_price_vnd == price


# --- whatever happens, in whatever order ---------------------------------------------------------------------------------


class Desk(RuleBasedStateMachine):
    """Fees are paid, owed, waived, collected, given back, undone and counted; four books must tell the same sums."""

    @initialize()
    def open(self):
        self.desk = fake_desk()
        self.codes = []
        self.receipts = 0

    def receipt(self):
        self.receipts += 1
        return {"receipt_series": "BL", "receipt_number": str(self.receipts)}

    @rule(amounts=st.lists(st.tuples(st.integers(1, 500_000), st.sampled_from((CASH, TRANSFER, UNPAID, EXEMPT))), min_size=1, max_size=3))
    def receive(self, amounts):
        lines = [
            replace(WAIVED, name=f"Phí {n}") if method is EXEMPT else
            replace(OWED, name=f"Phí {n}", amount_vnd=amount, method=method, **({} if method is UNPAID else self.receipt()))
            for n, (amount, method) in enumerate(amounts)]
        self.desk.clock.forward(minutes=7)
        self.codes.append(received(self.desk, *lines, applicant=applicant(id_number="")).code)

    def lines(self, wanted):
        return [(code, line.fee_line_id) for code in self.codes for line in line_of(self.desk, code) if wanted(line)]

    @precondition(lambda self: self.lines(lambda line: line.is_owed))
    @rule(data=st.data(), method=st.sampled_from((CASH, TRANSFER, FeeMethod.PORTAL)), actor=st.sampled_from((CLERK, HEAD)))
    def take(self, data, method, actor):
        code, line = data.draw(st.sampled_from(self.lines(lambda line: line.is_owed)))
        self.desk.clock.forward(minutes=3)
        self.desk.life.fees.collect(CollectFee(code, line, method, **self.receipt()), actor)

    @precondition(lambda self: self.codes)
    @rule(data=st.data(), amount=st.integers(1, 90_000))
    def take_for_something_new(self, data, amount):
        code = data.draw(st.sampled_from(self.codes))
        self.desk.life.fees.collect(CollectFee(code, line=FeeLine("", "Phí phát sinh", amount, UNPAID)), CLERK)

    @precondition(lambda self: self.lines(lambda line: line.is_paid))
    @rule(data=st.data(), cancelled=st.booleans(), actor=st.sampled_from((CLERK, HEAD)))
    def give_back(self, data, cancelled, actor):
        code, line = data.draw(st.sampled_from(self.lines(lambda line: line.is_paid)))
        self.desk.life.fees.reverse(ReverseFee(code, line, "thu nhầm", cancelled), actor)

    @precondition(lambda self: self.codes)
    @rule(data=st.data())
    def undo(self, data):
        code = data.draw(st.sampled_from(self.codes))
        offer = self.desk.life.undo.last(code, CLERK)
        if offer and offer.type == FEE_COLLECTED and offer.problem is None:
            self.desk.life.undo.undo(code, "bấm nhầm", CLERK)

    @rule(data=st.data())
    def refuse(self, data):
        """What is forbidden leaves no trace of money."""
        wrong = self.lines(lambda line: not line.is_paid)
        if wrong:
            code, line = data.draw(st.sampled_from(wrong))
            with pytest.raises(RuleBrokenError):
                self.desk.life.fees.reverse(ReverseFee(code, line, "thu nhầm"), CLERK)

    @invariant()
    def four_books_tell_the_same(self):
        desk = self.desk
        kept, lines = desk.state.payments, book(desk)
        assert [kept[ref].amount_vnd for ref, _ in lines] == [columns["amount_vnd"] for _, columns in lines]
        assert len(lines) == len(kept), "each payment has one line, each line one payment"
        for code in self.codes:
            dossier = desk.dossiers.show(code, CLERK).dossier
            mine = [each for each in kept.values() if each.dossier_id == dossier.dossier_id]
            for line in dossier.fees:
                money = sum(each.amount_vnd for each in mine if each.fee_line_id == line.fee_line_id)
                assert money == (line.amount_vnd if line.is_paid else 0)
            events = [each for each in desk.state.events if each.dossier_id == dossier.dossier_id]
            by_events = sum(
                each.facts["amount_vnd"] * {FEE_COLLECTED: 1, FEE_REVERSED: -1}[each.type]
                for each in events if each.type in (FEE_COLLECTED, FEE_REVERSED))
            by_book = sum(columns["amount_vnd"] for _, columns in lines if columns["code"] == code)
            assert by_events == by_book == sum(each.amount_vnd for each in mine)
            assert {each.op_id for each in mine if each.op_id} == {
                each.op_id for each in events if each.type in (FEE_COLLECTED, FEE_REVERSED)}
            assert sum(each.method is EXEMPT for each in mine) == sum(line.method is EXEMPT for line in dossier.fees)


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=examples(10), stateful_step_count=20, deadline=None)
