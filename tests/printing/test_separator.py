"""The separator sheet: read from any scan of it, and never taken for a dossier."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from counter_app.domain.scan_codes import SEPARATOR, CodeVerdict, judge
from counter_app.printing import make_form_printer
from counter_app.scanning.codes import read_codes
from counter_app.services.documents.forms import form_in_force
from counter_app.services.scanning.archive_content import SEPARATOR_SHEET, separator_sheet
from tests.builders import NOW
from tests.printing.reading import Pdf, problems

WORDS = form_in_force(SEPARATOR_SHEET, NOW.date())


@pytest.fixture(scope="module")
def sheet():
    return make_form_printer().form(separator_sheet(WORDS), "a4")


def scanned(sheet, dpi, skew=0.0, *, half="", noise=0.0):
    """The sheet as a scanner sees it: askew, grey, a little out of focus, one half cut off or dirty."""
    with Pdf(sheet) as pdf:
        picture = pdf.picture(0, dpi).convert("L")
    picture = picture.rotate(skew, expand=True, fillcolor=235, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(0.6))
    grey = np.asarray(picture, np.float32).copy()
    rows = grey.shape[0]
    if half == "top":
        grey[:rows // 3] = 90
    if half == "bottom":
        grey[-rows // 3:] = 90
    grey += np.random.default_rng(7).normal(0, noise, grey.shape)
    return np.clip(grey, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("skew", [0, -5, 4.2, 180, 90 + 3])
def test_it_is_read_at_every_resolution_and_however_it_lies(sheet, dpi, skew):
    found = read_codes(scanned(sheet, dpi, skew, noise=6), dpi)
    assert found
    assert {judge(code, lambda _: True).verdict for code in found} == {CodeVerdict.SEPARATOR}


@pytest.mark.parametrize("half", ["top", "bottom"])
def test_one_of_its_codes_is_enough(sheet, half):
    found = read_codes(scanned(sheet, 150, 2, half=half), 150)
    assert [code.text for code in found] == [SEPARATOR]


def test_both_codes_are_there_and_nothing_else(sheet):
    assert [code.text for code in read_codes(scanned(sheet, 200), 200)] == [SEPARATOR] * 2


def test_it_tells_a_person_what_it_is_for(sheet):
    with Pdf(sheet) as pdf:
        assert problems(pdf) == []
        assert len(pdf) == 1
        text = " ".join(pdf.text().split())
    assert "TỜ PHÂN CÁCH HỒ SƠ" in text
    for line in WORDS.words["lines"]:
        assert line in text


def test_the_same_sheet_has_the_same_bytes(sheet):
    assert make_form_printer().form(separator_sheet(WORDS), "a4") == sheet
