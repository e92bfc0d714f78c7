import subprocess

from counter_app.support import machine


def test_room_is_that_of_the_nearest_folder_there_is(tmp_path):
    here = machine.free_bytes(tmp_path)
    assert here > 0
    assert abs(machine.free_bytes(tmp_path / "not" / "yet") - here) < 2**30, "others write to the disk meanwhile, but not that much"


def test_writing_is_tried(tmp_path):
    assert machine.can_write(tmp_path)
    assert not machine.can_write(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []


def answer(monkeypatch, stdout="", returncode=0, error=None):
    def run(*_, **__):
        if error:
            raise error
        return subprocess.CompletedProcess([], returncode, stdout, "")

    monkeypatch.setattr(machine.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(machine.subprocess, "run", run)


def test_printers_are_listed(monkeypatch):
    answer(monkeypatch, "laser\nPDF\n")
    assert machine.printer_names() == ["laser", "PDF"]


def test_no_printer_is_not_the_same_as_not_knowing(monkeypatch):
    answer(monkeypatch, "")
    assert machine.printer_names() == []
    answer(monkeypatch, returncode=1)
    assert machine.printer_names() is None
    answer(monkeypatch, error=subprocess.TimeoutExpired("lpstat", 5))
    assert machine.printer_names() is None
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)
    assert machine.printer_names() is None


def test_libraries_and_screens(monkeypatch):
    assert machine.has_module("sqlalchemy")
    assert not machine.has_module("no_such_library")
    monkeypatch.setattr(machine.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not machine.has_screen()
    monkeypatch.setenv("DISPLAY", ":1")
    assert machine.has_screen()
