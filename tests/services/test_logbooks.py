"""The registers: pages, volumes, the closing of a year, struck lines."""

from datetime import date

import pytest

from counter_app.domain.dossier import BookPlace
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import local
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.logbooks import LINES_PER_PAGE
from tests.builders import CLERK, HEAD, INSPECTOR, command, fake_desk


def filled(count, **place):
    desk = fake_desk(local(2026, 12, 31, 9, 0), **place)
    for _ in range(count):
        desk.intake.receive(command(), CLERK)
    return desk


def test_a_page_holds_the_lines_of_the_bound_book():
    desk = filled(LINES_PER_PAGE * 2 + 3)
    pages = [desk.logbooks.page(DOSSIER_BOOK, 2026, 1, number) for number in (1, 2, 3)]
    assert [len(page.lines) for page in pages] == [LINES_PER_PAGE, LINES_PER_PAGE, 3]
    assert [line.place.ordinal for page in pages for line in page.lines] == list(range(1, 20))
    assert {page.pages for page in pages} == {3}


@pytest.mark.parametrize(("asked", "shown"), [(0, 1), (-5, 1), (99, 2)])
def test_a_page_beyond_either_end_is_the_nearest(asked, shown):
    assert filled(9).logbooks.page(DOSSIER_BOOK, 2026, 1, asked).page == shown


def test_an_empty_volume_has_no_pages():
    desk = filled(2)
    desk.logbooks.new_volume(DOSSIER_BOOK, 2026, HEAD)
    page = desk.logbooks.page(DOSSIER_BOOK, 2026, 2, 1)
    assert (page.pages, page.lines, page.volume.first_ordinal) == (0, (), 3)


def test_ordinals_go_on_across_volumes():
    desk = filled(3)
    fresh = desk.logbooks.new_volume(DOSSIER_BOOK, 2026, HEAD)
    done = desk.intake.receive(command(), CLERK)
    assert (fresh.volume, fresh.first_ordinal, done.place) == (2, 4, BookPlace(DOSSIER_BOOK, 2026, 2, 4))
    volumes = desk.logbooks.volumes(DOSSIER_BOOK, 2026)
    assert [(volume.volume, volume.lines, volume.last_ordinal, volume.closed_on) for volume in volumes] == [
        (1, 3, 3, date(2026, 12, 31)), (2, 1, None, None)]
    assert desk.logbooks.page(DOSSIER_BOOK, 2026, 2, 1).lines[0].place.ordinal == 4


def test_an_empty_volume_is_not_closed_for_another():
    desk = filled(1)
    desk.logbooks.new_volume(DOSSIER_BOOK, 2026, HEAD)
    with pytest.raises(RuleBrokenError, match="VOLUME_EMPTY"):
        desk.logbooks.new_volume(DOSSIER_BOOK, 2026, HEAD)


def test_a_year_closes_with_its_totals():
    desk = filled(5)
    desk.logbooks.new_volume(DOSSIER_BOOK, 2026, HEAD)
    desk.intake.receive(command(), CLERK)
    volumes = desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)
    assert [(volume.lines, volume.last_ordinal) for volume in volumes] == [(5, 5), (1, 6)]
    assert all(volume.closed_on == date(2026, 12, 31) for volume in volumes)
    assert (desk.state.audit[-1].action, desk.state.audit[-1].subject) == ("book.year_closed", "dossiers/2026/2")
    with pytest.raises(RuleBrokenError, match="BOOK_CLOSED"):
        desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)


def test_a_year_is_not_closed_before_its_last_day():
    desk = fake_desk(local(2026, 12, 30, 16, 0))
    desk.intake.receive(command(), CLERK)
    with pytest.raises(RuleBrokenError, match="YEAR_NOT_OVER"):
        desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)
    desk.clock.moment = local(2027, 1, 4, 8, 0)
    assert desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)[0].closed_on == date(2027, 1, 4)
    assert desk.intake.receive(command(), CLERK).place.year == 2027


def test_a_book_without_a_line_is_unknown():
    desk = filled(0)
    for act in (desk.logbooks.close_year, desk.logbooks.new_volume):
        with pytest.raises(RuleBrokenError, match="BOOK_UNKNOWN"):
            act("SCT/BS", 2026, HEAD)
    assert desk.logbooks.volumes("SCT/BS", 2026) == []
    with pytest.raises(RuleBrokenError, match="VOLUME_UNKNOWN"):
        desk.logbooks.page(DOSSIER_BOOK, 2026, 1, 1)


def test_a_struck_line_stays_with_its_reason():
    desk = filled(2)
    place = BookPlace(DOSSIER_BOOK, 2026, 1, 1)
    changes = desk.logbooks.strike(place, "  Nhập   trùng ", CLERK)
    lines = desk.logbooks.page(DOSSIER_BOOK, 2026, 1, 1).lines
    assert [(line.struck_reason, line.struck_on) for line in lines] == [("Nhập trùng", date(2026, 12, 31)), ("", None)]
    assert changes.names == {"books"}
    assert desk.intake.receive(command(), CLERK).place.ordinal == 3, "its number is not given again"
    assert "trùng" not in str(desk.state.audit), "a reason may name a person"


@pytest.mark.parametrize(("reason", "code"), [("", "REASON_EMPTY"), (" \u200b ", "REASON_EMPTY"), ("x" * 301, "TEXT_TOO_LONG")])
def test_striking_needs_a_reason(reason, code):
    with pytest.raises(RuleBrokenError, match=f"{code}@reason"):
        filled(1).logbooks.strike(BookPlace(DOSSIER_BOOK, 2026, 1, 1), reason, CLERK)


def test_a_closed_volume_is_left_as_it_is():
    desk = filled(1)
    desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)
    with pytest.raises(RuleBrokenError, match="STRIKE_IN_CLOSED"):
        desk.logbooks.strike(BookPlace(DOSSIER_BOOK, 2026, 1, 1), "Nhập trùng", CLERK)


def test_who_may_do_what():
    desk = filled(1)
    for act in (desk.logbooks.close_year, desk.logbooks.new_volume):
        with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
            act(DOSSIER_BOOK, 2026, CLERK)
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        desk.logbooks.strike(BookPlace(DOSSIER_BOOK, 2026, 1, 1), "Nhập trùng", INSPECTOR)
