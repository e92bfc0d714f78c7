"""A desk whose key is gone, in the window: the code of the recovery sheet puts it back, and who works here logs in as ever."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.bootstrap import CreateDesk, create_desk
from counter_app.domain.errors import broken, failed
from tests.conftest import AGENCY, COMMUNE, PASSWORD, PROVINCE
from tests.ui.conftest import nameless, settle, wait_for
from ui import opening
from ui.windows.login import LoginScreen
from ui.windows.lost_key import LOST_KEY, LostKeyScreen


@pytest.fixture
def screen(tools):
    made = LostKeyScreen(tools)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def desk(home, clock, monkeypatch):
    """The folder of a desk, the sheet of its key, and the file where the key lies."""
    monkeypatch.setenv("COUNTER_STATE_DIR", str(home / "state"))
    monkeypatch.setenv("COUNTER_KEY_FILE", str(home / "desk.key"))
    wish = CreateDesk(AGENCY, COMMUNE, PROVINCE, "2", password=PASSWORD, unattended=True)
    return home / "desk", create_desk(wish, home / "desk", clock=clock).recovery_text, home / "desk.key"


def started(program_of, folder, clock, kind):
    program = program_of(folder, clock)
    program.start()
    program.window.activateWindow()
    wait_for(lambda: isinstance(program.window.screen_shown, kind) and (kind is LostKeyScreen or program.counter is not None))
    return program


@pytest.mark.parametrize("damage", ["gone", "damaged"])
def test_the_code_of_the_sheet_puts_the_key_back(desk, program_of, clock, damage):
    folder, sheet, key = desk
    kept = key.read_bytes()
    if damage == "gone":
        key.unlink()
    else:
        key.write_bytes(b"x" * 7)
    program = started(program_of, folder, clock, LostKeyScreen)
    screen = program.window.screen_shown
    assert str(key) in screen.banner.sentence
    screen.code.setText(sheet)
    QTest.keyClick(screen, Qt.Key.Key_F9)
    wait_for(lambda: isinstance(program.window.screen_shown, LoginScreen) and program.counter is not None)
    assert program.room is None, "the sheet lets nobody in"
    assert key.read_bytes() == kept


def test_a_mistyped_code_is_said_at_the_field_and_nothing_is_written(desk, program_of, clock):
    folder, sheet, key = desk
    key.unlink()
    screen = started(program_of, folder, clock, LostKeyScreen).window.screen_shown
    screen.code.setText(sheet[:-1] + ("A" if sheet[-1] != "A" else "B"))
    QTest.keyClick(screen.code, Qt.Key.Key_Return)
    wait_for(lambda: screen.form.row("recovery").problem)
    assert screen.go.isEnabled()
    assert not key.exists()


def test_a_key_that_came_back_by_itself_opens_the_desk_without_the_code(desk, program_of, clock):
    folder, _, key = desk
    away = key.rename(key.with_name("elsewhere"))
    program = started(program_of, folder, clock, LostKeyScreen)
    away.rename(key)
    QTest.mouseClick(program.window.screen_shown.again, Qt.MouseButton.LeftButton)
    wait_for(lambda: program.counter is not None)
    assert isinstance(program.window.screen_shown, LoginScreen)


def test_a_key_that_is_still_away_leads_here_again(desk, program_of, clock):
    folder, _, key = desk
    key.unlink()
    program = started(program_of, folder, clock, LostKeyScreen)
    first = program.window.screen_shown
    first.again.click()
    wait_for(lambda: isinstance(program.window.screen_shown, LostKeyScreen) and program.window.screen_shown is not first)


@pytest.mark.parametrize("code", sorted(LOST_KEY))
def test_every_fault_of_the_key_leads_to_the_sheet(program_of, home, clock, monkeypatch, code):
    def refuse(*_):
        raise failed(code, path="desk.key")

    monkeypatch.setattr(opening, "open_desk", refuse)
    program = started(program_of, home / "desk", clock, LostKeyScreen)
    assert program.window.screen_shown.banner.sentence


def test_the_code_is_sent_once(screen):
    sent = []
    screen.given.connect(sent.append)
    screen.code.setText("ABCD")
    QTest.keyClick(screen.code, Qt.Key.Key_Return)
    QTest.keyClick(screen, Qt.Key.Key_F9)
    screen.form.submitted.emit()
    assert sent == ["ABCD"]
    screen.refuse(broken("RECOVERY_LENGTH", "recovery", wanted=32, signs=4))
    assert "32" in screen.form.row("recovery").problem
    assert screen.banner.isHidden()
    screen.go.click()
    assert sent == ["ABCD", "ABCD"]


def test_what_no_typing_mends_stands_above_the_form(screen):
    screen.refuse(failed("RECOVERY_FILE_DAMAGED"))
    assert "recovery.json" in screen.banner.sentence
    assert not screen.form.row("recovery").problem


@pytest.mark.parametrize("percent", [100, 200])
def test_everything_has_a_name_and_fits(theme, tools, percent):
    theme.resize(percent)
    screen = LostKeyScreen(tools)
    screen.resize(1366, 768)
    screen.show()
    screen.refuse(failed("KEY_MISSING", path="/srv/can-bo/.local/state/QuayMotCua/khoa-du-lieu.key"))
    settle(0)
    assert nameless(screen) == []
    assert screen.code.mapTo(screen, screen.code.rect().bottomRight()).x() < screen.width()
    assert screen.code.mapTo(screen, screen.code.rect().bottomLeft()).y() < screen.go.mapTo(screen, screen.go.rect().topLeft()).y()
