"""Windows without a screen: one application, one theme, and no word of complaint from Qt."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QLocale, QTimer, QtMsgType
from PySide6.QtWidgets import QWidget

from ui.app import Program
from ui.background import TaskRunner
from ui.context import DeskContext, Tools
from ui.notices import Notices
from ui.preferences import Preferences
from ui.theme import Theme
from ui.translation import Translation

HARMLESS = ("This plugin does not support",)
"""What the offscreen platform says about itself."""


@pytest.fixture(scope="session")
def _theme(qapp):
    return Theme(qapp)


@pytest.fixture(scope="session")
def _translation(qapp):
    return Translation(qapp)


@pytest.fixture
def theme(_theme):
    """The light theme at 100 %."""
    _as_at_first(_theme)
    yield _theme
    _as_at_first(_theme)


def _as_at_first(theme):
    theme.resize(100)
    if theme.mode != "light":
        theme.choose("light")


@pytest.fixture
def translation(_translation):
    """English, the language of the sources, until a test chooses another."""
    _translation.choose("en")
    yield _translation
    _translation.choose("en")


@pytest.fixture(autouse=True)
def _quiet_qt(qtlog, translation):
    """A warning of Qt fails the test it comes in."""
    del translation
    yield
    loud = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}
    said = [record.message for record in qtlog.records if record.type in loud and not record.message.startswith(HARMLESS)]
    assert said == []


@pytest.fixture(autouse=True)
def _nothing_stays(qapp):
    """Windows that a test leaves behind are closed and freed before the next one."""
    yield
    for widget in qapp.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    settle(0)


@pytest.fixture
def tasks(qapp):
    runner = TaskRunner()
    yield runner
    runner.stop()
    settle(0)


@pytest.fixture
def preferences(tmp_path):
    return Preferences(tmp_path / "window.ini")


@pytest.fixture
def tools(theme, tasks, preferences):
    return Tools(theme, tasks, Notices(), preferences)


@pytest.fixture
def host(qapp):
    """A shown window to put widgets in."""
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    return window


@pytest.fixture
def program_of(qapp, preferences, _theme, _translation):
    """Make whole programs, English ones; when the test is over, everything of them is let go and the tests' own looks are back."""
    made = []

    def make(folder, clock=None):
        preferences.language = "en"
        made.append(Program(qapp, folder, preferences, clock=clock))
        return made[-1]

    yield make
    for program in made:
        program.window.close()
        program.window.deleteLater()
        program.theme.choose("light")
        program.translation.choose("en")
        program.deleteLater()
    settle(0)
    _theme.use()


class Journeys:
    """A navigator that writes down where it was sent."""

    def __init__(self):
        self.opened = []

    def open(self, page_id, **arguments):
        self.opened.append((page_id, arguments))

    def back(self):
        self.opened.append(("back", {}))


@dataclass
class Seat:
    """A real desk with its person logged in, and the bundle that a page gets."""

    desk: object
    context: DeskContext
    navigator: Journeys


@pytest.fixture
def seat(desk, tools):
    """A page's bundle over a real, fresh desk (encrypted file, guard, catalogue, calendar; the clock stands at 20/11/2026 09:42)."""
    session = desk.counter.login.session_of(desk.actor)
    navigator = Journeys()
    context = DeskContext(desk.counter, session, tools.tasks, tools.theme, tools.notices, navigator, tools.preferences)
    return Seat(desk, context, navigator)


TURNS = 5
"""What is laid out anew, scrolled or painted takes more than one turn of events."""


def settle(milliseconds=30):
    """Let events and answers of workers arrive: in so many turns also where a machine is so busy that one lasts all the time."""
    turns = min(milliseconds, TURNS) or 1
    for _ in range(turns):
        loop = QEventLoop()
        QTimer.singleShot(milliseconds // turns, loop.quit)
        loop.exec()


def wait_for(condition, milliseconds=30_000):
    """Let events arrive until a condition holds, be it for a moment; fails when it never does."""
    loop, held = QEventLoop(), []
    ticker, end = QTimer(), QTimer()

    def look():
        if not held and condition():
            held.append(True)
            loop.quit()

    ticker.setInterval(5)
    ticker.timeout.connect(look)
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    look()
    if not held:
        ticker.start()
        end.start(milliseconds)
        loop.exec()
        ticker.stop()
    assert held or condition()


def focusable(root):
    """Return every visible widget below a window that takes the focus by Tab."""
    from PySide6.QtCore import Qt

    return [w for w in root.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisibleTo(root)]


def nameless(root):
    """Return the classes of focusable widgets that a screen reader could not name."""
    from PySide6.QtGui import QAccessible

    found = []
    for widget in focusable(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        if not widget.accessibleName() and not (interface and interface.text(QAccessible.Text.Name)):
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def picture(widget):
    """Return a widget as it would be painted."""
    return widget.grab().toImage()


ROOT = Path(__file__).resolve().parents[2]
ENGLISH = QLocale.Language.English
