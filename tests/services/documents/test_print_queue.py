"""The print queue and the stored slips behind it, over a database in memory."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.people import Actor, Role
from counter_app.services.documents.print_queue import LONGEST_MESSAGE, MOST_TRIES, PrintQueue
from counter_app.services.documents.slips import code_on
from tests.builders import command, fake_desk
from tests.services.desk_people import audited

CLERK, INSPECTOR = Actor("u-0001", Role.CLERK), Actor("u-0003", Role.INSPECTOR)


@pytest.fixture
def desk():
    return fake_desk()


def receive(desk, **wishes):
    desk.clock.forward(seconds=1)
    return desk.intake.receive(command(print=True, **wishes), CLERK)


def states(desk):
    return [(line.code, line.job.state, line.job.tries) for line in desk.print_queue.lines()]


def refused(call, *arguments):
    with pytest.raises(RuleBrokenError) as error:
        call(*arguments)
    return error.value.code


def test_papers_come_out_in_the_order_they_were_queued(desk):
    codes = [receive(desk).code for _ in range(3)]
    for code in codes:
        job, pdf = desk.print_queue.next()
        assert [line.code for line in desk.print_queue.lines() if line.job.job_id == job.job_id] == [code]
        assert pdf == desk.slips.document(job.print_id)
        desk.print_queue.printed(job.job_id)
    assert desk.print_queue.next() is None
    assert states(desk) == []


def test_a_paper_is_tried_three_times_and_then_waits_for_a_person(desk):
    code = receive(desk).code
    for tries in range(1, MOST_TRIES + 1):
        job, _ = desk.print_queue.next()
        assert states(desk) == [(code, "printing", tries)]
        state = "failed" if tries == MOST_TRIES else "waiting"
        assert desk.print_queue.failed(job.job_id, "Máy in  hết\u200b giấy.").state == state
        assert states(desk) == [(code, state, tries)]
    assert desk.print_queue.next() is None
    assert desk.print_queue.open()[0].message == "Máy in hết giấy."


def test_a_message_without_end_is_cut(desk):
    receive(desk)
    job, _ = desk.print_queue.next()
    assert len(desk.print_queue.failed(job.job_id, "x" * 5000).message) == LONGEST_MESSAGE


def test_a_failed_paper_stops_no_other(desk):
    first, second = receive(desk), receive(desk)
    for _ in range(MOST_TRIES):
        job, _ = desk.print_queue.next()
        desk.print_queue.failed(job.job_id, "không in được")
    assert job.print_id == first.print_id
    assert desk.print_queue.next()[0].print_id == second.print_id


def test_a_retry_begins_anew_on_the_printer_that_is_named(desk):
    receive(desk)
    for _ in range(MOST_TRIES):
        job, _ = desk.print_queue.next()
        desk.print_queue.failed(job.job_id, "không thấy máy in")
    desk.print_queue.retry(job.job_id)
    (again,) = desk.print_queue.open()
    assert (again.state, again.tries, again.message, again.printer) == ("waiting", 0, "", job.printer)
    desk.print_queue.retry(job.job_id, "other")
    assert desk.print_queue.next()[0].printer == "other"


def test_a_cancelled_paper_leaves_its_document(desk):
    done = receive(desk)
    (job,) = desk.print_queue.open()
    desk.print_queue.cancel(job.job_id)
    assert desk.print_queue.next() is None
    assert desk.slips.document(done.print_id)
    for act in (desk.print_queue.cancel, desk.print_queue.retry, desk.print_queue.printed):
        assert refused(act, job.job_id) == "JOB_GONE"
    assert refused(desk.print_queue.failed, job.job_id, "") == "JOB_GONE"


def test_a_paper_that_a_killed_program_was_printing_waits_again(desk):
    code = receive(desk).code
    desk.print_queue.next()
    assert states(desk) == [(code, "printing", 1)]
    desk.print_queue.begin()
    assert states(desk) == [(code, "waiting", 1)]
    desk.print_queue.next()
    desk.print_queue.begin()
    assert states(desk) == [(code, "waiting", 2)]


def test_looking_into_an_empty_queue_writes_nothing(desk):
    before = desk.database.writes
    assert desk.print_queue.next() is None
    assert desk.print_queue.lines() == []
    assert desk.database.writes == before


def test_a_print_that_is_not_stored_is_not_queued(desk):
    assert refused(desk.print_queue.add, "p-0", "laser") == "PRINT_UNKNOWN"


def test_a_reprint_is_queued_as_what_it_is(desk):
    done = receive(desk)
    job, _ = desk.print_queue.next()
    desk.print_queue.printed(job.job_id)
    desk.clock.forward(minutes=5)
    again = desk.slips.reprint(done.code, "a5x2", CLERK)
    desk.print_queue.add(again.print_id, "laser")
    (line,) = desk.print_queue.lines()
    assert (line.code, line.issue, line.job.copies) == (done.code, 2, 1)
    assert desk.print_queue.next()[1] == again.pdf


def test_looking_at_a_paper_gives_its_document_and_is_recorded(desk):
    done = receive(desk)
    form = desk.slips.look_at(done.print_id, CLERK)
    assert (code_on(form), form.issue, form.pdf) == (done.code, 1, desk.slips.document(done.print_id))
    assert audited(desk.database)[-1] == ("u-0001", "slip.opened", done.dossier_id)
    desk.clock.forward(minutes=5)
    again = desk.slips.reprint(done.code, "a4", CLERK)
    assert desk.slips.look_at(again.print_id, CLERK).pdf == again.pdf


def test_who_may_not_receive_looks_at_no_paper(desk):
    done = receive(desk)
    before = len(audited(desk.database))
    assert refused(desk.slips.look_at, done.print_id, INSPECTOR) == "NOT_ALLOWED"
    assert refused(desk.slips.look_at, "p-0", CLERK) == "PRINT_UNKNOWN"
    assert len(audited(desk.database)) == before


def test_an_intake_says_whether_its_slip_is_queued(desk):
    assert receive(desk).queued
    desk.clock.forward(seconds=1)
    assert not desk.intake.receive(command(print=False), CLERK).queued
    assert len(desk.print_queue.open()) == 1
    assert desk.print_queue.open()[0].queued_at == desk.clock.now() - timedelta(seconds=1)


def test_counters_of_one_database_print_their_own_papers_alone(desk):
    other = PrintQueue(desk.database, desk.clock, desk.slips, "another counter")
    done = receive(desk)
    assert (other.next(), other.open(), other.lines()) == (None, [], [])
    theirs = other.add(done.print_id, "their printer")
    job, _ = desk.print_queue.next()
    other.begin()
    assert [line.job.state for line in desk.print_queue.lines()] == ["printing"], "another counter's start takes no paper back"
    assert desk.print_queue.next() is None
    assert other.next()[0].job_id == theirs.job_id
    assert job.job_id != theirs.job_id


def test_a_paper_of_an_older_program_is_anybodys(desk):
    receive(desk)
    with desk.database.write() as uow:
        (job,) = uow.prints.open_jobs()
        uow.prints.update_job(replace(job, device=""))
        uow.commit()
    assert PrintQueue(desk.database, desk.clock, desk.slips, "another counter").next()[0].job_id == job.job_id
