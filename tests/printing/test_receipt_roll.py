"""The slip on an 80 mm roll: whole dots, one column, as long as it must be."""

import pytest

from tests.printing.reading import Pdf, problems
from tests.printing.samples import CODE, PRINTER, content, papers

DOT = 0.125


def strip(made):
    return Pdf(PRINTER.receipt(made, "80mm"))


def test_it_is_80_mm_wide_and_as_long_as_its_content():
    with strip(content()) as short, strip(content(documents=papers(12))) as long:
        assert short.size()[0] == long.size()[0] == 80
        assert short.size()[1] + 30 < long.size()[1]
        assert len(short) == 2


def test_text_stays_within_the_576_dots():
    with strip(content(documents=papers(12))) as pdf:
        boxes = [box for _, box in pdf.objects()]
    assert min(box[0] for box in boxes) >= 4 - 0.3
    assert max(box[2] for box in boxes) <= 76 + 0.3


def test_bars_have_two_dots_a_module_on_the_grid_of_the_printer():
    with strip(content()) as pdf:
        bars, qr = [box for kind, box in pdf.objects() if kind == "shape"]
    assert bars[2] - bars[0] == pytest.approx(244 * 2 * DOT, abs=0.02)
    assert ((bars[0] - 4) / DOT) % 1 == pytest.approx(0, abs=0.02) or ((bars[0] - 4) / DOT) % 1 == pytest.approx(1, abs=0.02)
    assert (qr[2] - qr[0]) / 25 / DOT == pytest.approx(7, abs=0.02)
    assert qr[2] - qr[0] >= 20


def test_dots_of_the_printer_scan():
    with strip(content()) as pdf:
        codes = pdf.barcodes(dpi=203)
    assert codes["bars"][0] == CODE
    assert codes["qr"][0].startswith(CODE)


def test_a_long_code_is_a_qr_only():
    code = "TAM-0K3M9XYZ.ab12-261120-0038"
    with strip(content(code=code)) as pdf:
        assert [kind for kind, _ in pdf.objects()].count("shape") == 1
        assert pdf.barcodes()["qr"][0].startswith(code)
        assert "(mã tạm)" in pdf.text()


def test_papers_are_a_list():
    with strip(content()) as pdf:
        text = pdf.text(0)
    assert "1. Tờ khai cấp Giấy xác nhận tình trạng hôn nhân: bản chính 1" in text
    assert "2. Giấy tờ chứng minh hôn nhân đã chấm dứt (bản án, quyết định ly hôn): bản sao/chứng thực 1" in text


def test_a_slip_without_a_code_has_no_codes():
    with strip(content(code="")) as pdf:
        assert [kind for kind, _ in pdf.objects()].count("shape") == 0
        assert problems(pdf) == []


def test_the_strip_ends_after_its_foot():
    with strip(content()) as pdf:
        bottom = max(box[3] for _, box in pdf.objects())
        assert 3 < pdf.size()[1] - bottom < 8
