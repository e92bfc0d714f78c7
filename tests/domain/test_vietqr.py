"""The transfer QR: the published check value, and every field read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.vietqr import MOST_VND, checksum, payload, plain_message

CHECKED = "00020101021238540010A00000072701240006970436011000000000010208QRIBFTTA53037045405620005802VN62180814HS 261121 00076304DDAB"


def fields(text: str) -> dict[str, str]:
    """Read tag, length, value back, in the plainest way."""
    found = {}
    while text:
        tag, length = text[:2], int(text[2:4])
        found[tag], text = text[4:4 + length], text[4 + length:]
    return found


def test_the_check_value_of_the_domain_guide():
    assert payload("970436", "0000000001", 62000, "HS 261121 0007") == CHECKED


def test_the_check_value_of_the_checksum():
    assert checksum("123456789") == "29B1"


def test_no_account_or_nothing_due_means_no_code():
    assert payload("970436", "", 62000, "HS") is None
    assert payload("", "", 62000, "HS") is None
    assert payload("970436", "0000000001", 0, "HS") is None


@given(st.text("0123456789", min_size=6, max_size=6), st.text("0123456789ABC", min_size=1, max_size=19), st.integers(1, MOST_VND), st.text(max_size=60))
def test_every_field_reads_back(bank_bin, account, amount, message):
    text = payload(bank_bin, account, amount, message)
    found = fields(text)
    assert list(found)[:6] == ["00", "01", "38", "53", "54", "58"]
    transfer = fields(found["38"])
    assert fields(transfer["01"]) == {"00": bank_bin, "01": account}
    assert int(found["54"]) == amount
    assert fields(found.get("62", "")).get("08", "") == plain_message(message)
    assert found["63"] == checksum(text[:-4])
    assert text.isascii()


@given(st.text(max_size=60))
def test_a_message_is_short_plain_ascii(message):
    plain = plain_message(message)
    assert len(plain) <= 25
    assert plain.isascii()
    assert plain.isprintable()
    assert plain == plain_message(plain)


@pytest.mark.parametrize(("message", "plain"), [
    ("Đặng Thị Ánh", "Dang Thi Anh"), ("H36.50.05-261121-0007", "H36.50.05-261121-0007"), ("a" * 24 + " bcd", "a" * 24), ("hồ\nsơ 😀 1", "ho so 1"),
])
def test_messages(message, plain):
    assert plain_message(message) == plain


@pytest.mark.parametrize(("bank_bin", "account", "amount", "code", "field"), [
    ("97043", "1", 1, "BANK_BIN_INVALID", "bank_bin"),
    ("97043A", "1", 1, "BANK_BIN_INVALID", "bank_bin"),
    ("", "1", 1, "BANK_BIN_INVALID", "bank_bin"),
    ("970436", "1" * 20, 1, "BANK_ACCOUNT_INVALID", "bank_account"),
    ("970436", "12 34", 1, "BANK_ACCOUNT_INVALID", "bank_account"),
    ("970436", "１２", 1, "BANK_ACCOUNT_INVALID", "bank_account"),
    ("970436", "1", -1, "AMOUNT_INVALID", "amount_vnd"),
    ("970436", "1", MOST_VND + 1, "AMOUNT_INVALID", "amount_vnd"),
])
def test_what_no_bank_takes_is_refused(bank_bin, account, amount, code, field):
    with pytest.raises(RuleBrokenError) as caught:
        payload(bank_bin, account, amount, "HS")
    assert [(p.code, p.field) for p in caught.value.problems] == [(code, field)]
