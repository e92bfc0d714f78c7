"""Many dossiers leave by the window only when another officer types their password."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from counter_app.domain.people import Role
from counter_app.services.people.users import NewUser
from tests.ui.conftest import nameless, wait_for
from tests.ui.pages.helpers import idle, shown_page, take_in, words
from ui.dialogs.second import SecondPersonDialog
from ui.pages.books import BooksPage
from ui.pages.dossiers import DossiersPage

OTHER = "mat-khau-hai-2"


@pytest.fixture
def desk(seat):
    """A desk that asks from one dossier on, with a clerk, an inspector, one whose account is closed and one with a password
    that was made for them, beside the person at work."""
    counter, actor = seat.desk.counter, seat.desk.actor
    for login, role in (("hai", Role.CLERK), ("tra", Role.INSPECTOR), ("nghi", Role.HEAD)):
        counter.users.add(NewUser(login, f"Vũ Thị {login.title()}", role, password=OTHER), actor)
    counter.users.disable("nghi", actor)
    counter.users.add(NewUser("moi", "Vũ Thị Mới", Role.CLERK), actor)
    counter.settings.save(replace(counter.settings.profile(), second_person_from=1), actor)
    take_in(seat.desk)
    return seat


def asked(page):
    return [each for each in page.findChildren(SecondPersonDialog) if each.isVisible()]


def export(page, desk, out):
    (page._export_to if isinstance(page, DossiersPage) else page._export)(out)
    idle(desk.context)


@pytest.fixture(params=[(DossiersPage, "x.jsonl"), (BooksPage, "x.json")], ids=["dossiers", "books"])
def exporting(request, desk, tmp_path, monkeypatch):
    """A page that wants to write many dossiers, with the dialog it asks with."""
    monkeypatch.setattr("ui.pages.books.QDesktopServices.openUrl", lambda url: True)
    page = shown_page(request.param[0](desk.context))
    page.activate()
    idle(desk.context)
    out = tmp_path / request.param[1]
    export(page, desk, out)
    (dialog,) = asked(page)
    return page, dialog, out


def test_those_are_offered_who_may_agree(exporting):
    _, dialog, out = exporting
    assert [dialog.person.itemData(at) for at in range(dialog.person.count())] == ["hai"]
    assert "a second person must agree" in words(dialog)
    assert nameless(dialog) == []
    assert not out.exists()


def test_a_wrong_password_is_said_at_its_field_and_can_be_typed_again(exporting, desk):
    _, dialog, out = exporting
    dialog.password.setText("falsch")
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    idle(desk.context)
    assert dialog.isVisible()
    assert "4" in dialog.form.row("password").problem
    assert dialog.password.text() == ""
    assert not out.exists()
    dialog.password.setText(OTHER)
    dialog.go.click()
    idle(desk.context)
    wait_for(lambda: not isValid(dialog))
    assert out.stat().st_size > 100
    assert out.name in desk.context.notices.kept[0].text


def test_who_cancels_takes_nothing_away(exporting, desk):
    _, dialog, out = exporting
    dialog.reject()
    idle(desk.context)
    assert not out.exists()


def test_an_export_of_few_asks_nobody(desk, tmp_path):
    desk.desk.counter.settings.save(replace(desk.desk.counter.settings.profile(), second_person_from=2), desk.desk.actor)
    page = shown_page(DossiersPage(desk.context))
    export(page, desk, tmp_path / "x.jsonl")
    assert (tmp_path / "x.jsonl").exists()
    assert asked(page) == []


def test_what_else_goes_wrong_is_told_as_ever(desk, tmp_path):
    refused = []
    desk.context.tasks.refused.connect(refused.append)
    page = shown_page(DossiersPage(desk.context))
    export(page, desk, tmp_path / "x.pdf")
    assert [error.code for error in refused] == ["FILE_KIND_UNKNOWN"]
    assert asked(page) == []
