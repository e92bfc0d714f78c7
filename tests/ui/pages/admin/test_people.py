"""Quản trị: who has an account, adding and correcting, passwords shown once, closing and opening; and why others may not."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.people import Actor, Role
from counter_app.services.changes import Changes
from counter_app.services.people.users import NewUser
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import idle, shown_page, words
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.person import FirstPasswordDialog, PersonDialog
from ui.pages.admin.page import AdminPage
from ui.pages.admin.person import VERBS
from ui.widgets.rows import LOOK_ROLE

SECOND = NewUser("thuchanh", "Vũ Văn Thực Hành", Role.CLERK, "Hộ tịch", "mat-khau-hai-2")


@pytest.fixture
def page(seat):
    seat.desk.counter.users.add(SECOND, seat.desk.actor)
    made = shown_page(AdminPage(seat.context))
    seat.context.tasks.changed.connect(made.refresh)
    made.activate()
    idle(seat.context)
    return made


def people(seat):
    return {line.login: line for line in seat.desk.counter.users.list()}


def choose(page, login):
    page.chosen.table.selectRow([each.login for each in page.chosen.model.rows].index(login))


def typed(field, text):
    """Let a field hold a text as if it had been typed; Qt's own test keys know no Vietnamese."""
    field.setText(text)
    field.textEdited.emit(text)


def dialog(page, kind):
    return page.findChildren(kind)[-1]


def test_everybody_is_listed_with_role_and_what_it_allows(page, seat):
    assert [each.login for each in page.chosen.model.rows] == list(people(seat))
    assert "2 people with an account" in words(page)
    choose(page, "thuchanh")
    shown = words(page.chosen.person)
    assert "Vũ Văn Thực Hành" in shown
    assert "receive and change dossiers, read dossiers, print and export." in shown
    assert "manage accounts" not in shown
    choose(page, page.chosen.model.rows[0].login)
    assert "manage accounts" in words(page.chosen.person)


def test_a_person_is_added_with_a_suggested_login_and_a_password_shown_once(page, seat):
    assert page.trigger("add_person")
    adding = dialog(page, PersonDialog)
    typed(adding.name, "Nguyễn Thị Hoa")
    assert adding.login.text() == "hoa.nt"
    adding.post.setText("Địa chính")
    adding.role.setCurrentIndex(adding.role.findData(Role.HEAD))
    QTest.keyClick(adding.login, Qt.Key.Key_Return)
    idle(seat.context)
    made = people(seat)["hoa.nt"]
    assert (made.full_name, made.role, made.title, made.must_change_password) == ("Nguyễn Thị Hoa", Role.HEAD, "Địa chính", True)
    shown = dialog(page, FirstPasswordDialog)
    password = next(text for text in words(shown).splitlines() if seat_opens(seat, "hoa.nt", text))
    assert len(password) >= 8
    assert [each.login for each in page.chosen.model.rows][-1] == "hoa.nt", "the list shows her at once"


def seat_opens(seat, login, password):
    try:
        seat.desk.counter.login.login(login, password)
    except RuleBrokenError:
        return False
    return True


def test_a_login_that_is_taken_is_refused_at_its_field_and_the_form_stays(page, seat):
    page.chosen.do_add_person()
    adding = dialog(page, PersonDialog)
    adding.name.setText("Vũ Văn Khác")
    adding.login.setText("thuchanh")
    adding.save.click()
    idle(seat.context)
    assert adding.isVisible()
    assert adding.form.row("login").problem
    assert adding.save.isEnabled()
    adding.name.setText("")
    adding.login.setText("á")
    adding.save.click()
    idle(seat.context)
    assert adding.form.row("full_name").problem
    assert len(people(seat)) == 2


def test_a_typed_login_is_not_overwritten_by_the_name(page):
    page.chosen.do_add_person()
    adding = dialog(page, PersonDialog)
    typed(adding.login, "motcua")
    typed(adding.name, "Nguyễn Thị Hoa")
    assert adding.login.text() == "motcua"


def test_name_role_and_post_are_corrected_and_the_login_stays(page, seat):
    choose(page, "thuchanh")
    QTest.keyClick(page.chosen.table, Qt.Key.Key_Return)
    changing = dialog(page, PersonDialog)
    assert not changing.login.isEnabled()
    assert changing.name.text() == SECOND.full_name
    assert Role(changing.role.currentData()) is Role.CLERK
    changing.name.setText("Vũ Văn Thực Tế")
    changing.role.setCurrentIndex(changing.role.findData(Role.INSPECTOR))
    changing.save.click()
    idle(seat.context)
    line = people(seat)["thuchanh"]
    assert (line.full_name, line.role, line.title) == ("Vũ Văn Thực Tế", Role.INSPECTOR, "Hộ tịch")
    assert page.findChildren(FirstPasswordDialog) == []
    assert page.chosen.chosen == line, "the same person stays chosen"


def test_the_last_administrator_stays_one(page, seat):
    choose(page, page.chosen.model.rows[0].login)
    page.chosen.do_change_person()
    changing = dialog(page, PersonDialog)
    changing.role.setCurrentIndex(changing.role.findData(Role.CLERK))
    changing.save.click()
    idle(seat.context)
    assert "only administrator" in changing.form.row("login").problem
    assert people(seat)[page.chosen.model.rows[0].login].role is Role.ADMINISTRATOR


def test_a_new_password_is_given_after_a_question(page, seat):
    choose(page, "thuchanh")
    page.chosen.do_new_password()
    question = dialog(page, ConfirmDialog)
    assert "Vũ Văn Thực Hành" in words(question)
    question.reject()
    assert seat_opens(seat, "thuchanh", SECOND.password)
    page.chosen.do_new_password()
    dialog(page, ConfirmDialog)._agree()
    idle(seat.context)
    assert not seat_opens(seat, "thuchanh", SECOND.password)
    assert any(seat_opens(seat, "thuchanh", text) for text in words(dialog(page, FirstPasswordDialog)).splitlines())


def test_an_account_is_closed_after_a_question_and_opened_again(page, seat):
    choose(page, "thuchanh")
    assert page.why_not("open_account") == "This account is open."
    page.chosen.do_close_account()
    dialog(page, ConfirmDialog)._agree()
    idle(seat.context)
    assert people(seat)["thuchanh"].disabled
    assert page.chosen.chosen.disabled
    assert "open_account" in page.page_actions()
    assert page.why_not("close_account") == "This account is closed."
    assert page.chosen.model.index(1, 0).data(LOOK_ROLE).struck
    assert page.chosen.model.index(1, 1).data(LOOK_ROLE).below == "account closed"
    assert page.trigger("open_account")
    idle(seat.context)
    assert not people(seat)["thuchanh"].disabled
    assert seat_opens(seat, "thuchanh", SECOND.password)


def test_nobody_closes_the_own_account(page, seat):
    own = page.chosen.model.rows[0]
    session = replace(seat.context.session, actor=Actor(own.user_id, Role.ADMINISTRATOR))
    mine = shown_page(AdminPage(replace(seat.context, session=session)))
    mine.activate()
    idle(seat.context)
    choose(mine, own.login)
    assert "own account" in mine.why_not("close_account")
    assert not mine.chosen.person.verbs["close_account"].isEnabled()


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.INSPECTOR])
def test_others_see_the_list_and_why_nothing_can_be_changed(page, seat, role):
    session = replace(seat.context.session, actor=Actor("u-0002", role))
    theirs = shown_page(AdminPage(replace(seat.context, session=session)))
    theirs.activate()
    idle(seat.context)
    assert len(theirs.chosen.model.rows) == 2
    for act in (*VERBS, "add_person"):
        assert theirs.why_not(act) == "Only an administrator changes who works here."
        assert not theirs.trigger(act)
    for verb in theirs.chosen.person.verbs.values():
        assert not verb.isEnabled()
        assert "Only an administrator" in verb.accessibleName()
    assert theirs.findChildren(PersonDialog) == []


def test_narrow_shows_the_list_and_f6_what_can_be_done(page):
    page.set_narrow(True)
    assert page.chosen.table.isVisible()
    assert not page.chosen.person.isVisible()
    page.chosen.table.setFocus()
    page.do_next_pane()
    assert page.chosen.person.isVisible()
    assert page.chosen.person.verbs["change_person"].hasFocus()
    page.do_next_pane()
    assert page.chosen.table.isVisible()
    assert not page.chosen.person.isVisible()
    assert not page.chosen.table.hasFocus(), "the tabs come in between"
    page.do_next_pane()
    assert page.chosen.table.hasFocus()


def test_a_press_on_an_act_does_it(page):
    choose(page, "thuchanh")
    page.chosen.person.verbs["change_person"].click()
    assert dialog(page, PersonDialog).login.text() == "thuchanh"


@pytest.mark.parametrize("mode", ["light", "dark", "high_contrast"])
def test_it_paints_in_every_theme_with_names_for_everything(page, theme, mode):
    theme.choose(mode)
    settle(0)
    assert not page.grab().isNull()
    assert nameless(page) == []
    page.chosen.do_add_person()
    assert nameless(dialog(page, PersonDialog)) == []


def test_people_are_read_on_the_data_thread(page, guard):
    with guard:
        page.activate()
        idle(page.context)
        page.refresh(Changes.of("users"))
        idle(page.context)
    wait_for(lambda: page.chosen.chosen is not None)
