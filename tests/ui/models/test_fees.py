"""Fees in words: never an amount without how it was paid, never an exemption without its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dossier import FeeLine, FeeMethod
from counter_app.domain.text import money
from ui.models.fees import fee_text, fees_text


def line(amount, method, reason=""):
    return FeeLine("f", "Lệ phí", amount, method, exempt_reason=reason)


@pytest.mark.parametrize(("fee", "words"), [
    (line(15_000, FeeMethod.CASH), "15.000 đ, cash"), (line(8_000, FeeMethod.TRANSFER), "8.000 đ, transfer"),
    (line(5_000, FeeMethod.PORTAL), "5.000 đ, portal"), (line(15_000, FeeMethod.UNPAID), "15.000 đ, not paid yet"),
    (line(0, FeeMethod.EXEMPT, "hộ nghèo"), "Exempt: hộ nghèo"), (line(0, FeeMethod.EXEMPT), "Exempt")])
def test_every_way_of_paying_has_its_words(fee, words, translation):
    assert fee_text(fee) == words


def test_several_fees_stand_in_one_line_and_none_is_said(translation):
    assert fees_text([line(15_000, FeeMethod.CASH), line(0, FeeMethod.EXEMPT, "trẻ em")]) == "15.000 đ, cash; Exempt: trẻ em"
    assert fees_text([]) == "No fee"


@given(st.lists(st.builds(line, st.integers(0, 10**9), st.sampled_from(FeeMethod), st.sampled_from(["", "hộ nghèo", "người có công"]))))
def test_no_amount_and_no_reason_is_lost(fees):
    told = fees_text(fees)
    for fee in fees:
        assert (fee.exempt_reason if fee.method is FeeMethod.EXEMPT else money(fee.amount_vnd)) in told


def test_in_vietnamese_too(translation):
    translation.choose("vi")
    assert fee_text(line(0, FeeMethod.EXEMPT, "hộ nghèo")) == "Miễn: hộ nghèo"
    assert fee_text(line(15_000, FeeMethod.CASH)) == "15.000 đ, tiền mặt"
