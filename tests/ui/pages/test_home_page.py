"""Hôm nay: what the services count stands there, every figure opens its list, and the page holds in a narrow window."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest

from counter_app.domain.calendar import DayOff
from counter_app.domain.errors import Problem
from counter_app.services.changes import Changes
from counter_app.services.helping.doctor import Finding, State
from counter_app.services.ports import ListFilter
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import shown_page, take_in, words
from ui.dialogs.number_help import NumberHelpDialog
from ui.pages.home import CELLS, HomePage
from ui.pages.home_column import share_text


@pytest.fixture
def home(seat):
    page = shown_page(HomePage(seat.context))
    page.activate()
    count_anew(page)
    return page


def count_anew(home):
    """Do what the frame does when the page is opened and when something was written."""
    home.show_figures(home.context.counter.home.figures())


def figures(home, **changes):
    return replace(home.context.counter.home.figures(), **changes)


def test_an_empty_day_says_how_it_begins(home):
    assert "Today, Friday 20 November" in words(home)
    assert home._empty.isVisible()
    assert "Alt+2" in home._empty.accessibleName()
    assert all(cell._figure.number == 0 for cell in home._cells.values())
    assert not home._all.isVisible()


def test_a_received_dossier_stands_in_the_table_with_its_state(home, seat):
    made = take_in(seat.desk)
    count_anew(home)
    assert len(home._model.rows) == 1
    row = home._model.rows[0]
    assert row.code == made.code
    texts = [home._model.index(0, column).data() for column in range(6)]
    assert texts[:4] == ["09:43", made.code, "Xác nhận tình trạng hôn nhân", "Trần Thị Ví Dụ"]
    assert texts[4] == "26/11 09:43"
    assert home._model.index(0, 5).data(Qt.ItemDataRole.AccessibleTextRole) == "Saved on this PC"
    assert not home._empty.isVisible()
    assert home._column._received.text() == "1"


def test_the_ten_newest_are_shown_and_the_rest_is_a_link(home, seat):
    for _ in range(12):
        take_in(seat.desk, fee=0)
    count_anew(home)
    assert len(home._model.rows) == 10
    assert home._all.text() == "All 12 dossiers of today"
    home._all.click()
    assert seat.navigator.opened[-1] == ("dossiers", {"which": "received_today"})


def test_every_figure_opens_its_list_by_mouse_and_by_key(home, seat):
    for which, _ in CELLS:
        home._cells[which].click()
        assert seat.navigator.opened[-1] == ("dossiers", {"which": which.value})
    cell = home._cells[ListFilter.OVERDUE]
    cell.setFocus()
    QTest.keyClick(cell, Qt.Key.Key_Space)
    assert seat.navigator.opened[-1] == ("dossiers", {"which": "overdue"})


def test_figures_say_their_line_and_are_read_out_whole(home):
    home.show_figures(figures(home, overdue=2, overdue_worst_days=6, due_today=14, due_today_ready=9, result_waiting=23, result_postal=3, attention=1))
    names = {which: cell.accessibleName() for which, cell in home._cells.items()}
    assert names[ListFilter.OVERDUE] == "Overdue 2, at worst 6 working days"
    assert names[ListFilter.DUE_TODAY] == "Due today 14, 9 have a result"
    assert names[ListFilter.RESULT_WAITING] == "Results waiting 23, 3 by post"
    assert home._cells[ListFilter.ATTENTION]._figure.tone == "warning"


def test_the_next_day_off_is_said_in_time_only(home):
    home.show_figures(figures(home, next_day_off=DayOff(date(2026, 11, 24), "Ngày Văn hóa Việt Nam", "holiday")))
    assert "Tuesday 24/11 closed: Ngày Văn hóa Việt Nam" in words(home)
    home.show_figures(figures(home, next_day_off=DayOff(date(2027, 1, 1), "Tết Dương lịch", "holiday")))
    assert "Tết" not in words(home)
    home.show_figures(figures(home, next_day_off=None))
    assert not home._off_icon.isVisible()


def test_the_share_in_time_has_its_count_and_is_never_rounded_up(home):
    home.show_figures(figures(home, on_time_total=216, on_time_count=214))
    assert "99,0 %" in words(home)
    assert "214 of 216 finished in time" in words(home)
    assert (home._column._bar.maximum(), home._column._bar.value()) == (216, 214)
    home.show_figures(figures(home, on_time_total=0, on_time_count=0))
    assert "nothing finished yet" in words(home)


@pytest.mark.parametrize(("part", "whole", "text"), [(1999, 2000, "99,9 %"), (2000, 2000, "100,0 %"), (0, 7, "0,0 %"), (2, 3, "66,6 %")])
def test_100_percent_means_all(part, whole, text):
    assert share_text(part, whole) == text


def test_the_hours_are_drawn_and_read_out(home):
    home.show_figures(figures(home, hours=((7, 2, 3), (8, 5, 4), (9, 1, 0)), usual_today=121))
    chart = home._column._chart
    assert chart.accessibleDescription() == "07: 2, 08: 5, 09: 1"
    assert [bar.now for bar in chart._bars] == [False, False, True]
    assert "usually 121" in words(home)
    assert "light: usual" in home._column._legend.text()
    home.show_figures(figures(home, usual_today=0))
    assert home._column._legend.text() == "by hour"


def test_enter_opens_the_dossier_of_the_row(home, seat):
    made = take_in(seat.desk)
    count_anew(home)
    home._table.selectRow(0)
    QTest.keyClick(home._table, Qt.Key.Key_Return)
    assert seat.navigator.opened[-1] == ("dossier", {"code": made.code})


def test_the_page_asks_for_nothing_itself(home, monkeypatch):
    asked = []
    monkeypatch.setattr(home.context.tasks, "run", lambda *arguments, **_: asked.append(arguments))
    home.activate()
    home.refresh(Changes.of("dossiers"))
    assert asked == []
    assert home._table.hasFocus()


UNSAFE = Finding("guard", State.BAD, Problem("NUMBER_UNSAFE", None, {"day": "20/11/2026"}))
PROVISIONAL = Finding("guard", State.WARNING, Problem("DOCTOR_GUARD_SUSPECT", None, {"code": "TAM-X-261120-0001"}))
BEHIND = Finding("clock", State.BAD, Problem("DOCTOR_CLOCK_BEHIND", None, {"newest": "20/11/2026 09:42"}))


@pytest.mark.parametrize(("found", "kind", "button", "said"), [
    ([UNSAFE], "danger", "Dossier numbers", ["20/11/2026", "newest slip"]),
    ([PROVISIONAL], "warning", "Dossier numbers", ["TAM-X-261120-0001"]),
    ([BEHIND], "danger", "", ["09:42"]),
    ([BEHIND, UNSAFE], "danger", "Dossier numbers", ["09:42", "newest slip"]),
])
def test_what_stands_in_the_way_of_the_next_dossier_is_said_with_one_act(home, found, kind, button, said):
    home.show_hindrances(found)
    assert home.hindrances.isVisible()
    assert (home.hindrances._kind, home.hindrances._button.text(), home.hindrances._button.isVisible()) == (kind, button, bool(button))
    assert all(words in home.hindrances.sentence for words in said)
    assert nameless(home) == []
    home.show_hindrances([])
    assert not home.hindrances.isVisible()


def test_the_one_act_opens_the_dialog_of_numbers(home):
    home.show_hindrances([UNSAFE])
    QTest.mouseClick(home.hindrances._button, Qt.MouseButton.LeftButton)
    dialog = home.findChild(NumberHelpDialog)
    wait_for(lambda: dialog._standing is not None)
    assert dialog.isVisible()


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_nothing_is_painted_before_all_figures_stand_there(home):
    settle()
    bar, cell = Paints(home._column._bar), Paints(home._cells[ListFilter.OVERDUE])
    home.show_figures(figures(home, on_time_total=216, on_time_count=214, overdue=7, received_today=3))
    assert (bar.count, cell.count) == (0, 0)
    settle()
    assert bar.count > 0
    assert cell.count > 0


def test_a_narrow_window_has_two_rows_of_figures_and_a_second_pane(home, seat):
    home.set_narrow(True)
    settle(0)
    places = [home._grid.getItemPosition(home._grid.indexOf(cell))[:2] for cell in home._cells.values()]
    assert places == [(0, 0), (0, 2), (0, 4), (1, 0), (1, 2), (1, 4)]
    assert not home._column.isVisible()
    home._table.setFocus()
    home.do_next_pane()
    assert home._column.isVisible()
    assert not home._table_sheet.isVisible()
    home.do_next_pane()
    assert home._table_sheet.isVisible()
    assert not home._column.isVisible()
    home.set_narrow(False)
    settle(0)
    assert len({cell.y() for cell in home._cells.values()}) == 1
    assert home._column.width() == 296


def test_f6_goes_to_the_figures_and_back(home):
    home._table.setFocus()
    home.do_next_pane()
    assert home._cells[ListFilter.OVERDUE].hasFocus()
    home.do_next_pane()
    assert home._table.hasFocus()


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("mode", ["light", "dark", "high_contrast"])
def test_it_paints_in_every_theme_with_names_for_everything(home, theme, mode, narrow):
    theme.choose(mode)
    home.set_narrow(narrow)
    home.show_figures(figures(home, overdue=2, due_soon=3, hours=((7, 2, 3), (8, 5, 4))))
    settle(0)
    assert not home.grab().isNull()
    assert nameless(home) == []


def test_nothing_overlaps_at_the_real_height_of_a_small_screen(home):
    home.resize(1182, 586)
    settle()
    column = home._column
    parts = [column._received, column._chart, column._legend]
    assert all(first.geometry().bottom() <= second.geometry().top() for first, second in itertools.pairwise(parts))
    assert home.heightForWidth(1182) <= 586


@pytest.mark.parametrize(("alarm", "line"), [(True, "alarm: 5.2 % of all"), (False, "at worst 6 working days")])
def test_too_many_overdue_ones_are_an_alarm_in_words(home, alarm, line):
    home.show_figures(figures(home, overdue=3, overdue_worst_days=6, overdue_permille=52, overdue_alarm=alarm))
    assert home._cells[ListFilter.OVERDUE]._figure.line == line


@pytest.mark.parametrize(("late", "line", "tone"), [(0, "clock is stopped", "text"), (2, "2 not brought in time", "warning")])
def test_papers_not_brought_in_time_are_said_under_the_figure(home, late, line, tone):
    home.show_figures(figures(home, supplement_open=5, supplement_late=late))
    figure = home._cells[ListFilter.SUPPLEMENT_OPEN]._figure
    assert (figure.number, figure.line, figure.tone) == (5, line, tone)
