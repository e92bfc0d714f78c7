"""Handing results over: who collects, what comes back, what is paid, who signs; F10 goes where something is missing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.dossier import DeliveryMethod, DocumentLine, FeeLine, FeeMethod, Status, Submitter
from counter_app.domain.life import ReceiverKind, ResultPaper, Signed
from counter_app.domain.people import Actor, Role
from counter_app.domain.scan import ScanKind, ScanMeaning
from counter_app.services.acts.results import ResultReady
from counter_app.services.changes import Changes
from counter_app.services.intake.terms import ReceiveDossier
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import MARITAL, applicant, card, idle, shown_page, words
from ui.pages.returning import ReturningPage
from ui.pages.returning.waiting import LONG_DAYS


@pytest.fixture
def page(seat):
    page = shown_page(ReturningPage(seat.context))
    page.activate()
    idle(seat.context)
    return page


def waiting(seat, *, fee=FeeMethod.CASH, **changes):
    """Receive a dossier and make its result ready."""
    seat.desk.clock.moment += timedelta(minutes=1)
    line = FeeLine("", "Lệ phí", 15000, fee, receipt_series="AA/26E" if fee is FeeMethod.CASH else "", receipt_number="0000412"
                   if fee is FeeMethod.CASH else "")
    command = replace(ReceiveDossier(MARITAL, applicant(), documents=(DocumentLine("Bản án", 1),), fees=(line,)), **changes)
    code = seat.desk.counter.intake.receive(command, seat.desk.actor).code
    paper = ResultPaper("", "Giấy xác nhận", number="214/XN", signer="Hoàng Thị Giả Định")
    seat.desk.counter.life.results.ready(ResultReady(code, (paper,)), seat.desk.actor)
    return code


def scan(page, code):
    assert page.take_scan(ScanMeaning(ScanKind.CODE, code=code))
    idle(page.context)
    settle(0)


def dossier_of(seat, code):
    return seat.desk.counter.dossiers.show(code, seat.desk.actor).dossier


def press_f10(page):
    page.trigger("hand_back")
    idle(page.context)
    settle(0)


def test_nothing_can_be_handed_over_before_somebody_is_there(page):
    assert "Scan the slip" in page.why_not("hand_back")
    assert not page.trigger("hand_back")
    assert not any(step.isVisible() for step in page.steps)
    assert page._nobody.isVisible()
    assert nameless(page) == []


def test_the_scanned_slip_is_everything_that_is_needed(page, seat):
    code = waiting(seat)
    scan(page, code)
    assert "Trần Thị Ví Dụ" in page._title.text()
    shown = words(page)
    for part in ("Giấy xác nhận no. 214/XN", "Nothing is to be paid", "15.000 đ AA/26E 0000412", "Originals that were handed in: 1", "1 of 1"):
        assert part in shown
    assert page.collect.boxes[code].isChecked()
    assert all(step.mark.complete for step in page.steps)
    press_f10(page)
    back = dossier_of(seat, code).handed_back
    assert (back.receiver_kind, back.receiver_name, back.signed) == (ReceiverKind.APPLICANT, "Trần Thị Ví Dụ", Signed.BOOK)
    assert page._chosen.check is None
    assert code in seat.context.notices.kept[0].text


def test_without_the_slip_f10_goes_there_and_says_what_is_missing(page, seat):
    code = waiting(seat)
    page.activate(code=code)
    idle(seat.context)
    press_f10(page)
    assert dossier_of(seat, code).status is Status.RESULT_READY
    assert page.collect.boxes[code].hasFocus()
    assert "Take the slip back" in page.banner.sentence
    page.do_all_collected()
    press_f10(page)
    assert dossier_of(seat, code).status is Status.RETURNED


def test_a_lost_slip_needs_words_and_an_identity_paper(page, seat):
    code = waiting(seat)
    page.activate(code=code)
    idle(seat.context)
    page.collect.lost.setChecked(True)
    press_f10(page)
    assert page.collect.note.hasFocus()
    page.collect.note.setText("làm rơi trên đường")
    press_f10(page)
    assert page.collect.paper.hasFocus()
    page.collect.paper.setText("067190000123")
    press_f10(page)
    back = dossier_of(seat, code).handed_back
    assert back.slip_lost
    assert "rơi" in back.note


def test_somebody_else_needs_a_name_and_a_power_of_attorney(page, seat):
    code = waiting(seat)
    scan(page, code)
    page.receiver.other.setChecked(True)
    assert page.receiver.form.isVisible()
    assert not page.receiver.mark.complete
    press_f10(page)
    assert page.receiver.name.hasFocus()
    page.receiver.name.setText("Lê Văn Mẫu")
    press_f10(page)
    assert page.receiver.paper.hasFocus()
    page.receiver.paper.setText("Giấy ủy quyền số 12")
    press_f10(page)
    back = dossier_of(seat, code).handed_back
    assert (back.receiver_kind, back.receiver_name, back.paper_shown) == (ReceiverKind.AUTHORISED, "Lê Văn Mẫu", "Giấy ủy quyền số 12")


def test_a_power_of_attorney_on_record_is_offered(page, seat):
    code = waiting(seat, submitter=Submitter("Lê Văn Mẫu", relation="con", authorisation="UQ 12"))
    scan(page, code)
    page.receiver.other.setChecked(True)
    assert (page.receiver.name.text(), page.receiver.paper.text()) == ("Lê Văn Mẫu", "UQ 12")
    assert "Lê Văn Mẫu" in page.receiver.other.accessibleName()


def test_a_fee_is_taken_first_or_it_is_said_why_not(page, seat):
    code = waiting(seat, fee=FeeMethod.UNPAID)
    scan(page, code)
    assert page.give.pay.isVisible()
    press_f10(page)
    assert page.give.pay.hasFocus()
    assert dossier_of(seat, code).status is Status.RESULT_READY
    page.give.unpaid.setText("hẹn nộp chiều nay")
    page.give.unpaid.textEdited.emit("x")
    assert page.give.mark.complete
    press_f10(page)
    assert "chiều nay" in dossier_of(seat, code).handed_back.note


def test_the_fee_dialog_opens_from_here_and_what_was_ticked_stays(page, seat):
    code = waiting(seat, fee=FeeMethod.UNPAID)
    page.activate(code=code)
    idle(seat.context)
    page.do_all_collected()
    page.give.pay.click()
    idle(seat.context)
    from ui.dialogs.acts.dialog import ActDialog

    dialog = page.findChild(ActDialog)
    dialog.carry_out()
    idle(seat.context)
    page.refresh(Changes.of("dossiers"))
    idle(seat.context)
    settle(0)
    assert not page.give.pay.isVisible()
    assert page.collect.boxes[code].isChecked()


def test_a_card_shows_everything_of_its_owner_at_once(page, seat):
    codes = {waiting(seat), waiting(seat)}
    seat.desk.clock.moment += timedelta(minutes=2)
    assert page.take_scan(card())
    idle(seat.context)
    settle(0)
    assert set(page._chosen.codes) == codes
    assert "The card fits" in page.receiver.at_end.text()
    assert "0 of 2" in words(page.collect)
    page.do_all_collected()
    press_f10(page)
    assert all(dossier_of(seat, code).status is Status.RETURNED for code in codes)


def test_a_card_without_a_waiting_result_says_so(page, seat):
    assert page.take_scan(card())
    idle(seat.context)
    assert "No result waits" in seat.context.notices.kept[0].text


def test_a_second_slip_of_the_same_person_joins_another_person_s_begins_anew(page, seat):
    first, second = waiting(seat), waiting(seat)
    stranger = waiting(seat, applicant=applicant("Lê Văn Thử"))
    scan(page, first)
    scan(page, second)
    assert page._chosen.codes == (first, second)
    scan(page, first)
    assert page._chosen.codes == (first, second)
    scan(page, stranger)
    assert page._chosen.codes == (stranger,)


def test_what_is_not_ready_says_why(page, seat):
    seat.desk.clock.moment += timedelta(minutes=1)
    code = seat.desk.counter.intake.receive(ReceiveDossier(MARITAL, applicant()), seat.desk.actor).code
    scan(page, code)
    assert page.banner.isVisible()
    assert page.why_not("hand_back")
    assert not page.trigger("hand_back")


def test_a_late_result_needs_an_apology(page, seat):
    seat.desk.clock.moment += timedelta(minutes=1)
    code = seat.desk.counter.intake.receive(ReceiveDossier(MARITAL, applicant()), seat.desk.actor).code
    seat.desk.clock.moment += timedelta(days=20)
    seat.desk.counter.life.results.ready(ResultReady(code), seat.desk.actor)
    scan(page, code)
    assert page._badge.accessibleName() == "Late"
    press_f10(page)
    assert page.give.apologised.hasFocus()
    page.give.apologised.setChecked(True)
    press_f10(page)
    assert dossier_of(seat, code).status is Status.RETURNED


def test_the_rating_is_kept_with_the_return(page, seat):
    code = waiting(seat)
    scan(page, code)
    page.rating.choose(3)
    page.do_print_receipt()
    assert page.sign.way.value is Signed.RECEIPT
    press_f10(page)
    dossier = dossier_of(seat, code)
    assert (dossier.rating.score, dossier.handed_back.signed) == (3, Signed.RECEIPT)
    scan(page, waiting(seat))
    assert page.rating.value == 0


def test_the_list_shows_who_waits_the_longest_first(page, seat):
    old = waiting(seat)
    seat.desk.clock.moment += timedelta(days=LONG_DAYS + 1)
    new = waiting(seat, applicant=applicant("Lê Văn Thử"))
    by_post = waiting(seat, delivery=DeliveryMethod.POSTAL, delivery_address="Thôn Thử 5")
    page.refresh(Changes.of("dossiers"))
    idle(seat.context)
    shown = [(each.code, each.age, each.long) for each in page.waiting._model.items]
    assert shown == [(old, f"{LONG_DAYS + 1} days", True), (new, "today", False)]
    assert "1 wait for more than 7 days" in words(page.waiting)
    page.waiting.ways.step(1)
    assert [each.code for each in page.waiting._model.items] == [by_post]
    index = page.waiting._model.index(0, 0)
    page.waiting.view.setFocus()
    page.waiting.view.activated.emit(index)
    idle(seat.context)
    assert page._chosen.codes == (by_post,)
    assert page._post.isVisible()
    assert not page.waiting.grab().isNull()


def test_esc_lets_go_first_and_then_goes_back(page, seat):
    scan(page, waiting(seat))
    page.trigger("leave_returning")
    assert page._chosen.check is None
    page.trigger("leave_returning")
    assert seat.navigator.opened[-1] == ("back", {})


def test_the_keys_lead_through_the_steps(page, seat):
    scan(page, waiting(seat))
    assert page.trigger("receiver")
    assert page.receiver.owner.hasFocus()
    QTest.keyClick(page.receiver.owner, Qt.Key.Key_Right)
    page.do_next_pane()
    assert page.waiting.view.hasFocus()
    page.do_next_pane()
    assert page.receiver.owner.hasFocus()


def test_a_narrow_window_shows_the_list_first_then_the_steps(page, seat):
    page.set_narrow(True)
    assert page.waiting.isVisible()
    assert not page._area.isVisible()
    scan(page, waiting(seat))
    assert page._area.isVisible()
    assert not page.waiting.isVisible()
    page.do_next_pane()
    assert page.waiting.isVisible()


def test_an_inspector_hands_nothing_over(seat):
    code = waiting(seat)
    session = replace(seat.context.session, actor=Actor(seat.desk.actor.user_id, Role.INSPECTOR))
    page = shown_page(ReturningPage(replace(seat.context, session=session)))
    page.activate(code=code)
    idle(seat.context)
    assert "role" in page.why_not("hand_back")


def test_an_unknown_slip_is_told_and_nothing_begins(page, seat):
    scan(page, "H36.50.05-261120-9999")
    assert page._chosen.check is None


@pytest.mark.parametrize("mode", ["light", "dark", "high_contrast"])
def test_it_paints_in_every_theme_with_names_for_everything(page, seat, theme, mode):
    theme.choose(mode)
    scan(page, waiting(seat))
    page.receiver.other.setChecked(True)
    page.collect.lost.setChecked(True)
    settle(0)
    assert not page.grab().isNull()
    assert nameless(page) == []


def test_nothing_is_read_on_the_window_s_thread(page, seat, guard):
    code = waiting(seat)
    with guard:
        scan(page, code)
        press_f10(page)
        wait_for(lambda: page._chosen.check is None)
