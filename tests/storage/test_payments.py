"""Payments come back as they were put, add up by collector and method, and are counted once."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import pytest
import sqlalchemy.exc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.dossier import FeeMethod
from counter_app.domain.money import CashCount, MethodTotal, Payment
from counter_app.storage import tables as t
from tests.examples import examples
from tests.fakes import State
from tests.fakes_money import FakePayments
from tests.storage.samples import NOW

CASH, TRANSFER, PORTAL, EXEMPT = FeeMethod.CASH, FeeMethod.TRANSFER, FeeMethod.PORTAL, FeeMethod.EXEMPT


def payment(n=1, **changes):
    made = Payment(
        f"p-{n:04d}", "d-000001", f"f-{n}", NOW + timedelta(minutes=n), 15_000, CASH, "u-0001", "Lệ phí", "Trần Thị Ví Dụ",
        "H36.50.05-261120-0001")
    return replace(made, **changes)


def full(n=1):
    """A payment of which no member has its default."""
    return payment(
        n, quantity=3, receipt_series="BL/26E", receipt_number="0000412", exempt_reason="hộ nghèo", exempt_proof="Giấy chứng nhận số 12",
        reverses="p-0000", reason="thu nhầm", receipt_cancelled=True, op_id="op-1", matched_at=NOW, matched_by="u-0002",
        bank_reference="FT26325", count_id="c-1")


def count(n=1, **changes):
    return replace(CashCount(
        f"c-{n}", NOW + timedelta(hours=n), "u-0001", "u-0002", {CASH: 30_000, TRANSFER: 0}, {CASH: 25_000}, "Thủ quỹ", "thiếu tiền lẻ"),
        **changes)


def put(database, *payments):
    with database.write() as uow:
        for each in payments:
            uow.payments.add(each)
        uow.commit()


def ids(payments):
    return [each.payment_id for each in payments]


def test_every_member_comes_back(database):
    assert all(getattr(full(), each.name) != each.default for each in fields(Payment)), "none is left at its default"
    put(database, full(), payment(2))
    with database.read() as uow:
        assert uow.payments.get("p-0001") == full()
        assert uow.payments.get("p-0002") == payment(2)
        assert uow.payments.get("p-9") is None
        assert uow.payments.of_dossier("d-000001") == [full(), payment(2)]
        assert uow.payments.of_dossier("d-9") == []


def test_the_columns_are_the_members(database):
    del database
    assert {column.name for column in t.payment.c} == {each.name for each in fields(Payment)}
    assert {column.name for column in t.cash_count.c} == {each.name for each in fields(CashCount)}


def test_a_payment_is_put_once(database):
    put(database, payment())
    with database.write() as uow, pytest.raises(sqlalchemy.exc.IntegrityError):
        uow.payments.add(payment())


def test_a_receipt_is_found_by_series_and_number(database):
    put(database, payment(1, receipt_series="A", receipt_number="1"), payment(2, receipt_series="B", receipt_number="1"),
        payment(3, receipt_series="A", receipt_number="1"), payment(4))
    with database.read() as uow:
        assert ids(uow.payments.with_receipt("A", "1")) == ["p-0001", "p-0003"]
        assert ids(uow.payments.with_receipt("A", "2")) == []


def test_a_day_adds_up(database):
    put(database, payment(1), payment(2, amount_vnd=-15_000, reverses="p-0001"), payment(3, method=TRANSFER, amount_vnd=8_000),
        payment(4, collector="u-0002"), payment(5, method=EXEMPT, amount_vnd=0), payment(6, at=NOW + timedelta(days=1)))
    with database.read() as uow:
        assert uow.payments.totals(NOW, NOW + timedelta(days=1)) == [
            MethodTotal("u-0001", CASH, 2, 0), MethodTotal("u-0001", EXEMPT, 1, 0), MethodTotal("u-0001", TRANSFER, 1, 8_000),
            MethodTotal("u-0002", CASH, 1, 15_000)]
        assert ids(uow.payments.between(NOW, NOW + timedelta(minutes=3))) == ["p-0001", "p-0002"], "the end is left out"


def test_a_count_takes_the_money_of_its_collector_once(database):
    put(database, payment(1), payment(2, collector="u-0002"), payment(3, method=PORTAL), payment(4, method=EXEMPT, amount_vnd=0))
    with database.write() as uow:
        assert uow.payments.add_count(count()) == 2
        assert uow.payments.uncounted() == [MethodTotal("u-0002", CASH, 1, 15_000)]
        assert uow.payments.add_count(count(2)) == 0
        uow.commit()
    with database.read() as uow:
        assert uow.payments.counts(limit=9) == [count(2), count(1)]
        assert uow.payments.counts(limit=1) == [count(2)]
        assert ids(uow.payments.of_count("c-1")) == ["p-0001", "p-0003"]
        assert uow.payments.handed_in(["p-0001", "p-0002", "p-9"]) == {"p-0001": count().at}


def test_a_transfer_waits_until_it_is_found(database):
    put(database, payment(1, method=TRANSFER), payment(2, method=TRANSFER), payment(3, method=TRANSFER),
        payment(4, method=TRANSFER, amount_vnd=-15_000, reverses="p-0003"))
    with database.write() as uow:
        assert ids(uow.payments.unmatched(limit=9)) == ["p-0001", "p-0002"]
        assert ids(uow.payments.unmatched(limit=1)) == ["p-0001"]
        assert uow.payments.uncounted() == [MethodTotal("u-0001", TRANSFER, 2, 0)], "what was given back needs no finding"
        uow.payments.match("p-0001", NOW, "u-0002", "FT26325")
        assert uow.payments.get("p-0001") == payment(1, method=TRANSFER, matched_at=NOW, matched_by="u-0002", bank_reference="FT26325")
        assert ids(uow.payments.unmatched(limit=9)) == ["p-0002"]
        assert uow.payments.uncounted() == [MethodTotal("u-0001", TRANSFER, 3, 15_000)]
        assert uow.payments.add_count(count()) == 3
        assert ids(uow.payments.unmatched(limit=9)) == ["p-0002"], "one that nobody found is not counted away"


def test_open_money_is_found_by_its_index(sqlite_database):
    with sqlite_database.read() as uow:
        plan = uow._connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM payment WHERE count_id IS NULL AND method != 'exempt' ORDER BY at, payment_id").all()
    assert any("ix_payment_open" in str(row) for row in plan), plan


worlds = st.lists(st.builds(
    payment, st.just(0), method=st.sampled_from((CASH, TRANSFER, PORTAL, EXEMPT)), collector=st.sampled_from(("u-0001", "u-0002")),
    amount_vnd=st.integers(-100_000, 100_000), matched_at=st.sampled_from((None, NOW)), reverses=st.sampled_from((None, "p-0000", "p-0002"))),
    max_size=6)


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds)
def test_the_double_and_the_database_agree(sqlite_database, world):
    """Whatever the tests of the services show over the double holds for the database."""
    payments = [replace(each, payment_id=f"p-{n:04d}", at=NOW + timedelta(minutes=n)) for n, each in enumerate(world)]
    fake = FakePayments(State())
    with sqlite_database.write() as uow:  # rolled back at the end
        for repository in (fake, uow.payments):
            for each in payments:
                repository.add(each)

        def look(repository):
            return (repository.totals(NOW, NOW + timedelta(days=1)), repository.uncounted(), repository.unmatched(limit=99),
                    repository.handed_in(ids(payments)), repository.of_count("c-1"))

        assert look(fake) == look(uow.payments)
        assert fake.add_count(count()) == uow.payments.add_count(count())
        assert look(fake) == look(uow.payments)
