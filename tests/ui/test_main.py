"""The command that opens the window: what it does before, and what it leaves for the time when the window stands."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.ui.conftest import ROOT
from ui import __main__ as program
from ui.__main__ import read_arguments


class Sign:
    """A signal that keeps who listens."""

    def __init__(self):
        self.slots = []

    def connect(self, slot):
        self.slots.append(slot)


class Application:
    """Runs until it is told the code."""

    def __init__(self, words):
        self.words = words

    def setApplicationName(self, _): ...
    def setDesktopFileName(self, _): ...

    def exec(self):
        return 7


class Window:
    """The program's parts that the command looks at."""

    starts_again = False

    def __init__(self, application, data_dir, *, begin_backup, fell):
        self.data_dir, self.log, self.fell = data_dir, [], fell
        self.painted = Sign()
        self.window = self.crash_guard = self

    def watch(self):
        self.log.append("watch")

    def come_forward(self): ...

    def start(self):
        self.log.append("start")


class Instance:
    """One of two starts for a folder."""

    first = True

    def __init__(self, data_dir, application):
        self.data_dir, self.called, self.released = data_dir, Sign(), False

    def is_first(self):
        return self.first

    def listen(self): ...

    def release(self):
        self.released = True


@pytest.fixture
def made(monkeypatch, tmp_path):
    """What the command makes, by its class."""
    kept = {}

    def keep(kind):
        def make(*arguments, **named):
            kept[kind] = kind(*arguments, **named)
            return kept[kind]

        return make

    monkeypatch.setattr(program, "QApplication", keep(Application))
    monkeypatch.setattr(program, "SingleInstance", keep(Instance))
    monkeypatch.setattr(program, "Program", keep(Window))
    monkeypatch.setattr(program, "share_heap", lambda: None)
    monkeypatch.setattr(program, "_keep_logs", lambda: None)
    monkeypatch.setattr(program, "leave_no_core", lambda: None)
    monkeypatch.setattr(program.signal, "signal", lambda *_: None)
    monkeypatch.setenv("COUNTER_STATE_DIR", str(tmp_path / "state"))
    return kept


def test_the_first_start_listens_once_its_window_is_painted(made, tmp_path):
    assert program.main(["--data-dir", str(tmp_path)]) == 7
    window, instance = made[Window], made[Instance]
    assert (window.data_dir, instance.data_dir) == (tmp_path, tmp_path)
    assert window.log == ["watch", "start"], "a mistake while the window is made is caught too"
    assert window.painted.slots == [instance.listen]
    assert instance.called.slots == [window.come_forward]
    assert instance.released


def test_before_anything_is_typed_the_memory_is_kept_off_the_disk(made, tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(program, "leave_no_core", lambda: seen.append(dict(made)))
    program.main(["--data-dir", str(tmp_path)])
    assert seen == [{}], "once, and before there is a window"


def test_a_second_start_ends_without_a_window(made, tmp_path, monkeypatch):
    monkeypatch.setattr(Instance, "first", False)
    assert program.main(["--data-dir", str(tmp_path)]) == 0
    assert Window not in made


def test_qts_own_words_are_left_to_qt(made, tmp_path):
    program.main(["--data-dir", str(tmp_path), "-platform", "offscreen"])
    assert made[Application].words[1:] == ["--data-dir", str(tmp_path), "-platform", "offscreen"]
    assert read_arguments(["-platform", "offscreen"]).data_dir is None


@pytest.mark.parametrize("late", [
    "PySide6.QtNetwork", "sqlalchemy", "reportlab", "counter_app.bootstrap", "counter_app.services.keeping", "counter_app.services.updating",
    "counter_app.services.helping.diagnostics", "hashlib", "subprocess", "ui.help.book", "ui.windows.desk"])
def test_what_the_login_does_not_need_is_loaded_behind_it(late):
    code = f"import sys, ui.__main__; sys.exit({late!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_window_that_ended_well_is_forgotten(made, tmp_path):
    for _ in range(2):
        program.main(["--data-dir", str(tmp_path)])
        assert not made[Window].fell


def test_a_window_that_was_killed_is_known_at_the_next_start(tmp_path, made):
    """A real process, killed as a power cut or the task manager would."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "COUNTER_STATE_DIR": str(tmp_path / "state")}
    window = subprocess.Popen([sys.executable, "-m", "ui", "--data-dir", str(tmp_path)], cwd=ROOT, env=environment,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            if list((tmp_path / "state").glob("window-open-*")) or window.poll() is not None:
                break
            time.sleep(0.05)
    finally:
        window.kill()
        window.wait(10)
    program.main(["--data-dir", str(tmp_path)])
    assert made[Window].fell


def test_a_state_folder_that_can_not_be_written_holds_nothing_up(made, tmp_path):
    (tmp_path / "state").write_text("a file", "ascii")
    assert program.main(["--data-dir", str(tmp_path)]) == 7
    assert not made[Window].fell


def test_starting_again_is_the_same_call_when_the_window_is_gone(made, tmp_path, monkeypatch):
    started = []
    monkeypatch.setattr(subprocess, "Popen", started.append)
    monkeypatch.setattr(program.sys, "orig_argv", ["python", "-m", "ui", "--data-dir", "x"])
    program.main(["--data-dir", str(tmp_path)])
    assert started == []
    monkeypatch.setattr(Window, "starts_again", True)
    program.main(["--data-dir", str(tmp_path)])
    assert started == [[sys.executable, "-m", "ui", "--data-dir", "x"]]
    assert made[Instance].released, "before the next one asks whether it is the first"


def test_an_installed_program_starts_again_by_its_starter_which_knows_the_version_that_was_prepared(made, tmp_path, monkeypatch):
    started = []
    monkeypatch.setattr(subprocess, "Popen", started.append)
    monkeypatch.setattr(Window, "starts_again", True)
    monkeypatch.setattr(program, "window_starter", lambda: Path("/opt/quay-mot-cua/quay-mot-cua"))
    program.main(["--data-dir", str(tmp_path)])
    assert started == [[str(Path("/opt/quay-mot-cua/quay-mot-cua")), "--data-dir", str(tmp_path)]]
