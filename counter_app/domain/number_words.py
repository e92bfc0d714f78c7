"""Whole numbers in Vietnamese words, as closing pages and receipts write them beside the figures."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu", "tỷ")
LARGEST = 10**18 - 1


def in_words(number: int) -> str:
    """Return a number in words, lower case: 1.872 is ``một nghìn tám trăm bảy mươi hai``.

    Raises:
        ValueError: it is negative or above :data:`LARGEST`.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"only 0 to {LARGEST} can be written in words")
    return _below(number, full=False) or _DIGITS[0]


def _below(number: int, *, full: bool) -> str:
    """Return the words, empty for 0; ``full`` says hundreds and tens that are 0 too, as behind a higher group."""
    if number < 1000:
        return _group(number, full=full) if number else ""
    scale = 3 if number >= 10**9 else 2 if number >= 10**6 else 1
    upper, lower = divmod(number, 1000**scale)
    words = [_below(upper, full=full), _SCALES[scale], _below(lower, full=True)]
    return " ".join(word for word in words if word)


def _group(number: int, *, full: bool) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    tens, units = divmod(rest, 10)
    if tens == 0 and units and words:
        words.append("linh")
    elif tens == 1:
        words.append("mười")
    elif tens:
        words.append(f"{_DIGITS[tens]} mươi")
    if units:
        words.append(_unit(tens, units))
    return " ".join(words)


def _unit(tens: int, units: int) -> str:
    """One, four and five change their word behind a ten."""
    if units == 1 and tens > 1:
        return "mốt"
    if units == 4 and tens > 1:
        return "tư"
    if units == 5 and tens:
        return "lăm"
    return _DIGITS[units]
