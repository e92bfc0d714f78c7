"""Figures of what a PC gets: what is there is measured, what isn't is said, and a bare system is worked in from outside."""

import os
import sys
from pathlib import Path

import pytest

from bench import installed
from bench.installed import Bare, Built
from bench.work import Work
from installer.package.payload import version

DEB, EXE = f"quay-mot-cua_{version()}_amd64.deb", f"quay-mot-cua-{version()}-x64.exe"


def write(path, size):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(installed, "ROOT", tmp_path)
    return tmp_path


class Here(Bare):
    """A bare system whose programs run here, with its folder before their paths."""

    def _words(self, *words):
        return [sys.executable, str(self.root / "run.py"), *words]


RUN = '''
import sys
from pathlib import Path
root, words = Path(__file__).parent, sys.argv[1:]
with (root / "log").open("a") as log: log.write(" ".join(words) + "\\n")
if "init" in words and (root / "broken").exists():
    print("no room")
    raise SystemExit(4)
if "intake" in words: (root / "tmp/desk/first.pdf").write_bytes(b"%PDF-1.4")
if "-c" in words: (root / "tmp/probe.out").write_text(str(__import__("time").monotonic_ns()))
'''


@pytest.fixture
def bare(tmp_path):
    root = tmp_path / "bare"
    (root / "tmp").mkdir(parents=True)
    (root / "usr").mkdir()
    (root / "run.py").write_text(RUN)
    return Here(root)


def test_of_a_checkout_that_built_nothing_that_is_said(checkout):
    table = installed.run(Work(checkout / "out"))
    assert table.lines == ()
    assert [note.split(":")[0] for note in table.notes] == ["Installing and starting", "Windows"]
    assert "make installer-debian" in table.notes[0]


def test_what_was_built_has_a_size(checkout):
    write(checkout / "dist" / DEB, 2_000_000)
    write(checkout / "dist" / EXE, 3_000_000)
    write(checkout / "dist" / "quay-mot-cua-0.0.1-x64.msi", 9_000_000)
    write(checkout / "build" / "package" / "stand" / "versions" / "a", 4_000_000)
    (checkout / "build" / "package" / "windows.seconds").write_text("88.4\n")
    figures = {line.what: (line.ours, line.unit) for line in Built(checkout).sizes()}
    assert figures == {
        "package for Debian and Ubuntu": (2.0, "MB"), "set-up program for Windows": (3.0, "MB"), "installed on Windows": (4.0, "MB"),
        "building for Windows, the last time": (88.4, "s"),
    }, "what another version left is not taken for this one"


@pytest.mark.parametrize(("there", "word"), [((), "installer-debian"), (("deb",), "installer-check"), (("deb", "usr"), "root")])
def test_what_is_lacking_for_an_installation_is_told(tmp_path, monkeypatch, there, word):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    if "deb" in there:
        write(tmp_path / DEB, 1)
    if "usr" in there:
        (tmp_path / "usr").mkdir()
    assert word in Bare(tmp_path).missing(tmp_path / DEB)


def test_root_lacks_nothing_in_a_bare_system_with_a_package(bare, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    write(tmp_path / DEB, 1)
    assert bare.missing(tmp_path / DEB) == ""


def test_each_round_installs_anew_sets_a_desk_up_and_starts_it(bare, tmp_path):
    write(tmp_path / DEB, 1)
    assert bare.install(tmp_path / DEB) > 0
    assert bare.first_slip() > 0
    assert bare.start(":9", tmp_path / "log") > 0
    done = (bare.root / "log").read_text().splitlines()
    assert done[:2] == ["dpkg --purge quay-mot-cua", "dpkg -i /tmp/package.deb"]
    assert ["init" in done[2], "intake" in done[3]] == [True, True]
    assert f"versions/{version()}/bin/python3.11" in done[4]
    assert done[4].endswith("--data-dir /tmp/desk/first")


def test_a_desk_of_before_is_not_used_again(bare):
    write(bare.root / "tmp" / "desk" / "old", 1)
    bare.first_slip()
    assert not (bare.root / "tmp" / "desk" / "old").exists()


def test_without_a_slip_there_is_no_figure(bare):
    (bare.root / "broken").touch()
    with pytest.raises(RuntimeError, match="no room"):
        bare.first_slip()


def test_what_is_forgotten_is_still_there(bare):
    write(bare.root / "usr" / "lib" / "big", 100_000)
    (bare.root / "usr" / "link").symlink_to(Path("nowhere"))
    bare.forget()
    assert (bare.root / "usr" / "lib" / "big").stat().st_size == 100_000
