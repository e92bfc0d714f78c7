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


def test_printers_of_windows_may_have_spaces(monkeypatch):
    monkeypatch.setattr(machine.sys, "platform", "win32")
    answer(monkeypatch, "Canon LBP 2900\r\nMicrosoft Print to PDF\r\n")
    assert machine.printer_names() == ["Canon LBP 2900", "Microsoft Print to PDF"]
    answer(monkeypatch, error=OSError())
    assert machine.printer_names() is None


def ext4(system, folder, errors):
    """Make the corner of /sys that tells of the disk below a folder."""
    device = folder.stat().st_dev
    numbers = system / "dev" / "block"
    numbers.mkdir(parents=True)
    disk = system / "devices" / "sdz1"
    disk.mkdir(parents=True)
    (numbers / f"{machine.os.major(device)}:{machine.os.minor(device)}").symlink_to(disk)
    told = system / "fs" / "ext4" / "sdz1"
    told.mkdir(parents=True)
    (told / "errors_count").write_text(errors, "ascii")
    return system


def test_a_disk_tells_how_many_errors_it_met(tmp_path):
    assert machine.disk_faults(tmp_path, ext4(tmp_path / "sys", tmp_path, "0\n")) == 0
    assert machine.disk_faults(tmp_path, ext4(tmp_path / "other", tmp_path, "12\n")) == 12


def test_a_disk_that_tells_nothing_or_nonsense_is_not_judged(tmp_path):
    assert machine.disk_faults(tmp_path, tmp_path / "no-sys") is None
    assert machine.disk_faults(tmp_path, ext4(tmp_path / "sys", tmp_path, "viele")) is None
    assert machine.disk_faults(tmp_path / "missing", tmp_path / "sys") is None


def test_windows_tells_how_many_disks_are_not_healthy(tmp_path, monkeypatch):
    monkeypatch.setattr(machine.sys, "platform", "win32")
    answer(monkeypatch, "2\r\n")
    assert machine.disk_faults(tmp_path) == 2
    answer(monkeypatch, "Get-PhysicalDisk : not found")
    assert machine.disk_faults(tmp_path) is None
    answer(monkeypatch, error=subprocess.TimeoutExpired("powershell", 20))
    assert machine.disk_faults(tmp_path) is None


def test_serial_ports_are_named_as_the_window_names_them(monkeypatch):
    from serial.tools import list_ports

    class Port:
        device = "/dev/ttyUSB0"

    monkeypatch.setattr(list_ports, "comports", lambda: [Port()])
    assert machine.serial_ports() == ["/dev/ttyUSB0"]
