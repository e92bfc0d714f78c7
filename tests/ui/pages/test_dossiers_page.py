"""Hồ sơ, the list: search, chips with counts, the most urgent first, the pane, export, reprint."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.dossier import FeeLine, FeeMethod, Status
from counter_app.domain.life import Supplement
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.services.changes import Changes
from counter_app.services.intake.terms import ReceiveDossier
from counter_app.services.ports import ListFilter
from tests.builders import dossier
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.dialogs.filed import filed, received
from tests.ui.pages.helpers import MARITAL, applicant, idle, shown_page, take_in, words
from ui.dialogs.save_file import SaveFileDialog
from ui.models.states import due_text
from ui.pages.dossiers import DossiersPage
from ui.widgets.rows import LOOK_ROLE


def add(desk, *dossiers):
    with desk.counter.database.write() as uow:
        uow.dossiers.add_many(dossiers)
        uow.commit()


def old(serial, **changes):
    """Return a dossier of earlier days, as imported ones are."""
    return dossier(serial, **changes)


@pytest.fixture
def mixed(seat):
    """A desk with one dossier of each urgency, and a received one."""
    now = seat.desk.clock.moment
    add(
        seat.desk, old(1, due_at=now - timedelta(days=6)), old(2, due_at=now + timedelta(hours=5)), old(3, due_at=local(2026, 11, 23, 9, 0)),
        old(4, status=Status.AWAITING_SUPPLEMENT), old(5, status=Status.RESULT_READY),
        old(6, status=Status.RETURNED, returned_at=now - timedelta(days=1), finished_at=now - timedelta(days=2)), old(7))
    return take_in(seat.desk)


@pytest.fixture
def page(seat):
    made = shown_page(DossiersPage(seat.context))
    made.activate()
    idle(seat.context)
    return made


def lists_looked_at(page):
    """Return which lists were opened, and how long each was, as the trail tells it."""
    with page.context.counter.database.read() as uow:
        return [
            (entry.details["list"], entry.details["found"]) for entry in uow.audit.entries(1)
            if entry.action == "dossiers.searched" and "list" in entry.details]


def test_each_list_that_is_opened_is_one_look(mixed, page):
    """The page reads its list anew whenever something changes: who was on it is no other look then."""
    assert lists_looked_at(page) == [("all", 8)]
    page.refresh(Changes.of("dossiers"))
    idle(page.context)
    page._chips[ListFilter.OVERDUE].click()
    idle(page.context)
    page.refresh(Changes.of("dossiers"))
    idle(page.context)
    assert lists_looked_at(page) == [("all", 8), ("overdue", 1)]
    page._chips[ListFilter.ALL].click()
    page.refresh(Changes.of("dossiers"))
    idle(page.context)
    search(page, "không có ai như thế")
    search(page, "")
    assert lists_looked_at(page) == [("all", 8), ("overdue", 1), ("all", 8), ("all", 8)], "opened again it is another showing"


def badges(page):
    return [page._model.index(row, 4).data() for row in range(page._model.rowCount())]


def search(page, query):
    page.activate(query=query)
    idle(page.context)


def test_an_empty_desk_says_what_will_be_here(page):
    assert page._empty.isVisible()
    assert "Alt+2" in page._empty.accessibleName()
    assert page.why_not("open") == "Choose a dossier first."
    assert [which for which, chip in page._chips.items() if chip.isVisible()] == [ListFilter.ALL]
    assert page._pane.isVisible()
    assert words(page._pane) == ""


def test_all_dossiers_with_their_counts(mixed, page):
    assert len(page._model.rows) == 8
    assert "8 dossiers" in words(page)
    shown = {which: chip.text() for which, chip in page._chips.items() if chip.isVisible()}
    assert shown[ListFilter.OVERDUE] == "Overdue 1"
    assert shown[ListFilter.RETURNED] == "Returned 1"
    assert ListFilter.ATTENTION not in shown


def test_everything_begins_with_what_presses_and_ends_with_the_newest(mixed, page):
    assert badges(page)[:5] == ["Overdue 5 days", "Due today", "Due soon", "Result ready", "Awaiting papers"]
    assert page._model.rows[5].dossier_id == mixed.dossier_id, "of the rest the newest comes first"
    assert len({row.dossier_id for row in page._model.rows}) == 8, "nobody stands there twice"


def test_rows_of_two_lines_say_everything_that_the_columns_said(mixed, page):
    page._table.selectRow(1)
    chosen = page._chosen()
    before = [(row.code, row.procedure_name, row.applicant, due_text(row, page._now.at.now)) for row in page._model.rows]
    page.set_folded(folded=True)
    assert page._model.columnCount() == 3
    assert page._chosen() == chosen, "the chosen dossier stays chosen"
    for at, (code, procedure, name, due) in enumerate(before):
        first, second = page._model.index(at, 0), page._model.index(at, 1)
        assert (first.data(), first.data(LOOK_ROLE).below) == (code, procedure)
        assert (second.data(), second.data(LOOK_ROLE).below) == (name, due)
        assert first.data(Qt.ItemDataRole.AccessibleTextRole) == f"{code}, {procedure}"
    assert page._table.rowHeight(0) > page._table.fontMetrics().height() * 2
    page.set_folded(folded=False)
    assert page._model.columnCount() == 5
    assert badges(page)[0] == "Overdue 5 days"


def test_searched_words_stay_bold_in_rows_of_two_lines(mixed, page):
    page.set_folded(folded=True)
    search(page, "vi du")
    look = page._model.index(0, 1).data(LOOK_ROLE)
    assert look.bold_ranges == ((9, 2), (12, 2))
    assert look.below


def test_the_pane_says_whole_working_days_and_why_nothing_is_paid(mixed, page, seat):
    page._table.selectRow(0)
    idle(seat.context)
    assert page._pane._badge.accessibleName() == "Overdue 5 working days"
    fees = (FeeLine("", "Lệ phí", 0, FeeMethod.EXEMPT, exempt_reason="người thuộc hộ nghèo"),)
    made = seat.desk.counter.intake.receive(ReceiveDossier(procedure_code=MARITAL, applicant=applicant(), fees=fees), seat.desk.actor)
    search(page, made.code)
    idle(seat.context)
    assert "Exempt: người thuộc hộ nghèo" in words(page._pane)


@pytest.mark.parametrize(("which", "codes"), [
    (ListFilter.OVERDUE, ["0001"]), (ListFilter.DUE_TODAY, ["0002"]), (ListFilter.SUPPLEMENT_OPEN, ["0004"]),
    (ListFilter.RESULT_WAITING, ["0005"]), (ListFilter.RETURNED, ["0006"]), (ListFilter.RECEIVED_TODAY, ["0001"])])
def test_a_chip_opens_its_list(mixed, page, which, codes):
    page._chips[which].click()
    idle(page.context)
    assert [row.code[-4:] for row in page._model.rows] == codes
    assert page._chips[which].isChecked()


def test_a_list_is_opened_from_another_page(mixed, page):
    page.activate(which="overdue")
    idle(page.context)
    assert page._chips[ListFilter.OVERDUE].isChecked()
    assert badges(page) == ["Overdue 5 days"]


def test_a_search_shows_the_most_urgent_first_and_the_words_bold(mixed, page):
    search(page, "vi du")
    assert "8 dossiers match “vi du”" in words(page)
    assert badges(page)[:3] == ["Overdue 5 days", "Due today", "Due soon"]
    assert badges(page)[-1] == "Returned 19/11"
    look = page._model.index(0, 2).data(LOOK_ROLE)
    assert look.bold_ranges == ((9, 2), (12, 2))


def test_chips_narrow_a_search_without_asking_again(mixed, page, monkeypatch):
    search(page, "vi du")
    asked = []
    monkeypatch.setattr(page.context.tasks, "run", lambda *_, key="", **__: asked.append(key))
    page._chips[ListFilter.RESULT_WAITING].click()
    assert badges(page) == ["Result ready"]
    assert page._chips[ListFilter.ALL].text() == "All 8"
    assert set(asked) <= {"pane-fees"}, "the rows are there already"


def test_nothing_found_is_said(mixed, page):
    search(page, "khong co ai")
    assert page._empty.isVisible()
    assert "0 dossiers match" in words(page)
    assert page._chosen() is None


def test_esc_clears_the_search_then_goes_back(mixed, page, seat):
    search(page, "vi du")
    page.do_clear_search()
    idle(page.context)
    assert len(page._model.rows) == 8
    assert seat.navigator.opened == []
    page.do_clear_search()
    assert seat.navigator.opened == [("back", {})]


def test_the_pane_shows_the_chosen_dossier_with_its_number_masked(mixed, page):
    search(page, mixed.code)
    shown = words(page._pane)
    for part in (mixed.code, "Xác nhận tình trạng hôn nhân", "Trần Thị Ví Dụ", "••••••••0123", "0900 000 012", "20/11/2026 09:43", "15.000 đ",
                 "01/2026, no. 1", "Saved on this PC"):
        assert part in shown
    assert "067190000123" not in shown


def test_moving_in_the_table_moves_the_pane(mixed, page):
    page._table.setFocus()
    first = page._pane._code.text()
    QTest.keyClick(page._table, Qt.Key.Key_Down)
    assert page._pane._code.text() not in ("", first)


def test_a_reload_keeps_the_chosen_row(mixed, page, seat):
    QTest.keyClick(page._table, Qt.Key.Key_Down)
    QTest.keyClick(page._table, Qt.Key.Key_Down)
    chosen = page._chosen().dossier_id
    take_in(seat.desk, "Lê Văn Thử")
    page.refresh(Changes.of("dossiers"))
    idle(page.context)
    assert page._chosen().dossier_id == chosen
    assert len(page._model.rows) == 9


def test_enter_and_f9_open_the_dossier(mixed, page, seat):
    search(page, mixed.code)
    page._table.setFocus()
    QTest.keyClick(page._table, Qt.Key.Key_Return)
    assert page.trigger("open")
    assert seat.navigator.opened == [("dossier", {"code": mixed.code})] * 2


def test_f11_prints_the_slip_again_without_leaving_the_list(mixed, page, seat, monkeypatch):
    opened = []
    monkeypatch.setattr("ui.papers.Papers.open", lambda _, print_id: opened.append(print_id))
    search(page, mixed.code)
    assert page.trigger("reprint_row")
    wait_for(lambda: bool(opened))
    assert seat.navigator.opened == []
    events = seat.desk.counter.dossiers.show(mixed.code, seat.desk.actor).events
    assert [event.type for event in events].count("slip.printed") == 2


def test_a_dossier_of_older_records_has_no_slip_and_that_is_said(mixed, page, seat):
    seat.context.tasks.refused.connect(seat.context.notices.refuse)
    page.activate(which="overdue")
    idle(page.context)
    page.trigger("reprint_row")
    idle(page.context)
    assert seat.context.notices.kept[0].kind == "danger"


def test_the_list_is_exported_to_a_file_that_is_asked_for(mixed, page, seat, preferences, tmp_path):
    preferences.save_folder = str(tmp_path)
    assert page.trigger("export_rows")
    dialog = page.findChild(SaveFileDialog)
    dialog.name.setText("ho-so")
    dialog.save.click()
    wait_for(lambda: bool(seat.context.notices.kept))
    assert (tmp_path / "ho-so.xlsx").exists()
    assert "ho-so.xlsx" in seat.context.notices.kept[0].text


def test_no_file_no_export(mixed, page, seat):
    page.do_export_rows()
    page.findChild(SaveFileDialog).reject()
    idle(page.context)
    assert seat.context.notices.kept == ()
    assert not list(Path.cwd().glob("ho-so-*"))


def test_an_inspector_reads_and_does_no_more(seat, mixed):
    session = replace(seat.context.session, actor=Actor(seat.desk.actor.user_id, Role.INSPECTOR))
    page = shown_page(DossiersPage(replace(seat.context, session=session)))
    page.activate()
    idle(seat.context)
    assert page.why_not("open") is None
    assert page.why_not("reprint_row") == "Your role prints no slips."
    may_export = session.actor.may("export")
    assert page._export.isVisible() is may_export
    assert (page.why_not("export_rows") is None) is may_export


def test_f6_goes_from_the_table_to_the_chips_and_back(mixed, page):
    page._table.setFocus()
    page.do_next_pane()
    assert page._chips[ListFilter.ALL].hasFocus()
    page.do_next_pane()
    assert page._table.hasFocus()


def test_a_narrow_window_has_the_pane_in_the_place_of_the_table(mixed, page):
    page.set_narrow(True)
    assert not page._pane.isVisible()
    page._table.setFocus()
    page.do_next_pane()
    assert page._pane.isVisible()
    assert not page._sheet.isVisible()
    page.do_next_pane()
    assert page._sheet.isVisible()
    page.set_narrow(False)
    settle(0)
    assert page._pane.width() == 264


def test_chips_break_into_a_second_line_instead_of_being_cut(mixed, page):
    page.resize(640, 600)
    settle()
    chips = [chip for chip in page._chips.values() if chip.isVisible()]
    assert len({chip.y() for chip in chips}) > 1
    assert all(chip.width() >= chip.sizeHint().width() for chip in chips)
    assert all(chip.geometry().right() <= page.width() for chip in chips)


def test_codes_and_appointments_are_never_cut(mixed, page, theme):
    settle()
    metrics = page._table.fontMetrics()
    for column, text in ((0, "H36.50.05-261120-0000"), (3, "today 17:30"), (3, "hôm nay 17:30")):
        assert metrics.horizontalAdvance(text) + 24 <= page._table.columnWidth(column)


def test_the_list_is_cut_at_a_number_and_says_so(seat, page, monkeypatch):
    monkeypatch.setattr("ui.pages.dossiers.MOST", 3)
    add(seat.desk, *(old(serial) for serial in range(1, 6)))
    page.activate()
    idle(page.context)
    assert "the first 3 of 5" in words(page)


def test_a_due_time_is_short_and_says_today(seat):
    add(seat.desk, old(1, due_at=local(2026, 11, 20, 17, 30)), old(2, due_at=local(2027, 1, 4, 9, 0)), old(3, due_at=None),
        old(4, status=Status.AWAITING_SUPPLEMENT))
    rows = {seen.code[-4:]: seen for seen in seat.desk.counter.dossiers.list(ListFilter.ALL, seat.desk.actor).rows}
    now = seat.desk.clock.moment
    assert [due_text(rows[f"000{serial}"], now) for serial in (1, 2, 3, 4)] == ["today 17:30", "04/01/2027", "no date", "paused"]


@pytest.mark.parametrize("mode", ["light", "dark", "high_contrast"])
def test_it_paints_in_every_theme_with_names_for_everything(mixed, page, theme, mode):
    theme.choose(mode)
    settle(0)
    assert not page.grab().isNull()
    assert nameless(page) == []


def test_the_list_asks_on_the_data_thread(mixed, page, seat, guard):
    with guard:
        page.activate(query="vi du")
        idle(seat.context)
        page.activate(which="overdue")
        page.refresh(Changes.of("dossiers"))
        idle(seat.context)


def test_a_fresh_page_that_searches_at_once_asks_on_the_data_thread_too(mixed, seat, guard):
    with guard:
        page = shown_page(DossiersPage(seat.context))
        page.activate(query="vi du")
        idle(seat.context)
        assert page._model.rows
        page.grab()


def lacking(serial, until):
    asked = Supplement(f"s-{serial}", until - timedelta(days=9), "u", ("Tờ khai",), "thiếu", deadline=until)
    return old(serial, status=Status.AWAITING_SUPPLEMENT, supplement_open_since=asked.requested_at, supplements=(asked,))


def test_the_chip_of_papers_not_brought_is_there_when_there_are_some(seat):
    chip = ListFilter.SUPPLEMENT_LATE
    page = shown_page(DossiersPage(seat.context))
    page.activate()
    idle(seat.context)
    assert not page._chips[chip].isVisible()
    now = seat.desk.clock.moment
    add(seat.desk, lacking(1, now - timedelta(days=3)), lacking(2, now + timedelta(days=3)), old(3))
    page.activate(which=chip.value)
    idle(seat.context)
    assert page._chips[chip].isVisible()
    assert page._chips[chip].isChecked()
    assert badges(page) == ["Papers not brought in time"]
    search(page, "Tran Thi")
    page._chips[chip].click()
    assert badges(page) == ["Papers not brought in time"]


def test_what_is_not_wholly_digitised_has_a_chip_of_its_own(seat, page):
    lacking, whole = received(seat), received(seat)
    filed(seat, lacking, "TP02")
    for part, lines in (("TP01", 4), ("TP02", 5)):
        filed(seat, whole, part, lines=lines)
    page.activate()
    idle(seat.context)
    chip = page._chips[ListFilter.NOT_DIGITISED]
    assert chip.text() == "Not digitised 1"
    chip.click()
    idle(seat.context)
    assert [row.code for row in page._model.rows] == [lacking]
    page.activate(query="Trần Thị Ví Dụ")
    idle(seat.context)
    assert chip.text() == "Not digitised 1", "among what a search found too"
