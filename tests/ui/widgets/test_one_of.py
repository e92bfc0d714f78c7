"""Parts of which one is shown at a time."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tests.ui.conftest import settle
from ui.widgets.one_of import OneOf
from ui.widgets.sheet import label


def block(height):
    part = QWidget()
    part.setMinimumSize(QSize(40, height))
    return part


@pytest.fixture
def place(host):
    made = OneOf(host)
    made.show()
    return made


def test_nothing_is_shown_before_somebody_asks(place):
    part = block(100)
    place.add(part)
    assert place.shown is None
    assert part.isHidden()
    assert place.minimumSizeHint().height() == 0


def test_only_what_is_shown_takes_room(place):
    low, high = block(50), block(900)
    for part in (low, high):
        place.add(part)
    heights = []
    for part in (low, high, low):
        place.show_part(part)
        settle(0)
        assert [each.isVisible() for each in (low, high)] == [part is low, part is high]
        heights.append(place.minimumSizeHint().height())
    assert heights == [50, 900, 50]


def test_wrapped_words_of_a_hidden_part_take_no_room_either(place, theme):
    low, wordy = block(50), label(theme, "một hai ba " * 200, wrap=True)
    for part in (low, wordy):
        place.add(part)
    place.show_part(wordy)
    settle(0)
    assert place.layout().totalMinimumHeightForWidth(200) > 900
    place.show_part(low)
    settle(0)
    assert not place.layout().hasHeightForWidth()
    assert place.minimumSizeHint().height() == 50


def test_a_part_that_is_shown_already_is_left_alone(place):
    part = block(50)
    place.add(part)
    place.show_part(part)
    place.show_part(part)
    assert place.shown is part
    assert part.isVisible()


def test_the_column_around_follows(host):
    place, around = OneOf(), QWidget(host)
    column = QVBoxLayout(around)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(place)
    low, high = block(50), block(900)
    for part in (low, high):
        place.add(part)
    place.show_part(high)
    around.show()
    settle(0)
    place.show_part(low)
    settle(0)
    assert column.totalMinimumSize().height() == 50


@pytest.mark.parametrize("has_field", [True, False])
def test_the_focus_goes_on_to_the_part_that_comes_and_to_nothing_beside_it(host, place, has_field):
    elsewhere, first, second = QLineEdit(host), block(50), block(50)
    field, other = QLineEdit(first), QLineEdit(second if has_field else None)
    for part in (first, second):
        place.add(part)
    place.show_part(first)
    elsewhere.show()
    field.setFocus()
    place.show_part(second)
    settle(0)
    assert host.window().focusWidget() is (other if has_field else second)
    elsewhere.setFocus()
    place.show_part(first)
    settle(0)
    assert host.window().focusWidget() is elsewhere, "nobody takes it from where it is"
