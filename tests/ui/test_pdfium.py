"""Pages drawn by pdfium, for the screen and for paper."""

from io import BytesIO

import pytest
from PySide6.QtGui import QColor
from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.errors import SurroundingsError
from ui import pdfium
from ui.pdfium import page_image, pages


@pytest.fixture(scope="module")
def pdf():
    """Two pages, the first with a black square in its middle."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(420, 595))
    canvas.rect(110, 200, 200, 200, fill=1)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def given_back(monkeypatch):
    """Count how often memory went back, and whether pdfium was free by then."""
    calls = []
    monkeypatch.setattr(pdfium, "give_back", lambda: calls.append(pdfium.PDFIUM.locked()))
    return calls


def test_a_page_is_drawn_at_the_width_that_is_asked_for(pdf):
    image = page_image(pdf, 0, 210)
    assert (image.width(), abs(image.height() - round(210 * 595 / 420)) <= 1) == (210, True)
    assert QColor(image.pixel(105, 148)).lightness() < 20
    assert QColor(image.pixel(5, 5)).lightness() > 250
    assert QColor(page_image(pdf, 1, 210).pixel(105, 148)).lightness() > 250


def test_pages_for_paper_are_black_and_white_at_the_printer_s_dots(pdf):
    (size, image), second = pages(pdf, 144)
    assert (size.width(), size.height()) == (420, 595)
    assert (image.width(), image.height()) == (840, 1190)
    assert {QColor(image.pixel(x, 595)).lightness() for x in range(0, 840, 7)} == {0, 255}
    assert {QColor(second[1].pixel(x, 595)).lightness() for x in range(0, 840, 7)} == {255}


def test_what_drawing_took_goes_back_when_the_document_is_closed(pdf, given_back):
    page_image(pdf, 0, 50)
    assert given_back == [False]
    assert len(list(pages(pdf, 20))) == 2
    assert given_back == [False, False]


def test_a_printer_that_stops_after_a_page_leaves_nothing_open(pdf, given_back):
    drawn = pages(pdf, 20)
    next(drawn)
    drawn.close()
    assert given_back == [False]
    assert not pdfium.PDFIUM.locked()


def test_what_is_no_pdf_has_a_sentence(given_back):
    with pytest.raises(SurroundingsError) as error:
        list(pages(b"no pdf", 72))
    assert error.value.code == "DOCUMENT_UNREADABLE"
    assert not pdfium.PDFIUM.locked()
