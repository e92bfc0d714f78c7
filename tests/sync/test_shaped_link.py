"""A link that the system itself makes thin, lossy and short-lived, between two network namespaces, where this machine allows it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from ipaddress import ip_address

import pytest

from tests.province.trial import ROOT
from tests.sync.lines import nothing_is_pretended
from tests.sync.test_bad_line import over
from tests.sync.thin_line import ThinLine

HERE, THERE = (str(ip_address("198.18.0.0") + 4 * (os.getpid() % 32_768) + end) for end in (1, 2))
"""A network of this process's own, out of those that are kept for measuring: two of them may run at once."""
SCAN = 24_000
BYTES_PER_S = 8000
pytestmark = [pytest.mark.usefixtures("whole_catalogue"), pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or not (shutil.which("ip") and shutil.which("tc")),
    reason="a link of its own needs Linux, root, ip and tc")]


def done(*words):
    return subprocess.run(words, capture_output=True, text=True, check=False).returncode == 0


@contextmanager
def shaped(*, lossy):
    """Give the name of a namespace behind a link of 64 kbit/s each way; skips the test where the machine makes none."""
    name = f"desk{os.getpid()}"
    inside, ours, theirs = ("ip", "netns", "exec", name), f"{name[:10]}a", f"{name[:10]}b"
    thin = ("tbf", "rate", "64kbit", "burst", "4kb", "latency", "6s")
    steps = [
        ("ip", "netns", "add", name), ("ip", "link", "add", ours, "type", "veth", "peer", "name", theirs), ("ip", "link", "set", theirs, "netns", name),
        ("ip", "addr", "add", f"{HERE}/30", "dev", ours), ("ip", "link", "set", ours, "up"),
        (*inside, "ip", "addr", "add", f"{THERE}/30", "dev", theirs), (*inside, "ip", "link", "set", theirs, "up"),
        (*inside, "ip", "link", "set", "lo", "up"), ("tc", "qdisc", "add", "dev", ours, "root", *thin)]
    loss = ("netem", "loss", "3%", "delay", "80ms") if lossy else thin
    try:
        for step in steps:
            if not done(*step):
                pytest.skip(f"this machine refuses: {' '.join(step)}")
        if not done(*inside, "tc", "qdisc", "add", "dev", theirs, "root", *loss):
            pytest.skip(f"this machine's kernel has no {loss[0]}")
        yield inside, theirs
    finally:
        done("ip", "link", "del", ours)
        done("ip", "netns", "del", name)


@contextmanager
def falling(inside, device):
    """Let the link go down for half a second, again and again."""
    over_with = threading.Event()

    def fall():
        while not over_with.wait(2.5):
            done(*inside, "ip", "link", "set", device, "down")
            time.sleep(0.5)
            done(*inside, "ip", "link", "set", device, "up")

    thread = threading.Thread(target=fall)
    thread.start()
    try:
        yield
    finally:
        over_with.set()
        thread.join()


@pytest.mark.parametrize("kind", ["thin", pytest.param("falling", marks=pytest.mark.soak), "lossy"])
def test_everything_arrives_over_a_real_thin_link(enrolled, province, kind):
    province.do("switch", features=["files", "reconcile"])  # the catalogue would take the link for a minute
    sha256 = enrolled.file(enrolled.first, os.urandom(SCAN))
    enrolled.note(enrolled.first.code)
    enrolled.close()
    with shaped(lossy=kind == "lossy") as (inside, device), ThinLine(province.url, host=HERE) as gate:
        child = [*inside, sys.executable, "-m", "tests.sync.shaped_child", str(enrolled.folder), f"http://{HERE}:{gate.port}"]
        began = time.monotonic()
        if kind == "falling":
            with falling(inside, device):
                told = subprocess.run(child, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        else:
            told = subprocess.run(child, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        pending, files, up = map(int, told.split())
    assert (pending, files) == (0, 0)
    assert time.monotonic() - began > 0.8 * SCAN / BYTES_PER_S, "the link was no thin one"
    assert up < 1.5 * SCAN + 20_000, "little is sent twice"
    again = enrolled.__class__(enrolled.folder, made=False)
    over(again, province.url)
    nothing_is_pretended(again, province)
    with again.database.read() as uow:
        assert uow.uploads.get(sha256).state == "verified"
    again.close()
