"""What lies around the window: the serial reader, one instance, crash reports, preferences, the start."""

import os
import stat
import subprocess
import sys
import threading

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import ROOT, settle, wait_for
from ui import start
from ui.__main__ import read_arguments
from ui.dialogs import crash
from ui.dialogs.crash import CrashDialog, CrashGuard
from ui.idle import IdleWatch
from ui.preferences import Preferences
from ui.scanning import serial_reader
from ui.scanning.serial_reader import SerialReader, ports
from ui.single_instance import SingleInstance

CARD = "067190000123|240012345|Trần Thị Ví Dụ|15031990|Nữ|Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng|01072021"
pty = pytest.importorskip("pty", reason="pseudo terminals stand in for serial ports")

# --- the serial reader, on a real pseudo terminal -----------------------------------------------------------------------


@pytest.fixture
def reader(qapp, monkeypatch):
    monkeypatch.setattr(serial_reader, "RETRY_SECONDS", 0.05)
    made = SerialReader()
    made.scans, made.plug, made.open = [], [], threading.Event()

    class Device(serial_reader.Serial):
        """What was sent before a port is open is lost, as with a real one: tests wait for it."""

        def open(self):
            super().open()
            made.open.set()

    monkeypatch.setattr(serial_reader, "Serial", Device)
    made.scanned.connect(made.scans.append)
    made.lost.connect(lambda _: made.plug.append("lost"))
    made.found.connect(lambda _: made.plug.append("found"))
    yield made
    made.stop()
    settle(0)


@pytest.fixture
def line():
    """Both ends of a serial line."""
    end, device = pty.openpty()
    yield end, os.ttyname(device)
    for handle in (end, device):
        os.close(handle)


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n", ""])
def test_a_card_arrives_byte_for_byte_whatever_ends_it(reader, line, ending):
    end, name = line
    reader.listen(name)
    assert reader.is_listening
    assert reader.open.wait(5)
    os.write(end, (CARD + ending).encode())
    wait_for(lambda: reader.scans)
    assert reader.scans == [CARD]


def test_two_reads_in_one_breath_are_two_scans(reader, line):
    end, name = line
    reader.listen(name)
    assert reader.open.wait(5)
    os.write(end, b"H36.50.05-261120-0038\rH36.50.05-261120-0039\r")
    wait_for(lambda: len(reader.scans) == 2)


def test_a_reader_that_is_not_there_is_told_once(reader):
    reader.listen("/dev/no-such-port")
    wait_for(lambda: reader.plug == ["lost"])
    settle(200)
    assert reader.plug == ["lost"]


def test_a_reader_that_is_plugged_in_again_is_found(reader, line, tmp_path):
    _, name = line
    port = tmp_path / "port"
    reader.listen(str(port))
    wait_for(lambda: reader.plug == ["lost"])
    port.symlink_to(name)
    wait_for(lambda: reader.plug == ["lost", "found"])


def test_no_port_no_thread(reader, line):
    reader.listen(line[1])
    reader.listen("")
    assert not reader.is_listening
    assert not [thread for thread in threading.enumerate() if thread.name == "reader"]


def test_the_ports_of_this_pc_are_listed_with_words():
    assert all(name and words for name, words in ports())


# --- one window for one folder ------------------------------------------------------------------------------------------


def test_a_second_start_calls_the_first_one(qapp, tmp_path, qtbot):
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.is_first()
    first.listen()
    with qtbot.waitSignal(first.called):
        assert not second.is_first()
    first.release()
    assert second.is_first()
    second.release()


def test_a_second_start_before_the_first_one_listens_ends_all_the_same(qapp, tmp_path):
    first, second, calls = SingleInstance(tmp_path), SingleInstance(tmp_path), []
    first.called.connect(lambda: calls.append("called"))
    assert first.is_first()
    assert not second.is_first(), "the window that is about to appear is the one"
    settle()
    assert calls == []
    first.release()


def test_an_ear_left_behind_by_a_killed_program_is_replaced(qapp, tmp_path, qtbot):
    killed, after = SingleInstance(tmp_path), SingleInstance(tmp_path)
    killed.listen()
    assert after.is_first()
    after.listen()
    second = SingleInstance(tmp_path)
    with qtbot.waitSignal(after.called):
        assert not second.is_first()
    after.release()


def test_another_folder_is_another_desk(qapp, tmp_path):
    one, other = SingleInstance(tmp_path / "one"), SingleInstance(tmp_path / "other")
    assert one.is_first()
    assert other.is_first()
    one.release()
    other.release()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folders by rights, not by modes")
def test_the_folder_that_a_window_makes_is_its_owners_alone(qapp, tmp_path):
    folder = tmp_path / "share" / "desk"
    SingleInstance(folder)
    assert [stat.S_IMODE(each.stat().st_mode) for each in (folder, folder.parent)] == [0o700, 0o700]


def start_and_be_killed(folder, before=""):
    """Start once more, say whether it is the only window, and end without a farewell; ``before`` runs first."""
    script = (
        f"import os, sys\nos.environ['QT_QPA_PLATFORM'] = 'offscreen'\n{before}\n"
        "from pathlib import Path\nfrom PySide6.QtCore import QCoreApplication\nfrom ui.single_instance import SingleInstance\n"
        "application = QCoreApplication([])\nkept = SingleInstance(Path(sys.argv[1]))\nos._exit(9 if kept.is_first() else 8)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(folder)], cwd=ROOT, check=False)
    return {9: "only", 8: "second"}[done.returncode]


def test_a_lock_whose_program_was_killed_holds_nobody_up(qapp, tmp_path):
    assert start_and_be_killed(tmp_path) == "only"
    assert (tmp_path / "window.lock").exists()
    after = SingleInstance(tmp_path)
    assert after.is_first()
    after.release()


NOTHING_FITS = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))"
"""As on a full disk: files are made, and no byte gets into them."""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are Unix's")
def test_a_full_disk_lets_the_window_open_that_says_so(qapp, tmp_path):
    assert start_and_be_killed(tmp_path, NOTHING_FITS) == "only"
    assert start_and_be_killed(tmp_path) == "only"
    assert start_and_be_killed(tmp_path, NOTHING_FITS) == "only", "the lock of the killed window is stale all the same"


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are Unix's")
def test_a_full_disk_opens_no_second_window(qapp, tmp_path):
    first = SingleInstance(tmp_path)
    assert first.is_first()
    assert start_and_be_killed(tmp_path, NOTHING_FITS) == "second"
    first.release()


# --- crash reports ------------------------------------------------------------------------------------------------------


@pytest.fixture
def guard(theme, host, tmp_path):
    made = CrashGuard(theme, host, tmp_path / "reports")
    hooks = sys.excepthook, threading.excepthook
    yield made
    sys.excepthook, threading.excepthook = hooks


def fail(name):
    raise ValueError(f"no such person: {name}")


def test_the_report_says_where_but_never_who(guard, host, tmp_path):
    try:
        fail("Trần Thị Ví Dụ")
    except ValueError as error:
        guard.show(error)
    reports = list((tmp_path / "reports").glob("*.txt"))
    assert len(reports) == 1
    text = reports[0].read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "Ví Dụ" not in text
    dialog = host.findChild(CrashDialog)
    assert dialog.isVisible()


def test_one_box_at_a_time(guard, host):
    for _ in range(3):
        guard.show(ValueError())
    assert len(host.findChildren(CrashDialog)) == 1
    host.findChild(CrashDialog).accept()
    settle(0)
    guard.show(ValueError())
    assert len(host.findChildren(CrashDialog)) == 1


def test_a_report_that_can_not_be_saved_is_still_told(theme, host, tmp_path, expected_errors):
    (tmp_path / "file").write_text("")
    guard = CrashGuard(theme, host, tmp_path / "file" / "reports")
    guard.show(ValueError())
    assert host.findChild(CrashDialog) is not None


def test_nothing_is_uncaught_on_any_thread(guard, host, expected_errors):
    guard.watch()
    try:
        fail("x")
    except ValueError:
        sys.excepthook(*sys.exc_info())
    wait_for(lambda: host.findChild(CrashDialog) is not None)
    host.findChild(CrashDialog).accept()
    settle(0)
    thread = threading.Thread(target=fail, args=["x"])
    thread.start()
    thread.join()
    wait_for(lambda: host.findChild(CrashDialog) is not None)


def test_stopping_by_hand_is_no_crash(guard, host, capsys):
    guard.watch()
    try:
        raise KeyboardInterrupt
    except KeyboardInterrupt:
        sys.excepthook(*sys.exc_info())
    settle(0)
    assert host.findChild(CrashDialog) is None
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_the_folder_of_the_reports_can_be_opened(theme, host, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(crash.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog = CrashDialog(theme, tmp_path / "report-1.txt", host)
    dialog._show_folder()
    assert opened == [str(tmp_path)]


# --- preferences, idleness, the start -----------------------------------------------------------------------------------


def test_preferences_survive_and_begin_sensibly(tmp_path):
    first = Preferences(tmp_path / "window.ini")
    assert (first.theme, first.percent, first.language, first.last_login, first.reader_port) == ("system", 100, "vi", "", "")
    assert first.lock_minutes == 10
    assert first.geometry.isEmpty()
    first.theme, first.percent, first.language, first.last_login = "dark", 125, "en", "clerk"
    first.reader_port, first.lock_minutes = "COM3", 0
    again = Preferences(tmp_path / "window.ini")
    assert (again.theme, again.percent, again.language, again.last_login) == ("dark", 125, "en", "clerk")
    assert (again.reader_port, again.lock_minutes) == ("COM3", 0)


def test_a_damaged_number_is_the_usual_one(tmp_path):
    path = tmp_path / "window.ini"
    path.write_text("[General]\npercent=huge\nlock_minutes=-5\n")
    assert Preferences(path).percent == 100
    assert Preferences(path).lock_minutes == 10


def test_idleness_is_watched_only_when_wished(qapp):
    watch = IdleWatch()
    assert not watch.is_watching
    watch.watch(10)
    assert watch.is_watching
    watch.watch(0)
    assert not watch.is_watching
    assert watch.eventFilter(QWidget(), _event()) is False


def _event():
    from PySide6.QtCore import QEvent

    return QEvent(QEvent.Type.KeyPress)


def test_the_folder_of_the_desk_can_be_named(tmp_path):
    assert read_arguments(["--data-dir", str(tmp_path), "-platform", "offscreen"]).data_dir == tmp_path
    assert read_arguments([]).data_dir is None


def test_without_a_screen_the_demonstration_runs_instead(monkeypatch, tmp_path, capsys):
    ran = []
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(start.sys, "platform", "linux")
    monkeypatch.setattr(start.shutil, "which", lambda _: "/usr/bin/Xvfb")
    monkeypatch.setattr(start.subprocess, "run", lambda command, **_: ran.append(command) or subprocess.CompletedProcess(command, 0))
    assert start.main(["--out", str(tmp_path)]) == 0
    assert ran[0][1:] == ["-m", "counter_app", "demo", "--out", str(tmp_path / "demo")]
    assert ran[1][1:3] == ["-m", "bench.shots"]
    assert "There is no screen here" in capsys.readouterr().err


def test_a_demonstration_that_fails_says_so_by_its_code(monkeypatch, tmp_path):
    monkeypatch.setattr(start, "has_screen", lambda: False)
    monkeypatch.setattr(start.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 4))
    assert start.main(["--out", str(tmp_path)]) == 4


def test_without_a_virtual_screen_there_are_no_pictures(monkeypatch, tmp_path):
    monkeypatch.setattr(start.shutil, "which", lambda _: None)
    assert len(start.demonstration(tmp_path)) == 1


@pytest.mark.parametrize(("platform", "display", "expected"), [("linux", "", False), ("linux", ":0", True), ("win32", "", True)])
def test_where_there_is_a_screen(monkeypatch, platform, display, expected):
    monkeypatch.setattr(start.sys, "platform", platform)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    assert start.has_screen() is expected


def test_the_first_paint_waits_for_no_storage():
    """Storage and services are loaded by a worker while the login is on the screen."""
    script = "import sys, ui.app; sys.exit(any(name.startswith(('sqlalchemy', 'reportlab', 'alembic', 'ui.pages')) for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
