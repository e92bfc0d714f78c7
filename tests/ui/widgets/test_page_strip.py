"""The strip of a stack: where pages stand, how they are chosen, what is asked for and painted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from tests.ui.conftest import picture, settle
from ui.models.scan_stack import Mark, StripPage, StripSet
from ui.widgets.page_strip import PageStrip
from ui.widgets.strip_places import StripMeasures, neighbour, places

MEASURES = StripMeasures(136, 148, 34, 24, 14, 12)
COUNTS = st.lists(st.integers(1, 9), min_size=1, max_size=6)


def sets_of(*counts, reason="", mark=Mark.PLAIN):
    made, number = [], 0
    for at, count in enumerate(counts):
        pages = []
        for _ in range(count):
            number += 1
            pages.append(StripPage(f"p{number}", number, "Tờ khai", 0, mark, f"told {number}"))
        made.append(StripSet(f"H36-{at}", "Trợ cấp", "check", "accent", "ready", reason, tuple(pages)))
    return tuple(made)


@pytest.fixture
def strip(theme, host):
    made = PageStrip(theme, "Pages", "Nothing yet. F12 scans.", host)
    made.resize(700, 500)
    made.show()
    made.setFocus()
    return made


@given(COUNTS, st.lists(st.booleans(), min_size=6, max_size=6), st.integers(50, 1600))
def test_no_page_lies_on_another_and_each_lies_in_its_set(counts, reasons, width):
    found = places(counts, reasons[:len(counts)], width, MEASURES)
    assert [len(pages) for pages in found.pages] == counts
    flat = found.flat()
    assert not any(one.intersects(other) for at, one in enumerate(flat) for other in flat[at + 1:])
    for area, pages in zip(found.sets, found.pages, strict=True):
        assert all(area.top() + MEASURES.head <= page.top() and page.bottom() <= area.bottom() for page in pages)
    assert all(upper.bottom() < lower.top() for upper, lower in zip(found.sets, found.sets[1:], strict=False))
    assert found.height == found.sets[-1].bottom() + 1


@given(COUNTS, st.integers(200, 1600), st.data())
def test_down_goes_one_row_down_and_up_comes_back_to_that_row(counts, width, data):
    flat = places(counts, [False] * len(counts), width, MEASURES).flat()
    at = data.draw(st.integers(0, len(flat) - 1))
    below = neighbour(flat, at, 1)
    if flat[at].top() == max(area.top() for area in flat):
        assert below == at
    else:
        assert flat[below].top() == min(area.top() for area in flat if area.top() > flat[at].top())
        assert flat[neighbour(flat, below, -1)].top() == flat[at].top()


def test_a_reason_has_room_of_its_own():
    plain, told = (places([3], [reason], 700, MEASURES) for reason in (False, True))
    assert told.height == plain.height + MEASURES.reason


def test_the_first_page_is_current_and_what_was_chosen_stays_chosen(strip):
    strip.show_sets(sets_of(2, 3))
    assert (strip.current, strip.selected) == ("p1", ("p1",))
    strip.choose("p4")
    strip.show_sets(sets_of(2, 3, 1))
    assert strip.current == "p4"
    strip.show_sets(sets_of(2))
    assert (strip.current, strip.selected) == ("p1", ("p1",)), "the page is gone"
    strip.show_sets(())
    assert (strip.current, strip.selected) == ("", ())
    strip.choose("p1")
    assert strip.current == ""


def test_arrows_go_through_the_sets(strip):
    strip.show_sets(sets_of(2, 3))
    for key, page in ((Qt.Key.Key_Right, "p2"), (Qt.Key.Key_Right, "p3"), (Qt.Key.Key_Up, "p1"), (Qt.Key.Key_Left, "p1"),
                      (Qt.Key.Key_Down, "p3"), (Qt.Key.Key_End, "p5"), (Qt.Key.Key_Home, "p1")):
        QTest.keyClick(strip, key)
        assert strip.current == page


def test_shift_chooses_what_lies_between_and_control_a_all(strip):
    strip.show_sets(sets_of(2, 3))
    strip.choose("p2")
    QTest.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert strip.selected == ("p2", "p3", "p4")
    QTest.keyClick(strip, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert strip.selected == ("p2", "p3")
    QTest.keyClick(strip, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(strip.selected) == 5


def test_the_pointer_chooses_one_more_and_between(strip):
    strip.show_sets(sets_of(4))
    points = [area.topLeft() + QPoint(20, 20) for area in strip._places.flat()]
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=points[1])
    assert strip.selected == ("p2",)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, points[3])
    assert strip.selected == ("p2", "p4")
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, points[3])
    assert strip.selected == ("p2",)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=points[0])
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, points[2])
    assert strip.selected == ("p1", "p2", "p3")
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(690, 5))
    assert strip.selected == ("p1", "p2", "p3"), "beside every page"


def test_control_and_arrows_ask_to_move(strip, qtbot):
    strip.show_sets(sets_of(3))
    for key, direction in ((Qt.Key.Key_Up, -1), (Qt.Key.Key_Down, 1)):
        with qtbot.waitSignal(strip.move_wanted) as asked:
            QTest.keyClick(strip, key, Qt.KeyboardModifier.ControlModifier)
        assert asked.args == [direction]
    assert strip.current == "p1"


def test_only_thumbnails_in_sight_are_asked_for_and_each_once(strip):
    asked = []
    strip.thumb_wanted.connect(asked.append)
    strip.show_sets(sets_of(*[4] * 40))
    strip.render(QImage(700, 500, QImage.Format.Format_RGB32), QPoint(), QRect(0, 0, 700, 400))
    settle(0)
    assert asked[:4] == ["p1", "p2", "p3", "p4"]
    assert len(asked) == len(set(asked))


def test_a_thumbnail_is_kept_small_and_shown(strip):
    strip.show_sets(sets_of(1))
    before = picture(strip)
    big = QImage(1654, 2339, QImage.Format.Format_RGB32)
    big.fill(Qt.GlobalColor.darkBlue)
    strip.show_thumb("p1", big)
    assert strip._thumbs["p1"].height() <= 2 * 114 * strip.devicePixelRatioF()
    assert picture(strip) != before
    strip.show_sets(())
    assert strip._thumbs == {}


@pytest.mark.parametrize("mark", [Mark.CODE, Mark.WARNING, Mark.HIDDEN, Mark.DELETED])
def test_every_mark_is_seen(strip, mark):
    strip.show_sets(sets_of(1))
    plain = picture(strip)
    strip.show_sets(sets_of(1, mark=mark))
    assert picture(strip) != plain


def test_what_is_chosen_and_why_a_set_waits_is_seen_and_heard(strip):
    strip.show_sets(sets_of(2))
    first = picture(strip)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert picture(strip) != first
    assert strip.accessibleDescription() == "2 Tờ khai. told 2"
    strip.show_sets(sets_of(2, reason="Chưa biết hồ sơ."))
    assert strip.sizeHint().height() > 0


def test_an_empty_strip_says_what_will_be_here(strip):
    strip.show_sets(())
    empty = picture(strip)
    assert any(empty.pixelColor(x, y) != empty.pixelColor(30, 240) for x in range(100, 600) for y in range(250, 275))
