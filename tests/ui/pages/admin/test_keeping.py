"""Copies from the window: how they stand in words, by hand, rehearsed, and where they go."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.errors import Problem, failed
from counter_app.domain.moments import local
from counter_app.services.keeping.records import KeepingStanding, PlaceRecord, PlaceStanding, Rehearsal
from counter_app.services.keeping.service import KeepingService
from counter_app.services.keeping.settings import KeepingSettings
from tests.ui.conftest import wait_for
from tests.ui.pages.helpers import idle, shown_page, words
from ui.models.keeping import keeping_lines, only_one_words, strip_words
from ui.pages.admin.page import AdminPage

AT = local(2026, 11, 20, 11, 45)
DONE = PlaceRecord(AT, AT, "/usb/a.qmc", 5 * 2**20, 12, 3 * 2**30, 1234, second=True)


def standing(*places, second_at=AT, safe=True, rehearsal=None, on_server=False):
    return KeepingStanding(places, rehearsal, second_at, safe, on_server)


def told(found):
    return {line.name: (line.tone, line.words) for line in keeping_lines(found)}


@pytest.fixture
def page(seat):
    made = shown_page(AdminPage(seat.context))
    made.activate(section="keeping")
    idle(seat.context)
    return made


# --- words ----------------------------------------------------------------------------------------------------------------


def test_a_safe_desk_says_when_how_much_and_that_it_could_be_restored(qapp):
    found = told(standing(PlaceStanding("/usb", True, DONE), rehearsal=Rehearsal(AT, "/usb/a.qmc", 1234, 12)))
    assert found["Second copy"] == ("accent", "On another disk, the newest of 20/11/2026 11:45.")
    assert found["/usb"] == ("accent", "Last copy 20/11/2026 11:45: 1234 dossiers, 5.2 MB; 12 scans, 3.2 GB.")
    assert "all 1234 dossiers and 12 scans" in found["Rehearsal of a restore"][1]
    assert strip_words(standing()) == ""


@pytest.mark.parametrize(("second_at", "words_"), [(None, "No copy was ever made"), (AT, "Since 20/11/2026 11:45")])
def test_one_copy_is_told_with_since_when_and_what_to_do(qapp, second_at, words_):
    found = standing(PlaceStanding("", True, PlaceRecord()), second_at=second_at, safe=False)
    assert told(found)["Only one copy"][0] == "danger"
    assert words_ in told(found)["Only one copy"][1]
    assert strip_words(found) == "Only one copy"
    assert words_ in only_one_words(found)


def test_a_place_that_took_no_copy_says_why_and_how_old_its_last_one_is(qapp):
    record = PlaceRecord(AT, AT, dossiers=3, second=True, problem=Problem("BACKUP_PLACE_MISSING", None, {"path": "/usb"}))
    found = standing(PlaceStanding("/usb", False, record))
    tone, said = told(found)["/usb"]
    assert tone == "warning"
    assert "the stick is not in" in said
    assert "20/11/2026 11:45" in said
    assert strip_words(found) == "Look after the copies"


def test_a_stick_that_is_out_with_a_fresh_copy_alarms_nobody(qapp):
    found = standing(PlaceStanding("/usb", False, DONE))
    assert told(found)["/usb"][0] == "neutral"
    assert strip_words(found) == ""


def test_a_place_without_a_copy_is_not_called_in_order(qapp):
    found = {line.name: (line.tone, line.state, line.words) for line in keeping_lines(standing(PlaceStanding("/usb", True, PlaceRecord())))}
    assert found["/usb"] == ("neutral", "not yet", "No copy yet.")


def test_a_folder_on_the_same_disk_says_that_it_counts_for_nothing(qapp):
    record = PlaceRecord(AT, AT, dossiers=3)
    assert "no second copy" in told(standing(PlaceStanding("/home/b", True, record)))["/home/b"][1]


def test_a_servers_desk_is_told_whose_business_its_copies_are(qapp):
    found = standing(PlaceStanding("", True, PlaceRecord()), second_at=None, safe=False, on_server=True)
    assert "has to make its own copies" in told(found)["Database"][1]
    assert strip_words(found) == "", "nobody is asked for what is not the desk's"


def test_a_rehearsal_that_failed_stands_out(qapp):
    found = standing(rehearsal=Rehearsal(AT, "/usb/a.qmc", problem=Problem("COPY_DAMAGED", None, {"path": "/usb/a.qmc"})))
    assert told(found)["Rehearsal of a restore"][0] == "danger"
    assert strip_words(found) == "Look after the copies"


def test_the_line_at_the_bottom_leads_to_the_copies(frame, seat):
    assert not frame.copies.isVisible()
    frame.context.keeping.told.emit(standing(PlaceStanding("", True, PlaceRecord()), second_at=None, safe=False))
    assert (frame.copies.isVisible(), frame.copies.text()) == (True, "Only one copy")
    assert "No copy was ever made" in frame.copies.toolTip()
    frame.copies.click()
    idle(seat.context)
    assert (frame.stack.page.page_id, frame.stack.page.chosen.section_id) == ("admin", "keeping")
    frame.context.keeping.told.emit(standing())
    assert not frame.copies.isVisible()


# --- the section ----------------------------------------------------------------------------------------------------------


def test_a_fresh_desk_says_that_there_is_only_one_copy(page, seat, guard):
    with guard:
        page.activate(section="keeping")
        idle(seat.context)
    assert page.chosen.summary == "Only one copy"
    assert "No copy was ever made on another disk" in words(page)


def test_places_with_commas_in_their_names_are_added_as_any_others(page, seat, tmp_path):
    places = tuple(str(tmp_path / name) for name in ("one", "USB, 2", "three"))
    for place in places:
        page.chosen.add_place(place)
        idle(seat.context)
    assert seat.context.counter.keeping.settings().places == places
    assert page.chosen.fields["places"].text() == f'{places[0]}, "{places[1]}", {places[2]}'


def test_a_place_is_added_and_a_copy_made_there(page, seat, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    page.chosen.add_place(str(stick))
    idle(seat.context)
    assert seat.context.counter.keeping.settings().places == (str(stick),)
    page.trigger("backup_now")
    assert page.why_not("backup_now") == "A copy is being made."
    idle(seat.context)
    assert len(list(stick.glob("*/*.qmc"))) == 1
    assert page.why_not("backup_now") is None
    assert "Last copy 20/11/2026 09:42" in words(page)


def test_a_rehearsal_is_asked_for_and_told(page, seat, tmp_path):
    page.trigger("rehearse_restore")
    idle(seat.context)
    assert "None yet" in words(page)
    page.trigger("backup_now")
    idle(seat.context)
    page.trigger("rehearse_restore")
    idle(seat.context)
    assert "scans could be read from" in words(page)


def test_settings_are_typed_and_saved_with_enter(page, seat):
    section = page.chosen
    section.fields["times"].setText("10:30, 15:00")
    section.fields["keep_months"].setText("24")
    section.fields["keep_months"].setFocus()
    QTest.keyClick(section.fields["keep_months"], Qt.Key.Key_Return)
    idle(seat.context)
    kept = seat.context.counter.keeping.settings()
    assert ([f"{each:%H:%M}" for each in kept.times], kept.keep.months) == (["10:30", "15:00"], 24)


def test_the_button_saves_what_was_typed_in_any_field(page, seat):
    section = page.chosen
    section.fields["keep_days"].setText("21")
    assert seat.context.counter.keeping.settings() == KeepingSettings(), "typing alone changes nothing"
    section.save.click()
    idle(seat.context)
    assert seat.context.counter.keeping.settings().keep.days == 21


def test_the_button_stands_beside_the_fields_of_its_line(page):
    section = page.chosen
    field = section.fields["keep_months"]
    assert section.save.mapTo(page, section.save.rect().bottomLeft()).y() == field.mapTo(page, field.rect().bottomLeft()).y()
    assert section.save.mapTo(page, section.save.rect().topLeft()).x() > field.mapTo(page, field.rect().topRight()).x()


def test_what_can_not_be_stands_at_its_field_and_nothing_is_saved(page, seat):
    section = page.chosen
    section.fields["times"].setText("noon")
    section.form.submitted.emit()
    idle(seat.context)
    assert "Times are written like 11:45" in section.form.row("backup.times").problem
    assert seat.context.counter.keeping.settings() == KeepingSettings()


def test_a_copy_is_broken_off_and_nobody_is_alarmed(page, seat, monkeypatch):
    begun, refused = threading.Event(), []
    seat.context.tasks.refused.connect(refused.append)

    def make(self, why, places=None, stop=None, step=None):
        step(2, 7)
        begun.set()
        while not stop():
            time.sleep(0.01)
        raise failed("BACKUP_HALTED")

    monkeypatch.setattr(KeepingService, "make", make)
    assert page.why_not("halt_backup") == "Nothing is under way."
    page.trigger("backup_now")
    assert begun.wait(20)
    wait_for(lambda: page.chosen.summary == "Making a copy… step 2 of 7")
    assert page.chosen.buttons["halt_backup"].isVisible()
    page.chosen.buttons["halt_backup"].click()
    idle(seat.context)
    assert (refused, page.why_not("backup_now"), page.chosen.buttons["halt_backup"].isVisible()) == ([], None, False)


def test_a_copy_that_can_not_be_made_is_refused_in_words(page, seat, monkeypatch):
    def make(self, *_, **__):
        raise failed("BACKUP_ELSEWHERE")

    refused = []
    seat.context.tasks.refused.connect(refused.append)
    monkeypatch.setattr(KeepingService, "make", make)
    page.chosen.buttons["backup_now"].click()
    idle(seat.context)
    assert [error.code for error in refused] == ["BACKUP_ELSEWHERE"]
    assert page.why_not("backup_now") is None
