"""Pictures are taken of a program that is ready, however slow the PC is."""

import os
import threading

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from bench import shots
from bench.shots import FEW, Photographer, day_clock
from ui import opening
from ui.windows.setup import SetupScreen

SLOW_S = 1.2
"""Longer than any pause between two pictures."""


@pytest.fixture
def photographer(qapp, tmp_path, monkeypatch):
    monkeypatch.setenv("COUNTER_STATE_DIR", str(tmp_path / "state"))
    return Photographer(qapp, tmp_path / "pictures", tmp_path / "desk", day_clock(evening=True))


def close(photographer, program):
    program.window.close()
    program.deleteLater()
    photographer.wait(20)


def slowly(monkeypatch, name):
    """Let a slow PC take its time over one function of the start."""
    whole = getattr(opening, name)
    monkeypatch.setattr(opening, name, lambda *arguments: (threading.Event().wait(SLOW_S), whole(*arguments))[1])


def test_a_slow_start_is_waited_for(photographer, tmp_path, monkeypatch):
    slowly(monkeypatch, "open_desk")
    program = photographer.begin(FEW[0], tmp_path / "bare")
    assert isinstance(program.window.screen_shown, SetupScreen)
    close(photographer, program)


def test_a_start_that_never_ends_is_told(photographer, tmp_path, monkeypatch):
    monkeypatch.setattr(shots, "PATIENCE_S", 0)
    slowly(monkeypatch, "open_desk")
    with pytest.raises(TimeoutError, match="bare"):
        photographer.begin(FEW[0], tmp_path / "bare")
    monkeypatch.undo()
    photographer.wait(20)


def test_a_picture_waits_for_what_is_being_worked_on(photographer, tmp_path):
    program = photographer.begin(FEW[0], tmp_path / "bare")
    came = []
    program.tools.tasks.run(threading.Event().wait, SLOW_S, done=came.append)
    photographer.wait(10)
    assert came == [False]
    close(photographer, program)
