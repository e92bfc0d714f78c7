"""Breaking lines: everything is kept, nothing is wider than its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.printing.typefaces import Face, Typefaces
from counter_app.printing.typeset import Span, wrap, wrap_plain

TYPEFACES = Typefaces()


def texts(lines):
    return ["".join(span.text for span in line.spans) for line in lines]


def test_short_text_is_one_line_of_its_width():
    (line,) = wrap(TYPEFACES, [Span("Đắk Mil")], 100, 10)
    assert texts([line]) == ["Đắk Mil"]
    assert line.width == pytest.approx(TYPEFACES.width("Đắk Mil", Face.REGULAR, 10))


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\n"])
def test_nothing_is_no_line(text):
    assert wrap(TYPEFACES, [Span(text)], 100, 10) == []
    assert wrap_plain(TYPEFACES, text, 100, 10) == []


@pytest.mark.parametrize("empty", ["", "\u200b"])
def test_words_that_are_empty_change_nothing_and_read_no_face_from_the_disk(empty, monkeypatch):
    read = []
    monkeypatch.setattr(Typefaces, "width", lambda self, text, face, size: read.append(face) or len(text))
    spans = [Span(empty, Face.BOLD_ITALIC), Span("một hai "), Span(empty, Face.BOLD), Span("ba bốn")]
    for width in (100, 8):
        bare = wrap(TYPEFACES, [span for span in spans if span.text != empty], width, 10)
        assert wrap(TYPEFACES, spans, width, 10) == bare
        assert texts(bare)
    assert wrap(TYPEFACES, spans[:1], 100, 10) == []
    assert set(read) == {Face.REGULAR}


def test_lines_break_at_spaces():
    assert texts(wrap(TYPEFACES, [Span("một hai ba bốn năm")], 20, 10)) == ["một hai ba", "bốn năm"]


def test_faces_mix_on_a_line():
    (line,) = wrap(TYPEFACES, [Span("Tên: "), Span("Ví Dụ", Face.BOLD), Span(" (trực tiếp)")], 100, 10)
    assert [(span.text, span.face) for span in line.spans] == [
        ("Tên: ", Face.REGULAR), ("Ví Dụ", Face.BOLD), (" (trực tiếp)", Face.REGULAR)]


def test_neighbours_of_one_face_are_drawn_together():
    lines = wrap(TYPEFACES, [Span("một hai "), Span("ba"), Span(" bốn năm", Face.BOLD)], 20, 10)
    assert [[span.text for span in line.spans] for line in lines] == [["một hai ba"], ["bốn năm"]]


def test_a_sign_sticks_to_the_word_before_it_in_another_face():
    lines = wrap(TYPEFACES, [Span("abc", Face.BOLD), Span(", def")], 100, 10)
    assert texts(lines) == ["abc, def"]
    narrow = wrap(TYPEFACES, [Span("abc", Face.BOLD), Span(", def")], TYPEFACES.width("abc,", Face.BOLD, 10) + 0.5, 10)
    assert texts(narrow) == ["abc,", "def"]


def test_a_no_break_space_holds_words_together_while_they_fit():
    held = "CÔNG XÃ\u00a0ĐẮK\u00a0MIL"
    width = TYPEFACES.width("CÔNG XÃ ĐẮK", Face.REGULAR, 10) + 0.1
    assert texts(wrap(TYPEFACES, [Span(held)], width, 10)) == ["CÔNG", "XÃ ĐẮK MIL"]
    assert texts(wrap(TYPEFACES, [Span("XÃ\u00a0ĐẮK")], 8, 10)) == ["XÃ ", "ĐẮK"]


def test_a_long_word_breaks_after_a_sign_or_anywhere():
    assert texts(wrap(TYPEFACES, [Span("H36.50.05-261120-0038")], 22, 10)) == ["H36.50.05-", "261120-0038"]
    broken = texts(wrap(TYPEFACES, [Span("ư" * 50)], 20, 10))
    assert "".join(broken) == "ư" * 50
    assert len(broken) > 3


def test_a_column_narrower_than_a_letter_ends():
    assert texts(wrap(TYPEFACES, [Span("WW")], 0.5, 10)) == ["W", "W"]


def test_line_breaks_are_kept_in_plain_text():
    assert [text for text, _ in wrap_plain(TYPEFACES, "20/11\n2026", 50, 10)] == ["20/11", "2026"]


spans = st.lists(st.builds(Span, st.text(max_size=80), st.sampled_from(list(Face))), max_size=4)


@given(spans, st.floats(8, 120))
def test_no_line_is_too_wide_and_no_letter_is_lost(parts, width):
    lines = wrap(TYPEFACES, parts, width, 10)
    shown = "".join(TYPEFACES.printable(span.text) for span in parts).replace("\u00a0", " ")
    assert "".join("".join(texts(lines)).split()) == "".join(shown.split())
    for line in lines:
        measured = sum(TYPEFACES.width(span.text, span.face, 10) for span in line.spans)
        assert measured <= width + 0.01
        assert line.width == pytest.approx(measured, abs=0.2)


@given(st.text(max_size=120), st.floats(8, 120), st.sampled_from(list(Face)))
def test_plain_text_breaks_as_mixed_text_does(text, width, face):
    flat = " ".join(TYPEFACES.printable(text).split())
    plain = [shown.strip() for shown, _ in wrap_plain(TYPEFACES, flat, width, 10, face)]
    assert plain == [shown.strip() for shown in texts(wrap(TYPEFACES, [Span(flat, face)], width, 10))]
