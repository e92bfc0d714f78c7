"""The script for a Windows PC prints what it promises, shown with a stand-in of Windows' objects."""

import pytest

from installer import wia_check
from tests.scanning.devices.fake_com import Machine, install


@pytest.fixture
def windows(monkeypatch, tmp_path):
    """A PC with one scanner, whose sheets somebody puts back."""
    machine = Machine()
    install(monkeypatch, machine)
    monkeypatch.setattr(wia_check.platform, "system", lambda: "Windows")
    monkeypatch.setattr(wia_check.sys, "argv", ["wia_check"])
    monkeypatch.setattr(wia_check.tempfile, "mkdtemp", lambda prefix: str(tmp_path))

    def put_back(asked):
        machine.read, machine.sheets = 0, 0 if "all paper" in asked else 6

    monkeypatch.setattr("builtins.input", put_back)
    return machine


def test_every_step_is_told_in_one_line(windows, capsys):
    assert wia_check.main() == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines() if "page-" not in line]
    assert lines[0] == "1 scanner"
    assert lines[1] == "wia:{6BDD}\\0000  Office WIA"
    assert lines[2].startswith("sources flatbed, adf, adf_duplex; dpi 75, 200, 300; areas flatbed 216 x 297 mm")
    assert lines[3:7] == ["glass      1 page, confirmed", "feeder     3 pages, confirmed", "both sides 6 pages, confirmed", "no paper   0 pages: SCAN_NO_PAPER"]


def test_one_step_alone(windows, monkeypatch, capsys):
    monkeypatch.setattr(wia_check.sys, "argv", ["wia_check", "--only", "feeder"])
    windows.faults[2] = 0x80210002
    wia_check.main()
    told = capsys.readouterr().out
    assert "feeder     1 page: SCAN_JAM" in told
    assert "glass" not in told


def test_a_scanner_that_does_not_answer_is_told(windows, capsys):
    windows.refuses_to_connect = 0x80210005
    assert wia_check.main() == 0
    assert "SCAN_UNREACHABLE" in capsys.readouterr().out


def test_elsewhere_there_is_nothing_to_try(monkeypatch, capsys):
    monkeypatch.setattr(wia_check.sys, "argv", ["wia_check"])
    assert wia_check.main() == 2
    assert "part of Windows" in capsys.readouterr().out
