"""Real windows of real versions, each a process that the starter of Linux starts: one that works proves itself, one that doesn't is left."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from counter_app.storage.schema import HEAD
from tests.updating.releases import lay

ROOT = Path(__file__).parents[2]
NEEDED = (".py", ".json", ".csv", ".txt", ".ttf", ".svg", ".qss", ".qm", ".mako")
STARTS = f"""#!/bin/sh
PYTHONPATH=$(dirname "$0")/../app exec {sys.executable} "$@"
"""
PATIENCE_S = 90
pytestmark = [pytest.mark.soak, pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")]


@pytest.fixture(scope="module")
def content():
    files = {"bin/python3.11": STARTS.encode()}
    for place in ("counter_app", "ui", "resources"):
        for path in (ROOT / place).rglob("*"):
            if path.is_file() and path.suffix in NEEDED:
                files[f"app/{path.relative_to(ROOT).as_posix()}"] = path.read_bytes()
    return files


@pytest.fixture
def root(tmp_path, content):
    root = tmp_path / "program"
    lay(root, "0.1.0", content, sequence=100, schema=HEAD)
    (root / "versions" / "0.1.0" / "confirmed").touch()
    (root / "current").write_text("0.1.0")
    shutil.copy(ROOT / "installer" / "package" / "debian" / "starter.sh", root / "quay-mot-cua").chmod(0o755)
    return root


def switched_to(root, content):
    lay(root, "0.2.0", content, sequence=200, schema=HEAD)
    (root / "previous").write_text("0.1.0")
    (root / "current").write_text("0.2.0")


@pytest.fixture
def window(root, tmp_path, desk_dir):
    """Starts the window at a desk of its own; returns the process."""
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "COUNTER_STATE_DIR": str(tmp_path / "state"), "COUNTER_KEY_FILE": str(tmp_path / "desk.key")}
    running = []

    def start():
        running.append(subprocess.Popen([root / "quay-mot-cua", "--data-dir", desk_dir], cwd=tmp_path, env=surroundings, stderr=subprocess.PIPE))
        return running[-1]

    yield start
    for each in running:
        each.kill()
        each.communicate()


def until(found):
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if found():
            return True
        time.sleep(0.1)
    return False


def close(process):
    process.terminate()
    process.communicate(timeout=PATIENCE_S)


def test_a_version_that_works_confirms_itself(root, content, window):
    switched_to(root, content)
    process = window()
    assert until((root / "versions" / "0.2.0" / "confirmed").exists), process.poll()
    assert (root / "versions" / "0.2.0" / "tried").exists()
    close(process)


def test_a_version_that_dies_at_its_start_is_left_and_the_last_one_takes_its_place(root, content, window):
    switched_to(root, {**content, "app/ui/__main__.py": b"raise SystemExit(1)\n"})
    for _ in range(2):
        assert window().wait(PATIENCE_S) == 1
    process = window()
    assert until(lambda: (root / "current").read_text() == "0.1.0"), process.poll()
    close(process)
    assert (root / "previous").read_text() == "0.2.0"
