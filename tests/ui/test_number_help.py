"""The dialog of dossier numbers: what everybody sees, and what an administrator can do after a restore or at the end of the range."""

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.errors import broken, failed
from counter_app.domain.people import Role
from counter_app.services.intake.terms import Received
from counter_app.services.people.users import NewUser
from counter_app.support.paths import state_dir
from tests.builders import command
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.test_papers import viewer  # noqa: F401  a fixture
from ui.dialogs.number_help import NumberHelpDialog, helps_with
from ui.pages.intake.outcome import Outcome
from ui.widgets.banner import Banner

CODE = "H36.50.05-261120-{:04}"


@pytest.fixture
def counter(seat):
    return seat.desk.counter


@pytest.fixture
def receive(seat, counter):
    def take(**wishes):
        procedure = counter.catalogue.in_force(seat.desk.clock.now().date())[0]
        return counter.intake.receive(command(procedure_code=procedure.code, documents=None, fees=None, **wishes), seat.desk.actor)

    return take


@pytest.fixture
def opened(seat, host):
    def show(context=None):
        dialog = NumberHelpDialog(context or seat.context, host)
        dialog.open()
        wait_for(lambda: dialog._standing is not None)
        return dialog

    return show


def lose_guard():
    shutil.rmtree(state_dir() / "devices")


def shown(dialog):
    return [button.text() for button in (dialog.confirm, dialog.allow, dialog.save) if button.isVisible()]


def vouch(dialog, day, last):
    """Type date and number of a slip and say that it is the newest."""
    dialog._day.setText(day)
    dialog._last.setText(last)
    press(dialog.confirm)


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_sound_desk_shows_the_next_code_and_its_range_alone(opened, receive):
    receive()
    dialog = opened()
    assert dialog.banner.sentence == f"The next dossier gets {CODE.format(2)}."
    assert "Last number of 20/11/2026 known on this PC: 1." in dialog.facts.text()
    assert shown(dialog) == ["Save the range"]
    assert dialog._serials.text() == "1-9999"
    assert nameless(dialog) == []


def test_before_the_first_number_of_a_day_none_is_known(opened):
    assert opened().facts.text() == "On this PC no number of 20/11/2026 is known."


def test_after_a_lost_guard_the_last_number_is_vouched_for(seat, opened, receive, counter):
    heard = []
    seat.context.tasks.changed.connect(heard.append)
    receive()
    lose_guard()
    dialog = opened()
    assert "not known" in dialog.banner.sentence
    assert shown(dialog) == ["This is the newest slip", "Save the range"]
    settle()
    fields = [dialog.form.row(name).field for name in ("day", "serial", "serials")]
    assert all(field.height() >= field.sizeHint().height() for field in fields)
    assert dialog._day.hasFocus()
    assert "latest date" in dialog.facts.text()
    vouch(dialog, "20/11/2026", "37")
    wait_for(lambda: dialog.banner.sentence == f"The next dossier gets {CODE.format(38)}.")
    assert shown(dialog) == ["Save the range"]
    assert any(changes.touch("numbers") for changes in heard)
    assert receive().code == CODE.format(38)


@pytest.mark.parametrize("typed", ["", "x", "-1", "1.5", "٣"])
def test_what_is_no_number_is_said_at_its_field(opened, receive, typed):
    receive()
    lose_guard()
    dialog = opened()
    vouch(dialog, "20/11/2026", typed)
    assert "four digits" in dialog.form.row("serial").problem
    assert dialog._standing.refusal is not None


def test_a_number_below_a_known_one_is_refused_at_its_field(opened, receive, counter):
    receive()
    receive()
    lose_guard()
    dialog = opened()
    vouch(dialog, "20/11/2026", "1")
    wait_for(lambda: dialog.form.row("serial").problem)
    assert "2" in dialog.form.row("serial").problem
    assert counter.numbering.standing().refusal.code == "NUMBER_UNSAFE"


@pytest.mark.parametrize(("typed", "said"), [
    ("", "no such day"), ("31/02/2026", "no such day"), ("21/11/2026", "clock stands at 20/11/2026"), ("18/11/2026", "20/11/2026 or later"),
])
def test_a_date_that_can_not_be_the_newest_is_said_at_its_field(opened, receive, counter, typed, said):
    receive()
    lose_guard()
    dialog = opened()
    vouch(dialog, typed, "7")
    wait_for(lambda: dialog.form.row("day").problem)
    assert said in dialog.form.row("day").problem
    settle()
    fields = [dialog.form.row(name).field for name in ("day", "serial", "serials")]
    assert all(field.height() >= field.sizeHint().height() for field in fields), "the sentence has room"
    assert dialog.confirm.isVisible()
    assert counter.numbering.standing().refusal.code == "NUMBER_UNSAFE"


def test_a_desk_that_goes_on_with_provisional_codes_says_what_brings_official_ones_back(seat, opened, receive, counter):
    counter.settings.save(replace(counter.settings.profile(), provisional_fallback=True), seat.desk.actor)
    receive()
    lose_guard()
    dialog = opened()
    assert "TAM-" in dialog.banner.sentence
    assert "the official numbers go on" in dialog.facts.text()
    vouch(dialog, "20/11/2026", "1")
    wait_for(lambda: dialog.banner.sentence == f"The next dossier gets {CODE.format(2)}.")
    assert "official" not in dialog.facts.text()


def test_a_recovery_range_is_opened_once(seat, opened, receive, counter):
    ranges = ((2600, 2699), (2700, 2799))
    counter.settings.save(replace(counter.settings.profile(), serial_last=2599, recovery_ranges=ranges), seat.desk.actor)
    receive()
    assert shown(opened()) == ["Save the range"]
    lose_guard()
    dialog = opened()
    assert shown(dialog) == ["This is the newest slip", "Open the recovery range", "Save the range"]
    assert dialog._generation.count() == 2
    press(dialog.allow)
    wait_for(lambda: dialog.form.row("day").problem)
    dialog._day.setText("20/11/2026")
    press(dialog.allow)
    wait_for(lambda: dialog.banner.sentence == f"The next dossier gets {CODE.format(2600)}.")
    assert dialog._generation.count() == 1
    assert "Recovery range open today: 2600–2699." in dialog.facts.text()


def test_a_used_up_range_is_widened_or_left_to_provisional_codes(seat, opened, receive, counter):
    counter.settings.save(replace(counter.settings.profile(), serial_first=5, serial_last=5), seat.desk.actor)
    receive()
    dialog = opened()
    assert "5–5" in dialog.banner.sentence
    dialog._fallback.setCurrentIndex(1)
    press(dialog.save)
    wait_for(lambda: "TAM-" in dialog.banner.sentence)
    assert counter.settings.profile().provisional_fallback
    dialog._serials.setText("5-9")
    dialog._fallback.setCurrentIndex(0)
    press(dialog.save)
    wait_for(lambda: dialog.banner.sentence == f"The next dossier gets {CODE.format(6)}.")
    dialog._serials.setText("9-5")
    press(dialog.save)
    wait_for(lambda: dialog.form.row("serials").problem)
    assert counter.settings.profile().serial_last == 9


def test_a_clerk_sees_and_changes_nothing(seat, opened, counter, receive):
    receive()
    lose_guard()
    counter.users.add(NewUser("mai", "Đỗ Thị Thí Điểm", Role.CLERK, "", "mat-khau-thu-2"), seat.desk.actor)
    session = counter.login.login("mai", "mat-khau-thu-2")
    dialog = opened(replace(seat.context, session=session))
    assert shown(dialog) == []
    assert not dialog.form.isVisible()
    assert "Only an administrator" in dialog.facts.text()


def test_a_guard_that_can_not_be_read_is_a_sentence(seat, host, counter, monkeypatch):
    def fail():
        raise failed("GUARD_LOCKED", seconds=5)

    monkeypatch.setattr(type(counter.numbering), "standing", lambda self: fail())
    dialog = NumberHelpDialog(seat.context, host)
    dialog.open()
    wait_for(dialog.banner.isVisible)
    assert "5" in dialog.banner.sentence
    assert shown(dialog) == []


# --- what the page of intake says -------------------------------------------------------------------------------------


@pytest.fixture
def banner(seat, host):
    return Banner(seat.context.theme, host)


@pytest.fixture
def outcome(seat, host, banner):
    return Outcome(seat.context, banner, host)


@pytest.mark.parametrize(("error", "helped"), [
    (failed("NUMBER_UNSAFE", day="20/11/2026", first=1, last=9), True), (failed("RANGE_USED_UP", day="20/11/2026", first=1, last=9), True),
    (failed("DISK_FULL", path="desk.db"), False), (broken("NOT_ALLOWED"), False),
])
def test_only_a_refused_number_leads_to_the_numbers(outcome, banner, host, error, helped):
    assert helps_with(error) is helped
    outcome.refuse(error)
    assert banner._button.text() == ("Dossier numbers" if helped else "")
    if helped:
        banner.acted.emit()
        assert host.findChildren(NumberHelpDialog)
        settle()


def test_a_slip_that_is_queued_needs_no_more_words(outcome, seat, receive):
    outcome.tell(replace(receive(), queued=True, on_the_spot=False))
    (notice,) = seat.context.notices.kept
    assert (notice.kind, notice.undo) == ("accent", None)
    assert CODE.format(1) in notice.text


@pytest.mark.parametrize("on_the_spot", [True, False])
def test_without_a_printer_the_pdf_of_the_slip_is_at_hand(outcome, seat, receive, viewer, on_the_spot):  # noqa: F811
    done = replace(receive(print=False), on_the_spot=on_the_spot)
    assert isinstance(done, Received)
    outcome.tell(done)
    (notice,) = seat.context.notices.kept
    assert (notice.undo_text, "No printer is chosen" in notice.text) == ("Open the PDF", True)
    notice.undo()
    wait_for(lambda: viewer.shown)
    assert done.code in viewer.shown[0]
