"""Words on scanned pages: read by Tesseract where it is, laid invisibly below the page, and left out in peace where it isn't."""

import shutil
import stat
import sys
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from pikepdf import pdfa

from bench.sheets import sheet
from counter_app.domain.errors import SurroundingsError
from counter_app.scanning import text
from counter_app.scanning.pdf.writing import write_pdf
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import PdfProfile
from tests.scanning.pdf.samples import FACTS, rendered, work

READER = text.find_reader()
needs_reader = pytest.mark.skipif(READER is None, reason="tesseract-ocr-vie is not installed")


def program(tmp_path, body):
    """A stand-in for Tesseract."""
    path = tmp_path / "tesseract"
    path.write_text(f"#!{sys.executable}\nimport sys, pathlib\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.parametrize(("languages", "found"), [("eng\nosd\nvie", True), ("eng\nvietnamese", False), ("", False)])
def test_a_reader_counts_only_when_it_reads_vietnamese(tmp_path, monkeypatch, languages, found):
    command = program(tmp_path, f"print({languages!r})")
    monkeypatch.setattr(shutil, "which", lambda _: str(command))
    assert text.find_reader() == (command if found else None)


def test_without_a_program_there_is_no_reader(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert text.find_reader() is None
    monkeypatch.setattr(shutil, "which", lambda _: str(tmp_path / "gone"))
    assert text.find_reader() is None


@pytest.mark.parametrize("body", ["sys.exit(1)", "pass", "pathlib.Path(sys.argv[2] + '.txt').write_bytes(b'\\xff\\xfe\\xff')"])
def test_a_reader_that_fails_is_a_sentence(tmp_path, body):
    with pytest.raises(SurroundingsError, match="TEXT_READER_FAILED"):
        text.read_page(program(tmp_path, body), work(tmp_path, sheet("blank", 1, 100), 100).page)


def test_a_reader_that_fails_leaves_no_file(tmp_path):
    made = write_pdf([work(tmp_path, sheet("blank", 1, 100), 100)], FACTS, PdfProfile.MIXED, tmp_path / "plain.pdf")
    with pytest.raises(SurroundingsError, match="TEXT_READER_FAILED"):
        text.add_text(program(tmp_path, "sys.exit(1)"), made.path, tmp_path / "text.pdf")
    assert not (tmp_path / "text.pdf").exists()


def fake_reader(tmp_path):
    """Says what page it was given, on a layer with that text."""
    body = (
        "out = pathlib.Path(sys.argv[2])\nname = pathlib.Path(sys.argv[1]).stem\nout.with_suffix('.txt').write_text(f'chữ của {name}\\n', 'utf-8')\n"
        "import pikepdf\npdf = pikepdf.new()\npdf.add_blank_page(page_size=(99, 99))\npdf.save(out.with_suffix('.pdf'))")
    return program(tmp_path, body)


def test_every_page_gets_its_own_text(tmp_path):
    pages = [work(tmp_path, np.full((99, 99, 3), 255, np.uint8), number=number) for number in (1, 2, 3)]
    made = write_pdf(pages, FACTS, PdfProfile.MIXED, tmp_path / "plain.pdf")
    before = made.path.read_bytes()
    assert text.add_text(fake_reader(tmp_path), made.path, tmp_path / "text.pdf") == [f"chữ của page-000{number}" for number in (1, 2, 3)]
    assert made.path.read_bytes() == before
    with pikepdf.open(tmp_path / "text.pdf") as pdf:
        assert len(pdf.pages) == 3


@needs_reader
def test_words_are_found_where_they_stand_and_nothing_is_seen_of_them(tmp_path):
    page = sheet("form", 2)[150:900]
    made = write_pdf([work(tmp_path, page)], FACTS, PdfProfile.MIXED, tmp_path / "plain.pdf")
    (read,) = text.add_text(READER, made.path, tmp_path / "text.pdf")
    assert "Độc lập" in read
    assert "Hạnh phúc" in read
    assert pdfa.validate_written(tmp_path / "text.pdf", "2b").verdict == "pass"
    assert (rendered(tmp_path / "text.pdf") == rendered(made.path)).all()
    document = pypdfium2.PdfDocument(tmp_path / "text.pdf")
    try:
        words = document[0].get_textpage()
        assert "lập" in words.get_text_range()
        found = words.search("Hạnh").get_next()
        left, bottom, right, top = words.get_charbox(found[0])
        height = document[0].get_height()
    finally:
        document.close()
    spot = page[round((height - top) / 72 * 200):round((height - bottom) / 72 * 200), round(left / 72 * 200):round(right / 72 * 200)]
    assert spot.min() < 120, "there is ink where the word is said to stand"


@needs_reader
def test_an_empty_page_has_no_words(tmp_path):
    path = work(tmp_path, sheet("blank", 1, 100), 100).page
    assert text.read_page(READER, ScannedPage(Path(path.path), 100, "front", 1, path.size_px)).text == ""
