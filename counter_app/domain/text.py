"""Text as the desk keeps, compares and shows it: tidy NFC, the search folding, days and money as Vietnam writes them.

The folding is used on both sides of every search (domain guide 15), for a million stored dossiers too: each character is worked out
once and remembered, so that folding a text is one ``str.translate``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from datetime import date

from counter_app.domain.errors import Problem, broken

APOSTROPHES = frozenset("'’‘‛ʼʻʹˈ′`´＇")
"""The signs that Ê Đê and other names are typed with (``H’Mẫu``, ``H'Mẫu``); folding drops them."""

_STROKED_D = frozenset("đĐðÐ")
"""With the eth that old Windows-1258 texts carry in its place."""

_INVISIBLE = frozenset("\u034f\u115f\u1160\u180b\u180c\u180d\u3164\uffa0\u200b\u2060\ufeff")
_DAY_FORMS = (
    re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII),
)
_EARLIEST_YEAR = 1800
_SHOWN_STRANGE = 10

_PRINTABLE = (
    (0x20, 0x7E), (0xA0, 0x36F), (0x384, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x3CE), (0x400, 0x513), (0x1E00, 0x1E9B),
    (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9), (0x2000, 0x200A), (0x2010, 0x2010), (0x2012, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030),
    (0x2032, 0x2034), (0x2039, 0x203A), (0x2044, 0x2044), (0x2074, 0x2079), (0x207F, 0x2089), (0x20A0, 0x20B5), (0x2105, 0x2105),
    (0x2113, 0x2113), (0x2116, 0x2117), (0x2122, 0x2122), (0x2126, 0x2126), (0x2153, 0x2154), (0x215B, 0x215E), (0x2190, 0x2195),
    (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265),
)
"""What Liberation Serif 2.1.5 draws of the left-to-right scripts; its few pictures (☺ ♥) are left out with all emoji."""

_PRINTABLE_STARTS = tuple(first for first, _ in _PRINTABLE)


def _fold_character(character: str) -> str:
    """Fold one character: lower case, base letter, nothing for a mark or an apostrophe, a space for any other sign."""
    if character in _STROKED_D:
        return "d"
    decomposed = unicodedata.normalize("NFD", character.lower())
    bare = (c for c in decomposed if c not in APOSTROPHES and not unicodedata.category(c).startswith("M"))
    return "".join(c if c.isalnum() else " " for c in bare)


def _tidy_character(character: str) -> str:
    """Return a space for any white space, nothing for what can't be seen, else the character."""
    if character.isspace():
        return " "
    if character == "\u2011":
        return "-"  # Word's non-breaking hyphen, which few fonts have
    hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs") or character in _INVISIBLE
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return "" if hidden or selector else character


class _Fold(dict[int, str]):
    """Remembers what each code point folds to."""

    def __missing__(self, code_point: int) -> str:
        self[code_point] = folded = _fold_character(chr(code_point))
        return folded


class _Tidy(dict[int, str]):
    """Remembers what each code point becomes in a tidy text."""

    def __missing__(self, code_point: int) -> str:
        self[code_point] = kept = _tidy_character(chr(code_point))
        return kept


_FOLD, _TIDY = _Fold(), _Tidy()


def fold(text: str) -> str:
    """Return the text as searches compare it: words of bare lower-case letters and digits, one space between them.

    ``Hòa`` and ``Hoà`` become ``hoa``, ``Đặng H’Mẫu`` becomes ``dang hmau``, ``H36.50.05-261121-0007`` becomes ``h36 50 05 261121 0007``.
    """
    return " ".join(text.translate(_FOLD).split())


def unaccented(text: str) -> str:
    """Return the text in plain ASCII as a telephone shows it: ``Đã có kết quả`` becomes ``Da co ket qua``; other signs are left out."""
    plain = text.translate({ord(c): "d" if c.islower() else "D" for c in _STROKED_D} | {0x2013: "-", 0x2014: "-", 0x2026: "..."})
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()


def words(query: str) -> tuple[str, ...]:
    """Return the folded words of a query; an empty tuple matches nothing."""
    return tuple(fold(query).split())


def matches(query_words: tuple[str, ...], folded: str) -> bool:
    """Tell whether every query word begins some word of a folded text, in any order; no word matches nothing."""
    padded = " " + folded
    return bool(query_words) and all(" " + word in padded for word in query_words)


def tidy(text: str) -> str:
    """Return the text in NFC with single spaces, without control, direction, zero-width and broken (surrogate) characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text.translate(_TIDY)).split())


def unprintable(text: str) -> str:
    """Return the different characters, in their order, that the forms' typeface can't draw: emoji, other scripts, control characters."""
    return "".join(dict.fromkeys(c for c in text if ord(c) > _PRINTABLE[bisect_right(_PRINTABLE_STARTS, ord(c)) - 1][1] or c < " "))


def print_problems(text: str, field: str) -> list[Problem]:
    """Return TEXT_UNPRINTABLE at ``field`` where a text that is going to stand on forms has characters they can't draw."""
    strange = unprintable(text)
    return [Problem("TEXT_UNPRINTABLE", field, {"characters": strange[:_SHOWN_STRANGE]})] if strange else []


def read_day(text: str, field: str | None = None) -> date:
    """Read ``dd/MM/yyyy`` (also ``d/M/yyyy``, with dots or dashes), ``ddMMyyyy`` or ``yyyy-MM-dd``.

    Raises:
        RuleBrokenError: DATE_IMPOSSIBLE at ``field``: another form, no such day, or a year before 1800.
    """
    for form in _DAY_FORMS:
        if found := form.fullmatch(text.strip()):
            year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
            try:
                if year >= _EARLIEST_YEAR:
                    return date(year, month, day)
            except ValueError:
                break
    raise broken("DATE_IMPOSSIBLE", field)


def write_day(day: date) -> str:
    """Return ``dd/MM/yyyy``."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def money(amount_vnd: int) -> str:
    """Return ``1.234.567 đ``."""
    return f"{amount_vnd:,}".replace(",", ".") + " đ"


def read_money(text: str) -> int | None:
    """Read ``15.000 đ`` or ``15000``, with a minus before it where money is owed back; None where it is no amount of up to 12 digits."""
    digits = re.sub(r"[. \u00a0đ]", "", text).replace("−", "-")
    return int(digits) if re.fullmatch(r"-?[0-9]{1,12}", digits) else None
