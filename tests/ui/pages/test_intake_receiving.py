"""F9 on its way: what is said, what is held, what is asked before a warning is passed, and what is left of the form afterwards."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import Problem, failed
from tests.ui.conftest import settle, wait_for
from tests.ui.pages.helpers import BIRTH, MARITAL, choose, count, fill, idle, receive, set_field
from ui.dialogs.acts.dialog import ActDialog
from ui.pages.intake.receiving import HOLD_MS


class SlowDisk:
    """Holds the writing of a dossier until ``let_go``; then it goes on, or fails with ``error``."""

    def __init__(self, service):
        self._receive, self._gate, self.error = service.receive, threading.Event(), None

    def __call__(self, command, actor):
        self._gate.wait(20)
        if self.error is not None:
            raise self.error
        return self._receive(command, actor)

    def let_go(self, error=None):
        self.error = error
        self._gate.set()


@pytest.fixture
def disk(seat, monkeypatch):
    slow = SlowDisk(seat.desk.counter.intake)
    monkeypatch.setattr(seat.desk.counter.intake, "receive", slow, raising=False)
    yield slow
    slow.let_go()


def facts(seat):
    with seat.desk.counter.database.read() as uow:
        code = seat.desk.counter.dossiers.search("067190000123", seat.desk.actor).rows[0].dossier_id
        return next(event.facts for event in uow.events.of_dossier(code) if event.type == "dossier.received")


# --- on the spot ------------------------------------------------------------------------------------------------------


def with_printer(seat):
    """Let the slips be queued; nothing takes them from the queue here."""
    settings = seat.desk.counter.settings
    settings.save(replace(settings.profile(), printer="laser"), seat.desk.actor)


def test_what_can_be_decided_at_once_is_offered_in_the_notice(frame, seat):
    with_printer(seat)
    page = frame.stack.page
    fill(page, BIRTH)
    page.trigger("receive")
    wait_for(lambda: count(seat.desk) == 1)
    wait_for(lambda: seat.context.notices.kept)
    notice = seat.context.notices.kept[0]
    assert notice.undo_text == "Decide and return at once"
    notice.undo()
    wait_for(lambda: frame.stack.page.page_id == "dossier" and frame.stack.page.findChildren(ActDialog))
    (dialog,) = frame.stack.page.findChildren(ActDialog)
    assert dialog.isVisible()
    dialog.close()
    frame.stack.page._load()
    idle(seat.context)
    assert not [each for each in frame.stack.page.findChildren(ActDialog) if each.isVisible()], "asked for once, opened once"


def test_what_takes_days_is_not(frame, seat):
    with_printer(seat)
    page = frame.stack.page
    fill(page, MARITAL)
    page.trigger("receive")
    wait_for(lambda: count(seat.desk) == 1)
    wait_for(lambda: seat.context.notices.kept)
    assert seat.context.notices.kept[0].undo_text != "Decide and return at once"


# --- under way --------------------------------------------------------------------------------------------------------


def test_the_main_key_says_at_once_that_it_is_being_written_and_then_offers_itself_again(frame, seat, disk):
    page = frame.stack.page
    fill(page)
    button = frame.key_line._buttons["receive"]
    assert button.text() == "Receive and print"
    page.trigger("receive")
    button = frame.key_line._buttons["receive"]
    assert (button.text(), button.accessibleName(), button.isEnabled()) == ("Writing…", "Writing…", False)
    disk.let_go()
    wait_for(lambda: not page._receiving.is_busy)
    button = frame.key_line._buttons["receive"]
    assert (button.text(), button.isEnabled()) == ("Receive and print", True)


def test_a_slow_disk_holds_the_fields_and_the_next_form_is_ready_after_it(intake, seat, disk):
    fill(intake)
    phone = intake._form.applicant.form.row("applicant.phone").field
    phone.setFocus()
    intake.trigger("receive")
    assert phone.isEnabled(), "a usual disk is done before anything flickers"
    wait_for(lambda: not phone.isEnabled())
    QTest.keyClicks(QApplication.focusWidget(), "77")
    assert phone.text() == "0900 000 012"
    assert intake._form.hasFocus(), "keys go nowhere else meanwhile"
    disk.let_go()
    wait_for(lambda: not intake._receiving.is_busy)
    assert phone.isEnabled()
    assert intake._form.is_empty()
    assert intake._form.procedure.field.hasFocus()
    assert count(seat.desk) == 1


@pytest.mark.parametrize("error", [failed("DISK_FULL", path="/"), failed("DATABASE_LOCKED")], ids=lambda error: error.code)
def test_nothing_is_lost_when_a_slow_disk_fails_in_the_end(intake, seat, disk, error):
    fill(intake)
    before = intake._form.command()
    phone = intake._form.applicant.form.row("applicant.phone").field
    phone.setFocus()
    intake.trigger("receive")
    wait_for(lambda: not phone.isEnabled())
    disk.let_go(error)
    wait_for(lambda: not intake._receiving.is_busy)
    assert intake._form.command() == before
    assert phone.isEnabled()
    assert phone.hasFocus()
    assert intake._banner.isVisible()
    disk.error = None
    receive(intake)
    assert count(seat.desk) == 1


@pytest.mark.parametrize("act", ["park", "recall", "clear_form", "undo", "all_papers", "more", "receive"])
def test_no_act_touches_a_form_on_its_way(intake, seat, disk, act):
    fill(intake)
    before = intake._form.content()
    intake.trigger("receive")
    assert not intake.trigger(act)
    assert seat.context.notices.kept[0].text == "This dossier is being received."
    disk.let_go(failed("DISK_FULL", path="/"))
    wait_for(lambda: not intake._receiving.is_busy)
    assert intake._form.content() == before
    assert intake.why_not(act) != "This dossier is being received."


def test_a_quick_disk_never_holds_the_fields(intake, monkeypatch):
    held = []
    monkeypatch.setattr(type(intake._form), "set_held", lambda form, on: held.append(on))
    timer = intake._receiving._hold_later
    assert timer.interval() == HOLD_MS
    timer.setInterval(60_000)  # any disk is quick
    fill(intake)
    receive(intake)
    assert (held, timer.isActive()) == ([False], False)


# --- what stood there -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["receive", "park", "clear_form"])
def test_nothing_of_the_citizen_before_stays_at_the_right(intake, act):
    fill(intake)
    idle(intake.context, 300)
    before = intake._side.slip.paper.pdf
    assert before
    emptied = []
    clear = intake._side.clear
    intake._side.clear = lambda: (clear(), emptied.append(intake._side.slip.paper.pdf), emptied.append(intake._side.appointment.words))
    intake.trigger(act)
    wait_for(lambda: bool(emptied))
    assert emptied == [b"", "–"]
    idle(intake.context, 300)
    assert intake._side.slip.paper.pdf not in (b"", before)
    assert not intake._side.warning.isVisible()


def test_a_look_that_comes_too_late_shows_nothing_of_the_form_before(intake, seat, monkeypatch):
    fill(intake)
    gate, check = threading.Event(), seat.desk.counter.intake.check
    seen = []
    monkeypatch.setattr(seat.desk.counter.intake, "check", lambda command: (gate.wait(20), check(command))[1], raising=False)
    intake._look.checked.connect(seen.append)
    intake._look.now()
    monkeypatch.undo()
    intake.do_clear_form()
    gate.set()
    idle(intake.context, 300)
    assert [each.command.applicant.full_name for each in seen] == [""]


# --- warnings ---------------------------------------------------------------------------------------------------------


def without_address(page):
    fill(page)
    page._form.applicant.set_text("applicant.address", "")
    page._form.edited.emit()
    idle(page.context, 250)


def test_nothing_is_asked_where_nothing_is_warned_of(intake, seat):
    fill(intake)
    receive(intake)
    assert not intake._form.accept.isVisible()
    assert "warnings_accepted" not in facts(seat)


def test_a_warning_asks_for_its_reason_at_f9_and_the_reason_stays_in_the_event(intake, seat):
    without_address(intake)
    accept = intake._form.accept
    assert not accept.isVisible(), "nothing is asked while the form is filled"
    receive(intake)
    assert count(seat.desk) == 0
    assert accept.isVisible()
    assert accept.field.hasFocus()
    assert "address" in accept._sentences.text()
    QTest.keyClicks(accept.field, "  o  nho ")
    receive(intake)
    assert facts(seat)["warnings_accepted"] == {"codes": ["ADDRESS_MISSING"], "reason": "o nho"}
    assert not accept.isVisible()
    assert intake._form.is_empty()


def test_a_usual_reason_takes_one_click(intake, seat):
    without_address(intake)
    receive(intake)
    intake._form.accept._usual[1].click()
    assert intake._form.accept.field.hasFocus()
    receive(intake)
    assert facts(seat)["warnings_accepted"]["reason"] == "The person has none"


def test_mending_what_was_warned_of_takes_the_question_away(intake, seat):
    without_address(intake)
    receive(intake)
    set_field(intake, "applicant.address", "Thôn Mẫu 3")
    idle(intake.context, 250)
    assert not intake._form.accept.isVisible()
    receive(intake)
    assert count(seat.desk) == 1


def test_a_reason_that_was_begun_is_kept_with_the_form(intake, seat):
    without_address(intake)
    receive(intake)
    intake._form.accept.field.setText("Ở nhờ")
    intake._form.accept.field.textEdited.emit("Ở nhờ")
    content = intake._form.content()
    intake.do_clear_form()
    assert not intake._form.accept.isVisible()
    intake._form.restore(content, None)
    assert (intake._form.accept.reason, intake._form.accept.isVisible()) == ("Ở nhờ", True)


def test_the_question_is_seen_whole_in_a_low_window(intake):
    without_address(intake)
    intake.resize(1182, 420)
    receive(intake)
    settle(50)
    accept, form = intake._form.accept, intake._form
    bottom = accept.field.mapTo(form, accept.field.rect().bottomLeft()).y()
    assert 0 <= bottom <= form.height()


# --- steps and sentences ----------------------------------------------------------------------------------------------


def test_a_step_with_a_problem_is_not_complete(intake):
    fill(intake)
    form = intake._form
    marks = {"applicant.id_number": form.applicant._mark, "documents.0.original": form.papers._mark, "fees.0.amount_vnd": form.fee._mark,
             "result_delivery.address": form.fee._delivery_mark, "procedure_code": form.procedure._mark}
    form.visit_all()
    form.show_problems([])
    assert [mark.complete for mark in marks.values()] == [True] * 5
    for name, mark in marks.items():
        form.show_problems([Problem("TEXT_TOO_LONG", name, {"length": 1, "limit": 1})])
        assert [other.complete for other in marks.values()] == [other is not mark for other in marks.values()]
    form.show_problems([])
    assert all(mark.complete for mark in marks.values())


@pytest.mark.parametrize("height", [664, 500])
def test_the_sentence_about_a_late_entry_is_seen(intake, height):
    intake.resize(1182, height)
    fill(intake)
    intake.do_more()
    set_field(intake, "received_at", "08:15")
    receive(intake)
    settle(50)
    form, sentence = intake._form, intake._form.extra.form.row("entered_later").error
    assert sentence.isVisible()
    top = sentence.mapTo(form, sentence.rect().topLeft()).y()
    assert top >= 0
    assert top + sentence.height() <= form.height()


def test_a_sentence_about_a_narrow_field_has_the_width_of_the_form(intake):
    choose(intake, MARITAL)
    set_field(intake, "applicant.full_name", "Trần Thị Ví Dụ")
    set_field(intake, "applicant.id_number", "123")
    set_field(intake, "applicant.birth_date", "31/02/1990")
    idle(intake.context, 300)
    settle(20)
    for name in ("applicant.id_number", "applicant.birth_date"):
        row = intake._form.applicant.form.row(name)
        assert row.problem
        assert row.error.width() > 1.5 * row.width()
        assert row.error.height() < 2.5 * row.error._sentence.fontMetrics().lineSpacing(), "one line, or two"
