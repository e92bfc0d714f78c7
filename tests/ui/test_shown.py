"""What a picture shows, as words: the program's own, keys beside them, no data, and nothing that is hidden."""

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QTableWidget, QVBoxLayout, QWidget

from bench.shown import OwnWords, shown
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.key_cap import KeyCap


@pytest.fixture(scope="module")
def own():
    return OwnWords()


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.setLayout(QVBoxLayout())
    made.resize(600, 400)
    return made


def words(window, own, *parts):
    for part in parts:
        window.layout().addWidget(part)
    window.show()
    return shown([window], own)


@pytest.mark.parametrize(("text", "known"), [
    ("Hẹn trả", ["Hẹn trả"]), ("Nguyễn Thị Mẫu", []), ("", []), ("Trang 13 trên 13", ["Trang {page} trên {pages}"]),
    ("Đóng · Bà Mẫu", ["Đóng"]),
])
def test_own_texts_are_told_from_data(own, text, known):
    assert list(own.known(text)) == known


def test_a_text_with_places_is_one_of_the_program_and_a_filled_one_is_not(own):
    assert "Trang {page} trên {pages}" in own
    assert "Trang 13 trên 13" not in own
    assert "Hẹn trả" in own
    assert "Chưa từng có câu này" not in own


def test_labels_fields_headers_and_buttons_are_read_and_data_is_not(window, own, theme):
    field = QLineEdit("Lò Thị Thử Nghiệm")
    field.setPlaceholderText("Hẹn trả")
    table = QTableWidget(1, 2)
    table.setHorizontalHeaderLabels(["Mã hồ sơ", "Tên riêng"])
    found = words(window, own, QLabel("Hôm nay"), QLabel("Trần Thị Ví Dụ"), field, table, SecondaryButton(theme, "Đóng"))
    assert found == ["Hôm nay", "Hẹn trả", "Mã hồ sơ", "Đóng"]


def test_keys_stand_with_their_words(window, own, theme):
    found = words(window, own, PrimaryButton(theme, "Lưu", key="F9"), KeyCap(theme, "F2"))
    assert found == ["[F2]", "[F9] Lưu"]


def test_what_is_hidden_or_in_a_hidden_window_is_not_shown(window, own, qtbot):
    hidden = QLabel("Hôm nay")
    words(window, own, hidden, QLabel("Đóng"))
    hidden.hide()
    other = QWidget()
    qtbot.addWidget(other)
    QLabel("Hẹn trả", other)
    assert shown([window, other], own) == ["Đóng"]


def test_a_text_that_stands_twice_is_told_once_and_in_order(window, own):
    assert words(window, own, QLabel("Đóng"), QLabel("Hôm nay"), QLabel("Đóng")) == ["Hôm nay", "Đóng"]
