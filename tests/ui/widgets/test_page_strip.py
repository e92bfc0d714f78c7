"""The strip of a stack: where pages stand, how they are chosen, what is asked for and painted."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QMouseEvent
from PySide6.QtTest import QTest

from tests.ui.conftest import picture, settle
from ui.models.scan_stack import Mark, StripPage, StripSet
from ui.widgets.page_strip import PageStrip
from ui.widgets.strip_places import StripMeasures, gap, neighbour, places

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


@given(COUNTS, st.lists(st.integers(0, 4), min_size=6, max_size=6), st.integers(50, 1600))
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
    flat = places(counts, [0] * len(counts), width, MEASURES).flat()
    at = data.draw(st.integers(0, len(flat) - 1))
    below = neighbour(flat, at, 1)
    if flat[at].top() == max(area.top() for area in flat):
        assert below == at
    else:
        assert flat[below].top() == min(area.top() for area in flat if area.top() > flat[at].top())
        assert flat[neighbour(flat, below, -1)].top() == flat[at].top()


def test_a_reason_has_room_of_its_own():
    plain, told, long = (places([3], [lines], 700, MEASURES) for lines in (0, 1, 3))
    assert told.height == plain.height + MEASURES.reason
    assert long.height == plain.height + 3 * MEASURES.reason


def test_a_long_reason_is_told_to_its_end_and_a_wider_strip_needs_fewer_lines(strip):
    (one,) = sets_of(2)
    strip.show_sets((one,))
    plain = strip._places.height
    strip.show_sets((replace(one, reason="This paper has another file. " * 6 + "Press D."),))
    narrow = strip._places.height
    strip.resize(1600, 500)
    wide = strip._places.height
    assert plain < wide < narrow
    strip.show_sets((replace(one, reason="Short."),))
    assert strip._places.height == plain + strip._measures.reason


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


def drag(strip, start, to, *, drop=True):
    """Drag from a point to another one, in steps as a hand does."""
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=start)
    for point in ((start + to) / 2, to):
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(point), QPointF(strip.mapToGlobal(point)), Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier)
        strip.mouseMoveEvent(event)
    if drop:
        QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=to)


def points(strip):
    return [area.topLeft() + QPoint(20, 20) for area in strip._places.flat()]


def far(strip, at):
    """Return a point at the right edge of a page."""
    return strip._places.flat()[at].topRight() + QPoint(-10, 20)


def test_pages_are_dragged_before_and_behind_another(strip, qtbot):
    strip.show_sets(sets_of(3, 2))
    with qtbot.waitSignal(strip.dropped) as asked:
        drag(strip, points(strip)[0], points(strip)[2])
    assert (asked.args, strip.selected) == (["p3", False], ("p1",))
    with qtbot.waitSignal(strip.dropped) as asked:
        drag(strip, points(strip)[0], far(strip, 4))
    assert asked.args == ["p5", True]


def test_several_chosen_pages_are_dragged_together_and_a_click_chooses_one(strip, qtbot):
    strip.show_sets(sets_of(4))
    strip.choose("p1")
    QTest.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(strip.dropped):
        drag(strip, points(strip)[1], points(strip)[3])
    assert strip.selected == ("p1", "p2")
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=points(strip)[1])
    assert strip.selected == ("p2",)


def test_a_trembling_hand_drags_nothing_and_escape_lets_go(strip, qtbot):
    strip.show_sets(sets_of(3))
    with qtbot.assertNotEmitted(strip.dropped):
        drag(strip, points(strip)[0], points(strip)[0] + QPoint(2, 1))
        drag(strip, points(strip)[0], points(strip)[2], drop=False)
        before = picture(strip)
        QTest.keyClick(strip, Qt.Key.Key_Escape)
        assert picture(strip) != before, "the mark of the place is gone"
        QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=points(strip)[2])


def test_a_strip_that_is_only_looked_at_moves_nothing(theme, host, qtbot):
    fixed = PageStrip(theme, "Sheets", "", host, movable=False)
    fixed.resize(700, 500)
    fixed.show()
    fixed.show_sets(sets_of(3))
    with qtbot.assertNotEmitted(fixed.dropped):
        drag(fixed, points(fixed)[0], points(fixed)[2])


def test_pages_that_come_meanwhile_end_no_drag_in_the_wrong_place(strip, qtbot):
    strip.show_sets(sets_of(3))
    drag(strip, points(strip)[0], points(strip)[2], drop=False)
    strip.show_sets(sets_of(1))
    with qtbot.assertNotEmitted(strip.dropped):
        QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(300, 60))


@given(COUNTS, st.integers(200, 1600), st.integers(0, 1600), st.integers(0, 3000))
def test_a_drop_is_always_beside_a_page_of_the_nearest_row(counts, width, across, down):
    flat = places(counts, [False] * len(counts), width, MEASURES).flat()
    at, behind = gap(flat, QPoint(across, down))
    away = [max(0, area.top() - down, down - area.bottom()) for area in flat]
    assert away[at] == min(away)
    assert behind == (across > flat[at].center().x())


def test_the_menu_is_wanted_for_the_page_under_the_pointer_or_the_chosen_ones(strip, qtbot):
    strip.show_sets(sets_of(3))
    strip.choose("p1")
    QTest.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)

    def ask(reason, point):
        strip.contextMenuEvent(QContextMenuEvent(reason, point, strip.mapToGlobal(point)))

    with qtbot.waitSignal(strip.menu_wanted):
        ask(QContextMenuEvent.Reason.Mouse, points(strip)[0])
    assert strip.selected == ("p1", "p2")
    with qtbot.waitSignal(strip.menu_wanted):
        ask(QContextMenuEvent.Reason.Mouse, points(strip)[2])
    assert strip.selected == ("p3",)
    with qtbot.waitSignal(strip.menu_wanted) as asked:
        ask(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0))
    assert strip._places.flat()[2].contains(strip.mapFromGlobal(asked.args[0]))
    with qtbot.assertNotEmitted(strip.menu_wanted):
        ask(QContextMenuEvent.Reason.Mouse, QPoint(690, 5))


def test_a_thumbnail_that_nobody_makes_is_asked_for_again(strip):
    asked = []
    strip.thumb_wanted.connect(asked.append)
    strip.show_sets(sets_of(1))
    picture(strip)
    strip.forget_thumb("p1")
    picture(strip)
    assert asked == ["p1", "p1"]


def test_a_page_that_is_being_scanned_has_a_frame_at_the_end_that_is_no_page(strip, qtbot):
    strip.show_sets(sets_of(2, 3))
    without = picture(strip)
    strip.expect(expecting=True)
    waiting = picture(strip)
    assert waiting != without
    frame = strip._places.flat()[-1]
    assert len(strip._places.flat()) == 6
    assert strip._places.sets[-1].contains(frame)
    coming = QImage(20, 30, QImage.Format.Format_RGB32)
    coming.fill(Qt.GlobalColor.darkBlue)
    strip.show_arriving(coming)
    assert picture(strip).pixelColor(frame.left() + 40, frame.top() + 60) == coming.pixelColor(0, 0)
    strip.choose("p5")
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=frame.topLeft() + QPoint(20, 20))
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Down)
    assert strip.current == "p5"
    with qtbot.waitSignal(strip.dropped) as asked:
        drag(strip, points(strip)[0], frame.topLeft() + QPoint(20, 20))
    assert asked.args == ["p5", True]
    strip.show_sets(sets_of(2, 4))
    strip.expect(expecting=False)
    strip.show_sets(sets_of(2, 3))
    strip.choose("p1")
    assert len(strip._places.flat()) == 5


def test_the_first_page_of_all_has_no_frame_but_the_words(strip):
    strip.show_sets(())
    before = picture(strip)
    strip.expect(expecting=True)
    assert picture(strip) == before
