"""The whole program over a real desk: open, log in, lock, look, leave."""

import threading

import pytest
from PySide6.QtCore import QByteArray, QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

from counter_app.domain.errors import failed
from counter_app.domain.people import Role
from counter_app.services.people.users import NewUser
from tests.conftest import PASSWORD
from tests.ui.conftest import nameless, settle, wait_for
from ui import opening
from ui.dialogs.crash import CrashDialog
from ui.dialogs.password import PasswordDialog
from ui.dialogs.settings import SettingsDialog
from ui.windows import desk as desk_module
from ui.windows import recovery, setup
from ui.windows.login import LoginScreen
from ui.windows.recovery import RecoveryScreen
from ui.windows.setup import SetupScreen
from ui.windows.window import DeskWindow


@pytest.fixture
def begin(program_of, monkeypatch):
    """Start the program for a folder."""
    monkeypatch.setattr(desk_module, "printer_names", lambda: ["Máy in quầy 2"])
    monkeypatch.setattr(setup, "printer_names", lambda: ["Máy in quầy 2"])
    monkeypatch.setattr(desk_module, "ports", lambda: [("COM3", "Scanner")])

    def start(folder, clock):
        program = program_of(folder, clock)
        program.start()
        program.window.resize(1366, 768)
        program.window.activateWindow()
        return program

    return start


@pytest.fixture
def program(begin, desk_dir, clock):
    made = begin(desk_dir, clock)
    wait_for(lambda: made.counter is not None)
    return made


@pytest.fixture
def inside(program):
    log_in(program, PASSWORD)
    wait_for(lambda: program.room is not None and program.room.frame.visit() is not None)
    return program


def log_in(program, password):
    program.window.screen_shown.password.setText(password)
    program.window.screen_shown.enter.click()


def test_the_window_is_there_before_the_desk_is_open(begin, desk_dir, clock):
    program = begin(desk_dir, clock)
    assert program.window.isVisible()
    assert isinstance(program.window.screen_shown, LoginScreen)
    assert not program.window.screen_shown.enter.isEnabled()
    wait_for(lambda: program.counter is not None)
    assert program.window.screen_shown.enter.isEnabled()


def test_the_door_says_what_waits_without_a_name(program):
    words = program.window.screen_shown.welcome.accessibleName()
    assert "Xã Đắk Mil" in words
    assert "07:30 to 11:30, 13:30 to 17:30" in words
    assert "0 dossiers due today, 0 overdue" in words
    assert "24/11 closed: Ngày Văn hóa Việt Nam" in words


def test_the_line_is_kept_from_the_open_desk_to_the_end_of_the_window(program):
    program.tools.line.start(program.counter, after_ms=0)  # no news: it was begun when the desk was opened, and waits for its moment
    assert not [each for each in threading.enumerate() if each.name == "line"]
    program.tools.line._soon.timeout.emit()
    wait_for(lambda: program.tools.line.news is not None)
    assert program.tools.line.news.doing == "not_enrolled"
    program.window.close()
    assert not [each for each in threading.enumerate() if each.name == "line"]


def test_logging_in_opens_the_desk_and_is_remembered(inside, preferences):
    assert inside.room.frame.visit().page_id == "home"
    assert preferences.last_login == "clerk"
    wait_for(lambda: nameless(inside.window) == [])  # the figures of the day bring the words


def test_a_wrong_password_stays_outside(program):
    log_in(program, "wrong-password")
    wait_for(lambda: program.window.screen_shown.row.problem)
    assert "4" in program.window.screen_shown.row.problem
    assert program.room is None


def test_five_wrong_passwords_lock_the_door(program):
    screen = program.window.screen_shown
    for _ in range(5):
        log_in(program, "wrong-password")
        wait_for(lambda: screen.enter.isEnabled() or "1:00" in screen.row.problem)
    assert not program.window.screen_shown.enter.isEnabled()
    assert "1:00" in program.window.screen_shown.row.problem


def test_ctrl_l_locks_and_the_same_person_unlocks(inside):
    frame = inside.room.frame
    frame.trigger("lock")
    lock = inside.window.screen_shown
    assert isinstance(lock, LoginScreen)
    log_in(inside, "wrong-password")
    wait_for(lambda: lock.row.problem)
    log_in(inside, PASSWORD)
    wait_for(lambda: inside.window.screen_shown is frame)


def test_locking_twice_is_locking_once(inside):
    inside.room.lock()
    lock = inside.window.screen_shown
    inside.room.lock()
    assert inside.window.screen_shown is lock


def test_a_window_of_a_closed_account_locks_with_its_next_act_and_stays_locked(inside):
    counter, actor = inside.counter, inside.room._session.actor
    counter.users.add(NewUser("bich", "Bùi Thị Bích", Role.ADMINISTRATOR), actor)
    counter.users.disable("clerk", actor)
    inside.tools.tasks.run(counter.users.disable, "bich", actor)
    wait_for(lambda: isinstance(inside.window.screen_shown, LoginScreen))
    lock = inside.window.screen_shown
    log_in(inside, PASSWORD)
    wait_for(lambda: lock.row.problem)
    assert inside.window.screen_shown is lock


def test_nobody_at_the_desk_locks_it(inside, preferences):
    assert inside.room.idle.is_watching
    inside.room.idle.idle.emit()
    assert isinstance(inside.window.screen_shown, LoginScreen)
    assert not inside.room.idle.is_watching


def test_a_key_or_a_click_is_a_sign_of_life(inside):
    timer = inside.room.idle._timer
    timer.setInterval(1000)
    QTest.keyClick(inside.window, Qt.Key.Key_Shift)
    assert timer.isActive()
    inside.room.idle.watch(0)
    QTest.keyClick(inside.window, Qt.Key.Key_Shift)
    assert not inside.room.idle.is_watching


def test_what_is_scanned_while_locked_goes_nowhere(inside):
    inside.room.lock()
    inside.room._take_scan("H36.50.05-261120-0038")
    assert inside.room.frame.visit().page_id == "home"


def test_a_burst_of_the_reader_reaches_the_desk(inside):
    time = 10_000
    for sign in "nguyen thi mau":
        time += 5
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, sign)
        event.setTimestamp(time)
        QApplication.sendEvent(QApplication.focusWidget() or inside.window, event)
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
    event.setTimestamp(time + 5)
    QApplication.sendEvent(QApplication.focusWidget() or inside.window, event)
    assert inside.room.frame.visit().page_id == "dossiers"
    assert inside.room.frame.visit().arguments == {"query": "nguyen thi mau"}


def test_logging_out_shows_the_door_again(inside):
    room = inside.room
    room.frame.trigger("log_out")
    assert inside.room is None
    assert isinstance(inside.window.screen_shown, LoginScreen)
    settle(50)
    assert inside.window.screen_shown.enter.isEnabled()


def test_another_language_shows_the_same_page_in_it(inside, preferences):
    inside.room.frame.open("dossiers", query="mau")
    inside.room.frame.trigger("language")
    frame = inside.room.frame
    assert frame.visit().page_id == "dossiers"
    assert frame.visit().arguments == {"query": "mau"}
    assert frame.side_bar.items["go_home"].text() == "Hôm nay"
    assert preferences.language == "vi"


def test_another_text_size_lays_the_same_page_out_anew(inside, preferences):
    inside.room.frame.open("intake")
    before = inside.room.frame.key_line.height()
    inside.theme.resize(150)
    assert inside.room.frame.visit().page_id == "intake"
    assert inside.room.frame.key_line.height() == pytest.approx(before * 1.5, abs=1)
    assert preferences.percent == 150


def test_a_locked_desk_stays_locked_when_the_text_grows(inside):
    inside.room.lock()
    inside.theme.resize(125)
    assert isinstance(inside.window.screen_shown, LoginScreen)
    log_in(inside, PASSWORD)
    wait_for(lambda: inside.window.screen_shown is inside.room.frame)


def test_the_theme_is_remembered(inside, preferences):
    inside.room.frame.trigger("theme_dark")
    assert preferences.theme == "dark"


def test_a_desk_that_does_not_open_says_why_and_can_be_tried_again(begin, desk_dir, clock, monkeypatch):
    tries = []

    def refuse(*_):
        tries.append(1)
        raise failed("DATABASE_LOCKED")

    with monkeypatch.context() as patch:
        patch.setattr(opening, "open_desk", refuse)
        program = begin(desk_dir, clock)
        wait_for(lambda: program.window.screen_shown.banner.sentence)
        assert "not open" in program.window.screen_shown.welcome.accessibleName()
    program.window.screen_shown.retried.emit()
    assert "Opening" in program.window.screen_shown.welcome.accessibleName()
    wait_for(lambda: program.counter is not None)
    assert tries == [1]


def test_a_fresh_pc_is_set_up_and_worked_at(begin, home, clock, monkeypatch):
    monkeypatch.setattr(recovery.QDesktopServices, "openUrl", lambda _: True)
    program = begin(home / "desk", clock)
    wait_for(lambda: isinstance(program.window.screen_shown, SetupScreen))
    screen = program.window.screen_shown
    values = {"province": "Lâm Đồng", "commune": "Xã Đắk Mil", "agency": "wrong", "desk": "2", "full_name": "Trần Thị Ví Dụ",
              "password": PASSWORD, "again": PASSWORD}
    for step in screen.steps:
        for name in set(step.form.names()) & set(values):
            step.form.row(name).field.setText(values[name])
        screen.go_on()
    wait_for(lambda: screen.steps[0].form.row("agency").problem)
    screen.steps[0].form.row("agency").field.setText("H36.50.05")
    for _ in screen.steps:
        screen.go_on()
    wait_for(lambda: isinstance(program.window.screen_shown, RecoveryScreen))
    sheet = program.window.screen_shown
    sheet.saved_to.emit(home / "sheet.pdf")
    wait_for((home / "sheet.pdf").exists)
    sheet.findChild(QCheckBox).setChecked(True)
    sheet.done.click()
    wait_for(lambda: program.counter is not None)
    log_in(program, PASSWORD)
    wait_for(lambda: program.room is not None)


def test_practice_is_a_desk_of_its_own(program):
    program.window.screen_shown.other_wanted.emit()
    wait_for(lambda: program.room is not None, 60_000)
    assert program.counter.desk.practice
    assert program.counter.home.figures().recent
    program.room.frame.trigger("lock")
    assert not isinstance(program.window.screen_shown, LoginScreen)
    assert "no password" in program.tools.notices.kept[0].text
    program.room.frame.trigger("log_out")
    wait_for(lambda: program.counter is not None)
    assert not program.counter.desk.practice
    log_in(program, PASSWORD)
    wait_for(lambda: program.room is not None)


def test_a_password_that_was_given_is_changed_first(begin, desk, preferences):
    from counter_app.domain.people import Role
    from counter_app.services.people.users import NewUser

    given = desk.counter.users.add(NewUser("moi", "Vũ Văn Thực Hành", Role.CLERK), desk.actor)
    program = begin(desk.data_dir, desk.clock)
    wait_for(lambda: program.counter is not None)
    preferences.last_login = "moi"
    program.enter(program.counter.login.login("moi", given.password))
    dialog = program.room.frame.findChild(PasswordDialog)
    assert dialog is not None
    fields = [dialog.form.row(name).field for name in dialog.form.names()]
    for field, text in zip(fields, [given.password, "short", "short"], strict=True):
        field.setText(text)
    dialog._save()
    wait_for(lambda: dialog.form.row("new_password").problem)
    for field, text in zip(fields, ["wrong-password", "mat-khau-moi-2", "mat-khau-moi-3"], strict=True):
        field.setText(text)
    dialog._save()
    assert dialog.form.row("again").problem
    fields[2].setText("mat-khau-moi-2")
    dialog._save()
    wait_for(lambda: dialog.form.row("old_password").problem)
    fields[0].setText(given.password)
    dialog._save()
    wait_for(lambda: program.tools.notices.kept)
    assert program.counter.login.login("moi", "mat-khau-moi-2")
    settle(0)
    assert program.room.frame.findChild(PasswordDialog) is None
    program.room.show()
    assert program.room.frame.findChild(PasswordDialog) is None, "with other letters or another language nobody is asked again"


def test_settings_of_the_desk_are_kept(inside, preferences):
    inside.room.frame.trigger("settings")
    wait_for(lambda: inside.room.frame.findChild(SettingsDialog) is not None)
    dialog = inside.room.frame.findChild(SettingsDialog)
    assert nameless(dialog) == []
    form = dialog.form
    form.row("phone").field.setText("0261 000 0000")
    form.row("printer").field.setCurrentIndex(1)
    form.row("lock_minutes").field.setCurrentIndex(0)
    dialog._save()
    wait_for(lambda: inside.room.frame.findChild(SettingsDialog) is None or not dialog.isVisible())
    assert inside.counter.settings.profile().phone == "0261 000 0000"
    assert inside.counter.settings.profile().printer == "Máy in quầy 2"
    assert preferences.lock_minutes == 0
    assert not inside.room.idle.is_watching


def test_a_reader_that_is_pulled_out_is_a_sentence(inside):
    inside.room.reader.lost.emit("COM3")
    assert "COM3" in inside.tools.notices.kept[0].text
    inside.room.reader.found.emit("COM3")
    assert inside.tools.notices.kept[0].kind == "accent"


def test_a_bug_in_a_task_shows_the_crash_dialog_and_the_desk_goes_on(inside, expected_errors):
    inside.tools.tasks.run(int, "no number")
    wait_for(lambda: inside.window.findChild(CrashDialog) is not None)
    assert inside.room.frame.isVisible()
    inside.window.findChild(CrashDialog).accept()


def test_after_a_bug_the_program_starts_again_and_keeps_what_was_typed(inside, expected_errors):
    inside.room.frame.open("intake")
    inside.tools.tasks.run(int, "no number")
    wait_for(lambda: inside.window.findChild(CrashDialog) is not None)
    assert not inside.starts_again
    inside.window.findChild(CrashDialog)._restart()
    wait_for(lambda: not inside.window.isVisible())
    assert inside.starts_again


def test_whoever_works_first_after_a_fall_is_told_once(inside):
    assert not inside.tools.notices.kept
    inside._fell = True
    inside._tell_of_fall()
    inside._tell_of_fall()
    (told,) = inside.tools.notices.kept
    assert "did not end as it should" in told.text


def test_a_refusal_of_the_surroundings_is_a_toast(inside):
    inside.tools.tasks.run(refuse_disk)
    wait_for(lambda: inside.tools.notices.kept)
    assert inside.tools.notices.kept[0].kind == "danger"


def test_a_second_start_brings_the_window_forward(inside):
    inside.window.showMinimized()
    inside.come_forward()
    assert not inside.window.isMinimized()


def test_closing_the_window_keeps_its_place_and_lets_the_desk_go(inside, preferences, monkeypatch):
    order = []
    monkeypatch.setattr(type(inside.counter), "close", lambda _: order.append("closed"))
    monkeypatch.setattr(type(inside.room.frame), "leave", lambda _: inside.tools.tasks.run(order.append, "draft kept"))
    inside.window.close()
    assert not preferences.geometry.isEmpty()
    assert order == ["draft kept", "closed"]


@pytest.mark.parametrize(("room", "fills"), [((1366, 728), True), ((1366, 768), True), ((1920, 768), True), ((1920, 1040), False)])
def test_the_first_window_fills_a_screen_that_it_does_not_fit_with_its_title_bar(theme, monkeypatch, room, fills):
    window = DeskWindow(theme)
    monkeypatch.setattr(type(window.screen()), "availableGeometry", lambda _: QRect(0, 0, *room))
    window.take_place(QByteArray())
    assert window.isMaximized() is fills


def test_a_window_stands_again_where_it_was_closed(theme):
    before = DeskWindow(theme)
    before.resize(900, 600)
    window = DeskWindow(theme)
    window.take_place(before.saveGeometry())
    assert not window.isMaximized()
    assert window.size() == before.size()


def refuse_disk():
    raise failed("DISK_FULL", path="x")


def test_closing_the_window_leaves_the_copies_of_the_day_to_a_process_behind_it(program, desk_dir):
    begun = []
    program.tools.keeping._begin = lambda folder, option: begun.append((folder, option))
    program.window.close()
    assert begun == [(desk_dir, "--close")]
