"""Liberation Serif: what it draws, how wide it is, what is embedded."""

import unicodedata
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from counter_app.domain.text import unprintable
from counter_app.printing.typefaces import COMMON, MISSING, Face, Typefaces
from counter_app.support.paths import resource_path

TYPEFACES = Typefaces()
VOWELS = "aăâeêioôơuưy"


def path(face):
    return resource_path(f"fonts/liberation-serif/LiberationSerif-{face}.ttf")


def test_every_vietnamese_letter_is_common_and_drawn_by_every_face():
    letters = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS + VOWELS.upper() for tone in "\u0300\u0301\u0303\u0309\u0323"}
    letters |= set("đĐ" + VOWELS + VOWELS.upper())
    assert len(letters) == 2 * (12 * 6 + 1)
    assert letters <= COMMON
    assert all(TYPEFACES[face].has(letter) for face in Face for letter in COMMON)


def test_the_faces_lie_there_with_their_licence():
    assert all(path(face).is_file() for face in Face)
    assert "SIL OPEN FONT LICENSE Version 1.1" in (path(Face.BOLD).parent / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("face", list(Face))
@pytest.mark.parametrize("text", ["Trung tâm Phục vụ hành chính công", "GIẤY TIẾP NHẬN HỒ SƠ", "0900 000 012", "ĐƯỢC ưỡn"])
def test_widths_are_those_of_the_font(face, text):
    points = ImageFont.truetype(str(path(face)), 2048, layout_engine=ImageFont.Layout.BASIC).getlength(text, features=None) / 2048
    assert TYPEFACES[face].width(text) / 1000 == pytest.approx(points, rel=0.02)
    assert TYPEFACES.width(text, face, 10) == pytest.approx(points * 10 * 25.4 / 72, rel=0.02)


@pytest.mark.parametrize(("text", "shown"), [
    ("Trần Thị Ví Dụ", "Trần Thị Ví Dụ"), (unicodedata.normalize("NFD", "Đặng Ngọc Ước"), "Đặng Ngọc Ước"), ("a\u200bb\ufeffc\u202ed", "abcd"),
    ("tab\tand\u00a0space", "tab and\u00a0space"), ("line\nbreak", "line\nbreak"), ("😀", MISSING), ("👨\u200d👩", MISSING * 2),
    ("❤\ufe0f", MISSING), ("漢字", MISSING * 2), ("\x00\x1b", ""), ("", ""), ("ascii", "ascii")])
def test_text_is_made_printable(text, shown):
    assert TYPEFACES.printable(text) == shown


@given(st.text(max_size=60))
def test_printable_text_can_be_measured_and_stays_printable(text):
    shown = TYPEFACES.printable(text)
    assert TYPEFACES.printable(shown) == shown
    for face in Face:
        assert TYPEFACES[face].width(shown.replace("\n", " ")) >= 0


def test_what_the_desk_calls_printable_is_drawn():
    sample = "".join(chr(code) for code in [*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x1EA0, 0x1EFA)])
    fine = "".join(letter for letter in sample if not unprintable(letter))
    assert MISSING not in TYPEFACES.printable(fine)


def test_a_subset_draws_each_character_with_the_glyph_of_the_font(tmp_path):
    subset = TYPEFACES[Face.REGULAR].subset("ĐắkMil□")
    program = zlib.decompress(subset.program)
    assert len(program) == subset.length < path(Face.REGULAR).stat().st_size / 20
    assert sorted(subset.glyphs) == sorted(ord(letter) for letter in "ĐắkMil□")
    assert len(set(subset.glyphs.values())) == len(subset.glyphs)
    assert 0 not in subset.glyphs.values()


def test_a_subset_is_the_same_in_whatever_order_its_characters_come():
    face = TYPEFACES[Face.BOLD]
    assert face.subset("abcđ") == face.subset("đcba")


def test_a_face_lets_its_font_go_and_still_draws_what_the_constant_subset_lacks():
    face = Typefaces()[Face.ITALIC]
    before = face.subset("αβ")
    assert face.common.glyphs.keys() == {ord(letter) for letter in COMMON}
    assert face._font is None
    assert face.has("α")
    assert not face.has("\U0001f600")
    assert face.subset("αβ") == before


def test_the_memory_of_widths_is_bounded(monkeypatch):
    monkeypatch.setattr("counter_app.printing.typefaces._REMEMBERED", 10)
    face = Typefaces()[Face.REGULAR]
    widths = [face.width(f"từ {number}") for number in range(50)]
    assert [face.width(f"từ {number}") for number in range(50)] == widths
    assert len(face._words) <= 12
