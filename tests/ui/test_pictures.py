"""Pictures are taken of a program that is ready, however slow the PC is."""

import threading

import pytest

from bench.photographer import Look, Photographer, day_clock
from ui import opening
from ui.windows.setup import SetupScreen

LOOK = Look("light", "en", 1366, 768, 100)
SLOW_S = 1.2
"""Longer than any pause before a picture."""


@pytest.fixture
def photographer(qapp, tmp_path, monkeypatch, _theme, _translation):
    """Takes pictures in English; afterwards the tests' own looks are back."""
    monkeypatch.setenv("COUNTER_STATE_DIR", str(tmp_path / "state"))
    photographer = Photographer(qapp, tmp_path / "pictures", tmp_path / "desk", day_clock(evening=True))
    yield photographer
    photographer.wait(20)
    _translation.choose("en")
    _theme.use()


def close(program):
    program.window.close()
    program.window.deleteLater()
    program.theme.choose("light")
    program.translation.choose("en")
    program.deleteLater()


def slowly(monkeypatch):
    """Let a slow PC take its time to open a desk."""
    whole = opening.open_desk
    monkeypatch.setattr(opening, "open_desk", lambda *arguments: (threading.Event().wait(SLOW_S), whole(*arguments))[1])


def test_a_slow_start_is_waited_for(photographer, tmp_path, monkeypatch):
    slowly(monkeypatch)
    program = photographer.begin(LOOK, tmp_path / "bare")
    assert isinstance(program.window.screen_shown, SetupScreen)
    close(program)


def test_a_picture_waits_for_what_is_being_worked_on(photographer, tmp_path):
    program = photographer.begin(LOOK, tmp_path / "bare")
    came = []
    program.tools.tasks.run(threading.Event().wait, SLOW_S, done=came.append)
    photographer.wait(10)
    assert came == [False]
    close(program)
