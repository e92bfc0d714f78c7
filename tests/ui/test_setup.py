"""The first start: three forms, refusals at their fields, the recovery sheet."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.errors import Problem, RuleBrokenError, failed
from counter_app.services.desk.places import read_agency_codes, read_places
from tests.ui.conftest import nameless, settle, wait_for
from ui.dialogs.save_file import SaveFileDialog
from ui.opening import make_desk, open_desk, write_recovery_sheet
from ui.windows import setup as first_start
from ui.windows.recovery import RecoveryScreen
from ui.windows.setup import SetupScreen

SECRET = "-".join(f"AAA{n}B" for n in range(8))


@pytest.fixture
def screen(tools, monkeypatch):
    monkeypatch.setattr(first_start, "printer_names", lambda: ["Máy in quầy 2"])
    made = SetupScreen(tools, read_places(), read_agency_codes())
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    made.start()
    return made


def field(screen, step, name):
    return screen.steps[step].form.row(name).field


def fill(screen):
    QTest.keyClicks(field(screen, 0, "province"), "lam dong")
    QTest.keyClick(field(screen, 0, "province"), Qt.Key.Key_Return)
    QTest.keyClicks(field(screen, 0, "commune"), "dak mil")
    QTest.keyClick(field(screen, 0, "commune"), Qt.Key.Key_Return)
    field(screen, 0, "agency").setText("H36.50.05")
    field(screen, 0, "desk").setText("2")
    screen.go_on()
    screen.go_on()
    field(screen, 2, "full_name").setText("Lý Thị Mẫu Đơn")
    field(screen, 2, "title").setText("Cán bộ một cửa")
    field(screen, 2, "password").setText("mat-khau-1")
    field(screen, 2, "again").setText("mat-khau-1")


def test_province_then_its_communes_by_three_letters(screen):
    QTest.keyClicks(field(screen, 0, "province"), "lam dong")
    QTest.keyClick(field(screen, 0, "province"), Qt.Key.Key_Return)
    assert field(screen, 0, "province").text() == "Tỉnh Lâm Đồng"
    assert field(screen, 0, "commune").hasFocus()
    QTest.keyClicks(field(screen, 0, "commune"), "dak mil")
    QTest.keyClick(field(screen, 0, "commune"), Qt.Key.Key_Return)
    assert field(screen, 0, "commune").text() == "Xã Đắk Mil"


def test_the_beginning_of_the_identifier_is_suggested_and_nothing_typed_is_overwritten(screen):
    agency = field(screen, 0, "agency")
    place = read_places().province("Lâm Đồng")
    screen.steps[0]._take_province(place)
    assert agency.text() == read_agency_codes().beginning(place.code) != ""
    screen.steps[0]._take_province(read_places().province("Cà Mau"))
    assert agency.text() == read_agency_codes().beginning(read_places().province("Cà Mau").code)
    agency.setText("H99.1")
    screen.steps[0]._take_province(place)
    assert agency.text() == "H99.1"


def test_the_rest_of_the_identifier_is_typed_behind_its_beginning(screen):
    screen.steps[0]._take_province(read_places().province("Lâm Đồng"))
    agency = field(screen, 0, "agency")
    agency.clearFocus()
    agency.setFocus(Qt.FocusReason.TabFocusReason)
    beginning = agency.text()
    QTest.keyClicks(agency, "50.05")
    assert agency.text() == beginning + "50.05"
    field(screen, 0, "desk").setFocus()
    agency.setFocus(Qt.FocusReason.TabFocusReason)
    assert agency.selectedText() == agency.text()


def test_f9_leads_from_form_to_form(screen, qtbot):
    fill(screen)
    screen._show(0)
    for step in (1, 2):
        QTest.keyClick(screen.focusWidget(), Qt.Key.Key_F9)
        wait_for(lambda at=step: screen._stack.currentIndex() == at)
    with qtbot.waitSignal(screen.finished):
        QTest.keyClick(screen.focusWidget(), Qt.Key.Key_F9)


def test_enter_goes_from_password_to_password_past_the_eye(screen):
    fill(screen)
    first, again = field(screen, 2, "password"), field(screen, 2, "again")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert again.hasFocus()
    QTest.keyClick(again, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert first.hasFocus()


def test_a_province_typed_in_full_offers_its_communes_too(screen):
    field(screen, 0, "province").setText("Lâm Đồng")
    screen.steps[0]._note_left("province")
    assert field(screen, 0, "commune")._entries


def test_a_province_without_a_code_suggests_nothing():
    assert read_agency_codes().beginning("no such province") == ""


def test_the_login_follows_the_name_until_it_is_typed(screen):
    name, login = field(screen, 2, "full_name"), field(screen, 2, "login")
    assert login.text() == ""
    for field_, text, expected in ((name, "Nguyễn Thị Hoa", "hoa.nt"), (login, "motcua", "motcua"), (name, "Nguyễn Thị Hoa Mai", "motcua"),
                                   (login, "", ""), (name, "Nguyễn Thị Mai", "mai.nt")):
        field_.setText(text)
        field_.textEdited.emit(text)
        assert login.text() == expected


def test_all_that_was_typed_is_handed_over(screen, qtbot):
    fill(screen)
    with qtbot.waitSignal(screen.finished) as told:
        screen.go_on()
    values = told.args[0]
    assert values["commune"] == "Xã Đắk Mil"
    assert values["agency"] == "H36.50.05"
    assert values["paper"] == "a5"
    assert values["login"] == "don.ltm"
    assert values["password"] == "mat-khau-1"
    assert not screen.next.isEnabled()


def test_the_printers_of_this_pc_are_offered(screen):
    wait_for(lambda: field(screen, 1, "printer").count() == 2)
    assert screen.steps[1].values()["printer"] == "Máy in quầy 2"


def test_passwords_that_differ_are_caught_before_anything_is_made(screen):
    fill(screen)
    field(screen, 2, "again").setText("another-one")
    sent = []
    screen.finished.connect(sent.append)
    screen.go_on()
    assert sent == []
    assert screen.steps[2].form.row("again").problem


def test_refusals_stand_at_their_fields_and_the_first_form_with_one_is_shown(screen):
    fill(screen)
    screen.go_on()
    screen.refuse(RuleBrokenError(Problem("PASSWORD_EASY", "password"), Problem("AGENCY_UNREADABLE", "agency")))
    assert screen.steps[0].form.row("agency").problem
    assert screen.steps[2].form.row("password").problem
    assert screen._stack.currentIndex() == 0
    assert screen.next.isEnabled()
    assert screen.banner.isHidden()


def test_a_refusal_without_a_field_stands_in_the_banner(screen):
    fill(screen)
    screen.go_on()
    screen.refuse(failed("DISK_FULL", path="x"))
    assert not screen.banner.isHidden()


def test_back_and_forth_keeps_what_was_typed(screen):
    fill(screen)
    QTest.mouseClick(screen.back, Qt.MouseButton.LeftButton)
    QTest.mouseClick(screen.back, Qt.MouseButton.LeftButton)
    assert field(screen, 0, "commune").text() == "Xã Đắk Mil"
    assert screen.back.isHidden()
    assert "Step 1 of 4" in screen.welcome.accessibleName()


def test_practice_is_offered_on_the_first_form(screen, qtbot):
    with qtbot.waitSignal(screen.practice_wanted):
        QTest.mouseClick(screen.practice, Qt.MouseButton.LeftButton)
    screen.go_on()
    assert screen.practice.isHidden()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_forms_hold_with_large_text(theme, tools, percent, monkeypatch):
    monkeypatch.setattr(first_start, "printer_names", list)
    theme.resize(percent)
    made = SetupScreen(tools, read_places(), read_agency_codes())
    made.resize(1366, 768)
    made.show()
    settle(0)
    for step in made.steps:
        for name in step.form.names():
            box = step.form.row(name).field
            if box.isVisible():
                assert box.mapTo(made, box.rect().bottomRight()).x() < made.width()
        made.go_on()


def test_every_field_has_a_name(screen):
    for _ in screen.steps:
        assert nameless(screen) == []
        if screen._stack.currentIndex() < 2:
            screen.go_on()


# --- the desk is really made ------------------------------------------------------------------------------------------

VALUES = {"province": "Lâm Đồng", "commune": "Xã Đắk Mil", "agency": "H36.50.05", "desk": "2", "hours_profile": "standard", "paper": "a5",
          "printer": "", "phone": "", "address": "", "full_name": "Lý Thị Mẫu Đơn", "title": "", "login": "clerk", "password": "mat-khau-1"}


def test_what_the_forms_ask_is_what_a_desk_needs(home):
    folder = home / "desk"
    assert open_desk(folder).places.provinces()
    made = make_desk(VALUES, folder)
    assert made.recovery_text
    door = open_desk(folder)
    assert [person.full_name for person in door.people] == ["Lý Thị Mẫu Đơn"]
    door.counter.close()
    sheet = write_recovery_sheet(folder, made.recovery_text, home / "sheet.pdf")
    assert sheet.read_bytes().startswith(b"%PDF")


def test_a_sheet_that_can_not_be_written_is_a_sentence(home):
    from counter_app.domain.errors import SurroundingsError

    folder = home / "desk"
    made = make_desk(VALUES, folder)
    with pytest.raises(SurroundingsError):
        write_recovery_sheet(folder, made.recovery_text, home / "no" / "such" / "folder.pdf")


# --- the recovery sheet -----------------------------------------------------------------------------------------------


@pytest.fixture
def recovery(tools):
    made = RecoveryScreen(tools, SECRET, ["The key lies in a file."])
    made.resize(1366, 768)
    made.show()
    return made


def test_the_secret_is_shown_whole_and_the_warning_with_it(recovery):
    assert recovery.secret.text().replace("\n", "  ").split() == SECRET.split("-")
    assert recovery.banner.sentence == "The key lies in a file."


def test_work_begins_only_when_the_sheet_was_put_away(recovery, qtbot):
    assert not recovery.done.isEnabled()
    assert recovery.done.toolTip()
    recovery.kept.setChecked(True)
    with qtbot.waitSignal(recovery.finished):
        QTest.mouseClick(recovery.done, Qt.MouseButton.LeftButton)


def asked_where(recovery, folder):
    """Ask for the sheet's file, by the house's own dialog, which offers a name."""
    QTest.mouseClick(recovery.save, Qt.MouseButton.LeftButton)
    dialog = recovery.findChild(SaveFileDialog)
    assert (dialog.name.text(), dialog.kind.count()) == ("recovery-sheet", 1)
    dialog.folder.setText(str(folder))
    return dialog


def test_the_sheet_is_saved_where_the_clerk_says(recovery, tmp_path, qtbot):
    dialog = asked_where(recovery, tmp_path)
    dialog.name.setText("sheet")
    with qtbot.waitSignal(recovery.saved_to) as told:
        dialog.save.click()
    assert told.args == [tmp_path / "sheet.pdf"]


def test_a_sheet_that_is_there_already_is_not_replaced_unasked(recovery, tmp_path):
    (tmp_path / "recovery-sheet.pdf").write_bytes(b"of another desk")
    told = []
    recovery.saved_to.connect(told.append)
    dialog = asked_where(recovery, tmp_path)
    dialog.save.click()
    assert (told, dialog.isVisible()) == ([], True)
    dialog.save.click()
    assert told == [tmp_path / "recovery-sheet.pdf"]


def test_thinking_better_of_it_saves_nothing(recovery, tmp_path):
    told = []
    recovery.saved_to.connect(told.append)
    asked_where(recovery, tmp_path).reject()
    assert told == []


def test_a_sheet_that_was_saved_or_not_is_told(recovery, monkeypatch, tmp_path):
    from ui.windows import recovery as module

    opened = []
    monkeypatch.setattr(module.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    recovery.note_saved(tmp_path / "sheet.pdf")
    assert "sheet.pdf" in recovery.banner.sentence
    assert opened == [str(tmp_path / "sheet.pdf")]
    recovery.refuse(failed("DISK_FULL", path="x"))
    assert "sheet.pdf" not in recovery.banner.sentence


def test_everything_on_the_recovery_screen_has_a_name(recovery):
    assert nameless(recovery) == []
