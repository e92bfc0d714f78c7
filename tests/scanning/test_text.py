"""Words on scanned pages: read by Tesseract where it is, ended when somebody works, laid invisibly below the page of a copy."""

import errno
import os
import shutil
import stat
import sys
import threading
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from pikepdf import pdfa

from bench.sheets import sheet
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.scan_profile import PdfProfile
from counter_app.domain.scan_words import words_of_page
from counter_app.scanning import text, text_pages
from counter_app.scanning.pdf.writing import write_pdf
from counter_app.services.scanning.reading import ReadPage, never
from tests.scanning.pdf.samples import FACTS, rendered, work

READER = text.find_reader()
needs_reader = pytest.mark.skipif(READER is None, reason="tesseract-ocr-vie is not installed")


def program(tmp_path, body):
    """A stand-in for Tesseract."""
    path = tmp_path / "tesseract"
    path.write_text(f"#!{sys.executable}\nimport sys, pathlib\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def reader(monkeypatch, command, most_s=text.PAGE_SECONDS):
    """A reader that runs a program."""
    monkeypatch.setattr(text, "find_reader", lambda: command)
    return text.TesseractReader(most_s)


def white(tmp_path, pages=1):
    """A PDF of empty pages."""
    works = [work(tmp_path, np.full((99, 99, 3), 255, np.uint8), number=number) for number in range(1, pages + 1)]
    return write_pdf(works, FACTS, PdfProfile.MIXED, tmp_path / "plain.pdf").path


@pytest.mark.parametrize(("languages", "found"), [("eng\nosd\nvie", True), ("eng\nvietnamese", False), ("", False)])
def test_a_reader_counts_only_when_it_reads_vietnamese(tmp_path, monkeypatch, languages, found):
    command = program(tmp_path, f"print({languages!r})")
    monkeypatch.setattr(shutil, "which", lambda _, path=None: str(command))
    assert text.find_reader() == (command if found else None)


def test_without_a_program_there_is_no_reader(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _, path=None: None)
    assert text.find_reader() is None
    monkeypatch.setattr(shutil, "which", lambda _, path=None: str(tmp_path / "gone"))
    assert text.find_reader() is None


def test_where_the_installer_of_windows_puts_it_it_is_found(tmp_path, monkeypatch):
    command = program(tmp_path, "print('vie')")
    monkeypatch.setattr(shutil, "which", lambda _, path=None: str(command) if path == r"C:\Program Files\Tesseract-OCR" else None)
    assert text.find_reader() == command


def test_a_reader_is_looked_for_once(tmp_path, monkeypatch):
    looks = []
    monkeypatch.setattr(text, "find_reader", lambda: looks.append(1))
    made = text.TesseractReader()
    assert not made.is_there()
    assert not made.is_there()
    assert looks == [1]


@pytest.mark.parametrize("body", ["sys.exit(1)", "pass", "pathlib.Path(sys.argv[2] + '.txt').write_bytes(b'\\xff\\xfe\\xff')"])
def test_a_reader_that_fails_is_a_sentence(tmp_path, monkeypatch, body):
    file = white(tmp_path)
    with pytest.raises(SurroundingsError, match="TEXT_READER_FAILED"):
        reader(monkeypatch, program(tmp_path, body)).read(file, 1, never)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing"])
def test_what_is_no_pdf_and_a_page_that_is_not_there_are_failures(tmp_path, monkeypatch, data):
    made, broken = reader(monkeypatch, program(tmp_path, "pass")), tmp_path / "broken.pdf"
    broken.write_bytes(data)
    with pytest.raises(SurroundingsError, match="TEXT_READER_FAILED"):
        made.read(broken, 1, never)
    with pytest.raises(SurroundingsError, match="TEXT_READER_FAILED"):
        made.read(white(tmp_path), 2, never)


HANGS = "import os, time\npathlib.Path(sys.argv[2] + '.pid').write_text(str(os.getpid()))\ntime.sleep(600)"


def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_it_ends_at_once_when_somebody_works_and_leaves_no_process(tmp_path, monkeypatch):
    file, halt = white(tmp_path), threading.Event()
    noted = tmp_path / "read-1.pid"

    def stop():
        if noted.exists() and noted.read_text():
            halt.set()
        return halt.is_set()

    assert reader(monkeypatch, program(tmp_path, HANGS)).read(file, 1, stop) is None
    assert is_gone(int(noted.read_text()))


def test_a_page_that_takes_too_long_is_a_failure_and_leaves_no_process(tmp_path, monkeypatch):
    file = white(tmp_path)
    with pytest.raises(SurroundingsError, match="TEXT_READER_FAILED"):
        reader(monkeypatch, program(tmp_path, HANGS), most_s=1.5).read(file, 1, never)
    noted = tmp_path / "read-1.pid"
    assert not noted.exists() or is_gone(int(noted.read_text()))


def test_it_runs_below_everything_else_and_on_one_core(tmp_path, monkeypatch):
    body = "import os\nout = f'{os.nice(0)} {os.environ[\"OMP_THREAD_LIMIT\"]}'\npathlib.Path(sys.argv[2] + '.txt').write_text(out)"
    assert reader(monkeypatch, program(tmp_path, body)).read(white(tmp_path), 1, never) == ReadPage("19 1", 1)


def test_a_reader_that_fails_leaves_no_copy(tmp_path, monkeypatch):
    with pytest.raises(SurroundingsError, match="TEXT_READER_FAILED"):
        reader(monkeypatch, program(tmp_path, "sys.exit(1)")).add_layer(white(tmp_path), tmp_path / "text.pdf")
    no_pdf = "pathlib.Path(sys.argv[2] + '.pdf').write_bytes(b'nothing')"
    with pytest.raises(SurroundingsError, match="TEXT_READER_FAILED"):
        reader(monkeypatch, program(tmp_path, no_pdf)).add_layer(white(tmp_path), tmp_path / "text.pdf")
    assert not (tmp_path / "text.pdf").exists()


@pytest.mark.parametrize("act", [
    lambda made, file: made.read(file, 1, never), lambda made, file: made.add_layer(file, file.with_name("text.pdf"))])
def test_a_full_disk_is_no_fault_of_the_page(tmp_path, monkeypatch, act):
    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    file = white(tmp_path)
    monkeypatch.setattr(text_pages, "draw", full)
    with pytest.raises(SurroundingsError, match="DISK_FULL"):
        act(reader(monkeypatch, program(tmp_path, "pass")), file)


def test_a_program_that_lays_nothing_is_a_failure(tmp_path, monkeypatch):
    with pytest.raises(SurroundingsError, match="TEXT_READER_FAILED"):
        reader(monkeypatch, program(tmp_path, "pass")).add_layer(white(tmp_path), tmp_path / "text.pdf")


def test_no_picture_of_a_page_stays(tmp_path, monkeypatch):
    file, made = white(tmp_path, 2), reader(monkeypatch, fake_reader(tmp_path))
    made.add_layer(file, tmp_path / "text.pdf")
    assert list(tmp_path.glob("read-*.png")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts no open files")
def test_a_long_paper_holds_few_files_open(tmp_path):
    import resource

    file, layer = white(tmp_path, 60), tmp_path / "layer.pdf"
    empty = pikepdf.new()
    empty.add_blank_page(page_size=(99, 99))
    empty.save(layer)
    with Path(os.devnull).open("rb") as last:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (last.fileno() + 20, hard))
    try:
        text_pages.lay_below(file, [layer] * 60, tmp_path / "text.pdf")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert text_pages.page_count(tmp_path / "text.pdf") == 60


def fake_reader(tmp_path):
    """Says what page it was given, or lays an empty layer."""
    body = (
        "out = pathlib.Path(sys.argv[2])\nname = pathlib.Path(sys.argv[1]).stem\nout.with_suffix('.txt').write_text(f'chữ của {name}\\n', 'utf-8')\n"
        "import pikepdf\npdf = pikepdf.new()\npdf.add_blank_page(page_size=(99, 99))\npdf.save(out.with_suffix('.pdf'))")
    return program(tmp_path, body)


def test_every_page_gets_its_own_text(tmp_path, monkeypatch):
    file, made = white(tmp_path, 3), reader(monkeypatch, fake_reader(tmp_path))
    before = file.read_bytes()
    assert [made.read(file, number, never) for number in (1, 2, 3)] == [ReadPage(f"chữ của read-{number}", 3) for number in (1, 2, 3)]
    made.add_layer(file, tmp_path / "text.pdf")
    assert file.read_bytes() == before
    with pikepdf.open(tmp_path / "text.pdf") as pdf:
        assert len(pdf.pages) == 3


@needs_reader
def test_words_are_found_where_they_stand_and_nothing_is_seen_of_them(tmp_path):
    page = sheet("form", 2)[150:900]
    made = write_pdf([work(tmp_path, page)], FACTS, PdfProfile.MIXED, tmp_path / "plain.pdf")
    tesseract = text.TesseractReader()
    assert tesseract.is_there()
    read = tesseract.read(made.path, 1, never)
    assert {"doc", "lap", "hanh", "phuc"} <= set(words_of_page(read.text))
    assert ("Độc lập" in read.text, "Hạnh phúc" in read.text, read.pages) == (True, True, 1)
    tesseract.add_layer(made.path, tmp_path / "text.pdf")
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
def test_an_empty_page_has_no_words_and_nobody_who_works_waits_for_the_real_program(tmp_path):
    made = write_pdf([work(tmp_path, sheet("blank", 1, 100), 100)], FACTS, PdfProfile.MIXED, tmp_path / "plain.pdf")
    assert text.TesseractReader().read(made.path, 1, never) == ReadPage("", 1)
    assert text.TesseractReader().read(made.path, 1, lambda: True) is None
