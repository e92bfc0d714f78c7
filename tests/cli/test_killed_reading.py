"""Reading words is killed in mid-page: what was read stays, the page that was under way is read again, nothing twice."""

import os
import signal
import subprocess
import sys
import time

import pikepdf
import pytest

from tests.cli.test_file_verbs import call, received

__all__ = ["call", "received"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")


def test_a_kill_in_mid_page_costs_that_page_and_no_more(call, received, desk_dir, tmp_path, monkeypatch):
    """The program is killed while the second page is read; the next call reads that page, and the first no second time."""
    stack, seen = tmp_path / "stack.pdf", tmp_path / "seen"
    with pikepdf.open(received["slip"]) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.save(stack)
    filed = call("file-scans", stack)[1]["dossiers"][0]["pages"]
    command = tmp_path / "bin" / "tesseract"
    command.parent.mkdir()
    command.write_text(
        "#!/bin/sh\n[ \"$1\" = --list-langs ] && echo vie && exit\n"
        f"echo \"$1\" >> {seen}\ncase \"$1\" in *-2.png) [ -e {seen}.go ] || sleep 20;; esac\necho 'vườn sầu riêng' > \"$2.txt\"\n")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}:{os.environ['PATH']}")
    words = [sys.executable, "-m", "counter_app", "--data-dir", str(desk_dir), "papers", "read-text"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as running:
        until = time.monotonic() + 60
        while not (seen.exists() and len(seen.read_text().splitlines()) == 2):
            assert running.poll() is None, "it ended before it came to the second page"
            assert time.monotonic() < until, "it never came to the second page"
            time.sleep(0.05)
        os.killpg(running.pid, signal.SIGKILL)
    seen.with_suffix(".go").touch()
    assert call("search", "sầu riêng")[1]["dossiers"][0]["seen_in_scan"]["page"] == 1
    code, value = call("papers", "read-text")
    assert (code, value["pages_read"], value["waiting"]) == (0, filed - 1, 0)
    asked = [int(line.rsplit("-", 1)[1].removesuffix(".png")) for line in seen.read_text().splitlines()]
    assert asked == [1, 2, *range(2, filed + 1)], "the page that was under way, and no other, is read again"
    (left,) = (desk_dir / "reading").iterdir()
    os.utime(left, (0, 0))
    assert call("papers", "read-text")[0] == 0
    assert list((desk_dir / "reading").iterdir()) == [], "nothing stays in the clear"
    assert call("verify")[0] == 0
