"""Sổ sách: the bound book page by page, years and volumes, going to a number, printing, exporting, closing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.books import known_books, register_in_force
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.domain.registers import DOSSIER_BOOK, BookPlace
from counter_app.services.changes import Changes
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import idle, shown_page, take_in, words
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.number import NumberDialog
from ui.dialogs.save_file import SaveFileDialog
from ui.models.book_lines import book_columns
from ui.pages.books import BooksPage
from ui.widgets.rows import LOOK_ROLE

LINES = 19
NOTE_COLUMN = 12


@pytest.fixture
def filled(seat):
    """A book of nineteen lines: three pages."""
    return [take_in(seat.desk, f"Trần Văn Mẫu {chr(65 + at)}", fee=0) for at in range(LINES)]


@pytest.fixture
def page(seat):
    made = shown_page(BooksPage(seat.context))
    made.activate()
    idle(seat.context)
    return made


def save(page, *, kind=0):
    """Answer the question for a file with what it offers."""
    dialog = page.findChild(SaveFileDialog)
    dialog.kind.setCurrentIndex(kind)
    dialog.save.click()


def ordinals(page):
    return [page._model.index(row, 0).data() for row in range(page._model.rowCount())]


def turn(page, key):
    QTest.keyClick(page._book.table, key)
    idle(page.context)


def test_an_empty_book_says_what_will_be_in_it(page):
    assert page._empty.isVisible()
    assert page._pages.text() == ""
    assert not page._volume.isVisible()
    assert {page.why_not(act) for act in page.page_actions() if act != "paper_lists"} == {"The book is empty."}


def test_the_last_page_is_open(filled, page):
    assert page._pages.text() == "Page 3 of 3"
    assert ordinals(page) == ["17", "18", "19"]
    assert "Opened on 20/11/2026" in words(page)
    assert "Not printed yet" in words(page)
    assert page._volume.currentText() == "Volume 01/2026"
    assert not page._after.isEnabled()


def test_a_line_has_the_thirteen_printed_columns(filled, page):
    cells = [page._model.index(0, column).data() for column in range(13)]
    assert cells[0] == "17"
    assert cells[1].replace("\u200b", "") == filled[16].code
    assert cells[2:5] == ["Xác nhận tình trạng hôn nhân", "1", "Trần Văn Mẫu Q"]
    assert cells[5] == "Thôn Mẫu 3, xã Đắk Mil\n0900 000 012"
    assert cells[7:11] == ["20/11", "26/11", "", "Tại quầy"]


def test_keys_and_buttons_turn_the_pages_and_stop_at_the_ends(filled, page):
    turn(page, Qt.Key.Key_PageUp)
    assert ordinals(page)[0] == "09"
    page._before.click()
    idle(page.context)
    assert ordinals(page) == [f"{number:02d}" for number in range(1, 9)]
    turn(page, Qt.Key.Key_PageUp)
    assert page._pages.text() == "Page 1 of 3"
    turn(page, Qt.Key.Key_PageDown)
    assert page._pages.text() == "Page 2 of 3"
    page.do_turn_page()
    idle(page.context)
    page._after.click()
    idle(page.context)
    assert page._pages.text() == "Page 3 of 3"


def test_a_number_is_found(filled, page):
    assert page.trigger("go_to_number")
    dialog = page.findChild(NumberDialog)
    assert f"Number 1 to {LINES}" in words(dialog)
    QTest.keyClicks(dialog.field, "10")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    idle(page.context)
    assert "10" in ordinals(page)
    page.do_go_to_number()
    QTest.keyClick(page.findChildren(NumberDialog)[-1], Qt.Key.Key_Escape)
    idle(page.context)
    assert "10" in ordinals(page)


def test_enter_opens_the_dossier_of_the_line(filled, page, seat):
    page._book.table.selectRow(1)
    turn(page, Qt.Key.Key_Return)
    assert seat.navigator.opened == [("dossier", {"code": filled[17].code})]


def test_a_struck_line_stays_readable_with_its_reason(filled, page, seat):
    seat.desk.counter.logbooks.strike(BookPlace(DOSSIER_BOOK, 2026, 1, 18), "nhập nhầm", seat.desk.actor)
    page.refresh(Changes.of("books"))
    idle(page.context)
    assert page._model.index(1, 4).data(LOOK_ROLE).struck
    assert not page._model.index(1, NOTE_COLUMN).data(LOOK_ROLE).struck
    assert page._model.index(1, NOTE_COLUMN).data() == "struck on 20/11: nhập nhầm"
    assert not page._model.index(0, 4).data(LOOK_ROLE).struck


def test_a_new_line_elsewhere_does_not_turn_the_page(filled, page, seat):
    turn(page, Qt.Key.Key_PageUp)
    take_in(seat.desk)
    page.refresh(Changes.of("dossiers", "books"))
    idle(page.context)
    assert page._pages.text() == "Page 2 of 3"
    page.refresh(Changes.of("users"))


def test_the_pages_not_printed_yet_are_written_and_opened(filled, page, seat, opened, tmp_path):
    assert page.trigger("print_next")
    assert not page.findChild(SaveFileDialog).kind.isVisible()
    save(page)
    wait_for(lambda: bool(opened))
    idle(page.context)
    assert (tmp_path / "so-theo-doi-ho-so-2026.pdf").read_bytes().startswith(b"%PDF")
    assert "lines written to so-theo-doi-ho-so-2026.pdf" in seat.context.notices.kept[0].text
    assert "Printed up to page" in words(page)


@pytest.mark.parametrize(("kind", "suffix"), [(0, "xlsx"), (1, "pdf"), (2, "json")])
def test_the_year_is_exported(filled, page, opened, tmp_path, kind, suffix):
    assert page.trigger("export_book")
    save(page, kind=kind)
    wait_for(lambda: bool(opened))
    assert (tmp_path / f"so-theo-doi-ho-so-2026.{suffix}").stat().st_size


def test_no_file_nothing_is_written(filled, page, seat, opened, tmp_path):
    for ask in (page.do_print_next, page.do_export_book):
        ask()
        page.findChildren(SaveFileDialog)[-1].reject()
    idle(page.context)
    assert seat.context.notices.kept == ()
    assert opened == []


def test_the_year_is_closed_on_its_last_day_after_a_question(filled, page, seat):
    assert page.why_not("close_year") == "The year is closed from 31/12 on."
    seat.desk.clock.moment = local(2026, 12, 31, 16, 0)
    assert page.trigger("close_year")
    dialog = page.findChild(ConfirmDialog)
    assert "2026" in words(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle()
    assert page.findChild(ConfirmDialog) is None
    assert page._shown.volume.closed_on is None
    page.do_close_year()
    page.findChild(ConfirmDialog)._agree()
    wait_for(lambda: page._shown.volume.closed_on is not None)
    idle(page.context)
    assert "closed on 31/12/2026" in words(page)
    assert page.why_not("close_year") == "This volume is closed."


def test_the_safe_answer_has_the_focus(page, theme):
    dialog = ConfirmDialog(theme, "Close the year", "No way back.", "Close it", page)
    dialog.open()
    settle(0)
    assert dialog.focusWidget().text() == "Leave it"
    assert nameless(dialog) == []
    dialog.reject()


def test_in_january_the_book_of_the_year_before_can_still_be_closed(filled, seat):
    seat.desk.clock.moment = local(2027, 1, 4, 9, 0)
    page = shown_page(BooksPage(seat.context))
    page.activate()
    idle(seat.context)
    assert page._volume.currentText() == "Volume 01/2026"
    assert page.why_not("close_year") is None
    take_in(seat.desk)
    page.activate()
    idle(seat.context)
    assert [page._years.itemText(at) for at in range(page._years.count())] == ["Year 2026", "Year 2027"]
    assert page._years.currentText() == "Year 2027"
    assert [page._volume.itemText(at) for at in range(page._volume.count())] == ["Volume 01/2027"]
    assert ordinals(page) == ["01"]
    page._years.activated.emit(0)
    idle(seat.context)
    assert page._years.currentText() == "Year 2026"
    assert page._volume.currentText() == "Volume 01/2026"
    assert page._pages.text() == "Page 3 of 3", "a year opens where its writing ends"
    page._volume.activated.emit(0)
    idle(seat.context)
    assert page._pages.text() == "Page 1 of 3", "a volume opens at its beginning"
    assert page._year == 2026


@pytest.mark.parametrize(("role", "acts"), [(Role.CLERK, {"close_year"}), (Role.INSPECTOR, {"close_year", "print_next", "export_book"})])
def test_roles_do_what_they_may(filled, seat, role, acts):
    session = replace(seat.context.session, actor=Actor(seat.desk.actor.user_id, role))
    page = shown_page(BooksPage(replace(seat.context, session=session)))
    page.activate()
    idle(seat.context)
    refused = {act for act in page.page_actions() if page.why_not(act)}
    assert refused <= acts
    assert "close_year" in refused


def test_the_whole_page_is_seen_at_the_real_height_of_a_small_screen(filled, page):
    page.resize(1182, 586)
    turn(page, Qt.Key.Key_PageUp)
    settle()
    assert page._book.table.verticalScrollBar().maximum() == 0
    assert page._book.horizontalScrollBar().maximum() == 0


def test_a_narrow_window_scrolls_along_the_columns_and_follows_the_keys(filled, page):
    page.resize(700, 500)
    settle()
    bar = page._book.horizontalScrollBar()
    assert bar.maximum() > 0
    page._book.table.setFocus()
    page._book.table.setCurrentIndex(page._model.index(0, 0))
    for _ in range(12):
        QTest.keyClick(page._book.table, Qt.Key.Key_Right)
    assert bar.value() == bar.maximum()
    assert page._book.head.width() == page._book.table.width()


@pytest.mark.parametrize("mode", ["light", "dark", "high_contrast"])
def test_it_paints_in_every_theme_with_names_for_everything(filled, page, theme, mode):
    theme.choose(mode)
    page._book.table.selectRow(0)
    settle(0)
    assert not page.grab().isNull()
    assert nameless(page) == []


def test_the_book_is_read_on_the_data_thread(filled, page, guard):
    with guard:
        page.activate()
        idle(page.context)
        turn(page, Qt.Key.Key_PageUp)
        page.refresh(Changes.of("books"))
        idle(page.context)


def test_at_200_percent_year_volume_and_page_have_the_line_for_themselves(filled, seat, theme):
    theme.resize(200)
    page = BooksPage(seat.context)
    page.set_folded(folded=True)
    page = shown_page(page, 1254, 560)
    page.activate()
    idle(seat.context)
    assert not page._title.isVisible()
    assert page.width() == 1254, "it needs no more than there is"
    page.set_folded(folded=False)
    assert page._title.isVisible()


def tab(page, book):
    page._tabs._group.button(page._tabs._values.index(book)).click()
    idle(page.context)


def test_every_register_has_its_tab_with_exactly_its_printed_columns(filled, page):
    for book in known_books():
        register = register_in_force(book, page.context.counter.clock.now().date())
        tab(page, book)
        assert page._title.text() == register.title
        assert page._model.columnCount() == len(register.columns)
        assert page._book.head._columns == book_columns(register)
        assert [page._model.headerData(at, Qt.Orientation.Horizontal) for at in range(len(register.columns))] == [
            column.title for column in register.columns]
        assert nameless(page) == []
    tab(page, DOSSIER_BOOK)
    assert page._pages.text() == "Page 3 of 3"


def test_the_register_of_fees_shows_money_days_and_ways_of_paying(seat, page):
    received = take_in(seat.desk, fee=15_000)
    tab(page, "fees")
    shown = [page._model.index(0, column).data() for column in range(page._model.columnCount())]
    assert shown[:2] == ["1", "20/11"]
    assert shown[2].replace("\u200b", "") == received.code
    assert (shown[6], shown[7], shown[8]) == ("15.000", "15.000", "Tiền mặt")
    assert page._pages.text() == "Page 1 of 1"


def test_an_empty_register_says_so_and_keeps_nothing_of_the_one_before(filled, page):
    tab(page, "results")
    assert page._empty.isVisible()
    assert (page._model.rowCount(), page._pages.text(), page._opened.text()) == (0, "", "")
    assert {page.why_not(act) for act in page.page_actions() if act != "paper_lists"} == {"The book is empty."}


def test_another_register_is_printed_under_its_own_name(seat, page, opened):
    take_in(seat.desk, fee=15_000)
    tab(page, "fees")
    page.do_export_book()
    save(page)
    wait_for(lambda: opened)
    assert opened == ["so-thu-phi-le-phi-2026.xlsx"]


def test_a_page_that_comes_late_does_not_show_in_another_register(filled, page, seat):
    late = seat.desk.counter.logbooks.page(DOSSIER_BOOK, 2026, 1, 1, seat.desk.actor)
    tab(page, "fees")
    page._show(late)
    assert page._model.rowCount() == 0


def test_arrows_go_from_register_to_register(page):
    button = page._tabs._group.button(0)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Right)
    idle(page.context)
    assert page._title.text() == "Sổ chứng thực bản sao từ bản chính"


def pages_noted(seat):
    with seat.desk.counter.database.read() as uow:
        return [entry.details["page"] for entry in uow.audit.entries(1, 1000) if entry.action == "book.page_shown"]


def test_a_page_is_noted_when_it_is_opened_and_not_when_it_is_shown_anew(filled, page, seat):
    assert pages_noted(seat) == [3]
    page._turn_back()
    idle(seat.context)
    assert pages_noted(seat) == [3, 2]
    page.refresh(Changes.of("books"))
    idle(seat.context)
    assert pages_noted(seat) == [3, 2]
    page.activate()
    idle(seat.context)
    assert pages_noted(seat) == [3, 2, 3]
