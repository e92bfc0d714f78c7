"""Numbers in Vietnamese words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.number_words import LARGEST, in_words

_UNITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}


@pytest.mark.parametrize(("number", "words"), [
    (0, "không"), (1, "một"), (5, "năm"), (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm"), (20, "hai mươi"),
    (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm"), (31, "ba mươi mốt"), (100, "một trăm"), (101, "một trăm linh một"),
    (105, "một trăm linh năm"), (110, "một trăm mười"), (115, "một trăm mười lăm"), (555, "năm trăm năm mươi lăm"), (1000, "một nghìn"),
    (1001, "một nghìn không trăm linh một"), (1015, "một nghìn không trăm mười lăm"), (1872, "một nghìn tám trăm bảy mươi hai"),
    (10_000, "mười nghìn"), (50_004, "năm mươi nghìn không trăm linh bốn"), (1_000_000, "một triệu"),
    (1_000_005, "một triệu không trăm linh năm"), (2_345_678, "hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám"),
    (1_000_000_000, "một tỷ"), (12_000_000_001, "mười hai tỷ không trăm linh một"), (10**12, "một nghìn tỷ"),
])
def test_words_of_a_number(number, words):
    assert in_words(number) == words


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_numbers_that_have_no_words(number):
    with pytest.raises(ValueError, match="only 0 to"):
        in_words(number)


def _read(words):
    """Read the words back by the rules of the language, independently of how they were made."""
    total, group, pending = 0, 0, None
    for word in words.split():
        if word in _UNITS:
            group += 0 if pending is None else pending
            pending = _UNITS[word]
        elif word == "trăm":
            group, pending = group + (pending or 0) * 100, None
        elif word == "mươi":
            group, pending = group + (pending or 0) * 10, None
        elif word == "mười":
            group += (pending or 0) + 10
            pending = None
        elif word in ("nghìn", "triệu"):
            total += (group + (pending or 0)) * (1000 if word == "nghìn" else 10**6)
            group, pending = 0, None
    return total + group + (pending or 0)


@given(st.integers(0, 10**9 - 1))
def test_words_say_the_number(number):
    assert _read(in_words(number)) == number


@given(st.integers(0, LARGEST), st.integers(0, LARGEST))
def test_different_numbers_have_different_words(one, other):
    assert (in_words(one) == in_words(other)) == (one == other)
