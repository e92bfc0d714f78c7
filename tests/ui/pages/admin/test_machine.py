"""Tình trạng máy: the doctor's list beside the window, and the file for those who help."""

import zipfile

import pytest

from counter_app.services.helping.doctor import DoctorService, State, finding
from tests.ui.conftest import nameless, settle
from tests.ui.pages.helpers import idle, shown_page, words
from ui.dialogs.save_file import SaveFileDialog
from ui.pages.admin.page import AdminPage

BAD = finding("printer", State.BAD, "GONE", printer="laser")
LOW = finding("disk", State.WARNING, "LOW", free_mb=900)
FINE = finding("clock", State.OK)


@pytest.fixture
def rounds(monkeypatch):
    """What the doctor was asked for, and what is found."""
    asked = []

    def examine(self, *, thorough=True, reader_port=""):
        asked.append((thorough, reader_port))
        return rounds_found

    rounds_found = [FINE, LOW, BAD]
    monkeypatch.setattr(DoctorService, "examine", examine)
    return asked, rounds_found


@pytest.fixture
def page(seat, rounds):
    seat.context.preferences.reader_port = "/dev/ttyUSB7"
    made = shown_page(AdminPage(seat.context))
    made.activate(section="machine")
    idle(seat.context)
    return made


def test_opening_it_makes_a_quick_round_and_the_worst_stands_first(page, rounds):
    assert rounds[0] == [(False, "/dev/ttyUSB7")]
    shown = words(page)
    assert shown.index("Printer") < shown.index("Room on the disk") < shown.index("Clock")
    assert "1 must be mended, 1 should be looked at" in shown
    assert "laser" in shown


def test_what_is_wrong_is_said_in_words_and_not_by_colour_alone(page):
    assert "Printer: must be mended" in page.chosen.list.accessibleDescription()
    assert "Clock: in order" in page.chosen.list.accessibleDescription()


def test_a_thorough_round_is_made_when_it_is_asked_for(page, rounds, seat):
    rounds[1][:] = [FINE]
    page.chosen.again.click()
    assert "Examining…" in words(page)
    idle(seat.context)
    assert [thorough for thorough, _ in rounds[0]] == [False, True]
    assert "Everything is in order" in words(page)
    assert "Printer" not in words(page.chosen.list)


def test_the_doctor_never_holds_the_window_up(page, guard, seat):
    with guard:
        page.trigger("examine_pc")
        idle(seat.context)


def test_every_check_of_a_real_desk_has_its_name(seat):
    made = shown_page(AdminPage(seat.context))
    made.activate(section="machine")
    idle(seat.context)
    names = {each.name for each in seat.desk.counter.doctor.examine()}
    from ui.models.findings import name_of

    assert [name for name in names if name_of(name) == name] == []
    assert nameless(made) == []


def test_the_file_for_support_is_written_where_it_is_wanted(page, seat, tmp_path):
    page.chosen.give.click()
    dialog = page.findChildren(SaveFileDialog)[-1]
    assert dialog.name.text() == "chan-doan-2026-11-20"
    dialog.folder.setText(str(tmp_path))
    dialog.save.click()
    idle(seat.context)
    with zipfile.ZipFile(tmp_path / "chan-doan-2026-11-20.zip") as packed:
        assert {"doctor.json", "desk.json", "log.txt", "README.txt"} <= set(packed.namelist())
    assert "chan-doan-2026-11-20.zip" in seat.context.notices.kept[0].text


@pytest.mark.parametrize("mode", ["light", "dark", "high_contrast"])
def test_it_paints_in_every_theme_with_names_for_everything(page, theme, mode):
    theme.choose(mode)
    settle(0)
    assert not page.grab().isNull()
    assert nameless(page) == []
