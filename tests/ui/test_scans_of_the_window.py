"""Scanning and the whole window: what a killed program left is deleted beside the start; looks change and people go while pages come."""

import threading
from dataclasses import replace

import pytest

from counter_app.services.scanning.devices import DeviceService
from tests.conftest import PASSWORD
from tests.ui.conftest import settle, wait_for
from tests.ui.pages.scanning_desk import FakeFeeder, drawn, order
from tests.ui.test_program import begin, log_in  # noqa: F401  a fixture
from ui.windows.login import LoginScreen


@pytest.fixture
def program(begin, desk_dir, clock):  # noqa: F811
    made = begin(desk_dir, clock)
    wait_for(lambda: made.counter is not None)
    return made


def enter(program, feeder):
    """Log in at a desk with a scanner, and open the page of scanning."""
    door = program._door
    program._door = replace(door, counter=replace(door.counter, scanning=DeviceService(lambda: [feeder])))
    log_in(program, PASSWORD)
    wait_for(lambda: program.room is not None and program.room.frame.visit() is not None)
    program.room.frame.open("scanning")
    wait_for(lambda: page_of(program).head.device_id == "fake:1")
    return page_of(program)


def page_of(program):
    return program.room.frame.stack.page


def test_what_a_killed_program_left_is_deleted_and_nobody_waits_for_it(begin, desk_dir, clock):  # noqa: F811
    left = desk_dir / "scans" / "01a205b3-d000-7d57-bbaa-667cf005fbcc" / "work" / "page.png"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"a page in the clear")
    program = begin(desk_dir, clock)
    wait_for(lambda: program.counter is not None)
    wait_for(lambda: not left.exists())


def test_a_slow_disk_holds_no_login_up(begin, desk_dir, clock, monkeypatch):  # noqa: F811
    gate = threading.Event()
    monkeypatch.setattr("counter_app.security.batch_folders.BatchFolders.clear_work", lambda *_: gate.wait(20))
    program = begin(desk_dir, clock)
    wait_for(lambda: program.counter is not None)
    log_in(program, PASSWORD)
    wait_for(lambda: program.room is not None)
    assert not gate.is_set()
    gate.set()


def test_another_size_another_language_and_a_lock_keep_a_feed_and_its_pages(program):
    feeder = FakeFeeder(([drawn(lines=at + 2) for at in range(4)], None))
    page = enter(program, feeder)
    feeder.gate.clear()
    page.trigger("scan_stack")
    program.theme.resize(125)
    wait_for(lambda: page_of(program) is not page)
    assert page_of(program).head.stop.isVisible()
    program.translation.choose("vi")
    program.theme.choose("dark")
    program.room.lock()
    assert isinstance(program.room._lock, LoginScreen)
    feeder.gate.set()
    wait_for(lambda: program.room.scans.listener is None)
    wait_for(lambda: len(order(page_of(program))) == 4)
    assert page_of(program)._look.batch.pages[0].page_id == order(page_of(program))[0]


def test_who_logs_out_ends_the_feed_and_the_next_one_finds_its_pages(program):
    feeder = FakeFeeder(([drawn(lines=at + 2) for at in range(3)], None))
    page = enter(program, feeder)
    feeder.gate.clear()
    page.trigger("scan_stack")
    settle(20)
    program.room.log_out_wanted.emit()
    feeder.gate.set()
    wait_for(lambda: program.tools.tasks._open == 0)
    kept = program.counter.paper.batches.open_ones()
    assert sum(len(each.view.batch.pages) for each in kept) < 3, "nobody wanted the rest"
    assert kept, "the stack that was begun waits"
