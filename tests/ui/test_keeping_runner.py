"""Copies behind the window: begun when they are due, one process at a time, and at the close one that outlives the window."""

from __future__ import annotations

import pytest

from counter_app.services.keeping.settings import KeepingSettings
from tests.ui.conftest import settle, wait_for
from ui.keeping_runner import CLOSE, DUE, LOOK_MS, KeepingRunner, begin_backup


class Begun:
    """Takes the place of processes: remembers what was begun, ends when it is told."""

    def __init__(self):
        self.calls, self.code, self.refuses = [], None, False

    def __call__(self, data_dir, option):
        if self.refuses:
            raise OSError("no process")
        self.calls.append(option)
        self.data_dir = data_dir
        return self

    def poll(self):
        return self.code


@pytest.fixture
def begun():
    return Begun()


@pytest.fixture
def runner(qapp, begun):
    made = KeepingRunner(begun)
    yield made
    made.stop(close=True)


def test_what_is_due_is_begun_once_and_how_it_stands_is_told(runner, begun, tasks, desk):
    told = []
    runner.told.connect(told.append)
    runner.start(desk.counter, tasks, after_ms=0)
    wait_for(lambda: begun.calls and told)
    assert (begun.calls, begun.data_dir, runner.standing.only_one) == ([DUE], desk.data_dir, True)
    assert runner._look.interval() == LOOK_MS, "the first look alone comes early"
    runner.look()
    settle()
    assert begun.calls == [DUE], "one process at a time"
    begun.code, count = 0, len(told)
    runner._note_end()
    wait_for(lambda: len(told) > count)
    runner.look()
    wait_for(lambda: begun.calls == [DUE, DUE])


def test_nothing_is_begun_where_nothing_is_due(runner, begun, tasks, desk):
    for _ in range(2):
        desk.counter.keeping.work(desk.counter.keeping.due())
    told = []
    runner.told.connect(told.append)
    runner.start(desk.counter, tasks, after_ms=0)
    wait_for(lambda: told)
    settle()
    assert begun.calls == []


def test_at_the_close_a_process_is_left_behind(runner, begun, tasks, desk):
    runner.start(desk.counter, tasks)
    runner.stop(close=True)
    runner.stop(close=True)
    assert begun.calls == [CLOSE]


def test_a_log_out_leaves_nothing_behind(runner, begun, tasks, desk):
    runner.start(desk.counter, tasks)
    runner.stop()
    runner.look()
    settle()
    assert (begun.calls, runner.standing) == ([], None)


def test_copies_go_on_after_a_practice_during_one(runner, begun, tasks, desk):
    runner._wait.setInterval(0)
    runner.start(desk.counter, tasks, after_ms=0)
    wait_for(lambda: begun.calls == [DUE])
    runner.stop()
    begun.code = 0
    settle()
    runner.start(desk.counter, tasks, after_ms=0)
    wait_for(lambda: begun.calls == [DUE, DUE])


def test_a_system_without_processes_harms_nobody(runner, begun, tasks, desk):
    begun.refuses = True
    told = []
    runner.told.connect(told.append)
    runner.start(desk.counter, tasks, after_ms=0)
    wait_for(lambda: told)
    runner.stop(close=True)
    assert begun.calls == []


def test_a_window_without_a_beginner_only_looks(qapp, tasks, desk):
    made, told = KeepingRunner(), []
    made.told.connect(told.append)
    made.start(desk.counter, tasks, after_ms=0)
    wait_for(lambda: told)
    made.stop(close=True)


def test_the_real_process_makes_the_copy_by_itself(desk, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.counter.keeping.save(KeepingSettings((str(stick),)), desk.actor)
    process = begin_backup(desk.data_dir, CLOSE)
    assert process.wait(60) == 0
    (copy,) = stick.glob("*/*.qmc")
    assert copy.name.endswith("-close.qmc")
