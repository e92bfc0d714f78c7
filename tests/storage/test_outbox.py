"""Ops on their way: what is due, what the province answered, what a person must see; on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.events import Lane
from counter_app.services.repositories.core import Delivery
from tests.examples import examples
from tests.storage.samples import event

EPOCHS = "5f0c9a7be21d4468", "c0ffee0012345678"


def op(n, *, device="D7K2M9Q4", epoch=EPOCHS[0], seq=None, dossier_id="d-000001"):
    return replace(event(n), op_id=f"op-{n:04d}", dossier_id=dossier_id, lane=Lane(device, epoch, seq or n, "0" * 64, f"{n:064x}"))


def kept(uow, *ops):
    for each in ops:
        uow.events.append(each)
        uow.outbox.add(each.op_id, each.dossier_id)


def test_what_has_no_answer_of_its_own_is_due_in_the_order_it_happened(database):
    with database.write() as uow:
        kept(uow, op(1), op(2), op(3, epoch=EPOCHS[1], seq=1), op(4, epoch=EPOCHS[1], seq=2), op(5, device="other"))
        assert [each.op_id for each in uow.outbox.due("D7K2M9Q4", EPOCHS[0], 10)] == ["op-0001", "op-0002"]
        assert uow.outbox.oldest() == op(1).occurred_at
        uow.outbox.sending(["op-0001", "op-0002"])
        uow.outbox.settle("op-0001", "province_has", 7, {"outcome": "applied", "rev": 7, "unknown": "kept"})
        uow.outbox.settle("op-0003", "attention", None, {"outcome": "conflict", "reason": "closed"})
        assert [each.op_id for each in uow.outbox.due("D7K2M9Q4", EPOCHS[0], 10)] == ["op-0002"]
        assert [each.op_id for each in uow.outbox.due("D7K2M9Q4", EPOCHS[1], 10)] == ["op-0004"]
        assert [each.op_id for each in uow.outbox.due("D7K2M9Q4", EPOCHS[1], 1)] == ["op-0004"]
        assert uow.outbox.counts() == {"saved": 2, "sending": 1, "province_has": 1, "attention": 1}
        assert uow.outbox.of_dossier("d-000001")["op-0001"] == Delivery(
            "op-0001", "d-000001", "province_has", 7, {"outcome": "applied", "rev": 7, "unknown": "kept"})
        assert [each.op_id for each in uow.outbox.attention()] == ["op-0003"]
        uow.outbox.again("op-0001")
        assert uow.outbox.of_dossier("d-000001")["op-0001"] == Delivery("op-0001", "d-000001", "saved")
        uow.commit()


def test_an_answer_to_what_was_never_due_is_kept_nowhere(database):
    with database.write() as uow:
        uow.events.append(op(1))
        uow.outbox.settle("op-0001", "province_has", 1, {})
        assert uow.outbox.oldest() is None
        uow.outbox.settle("unknown", "province_has", 1, {})
        assert uow.outbox.counts() == {"saved": 0, "sending": 0, "province_has": 0, "attention": 0}
        assert uow.outbox.of_dossier("d-000001") == {}


def test_lanes_are_read_by_their_sequence(database):
    with database.write() as uow:
        kept(uow, op(1), op(2), op(3), op(4, epoch=EPOCHS[1], seq=1))
        assert uow.events.lanes("D7K2M9Q4") == {EPOCHS[0]: 3, EPOCHS[1]: 1}
        assert uow.events.lanes("other") == {}
        assert [each.lane.seq for each in uow.events.of_lane("D7K2M9Q4", EPOCHS[0], 2, 9)] == [2, 3]
        assert uow.events.get("op-0004") == op(4, epoch=EPOCHS[1], seq=1)
        assert uow.events.get("op-0009") is None


@pytest.fixture(scope="module")
def ids():
    return [f"op-{n:04d}" for n in range(1, 6)]


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["sending", "province_has", "attention", "again"])), max_size=25))
def test_the_counts_are_always_those_of_the_ops(sqlite_database, ids, steps):
    """Nothing is committed, so that every example begins with the same five ops."""
    with sqlite_database.write() as uow:
        kept(uow, *(op(n) for n in range(1, 6)))
        expected = dict.fromkeys(ids, "saved")
        for n, step in steps:
            op_id = f"op-{n:04d}"
            if step == "again":
                uow.outbox.again(op_id)
            elif step == "sending":
                uow.outbox.sending([op_id])
            else:
                uow.outbox.settle(op_id, step, None, {})
            expected[op_id] = "saved" if step == "again" else step
        assert {each.op_id: each.state for each in uow.outbox.of_dossier("d-000001").values()} == expected
        states = list(expected.values())
        assert uow.outbox.counts() == {each: states.count(each) for each in ("saved", "sending", "province_has", "attention")}
