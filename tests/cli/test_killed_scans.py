"""Filing and scanning without a window, ended by force at any moment, again and again: in the end everything is there once."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.test_file_verbs import DOSSIER, call, received  # noqa: F401  fixtures
from tests.conftest import CHEAP, PASSWORD
from tests.scanning.devices.conftest import sane_folder, test_device  # noqa: F401  fixtures

ROOT = Path(__file__).parents[2]
BEGIN = """
import sys
from counter_app.security.passwords import Argon2Passwords
Argon2Passwords.__init__.__kwdefaults__ = {cheap!r}
from counter_app.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")


@pytest.fixture
def begun(desk_dir, home):
    """Begins a verb in a process of its own."""
    def begin(*words):
        return subprocess.Popen(
            [sys.executable, "-c", BEGIN.format(cheap=CHEAP), "--data-dir", str(desk_dir), "--json", *map(str, words)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env={**os.environ, "COUNTER_PASSWORD": PASSWORD})

    return begin


def clear_files(desk_dir):
    """What lies in the clear of scanned paper."""
    heads = {path: path.read_bytes()[:4] for place in ("files", "scans") for path in (desk_dir / place).rglob("*") if path.is_file()}
    return [path for path, head in heads.items() if head in (b"%PDF", b"\x89PNG", b"\xff\xd8\xff\xe0")]


def test_a_stack_whose_filing_is_killed_at_any_time_is_there_once(begun, call, received, desk_dir, tmp_path):  # noqa: F811
    stack = tmp_path / "in"
    stack.mkdir()
    shutil.copy(received["slip"], stack / "1.pdf")
    for number in (2, 3, 4):
        Image.effect_noise((827, 1169), 20 * number).convert("RGB").save(stack / f"{number}.jpg", dpi=(100, 100))
    start = time.monotonic()
    with begun("file-scans", stack, "--dry-run") as whole:
        said, _ = whole.communicate()
    expected = json.loads(said)["dossiers"][0]["pages"]
    lasts_s = time.monotonic() - start
    for part in (0.5, 0.75, 1.0):
        with begun("file-scans", stack) as process:
            try:
                process.wait(timeout=lasts_s * part)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        assert call("verify")[0] == 0
    code, value = call("file-scans", stack)
    assert (code, [(each["code"], each["pages"]) for each in value["dossiers"]]) == (0, [(received["code"], expected)])
    for waits in call("file-scans", "--waiting")[1]["waiting"]:
        call("file-scans", "--batch", waits["batch"])
        call("file-scans", "--drop", waits["batch"])
    (file,) = call("show", received["code"])[1]["files"]
    assert (file["pages"], call("verify")[0], clear_files(desk_dir)) == (expected, 0, [])


@pytest.mark.parametrize("pages", [1, 3])
def test_a_scan_that_is_killed_leaves_whole_pages_and_the_next_one_appends(begun, test_device, tmp_path, pages):  # noqa: F811
    test_device(delay_us=20_000)
    out, words = tmp_path / "out", ("scan", "--device", "sane:test:0", "--profile", "one_side", "--out", tmp_path / "out")
    with begun(*words) as process:
        while len(list(out.glob("page-*.png"))) < pages and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    kept = sorted(out.glob("page-*.png"))
    assert len(kept) >= pages
    for path in kept:
        with Image.open(path) as picture:
            picture.load()
    test_device()
    with begun(*words) as process:
        said, _ = process.communicate()
    value = json.loads(said)
    assert (process.returncode, value["confirmed"]) in {(0, True), (5, True)}
    assert [page["ordinal"] for page in value["pages"]] == list(range(len(kept) + 1, len(kept) + 11))
    assert sorted(path.name for path in out.glob("page-*")) == [f"page-{n:04d}.png" for n in range(1, len(kept) + 11)], "nothing else lies there"
