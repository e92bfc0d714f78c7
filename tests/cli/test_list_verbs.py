"""Lists of digitised papers and the separator sheet without a window."""

from datetime import date

import pypdfium2
import pytest
from openpyxl import load_workbook

from counter_app.domain.scan_codes import SEPARATOR
from counter_app.scanning.codes import read_codes
from tests.cli.test_file_verbs import call, received
from tests.cli.test_paper_verbs import YESTERDAY, paper

__all__ = ["call", "paper", "received"]


def lines(path):
    header, *rest = load_workbook(path).active.iter_rows(values_only=True)
    return [dict(zip(header, line, strict=True)) for line in rest]


def test_what_was_digitised_today_stands_in_the_list(call, received, paper, tmp_path):
    code, value = call("papers", "write-list", "filed", "--out", tmp_path / "list.xlsx")
    assert (code, value) == (0, {"list": "filed", "papers": 1, "out": str(tmp_path / "list.xlsx")})
    (line,) = lines(tmp_path / "list.xlsx")
    assert (line["Mã hồ sơ"], line["SHA-256 của tệp"]) == (received["code"], paper["sha256"])


def test_the_way_into_the_archive_on_paper(call, received, paper, tmp_path):
    assert call("papers", "keep", paper["id"], "--until", YESTERDAY)[0] == 0
    assert call("papers", "write-list", "due", "--out", tmp_path / "due.pdf")[1]["papers"] == 1
    today = date.today().isoformat()  # noqa: DTZ011  as the desk's clock says
    assert call("papers", "hand-over", paper["id"], "--on", today)[0] == 0
    assert call("papers", "write-list", "due", "--out", tmp_path / "due.pdf")[1]["papers"] == 0
    code, value = call("papers", "write-list", "handed-over", "--from", YESTERDAY, "--to", today, "--out", tmp_path / "over.pdf")
    assert (code, value["papers"]) == (0, 1)
    with pypdfium2.PdfDocument(tmp_path / "over.pdf") as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert received["code"] in text
    assert "MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU" in text


@pytest.mark.parametrize(("words", "error"), [
    (("--from", "2026-12-02", "--to", "2026-12-01", "--out", "{tmp}/a.pdf"), "DAYS_REVERSED"),
    (("--from", "gestern", "--out", "{tmp}/a.pdf"), "DATE_IMPOSSIBLE"), (("--out", "{tmp}/a.txt"), "FILE_KIND_UNKNOWN")])
def test_what_is_off_is_said_and_writes_nothing(call, paper, tmp_path, words, error):
    code, value = call("papers", "write-list", "filed", *(word.format(tmp=tmp_path) for word in words))
    assert (code, value["error"]["code"]) == (3, error)
    assert not list(tmp_path.glob("a.*"))


def test_the_separator_parts_a_stack(call, received, tmp_path):
    out = tmp_path / "to-phan-cach.pdf"
    assert call("papers", "separator", "--out", out) == (0, {"out": str(out)})
    with pypdfium2.PdfDocument(out) as document:
        seen = document[0].render(scale=200 / 72, grayscale=True).to_numpy().squeeze()
    assert {code.text for code in read_codes(seen, 200)} == {SEPARATOR}
    code, value = call("file-scans", received["slip"], out, "--dry-run")
    pages = sum(each["pages"] for each in value["dossiers"])
    with pypdfium2.PdfDocument(received["slip"]) as document:
        assert pages == len(document), "the sheet itself is filed nowhere"
    assert (code, value["unfiled"]) == (0, [])
