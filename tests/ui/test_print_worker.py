"""The worker that brings queued papers to the printer: order, tries, crashes, what it tells."""

import threading

import pytest

from counter_app.domain.errors import failed
from counter_app.services.changes import Changes
from counter_app.services.documents.print_queue import MOST_TRIES
from tests.builders import command, fake_desk
from tests.services.documents.test_print_queue import CLERK
from tests.ui.conftest import settle, wait_for
from ui.print_worker import LOOK_MS, TITLE, PrintWorker, print_next


class FakePrinter:
    """Keeps what it printed; refuses while it has a fault, stands still while it is held."""

    def __init__(self):
        self.printed, self.fault, self.threads = [], None, set()
        self.free, self.busy, self.most = threading.Event(), 0, 0
        self.free.set()

    def __call__(self, pdf, printer, copies, title):
        self.busy += 1
        self.most = max(self.most, self.busy)
        self.free.wait(30)
        self.threads.add(threading.current_thread())
        self.busy -= 1
        if self.fault is not None:
            raise self.fault
        self.printed.append((pdf, printer, copies, title))


@pytest.fixture
def desk():
    return fake_desk()


@pytest.fixture
def printer():
    made = FakePrinter()
    yield made
    made.free.set()


@pytest.fixture
def worker(desk, printer, tasks):
    return PrintWorker(desk.print_queue, tasks, printer)


def receive(desk):
    desk.clock.forward(seconds=1)
    return desk.intake.receive(command(print=True), CLERK)


def paper(desk, done):
    return desk.slips.document(done.print_id)


def codes(worker):
    return [(line.code, line.job.state) for line in worker.lines]


def refusal():
    return failed("PRINTER_REFUSED", printer="laser")


def test_one_paper_is_printed_and_noted(desk, printer):
    done = receive(desk)
    job = print_next(desk.print_queue, printer)
    assert job.state == "printed"
    assert printer.printed == [(paper(desk, done), "", 1, TITLE)]
    assert desk.print_queue.open() == []
    assert print_next(desk.print_queue, printer) is None


def test_a_refused_paper_keeps_the_sentence_that_says_what_to_do(desk, printer):
    receive(desk)
    printer.fault = refusal()
    job = print_next(desk.print_queue, printer)
    assert (job.state, job.tries) == ("waiting", 1)
    assert "laser" in desk.print_queue.open()[0].message


def test_what_waits_at_the_start_is_printed_in_order_on_worker_threads(desk, printer, worker):
    slips = [receive(desk) for _ in range(5)]
    worker.start()
    wait_for(lambda: len(printer.printed) == 5)
    assert [pdf for pdf, *_ in printer.printed] == [paper(desk, done) for done in slips]
    assert threading.main_thread() not in printer.threads
    wait_for(lambda: worker.lines == ())


def test_one_paper_at_a_time(desk, printer, worker):
    for _ in range(3):
        receive(desk)
    printer.free.clear()
    worker.start()
    wait_for(lambda: printer.busy == 1)
    for _ in range(3):
        worker.look()
        settle(10)
    assert printer.busy == 1
    printer.free.set()
    wait_for(lambda: len(printer.printed) == 3)
    assert printer.most == 1


def test_a_paper_queued_while_the_printer_works_follows_at_once(desk, printer, worker, tasks):
    receive(desk)
    printer.free.clear()
    worker.start()
    wait_for(lambda: printer.busy == 1)
    receive(desk)
    tasks.changed.emit(Changes.of("prints"))
    printer.free.set()
    wait_for(lambda: len(printer.printed) == 2)


def test_changes_of_prints_wake_it_and_others_do_not(desk, printer, worker, tasks):
    worker.start()
    wait_for(lambda: tasks._open == 0)
    receive(desk)
    tasks.changed.emit(Changes.of("drafts", "users"))
    settle()
    assert printer.printed == []
    tasks.changed.emit(Changes.of("dossiers", "prints"))
    wait_for(lambda: len(printer.printed) == 1)


def test_it_looks_every_half_minute(worker):
    assert LOOK_MS == 30_000
    assert not worker._ticker.isActive()
    worker.start()
    assert worker._ticker.isActive()
    assert worker._ticker.interval() == LOOK_MS
    worker.stop()
    assert not worker._ticker.isActive()


def test_a_failed_try_waits_for_the_next_look(desk, printer, worker):
    done = receive(desk)
    printer.fault = refusal()
    worker.start()
    wait_for(lambda: codes(worker) == [(done.code, "waiting")] and worker.lines[0].job.tries == 1)
    settle()
    assert worker.lines[0].job.tries == 1
    printer.fault = None
    worker.look()
    wait_for(lambda: worker.lines == ())
    assert len(printer.printed) == 1


def test_after_three_failures_it_gives_up_once_and_goes_on_with_the_next(desk, printer, worker):
    told = []
    worker.gave_up.connect(told.append)
    first = receive(desk)
    printer.fault = refusal()
    worker.start()
    for tries in range(1, MOST_TRIES):
        wait_for(lambda tries=tries: worker.lines and worker.lines[0].job.tries == tries)
        worker.look()
    wait_for(lambda: codes(worker) == [(first.code, "failed")])
    assert [(line.code, line.job.state) for line in told] == [(first.code, "failed")]
    printer.fault = None
    receive(desk)
    worker.look()
    wait_for(lambda: len(printer.printed) == 1)
    settle()
    assert len(told) == 1
    assert codes(worker) == [(first.code, "failed")]


def test_papers_that_failed_yesterday_are_told_without_an_alarm(desk, printer, worker):
    done = receive(desk)
    printer.fault = refusal()
    for _ in range(MOST_TRIES):
        print_next(desk.print_queue, printer)
    told = []
    worker.gave_up.connect(told.append)
    worker.start()
    wait_for(lambda: codes(worker) == [(done.code, "failed")])
    settle()
    assert told == []


@pytest.mark.usefixtures("expected_errors")
def test_a_bug_in_printing_stops_no_other_paper(desk, printer, worker, tasks):
    crashes = []
    tasks.crashed.connect(crashes.append)
    first = receive(desk)
    receive(desk)
    printer.fault = ZeroDivisionError()
    worker.start()
    wait_for(lambda: len(crashes) == 1)
    printer.fault = None
    worker.look()
    wait_for(lambda: len(printer.printed) == 1)
    wait_for(lambda: codes(worker) == [(first.code, "printing")])


def test_a_database_that_is_busy_is_asked_again_later(desk, printer, worker, tasks):
    refused = []
    tasks.refused.connect(refused.append)
    receive(desk)
    desk.database.fault = failed("DATABASE_LOCKED", path="desk.db")
    worker.look()
    settle()
    desk.database.fault = None
    worker.look()
    wait_for(lambda: len(printer.printed) == 1)
    assert refused == []


def test_after_the_stop_nothing_new_is_taken(desk, printer, worker, tasks):
    worker.start()
    wait_for(lambda: tasks._open == 0)
    worker.stop()
    receive(desk)
    tasks.changed.emit(Changes.of("prints"))
    settle()
    assert printer.printed == []
    assert len(desk.print_queue.open()) == 1


def test_a_paper_on_its_way_is_noted_also_when_the_window_goes(desk, printer, qapp):
    from ui.background import TaskRunner

    runner = TaskRunner()
    worker = PrintWorker(desk.print_queue, runner, printer)
    receive(desk)
    printer.free.clear()
    worker.start()
    wait_for(lambda: printer.busy == 1)
    worker.stop()
    threading.Timer(0.1, printer.free.set).start()
    runner.stop()
    assert len(printer.printed) == 1
    assert desk.print_queue.open() == []
