"""The panel with the clipboard of a real X server: what is given can be pasted, by keys and with the middle button, and is gone at the end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.ui.conftest import ROOT

PROGRAM = """
import json
from types import SimpleNamespace
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from counter_app.domain.typing_map import Filled
from ui.theme import Theme
from ui.windows.typing_panel import TypingPanel
app = QApplication([])
host = QWidget()
host.show()
handed = SimpleNamespace(code="H36.50.05-261120-0001", program="Test", fields=(Filled("Name", "TEST NAME"), Filled("None", ""), Filled("Id", "012")))
panel = TypingPanel(SimpleNamespace(theme=Theme(app)), handed, host)
panel.show()
board, held = QGuiApplication.clipboard(), []
for act in (panel.give_next, panel.give_next, panel.give_last, panel.give_next, panel.give_next):
    act()
    app.processEvents()
    held.append([board.text(mode) for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)])
print(json.dumps({"platform": app.platformName(), "held": held}))
"""


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="no virtual screen on this machine")
def test_fields_pass_through_both_clipboards_of_x11_and_none_stays(tmp_path):
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT), "COUNTER_STATE_DIR": str(tmp_path)}
    done = subprocess.run(
        ["xvfb-run", "-a", sys.executable, "-c", PROGRAM], env=surroundings, capture_output=True, text=True, timeout=60, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told == {"platform": "xcb", "held": [["TEST NAME"] * 2, ["012"] * 2, ["TEST NAME"] * 2, ["012"] * 2, ["", ""]]}
