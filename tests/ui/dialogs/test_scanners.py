"""The scanners of a PC in a window: found and entered ones, tried with a page, asked, named, forgotten; and none at all."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.errors import Problem, failed
from counter_app.domain.people import Actor, Role
from counter_app.domain.scan_profile import Abilities, ScanColour, ScanSource
from counter_app.services.scanning.devices import Device, DeviceService, FeedEnd
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import idle, words
from tests.ui.pages.scanning_desk import FakeFeeder, drawn
from ui.dialogs.scanning.scanners import ScannersDialog
from ui.models.scanners import can_words, way_word

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


@pytest.fixture
def desk(seat, host):
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


def test_without_any_scanner_the_window_says_what_can_be_done(desk):
    dialog = desk()
    assert dialog.model.rows == ()
    assert not any(button.isEnabled() for button in (dialog.trial, dialog.ask, dialog.out))
    assert nameless(dialog) == []


def test_why_looking_failed_is_told(desk):
    class Broken:
        way = "sane"

        def devices(self):
            raise failed("SCAN_PROGRAM_MISSING", program="scanimage")

    assert "scanimage" in words(desk(Broken()).banner)


def test_a_page_is_scanned_shown_and_kept_nowhere(desk, seat, monkeypatch):
    feeder = Able(([drawn(), drawn(), drawn()], None))
    dialog = desk(feeder)
    assert (shown(dialog), way_word(dialog.model.rows[0])) == (["Máy quét thử"], "connected to this PC")
    QTest.keyClick(dialog.table, Qt.Key.Key_F9)
    wait_for(lambda: not dialog.picture.image.isNull(), 10_000)
    assert dialog.banner.sentence == "The scanner answers: glass, feeder, both sides; 75 to 600 dpi."
    (job,) = feeder.seen
    assert not job.folder.exists(), "the page is gone"
    assert seat.context.counter.paper.batches.open_ones() == []


def test_a_scanner_without_paper_says_so(desk):
    dialog = desk(Able(([], "SCAN_NO_PAPER")))
    dialog.trial.click()
    wait_for(lambda: "paper" in dialog.banner.sentence, 10_000)
    assert dialog.picture.image.isNull()
    assert dialog.trial.isEnabled(), "it can be tried again"


def test_a_network_scanner_is_entered_asked_and_forgotten(desk, places):
    network = Network(places)
    dialog = desk(network)
    enter(dialog, dialog.address, "not an address")
    assert "192.168.1.20" in dialog.form.row("address").problem
    enter(dialog, dialog.address, "192.168.1.21")
    assert shown(dialog) == ["http://192.168.1.21/eSCL"]
    assert dialog.address.text() == ""
    dialog.ask.click()
    idle(dialog._context)
    assert dialog.banner.sentence.startswith("The scanner can't be reached") or "reach" in dialog.banner.sentence
    network.answers = True
    QTest.keyClick(dialog.table, Qt.Key.Key_F7)
    wait_for(lambda: "answers" in dialog.banner.sentence)
    dialog.out.click()
    idle(dialog._context)
    settle(0)
    idle(dialog._context)
    assert (shown(dialog), places.addresses()) == ([], ())


def test_a_folder_is_chosen_and_one_that_is_not_there_is_told(desk, places, tmp_path):
    dialog = desk(Folders(places))
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


def test_a_name_is_remembered_for_found_and_entered_ones_and_can_be_emptied(desk, places):
    dialog = desk(Able(), Network(places))
    enter(dialog, dialog.name, "Máy ở quầy 2")
    assert shown(dialog) == ["Máy ở quầy 2"]
    assert places.names() == {"fake:1": "Máy ở quầy 2"}
    enter(dialog, dialog.name, "x" * 61)
    assert dialog.form.row("name").problem
    assert shown(desk(Able())) == ["Máy ở quầy 2"], "the next window knows it"


def test_an_empty_name_gives_back_what_the_scanner_calls_itself(desk, places, seat):
    places.rename("fake:1", "Máy ở quầy 2", seat.desk.actor)
    dialog = desk(Able())
    assert shown(dialog) == ["Máy ở quầy 2"]
    enter(dialog, dialog.name, "")
    assert (shown(dialog), places.names()) == (["Máy quét thử"], {})


def test_what_announces_itself_is_not_forgotten_and_a_clerk_enters_nothing(desk):
    dialog = desk(Able())
    assert not dialog.out.isEnabled()
    clerk = desk(Able(), actor=Actor("u-9999", Role.CLERK))
    assert not any(field.isEnabled() for field in (clerk.address, clerk.folder, clerk.name, clerk.choose))
    assert clerk.trial.isEnabled(), "trying is a clerk's work too"


def test_what_a_scanner_can_do_in_words():
    assert can_words(Abilities((ScanSource.ADF,), (), (), {})) == "The scanner answers: feeder."
    assert can_words(CAN) == "The scanner answers: glass, feeder, both sides; 75 to 600 dpi."
