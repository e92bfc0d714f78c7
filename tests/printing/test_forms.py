"""Forms 02 to 06 and the further slips on every paper they are made for: whole, readable, nothing over anything, bars that scan."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.codes import slip_qr
from counter_app.domain.moments import local
from counter_app.printing import make_form_printer
from counter_app.services.documents.forms import form_in_force
from counter_app.services.documents.slip_content import as_reprint
from tests.examples import examples
from tests.printing.form_samples import GIVEN, LONG, LONGEST, NAMES, SUPPLEMENT, WHOLE, made
from tests.printing.reading import Pdf, problems
from tests.printing.samples import CODE, DAY, DESK, PRINTER

ON_PAPERS = [(name, paper) for name in NAMES for paper in form_in_force(name, DAY).words["papers"]]
PAGED = [(name, paper) for name, paper in ON_PAPERS if paper in {"a5", "a4"}]
DAYS = {"2018": date(2024, 6, 3), "2025": DAY}
SIZES = {"a5": (148, 210), "a5x2": (297, 210), "a4": (210, 297), "label": (50, 25)}


def printed(content, paper):
    return Pdf(PRINTER.form(content, paper))


def sound(pdf, margin=3.5):
    return [problem for page in range(len(pdf)) for problem in problems(pdf, page, margin)]


@pytest.mark.parametrize("version", DAYS)
@pytest.mark.parametrize(("name", "paper"), ON_PAPERS)
def test_every_form_on_every_paper_in_every_version(name, paper, version):
    content = made(name, on=DAYS[version])
    with printed(content, paper) as pdf:
        assert sound(pdf, 0.9 if paper == "label" else 3.5) == []
        if paper in SIZES:
            wide = content["landscape"]
            assert pdf.size() == (SIZES[paper][::-1] if wide else SIZES[paper])
        if paper != "label":
            assert pdf.says(content["title"])
            assert pdf.says(content["legal_reference"])
        assert "None" not in pdf.text()


@pytest.mark.parametrize(("name", "paper"), [pair for pair in ON_PAPERS if pair[0] not in {"result_list", "hand_over"}])
def test_the_code_is_read_from_every_form_about_one_dossier(name, paper):
    content = made(name, count=1)
    code = content["code"]["text"]
    with printed(content, paper) as pdf:
        found = pdf.barcodes(dpi=600 if paper == "label" else 203)
    assert (found["bars"][0], found["qr"][0]) == (code, slip_qr(code))


@pytest.mark.parametrize(("name", "paper"), ON_PAPERS)
def test_the_longest_values_are_whole_and_overprint_nothing(name, paper):
    content = made(name, whole=LONGEST, count=2)
    with printed(content, paper) as pdf:
        letters = "".join(pdf.text().split())
        assert sound(pdf, 0.9 if paper == "label" else 3.5) == []
    if paper != "label":
        assert "".join(LONG.split()) in letters or "".join(LONG.upper().split()) in letters or name in {"many", "result_list", "hand_over"}


@pytest.mark.parametrize(("name", "paper"), [pair for pair in PAGED if pair[0] in {"result", "result_list", "hand_over", "many", "process"}])
def test_thirty_lines_go_on_over_the_pages(name, paper):
    content = made(name, count=30)
    with printed(content, paper) as pdf:
        pages = len(pdf) // len(content["copies"])
        assert sound(pdf) == []
        assert pages > 1
        for page in range(pages):
            assert f"Trang {page + 1}/{pages}" in pdf.text(page)
            for signer in content["signatures"]:
                assert pdf.says(signer["role"], page)
        text = pdf.text()
    if name != "process":
        assert all(text.replace(" ", "").count(f"-261120-{number:04d}") >= len(content["copies"]) for number in range(2, 31))


@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_thirty_wants_repeat_the_code_and_the_signature_on_each_page(paper):
    wants = replace(SUPPLEMENT, items=tuple(f"Giấy tờ số {number} chứng minh nơi cư trú của người yêu cầu" for number in range(1, 31)))
    with printed(made("02", supplement=wants), paper) as pdf:
        pages = len(pdf) // 2
        assert pages == 2
        for page in range(pages):
            assert pdf.barcodes(page)["bars"][0] == CODE
            assert "NGƯỜI HƯỚNG DẪN" in pdf.text(page)
        assert all(pdf.text().count(f"{number}. Giấy tờ số {number} ") == 2 for number in range(1, 31))
        assert sound(pdf) == []


def test_a_table_row_stands_alone_on_no_page():
    for count in range(8, 20):
        with printed(made("result_list", count=count), "a4") as pdf:
            pages = [sum(f"-{number:04d}" in pdf.text(page) for number in range(1, count + 1)) for page in range(len(pdf) // 2)]
        assert sum(pages) == count
        assert min(pages) > 1


def test_the_control_sheet_has_four_blocks_for_the_pen():
    with printed(made("06", whole=replace(WHOLE, hand_overs=())), "a4") as pdf:
        assert pdf.text().count("Người giao") == pdf.text().count("2. Nhận:") == 4
        dotted = [box for page in range(len(pdf)) for kind, box in pdf.objects(page) if kind == "rule" and 8 < box[2] - box[0] < 45
                  and box[3] - box[1] < 0.6]
    assert len(dotted) >= 16


def test_a_block_of_the_control_sheet_stands_whole_on_its_page():
    with printed(made("06", whole=replace(WHOLE, hand_overs=(GIVEN,) * 9)), "a5") as pdf:
        for page in range(len(pdf)):
            assert pdf.text(page).count("Người giao") == pdf.text(page).count("1. Giao:") == pdf.text(page).count("Người nhận")


def test_two_a5_lie_on_one_a4():
    with printed(made("02"), "a5x2") as pdf:
        assert len(pdf) == 1
        assert pdf.text().count(CODE) == 2
        assert "Liên 1: Lưu" in pdf.text()
        assert "Liên 2: Giao khách hàng" in pdf.text()


@pytest.mark.parametrize(("name", "paper"), [pair for pair in ON_PAPERS if pair[1] != "label"])
def test_a_reprint_says_so_and_shows_the_same(name, paper):
    first = made(name)
    again = as_reprint(first, form_in_force(name, DAY), 2, local(2026, 11, 27, 8, 0))
    mark = "In lại lần 2, 08:00 27/11/2026"
    with printed(first, paper) as one, printed(again, paper) as other:
        assert other.says(mark)
        assert "".join(other.text(0).split()).replace("".join(mark.split()), "") != ""
        assert set(one.text().split()) <= set(other.text().split())
        assert sound(other) == []


@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_little_text_is_given_air(paper):
    few = replace(SUPPLEMENT, items=("Tờ khai",))
    with printed(made("02", supplement=few), paper) as airy, printed(made("02", whole=LONGEST), paper) as full:
        leads = []
        for pdf in (airy, full):
            tops = sorted({round(box[1], 1) for kind, box in pdf.objects() if kind == "text" and box[1] > 80})
            leads.append(min(b - a for a, b in itertools.pairwise(tops) if b - a > 2))
    assert leads[0] > leads[1]


def test_a_label_shortens_a_long_name_and_keeps_the_code():
    with printed(made("label", whole=LONGEST), "label") as pdf:
        assert CODE in pdf.text()
        assert "…" in pdf.text()
        assert "Hẹn: 09:42 26/11/2026" in pdf.text()


@pytest.mark.parametrize("code", ["TAM-0K3M9XYZ.ab12-261120-0038", "H36.50.05.11.22.33.44-20261120-12345678", "H1.2-261120-001"])
def test_any_code_leaves_a_label_that_scans(code):
    with printed(made("label", whole=replace(WHOLE, code=code)), "label") as pdf:
        assert sound(pdf, 0.9) == []
        assert pdf.barcodes(dpi=600)["qr"][0] == slip_qr(code)


def test_a_practice_desk_marks_its_forms():
    with printed(made("03", desk=replace(DESK, practice=True)), "a5") as pdf:
        assert "BẢN TẬP, không có giá trị" in pdf.text(0)


@pytest.mark.parametrize(("name", "paper"), [("02", "a5"), ("06", "a4"), ("label", "label"), ("result", "80mm")])
def test_the_same_content_gives_the_same_bytes(name, paper):
    assert make_form_printer().form(made(name), paper) == PRINTER.form(made(name), paper)


words = st.text(st.characters(categories=("L", "N", "P", "Z", "So", "Cc", "Cf")), max_size=150)


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(on=st.sampled_from(ON_PAPERS), name=words, address=words, request=words, count=st.integers(1, 6))
def test_any_text_on_any_form_is_laid_out_soundly(on, name, address, request, count):
    whole = replace(
        WHOLE, applicant=replace(WHOLE.applicant, full_name=name, address=address), procedure_name=request, handled_by=address,
        hand_overs=(replace(GIVEN, from_unit=name, received_by=address),) * count)
    form, paper = on
    with printed(made(form, whole=whole, count=count, clerk=name, signer=name), paper) as pdf:
        assert sound(pdf, 0.9 if paper == "label" else 3.5) == []
