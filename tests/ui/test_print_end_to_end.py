"""From F9 to the paper: a real desk, the real worker, a real print server; what arrives is read back."""

import json
import subprocess
import sys

import pypdfium2
import pytest
import zxingcpp

from tests.ui.test_printing import PROJECT, cups  # noqa: F401  a fixture

PROGRAM = """
import json, sys
from dataclasses import replace
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from counter_app.bootstrap import open_counter
from tests.builders import command
from tests.fakes import FakeClock
from ui.background import TaskRunner
from ui.print_worker import PrintWorker
from ui.printing import print_pdf

application = QApplication([])
folder, wishes = Path(sys.argv[1]), json.loads(sys.argv[2])
clock = FakeClock()
counter = open_counter(folder, clock=clock)
actor = counter.login.acting("", "")
procedure = counter.catalogue.in_force(clock.now().date())[0]
tasks = TaskRunner()
worker = PrintWorker(counter.print_queue, tasks, print_pdf)
crashes, given_up, codes = [], [], {}
tasks.crashed.connect(crashes.append)
worker.gave_up.connect(given_up.append)
for paper, printer in wishes:
    clock.forward(seconds=1)
    counter.settings.save(replace(counter.settings.profile(), printer=printer), actor)
    wish = command(procedure_code=procedure.code, documents=None, fees=None, paper=paper, print=True)
    codes[paper] = counter.intake.receive(wish, actor).code
if "killed" in sys.argv:
    counter.print_queue.next()
    counter.print_queue.begin()


def wait(condition):
    loop, ticker, end = QEventLoop(), QTimer(), QTimer()
    ticker.timeout.connect(lambda: condition() and loop.quit())
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    ticker.start(20)
    end.start(60_000)
    loop.exec()


worker.start()
if "failing" in sys.argv:
    for _ in range(3):
        tries = max((line.job.tries for line in worker.lines), default=0)
        wait(lambda: worker.lines and (worker.lines[0].job.tries > tries or given_up))
        worker.look()
    wait(lambda: given_up)
else:
    wait(lambda: crashes or not counter.print_queue.open())
left = [[line.code, line.job.state, line.job.tries, line.job.message] for line in counter.print_queue.lines()]
worker.stop()
tasks.stop()
counter.close()
print(json.dumps({"codes": codes, "left": left, "given_up": len(given_up), "crashes": [repr(each) for each in crashes]}))
"""


def work(environment, desk_dir, wishes, *words):
    """Take in one dossier for each (paper, printer) and let the worker print; return what the program tells."""
    command = [sys.executable, "-c", PROGRAM, str(desk_dir), json.dumps(wishes), *words]
    run = subprocess.run(
        command, env=environment | {"QT_QPA_PLATFORM": "offscreen"}, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


@pytest.fixture
def environment(cups, home):  # noqa: F811
    """Where the print server is, and this test's own state folder and key."""
    return cups.environment | {"COUNTER_STATE_DIR": str(home / "state"), "COUNTER_KEY_FILE": str(home / "desk.key")}


def read(path):
    """Return the sizes in mm and the bar codes of every page."""
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        sizes = [(round(page.get_width() * 25.4 / 72), round(page.get_height() * 25.4 / 72)) for page in document]
        pictures = [page.render(scale=300 / 72, grayscale=True).to_pil() for page in document]
        found = [[code.text for code in zxingcpp.read_barcodes(each, formats=[zxingcpp.BarcodeFormat.Code128])] for each in pictures]
    finally:
        document.close()
    return sizes, found


@pytest.mark.cups
def test_every_paper_size_arrives_once_with_its_code(cups, environment, desk_dir):  # noqa: F811
    papers = ("a5", "a5x2", "a4", "80mm")
    files = {paper: cups.add_file_printer(f"desk-{paper}") for paper in papers}
    told = work(environment, desk_dir, [[paper, f"desk-{paper}"] for paper in papers])
    assert (told["crashes"], told["left"]) == ([], [])
    assert all(cups.idle(f"desk-{paper}") for paper in papers)
    arrived = {paper: read(path) for paper, path in files.items()}
    for paper in ("a5", "a4", "80mm"):
        assert arrived[paper][1] == [[told["codes"][paper]], [told["codes"][paper]]], paper
    assert arrived["a5x2"][1] == [[told["codes"]["a5x2"]] * 2]
    assert arrived["a5"][0] == [(148, 210)] * 2
    assert arrived["a4"][0] == [(210, 297)] * 2
    assert sorted(arrived["a5x2"][0][0]) == [210, 297]
    assert {wide for wide, _ in arrived["80mm"][0]} == {80}


@pytest.mark.cups
def test_what_a_killed_program_was_printing_comes_out_at_the_next_start(cups, environment, desk_dir):  # noqa: F811
    out = cups.add_file_printer("again")
    told = work(environment, desk_dir, [["a5", "again"]], "killed")
    assert (told["crashes"], told["left"]) == ([], [])
    assert cups.idle("again")
    assert read(out)[1] == [[told["codes"]["a5"]]] * 2


@pytest.mark.cups
def test_a_printer_that_is_gone_is_given_up_after_three_tries_with_what_to_do(cups, environment, desk_dir):  # noqa: F811
    cups.add_file_printer("desk-other")
    told = work(environment, desk_dir, [["a5", "taken away"]], "failing")
    ((code, state, tries, message),) = told["left"]
    assert (told["crashes"], told["given_up"]) == ([], 1)
    assert (code, state, tries) == (told["codes"]["a5"], "failed", 3)
    assert "taken away" in message
