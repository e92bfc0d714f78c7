"""The mark of a signature: the words and letters of the decree, long names in whole words, upright at the top right of any page."""

import re
import subprocess
from datetime import UTC

import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from counter_app.domain.moments import local
from counter_app.scanning.signing.mark import EDGE_RIGHT, EDGE_TOP, SIZE, WIDEST, stamp
from counter_app.scanning.signing.pdf import sign_pdf
from counter_app.scanning.signing.placing import Sight, top_right
from counter_app.services.scanning.signing_ports import Mark
from tests.scanning.signing import samples

A4 = 595.0
WORDS = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyằẳẵặấầẩẫậ"), min_size=1, max_size=12)


def widths(made):
    return [stringWidth(line, "LiberationSerif", made.size) for line in made.lines]


def signed(tmp_path, mark=samples.MARK, **turned):
    source = samples.turned(samples.paper(tmp_path), **turned)
    sign_pdf(source, mark, tmp_path / "signed.pdf", samples.signer())
    return tmp_path / "signed.pdf"


def seen(path):
    """The page as a viewer shows it, in points."""
    document = pypdfium2.PdfDocument(path)
    try:
        document.init_forms()
        page = document[0]
        return np.asarray(page.render(scale=1, may_draw_forms=True).to_pil().convert("L"))
    finally:
        document.close()


def test_the_words_of_the_decree_in_their_order():
    made = stamp(samples.MARK, A4)
    assert made.lines[0] == "Sao y"
    assert " ".join(made.lines[1:-1]) == samples.AGENCY
    assert made.lines[-1] == "2026-11-22T09:42:05+07:00"
    assert made.size == SIZE == 10


def test_the_time_is_vietnam_s_whatever_the_clock_of_the_pc_says():
    elsewhere = local(2026, 11, 22, 0, 30).astimezone(UTC)
    assert stamp(Mark("UBND xã", elsewhere), A4).lines[-1] == "2026-11-22T00:30:00+07:00"


def test_a_long_name_is_broken_between_words_into_lines_about_as_long():
    made = stamp(Mark(samples.LONG_AGENCY, samples.NOW), A4)
    assert " ".join(made.lines[1:-1]) == samples.LONG_AGENCY
    assert len(made.lines) == 5
    assert made.size == SIZE
    lengths = widths(made)[1:-1]
    assert max(lengths) <= WIDEST
    assert min(lengths) > 0.6 * max(lengths)


@given(st.lists(WORDS, min_size=1, max_size=25), st.floats(120, 900))
def test_every_name_fits_every_page(words, page_width):
    made = stamp(Mark(" ".join(words), samples.NOW), page_width)
    assert " ".join(made.lines[1:-1]).split() == words
    assert max(widths(made)) <= min(WIDEST, page_width - 2 * EDGE_RIGHT) + 0.01
    assert made.width + 2 * EDGE_RIGHT <= page_width + 1
    assert 0 < made.size <= SIZE


def test_letters_shrink_only_where_one_word_is_wider_than_the_room():
    assert stamp(Mark("W" * 60, samples.NOW), A4).size < SIZE
    assert stamp(Mark("W " * 60, samples.NOW), A4).size == SIZE


TURNS = [0, 90, 180, 270]


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize(("media", "crop"), [
    (None, None), ((0, 0, 842, 595), None), ((100, 200, 695, 1042), None), (None, (40, 60, 500, 700)), ((-50, -80, 545, 762), (-20, -20, 400, 600))])
def test_the_mark_is_upright_at_the_top_right_of_what_is_seen(tmp_path, turn, media, crop):
    """Read as a person does: the words that poppler reads upright in the corner, and ink nowhere else."""
    path = signed(tmp_path, rotate=turn, media=media, crop=crop)
    page = seen(path)
    _height, width = page.shape
    ys, xs = np.nonzero(page < 120)
    made = stamp(samples.MARK, width)
    assert xs.max() <= width - EDGE_RIGHT + 1
    assert xs.min() >= width - EDGE_RIGHT - made.width - 1
    assert ys.min() >= EDGE_TOP - 1
    assert ys.max() <= EDGE_TOP + made.height + 1
    rows, columns = (page < 120).any(axis=1), (page < 120).any(axis=0)
    gaps = int(np.diff(rows[ys.min():ys.max() + 1].astype(int)).clip(min=0).sum())
    assert gaps >= len(made.lines) - 1, "lines lie one below the other"
    assert columns[: round(width - EDGE_RIGHT - made.width - 1)].sum() == 0


@pytest.mark.parametrize("turn", TURNS)
def test_the_first_line_stands_above_the_last(tmp_path, turn):
    """The first line is the short one: upright, its right half is empty, and the last line's is not."""
    page = seen(signed(tmp_path, rotate=turn))
    made = stamp(samples.MARK, page.shape[1])
    left = round(page.shape[1] - EDGE_RIGHT - made.width)
    line = made.height / len(made.lines)
    first = page[round(EDGE_TOP):round(EDGE_TOP + line), left:]
    last = page[round(EDGE_TOP + made.height - line):round(EDGE_TOP + made.height), left:]
    assert np.nonzero((first < 120).any(axis=0))[0].max() < 30
    assert np.nonzero((last < 120).any(axis=0))[0].max() > 90


def test_letters_are_black_and_of_the_law_s_size(tmp_path):
    path = signed(tmp_path)
    with path.open("rb") as file:
        (signature,) = PdfFileReader(file).embedded_signatures
        field = signature.sig_field
        left, bottom, right, top = map(float, field["/Rect"])
        inner = field["/AP"]["/N"]
        bounds = [float(each) for each in inner["/BBox"]]
    made = stamp(samples.MARK, A4)
    assert (right - left, top - bottom) == (made.width, made.height) == (abs(bounds[2] - bounds[0]), abs(bounds[3] - bounds[1]))
    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    pixels = np.asarray(document[0].render(scale=4, may_draw_forms=True).to_pil().convert("RGB")).astype(int)
    document.close()
    ink = pixels[pixels.max(axis=2) < 60]
    assert len(ink) > 500
    assert np.ptp(ink.mean(axis=0)) < 6, "black: the edges that are smoothed for a screen lean to no colour"


@pytest.mark.parametrize("rotate", TURNS)
def test_a_place_is_as_large_as_the_mark_and_inside_the_page(rotate):
    sight = Sight((10, 20, 400, 620), rotate // 90)
    box = top_right(sight, 120, 40)
    sides = {box[2] - box[0], box[3] - box[1]}
    assert sides == {120, 40}
    assert box[0] >= 10
    assert box[1] >= 20
    assert box[2] <= 400
    assert box[3] <= 620


def test_the_font_is_in_the_file(tmp_path):
    said = subprocess.run(["pdffonts", str(signed(tmp_path))], capture_output=True, text=True, check=True).stdout
    fonts = [line.split() for line in said.splitlines()[2:]]
    assert fonts
    assert all(re.match(r"[A-Z]{6}\+LiberationSerif", each[0]) for each in fonts)
    assert all("yes" in each for each in fonts)
