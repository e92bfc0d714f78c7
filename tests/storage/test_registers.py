"""Registers beside that of the dossiers: frozen columns, days of money handed in, signatures, and ordinals under a race."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.books import known_books
from counter_app.domain.dossier import FeeMethod
from counter_app.domain.life import HandedBack, ReceiverKind, Signed
from counter_app.domain.money import CashCount, Payment
from tests.storage import worker
from tests.storage.samples import NOW, TODAY, dossier, fill, opened

COLUMNS = {"payer": "Trần Thị Ví Dụ", "amount_vnd": 15_000, "note": "ghi chú “lạ” \\ {}"}


def enter(database, book, *, on=TODAY, ref="r", content=COLUMNS, year=2026):
    with database.write() as uow:
        place = uow.logbooks.next_place(book, year)
        uow.logbooks.add_line(place, "d-000001", on, ref=ref, content=content)
        uow.commit()
    return place


def lines(database, book, start=None, end=None):
    with database.read() as uow:
        return list(uow.logbooks.all_lines(book, 2026, None, start, end))


@pytest.fixture
def desk(database):
    fill(database, dossier(1))
    return database


@pytest.mark.parametrize("book", [book for book in known_books() if book != "dossiers"])
def test_a_line_keeps_its_columns_as_they_were_written(desk, book):
    place = enter(desk, book, ref="x-1")
    with desk.write() as uow:
        uow.dossiers.update(replace(uow.dossiers.get("d-000001"), note="đính chính"))
        uow.commit()
    (line,) = lines(desk, book)
    assert (line.place, line.ref, line.content, line.dossier_id) == (place, "x-1", COLUMNS, "d-000001")
    with desk.read() as uow:
        assert uow.logbooks.lines(book, 2026, 1, first=1, count=5) == [line]
        assert uow.logbooks.books() == [book]


def test_each_register_has_a_run_of_its_own(desk):
    for book in known_books():
        assert enter(desk, book).ordinal == 1
    assert [enter(desk, "fees").ordinal for _ in range(3)] == [2, 3, 4]
    assert enter(desk, "fees", year=2027).ordinal == 1
    with desk.read() as uow:
        assert uow.logbooks.books() == sorted(known_books(), key=lambda book: book.encode())


def test_the_days_of_a_period_are_those_on_which_lines_were_written(desk):
    for day in range(5):
        enter(desk, "results", on=date(2026, 11, 20) + timedelta(days=day), ref=str(day))
    found = lines(desk, "results", date(2026, 11, 21), date(2026, 11, 23))
    assert [line.ref for line in found] == ["1", "2", "3"]
    assert [line.ref for line in lines(desk, "results", None, date(2026, 11, 20))] == ["0"]


def test_a_line_of_fees_tells_when_the_money_was_handed_in_once_it_was(desk):
    paid = Payment("p-1", "d-000001", "f", NOW, 15_000, FeeMethod.CASH, "u-0001", "Lệ phí", "Ai Đó", "H36.50.05-261120-0001")
    with desk.write() as uow:
        uow.payments.add(paid)
        uow.commit()
    enter(desk, "fees", ref="p-1")
    assert "handed_in" not in lines(desk, "fees")[0].content
    with desk.write() as uow:
        uow.payments.add_count(CashCount("c-1", NOW + timedelta(days=3), "u-0001", "u-0002"))
        uow.commit()
    assert lines(desk, "fees")[0].content == COLUMNS | {"handed_in": (NOW + timedelta(days=3)).date().isoformat()}
    with desk.read() as uow:
        assert uow.logbooks.lines("fees", 2026, 1, first=1, count=1)[0].content["handed_in"]


@pytest.mark.parametrize("signed", list(Signed))
def test_the_register_of_dossiers_tells_how_the_receiver_signed(desk, signed):
    with desk.write() as uow:
        place = uow.logbooks.next_place("dossiers", 2026)
        uow.logbooks.add_line(place, "d-000001", TODAY)
        uow.commit()
    (line,) = lines(desk, "dossiers")
    assert (line.signed, line.returned_at, line.content, line.ref) == ("", None, None, None)
    back = HandedBack(NOW, ReceiverKind.APPLICANT, "Ai Đó", signed=signed)
    with desk.write() as uow:
        uow.dossiers.update(replace(uow.dossiers.get("d-000001"), handed_back=back, returned_at=NOW))
        uow.commit()
    (line,) = lines(desk, "dossiers")
    assert (line.signed, line.returned_at) == (signed.value, NOW)


def test_processes_that_race_never_get_the_same_ordinal_in_any_register(url):
    desk = opened(url)
    fill(desk, dossier(1))
    workers = [worker.start("enter_registers", url, n, 12) for n in (1, 2, 3)]
    for each in workers:
        each.stdin.write("go\n")
        each.stdin.flush()
    told = defaultdict(list)
    for each in workers:
        for row in worker.finish(each).splitlines():
            book, ordinal = row.split("\t")
            told[book].append(int(ordinal))
    assert {book: sorted(ordinals) for book, ordinals in told.items()} == {book: list(range(1, 37)) for book in known_books()}
    for book in known_books():
        stored = lines(desk, book)
        assert [line.place.ordinal for line in stored] == list(range(1, 37))
        assert len({line.ref for line in stored}) == 36
    desk.close()
