"""Words are read while nobody works: begun after a quiet time, ended at the first key, never in the way of closing."""

import os
import time
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QSignalSpy

from counter_app.domain.errors import failed
from counter_app.services.scanning.reading import LEFT_S, ReadStep
from tests.builders import CLERK
from tests.ui.conftest import wait_for
from ui.background import TaskRunner
from ui.idle import IdleWatch
from ui.opening import tidy_scans
from ui.text_worker import AFTER_MINUTES, TextWorker


class FakeReading:
    """Answers with prepared steps; ``hold`` makes a page last until somebody works."""

    def __init__(self, steps=(), *, there=True):
        self.steps, self.there, self.asked = list(steps), there, []
        self.hold, self.began, self.stopped = False, Event(), 0

    def is_possible(self):
        return self.there

    def read_next(self, actor, stop):
        self.asked.append(actor)
        self.began.set()
        if self.hold:
            while not stop():
                Event().wait(0.005)
            self.stopped += 1
            return None
        step = self.steps.pop(0) if self.steps else None
        if isinstance(step, Exception):
            raise step
        return step


def page(number):
    return ReadStep("s-1", number, failed=False)


@pytest.fixture
def tasks(qapp):
    made = TaskRunner()
    yield made
    if not made.stopping:
        made.stop()


def worker(tasks, reading):
    return TextWorker(reading, tasks, CLERK)


def press(watch):
    watch.eventFilter(QObject(), QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier))


def test_page_after_page_until_nothing_waits(tasks):
    reading = FakeReading([page(1), page(2), page(3)])
    made = worker(tasks, reading)
    made.idle.idle.emit()
    wait_for(lambda: len(reading.asked) == 4)
    wait_for(lambda: made._task is None)
    assert reading.asked == [CLERK] * 4
    made.idle.idle.emit()
    wait_for(lambda: len(reading.asked) == 5)


def test_the_first_key_ends_the_page(tasks):
    reading = FakeReading()
    reading.hold = True
    made = worker(tasks, reading)
    made.idle.idle.emit()
    assert reading.began.wait(30)
    made.idle.stirred.emit()
    wait_for(lambda: reading.stopped == 1)
    assert made.idle.is_watching, "and the next quiet time is waited for"
    reading.hold, reading.steps = False, [page(1)]
    wait_for(lambda: made._task is None)
    made.begin()
    wait_for(lambda: len(reading.asked) == 3)


def test_closing_waits_for_no_page(tasks):
    reading = FakeReading()
    reading.hold = True
    made = worker(tasks, reading)
    made.begin()
    assert reading.began.wait(30)
    made.stop()
    tasks.stop()
    assert reading.stopped == 1
    assert not made.idle.is_watching


def test_a_window_that_goes_ends_the_page_by_itself(tasks):
    reading = FakeReading()
    reading.hold = True
    worker(tasks, reading).begin()
    assert reading.began.wait(30)
    tasks.stop()
    assert reading.stopped == 1


def test_a_fault_of_the_pc_rests_until_the_next_quiet_time(tasks):
    reading = FakeReading([failed("DISK_FULL", path="x"), page(1)])
    made = worker(tasks, reading)
    refused = QSignalSpy(tasks.refused)
    made.begin()
    wait_for(lambda: reading.asked and made._task is None)
    assert (len(reading.asked), refused.count()) == (1, 0), "nobody is bothered: whoever works meets the same fault"
    made.begin()
    wait_for(lambda: len(reading.asked) == 3)


def test_a_pc_that_reads_nothing_is_left_alone(tasks):
    reading = FakeReading([page(1)], there=False)
    made = worker(tasks, reading)
    made.begin()
    wait_for(lambda: made._task is None)
    assert reading.asked == []


def test_two_beginnings_are_one_reader(tasks):
    reading = FakeReading()
    reading.hold = True
    made = worker(tasks, reading)
    made.begin()
    made.begin()
    assert reading.began.wait(30)
    made.stop()
    wait_for(lambda: made._task is None)
    assert (len(reading.asked), reading.stopped) == (1, 1)


def test_it_watches_the_whole_program_from_log_in_to_log_out(tasks):
    made = worker(tasks, FakeReading())
    made.start()
    assert made.idle.is_watching
    assert made.idle._timer.interval() == AFTER_MINUTES * 60_000
    made.idle._timer.stop()
    made.idle._timer.timeout.emit()
    stirred = QSignalSpy(made.idle.stirred)
    target = QObject()
    QCoreApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier))
    assert stirred.count() == 1, "a key anywhere is somebody who works"
    made.stop()
    made.idle._is_over = True
    QCoreApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier))
    assert stirred.count() == 1


def test_somebody_who_is_back_is_told_of_once(qapp):
    watch = IdleWatch()
    stirred, idle = QSignalSpy(watch.stirred), QSignalSpy(watch.idle)
    watch.watch(1)
    press(watch)
    assert (stirred.count(), idle.count()) == (0, 0)
    watch._timer.stop()
    watch._timer.timeout.emit()
    press(watch)
    press(watch)
    assert (stirred.count(), idle.count()) == (1, 1)
    watch._timer.timeout.emit()
    watch.watch(0)
    press(watch)
    assert stirred.count() == 1, "a watch that ended tells nothing"


def test_what_a_killed_program_left_of_pages_goes_at_the_start(seat):
    folder = seat.desk.counter.data_dir / "reading" / "page-left"
    folder.mkdir(parents=True)
    (folder / "file.pdf").write_bytes(b"%PDF")
    past = time.time() - LEFT_S - 60
    os.utime(folder, (past, past))
    tidy_scans(seat.desk.counter)
    assert not folder.exists()
