"""Báo cáo: periods, tabs, figures that open their dossiers, freezing, exporting, what an inspector may."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from counter_app.domain.dossier import Channel, Status
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.services.changes import Changes
from counter_app.services.reports.values import kind_of
from tests.storage.samples import dossier
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import idle, shown_page, words
from ui.dialogs.save_file import SaveFileDialog
from ui.models.report_lines import ReportLinesModel
from ui.pages.dossiers import DossiersPage
from ui.pages.reports import ReportsPage
from ui.widgets.rows import PADDING

RECEIVED, DUE = local(2026, 10, 20, 8), local(2026, 11, 5, 17)


def past(n, **changes):
    return dossier(n, **{"received_at": RECEIVED, "due_at": DUE, "place": None} | changes)


@pytest.fixture
def filled(seat):
    with seat.desk.counter.database.write() as uow:
        uow.dossiers.add_many([
            past(1), past(2, field_name="Đất đai", channel=Channel.ONLINE),
            past(3, status=Status.RETURNED, finished_at=local(2026, 11, 9), returned_at=local(2026, 11, 9)),
            past(4, status=Status.RETURNED, finished_at=local(2026, 11, 4), returned_at=local(2026, 11, 4)),
            past(5, received_at=local(2026, 11, 17, 8), due_at=local(2026, 11, 30)),
        ])
        uow.commit()


@pytest.fixture
def page(seat):
    made = shown_page(ReportsPage(seat.context))
    made.activate()
    idle(seat.context)
    return made


def cells(page, sheet=0):
    model = page._sheets()[sheet].model()
    return [[model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())]


def choose(page, row, column, sheet=0):
    view = page._sheets()[sheet]
    view.setFocus()
    view.setCurrentIndex(view.model().index(row, column))
    return view


def show(page, name):
    page._tabs._group.button(page._tabs._values.index(name)).click()
    idle(page.context)
    settle(0)  # new tables are shown by the next turn of the loop


def test_it_opens_with_the_official_form_of_the_month_that_is_over(filled, page):
    assert page._title.text() == "Report of month 11"
    assert page._days.text() == "15/10/2026 to 14/11/2026"
    assert page._place.text() == "11/2026"
    assert cells(page)[-1] == ["Tổng số", "4", "1", "3", "0", "2", "1", "0", "1", "2", "0", "2"]
    assert [line[0] for line in cells(page)] == ["Đất đai", "Hộ tịch", "Tổng số"]


def test_charts_and_score_say_their_figures(filled, page):
    assert "month 11: 50,0 %" in words(page)
    assert "1 of 2 dossiers" in page._panels._count.text()
    assert page._panels._points.text().endswith("/ 66")
    assert page._panels._unmeasured.text() == "34 points not measured"
    assert "Số hóa hồ sơ – / 22" in page._panels._score.accessibleDescription()
    assert "11/2026: 50,0 %" in page._panels._chart.accessibleDescription()
    assert page._panels._raise.isVisible()


def test_enter_opens_the_dossiers_of_the_figure(filled, page, seat):
    view = choose(page, 1, 8)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert seat.navigator.opened == [("dossiers", {"numbers": (3,)})]
    choose(page, 2, 11)
    assert page.trigger("open_figure")
    assert seat.navigator.opened[-1] == ("dossiers", {"numbers": (1, 2)})
    choose(page, 0, 8)
    page.do_open_figure()
    assert "No dossiers" in seat.context.notices.kept[0].text
    assert len(seat.navigator.opened) == 2


def test_the_list_shows_the_dossiers_of_a_figure_and_its_chips_choose_among_them(filled, seat):
    listing = shown_page(DossiersPage(seat.context))
    listing.activate(numbers=(1, 3))
    idle(seat.context)
    assert [each.code[-4:] for each in listing._model.rows] == ["0001", "0003"]
    assert listing._words.text() == "2 dossiers of the report"
    listing._chips[next(which for which in listing._chips if which.value == "returned")].click()
    assert [each.code[-4:] for each in listing._model.rows] == ["0003"]
    listing.do_clear_search()
    assert seat.navigator.opened == [("back", {})], "Esc leads back to the report"
    listing.activate(which="all")
    idle(seat.context)
    assert len(listing._model.rows) == 5


def test_the_item_of_the_score_opens_what_costs_points(filled, page, seat):
    page._panels._raise.click()
    assert seat.navigator.opened[0][0] == "dossiers"
    show(page, "766")
    line = next(at for at, each in enumerate(cells(page, 1)) if each[0] == "Hồ sơ giải quyết đúng hạn")
    QTest.keyClick(choose(page, line, 1, sheet=1), Qt.Key.Key_Return)
    assert seat.navigator.opened[-1] == ("dossiers", {"numbers": (3,)})
    assert not page._panels.isVisible()


@pytest.mark.parametrize(("kind", "title", "days"), [
    ("Quarter", "Report of quarter 4", "15/09/2026 to 20/11/2026"), ("Year", "Report of 2026", "15/12/2025 to 20/11/2026"),
])
def test_lengths_of_periods_as_far_as_they_have_gone(filled, page, kind, title, days):
    next(part for part in page._kinds._group.buttons() if part.text() == kind).click()
    idle(page.context)
    assert (page._title.text(), page._days.text()) == (title, days)


def test_keys_turn_the_period(filled, page):
    QTest.keyClick(choose(page, 0, 1), Qt.Key.Key_PageDown)
    idle(page.context)
    assert page._days.text() == "15/11/2026 to 20/11/2026"
    assert cells(page)[-1][:2] == ["Tổng số", "3"]
    page.do_turn_period()
    page._turn_back()
    idle(page.context)
    assert page._days.text() == "15/09/2026 to 14/10/2026"
    assert cells(page) == [["Tổng số", *["0"] * 11]]


def test_the_weekly_sheet_is_of_the_week_that_is_over_and_opens_late_dossiers(filled, page, seat):
    show(page, "weekly")
    assert page._days.text() == "13/11/2026 to 19/11/2026"
    assert page._title.text() == "Report of the week"
    view = choose(page, 0, 0, sheet=2)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert seat.navigator.opened[-1] == ("dossier", {"code": cells(page, 2)[0][0]})
    show(page, "load")
    assert page._days.text() == "15/10/2026 to 14/11/2026"


@pytest.mark.parametrize("name", ["07a", "timeliness", "on-the-spot", "units", "load", "digital"])
def test_every_tab_shows_its_tables(filled, page, name):
    show(page, name)
    assert page._sheets()
    assert cells(page)[-1][0] == "Tổng số"
    assert nameless(page) == []


def test_a_report_is_frozen_and_what_differs_later_is_told(filled, page, seat, opened, tmp_path):
    assert page.trigger("freeze_report")
    page.findChild(SaveFileDialog).save.click()
    wait_for(lambda: bool(opened))
    idle(page.context)
    assert (tmp_path / "bao-cao-II.06a-2026-11-14.pdf").read_bytes().startswith(b"%PDF")
    assert "check mark" in seat.context.notices.kept[0].text
    page.refresh(Changes.of("reports"))
    idle(page.context)
    assert "Nothing has changed since." in page._told.text()
    assert not page._differ.isVisible()
    with seat.desk.counter.database.write() as uow:
        uow.dossiers.update(replace(uow.dossiers.get("d-000001"), finished_at=local(2026, 11, 3), status=Status.RESULT_READY))
        uow.commit()
    page.refresh(Changes.of("dossiers"))
    idle(page.context)
    assert page._differ.text() == "1 dossiers count otherwise today"
    page._differ.click()
    assert seat.navigator.opened == [("dossiers", {"numbers": (1,)})]


def test_a_period_that_runs_is_exported_and_not_frozen(filled, page, opened, tmp_path):
    page._turn_on()
    idle(page.context)
    assert page.why_not("freeze_report") == "The period is not over. Export it until then."
    assert page.trigger("export_report")
    page.findChild(SaveFileDialog).save.click()
    wait_for(lambda: bool(opened))
    assert (tmp_path / "bao-cao-II.06a-2026-11-20.xlsx").stat().st_size


def test_an_inspector_looks_and_exports_nothing(filled, seat):
    session = replace(seat.context.session, actor=Actor(seat.desk.actor.user_id, Role.INSPECTOR))
    page = shown_page(ReportsPage(replace(seat.context, session=session)))
    page.activate()
    idle(seat.context)
    assert cells(page)[-1][1] == "4"
    assert page.why_not("freeze_report") == page.why_not("export_report") == "Your role prints and exports nothing."


def test_panes_follow_one_another(filled, page):
    page._tabs.setFocus()
    page.do_next_pane()
    assert page._sheets()[0].hasFocus()
    page.do_next_pane()
    assert page._tabs._group.checkedButton().hasFocus()
    QTest.keyClick(page._tabs._group.checkedButton(), Qt.Key.Key_Right)
    idle(page.context)
    assert page._tabs.value == "07a"


def test_an_empty_desk_shows_an_empty_form(page):
    assert cells(page) == [["Tổng số", *["0"] * 11]]
    assert page._panels._chart.accessibleDescription()
    show(page, "weekly")
    assert "Nothing in this period." in words(page)


@pytest.mark.parametrize("mode", ["light", "dark", "high_contrast"])
def test_it_paints_in_every_theme_with_names_for_everything(filled, page, theme, mode):
    theme.choose(mode)
    choose(page, 0, 1)
    settle(0)
    assert not page.grab().isNull()
    assert nameless(page) == []


@pytest.mark.parametrize(("percent", "width"), [(100, 1182), (150, 1310), (200, 1254)])
def test_the_page_keeps_to_the_window(filled, seat, theme, percent, width):
    theme.resize(percent)
    page = ReportsPage(seat.context)
    page.set_narrow(percent > 100)
    page.set_folded(folded=percent > 150)
    page = shown_page(page, width, 586)
    page.activate()
    idle(seat.context)
    assert page.minimumSizeHint().width() <= width


@pytest.mark.parametrize("name", ["II.06a", "timeliness", "766", "on-the-spot", "units"])
@pytest.mark.parametrize(("percent", "width"), [(100, 1182), (150, 1254)])
def test_tables_fit_the_window_at_larger_text_too(filled, seat, theme, percent, width, name):
    theme.resize(percent)
    page = ReportsPage(seat.context)
    page.set_narrow(percent > 100)
    page = shown_page(page, width, 586)
    page.activate()
    idle(seat.context)
    show(page, name)
    for sheet in page._sheets():
        assert sheet.horizontalScrollBar().maximum() == 0, sheet.accessibleName()


def test_no_figure_is_cut_however_long(filled, page):
    sheet = page._sheets()[0]
    lines = sheet.lines
    wide = lines.table.rows[0] | {"c3": 1_234_567_890}
    sheet.setModel(ReportLinesModel(replace(lines.table, rows=(wide, *lines.table.rows[1:])), sheet))
    sheet._share_out()
    metrics = QFontMetrics(page.context.theme.font(bold=True))
    assert sheet.columnWidth(1) >= metrics.horizontalAdvance("1.234.567.890")


@pytest.mark.parametrize("spare", [0, 300])
def test_words_are_not_cut_while_figures_have_more_than_they_need(filled, page, spare):
    sheet = page._sheets()[0]
    columns = sheet.lines.table.columns
    words = next(at for at, column in enumerate(columns) if kind_of(column) == "text")
    wide = sheet.lines.table.rows[0] | {columns[words]["key"]: "Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)"}
    sheet.setModel(ReportLinesModel(replace(sheet.lines.table, rows=(wide, *sheet.lines.table.rows[1:])), sheet))
    metrics = QFontMetrics(page.context.theme.font())
    least = [sheet._least(at, column, metrics) for at, column in enumerate(columns)]
    needed = metrics.horizontalAdvance(wide[columns[words]["key"]]) + 2 * page.context.theme.px(PADDING)
    sheet.resize(sum(least) - least[words] + needed + 20 + spare, 400)
    settle(0)
    assert sheet.columnWidth(words) >= needed
    assert all(sheet.columnWidth(at) >= width for at, width in enumerate(least))
    assert sheet.horizontalScrollBar().maximum() == 0


def test_where_not_all_words_fit_they_get_what_figures_do_not_need(filled, page):
    sheet = page._sheets()[0]
    columns = sheet.lines.table.columns
    words = next(at for at, column in enumerate(columns) if kind_of(column) == "text")
    wide = sheet.lines.table.rows[0] | {columns[words]["key"]: "Thành lập và hoạt động " * 20}
    sheet.setModel(ReportLinesModel(replace(sheet.lines.table, rows=(wide, *sheet.lines.table.rows[1:])), sheet))
    least = [sheet._least(at, column, QFontMetrics(page.context.theme.font())) for at, column in enumerate(columns)]
    sheet.resize(sum(least) + 100, 400)
    settle(0)
    assert sheet.columnWidth(words) >= least[words] + 90
    assert [sheet.columnWidth(at) for at in range(len(columns) - 1) if at != words] == [
        width for at, width in enumerate(least[:-1]) if at != words]


def test_reports_are_counted_beside_the_window(filled, page, guard):
    with guard:
        page.activate()
        idle(page.context)
        page.refresh(Changes.of("dossiers"))
        idle(page.context)
