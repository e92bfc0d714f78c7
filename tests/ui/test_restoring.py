"""A desk made of a copy in the window: found on a disk, opened with the sheet or this computer's key, and what is said of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from counter_app.bootstrap import CreateDesk, Restored, create_desk, find_copies, open_counter
from counter_app.domain.errors import Problem, RuleBrokenError, failed
from counter_app.domain.moments import local
from counter_app.services.keeping.records import Doubt
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


def found_on(disk):
    """What a look at a disk finds, some days after its copies were made."""
    return restoring.Found([disk], find_copies([disk], local(2026, 11, 30)))


@pytest.fixture
def found(old):
    return found_on(old[0].parents[1])


@pytest.fixture
def offered(found):
    """The copy of the old desk."""
    (copy,) = found.copies
    return copy


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
    assert "counter 2, Xã Đắk Mil" in screen.copy.currentText()
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
    screen.show_found(restoring.Found((), ()))
    assert "Plug in" in screen.banner.sentence
    assert screen.file.hasFocus()
    screen.go.click()
    assert (asked, screen.banner.sentence) == ([], "First choose a copy.")


def test_copies_that_are_whole_desks_come_before_the_scans_of_a_desk_on_a_server_and_what_is_in_doubt_comes_last(screen, offered):
    older, scans, ahead = (replace(offered, path=offered.path.with_name(f"{name}.qmc")) for name in ("older", "scans", "ahead"))
    scans = replace(scans, facts=replace(scans.facts, database_bytes=0))
    ahead = replace(ahead, doubt=Doubt.AHEAD)
    screen.show_found(restoring.Found((), [ahead, scans, offered, older]))
    assert [screen.copy.itemData(at) for at in range(4)] == [str(each.path) for each in (offered, older, scans, ahead)]
    assert screen.copy.currentIndex() == 0
    assert screen.banner.isHidden()


def row_of(screen, copy, **facts):
    """Return how a copy reads that says other things of itself."""
    screen.show_found(restoring.Found((), [replace(copy, facts=replace(copy.facts, **facts))]))
    return screen.copy.currentText()


def test_desks_of_one_commune_can_be_told_apart(screen, offered):
    assert f"counter 2, {offered.facts.commune} · 2 dossiers" in row_of(screen, offered)
    assert f"counter 3, {offered.facts.commune} · 2 dossiers" in row_of(screen, offered, desk="3")
    assert f" · {AGENCY} · 2 dossiers" in row_of(screen, offered, commune="", desk=""), "a copy of before"


def test_nobody_fills_the_screen_with_what_a_copy_says_of_itself(screen, offered):
    assert len(row_of(screen, offered, commune="x\n" * 10_000, desk="y" * 10_000)) < 250
    assert "\n" not in row_of(screen, offered, commune="Xã\nĐắk Mil")
    assert len(row_of(screen, offered, commune="", agency="z" * 10_000)) < 250


@pytest.mark.parametrize(("change", "row", "told"), [
    ({"doubt": Doubt.AHEAD}, "day still to come", "Set the clock right"),
    ({"doubt": Doubt.INCOMPLETE}, "data missing", "Bring the whole folder"),
    ({"facts": {"database_bytes": 0}}, "scans of a server's desk", "the server's own copies"),
])
def test_what_a_person_should_know_of_a_copy_is_said_before_it_is_restored(screen, offered, change, row, told):
    changed = {name: replace(offered.facts, **value) if name == "facts" else value for name, value in change.items()}
    odd = replace(offered, path=offered.path.with_name("odd.qmc"), **changed)
    screen.show_found(restoring.Found((), [offered, odd]))
    assert row in screen.copy.itemText(1)
    assert screen.banner.isHidden()
    screen.copy.setCurrentIndex(1)
    assert told in screen.banner.sentence
    assert screen.go.isEnabled()
    screen.copy.setCurrentIndex(0)
    assert screen.banner.isHidden()


def test_what_is_said_of_a_copy_takes_the_place_of_nothing_that_is_under_way(screen, offered):
    screen.show_found(restoring.Found((), [offered, replace(offered, path=offered.path.with_name("other.qmc"))]))
    screen.go.click()
    words = screen.banner.sentence
    screen.copy.setCurrentIndex(1)
    assert (screen.banner.sentence, screen.banner.isHidden()) == (words, False)


def test_while_it_works_nothing_can_be_begun_twice(screen, found, offered, qtbot):
    screen.show_found(found)
    with qtbot.waitSignal(screen.restore_wanted) as told:
        screen.go.click()
    assert told.args == [offered.path, ""]
    assert [part.isEnabled() for part in screen._buttons()] == [False] * 4
    with qtbot.assertNotEmitted(screen.restore_wanted):
        screen.go.click()
        screen.form.submitted.emit()


def test_a_file_that_a_person_names_is_the_one_that_is_taken(screen, found, qtbot, tmp_path):
    screen.show_found(found)
    screen.take_file(str(tmp_path / "another.qmc"))
    with qtbot.waitSignal(screen.restore_wanted) as told:
        screen.go.click()
    assert told.args[0] == tmp_path / "another.qmc"


def chosen_folder(screen):
    """Ask for another file and return the folder that the dialog opens in."""
    QTest.mouseClick(screen.file, Qt.MouseButton.LeftButton)
    (chooser,) = screen.findChildren(QFileDialog)
    folder = Path(chooser.directory().absolutePath())
    chooser.reject()
    chooser.deleteLater()
    settle(0)
    return folder


def test_another_file_is_looked_for_where_copies_are(screen, found, offered, tmp_path, monkeypatch):
    home, stick = tmp_path / "person", tmp_path / "stick"
    for folder in (home, stick):
        folder.mkdir(exist_ok=True)
    monkeypatch.setattr(Path, "home", lambda: home)
    assert chosen_folder(screen) == home
    screen.show_found(restoring.Found([tmp_path, stick], ()))
    assert chosen_folder(screen) == stick, "the disk that the person's own files lie on is no other disk"
    screen.show_found(found)
    assert chosen_folder(screen) == offered.path.parent
    screen.take_file(str(stick / "another.qmc"))
    assert chosen_folder(screen) == stick
    screen.take_file(str(tmp_path / "pulled-out" / "another.qmc"))
    assert chosen_folder(screen) == offered.path.parents[1], "else a disk that is there"


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
@pytest.mark.parametrize(("width", "height", "percent"), [(1366, 768, 100), (1024, 600, 150)])
def test_a_long_sentence_takes_no_room_from_the_fields(screen, theme, found, error, width, height, percent):
    theme.resize(percent)
    screen.resize(width, height)
    screen.show_found(found)
    screen.refuse(error)
    settle()
    for field in (screen.copy, screen.recovery):
        assert field.visibleRegion().boundingRect().height() >= field.sizeHint().height()


@pytest.mark.parametrize(("change", "words"), [
    ({"missing": ("files/a", "files/b")}, "2 scans were not beside the copy"),
    ({"numbers": Problem("NUMBER_UNSAFE", params={"day": "22/11/2026"})}, "22/11/2026"),
    ({"enrol_again": True}, "new ticket"),
])
def test_what_a_person_must_do_afterwards_is_said(screen, offered, change, words):
    plain = Restored(offered.facts, 0, ())
    screen.note_restored(plain)
    assert screen.banner.isHidden()
    done = replace(plain, **change)
    screen.note_restored(done)
    assert words in screen.banner.sentence
    assert len(screen._tasks(done)) == 1


def test_the_scans_of_a_desk_on_a_server_come_back_and_no_desk_is_offered_that_is_not_there(screen, offered, qtbot):
    screen.note_restored(Restored(replace(offered.facts, database_bytes=0), 7, ()))
    assert "7 scans came back" in screen._words.text()
    assert "server" in screen._words.text()
    assert "counter init --database" in screen.banner.sentence
    with qtbot.assertNotEmitted(screen.finished):
        screen.go.click()
    assert not screen.isVisible(), "the program is closed"
    assert "Open" not in screen.go.text()


def test_disks_are_real_folders():
    assert all(isinstance(root, Path) and root.is_absolute() for root in restoring.disks())


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_it_holds_with_large_text_and_everything_has_a_name(theme, tools, percent, found):
    theme.resize(percent)
    made = RestoreScreen(tools)
    made.resize(1366, 768)
    made.show()
    made.show_found(found)
    settle(0)
    assert nameless(made) == []
    for part in (made.copy, made.recovery, made.go, made.back):
        assert made.rect().contains(part.mapTo(made, part.rect().bottomRight()))
