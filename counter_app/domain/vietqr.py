"""The VietQR by which a citizen pays from the phone while the desk is offline (EMV payload, domain guide 10)."""

from __future__ import annotations

import re
import unicodedata

from counter_app.domain.errors import broken

LONGEST_MESSAGE = 25
MOST_VND = 9_999_999_999_999
"""Thirteen digits, the longest amount of the EMV payload."""

_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_STROKED_D = str.maketrans("đĐ", "dD")


def payload(bank_bin: str, account: str, amount_vnd: int, message: str) -> str | None:
    """Return the text of a one-time transfer QR, or None where the commune has no account or nothing is due.

    ``message`` goes without accents and is cut at 25 characters; the clerk finds the transfer by it.

    Raises:
        RuleBrokenError: BANK_BIN_INVALID, BANK_ACCOUNT_INVALID or AMOUNT_INVALID at its field.
    """
    if not account or amount_vnd == 0:
        return None
    check_account(bank_bin, account)
    if not 0 < amount_vnd <= MOST_VND:
        raise broken("AMOUNT_INVALID", "amount_vnd")
    beneficiary = _field("00", bank_bin) + _field("01", account)
    transfer = _field("00", "A000000727") + _field("01", beneficiary) + _field("02", "QRIBFTTA")
    body = _field("00", "01") + _field("01", "12") + _field("38", transfer) + _field("53", "704") + _field("54", str(amount_vnd))
    body += _field("58", "VN")
    if text := plain_message(message):
        body += _field("62", _field("08", text))
    body += "6304"
    return body + checksum(body)


def check_account(bank_bin: str, account: str) -> None:
    """Refuse an account that no transfer can be made to.

    Raises:
        RuleBrokenError: BANK_BIN_INVALID, BANK_ACCOUNT_INVALID.
    """
    if not _BIN.fullmatch(bank_bin):
        raise broken("BANK_BIN_INVALID", "bank_bin")
    if not _ACCOUNT.fullmatch(account):
        raise broken("BANK_ACCOUNT_INVALID", "bank_account")


def plain_message(message: str) -> str:
    """Return a transfer message as banks carry it: ASCII without accents, single spaces, at most 25 characters."""
    decomposed = unicodedata.normalize("NFD", message.translate(_STROKED_D))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    ascii_only = "".join(c if c.isascii() and c.isprintable() else " " for c in bare)
    return " ".join(ascii_only.split())[:LONGEST_MESSAGE].rstrip()


def checksum(text: str) -> str:
    """Return CRC-16/CCITT-FALSE of an ASCII text as four capital hex digits."""
    crc = 0xFFFF
    for byte in text.encode("ascii"):
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"


def _field(tag: str, value: str) -> str:
    """Return tag, two-digit length and value."""
    return f"{tag}{len(value):02d}{value}"
