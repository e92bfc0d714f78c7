"""What came out of a reader or was typed into the scan field: a citizen card, a dossier code, or words to search for (domain guide 15).

A reader that types like a keyboard has a Vietnamese input method between itself and the desk. A card can't survive that and says so; a
slip's code can, because its check character proves a repair.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from counter_app.domain.card import CardReading, read_card
from counter_app.domain.codes import parse_code, read_slip_qr
from counter_app.domain.text import tidy, words

_FEWEST_BARS = 4
"""From five fields on, parted by bars, nobody typed it."""

_TELEX = {"\u0306": "W", "\u0302": "", "\u031b": "W", "\u0301": "S", "\u0300": "F", "\u0309": "R", "\u0303": "X", "\u0323": "J"}
_VNI = {"\u0306": "8", "\u0302": "6", "\u031b": "7", "\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
"""The key that each mark was made from; the circumflex of Telex is the letter typed twice."""


class ScanKind(StrEnum):
    """What a scan may mean."""

    CARD = "card"
    CODE = "code"
    QUERY = "query"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ScanMeaning:
    """One scan, understood. ``card`` is set for a card, readable or not (``card.error`` names the sentence); ``code`` for a dossier code.

    ``query`` is the tidy text to search for. ``misread`` tells that it is a slip's code whose check character doesn't fit: scan again.
    """

    kind: ScanKind
    card: CardReading | None = None
    code: str = ""
    query: str = ""
    misread: bool = False


def meaning(text: str, today: date) -> ScanMeaning:
    """Tell what a scanned or typed text is. Never raises."""
    if _looks_like_card(text):
        return ScanMeaning(ScanKind.CARD, card=read_card(text, today))
    query = tidy(text)
    if code := _code(query):
        return ScanMeaning(ScanKind.CODE, code=code)
    if not words(query):
        return ScanMeaning(ScanKind.NOTHING)
    body, star, _ = query.rpartition("*")
    return ScanMeaning(ScanKind.QUERY, query=query, misread=bool(star) and any(map(parse_code, (body, *_as_typed(body)))))


def _looks_like_card(text: str) -> bool:
    """Many bars, or the twelve digits that begin a card and a bar."""
    first, bar, _ = text.partition("|")
    figures = tidy(first)
    return text.count("|") >= _FEWEST_BARS or (bar != "" and len(figures) == 12 and figures.isascii() and figures.isdigit())


def _code(text: str) -> str:
    """Return the dossier code in a bar code, a QR or a repaired QR of a slip; nothing where two repairs are proven, as one is wrong."""
    if found := parse_code(text):
        return found.text
    proven = {code for spelling in (text, *_as_typed(text)) if (code := read_slip_qr(spelling))}
    return proven.pop() if len(proven) == 1 else ""


def _as_typed(text: str) -> Iterator[str]:
    """Yield the keys that an input method in Telex or VNI would have made this text from; nothing for plain ASCII."""
    if text.isascii():
        return
    for stroke, lone_horn, keys in (("DD", "W", _TELEX), ("D9", "U7", _VNI)):
        spelled = "".join(_keys(letter, stroke, lone_horn, keys) for letter in unicodedata.normalize("NFC", text.upper()))
        if spelled.isascii():
            yield spelled


def _keys(letter: str, stroke: str, lone_horn: str, keys: dict[str, str]) -> str:
    """Return the keys behind one capital letter, the tone typed last. ``lone_horn`` is what makes Ư: no code has a U before its W."""
    if letter == "Đ":
        return stroke
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if not keys.keys() >= set(marks):
        return letter
    if base == "U" and "\u031b" in marks:
        base = lone_horn
        marks.remove("\u031b")
    return base + "".join(keys[mark] or base for mark in sorted(marks, key=list(keys).index))
