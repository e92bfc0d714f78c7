"""Large text in a small window: columns, buttons and titles give way, and nothing of them is out of sight."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QWidget

from tests.examples import examples
from tests.ui.conftest import settle
from ui.dialogs.base import LEAST_LIST, MARGIN, DeskDialog
from ui.models.rows import Column, RowsModel
from ui.models.scan_stack import StripSet
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.rows import DeskTable
from ui.widgets.strip_paint import StripPainter

HEADS = ("Hồ sơ", "Giấy tờ, số", "Ngày số hóa", "Trang")
WIDTHS = (220, 260, 130, 84)
STRETCH = 1


@pytest.fixture
def table(theme, host):
    def made():
        shown = DeskTable(theme, "Giấy tờ", host)
        shown.setModel(RowsModel(tuple(Column(head, str) for head in HEADS), shown))
        shown.set_widths(WIDTHS, stretch=STRETCH)
        shown.show()
        return shown

    return made


def widths(table):
    return [table.columnWidth(at) for at in range(len(HEADS))]


def heads(table):
    return [table.horizontalHeader().sectionSizeHint(at) for at in range(len(HEADS))]


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_with_room_columns_are_as_the_design_draws_them(table, theme, percent):
    theme.resize(percent)
    shown = table()
    shown.resize(theme.px(900), 300)
    settle(0)
    room = shown.viewport().width()
    fixed = [theme.px(width) for at, width in enumerate(WIDTHS) if at != STRETCH]
    assert [width for at, width in enumerate(widths(shown)) if at != STRETCH] == fixed
    assert sum(widths(shown)) == room


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(room=st.integers(300, 1400))
def test_no_column_is_out_of_sight_and_no_head_is_cut_while_all_heads_fit(table, theme, room):
    theme.resize(200)
    shown = table()
    shown.resize(room, 300)
    settle(0)
    if sum(heads(shown)) <= shown.viewport().width():
        assert sum(widths(shown)) <= shown.viewport().width()
        assert all(width >= head for width, head in zip(widths(shown), heads(shown), strict=True))
    shown.deleteLater()


def test_other_widths_for_a_folded_table_are_fitted_at_once(table, theme):
    shown = table()
    shown.resize(theme.px(360), 300)
    settle(0)
    shown.set_widths((400, 400, 400, 400), stretch=0)
    assert sum(widths(shown)) <= shown.viewport().width()


def dialog_over(theme, host, title):
    made = DeskDialog(theme, title, host, width=600)
    for text in ("Quét thử một trang", "Hỏi máy quét", "Tìm máy quét", "Bỏ khỏi danh sách", "Đóng"):
        made.add_button((PrimaryButton if made.findChild(PrimaryButton) is None else SecondaryButton)(theme, text, key="F9"))
    made.open()
    settle(0)
    return made


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_buttons_that_have_no_room_side_by_side_stand_in_two_lines_and_none_is_cut(theme, host, percent):
    theme.resize(percent)
    dialog = dialog_over(theme, host, "Máy quét")
    assert dialog.width() <= host.width()
    buttons = dialog.findChildren(PrimaryButton) + dialog.findChildren(SecondaryButton)
    for button in buttons:
        assert button.width() >= button.sizeHint().width()
        assert dialog.rect().contains(button.geometry())
    assert (len({button.y() for button in buttons}) > 1) == (percent == 200)


def test_a_title_too_long_for_a_line_takes_two_and_a_short_one_stays_as_it_is(theme, host):
    short, long = (dialog_over(theme, host, title) for title in ("Máy quét", "Thông tin trên giấy tờ: " + "Tờ khai cấp giấy xác nhận " * 3))
    assert [dialog.layout().itemAt(0).widget().wordWrap() for dialog in (short, long)] == [False, True]
    title = long.layout().itemAt(0).widget()
    assert title.height() >= title.heightForWidth(title.width()) > QFontMetrics(title.font()).height() * 3 // 2


@pytest.mark.parametrize(("percent", "height"), [(100, 240), (150, 768 - 1.5 * (300 + MARGIN)), (200, 2 * LEAST_LIST)])
def test_in_a_low_window_the_list_gives_way_down_to_two_rows(theme, host, percent, height):
    theme.resize(percent)
    assert DeskDialog(theme, "Máy quét", host).list_height(240, 300) == height


def test_a_dialog_is_no_higher_than_the_window_it_lies_over(theme, host):
    dialog = dialog_over(theme, host, "Máy quét")
    tall = DeskDialog(theme, "Máy quét", dialog)
    tall.resize(600, 2000)
    tall.open()
    settle(0)
    assert tall.height() == host.height() - theme.px(MARGIN)
    assert host.frameGeometry().contains(tall.frameGeometry())


def test_a_dialog_that_grows_at_the_edge_of_the_window_comes_back_into_it(theme, host):
    dialog = dialog_over(theme, host, "Máy quét")
    dialog.move(dialog.x(), host.frameGeometry().bottom() - dialog.height())
    dialog.body.addWidget(row := QWidget())
    row.setMinimumHeight(500)
    settle(30)
    assert dialog.height() > 500
    assert host.frameGeometry().contains(dialog.frameGeometry())


class Noting(StripPainter):
    """Notes where words go."""

    noted: list

    def _words(self, area, text, role, side=None, *, bold=False):
        self.noted.append((area, text))


@pytest.mark.parametrize("wide", [300, 420, 600, 1200])
def test_title_and_state_of_a_set_never_lie_over_each_other(theme, host, wide):
    theme.resize(200)
    on = QWidget(host)
    on.resize(wide, 200)
    image = QImage(wide, 200, QImage.Format.Format_RGB32)
    painter = Noting(theme, image)
    painter.noted = []
    painter.sheet(QRect(0, 0, wide, 200), StripSet("H36.50.05-261120-0001", "Kết hôn", "check", "accent", "sẵn sàng lưu", "", ()))
    painter.end()
    (head, word), (_, title), _ = painter.noted
    bold, plain = QFontMetrics(theme.font(bold=True)), QFontMetrics(theme.font())
    assert bold.horizontalAdvance(title) + plain.horizontalAdvance(word) <= head.width()
