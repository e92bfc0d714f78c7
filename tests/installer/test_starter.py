"""The starter of Linux over small programs: which version it takes, also when one never comes up. The one of Windows keeps the same rules."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.updating.releases import FIRST, lay, program, published, running, starts
from tests.updating.test_folder import install

ROOT = Path(__file__).parents[2]
SAYS = b'#!/bin/sh\necho "$0 $*"\n'
PROGRAM = {**FIRST, "bin/python3.11": SAYS}
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "program"
    program(root, files=PROGRAM)
    for name in ("counter", "quay-mot-cua"):
        shutil.copy(ROOT / "installer" / "package" / "debian" / "starter.sh", root / name)
        (root / name).chmod(0o755)
    return root


def start(root, name="quay-mot-cua", *words):
    """Start, and return the version that was taken and the words that it was given."""
    done = subprocess.run([root / name, *words], capture_output=True, text=True, check=True)
    program, _, rest = done.stdout.strip().partition(" ")
    return Path(program).parents[1].name, rest


def update(root, tmp_path):
    install(running(root, "0.1.0"), published(tmp_path, files={**PROGRAM, "app/new.py": b"1"}))
    running(root, "0.1.0").switch()


def test_what_current_names_is_started_with_its_words(root):
    assert start(root, "counter", "--json", "show", "H36 50") == ("0.1.0", "-X utf8 -m counter_app --json show H36 50")
    assert start(root) == ("0.1.0", "-X utf8 -m ui")


def test_it_is_found_through_a_link(root, tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "counter").symlink_to(root / "counter")
    assert start(tmp_path / "bin", "counter")[0] == "0.1.0"


def test_a_version_that_never_comes_up_is_tried_twice_and_then_left(root, tmp_path):
    update(root, tmp_path)
    assert [start(root)[0] for _ in range(4)] == ["0.2.0", "0.2.0", "0.1.0", "0.1.0"]
    assert starts(root) == "0.1.0", "the tests of the folder speak of the same starter"
    running(root, "0.1.0").confirm()
    assert (root / "current").read_text() == "0.1.0"
    assert start(root, "counter")[0] == "0.1.0"


def test_a_version_that_came_up_stays(root, tmp_path):
    update(root, tmp_path)
    assert start(root)[0] == "0.2.0"
    running(root, "0.2.0").confirm()
    assert {start(root)[0] for _ in range(4)} == {"0.2.0"}


def test_without_a_window_nothing_is_counted(root, tmp_path):
    update(root, tmp_path)
    assert {start(root, "counter")[0] for _ in range(4)} == {"0.2.0"}
    assert not list((root / "versions" / "0.2.0").glob("tried*"))


def test_without_a_version_before_it_is_tried_again(root):
    (root / "versions" / "0.1.0" / "confirmed").unlink()
    assert {start(root)[0] for _ in range(4)} == {"0.1.0"}


def test_in_a_folder_that_nobody_may_write_it_starts_all_the_same(root):
    lay(root, "0.1.0", PROGRAM, sequence=100)
    folder = root / "versions" / "0.1.0"
    folder.chmod(0o555)
    try:
        assert start(root)[0] == "0.1.0"
    finally:
        folder.chmod(0o755)


def test_the_starter_of_windows_knows_the_same_files():
    source = (ROOT / "installer" / "package" / "windows" / "launcher.c").read_text(encoding="utf-8")
    shell = (ROOT / "installer" / "package" / "debian" / "starter.sh").read_text(encoding="utf-8")
    names = {"current", "previous", "confirmed", "tried", "tried-twice"}
    assert names <= set(re.findall(r'L"([a-z-]+)"', source))
    assert all(f"/{name}" in shell for name in names)
