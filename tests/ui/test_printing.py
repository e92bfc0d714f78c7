"""Printing on paper, proven on real print queues: what arrives is decoded and measured."""

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from tests.printing.samples import CODE, PRINTER, content
from tests.ui.cups_server import CupsServer, missing

PROGRAM = """
import json, sys
from PySide6.QtWidgets import QApplication
app = QApplication([])
from counter_app.domain.errors import DeskError
from ui.printing import print_pdf, printers
wish = json.loads(sys.argv[1])
told = {"printers": [[p.name, p.is_default] for p in printers()], "error": None}
try:
    if "pdf" in wish:
        print_pdf(open(wish["pdf"], "rb").read(), wish["printer"], wish.get("copies", 1), wish.get("title", "slip"))
except DeskError as error:
    told["error"] = [error.code, dict(error.problems[0].params)]
print(json.dumps(told))
"""
PROJECT = Path(__file__).resolve().parents[2]


def ask(environment, **wish):
    """Run the printing program, as a desk's PC would, with its own Qt; return what it tells."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(wish)], env=environment | {"QT_QPA_PLATFORM": "offscreen"}, cwd=PROJECT,
        capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def cups():
    if missing():
        pytest.skip(missing())
    root = Path(tempfile.mkdtemp(prefix="cups-"))
    root.chmod(0o755)  # the server's filters run as another user
    server = CupsServer(root)
    try:
        if not server.wait():
            pytest.skip("cupsd does not start here: " + (root / "error.log").read_text()[-300:])
        yield server
    finally:
        server.stop()
        shutil.rmtree(root, ignore_errors=True)


@pytest.fixture
def slip(tmp_path):
    def write(paper):
        (tmp_path / f"{paper}.pdf").write_bytes(PRINTER.receipt(content(), paper))
        return str(tmp_path / f"{paper}.pdf")

    return write


def read(data, page=0, dpi=600):
    """The bars on a printed page: text, left, top, length, and the page's size, in mm."""
    document = pypdfium2.PdfDocument(data)
    try:
        sheet = document[page]
        picture = sheet.render(scale=dpi / 72, grayscale=True).to_pil()
        (code,) = zxingcpp.read_barcodes(picture, formats=[zxingcpp.BarcodeFormat.Code128])
        dot, place = 25.4 / dpi, code.position
        length = (place.top_right.x - place.top_left.x) * dot
        size = (sheet.get_width() * 25.4 / 72, sheet.get_height() * 25.4 / 72)
        return code.text, place.top_left.x * dot, place.top_left.y * dot, length, size, len(document)
    finally:
        document.close()


@pytest.mark.cups
@pytest.mark.parametrize(("paper", "size"), [("a5", (148, 210)), ("a4", (210, 297))])
def test_a_printed_slip_has_its_true_size_and_place(cups, slip, paper, size):
    out = cups.add_file_printer("direct")
    told = ask(cups.environment, pdf=slip(paper), printer="direct")
    assert told["error"] is None
    assert cups.idle("direct")
    text, left, top, length, page, pages = read(out.read_bytes())
    expected = read(Path(slip(paper)).read_bytes())
    assert text == CODE
    assert length == pytest.approx(80.52, rel=0.01)
    assert (left, top) == (pytest.approx(expected[1], abs=0.5), pytest.approx(expected[2], abs=0.5))
    assert page == (pytest.approx(size[0], abs=1), pytest.approx(size[1], abs=1))
    assert pages == 2


@pytest.mark.cups
def test_two_slips_on_a_landscape_sheet_keep_their_size(cups, slip):
    out = cups.add_file_printer("wide")
    assert ask(cups.environment, pdf=slip("a5x2"), printer="wide")["error"] is None
    assert cups.idle("wide")
    document = pypdfium2.PdfDocument(out.read_bytes())
    picture = document[0].render(scale=400 / 72, grayscale=True).to_pil()
    codes = zxingcpp.read_barcodes(picture, formats=[zxingcpp.BarcodeFormat.Code128])
    document.close()
    assert [code.text for code in codes] == [CODE, CODE]
    for code in codes:
        one, other = code.position.top_left, code.position.top_right
        length = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5 * 25.4 / 400
        assert length == pytest.approx(80.52, rel=0.01)


@pytest.mark.cups
@pytest.mark.skipif(os.geteuid() != 0, reason="the cups-pdf backend changes to the owner of the job, which needs root")
def test_a_slip_printed_by_cups_pdf_decodes_and_measures_right(cups, slip):
    cups.add_cups_pdf("paper")
    title = f"slip-{uuid.uuid4().hex[:12]}"
    assert ask(cups.environment, pdf=slip("a5"), printer="paper", title=title)["error"] is None
    assert cups.idle("paper")
    folder = Path(pwd.getpwuid(os.geteuid()).pw_dir) / "PDF"
    for _ in range(100):
        if (found := list(folder.glob(f"{title}*.pdf"))) and found[0].stat().st_size:
            break
        time.sleep(0.1)
    else:
        pytest.skip("the cups-pdf backend left no file here")
    data = found[0].read_bytes()
    found[0].unlink()
    text, left, top, length, page, pages = read(data)
    assert text == CODE
    assert length == pytest.approx(80.52, rel=0.01)
    assert (left, top) == (pytest.approx(11.0, abs=0.5), pytest.approx(38.6, abs=0.5))
    assert page == (pytest.approx(148, abs=1), pytest.approx(210, abs=1))
    assert pages == 2


@pytest.mark.cups
def test_a_printer_that_is_gone_and_a_damaged_document_are_sentences(cups, slip, tmp_path):
    cups.add_file_printer("there")
    assert ask(cups.environment, pdf=slip("a5"), printer="gone")["error"] == ["PRINTER_UNKNOWN", {"printer": "gone"}]
    (tmp_path / "broken.pdf").write_bytes(b"no document")
    assert ask(cups.environment, pdf=str(tmp_path / "broken.pdf"), printer="there")["error"] == ["DOCUMENT_UNREADABLE", {}]
    assert "there" in [name for name, _ in ask(cups.environment)["printers"]]


def test_a_computer_without_printers_says_so(slip, tmp_path):
    nowhere = os.environ | {"CUPS_SERVER": str(tmp_path / "no.sock"), "HOME": str(tmp_path)}
    told = ask(nowhere, pdf=slip("a5"), printer="")
    assert told == {"printers": [], "error": ["PRINTER_NONE", {}]}


def test_every_fault_of_printing_has_its_sentence():
    from counter_app.support.messages import text

    for lang in ("vi", "en"):
        for code in ("PRINTER_NONE", "PRINTER_UNKNOWN", "PRINTER_REFUSED", "DOCUMENT_UNREADABLE"):
            assert text(code, lang, printer="HP") != code
