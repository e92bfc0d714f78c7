"""Whoever sits at the measured program types as people do, and the program is loaded as its own command loads it."""

import os
import subprocess
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit

from bench import driver, window
from bench.driver import Fingers
from bench.moment import KEY_MS, NEWEST_CODE, PASSWORD


class Keys(QObject):
    """Keeps the letters that reach a field."""

    def __init__(self, field):
        super().__init__(field)
        self.pressed, self.released = [], []
        field.installEventFilter(self)

    def eventFilter(self, watched, event):
        kept = {QEvent.Type.KeyPress: self.pressed, QEvent.Type.KeyRelease: self.released}.get(event.type())
        if kept is not None:
            kept.append(event.text())
        return False


@pytest.fixture
def field(qapp):
    return QLineEdit()


def test_a_password_is_typed_key_by_key_and_its_end_is_told_once(field, qtbot, monkeypatch):
    monkeypatch.setattr(driver, "KEY_MS", 0)
    keys, ends = Keys(field), []
    fingers = Fingers(field, PASSWORD, field)
    fingers.done.connect(lambda: ends.append(field.text()))
    assert field.text() == "", "nothing is typed before the first key's time"
    qtbot.waitUntil(lambda: bool(ends), timeout=30_000)
    qtbot.wait(20)
    assert ends == [PASSWORD]
    assert "".join(keys.pressed) == "".join(keys.released) == PASSWORD


def test_nobody_types_quicker():
    assert KEY_MS <= 60, "a second for twenty keys is quicker than people are"
    assert KEY_MS * len(PASSWORD) >= 1_000


def test_the_tour_opens_every_page_of_the_program():
    from ui.desk_pages import ENTRIES

    assert {page for page, _ in window.TOUR} >= {entry.page_id for entry in ENTRIES}
    assert ("dossier", {"code": NEWEST_CODE}) in window.TOUR


@pytest.mark.parametrize("module", ["bench.window", "ui.__main__"])
def test_the_measured_program_is_loaded_as_its_command_loads_it(module):
    code = f"import builtins; plain = builtins.__import__; import {module}; assert builtins.__import__ is plain"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
