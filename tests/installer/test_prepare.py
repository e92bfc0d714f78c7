"""Preparing a checkout: what is missing is installed where that is allowed, and named where it is not."""

import subprocess
import sys

import pytest

from installer import prepare


@pytest.fixture
def somebody(monkeypatch):
    """Not the superuser, and nothing is installed or made."""
    monkeypatch.setattr(prepare.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(prepare, "missing_libraries", list)
    monkeypatch.setattr(prepare, "make_environment", lambda: prepare.VENV)
    monkeypatch.setattr(prepare, "install_requirements", lambda *_: None)
    monkeypatch.setattr(prepare.sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")


@pytest.fixture
def commands(monkeypatch):
    """The superuser with apt-get; the calls are kept, and done as ``codes`` says."""
    ran, codes = [], {}

    def run(command, **_):
        ran.append(command)
        return subprocess.CompletedProcess(command, codes.get(command[1], 0))

    monkeypatch.setattr(prepare.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(prepare.shutil, "which", lambda program, **_: f"/usr/bin/{program}")
    monkeypatch.setattr(prepare.subprocess, "run", run)
    return ran, codes


def test_missing_libraries_are_named_and_end_it(somebody, monkeypatch, capsys):
    monkeypatch.setattr(prepare, "missing_libraries", lambda: ["libegl1", "libxcb-cursor0"])
    assert prepare.main(["run"]) == 4
    assert "sudo apt-get install libegl1 libxcb-cursor0" in capsys.readouterr().err


def test_missing_test_programs_are_named_and_the_rest_goes_on(somebody, monkeypatch, capsys):
    monkeypatch.setattr(prepare.shutil, "which", lambda program, **_: None if program == "qpdf" else program)
    assert prepare.main(["test"]) == 0
    assert "all the tests: please run  sudo apt-get install qpdf" in capsys.readouterr().err


@pytest.mark.parametrize(("display", "asked"), [("", True), (":0", False)])
def test_a_machine_without_a_screen_needs_a_virtual_one_for_the_pictures(somebody, monkeypatch, capsys, display, asked):
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setattr(prepare.shutil, "which", lambda *_, **__: None)
    assert prepare.main(["run"]) == 0
    assert ("pictures of the window: please run  sudo apt-get install xvfb" in capsys.readouterr().err) is asked


def test_nothing_is_said_or_done_where_nothing_is_missing(somebody, monkeypatch, capsys):
    monkeypatch.setattr(prepare.shutil, "which", lambda program, **_: program)
    assert prepare.main(["test"]) == 0
    assert capsys.readouterr() == ("", "")


def test_the_superuser_installs(commands):
    prepare.install_packages(["xvfb"], needed_for="pictures", required=False)
    ran, _ = commands
    assert ran[-1] == ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "xvfb"]


@pytest.mark.parametrize("required", [True, False])
def test_an_installation_that_fails_is_said(commands, capsys, required):
    commands[1]["install"] = 100
    if required:
        with pytest.raises(prepare.PreparationError, match="sudo apt-get install libegl1"):
            prepare.install_packages(["libegl1"], needed_for="the window", required=True)
    else:
        prepare.install_packages(["libegl1"], needed_for="the window", required=False)
        assert "sudo apt-get install libegl1" in capsys.readouterr().err


def test_a_failed_update_alone_stops_nothing(commands, capsys):
    commands[1]["update"] = 100
    prepare.install_packages(["libegl1"], needed_for="the window", required=True)
    assert "Missing" not in capsys.readouterr().err


def test_an_old_python_is_refused(monkeypatch):
    monkeypatch.setattr(prepare.sys, "version_info", (3, 10, 13))
    with pytest.raises(prepare.PreparationError, match=r"3\.11 or newer"):
        prepare.make_environment()


def test_requirements_are_installed_once(commands, monkeypatch, tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1")
    monkeypatch.setattr(prepare, "VENV", tmp_path)
    for _ in range(2):
        prepare.install_requirements(tmp_path / "python", lock)
    assert len(commands[0]) == 3
    lock.write_text("one==2")
    prepare.install_requirements(tmp_path / "python", lock)
    assert len(commands[0]) == 6


def test_a_failed_pip_is_no_installation(commands, monkeypatch, tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1")
    monkeypatch.setattr(prepare, "VENV", tmp_path)
    commands[1]["-m"] = 1
    with pytest.raises(prepare.PreparationError, match="network"):
        prepare.install_requirements(tmp_path / "python", lock)
    assert not (tmp_path / "installed-requirements").exists()


def test_it_runs_without_anything_installed():
    """Standard library only: an isolated Python without site packages can read it."""
    code = "import runpy; runpy.run_path('installer/prepare.py', run_name='read')"
    assert subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=prepare.ROOT, check=False).returncode == 0
