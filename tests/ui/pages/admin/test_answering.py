"""A person asks at the desk: the number, the file, and nobody else on the screen."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.people import Actor, Role
from counter_app.services.people.users import NewUser
from tests.ui.conftest import nameless
from tests.ui.pages.helpers import idle, shown_page, take_in, words
from ui.dialogs.save_file import SaveFileDialog
from ui.dialogs.second import SecondPersonDialog
from ui.pages.admin.page import AdminPage

NUMBER = "067190000123"


@pytest.fixture
def page(seat):
    take_in(seat.desk)
    made = shown_page(AdminPage(seat.context))
    made.activate(section="answering")
    return made


def save(page, seat, folder, suffix=".json"):
    dialog = page.findChildren(SaveFileDialog)[-1]
    dialog.kind.setCurrentIndex(dialog.kind.findData(suffix))
    dialog.folder.setText(str(folder))
    dialog.save.click()
    idle(seat.context)
    return folder / f"tra-loi-du-lieu-2026-11-20{suffix}"


def test_the_number_that_is_typed_is_answered_and_gone_from_the_screen(page, seat, tmp_path):
    page.chosen.number.setText(NUMBER)
    QTest.keyClick(page.chosen.number, Qt.Key.Key_Return)
    out = save(page, seat, tmp_path)
    assert json.loads(out.read_text("utf-8"))["id_number"] == NUMBER
    assert page.chosen.number.text() == ""
    assert page.chosen.summary == ""
    assert out.name in seat.context.notices.kept[0].text


@pytest.mark.parametrize(("number", "words_of_it"), [("067190000999", "holds nothing"), ("0671", "no identity")])
def test_a_number_that_is_none_is_said_at_its_field(page, seat, tmp_path, number, words_of_it):
    page.chosen.number.setText(number)
    page.trigger("answer_person")
    out = save(page, seat, tmp_path)
    assert words_of_it in page.chosen.form.row("id").problem
    assert not out.exists()
    assert page.chosen.number.text() == number, "to be mended"


def test_without_a_number_nothing_is_asked(page):
    page.trigger("answer_person")
    assert page.chosen.form.row("id").problem
    assert page.findChildren(SaveFileDialog) == []


def test_an_agent_of_many_needs_a_second_person(page, seat, tmp_path):
    counter, actor = seat.desk.counter, seat.desk.actor
    counter.users.add(NewUser("hai", "Vũ Thị Hai", Role.CLERK, password="mat-khau-hai-2"), actor)
    counter.settings.save(replace(counter.settings.profile(), second_person_from=1), actor)
    page.chosen.number.setText(NUMBER)
    page.trigger("answer_person")
    out = save(page, seat, tmp_path)
    dialog = page.findChildren(SecondPersonDialog)[-1]
    dialog.password.setText("mat-khau-hai-2")
    dialog.go.click()
    idle(seat.context)
    assert out.exists()


@pytest.mark.parametrize(("role", "may"), [(Role.CLERK, False), (Role.INSPECTOR, False), (Role.HEAD, True), (Role.ADMINISTRATOR, True)])
def test_whoever_leads_or_runs_the_desk_answers(seat, role, may):
    context = replace(seat.context, session=replace(seat.context.session, actor=Actor("u-0002", role)))
    made = shown_page(AdminPage(context))
    assert (made.why_not("answer_person") is None) == may


def test_it_has_names_for_everything_and_says_what_to_do_first(page):
    assert nameless(page) == []
    assert "Look at the person's paper first" in words(page)
