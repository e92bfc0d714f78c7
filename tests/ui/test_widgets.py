"""The widgets of the design: what they show, what they tell, how keys move in them."""

import time
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QEnterEvent, QKeyEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QVBoxLayout

from counter_app.domain.errors import Problem
from counter_app.domain.moments import VIETNAM
from counter_app.services.line.keeper import Doing, LineNews
from counter_app.services.line.province import PassEnd
from tests.ui.conftest import nameless, picture, settle
from tests.ui.test_theme import colours_of
from ui.actions import ACTION_BY_ID
from ui.notices import Notice, Notices
from ui.widgets.badge import Badge, BadgeLook, FilterChip, badge_of_state
from ui.widgets.banner import Banner
from ui.widgets.buttons import DangerButton, IconButton, LinkButton, PrimaryButton, SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.figure_cell import Figure, FigureCell
from ui.widgets.form import ChoiceField, FieldRow, Form, TextField
from ui.widgets.key_cap import KeyCap
from ui.widgets.key_line import KeyItem, KeyLine
from ui.widgets.listed_field import ListedField
from ui.widgets.password_field import PasswordField
from ui.widgets.people_list import PeopleList, Person
from ui.widgets.person import PersonButton
from ui.widgets.rows import LOOK_ROLE, CellLook, DeskTable, pieces
from ui.widgets.scan_field import ScanField
from ui.widgets.segmented import SegmentedChoice
from ui.widgets.sheet import ElidedLabel, Sheet, label, set_tone
from ui.widgets.state_words import StateWords
from ui.widgets.suggestions import Suggestion, SuggestionList
from ui.widgets.toast import EDGE, MOST, Toast, ToastArea
from ui.widgets.verb_row import VerbRow
from ui.windows.side_bar import SideItem

NOWHERE = QModelIndex()

# --- buttons ----------------------------------------------------------------------------------------------------------


def test_a_primary_button_is_filled_and_grey_when_it_can_not_be_pressed(theme, host):
    button = PrimaryButton(theme, "Receive", key="F9", parent=host)
    button.move(300, 300)
    button.show()
    assert theme.colour("accent").name() in colours_of(picture(button))
    button.setEnabled(False)
    seen = colours_of(picture(button))
    assert theme.colour("accent").name() not in seen
    assert theme.colour("sunken").name() in seen


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("kind", [PrimaryButton, SecondaryButton, DangerButton, LinkButton])
def test_enter_and_space_press_the_button_that_has_the_focus(theme, host, kind, key):
    button = kind(theme, "Save", parent=host)
    pressed = QSignalSpy(button.clicked)
    button.show()
    button.setFocus()
    QTest.keyClick(button, key)
    assert pressed.count() == 1
    button.setEnabled(False)
    QTest.keyClick(button, key)
    assert pressed.count() == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_what_paints_itself_too(theme, host, key):
    painted = (IconButton(theme, "message", "Notices", parent=host), VerbRow(theme, "correct", "", host), PersonButton(theme, "A", "A", host),
               FigureCell(theme, Figure("Overdue", "printer", 2, ""), parent=host), SideItem(theme, ACTION_BY_ID["go_books"], host))
    for button in painted:
        pressed = QSignalSpy(button.clicked)
        button.show()
        QTest.keyClick(button, key)
        assert pressed.count() == 1, button


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier])
def test_enter_with_another_key_is_left_to_the_page(theme, host, modifier):
    button = SecondaryButton(theme, "Save", parent=host)
    pressed = QSignalSpy(button.clicked)
    button.show()
    QTest.keyClick(button, Qt.Key.Key_Return, modifier)
    assert pressed.count() == 0


def test_a_held_enter_presses_nothing_again(theme, host):
    button = SecondaryButton(theme, "Save", parent=host)
    pressed = QSignalSpy(button.clicked)
    button.show()
    QApplication.sendEvent(button, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True))
    assert pressed.count() == 0


@pytest.mark.parametrize("kind", [PrimaryButton, SecondaryButton, DangerButton])
def test_buttons_are_36_high_and_never_cut(theme, host, kind):
    button = kind(theme, "Xác nhận tình trạng hôn nhân", icon="printer", key="Ctrl+Enter", parent=host)
    assert button.height() == 36
    assert button.minimumSizeHint().width() == button.sizeHint().width() > 250


def test_a_button_keeps_its_place_when_it_gets_the_focus(theme, host):
    button = SecondaryButton(theme, "In lại", parent=host)
    button.show()
    before = button.sizeHint()
    button.setFocus()
    assert button.sizeHint() == before
    assert theme.colour("focus").name() in colours_of(picture(button))


def test_an_icon_button_has_a_name_for_those_who_do_not_see_it(theme, host):
    button = IconButton(theme, "settings", "Settings", parent=host)
    assert button.accessibleName() == button.toolTip() == "Settings"
    button.show_icon("help", "Help")
    assert button.accessibleName() == "Help"


def test_a_danger_button_is_red_and_a_link_underlined(theme, host):
    danger = DangerButton(theme, "Hủy", parent=host)
    danger.show()
    assert theme.colour("danger").name() in colours_of(picture(danger))
    assert LinkButton(theme, "Xem", parent=host).font().underline()


def test_a_key_cap_is_as_wide_as_its_key(theme, host):
    assert KeyCap(theme, "Ctrl+Enter", host).width() > KeyCap(theme, "F2", host).width()
    arrows = KeyCap(theme, "Up Down", host)
    arrows.show()
    assert len(colours_of(picture(arrows))) > 2


# --- segmented choice -------------------------------------------------------------------------------------------------


@pytest.fixture
def choice(theme, host):
    made = SegmentedChoice(theme, "Result", [("At the desk", 1), ("By post", 2), ("Online", 3)], host)
    made.show()
    return made


def test_arrows_move_the_choice_and_tell(choice):
    told = []
    choice.chosen.connect(told.append)
    choice.setFocus()
    QTest.keyClick(choice.focusProxy(), Qt.Key.Key_Right)
    assert (choice.value, told) == (2, [2])
    QTest.keyClick(choice.focusProxy(), Qt.Key.Key_Right)
    QTest.keyClick(choice.focusProxy(), Qt.Key.Key_Right)
    assert (choice.value, told) == (3, [2, 3])


def test_choosing_by_program_tells_nobody(choice):
    told = []
    choice.chosen.connect(told.append)
    choice.choose(3)
    assert (choice.value, told) == (3, [])


def test_a_segmented_choice_is_one_tab_stop(choice):
    stops = [part for part in choice.children() if hasattr(part, "focusPolicy") and part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(stops) == 1


# --- badge and chip ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "kind"), [("overdue", "danger"), ("due_soon", "warning"), ("received_by_province", "proven"),
                                             ("returned", "plain"), ("processing", "accent"), ("halted", "neutral")])
def test_a_badge_shows_its_state_by_colour_icon_and_word(theme, host, state, kind):
    look = badge_of_state(theme, state, "word")
    assert look.kind == kind
    badge = Badge(theme, look, host)
    badge.show()
    assert badge.accessibleName() == "word"
    assert badge.height() == 24
    role = theme.state(state).role
    assert theme.colour(role).name() in colours_of(picture(badge))


def test_a_chip_without_dossiers_is_hidden_unless_chosen(theme, host):
    chip = FilterChip(theme, "Overdue", icon="alert-triangle", tone="danger", parent=host)
    chip.show_count("Overdue", 0)
    assert chip.isHidden()
    chip.setChecked(True)
    chip.show_count("Overdue", 0)
    assert not chip.isHidden()
    assert chip.text() == "Overdue 0"


# --- form -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def form(theme, host):
    made = Form(theme, submits=True, parent=host)
    for name in ("applicant.full_name", "applicant.id_number", "note"):
        made.add_row(name.title(), TextField(theme), name, hint="hint")
    QVBoxLayout(host).addWidget(made)
    made.show()
    return made


def test_a_row_names_its_field(form):
    row = form.row("applicant.full_name")
    assert row.field.accessibleName() == "Applicant.Full_Name"
    assert row.field.objectName() == "applicant.full_name"
    assert row.label.buddy() is row.field
    assert row.field.accessibleDescription() == "hint"


def test_a_problem_stands_at_its_field_in_words(form):
    found = form.show_problems({"applicant.id_number": "Twelve digits, not thirteen.", "elsewhere": "?"})
    row = form.row("applicant.id_number")
    assert found == ["applicant.id_number"]
    assert row.problem == "Twelve digits, not thirteen."
    assert row.field.accessibleDescription() == row.problem
    assert row.field.property("problem")
    form.show_problems({})
    assert row.problem == ""
    assert row.field.accessibleDescription() == "hint"


def test_a_warning_does_not_redden_the_field(form):
    row = form.row("note")
    row.show_problem("May be passed.", tone="warning")
    assert row.problem == ""
    assert row.sentence == "May be passed."


def test_problems_of_some_fields_leave_the_others_alone(form):
    form.show_problems({"note": "bad"})
    form.show_problems({}, among=["applicant.full_name"])
    assert form.row("note").problem == "bad"


def test_enter_goes_on_shift_enter_back_and_the_last_one_submits(form, qtbot):
    form.focus_on("applicant.full_name")
    QTest.keyClick(form.row("applicant.full_name").field, Qt.Key.Key_Return)
    assert form.row("applicant.id_number").field.hasFocus()
    QTest.keyClick(form.row("applicant.id_number").field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert form.row("applicant.full_name").field.hasFocus()
    form.focus_on("note")
    with qtbot.waitSignal(form.submitted):
        QTest.keyClick(form.row("note").field, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)


def test_enter_stays_in_a_field_of_several_lines(theme, host):
    form = Form(theme, submits=True, parent=host)
    note = QPlainTextEdit()
    form.add_row("Note", note, "note")
    form.show()
    note.setFocus()
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert note.toPlainText() == "\n"


def test_a_field_that_is_left_says_so(form, qtbot):
    form.focus_on("applicant.full_name")
    with qtbot.waitSignal(form.left) as told:
        form.focus_on("note")
    assert told.args == ["applicant.full_name"]


def test_the_box_does_not_jump_when_it_gets_the_focus(form):
    field = form.row("note").field
    before = field.geometry()
    field.setFocus()
    settle(0)
    assert field.geometry() == before


def test_a_choice_has_our_chevron(theme, host):
    field = ChoiceField(theme, host)
    field.addItems(["01/2026", "02/2026"])
    row = FieldRow(theme, "Volume", field, "volume", parent=host)
    row.resize(200, 80)
    row.show()
    settle(0)
    assert field.accessibleName() == "Volume"
    right = picture(field).copy(field.width() - 28, 8, 20, 20)
    assert len(colours_of(right)) > 2


def test_a_choice_that_is_too_long_ends_with_dots(theme, host):
    looks = []
    for text in ("MMMM" * 20, "MMMM…", "MMMM"):
        field = ChoiceField(theme, host)
        field.addItem(text)
        field.setFixedWidth(theme.px(24 + 28) + field.fontMetrics().horizontalAdvance("MMMM…"))
        field.show()
        settle(0)
        looks.append(picture(field))
        field.hide()
    assert looks[0] == looks[1] != looks[2]


# --- suggestions ------------------------------------------------------------------------------------------------------

OFFER = [Suggestion("Xác nhận tình trạng hôn nhân", "1.004873", "a"), Suggestion("Đăng ký khai sinh", "1.001193", "b")]


@pytest.fixture
def suggesting(theme, host):
    field = TextField(theme, parent=host)
    field.setGeometry(40, 40, 300, 36)
    field.show()
    host.activateWindow()
    field.setFocus()
    return field, SuggestionList(theme, field)


def test_suggestions_never_take_the_focus_nor_complete_in_the_field(suggesting):
    field, offered = suggesting
    QTest.keyClicks(field, "xac")
    offered.offer(OFFER)
    assert offered.isVisible()
    assert field.hasFocus()
    assert field.text() == "xac"


def test_arrows_and_enter_take_a_suggestion(suggesting, qtbot):
    field, offered = suggesting
    offered.offer(OFFER)
    QTest.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(offered.taken) as told:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert told.args == ["b"]
    assert offered.isHidden()


def test_arrows_go_round(suggesting, qtbot):
    field, offered = suggesting
    offered.offer(OFFER)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert offered.currentIndex().row() == 1
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert offered.currentIndex().row() == 0


def test_esc_puts_the_list_away_and_typing_goes_on(suggesting):
    field, offered = suggesting
    offered.offer(OFFER)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert offered.isHidden()
    QTest.keyClicks(field, "ab")
    assert field.text() == "ab"


def test_leaving_the_field_puts_the_list_away(suggesting, host):
    field, offered = suggesting
    offered.offer(OFFER)
    field.clearFocus()
    assert offered.isHidden()
    offered.offer(OFFER)
    assert offered.isHidden()


def test_no_suggestion_no_list(suggesting):
    _, offered = suggesting
    offered.offer(OFFER)
    offered.offer([])
    assert offered.isHidden()


def test_a_click_takes_a_suggestion(suggesting, qtbot):
    _, offered = suggesting
    offered.offer(OFFER)
    with qtbot.waitSignal(offered.taken) as told:
        QTest.mouseClick(offered.viewport(), Qt.MouseButton.LeftButton, pos=offered.visualRect(offered.model().index(1, 0)).center())
    assert told.args == ["b"]


def test_a_suggestion_is_read_out_whole(suggesting):
    _, offered = suggesting
    offered.offer(OFFER)
    assert offered.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Xác nhận tình trạng hôn nhân, 1.004873"


def test_a_place_is_found_without_accents(theme, host, qtbot):
    field = ListedField(theme, host)
    field.set_entries([("Tỉnh Lâm Đồng", 1), ("Tỉnh Đắk Lắk", 2)])
    field.show()
    host.activateWindow()
    field.setFocus()
    QTest.keyClicks(field, "dong lam")
    with qtbot.waitSignal(field.picked) as told:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [1]
    assert field.text() == "Tỉnh Lâm Đồng"


# --- notices ----------------------------------------------------------------------------------------------------------


def test_toasts_stack_to_three_above_the_key_line(theme, host):
    notices, area = Notices(), ToastArea(theme, host, bottom=48)
    notices.posted.connect(area.show_notice)
    for number in range(MOST + 2):
        notices.say(f"notice {number}", "neutral")
    assert [toast.notice.text for toast in area.toasts] == ["notice 2", "notice 3", "notice 4"]
    tops = [toast.y() for toast in area.toasts]
    assert tops == sorted(tops)
    assert area.toasts[-1].geometry().bottom() < host.height() - 48
    assert [notice.text for notice in notices.kept][:2] == ["notice 4", "notice 3"]


def test_a_toast_waits_under_the_pointer_and_never_takes_the_focus(theme, host):
    area = ToastArea(theme, host, bottom=48)
    area.show_notice(Notice("Đã tiếp nhận", "accent", None))
    toast = area.toasts[0]
    assert toast.focusPolicy() == Qt.FocusPolicy.NoFocus
    toast.enterEvent(QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(1, 1)))
    assert not toast.is_counting
    toast.leaveEvent(QEvent(QEvent.Type.Leave))
    assert toast.is_counting


@pytest.mark.parametrize(("letters", "stays_ms"), [(1, 5000), (80, 5000), (200, 12_000)])
def test_a_toast_stays_as_long_as_it_takes_to_read(theme, host, letters, stays_ms):
    area = ToastArea(theme, host, bottom=48)
    area.show_notice(Notice("x" * letters, "danger", None))
    assert area.toasts[0]._clock.interval() == stays_ms


def test_a_pointer_that_rests_in_the_other_corner_never_has_a_toast_under_it(theme, host):
    shown = []

    class Witness(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Show and isinstance(watched, Toast):
                shown.append(watched.geometry())
            return False

    area, witness = ToastArea(theme, host, bottom=48), Witness()
    QApplication.instance().installEventFilter(witness)
    area.show_notice(Notice("Đã tiếp nhận", "accent", None))
    QApplication.instance().removeEventFilter(witness)
    assert [place.intersects(host.rect()) for place in shown] == [False], "it is moved to its own corner from without"
    assert host.rect().contains(area.toasts[0].geometry())


def test_undo_is_in_the_toast(theme, host):
    area, undone = ToastArea(theme, host, bottom=48), []
    area.show_notice(Notice("Đã xóa", "neutral", None, lambda: undone.append(1), "Lấy lại"))
    QTest.mouseClick(area.toasts[0].findChild(LinkButton), Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert area.toasts == []


def test_the_act_of_a_toast_stands_under_its_words(theme, host):
    area = ToastArea(theme, host, bottom=48)
    area.show_notice(Notice("Đã tiếp nhận H36.50.05-261120-0001, hẹn trả 26/11/2026 lúc 09:42.", "accent", None, lambda: None, "Mở tệp PDF"))
    settle(0)
    toast = area.toasts[0]
    words = next(part for part in toast.findChildren(QLabel) if part.text() == toast.notice.text)
    assert toast.findChild(LinkButton).y() >= words.geometry().bottom()
    assert words.width() > toast.width() * 0.7, "the sentence has the whole width"


def test_a_notice_bears_the_hour_of_vietnam_whatever_the_machine_thinks(monkeypatch):
    for zone in ("UTC", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        notices = Notices()
        notices.say("x")
        assert notices.kept[0].at.utcoffset() == timedelta(hours=7)
    monkeypatch.undo()
    time.tzset()


def test_toasts_keep_to_the_corner_of_the_window(theme, host):
    area = ToastArea(theme, host, bottom=48)
    area.show_notice(Notice("Đã tiếp nhận", "accent", None))
    host.resize(1000, 600)
    settle(0)
    assert area.toasts[0].geometry().right() == 1000 - EDGE - 1


def test_a_refusal_is_told_in_words(theme):
    from counter_app.domain.errors import failed

    notices = Notices()
    notices.refuse(failed("DISK_FULL", path="x"))
    assert notices.kept[0].kind == "danger"
    assert "DISK_FULL" not in notices.kept[0].text


def test_a_banner_says_one_thing_with_one_button(theme, host, qtbot):
    banner = Banner(theme, host)
    assert banner.isHidden()
    banner.say("danger", "No paper.", action="Print again")
    assert banner.isVisibleTo(host)
    assert banner.accessibleName() == banner.sentence == "No paper."
    with qtbot.waitSignal(banner.acted):
        QTest.mouseClick(banner.findChild(SecondaryButton), Qt.MouseButton.LeftButton)
    banner.say("warning", "Old card.")
    assert banner.findChild(SecondaryButton).isHidden()
    assert theme.colour("warning_tint").name() in colours_of(picture(banner))


# --- table ------------------------------------------------------------------------------------------------------------


class Rows(QAbstractTableModel):
    LOOKS = (CellLook(bold_ranges=((0, 6), (11, 3))), CellLook(badge=BadgeLook("danger", "alert-triangle", "Quá hạn 2 ngày")),
             CellLook(icon="file-text", tail=" · nếu cần"), CellLook(struck=True, tone="text_muted"))

    def __init__(self, rows=3):
        super().__init__()
        self.rows = rows

    def rowCount(self, parent=NOWHERE):
        return self.rows

    def columnCount(self, parent=NOWHERE):
        return 4

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if role == Qt.ItemDataRole.DisplayRole:
            return "Nguyễn Thị Mẫu"
        return self.LOOKS[index.column()] if role == LOOK_ROLE else None

    def empty(self):
        self.beginResetModel()
        self.rows = 0
        self.endResetModel()


@pytest.fixture
def table(theme, host):
    made = DeskTable(theme, "Dossiers", host)
    model = Rows()
    model.setParent(made)
    made.setModel(model)
    made.set_widths((200, 200, 200, 100), stretch=2)
    made.resize(800, 300)
    made.show()
    return made


def test_rows_are_36_and_the_header_34(table):
    assert table.rowHeight(0) == 36
    assert table.horizontalHeader().height() == 34
    assert not table.showGrid()


@pytest.mark.parametrize("mode", ["light", "dark", "high_contrast"])
def test_a_table_paints_everything_a_cell_can_show(theme, table, mode):
    theme.choose(mode)
    table.selectRow(1)
    seen = colours_of(picture(table.viewport()))
    assert theme.colour("selection").name() in seen
    assert theme.colour("danger_line").name() in seen
    if mode == "high_contrast":
        assert theme.colour("on_selection").name() in seen


def test_the_row_under_the_pointer_is_lit(theme, table):
    table._hover(2)
    assert theme.colour("hover").name() in colours_of(picture(table.viewport()))
    table._hover(-1)
    assert theme.colour("hover").name() not in colours_of(picture(table.viewport()))


def test_enter_and_double_click_open_a_row(table, qtbot):
    table.selectRow(1)
    with qtbot.waitSignal(table.opened) as told:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [1]
    with qtbot.waitSignal(table.opened) as told:
        table.doubleClicked.emit(table.model().index(2, 0))
    assert told.args == [2]


@pytest.mark.parametrize(("ranges", "expected"), [
    ((), [("Nguyễn Văn", False)]),
    (((0, 6),), [("Nguyễn", True), (" Văn", False)]),
    (((7, 99),), [("Nguyễn ", False), ("Văn", True)]),
    (((0, 6), (3, 5)), [("Nguyễn", True), (" V", True), ("ăn", False)]),
    (((50, 3),), [("Nguyễn Văn", False)]),
])
def test_matched_words_are_cut_out(ranges, expected):
    assert pieces("Nguyễn Văn", ranges) == expected
    assert "".join(piece for piece, _ in pieces("Nguyễn Văn", ranges)) == "Nguyễn Văn"


def test_an_empty_table_says_what_will_be_here(theme, table):
    empty = EmptyState(theme, table, "file-plus", "No dossier yet. Alt+2 takes one in.")
    assert empty.isHidden()
    table.model().empty()
    assert not empty.isHidden()
    assert empty.accessibleName().startswith("No dossier")
    table.resize(500, 250)
    settle(0)
    assert empty.size() == table.size()
    empty.say("folder-search", "Nothing found.")
    assert empty.accessibleName() == "Nothing found."
    assert len(colours_of(picture(empty))) > 2


def test_a_long_sentence_of_an_empty_table_is_shown_to_its_end(theme, table):
    empty = EmptyState(theme, table, "file-plus", "A day is told. " * 9)
    table.model().empty()
    table.resize(240, 400)
    settle(0)
    below = picture(empty).copy(0, 200 + theme.px(70), empty.width(), 120)
    assert len(colours_of(below)) > 2, "the fifth line and those after it are painted too"


# --- key line ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def key_line(theme, host):
    line = KeyLine(theme, ACTION_BY_ID["keys"], host)
    line.resize(1366, 48)
    line.show()
    return line


IDS = ("receive", "applicant", "park", "recall", "all_papers", "zoom", "undo", "help", "palette")


def test_keys_make_way_for_a_longer_state_at_once(key_line, theme):
    state = StateWords(theme)
    key_line.state.addWidget(state)
    state.show()
    settle(0)
    key_line.show_items([KeyItem(ACTION_BY_ID[action_id]) for action_id in IDS])
    before = len(key_line.shown())
    state.show_counts({"saved": 0, "sending": 1234, "province_has": 123_456, "attention": 1234})
    state.show_attention(1234)
    key_line.refit()
    assert len(key_line.shown()) < before
    wide = sum(key_line._buttons[each].sizeHint().width() + 8 for each in key_line.shown()) + key_line._more.sizeHint().width()
    assert wide + state.width() + 48 <= 1366


def test_the_main_act_comes_first_then_six_keys(key_line):
    key_line.show_items([KeyItem(ACTION_BY_ID[action_id]) for action_id in IDS])
    assert key_line.shown()[0] == "receive"
    assert len(key_line._buttons) == 7


def test_what_does_not_fit_goes_under_more(key_line):
    key_line.resize(500, 48)
    key_line.show_items([KeyItem(ACTION_BY_ID[action_id]) for action_id in IDS])
    assert 1 <= len(key_line.shown()) < 7
    assert not key_line._more.isHidden()
    key_line.resize(3000, 48)
    settle(0)
    assert key_line._more.isHidden()


def test_every_key_can_be_clicked(key_line, qtbot):
    key_line.show_items([KeyItem(ACTION_BY_ID["receive"]), KeyItem(ACTION_BY_ID["park"])])
    with qtbot.waitSignal(key_line.triggered) as told:
        QTest.mouseClick(key_line._buttons["park"], Qt.MouseButton.LeftButton)
    assert told.args == ["park"]


def test_a_key_that_is_not_possible_says_why(theme, key_line):
    key_line.show_items([KeyItem(ACTION_BY_ID["receive"]), KeyItem(ACTION_BY_ID["park"], "The form is empty.")])
    assert key_line._buttons["park"].toolTip() == "The form is empty."
    assert theme.colour("text_disabled").name() in colours_of(picture(key_line._buttons["park"]))


def test_the_main_act_looks_off_while_it_is_not_possible_and_says_why(theme, key_line):
    key_line.show_items([KeyItem(ACTION_BY_ID["receive"], "No person yet.")])
    button = key_line._buttons["receive"]
    seen = colours_of(picture(button))
    assert button.toolTip() == "No person yet."
    assert {theme.colour(role).name() for role in ("sunken", "text_disabled")} <= seen
    assert theme.colour("accent").name() not in seen
    key_line.show_items([KeyItem(ACTION_BY_ID["receive"])])
    assert theme.colour("sunken").name() not in colours_of(picture(key_line._buttons["receive"]))


def test_a_main_act_that_is_not_possible_is_still_asked_for_so_that_the_page_can_say_why(key_line, qtbot):
    key_line.show_items([KeyItem(ACTION_BY_ID["receive"], "No person yet.")])
    with qtbot.waitSignal(key_line.triggered) as told:
        QTest.mouseClick(key_line._buttons["receive"], Qt.MouseButton.LeftButton)
    assert told.args == ["receive"]


def test_a_main_act_under_way_can_not_be_asked_for_again(key_line):
    key_line.show_items([KeyItem(ACTION_BY_ID["receive"], "It is being written.", "Writing…")])
    button = key_line._buttons["receive"]
    asked = QSignalSpy(key_line.triggered)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (button.text(), button.accessibleName(), asked.count()) == ("Writing…", "Writing…", 0)


def test_keys_are_left_out_by_tab(key_line):
    key_line.show_items([KeyItem(ACTION_BY_ID[action_id]) for action_id in IDS])
    assert all(button.focusPolicy() == Qt.FocusPolicy.NoFocus for button in key_line._buttons.values())


@pytest.mark.parametrize(("outbox", "words"), [
    ({}, "Saved on this PC"),
    ({"saved": 3}, "Saved on this PC"),
    ({"saved": 3, "province_has": 41}, "Saved on this PC, Province has 41/44"),
    ({"sending": 2, "attention": 1}, "Sending 2, Needs action 1"),
])
def test_the_state_knows_four_words(theme, host, outbox, words):
    state = StateWords(theme, host)
    state.show_counts(outbox)
    state.show_attention(outbox.get("attention", 0))
    state.show()
    assert state.accessibleName() == words
    green = theme.colour("proven").name() in colours_of(picture(state))
    assert green == bool(outbox.get("province_has"))


@pytest.mark.parametrize("count", [0, 1, 12])
def test_what_needs_a_person_is_the_count_that_is_told_whatever_the_outbox_holds(theme, host, count):
    """One refused act may be one of many things that need a person, or none any more."""
    state = StateWords(theme, host)
    state.show_counts({"attention": 5})
    state.show_line(LineNews(Doing.WAITING, datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM), end=PassEnd(trouble=Problem("X"), lasting=True)))
    state.show_attention(count)
    assert state.accessibleName() == ", ".join(["Saved on this PC", *[f"Needs action {count}"] * bool(count)])


# --- the rest ---------------------------------------------------------------------------------------------------------


def test_the_scan_field_hands_on_enter_clears_on_esc_and_waits_while_typing(theme, host, qtbot):
    field = ScanField(theme, host)
    field.show()
    with qtbot.waitSignal(field.typed, timeout=3000) as told:
        QTest.keyClicks(field, "nguyen")
    assert told.args == ["nguyen"]
    with qtbot.waitSignal(field.entered) as told:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert told.args == ["nguyen"]
    with qtbot.waitSignal(field.left_down):
        QTest.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(field.cleared):
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_a_password_is_hidden_until_the_eye_is_pressed(theme, host):
    field = PasswordField(theme, host)
    field.show()
    QTest.mouseClick(field.findChild(IconButton), Qt.MouseButton.LeftButton)
    assert field.echoMode() == PasswordField.EchoMode.Normal
    assert field.findChild(IconButton).accessibleName() == "Hide the password"
    QTest.mouseClick(field.findChild(IconButton), Qt.MouseButton.LeftButton)
    assert field.echoMode() == PasswordField.EchoMode.Password


def test_marks_in_a_password_are_noticed(theme, host):
    field, told = PasswordField(theme, host), []
    field.altered_changed.connect(told.append)
    field.setText("mat")
    field.setText("mât")
    field.setText("mâts")
    field.clear()
    assert told == [True, False]


def test_people_are_chosen_by_arrows(theme, host):
    people, told = PeopleList(theme, "Who?", host), []
    people.person_changed.connect(lambda person: told.append(person.login))
    people.show_people([Person("a", "An", "Clerk", "A"), Person("b", "Bình", "Head", "B")], "b")
    assert people.person.login == "b"
    people.step(1)
    assert people.person.login == "b"
    people.step(-1)
    assert people.person.login == "a"
    assert told[-1] == "a"
    assert people.height() == 120
    people.show()
    assert theme.colour("accent_tint").name() in colours_of(picture(people))


def test_a_long_name_is_cut_with_the_whole_as_tool_tip(theme, host):
    name = ElidedLabel("Cấp Giấy xác nhận tình trạng hôn nhân", host)
    name.resize(80, 24)
    name.show()
    assert name.text().endswith("…")
    assert name.toolTip() == "Cấp Giấy xác nhận tình trạng hôn nhân"
    name.resize(900, 24)
    settle(0)
    assert name.toolTip() == ""


def test_a_label_takes_plain_text_and_a_tone(theme, host):
    made = label(theme, "<b>x</b>", tone="muted")
    made.setParent(host)
    assert made.textFormat() == Qt.TextFormat.PlainText
    set_tone(made, "danger")
    made.show()
    wanted = theme.colour("danger")
    assert any(abs(QColor(name).red() - wanted.red()) + abs(QColor(name).green() - wanted.green()) < 12 for name in colours_of(picture(made)))


def test_a_sheet_is_white_with_round_corners(theme, host):
    sheet = Sheet(theme, parent=host)
    sheet.resize(100, 60)
    sheet.show()
    image = picture(sheet)
    assert image.pixelColor(50, 30) == theme.colour("surface")
    assert image.pixelColor(0, 0) != theme.colour("line")


def test_everything_here_can_be_named(theme, host, form, choice):
    settle(0)
    assert nameless(host) == []
    assert QAccessible.queryAccessibleInterface(choice).text(QAccessible.Text.Name) == "Result"
