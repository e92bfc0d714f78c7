"""The receipt slip on A5 and A4: line by line, whatever the content, without anything clipped or overprinted."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.codes import slip_qr
from counter_app.domain.dossier import Applicant, ApplicantKind, Channel, DocumentLine, Submitter
from counter_app.domain.moments import local
from counter_app.services.documents.slip_content import as_reprint, one_copy
from tests.examples import examples
from tests.printing.reading import Pdf, problems
from tests.printing.samples import CODE, DESK, FORM, PRINTER, applicant, content, papers

PAPERS = ("a5", "a5x2", "a4", "80mm")
LONG = ("Nguyễn Thị Ví Dụ Rất Dài " * 13)[:300].strip()


def printed(made, paper="a5"):
    return Pdf(PRINTER.receipt(made, paper))


def sound(pdf):
    return [problem for page in range(len(pdf)) for problem in problems(pdf, page)]


def test_every_line_of_the_form_stands_on_the_slip():
    with printed(content()) as pdf:
        text = pdf.text(1)
    for line in (
        "Liên 2: Giao khách hàng", "Mẫu số 01 – TT 03/2025/TT-VPCP", "UBND XÃ ĐẮK MIL",
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ ĐẮK MIL", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 1869/TTPVHCC", "Đắk Mil, ngày 20 tháng 11 năm 2026", CODE, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Trung tâm Phục vụ hành chính công xã Đắk Mil", "Tiếp nhận hồ sơ của: TRẦN THỊ VÍ DỤ (nộp trực tiếp)",
        "Địa chỉ: Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng", "Số điện thoại: 0900 000 012", "Email:",
        "Nội dung yêu cầu giải quyết: Cấp Giấy xác nhận tình trạng hôn nhân (1.004873)", "Thành phần hồ sơ nộp gồm:",
        "1 Tờ khai cấp Giấy xác nhận tình trạng hôn nhân 1", "Số lượng hồ sơ: 01 (bộ)",
        "Thời gian giải quyết theo quy định là: 03 ngày làm việc", "Thời gian nhận hồ sơ: 09 giờ 42 phút, ngày 20 tháng 11 năm 2026",
        "Thời gian trả kết quả: 09 giờ 42 phút, thứ Năm, 26/11/2026",
        "Đăng ký nhận kết quả tại: Quầy 2, Trung tâm Phục vụ hành chính công xã Đắk Mil",
        "Phí, lệ phí: 15.000 đồng, đã thu tiền mặt; biên lai AA/26E số 0000412",
        "Vào Sổ theo dõi hồ sơ, Quyển số: 01/2026, Số thứ tự: 1869", "NGƯỜI NỘP HỒ SƠ", "Trần Thị Ví Dụ", "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Lý Thị Mẫu Đơn", "Giờ làm việc 07:30–11:30, 13:30–17:30 · Điện thoại: 0261 000 0000",
    ):
        assert line in text


def test_a5_has_both_copies_as_pages():
    with printed(content()) as pdf:
        assert len(pdf) == 2
        assert pdf.size() == (148, 210)
        assert "Liên 1: Lưu" in pdf.text(0)
        assert "Liên 2: Giao khách hàng" in pdf.text(1)


def test_a_preview_shows_one_copy():
    with printed(one_copy(content(), 2)) as pdf:
        assert len(pdf) == 1
        assert "Liên 2" in pdf.text()
        assert "Liên 1" not in pdf.text()


def test_two_a5_lie_on_one_a4_with_a_cut_line_between_them():
    with printed(content(), "a5x2") as pdf:
        assert pdf.size() == (297, 210)
        assert len(pdf) == 1
        assert "Liên 1" in pdf.text()
        assert "Liên 2" in pdf.text()
        assert pdf.text().count(CODE) == 2
        assert sound(pdf) == []
        cut = [box for kind, box in pdf.objects() if kind == "rule" and abs((box[0] + box[2]) / 2 - 148.5) < 0.1]
        assert cut
        assert all(not box[0] < 148.5 < box[2] for kind, box in pdf.objects() if kind != "rule")


def test_a4_has_the_same_lines_larger():
    with printed(content()) as small, printed(content(), "a4") as large:
        assert large.size() == (210, 297)
        assert sorted(small.text(0).split()) == sorted(large.text(0).split())


@pytest.mark.parametrize("paper", PAPERS)
def test_both_codes_are_read_from_every_paper_at_200_dpi(paper):
    with printed(content(), paper) as pdf:
        codes = pdf.barcodes()
    assert codes["bars"][0] == CODE
    assert codes["qr"][0] == slip_qr(CODE)


def test_bars_and_qr_have_their_size_and_place():
    with printed(content()) as pdf:
        codes = pdf.barcodes(dpi=600)
    _, left, top, width = codes["bars"]
    assert width == pytest.approx(80.52, rel=0.002)
    assert (left, top) == (pytest.approx(11, abs=0.1), pytest.approx(38.6, abs=0.2))
    assert codes["qr"][3] == pytest.approx(20, rel=0.005)


def test_five_papers_fit_on_one_page_and_more_go_on_to_the_next():
    with printed(content(documents=papers(5))) as five, printed(content(documents=papers(9))) as nine:
        assert len(five) == 2
        assert len(nine) == 4
        first, second = nine.text(0), nine.text(1)
    assert "(xem tiếp trang sau)" in first
    assert "Trang 1/2" in first
    for words in ("Trang 2/2", CODE, "NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ", "Giấy tờ số 9", "Thành phần hồ sơ"):
        assert words in second
    assert "Thời gian trả kết quả: 09 giờ 42 phút" in first


@pytest.mark.parametrize("paper", PAPERS)
def test_thirty_papers_are_all_there_once_on_each_copy(paper):
    with printed(content(documents=papers(30, "Giấy tờ số {} chứng minh nơi cư trú của người yêu cầu cấp giấy xác nhận")), paper) as pdf:
        text = pdf.text()
        assert sound(pdf) == []
    assert all(text.count(f"Giấy tờ số {number} ") == 2 for number in range(1, 31))


def test_missing_values_are_dotted_lines():
    nobody = Applicant(ApplicantKind.PERSON, "")
    empty = content(
        code="", procedure_code="", procedure_name="", documents=(), fees=(), place=None, limit_text="", due_at=None, applicant=nobody,
        clerk="")
    with printed(empty) as pdf:
        text = pdf.text(0)
        dotted = [box for kind, box in pdf.objects() if kind == "rule" and box[3] - box[1] < 0.6 and box[2] - box[0] > 10]
        assert sound(pdf) == []
    assert "None" not in text
    for label in ("Tiếp nhận hồ sơ của:", "Địa chỉ:", "Email:", "Số thứ tự:", "Thời gian trả kết quả:"):
        assert label in text
    assert len(dotted) >= 10


@pytest.mark.parametrize("paper", PAPERS)
def test_long_values_are_whole_and_overprint_nothing(paper):
    long = content(
        applicant=applicant(full_name=LONG, address=LONG, email="a" * 250 + "@vidu.vn", phone="0900 000 012 " * 8),
        submitter=Submitter(LONG), procedure_name=LONG, limit_text=LONG, clerk=LONG, documents=(DocumentLine("Ư" * 300, 1),))
    with printed(long, paper) as pdf:
        letters = "".join(pdf.text().split())
        assert sound(pdf) == []
    for value in (LONG.upper(), LONG, "a" * 250 + "@vidu.vn", "Ư" * 300):
        assert "".join(value.split()) in letters


def test_a_row_taller_than_the_page_goes_on_over_the_pages():
    with printed(content(documents=(DocumentLine("Ư" * 3000, 1),))) as pdf:
        assert pdf.text().count("Ư") - pdf.text().count("LƯU") >= 2 * 3000
        assert sound(pdf) == []


def test_decomposed_text_prints_like_composed_text():
    decomposed = unicodedata.normalize("NFD", "Trần Thị Ví Dụ, Đặng Ngọc Ước")
    made = content(applicant=applicant(full_name=decomposed))
    assert PRINTER.receipt(made, "a5") == PRINTER.receipt(content(applicant=applicant(full_name="Trần Thị Ví Dụ, Đặng Ngọc Ước")), "a5")


def test_what_the_typeface_lacks_is_a_box():
    made = content(applicant=applicant(full_name="Trần 😀 Ví Dụ", address="Thôn 漢 \u202eMẫu\u200b 3"))
    with printed(made) as pdf:
        text = pdf.text(0)
    assert "TRẦN □ VÍ DỤ" in text
    assert "Thôn □ Mẫu 3" in text


def test_a_letter_beyond_the_common_ones_is_drawn():
    with printed(content(applicant=applicant(full_name="Müller Ñandú Čapek"))) as pdf:
        assert "MÜLLER ÑANDÚ ČAPEK" in pdf.text(0)


def test_a_provisional_code_is_marked_and_its_bars_scan():
    code = "TAM-0K3M9XYZ.ab12-261120-0038"
    with printed(content(code=code)) as pdf:
        assert f"{code} (mã tạm)" in pdf.text(0)
        assert pdf.barcodes(dpi=300)["bars"][0] == code
        assert pdf.barcodes()["qr"][0] == slip_qr(code)
        assert sound(pdf) == []


def test_a_code_too_long_for_bars_keeps_its_qr():
    code = "H36.50.05.11.22.33.44-20261120-12345678"
    with printed(content(code=code)) as pdf:
        codes = pdf.barcodes()
        assert "bars" not in codes
        assert codes["qr"][0] == slip_qr(code)
        assert code in pdf.text(0)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_reprint_says_so_and_shows_the_same(paper):
    first = content()
    again = as_reprint(first, FORM, 1, local(2026, 11, 20, 10, 5))
    with printed(first, paper) as one, printed(again, paper) as other:
        assert "In lại lần 1, 10:05 20/11/2026" in other.text()
        assert sorted(other.text().replace("In lại lần 1, 10:05 20/11/2026", "").split()) == sorted(one.text().split())
        assert sound(other) == []


def test_a_short_mark_stands_in_the_first_line():
    made = content() | {"marks": ["Bản thử"]}
    with printed(made) as pdf:
        texts = sorted(box for kind, box in pdf.objects() if kind == "text" and box[3] < 11)
        assert len(texts) == 3
        assert sound(pdf) == []


def test_a_practice_desk_marks_its_slips():
    with printed(content(desk=replace(DESK, practice=True))) as pdf:
        assert "BẢN TẬP, không có giá trị" in pdf.text(0)


def test_an_online_dossier_is_signed_by_the_receiver_alone():
    with printed(content(channel=Channel.ONLINE)) as pdf:
        assert "NGƯỜI NỘP HỒ SƠ" not in pdf.text(0)
        assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in pdf.text(0)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_content_gives_the_same_bytes(paper):
    from counter_app.printing import make_form_printer

    strange = content(applicant=applicant(full_name="Müller 漢"))
    assert make_form_printer().receipt(strange, paper) == PRINTER.receipt(strange, paper)


def test_other_content_gives_another_file_id():
    one, other = (PRINTER.receipt(content(sets=sets), "a5").rpartition(b"/ID")[2] for sets in (1, 2))
    assert one[:40] != other[:40]


names = st.text(st.characters(categories=("L", "N", "P", "Z", "So", "Cc", "Cf")), max_size=120)


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=names, address=names, paper=st.sampled_from(PAPERS), count=st.integers(0, 12))
def test_any_text_on_any_paper_is_laid_out_soundly(name, address, paper, count):
    made = content(applicant=applicant(full_name=name, address=address), documents=(DocumentLine(name, 1),) * count)
    with printed(made, paper) as pdf:
        assert sound(pdf) == []
        assert CODE in pdf.text()
