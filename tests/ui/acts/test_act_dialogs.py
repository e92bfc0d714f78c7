"""Every verb as a dialog: it opens where it is legal, has names for everything, does its act, and says what is wrong at its field."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from counter_app.domain.dossier import DeliveryMethod, FeeMethod, Status
from counter_app.domain.life import Direction, FeesHandling, ReceiverKind
from counter_app.services.acts.returning import ReturnResults
from counter_app.services.acts.supplements import RequestSupplement
from counter_app.services.changes import Changes
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import COPIES, idle
from ui.dialogs.acts.dialog import ActDialog
from ui.dialogs.acts.extending import ExtendDialog
from ui.dialogs.acts.table import FORMS

STATES = {
    "receive_supplement": "awaiting", "send_by_post": "ready", "delivered": "ready", "rate": "ready", "result_ready": "working",
    "complete_step": "working", "decide_at_once": "received",
}


def text(dialog, name, value):
    """Write into a field, as if it was typed."""
    field = dialog.field(name)
    (field.setEditText if hasattr(field, "setEditText") else field.setText)(value)


@pytest.mark.parametrize("action_id", sorted(FORMS))
@pytest.mark.parametrize("percent", [100, 150])
def test_every_act_has_a_dialog_with_names_that_fits_the_window(acts, theme, action_id, percent):
    theme.resize(percent)
    acts.host.resize(1366, 768)
    code = getattr(acts, STATES.get(action_id, "received"))()
    dialog = acts.open(action_id, code)
    assert nameless(dialog) == []
    assert dialog.windowTitle()
    assert dialog.go.text()
    assert dialog.height() <= acts.host.height()
    assert dialog.width() <= acts.host.width()
    assert not dialog.grab().isNull()


@pytest.mark.parametrize("action_id", sorted(FORMS))
def test_an_act_that_is_not_legal_is_refused_in_the_dialog_and_changes_nothing(acts, action_id):
    """The page keeps it off; somebody else may have been quicker all the same."""
    code = acts.ready() if action_id != "undo_act" else acts.received()
    acts.counter.life.returning.return_(ReturnResults((code,), queue=False), acts.actor) if action_id != "undo_act" else None
    before = acts.events(code)
    dialog = acts.open(action_id, code)
    acts.do(dialog)
    if action_id in ("rate",):
        assert "satisfaction.recorded" in acts.events(code)
        return
    assert acts.events(code) == before
    assert dialog.isVisible()
    assert dialog.go.isEnabled()
    said = dialog.banner.sentence if dialog.banner.isVisible() else ""
    assert said or any(dialog.form.row(name).problem for name in dialog.form.names())


@pytest.mark.parametrize("percent", [100, 150])
def test_a_refused_act_leaves_the_fields_room_and_shows_the_sentence(acts, theme, percent):
    theme.resize(percent)
    acts.host.resize(1366, 768)
    dialog = acts.open("request_supplement", acts.received())
    settle()
    note, area = dialog.banner.height(), dialog.area.height()
    acts.do(dialog)
    acts.do(dialog)
    settle()
    assert dialog.banner.height() == note
    assert dialog.area.height() >= area
    assert dialog.height() <= acts.host.height()
    assert dialog.area.height() - dialog.form.height() < theme.px(24)
    row = dialog.form.row("items")
    assert row.problem
    sentence = row.mapTo(dialog.area.viewport(), row.rect().bottomLeft())
    assert sentence.y() <= dialog.area.viewport().height()


def test_the_sentence_of_the_last_field_of_a_full_dialog_is_scrolled_to(acts):
    acts.host.resize(1366, 700)
    dialog = acts.open("correct", acts.received())
    text(dialog, "applicant.full_name", "Nguyễn Văn Mẫu")
    acts.do(dialog)
    settle()
    row = dialog.form.row("reason")
    assert row.problem
    assert row.mapTo(dialog.area.viewport(), row.rect().bottomLeft()).y() <= dialog.area.viewport().height()


def test_papers_are_asked_for_with_what_was_ticked_and_typed(acts):
    code = acts.received()
    dialog = acts.open("request_supplement", code)
    dialog.field("items").boxes[0].setChecked(True)
    dialog.field("items").other.setText("Bản án ly hôn; ; Giấy tờ cư trú ")
    text(dialog, "reason", "Thành phần hồ sơ chưa đủ")
    text(dialog, "deadline", "17:00 30/11/2026")
    acts.do(dialog)
    asked = acts.dossier(code).supplements[0]
    assert asked.items[1:] == ("Bản án ly hôn", "Giấy tờ cư trú")
    assert len(asked.items) == 3
    assert f"{asked.deadline:%H:%M %d/%m}" == "17:00 30/11"
    assert acts.dossier(code).status is Status.AWAITING_SUPPLEMENT
    wait_for(lambda: not isValid(dialog))
    notice = acts.seat.context.notices.kept[0]
    assert code in notice.text
    assert notice.undo_text == "Open the PDF"  # no printer is chosen here


def test_a_second_request_warns_and_wants_a_yes(acts):
    code = acts.awaiting()
    acts.do(acts.open("receive_supplement", code))
    dialog = acts.open("request_supplement", code)
    assert "already" in dialog.banner.sentence
    dialog.field("items").other.setText("Bản án")
    text(dialog, "reason", "thiếu")
    acts.do(dialog)
    assert dialog.isVisible()
    assert dialog.form.row("confirm_second").problem
    dialog.field("confirm_second").setChecked(True)
    acts.do(dialog)
    assert acts.dossier(code).supplement_count == 2
    assert acts.seat.context.notices.kept[0].kind == "warning"


def test_papers_that_were_brought_restart_the_clock(acts):
    code = acts.awaiting()
    acts.seat.desk.clock.moment += timedelta(days=3)
    dialog = acts.open("receive_supplement", code)
    assert all(box.isChecked() for box in dialog.field("items").boxes)
    before = acts.dossier(code).due_at
    acts.do(dialog)
    assert acts.dossier(code).due_at > before


def test_some_of_the_papers_leave_the_rest_open(acts):
    code = acts.awaiting()
    dialog = acts.open("receive_supplement", code)
    dialog.field("items").boxes[1].setChecked(False)
    dialog.field("complete").setChecked(False)
    acts.do(dialog)
    assert acts.dossier(code).status is Status.AWAITING_SUPPLEMENT
    again = acts.open("receive_supplement", code)
    assert [box.accessibleName() for box in again.field("items").boxes] == ["Tờ khai"]


@pytest.mark.parametrize(("action_id", "status"), [("refuse", Status.NOT_ACCEPTED), ("withdraw", Status.WITHDRAWN), ("halt", Status.HALTED)])
def test_a_dossier_ends_with_a_reason(acts, action_id, status):
    code = acts.received()
    dialog = acts.open(action_id, code)
    acts.do(dialog)
    assert dialog.form.row("reason").problem
    assert dialog.field("reason").hasFocus()
    text(dialog, "reason", "Người nộp không còn nhu cầu")
    if action_id == "halt":
        text(dialog, "decided_by", "Hoàng Thị Giả Định")
    acts.do(dialog)
    assert acts.dossier(code).status is status


def test_fees_that_were_paid_are_given_back_or_kept(acts):
    code = acts.received()
    dialog = acts.open("withdraw", code)
    text(dialog, "reason", "đổi ý")
    dialog.field("fees").setCurrentIndex(1)
    acts.do(dialog)
    assert acts.dossier(code).ending.fees is FeesHandling.KEPT


def test_a_dossier_is_handed_over_and_comes_back(acts):
    code = acts.received()
    dialog = acts.open("hand_over", code)
    text(dialog, "to_unit", "Công chức chuyên môn")
    text(dialog, "received_by", "Vũ Văn Thực Hành")
    text(dialog, "paper_counts", "7")
    acts.do(dialog)
    handed = acts.dossier(code).hand_overs[-1]
    assert (handed.received_by, handed.paper_count, handed.direction) == ("Vũ Văn Thực Hành", 7, Direction.TO_SPECIALIST)
    back = acts.open("hand_over", code)
    assert back.values()["direction"] is Direction.TO_DESK
    acts.do(back)
    assert acts.dossier(code).hand_overs[-1].direction is Direction.TO_DESK


def test_what_is_no_number_or_day_is_said_at_the_field(acts):
    dialog = acts.open("hand_over", acts.received())
    text(dialog, "paper_counts", "bảy")
    acts.do(dialog)
    assert "whole number" in dialog.form.row("paper_counts").problem
    assert dialog.field("paper_counts").hasFocus()
    result = acts.open("result_ready", acts.working())
    text(result, "results.0.issued_at", "32/13/2026")
    acts.do(result)
    assert "27/11/2026" in result.form.row("results.0.issued_at").problem
    asked = acts.open("request_supplement", acts.received())
    text(asked, "deadline", "mai")
    acts.do(asked)
    assert "hour and day" in asked.form.row("deadline").problem


def test_steps_are_done_one_by_one_or_passed_over_with_a_reason(acts):
    code = acts.working()
    dialog = acts.open("complete_step", code)
    dialog.field("step").setCurrentIndex(1)
    acts.do(dialog)
    assert dialog.form.row("skip_reason").problem
    dialog.field("step").setCurrentIndex(0)
    acts.do(dialog)
    assert acts.dossier(code).steps[-1].code == "assess"
    assert acts.dossier(code).step.code == "sign"


def test_several_results_one_of_them_a_refusal(acts):
    code = acts.working()
    dialog = acts.open("result_ready", code)
    text(dialog, "results.0.number", "214/XN")
    dialog.ask_more()
    text(dialog, "results.1.name", "Văn bản từ chối")
    dialog.field("results.1.refusal").setCurrentIndex(1)
    acts.do(dialog)
    assert dialog.form.row("results.1.abstract").problem
    text(dialog, "results.1.abstract", "không đủ điều kiện")
    acts.do(dialog)
    first, second = acts.dossier(code).results
    assert (first.number, first.refusal, second.refusal) == ("214/XN", False, True)
    assert acts.dossier(code).status is Status.RESULT_READY


def test_a_further_block_left_empty_is_no_result(acts):
    code = acts.working()
    dialog = acts.open("result_ready", code)
    dialog.ask_more()
    text(dialog, "results.1.name", "")
    acts.do(dialog)
    assert len(acts.dossier(code).results) == 1


def test_the_post_takes_it_and_delivers_it(acts):
    code = acts.ready(delivery=DeliveryMethod.POSTAL, delivery_address="Thôn Thử 5")
    dialog = acts.open("send_by_post", code)
    assert "Thôn Thử 5" in dialog.banner.sentence
    text(dialog, "consignment", "EE123456789VN")
    acts.do(dialog)
    assert acts.dossier(code).parcel.consignment == "EE123456789VN"
    acts.do(acts.open("delivered", code))
    assert acts.dossier(code).handed_back.receiver_kind is ReceiverKind.POST


def test_money_is_taken_given_back_and_taken_for_something_else(acts):
    code = acts.received()
    back = acts.open("reverse_fee", code)
    text(back, "reason", "thu nhầm")
    acts.do(back)
    taken = acts.open("collect_fee", code)
    text(taken, "receipt_number", "0000413")
    acts.do(taken)
    assert acts.dossier(code).fees[0].receipt_number == "0000413"
    other = acts.open("collect_fee", code)
    text(other, "name", "Phí sao lục")
    text(other, "amount_vnd", "12.000 đ")
    other.field("method").setCurrentIndex(1)
    acts.do(other)
    assert (acts.dossier(code).fees[-1].amount_vnd, acts.dossier(code).fees[-1].method) == (12000, FeeMethod.TRANSFER)


def test_only_what_changed_is_corrected(acts):
    code = acts.received()
    dialog = acts.open("correct", code)
    text(dialog, "reason", "Cán bộ nhập sai")
    acts.do(dialog)
    assert dialog.banner.isVisible()  # nothing differs
    text(dialog, "applicant.full_name", "Trần Thị Ví Dụ Hai")
    dialog.field("documents").other.setText("Giấy tờ thêm")
    acts.do(dialog)
    dossier = acts.dossier(code)
    assert dossier.applicant.full_name == "Trần Thị Ví Dụ Hai"
    assert dossier.documents[-1].name == "Giấy tờ thêm"
    assert acts.events(code).count("slip.printed") == 2


def test_a_second_code_and_linked_dossiers(acts):
    code, other = acts.received(), acts.received()
    dialog = acts.open("add_code", code)
    text(dialog, "other", "G22.99.99-261120-0123")
    text(dialog, "system", "Hộ tịch điện tử")
    acts.do(dialog)
    assert [each.code for each in acts.dossier(code).codes][-1] == "G22.99.99-261120-0123"
    linking = acts.open("link", code)
    text(linking, "codes", other)
    acts.do(linking)
    assert acts.facts(code).linked == (other,)
    assert other in acts.open("link", code).banner.sentence


def test_the_last_act_is_taken_back(acts):
    code = acts.awaiting()
    facts = acts.facts(code)
    assert facts.undo is not None
    dialog = acts.open("undo_act", code)
    text(dialog, "reason", "Bấm nhầm")
    acts.do(dialog)
    if facts.undo.problem is None:
        assert acts.dossier(code).status is Status.RECEIVED
    else:
        assert dialog.isVisible()


def test_at_once_is_received_and_returned(acts):
    code = acts.received(procedure_code=COPIES)
    dialog = acts.open("decide_at_once", code)
    acts.do(dialog)
    dossier = acts.dossier(code)
    assert dossier.status is Status.RETURNED
    assert dossier.on_the_spot


def test_an_extension_shows_the_day_before_it_is_decided(acts):
    code = acts.received()
    dialog = acts.open("extend", code)
    assert isinstance(dialog, ExtendDialog)
    wait_for(lambda: "01/12/2026" in dialog.due.text())
    assert "Possible until" in dialog.last.text()
    assert acts.events(code).count("deadline.extended") == 0
    QTest.keyClick(dialog.field("amount"), Qt.Key.Key_Backspace)
    QTest.keyClicks(dialog.field("amount"), "1")
    wait_for(lambda: "27/11/2026" in dialog.due.text())
    text(dialog, "reason", "Chờ xác minh")
    text(dialog, "decided_by", "Hoàng Thị Giả Định")
    acts.do(dialog)
    assert f"{acts.dossier(code).due_at:%d/%m}" == "27/11"


def test_an_extension_that_is_too_late_says_so_at_once(acts):
    code = acts.received()
    acts.seat.desk.clock.moment = acts.dossier(code).due_at
    dialog = acts.open("extend", code)
    idle(acts.seat.context)
    assert dialog.banner.isVisible()


def test_enter_in_the_last_field_carries_the_act_out(acts):
    code = acts.ready(delivery=DeliveryMethod.POSTAL, delivery_address="Thôn Thử 5")
    dialog = acts.open("send_by_post", code)
    text(dialog, "consignment", "EE1")
    dialog.field("consignment").setFocus()
    heard = []
    acts.seat.context.tasks.changed.connect(heard.append)
    QTest.keyClick(dialog.field("consignment"), Qt.Key.Key_Return)
    wait_for(lambda: any(isinstance(changes, Changes) and changes.touch("dossiers") for changes in heard))
    assert acts.dossier(code).parcel is not None


def test_an_act_runs_off_the_window_s_thread(acts, monkeypatch):
    from tests.ui.pages.helpers import GuiThreadGuard

    guard = GuiThreadGuard(type(acts.counter.database), monkeypatch)
    dialog = acts.open("withdraw", acts.received())
    text(dialog, "reason", "đổi ý")
    with guard:
        acts.do(dialog)
    assert isinstance(dialog, ActDialog)


def awaiting_until(acts, days):
    """Return a dossier whose papers were asked for until tomorrow, some days later."""
    code = acts.received()
    until = acts.seat.desk.clock.moment + timedelta(days=1)
    acts.counter.life.supplements.request(RequestSupplement(code, ("Tờ khai",), "thiếu", until, queue=False), acts.actor)
    acts.seat.desk.clock.moment += timedelta(days=days)
    return code


def test_halting_offers_its_reason_when_papers_were_not_brought_in_time(acts):
    code = awaiting_until(acts, 2)
    dialog = acts.open("halt", code)
    assert dialog.field("reason").currentText() == "Quá thời hạn mà người nộp không bổ sung hồ sơ"
    text(dialog, "decided_by", "Hoàng Văn Giả Định")
    dialog.field("fees").setCurrentIndex(dialog.field("fees").findData(FeesHandling.KEPT))
    acts.do(dialog)
    assert acts.dossier(code).status is Status.HALTED
    assert acts.dossier(code).ending.reason.startswith("Quá thời hạn")


def test_halting_offers_no_reason_by_itself_while_there_is_time(acts):
    assert acts.open("halt", awaiting_until(acts, 1)).field("reason").currentText() == ""
