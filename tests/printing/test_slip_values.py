"""Any dossier makes a slip that holds every one of its values, whole, on every paper, with nothing over anything else."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.codes import provisional_code, read_slip_qr, slip_qr
from counter_app.domain.dossier import BookPlace, Channel, DeliveryMethod, DocumentLine, FeeLine, FeeMethod, Submitter
from counter_app.domain.moments import local
from counter_app.domain.text import tidy
from counter_app.services.documents.slip_content import as_reprint
from tests.examples import examples
from tests.printing.reading import FORMATS, Pdf, problems
from tests.printing.samples import CODE, DESK, FORM, PRINTER, applicant, content, papers

PAPERS = ("a5", "a5x2", "a4", "80mm")
LONG = ("Công Tằng Tôn Nữ Ví Dụ Thị Mẫu " * 10)[:300].strip()
HOURS_LATER = timedelta(hours=3)


def letters(text):
    """A text without white space, which a PDF doesn't have, only places, and without hyphens, which the reader takes for broken words."""
    return "".join(text.split()).translate(dict.fromkeys(map(ord, "-\u00ad\x02\ufffe")))


def leaves(value):
    """Yield every text inside a content."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)


def said_by(made, paper):
    """Return the texts that must stand on each copy; the roll writes its papers as a list, without a table's head."""
    told = [made["title"], made["legal_reference"], made["code"]["text"], made["code"]["mark"], *made["marks"], *made["foot"]]
    told += [text for part in ("head", "rows", "more_rows", "appointment", "last_rows", "signatures") for text in leaves(made[part])]
    told += [row[1] for row in made["table"]["rows"]]
    if paper != "80mm":
        told += [column["title"] for column in made["table"]["columns"] if made["table"]["rows"]]
    return Counter(letters(text) for text in told if text)


def missing(made, paper, pdf):
    """Return the values that don't stand on the pages as often as there are copies; one that a page ends in may be in two pieces."""
    whole, copies = letters(pdf.text()), len(made["copies"])
    several = len(pdf) > (1 if paper == "a5x2" else copies)

    def stands(value):
        return whole.count(value) >= copies or (several and any(
            whole.count(value[:cut]) >= copies and whole.count(value[cut:]) >= copies for cut in range(1, len(value))))

    return [value for value in said_by(made, paper) if not stands(value)]


def sound(pdf):
    return [problem for page in range(len(pdf)) for problem in problems(pdf, page)]


def scanned(pdf, page=0, dpi=200):
    """Return what a scanner reads on a page: (kind, text), as often as it stands there."""
    found = zxingcpp.read_barcodes(pdf.picture(page, dpi), formats=FORMATS)
    return Counter(("qr" if code.format == zxingcpp.BarcodeFormat.QRCode else "bars", code.text) for code in found)


signs = st.characters(codec="latin-1", categories=("L", "N", "P", "Zs")) | st.sampled_from("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĐ")
phrases = st.text(signs, max_size=90).map(tidy)
counts = st.integers(0, 999)
documents = st.builds(
    DocumentLine, phrases.map(lambda name: name or "Tờ khai"), counts, counts, counts, st.booleans())
fees = st.builds(
    FeeLine, st.just("f"), phrases, st.integers(0, 10**9), st.sampled_from(FeeMethod), receipt_series=phrases.map(lambda text: text[:12]),
    receipt_number=st.from_regex(r"[0-9]{0,7}", fullmatch=True), exempt_reason=phrases)
named = phrases.map(lambda text: text or "Hồ Mẫu")
people = st.builds(applicant, full_name=named, address=phrases, phone=st.from_regex(r"(0[0-9]{3} [0-9]{3} [0-9]{3})?", fullmatch=True),
                   email=st.sampled_from(["", "vi.du@vidu.vn", "a" * 120 + "@vidu.vn"]))
dossiers = st.fixed_dictionaries({
    "applicant": people, "submitter": st.none() | st.builds(Submitter, phrases), "documents": st.lists(documents, max_size=8).map(tuple),
    "fees": st.lists(fees, max_size=4).map(tuple), "sets": st.integers(1, 99), "limit_text": phrases, "procedure_name": named,
    "delivery": st.sampled_from(DeliveryMethod), "delivery_address": phrases, "channel": st.sampled_from(Channel),
    "place": st.none() | st.builds(BookPlace, st.just("dossiers"), st.just(2026), st.integers(1, 40), st.integers(1, 99_999)),
    "due_at": st.none() | st.integers(0, 10**5).map(lambda minutes: local(2026, 11, 20) + timedelta(minutes=minutes)),
})


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(told=dossiers, clerk=phrases, paper=st.sampled_from(PAPERS))
def test_every_value_of_any_dossier_stands_on_each_copy(told, clerk, paper):
    made = content(clerk=clerk, **told)
    with Pdf(PRINTER.receipt(made, paper)) as pdf:
        assert missing(made, paper, pdf) == []
        assert sound(pdf) == []


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(told=dossiers, paper=st.sampled_from(PAPERS), serial=st.integers(1, 9999))
def test_the_codes_of_any_dossier_scan(told, paper, serial):
    code = f"H36.50.05-261120-{serial:04d}"
    with Pdf(PRINTER.receipt(content(code=code, **told), paper)) as pdf:
        found = scanned(pdf)
    each = 2 if paper == "a5x2" else 1
    assert found == {("bars", code): each, ("qr", slip_qr(code)): each}
    assert read_slip_qr(slip_qr(code)) == code


SHAPES = {
    "short": {"applicant": applicant(full_name="Vi", address="1", phone="", email="")},
    "long": {"applicant": applicant(full_name=LONG, address=LONG), "procedure_name": LONG, "limit_text": LONG},
    "decomposed": {"applicant": applicant(full_name=unicodedata.normalize("NFD", "Đặng Thị Ửng Hồng"),
                                          address=unicodedata.normalize("NFD", "Thôn Mẫu 3"))},
    "emoji": {"applicant": applicant(full_name="Trần 😀👩‍👩‍👧 Ví Dụ", address="Thôn \u202e3 \u200b漢字")},
    "three hundred in one word": {"applicant": applicant(full_name="Ư" * 300, address="ễ" * 300)},
    "thirty papers": {"documents": papers(30, "Giấy tờ số {} chứng minh nơi cư trú")},
    "thirty long papers": {"documents": tuple(DocumentLine(f"{number} {LONG}", 1) for number in range(30))},
    "no papers": {"documents": ()},
    "many fees": {"fees": tuple(FeeLine("f", f"Phí {number}", 10**9, FeeMethod.CASH, receipt_number=f"{number:07d}") for number in range(20))},
    "to an address": {"delivery": DeliveryMethod.POSTAL, "delivery_address": LONG},
    "by another person": {"submitter": Submitter(LONG, id_number="067190000124")},
}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_every_shape_on_every_paper(shape, paper):
    made = content(**SHAPES[shape])
    with Pdf(PRINTER.receipt(made, paper)) as pdf:
        assert sound(pdf) == []
        if shape != "emoji":
            assert missing(made, paper, pdf) == []
        else:
            assert pdf.text().count("TRẦN □") == 2
        found = scanned(pdf)
        pages = len(pdf)
        text = pdf.text()
    each = 2 if paper == "a5x2" else 1
    assert found == {("bars", CODE): each, ("qr", slip_qr(CODE)): each}
    if shape in ("short", "no papers") and paper != "80mm":
        assert pages == (1 if paper == "a5x2" else 2), "a short slip is one page a copy"
    assert "067190000456" not in text, "the number is nowhere on paper"


@pytest.mark.parametrize("paper", ["a5", "a5x2", "a4"])
def test_every_further_page_bears_the_codes_too(paper):
    with Pdf(PRINTER.receipt(content(**SHAPES["thirty long papers"]), paper)) as pdf:
        assert len(pdf) > 3
        for page in range(len(pdf)):
            found = scanned(pdf, page)
            assert set(found) == {("bars", CODE), ("qr", slip_qr(CODE))}, f"page {page + 1}"
            assert set(found.values()) == {2 if paper == "a5x2" else 1}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_practice_slip_and_its_reprint_say_so_on_each_copy(paper):
    """Nobody takes home a slip from practising that looks like a real one."""
    made = content(desk=replace(DESK, practice=True))
    again = as_reprint(made, FORM, 1, local(2026, 11, 20, 10, 5))
    with Pdf(PRINTER.receipt(made, paper)) as pdf, Pdf(PRINTER.receipt(again, paper)) as other:
        for printed in (pdf, other):
            assert letters(printed.text()).count(letters("BẢN TẬP, không có giá trị")) == 2
            assert sound(printed) == []
        assert letters(other.text()).count(letters("In lại lần 1, 10:05 20/11/2026")) == 2
    with Pdf(PRINTER.receipt(content(), paper)) as real:
        assert "TẬP" not in real.text()


@pytest.mark.parametrize("paper", PAPERS)
def test_a_provisional_slip_says_so_and_scans(paper):
    code = provisional_code("0k3m9xyz", local(2026, 11, 20).date(), 7)
    made = content(code=code)
    with Pdf(PRINTER.receipt(made, paper)) as pdf:
        assert letters(pdf.text()).count(letters(f"{code} (mã tạm)")) == 2
        assert sound(pdf) == []
        found = scanned(pdf, dpi=300)
    each = 2 if paper == "a5x2" else 1
    assert found["qr", slip_qr(code)] == each
    assert found["bars", code] in (each, 0), "where the roll is too narrow for the bars, the square code stays"
    assert paper == "80mm" or found["bars", code] == each


def test_a_hundred_reprints_are_told_apart():
    first, marks = content(), set()
    for issue in (1, 2, 99, 100):
        again = as_reprint(first, FORM, issue, local(2026, 11, 20, 10, 5) + issue * HOURS_LATER)
        with Pdf(PRINTER.receipt(again, "a5")) as pdf:
            assert f"In lại lần {issue}," in pdf.text()
            assert sound(pdf) == []
            marks |= set(again["marks"])
    assert len(marks) == 4
    assert first["marks"] == [], "the stored content stays as it was"


PRINT_AGAIN = """
import hashlib, json, sys
from counter_app.printing import make_form_printer
made = json.loads(sys.stdin.buffer.read())
printer = make_form_printer()
print(json.dumps({paper: hashlib.sha256(printer.receipt(made, paper)).hexdigest() for paper in ("a5", "a5x2", "a4", "80mm")}))
"""


def test_another_process_at_another_time_prints_the_same_bytes():
    """A reprint is made from the stored content; its digest stands in the event that the province has."""
    made = content(**SHAPES["long"])
    here = {paper: hashlib.sha256(PRINTER.receipt(made, paper)).hexdigest() for paper in PAPERS}
    done = subprocess.run(
        [sys.executable, "-c", PRINT_AGAIN], input=json.dumps(made).encode(), capture_output=True, timeout=60, check=True,
        cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONHASHSEED": "4711", "TZ": "America/Lima", "LC_ALL": "C"})
    assert json.loads(done.stdout) == here
    assert len(set(here.values())) == 4


@settings(max_examples=examples(10), deadline=None)
@given(told=dossiers)
def test_a_content_survives_its_way_through_json(told):
    """Contents are stored as JSON; what comes back must print the same."""
    made = content(**told)
    stored = json.loads(json.dumps(made, ensure_ascii=False))
    assert stored == made
    assert PRINTER.receipt(stored, "80mm") == PRINTER.receipt(made, "80mm")


@pytest.mark.parametrize(("series", "number", "said"), [
    ("AA/26E", "0000412", "biên lai AA/26E số 0000412"), ("", "0000412", "biên lai số 0000412"), ("AA/26E", "", "đã thu tiền mặt")])
def test_a_receipt_with_and_without_its_series(series, number, said):
    made = content(fees=(FeeLine("f", "Lệ phí", 15000, FeeMethod.CASH, receipt_series=series, receipt_number=number),))
    with Pdf(PRINTER.receipt(made, "a5")) as pdf:
        text = pdf.text(0)
    assert said in text
    assert ("biên lai" in text) == bool(number)
    assert "biên lai  " not in text


def test_a_request_without_a_code_has_no_empty_brackets():
    assert [cell["after"] for row in content(procedure_code="")["rows"] for cell in row] == ["", "(nộp trực tiếp)", "", "", "", "", ""]
