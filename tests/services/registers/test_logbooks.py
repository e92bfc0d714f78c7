"""The registers: pages, volumes, the closing of a year, struck lines."""

import json
from datetime import date

import pytest

from counter_app.domain.books import known_books, register_in_force
from counter_app.domain.dossier import BookPlace
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import local
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.acts.supplements import RequestSupplement
from counter_app.services.registers.logbooks import LINES_PER_PAGE
from tests.builders import CLERK, HEAD, INSPECTOR, command, fake_desk
from tests.services.certifying import certifying_desk, copy, line, visit


def filled(count, **place):
    desk = fake_desk(local(2026, 12, 31, 9, 0), **place)
    for _ in range(count):
        desk.intake.receive(command(), CLERK)
    return desk


def test_a_page_holds_the_lines_of_the_bound_book():
    desk = filled(LINES_PER_PAGE * 2 + 3)
    pages = [desk.logbooks.page(DOSSIER_BOOK, 2026, 1, number, CLERK) for number in (1, 2, 3)]
    assert [len(page.lines) for page in pages] == [LINES_PER_PAGE, LINES_PER_PAGE, 3]
    assert [line.place.ordinal for page in pages for line in page.lines] == list(range(1, 20))
    assert {page.pages for page in pages} == {3}


@pytest.mark.parametrize(("asked", "shown"), [(0, 1), (-5, 1), (99, 2)])
def test_a_page_beyond_either_end_is_the_nearest(asked, shown):
    assert filled(9).logbooks.page(DOSSIER_BOOK, 2026, 1, asked, CLERK).page == shown


def test_an_empty_volume_has_no_pages():
    desk = filled(2)
    desk.logbooks.new_volume(DOSSIER_BOOK, 2026, HEAD)
    page = desk.logbooks.page(DOSSIER_BOOK, 2026, 2, 1, CLERK)
    assert (page.pages, page.lines, page.volume.first_ordinal) == (0, (), 3)


def test_ordinals_go_on_across_volumes():
    desk = filled(3)
    fresh = desk.logbooks.new_volume(DOSSIER_BOOK, 2026, HEAD)
    done = desk.intake.receive(command(), CLERK)
    assert (fresh.volume, fresh.first_ordinal, done.place) == (2, 4, BookPlace(DOSSIER_BOOK, 2026, 2, 4))
    volumes = desk.logbooks.volumes(DOSSIER_BOOK, 2026)
    assert [(volume.volume, volume.lines, volume.last_ordinal, volume.closed_on) for volume in volumes] == [
        (1, 3, 3, date(2026, 12, 31)), (2, 1, None, None)]
    assert desk.logbooks.page(DOSSIER_BOOK, 2026, 2, 1, CLERK).lines[0].place.ordinal == 4


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
        desk.logbooks.page(DOSSIER_BOOK, 2026, 1, 1, CLERK)


def test_a_struck_line_stays_with_its_reason():
    desk = filled(2)
    place = BookPlace(DOSSIER_BOOK, 2026, 1, 1)
    changes = desk.logbooks.strike(place, "  Nhập   trùng ", CLERK)
    lines = desk.logbooks.page(DOSSIER_BOOK, 2026, 1, 1, CLERK).lines
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


def test_registers_are_offered_as_they_are_in_force_today():
    registers = fake_desk().logbooks.registers()
    assert [register.book for register in registers] == list(known_books())
    assert {register.sign for register in registers} == {"", "SCT/BS", "SCT/CK, ĐC", "SCT/CKND", "SCT/GD", "SCTĐT/BS"}
    assert fake_desk(local(2025, 9, 1, 9, 0)).logbooks.registers()[4].sign == "SCT/HĐ,GD"


@pytest.mark.parametrize(("book", "code"), [("SCT/BS", "STRIKE_AS_NUMBER"), ("SCT/CK,ĐC", "STRIKE_AS_NUMBER"), ("fees", "STRIKE_AS_PAYMENT")])
def test_a_line_that_a_number_or_money_hangs_on_is_not_struck_alone(book, code):
    desk = certifying_desk()
    desk.certification.certify(visit(copy(), line("signature")), CLERK)
    with pytest.raises(RuleBrokenError, match=code):
        desk.logbooks.strike(BookPlace(book, 2026, 1, 1), "ghi nhầm", CLERK)
    assert desk.logbooks.page(book, 2026, 1, 1, CLERK).lines[0].struck_on is None


def test_a_line_of_results_is_struck_where_it_stands():
    desk = certifying_desk()
    desk.certification.certify(visit(copy(), signed=True), CLERK)
    desk.logbooks.strike(BookPlace("results", 2026, 1, 1), "ghi nhầm người", CLERK)
    assert desk.logbooks.page("results", 2026, 1, 1, CLERK).lines[0].struck_reason == "ghi nhầm người"


@pytest.mark.parametrize("book", ["forms/02", "sổ lạ", ""])
def test_what_is_no_register_is_neither_written_nor_closed_nor_continued(book, tmp_path):
    desk = fake_desk(local(2026, 12, 31, 9, 0))
    code = desk.intake.receive(command(), CLERK).code
    desk.life.perform(RequestSupplement(code, ("Tờ khai",), "thiếu"), CLERK)
    for act in (lambda: desk.logbooks.close_year(book, 2026, HEAD), lambda: desk.logbooks.new_volume(book, 2026, HEAD),
                lambda: desk.logbooks.export(book, 2026, tmp_path / "x.json", actor=HEAD),
                lambda: desk.logbooks.print_next(book, 2026, tmp_path / "x.pdf", actor=HEAD)):
        with pytest.raises(RuleBrokenError, match="BOOK_UNKNOWN"):
            act()


@pytest.mark.parametrize("book", ["SCT/BS", "fees", "results"])
def test_every_register_is_written_as_it_was_entered(book, tmp_path):
    desk = certifying_desk()
    desk.certification.certify(visit(copy("Bằng"), copy("Học bạ"), signed=True), CLERK)
    done = desk.logbooks.export(book, 2026, tmp_path / "book.json", actor=HEAD)
    written = json.loads((tmp_path / "book.json").read_text("utf-8"))
    stored = desk.logbooks.page(book, 2026, 1, 1, CLERK).lines
    assert done.lines == len(stored) == len(written["lines"])
    assert (written["title"], written["sign"]) == (register_in_force(book, date(2026, 11, 20)).title, register_in_force(book, date(2026, 11, 20)).sign)
    for told, kept in zip(written["lines"], stored, strict=True):
        assert told.items() >= kept.content.items()
        assert (told["ordinal"], told["volume"], told["code"]) == (kept.place.ordinal, 1, kept.content.get("code", kept.code))
    assert written["burned"] == []


def test_the_closing_page_of_a_later_run_is_told_the_lines_before_it(tmp_path):
    desk = filled(LINES_PER_PAGE + 2)
    desk.logbooks.print_next(DOSSIER_BOOK, 2026, tmp_path / "first.pdf", actor=HEAD)
    assert list(desk.books.printed[-1].before) == [], "an open volume has no closing page"
    desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)
    desk.logbooks.print_next(DOSSIER_BOOK, 2026, tmp_path / "rest.pdf", actor=HEAD)
    assert [line.place.ordinal for line in desk.books.printed[-1].before] == list(range(1, LINES_PER_PAGE + 1))
