"""The text in the QR code of a citizen card, read as far as it can be (domain guide 15).

``id|old id|name|ddMMyyyy|sex|address|ddMMyyyy issued``: cards of 2021 on the front, of 2024 on the back with four empty fields more.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from counter_app.domain.card_checks import TWO_LEVELS_FROM, encoding_broken, id_warnings, is_id_number, typing_suspect
from counter_app.domain.dossier import Sex
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.text import read_day, tidy

_SEXES = {"nam": Sex.MALE, "nữ": Sex.FEMALE}
_FIELDS = 7


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says. Texts are NFC, the name in the card's own case; what it doesn't say, or says impossibly, is empty or None."""

    id_number: str
    full_name: str
    old_id_number: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    """Also where the card gives the year alone."""
    sex: Sex | None = None
    address: str = ""
    issue_date: date | None = None
    extra: tuple[str, ...] = ()
    """Everything after the seventh field, when any of it has content."""


@dataclass(frozen=True, slots=True)
class CardReading:
    """The card, or the code of the error that stopped the reading; warnings never block."""

    value: Card | None
    error: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether there is a card to take over."""
        return self.error is None


def read_card(text: str, today: date) -> CardReading:
    """Read a card's text, in the order of checks of domain guide 15. ``today`` bounds the dates: nobody is born or issued a card later.

    Errors: NOT_CARD_QR, TOO_FEW_FIELDS, BAD_ID_NUMBER, ENCODING_BROKEN, NAME_EMPTY.
    Warnings: SIX_FIELDS, TYPING_SUSPECT, OLD_ID_FORMAT, BIRTH_DATE_PARTIAL, BIRTH_DATE_INVALID, SEX_UNKNOWN, ADDRESS_EMPTY,
    ISSUE_DATE_INVALID, ISSUE_BEFORE_BIRTH, ADDRESS_PRE_2025, EXTRA_FIELDS, and what
    :func:`~counter_app.domain.card_checks.id_warnings` finds.
    """
    fields = _fields(text)
    if len(fields) < 2:
        return CardReading(None, "NOT_CARD_QR")
    if len(fields) < _FIELDS - 1:
        return CardReading(None, "TOO_FEW_FIELDS")
    warnings: list[str] = []
    issue_known = len(fields) >= _FIELDS
    if not issue_known:
        warnings.append("SIX_FIELDS")
        issue_known = not (fields[1] == "" or _is_digits(fields[1]))
        fields = [fields[0], "", *fields[1:]] if issue_known else [*fields, ""]
    error = _error(fields)
    value = None if error else _card(fields, issue_known, today, warnings)
    return CardReading(value, error, tuple(warnings))


def _fields(text: str) -> list[str]:
    """Split the text, empty fields kept, each tidy.

    Control characters, which readers put in, go first, so that they part no word; a byte that was no UTF-8 stays visible as lost.
    """
    plain = "".join("\ufffd" if unicodedata.category(c) == "Cs" else c for c in text if unicodedata.category(c) != "Cc")
    return [tidy(field) for field in plain.split("|")]


def _error(fields: list[str]) -> str | None:
    if not is_id_number(fields[0]):
        return "BAD_ID_NUMBER"
    if any(encoding_broken(field) for field in fields):
        return "ENCODING_BROKEN"
    return None if fields[2] else "NAME_EMPTY"


def _card(fields: list[str], issue_known: bool, today: date, warnings: list[str]) -> Card:
    """Return the card and add what is doubtful to ``warnings``, in the order of the fields."""
    id_number, old_id, name, birth, sex_word, address, issued = fields[:_FIELDS]
    birth_date, birth_year, birth_doubt = _birth(birth, today)
    sex = _SEXES.get(sex_word.lower())
    issue_date = _past_day(issued, today) if issue_known else None
    extra = tuple(fields[_FIELDS:]) if any(fields[_FIELDS:]) else ()
    found = {
        "TYPING_SUSPECT": typing_suspect(name),
        "OLD_ID_FORMAT": old_id != "" and not (len(old_id) == 9 and _is_digits(old_id)),
        birth_doubt: birth_doubt != "",
        "SEX_UNKNOWN": sex is None,
        "ADDRESS_EMPTY": address == "",
        "ISSUE_DATE_INVALID": issue_known and issue_date is None,
        "ISSUE_BEFORE_BIRTH": _issued_before_birth(issue_date, birth_date, birth_year),
        "ADDRESS_PRE_2025": issue_date is not None and issue_date < TWO_LEVELS_FROM and address != "",
        "EXTRA_FIELDS": bool(extra),
    }
    warnings.extend(code for code, holds in found.items() if holds)
    warnings.extend(id_warnings(id_number, sex, birth_year))
    return Card(id_number, name, old_id, birth_date, birth_year, sex, address, issue_date, extra)


def _birth(text: str, today: date) -> tuple[date | None, int | None, str]:
    """Return day, year and the code of a doubt; cards of people whose day isn't known carry ``yyyy`` or ``0000yyyy``."""
    year_alone = text.removeprefix("0000") if len(text) == 8 else text
    if len(year_alone) == 4 and (new_year := _past_day("0101" + year_alone, today)):
        return None, new_year.year, "BIRTH_DATE_PARTIAL"
    day = _past_day(text, today)
    return (day, day.year, "") if day else (None, None, "BIRTH_DATE_INVALID")


def _past_day(text: str, today: date) -> date | None:
    """Return the day of ``ddMMyyyy``, None where there is no such day or it lies ahead."""
    if not _is_digits(text):
        return None
    try:
        day = read_day(text)
    except RuleBrokenError:
        return None
    return day if day <= today else None


def _issued_before_birth(issued: date | None, birth_date: date | None, birth_year: int | None) -> bool:
    if issued is None or birth_year is None:
        return False
    return issued < (birth_date or date(birth_year, 1, 1))


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
