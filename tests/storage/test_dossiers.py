"""Dossiers: what is stored comes back, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.dossier import BookPlace, CodeOfDossier, Status
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import local
from counter_app.services.ports import DayCount, ListFilter
from tests.storage.samples import AT, NOW, dossier, fill, full_dossier, named


@pytest.mark.parametrize("whole", [dossier(), full_dossier()], ids=["plain", "full"])
def test_a_dossier_comes_back_as_it_was(database, whole):
    fill(database, whole)
    with database.read() as uow:
        assert uow.dossiers.get(whole.dossier_id) == whole
        assert uow.dossiers.get("d-unknown") is None


def test_a_changed_dossier_comes_back_changed(database):
    fill(database, full_dossier(1), dossier(2))
    with database.write() as uow:
        uow.dossiers.update(dossier(1, status=Status.PROCESSING))
        uow.commit()
    with database.read() as uow:
        assert uow.dossiers.get("d-000001") == dossier(1, status=Status.PROCESSING)
        assert uow.dossiers.get("d-000002") == dossier(2)


def test_a_dossier_that_was_never_added_can_not_change(database):
    with database.write() as uow, pytest.raises(KeyError):
        uow.dossiers.update(dossier())


def test_nothing_is_kept_without_commit(database):
    with database.write() as uow:
        uow.dossiers.add(dossier())
    with database.read() as uow:
        assert uow.dossiers.get("d-000001") is None
        assert uow.dossiers.search(["tran"], "tran", limit=5).total == 0
        assert not uow.dossiers.code_exists(dossier().code)


def test_an_error_inside_rolls_back(database):
    def break_off():
        with database.write() as uow:
            uow.dossiers.add(dossier())
            raise ValueError("the clerk's programme fell over")

    with pytest.raises(ValueError, match="fell over"):
        break_off()
    with database.read() as uow:
        assert uow.dossiers.count(ListFilter.ALL, AT) == 0


def test_every_code_finds_its_dossier(database):
    fill(database, full_dossier(1), dossier(2))
    with database.read() as uow:
        assert [d.dossier_id for d in uow.dossiers.by_code("G09.20-20261120-0000001")] == ["d-000001"]
        assert [d.dossier_id for d in uow.dossiers.by_code("H36.50.05-261120-0002")] == ["d-000002"]
        assert uow.dossiers.by_code("H36.50.05-261120") == []
        assert uow.dossiers.code_exists("H36.50.05-261120-0001")


def test_one_ministry_code_may_name_two_dossiers_newest_first(database):
    shared = CodeOfDossier("G09.20-20261120-0000001", "ministry")
    fill(database, *(replace(dossier(n), codes=(*dossier(n).codes, shared)) for n in (1, 2)))
    with database.read() as uow:
        assert [d.dossier_id for d in uow.dossiers.by_code(shared.code)] == ["d-000002", "d-000001"]


@pytest.mark.parametrize("kind", ["official", "provisional"])
def test_a_code_that_was_issued_is_never_issued_again(database, kind):
    code = dossier(1).code
    fill(database, dossier(1))
    with database.write() as uow, pytest.raises(RuleBrokenError) as refused:
        uow.dossiers.add(dossier(2, code=code, codes=(CodeOfDossier(code, kind),)))
    assert (refused.value.code, refused.value.problems[0].field) == ("CODE_TAKEN", "code")


def test_a_code_without_a_kind_counts_as_issued(database):
    fill(database, dossier(1, codes=()))
    with database.write() as uow:
        assert uow.dossiers.by_code(dossier(1).code) == [dossier(1, codes=())]
        with pytest.raises(RuleBrokenError):
            uow.dossiers.add(dossier(2, code=dossier(1).code, codes=()))


def test_a_code_given_later_is_found_and_the_old_one_still(database):
    fill(database, dossier(1))
    renamed = dossier(1, code="H36.50-261121-0001", codes=(*dossier(1).codes, CodeOfDossier("H36.50-261121-0001", "province")))
    with database.write() as uow:
        uow.dossiers.update(renamed)
        uow.commit()
    with database.read() as uow:
        assert uow.dossiers.by_code("H36.50-261121-0001") == uow.dossiers.by_code(dossier(1).code) == [renamed]


def test_earlier_dossiers_of_a_person_newest_first(database):
    fill(database, *(dossier(n) for n in range(1, 5)), named(5, "Lê Văn Mẫu", id_number="001190000789"), named(6, "Không Số", id_number=""))
    with database.read() as uow:
        assert [d.dossier_id for d in uow.dossiers.of_person("001190000456", limit=3)] == ["d-000004", "d-000003", "d-000002"]
        assert uow.dossiers.of_person("0011900004", limit=3) == []
        assert uow.dossiers.of_person("", limit=3) == []


def test_dossiers_of_a_period_oldest_first(database):
    fill(database, *(dossier(n, received_at=NOW - timedelta(hours=n)) for n in range(1, 6)))
    with database.read() as uow:
        found = list(uow.dossiers.received_between(NOW - timedelta(hours=4), NOW - timedelta(hours=1)))
        assert uow.dossiers.count_received(NOW - timedelta(hours=4), NOW - timedelta(hours=1)) == len(found)
    assert [d.dossier_id for d in found] == ["d-000004", "d-000003", "d-000002"]


def test_refusals_of_a_period_are_those_that_no_register_has_whenever_they_came(database):
    old, start = NOW - timedelta(days=300), NOW - timedelta(hours=2)
    refused = {"status": Status.NOT_ACCEPTED, "place": None, "received_at": old}
    fill(database, dossier(1, **refused, finished_at=NOW - timedelta(minutes=1)), dossier(2, **refused, finished_at=start),
         dossier(3, **refused, finished_at=NOW), dossier(4, **refused, finished_at=start - timedelta(seconds=1)),
         dossier(5, **{**refused, "status": Status.WITHDRAWN}, finished_at=start), dossier(6, **refused),
         dossier(7, **{**refused, "place": BookPlace("dossiers", 2026, 1, 7)}, finished_at=start))
    with database.read() as uow:
        assert [each.dossier_id for each in uow.dossiers.refused_between(start, NOW)] == ["d-000002", "d-000001"]


def test_more_dossiers_than_one_batch_are_read_while_others_are_looked_up(database):
    fill(database, *(dossier(n, received_at=NOW + timedelta(seconds=n)) for n in range(1, 1204)))
    with database.read() as uow:
        for n, each in enumerate(uow.dossiers.received_between(NOW, NOW + timedelta(days=1)), start=1):
            if n % 400 == 0:
                assert uow.dossiers.get(each.dossier_id) == each
    assert n == 1203


def test_what_was_finished_in_a_period_with_its_due_time(database):
    due, done = local(2026, 11, 18, 9), local(2026, 11, 19, 10)
    fill(database, dossier(1), dossier(2, due_at=due, finished_at=done), dossier(3, due_at=None, finished_at=done - timedelta(hours=1)))
    with database.read() as uow:
        assert list(uow.dossiers.finished_between(local(2026, 11, 19), local(2026, 11, 20))) == [(done - timedelta(hours=1), None), (done, due)]
        assert list(uow.dossiers.finished_between(local(2026, 11, 20), local(2026, 11, 21))) == []


def test_hours_of_a_day(database):
    fill(database, *(dossier(n, received_at=local(2026, 11, 20, hour, 30)) for n, hour in enumerate((8, 8, 10, 16), 1)))
    with database.read() as uow:
        assert uow.dossiers.hours_of_day(local(2026, 11, 20), local(2026, 11, 21)) == [DayCount(8, 2), DayCount(10, 1), DayCount(16, 1)]


def test_an_import_is_all_or_nothing_and_counts(database):
    def lines():
        yield from (dossier(n) for n in range(1, 701))
        raise ValueError("line 701")

    def bring_in():
        with database.write() as uow:
            uow.dossiers.add_many(lines())
            uow.commit()

    with pytest.raises(ValueError, match="701"):
        bring_in()
    with database.write() as uow:
        assert uow.dossiers.count(ListFilter.ALL, AT) == 0
        assert uow.dossiers.add_many(dossier(n) for n in range(1, 701)) == 700
        assert uow.dossiers.add_many(()) == 0
        uow.commit()
    with database.read() as uow:
        assert uow.dossiers.search(["0700"], "0700", limit=5).total == 1
        assert uow.dossiers.count(ListFilter.ALL, AT) == 700


def test_the_row_of_a_dossier(database):
    fill(database, full_dossier(7))
    with database.write() as uow:
        (row,) = uow.dossiers.rows(ListFilter.ALL, AT, limit=5)
        assert (row.code, row.applicant, row.masked_id, row.phone) == (full_dossier(7).code, "Hộ kinh doanh Ví Dụ", "••••••••0456", "0912345678")
        assert (row.document_count, row.fee_total_vnd, row.place, row.delivery) == (2, 8000, full_dossier(7).place, full_dossier(7).delivery)
        assert (row.received_at, row.due_at, row.finished_at, row.returned_at) == (
            NOW, full_dossier().due_at, full_dossier().finished_at, full_dossier().returned_at)
        assert row.supplement_open
        assert row.sync_state == "saved"
