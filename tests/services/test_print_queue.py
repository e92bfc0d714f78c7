"""The print queue: nothing is lost silently."""

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from counter_app.domain.errors import RuleBrokenError
from counter_app.services.print_queue import MOST_TRIES
from tests.builders import CLERK, command, fake_desk


@pytest.fixture
def desk():
    return fake_desk()


@pytest.fixture
def received(desk):
    return desk.intake.receive(command(print=True), CLERK)


def test_an_intake_queues_its_slip_and_the_queue_hands_it_out(desk, received):
    job, pdf = desk.print_queue.next()
    assert (job.print_id, job.state, job.tries, pdf) == (received.print_id, "printing", 1, desk.slips.document(received.print_id))
    assert desk.print_queue.next() is None
    desk.print_queue.printed(job.job_id)
    assert desk.print_queue.open() == []


def test_the_printer_of_the_desk_is_the_job_s():
    desk = fake_desk(printer="Máy in quầy 2")
    desk.intake.receive(command(print=True), CLERK)
    assert [job.printer for job in desk.print_queue.open()] == ["Máy in quầy 2"]


def test_oldest_first_and_an_empty_queue_costs_no_write(desk, received):
    second = desk.print_queue.add(received.print_id, "khác", 3)
    assert [desk.print_queue.next()[0].job_id for _ in range(2)][1] == second.job_id
    writes = desk.database.writes
    assert desk.print_queue.next() is None
    assert desk.database.writes == writes


def test_a_job_fails_three_times_and_stays_visible(desk, received):
    for attempt in range(1, MOST_TRIES + 1):
        job, _ = desk.print_queue.next()
        told = desk.print_queue.failed(job.job_id, "Hết\n giấy")
        assert (told.tries, told.state, told.message) == (attempt, "waiting" if attempt < MOST_TRIES else "failed", "Hết giấy")
    assert desk.print_queue.next() is None
    assert [job.state for job in desk.print_queue.open()] == ["failed"]
    desk.print_queue.retry(told.job_id)
    assert desk.print_queue.next()[0].tries == 1


def test_a_cancelled_job_is_gone_and_its_document_stays(desk, received):
    job = desk.print_queue.open()[0]
    desk.print_queue.cancel(job.job_id)
    assert (desk.print_queue.open(), desk.print_queue.next()) == ([], None)
    assert desk.slips.document(received.print_id)
    for act in (desk.print_queue.printed, desk.print_queue.cancel, desk.print_queue.retry):
        with pytest.raises(RuleBrokenError, match="JOB_GONE"):
            act(job.job_id)


def test_what_was_being_printed_when_the_program_died_waits_again(desk, received):
    job, _ = desk.print_queue.next()
    desk.print_queue.begin()
    assert [(each.job_id, each.state) for each in desk.print_queue.open()] == [(job.job_id, "waiting")]


def test_only_stored_prints_are_queued(desk):
    with pytest.raises(RuleBrokenError, match="PRINT_UNKNOWN"):
        desk.print_queue.add("nothing", "x")


def test_a_reprint_is_queued_as_it_was_made(desk, received):
    again = desk.slips.reprint(received.code, "a4", CLERK)
    desk.print_queue.cancel(desk.print_queue.open()[0].job_id)
    desk.print_queue.add(again.print_id, "")
    assert desk.print_queue.next()[1] == again.pdf


class Queue(RuleBasedStateMachine):
    """However printing goes, each job ends printed or cancelled, or can be seen."""

    def __init__(self):
        super().__init__()
        self.desk = fake_desk()
        self.print_id = self.desk.intake.receive(command(), CLERK).print_id
        self.jobs, self.done, self.in_hand = set(), set(), None

    @rule()
    def add(self):
        self.jobs.add(self.desk.print_queue.add(self.print_id, "").job_id)

    @rule()
    def take(self):
        taken = self.desk.print_queue.next()
        self.in_hand = taken[0].job_id if taken else self.in_hand

    @precondition(lambda self: self.in_hand)
    @rule()
    def succeed(self):
        self.desk.print_queue.printed(self.in_hand)
        self.done.add(self.in_hand)
        self.in_hand = None

    @precondition(lambda self: self.in_hand)
    @rule()
    def fail(self):
        self.desk.print_queue.failed(self.in_hand, "kẹt giấy")
        self.in_hand = None

    @rule()
    def die_and_begin_again(self):
        self.desk.print_queue.begin()
        self.in_hand = None

    @rule()
    def retry_failed(self):
        for job in self.desk.print_queue.open():
            if job.state == "failed":
                self.desk.print_queue.retry(job.job_id)

    @invariant()
    def nothing_is_lost(self):
        assert {job.job_id for job in self.desk.print_queue.open()} == self.jobs - self.done


TestQueue = Queue.TestCase
TestQueue.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
