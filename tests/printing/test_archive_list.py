"""The lists of digitised papers on paper: every line of any length, no page without its head, an empty one too."""

from dataclasses import replace
from datetime import date

import pytest

from counter_app.printing import make_form_printer
from counter_app.services.documents.forms import form_in_force
from counter_app.services.scanning.archive_content import ARCHIVE_LIST, ListedPaper, ListKind, PaperList, archive_list
from tests.builders import NOW, profile
from tests.printing.reading import Pdf, problems
from tests.storage.test_scans import paper

WORDS = form_in_force(ARCHIVE_LIST, NOW.date())
LONG = "Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất kèm sơ đồ thửa đất"


@pytest.fixture(scope="module")
def printer():
    return make_form_printer()


def drawn(printer, kind, count):
    papers = [replace(paper(n), paper=f"{LONG} số {n}", number="117/UBND-HT", result_code="KQ.G15.003159", box="Hộp 12", folder="Cặp 3",
                      kept_until=date(2036, 12, 31)) for n in range(1, count + 1)]
    codes = tuple(ListedPaper(f"H36.50.05-261120-{n:04}", each) for n, each in enumerate(papers, 1))
    return printer.form(archive_list(PaperList(kind, date(2026, 11, 1), date(2026, 11, 30), codes), profile(), WORDS, NOW), "a4")


@pytest.mark.parametrize("kind", ListKind)
@pytest.mark.parametrize("count", [0, 1, 11, 60])
def test_every_line_is_there_once_in_each_copy_and_lies_well(printer, kind, count):
    copies = 2 if kind is ListKind.HANDED_OVER else 1
    with Pdf(drawn(printer, kind, count)) as pdf:
        assert pdf.size() == (297.0, 210.0)
        assert all(problems(pdf, page) == [] for page in range(len(pdf)))
        text = pdf.text()
        assert all(pdf.says("Mã hồ sơ", page) for page in range(len(pdf)))
        for n in range(1, count + 1):
            assert text.count(f"H36.50.05-261120-{n:04}") == copies
        assert pdf.says(f"{count} tệp, {2 * count} trang")
        assert text.count("Bản 2: Bên nhận") == (len(pdf) // 2 if copies == 2 else 0)


def test_the_same_list_has_the_same_bytes(printer):
    assert drawn(printer, ListKind.DUE, 3) == drawn(make_form_printer(), ListKind.DUE, 3)
