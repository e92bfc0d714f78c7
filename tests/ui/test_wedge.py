"""The keyboard wedge: events are fed with their time stamps; nobody sleeps and no clock is asked."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QListWidget, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from tests.examples import examples
from ui.scanning.wedge import GAP_MS, WedgeFilter

CARD = "067190000123|240012345|Trần Thị Ví Dụ|15031990|Nữ|Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng|01072021"
CODE = "H36.50.05-261120-0038*K"


class Bench:
    """A window under the filter, and a keyboard with a stopwatch."""

    def __init__(self, window, wedge):
        self.window, self.wedge = window, wedge
        self.scans = []
        self.time = 1000
        wedge.scanned.connect(self.scans.append)

    def key(self, key, text="", gap=5, modifiers=Qt.KeyboardModifier.NoModifier):
        self.time += gap
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, text)
            event.setTimestamp(self.time)
            target = QApplication.focusWidget() or self.window
            QApplication.sendEvent(target, event)

    def type(self, text, gap=5):
        for sign in text:
            shifted = sign.isupper()
            if shifted:
                self.key(Qt.Key.Key_Shift, gap=0, modifiers=Qt.KeyboardModifier.ShiftModifier)
            code = Qt.Key(ord(sign.upper())) if sign.isascii() and sign.isalnum() else Qt.Key.Key_unknown if sign != " " else Qt.Key.Key_Space
            self.key(code, sign, gap, Qt.KeyboardModifier.ShiftModifier if shifted else Qt.KeyboardModifier.NoModifier)

    def enter(self, gap=5):
        self.key(Qt.Key.Key_Return, "\r", gap)

    def scan(self, text, gap=5):
        self.time += 500
        self.type(text, gap)
        self.enter(gap)


@pytest.fixture
def bench(qapp, theme):
    window = QWidget()
    QVBoxLayout(window)
    window.resize(400, 300)
    window.show()
    window.activateWindow()
    wedge = WedgeFilter()
    qapp.installEventFilter(wedge)
    yield Bench(window, wedge)
    qapp.removeEventFilter(wedge)


def put(bench, widget):
    bench.window.layout().addWidget(widget)
    widget.show()
    widget.setFocus()
    assert QApplication.focusWidget() is widget
    return widget


@pytest.mark.parametrize("text", [CARD, CODE, "12345678"])
def test_a_burst_with_enter_is_a_scan(bench, text):
    field = put(bench, QLineEdit())
    bench.scan(text)
    assert bench.scans == [text]
    assert field.text() == ""


def test_a_list_that_can_be_written_into_takes_fast_letters_and_is_given_back_after_a_scan(bench):
    field = QComboBox()
    field.setEditable(True)
    put(bench, field)
    bench.type("Nguyễn Văn Thư")
    assert field.currentText() == "Nguyễn Văn Thư"
    bench.scan(CODE)
    assert bench.scans == [CODE]
    assert field.currentText() == "Nguyễn Văn Thư"


def test_a_list_that_is_only_chosen_from_hears_nothing_of_a_scan(bench):
    field = QComboBox()
    field.addItems(["Anh", "Hoa"])
    put(bench, field)
    bench.scan("H" + CODE)
    assert field.currentText() == "Anh"
    assert bench.scans == ["H" + CODE]


def test_the_focused_field_is_given_back_as_it_was(bench):
    field = put(bench, QLineEdit("Trần Thị Ví Dụ"))
    field.setCursorPosition(4)
    entered = []
    field.returnPressed.connect(lambda: entered.append(1))
    bench.scan(CARD)
    assert field.text() == "Trần Thị Ví Dụ"
    assert field.cursorPosition() == 4
    assert entered == []


def test_a_selection_that_the_burst_replaced_comes_back(bench):
    field = put(bench, QLineEdit("xin chào"))
    field.selectAll()
    bench.scan(CODE)
    assert field.selectedText() == "xin chào"


def test_a_note_of_several_lines_is_given_back_too(bench):
    note = put(bench, QPlainTextEdit("dòng một\ndòng hai"))
    bench.scan(CARD)
    assert note.toPlainText() == "dòng một\ndòng hai"
    assert bench.scans == [CARD]


def test_the_form_hears_that_its_field_is_as_before(bench):
    field = put(bench, QLineEdit("abc"))
    told = []
    field.textEdited.connect(told.append)
    bench.scan(CODE)
    assert told[-1] == "abc"


def test_a_person_typing_is_never_a_scan(bench):
    field = put(bench, QLineEdit())
    entered = []
    field.returnPressed.connect(lambda: entered.append(1))
    bench.type("Nguyễn Văn Mẫu", gap=GAP_MS + 1)
    bench.enter(gap=GAP_MS + 1)
    assert bench.scans == []
    assert field.text() == "Nguyễn Văn Mẫu"
    assert entered == [1]


def test_a_fast_short_word_with_enter_is_no_scan(bench):
    field = put(bench, QLineEdit())
    bench.scan("1234567")
    assert bench.scans == []
    assert field.text() == "1234567"


def test_a_burst_without_enter_stays_in_the_field(bench):
    field = put(bench, QLineEdit())
    bench.type(CODE)
    assert bench.scans == []
    assert field.text() == CODE


def test_enter_pressed_by_hand_after_a_paste_like_burst_is_no_scan(bench):
    field = put(bench, QLineEdit())
    bench.type(CODE)
    bench.enter(gap=400)
    assert bench.scans == []
    assert field.text() == CODE


def test_only_the_burst_is_taken_not_what_was_typed_before_it(bench):
    field = put(bench, QLineEdit())
    bench.type("Mẫu", gap=200)
    bench.scan(CODE)
    assert bench.scans == [CODE]
    assert field.text() == "Mẫu"


def test_a_time_that_went_back_joins_nothing_to_the_burst(bench):
    """Two keyboards count from different moments, and a counter of 32 bits begins anew after 49 days."""
    field = put(bench, QLineEdit())
    bench.type("Mẫu", gap=200)
    bench.time = 0
    bench.scan(CODE)
    assert bench.scans == [CODE]
    assert field.text() == "Mẫu"


def test_two_scans_in_a_row(bench):
    put(bench, QLineEdit())
    bench.scan(CODE)
    bench.scan(CARD)
    assert bench.scans == [CODE, CARD]


def test_shift_and_caps_between_the_letters_do_not_break_a_burst(bench):
    put(bench, QLineEdit())
    bench.scan("ABCDefghIJKL")
    assert bench.scans == ["ABCDefghIJKL"]


def test_a_key_of_the_desk_ends_a_burst(bench):
    put(bench, QLineEdit())
    bench.type("123456")
    bench.key(Qt.Key.Key_F2)
    bench.type("789")
    bench.enter()
    assert bench.scans == []


def test_a_scan_over_a_check_box_does_not_tick_it(bench):
    box = put(bench, QCheckBox("x"))
    bench.scan(CARD)
    assert bench.scans == [CARD]
    assert not box.isChecked()


def test_a_scan_over_a_button_does_not_press_it(bench):
    button = put(bench, QPushButton("x"))
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    bench.scan(CARD)
    assert pressed == []


def test_a_blank_by_hand_still_ticks_a_box(bench):
    box = put(bench, QCheckBox("x"))
    bench.type(" ", gap=300)
    assert box.isChecked()


def test_a_letter_by_hand_still_reaches_a_list(bench):
    names = put(bench, QListWidget())
    names.addItems(["An", "Bình", "Cường"])
    bench.type("b", gap=300)
    bench.wedge.hand_on()
    assert names.currentItem().text() == "Bình"


def test_the_letter_that_waited_comes_before_the_next_key(bench):
    class Ear(QWidget):
        def __init__(self):
            super().__init__()
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.heard = []

        def keyPressEvent(self, event):
            self.heard.append(event.text() or Qt.Key(event.key()).name)

    ear = put(bench, Ear())
    bench.type("12", gap=200)
    bench.key(Qt.Key.Key_Down, gap=200)
    assert ear.heard == ["1", "2", "Key_Down"]


def test_a_scan_over_a_list_moves_nothing(bench):
    names = put(bench, QListWidget())
    names.addItems(["An", "H36", "Cường"])
    names.setCurrentRow(2)
    bench.scan(CODE)
    assert names.currentRow() == 2
    assert bench.scans == [CODE]


def test_a_field_that_vanished_during_the_burst_does_no_harm(bench):
    field = put(bench, QLineEdit())
    bench.time += 500
    bench.type("12345678")
    other = put(bench, QLineEdit())
    bench.window.layout().removeWidget(field)
    import shiboken6

    shiboken6.delete(field)
    other.setFocus()
    bench.enter()
    assert bench.scans == ["12345678"]


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), max_codepoint=0xFFFF), min_size=8, max_size=40)
       .filter(lambda text: text.isprintable() and not text.startswith(" ")))
def test_any_text_survives_the_way_byte_for_byte(bench, text):
    field = QApplication.focusWidget() if isinstance(QApplication.focusWidget(), QLineEdit) else put(bench, QLineEdit())
    field.setText("vẫn còn")
    bench.scans.clear()
    bench.scan(text)
    assert bench.scans == [text]
    assert field.text() == "vẫn còn"
