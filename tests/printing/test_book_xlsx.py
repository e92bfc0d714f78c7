"""The book as a workbook: real dates and numbers, text as text, print set up."""

from datetime import date, datetime

import openpyxl
import pytest

from counter_app.printing.book_printer import FileBookPrinter
from tests.printing.samples import PRESS, book, line

FIRST_LINE = 4


@pytest.fixture
def sheet(tmp_path):
    def write(document):
        FileBookPrinter(PRESS).xlsx(document, tmp_path / "book.xlsx")
        return openpyxl.load_workbook(tmp_path / "book.xlsx").active

    return write


def row(made, number=FIRST_LINE):
    return [cell.value for cell in made[number]]


def test_a_line_has_real_numbers_and_dates(sheet):
    whole = line(7, returned_at=line(7).due_at, signed="ký sổ", note="hẹn lại")
    values = row(sheet(book([whole])))
    assert values[0] == 7
    assert values[3] == 1
    assert values[1] == whole.code
    assert values[7:10] == [datetime(2026, 1, 2, 8, 49), datetime(2026, 1, 7, 8, 49), datetime(2026, 1, 7, 8, 49)]
    assert values[4:7] == ["Nguyễn Văn Ví Dụ 7", "Thôn Mẫu 3, xã Đắk Mil\n0900 000 007", "UBND xã"]
    assert values[10:] == ["Tại quầy", "ký sổ", "hẹn lại"]


def test_dates_are_shown_the_vietnamese_way(sheet):
    assert sheet(book([line(1)])).cell(FIRST_LINE, 8).number_format == "dd/mm/yyyy hh:mm"


def test_what_is_missing_is_an_empty_cell(sheet):
    values = row(sheet(book([line(1, due_at=None, phone="", handled_by="")])))
    assert values[6] is None
    assert values[8] is None
    assert values[5] == "Thôn Mẫu 3, xã Đắk Mil"


@pytest.mark.parametrize("nasty", ["=1+1", "+84", "@SUM(A1)", "-2", "http://vidu.vn", "0123456789", "{=1}"])
def test_a_text_never_becomes_a_formula_a_link_or_a_number(sheet, nasty):
    cell = sheet(book([line(1, applicant=nasty)])).cell(FIRST_LINE, 5)
    assert cell.value == nasty
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_a_struck_line_is_struck_but_for_its_reason(sheet):
    made = sheet(book([line(1), line(2, struck_reason="nhập nhầm", struck_on=date(2026, 11, 20))]))
    struck = [bool(cell.font.strike) for cell in made[FIRST_LINE + 1]]
    assert struck == [True] * 12 + [False]
    assert made.cell(FIRST_LINE + 1, 13).value == "nhập nhầm; gạch bỏ ngày 20/11/2026"
    assert not any(cell.font.strike for cell in made[FIRST_LINE])


def test_head_frozen_panes_filter_and_print_set_up(sheet):
    made = sheet(book([line(number) for number in range(1, 4)], agency="Trung tâm mẫu"))
    assert [cell.value for cell in made[3]][:3] == ["TT", "Mã hồ sơ", "Tên thủ tục hành chính"]
    assert made.cell(1, 1).value == "Sổ theo dõi hồ sơ, lĩnh vực Hộ tịch"
    assert made.cell(2, 1).value == "Trung tâm mẫu · Xã Đắk Mil · Quyển số 01/2026 · Mở sổ ngày 02/01/2026 · Khóa sổ ngày 31/12/2026"
    assert made.freeze_panes == "C4"
    assert made.print_title_rows == "$3:$3"
    assert made.page_setup.orientation == "landscape"
    assert made.auto_filter.ref == "A3:M6"
    assert made.column_dimensions["C"].width > 40


def test_the_end_of_a_closed_volume(sheet):
    made = sheet(book([line(1), line(2)], burned=("H36.50.05-260301-0007",)))
    end = [made.cell(number, 1).value for number in range(FIRST_LINE + 3, made.max_row + 1)]
    assert "Tổng số dòng đã ghi: 2 (bằng chữ: hai), từ số 01 đến số 02." in end
    assert "H36.50.05-260301-0007" in end


def test_an_open_and_an_empty_book(sheet):
    assert sheet(book([line(1)], closed_on=None)).max_row == FIRST_LINE
    assert sheet(book([], closed_on=None)).max_row == FIRST_LINE - 1


def test_many_lines_read_back(sheet):
    made = sheet(book(line(number) for number in range(1, 2001)))
    assert row(made, FIRST_LINE + 1999)[0] == 2000
