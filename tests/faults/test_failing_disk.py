"""A disk whose calls fail with an I/O error: each verb says so in a sentence, and what it acknowledged is there on a sound disk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.bootstrap import open_counter
from counter_app.support import messages
from tests.builders import command
from tests.fakes import FakeClock

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux" or shutil.which("cc") is None, reason="needs a C compiler on Linux")


@pytest.fixture(scope="session")
def shim(tmp_path_factory):
    """The failing disk, compiled."""
    made = tmp_path_factory.mktemp("shim") / "failing.so"
    source = Path(__file__).with_name("failing.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(made), str(source), "-ldl"], check=True)
    return made


@pytest.fixture
def tries(shim, desk_dir, home):
    """Calls a verb again and again, the disk failing at a later call each time; returns what came of each."""
    first = home / "tries" / "first"
    first.mkdir(parents=True)
    for name in ("desk", "state"):
        shutil.copytree(home / name, first / name)
    shutil.copy(home / "desk.key", first)

    def call(verb, start, stride):
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.failing_worker", str(first.parent), verb, str(start), str(stride)],
            cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "LD_PRELOAD": str(shim)})
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return call


@pytest.mark.parametrize(("verb", "stride"), [
    ("intake", 29), ("day page", 43), ("report", 2),
    *(pytest.param(verb, 1, marks=pytest.mark.soak) for verb in ("intake", "day page", "report"))])
def test_a_failing_disk_is_told_and_takes_nothing_that_was_acknowledged(tries, home, monkeypatch, verb, stride):
    found = tries(verb, 0, stride)
    assert len(found) > 3, "it failed at several places"
    assert found[-1]["done"], "the last one met a sound disk"
    assert not found[-1]["error"]
    for each in found:
        assert bool(each["error"]) != bool(each["done"])
        if each["error"]:
            assert each["error"] in messages.table("vi"), each
        check(home / "tries" / f"try-{each['calls']}", each["done"] if verb == "intake" else "", monkeypatch)


def check(folder, code, monkeypatch):
    """The disk is sound again: everything agrees, what was acknowledged is there, and the desk goes on."""
    monkeypatch.setenv("COUNTER_STATE_DIR", str(folder / "state"))
    monkeypatch.setenv("COUNTER_KEY_FILE", str(folder / "desk.key"))
    counter = open_counter(folder / "desk", clock=FakeClock())
    try:
        with counter.database.read() as uow:
            assert not code or uow.dossiers.by_code(code)
        assert {each.kind.value for each in counter.verifying.run().differences} <= {"unfinished"}
        following = counter.intake.receive(command(), counter.login.acting("", "")).code
        assert following > code
        assert counter.verifying.run().differences == ()
    finally:
        counter.close()
    shutil.rmtree(folder)
