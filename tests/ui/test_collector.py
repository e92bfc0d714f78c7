"""Reference cycles that hold widgets are collected on the window's thread, whoever makes garbage."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from tests.ui.conftest import wait_for
from ui.background import TaskRunner
from ui.collector import Collector


class Noted(QObject):
    """Writes down on which thread it went."""

    def __init__(self, log):
        super().__init__()
        self.me = self
        weakref.finalize(self, lambda: log.append(threading.current_thread().name))


def litter():
    """Make far more cycles than Python's thresholds allow."""
    for _ in range(20_000):
        one = []
        one.append(one)


@pytest.fixture
def collector(qapp):
    made = Collector()
    yield made
    made.stop()


def test_a_worker_never_collects_what_the_window_left_behind(qapp):
    runner, log, done = TaskRunner(), [], []
    gc.collect()
    Noted(log)
    runner.run(litter, done=done.append)
    wait_for(lambda: bool(done))
    assert log == [] or set(log) == {threading.main_thread().name}
    gc.collect()
    assert log == [threading.main_thread().name]
    runner.stop()
    assert gc.isenabled()


def test_the_timer_collects_when_the_thresholds_are_reached(collector):
    gc.collect()
    assert collector.look() is None
    litter()
    assert collector.look() in (0, 1, 2)
    assert not gc.isenabled()


def test_the_oldest_generation_whose_time_has_come_is_collected(collector, monkeypatch):
    collected = []
    monkeypatch.setattr(gc, "get_count", lambda: (701, 11, 11))
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
    monkeypatch.setattr(gc, "collect", collected.append)
    assert collector.look() == 2
    monkeypatch.setattr(gc, "get_count", lambda: (701, 3, 3))
    assert collector.look() == 0
    monkeypatch.setattr(gc, "get_threshold", lambda: (0, 10, 10))
    assert collector.look() is None
    assert collected == [2, 0]


def test_a_task_lets_go_of_its_methods_on_the_windows_thread(tasks):
    answered = []
    task = tasks.run(str, 5, done=answered.append)
    wait_for(lambda: bool(answered))
    assert (task.done, task.failed, task.arguments) == (None, None, ())
