"""Cập nhật: what runs, what is new, one press to prepare it, a question before it costs or goes back."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QFileDialog

from counter_app.domain.errors import broken, failed
from counter_app.domain.people import Actor, Role
from counter_app.services.updating.desk import UpdateService, UpdateStanding
from counter_app.services.updating.release import ReleaseKind
from counter_app.services.updating.terms import UpdateTerms
from tests.ui.conftest import nameless
from tests.ui.pages.helpers import idle, shown_page, words
from tests.updating.releases import a_release
from ui.dialogs.confirm import ConfirmDialog
from ui.pages.admin.page import AdminPage

HERE = a_release(version="0.1.0", sequence=100)
NEW = a_release()
STANDING = UpdateStanding(HERE, None, None, None, None, UpdateTerms("https://updates.example.vn"), "", has_publisher=True)


class Updates:
    """The service as the page calls it: what it is asked, and what it answers."""

    def __init__(self):
        self.asked, self.now, self.refuses = [], STANDING, None

    def standing(self):
        return self.now

    def check(self, actor, package=None):
        return self._answer("check", NEW, offered=NEW)

    def install(self, actor, package=None, *, on_metered=False, stopping=bool):
        found = self._answer(("install", package and package.name, on_metered), NEW, offered=None, prepared=NEW)
        assert stopping() is False
        return found

    def back(self, actor, *, anyway=False):
        return self._answer(("back", anyway), self.now.previous)

    def save(self, actor, *, address, automatic):
        self._answer(("save", address, automatic), None, terms=UpdateTerms(address, automatic))

    def _answer(self, asked, answer, **then):
        self.asked.append(asked)
        if self.refuses:
            refused, self.refuses = self.refuses, None
            raise refused
        self.now = replace(self.now, **then)
        return answer


@pytest.fixture
def updates(monkeypatch):
    made = Updates()
    for name in ("standing", "check", "install", "back", "save"):
        call = getattr(made, name)
        monkeypatch.setattr(UpdateService, name, lambda self, *given, _call=call, **more: _call(*given, **more))
    return made


@pytest.fixture
def page(seat, updates):
    made = shown_page(AdminPage(seat.context))
    made.activate(section="updating")
    idle(seat.context)
    return made


@pytest.fixture
def said(seat):
    found = []
    seat.context.notices.posted.connect(lambda notice: found.append(notice.text))
    seat.context.tasks.refused.connect(lambda error: found.append(error.code))
    return found


def dialog(page):
    (found,) = [each for each in page.findChildren(ConfirmDialog) if each.isVisible()]
    return found


def show(page, seat, updates, **changes):
    updates.now = replace(updates.now, **changes)
    page.chosen.activate()
    idle(seat.context)


def test_what_runs_stands_there_and_every_field_has_its_name(page):
    assert "0.1.0 of 22/11/2026" in words(page)
    assert page.chosen.address.text() == "https://updates.example.vn"
    assert page.chosen.automatic.isChecked()
    assert nameless(page) == []


def test_from_the_look_to_the_prepared_version(page, seat, updates, said):
    assert page.why_not("install_update") == "Look for a new version first."
    page.trigger("check_update")
    idle(seat.context)
    assert "There is a new version: 0.2.0" in words(page)
    assert "New" in words(page), "what it brings, in the language of the window"
    page.chosen.buttons["install_update"].click()
    idle(seat.context)
    assert updates.asked == ["check", ("install", None, False)]
    assert said == ["Version 0.2.0 is prepared. It is used once this window was closed."]
    assert "takes the place of the one in use when this window is closed" in words(page)


def test_nothing_newer_is_said(page, seat, updates):
    updates.now = replace(STANDING, installed=a_release(version="0.2.0", sequence=200))
    page.chosen.activate()
    idle(seat.context)
    page.trigger("check_update")
    idle(seat.context)
    assert "Nothing newer" in words(page)


def test_while_one_is_under_way_no_other_begins(page, seat, updates):
    show(page, seat, updates, offered=NEW, previous=HERE)
    page.chosen.do_install_update()
    assert {page.why_not(name) for name in ("check_update", "install_update", "update_from_stick", "version_back")} == {"An update is under way."}
    idle(seat.context)
    assert page.why_not("check_update") is None


@pytest.mark.parametrize("code", ["UPDATE_METERED", "UPDATE_BUDGET"])
def test_before_it_costs_a_person_is_asked(page, seat, updates, said, code):
    show(page, seat, updates, offered=NEW)
    updates.refuses = broken(code) if code == "UPDATE_METERED" else failed(code)
    page.trigger("install_update")
    idle(seat.context)
    assert said == [], "no error"
    dialog(page).agreed.emit()
    idle(seat.context)
    assert updates.asked == [("install", None, False), ("install", None, True)]


def test_any_other_refusal_is_told_with_what_to_do(page, seat, updates, said):
    updates.refuses = failed("UPDATE_NOT_SIGNED")
    page.trigger("check_update")
    idle(seat.context)
    assert said[0] == "UPDATE_NOT_SIGNED"
    assert page.why_not("check_update") is None


def test_from_a_stick(page, seat, updates, tmp_path):
    (tmp_path / "usb").mkdir()
    page.trigger("update_from_stick")
    (chooser,) = page.findChildren(QFileDialog)
    chooser.close()
    page.chosen.install_from(str(tmp_path / "usb"))
    idle(seat.context)
    assert updates.asked == [("install", "usb", False)]


def test_forms_are_said_to_be_forms(page, seat, updates, said, monkeypatch):
    forms = a_release(kind=ReleaseKind.DATA, version="2026.12")
    monkeypatch.setattr(UpdateService, "install", lambda self, *given, **more: forms)
    page.chosen.install_from("usb")
    idle(seat.context)
    assert said == ["Forms and books 2026.12 are in place; the next start uses them."]
    show(page, seat, updates, data=forms)
    assert "Newer forms and books" in words(page)


def test_forms_in_use_are_nothing_new(page, seat, updates, monkeypatch):
    """They are newer than the program all the same."""
    forms = a_release(kind=ReleaseKind.DATA, version="2026.12")
    show(page, seat, updates, data=forms)
    monkeypatch.setattr(UpdateService, "check", lambda self, *given: forms)
    page.trigger("check_update")
    idle(seat.context)
    assert "Nothing newer" in words(page)


def test_back_only_after_a_question(page, seat, updates, said):
    assert page.why_not("version_back") == "There is no version to go back to."
    show(page, seat, updates, previous=a_release(version="0.0.9"))
    page.trigger("version_back")
    assert updates.asked == []
    dialog(page).agreed.emit()
    idle(seat.context)
    assert (updates.asked, said) == ([("back", False)], ["The next start is version 0.0.9 again."])


def test_without_an_address_a_stick_is_the_way(page, seat, updates):
    show(page, seat, updates, terms=UpdateTerms())
    assert "stick" in page.why_not("check_update")
    assert page.why_not("update_from_stick") is None


def test_a_program_of_the_system_says_so(page, seat, updates):
    show(page, seat, updates, why_not="UPDATE_BY_SYSTEM")
    assert "sudo apt install" in words(page)


def test_a_program_without_a_publisher_says_so_and_asks_nobody(page, seat, updates):
    show(page, seat, updates, has_publisher=False, previous=a_release(version="0.0.9", sequence=99), offered=NEW)
    assert "without the key of a publisher" in words(page)
    reasons = {page.why_not(name) for name in ("check_update", "install_update", "update_from_stick")}
    assert len(reasons) == 1
    assert "set-up program" in reasons.pop()
    assert page.why_not("version_back") is None, "what is here needs nobody's signature"


def test_the_address_is_saved_and_a_bad_one_is_refused_at_its_field(page, seat, updates, said):
    page.chosen.address.setText("https://new.example.vn")
    page.chosen.form.submitted.emit()
    idle(seat.context)
    assert updates.asked == [("save", "https://new.example.vn", True)]
    updates.refuses = broken("UPDATE_ADDRESS", "address")
    page.chosen.automatic.click()
    idle(seat.context)
    assert updates.asked[-1] == ("save", "https://new.example.vn", False)
    assert page.chosen.form.row("address").problem.startswith("The address of updates must begin with https://")


def test_who_does_not_run_the_desk_only_looks(page, seat, updates, monkeypatch):
    monkeypatch.setattr(type(seat.context.session), "actor", property(lambda self: Actor("u-0001", Role.CLERK)))
    page.chosen.activate()
    idle(seat.context)
    assert page.why_not("check_update") == page.why_not("version_back") == "Only an administrator sees to the program."
    assert not page.chosen.form.isEnabled()
