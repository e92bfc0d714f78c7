"""The bound book: cover, pages of eight lines that never move, closing page."""

from dataclasses import replace
from datetime import date
from unicodedata import category

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from counter_app.printing.book_printer import FileBookPrinter
from counter_app.printing.typefaces import Face
from counter_app.services.ports import BookPrinter
from counter_app.services.registers.book_files import LINES_PER_PAGE
from tests.examples import examples
from tests.printing.reading import Pdf, problems
from tests.printing.samples import PRESS, book, line


@pytest.fixture
def printed(tmp_path):
    def write(document):
        out = tmp_path / "book.pdf"
        printer: BookPrinter = FileBookPrinter(PRESS)
        printer.pdf(document, out)
        return Pdf(out.read_bytes())

    return write


def lines(count, start=1, **changes):
    return [line(number, **changes) for number in range(start, start + count)]


def test_a_book_has_cover_pages_and_closing_page(printed):
    with printed(book(lines(20))) as pdf:
        assert len(pdf) == 1 + 3 + 1
        assert {pdf.size(page) for page in range(len(pdf))} == {(297, 210)}
        for page in range(len(pdf)):
            assert problems(pdf, page) == []


def test_the_cover_says_whose_book_it_is(printed):
    with printed(book(lines(1))) as pdf:
        cover = pdf.text(0)
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "UBND XÃ ĐẮK MIL",
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ ĐẮK MIL", "SỔ THEO DÕI HỒ SƠ, LĨNH VỰC HỘ TỊCH", "Quyển số 01/2026", "Năm 2026",
        "Mở sổ ngày 02/01/2026", "Khóa sổ ngày 31/12/2026", "Mẫu số 07 – TT 03/2025/TT-VPCP",
    ):
        assert words in cover


def test_an_open_book_leaves_its_closing_day_to_the_pen_and_has_no_closing_page(printed):
    with printed(book(lines(3), closed_on=None, agency="Trung tâm mẫu")) as pdf:
        assert len(pdf) == 2
        assert "Khóa sổ ngày …… / …… / 2026" in pdf.text(0)
        assert "TRUNG TÂM MẪU" in pdf.text(0)


def test_every_page_repeats_the_head_with_thirteen_columns(printed):
    with printed(book(lines(17))) as pdf:
        for page, number in ((1, 1), (2, 2), (3, 3)):
            text = pdf.text(page)
            assert "Nhận và trả kết quả" in text
            assert all(str(column) in text.split() for column in range(1, 14))
            assert f"Trang {number}" in text
            assert "Sổ theo dõi hồ sơ, lĩnh vực Hộ tịch · Quyển số 01/2026" in text
            assert "BẢN IN LẠI" not in text


def test_a_line_shows_all_its_columns(printed):
    whole = line(7, sets=2, returned_at=line(7).due_at, signed="ký sổ", note="hẹn lại sau bổ sung", delivery="postal")
    with printed(book([whole])) as pdf:
        for words in ("07", whole.code, whole.procedure_name, "Nguyễn Văn Ví Dụ 7", "Thôn Mẫu 3, xã Đắk Mil", "0900 000 007", "UBND xã",
                      "02/01 2026", "07/01 2026", "Bưu chính", "ký sổ", "hẹn lại sau bổ sung"):
            assert pdf.says(words, 1), words


def test_the_outer_edge_is_free_for_the_seam_seal(printed):
    with printed(book(lines(20))) as pdf:
        for page in range(1, 4):
            assert max(box[2] for _, box in pdf.objects(page)) <= 297 - 25 + 0.3


def test_pages_hold_the_same_lines_whatever_they_say(printed):
    assert LINES_PER_PAGE == 8
    for name in ("Khai sinh", "Thủ tục có tên rất dài " * 6):
        with printed(book(lines(24, procedure_name=name))) as pdf:
            of_page_two = " ".join(pdf.text(page) for page in range(len(pdf)) if pdf.says("Trang 2", page))
            assert [number for number in range(1, 25) if f"-{number:04d}" in of_page_two] == list(range(9, 17))


def test_too_long_texts_go_on_to_a_sheet_with_the_same_number(printed):
    full = lines(8, address="Số nhà rất dài " * 20, note="ghi chú dài " * 20)
    with printed(book([*full, line(9)])) as pdf:
        text = pdf.text()
        for page in range(len(pdf)):
            assert problems(pdf, page) == []
    assert "Trang 1 (tiếp)" in text
    assert "Trang 2" in text
    assert text.count("Số nhà") == 160
    assert text.count("ghi chú") == 160


def test_a_line_taller_than_a_page_is_whole(printed):
    with printed(book([line(1, note="Ư" * 1500)])) as pdf:
        assert pdf.text().count("Ư") - pdf.text().count("TRƯỞNG") == 1500
        for page in range(len(pdf)):
            assert problems(pdf, page) == []


def test_a_struck_line_stays_readable_with_its_reason(printed):
    struck = line(2, struck_reason="nhập nhầm", struck_on=date(2026, 11, 20))
    with printed(book([line(1), struck, line(3)])) as pdf:
        text = pdf.text(1)
        strokes = [box for kind, box in pdf.objects(1) if kind == "rule" and box[3] - box[1] < 0.6 and 3 < box[2] - box[0] < 40]
        assert strokes
    assert "nhập nhầm; gạch bỏ ngày 20/11/2026" in text
    assert "Nguyễn Văn Ví Dụ 2" in text


def test_a_note_stays_beside_the_reason_of_a_struck_line(printed):
    with printed(book([line(1, note="ghi chú", struck_reason="nhầm")])) as pdf:
        assert pdf.says("ghi chú; nhầm; gạch bỏ", 1)


def test_the_closing_page_counts_in_figures_and_words(printed):
    struck = line(21, struck_reason="nhầm")
    burned = ("H36.50.05-260301-0007", "H36.50.05-260411-0012")
    with printed(book([*lines(20), struck], burned=burned)) as pdf:
        text = pdf.text(len(pdf) - 1)
    for words in (
        "TRANG KHÓA SỔ", "Quyển sổ này có 3 trang ghi, đánh số từ 1 đến 3.",
        "Tổng số dòng đã ghi: 21 (bằng chữ: hai mươi mốt), từ số 01 đến số 21.", "Số dòng gạch bỏ: 1.",
        "Mã hồ sơ đã hủy, không cấp cho ai (2):", *burned, "Đắk Mil, ngày 31 tháng 12 năm 2026", "THỦ TRƯỞNG TRUNG TÂM",
        "(Ký, ghi rõ họ tên, đóng dấu)",
    ):
        assert words in text


def test_hundreds_of_burned_codes_are_all_listed(printed):
    burned = tuple(f"H36.50.05-260301-{number:04d}" for number in range(400))
    with printed(book(lines(3), burned=burned)) as pdf:
        text = "".join(pdf.text().split())
        for page in range(len(pdf)):
            assert problems(pdf, page) == []
        assert pdf.text(len(pdf) - 1).count("THỦ TRƯỞNG") == 1
    assert all(code in text for code in burned)


def test_an_empty_closed_volume_says_so(printed):
    with printed(book([])) as pdf:
        assert len(pdf) == 2
        assert "Tổng số dòng đã ghi: 0 (bằng chữ: không)." in pdf.text(1)
        assert "Quyển sổ này có 0 trang ghi" in pdf.text(1)


def test_the_last_page_of_a_closed_book_is_crossed_below_its_last_line(printed):
    def crossed(document):
        with printed(document) as pdf:
            return any(kind == "rule" and box[3] - box[1] > 20 and box[2] - box[0] > 200 for kind, box in pdf.objects(1))

    assert crossed(book(lines(3)))
    assert not crossed(book(lines(8)))
    assert not crossed(book(lines(3), closed_on=None))


def test_a_print_run_goes_on_where_the_last_one_ended(printed):
    before = [*lines(15), line(16, struck_reason="nhầm")]
    later = replace(book(lines(10, start=17)), first_page=3, with_cover=False, first_ordinal=17, before=before)
    with printed(later) as pdf:
        assert "Trang 3" in pdf.text(0)
        assert "Trang 4" in pdf.text(1)
        closing = pdf.text(2)
    assert "Tổng số dòng đã ghi: 26 (bằng chữ: hai mươi sáu), từ số 01 đến số 26." in closing
    assert "4 trang ghi" in closing
    assert "Số dòng gạch bỏ: 1." in closing


def test_ordinals_go_on_in_a_second_volume(printed):
    with printed(book(lines(3, start=501), first_ordinal=501, volume_label="02/2026")) as pdf:
        assert "từ số 501 đến số 503" in pdf.text(2)


def test_a_reprint_says_so_on_every_page(printed):
    with printed(book(lines(9), reprint=True, closed_on=None)) as pdf:
        assert all("BẢN IN LẠI" in pdf.text(page) for page in range(3))


def test_a_book_of_an_older_year_has_the_older_form(printed):
    old = book(lines(1), opened_on=date(2024, 1, 2), closed_on=date(2024, 12, 31), year=2024)
    with printed(old) as pdf:
        assert "TT 01/2018/TT-VPCP" in pdf.text(0)


def test_the_same_book_gives_the_same_bytes(tmp_path):
    for name in ("one", "other"):
        FileBookPrinter(PRESS).pdf(book(lines(30)), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_lines_are_taken_one_page_at_a_time(tmp_path):
    """A year's book must not lie in memory: when a page is begun, the pages before it are written."""
    out, sizes = tmp_path / "book.pdf", []

    def coming():
        for number in range(1, 4001):
            if number % 1000 == 0:
                sizes.append(out.stat().st_size)
            yield line(number)

    FileBookPrinter(PRESS).pdf(book(coming()), out)
    assert sizes == sorted(set(sizes))
    assert sizes[-1] > out.stat().st_size / 2


JOINED = frozenset({*map(chr, range(0x2500, 0x25A0)), *"⌠⌡ǺѼ׀\ua71b\ua71c"})
"""Signs that the typeface itself draws out of their line: made to meet the line above or below, or with two marks, one over the other."""
DRAWN = sorted({sign for sign in map(chr, range(0x20, 0x10000)) if PRESS.typefaces[Face.REGULAR].has(sign) and category(sign)[0] not in "MC"} - JOINED)
anything = st.characters(categories=("L", "N", "P", "Z", "So", "Cc", "Cf"))
texts = st.text(anything | st.sampled_from(DRAWN), max_size=200)


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(name=texts, address=texts, note=texts, struck=st.booleans())
@example(name="│" * 60, address="Ǻ" * 60, note="⌡" * 20 + " " + "Ǻ" * 50, struck=False)
@example(name="∫" * 15 + " " + "Ễ" * 60, address="", note="", struck=True)
def test_any_text_is_laid_out_soundly(printed, name, address, note, struck):
    reach = 0.35 if JOINED & {*name, *address, *note} else 0.0
    made = [line(number, applicant=name, address=address, note=note) for number in range(1, 10)]
    with printed(book([*made, line(10, struck_reason="x" if struck else "")])) as pdf:
        wrong = [problem for page in range(len(pdf)) for problem in problems(pdf, page, reach=reach)]
    assert [problem for problem in wrong if not (struck and problem.startswith("text over rule"))] == []  # a struck line has a rule through it
