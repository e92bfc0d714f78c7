"""The whole life of a dossier with real keys in the real frame: received, handed over, its result recorded, returned, all without the mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.domain.dossier import Status
from counter_app.domain.life import Direction
from tests.ui.conftest import wait_for
from tests.ui.pages.helpers import CARD, MARITAL, choose, idle, press, type_stamped
from ui.dialogs.acts.dialog import ActDialog
from ui.scanning.wedge import WedgeFilter

ALT, CTRL_ALT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
READS = 5_000_000


@pytest.fixture
def reader(frame):
    """Return what reads a code: keys in a burst, as a keyboard wedge sends them."""
    wedge = WedgeFilter(frame)
    wedge.scanned.connect(frame.search)
    QApplication.instance().installEventFilter(wedge)
    moments = iter(range(READS, READS * 100, READS))

    def read(text):
        type_stamped(text, next(moments), 5)
        idle(frame.context)

    yield read
    QApplication.instance().removeEventFilter(wedge)


def key(frame, which, modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a key in the frame; without a window manager nobody gives it back its turn after a dialog."""
    frame.activateWindow()
    QApplication.processEvents()
    press(frame, which, modifiers)


def status(seat, code):
    return seat.desk.counter.dossiers.show(code, seat.desk.actor).dossier.status


def take_in(frame, seat, reader):
    """Receive a dossier with the card and F9, and return its code."""
    page = frame.stack.page
    choose(page, MARITAL)
    reader(CARD)
    key(frame, Qt.Key.Key_F7)
    for amount in page._form.fee._amounts:
        amount.setText("15.000 đ")
    key(frame, Qt.Key.Key_F9)
    wait_for(lambda: bool(seat.context.notices.kept) and "Received" in seat.context.notices.kept[0].text)
    idle(frame.context)
    return seat.desk.counter.home.figures().recent[0].code


def test_from_the_receipt_to_the_citizen_s_hand(frame, seat, reader):
    code = take_in(frame, seat, reader)
    key(frame, Qt.Key.Key_G, CTRL_ALT)
    wait_for(lambda: frame.stack.page.page_id == "hand_over")
    idle(frame.context)
    reader(code)
    batch = frame.stack.page
    assert [each.code for each in batch._model.rows] == [code]
    batch.person.setFocus()
    QTest.keyClicks(batch.person.lineEdit(), "Vu Van Thuc Hanh", delay=60)
    key(frame, Qt.Key.Key_F9)
    wait_for(lambda: status(seat, code) is Status.PROCESSING)
    idle(frame.context)

    key(frame, Qt.Key.Key_4, ALT)
    reader(code)
    wait_for(lambda: frame.stack.page.page_id == "dossier")
    idle(frame.context)
    assert frame.key_line.shown()[0] == "result_ready"
    key(frame, Qt.Key.Key_F9)
    wait_for(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ActDialog)
    dialog.field("results.0.number").setFocus()
    QTest.keyClicks(dialog.field("results.0.number"), "214/XN", delay=60)
    QTest.keyClick(dialog, Qt.Key.Key_F9)
    wait_for(lambda: status(seat, code) is Status.RESULT_READY)
    idle(frame.context)

    key(frame, Qt.Key.Key_5, ALT)
    wait_for(lambda: frame.stack.page.page_id == "returning")
    idle(frame.context)
    reader(code)
    assert frame.stack.page.collect.boxes[code].isChecked()
    key(frame, Qt.Key.Key_F10)
    wait_for(lambda: status(seat, code) is Status.RETURNED)
    dossier = seat.desk.counter.dossiers.show(code, seat.desk.actor).dossier
    assert dossier.results[0].number == "214/XN"
    assert dossier.hand_overs[0].direction is Direction.TO_SPECIALIST
    assert dossier.handed_back.receiver_name == "Trần Thị Ví Dụ"


def test_f10_on_the_dossier_goes_to_its_return_and_the_list_counts_it(frame, seat, reader):
    code = take_in(frame, seat, reader)
    from counter_app.services.acts.results import ResultReady

    seat.desk.counter.life.results.ready(ResultReady(code), seat.desk.actor)
    reader(code)
    wait_for(lambda: frame.stack.page.page_id == "dossier")
    idle(frame.context)
    assert frame.side_bar.items["go_returning"]._count == "1"
    key(frame, Qt.Key.Key_F10)
    wait_for(lambda: frame.stack.page.page_id == "returning" and bool(frame.stack.page._chosen.codes))
    idle(frame.context)
    key(frame, Qt.Key.Key_F10)
    assert frame.stack.page.collect.boxes[code].hasFocus()  # the slip was not read
    key(frame, Qt.Key.Key_Escape)
    key(frame, Qt.Key.Key_Escape)
    wait_for(lambda: frame.stack.page.page_id == "dossier")


def test_f8_asks_for_papers_and_ctrl_z_says_why_it_can_not_be_taken_back_once_printed(frame, seat, reader):
    code = take_in(frame, seat, reader)
    reader(code)
    wait_for(lambda: frame.stack.page.page_id == "dossier")
    idle(frame.context)
    key(frame, Qt.Key.Key_F8)
    wait_for(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    QTest.keyClick(dialog.field("items").boxes[0], Qt.Key.Key_Space)
    dialog.field("reason").setFocus()
    QTest.keyClicks(dialog.field("reason").lineEdit(), "thieu", delay=60)
    QTest.keyClick(dialog, Qt.Key.Key_F9)
    wait_for(lambda: status(seat, code) is Status.AWAITING_SUPPLEMENT)
    idle(frame.context)
    assert frame.key_line.shown()[0] == "receive_supplement"
    before = len(seat.context.notices.kept)
    key(frame, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    idle(frame.context)
    assert QApplication.activeModalWidget() is None
    assert len(seat.context.notices.kept) == before + 1
    assert seat.context.notices.kept[0].kind == "warning"  # its form was given out
