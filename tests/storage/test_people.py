"""Messages, complaints and typing tasks come back as they were put, and the doubles of the tests answer as the databases do."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.complaint import Complaint, ComplaintChannel
from counter_app.domain.message import Message, MessageChannel, MessageState, Occasion
from counter_app.domain.typing_task import TypingState, TypingTask
from tests.examples import examples
from tests.fakes_people import FakeComplaints, FakeMessages, FakeTypingTasks
from tests.storage.samples import NOW


def message(n=1, **changes):
    return replace(Message(
        f"m-{n:04d}", f"d-{n % 3}", Occasion.RESULT_READY, MessageChannel.SMS, "0900000012", "Ho so da co ket qua",
        NOW + timedelta(minutes=n % 4), NOW + timedelta(days=3)), **changes)


def complaint(n=1, **changes):
    return replace(Complaint(
        f"c-{n:04d}", f"d-{n % 3}", NOW + timedelta(minutes=n % 4), ComplaintChannel.DESK, "Chờ lâu quá", date(2026, 12, 1 + n % 5)),
        **changes)


def task(n=1, **changes):
    return replace(TypingTask(f"t-{n:04d}", f"d-{n % 3}", "civil_status", NOW + timedelta(minutes=n % 4)), **changes)


FULL = {
    "messages": message(state=MessageState.CALLED, changed_at=NOW, changed_by="u-0001", note="nghe máy"),
    "complaints": complaint(
        person="Lò Thị Thử", phone="0900 000 013", owner="u-0002", answered_at=NOW, answer="Đã xin lỗi", answered_by="u-0002",
        satisfied=False),
    "typing_tasks": task(state=TypingState.DONE, code="KS-1", done_at=NOW, done_by="u-0001"),
}


@pytest.mark.parametrize("name", FULL)
def test_every_member_comes_back_and_a_new_version_takes_its_place(database, name):
    full = FULL[name]
    assert all(getattr(full, each.name) != each.default for each in fields(full)), "none is left at its default"
    plain = {"messages": message, "complaints": complaint, "typing_tasks": task}[name](2)
    key = fields(full)[0].name
    with database.write() as uow:
        getattr(uow, name).add(plain)
        getattr(uow, name).add(replace(plain, **{key: getattr(full, key)}))
        getattr(uow, name).update(full)
        uow.commit()
    with database.read() as uow:
        assert getattr(uow, name).get(getattr(full, key)) == full
        assert getattr(uow, name).get(getattr(plain, key)) == plain
        assert getattr(uow, name).get("x") is None


def test_an_update_of_what_nobody_knows_adds_nothing(database):
    with database.write() as uow:
        uow.messages.update(message())
        uow.commit()
    with database.read() as uow:
        assert uow.messages.get("m-0001") is None


def test_a_complaint_without_a_dossier_is_kept(database):
    with database.write() as uow:
        uow.complaints.add(complaint(dossier_id=None))
        uow.commit()
    with database.read() as uow:
        assert [each.dossier_id for each in uow.complaints.listed(is_open=True, limit=5)] == [None]


messages = st.lists(st.tuples(st.sampled_from(MessageState), st.integers(-2, 3)), max_size=8)


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages, st.integers(1, 9))
def test_the_queue_is_the_same_on_both_sides(database, made, limit):
    values = [message(n, state=state, expires_at=NOW + timedelta(days=days)) for n, (state, days) in enumerate(made)]
    plain = FakeMessages({})
    with database.write() as uow:  # rolled back at the end
        for each in values:
            uow.messages.add(each)
            plain.add(each)
        for repository in (uow.messages, plain):
            assert all(each.expires_at > NOW for each in repository.waiting(NOW, limit=99))
        assert uow.messages.waiting(NOW, limit=limit) == plain.waiting(NOW, limit=limit)
        assert uow.messages.of_dossier("d-1") == plain.of_dossier("d-1")
        assert uow.messages.expire(NOW) == plain.expire(NOW)
        assert [uow.messages.get(each.message_id) for each in values] == [plain.get(each.message_id) for each in values]
        assert uow.messages.expire(NOW) == 0


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.booleans(), max_size=8), st.integers(1, 9), st.booleans())
def test_complaints_are_listed_the_same_on_both_sides(database, answered, limit, is_open):
    values = [complaint(n, answered_at=NOW if done else None) for n, done in enumerate(answered)]
    plain = FakeComplaints({})
    with database.write() as uow:
        for each in values:
            uow.complaints.add(each)
            plain.add(each)
        assert uow.complaints.listed(is_open=is_open, limit=limit) == plain.listed(is_open=is_open, limit=limit)
        assert uow.complaints.of_dossier("d-1") == plain.of_dossier("d-1")


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(TypingState), max_size=8), st.integers(1, 9))
def test_tasks_are_listed_the_same_on_both_sides(database, states, limit):
    values = [task(n, state=state) for n, state in enumerate(states)]
    plain = FakeTypingTasks({})
    with database.write() as uow:
        for each in values:
            uow.typing_tasks.add(each)
            plain.add(each)
        assert uow.typing_tasks.open_ones(limit=limit) == plain.open_ones(limit=limit)
        assert sorted(uow.typing_tasks.ended()) == sorted(plain.ended())
        assert uow.typing_tasks.of_dossiers(["d-0", "d-2"]) == plain.of_dossiers(["d-0", "d-2"])
