"""A desk made of a copy in the window: found on a disk, opened with the sheet or this computer's key, and what is said of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.bootstrap import CreateDesk, Restored, create_desk, find_copies, open_counter
from counter_app.domain.errors import Problem, RuleBrokenError, failed
from tests.builders import command
from tests.conftest import AGENCY, COMMUNE, PASSWORD, PROVINCE
from tests.ui.conftest import nameless, settle, wait_for
from ui.single_instance import SingleInstance
from ui.windows import restoring, setup
from ui.windows.login import LoginScreen
from ui.windows.restoring import RestoreScreen
from ui.windows.setup import SetupScreen


@pytest.fixture
def old(home, clock, monkeypatch):
    """A desk with two dossiers and its copy on a stick; the computer it worked on is gone when the test begins."""
    monkeypatch.setenv("COUNTER_STATE_DIR", str(home / "old" / "state"))
    monkeypatch.setenv("COUNTER_KEY_FILE", str(home / "old" / "desk.key"))
    wish = CreateDesk(AGENCY, COMMUNE, PROVINCE, "2", password=PASSWORD, unattended=True, serials="2000-2999")
    sheet = create_desk(wish, home / "old" / "desk", clock=clock).recovery_text
    stick = home / "stick"
    stick.mkdir()
    counter = open_counter(home / "old" / "desk", clock=clock)
    actor = counter.login.acting("", "")
    codes = [counter.intake.receive(command(), actor).code for _ in range(2)]
    copy = counter.keeping.make_in(str(stick)).path
    counter.close()
    monkeypatch.setenv("COUNTER_STATE_DIR", str(home / "state"))
    monkeypatch.setenv("COUNTER_KEY_FILE", str(home / "desk.key"))
    monkeypatch.setattr(restoring, "disks", lambda: [stick])
    return copy, sheet, codes


@pytest.fixture
def screen(tools):
    made = RestoreScreen(tools)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def program(program_of, home, clock, monkeypatch):
    """The program on a computer without a desk, whose folder the window holds as it does from its start on."""
    monkeypatch.setattr(setup, "printer_names", list)
    instance = SingleInstance(home / "desk")
    assert instance.is_first()
    made = program_of(home / "desk", clock)
    made.start()
    made.window.resize(1366, 768)
    made.window.activateWindow()
    wait_for(lambda: isinstance(made.window.screen_shown, SetupScreen))
    yield made
    instance.release()


def wanted(program):
    """Ask the first start for a copy, and wait until the disks were looked through."""
    QTest.mouseClick(program.window.screen_shown.restore, Qt.MouseButton.LeftButton)
    shown = program.window.screen_shown
    wait_for(shown.go.isEnabled)
    return shown


def test_a_new_computer_goes_on_where_the_old_one_stopped(old, program, home):
    copy, sheet, codes = old
    screen = wanted(program)
    assert screen.copy.currentData() == str(copy)
    assert AGENCY in screen.copy.currentText()
    QTest.keyClick(screen, Qt.Key.Key_F9)
    wait_for(lambda: "recovery sheet" in screen.banner.sentence)
    assert not (home / "desk" / "desk.json").exists()
    QTest.keyClicks(screen.recovery, sheet[:-1] + ("A" if sheet[-1] != "A" else "B"))
    QTest.keyClick(screen.recovery, Qt.Key.Key_Return)
    wait_for(lambda: screen.form.row("recovery").problem)
    screen.recovery.setText(sheet)
    QTest.keyClick(screen, Qt.Key.Key_F9)
    wait_for(screen.form.isHidden)
    assert "2 dossiers" in screen._words.text()
    assert codes[-1][-4:] not in screen._words.text(), "which number was the last one must be read off paper"
    QTest.keyClick(screen, Qt.Key.Key_F9)
    wait_for(lambda: isinstance(program.window.screen_shown, LoginScreen) and program.counter is not None)
    found = program.counter
    assert [found.dossiers.of_code(code, found.login.acting("", "")).code for code in codes] == codes


def test_who_tried_out_the_practice_desk_first_restores_all_the_same(old, program, home):
    (home / "desk" / "practice").mkdir(parents=True)
    screen = wanted(program)
    screen.recovery.setText(old[1])
    screen.go.click()
    wait_for(screen.form.isHidden)
    assert (home / "desk" / "practice").is_dir()


def test_back_leads_to_setting_up_a_new_desk(old, program):
    screen = wanted(program)
    QTest.mouseClick(screen.back, Qt.MouseButton.LeftButton)
    assert isinstance(program.window.screen_shown, SetupScreen)


def test_without_a_copy_it_says_what_to_do_and_restores_nothing(screen):
    asked = []
    screen.restore_wanted.connect(lambda *told: asked.append(told))
    screen.show_copies([])
    assert "Plug in" in screen.banner.sentence
    assert screen.file.hasFocus()
    screen.go.click()
    assert (asked, screen.banner.sentence) == ([], "First choose a copy.")


def test_copies_that_are_whole_desks_come_before_the_scans_of_a_desk_on_a_server(screen, old):
    (desk,) = find_copies([old[0].parents[1]])
    older = replace(desk, path=desk.path.with_name("older.qmc"))
    scans = replace(desk, path=desk.path.with_name("scans.qmc"), facts=replace(desk.facts, database_bytes=0))
    screen.show_copies([scans, desk, older])
    assert [screen.copy.itemData(at) for at in range(3)] == [str(each.path) for each in (desk, older, scans)]
    assert screen.copy.currentIndex() == 0


def test_while_it_works_nothing_can_be_begun_twice(screen, old, qtbot):
    screen.show_copies(find_copies([old[0].parents[1]]))
    with qtbot.waitSignal(screen.restore_wanted) as told:
        screen.go.click()
    assert told.args == [old[0], ""]
    assert [part.isEnabled() for part in screen._buttons()] == [False] * 4
    with qtbot.assertNotEmitted(screen.restore_wanted):
        screen.go.click()
        screen.form.submitted.emit()


def test_a_file_that_a_person_names_is_the_one_that_is_taken(screen, old, qtbot, tmp_path):
    screen.show_copies(find_copies([old[0].parents[1]]))
    screen.take_file(str(tmp_path / "another.qmc"))
    with qtbot.waitSignal(screen.restore_wanted) as told:
        screen.go.click()
    assert told.args[0] == tmp_path / "another.qmc"


def test_refusals_stand_where_they_belong(screen):
    screen.refuse(RuleBrokenError(Problem("RECOVERY_GROUP_WRONG", "recovery", {"group": 3})))
    assert "3" in screen.form.row("recovery").problem
    assert screen.banner.isHidden()
    screen.refuse(failed("COPY_DAMAGED", path="E:/x.qmc"))
    assert "E:/x.qmc" in screen.banner.sentence
    assert not screen.form.row("recovery").problem


@pytest.mark.parametrize("error", [
    failed("COPY_INCOMPLETE", path="/media/desk/QuayMotCua-0123456789ab/20261122T114500000000-time.qmc"),
    RuleBrokenError(Problem("RECOVERY_OTHER_SHEET", "recovery")),
])
def test_a_long_sentence_takes_no_room_from_the_fields(screen, old, error):
    screen.show_copies(find_copies([old[0].parents[1]]))
    screen.refuse(error)
    settle()
    for field in (screen.copy, screen.recovery):
        assert field.visibleRegion().boundingRect().height() >= field.sizeHint().height()


@pytest.mark.parametrize(("change", "words"), [
    ({"missing": ("files/a", "files/b")}, "2 scans were not beside the copy"),
    ({"numbers": Problem("NUMBER_UNSAFE", params={"day": "22/11/2026"})}, "22/11/2026"),
    ({"enrol_again": True}, "new ticket"),
])
def test_what_a_person_must_do_afterwards_is_said(screen, old, change, words):
    facts = find_copies([old[0].parents[1]])[0].facts
    plain = Restored(facts, 0, ())
    screen.note_restored(plain)
    assert screen.banner.isHidden()
    done = replace(plain, **change)
    screen.note_restored(done)
    assert words in screen.banner.sentence
    assert len(screen._tasks(done)) == 1


def test_the_scans_of_a_desk_on_a_server_come_back_without_its_database(screen, old):
    facts = replace(find_copies([old[0].parents[1]])[0].facts, database_bytes=0)
    screen.note_restored(Restored(facts, 7, ()))
    assert "7 scans came back" in screen._words.text()
    assert "server" in screen._words.text()


def test_disks_are_real_folders():
    assert all(isinstance(root, Path) and root.is_absolute() for root in restoring.disks())


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_it_holds_with_large_text_and_everything_has_a_name(theme, tools, percent, old):
    theme.resize(percent)
    made = RestoreScreen(tools)
    made.resize(1366, 768)
    made.show()
    made.show_copies(find_copies([old[0].parents[1]]))
    settle(0)
    assert nameless(made) == []
    for part in (made.copy, made.recovery, made.go, made.back):
        assert made.rect().contains(part.mapTo(made, part.rect().bottomRight()))
