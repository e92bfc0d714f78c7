"""A slip on a receipt printer: drawn in its dots, sent to its port, and what comes off the roll scans."""

import pytest
import zxingcpp

from counter_app.domain.codes import slip_qr
from counter_app.domain.errors import SurroundingsError
from tests.printing.escpos import Roll, pictures
from tests.printing.form_samples import made
from tests.printing.samples import CODE, PRINTER, content
from ui.printing import print_pdf


def rolled(pdf, copies=1):
    with Roll() as roll:
        print_pdf(pdf, roll.address, copies)
        return pictures(roll.done())


def scanned(picture):
    framed = picture.resize((picture.width * 2, picture.height * 2))
    return {code.text for code in zxingcpp.read_barcodes(framed)}


def test_both_copies_of_a_slip_come_off_the_roll_and_scan():
    cut = rolled(PRINTER.receipt(content(), "80mm"))
    assert len(cut) == 2
    for picture in cut:
        assert picture.width == 576
        assert {CODE, slip_qr(CODE)} <= scanned(picture)


def test_the_request_for_papers_comes_off_the_roll():
    first, _ = rolled(PRINTER.form(made("02"), "80mm"))
    assert CODE in scanned(first)


def test_white_stays_white():
    picture = rolled(PRINTER.receipt(content(), "80mm"))[0]
    black = picture.histogram()[0] / (picture.width * picture.height)
    assert 0.02 < black < 0.25


def test_copies_are_cut_one_by_one():
    assert len(rolled(PRINTER.receipt(content(), "80mm"), copies=2)) == 4


def test_a_narrow_label_stands_in_the_middle_of_the_line():
    picture, = rolled(PRINTER.form(made("label"), "label"))
    box = picture.point(lambda value: 255 - value).getbbox()
    assert box[0] > 80
    assert box[2] < 576 - 80
    assert slip_qr(CODE) in scanned(picture)


def test_a_paper_wider_than_the_roll_is_refused_before_anything_is_sent():
    with pytest.raises(SurroundingsError) as caught:
        print_pdf(PRINTER.receipt(content(), "a5"), "escpos://127.0.0.1:9")
    assert caught.value.code == "THERMAL_PAPER"


def test_what_is_no_document_is_refused():
    with pytest.raises(SurroundingsError) as caught:
        print_pdf(b"no pdf", "escpos://127.0.0.1:9")
    assert caught.value.code == "DOCUMENT_UNREADABLE"
