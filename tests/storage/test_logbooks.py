"""Registers: ordinals without gaps through the year, across volumes; struck lines stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.dossier import BookPlace
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.registers import DOSSIER_BOOK, BookVolume
from tests.storage.samples import NOW, TODAY, dossier, fill, full_dossier

BOOK = DOSSIER_BOOK


def enter(database, *numbers, book=BOOK, year=2026, on=TODAY):
    """Enter dossiers into the book, one transaction each, and return their places."""
    places = []
    for n in numbers:
        with database.write() as uow:
            places.append(uow.logbooks.next_place(book, year))
            uow.dossiers.add(dossier(n, place=places[-1], received_at=NOW + timedelta(days=n)))
            uow.logbooks.add_line(places[-1], f"d-{n:06d}", on)
            uow.commit()
    return places


def test_a_new_year_begins_with_volume_one(database):
    assert enter(database, 1, 2, 3) == [BookPlace(BOOK, 2026, 1, n) for n in (1, 2, 3)]
    assert enter(database, 4, year=2027, on=date(2027, 1, 4)) == [BookPlace(BOOK, 2027, 1, 1)]
    assert enter(database, 5, book="dossiers/hộ tịch") == [BookPlace("dossiers/hộ tịch", 2026, 1, 1)]
    with database.read() as uow:
        assert uow.logbooks.volumes(BOOK, 2026) == [BookVolume(BOOK, 2026, 1, "", TODAY, 1, 3)]
        assert uow.logbooks.volumes(BOOK, 2025) == []


def test_looking_at_the_next_place_writes_nothing(database):
    with database.read() as uow:
        assert uow.logbooks.next_place(BOOK, 2026) == BookPlace(BOOK, 2026, 1, 1)
        assert uow.logbooks.volumes(BOOK, 2026) == []


def test_ordinals_run_on_through_the_next_volume(database):
    enter(database, 1, 2)
    with database.write() as uow:
        closed = uow.logbooks.close_volume(BOOK, 2026, 1, TODAY)
        uow.logbooks.open_volume(BookVolume(BOOK, 2026, 2, "Sổ theo dõi hồ sơ", TODAY, closed.last_ordinal + 1))
        uow.commit()
    assert (closed.closed_on, closed.last_ordinal, closed.lines) == (TODAY, 2, 2)
    assert enter(database, 3, 4) == [BookPlace(BOOK, 2026, 2, 3), BookPlace(BOOK, 2026, 2, 4)]
    with database.read() as uow:
        assert [(v.volume, v.first_ordinal, v.last_ordinal, v.lines) for v in uow.logbooks.volumes(BOOK, 2026)] == [(1, 1, 2, 2), (2, 3, None, 2)]
        assert [line.place.ordinal for line in uow.logbooks.lines(BOOK, 2026, 2, first=1, count=9)] == [3, 4]
        assert [line.place.ordinal for line in uow.logbooks.all_lines(BOOK, 2026, None, None, None)] == [1, 2, 3, 4]


def test_an_empty_volume_that_opened_later_still_runs_on(database):
    with database.write() as uow:
        uow.logbooks.open_volume(BookVolume(BOOK, 2026, 1, "", TODAY, 101))
        assert uow.logbooks.next_place(BOOK, 2026).ordinal == 101
        assert uow.logbooks.close_volume(BOOK, 2026, 1, TODAY).last_ordinal == 100


def refusal(act):
    with pytest.raises(RuleBrokenError) as refused:
        act()
    return refused.value.code


def test_a_closed_book_takes_no_more(database):
    enter(database, 1)
    with database.write() as uow:
        uow.logbooks.close_volume(BOOK, 2026, 1, TODAY)
        assert refusal(lambda: uow.logbooks.next_place(BOOK, 2026)) == "BOOK_CLOSED"
        assert refusal(lambda: uow.logbooks.close_volume(BOOK, 2026, 1, TODAY)) == "VOLUME_CLOSED"
        assert refusal(lambda: uow.logbooks.close_volume(BOOK, 2026, 2, TODAY)) == "VOLUME_UNKNOWN"


def test_a_place_is_given_once(database):
    (place,) = enter(database, 1)
    with database.write() as uow:
        assert refusal(lambda: uow.logbooks.add_line(place, "d-000002", TODAY)) == "PLACE_TAKEN"


def test_a_struck_line_stays_with_its_reason_and_its_number_is_not_used_again(database):
    first, second = enter(database, 1, 2)
    with database.write() as uow:
        uow.logbooks.strike(second, "nhập nhầm người", TODAY)
        assert uow.logbooks.next_place(BOOK, 2026).ordinal == 3
        assert refusal(lambda: uow.logbooks.strike(second, "lần nữa", TODAY)) == "LINE_STRUCK"
        assert refusal(lambda: uow.logbooks.strike(replace(first, ordinal=9), "", TODAY)) == "LINE_UNKNOWN"
        assert refusal(lambda: uow.logbooks.strike(replace(first, volume=2), "", TODAY)) == "LINE_UNKNOWN"
        uow.commit()
    with database.read() as uow:
        lines = uow.logbooks.lines(BOOK, 2026, 1, first=1, count=9)
    assert [(line.struck_reason, line.struck_on) for line in lines] == [("", None), ("nhập nhầm người", TODAY)]


def test_the_columns_of_a_line(database):
    whole = full_dossier(1)
    fill(database, whole)
    with database.write() as uow:
        uow.logbooks.add_line(whole.place, whole.dossier_id, TODAY)
        (line,) = uow.logbooks.lines(BOOK, 2026, 1, first=1, count=5)
    assert (line.place, line.dossier_id, line.code, line.procedure_name, line.sets) == (
        whole.place, whole.dossier_id, whole.code, whole.procedure_name, whole.sets)
    assert (line.applicant, line.address, line.phone, line.handled_by) == (
        whole.applicant.full_name, whole.applicant.address, whole.applicant.phone, whole.handled_by)
    assert (line.received_at, line.due_at, line.returned_at, line.delivery, line.signed, line.note) == (
        whole.received_at, whole.due_at, whole.returned_at, "postal", "", whole.note)


def test_pages_and_periods_of_a_book(database):
    enter(database, *range(1, 8))
    with database.read() as uow:
        assert [line.place.ordinal for line in uow.logbooks.lines(BOOK, 2026, 1, first=3, count=2)] == [3, 4]
        start = (NOW + timedelta(days=2)).date()
        period = uow.logbooks.all_lines(BOOK, 2026, 1, start, start + timedelta(days=2))
        assert [line.dossier_id for line in period] == ["d-000002", "d-000003", "d-000004"]
        assert [line.place.ordinal for line in uow.logbooks.all_lines(BOOK, 2026, None, None, start)] == [1, 2]
        assert list(uow.logbooks.all_lines(BOOK, 2026, 2, None, None)) == []
        for part in ((1, start, start + timedelta(days=2)), (None, None, start), (2, None, None), (None, None, None)):
            assert uow.logbooks.count_lines(BOOK, 2026, *part) == len(list(uow.logbooks.all_lines(BOOK, 2026, *part)))


def test_printed_pages_only_grow(database):
    enter(database, 1)
    with database.write() as uow:
        for page in (3, 2):
            uow.logbooks.note_printed(BOOK, 2026, 1, page)
        assert uow.logbooks.volumes(BOOK, 2026)[0].printed_through == 3


def test_the_years_of_a_book_are_those_with_a_volume(database):
    with database.write() as uow:
        for year in (2026, 2013, 2025):
            uow.logbooks.open_volume(BookVolume(BOOK, year, 1, "", date(year, 1, 2), 1))
        uow.logbooks.open_volume(BookVolume(BOOK, 2026, 2, "", TODAY, 1))
        uow.commit()
    with database.read() as uow:
        assert uow.logbooks.years(BOOK) == [2013, 2025, 2026]
        assert uow.logbooks.years("another book") == []


def test_a_line_is_found_by_what_it_is_about_as_long_as_it_may_be_struck(database):
    with database.write() as uow:
        places = [uow.logbooks.next_place(BOOK, 2026)]
        uow.logbooks.add_line(places[0], "d-1", TODAY, ref="op-1")
        places.append(uow.logbooks.next_place(BOOK, 2026))
        uow.logbooks.add_line(places[1], "d-1", TODAY, ref="op-2")
        found = uow.logbooks.standing_line
        assert [found(BOOK, "d-1", ref) for ref in ("op-1", "op-2", "op-3")] == [*places, None]
        assert found(BOOK, "d-2", "op-1") is found("other", "d-1", "op-1") is None
        uow.logbooks.strike(places[0], "quét nhầm", TODAY)
        assert [found(BOOK, "d-1", ref) for ref in ("op-1", "op-2")] == [None, places[1]]
        uow.logbooks.close_volume(BOOK, 2026, 1, TODAY)
        assert found(BOOK, "d-1", "op-2") is None, "what was closed and signed stays as it is"
