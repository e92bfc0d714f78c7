"""What a filed scan is found by: folded words, each once, and how far a file was read."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.scan_words import LEAST_LETTERS, LONGEST_WORD, MOST_TRIES, MOST_WORDS, FileReading, asks_scans, words_of_page
from counter_app.domain.text import fold, matches, words

vietnamese = st.text(st.sampled_from("aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ ĐÂĂÊÔƠƯ.,'’-\n0123456789"))


def test_a_page_keeps_its_different_words_without_marks_and_order():
    page = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập – Tự do – Hạnh phúc\n\nHọ tên: NGUYỄN THỊ H’MẪU, xã Đắk Mil, Việt Nam"
    assert " ".join(words_of_page(page)) == (
        "chu cong dak do doc hanh hmau ho hoa hoi lap mil nam nghia nguyen phuc ten thi tu viet xa")


@given(vietnamese | st.text())
def test_words_are_those_that_searches_compare(text):
    found = words_of_page(text)
    assert list(found) == sorted(set(found)), "each once, in order: the sentence can't be put together again"
    assert set(found) == {word for word in fold(text).split() if len(word) <= LONGEST_WORD}
    assert words_of_page(unicodedata.normalize("NFD", text)) == words_of_page(unicodedata.normalize("NFC", text)) == found
    assert words_of_page(text.upper() if text.isascii() else text) == found
    assert words_of_page(" ".join(found)) == found


@given(vietnamese, st.data())
def test_the_beginnings_of_any_words_of_a_page_find_it(text, data):
    held = words_of_page(text)
    if not held:
        return
    asked = data.draw(st.lists(st.sampled_from(held), min_size=1, max_size=4))
    query = " ".join(word[:data.draw(st.integers(1, len(word)))] for word in asked)
    assert matches(words(query), " ".join(held))
    assert not matches((*words(query), "zzz"), " ".join(held))


def test_a_pattern_that_is_read_as_text_fills_nothing():
    assert words_of_page("x" * (LONGEST_WORD + 1)) == ()
    assert words_of_page("x" * LONGEST_WORD) == ("x" * LONGEST_WORD,)
    assert len(words_of_page(" ".join(f"w{n}" for n in range(MOST_WORDS + 50)))) == MOST_WORDS


@pytest.mark.parametrize(("query", "asks"), [("", False), ("le", False), ("lê an vũ", False), ("mẫu", True), ("le an h36", True), ("12", False)])
def test_scans_are_asked_once_a_word_is_long_enough(query, asks):
    assert asks_scans(words(query)) is asks
    assert all(asks_scans(("x" * n,)) is (n >= LEAST_LETTERS) for n in range(1, 9))


@given(st.lists(st.booleans(), max_size=20), st.integers(1, 6))
def test_reading_goes_page_by_page_and_is_given_up_after_three_failures_at_one(tries, pages):
    reading, in_a_row, read = FileReading("s-1"), 0, 0
    for went_well in tries:
        if reading.finished or reading.given_up:
            break
        reading = reading.after_page(pages) if went_well else reading.after_failure()
        in_a_row, read = (0, read + 1) if went_well else (in_a_row + 1, read)
        assert (reading.pages, reading.tries, reading.finished) == (read, in_a_row, read == pages)
        assert reading.given_up is (in_a_row == MOST_TRIES)
