"""The form of an intake: what is read from it, what stands at its fields, and what comes of it at the right."""

from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from counter_app.domain.dossier import ApplicantKind, Channel, DeliveryMethod, FeeMethod, Sex
from counter_app.domain.errors import Problem
from counter_app.domain.moments import local
from counter_app.domain.vietqr import payload
from counter_app.services.ports import ListFilter
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import (
    BIRTH,
    CHANGES,
    COPIES,
    MARITAL,
    NO_LIMIT,
    OTHER_CARD,
    card,
    choose,
    count,
    fill,
    idle,
    problem,
    reading,
    receive,
    set_field,
    take_in,
    words,
)
from ui.dialogs.payment import CodeView, PaymentDialog
from ui.pages.intake.page import LOW

SLOW_CARD = "067190000123|240012345|Trần Thị Ví Dụ|15031990|Nữ|Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng|01072021"

# --- procedure --------------------------------------------------------------------------------------------------------


def test_an_empty_form_says_what_will_be_here(intake):
    idle(intake.context, 250)
    assert "–" in words(intake._side)
    assert intake._side.appointment._strip.toolTip().startswith("Choose the procedure")
    assert intake._form.papers._empty.isVisible()
    assert intake._side.slip.paper.pdf.startswith(b"%PDF")


def test_the_procedure_brings_its_papers_fees_and_appointment(intake):
    choose(intake, MARITAL)
    idle(intake.context, 250)
    assert intake._form.procedure.field.text() == "Xác nhận tình trạng hôn nhân"
    assert f"{MARITAL} · 3 working days" in words(intake._form.procedure)
    assert len(intake._form.papers.model.papers) > 3
    assert not intake._form.papers._empty.isVisible()
    assert "09:42" in intake._side.appointment.words
    assert intake._form.procedure._mark.complete


def test_another_procedure_takes_the_old_papers_away(intake):
    choose(intake, MARITAL)
    intake.do_all_papers()
    choose(intake, BIRTH)
    assert not any(paper.ticked for paper in intake._form.papers.model.papers)


@pytest.mark.parametrize("typed", ["khai sinh", "zzz", BIRTH])
def test_a_clock_before_any_procedure_is_named_with_its_day(intake, seat, typed):
    seat.desk.clock.moment = local(2009, 1, 1, 8)
    field = intake._form.procedure.field
    field.setFocus()
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    wait_for(lambda: "01/01/2009" in words(intake._form.procedure))
    assert "set date and time" in words(intake._form.procedure)
    assert not intake._form.procedure.is_taking, "keys pressed meanwhile do not wait for ever"


def test_typing_keeps_the_papers_and_words_that_lead_nowhere_give_way(intake):
    choose(intake, MARITAL)
    intake.do_all_papers()
    field = intake._form.procedure.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "zzz")
    assert intake._form.command().procedure_code == "", "half typed words must not be received as the old procedure"
    wait_for(lambda: "fits these words. Type fewer letters" in words(intake._form.procedure))
    assert intake._form.papers.documents()
    intake._form.applicant.form.focus_on("applicant.full_name")
    wait_for(lambda: intake._form.procedure.procedure is not None)
    assert field.text() == "Xác nhận tình trạng hôn nhân"
    assert intake._form.papers.documents()


def test_an_emptied_field_means_no_procedure(intake):
    choose(intake, MARITAL)
    field = intake._form.procedure.field
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    intake._form.applicant.form.focus_on("applicant.full_name")
    settle(0)
    assert intake._form.procedure.procedure is None
    assert not intake._form.papers.model.papers


def test_a_code_that_was_typed_out_is_taken_when_the_field_is_left(intake):
    field = intake._form.procedure.field
    QTest.keyClicks(field, MARITAL)
    intake._form.applicant.form.focus_on("applicant.full_name")
    wait_for(lambda: intake._form.procedure.procedure is not None)
    assert intake._form.procedure.procedure.code == MARITAL


def test_words_of_several_procedures_ask_for_a_choice(intake):
    QTest.keyClicks(intake._form.procedure.field, "dang ky")
    intake._form.applicant.form.focus_on("applicant.full_name")
    wait_for(lambda: "choose one from the list" in words(intake._form.procedure))


def test_a_case_of_the_procedure_has_its_own_limit(intake):
    choose(intake, CHANGES)
    box = intake._form.procedure
    assert box._case.isVisible()
    idle(intake.context, 250)
    first = intake._side.appointment.words
    box._case.setCurrentIndex(1)
    box._case.activated.emit(1)
    idle(intake.context, 250)
    assert box.case
    assert intake._form.command().case == box.case
    assert intake._side.appointment.words != first
    assert "3 working days" in box._detail.text()
    choose(intake, MARITAL)
    assert not box._case.isVisible()
    assert box.case == ""


def test_the_case_of_a_received_dossier_is_the_chosen_one(intake, seat):
    fill(intake, CHANGES)
    intake._form.procedure._case.setCurrentIndex(1)
    case = intake._form.procedure.case
    intake._form.fee._first.setText("15000")
    receive(intake)
    code = seat.desk.counter.dossiers.list(ListFilter.ALL, seat.desk.actor).rows[0].code
    facts = seat.desk.counter.dossiers.show(code, seat.desk.actor).events[0].facts
    assert case in str(facts)


def test_a_procedure_without_a_limit_says_so_and_is_received(intake, seat):
    fill(intake, NO_LIMIT)
    idle(intake.context, 250)
    assert intake._side.appointment.words == "no date"
    assert "no limit given" in words(intake._form.procedure)
    receive(intake)
    assert count(seat.desk) == 1
    assert "no date" in seat.context.notices.kept[0].text


# --- applicant --------------------------------------------------------------------------------------------------------


def test_a_card_fills_the_applicant_and_says_where_it_came_from(intake):
    wait_for(lambda: not intake._drafts.is_taking_up)
    assert intake.take_scan(card())
    made = intake._form.applicant.applicant()
    assert (made.full_name, made.id_number, made.sex) == ("Trần Thị Ví Dụ", "067190000123", Sex.FEMALE)
    assert made.address == "Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng"
    assert intake._form.applicant.text("applicant.birth_date") == "15/03/1990"
    assert "Read from the card 09:42" in words(intake._form.applicant)


def test_a_card_that_came_as_slowly_as_typing_is_taken_from_the_field_of_the_name(intake):
    choose(intake, MARITAL)
    name = intake._form.applicant.form.row("applicant.full_name").field
    name.setFocus()
    name.insert(SLOW_CARD)
    QTest.keyClick(name, Qt.Key.Key_Return)
    wait_for(lambda: intake._form.applicant.text("applicant.full_name"))
    assert intake._form.applicant.text("applicant.full_name") == "Trần Thị Ví Dụ"
    assert intake._form.applicant.text("applicant.id_number") == "067190000123"


def test_a_name_that_is_no_card_stays_in_its_field(intake):
    name = intake._form.applicant.form.row("applicant.full_name").field
    name.setFocus()
    name.insert("067190000123|Ví Dụ")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert intake._form.applicant.text("applicant.full_name") == "067190000123|Ví Dụ"
    assert not intake._form.applicant.text("applicant.id_number")


def test_another_card_takes_the_place_and_can_be_taken_back(intake, seat):
    wait_for(lambda: not intake._drafts.is_taking_up)
    choose(intake, MARITAL)
    intake.take_scan(card())
    intake.do_all_papers()
    intake.take_scan(card(OTHER_CARD))
    assert intake._form.applicant.text("applicant.full_name") == "Nguyễn Văn Mẫu"
    notice = seat.context.notices.kept[0]
    assert "Nguyễn Văn Mẫu" in notice.text
    notice.undo()
    wait_for(lambda: intake._form.procedure.procedure is not None)
    assert intake._form.applicant.text("applicant.full_name") == "Trần Thị Ví Dụ"
    assert intake._form.papers.documents()


def test_the_same_card_again_is_no_other_person(intake, seat):
    wait_for(lambda: not intake._drafts.is_taking_up)
    intake.take_scan(card())
    intake.take_scan(card())
    assert not seat.context.notices.kept


def test_another_number_forgets_what_only_the_card_knew(intake):
    wait_for(lambda: not intake._drafts.is_taking_up)
    intake.take_scan(card())
    set_field(intake, "applicant.id_number", "067085000456")
    assert intake._form.applicant.applicant().sex is None
    assert "Read from the card" not in words(intake._form.applicant)


@pytest.mark.parametrize("text", ["not a card|||||", "067190000123|", "||||||"])
def test_a_broken_card_is_said_in_a_banner_and_changes_nothing(intake, text):
    wait_for(lambda: not intake._drafts.is_taking_up)
    intake._cards.take(reading(text))
    assert intake._banner.isVisible()
    assert intake._banner.sentence
    assert intake._form.is_empty()


def test_codes_are_left_to_the_window(intake):
    assert not intake.take_scan(card("H36.50.05-261120-0038*K"))
    assert not intake.take_scan(card("nguyen van mau"))


def test_earlier_dossiers_of_the_person_are_offered_and_taken(intake, seat):
    take_in(seat.desk, phone="0900 000 077")
    take_in(seat.desk, phone="0900 000 078")
    wait_for(lambda: not intake._drafts.is_taking_up)
    set_field(intake, "applicant.id_number", "067190000123")
    wait_for(intake._form.applicant._offer.isVisible)
    assert intake._form.applicant._offer.text() == "2 earlier dossiers"
    intake._form.applicant._choose_earlier()
    menu = wait_for_menu()
    menu.actions()[0].trigger()
    assert intake._form.applicant.text("applicant.full_name") == "Trần Thị Ví Dụ"
    assert intake._form.applicant.text("applicant.phone") in ("0900 000 077", "0900 000 078")
    menu.close()


def wait_for_menu():
    from PySide6.QtWidgets import QApplication

    wait_for(lambda: QApplication.activePopupWidget() is not None)
    return QApplication.activePopupWidget()


def test_a_submitter_is_one_only_when_something_is_written(intake):
    assert intake._form.applicant.submitter() is None
    intake._form.set_more(True)
    set_field(intake, "submitter.full_name", "Lê Văn Thử")
    set_field(intake, "submitter.relation", "con")
    submitter = intake._form.applicant.submitter()
    assert (submitter.full_name, submitter.relation) == ("Lê Văn Thử", "con")


def test_the_kind_of_an_applicant_is_chosen(intake):
    kind = intake._form.applicant.kind
    kind.setCurrentIndex(kind.findData(ApplicantKind.ENTERPRISE.value))
    assert intake._form.command().applicant.kind is ApplicantKind.ENTERPRISE


@pytest.mark.parametrize(("typed", "kept"), [("  trần   thị\u200b ví dụ ", "trần thị ví dụ"), ("\u202eMẫu", "Mẫu"), ("Mẫ\u0303u\x07", None)])
def test_names_are_tidied_when_the_field_is_left(intake, typed, kept):
    set_field(intake, "applicant.full_name", typed)
    shown = intake._form.applicant.text("applicant.full_name")
    assert shown == (kept or shown)
    assert not any(sign in shown for sign in "\u200b\u202e\x07")


@pytest.mark.parametrize(("typed", "shown"), [("5/3/1990", "05/03/1990"), ("05031990", "05/03/1990"), ("1990-03-05", "05/03/1990"), ("1990", "1990")])
def test_a_date_of_birth_is_written_out_when_it_is_left(intake, typed, shown):
    set_field(intake, "applicant.birth_date", typed)
    assert intake._form.applicant.text("applicant.birth_date") == shown
    assert intake._form.applicant.applicant().birth_year == 1990


# --- problems at their fields -----------------------------------------------------------------------------------------

BAD = [
    ("applicant.birth_date", "31/02/1990", "no such"), ("applicant.birth_date", "20/11/2999", ""), ("applicant.id_number", "0671900001234", "13"),
    ("applicant.full_name", "12345", ""), ("applicant.phone", "abc", ""), ("applicant.email", "nobody", ""), ("sets", "two", "figures"),
    ("sets", "500", ""), ("received_at", "soon", "08:15"), ("received_at", "10:00", ""), ("received_at", "08:15", ""),
]


@pytest.mark.parametrize(("name", "typed", "part"), BAD, ids=[f"{name}={typed}" for name, typed, _ in BAD])
def test_bad_input_is_said_at_its_field_when_it_is_left(intake, name, typed, part):
    choose(intake, MARITAL)
    intake._form.set_more(True)
    set_field(intake, name, typed)
    at = "entered_later" if typed == "08:15" else name
    if at != name:
        set_field(intake, "entered_later", " ")
        intake._form.visit_all()
        intake._look.soon()
    wait_for(lambda: problem(intake, at))
    assert part.lower() in problem(intake, at).lower() or part == "no such"
    assert intake._form.applicant.form.row("applicant.address").problem == ""


def test_a_field_that_was_only_passed_is_not_scolded(intake):
    choose(intake, MARITAL)
    intake._form.applicant.form.row("applicant.full_name").left.emit("applicant.full_name")
    idle(intake.context, 250)
    assert problem(intake, "applicant.full_name") == ""


def test_a_mended_field_loses_its_sentence(intake):
    choose(intake, MARITAL)
    set_field(intake, "applicant.phone", "abc")
    wait_for(lambda: problem(intake, "applicant.phone"))
    set_field(intake, "applicant.phone", "0900 000 012")
    wait_for(lambda: not problem(intake, "applicant.phone"))


def test_f9_shows_every_problem_and_goes_to_the_first(intake, seat):
    choose(intake, MARITAL)
    intake._form.applicant.set_text("applicant.id_number", "0671900001234")
    intake._form.applicant.set_text("applicant.phone", "abc")
    receive(intake)
    assert all(problem(intake, f"applicant.{name}") for name in ("full_name", "id_number", "phone"))
    assert intake.focusWidget().objectName() == "applicant.full_name"
    assert count(seat.desk) == 0


def test_f9_without_a_procedure_goes_to_it(intake):
    receive(intake)
    assert words(intake._form.procedure)
    assert intake.focusWidget() is intake._form.procedure.field


def test_f9_with_an_unreadable_date_receives_nothing_and_says_all_that_is_wrong(intake, seat):
    fill(intake)
    intake._form.applicant.set_text("applicant.birth_date", "31/02/1990")
    intake._form.applicant.set_text("applicant.phone", "abc")
    intake.trigger("receive")
    wait_for(lambda: problem(intake, "applicant.birth_date") and problem(intake, "applicant.phone"))
    assert intake.focusWidget().objectName() == "applicant.birth_date"
    assert count(seat.desk) == 0


def test_a_problem_of_the_hidden_block_shows_it(intake):
    fill(intake)
    intake._form.applicant.set_text("applicant.email", "nobody")
    assert not intake._form.applicant.shows_more
    receive(intake)
    assert intake._form.applicant.shows_more
    assert intake.focusWidget().objectName() == "applicant.email"


@pytest.mark.parametrize("name", ["x" * 301, "😀😀", "\u202e\u202c"])
def test_impossible_names_are_refused_at_the_field(intake, seat, name):
    fill(intake)
    intake._form.applicant.set_text("applicant.full_name", name)
    receive(intake)
    assert problem(intake, "applicant.full_name")
    assert count(seat.desk) == 0


def test_problems_of_papers_and_fees_stand_in_their_boxes_and_have_the_focus(intake):
    fill(intake)
    intake._form.visit_all()
    first = Problem("COUNT_IMPOSSIBLE", "documents.0.copy", {"limit": 999})
    rest = intake._form.show_problems((first, Problem("FEE_AMOUNT_IMPOSSIBLE", "fees.0.amount_vnd"), Problem("CLOCK_WRONG", None, {"year": 1970})))
    assert "999" in words(intake._form.papers)
    assert len(rest) == 1
    assert "1970" in rest[0]
    intake._form.focus_problem()
    assert intake.focusWidget() is intake._form.papers.view
    assert intake._form.papers.view.currentIndex().row() == 0
    intake._form.show_problems((Problem("DELIVERY_ADDRESS_EMPTY", "result_delivery.address"),))
    intake._form.fee.delivery.choose(DeliveryMethod.POSTAL)
    intake._form.fee._show_delivery()
    intake._form.focus_problem()
    assert intake.focusWidget() is intake._form.fee.address
    assert intake._form.fee.address.property("problem")
    intake._form.show_problems(())
    assert not intake._form.fee.address.property("problem")


# --- fees and return --------------------------------------------------------------------------------------------------


def test_a_fee_that_the_province_sets_is_an_empty_field_with_a_hint(intake):
    choose(intake, MARITAL)
    field = intake._form.fee._amounts[0]
    assert (field.text(), field.placeholderText()) == ("", "amount")
    assert not intake._form.fee._mark.complete
    assert intake._form.fee.fees() == ()
    field.setText("15000")
    field.textEdited.emit("15000")
    assert [line.amount_vnd for line in intake._form.fee.fees()] == [15000]
    assert intake._form.fee._mark.complete
    assert "Miễn" in intake._form.fee._exempt.accessibleName()


def test_an_amount_that_is_none_is_said_at_it(intake, seat):
    fill(intake)
    intake._form.fee._amounts[0].setText("mười nghìn")
    intake.trigger("receive")
    wait_for(lambda: "figures only" in words(intake._form.fee))
    assert intake._form.fee._amounts[0].property("problem")
    assert intake.focusWidget() is intake._form.fee._amounts[0]
    assert count(seat.desk) == 0


def test_a_paid_fee_has_its_receipt_an_exempt_one_its_reason(intake):
    choose(intake, COPIES)
    fee = intake._form.fee
    fee.receipt.setText("AA/26E 0000412")
    line = fee.fees()[0]
    assert (line.amount_vnd, line.method, line.receipt_series, line.receipt_number) == (2000, FeeMethod.CASH, "AA/26E", "0000412")
    fee.method._group.button(2).click()
    assert fee.reason.isVisible()
    assert fee.proof.isVisible()
    assert not fee.receipt.isVisible()
    assert not fee._amounts[0].isEnabled()
    fee.reason.setText("hộ nghèo")
    fee.proof.setText(" Giấy chứng nhận  số 12")
    line = fee.fees()[0]
    assert (line.amount_vnd, line.method, line.exempt_reason, line.receipt_number) == (0, FeeMethod.EXEMPT, "hộ nghèo", "")
    assert line.exempt_proof == "Giấy chứng nhận số 12"
    kept = fee.content()
    fee.restore({})
    assert (fee.proof.text(), fee.proof.isVisible()) == ("", False)
    fee.restore(kept)
    assert fee.fees()[0] == line, "a form that was parked comes back with its proof"
    fee.method._group.button(3).click()
    assert fee.fees()[0].method is FeeMethod.UNPAID
    assert not fee.receipt.isVisible()


def test_an_exemption_without_a_reason_is_said_at_the_reason(intake, seat):
    fill(intake, COPIES)
    intake._form.fee.method._group.button(2).click()
    assert not intake._form.fee._mark.complete, "an exemption that nothing proves is not done"
    receive(intake)
    assert intake.focusWidget() is intake._form.fee.reason
    assert intake._form.fee.reason.property("problem")
    intake._form.fee.reason.setText("hộ nghèo")
    receive(intake)
    assert intake.focusWidget() is intake._form.fee.proof, "a reason alone proves nothing"
    assert intake._form.fee.proof.property("problem")
    intake._form.fee.proof.insert("Giấy chứng nhận số 12")
    intake._form.fee.show_problems({})
    assert intake._form.fee._mark.complete
    assert count(seat.desk) == 0


def test_a_procedure_without_a_fee_asks_for_none(intake):
    choose(intake, BIRTH)
    fee = intake._form.fee
    assert fee.fees() == ()
    assert not fee.method.isVisible()
    assert "No fee" in fee._none.accessibleName()
    assert fee._mark.complete


def test_several_fees_have_a_line_each(intake):
    choose(intake, MARITAL)
    procedure = intake._form.procedure.procedure
    fees = tuple(replace(procedure.fees[0], name=name, amount_vnd=amount) for name, amount in (("Lệ phí", 15000), ("Phí", 8000), ("Khác", None)))
    intake._form.fee.show_procedure(replace(procedure, fees=fees))
    settle(0)
    assert [line.amount_vnd for line in intake._form.fee.fees()] == [15000, 8000]
    intake._form.fee._amounts[2].setText("1000")
    assert [line.name for line in intake._form.fee.fees()] == ["Lệ phí", "Phí", "Khác"]
    assert len(intake._form.fee.findChildren(type(intake._form.fee._first))) == 3
    intake._form.fee.show_procedure(None)
    settle(0)
    assert len(intake._form.fee.findChildren(type(intake._form.fee._first))) == 1


def test_post_asks_for_an_address_and_a_message_for_a_telephone(intake):
    choose(intake, MARITAL)
    fee = intake._form.fee
    assert not fee.address.isVisible()
    fee.delivery._group.button(1).click()
    assert fee.address.isVisible()
    fee.address.setText("Thôn Mẫu 5")
    fee.wants_message.setChecked(True)
    command = intake._form.command()
    assert (command.delivery, command.delivery_address, command.wants_message) == (DeliveryMethod.POSTAL, "Thôn Mẫu 5", True)
    intake._form.applicant.set_text("applicant.full_name", "Trần Thị Ví Dụ")
    receive(intake)
    assert intake.focusWidget().objectName() == "applicant.phone"


# --- the payment code -------------------------------------------------------------------------------------------------


@pytest.fixture
def with_account(seat, intake):
    counter = seat.context.counter
    desk = replace(counter.desk, bank_bin="970415", bank_account="113366668888")
    intake._form.fee._context = replace(seat.context, counter=replace(counter, desk=desk))
    intake.context = intake._form.fee._context
    return intake


def test_a_transfer_offers_the_code_where_the_commune_has_an_account(with_account):
    choose(with_account, COPIES)
    fee = with_account._form.fee
    assert not fee._qr.isVisible()
    fee.method._group.button(1).click()
    assert fee._qr.isVisible()
    fee._qr.click()
    dialog = with_account.findChild(PaymentDialog)
    assert "2.000 đ" in dialog.windowTitle()
    assert "113366668888" in words(dialog)
    dialog.close()
    settle(0)
    assert with_account.findChild(PaymentDialog) is None


def test_the_code_on_the_screen_is_read_by_a_phone(with_account, theme):
    text = payload("970415", "113366668888", 15000, "LP Tran Thi Vi Du")
    view = CodeView(theme, text, "code")
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    pixels = Image.frombytes("RGB", (image.width(), image.height()), bytes(image.constBits()), "raw", "RGB", image.bytesPerLine())
    assert [found.text for found in zxingcpp.read_barcodes(pixels)] == [text]


def test_without_an_amount_there_is_no_code_but_a_sentence(with_account):
    choose(with_account, MARITAL)
    with_account._form.fee.method._group.button(1).click()
    with_account._form.fee._qr.click()
    assert with_account._banner.isVisible()
    assert with_account.findChild(PaymentDialog) is None


def test_without_an_account_no_code_is_offered(intake):
    choose(intake, COPIES)
    intake._form.fee.method._group.button(1).click()
    assert not intake._form.fee._qr.isVisible()


# --- seldom needed ----------------------------------------------------------------------------------------------------


def test_a_late_entry_has_its_time_and_reason(intake, seat):
    fill(intake)
    intake.do_more()
    set_field(intake, "received_at", "19/11/2026 14:05")
    set_field(intake, "entered_later", "mất điện")
    command = intake._form.command()
    assert command.received_at == local(2026, 11, 19, 14, 5)
    receive(intake)
    row = seat.desk.counter.dossiers.search("067190000123", seat.desk.actor).rows[0]
    assert row.received_at == local(2026, 11, 19, 14, 5)
    assert not intake._form.extra.isVisible(), "the next form begins plain"


def test_a_late_entry_without_a_reason_is_said_at_the_reason(intake, seat):
    fill(intake)
    intake.do_more()
    set_field(intake, "received_at", "08:00")
    receive(intake)
    assert problem(intake, "entered_later")
    assert intake.focusWidget().objectName() == "entered_later"
    assert count(seat.desk) == 0


def test_sets_note_and_area_are_handed_on(intake):
    intake._form.set_more(True)
    set_field(intake, "sets", "3")
    set_field(intake, "note", "cần gấp")
    intake._form.extra.out_of_area.setChecked(True)
    command = intake._form.command()
    assert (command.sets, command.note, command.out_of_area) == (3, "cần gấp", True)


def test_a_dossier_that_came_by_post_or_online_says_so_on_form_and_slip(intake, seat):
    fill(intake)
    assert intake._form.command().channel is Channel.DIRECT
    intake.do_more()
    intake._form.extra.form.focus_on("channel")
    QTest.keyClick(intake._form.extra.channel, Qt.Key.Key_Down)
    assert intake._form.command().channel is Channel.POSTAL
    assert not intake._form.extra.is_blank()
    kept, procedure = intake._form.content(), intake._form.procedure.procedure
    intake._form.restore({}, None)
    assert intake._form.command().channel is Channel.DIRECT
    intake._form.restore(kept, procedure)
    assert intake._form.command().channel is Channel.POSTAL
    receive(intake)
    code = seat.desk.counter.dossiers.search("067190000123", seat.desk.actor).rows[0].code
    assert seat.desk.counter.dossiers.of_code(code, seat.desk.actor).channel is Channel.POSTAL


# --- the right column -------------------------------------------------------------------------------------------------


def test_warnings_are_said_and_can_be_passed(intake, seat):
    fill(intake)
    intake._form.applicant.set_text("applicant.address", "")
    intake._form.edited.emit()
    idle(intake.context, 250)
    assert intake._side.warning.isVisible()
    receive(intake)
    assert count(seat.desk) == 0
    intake._form.accept.field.setText("Ở nhờ, chưa có nơi cư trú")
    receive(intake)
    assert count(seat.desk) == 1


def test_the_warning_of_a_card_stands_beside_the_form_until_the_next_one(intake):
    old = "067190000123||Trần Thị Ví Dụ|15031990|Nữ|Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng|12082021"
    wait_for(lambda: not intake._drafts.is_taking_up)
    intake.take_scan(card(old))
    idle(intake.context, 250)
    assert intake._side.warning.isVisible()
    intake.do_clear_form()
    idle(intake.context, 250)
    assert not intake._side.warning.isVisible()


def test_many_warnings_are_counted_and_whole_in_the_tool_tip(intake):
    choose(intake, MARITAL)
    intake._form.applicant.set_text("applicant.full_name", "Trần Thị Ví Dụ")
    intake._form.applicant.card_warnings = ("SIX_FIELDS", "OLD_PLACE")
    intake._form.edited.emit()
    idle(intake.context, 250)
    assert "more)" in intake._side.warning.sentence
    assert intake._side.warning.toolTip().count("\n") >= 2


def test_the_preview_is_the_slip_of_what_is_typed(intake):
    import pypdfium2

    fill(intake)
    idle(intake.context, 250)
    document = pypdfium2.PdfDocument(intake._side.slip.paper.pdf)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "TRẦN THỊ VÍ DỤ" in text
    assert "H36.50.05-261120-0001" in text
    assert "26/11/2026" not in text or "thứ" in text


def test_the_slip_is_shown_large_and_the_dialog_is_freed(intake):
    from ui.dialogs.paper import PaperDialog

    idle(intake.context, 250)
    QTest.mouseClick(intake._side.slip.paper, Qt.MouseButton.LeftButton)
    dialog = intake.findChild(PaperDialog)
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle(30)
    assert intake.findChild(PaperDialog) is None


def test_every_widget_of_the_form_has_a_name(intake):
    choose(intake, CHANGES)
    intake._form.set_more(True)
    intake._form.fee.delivery._group.button(1).click()
    intake._form.papers._ask_other()
    assert nameless(intake) == []


def test_another_paper_is_added_by_enter(intake):
    choose(intake, MARITAL)
    before = len(intake._form.papers.model.papers)
    intake._form.papers._ask_other()
    QTest.keyClicks(intake._form.papers.other, "Don xin xac nhan")
    QTest.keyClick(intake._form.papers.other, Qt.Key.Key_Return)
    papers = intake._form.papers.model.papers
    assert (len(papers), papers[-1].name, papers[-1].ticked) == (before + 1, "Don xin xac nhan", True)
    assert not intake._form.papers.other.isVisible()
    assert intake._form.papers.view.hasFocus()


# --- size -------------------------------------------------------------------------------------------------------------


def test_in_a_low_window_the_papers_keep_their_lines(intake):
    choose(intake, MARITAL)
    settle(0)
    rows = intake._form.papers.view.viewport().height() / 36
    assert rows >= 4
    intake.resize(1182, LOW - 14)
    wait_for(lambda: intake._form.papers.view.viewport().height() / 36 > 3.5)
    assert not intake._form.verticalScrollBar().isVisible()


def test_a_narrow_window_shows_one_pane_and_the_appointment_above(intake):
    choose(intake, MARITAL)
    idle(intake.context, 250)
    intake.set_narrow(True)
    assert not intake._side.isVisible()
    assert "26/11/2026" in intake._short.text()
    assert "to look at" not in intake._short.text()
    intake._form.applicant.card_warnings = ("SIX_FIELDS",)
    intake._form.edited.emit()
    idle(intake.context, 250)
    assert intake._short.text().endswith("1 to look at: F6")
    intake.do_next_pane()
    assert intake._side.isVisible()
    assert not intake._form.isVisible()
    assert intake._side.slip.large.hasFocus()
    intake.do_applicant()
    assert intake._form.isVisible()
    intake.set_narrow(False)
    assert intake._side.isVisible()
    assert intake._side.width() == 464


def test_f6_goes_to_the_slip_and_back(intake):
    intake._form.procedure.field.setFocus()
    intake.do_next_pane()
    assert intake._side.slip.large.hasFocus()
    intake.do_next_pane()
    assert intake._form.procedure.field.hasFocus()


@pytest.mark.parametrize("action", ["park", "clear_form", "undo", "all_papers"])
def test_what_can_not_be_done_says_why(intake, seat, action):
    assert not intake.trigger(action)
    assert seat.context.notices.kept[0].text.endswith(".")


def test_the_form_follows_the_focus(intake):
    choose(intake, MARITAL)
    intake._form.set_more(True)
    intake._form.extra.form.focus_on("note")
    settle()
    note = intake._form.extra.form.row("note").field
    area = note.visibleRegion().boundingRect()
    assert area.height() > note.height() - 4
