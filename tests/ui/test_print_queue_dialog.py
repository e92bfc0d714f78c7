"""The dialog of the print queue, and what the room says about papers that did not come out."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.errors import failed
from counter_app.services.changes import Changes
from tests.builders import command
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.test_frame import ENTRIES
from tests.ui.test_papers import viewer  # noqa: F401  a fixture
from tests.ui.test_print_worker import FakePrinter
from ui.dialogs.print_queue import STATE, PrintQueueDialog
from ui.paper_folder import FOLDER
from ui.print_worker import PrintWorker
from ui.widgets.rows import LOOK_ROLE
from ui.widgets.toast import Toast
from ui.windows import print_desk as print_desk_module
from ui.windows.frame import Frame
from ui.windows.page_stack import PageEntry
from ui.windows.print_desk import PrintDesk


@pytest.fixture
def printer():
    return FakePrinter()


@pytest.fixture
def counter(seat):
    counter = seat.desk.counter
    counter.settings.save(replace(counter.settings.profile(), printer="laser"), seat.desk.actor)
    return counter


@pytest.fixture
def receive(seat, counter):
    def take():
        seat.desk.clock.forward(seconds=1)
        procedure = counter.catalogue.in_force(seat.desk.clock.now().date())[0]
        return counter.intake.receive(command(procedure_code=procedure.code, documents=None, fees=None, print=True), seat.desk.actor)

    return take


@pytest.fixture
def worker(counter, tasks, printer):
    return PrintWorker(counter.print_queue, tasks, printer)


@pytest.fixture
def opened(seat, worker, host):
    def show():
        dialog = PrintQueueDialog(seat.context, worker, host)
        dialog.open()
        return dialog

    return show


def fail(counter, times, sentence="Máy in hết giấy."):
    for _ in range(times):
        job, _ = counter.print_queue.next()
        counter.print_queue.failed(job.job_id, sentence)


def words(dialog):
    model = dialog.model
    return [[model.index(line, column).data() for column in range(model.columnCount())] for line in range(model.rowCount())]


def states(dialog):
    return [dialog.model.index(line, STATE).data(LOOK_ROLE).badge.word for line in range(dialog.model.rowCount())]


def test_an_empty_queue_says_so_and_offers_nothing(opened):
    dialog = opened()
    settle()
    assert dialog.model.rowCount() == 0
    assert not any(button.isEnabled() for button in (dialog.retry, dialog.open_pdf, dialog.give_up))
    assert nameless(dialog) == []


def test_it_lists_time_code_state_tries_and_printer(opened, receive, counter):
    first, second, third = receive(), receive(), receive()
    fail(counter, 3)
    fail(counter, 1)
    dialog = opened()
    wait_for(lambda: dialog.model.rowCount() == 3)
    assert words(dialog) == [
        ["09:42", first.code, "not printed", "3", "laser"], ["09:42", second.code, "is tried again", "1", "laser"],
        ["09:42", third.code, "waiting", "0", "laser"]]
    assert states(dialog) == ["not printed", "is tried again", "waiting"]
    assert dialog._message.text() == "Máy in hết giấy."
    dialog.table.selectRow(2)
    assert not dialog._message.isVisible()


def test_a_paper_that_is_being_printed_can_not_be_printed_twice(opened, receive, counter):
    receive()
    counter.print_queue.next()
    dialog = opened()
    wait_for(lambda: states(dialog) == ["printing"])
    assert not dialog.retry.isEnabled()
    assert dialog.open_pdf.isEnabled()


def test_a_retry_goes_to_the_printer_that_is_chosen_now_and_the_worker_hears_of_it(seat, opened, receive, counter, worker, printer):
    receive()
    fail(counter, 3)
    counter.settings.save(replace(counter.settings.profile(), printer="new one"), seat.desk.actor)
    dialog = opened()
    wait_for(lambda: states(dialog) == ["not printed"])
    QTest.mouseClick(dialog.retry, Qt.MouseButton.LeftButton)
    wait_for(lambda: [name for _, name, *_ in printer.printed] == ["new one"])
    wait_for(lambda: dialog.model.rowCount() == 0)


def test_a_paper_can_be_given_up(opened, receive, counter, printer):
    receive()
    receive()
    fail(counter, 3)
    dialog = opened()
    wait_for(lambda: dialog.model.rowCount() == 2)
    QTest.mouseClick(dialog.give_up, Qt.MouseButton.LeftButton)
    wait_for(lambda: dialog.model.rowCount() == 0)
    assert len(printer.printed) == 1


def test_an_act_on_a_paper_that_is_done_meanwhile_is_a_sentence(opened, receive, counter, tasks):
    receive()
    fail(counter, 3)
    dialog = opened()
    wait_for(lambda: dialog.model.rowCount() == 1)
    counter.print_queue.cancel(dialog.chosen.job.job_id)
    QTest.mouseClick(dialog.retry, Qt.MouseButton.LeftButton)
    wait_for(dialog._banner.isVisible)
    wait_for(lambda: dialog.model.rowCount() == 0)


def test_the_chosen_paper_stays_chosen_when_the_list_changes(opened, receive, counter, worker):
    receive()
    second = receive()
    dialog = opened()
    wait_for(lambda: dialog.model.rowCount() == 2)
    dialog.table.selectRow(1)
    counter.print_queue.cancel(dialog.model.lines[0].job.job_id)
    worker.refresh()
    wait_for(lambda: dialog.model.rowCount() == 1)
    assert dialog.chosen.code == second.code


def test_the_pdf_opens_by_button_and_by_double_click(opened, receive, counter, viewer):  # noqa: F811
    code = receive().code
    dialog = opened()
    wait_for(lambda: dialog.model.rowCount() == 1)
    QTest.mouseClick(dialog.open_pdf, Qt.MouseButton.LeftButton)
    wait_for(lambda: len(viewer.shown) == 1)
    dialog.table.opened.emit(0)
    wait_for(lambda: len(viewer.shown) == 2)
    assert viewer.shown[0] == viewer.shown[1]
    assert code in viewer.shown[0]


def test_another_printer_is_chosen_in_the_settings(opened, qtbot):
    dialog = opened()
    with qtbot.waitSignal(dialog.settings_wanted):
        dialog._choose_printer()


# --- the room ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def frame(seat, tools, counter, qapp):
    made = Frame(tools, counter, seat.context.session, [PageEntry(entry.page_id, entry.action_id, entry.make) for entry in ENTRIES])
    made.resize(1366, 768)
    made.show()
    made.open("home")
    return made


@pytest.fixture
def room(frame, tools, counter, printer, monkeypatch, qapp):
    """What a clerk's room has of it, over a printer of ours."""
    monkeypatch.setattr(print_desk_module, "print_pdf", printer)
    made = PrintDesk(tools, counter, qapp)
    made.attach(frame)
    wait_for(lambda: tools.tasks._open == 0)  # its first look finds an empty queue
    yield made
    made.close()
    made.deleteLater()


def test_a_printed_paper_is_no_matter(room, frame, receive, tasks, printer):
    receive()
    tasks.changed.emit(Changes.of("prints"))
    wait_for(lambda: len(printer.printed) == 1)
    settle()
    assert not frame.above.isVisible()
    assert frame.findChildren(Toast) == []


def test_a_first_failure_is_a_warning_above_the_page_until_it_is_solved(room, frame, receive, tasks, printer):
    printer.fault = failed("PRINTER_REFUSED", printer="laser")
    code = receive().code
    tasks.changed.emit(Changes.of("prints"))
    wait_for(frame.above.isVisible)
    assert code in frame.banner.sentence
    assert "tried again" in frame.banner.sentence
    assert frame.findChildren(Toast) == []
    printer.fault = None
    room.worker.look()
    wait_for(lambda: not frame.above.isVisible())


def test_the_third_failure_is_an_alarm_with_the_way_out(room, frame, receive, tasks, printer, viewer):  # noqa: F811
    printer.fault = failed("PRINTER_UNKNOWN", printer="laser")
    code = receive().code
    tasks.changed.emit(Changes.of("prints"))
    for tries in (1, 2):
        wait_for(lambda tries=tries: room.worker.lines and room.worker.lines[0].job.tries == tries)
        room.worker.look()
    wait_for(lambda: frame.findChildren(Toast))
    (toast,) = frame.findChildren(Toast)
    assert (toast.notice.kind, toast.notice.undo_text) == ("danger", "Open the PDF")
    assert code in toast.notice.text
    assert "laser" in toast.notice.text
    assert frame.banner.sentence.startswith("Not printed:")
    toast.notice.undo()
    wait_for(lambda: viewer.shown)
    assert f"/{FOLDER}/{code}" in viewer.shown[0]


def test_the_banner_opens_the_queue_and_a_new_frame_shows_it_too(room, frame, receive, counter, seat, tools, qtbot):
    receive()
    fail(counter, 3)
    room.worker.refresh()
    wait_for(frame.above.isVisible)
    with qtbot.waitSignal(frame.asked) as asked:
        frame.banner.acted.emit()
    assert asked.args == ["print_queue"]
    room.show_queue()
    assert frame.findChildren(PrintQueueDialog)
    other = Frame(tools, counter, seat.context.session, ENTRIES)
    room.attach(other)
    assert other.banner.sentence == frame.banner.sentence


def test_many_papers_are_counted_short(room, frame, receive, counter):
    for _ in range(5):
        receive()
        fail(counter, 3)
    room.worker.refresh()
    wait_for(frame.above.isVisible)
    assert frame.banner.sentence.count("H36.50.05-") == 3
    assert "…" in frame.banner.sentence


def test_papers_of_the_viewer_are_gone_when_the_room_closes(room, frame, receive, viewer):  # noqa: F811
    from pathlib import Path

    done = receive()
    room._papers.open(done.print_id)
    wait_for(lambda: viewer.shown)
    assert Path(viewer.shown[0]).exists()
    room.close()
    assert not Path(viewer.shown[0]).exists()
