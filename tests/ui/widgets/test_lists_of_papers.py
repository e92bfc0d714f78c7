"""The checklist under the fingers, and a page of a bound book on the screen."""

import itertools
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtTest import QTest

from counter_app.domain.books import known_books, register_in_force
from counter_app.domain.registers import DOSSIER_BOOK
from tests.builders import procedure
from tests.ui.conftest import nameless, picture, settle
from ui.models.book_lines import book_columns
from ui.models.papers import CHECK, COPY, NAME, ORIGINAL, PHOTOCOPY, Paper, PapersModel, papers_of
from ui.models.rows import Column, RowsModel
from ui.widgets.book_sheet import HEAD, LEAST_ROW, MOST_ROW, NUMBERS, BookColumn, BookSheet, two_lines
from ui.widgets.checklist import Checklist, paper_condition
from ui.widgets.rows import CellLook

KEY = Qt.Key


@pytest.fixture
def checklist(theme, host):
    model = PapersModel(("", "", "Original", "Certified", "Photocopy"), host)
    model.clock_text = "09:42"
    model.show_papers(papers_of(procedure()))
    view = Checklist(theme, model, "Papers", host)
    view.resize(620, 300)
    view.show()
    host.activateWindow()
    view.setFocus()
    view.setCurrentIndex(model.index(0, CHECK))
    return view


def papers(view):
    return view.model().papers


def press(view, *keys):
    for key in keys:
        QTest.keyClick(view, key)


def test_space_ticks_and_takes_the_tick_away(checklist):
    press(checklist, KEY.Key_Space)
    assert papers(checklist)[0].original == 1
    press(checklist, KEY.Key_Space)
    assert not papers(checklist)[0].ticked


def test_arrows_choose_line_and_column(checklist):
    press(checklist, KEY.Key_Down, KEY.Key_Right)
    assert (checklist.currentIndex().row(), checklist.currentIndex().column()) == (1, ORIGINAL)
    press(checklist, KEY.Key_Right, KEY.Key_Right, KEY.Key_Right)
    assert checklist.currentIndex().column() == PHOTOCOPY
    press(checklist, KEY.Key_Left, KEY.Key_Left, KEY.Key_Left)
    assert checklist.currentIndex().column() == CHECK


@pytest.mark.parametrize(("keys", "number"), [("3", 3), ("12", 12), ("123", 3), ("0", 0), ("07", 7)])
def test_figures_make_one_number(checklist, keys, number):
    checklist.setCurrentIndex(checklist.model().index(0, COPY))
    QTest.keyClicks(checklist, keys)
    assert papers(checklist)[0].copy == number


def test_figures_on_the_name_count_originals(checklist):
    QTest.keyClicks(checklist, "25")
    assert papers(checklist)[0].original == 25
    assert checklist.currentIndex().column() == ORIGINAL


def test_another_cell_begins_another_number(checklist):
    checklist.setCurrentIndex(checklist.model().index(0, ORIGINAL))
    QTest.keyClicks(checklist, "2")
    press(checklist, KEY.Key_Down)
    QTest.keyClicks(checklist, "3")
    assert (papers(checklist)[0].original, papers(checklist)[1].original) == (2, 3)


@pytest.mark.parametrize("key", [KEY.Key_Backspace, KEY.Key_Delete])
def test_a_quantity_is_taken_away(checklist, key):
    checklist.setCurrentIndex(checklist.model().index(0, ORIGINAL))
    QTest.keyClicks(checklist, "4")
    press(checklist, key)
    assert papers(checklist)[0].original == 0
    assert not papers(checklist)[0].ticked


def test_the_pointer_ticks_and_counts(checklist):
    name = checklist.visualRect(checklist.model().index(0, NAME)).center()
    QTest.mouseClick(checklist.viewport(), Qt.MouseButton.LeftButton, pos=name)
    assert papers(checklist)[0].ticked
    photocopy = checklist.visualRect(checklist.model().index(0, PHOTOCOPY)).center()
    for _ in range(2):
        QTest.mouseClick(checklist.viewport(), Qt.MouseButton.LeftButton, pos=photocopy)
    assert papers(checklist)[0].photocopy == 2
    QTest.mouseClick(checklist.viewport(), Qt.MouseButton.RightButton, pos=photocopy)
    QTest.mouseClick(checklist.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 290))
    assert papers(checklist)[0].photocopy == 2


@pytest.mark.parametrize("mode", ["light", "dark", "high_contrast"])
def test_every_kind_of_line_is_painted(checklist, theme, mode):
    theme.choose(mode)
    checklist.model().tick_required()
    checklist.setCurrentIndex(checklist.model().index(0, ORIGINAL))
    settle(0)
    assert not picture(checklist).isNull()
    assert nameless(checklist.parent()) == []


def test_the_focused_cell_is_framed(checklist, theme):
    index = checklist.model().index(1, COPY)
    checklist.setCurrentIndex(index)
    settle(0)
    image, ring = picture(checklist.viewport()), QColor(theme.hex("focus")).rgb()
    area = checklist.visualRect(index)
    assert any(image.pixel(x, area.center().y()) == ring for x in range(area.left(), area.right()))


@pytest.mark.parametrize(("paper", "words"), [
    (Paper("x", condition="nếu đã ly hôn", required=True), "nếu đã ly hôn"), (Paper("x", shown_only=True, required=True), "only shown"),
    (Paper("x", required=True), "handed in"), (Paper("x"), "if needed")])
def test_a_line_says_how_its_paper_is_given(paper, words):
    assert paper_condition(paper) == words


def test_an_unrolled_list_shows_every_line(checklist, theme):
    least = checklist.minimumSizeHint().height()
    checklist.set_unrolled(True)
    assert checklist.minimumSizeHint().height() == checklist.sizeHint().height() > least


# --- the book ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def sheet(theme, host):
    made = BookSheet(theme, book_columns(register_in_force(DOSSIER_BOOK, date(2026, 11, 20))), "Register", 8, host)
    columns = [Column(str(at), lambda text: text, lambda text: CellLook(struck=text == "void")) for at in range(13)]
    model = RowsModel(columns, made)
    model.show_rows(["one", "void", "three\nlines"])
    made.set_model(model)
    made.resize(1100, 480)
    made.show()
    settle(0)
    return made


def test_the_columns_share_the_width_to_the_pixel(sheet):
    widths = [sheet.table.columnWidth(at) for at in range(13)]
    assert sum(widths) == sheet.table.viewport().width() == sheet.head.edges[-1]
    assert widths[2] > widths[3]


def test_lines_share_the_height_within_bounds(sheet, theme):
    assert LEAST_ROW <= sheet.table.rowHeight(0) <= MOST_ROW
    sheet.resize(1100, 300)
    settle(0)
    assert sheet.table.rowHeight(0) == LEAST_ROW


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_two_lines_of_a_cell_are_whole_in_the_lowest_line_of_the_book(percent, theme, host):
    theme.resize(percent)
    made = BookSheet(theme, (BookColumn("A", 100), BookColumn("B", 100)), "Register", 8, host)
    model = RowsModel([Column(str(at), lambda text: text) for at in range(2)], made)
    model.show_rows(["gjpqy\ngjpqy"])
    made.set_model(model)
    made.show()
    seen = []
    for height in (300, 2_000):
        made.resize(600, height)
        settle(0)
        line = picture(made.table.viewport()).copy(QRect(theme.px(6), 0, theme.px(80), made.table.rowHeight(0) - 1))
        ground = QColor(theme.hex("surface")).rgb()
        seen.append(sum(any(line.pixel(x, y) != ground for x in range(line.width())) for y in range(line.height())))
    assert seen[0] == seen[1] > 0, "as many rows of the picture have ink as in a high line"


def test_a_narrow_sheet_scrolls_with_its_head(sheet):
    sheet.resize(600, 480)
    settle(0)
    assert sheet.horizontalScrollBar().maximum() > 0
    assert sheet.head.width() == sheet.table.width() > 600
    sheet.table.setCurrentIndex(sheet.table.model().index(0, 12))
    assert sheet.horizontalScrollBar().value() == sheet.horizontalScrollBar().maximum()
    sheet.table.setCurrentIndex(sheet.table.model().index(0, 0))
    assert sheet.horizontalScrollBar().value() == 0


def test_grid_lines_of_head_and_body_are_one_line(sheet, theme):
    image, ink = picture(sheet), QColor(theme.hex("line_strong")).rgb()
    for edge in sheet.head.edges[1:-1]:
        assert image.pixel(edge - 1, theme.px(77) + 4) == ink, "in the row of numbers"
        assert image.pixel(edge - 1, theme.px(77) + theme.px(24) + 10) == ink, "in the first line"


def test_titles_and_numbers_are_painted_with_their_group(sheet, theme):
    image = picture(sheet.head)
    group = (sheet.head.edges[7] + 10, sheet.head.edges[13] - 10)
    ink = QColor(theme.hex("line_strong")).rgb()
    assert all(image.pixel(x, theme.px(30)) == ink for x in range(*group, 25))


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("book", known_books())
def test_no_title_is_higher_than_its_head(book, percent, theme, host):
    theme.resize(percent)
    columns = book_columns(register_in_force(book, date(2026, 11, 20)))
    made = BookSheet(theme, columns, "Register", 8, host)
    made.resize(820, 480)
    made.show()
    settle(0)
    metrics, head = QFontMetrics(theme.font(bold=True)), made.head.height() - theme.px(NUMBERS)
    for column, left, right in zip(columns, made.head.edges, made.head.edges[1:], strict=False):
        room = head - (theme.px(30) if column.group else 0)
        words = metrics.boundingRect(QRect(0, 0, right - left - 7, 9_999), Qt.TextFlag.TextWordWrap, column.title)
        assert words.height() <= room, column.title
    made.show_columns(book_columns(register_in_force(DOSSIER_BOOK, date(2026, 11, 20))))
    made.share_out()
    assert made.head.height() >= theme.px(HEAD) + theme.px(NUMBERS)


def test_money_stands_at_the_right(theme, host):
    columns = (BookColumn("A", 100), BookColumn("B", 100, "right"), BookColumn("C", 100, "centre"))
    made = BookSheet(theme, columns, "Register", 8, host)
    model = RowsModel([Column(str(at), lambda text: text) for at in range(3)], made)
    model.show_rows(["1"])
    made.set_model(model)
    made.resize(600, 480)
    made.show()
    settle(0)
    image, paper = picture(made.table.viewport()), QColor(theme.hex("surface")).rgb()
    height = made.table.rowHeight(0)
    inked = [[x for x in range(left + 2, right - 2) if any(image.pixel(x, y) != paper for y in range(4, height - 4))]
             for left, right in itertools.pairwise(made.head.edges)]
    rest = [(min(found) - left, right - max(found)) for found, (left, right) in
            zip(inked, itertools.pairwise(made.head.edges), strict=True)]
    assert rest[0][0] < rest[0][1], "text at the left"
    assert rest[1][0] > rest[1][1], "money at the right"
    assert abs(rest[2][0] - rest[2][1]) < 12, "ordinals in the middle"


@pytest.mark.parametrize("mode", ["light", "dark", "high_contrast"])
def test_struck_and_chosen_lines_are_painted(sheet, theme, mode):
    theme.choose(mode)
    sheet.table.selectRow(1)
    settle(0)
    assert not picture(sheet).isNull()


@pytest.mark.parametrize("text", [
    "Xác nhận tình trạng hôn nhân", "H36.50.05-\u200b261120-0029", "Trần Thị Ví Dụ Rất Dài Không Vừa Hai Dòng Của Một Ô Nhỏ",
    "Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng\n0900 000 012", "mộtchữrấtdàikhôngcókhoảngtrắngnàođểngắt", "", "ngắn"])
@pytest.mark.parametrize("width", [40, 96, 300])
def test_a_cell_holds_two_lines_at_most_and_nothing_sticks_out(qapp, theme, text, width):
    font = QFont(theme.font())
    lines = two_lines(font, text, width).split("\n")
    assert len(lines) <= 2
    assert all(QFontMetrics(font).horizontalAdvance(line) <= width for line in lines)


def test_a_code_is_broken_after_its_agency(theme):
    assert two_lines(theme.font(), "H36.50.05-\u200b261120-0029", 96).replace("\u200b", "") == "H36.50.05-\n261120-0029"


def test_a_short_text_stays_on_one_line(theme):
    assert two_lines(theme.font(), "Đăng ký khai tử", 300) == "Đăng ký khai tử"
