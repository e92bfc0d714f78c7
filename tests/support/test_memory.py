"""No part of the memory of a program that crashes is left on the disk."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows leaves none by itself")
ALLOWED = "import resource; resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)\n"
TOLD = "print(__import__('resource').getrlimit(__import__('resource').RLIMIT_CORE))"


def run(code, folder):
    environment = {"PYTHONPATH": str(ROOT), "COUNTER_STATE_DIR": str(folder / "state"), "PATH": ""}
    return subprocess.run([sys.executable, "-c", ALLOWED + code], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_a_process_that_crashes_leaves_nothing_of_its_memory(tmp_path):
    done = run("from counter_app.support.memory import leave_no_core\nleave_no_core()\nimport os; os.abort()", tmp_path)
    assert done.returncode < 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("start", [
    "sys.argv = ['counter', 'card', '--help']\nfrom counter_app.__main__ import main",
    "from counter_app.scanning.confining import confine as main",
    "from counter_app.support.memory import leave_no_core as main",
])
def test_whoever_holds_a_key_or_reads_for_others_begins_so_and_so_does_what_it_starts(tmp_path, start):
    then = f"import subprocess; subprocess.run([sys.executable, '-c', {TOLD!r}])"
    done = run(f"import sys\n{start}\ntry:\n    main()\nexcept SystemExit:\n    pass\n{then}", tmp_path)
    assert done.stdout.endswith("(0, 0)\n"), done.stderr
