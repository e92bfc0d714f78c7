"""Widgets that draw themselves: the days, the steps, the stages, figures, bars, the timeline, the paper."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QWidget
from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.deadline_terms import CountedDay, DayRole
from tests.ui.conftest import picture, settle, wait_for
from ui.widgets.bar_chart import Bar, BarChart
from ui.widgets.day_strip import MOST, DayStrip, shown_days
from ui.widgets.figure_cell import Figure, FigureCell
from ui.widgets.flow import FlowLayout
from ui.widgets.paper_view import A5_RATIO, PaperView
from ui.widgets.sheet import paint_sheet
from ui.widgets.stage_bar import StageBar
from ui.widgets.step_mark import StepMark
from ui.widgets.timeline import Moment, Timeline

MODES = ["light", "dark", "high_contrast"]
FRIDAY = date(2026, 11, 20)


def shown(widget, host, width=430, height=0):
    widget.setParent(host)
    widget.resize(width, height or widget.sizeHint().height())
    widget.show()
    return widget


def has_colour(widget, colour):
    """Tell whether a widget paints a colour, exactly."""
    image, wanted = picture(widget), QColor(colour).rgb()
    return any(image.pixel(x, y) == wanted for x in range(0, image.width(), 2) for y in range(0, image.height(), 2))


@pytest.mark.parametrize("mode", MODES)
def test_what_stands_over_the_desk_is_a_sheet_with_a_frame_all_around(theme, host, mode):
    theme.choose(mode)

    class Over(QWidget):
        def paintEvent(self, event):
            paint_sheet(self, theme, event)

    image = picture(shown(Over(), host, 60, 40))
    right, bottom = image.width() - 1, image.height() - 1
    corners = {image.pixel(x, y) for x in (0, right) for y in (0, bottom)}
    assert corners == {theme.colour("line_strong").rgb()}
    assert {image.pixel(x, y) for x in (1, right // 2, right - 1) for y in (1, bottom // 2, bottom - 1)} == {theme.colour("surface").rgb()}


# --- days -------------------------------------------------------------------------------------------------------------


def three_days():
    """The strip of the design: three working days over a weekend and a day off."""
    roles = [DayRole.RECEIVED, DayRole.NOT_COUNTED, DayRole.NOT_COUNTED, DayRole.COUNTED, DayRole.NOT_COUNTED, DayRole.COUNTED, DayRole.RETURN]
    ordinals = [None, None, None, 1, None, 2, 3]
    return tuple(
        CountedDay(FRIDAY + timedelta(days=at), role, ordinal, "Ngày Văn hóa Việt Nam" if at == 4 else "", weekly_rest=at in (1, 2))
        for at, (role, ordinal) in enumerate(zip(roles, ordinals, strict=True)))


@pytest.fixture
def strip(theme, host):
    return shown(DayStrip(theme), host)


def test_a_day_says_what_it_counts_for(strip):
    assert [strip._last_line(day) for day in three_days()] == ["in", "–", "–", "1", "off", "2", "3 · due"]
    assert [strip._weekday(day) for day in three_days()] == ["Fri", "Sat", "Sun", "Mon", "Tue", "Wed", "Thu"]


def test_words_fit_into_their_cells_in_both_languages(strip, translation, theme):
    for language in ("en", "vi"):
        translation.choose(language)
        metrics = strip.fontMetrics()
        for day in three_days():
            assert metrics.horizontalAdvance(strip._last_line(day)) <= theme.px(58)


@pytest.mark.parametrize("mode", MODES)
def test_the_return_day_is_filled_and_the_rest_is_not(strip, theme, mode):
    theme.choose(mode)
    strip.show_days(three_days(), "3 working days")
    assert has_colour(strip, theme.hex("accent"))
    strip.show_days(three_days()[:6], "3 working days")
    assert not has_colour(strip, theme.hex("accent")) or mode == "high_contrast"


def test_without_days_the_sentence_stands_there(strip, theme):
    strip.show_days((), "Choose the procedure")
    blank = DayStrip(theme)
    blank.resize(strip.size())
    assert picture(strip) != picture(blank)
    assert strip.accessibleDescription() == strip.toolTip() == "Choose the procedure"


@given(st.integers(0, 60))
def test_never_more_than_ten_cells_and_the_last_day_is_always_there(count):
    days = tuple(CountedDay(FRIDAY + timedelta(days=at), DayRole.COUNTED, at + 1, "", weekly_rest=False) for at in range(count))
    cells = shown_days(days)
    assert len(cells) <= MOST
    assert (cells[-1:] or (None,))[0] == (days[-1] if days else None)
    assert (None in cells) == (count > MOST)


def test_a_long_limit_is_drawn_with_a_gap(strip):
    days = tuple(CountedDay(FRIDAY + timedelta(days=at), DayRole.COUNTED, at + 1, "", weekly_rest=False) for at in range(30))
    strip.show_days(days, "30 days")
    assert not picture(strip).isNull()


# --- steps, stages, figures, bars -------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES)
def test_a_step_shows_its_number_then_a_tick(theme, host, mode):
    theme.choose(mode)
    mark = shown(StepMark(theme, 3), host)
    assert mark.accessibleName() == "Step 3"
    before = picture(mark)
    mark.set_complete(True)
    assert mark.complete
    assert mark.accessibleName() == "Step 3, complete"
    assert picture(mark) != before
    mark.set_complete(True)


def test_stages_before_are_ticked_the_present_one_filled_later_ones_sunken(theme, host):
    bar = shown(StageBar(theme), host, 800)
    assert not picture(bar).isNull()
    words = ("Received", "Processing", "Result ready", "Returned")
    bar.show_stage(words, 1)
    image = picture(bar)
    middles = [QColor(image.pixel(100 + 200 * at, 4)).name() for at in range(4)]
    assert middles == [theme.hex(role).lower() for role in ("accent_tint", "accent", "sunken", "sunken")]
    assert bar.accessibleName() == "Stage: Processing"


@pytest.fixture
def cell(theme, host):
    made = FigureCell(theme, Figure("Overdue", "alert-triangle", 2, "at worst 6 working days", "danger"), first=True)
    return shown(made, host, 200)


def test_a_figure_is_a_button_that_says_it_all(cell, theme):
    assert cell.accessibleName() == cell.toolTip() == "Overdue 2, at worst 6 working days"
    assert has_colour(cell, theme.hex("danger_tint"))
    spy = QSignalSpy(cell.clicked)
    QTest.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert spy.count() == 1


def test_zero_has_no_tint(cell, theme):
    cell.show_figure(Figure("Overdue", "alert-triangle", 0, "", "danger"))
    assert not has_colour(cell, theme.hex("danger_tint"))
    assert cell.accessibleName() == "Overdue 0"


def test_a_low_cell_stands_its_words_beside_the_number(cell, theme):
    high = cell.height()
    cell.set_low(True)
    assert cell.height() == theme.px(64) < high
    assert cell.minimumSizeHint().height() == theme.px(64)
    cell.show_figure(Figure("Overdue", "alert-triangle", 1234567, "a very long line that does not fit", "warning"))
    assert not picture(cell).isNull()
    cell.set_low(False)
    assert cell.height() == high


def test_the_focus_is_seen_on_a_figure(cell, theme, host):
    host.activateWindow()
    settle(0)
    cell.clearFocus()
    before = picture(cell)
    cell.setFocus()
    assert cell.hasFocus()
    assert picture(cell) != before


@pytest.mark.parametrize("mode", MODES)
def test_bars_are_drawn_and_said(theme, host, mode):
    theme.choose(mode)
    chart = shown(BarChart(theme, "Received by hour"), host, 264, 100)
    empty = picture(chart)
    chart.show_bars((Bar("07", 2, 5), Bar("08", 8, 3, now=True), Bar("09", 0, 0)), "07: 2, 08: 8")
    assert picture(chart) != empty
    assert has_colour(chart, theme.hex("chart"))
    assert chart.accessibleDescription() == chart.toolTip() == "07: 2, 08: 8"


def test_the_tallest_bar_fills_the_height(theme, host):
    chart = shown(BarChart(theme, "x"), host, 100, 100)
    chart.show_bars((Bar("07", 8, 0), Bar("08", 4, 0)), "")
    image, ink = picture(chart), QColor(theme.hex("chart")).rgb()
    heights = [sum(image.pixel(x, y) == ink for y in range(74)) for x in (25, 75)]
    assert heights[0] >= 70
    assert 33 <= heights[1] <= 40


# --- timeline ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES)
def test_the_timeline_draws_every_look_and_ends_at_the_newest(theme, host, mode):
    theme.choose(mode)
    timeline = shown(Timeline(theme, "History"), host, 500, 120)
    looks = ["past", "warning", "now", "expected"]
    timeline.show_moments([Moment("file-plus", f"Title {look}", "a detail " * 20, "20/11 09:42", look) for look in looks])
    settle(0)
    model = timeline.model()
    assert model.rowCount() == 4
    assert model.index(0, 0).data() == f"Title past, 20/11 09:42. {'a detail ' * 20}"
    assert timeline.verticalScrollBar().value() == timeline.verticalScrollBar().maximum() > 0
    assert has_colour(timeline, theme.hex("accent"))
    timeline.resize(500, 300)
    settle(0)
    assert timeline.verticalScrollBar().maximum() == 0


def test_the_timeline_stays_at_its_end_when_it_gets_less_room_and_where_it_was_scrolled_to(theme, host):
    timeline = shown(Timeline(theme, "History"), host, 500, 260)
    timeline.show_moments([Moment("file-plus", f"Title {at}", "", "20/11 09:42", "past") for at in range(9)])
    settle(0)
    bar = timeline.verticalScrollBar()
    timeline.resize(500, 160)
    settle(0)
    assert bar.value() == bar.maximum() > 0
    bar.setValue(3)
    timeline.resize(500, 150)
    settle(0)
    assert bar.value() == 3


# --- flow -------------------------------------------------------------------------------------------------------------


def test_what_does_not_fit_goes_into_the_next_line(theme, host):
    layout = FlowLayout(8)
    holder = type(host)(host)
    holder.setLayout(layout)
    marks = [StepMark(theme, number) for number in range(1, 7)]
    for mark in marks:
        layout.addWidget(mark)
    holder.resize(24 * 3 + 8 * 2, 200)
    holder.show()
    settle(0)
    assert [(mark.x(), mark.y()) for mark in marks] == [(0, 0), (32, 0), (64, 0), (0, 32), (32, 32), (64, 32)]
    assert layout.heightForWidth(88) == 56
    assert (layout.sizeHint().width(), layout.minimumSize().width()) == (6 * 24 + 5 * 8, 24)
    marks[0].hide()
    layout.invalidate()
    layout.activate()
    assert (marks[1].x(), marks[1].y()) == (0, 0)
    assert layout.takeAt(0).widget() is marks[0]
    assert (layout.count(), layout.itemAt(9), layout.takeAt(9)) == (5, None, None)


# --- paper ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    """Two A5 pages, the first with a black square in its middle."""
    path = tmp_path_factory.mktemp("pdf") / "two.pdf"
    canvas = Canvas(str(path), pagesize=(420, 595))
    canvas.rect(110, 200, 200, 200, fill=1)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return path.read_bytes()


@pytest.fixture
def paper(theme, host, tasks, qapp):
    return shown(PaperView(theme, tasks, "The slip"), host, 280, 400)


def test_the_paper_is_white_until_its_picture_comes(paper, theme, pdf, tasks):
    assert QColor(picture(paper).pixel(140, 200)) == QColor(theme.hex("paper"))
    paper.show_pdf(pdf)
    assert paper.pdf == pdf
    wait_for(lambda: paper._image is not None)
    assert QColor(picture(paper).pixel(140, 200)).lightness() < 20


def test_the_picture_is_drawn_again_for_another_size_only_once(paper, pdf):
    paper.show_pdf(pdf)
    wait_for(lambda: paper._image is not None)
    first = paper._image.width()
    for width in (300, 320, 340, 400):
        paper.resize(width, 600)
    wait_for(lambda: paper._image.width() > first)
    assert paper._image.width() == round(paper._sheet().width() * paper.devicePixelRatioF())


def test_the_sheet_keeps_the_shape_of_its_paper(paper):
    for size in ((280, 400), (500, 300), (120, 600)):
        paper.resize(*size)
        sheet = paper._sheet()
        assert abs(sheet.height() / sheet.width() - A5_RATIO) < 0.03
        assert sheet.width() <= size[0]
        assert sheet.height() <= size[1] + 1


def test_the_same_document_is_not_drawn_twice(paper, pdf, monkeypatch):
    paper.show_pdf(pdf)
    wait_for(lambda: paper._image is not None)
    drawn = []
    monkeypatch.setattr(paper, "_draw", lambda: drawn.append(1))
    paper.show_pdf(pdf)
    paper.show_pdf(pdf, page=1)
    assert drawn == [1]


def test_a_press_opens_the_paper_when_there_is_one(paper, pdf):
    spy = QSignalSpy(paper.opened)
    QTest.mouseClick(paper, Qt.MouseButton.LeftButton)
    assert spy.count() == 0
    paper.show_pdf(pdf)
    QTest.mouseClick(paper, Qt.MouseButton.RightButton)
    QTest.mouseClick(paper, Qt.MouseButton.LeftButton)
    assert spy.count() == 1


def test_paper_is_dimmer_in_the_dark_theme_and_never_inverted(paper, pdf, theme):
    paper.show_pdf(pdf)
    wait_for(lambda: paper._image is not None)
    theme.choose("dark")
    corner = QColor(picture(paper).pixel(10, 20)).lightness()
    assert 200 < corner <= 255
    assert QColor(picture(paper).pixel(140, 200)).lightness() < 60
