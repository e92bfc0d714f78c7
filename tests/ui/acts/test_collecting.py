"""Collecting a fee by transfer: the payment code is shown large, for what is to be paid, in the name of the dossier."""

from dataclasses import replace

import pytest

from counter_app.domain.dossier import FeeLine, FeeMethod
from counter_app.domain.vietqr import payload
from tests.ui.conftest import nameless
from ui.dialogs.payment import CodeView, PaymentDialog

OWED = FeeLine("", "Lệ phí", 15_000, FeeMethod.UNPAID)
BIN, ACCOUNT = "970415", "113366668888"


@pytest.fixture
def acts(acts):
    """A desk whose commune has an account."""
    counter = replace(acts.counter, desk=replace(acts.counter.desk, bank_bin=BIN, bank_account=ACCOUNT))
    acts.seat.context = replace(acts.seat.context, counter=counter)
    return acts


def by_transfer(dialog):
    dialog.field("method").setCurrentIndex(1)  # cash, transfer, portal
    return dialog


@pytest.fixture
def shown(monkeypatch):
    """What the codes hold that were drawn."""
    drawn = []
    begin = CodeView.__init__

    def note(self, theme, text, name, parent=None):
        drawn.append(text)
        begin(self, theme, text, name, parent)

    monkeypatch.setattr(CodeView, "__init__", note)
    return drawn


def test_the_code_is_offered_for_a_transfer_alone(acts):
    dialog = acts.open("collect_fee", acts.received(fees=(OWED,)))
    assert not dialog.qr.isVisible(), "cash needs none"
    assert by_transfer(dialog).qr.isVisible()
    assert nameless(dialog) == []
    dialog.field("method").setCurrentIndex(0)
    assert not dialog.qr.isVisible()


def test_a_commune_without_an_account_has_no_code(acts):
    acts.seat.context = replace(acts.seat.context, counter=acts.counter)
    assert not by_transfer(acts.open("collect_fee", acts.received(fees=(OWED,)))).qr.isVisible()


def test_the_code_asks_for_what_is_owed_and_the_fee_is_collected_after_it(acts, shown):
    code = acts.received(fees=(OWED,))
    dialog = by_transfer(acts.open("collect_fee", code))
    dialog.qr.click()
    assert shown == [payload(BIN, ACCOUNT, 15_000, f"LP {code}")]
    dialog.findChild(PaymentDialog).close()
    acts.do(dialog)
    assert acts.dossier(code).fees[0].method is FeeMethod.TRANSFER
    (waiting,) = acts.counter.cash.standing(acts.actor).unmatched
    assert (waiting.code, waiting.amount_vnd) == (code, 15_000)


def test_something_new_costs_what_is_typed(acts, shown):
    code = acts.received()
    dialog = by_transfer(acts.open("collect_fee", code))
    dialog.qr.click()
    assert (shown, dialog.banner.isVisible()) == ([], True), "nothing to pay is said, not drawn"
    dialog.field("amount_vnd").setText("nhiều")
    dialog.qr.click()
    assert dialog.form.row("amount_vnd").problem
    dialog.field("amount_vnd").setText("8000")
    dialog.qr.click()
    assert shown == [payload(BIN, ACCOUNT, 8_000, f"LP {code}")]
