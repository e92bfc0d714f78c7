"""Several stacks at one desk: chosen, begun, damaged and rescued, left by a killed program; a window that is made anew while pages come."""

from dataclasses import replace

import cv2
import pytest
from shiboken6 import delete

from counter_app.domain.errors import failed
from counter_app.services.changes import Changes
from counter_app.services.scanning.devices import Device, DeviceService
from tests.support.other_program import holding
from tests.ui.conftest import wait_for
from tests.ui.pages.helpers import idle, shown_page, take_in
from tests.ui.pages.scanning_desk import FEEDER, FakeFeeder, do, drawn, order, page_with, scan, shape, stack_of, titles
from ui.pages.scanning import ScanningPage
from ui.pages.scanning.seat import ScanSeat


@pytest.fixture
def codes(seat):
    """Two dossiers of the desk."""
    return [take_in(seat.desk, f"Trần Thị Mẫu {letter}").code for letter in "AB"]


@pytest.fixture
def kept(seat):
    """The seat of a desk whose window keeps what goes on at the scanner."""
    seat.context = replace(seat.context, scans=ScanSeat(seat.context.tasks))
    return seat


def names(page):
    return [page.head.stack.itemText(at) for at in range(page.head.stack.count())]


def choose(page, at):
    """Take a stack from the list."""
    page.head.stack.setCurrentIndex(at)
    page.head.stack.activated.emit(at)
    idle(page.context)


def damage(seat, page):
    """Damage the journal of the stack that a page shows, and return the page of the next program start."""
    batch_id = page._look.batch_id
    journal = seat.desk.data_dir / "scans" / batch_id / "journal"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([lines[0], b"QUJD\n", *lines[2:]]))
    seat.context.counter.paper.batches._held.clear()
    return page_with(seat)[0]


def test_one_stack_alone_is_not_chosen_from_a_list(seat):
    page, _ = page_with(seat, ([drawn()], None))
    assert page.head.stack.isHidden()
    assert page.why_not("choose_stack") == "No other stack waits."
    scan(page)
    assert page.head.stack.isHidden()


def test_another_stack_is_begun_and_both_can_be_chosen(seat):
    page, _ = page_with(seat, ([drawn()], None), ([drawn(lines=3), drawn(lines=4)], None))
    scan(page)
    first = page._look.batch_id
    do(page, "new_stack")
    assert page.strip.sets == ()
    assert names(page) == ["20/11 09:42, 1 pages", "New stack"]
    scan(page)
    assert page._look.batch_id != first
    assert sorted(names(page)) == ["20/11 09:42, 1 pages", "20/11 09:42, 2 pages"]
    assert page.head.stack.currentText() == "20/11 09:42, 2 pages"
    choose(page, page.head.stack.findData(first))
    assert shape(page) == [1]
    assert page._look.batch_id == first
    assert page.why_not("choose_stack") is None
    choose(page, next(at for at, name in enumerate(names(page)) if "2" in name.partition(",")[2]))
    assert sum(shape(page)) == 2


def test_a_damaged_stack_hides_no_other_one_and_what_can_be_read_is_kept(seat):
    page, _ = page_with(seat, ([drawn(lines=2), drawn(lines=3), drawn(lines=4)], None))
    scan(page)
    again = damage(seat, page)
    assert again.strip.sets == ()
    assert "Keep what can be read" in again.banner.sentence
    assert "20/11 09:42, damaged" in names(again)
    assert again.banner.sentence.startswith("The stack of 20/11 09:42: "), "not the one that the list shows as chosen"
    again.banner.acted.emit()
    assert again.banner.sentence == "The pages of the stack are being read…"
    idle(again.context)
    assert sum(shape(again)) == 3
    assert again.banner.isHidden()
    assert not any("damaged" in name for name in names(again))


def test_beside_a_damaged_stack_work_goes_on(seat):
    page, _ = page_with(seat, ([drawn()], None))
    scan(page)
    damaged = page._look.batch_id
    damage(seat, page)
    again, _ = page_with(seat, ([drawn(lines=3), drawn(lines=4)], None))
    scan(again)
    assert sum(shape(again)) == 2
    assert again._look.batch_id != damaged
    choose(again, again.head.stack.findData(damaged))
    assert "Keep what can be read" in again.banner.sentence
    assert sum(shape(again)) == 2, "the stack that is open stays on the strip"
    assert again.head.stack.currentData() == again._look.batch_id


def test_a_stack_that_another_program_works_on_is_listed_and_left_alone(seat):
    page, _ = page_with(seat, ([drawn()], None))
    scan(page)
    batches, batch_id = seat.context.counter.paper.batches, page._look.batch_id
    batches.let_go()
    with holding(seat.desk.data_dir / "scans" / batch_id / "lock"):
        again, _ = page_with(seat)
        assert again.strip.sets == ()
        assert again.banner.isHidden(), "nothing is wrong with it"
        assert names(again) == ["20/11 09:42, in use", "New stack"]
        choose(again, 0)
        assert "Another program" in again.banner.sentence
        assert again.banner._button.isHidden()
        assert again.head.stack.currentText() == "New stack"
    choose(again, 0)
    assert shape(again) == [1]


def test_what_a_killed_run_of_files_left_is_taken_up(seat, codes, tmp_path, monkeypatch):
    for at, pixels in enumerate(stack_of(codes[0])):
        cv2.imwrite(str(tmp_path / f"scan{at}.png"), pixels)
    counter, actor = seat.context.counter, seat.context.session.actor

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(counter.paper.filing, "file", killed)
        with pytest.raises(KeyboardInterrupt):
            counter.paper.stacks.run([tmp_path], actor)
    page, _ = page_with(seat)
    assert titles(page) == [(codes[0], "ready")]
    do(page, "file_stack")
    wait_for(lambda: not page.seat.filing)
    idle(page.context)
    assert counter.paper.batches.open_ones() == []


def test_a_feed_goes_on_while_the_window_is_made_anew(kept, codes):
    page, feeder = page_with(kept, (stack_of(*codes), None))
    feeder.gate.clear()
    page.trigger("scan_stack")
    again = shown_page(ScanningPage(page.context))
    again.activate()
    assert again.head.stop.isVisible()
    assert again.why_not("scan_stack") == "A stack is being scanned."
    page.close()
    feeder.gate.set()
    wait_for(lambda: kept.context.scans.listener is None)
    idle(again.context)
    assert titles(again) == [(codes[0], "ready"), (codes[1], "ready")]
    assert set(again.strip._thumbs) == set(order(again))


def test_what_came_of_a_feed_is_told_by_the_page_that_is_made_after_it(kept):
    page, feeder = page_with(kept, ([drawn()], "SCAN_JAM"))
    feeder.gate.clear()
    page.trigger("scan_stack")
    page.deleteLater()
    feeder.gate.set()
    wait_for(lambda: kept.context.scans.listener is None)
    again = shown_page(ScanningPage(page.context))
    again.activate()
    idle(again.context)
    assert "jammed" in again.banner.sentence
    assert shape(again) == [1]
    third = shown_page(ScanningPage(page.context))
    third.activate()
    idle(third.context)
    assert third.banner.isHidden(), "it is told once"


def test_another_person_at_the_same_desk_has_a_desk_of_their_own(kept):
    actor = kept.context.session.actor
    desk = kept.context.scans.desk_of(kept.context.counter, actor)
    assert kept.context.scans.desk_of(kept.context.counter, actor) is desk
    assert kept.context.scans.desk_of(kept.context.counter, replace(actor, user_id="u-0002")) is not desk


class Slow(FakeFeeder):
    """Another way to scanners, that takes its time."""

    way = "slow"

    def devices(self):
        self.gate.wait(10)
        return (Device("slow:1", "Máy ở xa", "slow"),)


class Broken(FakeFeeder):
    """A way that can't look for any."""

    way = "broken"

    def devices(self):
        raise failed("SCAN_PROGRAM_MISSING", program="scanimage")


def looking(seat, *ways):
    counter = replace(seat.context.counter, scanning=DeviceService(lambda: ways))
    page = shown_page(ScanningPage(replace(seat.context, counter=counter)))
    page.activate()
    return page


def offered(page):
    return [page.head.device.itemText(at) for at in range(page.head.device.count())]


def test_a_scanner_can_be_used_while_more_are_looked_for(seat, tmp_path):
    seat.context.counter.scanner_places.add(f"folder:{tmp_path}", seat.desk.actor)
    slow, fast = Slow(), FakeFeeder(([drawn()], None))
    slow.gate.clear()
    page = looking(seat, fast, slow)
    wait_for(lambda: FEEDER.name in offered(page))
    assert offered(page) == [str(tmp_path), FEEDER.name, "Looking for more…"]
    page.head.device.setCurrentIndex(1)
    page.head.device.activated.emit(1)
    assert page.trigger("scan_stack")
    wait_for(lambda: page.seat.listener is None)
    assert "Looking for more…" in offered(page), "nobody waited for it"
    slow.gate.set()
    idle(page.context)
    assert offered(page) == [FEEDER.name, str(tmp_path), "Máy ở xa"]
    assert page.head.device_id == FEEDER.id, "what was chosen stays chosen"


def test_a_scanner_that_was_entered_or_forgotten_in_the_settings_is_offered_or_not(seat, tmp_path):
    places, actor = seat.context.counter.scanner_places, seat.desk.actor
    slow = Slow()
    page = looking(seat, FakeFeeder(), slow)
    idle(page.context)
    assert str(tmp_path) not in offered(page)
    places.add(f"folder:{tmp_path}", actor)
    page.refresh(Changes.of("dossiers"))
    idle(page.context)
    assert str(tmp_path) not in offered(page), "nobody looks for scanners at every dossier"
    page.refresh(Changes.of("settings"))
    idle(page.context)
    assert str(tmp_path) in offered(page)
    slow.gate.clear()
    assert page.trigger("look_for_scanners")
    places.remove(f"folder:{tmp_path}", actor)
    page.refresh(Changes.of("settings"))
    slow.gate.set()
    wait_for(lambda: offered(page) == [FEEDER.name, "Máy ở xa"])


def test_the_window_can_be_made_anew_while_scanners_are_looked_for(seat):
    slow, crashes = Slow(), []
    slow.gate.clear()
    page = looking(seat, FakeFeeder(), slow)
    page.context.tasks.crashed.connect(crashes.append)
    wait_for(lambda: FEEDER.name in offered(page))
    context = page.context
    delete(page)
    slow.gate.set()
    idle(context)
    assert crashes == []


def test_without_any_scanner_it_is_said_why_and_f5_looks_again(seat):
    page = looking(seat, Broken())
    assert page.why_not("scan_stack") == "No scanner was found. Switch it on and press F5."
    idle(page.context)
    assert offered(page) == ["No scanner found"]
    assert "sane-utils" in page.banner.sentence
    page.banner.hide()
    assert page.trigger("look_for_scanners")
    assert offered(page) == ["Looking for scanners…"]
    idle(page.context)
    assert not page.banner.isHidden()


def test_a_way_that_fails_is_not_told_of_where_another_one_found_a_scanner(seat):
    page = looking(seat, Broken(), FakeFeeder())
    idle(page.context)
    assert offered(page) == [FEEDER.name]
    assert page.banner.isHidden()


def test_a_clean_end_says_how_many_pages_the_scanner_confirmed(seat):
    page, _ = page_with(seat, ([drawn(), drawn(lines=3)], None))
    scan(page)
    assert page.head.words == "2 pages came, the scanner has no more"
    do(page, "turn_pages")
    assert page.head.words == "2 pages"


def test_what_came_while_another_page_or_the_lock_stood_here_is_told_when_it_is_seen_again(seat):
    page, feeder = page_with(seat, ([drawn()], "SCAN_JAM"))
    feeder.gate.clear()
    page.trigger("scan_stack")
    page.hide()
    feeder.gate.set()
    wait_for(lambda: page.seat.listener is None)
    idle(page.context)
    assert page.banner.isHidden()
    page.show()
    assert "jammed" in page.banner.sentence
