"""Scanning that goes wrong, is stopped, goes on or is taken up again: no page is lost, nothing is filed twice, and a sentence says it."""

import time
from dataclasses import replace

import cv2
import pytest

from counter_app.domain.digitised import FileTarget
from counter_app.domain.errors import Problem
from tests.ui.conftest import settle, wait_for
from tests.ui.pages.helpers import idle, shown_page, take_in
from tests.ui.pages.scanning_desk import FakeFolder, do, drawn, full_at_the_second_page, page_with, scan, shape, stack_of, titles
from ui.notices import sentence_of
from ui.pages.scanning import ScanningPage
from ui.pages.scanning.feeding import FeedListener


@pytest.fixture
def codes(seat):
    """Two dossiers of the desk."""
    return [take_in(seat.desk, f"Trần Thị Mẫu {letter}").code for letter in "AB"]


def test_pages_are_seen_while_the_feeder_runs_and_stopping_keeps_them(seat):
    page, feeder = page_with(seat, (stack_of(between=0) + [drawn()] * 3, None))
    feeder.gate.clear()
    assert page.trigger("scan_stack")
    settle(20)
    assert page.head.stop.isVisible()
    assert page.why_not("scan_stack") == "A stack is being scanned."
    feeder.gate.set()
    wait_for(lambda: page.strip.sets, 20_000)
    page.head.stop.click()
    wait_for(lambda: page.seat.listener is None, 20_000)
    idle(page.context)
    kept = len(page._look.batch.pages)
    assert 1 <= kept <= 3
    assert not page.head.stop.isVisible()


def test_a_page_is_seen_before_it_is_kept(seat, monkeypatch):
    page, _ = page_with(seat, ([drawn(), drawn(lines=3)], None))
    batches, seen, steps = seat.context.counter.paper.batches, [], []
    keep = batches.add_page

    def slow(batch_id, scanned):
        wait = len(steps) + 1
        for _ in range(2000):
            if len(seen) >= wait:
                break
            time.sleep(0.005)
        steps.append(len(seen))
        return keep(batch_id, scanned)

    monkeypatch.setattr(batches, "add_page", slow)
    page.seat.arriving.connect(seen.append)
    scan(page)
    assert steps == [1, 2]
    assert all(each[:2] == b"\xff\xd8" for each in seen)
    assert shape(page) == [2]
    assert page.strip._arriving.isNull()


def test_a_jam_says_how_many_pages_came_and_going_on_appends(seat, codes):
    page, feeder = page_with(seat, ([drawn(codes[0]), drawn()], "SCAN_JAM"), ([drawn(lines=3)], None))
    scan(page)
    assert "2" in page.banner.sentence
    page.banner.acted.emit()
    wait_for(lambda: page.seat.listener is None and len(page._look.batch.pages) == 3, 20_000)
    idle(page.context)
    assert shape(page) == [3]
    assert feeder.seen[1].first == 3
    assert page.banner.isHidden()
    assert page.head.words == "3 pages came, the scanner has no more", "of the whole pile, not of what came after the jam"
    assert page.seat.pages_came == 3


def test_a_feed_that_ended_well_is_not_counted_into_the_next_one(seat, codes):
    page, _ = page_with(seat, ([drawn(codes[0]), drawn()], None), ([drawn(lines=3)], None))
    scan(page)
    scan(page)
    assert page.head.words == "1 pages came, the scanner has no more"


def test_what_a_scanner_lacks_is_told_and_that_it_has_no_more_too(seat):
    page, feeder = page_with(seat, ([drawn(), drawn(lines=3)], None))
    feed = feeder.feed
    feeder.feed = lambda job, watch: replace(feed(job, watch), notes=(Problem("SCAN_LACKS_DUPLEX"),))
    scan(page)
    assert "fronts only" in page.banner.sentence
    assert page.head.words == "2 pages came, the scanner has no more"


def test_a_scanner_that_is_gone_says_so_and_nothing_is_begun_twice(seat):
    page, _ = page_with(seat, ([], "SCAN_CUT"))
    page.context.preferences.scanner = ""
    scan(page)
    assert page.banner.isVisible()
    assert page.strip.sets == ()


def test_what_was_arranged_by_hand_is_not_divided_anew_by_going_on(seat, codes):
    page, _ = page_with(seat, ([drawn(codes[0]), drawn()], "SCAN_JAM"), ([drawn(codes[1])], None))
    scan(page)
    page.strip.choose(page.strip.sets[0].pages[1].page_id)
    do(page, "split_set")
    scan(page)
    assert titles(page) == [(codes[0], "ready"), (codes[0], "ready"), (codes[1], "ready")]
    assert shape(page) == [1, 1, 1], "the new page begins its own dossier, nothing else moved"
    do(page, "divide_stack")
    assert titles(page) == [(codes[0], "ready"), (codes[1], "ready")]
    do(page, "undo_scan")


def test_pages_of_others_never_join_a_set_that_was_named_by_hand(seat, codes):
    page, _ = page_with(
        seat, ([drawn(), drawn(lines=4)], "SCAN_JAM"), ([drawn(lines=6), drawn(codes[1]), drawn(lines=8)], "SCAN_JAM"), ([drawn(lines=9)], None))
    scan(page)
    page.strip.choose(page.strip.sets[0].pages[0].page_id)
    page._assign(codes[0], FileTarget.COMPONENT, None)
    idle(page.context)
    scan(page)
    assert titles(page) == [(codes[0], "ready"), (codes[1], "ready")]
    assert shape(page) == [3, 2], "what bears no code goes on with the set before it"
    do(page, "undo_scan")
    assert shape(page) == [5], "dividing what came is one step"
    do(page, "redo_scan")
    scan(page)
    assert shape(page) == [3, 3]


def test_a_stack_that_is_taken_up_again_divides_what_comes_then(seat, codes):
    page, _ = page_with(seat, (stack_of(*codes), None))
    scan(page)
    again, _ = page_with(seat, ([drawn(lines=7), drawn(codes[0])], None))
    scan(again)
    assert shape(again) == [2, 3, 1]
    assert [title for title, _ in titles(again)] == [codes[0], codes[1], codes[0]]


def test_a_page_made_anew_takes_the_stack_up_with_its_thumbnails(seat, codes):
    page, _ = page_with(seat, (stack_of(*codes), None))
    scan(page)
    shapes = shape(page)
    again, _ = page_with(seat)
    assert shape(again) == shapes
    again.grab()
    idle(again.context)
    assert set(again.strip._thumbs) == {each.page_id for one in again.strip.sets for each in one.pages}


def test_a_set_that_waits_stays_when_the_others_are_filed(seat, codes):
    page, _ = page_with(seat, ([drawn(), drawn(codes[0])], None))
    scan(page)
    assert [each.word for each in page.strip.sets] == ["waits", "ready"]
    do(page, "file_stack")
    wait_for(lambda: not page.seat.filing, 30_000)
    idle(page.context)
    assert [each.word for each in page.strip.sets] == ["waits", "filed"]
    assert page.banner.sentence.startswith("1 pages wait: ")
    page.strip.choose(page.strip.sets[1].pages[0].page_id)
    do(page, "turn_pages")
    assert page.banner.isVisible(), "what is filed stays as it is, and that is said"


def test_a_copier_that_scans_to_a_folder_is_a_scanner_too(seat, codes, tmp_path):
    place = tmp_path / "copier"
    place.mkdir()
    for at, pixels in enumerate(stack_of(codes[0])):
        cv2.imwrite(str(place / f"scan{at}.png"), pixels)
    counter = seat.context.counter
    device = counter.scanner_places.add(f"folder:{place}", seat.desk.actor)
    seat.context.preferences.scanner = device
    page = shown_page(ScanningPage(seat.context))
    page.activate()
    idle(page.context)
    assert page.head.device_id == device
    scan(page)
    assert titles(page) == [(codes[0], "ready")], page.banner.sentence
    assert not list(place.glob("*.png")), "what was kept is put aside"


def test_a_page_that_can_not_be_kept_ends_the_feed_and_is_kept_first_the_next_time(seat, codes, monkeypatch):
    page, feeder = page_with(seat, ([drawn(codes[0]), drawn(lines=3), drawn(lines=5)], None), ([drawn(lines=7)], None))
    calls = full_at_the_second_page(monkeypatch, seat.context.counter.paper.batches)
    scan(page)
    assert page.banner.sentence == sentence_of(Problem("DISK_FULL", None, {"path": "x"}))
    assert shape(page) == [1]
    assert calls[1].path.exists(), "what came is not thrown away"
    scan(page)
    assert shape(page) == [3]
    assert not calls[1].path.exists()
    assert feeder.seen[0].folder != feeder.seen[1].folder


def test_a_file_whose_pages_could_not_be_kept_is_put_aside_once_they_are(seat, codes, monkeypatch):
    page, folder = page_with(
        seat, ([drawn(codes[0]), drawn(lines=3)], None), ([drawn(lines=7)], None), ([drawn(lines=8)], None), way=FakeFolder)
    full_at_the_second_page(monkeypatch, seat.context.counter.paper.batches)
    scan(page)
    assert folder.accepted == [], "not all of its pages are safe"
    scan(page)
    assert (shape(page), folder.accepted) == ([3], ["1", "2"]), "else the next feed would bring its pages once more"
    scan(page)
    assert folder.accepted == ["1", "2", "3"]


def test_throwing_the_stack_away_forgets_what_could_not_be_kept(seat, codes):
    page, _ = page_with(seat, ([drawn(codes[0])], None), ([drawn()], None))
    scan(page)
    page._desk.left.append(lost := object())
    page._drop()
    idle(page.context)
    assert lost not in page._desk.left
    scan(page)
    assert shape(page) == [1]
    assert page.banner.isHidden()


def test_nobody_is_asked_for_a_dossier_while_the_page_with_its_code_may_still_come(seat, codes):
    page, feeder = page_with(seat, ([drawn()], None), ([drawn(lines=3), drawn(codes[0])], None))
    scan(page)
    assert [(one.word, bool(one.reason)) for one in page.strip.sets] == [("waits", True)]
    feeder.after_first.clear()
    assert page.trigger("scan_stack")
    assert [(one.word, one.reason) for one in page.strip.sets] == [("being scanned", "")]
    wait_for(lambda: shape(page) == [2])
    assert [(one.word, one.reason) for one in page.strip.sets] == [("being scanned", "")]
    feeder.after_first.set()
    wait_for(lambda: page.seat.listener is None, 20_000)
    idle(page.context)
    assert [one.word for one in page.strip.sets] == ["waits", "ready"]


def test_a_feed_that_can_not_begin_leaves_the_set_waiting_as_it_was(seat):
    page, _ = page_with(seat, ([drawn()], None), ([], "SCAN_JAM"))
    scan(page)
    scan(page)
    assert [(one.word, bool(one.reason)) for one in page.strip.sets] == [("waits", True)]


def test_closing_the_window_ends_a_feed(seat, tools):
    listener = FeedListener(tools.tasks)
    assert listener.wanted()
    tools.tasks.stop()
    assert not listener.wanted()


def test_two_stacks_that_wait_come_one_after_the_other(seat, codes):
    page, _ = page_with(seat, ([drawn(codes[0])], None))
    counter, actor = seat.context.counter, seat.context.session.actor
    counter.paper.batches.begin(actor)
    scan(page)
    first = page._look.batch_id
    do(page, "file_stack")
    wait_for(lambda: not page.seat.filing, 30_000)
    idle(page.context)
    assert [view.batch_id for view in counter.paper.batches.open_ones()] != [first]
    assert page.strip.sets == (), "the other one has no pages yet"


def test_an_answer_that_comes_late_hides_no_later_one(seat, codes):
    page, _ = page_with(seat, ([drawn(codes[0]), drawn()], None))
    scan(page)
    late = page._desk.look()
    do(page, "turn_pages")
    shown = [each.turns for each in page.strip.sets[0].pages]
    page._take_look(late)
    assert [each.turns for each in page.strip.sets[0].pages] == shown
    page._take_look(page._desk.look())
    late = page._desk.look()
    do(page, "new_stack")
    assert page.strip.sets == ()
    page._take_look(late)
    assert page.strip.sets == (), "it is of a stack that was left"
