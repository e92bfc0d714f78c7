"""Work with the pointer: the menu of pages, dragging; and thumbnails that are made only for what is looked at."""

import threading

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage

from counter_app.domain.errors import failed
from tests.ui.conftest import wait_for
from tests.ui.pages.helpers import idle
from tests.ui.pages.scanning_desk import do, drawn, order, page_with, scan, shape
from ui.actions import ACTION_BY_ID
from ui.pages.scanning.menu import PageMenu
from ui.pages.scanning.pictures import PagePictures
from ui.pages.scanning.thumbs import AT_ONCE, MOST_WAITING, ThumbQueue
from ui.papers import Papers


def menu_of(page):
    page.strip.menu_wanted.emit(QPoint(200, 200))
    (menu,) = [each for each in page.findChildren(PageMenu) if each.isVisible()]
    return menu, {each.data(): each for each in menu.actions() if each.data()}


def test_the_menu_does_what_the_keys_do_and_names_them(seat):
    page, _ = page_with(seat, ([drawn(lines=at + 2) for at in range(3)], None))
    scan(page)
    page.strip.choose(order(page)[1])
    menu, entries = menu_of(page)
    assert entries["split_set"].text() == "Split here\tS"
    assert all(ACTION_BY_ID[each].page == "scanning" for each in entries)
    entries["split_set"].trigger()
    menu.close()
    idle(page.context)
    assert shape(page) == [1, 2]
    menu, entries = menu_of(page)
    entries["merge_set"].trigger()
    menu.close()
    idle(page.context)
    assert shape(page) == [3]


def test_what_is_not_possible_now_is_faint_and_says_why(seat):
    page, feeder = page_with(seat, ([drawn()], None), ([drawn(lines=3)], None))
    scan(page)
    feeder.gate.clear()
    page.trigger("scan_stack")
    menu, entries = menu_of(page)
    assert not entries["insert_pages"].isEnabled()
    assert entries["insert_pages"].toolTip() == "A stack is being scanned."
    assert entries["turn_pages"].isEnabled()
    menu.close()
    feeder.gate.set()
    wait_for(lambda: page.seat.listener is None)
    idle(page.context)


def test_pages_are_dragged_into_another_set_and_undo_brings_them_back(seat):
    page, _ = page_with(seat, ([drawn(lines=at + 2) for at in range(4)], None))
    scan(page)
    ids = order(page)
    page.strip.choose(ids[2])
    do(page, "split_set")
    page.strip.choose(ids[0])
    page.strip.dropped.emit(ids[3], True)
    idle(page.context)
    assert [[each.page_id for each in one.pages] for one in page.strip.sets] == [[ids[1]], [ids[2], ids[3], ids[0]]]
    page.strip.dropped.emit(ids[0], False)
    idle(page.context)
    assert shape(page) == [1, 3], "dropped on itself it stays"
    do(page, "undo_scan")
    assert shape(page) == [2, 2]


class Maker:
    """Makes pictures; the first ones only when it is told to."""

    def __init__(self, gate):
        self.gate, self.made = gate, []

    def __call__(self, page_id):
        self.gate.wait(10)
        self.made.append(page_id)
        if page_id == "bad":
            raise failed("SCAN_PAGE_UNREADABLE", name=page_id)
        return page_id, b""


def queue_of(tasks):
    gate = threading.Event()
    maker = Maker(gate)
    queue = ThumbQueue(tasks, maker)
    seen = {"made": [], "dropped": []}
    queue.made.connect(lambda page_id, image: seen["made"].append((page_id, isinstance(image, QImage))))
    queue.dropped.connect(seen["dropped"].append)
    return queue, maker, seen


def test_the_newest_wish_comes_first_and_what_was_scrolled_past_is_dropped(tasks):
    queue, maker, seen = queue_of(tasks)
    names = [f"p{at}" for at in range(AT_ONCE + MOST_WAITING + 5)]
    for name in names:
        queue.ask(name)
    assert seen["dropped"] == names[AT_ONCE:AT_ONCE + 5]
    maker.gate.set()
    wait_for(lambda: len(seen["made"]) == len(names) - 5)
    assert maker.made[AT_ONCE] in names[-AT_ONCE:], "after those under way, the newest"
    assert all(is_image for _, is_image in seen["made"])


def test_a_page_that_can_not_be_read_holds_no_other_up(tasks):
    queue, maker, seen = queue_of(tasks)
    for name in ("bad", "bad", "bad", "good"):
        queue.ask(name)
    maker.gate.set()
    wait_for(lambda: seen["made"] == [("good", True)])
    wait_for(lambda: len(maker.made) == 4)


def test_the_separator_sheet_is_offered_before_anything_is_scanned(seat, monkeypatch):
    page, _ = page_with(seat)
    made = []

    def note(papers):
        made.append(papers)

    monkeypatch.setattr(Papers, "show_separator", note)
    assert page.why_not("separator_sheet") is None
    page.trigger("separator_sheet")
    assert len(made) == 1


def test_one_page_at_a_time_is_taken_apart(seat):
    pictures, inside, let_go = PagePictures(seat.context.counter.paper), [], threading.Event()

    def work(name):
        with pictures.alone():
            inside.append(name)
            let_go.wait(10)
            inside.append(name)

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for each in threads:
        each.start()
    wait_for(lambda: len(inside) == 1)
    let_go.set()
    for each in threads:
        each.join(10)
    assert inside[0] == inside[1] != inside[2] == inside[3]


def test_what_fails_holds_the_next_page_up_no_longer(seat):
    pictures = PagePictures(seat.context.counter.paper)
    with pytest.raises(ValueError, match="x"), pictures.alone():
        raise ValueError("x")
    with pictures.alone():
        pass
