"""The certification counter by keyboard: how many keys a request takes, what stands where, what is said when something is wrong."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from counter_app.domain.certification import CertificationKind
from counter_app.domain.dossier import FeeMethod, Status
from counter_app.services.changes import Changes
from counter_app.services.people.users import NewUser
from tests.services.certifying import copy, visit
from tests.ui.conftest import nameless, wait_for
from tests.ui.pages.helpers import GuiThreadGuard, card, idle, shown_page
from ui.pages.certification import CertificationPage
from ui.widgets.buttons import DangerButton

SIGNER = "Hoàng Thị Giả Định"


@pytest.fixture
def page(seat):
    counter = seat.desk.counter
    from counter_app.domain.people import Role

    counter.users.add(NewUser("giadinh", SIGNER, Role.HEAD, "Phó Chủ tịch", "mat-khau-thu-2"), seat.desk.actor)
    made = shown_page(CertificationPage(seat.context))
    made.activate()
    wait_for(lambda: made._lines.entry._usual)
    wait_for(lambda: made._side.chosen_signer() is not None)
    return made


class Clerk:
    """Types, and counts the keys."""

    def __init__(self, page):
        self.page, self.keys = page, 0

    def type(self, text):
        for sign in text:
            QTest.keyClick(self.page.window().focusWidget(), sign)
            self.keys += 1

    def press(self, *keys):
        for key in keys:
            QTest.keyClick(self.page.window().focusWidget(), key)
            self.keys += 1

    def enter(self, times=1):
        self.press(*[Qt.Key.Key_Return] * times)

    def line(self, letters, pages="", copies=""):
        """A few letters, Enter takes the suggestion; pages, Enter; copies, Enter opens the next line."""
        self.type(letters)
        self.enter()
        for count in (pages, copies):
            self.type(count)
            self.enter()

    def certify(self):
        self.keys += 1
        assert self.page.trigger("certify")
        wait_for(lambda: not self.page._desk.is_busy)


def numbers(seat):
    with seat.desk.counter.database.read() as uow:
        day = seat.desk.counter.clock.now().replace(hour=0, minute=0)
        return uow.certifications.of_visits(uow.certifications.newest_visits(day, limit=50))


def test_a_clock_that_was_set_back_is_said_above_the_lines_until_it_is_right(page, seat):
    seat.desk.clock.moment -= timedelta(days=1)
    Clerk(page).line("cccd", "2", "3")
    wait_for(page._warning.isVisible)
    assert "19/11/2026" in page._warning.sentence
    seat.desk.clock.moment += timedelta(days=1)
    page._look()
    wait_for(lambda: not page._warning.isVisible())


@pytest.mark.parametrize(("year", "said"), [(2009, "2009"), (2016, "2016")])
def test_a_clock_of_years_ago_is_said_and_not_taken_for_a_bug(page, seat, year, said):
    crashed = []
    seat.context.tasks.crashed.connect(crashed.append)
    seat.desk.clock.moment = seat.desk.clock.moment.replace(year=year)
    Clerk(page).line("cccd", "2", "3")
    wait_for(page._banner.isVisible)
    assert said in page._banner.sentence
    assert crashed == []


def test_three_lines_take_some_twenty_keys(page, seat):
    clerk = Clerk(page)
    page.take_scan(card())
    clerk.line("bang t", "1", "3")
    clerk.line("the c", "2", "5")
    clerk.line("ho", "12", "2")
    clerk.certify()
    assert [(number.document_name, number.pages, number.copies, number.amount_vnd) for number in numbers(seat)] == [
        ("Bằng tốt nghiệp trung học phổ thông", 1, 3, 6_000), ("Thẻ căn cước", 2, 5, 20_000),
        ("Học bạ trung học phổ thông", 12, 2, 28_000)]
    assert numbers(seat)[0].signer == SIGNER
    assert clerk.keys <= 32, "counted: three lines and F9"
    assert page._lines.lines() == ()
    assert page.focusWidget() is page._lines.entry.name, "ready for the next person"
    assert "1–3 SCT/BS" in seat.context.notices.kept[0].text
    assert "54.000 đ" in seat.context.notices.kept[0].text


def test_a_habit_is_quicker_still(page, seat):
    clerk = Clerk(page)
    page.take_scan(card())
    clerk.line("ho", "12", "2")
    clerk.certify()
    page._desk.load()
    wait_for(lambda: page._lines.entry._usual[0].today == 1)
    again = Clerk(page)
    page.take_scan(card())
    again.type("ho")
    again.enter(3)
    again.certify()
    assert (numbers(seat)[-1].pages, numbers(seat)[-1].copies) == (12, 1), "pages as the last time"
    assert again.keys == 6


def test_what_is_typed_last_counts_without_enter(page, seat):
    clerk = Clerk(page)
    page.take_scan(card())
    clerk.type("Giay la")
    clerk.certify()
    assert [number.document_name for number in numbers(seat)] == ["Giay la"]


def test_fees_and_numbers_stand_while_it_is_typed(page):
    clerk = Clerk(page)
    clerk.line("the c", "2", "5")
    clerk.type("ban")
    assert page._side.total_words == "22.000 đ"
    wait_for(lambda: page._lines.entry._place.text() == "2")
    assert page._lines._model.data(page._lines._model.index(0, 6)) == "1"
    assert page._side._stamp.text().startswith("Số 1, quyển số 01/2026-SCT/BS")


def test_plus_on_the_number_pad_is_the_next_kind(page, seat):
    clerk = Clerk(page)
    page.take_scan(card())
    clerk.type("Giay cam ket rieng")
    clerk.enter()
    clerk.press(Qt.Key.Key_Plus)
    assert page._lines.entry.line().kind is CertificationKind.SIGNATURE
    page.trigger("next_kind")
    page.trigger("next_kind")
    assert page._lines.entry.line().kind is CertificationKind.TRANSACTION
    assert not page._lines.entry.pages.isEnabled(), "pages count for copies only"
    clerk.certify()
    assert numbers(seat)[0].place.book == "SCT/GD"


def test_lines_are_changed_and_taken_out(page):
    clerk = Clerk(page)
    clerk.line("the c", "2", "5")
    clerk.line("ho", "12", "2")
    clerk.press(Qt.Key.Key_Up)
    assert page._lines.table.hasFocus()
    clerk.press(Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert page._lines.entry.name.text() == "Thẻ căn cước"
    clerk.enter(2)
    clerk.type("7")
    clerk.enter()
    assert [line.copies for line in page._lines.lines()] == [7, 2]
    page.trigger("remove_line")
    assert [line.copies for line in page._lines.lines()] == [7]
    clerk.press(Qt.Key.Key_Up, Qt.Key.Key_Delete)
    assert page._lines.lines() == ()
    assert page.why_not("certify")


def test_problems_stand_at_their_fields(page, seat):
    clerk = Clerk(page)
    clerk.line("the c", "0", "5")
    clerk.certify()
    assert page._lines.entry._error.isVisible()
    assert page.focusWidget() is page._lines.entry.pages
    assert page._side.form.row("applicant.full_name").problem
    clerk.type("2")
    clerk.enter(2)
    clerk.certify()
    assert page.focusWidget() is page._side.form.row("applicant.full_name").field
    assert not numbers(seat)


def test_exempt_asks_for_its_reason(page, seat):
    clerk = Clerk(page)
    page.take_scan(card())
    clerk.line("the c", "2", "5")
    page.trigger("next_payment")
    page.trigger("next_payment")
    assert page._side.method.value is FeeMethod.EXEMPT
    assert page._side.total_words == "0 đ"
    clerk.certify()
    assert page._side._exempt.row("payment.exempt_reason").problem
    clerk.type("Ho ngheo")
    clerk.certify()
    assert numbers(seat)[0].amount_vnd == 0


def test_what_is_to_be_signed_goes_back_with_one_key(page, seat):
    clerk = Clerk(page)
    page.take_scan(card())
    page._side.wait.setChecked(True)
    clerk.line("the c", "2", "5")
    clerk.certify()
    page._desk.load()
    wait_for(lambda: page._recent.waiting is not None)
    page.trigger("hand_signed")
    wait_for(lambda: numbers(seat)[0].signed_at is not None)
    with seat.desk.counter.database.read() as uow:
        assert uow.dossiers.get(numbers(seat)[0].dossier_id).status is Status.RETURNED


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("typed", ["36.05-2", "1,000", "+", "-2", "H2"])
def test_a_count_takes_figures_only_whatever_is_typed_or_scanned_into_it(page, translation, language, typed):
    translation.choose(language)
    clerk = Clerk(page)
    clerk.type("zz")
    for field in (page._lines.entry.pages, page._lines.entry.copies):
        field.setFocus()
        field.clear()
        QTest.keyClicks(field, typed)
        assert field.text() == "".join(filter(str.isdigit, typed))[:4]
        assert page._lines.entry.line() is not None


def test_a_number_is_struck_with_a_reason(page, seat):
    clerk = Clerk(page)
    page.take_scan(card())
    clerk.line("the c", "2", "5")
    clerk.certify()
    page._desk.load()
    wait_for(lambda: page._recent.visit is not None)
    from ui.dialogs.strike import StrikeDialog

    page.trigger("strike_number")
    (dialog,) = page.findChildren(StrikeDialog)
    strike = dialog.findChild(DangerButton)
    assert strike.shortcut() == QKeySequence(Qt.Key.Key_F9)
    strike.click()
    assert dialog._form.row("reason").problem
    dialog._reason.setText("Gõ nhầm")
    strike.click()
    wait_for(lambda: numbers(seat)[0].struck_on is not None)
    assert numbers(seat)[0].struck_reason == "Gõ nhầm"


def test_a_form_survives_and_is_parked(page, seat):
    clerk = Clerk(page)
    page.take_scan(card())
    clerk.line("the c", "2", "5")
    page.leave()
    page._drafts.keep(page._content(), "x")
    page.trigger("park_visit")
    wait_for(lambda: page._lines.lines() == ())
    drafts = seat.desk.counter.drafts.parked(seat.desk.actor.user_id, "certification")
    page._recalled(replace(drafts[0]))
    assert [line.document_name for line in page._lines.lines()] == ["Thẻ căn cước"]
    assert page._side.text("applicant.full_name") == "Trần Thị Ví Dụ"
    page.trigger("clear_visit")
    assert page._lines.lines() == ()
    page._bring_back()
    assert len(page._lines.lines()) == 1


def test_nothing_waits_on_the_windows_thread(page, seat, monkeypatch):
    clerk = Clerk(page)
    with GuiThreadGuard(type(seat.desk.counter.database), monkeypatch):
        page.take_scan(card())
        clerk.line("the c", "2", "5")
        clerk.certify()


def test_who_signs_is_asked_for_where_people_are_attested(page, seat):
    clerk = Clerk(page)
    page.take_scan(card())
    assert not page._lines.entry.details.isVisible(), "copies are one row"
    clerk.type("Giay uy quyen rieng")
    page.trigger("next_kind")
    assert page._lines.entry.details.parties.isVisible()
    clerk.enter(2)
    assert page.focusWidget() is page._lines.entry.details.parties
    clerk.type("Do Van Thu, 067080001111")
    clerk.enter()
    assert page.focusWidget() is page._lines.entry.name, "the next line"
    assert [line.parties for line in page._lines.lines()] == ["Do Van Thu, 067080001111"]
    clerk.certify()
    with seat.desk.counter.database.read() as uow:
        (line,) = uow.logbooks.lines("SCT/CK,ĐC", numbers(seat)[0].place.year, 1, first=1, count=1)
    assert line.content["applicant"] == "Do Van Thu, 067080001111"


def test_nobody_named_is_the_requester(page, seat):
    clerk = Clerk(page)
    page.take_scan(card())
    clerk.type("Giay uy quyen rieng")
    page.trigger("next_kind")
    clerk.enter(3)
    clerk.certify()
    with seat.desk.counter.database.read() as uow:
        (line,) = uow.logbooks.lines("SCT/CK,ĐC", numbers(seat)[0].place.year, 1, first=1, count=1)
    assert line.content["applicant"] == "Trần Thị Ví Dụ, 067190000123"


def test_a_will_is_a_transaction_under_its_own_procedure(page, seat):
    clerk = Clerk(page)
    page.take_scan(card())
    clerk.type("Di chuc rieng")
    for _ in range(3):
        page.trigger("next_kind")
    procedure = page._lines.entry.details.procedure
    offered = [procedure.itemData(at) for at in range(procedure.count())]
    assert offered[0] == "2.001035", "the usual one first"
    assert "2.001019" in offered
    assert not {"2.000913", "2.000927"} & set(offered), "amending and correcting are kinds of their own"
    procedure.setCurrentIndex(offered.index("2.001019"))
    clerk.certify()
    with seat.desk.counter.database.read() as uow:
        assert uow.dossiers.get(numbers(seat)[0].dossier_id).procedure_code == "2.001019"
    assert page._lines.entry.details.procedure.currentIndex() <= 0, "the next line begins anew"


def test_an_electronic_copy_takes_a_number_of_its_book(page, seat):
    clerk = Clerk(page)
    page.take_scan(card())
    clerk.type("The can cuoc rieng")
    page.trigger("line_details")
    assert page.focusWidget() is page._lines.entry.details.electronic
    clerk.press(Qt.Key.Key_Space)
    assert page._lines.entry._book.text() == "SCTĐT/BS"
    clerk.enter()
    clerk.line("ho", "12", "2")
    clerk.certify()
    assert {(number.place.book, number.place.ordinal) for number in numbers(seat)} == {("SCTĐT/BS", 1), ("SCT/BS", 1)}


def test_only_copies_have_an_electronic_book(page):
    clerk = Clerk(page)
    clerk.type("Giay")
    page.trigger("line_details")
    page._lines.entry.details.electronic.setChecked(True)
    page.trigger("next_kind")
    assert not page._lines.entry.details.electronic.isVisible()
    assert page._lines.entry.line().electronic is False


def test_details_are_kept_with_the_draft_and_come_back_to_be_changed(page):
    clerk = Clerk(page)
    page._lines.restore([{"kind": "transaction", "document_name": "Di chúc", "pages": 1, "copies": 2, "parties": "Đỗ Văn Thử",
                          "procedure_code": "2.001019", "electronic": False},
                         {"kind": "copy", "document_name": "Học bạ", "pages": 12, "copies": 1, "parties": "", "procedure_code": "",
                          "electronic": True}])
    before = page._lines.content()
    assert [(line["procedure_code"], line["electronic"], line["parties"]) for line in before] == [
        ("2.001019", False, "Đỗ Văn Thử"), ("", True, "")]
    page._lines.change(0)
    details = page._lines.entry.details
    assert (details.parties.text(), details.procedure.currentData()) == ("Đỗ Văn Thử", "2.001019")
    page._lines.change(1)
    assert details.electronic.isChecked()
    assert not details.parties.isVisible()
    clerk.enter()
    assert page._lines.content() == before


def test_a_problem_of_the_details_stands_there(page):
    clerk = Clerk(page)
    clerk.line("the c", "2", "5")
    page._lines.show_problem(0, "electronic", "Không được")
    assert page.focusWidget() is page._lines.entry.details.electronic
    page._lines.show_problem(0, "procedure_code", "Không được")
    assert page.focusWidget() is page._lines.entry.details.procedure


def test_the_last_visit_is_taken_back_with_ctrl_z_and_may_be_put_right(page, seat):
    clerk = Clerk(page)
    page.take_scan(card())
    assert page.why_not("undo_visit")
    clerk.line("the c", "2", "5")
    clerk.certify()
    assert page.why_not("undo_visit") is None
    page.trigger("undo_visit")
    wait_for(lambda: numbers(seat)[0].struck_on is not None)
    wait_for(page._lines.lines)
    assert [line.document_name for line in page._lines.lines()] == ["Thẻ căn cước"]
    assert page._side.text("applicant.full_name") == "Trần Thị Ví Dụ"
    assert page.why_not("undo_visit"), "once"
    clerk.certify()
    assert [(number.place.ordinal, number.struck_on is None) for number in numbers(seat)] == [(1, False), (2, True)]


def test_the_next_persons_papers_stay_when_the_last_visit_is_taken_back(page, seat):
    clerk = Clerk(page)
    page.take_scan(card())
    clerk.line("the c", "2", "5")
    clerk.certify()
    clerk.line("ho", "12", "2")
    page.trigger("undo_visit")
    wait_for(lambda: page._last is None)
    assert [line.document_name for line in page._lines.lines()] == ["Học bạ trung học phổ thông"]


def test_a_printed_visit_is_not_taken_back(page, seat):
    clerk = Clerk(page)
    page.take_scan(card())
    page._side.stamps.setChecked(True)
    clerk.line("the c", "2", "5")
    clerk.certify()
    page.trigger("undo_visit")
    idle(seat.context)
    assert page._last is not None, "nothing was taken back"
    assert numbers(seat)[0].struck_on is None


def test_ctrl_z_brings_a_cleared_form_back_first(page):
    clerk = Clerk(page)
    clerk.line("the c", "2", "5")
    page.trigger("clear_visit")
    page.trigger("undo_visit")
    assert [line.document_name for line in page._lines.lines()] == ["Thẻ căn cước"]


def test_everything_has_a_name_and_a_pane(page):
    assert nameless(page) == []
    page.set_narrow(narrow=True)
    assert not page._side.isVisible()
    page.do_next_pane()
    assert page._side.isVisible()
    assert not page._left.isVisible()
    page.do_next_pane()
    assert page._left.isVisible()


def test_the_list_of_the_day_is_noted_when_the_page_is_opened_and_not_after_each_visit(page, seat):
    seat.desk.counter.certification.certify(visit(copy(signer=SIGNER)), seat.desk.actor)

    def looks():
        with seat.desk.counter.database.read() as uow:
            return sum(entry.action == "certified.shown" for entry in uow.audit.entries(1, 1000))

    page.refresh(Changes.of("books"))
    idle(seat.context)
    assert looks() == 0
    page.activate()
    idle(seat.context)
    assert looks() == 1
