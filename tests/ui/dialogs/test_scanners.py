"""The scanners of a PC in a window: found and entered ones, tried with a page, asked, named, forgotten; and none at all."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.errors import Problem, failed
from counter_app.domain.people import Actor, Role
from counter_app.domain.scan_profile import Abilities, ScanColour, ScanSource
from counter_app.services.changes import Changes
from counter_app.services.scanning.devices import Device, DeviceService, FeedEnd
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import idle, words
from tests.ui.pages.scanning_desk import FakeFeeder, drawn
from ui.context import Tools
from ui.dialogs.scanning.scanners import ScannersDialog
from ui.dialogs.settings import SettingsDialog
from ui.models.scanners import can_words, way_word
from ui.widgets.buttons import LinkButton
from ui.windows.house_desk import HouseDesk

CAN = Abilities((ScanSource.FLATBED, ScanSource.ADF_DUPLEX), (ScanColour.COLOUR,), (75, 200, 600), {})


class Able(FakeFeeder):
    """A feeder that says what it can do."""

    def abilities(self, device):
        return CAN


class Network:
    """Network scanners as they were entered; they answer only where the test says so."""

    way = "escl"

    def __init__(self, places):
        self.places, self.answers = places, False

    def devices(self):
        return tuple(Device(f"escl:{each}", each, "escl") for each in self.places.addresses())

    def abilities(self, device):
        if not self.answers:
            raise failed("SCAN_UNREACHABLE")
        return CAN


class Folders:
    way = "folder"

    def __init__(self, places):
        self.places = places

    def devices(self):
        return tuple(Device(f"folder:{each}", each.name, "folder") for each in self.places.folders())

    def abilities(self, device):
        return Abilities((), (), (), {})

    def feed(self, job, watch):
        return FeedEnd(0, Problem("SCAN_FOLDER_EMPTY", None, {"pages": 0}))


@pytest.fixture(autouse=True)
def _no_scanners_around(monkeypatch):
    """Nothing is looked for on this PC and in its network."""
    monkeypatch.setattr("counter_app.bootstrap.scanners._of_this_system", Able)
    monkeypatch.setattr("counter_app.scanning.devices.discovery.discover", tuple)


@pytest.fixture
def window(seat, host):
    """Open the window over the ways to scanners that a test wants."""

    def opened(*ways, actor=None):
        counter = seat.context.counter
        service = DeviceService(lambda: ways, counter.scanner_places.names)
        context = replace(seat.context, counter=replace(counter, scanning=service))
        if actor is not None:
            context = replace(context, session=replace(context.session, actor=actor))
        dialog = ScannersDialog(context, host)
        dialog.open()
        dialog.activateWindow()
        idle(seat.context)
        settle(0)
        return dialog

    return opened


@pytest.fixture
def places(seat):
    return seat.context.counter.scanner_places


def shown(dialog):
    return [device.name for device in dialog.model.rows]


def enter(dialog, field, text):
    field.setFocus()
    field.setText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    idle(dialog._context)
    settle(0)
    idle(dialog._context)


def test_without_any_scanner_the_window_says_what_can_be_done(window):
    dialog = window()
    assert dialog.model.rows == ()
    assert dialog.empty.accessibleName().startswith("No scanner yet")
    assert not any(button.isEnabled() for button in (dialog.trial, dialog.ask, dialog.out))
    assert nameless(dialog) == []


def test_while_it_looks_nobody_is_told_that_there_is_none(window):
    class Slow:
        way = "sane"

        def __init__(self):
            self.found, self.asked = threading.Event(), 0

        def devices(self):
            self.asked += 1
            if self.asked > 1:
                self.found.wait(30)
            return ()

    slow = Slow()
    dialog = window(slow)
    dialog.again.click()
    try:
        assert dialog.empty.accessibleName() == "Looking for scanners…"
    finally:
        slow.found.set()
    idle(dialog._context)
    settle(0)
    assert dialog.empty.accessibleName().startswith("No scanner yet")


def test_why_looking_failed_is_told(window):
    class Broken:
        way = "sane"

        def devices(self):
            raise failed("SCAN_PROGRAM_MISSING", program="scanimage")

    assert "scanimage" in words(window(Broken()).banner)


def test_a_page_is_scanned_shown_and_kept_nowhere(window, seat, monkeypatch):
    feeder = Able(([drawn(), drawn(), drawn()], None))
    dialog = window(feeder)
    assert (shown(dialog), way_word(dialog.model.rows[0])) == (["Máy quét thử"], "connected to this PC")
    QTest.keyClick(dialog.table, Qt.Key.Key_F9)
    wait_for(lambda: not dialog.picture.image.isNull(), 10_000)
    assert dialog.banner.sentence == "The scanner answers: glass, feeder, both sides; 75 to 600 dpi."
    (job,) = feeder.seen
    assert not job.folder.exists(), "the page is gone"
    assert seat.context.counter.paper.batches.open_ones() == []


def test_a_scanner_without_paper_says_so(window):
    dialog = window(Able(([], "SCAN_NO_PAPER")))
    dialog.trial.click()
    wait_for(lambda: "paper" in dialog.banner.sentence, 10_000)
    assert dialog.picture.isHidden(), "no empty desk is shown"
    assert dialog.trial.isEnabled(), "it can be tried again"


def test_a_network_scanner_is_entered_asked_and_forgotten(window, places):
    network = Network(places)
    dialog = window(network)
    enter(dialog, dialog.address, "not an address")
    assert "192.168.1.20" in dialog.form.row("address").problem
    enter(dialog, dialog.address, "192.168.1.21")
    assert shown(dialog) == ["http://192.168.1.21/eSCL"]
    assert dialog.address.text() == ""
    dialog.ask.click()
    idle(dialog._context)
    assert dialog.banner.sentence.startswith("The scanner can't be reached")
    network.answers = True
    QTest.keyClick(dialog.table, Qt.Key.Key_F7)
    wait_for(lambda: "answers" in dialog.banner.sentence)
    dialog.out.click()
    idle(dialog._context)
    settle(0)
    idle(dialog._context)
    assert (shown(dialog), places.addresses()) == ([], ())


def test_what_was_entered_is_chosen_so_that_its_name_and_the_trial_are_its_own(window, places, tmp_path):
    dialog = window(Able(([drawn()], None)), Network(places), Folders(places))
    assert dialog._chosen().name == "Máy quét thử"
    enter(dialog, dialog.folder, str(tmp_path))
    assert dialog._chosen().id == f"folder:{tmp_path}"
    enter(dialog, dialog.name, "Máy photocopy")
    assert places.names() == {f"folder:{tmp_path}": "Máy photocopy"}
    assert dialog._chosen().id == f"folder:{tmp_path}", "naming chooses nothing else"
    enter(dialog, dialog.address, "192.168.1.21")
    assert (dialog._chosen().way, dialog.out.isEnabled()) == ("escl", True)
    dialog.table.selectRow(0)
    dialog.again.click()
    idle(dialog._context)
    assert dialog.table.currentIndex().row() == 0, "looking again chooses nothing else"


def test_whoever_shows_scanners_hears_of_each_change(window, places, tmp_path):
    dialog = window(Folders(places))
    heard = []
    dialog._context.tasks.changed.connect(heard.append)
    enter(dialog, dialog.folder, str(tmp_path))
    assert heard == [Changes.of("settings")]
    enter(dialog, dialog.folder, str(tmp_path / "none"))
    assert len(heard) == 1, "nothing was changed"


def test_a_folder_is_chosen_and_one_that_is_not_there_is_told(window, places, tmp_path):
    dialog = window(Folders(places))
    enter(dialog, dialog.folder, str(tmp_path / "none"))
    assert dialog.form.row("folder").problem
    dialog.take_folder(str(tmp_path))
    idle(dialog._context)
    settle(0)
    idle(dialog._context)
    assert (shown(dialog), places.folders()) == ([tmp_path.name], (tmp_path,))
    dialog.ask.click()
    idle(dialog._context)
    assert dialog.banner.sentence.startswith("The folder is there")


def test_a_name_is_remembered_for_found_and_entered_ones_and_can_be_emptied(window, places):
    dialog = window(Able(), Network(places))
    enter(dialog, dialog.name, "Máy ở quầy 2")
    assert shown(dialog) == ["Máy ở quầy 2"]
    assert places.names() == {"fake:1": "Máy ở quầy 2"}
    enter(dialog, dialog.name, "x" * 61)
    assert dialog.form.row("name").problem
    assert shown(window(Able())) == ["Máy ở quầy 2"], "the next window knows it"


def test_an_empty_name_gives_back_what_the_scanner_calls_itself(window, places, seat):
    places.rename("fake:1", "Máy ở quầy 2", seat.desk.actor)
    dialog = window(Able())
    assert shown(dialog) == ["Máy ở quầy 2"]
    enter(dialog, dialog.name, "")
    assert (shown(dialog), places.names()) == (["Máy quét thử"], {})


def test_what_announces_itself_is_not_forgotten_and_a_clerk_enters_nothing(window):
    dialog = window(Able())
    assert not dialog.out.isEnabled()
    clerk = window(Able(), actor=Actor("u-9999", Role.CLERK))
    assert not any(field.isEnabled() for field in (clerk.address, clerk.folder, clerk.name, clerk.choose))
    assert clerk.trial.isEnabled(), "trying is a clerk's work too"


def test_what_a_scanner_can_do_in_words():
    assert can_words(Abilities((ScanSource.ADF,), (), (), {})) == "The scanner answers: feeder."
    assert can_words(CAN) == "The scanner answers: glass, feeder, both sides; 75 to 600 dpi."


def test_the_palette_and_the_settings_open_the_window(seat, host):
    house = HouseDesk(Tools(seat.context.theme, seat.context.tasks, seat.context.notices, seat.context.preferences), seat.context.counter, host)
    house.actions["scanners"]()
    assert not host.findChildren(ScannersDialog), "no frame is shown yet"
    host.context = seat.context
    house.attach(host)
    house.actions["scanners"]()
    idle(seat.context)
    assert [dialog.isVisible() for dialog in host.findChildren(ScannersDialog)] == [True]
    settings = SettingsDialog(seat.context, seat.desk.counter.settings.profile(), (), (), host)
    wanted = []
    settings.wanted.connect(wanted.append)
    next(link for link in settings.findChildren(LinkButton) if link.property("action_id") == "scanners").click()
    assert wanted == ["scanners"]
