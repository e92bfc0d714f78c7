"""Text: tidy, folded, read and written as the desk does."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import TTFontFile

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.masking import initials, mask_id
from counter_app.domain.text import APOSTROPHES, fold, matches, money, read_day, read_money, tidy, unprintable, words, write_day
from counter_app.support.paths import resource_path

VIETNAMESE = st.text("aăâđeêioôơuưyAĂÂĐÊÔƠƯ\u0300\u0301\u0303\u0306\u0309\u0323 '’ʼ-./,1290|", max_size=40)
ANY_TEXT = st.one_of(VIETNAMESE, st.text(st.characters(exclude_categories=()), max_size=40))


def plain_fold(text: str) -> str:
    """Fold in the slow and obvious way, step by step as the domain guide lists them."""
    lowered = "".join(c.lower() for c in text).replace("đ", "d").replace("ð", "d")
    bare = [c for c in unicodedata.normalize("NFD", lowered) if unicodedata.category(c)[0] != "M" and c not in APOSTROPHES]
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


@pytest.mark.parametrize(("text", "folded"), [
    ("Hòa", "hoa"),
    ("Hoà", "hoa"),
    ("Đặng Thị Ánh Tuyết", "dang thi anh tuyet"),
    ("ÐẶNG", "dang"),
    ("H’Mẫu Niê", "hmau nie"),
    ("H'Mẫu Niê", "hmau nie"),
    ("HʼMẫu", "hmau"),
    ("Y Thử Byă", "y thu bya"),
    ("Nguyễn-Trãi, (Thôn 3)", "nguyen trai thon 3"),
    ("H36.50.05-261121-0007", "h36 50 05 261121 0007"),
    ("  \t ", ""),
    ("…—•", ""),
    ("😀", ""),
    ("ƠI ƯỚC", "oi uoc"),
])
def test_folding(text, folded):
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(ANY_TEXT)
def test_folding_equals_the_slow_way(text):
    assert fold(text) == plain_fold(text)


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_both_unicode_spellings_fold_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_every_character_of_unicode_folds_to_a_fixed_point():
    once = [fold(chr(code_point)) for code_point in range(0x110000)]
    assert [text for text in once if fold(text) != text] == []


@given(st.lists(st.text("abcđéơ1", min_size=1, max_size=4), max_size=5), st.lists(st.text("abcđéơ1", min_size=1, max_size=3), max_size=3))
def test_matching_is_by_word_prefix_in_any_order(stored, asked):
    stored_words = [plain_fold(word) for word in stored]
    expected = bool(asked) and all(any(word.startswith(plain_fold(query)) for word in stored_words) for query in asked)
    assert matches(words(" ".join(asked)), fold(" ".join(stored))) == expected
    assert matches(words(" ".join(reversed(asked))), fold(" ".join(stored))) == expected


def test_an_empty_query_matches_nothing():
    assert not matches(words(" - "), fold("Trần Thị Ví Dụ"))


@pytest.mark.parametrize(("text", "kept"), [
    ("  Trần   Thị\tVí\nDụ ", "Trần Thị Ví Dụ"),
    ("Tr\u1ea7n", "Trần"),
    ("Tra\u0302\u0300n", "Trần"),
    ("An\u202e\u200f", "An"),
    ("A\u200bn\ufeff", "An"),
    ("Bi\x07nh\x00", "Binh"),
    ("\ud800An", "An"),
    ("H\u2011Mẫu", "H-Mẫu"),
    ("A\u00a0B\u3000C", "A B C"),
    ("\u3164", ""),
    ("plain ascii", "plain ascii"),
    ("two  spaces ", "two spaces"),
])
def test_tidying(text, kept):
    assert tidy(text) == kept


@given(ANY_TEXT)
def test_a_tidy_text_is_nfc_single_spaced_visible_and_stays_as_it_is(text):
    kept = tidy(text)
    assert tidy(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert "  " not in kept
    assert kept == kept.strip()
    assert {unicodedata.category(c) for c in kept}.isdisjoint({"Cc", "Cf", "Cs"})
    kept.encode()


@given(VIETNAMESE)
def test_tidying_never_changes_what_a_search_finds(text):
    assert fold(tidy(text)) == fold(text)


@pytest.mark.parametrize(("text", "left_over"), [
    ("Trần Thị Ví Dụ", ""),
    ("H’Mẫu Byă̆ ƀ Č", ""),
    ("“1.000 ₫” – №1…", ""),
    ("Nguyễn 😀😀 An", "😀"),
    ("♥☺", "♥☺"),
    ("王", "王"),
    ("a\x07", "\x07"),
    ("\u202e", "\u202e"),
])
def test_what_the_forms_cannot_print(text, left_over):
    assert unprintable(text) == left_over


@pytest.mark.parametrize("face", sorted(resource_path("fonts/liberation-serif").glob("*.ttf")), ids=lambda path: path.stem)
def test_what_passes_has_a_glyph_in_every_face_of_the_forms(face):
    glyphs = TTFontFile(str(face)).charToGlyph
    assert [hex(c) for c in range(0x110000) if c not in glyphs and not unprintable(chr(c))] == []


@pytest.mark.parametrize("text", ["05/03/1990", "5/3/1990", "05031990", "1990-03-05", " 05/03/1990 ", "5.3.1990", "05-03-1990"])
def test_the_ways_to_write_a_day(text):
    assert read_day(text) == date(1990, 3, 5)


@pytest.mark.parametrize("text", [
    "31/02/2026", "29/02/2023", "32/01/2026", "00/01/2026", "01/13/2026", "30021990", "2026-02-30", "", "hôm nay", "1/1/26", "01/01/0001",
    "1990", "5/3/1990x", "٠٥/٠٣/١٩٩٠", "2026-2-3", "5031990", "99999999999999999999", "05/03/19900",
])
def test_an_impossible_day_is_refused_at_its_field(text):
    with pytest.raises(RuleBrokenError) as caught:
        read_day(text, "applicant.birth_date")
    assert [(p.code, p.field) for p in caught.value.problems] == [("DATE_IMPOSSIBLE", "applicant.birth_date")]


@given(st.dates(min_value=date(1800, 1, 1)))
def test_a_written_day_reads_back(day):
    assert read_day(write_day(day)) == read_day(day.isoformat()) == read_day(f"{day:%d%m}{day.year:04d}") == day


@given(ANY_TEXT)
def test_reading_a_day_fails_only_as_a_broken_rule(text):
    with suppress(RuleBrokenError):
        assert read_day(text).year >= 1800


@pytest.mark.parametrize(("amount", "shown"), [(0, "0 đ"), (999, "999 đ"), (8000, "8.000 đ"), (1234567, "1.234.567 đ"), (-2000, "-2.000 đ")])
def test_money(amount, shown):
    assert money(amount) == shown


@pytest.mark.parametrize(("number", "masked"), [
    ("001099000456", "••••••••0456"), ("123456789", "•••••6789"), ("1234", "••••"), ("12", "••"), ("", ""),
])
def test_masking(number, masked):
    assert mask_id(number) == masked


@given(st.text("0123456789", min_size=5, max_size=20))
def test_a_mask_shows_four_digits_and_keeps_the_length(number):
    assert len(mask_id(number)) == len(number)
    assert mask_id(number).lstrip("•") == number[-4:]


@pytest.mark.parametrize(("name", "letters"), [("Nguyễn Văn An", "VA"), ("Đặng Ánh", "ĐÁ"), ("An", "A"), ("", ""), ("h’mẫu niê", "HN")])
def test_initials(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(("text", "amount"), [
    ("15.000 đ", 15000), ("15000", 15000), ("15 000", 15000), ("15\u00a0000", 15000), ("0", 0), ("-5", -5), ("−71.000 đ", -71000),
    ("9" * 12, 10**12 - 1), ("9" * 13, None), ("", None), ("-", None), ("mười", None), ("1e5", None), ("1,5", None), ("²", None), ("٣", None)])
def test_amounts_are_read_as_they_are_written_here(text, amount):
    assert read_money(text) == amount


@given(st.integers(-(10**12) + 1, 10**12 - 1))
def test_every_amount_that_is_written_is_read(amount):
    assert read_money(money(amount)) == amount
