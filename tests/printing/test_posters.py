"""Sheets for the wall hold every paper, fee and exemption, are read from a metre, and their code leads to the portal."""

from __future__ import annotations

import ctypes
from dataclasses import replace
from functools import cache

import pypdfium2.raw as raw
import pytest
import zxingcpp

from counter_app.domain.catalogue import Fee, RequiredDocument, ResultKind, TimeLimit
from counter_app.domain.catalogue_reading import parse_catalogue
from counter_app.domain.errors import RuleBrokenError
from counter_app.printing import make_form_printer
from counter_app.services.documents.call_list_content import CALL_LIST, call_list
from counter_app.services.documents.forms import form_in_force
from counter_app.services.documents.posters import POSTER, poster, poster_list
from counter_app.services.documents.rating_sheet import RATING, rating_content
from counter_app.support.messages import sentence
from counter_app.support.paths import resource_path
from tests.builders import CLERK, NOW, PROCEDURES, fake_desk, prepare, procedure, profile
from tests.fakes import FakeDatabase
from tests.printing.reading import Pdf, problems

WORDS = form_in_force(POSTER, NOW.date())
DESK = profile(phone="0261 3741 000")
SMALLEST = 10.9
"""The foot; what the law asks to be posted is 14 pt and more."""
MANY = tuple(RequiredDocument(f"Giấy tờ thứ {n} có tên rất dài để chiếm vài dòng trên bảng niêm yết của quầy", 1, 1) for n in range(30))


@cache
def printer():
    return make_form_printer()


@cache
def catalogue():
    return parse_catalogue(resource_path("catalogue/procedures.json").read_bytes()).procedures


def drawn(content):
    return printer().form(content, "a4")


def sheet(known):
    return poster(known, DESK, WORDS, hours="07:30–11:30, 13:30–17:30", on=NOW)


def flat(data):
    with Pdf(data) as pdf:
        return pdf.text()


def codes(data):
    """What the QR codes hold, page by page from the top."""
    with Pdf(data) as pdf:
        pages = [zxingcpp.read_barcodes(pdf.picture(n), formats=[zxingcpp.BarcodeFormat.QRCode]) for n in range(len(pdf))]
    return [each.text for found in pages for each in sorted(found, key=lambda code: code.position.top_left.y)]


def sizes(pdf):
    """The sizes of all texts in points."""
    found, size = set(), ctypes.c_float()
    for page in pdf._document:
        for each in page.get_objects():
            if each.type == raw.FPDF_PAGEOBJ_TEXT and raw.FPDFTextObj_GetFontSize(each.raw, size):
                found.add(size.value)
    return found


def test_everything_the_law_asks_is_on_the_sheet():
    known = procedure(variants=(TimeLimit(None, "06 ngày làm việc", case="cần xác minh"),), results=(ResultKind("Giấy xác nhận"),))
    text = flat(drawn(sheet(known)))
    for part in ("XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "1.004873", "Hộ tịch", "Tờ khai (01 bản chính)", "Giấy tờ chứng minh (01 bản sao)",
                 "Thẻ căn cước", "Văn bản ủy quyền", "03 ngày làm việc", "cần xác minh: 06 ngày làm việc", "Lệ phí: 15.000 đ. Miễn cho hộ nghèo",
                 "Giấy xác nhận", "07:30–11:30", "0261 3741 000", "Cổng Dịch vụ công quốc gia", "20/11/2026"):
        assert part in text


def test_the_code_leads_to_the_procedure_on_the_portal():
    assert codes(drawn(sheet(procedure()))) == [str(WORDS.words["address"]).format(code="1.004873")]


def test_a_fee_is_never_shown_without_its_exemption():
    for known in catalogue():
        lines = next(each for each in sheet(known)["sections"] if each["title"] == "Phí, lệ phí")["lines"]
        assert len(lines) == max(len(known.fees), 1)
        for fee, line in zip(known.fees, lines, strict=False):
            assert line.endswith(" ".join(fee.exemption_note.split()))
    listed = poster_list(catalogue(), DESK, WORDS, NOW)
    with_notes = {" ".join(each.name.split()) for each in catalogue() if any(f.amount_vnd and f.exemption_note for f in each.fees)}
    assert with_notes
    for group in listed["groups"]:
        assert all(row[3] == "xem bảng của thủ tục" for row in group["rows"] if row[1] in with_notes)


@pytest.mark.parametrize(("fee", "line"), [
    (Fee("Lệ phí", None), "Lệ phí: theo nghị quyết của Hội đồng nhân dân tỉnh"), (Fee("Lệ phí", 8000), "Lệ phí: 8.000 đ"),
    (Fee("Lệ phí", 8000, text="8.000 đồng/bản."), "Lệ phí: 8.000 đồng/bản."),
    (Fee("Lệ phí", 8000, text="8.000 đồng/bản.", exemption_note="Miễn hộ nghèo"), "Lệ phí: 8.000 đồng/bản. Miễn hộ nghèo")])
def test_fees_are_told_in_the_words_of_the_catalogue(fee, line):
    assert next(each for each in sheet(procedure(fees=(fee,)))["sections"] if each["title"] == "Phí, lệ phí")["lines"] == [line]


def test_a_decision_of_the_commune_goes_before_the_words_of_the_catalogue():
    known = procedure(fees=(Fee("Lệ phí", 9000, text="8.000 đồng/bản"),), overridden_by=("12/QĐ-UBND",))
    assert "Lệ phí: 9.000 đ" in flat(drawn(sheet(known)))


def test_no_fee_and_no_papers_are_said():
    text = flat(drawn(sheet(procedure(fees=(), documents=()))))
    assert "Không thu" in text
    assert "Không phải nộp giấy tờ" in text


@pytest.mark.parametrize(("documents", "pages"), [((), 1), (MANY[:3], 1), (MANY, 2)], ids=["none", "three", "thirty"])
def test_every_sheet_is_read_from_a_metre_and_nothing_is_lost(documents, pages):
    with Pdf(drawn(sheet(procedure(documents=documents)))) as pdf:
        assert min(sizes(pdf)) >= SMALLEST
        assert all(pdf.says(f"thứ {n} ") for n in range(len(documents)))
        assert len(pdf) == pages
        assert [problems(pdf, n) for n in range(pages)] == [[]] * pages
        assert all(pdf.says(f"Trang {n + 1}/{pages}", n) for n in range(pages)) or pages == 1


def test_a_sheet_says_the_same_each_time():
    assert drawn(sheet(procedure())) == drawn(sheet(procedure()))


def test_the_list_holds_every_procedure_once_under_its_field():
    listed = poster_list(catalogue(), DESK, WORDS, NOW)
    names = [row[1] for group in listed["groups"] for row in group["rows"]]
    assert sorted(names) == sorted(" ".join(each.name.split()) for each in catalogue())
    assert len({group["title"] for group in listed["groups"]}) == len(listed["groups"])
    assert all([row[0] for row in group["rows"]] == [str(n) for n in range(1, len(group["rows"]) + 1)] for group in listed["groups"])
    small = replace(catalogue()[0], name="Một thủ tục")
    pdf = drawn(poster_list([small], DESK, WORDS, NOW))
    assert "Một thủ tục" in flat(pdf)
    assert codes(pdf) == [WORDS.words["list_address"]]


def test_the_service_draws_what_is_in_force(tmp_path):
    desk = fake_desk(database=prepare(FakeDatabase(), profile()), forms=printer())
    assert desk.citizens.posters.write("1.004873", tmp_path / "a.pdf", CLERK).read_bytes().startswith(b"%PDF-")
    text = flat(desk.citizens.posters.everything(CLERK))
    assert "bãi bỏ" not in text
    assert f"{len(PROCEDURES) - 1} thủ tục" in text
    with pytest.raises(RuleBrokenError, match="PROCEDURE"):
        desk.citizens.posters.sheet("9.999999", CLERK)


def test_without_a_catalogue_there_is_no_list():
    desk = fake_desk(database=prepare(FakeDatabase(), profile(), ()))
    with pytest.raises(RuleBrokenError, match="CATALOGUE_EMPTY") as caught:
        desk.citizens.posters.everything(CLERK)
    assert "20/11/2026" in sentence(caught.value.problems[0], "vi")


def entry(n):
    return {"code": f"H36.50.05-261120-{n:04d}", "person": f"Lò Thị Thử {n}", "recipient": "0900 000 012", "procedure": "Đăng ký khai sinh " * 4,
            "title": "Đã có kết quả", "until": NOW}


@pytest.mark.parametrize("count", [1, 9, 40])
def test_each_line_of_the_call_list_has_its_code_to_scan(count):
    pdf = drawn(call_list([entry(n) for n in range(count)], DESK, form_in_force(CALL_LIST, NOW.date()), NOW))
    assert codes(pdf) == [f"H36.50.05-261120-{n:04d}" for n in range(count)]
    text = flat(pdf)
    assert all(f"Lò Thị Thử {n} " in text for n in range(count))
    assert f"Tổng số: {count} người" in text


def test_a_rating_sheet_names_nobody():
    text = flat(printer().form(rating_content("H36.50.05-261120-0001", DESK, form_in_force(RATING, NOW.date()), NOW), "a5"))
    assert "H36.50.05-261120-0001" in text
    assert all(word in text for word in ("Rất không hài lòng", "Bình thường", "Rất hài lòng"))
    assert "Ví Dụ" not in text
