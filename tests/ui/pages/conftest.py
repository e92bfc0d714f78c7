"""Pages over a real desk: the encrypted file, the guard, the shipped catalogue and calendar; the clock stands at 20/11/2026 09:42."""

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from tests.ui.pages.helpers import GuiThreadGuard, kept, shown_page
from ui.desk_pages import ENTRIES
from ui.pages.intake import IntakePage
from ui.windows.frame import Frame


class _Nothing:
    """A way that leads to no scanner."""

    way = "none"

    def devices(self):
        return ()


@pytest.fixture(autouse=True)
def _no_scanners_around(monkeypatch):
    """Tests look for no real scanners on this PC and in its network: that takes seconds, and nobody knows what they would find."""
    monkeypatch.setattr("counter_app.bootstrap.scanners._of_this_system", _Nothing)
    monkeypatch.setattr("counter_app.scanning.devices.discovery.discover", tuple)


@pytest.fixture
def intake(seat):
    """The page of intake alone, as wide as at 1366×768, ready to be typed into."""
    page = shown_page(IntakePage(seat.context))
    page.activate()
    return page


@pytest.fixture
def frame(seat, tools):
    """The whole frame with the pages of the program, opened on intake."""
    made = kept(Frame(tools, seat.context.counter, seat.context.session, ENTRIES))
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    made.open("intake")
    return made


@pytest.fixture
def guard(seat, monkeypatch):
    """Fails every look into the database from the window's thread while it is switched on."""
    return GuiThreadGuard(type(seat.desk.counter.database), monkeypatch)


@pytest.fixture
def opened(monkeypatch, preferences, tmp_path):
    """Let files be written into a folder of the test, and write down what was opened afterwards."""
    names = []
    preferences.save_folder = str(tmp_path)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: names.append(Path(url.toLocalFile()).name))
    return names
