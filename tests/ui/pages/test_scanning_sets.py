"""What a person says of a set in the window: its papers by figures and as the last time, a result's number; filing watched and stopped."""

import threading
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from counter_app.domain.digitised import FileTarget
from counter_app.domain.dossier import DocumentLine
from counter_app.domain.life import ResultPaper
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.acts.results import ResultReady
from tests.ui.conftest import settle, wait_for
from tests.ui.dialogs.filed import filed, files_of, received
from tests.ui.pages.helpers import idle, words
from tests.ui.pages.scanning_desk import do, drawn, page_with, scan, shape, stack_of
from ui.dialogs.scanning.describe_set import DescribeSetDialog
from ui.dialogs.scanning.set_papers import SetPapersDialog


def scanned(seat, *sheets):
    page, _ = page_with(seat, (list(sheets), None))
    scan(page)
    return page


def asked(page, action_id, kind):
    """Trigger an act and return the dialog that it opens."""
    assert page.trigger(action_id)
    return dialog_of(page, kind)


def dialog_of(page, kind):
    wait_for(lambda: any(each.isVisible() for each in page.findChildren(kind)))
    dialog = next(each for each in page.findChildren(kind) if each.isVisible())
    dialog.activateWindow()
    idle(page.context)
    return dialog


def agree(page, dialog):
    QTest.keyClick(dialog, Qt.Key.Key_F9)
    wait_for(lambda: not isValid(dialog) or not dialog.isVisible())
    idle(page.context)


def papers(dialog):
    return [line.paper.name for line in dialog.model.rows]


def parts(page):
    return [(group.part, len(group.sheets)) for group in page._look.batch.layout]


def file(page):
    do(page, "file_stack")
    wait_for(lambda: not page.seat.filing)
    idle(page.context)


def test_a_set_is_divided_by_figures_and_the_next_one_as_the_last_time(seat):
    first, second = received(seat), received(seat)
    page = scanned(seat, drawn(first), drawn(lines=4), drawn(lines=5))
    dialog = asked(page, "papers_of_set", SetPapersDialog)
    assert papers(dialog) == ["All papers in one file"] * 3
    assert not dialog.before.isEnabled(), "nothing is remembered yet"
    for figure in (Qt.Key.Key_1, Qt.Key.Key_2):
        QTest.keyClick(dialog, figure)
    assert papers(dialog) == ["Tờ khai", "Trích lục", "Trích lục"]
    agree(page, dialog)
    assert parts(page) == [("TP01", 1), ("TP02", 2)]
    do(page, "undo_scan")
    assert shape(page) == [3], "one step of undo"
    do(page, "redo_scan")
    file(page)
    assert [(each.part, each.pages) for each in files_of(seat, first)] == [("TP01", 1), ("TP02", 2)]

    page = scanned(seat, drawn(second), drawn(lines=6), drawn(lines=7))
    assert parts(page) == [("TP01", 1), ("TP02", 2)], "divided as the last one"
    do(page, "undo_scan")
    page._assign(second, FileTarget.COMPONENT, None)
    idle(page.context)
    dialog = asked(page, "papers_of_set", SetPapersDialog)
    assert "As last time: Tờ khai (1), Trích lục (2)." in words(dialog.banner)
    QTest.keyClick(dialog, Qt.Key.Key_0)
    assert papers(dialog)[0] == "All papers in one file", "and it can be changed"
    QTest.keyClick(dialog, Qt.Key.Key_L)
    assert papers(dialog) == ["Tờ khai", "Trích lục", "Trích lục"]
    agree(page, dialog)
    assert parts(page) == [("TP01", 1), ("TP02", 2)]


def test_the_links_do_what_the_figures_do_and_torn_papers_are_told(seat):
    code = received(seat)
    page = scanned(seat, drawn(code), drawn(lines=4), drawn(lines=5))
    dialog = asked(page, "papers_of_set", SetPapersDialog)
    for at, link in ((0, 1), (1, 2), (2, 1)):
        dialog.table.selectRow(at)
        dialog.links[link].click()
    assert papers(dialog) == ["Tờ khai", "Trích lục", "Tờ khai"]
    QTest.keyClick(dialog, Qt.Key.Key_F9)
    wait_for(lambda: "do not lie together" in words(dialog.banner))
    assert dialog.isVisible()
    dialog.reject()
    assert shape(page) == [3]


def test_only_a_set_that_knows_its_dossier_is_asked_about(seat):
    page = scanned(seat, drawn(lines=4))
    for action_id in ("papers_of_set", "describe_set"):
        assert page.why_not(action_id) == "This set does not know its dossier yet, or is filed. F3 names it."


def test_a_result_asks_for_its_number_when_a_set_is_named_one(seat):
    code, counter, actor = received(seat), seat.desk.counter, seat.desk.actor
    counter.life.hand_overs.hand_over(HandOverDossiers((code,), "Công chức chuyên môn", "Vũ Văn Thực Hành", queue=False), actor)
    result = ResultPaper("", "Giấy xác nhận", "KQ.G15.000023")
    (known,) = counter.life.results.ready(ResultReady(code, (result,)), actor).dossier.results
    page = scanned(seat, drawn(code))
    page._assign(code, FileTarget.RESULT, known.result_id)
    dialog = dialog_of(page, DescribeSetDialog)
    fields = {field.name: widget for field, widget in dialog.fields}
    assert fields["result_code"].currentText() == "KQ.G15.000023", "what is on record stands there"
    fields["number"].setText("214/XN")
    fields["issued_on"].setText("19/11/2026")
    fields["valid_from"].setText("20/11/2026")
    fields["valid_to"].setText("19/11/2026")
    QTest.keyClick(dialog, Qt.Key.Key_F9)
    wait_for(lambda: dialog.form.row("valid_to").problem)
    fields["valid_to"].setText("")
    agree(page, dialog)
    file(page)
    (filed,) = files_of(seat, code)
    assert (filed.filename, filed.issued_on, filed.result_code) == (f"{code}-214-XN.pdf", date(2026, 11, 19), "KQ.G15.000023")
    assert counter.dossiers.show(code, actor).dossier.results[0].number == "214/XN"


def test_what_stands_on_a_paper_is_kept_with_its_set(seat):
    code = received(seat)
    page = scanned(seat, drawn(code))
    page._assign(code, FileTarget.COMPONENT, "TP02")
    idle(page.context)
    dialog = asked(page, "describe_set", DescribeSetDialog)
    fields = {field.name: widget for field, widget in dialog.fields}
    fields["number"].setText("12/TL")
    agree(page, dialog)
    again = asked(page, "describe_set", DescribeSetDialog)
    assert {field.name: widget for field, widget in again.fields}["number"].text() == "12/TL"
    again.reject()
    do(page, "undo_scan")
    file(page)
    assert files_of(seat, code)[0].number == "", "the description was taken back"


def test_a_paper_that_has_its_file_is_scanned_again_for_a_reason(seat):
    code = received(seat)
    first = filed(seat, code, "TP02")
    page = scanned(seat, drawn(code))
    page._assign(code, FileTarget.COMPONENT, "TP02")
    idle(page.context)
    assert page.strip.sets[0].word == "waits"
    dialog = asked(page, "describe_set", DescribeSetDialog)
    {field.name: widget for field, widget in dialog.fields}["replaces"].setCurrentText("Bản quét mờ hoặc thiếu trang")
    agree(page, dialog)
    assert page.strip.sets[0].word == "ready"
    file(page)
    (now,) = files_of(seat, code)
    assert now.sha256 != first.sha256


def test_a_set_that_waits_is_named_by_the_only_paper_and_takes_a_reason(seat):
    code = received(seat, (DocumentLine("Tờ khai", 1),))
    first = filed(seat, code, "TP01")
    page = scanned(seat, drawn(code), drawn(lines=9))
    assert page.strip.sets[0].word == "waits"
    assert page.side.paper.currentText() == "Tờ khai", "nobody said which paper it is: there is one"
    dialog = asked(page, "describe_set", DescribeSetDialog)
    {field.name: widget for field, widget in dialog.fields}["replaces"].setCurrentText("Bản quét mờ hoặc thiếu trang")
    agree(page, dialog)
    file(page)
    (now,) = files_of(seat, code)
    assert (now.part, now.sha256 != first.sha256) == ("TP01", True)


@pytest.mark.parametrize("others", [0, 1], ids=["no other stack", "another stack waits"])
def test_keys_are_for_the_pages_when_the_field_that_had_them_is_gone(seat, others):
    code = received(seat)
    page, _ = page_with(seat, *[([drawn(lines=3)], None)] * others, ([drawn(code), drawn()], None))
    for _ in range(others):
        scan(page)
        do(page, "new_stack")
    scan(page)
    page.side.paper.setFocus()
    assert page.side.paper.hasFocus()
    file(page)
    assert page.strip.hasFocus()


@pytest.fixture
def held(seat, monkeypatch):
    """Files are made only when the gate opens; each one opens it once."""
    room, gate, begun = seat.desk.counter.paper.room, threading.Semaphore(0), []
    write_pdf = type(room).write_pdf

    def slowly(self, *given, **named):
        begun.append(given)
        gate.acquire()
        return write_pdf(self, *given, **named)

    monkeypatch.setattr(type(room), "write_pdf", slowly)
    return gate, begun


def test_filing_tells_which_set_it_is_at_and_stops_after_one(seat, held):
    gate, begun = held
    codes = [received(seat), received(seat), received(seat)]
    page = scanned(seat, *stack_of(*codes))
    assert page.trigger("file_stack")
    wait_for(lambda: begun)
    settle(0)
    assert page.head.words == "Filing set 1 of 3"
    assert page.why_not("delete_pages") == "The stack is being filed."
    assert page.trigger("leave_scanning"), "Esc stops, and the page stays"
    gate.release()
    wait_for(lambda: not page.seat.filing)
    idle(page.context)
    assert [len(files_of(seat, code)) for code in codes] == [1, 0, 0]
    assert "Filing was stopped" in words(page.banner)
    gate.release(2)
    file(page)
    assert [len(files_of(seat, code)) for code in codes] == [1, 1, 1], "nothing twice, nothing lost"
    assert page.strip.sets == ()


def test_a_full_disk_is_told_and_the_rest_waits(seat, monkeypatch):
    from counter_app.domain.errors import failed

    codes = [received(seat), received(seat)]
    page = scanned(seat, *stack_of(*codes))
    room = seat.desk.counter.paper.room
    with monkeypatch.context() as patched:
        patched.setattr(type(room), "write_pdf", lambda *_, **__: (_ for _ in ()).throw(failed("DISK_FULL", path="x")))
        file(page)
    assert "4 pages wait" in words(page.banner)
    assert shape(page) == [2, 2]
    file(page)
    assert page.strip.sets == ()
