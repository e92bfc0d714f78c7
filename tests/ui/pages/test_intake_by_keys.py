"""A whole intake without the mouse, in the real frame: what the keys of ux.md do, and where the focus goes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.domain.dossier import Status
from tests.ui.conftest import wait_for
from tests.ui.pages.helpers import BIRTH, CARD, MARITAL, card, choose, count, fill, idle, press, receive, type_slowly, type_stamped
from ui.scanning.wedge import WedgeFilter

CTRL, SHIFT, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def wedge(frame):
    filter_ = WedgeFilter(frame)
    filter_.scanned.connect(frame.search)
    QApplication.instance().installEventFilter(filter_)
    yield filter_
    QApplication.instance().removeEventFilter(filter_)


def burst(text):
    """Type like a reader: all at once, Enter at the end."""
    type_stamped(text, 5_000_000, 5)


def focused(frame):
    return frame.window().focusWidget()


def page_of(frame):
    return frame.stack.page


def test_a_birth_is_registered_with_two_dozen_keys(frame, seat, wedge):
    page = page_of(frame)
    assert focused(frame) is page._form.procedure.field
    type_stamped("khai sinh", 1_000_000, 120, enter=False)
    wait_for(lambda: page._form.procedure._list is not None and page._form.procedure._list.isVisible())
    type_stamped("", 2_000_000, 0)
    assert page._form.procedure.procedure.code == BIRTH
    assert focused(frame) is page._form.applicant.form.row("applicant.full_name").field
    burst(CARD)
    assert page._form.applicant.text("applicant.full_name") == "Trần Thị Ví Dụ"
    assert page._form.applicant.text("applicant.id_number") == "067190000123"
    assert focused(frame) is page._form.papers.view
    press(frame, Qt.Key.Key_F7)
    assert page._form.papers.model.required()[0] == page._form.papers.model.required()[1] > 0
    press(frame, Qt.Key.Key_F9)
    wait_for(lambda: count(seat.desk) == 1)
    wait_for(page._form.is_empty)
    assert focused(frame) is page._form.procedure.field
    told = seat.context.notices.kept[0].text
    assert "H36.50.05-261120-0001" in told
    assert "20/11/2026" in told


def test_fast_fingers_lose_nothing_while_the_procedure_is_on_its_way(frame, seat, wedge):
    page = page_of(frame)
    type_stamped("khai sinh", 1_000_000, 120, enter=False)
    type_stamped("", 2_000_000, 0)
    burst(CARD)
    press(frame, Qt.Key.Key_F7)
    wait_for(lambda: page._form.procedure.procedure is not None)
    assert page._form.procedure.procedure.code == BIRTH
    wait_for(lambda: page._form.papers.model.required()[0] == page._form.papers.model.required()[1] > 0)
    assert page._form.applicant.text("applicant.full_name") == "Trần Thị Ví Dụ"


def test_an_act_that_waits_for_a_procedure_is_forgotten_when_none_comes(frame, seat):
    box = page_of(frame)._form.procedure
    done = []
    box.field.setFocus()
    type_slowly(box.field, "zzzz qqqq")
    press(frame, Qt.Key.Key_Return)
    if box.delays(lambda: done.append(1)):
        wait_for(lambda: not box.is_taking)
    idle(seat.context)
    assert box.procedure is None
    choose(page_of(frame), BIRTH)
    assert done == []


def test_a_card_that_is_scanned_anywhere_starts_an_intake(frame, seat):
    frame.open("home")
    idle(seat.context)
    frame.search(CARD)
    wait_for(lambda: page_of(frame).page_id == "intake" and page_of(frame)._form.applicant.text("applicant.full_name"))
    frame.open("dossiers")
    page = frame.stack._pages["intake"]
    page._form.applicant.set_text("applicant.address", "Thôn Mẫu 9")
    frame.back()
    assert page._form.applicant.text("applicant.address") == "Thôn Mẫu 9", "going back filled the card in again"


@pytest.mark.parametrize(("key", "modifiers"), [(Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Return, CTRL)])
def test_f9_and_ctrl_enter_receive(frame, seat, key, modifiers):
    fill(page_of(frame))
    press(frame, key, modifiers)
    wait_for(lambda: count(seat.desk) == 1)


def test_f9_twice_receives_once(frame, seat):
    fill(page_of(frame))
    press(frame, Qt.Key.Key_F9)
    press(frame, Qt.Key.Key_F9)
    wait_for(page_of(frame)._form.is_empty)
    idle(seat.context)
    assert count(seat.desk) == 1


def test_enter_walks_through_the_form_and_shift_enter_back(frame):
    page = page_of(frame)
    choose(page, MARITAL)
    way = []
    for _ in range(7):
        way.append(focused(frame))
        press(frame, Qt.Key.Key_Return)
    names = [widget.objectName() for widget in way if widget.objectName().startswith("applicant.")]
    assert names[:5] == ["applicant.full_name", "applicant.id_number", "applicant.birth_date", "applicant.address", "applicant.phone"]
    assert page._form.papers.view in way
    here = focused(frame)
    press(frame, Qt.Key.Key_Return, SHIFT)
    assert focused(frame) is way[-1] is not here


def test_enter_reaches_the_fee_the_receipt_and_the_return(frame):
    page = page_of(frame)
    choose(page, MARITAL)
    page._form.papers.view.setFocus()
    seen = []
    for _ in range(8):
        press(frame, Qt.Key.Key_Return)
        seen.append(focused(frame))
    fee = page._form.fee
    assert fee._amounts[0] in seen
    assert fee.receipt in seen
    assert seen.index(fee._amounts[0]) < seen.index(fee.receipt)
    assert fee.delivery.isAncestorOf(seen[-1]) or fee.wants_message in seen


def test_shift_enter_in_the_first_field_does_not_choose(frame):
    press(frame, Qt.Key.Key_Return, SHIFT)
    assert page_of(frame)._form.procedure.procedure is None


def test_enter_on_a_link_presses_it(frame):
    page = page_of(frame)
    page._form.applicant._more.setFocus()
    press(frame, Qt.Key.Key_Return)
    assert page._form.extra.isVisible()


def test_enter_before_the_list_is_there_takes_the_first_that_fits(frame, seat):
    page = page_of(frame)
    type_slowly(frame, "tinh trang hon nhan")
    press(frame, Qt.Key.Key_Return)
    wait_for(lambda: page._form.procedure.procedure is not None)
    assert page._form.procedure.procedure.code == MARITAL
    assert focused(frame) is page._form.applicant.form.row("applicant.full_name").field


def test_esc_puts_the_list_away_first_then_goes_back(frame, seat):
    frame.open("home")
    frame.open("intake")
    page = page_of(frame)
    type_slowly(frame, "khai")
    wait_for(lambda: page._form.procedure._list is not None and page._form.procedure._list.isVisible())
    press(frame, Qt.Key.Key_Escape)
    assert not page._form.procedure._list.isVisible()
    assert page_of(frame) is page
    press(frame, Qt.Key.Key_Escape)
    assert page_of(frame).page_id == "home"


def test_f3_goes_to_the_applicant_from_anywhere(frame):
    page = page_of(frame)
    page._form.fee.method.setFocus()
    press(frame, Qt.Key.Key_F3)
    assert focused(frame).objectName() == "applicant.full_name"


def test_f4_parks_and_f5_takes_up_again(frame, seat):
    page = page_of(frame)
    fill(page)
    press(frame, Qt.Key.Key_F4)
    wait_for(page._form.is_empty)
    assert "Trần Thị Ví Dụ" in seat.context.notices.kept[0].text
    press(frame, Qt.Key.Key_F5)
    wait_for(lambda: QApplication.activePopupWidget() is not None)
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Return)
    wait_for(lambda: page._form.procedure.procedure is not None)
    assert page._form.applicant.text("applicant.full_name") == "Trần Thị Ví Dụ"
    assert page._form.papers.model.required()[0] == 2


def test_ctrl_z_brings_the_cleared_form_back_also_from_an_empty_field(frame, seat):
    page = page_of(frame)
    fill(page)
    press(frame, Qt.Key.Key_Delete, CTRL | SHIFT)
    assert page._form.is_empty()
    assert focused(frame) is page._form.procedure.field
    press(frame, Qt.Key.Key_Z, CTRL)
    wait_for(lambda: page._form.procedure.procedure is not None)
    assert page._form.applicant.text("applicant.full_name") == "Trần Thị Ví Dụ"


def test_ctrl_z_in_a_field_undoes_the_typing_there(frame):
    page = page_of(frame)
    field = page._form.applicant.form.row("applicant.phone").field
    field.setFocus()
    QTest.keyClicks(field, "0900")
    press(frame, Qt.Key.Key_Z, CTRL)
    assert field.text() == ""
    assert seat_is_quiet(frame)


def seat_is_quiet(frame):
    return not frame.context.notices.kept


def test_ctrl_m_shows_what_is_seldom_needed_and_hides_it_again(frame):
    page = page_of(frame)
    press(frame, Qt.Key.Key_M, CTRL)
    assert page._form.extra.isVisible()
    assert focused(frame) is page._form.applicant.kind
    press(frame, Qt.Key.Key_M, CTRL)
    assert not page._form.extra.isVisible()


def test_space_and_figures_fill_the_list_of_papers(frame):
    page = page_of(frame)
    choose(page, MARITAL)
    view, model = page._form.papers.view, page._form.papers.model
    view.setFocus()
    view.setCurrentIndex(model.index(0, 0))
    press(frame, Qt.Key.Key_Space)
    assert model.papers[0].ticked
    assert model.papers[0].original == 1
    press(frame, Qt.Key.Key_Right)
    press(frame, Qt.Key.Key_Right)
    press(frame, Qt.Key.Key_3)
    assert model.papers[0].copy == 3


def test_a_scan_while_f9_works_fills_the_next_form(frame, seat):
    page = page_of(frame)
    fill(page)
    page.do_receive()
    page.take_scan(card("067085000456||Nguyễn Văn Mẫu|02011985|Nam|Thôn Mẫu 1|05082025"))
    wait_for(lambda: page._form.applicant.text("applicant.full_name") == "Nguyễn Văn Mẫu")
    idle(seat.context)
    assert count(seat.desk) == 1
    assert page._form.procedure.procedure is None
    found = seat.desk.counter.dossiers.search("067190000123", seat.desk.actor)
    assert [row.applicant for row in found.rows] == ["Trần Thị Ví Dụ"]


def test_a_received_dossier_is_in_the_list_at_once(frame, seat):
    page = page_of(frame)
    fill(page)
    receive(page)
    frame.open("dossiers")
    idle(seat.context)
    rows = page_of(frame)._model.rows
    assert [row.status for row in rows] == [Status.RECEIVED]


def test_an_inspector_can_not_receive_and_is_told_why(seat, tools, qapp):
    from counter_app.domain.people import Actor, Role
    from ui.pages.intake import IntakePage

    session = replace(seat.context.session, actor=Actor(seat.desk.actor.user_id, Role.INSPECTOR))
    page = IntakePage(replace(seat.context, session=session))
    assert not page.trigger("receive")
    assert "takes no dossiers in" in seat.context.notices.kept[0].text
