"""Every register as a bound book and as a workbook: its own columns, its signs, its sums in words, who signs it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from counter_app.domain.books import known_books, register_in_force
from counter_app.domain.dossier import BookPlace
from counter_app.printing.book_printer import FileBookPrinter
from counter_app.printing.book_table import HEAD_SIDE, SIZE
from counter_app.printing.typefaces import Face
from counter_app.printing.typeset import wrap_plain
from tests.printing.reading import Pdf, problems
from tests.printing.samples import PRESS, book, line

DAY = date(2026, 11, 20)
CERTIFIED = {"date": "2026-11-20", "applicant": "Trần Thị Ví Dụ, 067190000123", "document": "Thẻ căn cước", "signer": "Nguyễn Văn Mẫu, Phó Chủ tịch",
             "copies": 3, "fee_vnd": 21_000, "note": ""}
FEE = {"date": "2026-11-20", "code": "H36.50.05-261120-0001", "payer": "Lê Văn Mẫu", "fee": "Lệ phí", "quantity": 3, "unit_price_vnd": 5_000,
       "amount_vnd": 15_000, "method": "transfer", "receipt": "BL/26E 0000412", "exempt_reason": "", "collector": "Lý Thị Mẫu Đơn",
       "handed_in": "2026-11-21"}
RESULT = {"at": "2026-11-20T10:35:00", "code": "H36.50.05-261120-0001", "result": "Trích lục (12/TL)", "receiver": "Lê Văn Mẫu",
          "paper": "••••••••0456", "how": "postal", "originals": 2, "signed": "mark", "note": ""}
CONTENT = {"fees": FEE, "results": RESULT}


def written(name, ordinal=1, **changes):
    """A line of a register with its content."""
    content = CONTENT.get(name, CERTIFIED) | changes.pop("content", {})
    return line(ordinal, place=BookPlace(name, 2026, 1, ordinal), content=content, **changes)


def document(name, lines, **changes):
    register = register_in_force(name, DAY)
    return replace(book(lines, title=register.title), **{"register": register} | changes)


@pytest.fixture
def printed(tmp_path):
    def write(made):
        FileBookPrinter(PRESS).pdf(made, tmp_path / "book.pdf")
        return Pdf((tmp_path / "book.pdf").read_bytes())

    return write


@pytest.fixture
def sheet(tmp_path):
    def write(made):
        FileBookPrinter(PRESS).xlsx(made, tmp_path / "book.xlsx")
        return openpyxl.load_workbook(tmp_path / "book.xlsx").active

    return write


@pytest.mark.parametrize("name", known_books())
def test_titles_of_columns_have_room_in_the_head(name):
    for column in register_in_force(name, DAY).columns:
        lines = wrap_plain(PRESS.typefaces, column.title, column.width - 2 * HEAD_SIDE, SIZE, Face.BOLD)
        assert len(lines) <= (2 if column.group else 3), column.title
        assert max(width for _, width in lines) <= column.width - 2 * HEAD_SIDE, column.title
        assert " ".join(text for text, _ in lines).split() == column.title.split(), f"a word of it is broken: {column.title}"


@pytest.mark.parametrize("name", known_books())
def test_every_register_is_laid_out_soundly(printed, name):
    made = [written(name, number) for number in range(1, 11)] if name not in ("dossiers",) else [line(number) for number in range(1, 11)]
    with printed(document(name, made)) as pdf:
        register = register_in_force(name, DAY)
        assert len(pdf) == 1 + 2 + 1
        for page in range(len(pdf)):
            assert problems(pdf, page) == []
        assert register.title.upper() in pdf.text(0)
        assert all(pdf.says(column.title, 1) for column in register.columns)
        assert all(str(number) in pdf.text(2).split() for number in range(1, len(register.columns) + 1))
        assert register.signature[0] in pdf.text(3)


def test_a_line_of_certified_copies_says_what_was_written(printed):
    with printed(document("SCT/BS", [written("SCT/BS")])) as pdf:
        for words in ("20/11/2026", "Trần Thị Ví Dụ, 067190000123", "Thẻ căn cước", "Nguyễn Văn Mẫu, Phó Chủ tịch", "21.000"):
            assert pdf.says(words, 1), words
        assert "Quyển số 01/2026-SCT/BS" in pdf.text(0)
        assert "Lưu trữ vĩnh viễn" in pdf.text(0)
        assert pdf.says("Sổ chứng thực bản sao từ bản chính · Quyển số 01/2026-SCT/BS", 1)


def test_the_closing_page_adds_up_what_stands_in_figures_and_words(printed):
    made = [written("SCT/BS", 1), written("SCT/BS", 2, content={"copies": 4, "fee_vnd": 8_500}),
            written("SCT/BS", 3, struck_reason="ghi nhầm", struck_on=DAY)]
    with printed(document("SCT/BS", made)) as pdf:
        closing = pdf.text(2)
    for words in ("Tổng số dòng đã ghi: 3 (bằng chữ: ba), từ số 01 đến số 03.", "Số dòng gạch bỏ: 1.",
                  "Tổng số trường hợp đã chứng thực: 2 (bằng chữ: hai).", "Tổng số bản sao đã chứng thực: 7 bản (bằng chữ: bảy bản).",
                  "Tổng số lệ phí, phí: 29.500 đồng (bằng chữ: hai mươi chín nghìn năm trăm đồng).", "NGƯỜI THỰC HIỆN CHỨNG THỰC"):
        assert words in closing, words
    assert "Mã hồ sơ" not in closing


def test_the_sum_of_a_print_run_counts_the_pages_before_it(printed):
    before = [written("SCT/GD", number) for number in range(1, 9)]
    later = document("SCT/GD", [written("SCT/GD", 9)], first_page=2, first_ordinal=9, with_cover=False, before=before)
    with printed(later) as pdf:
        assert pdf.says("Tổng số lệ phí, phí: 189.000 đồng", 1)
        assert pdf.says("Tổng số trường hợp đã chứng thực: 9", 1)


def test_fees_are_added_up_by_method_and_what_went_back_is_taken_off(printed):
    made = [written("fees", 1), written("fees", 2, content={"method": "cash", "amount_vnd": 50_000}),
            written("fees", 3, content={"method": "cash", "amount_vnd": -20_000})]
    with printed(document("fees", made)) as pdf:
        closing = pdf.text(2)
        assert pdf.says("-20.000", 1)
        assert pdf.says("Chuyển khoản", 1)
        assert pdf.says("21/11 2026", 1)
    assert "Tổng số tiền: 45.000 đồng (bằng chữ: bốn mươi lăm nghìn đồng)." in closing
    assert "Trong đó: Tiền mặt 30.000; Chuyển khoản 15.000." in closing


def test_more_given_back_than_taken_is_said_with_a_minus(printed):
    with printed(document("fees", [written("fees", 1, content={"amount_vnd": -5_000})])) as pdf:
        assert "Tổng số tiền: -5.000 đồng (bằng chữ: âm năm nghìn đồng)." in pdf.text(2)


def test_a_result_says_when_to_whom_and_how(printed):
    with printed(document("results", [written("results")])) as pdf:
        for words in ("20/11/2026 10:35", "Trích lục (12/TL)", "••••••••0456", "Bưu chính", "điểm chỉ"):
            assert pdf.says(words, 1), words


def test_a_struck_line_keeps_its_reason_in_the_last_column(printed, sheet):
    struck = written("SCT/BS", struck_reason="ghi nhầm", struck_on=DAY)
    with printed(document("SCT/BS", [struck])) as pdf:
        assert pdf.says("ghi nhầm; gạch bỏ ngày 20/11/2026", 1)
    made = sheet(document("SCT/BS", [struck]))
    assert [bool(cell.font.strike) for cell in made[4]] == [True] * 7 + [False]
    assert made.cell(4, 8).value == "ghi nhầm; gạch bỏ ngày 20/11/2026"


def test_a_workbook_has_real_days_moments_and_amounts(sheet):
    fees = sheet(document("fees", [written("fees")]))
    values = [cell.value for cell in fees[4]]
    assert values == [1, datetime(2026, 11, 20), "H36.50.05-261120-0001", "Lê Văn Mẫu", "Lệ phí", 3, 5_000, 15_000, "Chuyển khoản",
                      "BL/26E 0000412", None, "Lý Thị Mẫu Đơn", datetime(2026, 11, 21)]
    assert (fees.cell(4, 2).number_format, fees.cell(4, 8).number_format) == ("dd/mm/yyyy", "#,##0")
    results = sheet(document("results", [written("results")]))
    assert results.cell(4, 2).value == datetime(2026, 11, 20, 10, 35)
    assert [cell.value for cell in results[3]] == [column.title for column in register_in_force("results", DAY).columns]


def test_a_transaction_book_of_before_the_decree_has_its_old_sign(printed):
    old = register_in_force("SCT/GD", date(2025, 1, 2))
    with printed(document("SCT/GD", [written("SCT/GD")], register=old, title=old.title)) as pdf:
        assert "SỔ CHỨNG THỰC HỢP ĐỒNG, GIAO DỊCH" in pdf.text(0)
        assert "01/2026-SCT/HĐ,GD" in pdf.text(0)
