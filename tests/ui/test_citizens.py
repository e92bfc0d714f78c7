"""What the window does for citizens: messages, complaints, ratings on paper, the second typing, the end of the day."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from counter_app.domain.complaint import ComplaintChannel
from counter_app.domain.life import ReceiverKind
from counter_app.domain.message import MessageState
from counter_app.domain.people import Role
from counter_app.services.acts.results import ResultReady
from counter_app.services.acts.returning import ReturnResults
from counter_app.services.citizens.complaints import TakeComplaint
from counter_app.services.intake.terms import ReceiveDossier
from counter_app.services.people.users import NewUser
from tests.builders import applicant
from tests.ui.conftest import nameless, settle, wait_for
from ui.dialogs.base import TakesScans
from ui.dialogs.call_list import CallListDialog
from ui.dialogs.complaints import AnswerDialog, ComplaintDialog, ComplaintsDialog
from ui.dialogs.day_page import DayPageDialog
from ui.dialogs.rating import PaperRatingDialog
from ui.dialogs.second import SecondPersonDialog
from ui.dialogs.typing_list import TypingListDialog
from ui.papers import Papers
from ui.windows.citizens_desk import CitizensDesk
from ui.windows.typing_panel import TypingPanel


@pytest.fixture
def counter(seat):
    return seat.context.counter


@pytest.fixture
def actor(seat):
    return seat.context.session.actor


@pytest.fixture
def shown(monkeypatch):
    """Papers that were shown: (name, first bytes); each has a title, for a PC that shows it in this window."""
    found = []

    def show(self, name, title, pdf):
        assert title
        assert title != name
        found.append((name, bytes(pdf[:5])))

    monkeypatch.setattr(Papers, "show_made", show)
    return found


@pytest.fixture
def receive(counter, actor):
    def take(**changes):
        words = {"procedure_code": "1.004873", "applicant": applicant(), "fees": (), "documents": (), "wants_message": True, "print": False}
        return counter.intake.receive(ReceiveDossier(**{**words, **changes}), actor).code

    return take


@pytest.fixture
def ready(receive, counter, actor):
    code = receive()
    counter.life.results.ready(ResultReady(code), actor)
    return code


def states(counter, actor, code):
    with counter.database.read() as uow:
        (found,) = uow.dossiers.by_code(code)
        return [each.state for each in uow.messages.of_dossier(found.dossier_id)]


# --- messages -----------------------------------------------------------------------------------------------------------


def test_who_waits_is_listed_and_called_by_scanning(seat, host, ready, counter, actor):
    dialog = CallListDialog(seat.context, host)
    dialog.open()
    wait_for(lambda: dialog.model.rowCount() == 1)
    assert nameless(dialog) == []
    assert isinstance(dialog, TakesScans)
    assert dialog.model.rows[0].code == ready
    dialog.note.setText("nghe máy")
    dialog.take_scan(ready)
    wait_for(lambda: dialog.model.rowCount() == 0)
    assert states(counter, actor, ready) == [MessageState.CALLED]
    assert ready in dialog.banner.sentence


def test_a_row_is_chosen_by_enter_and_noted(seat, host, ready, counter, actor):
    dialog = CallListDialog(seat.context, host)
    dialog.open()
    wait_for(lambda: dialog.model.rowCount() == 1)
    dialog.table.opened.emit(0)
    assert dialog.code.text() == ready
    QTest.keyClick(dialog.note, Qt.Key.Key_Return)
    wait_for(lambda: dialog.model.rowCount() == 0)
    assert states(counter, actor, ready) == [MessageState.CALLED]


def test_a_code_of_nobody_is_a_sentence(seat, host, receive):
    dialog = CallListDialog(seat.context, host)
    dialog.open()
    dialog.take_scan(receive())
    wait_for(dialog.banner.isVisible)
    assert "scan another line" in dialog.banner.sentence.lower()


def test_the_list_is_printed_and_the_file_for_the_province_is_written(seat, host, ready, shown, tmp_path, counter, actor):
    dialog = CallListDialog(seat.context, host)
    dialog.open()
    wait_for(lambda: dialog.model.rowCount() == 1)
    dialog._print()
    wait_for(lambda: shown)
    assert shown == [("danh-sach-goi", b"%PDF-")]
    dialog._hand_over(tmp_path / "tin.csv")
    wait_for(lambda: dialog.model.rowCount() == 0)
    assert states(counter, actor, ready) == [MessageState.HANDED_OVER]
    assert "sent" not in dialog.banner.sentence


@pytest.mark.parametrize(("listing", "write"), [
    (CallListDialog, lambda dialog, out: dialog._hand_over(out)),
    (TypingListDialog, lambda dialog, out: dialog._export("civil_status", out))], ids=["messages", "typing"])
def test_many_leave_in_a_file_only_with_a_second_person(seat, host, ready, counter, actor, tmp_path, listing, write):
    counter.users.add(NewUser("hai", "Vũ Thị Hai", Role.CLERK, password="mat-khau-hai-2"), actor)
    counter.settings.save(replace(counter.settings.profile(), second_person_from=1), actor)
    dialog, out = listing(seat.context, host), tmp_path / "x.csv"
    dialog.open()
    wait_for(lambda: dialog.model.rowCount() == 1)
    write(dialog, out)
    wait_for(lambda: dialog.findChild(SecondPersonDialog))
    assert "a second person must agree" in dialog.banner.sentence
    assert not out.exists()
    asked = dialog.findChild(SecondPersonDialog)
    asked.password.setText("mat-khau-hai-2")
    asked.go.click()
    wait_for(out.exists)
    wait_for(lambda: dialog.banner.sentence.startswith("1 "))
    settle()


# --- complaints ---------------------------------------------------------------------------------------------------------


def test_a_complaint_is_taken_down_answered_and_judged(seat, host, counter, actor, receive):
    listed = ComplaintsDialog(seat.context, host)
    listed.open()
    assert nameless(listed) == []
    taking = ComplaintDialog(seat.context, listed)
    taking.kept.connect(listed.refresh)
    taking.open()
    taking.body_text.setPlainText("Chờ lâu quá")
    taking.code.setText(receive())
    taking._save()
    wait_for(lambda: listed.model.rowCount() == 1)
    answering = AnswerDialog(seat.context, listed.model.rows[0], listed)
    answering.kept.connect(listed.refresh)
    answering.open()
    answering.answer.setPlainText("Đã xin lỗi")
    answering._keep(None)
    wait_for(lambda: listed.model.rowCount() == 0)
    listed.which.choose(False)
    listed.refresh()
    wait_for(lambda: listed.model.rowCount() == 1)
    judging = AnswerDialog(seat.context, listed.model.rows[0], listed)
    judging.open()
    assert judging.answer.isReadOnly()
    judging._keep(False)
    wait_for(lambda: counter.citizens.complaints.listed(actor, is_open=False)[0].complaint.satisfied is False)


def test_what_is_wrong_with_a_complaint_stands_at_its_field(seat, host):
    dialog = ComplaintDialog(seat.context, host)
    dialog.open()
    dialog.due.setText("32/13/2026")
    dialog.body_text.setPlainText("Chờ lâu")
    dialog._save()
    assert dialog.form.row("answer_due").problem
    dialog.due.setText("")
    dialog.body_text.setPlainText(" ")
    dialog._save()
    wait_for(lambda: dialog.form.row("body").problem)
    assert nameless(dialog) == []


def test_an_overdue_answer_says_so_not_by_colour_alone(seat, host, counter, actor):
    counter.citizens.complaints.take(TakeComplaint("Chờ lâu", ComplaintChannel.LETTER), actor)
    dialog = ComplaintsDialog(seat.context, host)
    dialog.open()
    wait_for(lambda: dialog.model.rowCount() == 1)
    line = dialog.model.rows[0]
    from dataclasses import replace

    from ui.dialogs.complaints import _lateness

    assert _lateness(replace(line, late=True)).below
    assert _lateness(replace(line, late=True)).icon
    assert not _lateness(line).below


# --- ratings ------------------------------------------------------------------------------------------------------------


def test_a_sheet_is_printed_and_typed_by_code_and_figure(seat, host, ready, counter, actor, shown):
    dialog = PaperRatingDialog(seat.context, host)
    dialog.open()
    assert nameless(dialog) == []
    dialog.take_scan(ready)
    dialog._keep()
    wait_for(dialog.banner.isVisible)
    counter.life.returning.return_(ReturnResults((ready,), ReceiverKind.APPLICANT, "Trần Thị Ví Dụ", "067190000123"), actor)
    dialog._print()
    wait_for(lambda: shown)
    dialog.score.choose(2)
    dialog._keep()
    wait_for(lambda: not dialog.code.text())
    with counter.database.read() as uow:
        (found,) = uow.dossiers.by_code(ready)
    assert (found.rating.score, found.rating.channel) == (2, "giay")


# --- the second typing --------------------------------------------------------------------------------------------------


@pytest.fixture
def clipboard(qapp):
    board = QGuiApplication.clipboard()
    board.setText("something of somebody")
    yield board
    board.clear()


@pytest.fixture
def panel(seat, host, receive, counter, actor, clipboard):
    receive()
    (line,) = counter.citizens.typing.open_ones(actor)
    made = TypingPanel(seat.context, counter.citizens.typing.hand_over(line.task.task_id, actor), host)
    made.show()
    return made


def test_one_key_hands_over_field_after_field_in_the_programs_order(panel, clipboard, counter, actor):
    assert clipboard.text() == "something of somebody", "nothing is taken before the first key"
    wanted = [each.text for each in panel._handed.fields if each.text]
    given = []
    for _ in wanted:
        QTest.keyClick(panel, Qt.Key.Key_F8)
        given.append(clipboard.text())
        assert panel.field.text()
    assert given == wanted
    QTest.keyClick(panel, Qt.Key.Key_F7)
    assert clipboard.text() == wanted[-2]
    QTest.keyClick(panel, Qt.Key.Key_F8)
    QTest.keyClick(panel, Qt.Key.Key_F8)
    assert clipboard.text() == "", "emptied at the end"
    assert panel.form.isVisible()
    panel.second.setText("G15-20261120-0123")
    panel._finish()
    wait_for(lambda: counter.citizens.typing.open_ones(actor) == [])


def test_the_clipboard_is_emptied_after_a_while_and_when_the_panel_closes(panel, clipboard):
    panel.give_next()
    panel._forget.timeout.emit()
    assert clipboard.text() == ""
    panel.give_next()
    assert clipboard.text()
    panel.close()
    assert clipboard.text() == ""


def test_what_somebody_copied_meanwhile_is_left_alone(panel, clipboard):
    panel.give_next()
    clipboard.setText("mine")
    panel.close()
    assert clipboard.text() == "mine"


def test_the_panel_stays_above_other_windows_and_is_small(panel):
    assert panel.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert panel.width() <= 420
    assert nameless(panel) == []


def test_a_number_that_is_taken_is_a_sentence_and_the_task_stays(panel, receive, counter, actor):
    panel.second.setText(receive())
    panel._finish()
    wait_for(panel.banner.isVisible)
    assert len(counter.citizens.typing.open_ones(actor)) == 2


def test_the_list_hands_on_to_the_panel_and_to_files(seat, host, receive, counter, actor, tmp_path, qtbot):
    receive()
    dialog = TypingListDialog(seat.context, host)
    dialog.open()
    wait_for(lambda: dialog.model.rowCount() == 1)
    assert nameless(dialog) == []
    dialog._export("civil_status", tmp_path / "x.xlsx")
    wait_for(lambda: "1" in dialog.banner.sentence)
    assert (tmp_path / "x.xlsx").exists()
    (tmp_path / "y.json").write_text('[{"code": "H36.50.05-261120-9999", "second_code": "x"}]', "utf-8")
    dialog._take_codes(str(tmp_path / "y.json"))
    wait_for(lambda: "9999" in dialog.banner.sentence)
    with qtbot.waitSignal(dialog.handed) as handed:
        dialog.table.opened.emit(0)
    assert handed.args[0].fields
    settle()


def looks(counter, action):
    """Return how many were on each list that was shown."""
    with counter.database.read() as uow:
        return [entry.details for entry in uow.audit.entries(1) if entry.action == action]


def test_what_need_not_be_typed_leaves_the_list_which_was_one_look(seat, host, receive, counter):
    receive()
    receive()
    dialog = TypingListDialog(seat.context, host)
    dialog.open()
    wait_for(lambda: dialog.model.rowCount() == 2)
    dialog._drop()
    wait_for(lambda: dialog.model.rowCount() == 1)
    receive()
    dialog.refresh()
    wait_for(lambda: dialog.model.rowCount() == 2)
    assert looks(counter, "typing.shown") == [{"dossiers": 2}, {"dossiers": 1}], "who came since is another look"


def test_a_call_list_that_is_read_anew_is_no_other_look(seat, host, ready, receive, counter, actor):
    counter.life.results.ready(ResultReady(receive()), actor)
    dialog = CallListDialog(seat.context, host)
    dialog.open()
    wait_for(lambda: dialog.model.rowCount() == 2)
    dialog.take_scan(ready)
    wait_for(lambda: dialog.model.rowCount() == 1)
    assert looks(counter, "messages.shown") == [{"messages": 2}]


# --- the end of the day -------------------------------------------------------------------------------------------------


def test_the_day_ends_with_its_figures_and_a_page(seat, host, receive, counter):
    receive()
    dialog = DayPageDialog(seat.context, host)
    dialog.open()
    wait_for(lambda: dialog._grid.count() > 0)
    assert dialog._grid.itemAtPosition(0, 1).widget().text() == "1"
    QTest.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    wait_for(dialog.open_pdf.isVisible)
    assert counter.citizens.day_pages.made_today(counter.desk.device) == 1
    assert nameless(dialog) == []


def test_the_evening_asks_for_the_page_once(seat, tools, counter, desk, qapp, monkeypatch):
    room = CitizensDesk(tools, counter, seat.context.session, qapp)
    said = []
    tools.notices.posted.connect(said.append)
    room._look()
    settle()
    assert said == [], "it is morning"
    monkeypatch.setattr("ui.windows.citizens_desk.EVENING", 0)
    room._look()
    wait_for(lambda: said)
    room._look()
    settle()
    assert len(said) == 1
    room.close()
    room.deleteLater()


def test_a_day_with_a_page_is_not_asked_for(seat, tools, counter, actor, qapp, monkeypatch):
    counter.citizens.day_pages.make(actor)
    monkeypatch.setattr("ui.windows.citizens_desk.EVENING", 0)
    room = CitizensDesk(tools, counter, seat.context.session, qapp)
    room._look()
    settle(100)
    assert tools.notices.kept == ()
    room.close()
    room.deleteLater()
