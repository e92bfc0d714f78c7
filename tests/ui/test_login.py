"""Login and lock as a screen: people, password, lock-out, words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.errors import broken, failed
from tests.ui.conftest import nameless, picture, settle
from tests.ui.test_theme import colours_of
from ui.widgets.people_list import Person
from ui.windows.login import LoginScreen

PEOPLE = [Person("clerk", "Lý Thị Mẫu Đơn", "Cán bộ một cửa", "MĐ"), Person("head", "Hoàng Thị Giả Định", "Lãnh đạo", "GĐ")]


@pytest.fixture
def screen(tools):
    made = LoginScreen(tools, "Log in", "Practice")
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    made.show_people(PEOPLE, "head")
    return made


def enter(screen, password="mat-khau"):
    screen.password.setText(password)
    QTest.keyClick(screen.password, Qt.Key.Key_Return)


def test_before_the_desk_is_open_nothing_can_be_sent(tools):
    made = LoginScreen(tools, "Log in", "Practice")
    sent = []
    made.submitted.connect(lambda *words: sent.append(words))
    enter(made)
    assert sent == []
    assert not made.enter.isEnabled()


def test_who_was_here_last_is_chosen_and_the_password_has_the_focus(screen):
    assert screen.people.person.login == "head"
    assert screen.password.hasFocus()
    assert screen.row.label.text() == "Password of Hoàng Thị Giả Định"


def test_enter_sends_login_and_password_once(screen):
    sent = []
    screen.submitted.connect(lambda *words: sent.append(words))
    enter(screen)
    enter(screen)
    assert sent == [("head", "mat-khau")]


def test_arrows_in_the_password_choose_the_person_and_empty_it(screen):
    screen.password.setText("abc")
    QTest.keyClick(screen.password, Qt.Key.Key_Up)
    assert screen.people.person.login == "clerk"
    assert screen.password.text() == ""
    QTest.keyClick(screen.password, Qt.Key.Key_Down)
    assert screen.people.person.login == "head"


def test_no_password_is_said_at_the_field(screen):
    enter(screen, "")
    assert screen.row.problem == "Type your password, then press Enter."


def test_a_wrong_password_says_how_many_tries_are_left(screen):
    enter(screen)
    screen.refuse(broken("WRONG_PASSWORD", "password", left=3))
    assert "3" in screen.row.problem
    assert screen.enter.isEnabled()
    assert screen.password.hasSelectedText()


def test_a_lock_out_counts_down_before_the_clerks_eyes(screen):
    enter(screen)
    screen.refuse(broken("LOCKED_OUT", "password", minutes=2, seconds=61))
    assert "1:01" in screen.row.problem
    assert not screen.enter.isEnabled()
    screen._count_down()
    assert "1:00" in screen.row.problem
    screen._count_down()
    assert "0:59" in screen.row.problem
    for _ in range(59):
        screen._count_down()
    assert screen.row.problem == ""
    assert screen.enter.isEnabled()


def test_during_a_lock_out_nothing_is_sent(screen):
    sent = []
    screen.submitted.connect(lambda *words: sent.append(words))
    screen.refuse(broken("LOCKED_OUT", "password", minutes=1, seconds=60))
    enter(screen)
    assert sent == []


def test_the_lock_out_is_the_persons_not_the_screens(screen):
    screen.refuse(broken("LOCKED_OUT", "password", minutes=1, seconds=60))
    QTest.keyClick(screen.password, Qt.Key.Key_Up)
    assert screen.row.problem == ""
    assert screen.enter.isEnabled()


def test_an_input_method_that_alters_the_letters_is_named(theme, screen):
    screen.password.insert("mật")
    assert "input method" in screen.row.sentence
    assert screen.row.problem == ""
    screen.password.clear()
    assert screen.row.sentence == ""


def test_f1_tells_what_to_do_about_a_forgotten_password(screen):
    QTest.keyClick(screen, Qt.Key.Key_F1)
    assert "administrator" in screen.banner.sentence


def test_a_desk_that_does_not_open_can_be_tried_again(screen, qtbot):
    from ui.notices import sentences_of
    from ui.widgets.buttons import SecondaryButton

    screen.banner.say("danger", sentences_of(failed("DATABASE_LOCKED")), action="Try again")
    with qtbot.waitSignal(screen.retried):
        QTest.mouseClick(screen.banner.findChild(SecondaryButton), Qt.MouseButton.LeftButton)


def test_the_link_below_is_another_way_in(screen, qtbot):
    with qtbot.waitSignal(screen.other_wanted):
        QTest.mouseClick(screen.other, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("mode", ["light", "dark", "high_contrast"])
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_it_fits_and_is_painted_in_every_look(theme, tools, mode, percent):
    theme.choose(mode)
    theme.resize(percent)
    made = LoginScreen(tools, "Log in", "Practice")
    made.resize(1366, 768)
    made.show()
    made.show_people(PEOPLE, "clerk")
    made.welcome.show_place("Xã Đắk Mil", "Trung tâm Phục vụ hành chính công")
    made.welcome.show_day("Thứ Sáu, 20/11/2026", "07:30 đến 11:30")
    made.welcome.show_facts([("calendar-due", "14 hồ sơ hẹn trả hôm nay"), ("calendar-off", "Thứ Ba 24/11 nghỉ")])
    settle(0)
    assert made.enter.mapTo(made, made.enter.rect().bottomLeft()).y() < made.height() - theme.px(48)
    ground = "accent_tint" if mode == "dark" else "accent"
    assert made.welcome.grab().toImage().pixelColor(5, 5) == theme.colour(ground)
    assert "14 hồ sơ" in made.welcome.accessibleName()


def test_everything_on_it_has_a_name(screen):
    assert nameless(screen) == []
    assert len(colours_of(picture(screen.welcome))) >= 1
