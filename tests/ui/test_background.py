"""Work off the window's thread."""

import threading

import pytest
from PySide6.QtCore import QObject

from counter_app.domain.errors import broken
from counter_app.services.changes import Changes
from tests.ui.conftest import settle, wait_for


class Taker(QObject):
    def __init__(self):
        super().__init__()
        self.taken, self.refused, self.threads = [], [], []

    def take(self, answer):
        self.taken.append(answer)
        self.threads.append(threading.current_thread())

    def refuse(self, error):
        self.refused.append(error)


@pytest.fixture
def taker():
    return Taker()


def test_an_answer_comes_back_on_the_windows_thread(tasks, taker):
    tasks.run(threading.current_thread, done=taker.take)
    wait_for(lambda: taker.taken)
    assert taker.taken[0].name.startswith("data")
    assert taker.threads == [threading.main_thread()]


def test_data_work_is_done_in_order_on_one_thread(tasks, taker):
    for number in range(50):
        tasks.run(lambda at: (at, threading.get_ident()), number, done=taker.take)
    wait_for(lambda: len(taker.taken) == 50)
    assert [at for at, _ in taker.taken] == list(range(50))
    assert len({ident for _, ident in taker.taken}) == 1


def test_slow_surroundings_do_not_hold_the_data_up(tasks, taker):
    gate = threading.Event()
    tasks.run_slow(gate.wait, done=taker.take)
    tasks.run(str, 1, done=taker.take)
    wait_for(lambda: taker.taken == ["1"])
    gate.set()
    wait_for(lambda: len(taker.taken) == 2)


def test_only_the_newest_answer_of_a_key_counts(tasks, taker):
    gate = threading.Event()
    tasks.run(gate.wait)
    for number in range(5):
        tasks.run(str, number, done=taker.take, key="search")
    gate.set()
    tasks.run(str, "end", done=taker.take)
    wait_for(lambda: "end" in taker.taken)
    assert taker.taken == ["4", "end"]


def test_other_keys_do_not_disturb(tasks, taker):
    tasks.run(str, 1, done=taker.take, key="a")
    tasks.run(str, 2, done=taker.take, key="b")
    wait_for(lambda: sorted(taker.taken) == ["1", "2"])


def test_an_answer_nobody_wants_any_more_is_dropped(tasks, taker):
    gate, ran = threading.Event(), []
    tasks.run(gate.wait)
    task = tasks.run(ran.append, 1, done=taker.take)
    task.cancel()
    gate.set()
    tasks.run(str, "end", done=taker.take)
    wait_for(lambda: taker.taken == ["end"])
    assert ran == []


def test_a_refusal_goes_to_whoever_asked(tasks, taker):
    tasks.run(refuse, done=taker.take, failed=taker.refuse)
    wait_for(lambda: taker.refused)
    assert taker.refused[0].code == "NOT_ALLOWED"
    assert taker.taken == []


def test_a_refusal_nobody_takes_is_told_to_all(tasks, qtbot):
    with qtbot.waitSignal(tasks.refused) as told:
        tasks.run(refuse)
    assert told.args[0].code == "NOT_ALLOWED"


def test_a_bug_goes_to_the_crash_report_even_where_refusals_are_taken(tasks, taker, qtbot, expected_errors):
    with qtbot.waitSignal(tasks.crashed) as told:
        tasks.run(int, "no number", done=taker.take, failed=taker.refuse)
    assert isinstance(told.args[0], ValueError)
    assert taker.refused == []


def test_a_page_that_is_gone_gets_no_answer(tasks, taker):
    gate = threading.Event()
    tasks.run(gate.wait)
    gone = Taker()
    tasks.run(str, 1, done=gone.take)
    gone.deleteLater()
    settle(0)
    gate.set()
    tasks.run(str, "end", done=taker.take)
    wait_for(lambda: taker.taken == ["end"])
    assert gone.taken == []


class Written:
    changes = Changes.of("dossiers")


def test_what_was_written_is_told_after_the_answer(tasks, taker, qtbot):
    order = []
    tasks.changed.connect(lambda changes: order.append((changes, list(taker.taken))))
    with qtbot.waitSignal(tasks.changed):
        tasks.run(Written, done=taker.take)
    assert order[0][0].touch("dossiers")
    assert len(order[0][1]) == 1


def test_it_says_when_it_is_busy(tasks, qtbot):
    said = []
    tasks.busy_changed.connect(said.append)
    tasks.run(str, 1)
    tasks.run(str, 2)
    wait_for(lambda: said == [True, False])


def test_stopping_finishes_what_was_to_be_written(qapp):
    from ui.background import TaskRunner

    runner, written = TaskRunner(), []
    for number in range(20):
        runner.run(written.append, number)
    runner.stop()
    assert written == list(range(20))
    assert runner.run(written.append, "too late").cancelled
    assert runner.run_slow(written.append, "too late").cancelled
    assert written == list(range(20))
    settle(0)


def refuse():
    raise broken("NOT_ALLOWED")
