"""The process for files from outside: it gives what the reader gives, is bounded, and dies alone."""

import json
import os
import subprocess
import sys
import zlib
from io import BytesIO

import pikepdf
import pytest

from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.scanning import confining
from counter_app.scanning.foreign import pages_of
from counter_app.scanning.foreign_process import COMMAND, ForeignProcess
from counter_app.services.scanning.paper import ForeignLimits
from counter_app.support import messages
from tests.scanning.test_foreign import WHOLE, bomb, paper, pdf_of, saved

LIMITS = ForeignLimits()
READY = "import sys, time\nsys.stdout.write('{}\\n'); sys.stdout.flush()\n"
"""How a reader of a test begins: as the real one does."""


@pytest.fixture
def reader():
    with ForeignProcess() as made:
        yield made


def put(folder, data, name="scan.bin"):
    path = folder / name
    path.write_bytes(data)
    return path


def pretending(body):
    """A reader that says it is ready, and then does something else."""
    return ForeignProcess((sys.executable, "-c", READY + body), longest_s=5)


def refusal(reader, path, out):
    with pytest.raises((RuleBrokenError, SurroundingsError)) as caught:
        list(reader.pages_of(path, LIMITS, out))
    for language in messages.LANGUAGES:
        assert "{" not in messages.sentence(caught.value.problems[0], language)
    return type(caught.value), caught.value.code


@pytest.mark.parametrize("kind", WHOLE)
def test_it_gives_the_same_pages_as_reading_here(reader, tmp_path, kind):
    path = put(tmp_path, WHOLE[kind], "hồ sơ \udcff.bin" if os.name != "nt" else "hồ sơ.bin")
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    here = list(pages_of(path, LIMITS, tmp_path / "here", 3))
    there = list(reader.pages_of(path, LIMITS, tmp_path / "there", 3))
    assert [(page.dpi, page.side, page.ordinal, page.size_px, page.path.name) for page in there] == [
        (page.dpi, page.side, page.ordinal, page.size_px, page.path.name) for page in here]
    assert [page.path.read_bytes() for page in there] == [page.path.read_bytes() for page in here]
    assert all(page.path.parent == tmp_path / "there" for page in there)


@pytest.mark.parametrize(("data", "limits", "error", "code", "params"), [
    (b"", LIMITS, RuleBrokenError, "FOREIGN_EMPTY", {}), (b"MZ", LIMITS, RuleBrokenError, "FOREIGN_NO_PAGES", {}),
    (bomb(60_000, 60_000), LIMITS, RuleBrokenError, "FOREIGN_PAGE_TOO_LARGE", {"most": 80}),
    (pdf_of(paper(), paper()), ForeignLimits(most_pages=1), RuleBrokenError, "FOREIGN_TOO_MANY_PAGES", {"pages": 2, "most": 1}),
    (None, LIMITS, SurroundingsError, "FOREIGN_UNREADABLE", {}),
])
def test_a_refusal_arrives_as_it_was_meant(reader, tmp_path, data, limits, error, code, params):
    path = put(tmp_path, data) if data is not None else tmp_path / "scan.bin"
    with pytest.raises(error) as caught:
        list(reader.pages_of(path, limits, tmp_path))
    (problem,) = caught.value.problems
    assert (problem.code, problem.params) == (code, {"name": "scan.bin", **params})


def test_one_process_serves_all_files_of_an_import(reader, tmp_path, monkeypatch):
    began = []
    real = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *given, **named: began.append(given) or real(*given, **named))
    path = put(tmp_path, pdf_of(paper(size=(50, 70)), paper(size=(50, 70))))
    for _ in range(3):
        assert len(list(reader.pages_of(path, LIMITS, tmp_path))) == 2
        with pytest.raises(RuleBrokenError, match="FOREIGN_EMPTY"):
            list(reader.pages_of(put(tmp_path, b"", "empty"), LIMITS, tmp_path))
    assert len(began) == 1


def test_pages_come_one_by_one_and_who_stops_in_between_begins_the_next_file_as_well(reader, tmp_path):
    many = put(tmp_path, pdf_of(*[paper(size=(50, 70))] * 4), "many.pdf")
    coming = reader.pages_of(many, LIMITS, tmp_path)
    assert next(coming).ordinal == 1
    assert [path.name for path in tmp_path.glob("page-*")] == ["page-0001.png"]
    coming.close()
    (page,) = reader.pages_of(put(tmp_path, saved(paper("L"), "PNG"), "other.png"), LIMITS, tmp_path, 9)
    assert (page.ordinal, page.path.name) == (9, "page-0009.png")


def test_nothing_is_begun_before_a_file_comes_and_nothing_is_left_after(tmp_path):
    made = ForeignProcess(("/no/such/program",))
    with made:
        pass
    with ForeignProcess() as reader:
        list(reader.pages_of(put(tmp_path, WHOLE["png"]), LIMITS, tmp_path))
        process = reader._process._process
        assert process.poll() is None
    assert process.poll() is not None
    assert process.stdin.closed
    assert reader._process is None


@pytest.mark.parametrize("body", [
    "sys.stdin.readline(); sys.exit(3)", "sys.stdin.readline(); import os; os.abort()",
    "sys.stdin.readline(); print('{\"page')", "sys.stdin.readline(); print('[1]')", "sys.stdin.readline(); print('7')",
    "sys.stdin.readline(); print('{\"name\": \"page-0001.png\"}')", "sys.stdin.readline(); print('{\"code\": \"NOT_ALLOWED\"}')",
])
def test_a_reader_that_dies_or_talks_nonsense_is_a_sentence(tmp_path, body):
    with pretending(body) as reader:
        assert refusal(reader, put(tmp_path, WHOLE["png"]), tmp_path) == (RuleBrokenError, "FOREIGN_READER_DIED")


def test_a_reader_that_hangs_is_ended(tmp_path):
    with ForeignProcess((sys.executable, "-c", READY + "time.sleep(600)"), longest_s=0.5) as reader:
        assert refusal(reader, put(tmp_path, WHOLE["png"]), tmp_path) == (RuleBrokenError, "FOREIGN_READER_DIED")
        assert reader._process is None


def test_the_next_file_gets_a_new_reader(tmp_path):
    """It dies of one name and reads every other one."""
    body = (
        "import json\n"
        "for line in sys.stdin:\n"
        "    asked = json.loads(line)\n"
        "    if asked.get('path', '').endswith('evil.pdf'): sys.exit(1)\n"
        "    page = {'name': 'page-0001.png', 'dpi': 200, 'ordinal': 1, 'size_px': [3, 4]}\n"
        "    print(json.dumps(page if asked else {}), flush=True)\n")
    with pretending(body) as reader:
        assert [page.size_px for page in reader.pages_of(tmp_path / "a.pdf", LIMITS, tmp_path)] == [(3, 4)]
        assert refusal(reader, tmp_path / "evil.pdf", tmp_path)[1] == "FOREIGN_READER_DIED"
        assert [page.size_px for page in reader.pages_of(tmp_path / "b.pdf", LIMITS, tmp_path)] == [(3, 4)]


def test_a_page_never_lies_outside_the_folder_for_pages(tmp_path):
    page = {"name": "../../secret.png", "dpi": 200, "ordinal": 1, "size_px": [3, 4]}
    with pretending(f"sys.stdin.readline(); print({json.dumps(json.dumps(page))}, flush=True); sys.stdin.readline(); print('{{}}')") as reader:
        (told,) = reader.pages_of(tmp_path / "a.pdf", LIMITS, tmp_path)
    assert told.path == tmp_path / "secret.png"


@pytest.mark.parametrize("command", [("/no/such/program",), (sys.executable, "-c", "raise SystemExit(1)")])
def test_a_reader_that_does_not_start_is_the_surroundings(tmp_path, command):
    with ForeignProcess(command) as reader:
        assert refusal(reader, put(tmp_path, WHOLE["png"]), tmp_path) == (SurroundingsError, "FOREIGN_READER_DOWN")


def confined(code):
    """Run code in a process that is confined as the reader is; return how it ended and what it said."""
    done = subprocess.run(
        [sys.executable, "-c", f"from counter_app.scanning import confining as child\nchild.confine()\n{code}"],
        capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


needs_bounds = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bounds")


@needs_bounds
def test_memory_is_bounded_and_enough_for_the_largest_page(tmp_path):
    assert "MemoryError" in confined("bytearray(3 * 2 ** 30)")[2]
    largest = put(tmp_path, pdf_of(paper("1", size=(8_900, 8_900)), dpi=300), "largest.pdf")
    with ForeignProcess() as reader:
        (page,) = reader.pages_of(largest, LIMITS, tmp_path)
    assert page.size_px == (8_900, 8_900)


def drawing(content, times=1, deep=0):
    """A PDF of one page that draws content so many times over; ``deep`` times a form that draws the one below it ten times."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    packer = zlib.compressobj(wbits=-15)
    packed = b"x\x9c" + (packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)) * times + packer.flush()
    stream, below = pikepdf.Stream(pdf, b""), None
    stream.write(packed, filter=pikepdf.Name.FlateDecode)
    for _ in range(deep):
        form = pikepdf.Stream(pdf, b"/F Do " * 10 if below else b"0 0 10 10 re f")
        form.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 595, 842]})
        if below:
            form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=below))
        below = pdf.make_indirect(form)
    if below:
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=below))
    pdf.pages[0].Contents = stream
    out = BytesIO()
    pdf.save(out, compress_streams=False)
    return out.getvalue()


@needs_bounds
@pytest.mark.parametrize("hostile", [
    pytest.param(lambda: drawing(b" " * 2**24, 192), id="three gigabytes of nothing"),
    pytest.param(lambda: drawing(b"0 0 m 595 842 l S " * 1000, 3000), id="three million lines to draw"),
    pytest.param(lambda: drawing(b"/F Do", deep=30), id="a form in a form in a form, each ten times"),
])
def test_a_real_file_that_swallows_memory_or_time_costs_only_itself(tmp_path, hostile):
    with ForeignProcess(longest_s=2) as reader:
        path = put(tmp_path, hostile(), "hostile.pdf")
        assert path.stat().st_size < 20 * 2**20
        assert refusal(reader, path, tmp_path) == (RuleBrokenError, "FOREIGN_READER_DIED")
        assert len(list(reader.pages_of(put(tmp_path, WHOLE["pdf"], "good.pdf"), LIMITS, tmp_path))) == 1


@needs_bounds
@pytest.mark.parametrize(("code", "says"), [
    ("open('/dev/null', 'w')\nf = [open('/dev/null') for _ in range(100)]", "Too many open files"),
    ("import tempfile\nf = tempfile.TemporaryFile()\nf.truncate(2 ** 31)", "File too large"),
])
def test_files_are_bounded(code, says):
    assert says in confined(code)[2]


@needs_bounds
def test_who_computes_without_an_end_is_ended_by_the_system():
    """Even if nobody is left who measures the time."""
    code, _, _ = confined("child.compute_at_most(1)\nwhile True: pass")
    assert code < 0


@needs_bounds
def test_each_answer_has_its_own_time():
    code = "import time\nfor _ in range(2):\n    child.compute_at_most(2)\n    end = time.process_time() + 1.2\n    while time.process_time() < end: pass\nprint('all')"
    assert confined(code)[:2] == (0, "all\n")


def test_it_ends_when_nobody_asks_any_more(tmp_path):
    """As it happens when the program is killed."""
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        assert process.stdout.readline() == b"{}\n"
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_it_knows_neither_database_nor_window():
    """What a file could reach there is as little as can be."""
    loaded = "import sys, counter_app.scanning.foreign_child\nprint(sorted(name for name in sys.modules if '.' not in name))"
    names = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout
    assert not [name for name in ("PySide6", "sqlalchemy", "sqlcipher3", "requests", "cryptography", "keyring", "ui") if f"'{name}'" in names]


def test_the_bounds_are_those_that_are_told():
    assert LIMITS.most_bytes <= confining.MOST_FILE, "a picture that is kept as it is fits"
    assert LIMITS.most_pixels * 12 <= confining.MOST_MEMORY, "a page as it is drawn, as it is turned into colours, as it is written"
