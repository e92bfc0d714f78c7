"""Reports on paper: the official head, tables that go on over the page, charts, a check mark, and figures in Excel."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from counter_app.domain.moments import local
from counter_app.domain.report_periods import Period
from counter_app.printing import make_report_printer
from counter_app.services.reports.document import ReportDocument
from counter_app.services.reports.values import shown
from counter_app.services.reports.words import words_in_force
from tests.printing.reading import Pdf

NOVEMBER = Period(date(2026, 10, 15), date(2026, 11, 14))
ROW = {f"c{number}": number * 1000 for number in range(3, 14)}
PRINTER = make_report_printer()


def document(name="II.06a", fields=3, mark="", **more):
    content = {"report": name, "rows": [{"field": f"Lĩnh vực số {n}", **ROW} for n in range(1, fields + 1)], "total": dict(ROW), **more}
    return ReportDocument(
        words_in_force(name, NOVEMBER.end), content, NOVEMBER, "Trung tâm Phục vụ hành chính công xã Đắk Mil", "UBND xã Đắk Mil",
        "UBND tỉnh Lâm Đồng", "Đắk Mil", "Lý Thị Mẫu Đơn", local(2026, 11, 16, 8), mark)


def printed(made, tmp_path):
    PRINTER.pdf(made, tmp_path / "r.pdf")
    return Pdf((tmp_path / "r.pdf").read_bytes())


def test_the_official_head_and_the_numbers_of_the_columns(tmp_path):
    with printed(document(), tmp_path) as pdf:
        assert (len(pdf), pdf.size()) == (1, (297, 210))
        words = pdf.text()
    for part in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Biểu số II.06a/VPCP/KSTT", "Kỳ báo cáo: tháng 11 năm 2026",
                 "Từ ngày 15/10/2026 đến ngày 14/11/2026", "Đơn vị nhận báo cáo: UBND tỉnh Lâm Đồng", "(13)", "3.000",
                 "NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ", "Đắk Mil, ngày 16 tháng 11 năm 2026", "Lý Thị Mẫu Đơn", "Lập lúc 08:00 16/11/2026"):
        assert part in words, part


@pytest.mark.parametrize("fields", [0, 1, 18, 19, 20, 21, 22, 23, 24, 60])
def test_every_line_is_printed_once_and_the_head_on_every_page_of_the_table(tmp_path, fields):
    with printed(document(fields=fields), tmp_path) as pdf:
        words = pdf.text()
        pages = [pdf.text(page) for page in range(len(pdf))]
    for number in range(1, fields + 1):
        assert words.count(f"Lĩnh vực số {number} ") == 1
    assert all("Quá hạn" in page for page in pages if "Lĩnh vực số" in page)
    assert words.count("Tổng số 3.000") == 1
    assert words.count("NGƯỜI LẬP BIỂU") == 1
    assert pages[-1].rstrip().endswith(f"Trang {len(pages)}")


def test_a_frozen_report_shows_its_mark_and_no_other_time(tmp_path):
    with printed(document(mark="ABCD1234"), tmp_path) as pdf:
        assert "Đã chốt lúc 08:00 16/11/2026, mã kiểm tra ABCD1234" in pdf.text()
        assert "Lập lúc" not in pdf.text()


def test_the_same_report_gives_the_same_bytes(tmp_path):
    for name in ("a.pdf", "b.pdf"):
        PRINTER.pdf(document(), tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_months_without_dossiers_have_no_bar_and_no_figure(tmp_path):
    row = {"resolved": 0, "in_time": 0, "late": 0, "in_time_permille": None, "pending": 0, "overdue": 0, "overdue_permille": None}
    months = [{"month": f"{n}/2026", **row} for n in range(1, 12)] + [{"month": "12/2026", **row, "in_time_permille": 1000}]
    made = document("timeliness", rows=[], total={"field": "", **row}, months=months, on_time_target_permille=950)
    with printed(made, tmp_path) as pdf:
        words = pdf.text()
    assert words.count("100,0 %") == 3, "in the table, at the bar and at the axis"
    assert words.count("95,0 %") == 1
    assert words.count("90,0 %") == 1, "where the axis begins"
    assert "vạch ngang là tỷ lệ đúng hạn đơn vị đặt ra" in " ".join(words.split())


def test_excel_groups_its_heads_and_holds_numbers(tmp_path):
    PRINTER.xlsx(document(fields=2), tmp_path / "r.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    assert sheet["B4"].value == "Số hồ sơ tiếp nhận"
    assert sorted(str(area) for area in sheet.merged_cells.ranges) == ["B4:E4", "F4:I4", "J4:L4"]
    assert [cell.value for cell in sheet[6]] == ["Lĩnh vực số 1", *ROW.values()]
    assert [cell.value for cell in sheet[8]] == ["Tổng số", *ROW.values()]
    assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize(("value", "kind", "text"), [
    (1234567, "count", "1.234.567"), (0, "count", "0"), (None, "count", "–"), (996, "permille", "99,6 %"), (1000, "permille", "100,0 %"),
    (None, "permille", "–"), (19.94, "points", "19,9"), (125, "tenths", "12,5"), ("2026-11-05", "day", "05/11/2026"), (None, "day", ""),
    ("", "text", ""), ("Hộ tịch", "text", "Hộ tịch"),
])
def test_how_figures_read(value, kind, text):
    assert shown(value, kind) == text
