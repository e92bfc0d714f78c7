"""The page of scanning over a real desk: real pages through clean-up, codes and PDF/A into encrypted files; the scanner alone is a double."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from counter_app.domain.digitised import FileTarget
from counter_app.domain.people import Actor, Role
from counter_app.domain.scan import ScanKind, ScanMeaning
from counter_app.domain.scan_profile import PdfProfile
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import idle, take_in
from tests.ui.pages.scanning_desk import FEEDER, do, drawn, page_with, scan, shape, stack_of, titles
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.paper_act import PaperActDialog
from ui.models.scan_stack import Mark
from ui.windows.page_stack import PageStack


@pytest.fixture
def codes(seat):
    """Two dossiers of the desk."""
    return [take_in(seat.desk, f"Trần Thị Mẫu {letter}").code for letter in "AB"]


def slip(code):
    return ScanMeaning(ScanKind.CODE, code=code)


def test_an_empty_page_says_what_comes_and_how(seat):
    page, _ = page_with(seat)
    assert page.head.device_id == FEEDER.id
    assert "F12" in page.strip._empty
    assert page.why_not("file_stack") == "Nothing is scanned yet."
    assert page.why_not("scan_stack") is None
    assert nameless(page) == []


def test_a_stack_is_scanned_divided_and_filed_and_nothing_is_left(seat, codes):
    page, _ = page_with(seat, (stack_of(*codes), None))
    scan(page)
    assert shape(page) == [2, 2]
    assert titles(page) == [(codes[0], "ready"), (codes[1], "ready")]
    first = page.strip.sets[0].pages[0]
    assert (first.mark, codes[0] in first.told) == (Mark.CODE, True)
    assert page.banner.isHidden()
    do(page, "file_stack")
    wait_for(lambda: not page.seat.filing)
    idle(page.context)
    counter, actor = seat.context.counter, seat.context.session.actor
    for code in codes:
        (paper,) = counter.paper.library.of_dossier(code, actor)
        assert (paper.pages, paper.target) == (2, FileTarget.COMPONENT)
    assert page.strip.sets == ()
    assert counter.paper.batches.open_ones() == []
    assert "2 files were put into 2 dossiers." in [each.text for each in seat.context.notices.kept]
    assert [path.name for path in seat.desk.data_dir.rglob("*.png")] == [], "nothing lies in the clear"


def test_keys_turn_delete_restore_and_undo(seat):
    page, _ = page_with(seat, ([drawn(lines=at + 2) for at in range(3)], None))
    scan(page)
    page.strip.setFocus()
    ids = [each.page_id for each in page.strip.sets[0].pages]
    page.strip.choose(ids[0])
    QTest.keyClick(page.strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.strip.selected == tuple(ids[:2])
    QTest.keyClick(page.strip, Qt.Key.Key_R)
    idle(page.context)
    assert [each.turns for each in page.strip.sets[0].pages] == [1, 1, 0]
    QTest.keyClick(page.strip, Qt.Key.Key_Delete)
    idle(page.context)
    assert [each.mark for each in page.strip.sets[0].pages] == [Mark.DELETED, Mark.DELETED, Mark.PLAIN]
    QTest.keyClick(page.strip, Qt.Key.Key_Delete)
    idle(page.context)
    assert Mark.DELETED not in {each.mark for each in page.strip.sets[0].pages}
    for _ in range(3):
        do(page, "undo_scan")
    assert [each.turns for each in page.strip.sets[0].pages] == [0, 0, 0]
    do(page, "redo_scan")
    assert [each.turns for each in page.strip.sets[0].pages] == [1, 1, 0]


def test_with_large_text_f3_scrolls_to_the_field_that_it_goes_to(seat, codes):
    seat.context.theme.resize(150)
    page, _ = page_with(seat, (stack_of(*codes), "SCAN_JAM"))
    page.set_narrow(True)
    scan(page)
    area = PageStack._in_scroll_area(page)
    area.resize(1282, 560)
    area.show()
    area.activateWindow()
    settle(0)
    do(page, "assign_set")
    settle(30)
    place = page.side.code.mapTo(area.viewport(), page.side.code.rect().topLeft())
    assert area.verticalScrollBar().maximum() > 0, "the page is higher than its place"
    assert 0 <= place.y() <= area.viewport().height() - page.side.code.height()
    area.takeWidget()


def asked_for_pages(page, count):
    """Divide by a number of pages that is typed."""
    assert page.trigger("divide_by_count")
    (dialog,) = [each for each in page.findChildren(PaperActDialog) if each.isVisible()]
    dialog.fields[0][1].setText(count)
    dialog.yes.click()
    wait_for(lambda: not [each for each in page.findChildren(PaperActDialog) if each.isVisible()])
    idle(page.context)


def test_papers_all_alike_are_divided_by_pages_and_more_of_them_change_nothing_of_that(seat, codes):
    page, _ = page_with(seat, (stack_of(*codes), None), ([drawn(lines=9)], None))
    scan(page)
    asked_for_pages(page, "3")
    assert (shape(page), [one.title for one in page.strip.sets]) == ([3, 1], ["Dossier not known yet", "Dossier not known yet"])
    scan(page)
    assert shape(page) == [3, 2], "what was divided by pages is not divided by codes again"
    do(page, "undo_scan")
    assert shape(page) == [2, 3]
    asked_for_pages(page, "")
    assert "at least 1 page" in page.banner.sentence
    assert shape(page) == [2, 3]


@pytest.mark.parametrize(("key", "kind"), [("1", PdfProfile.MIXED), ("7", PdfProfile.BITONAL), ("8", PdfProfile.JPEG), ("9", PdfProfile.MIXED_SMALL)])
def test_a_stack_becomes_the_kind_of_file_that_its_way_of_scanning_names(seat, codes, monkeypatch, key, kind):
    page, _ = page_with(seat, ([drawn(codes[0])], None))
    scan(page)
    room, made = seat.context.counter.paper.filing._room, []
    real = type(room).write_pdf
    monkeypatch.setattr(type(room), "write_pdf", lambda self, works, facts, profile, out, *, done=None: (
        made.append(profile), real(self, works, facts, profile, out, done=done))[1])
    page.head.choose_profile(key)
    do(page, "file_stack")
    wait_for(lambda: not page.seat.filing)
    idle(page.context)
    assert made == [kind]
    (paper,) = seat.context.counter.paper.library.of_dossier(codes[0], seat.context.session.actor)
    assert paper.pages == 1


def test_keys_split_join_and_move(seat):
    page, _ = page_with(seat, ([drawn(lines=at + 2) for at in range(4)], None))
    scan(page)
    ids = [each.page_id for each in page.strip.sets[0].pages]
    page.strip.setFocus()
    page.strip.choose(ids[2])
    QTest.keyClick(page.strip, Qt.Key.Key_S)
    idle(page.context)
    assert shape(page) == [2, 2]
    QTest.keyClick(page.strip, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    idle(page.context)
    assert [[each.page_id for each in one.pages] for one in page.strip.sets] == [[ids[0], ids[2], ids[1]], [ids[3]]]
    assert page.strip.current == ids[2], "what was chosen stays chosen"
    page.strip.choose(ids[3])
    QTest.keyClick(page.strip, Qt.Key.Key_M)
    idle(page.context)
    assert shape(page) == [4]
    page.strip.choose(ids[0])
    QTest.keyClick(page.strip, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    idle(page.context)
    assert [each.page_id for each in page.strip.sets[0].pages] == [ids[2], ids[0], ids[1], ids[3]]


def test_a_stack_without_a_code_waits_and_the_slip_or_the_field_names_its_dossier(seat, codes):
    page, _ = page_with(seat, ([drawn(), drawn(lines=3)], None))
    scan(page)
    assert [each.word for each in page.strip.sets] == ["waits"]
    assert page.strip.sets[0].reason
    assert page.why_not("file_stack") == "No set can be filed yet. Why stands below its name."
    assert page.take_scan(slip(codes[0]))
    idle(page.context)
    assert titles(page) == [(codes[0], "ready")]
    assert not page.take_scan(slip(codes[1])), "a set that knows its dossier leaves the slip to the window"
    do(page, "assign_set")
    page.side.code.setText("H36.50.05-261120-9999")
    QTest.keyClick(page.side.code, Qt.Key.Key_Return)
    idle(page.context)
    assert page.side.form.row("code").problem
    page.side.code.setText(codes[1])
    QTest.keyClick(page.side.code, Qt.Key.Key_Return)
    idle(page.context)
    assert titles(page) == [(codes[1], "ready")]


def test_from_a_dossier_what_bears_no_code_is_its_own(seat, codes):
    page, _ = page_with(seat, ([drawn(), drawn(codes[1])], None))
    page.activate(code=codes[0])
    idle(page.context)
    scan(page)
    assert titles(page) == [(codes[0], "ready"), (codes[1], "ready")]


def test_a_paper_of_the_dossier_can_be_chosen_and_is_filed_under_its_name(seat, codes):
    page, _ = page_with(seat, ([drawn(codes[0])], None))
    scan(page)
    assert page.side.paper.count() > 2
    page.side.paper.setCurrentIndex(1)
    page.side.paper.activated.emit(1)
    idle(page.context)
    chosen = page.side.paper.currentText()
    assert chosen in page.strip.sets[0].detail
    do(page, "file_stack")
    wait_for(lambda: not page.seat.filing)
    (paper,) = seat.context.counter.paper.library.of_dossier(codes[0], seat.context.session.actor)
    assert paper.paper == chosen


def test_a_page_that_seems_blank_is_hidden_not_deleted_and_can_be_filed(seat):
    page, _ = page_with(seat, ([drawn(), drawn(blank=True)], None))
    scan(page)
    assert [each.mark for each in page.strip.sets[0].pages] == [Mark.PLAIN, Mark.HIDDEN]
    page.strip.choose(page.strip.sets[0].pages[1].page_id)
    do(page, "show_blank")
    assert [each.mark for each in page.strip.sets[0].pages] == [Mark.PLAIN, Mark.PLAIN]
    do(page, "undo_scan")
    page.keyPressEvent(_digit("3"))
    assert page.head.chosen_profile.name == "glass"
    assert page.strip.sets[0].pages[1].mark is Mark.PLAIN, "this way of scanning hides no blanks"


def test_clean_up_is_switched_off_for_a_page(seat):
    page, _ = page_with(seat, ([drawn()], None))
    scan(page)
    assert page.side.clean.isChecked()
    before = page.side.picture.image.size()
    assert not before.isEmpty()
    page.side.clean.click()
    idle(page.context)
    assert not page.side.clean.isChecked()
    assert not page._look.sheet(page.strip.current).clean
    assert not page.side.picture.image.isNull()


def test_throwing_the_stack_away_asks_first(seat):
    page, _ = page_with(seat, ([drawn()], None))
    scan(page)
    page.do_drop_stack()
    dialog = page.findChild(ConfirmDialog)
    dialog.agreed.emit()
    dialog.close()
    idle(page.context)
    assert page.strip.sets == ()
    assert seat.context.counter.paper.batches.open_ones() == []


def test_who_may_not_receive_scans_nothing(seat):
    page, feeder = page_with(seat, ([drawn()], None))
    reader = Actor(seat.desk.actor.user_id, Role.INSPECTOR)
    page.context = replace(page.context, session=replace(page.context.session, actor=reader))
    assert page.why_not("scan_stack") == "Your role scans nothing."
    page.do_scan_stack()
    assert feeder.seen == []


def test_f12_opens_the_page_from_anywhere_and_from_a_dossier_for_its_papers(seat, frame, codes):
    for start, arguments, expected in (("home", {}, ""), ("dossier", {"code": codes[0]}, codes[0])):
        frame.open(start, **arguments)
        idle(seat.context)
        frame.trigger("scan_stack")
        page = frame.stack.page
        assert (page.page_id, page._desk.dossier) == ("scanning", expected)
        assert page.seat.listener is None, "opening the page scans nothing"
        idle(seat.context)


def test_a_letter_in_a_field_is_no_act(seat, codes):
    page, _ = page_with(seat, ([drawn(codes[0]), drawn()], None))
    scan(page)
    do(page, "assign_set")
    QTest.keyClicks(page.side.code, "rs1")
    idle(page.context)
    assert shape(page) == [2]
    assert page.strip.sets[0].pages[0].turns == 0


def _digit(text):
    return QKeyEvent(QEvent.Type.KeyPress, ord(text), Qt.KeyboardModifier.NoModifier, text)
