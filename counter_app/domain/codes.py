"""Dossier codes: how they are read, written and guarded against a misread slip (domain guide 8, province contract 3.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase, digits

OFFICIAL, PROVISIONAL, MINISTRY = "official", "provisional", "ministry"
LONGEST_CODE = 64
MOST_SERIAL = 9999
"""Own codes have exactly four digits; readers accept three to eight."""

_AGENCY = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+){1,4}")
_OFFICIAL = re.compile(r"(?P<agency>[A-Z0-9]+(\.[A-Z0-9]+){1,4})-(?P<day>[0-9]{6})-(?P<serial>[0-9]{3,8})")
_PROVISIONAL = re.compile(r"TAM-(?P<agency>[0-9A-HJKMNP-TV-Z]{8}(\.[0-9A-F]{4})?)-(?P<day>[0-9]{6})-(?P<serial>[0-9]{3,8})")
_MINISTRY = re.compile(r"(?!TAM-)(?P<agency>[A-Z0-9]+(\.[A-Z0-9]+){0,4})-(?P<day>[0-9]{6}|[0-9]{8})-(?P<serial>[0-9]{3,8})")
_ALPHABET = digits + ascii_uppercase


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A code that was read. ``text`` is its one spelling, ``day`` None when its digits are no date.

    ``kind`` is official or provisional (the province contract knows these two), or ministry: with an eight-digit date or an agency of
    one part, as ministry systems print them. ``agency`` of a provisional code is the short device, without the tail of its epoch.
    """

    text: str
    kind: str
    agency: str
    day: date | None
    serial: int


def parse_code(text: str) -> DossierCode | None:
    """Read a code that was typed or scanned, in either case and with blanks around it; None when it is no code."""
    plain = text.strip()
    if not plain.isascii() or len(plain) > LONGEST_CODE:
        return None
    plain = plain.upper()
    for kind, pattern in ((PROVISIONAL, _PROVISIONAL), (OFFICIAL, _OFFICIAL), (MINISTRY, _MINISTRY)):
        if found := pattern.fullmatch(plain):
            agency, _, tail = found["agency"].partition(".") if kind == PROVISIONAL else (found["agency"], "", "")
            spelling = plain.replace(f".{tail}-", f".{tail.lower()}-") if tail else plain
            return DossierCode(spelling, kind, agency, _day(found["day"]), int(found["serial"]))
    return None


def official_code(agency: str, day: date, serial: int) -> str:
    """Return ``<agency>-<YYMMDD>-<NNNN>``.

    Raises:
        ValueError: the agency is no agency code, or the serial has more than four digits.
    """
    if not _AGENCY.fullmatch(agency):
        raise ValueError("an agency code looks like H15.50.05")
    return f"{agency}-{_tail(day, serial)}"


def provisional_code(short_device: str, day: date, serial: int, epoch_tail: str = "") -> str:
    """Return ``TAM-<device>[.<epoch tail>]-<YYMMDD>-<NNNN>``.

    ``epoch_tail`` is the first four hex digits of an epoch that was begun by a restore (province contract 3.4).

    Raises:
        ValueError: the serial has more than four digits.
    """
    return f"TAM-{short_device}{'.' if epoch_tail else ''}{epoch_tail}-{_tail(day, serial)}"


def check_character(code: str) -> str:
    """Return the ISO 7064 MOD 37,36 check character over the letters and digits of a code; other marks and case don't count."""
    rest = 36
    for mark in code.upper():
        if mark in _ALPHABET:
            rest = ((rest + _ALPHABET.index(mark)) % 36 or 36) * 2 % 37
    return _ALPHABET[(1 - rest) % 36]


def slip_qr(code: str) -> str:
    """Return what the QR of a slip holds: ``<code>*<check character>`` and nothing personal."""
    return f"{code}*{check_character(code)}"


def read_slip_qr(text: str) -> str | None:
    """Return the code in a slip's QR, or None when the text is none or its check character says that it was misread."""
    body, mark, check = text.strip().rpartition("*")
    code = parse_code(body) if mark else None
    return code.text if code and check.upper() == check_character(code.text) else None


def _tail(day: date, serial: int) -> str:
    if not 0 <= serial <= MOST_SERIAL:
        raise ValueError("own codes have serials of four digits")
    return f"{day:%y%m%d}-{serial:04d}"


def _day(figures: str) -> date | None:
    full = figures if len(figures) == 8 else f"20{figures}"
    try:
        return date(int(full[:4]), int(full[4:6]), int(full[6:]))
    except ValueError:
        return None
