"""When the surroundings fail: a sentence above the form, the form intact, and F9 again works."""

from contextlib import contextmanager
from datetime import date

import pytest

from counter_app.domain.errors import broken, failed
from counter_app.domain.moments import local
from counter_app.services.changes import Changes
from tests.ui.conftest import settle, wait_for
from tests.ui.pages.helpers import CARD, MARITAL, card, choose, count, fill, idle, receive, words

TROUBLES = {
    "disk": lambda: failed("DISK_FULL", path="/data/desk.db"),
    "locked": lambda: failed("DATABASE_LOCKED", path="/data/desk.db"),
}


@contextmanager
def failing(monkeypatch, service, name, error):
    """Let a method of a service fail for a while."""
    def refuse(*_, **__):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(type(service), name, refuse)
        yield


@pytest.mark.parametrize("trouble", TROUBLES, ids=list(TROUBLES))
def test_f9_that_fails_keeps_the_form_and_f9_again_works(intake, seat, monkeypatch, trouble):
    fill(intake)
    before = intake._form.command()
    with failing(monkeypatch, seat.desk.counter.intake, "receive", TROUBLES[trouble]()):
        receive(intake)
    assert intake._banner.isVisible()
    assert intake._banner.sentence.endswith(".")
    assert intake._form.command() == before
    assert intake.why_not("receive") is None
    receive(intake)
    assert count(seat.desk) == 1
    assert not intake._banner.isVisible()


@pytest.mark.parametrize("trouble", TROUBLES, ids=list(TROUBLES))
def test_a_draft_that_can_not_be_kept_is_said_once_above_the_form(intake, seat, monkeypatch, trouble):
    with failing(monkeypatch, seat.desk.counter.drafts, "save", TROUBLES[trouble]()):
        fill(intake)
        idle(intake.context, 350)
        intake._form.edited.emit()
        idle(intake.context, 350)
    assert intake._banner.isVisible()
    assert intake._side.slip._saved.text() == "The draft is not kept."
    assert not seat.context.notices.kept, "no shower of toasts"
    intake._form.edited.emit()
    idle(intake.context, 350)
    assert "Draft kept" in intake._side.slip._saved.text()


def test_a_draft_that_can_not_be_read_is_said_and_the_form_is_usable(seat, monkeypatch):
    from tests.ui.pages.helpers import shown_page
    from ui.pages.intake import IntakePage

    page = shown_page(IntakePage(seat.context))
    with failing(monkeypatch, seat.desk.counter.drafts, "take_up", TROUBLES["locked"]()):
        page.activate()
        wait_for(lambda: not page._drafts.is_taking_up)
    assert page._banner.isVisible()
    assert page.take_scan(card())
    assert page._form.applicant.text("applicant.full_name")


def test_a_procedure_out_of_force_between_choosing_and_f9_is_said_at_it(intake, seat, monkeypatch):
    fill(intake)
    gone = broken("PROCEDURE_OUT_OF_FORCE", "procedure_code", procedure=MARITAL, day="20/11/2026")
    with failing(monkeypatch, seat.desk.counter.catalogue, "get", gone):
        receive(intake)
    assert intake._form.procedure._problem.text()
    assert intake.focusWidget() is intake._form.procedure.field
    assert intake._form.applicant.text("applicant.full_name") == "Trần Thị Ví Dụ"
    receive(intake)
    assert count(seat.desk) == 1


def test_a_book_that_was_closed_is_a_banner(intake, seat):
    from counter_app.domain.registers import DOSSIER_BOOK
    from tests.ui.pages.helpers import take_in

    take_in(seat.desk)
    seat.desk.clock.moment = local(2026, 12, 31, 9, 0)
    seat.desk.counter.logbooks.close_year(DOSSIER_BOOK, 2026, seat.desk.actor)
    fill(intake)
    receive(intake)
    assert "2026" in intake._banner.sentence
    assert intake._form.procedure.procedure is not None
    assert count(seat.desk) == 1


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_clock_gone_wrong_is_said_once_and_forgotten_when_it_is_right(intake, seat, year):
    wait_for(lambda: not intake._drafts.is_taking_up)
    right = seat.desk.clock.moment
    choose(intake, MARITAL)
    idle(intake.context, 250)
    seat.desk.clock.moment = local(year, 1, 1, 9, 0)
    intake._form.edited.emit()
    idle(intake.context, 350)
    assert str(year) in intake._banner.sentence
    assert not [notice for notice in seat.context.notices.kept if notice.kind == "danger"]
    receive(intake)
    assert (intake._banner.isVisible(), str(year) in intake._banner.sentence) == (True, True)
    assert count(seat.desk) == 0
    seat.desk.clock.moment = right
    intake._form.edited.emit()
    idle(intake.context, 350)
    assert not intake._banner.isVisible()


def test_other_clerks_numbers_redraw_the_slip(intake, seat):
    fill(intake)
    idle(intake.context, 250)
    first = intake._side.slip.paper.pdf
    from tests.ui.pages.helpers import take_in

    take_in(seat.desk, minutes=0)
    intake.refresh(Changes.of("numbers"))
    wait_for(lambda: intake._side.slip.paper.pdf != first)


def test_nothing_of_the_page_asks_the_database_on_the_windows_thread(intake, seat, guard):
    idle(intake.context)
    with guard:
        intake.activate()
        fill_without_services(intake, seat)
        intake.do_more()
        intake.leave()
        idle(intake.context, 250)
        receive(intake)
        intake.do_recall()
        idle(intake.context)


def fill_without_services(page, seat):
    from PySide6.QtTest import QTest

    QTest.keyClicks(page._form.procedure.field, "tinh trang hon nhan")
    wait_for(lambda: page._form.procedure._list is not None and page._form.procedure._list.isVisible())
    from PySide6.QtCore import Qt

    QTest.keyClick(page._form.procedure.field, Qt.Key.Key_Return)
    wait_for(lambda: page._form.procedure.procedure is not None)
    page.take_scan(card(CARD, date(2026, 11, 20)))
    page.do_all_papers()
    page._form.applicant.form.row("applicant.id_number").left.emit("applicant.id_number")
    settle(0)


def test_the_page_is_freed_with_its_answers_on_the_way(seat, tools):
    """A page that goes while services work is no crash: its answers are dropped."""
    from shiboken6 import isValid

    from ui.pages.intake import IntakePage

    page = IntakePage(seat.context)
    page.activate()
    choose(page, MARITAL)
    page._look.now()
    page.deleteLater()
    wait_for(lambda: not isValid(page))
    idle(seat.context)


def test_the_words_of_the_page_are_vietnamese_where_vietnamese_is_spoken(seat, translation):
    from tests.ui.pages.helpers import shown_page
    from ui.pages.intake import IntakePage

    translation.choose("vi")
    page = shown_page(IntakePage(seat.context))
    page.activate()
    wait_for(lambda: not page._drafts.is_taking_up)
    fill(page, "1.004859")
    page._form.set_more(True)
    idle(seat.context, 250)
    seen = words(page)
    for part in ("Người nộp", "Giấy tờ", "Lệ phí", "Nhận kết quả", "Hẹn trả", "Giấy tiếp nhận", "Số bộ", "Trường hợp"):
        assert part in seen
    english = {"Applicant", "Papers", "Fee", "Due", "Receipt slip", "Sets", "Case", "Original", "More", "Address"}
    assert not english & set(seen.split("\n"))


