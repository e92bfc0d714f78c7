"""What reports count, on both databases: the same cases as a look at every dossier, frozen reports as they were sent."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert

from counter_app.domain.dossier import Channel, FeeLine, FeeMethod, Status
from counter_app.domain.life import Direction, Extension, HandOver, Step, Supplement
from counter_app.domain.moments import local
from counter_app.domain.report_periods import Period
from counter_app.domain.report_work import Work
from counter_app.services.repositories.reports import ComplaintCounts, FrozenReport
from counter_app.storage import tables
from tests.examples import examples
from tests.fakes_reports import case_of
from tests.storage.samples import NOW, dossier, fill

NOVEMBER = Period(date(2026, 10, 15), date(2026, 11, 14))
moments = st.integers(0, 70 * 24 * 60).map(lambda minutes: local(2026, 9, 20) + timedelta(minutes=minutes))


@st.composite
def pasts(draw, n):
    """Make a dossier with a past: due times that moved, papers that were asked for, an end or none."""
    received = draw(moments)
    later = sorted(draw(st.lists(moments, max_size=4)))
    history = tuple((set_at, draw(st.none() | moments)) for set_at in [received, *later]) if draw(st.booleans()) else ()
    asked = sorted(draw(st.lists(moments, max_size=3)))
    supplements = tuple(
        Supplement(f"s-{at}", each, "", (), "", received_at=draw(st.none() | moments)) for at, each in enumerate(asked))
    extended = draw(st.booleans())
    steps = tuple(Step(str(at), "Thẩm định", "Tư pháp", "Người xử lý", each, None, draw(st.none() | moments)) for at, each in enumerate(asked))
    given_ = tuple(HandOver("b", each, Direction.TO_SPECIALIST, "Quầy", "Tư pháp", "a", "b", 1) for each in asked)
    return dossier(
        n, received_at=received, due_at=history[-1][1] if history else draw(st.none() | moments), due_history=history,
        status=draw(st.sampled_from(Status)), channel=draw(st.sampled_from(Channel)), supplements=supplements,
        finished_at=draw(st.none() | moments), awaiting_acceptance=draw(st.booleans()), on_the_spot=draw(st.booleans()),
        field_name=draw(st.sampled_from(["Hộ tịch", "Đất đai", ""])), out_of_area=draw(st.booleans()),
        online_level=draw(st.sampled_from(["", "full", "partial"])),
        step=draw(st.sampled_from([None, *steps])), steps=steps, hand_overs=given_, holder=draw(st.sampled_from(["", "Tư pháp"])),
        handled_by=draw(st.sampled_from(["", "Công chức tư pháp"])), extensions=(Extension(received, received, received, "", 1, "", ""),) if extended else (),
        fees=(FeeLine("f-1", "Lệ phí", 8000, FeeMethod.CASH),) if draw(st.booleans()) else ())


worlds = st.integers(0, 10).flatmap(lambda size: st.tuples(*(pasts(n) for n in range(1, size + 1))))
spans = st.tuples(st.dates(date(2026, 9, 1), date(2026, 12, 15)), st.integers(0, 60)).map(
    lambda begun: Period(begun[0], begun[0] + timedelta(days=begun[1])))


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stored=worlds, period=spans)
def test_cases_are_what_a_look_at_every_dossier_finds(fresh, stored, period):
    database = fresh()
    fill(database, *stored)
    with database.read() as uow:
        found = sorted(uow.reports.cases(period))
    wanted = [
        case_of(number, each) for number, each in enumerate(stored, start=1)
        if each.received_at < period.ends and (each.finished_at is None or each.finished_at >= period.begins)]
    assert found == wanted


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stored=worlds, period=spans)
def test_work_is_that_part_of_the_same_dossiers(fresh, stored, period):
    database = fresh()
    fill(database, *stored)
    with database.read() as uow:
        concerned = {each.number for each in uow.reports.cases(period)}
        found = {each.number: each for each in uow.reports.work(period)}
    assert found == {
        number: Work(number, each.handled_by, each.holder, each.finished_at, each.step, each.steps, each.hand_overs, each.supplements)
        for number, each in enumerate(stored, start=1) if number in concerned}


def test_work_is_looked_for_by_the_index_of_reports_and_needs_no_sorting(sqlite_database):
    fill(sqlite_database, *(dossier(n) for n in range(1, 20)))
    with sqlite_database.read() as uow:
        statements = []
        event.listen(uow._connection, "before_cursor_execute", lambda *told: statements.append((told[2], told[3])))
        assert len(list(uow.reports.work(Period(date(2026, 11, 15), date(2026, 12, 14))))) == 19
        _few_pages, (statement, parameters) = statements
        plan = " ".join(row.detail for row in uow._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))
    assert "ix_dossier_re" in plan
    assert "TEMP B-TREE" not in plan


def test_a_changed_dossier_is_counted_as_it_is_now(database):
    first = local(2026, 11, 2, 8)
    asked = Supplement("s-1", first + timedelta(days=1), "", (), "")
    fill(database, dossier(1, received_at=first, due_history=((first, first + timedelta(days=3)),), supplements=(asked,)))
    with database.write() as uow:
        before = uow.dossiers.get("d-000001")
        later = ((first, first + timedelta(days=3)), (first + timedelta(days=2), first + timedelta(days=9)))
        uow.dossiers.update(replace(
            before, due_history=later, due_at=later[-1][1], supplements=(replace(asked, received_at=first + timedelta(days=2)),)))
        uow.commit()
    with database.read() as uow:
        [case] = uow.reports.cases(NOVEMBER)
    assert case.changes == later
    assert case.waits == ((asked.requested_at, first + timedelta(days=2)),)


def _pay(uow, n, amount, method, at):
    columns = tables.payment.c
    row = {column.name: "" for column in columns if not column.nullable and column.server_default is None}
    row |= {"payment_id": f"p-{n}-{method}-{amount}", "dossier_id": f"d-{n:06d}", "at": at, "amount_vnd": amount, "method": method,
            "quantity": 1}
    uow._connection.execute(insert(tables.payment).values(**row))


def test_payments_of_the_period_say_how_a_dossier_was_paid(database):
    fill(database, *(dossier(n, received_at=local(2026, 11, 2, 8)) for n in range(1, 5)))
    with database.write() as uow:
        _pay(uow, 1, 8000, "cash", "2026-11-02T08:01:00")
        _pay(uow, 2, 8000, "cash", "2026-11-02T08:01:00")
        _pay(uow, 2, 5000, "transfer", "2026-11-14T23:59:59")
        _pay(uow, 3, 0, "exempt", "2026-11-02T08:01:00")
        _pay(uow, 4, 8000, "portal", "2026-11-15T00:00:00")
        uow.commit()
    with database.read() as uow:
        assert [case.paid for case in sorted(uow.reports.cases(NOVEMBER))] == ["direct", "online", "", ""]


def test_what_the_province_does_not_hold_yet_is_unsent(database):
    fill(database, *(dossier(n, received_at=local(2026, 11, 2, 8)) for n in (1, 2, 3)), dossier(4, received_at=local(2026, 11, 20, 8)))
    with database.write() as uow:
        uow._connection.execute(insert(tables.outbox), [
            {"op_id": "a", "dossier_id": "d-000001", "state": "province_has"}, {"op_id": "b", "dossier_id": "d-000002", "state": "saved"},
            {"op_id": "c", "dossier_id": "d-000002", "state": "province_has"}, {"op_id": "d", "dossier_id": "d-000004", "state": "saved"}])
        uow.commit()
    with database.read() as uow:
        assert uow.reports.unsent(NOVEMBER) == [2]


def _complaint(n, received_at, due=None, answered=None, satisfied=None):
    return {"complaint_id": f"k-{n}", "dossier_id": f"d-{n:06d}" if n < 3 else None, "received_at": received_at, "channel": "desk",
            "person": "", "phone": "", "body": "", "answer_due": due, "owner": "", "answered_at": answered, "answer": "",
            "answered_by": "", "satisfied": satisfied}


def test_complaints_are_counted_by_their_day_and_answer(database):
    fill(database, dossier(1), dossier(2))
    with database.write() as uow:
        uow._connection.execute(insert(tables.complaint), [
            _complaint(1, "2026-11-02T08:00:00", "2026-11-05T17:00:00", "2026-11-05T18:00:00", True),
            _complaint(2, "2026-11-03T08:00:00", "2026-11-05T17:00:00", "2026-11-06T07:00:00", False),
            _complaint(3, "2026-11-14T23:59:59"), _complaint(4, "2026-11-15T00:00:00")])
        uow.commit()
    with database.read() as uow:
        assert uow.reports.complaints(NOVEMBER) == ComplaintCounts(all=3, on_time=1, answered=2, satisfied=1)
        assert uow.reports.complained(NOVEMBER) == [1, 2]
        assert uow.reports.complaints(Period(date(2020, 1, 1), date(2020, 1, 2))) == ComplaintCounts(0, 0, 0, 0)


def test_the_dossiers_behind_a_figure_come_in_the_order_of_entry(database):
    fill(database, *(dossier(n) for n in range(1, 6)))
    with database.read() as uow:
        assert [row.code[-4:] for row in uow.reports.rows([5, 2, 4], limit=2)] == ["0002", "0004"]
        assert [(number, each.dossier_id) for number, each in uow.reports.dossiers([4, 1])] == [(1, "d-000001"), (4, "d-000004")]
        assert uow.reports.rows([], limit=9) == []


def frozen(n, **changes):
    content = {"rows": [{"field": "Hộ tịch", "c3": n}]}
    made = FrozenReport(f"r-{n}", "II.06a", NOVEMBER, NOW + timedelta(minutes=n), "u-0001", "UBND tỉnh", content,
                        hashlib.sha256(str(content).encode()).hexdigest())
    return replace(made, **changes)


def test_a_frozen_report_is_read_as_it_was_sent(database):
    with database.write() as uow:
        for each in (frozen(1), frozen(2), frozen(3, name="07a"), frozen(4, period=Period(NOVEMBER.start, NOVEMBER.start))):
            uow.reports.freeze(each)
        uow.commit()
    with database.read() as uow:
        assert uow.reports.frozen("II.06a", NOVEMBER) == [frozen(2), frozen(1)]
        assert uow.reports.frozen("766", NOVEMBER) == []
