"""Testimonies: one page for each copy, on the copy, on a page that follows the paper, or the number alone on a label."""

import pypdfium2
import pytest

from counter_app.printing import make_form_printer

CONTENT = {
    "form": "stamp", "version": "stamp/1", "title": "LỜI CHỨNG", "papers": ["a4", "label"], "code": {"text": ""}, "marks": [],
    "stamps": [
        {"text": ["CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH"], "signatures": [],
         "lines": ["Số 3418, quyển số 04/2026-SCT/BS", "Ngày 20 tháng 11 năm 2026"],
         "signer": ["PHÓ CHỦ TỊCH", "Hoàng Thị Giả Định"], "count": 3},
        {"text": ["LỜI CHỨNG CHỨNG THỰC CHỮ KÝ", "Ông/bà " + "Nguyễn Văn Mẫu, giấy tờ tùy thân số 067085000456; " * 4],
         "signatures": [
             {"role": "NGƯỜI TIẾP NHẬN HỒ SƠ", "title": "", "hint": "(Ký, ghi rõ họ, tên)", "name": "Lý Thị Mẫu Đơn"},
             {"role": "NGƯỜI THỰC HIỆN CHỨNG THỰC", "title": "PHÓ CHỦ TỊCH", "hint": "(Ký, ghi rõ họ, tên và đóng dấu)", "name": ""}],
         "lines": ["Số 512, quyển số 01/2026-SCT/CK, ĐC", "Ngày 20 tháng 11 năm 2026"], "signer": [], "count": 1}]}


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


def test_a_copy_says_that_it_is_true(printer):
    found = pages(printer.form(CONTENT, "a4"))
    assert "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH" in found[0][1].replace("\r\n", " ")


def test_a_testimony_of_its_own_has_its_text_once_and_two_who_sign(printer):
    text = pages(printer.form(CONTENT, "a4"))[3][1].replace("\r\n", " ")
    assert text.index("LỜI CHỨNG") < text.index("Ông/bà") < text.index("Số 512") < text.index("NGƯỜI TIẾP NHẬN HỒ SƠ")
    assert text.count("067085000456") == 4, "nothing is cut off"
    assert "Ngày 20" not in text, "the day stands in the text itself"
    assert "PHÓ CHỦ TỊCH" in text
    assert "Lý Thị Mẫu Đơn" in text


def test_headings_stand_in_the_middle_and_text_at_the_margin(printer):
    with pypdfium2.PdfDocument(printer.form(CONTENT, "a4")) as document:
        lines = document[3].get_textpage()
        boxes = [lines.get_rect(at) for at in range(lines.count_rects())]
    left = [round(box[0] / 72 * 25.4) for box in boxes]
    assert left[0] > 50
    assert left[1] == 30
    assert max(box[2] for box in boxes) / 72 * 25.4 <= 191


def test_a_label_has_number_and_date(printer):
    found = pages(printer.form(CONTENT, "label"))
    assert [size for size, _ in found] == [(50, 25)] * 4
    assert "Ngày 20 tháng 11 năm 2026" in found[0][1]


def test_a_practice_desk_says_so(printer):
    found = pages(printer.form(CONTENT | {"marks": ["BẢN TẬP"]}, "a4"))
    assert all("BẢN TẬP" in text for _, text in found)


def test_the_same_content_gives_the_same_bytes(printer):
    assert printer.form(CONTENT, "a4") == printer.form(CONTENT, "a4")
