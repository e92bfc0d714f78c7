"""Verify holds what waits (messages, second typing, lent serials) against what the trail noted when it began."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.message import Message, MessageChannel, MessageState, Occasion
from counter_app.domain.typing_task import TypingState, TypingTask
from counter_app.services.acts.endings import Withdraw
from counter_app.services.acts.results import ResultReady
from counter_app.services.acts.supplements import RequestSupplement
from counter_app.services.desk.settings import EpochReason
from counter_app.services.line.incoming import take_leases
from counter_app.services.trail.row_notes import HOLDS, digest, opened_digest, queued_digest
from counter_app.services.verifying.held import begun, ended, held
from counter_app.services.verifying.kinds import kind_of
from counter_app.support import messages
from tests.builders import CLERK, NOW, command, fake_desk

QUEUED = Message("m1", "d1", Occasion.RESULT_READY, MessageChannel.SMS, "0900 000 001", "Có kết quả", NOW, NOW + timedelta(days=10))
LENT = {"lease_id": "l1", "mode": "official", "valid_from": "2026-11-01", "valid_to": "2027-06-30", "normal": {"from": 3000, "to": 3999},
        "recovery": [{"generation": 1, "from": 4000, "to": 4099}]}
FIRST_TASK, LAST_TASK = "(SELECT min(task_id) FROM typing_task WHERE state = 'open')", "(SELECT max(task_id) FROM typing_task)"
MEMBERS = "dossier_id, occasion, channel, recipient, body, queued_at, expires_at, state, changed_at, changed_by, note"


def told(counter, statement=""):
    """Return what is told, after a statement by a hand in the database that is taken back again."""
    with counter.database.write() as uow:
        if statement:
            assert uow._connection.exec_driver_sql(statement).rowcount > 0, statement
        found = [step for step in chain(held(uow), begun(uow), ended(uow)) if step is not None]
    for _, problem in found:
        assert "{" not in messages.sentence(problem, "vi") + messages.sentence(problem, "en")
    return [(where, kind_of(problem.code).value) for where, problem in found]


def kinds(found):
    return [(where.partition("/")[0], was) for where, was in found]


def receive(counter, actor, **changes):
    return counter.intake.receive(command(fees=(), **changes), actor).code


def ready(counter, actor):
    """Take a dossier in, and queue the message that its result is there; return its code."""
    code = receive(counter, actor, wants_message=True)
    counter.life.results.ready(ResultReady(code), actor)
    return code


@pytest.fixture
def waiting(desk):
    """A real desk with a message that was told, one that waits, and three tasks that are open; its counter and actor."""
    counter, actor = desk.counter, desk.actor
    counter.citizens.messages.called(ready(counter, actor), actor)
    ready(counter, actor)
    receive(counter, actor)
    assert told(counter) == []
    return counter, actor


def test_what_waits_is_what_was_queued(waiting):
    counter, _ = waiting
    for statement, kind in (
        ("UPDATE message SET recipient = '0900 000 099' WHERE state = 'waiting'", "queued"),
        ("UPDATE message SET body = 'Gọi số 1900 0000' WHERE state = 'waiting'", "queued"),
        ("UPDATE message SET channel = 'email' WHERE state = 'waiting'", "queued"),
        ("UPDATE message SET expires_at = '2030-01-01T08:00:00' WHERE state = 'waiting'", "queued"),
        ("UPDATE message SET dossier_id = (SELECT min(dossier_id) FROM dossier) WHERE state = 'waiting'", "queued"),
        ("UPDATE message SET state = 'expired', changed_at = queued_at WHERE state = 'waiting'", "queued"),
        (f"UPDATE typing_task SET system = 'business' WHERE task_id = {FIRST_TASK}", "to_type"),
        (f"UPDATE typing_task SET dossier_id = (SELECT min(dossier_id) FROM dossier) WHERE task_id = {LAST_TASK}", "to_type"),
        ("UPDATE message SET state = 'waiting' WHERE state = 'called'", "message"),
    ):
        assert kinds(told(counter, statement)) == [(kind, "altered")], statement
    assert told(counter) == []


def test_nobody_silences_what_waits_and_nobody_puts_something_in(waiting):
    """A message that is taken away is told to nobody; one that is put in goes to a citizen in the commune's name."""
    counter, _ = waiting
    for statement, kind, was in (
        ("DELETE FROM message WHERE state = 'waiting'", "queued", "truncated"),
        ("DELETE FROM message WHERE state = 'called'", "message", "truncated"),
        (f"DELETE FROM typing_task WHERE task_id = {LAST_TASK}", "to_type", "truncated"),
        ("UPDATE message SET state = 'cancelled', changed_at = queued_at WHERE state = 'waiting'", "message", "inserted"),
        ("UPDATE message SET state = 'called', changed_by = 'u-0001' WHERE state = 'waiting'", "message", "inserted"),
        (f"UPDATE typing_task SET state = 'dropped', done_at = opened_at WHERE task_id = {LAST_TASK}", "typed", "inserted"),
        (f"INSERT INTO message SELECT '01900000-0000-7000-8000-000000000001', {MEMBERS} FROM message WHERE state = 'waiting'", "queued",
         "inserted"),
        (f"INSERT INTO message SELECT 'ffffffff-0000-7000-8000-000000000001', {MEMBERS} FROM message WHERE state = 'waiting'", "queued",
         "inserted"),
        ("INSERT INTO typing_task SELECT 'ffffffff-0000-7000-8000-000000000001', dossier_id, system, opened_at, state, code, done_at, "
         f"done_by FROM typing_task WHERE task_id = {LAST_TASK}", "to_type", "inserted"),
    ):
        assert kinds(told(counter, statement)) == [(kind, was)], statement


def test_what_the_program_ends_by_itself_is_no_difference(waiting, tmp_path):
    """A message called off by what came after it, one whose time is over, one that was handed over; typing that is needless now."""
    counter, actor = waiting
    code = receive(counter, actor, wants_message=True)
    counter.life.supplements.request(RequestSupplement(code, ("Tờ khai",), "thiếu"), actor)
    counter.life.endings.withdraw(Withdraw(code, "không cần nữa", papers_returned=True), actor)
    with counter.database.read() as uow:
        (dossier,) = uow.dossiers.by_code(code)
        assert [each.state for each in uow.messages.of_dossier(dossier.dossier_id)] == [MessageState.CANCELLED]
    ready(counter, actor)
    counter.citizens.messages.hand_over(tmp_path / "m.csv", actor)
    ready(counter, actor)
    counter.clock.moment += timedelta(days=60)
    counter.citizens.messages.remind(actor)
    with counter.database.read() as uow:
        assert {each.state for each in uow.messages.everything()} >= set(MessageState) - {MessageState.WAITING}
        assert {each.state for each in uow.typing_tasks.everything()} == {TypingState.OPEN, TypingState.DROPPED}
    assert told(counter) == []


def test_the_verb_looks_at_it_all(waiting):
    counter, _ = waiting
    done = counter.verifying.run()
    assert done.verified
    assert done.checked["begun"] == 2 + 3
    assert done.checked["ended"] == 1


# --- desks that an earlier version made -------------------------------------------------------------------------------


def made_before(*, queued):
    """Return a desk that queued one message under an earlier version, and ``queued`` under this one; and the id of that first one."""
    desk = fake_desk()
    for _ in range(1 + queued):
        desk.life.results.ready(ResultReady(desk.intake.receive(command(fees=(), wants_message=True), CLERK).code), CLERK)
    first = next(at for at, entry in enumerate(desk.state.audit) if entry.action == "message.queued")
    desk.state.audit[:first + 1] = [replace(entry, details={}) for entry in desk.state.audit[:first + 1]]
    return desk, min(desk.state.messages)


def told_of_begun(desk):
    with desk.database.read() as uow:
        return [step[0] for step in begun(uow) if step is not None]


@pytest.mark.parametrize("queued", [0, 1, 3])
def test_what_an_earlier_version_queued_unnoted_is_believed(queued):
    desk, before = made_before(queued=queued)
    assert told_of_begun(desk) == []
    for message_id, message in list(desk.state.messages.items()):
        desk.state.messages[message_id] = replace(message, body="khác")
        assert told_of_begun(desk) == ([] if message_id == before else [f"queued/{message_id}"])
        desk.state.messages[message_id] = message


def test_what_began_under_a_clock_set_back_or_at_another_computer_is_found_all_the_same():
    desk, _ = made_before(queued=1)
    ready(desk, CLERK)
    desk.clock.moment = desk.clock.now() - timedelta(hours=2)
    ready(desk, CLERK)
    assert told_of_begun(desk) == []
    last = min(desk.state.messages)  # made last, under the earliest time
    desk.state.messages[last] = replace(desk.state.messages[last], body="khác")
    assert f"queued/{last}" in told_of_begun(desk)


def test_a_desk_that_notes_its_serials_from_its_first_day_queued_nothing_unnoted():
    desk, before = made_before(queued=1)
    made = replace(desk.state.audit[0], action="desk.created", details={HOLDS: {"profile/d1/serial_first": digest(1)}})
    desk.state.audit[0] = made
    assert f"queued/{before}" in told_of_begun(desk)


# --- digests ----------------------------------------------------------------------------------------------------------


@given(changes=st.fixed_dictionaries({}, optional={
    "state": st.sampled_from([MessageState.CALLED, MessageState.CANCELLED, MessageState.HANDED_OVER]), "note": st.text(max_size=9),
    "changed_by": st.text(max_size=9), "changed_at": st.just(NOW)}))
def test_whatever_becomes_of_a_message_it_was_queued_as_it_was(changes):
    assert queued_digest(replace(QUEUED, **changes)) == digest(QUEUED)


@given(body=st.text(max_size=9), recipient=st.text(max_size=9))
def test_another_text_or_recipient_is_another_message(body, recipient):
    other = replace(QUEUED, body=body, recipient=recipient)
    assert (queued_digest(other) == digest(QUEUED)) == ((body, recipient) == (QUEUED.body, QUEUED.recipient))


@pytest.mark.parametrize(("late", "same"), [(timedelta(0), True), (timedelta(days=3), True), (-timedelta(seconds=1), False)])
def test_a_message_does_not_run_out_before_its_time(late, same):
    gone = replace(QUEUED, state=MessageState.EXPIRED, changed_at=QUEUED.expires_at + late)
    assert (queued_digest(gone) == digest(QUEUED)) == same


@given(state=st.sampled_from(TypingState), code=st.text(max_size=9), done_by=st.text(max_size=9))
def test_whatever_becomes_of_a_second_typing_it_was_opened_as_it_was(state, code, done_by):
    opened = TypingTask("t1", "d1", "civil_status", NOW)
    assert opened_digest(replace(opened, state=state, code=code, done_by=done_by, done_at=NOW)) == digest(opened)
    assert opened_digest(replace(opened, system="business")) != digest(opened)


# --- lent serials -----------------------------------------------------------------------------------------------------


def lend(counter, *leases):
    with counter.database.write() as uow:
        take_leases(uow, counter.desk.device, leases, counter.clock.now())
        uow.commit()


def trail_length(counter):
    with counter.database.read() as uow:
        return uow.audit.head()[0]


def test_numbers_that_the_province_lends_and_an_epoch_that_begins_are_no_difference(desk):
    counter = desk.counter
    counter.settings.begin_epoch("f00d000000000000", EpochReason.LINE)
    lend(counter, LENT)
    assert counter.settings.profile().serial_first == 3000
    assert told(counter) == []
    length = trail_length(counter)
    lend(counter, LENT)
    assert trail_length(counter) == length, "what changes nothing is not noted again"
    lend(counter, LENT, LENT | {"lease_id": "l2", "normal": {"from": 5000, "to": 5999}})
    assert trail_length(counter) == length + 1
    assert told(counter) == []


def test_a_counter_numbers_by_nothing_that_a_hand_in_the_database_lent(desk):
    counter, device = desk.counter, desk.counter.desk.device
    lend(counter, LENT)
    for member, value in (
        ("serial_first", "3500"), ("serial_last", "9999"), ("further_ranges", "json('[[8000, 8999]]')"),
        ("recovery_ranges", "json('[[4100, 4199]]')"), ("provisional", "json('true')"), ("provisional_fallback", "json('false')"),
    ):
        by_hand = f"UPDATE setting SET value = json_set(value, '$.{member}', {value}) WHERE key LIKE 'desk/%'"
        assert told(counter, by_hand) == [(f"profile/{device}/{member}", "altered")]


def test_the_serials_of_a_commune_without_a_line_are_held_too(desk):
    counter, device = desk.counter, desk.counter.desk.device
    by_hand = "UPDATE setting SET value = json_set(value, '$.serial_last', 8888) WHERE key LIKE 'desk/%'"
    assert told(counter, by_hand) == [(f"profile/{device}/serial_last", "altered")]
    counter.settings.save(replace(counter.settings.profile(), serial_last=7777), desk.actor)
    assert told(counter) == [], "who runs the desk may"
