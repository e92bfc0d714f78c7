"""What a personal identification number says about its owner, and what a card can't say (domain guide 15).

Number: three digits for the province or country of birth registration, one for century and sex, two for the year of birth, six by
chance. Nothing here blocks an intake: each check gives the code of a warning.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from counter_app.domain.dossier import Sex
from counter_app.support.resources import shipped_json

TWO_LEVELS_FROM = date(2025, 7, 1)
"""Districts ended on this day; an address printed before names units that are gone and is never mapped automatically."""

_FIRST_COUNTRY_PREFIX = 101
_BROKEN_ENCODING = ("\ufffd", "áº", "á»", "Ã¢", "Ä‘", "Æ°")
"""A lost character, or UTF-8 that was read as Windows-1252."""

_TYPED = re.compile(r"[\dfjwz]|aa|ee|oo|dd", re.IGNORECASE)
"""No Vietnamese name is spelled with these; an input method set to Telex or VNI leaves them behind."""


def is_id_number(text: str) -> bool:
    """Tell whether it is twelve digits, the personal identification number."""
    return len(text) == 12 and text.isascii() and text.isdigit()


def encoding_broken(text: str) -> bool:
    """Tell whether letters were lost between the card and here."""
    return any(sign in text for sign in _BROKEN_ENCODING)


def typing_suspect(full_name: str) -> bool:
    """Tell whether a name looks as if an input method had rewritten the keys of the reader."""
    return _TYPED.search(full_name) is not None


@cache
def known_prefixes() -> frozenset[str]:
    """Return the first three digits given by the 63 provinces before 2025-07-01, which numbers keep for life."""
    return frozenset(entry["prefix"] for entry in shipped_json("codes/id_number_prefixes.json")["prefixes"])


def id_warnings(id_number: str, sex: Sex | None, birth_year: int | None) -> tuple[str, ...]:
    """Compare a number of twelve digits with what else is known of the person.

    Returns ID_PREFIX_UNKNOWN, ID_SEX_MISMATCH, ID_YEAR_MISMATCH, as far as they hold. Prefixes from 101 on are countries.
    """
    century_and_sex = int(id_number[3])
    year = 1900 + century_and_sex // 2 * 100 + int(id_number[4:6])
    found = {
        "ID_PREFIX_UNKNOWN": int(id_number[:3]) < _FIRST_COUNTRY_PREFIX and id_number[:3] not in known_prefixes(),
        "ID_SEX_MISMATCH": sex is not None and (Sex.FEMALE if century_and_sex % 2 else Sex.MALE) != sex,
        "ID_YEAR_MISMATCH": birth_year is not None and year != birth_year,
    }
    return tuple(code for code, holds in found.items() if holds)
