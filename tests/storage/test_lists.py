"""Lists: the same dossiers as a plain reading of the rules, in the promised order, by an index."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select

from counter_app.domain.digitised import WHOLE, FiledFile, FileTarget, count_papers
from counter_app.domain.dossier import DeliveryMethod, DocumentLine, Status
from counter_app.domain.life import ResultPaper, Supplement
from counter_app.domain.moments import local
from counter_app.services.ports import ListFilter
from counter_app.storage import lists
from counter_app.storage.dossier_rows import ROW_COLUMNS
from tests.examples import examples
from tests.fakes import in_list
from tests.storage.samples import AT, NOW, TODAY, dossier, fill, lists_of_dossiers

EVERY = list(ListFilter)


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stored=lists_of_dossiers())
def test_every_list_holds_what_the_rules_say(fresh, stored):
    database = fresh()
    fill(database, *stored)
    with database.read() as uow:
        for which in EVERY:
            wanted = {d.dossier_id for d in stored if in_list(d, which, AT)}
            found = [row.dossier_id for row in uow.dossiers.rows(which, AT, limit=100)]
            assert set(found) == wanted, which
            assert len(found) == len(wanted)
            assert uow.dossiers.count(which, AT) == len(wanted)
            ready = sum(d.status is Status.RESULT_READY and d.delivery is DeliveryMethod.POSTAL for d in stored if d.dossier_id in wanted)
            assert uow.dossiers.count(which, AT, status=Status.RESULT_READY, delivery=DeliveryMethod.POSTAL) == ready
            pages = [row.dossier_id for at in range(0, 14, 3) for row in uow.dossiers.rows(which, AT, limit=3, offset=at)]
            assert pages == found, "pages laid together are the list"
    database.close()


def codes(database, which, at=AT):
    with database.read() as uow:
        return [int(row.dossier_id[2:]) for row in uow.dossiers.rows(which, at, limit=100)]


def test_the_most_urgent_stand_first(database):
    fill(database, *(dossier(n, due_at=local(2026, 11, 10) + timedelta(days=-n)) for n in range(1, 4)))
    assert codes(database, ListFilter.OVERDUE) == [3, 2, 1]
    assert codes(database, ListFilter.ALL) == [3, 2, 1]


def test_results_and_supplements_wait_longest_first(database):
    ready = [dossier(n, status=Status.RESULT_READY, finished_at=NOW - timedelta(days=days)) for n, days in ((1, 2), (2, 9), (3, 5))]
    asked = [dossier(n, status=Status.AWAITING_SUPPLEMENT, supplement_open_since=NOW - timedelta(days=days)) for n, days in ((4, 1), (5, 3))]
    fill(database, *ready, *asked)
    assert codes(database, ListFilter.RESULT_WAITING) == [2, 3, 1]
    assert codes(database, ListFilter.SUPPLEMENT_OPEN) == [5, 4]


def late_papers(n, deadline, **changes):
    asked = Supplement(f"s-{n}", NOW - timedelta(days=20), "u-0001", ("Tờ khai",), "thiếu", deadline=deadline)
    return dossier(n, **{"status": Status.AWAITING_SUPPLEMENT, "supplement_open_since": asked.requested_at, "supplements": (asked,)} | changes)


def test_papers_not_brought_by_the_day_of_form_02_stand_in_a_list_the_longest_late_first(database):
    midnight = local(2026, 11, 20)
    fill(database, late_papers(1, midnight - timedelta(seconds=1)), late_papers(2, midnight), late_papers(3, midnight - timedelta(days=9)),
         late_papers(4, None), late_papers(5, midnight - timedelta(days=30), status=Status.HALTED, supplement_open_since=None),
         dossier(6, status=Status.AWAITING_SUPPLEMENT, supplement_open_since=NOW))
    assert codes(database, ListFilter.SUPPLEMENT_LATE) == [3, 1]
    assert set(codes(database, ListFilter.SUPPLEMENT_OPEN)) == {1, 2, 3, 4, 6}
    tomorrow = replace(AT, now=AT.now + timedelta(days=1))
    assert codes(database, ListFilter.SUPPLEMENT_LATE, tomorrow) == [3, 1, 2]


def test_a_row_tells_until_when_papers_were_to_come(database):
    until = local(2026, 11, 12, 17)
    fill(database, late_papers(1, until))
    with database.read() as uow:
        assert [row.papers_until for row in uow.dossiers.rows(ListFilter.ALL, AT, limit=5)] == [until]


def test_papers_that_came_are_awaited_no_more(database):
    fill(database, asked := late_papers(1, local(2026, 11, 12, 17)))
    brought = replace(asked.supplements[0], received_at=NOW, complete=True)
    with database.write() as uow:
        uow.dossiers.update(replace(asked, status=Status.PROCESSING, supplement_open_since=None, supplements=(brought,)))
        uow.commit()
    assert codes(database, ListFilter.SUPPLEMENT_LATE) == []


def test_newest_first_where_nothing_is_urgent(database):
    fill(database, *(dossier(n, received_at=NOW - timedelta(minutes=minutes)) for n, minutes in ((1, 5), (2, 1), (3, 9))))
    assert codes(database, ListFilter.RECEIVED_TODAY) == codes(database, ListFilter.ALL) == [2, 1, 3]


def test_the_last_returned_stands_first(database):
    fill(database, *(dossier(n, status=Status.RETURNED, returned_at=NOW - timedelta(days=n)) for n in (2, 1, 3)))
    assert codes(database, ListFilter.RETURNED) == [1, 2, 3]


def test_no_appointment_is_in_no_list_of_dates_and_last_of_the_assigned(database):
    fill(database, dossier(1, due_at=None, holder="u-0002"), dossier(2, holder="u-0002"))
    assert codes(database, ListFilter.ASSIGNED) == [2, 1]
    for which in (ListFilter.DUE_TODAY, ListFilter.DUE_SOON, ListFilter.OVERDUE):
        assert 1 not in codes(database, which)


def test_a_day_ends_at_midnight_not_at_the_appointed_hour(database):
    fill(database, dossier(1, due_at=local(2026, 11, 20, 8)), dossier(2, due_at=local(2026, 11, 20, 23, 59, 59)), dossier(3, due_at=local(2026, 11, 19, 23, 59, 59)))
    assert codes(database, ListFilter.DUE_TODAY) == [1, 2]
    assert codes(database, ListFilter.OVERDUE) == [3]
    tomorrow = replace(AT, now=AT.now + timedelta(days=1), today_end=AT.today_end + timedelta(days=1))
    assert codes(database, ListFilter.OVERDUE, tomorrow) == [3, 1, 2]


@pytest.mark.parametrize("which", [f for f in EVERY if f is not ListFilter.ALL])
def test_a_list_is_found_by_an_index_and_never_by_looking_at_all(sqlite_database, which):
    fill(sqlite_database, *(dossier(n) for n in range(1, 20)))
    wanted = select(*ROW_COLUMNS).where(lists.condition(which, AT)).order_by(*lists.order(which)).limit(200)
    with sqlite_database.read() as uow:
        connection = uow._connection
        statement = str(wanted.compile(connection.engine, compile_kwargs={"literal_binds": True}))
        plan = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
    assert not [step for step in plan if step.startswith("SCAN dossier") and "USING INDEX" not in step], plan
    assert "ix_dossier_" in " ".join(plan)


def test_today_is_the_day_of_the_moment_given(database):
    fill(database, dossier(1, received_at=local(TODAY.year, TODAY.month, TODAY.day)), dossier(2, received_at=NOW - timedelta(days=1)))
    assert codes(database, ListFilter.RECEIVED_TODAY) == [1]


def test_what_was_filed_online_counts_from_when_it_is_taken_in(database):
    fill(database, dossier(1, received_at=NOW), dossier(2, received_at=NOW, status=Status.SUBMITTED_ONLINE))
    assert codes(database, ListFilter.RECEIVED_TODAY) == [1]
    assert codes(database, ListFilter.ONLINE_NEW) == [2]
    start = local(TODAY.year, TODAY.month, TODAY.day)
    with database.read() as uow:
        assert sum(each.received for each in uow.dossiers.hours_of_day(start, start + timedelta(days=1))) == 1


def test_what_waits_online_longest_is_first_and_what_another_commune_has_is_not_there(database):
    online = {"status": Status.SUBMITTED_ONLINE}
    fill(database, dossier(1, received_at=NOW, **online), dossier(2, received_at=NOW - timedelta(days=2), **online),
         dossier(3, received_at=NOW, given_to="H36.50.06", **online), dossier(4))
    assert codes(database, ListFilter.ONLINE_NEW) == [2, 1]


def scanned(n, *parts, **changes):
    """A dossier with two papers to digitise and files of some of them."""
    papers = (DocumentLine("Tờ khai", 1), DocumentLine("Trích lục", 1), DocumentLine("Thẻ căn cước", 1, shown_only=True))
    files = tuple(
        FiledFile(f"f-{part}", FileTarget.COMPONENT, part, "Tờ khai", "ab" * 32, 54_000, 2, f"{part}.pdf", NOW, "u-0001") for part in parts)
    return dossier(n, documents=papers, files=files, **changes)


def test_what_is_here_and_not_wholly_digitised_stands_in_a_list_with_a_mark(database):
    ready = {"status": Status.RESULT_READY, "finished_at": NOW, "results": (ResultPaper("r-1", "Giấy xác nhận"),)}
    fill(database, scanned(1), scanned(2, "TP01"), scanned(3, "TP01", "TP02"), scanned(4, WHOLE), scanned(5, "TP01", "TP02", **ready),
         scanned(6, status=Status.RETURNED, returned_at=NOW), scanned(7, status=Status.SUBMITTED_ONLINE), dossier(8, documents=()))
    assert sorted(codes(database, ListFilter.NOT_DIGITISED)) == [1, 2, 5]
    with database.read() as uow:
        marked = [int(row.dossier_id[2:]) for row in uow.dossiers.rows(ListFilter.ALL, AT, limit=20) if row.lacks_scans]
    assert sorted(marked) == [1, 2, 5], "a row tells it too"


def test_the_list_of_what_is_not_digitised_agrees_with_the_count_of_each_dossier(database):
    stored = [scanned(1), scanned(2, "TP01"), scanned(3, "TP01", "TP02"), scanned(4, "TP02", "TP01", WHOLE)]
    fill(database, *stored)
    waiting = [int(each.dossier_id[2:]) for each in stored if count_papers(each, FileTarget.COMPONENT).waiting]
    assert codes(database, ListFilter.NOT_DIGITISED) == waiting == [1, 2]
