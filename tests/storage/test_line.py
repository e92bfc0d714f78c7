"""The history of passes and what waits, on both databases, as the fakes have them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.services.repositories.line import LinePass
from tests.builders import CLERK, command, fake_desk, prepare
from tests.examples import examples
from tests.fakes import State
from tests.fakes_line import FakeLine
from tests.storage.samples import NOW


def made(number, minutes=0, device="d-1", **members):
    at = NOW + timedelta(minutes=minutes)
    return LinePass(f"p-{number:04}", device, at, at + timedelta(seconds=30), **members)


def both(database, passes):
    plain = FakeLine(State())
    with database.write() as uow:
        for each in passes:
            uow.line.add(each)
            plain.add(each)
        uow.commit()
    return plain


def test_a_pass_is_kept_and_written_anew(database):
    first = made(1, sent=3, received=2, uploaded=1, bytes_up=5_000_000_000, bytes_down=7, file_bytes=4_999_999_999, trouble="NO_CONTACT")
    both(database, [first])
    later = replace(first, passes=2, ended_at=first.ended_at + timedelta(hours=1))
    with database.write() as uow:
        assert uow.line.latest("d-1", limit=9) == [first]
        uow.line.update(later)
        uow.commit()
    with database.read() as uow:
        assert uow.line.latest("d-1", limit=9) == [later]
        assert uow.line.latest("d-2", limit=9) == []


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3000), st.sampled_from(["d-1", "d-2"]), st.integers(0, 10**10)), max_size=12), st.integers(0, 3000))
def test_history_reads_as_it_does_in_memory(sqlite_database, rows, cut):
    passes = [made(at, minutes, device, file_bytes=size) for at, (minutes, device, size) in enumerate(rows)]
    since = NOW + timedelta(minutes=cut)
    with sqlite_database.write() as uow:
        plain = FakeLine(State())
        for each in passes:
            uow.line.add(each)
            plain.add(each)
        for device in ("d-1", "d-2"):
            assert uow.line.latest(device, limit=5) == plain.latest(device, limit=5)
            assert uow.line.file_bytes(device, since) == plain.file_bytes(device, since)
        uow.line.forget("d-1", since)
        plain.forget("d-1", since)
        assert uow.line.latest("d-1", limit=99) == plain.latest("d-1", limit=99)
        assert uow.line.latest("d-2", limit=99) == plain.latest("d-2", limit=99)


@pytest.mark.parametrize("answered", [0, 1, 2])
def test_what_waits_is_counted_by_type_until_it_has_its_answer(database, answered):
    desk = fake_desk(database=prepare(database))
    first = desk.intake.receive(command(), CLERK)
    desk.clock.forward(hours=1)
    desk.intake.receive(command(), CLERK)
    with database.write() as uow:
        ops = [event.op_id for event in uow.events.of_dossier(first.dossier_id) if event.lane]
        for op_id in ops[:answered]:
            uow.outbox.settle(op_id, "province_has", 1, {})
        uow.commit()
    with database.read() as uow:
        waiting = {each.type: each for each in uow.line.waiting()}
        assert sum(each.count for each in waiting.values()) == uow.outbox.counts()["saved"]
        received = waiting["dossier.received"]
        assert received.count == (1 if answered else 2)
        assert received.size > 1000 * received.count
        assert received.oldest_at == (desk.clock.now() if answered else first.received_at)


def test_nothing_waits_at_a_fresh_desk(database):
    with database.read() as uow:
        assert uow.line.waiting() == []
        assert uow.line.file_bytes("d-1", NOW) == 0
