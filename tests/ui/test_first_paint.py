"""The desk is opened behind a window that stands on the screen already."""

import subprocess
import sys

from tests.ui.conftest import settle, wait_for
from ui.windows.window import DeskWindow


class Tally:
    def __init__(self):
        self.count = 0

    def add(self):
        self.count += 1


def test_the_first_picture_is_told_once(theme):
    window, tally = DeskWindow(theme), Tally()
    window.painted.connect(tally.add)
    settle()
    assert tally.count == 0, "nothing was shown"
    window.show()
    settle()
    window.repaint()
    settle()
    assert tally.count == 1


def test_nothing_is_loaded_before_the_first_picture(program_of, desk_dir, monkeypatch):
    program = program_of(desk_dir)
    order = []
    monkeypatch.setattr(program, "_open", lambda: order.append("opened"))
    program.window.painted.disconnect()
    program.window.painted.connect(program._open)
    program.start()
    assert order == [], "the call that shows the window does not wait for the desk"
    wait_for(lambda: order)
    settle(0)
    assert order == ["opened"]


def test_qt_leaves_imports_as_python_made_them():
    code = "import builtins; plain = builtins.__import__; import ui, ui.app; assert builtins.__import__ is plain"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
