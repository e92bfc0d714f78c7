"""The line of a number under a testimony: one page for each copy, on the sheet or on a label."""

import pypdfium2
import pytest

from counter_app.printing import make_form_printer

CONTENT = {
    "form": "stamp", "version": "stamp/1", "title": "DÒNG SỐ CHỨNG THỰC", "papers": ["a4", "label"], "code": {"text": ""}, "marks": [],
    "stamps": [
        {"lines": ["Số 3418, quyển số 04/2026-SCT/BS", "Ngày 20 tháng 11 năm 2026"],
         "signer": ["PHÓ CHỦ TỊCH", "Hoàng Thị Giả Định"], "count": 3},
        {"lines": ["Số 512, quyển số 01/2026-SCT/CK, ĐC", "Ngày 20 tháng 11 năm 2026"], "signer": [], "count": 1}]}


@pytest.fixture(scope="module")
def printer():
    return make_form_printer()


def pages(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [(tuple(round(side / 72 * 25.4) for side in page.get_size()), page.get_textpage().get_text_bounded()) for page in document]


def test_each_copy_has_its_page(printer):
    found = pages(printer.form(CONTENT, "a4"))
    assert [size for size, _ in found] == [(210, 297)] * 4
    assert ["3418" in text for _, text in found] == [True, True, True, False]
    assert "Hoàng Thị Giả Định" in found[0][1]
    assert "Số 512, quyển số 01/2026-SCT/CK, ĐC" in found[3][1].replace("\r\n", " ")


def test_a_label_has_number_and_date(printer):
    found = pages(printer.form(CONTENT, "label"))
    assert [size for size, _ in found] == [(50, 25)] * 4
    assert "Ngày 20 tháng 11 năm 2026" in found[0][1]


def test_a_practice_desk_says_so(printer):
    found = pages(printer.form(CONTENT | {"marks": ["BẢN TẬP"]}, "a4"))
    assert all("BẢN TẬP" in text for _, text in found)


def test_the_same_content_gives_the_same_bytes(printer):
    assert printer.form(CONTENT, "a4") == printer.form(CONTENT, "a4")
