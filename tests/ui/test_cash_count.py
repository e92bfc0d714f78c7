"""The count at the end of a day in the window: what should be there, what is there, to whom it goes; and transfers that came."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.dossier import FeeLine, FeeMethod
from counter_app.services.intake.terms import ReceiveDossier
from tests.builders import applicant
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import COPIES
from ui.dialogs import cash_count
from ui.dialogs.cash_count import CashCountDialog

CASH, TRANSFER = FeeMethod.CASH, FeeMethod.TRANSFER


def pay(seat, amount, method=CASH):
    fee = FeeLine("", "Phí chứng thực", amount, method)
    return seat.desk.counter.intake.receive(
        ReceiveDossier(COPIES, applicant(id_number="067190000123"), fees=(fee,)), seat.desk.actor)


class _Papers:
    """Opens nothing; notes which sheet it was asked for."""

    opened: list[str]

    def __init__(self, *_):
        self.opened = _Papers.opened = []

    def open(self, print_id):
        self.opened.append(print_id)


@pytest.fixture
def open_dialog(seat, host, monkeypatch):
    monkeypatch.setattr(cash_count, "Papers", _Papers)

    def make():
        dialog = CashCountDialog(seat.context, host)
        dialog.open()
        wait_for(lambda: dialog._standing is not None)
        return dialog

    return make


@pytest.fixture
def dialog(seat, open_dialog):
    pay(seat, 15_000)
    pay(seat, 8_000)
    pay(seat, 50_000, TRANSFER)
    return open_dialog()


def cash(seat):
    return seat.desk.counter.cash.standing(seat.desk.actor)


def said(dialog, name):
    return dialog.form.row(name).label.text()


def test_what_should_be_there_stands_at_each_field(dialog):
    settle(0)
    assert said(dialog, "counted.cash") == "Cash, by the book 23.000 đ"
    assert said(dialog, "counted.transfer") == "Transfers, by the book 0 đ"
    assert dialog.fields[CASH].text() == "", "cash is counted, not copied"
    assert dialog.fields[TRANSFER].text() == "0 đ"
    assert "Cash 23.000 đ · Transfers 50.000 đ · Portal 0 đ · exempt: 0" in dialog.today.text()
    assert dialog.difference.text() == "To be handed in: 23.000 đ"
    assert dialog.focusWidget() is dialog.fields[CASH]
    assert nameless(dialog) == []


@pytest.mark.parametrize(("typed", "words"), [
    ("23000", "23.000 đ, as the book says"), ("20.000", "3.000 đ is missing"), ("23.500", "500 đ too much"),
    ("x", "To be handed in: 23.000 đ")])
def test_the_difference_is_told_while_one_types(dialog, typed, words):
    QTest.keyClicks(dialog.fields[CASH], typed)
    assert dialog.difference.text() == words


def test_a_count_by_keyboard(dialog, seat):
    QTest.keyClicks(dialog.fields[CASH], "23000")
    dialog.handed_to.setFocus()
    dialog.handed_to.insert("Thủ quỹ")
    QTest.keyClick(dialog.handed_to, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.note
    QTest.keyClick(dialog.note, Qt.Key.Key_Return)
    wait_for(lambda: cash(seat).counts)
    (count,) = cash(seat).counts
    assert (count.handed_to, count.counted[CASH], count.agrees) == ("Thủ quỹ", 23_000, True)
    wait_for(lambda: _Papers.opened)
    wait_for(lambda: dialog.chosen is None)
    assert not dialog.hand_in.isEnabled()
    assert dialog.difference.text() == "No money waits to be handed in."
    assert "23.000 đ of" in dialog.last.text()
    assert "to Thủ quỹ" in dialog.last.text()
    assert dialog.isVisible(), "the next drawer may follow"


def test_f9_hands_in_from_any_field(dialog, seat):
    QTest.keyClicks(dialog.fields[CASH], "23000")
    dialog.handed_to.setText("Lê Thị Thủ Quỹ")
    QTest.keyClick(dialog.handed_to, Qt.Key.Key_F9)
    wait_for(lambda: cash(seat).counts)
    wait_for(lambda: dialog.chosen is None)


def test_no_hole_stays_where_no_transfer_waits(seat, open_dialog):
    pay(seat, 15_000)
    dialog = open_dialog()
    settle()
    assert not dialog.bank.isVisible()
    assert dialog.form.height() <= dialog.form.sizeHint().height() + 8


def test_what_is_missing_is_said_at_its_field(dialog, seat):
    dialog.hand_in.click()
    assert "Count the money" in dialog.form.row("counted.cash").problem
    QTest.keyClicks(dialog.fields[CASH], "20000")
    dialog.hand_in.click()
    wait_for(lambda: dialog.form.row("handed_to").problem)
    assert not dialog.form.row("counted.cash").problem
    dialog.handed_to.setText("Thủ quỹ")
    dialog.hand_in.click()
    wait_for(lambda: dialog.form.row("note").problem)
    assert "-3.000" in dialog.form.row("note").problem
    assert cash(seat).counts == ()
    dialog.note.setText("thối nhầm")
    dialog.hand_in.click()
    wait_for(lambda: cash(seat).counts)
    assert cash(seat).counts[0].difference_vnd == -3_000


def test_money_that_came_meanwhile_is_told_and_shown(dialog, seat):
    QTest.keyClicks(dialog.fields[CASH], "23000")
    dialog.handed_to.setText("Thủ quỹ")
    pay(seat, 1_000)
    dialog.hand_in.click()
    wait_for(dialog.banner.isVisible)
    wait_for(lambda: said(dialog, "counted.cash").endswith("24.000 đ"))
    assert cash(seat).counts == ()
    assert dialog.handed_to.text() == "Thủ quỹ"


def test_a_transfer_is_found_at_the_bank(dialog, seat):
    assert "50.000 đ" in dialog.transfer.currentText()
    QTest.keyClick(dialog.reference, Qt.Key.Key_Return)
    wait_for(lambda: dialog.bank.row("reference").problem)
    QTest.keyClicks(dialog.reference, "FT26325")
    QTest.keyClick(dialog.reference, Qt.Key.Key_Return)
    wait_for(lambda: not dialog.bank.isVisible())
    assert cash(seat).unmatched == ()
    wait_for(lambda: said(dialog, "counted.transfer").endswith("50.000 đ"))
    assert dialog.reference.text() == ""


def test_a_visit_under_one_receipt_is_one_transfer_with_the_amount_that_the_bank_shows(seat, open_dialog):
    fees = tuple(
        FeeLine("", "Phí chứng thực", amount, TRANSFER, receipt_series="BL", receipt_number="7") for amount in (8_000, 12_000, 10_000))
    seat.desk.counter.intake.receive(ReceiveDossier(COPIES, applicant(id_number="067190000123"), fees=fees), seat.desk.actor)
    pay(seat, 50_000, TRANSFER)
    dialog = open_dialog()
    assert dialog.transfer.count() == 2
    assert " +2 · " in dialog.transfer.itemText(0)
    assert "30.000 đ" in dialog.transfer.itemText(0)
    dialog.transfer.setCurrentIndex(0)
    dialog.reference.setText("FT26326")
    dialog._match()
    wait_for(lambda: dialog.transfer.count() == 1)
    assert [each.amount_vnd for each in cash(seat).unmatched] == [50_000]
    wait_for(lambda: said(dialog, "counted.transfer").endswith("30.000 đ"))


def test_a_day_without_money_asks_for_nothing(open_dialog):
    empty = open_dialog()
    wait_for(lambda: empty.difference.text() == "No money waits to be handed in.")
    assert not empty.form.isEnabled()
    assert not empty.hand_in.isEnabled()
    assert not empty.bank.isVisible()
    assert not empty.last.isVisible()
