"""Registers as files: by suffix, complete or not at all, reprints marked, runs that go on where the last one ended."""

import json
from datetime import date

import pytest

from counter_app.domain.books import known_books
from counter_app.domain.dossier import BookPlace
from counter_app.domain.errors import RuleBrokenError, SurroundingsError, failed
from counter_app.domain.moments import local
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.registers.logbooks import LINES_PER_PAGE
from tests.builders import CLERK, HEAD, INSPECTOR, command, fake_desk
from tests.fakes import FakeBookPrinter


def filled(count):
    desk = fake_desk(local(2026, 12, 31, 9, 0))
    for _ in range(count):
        desk.intake.receive(command(), CLERK)
    return desk


def test_json_holds_every_column(tmp_path):
    desk = filled(3)
    desk.logbooks.strike(BookPlace(DOSSIER_BOOK, 2026, 1, 2), "Nhập trùng", CLERK)
    done = desk.logbooks.export(DOSSIER_BOOK, 2026, tmp_path / "book.json", actor=CLERK)
    book = json.loads((tmp_path / "book.json").read_text("utf-8"))
    assert (book["title"], book["year"], book["volume"], book["opened_on"], book["closed_on"]) == (
        "Sổ theo dõi hồ sơ", 2026, "01/2026", "2026-12-31", None)
    assert [(line["ordinal"], line["code"][-4:], line["struck_reason"]) for line in book["lines"]] == [
        (1, "0001", ""), (2, "0002", "Nhập trùng"), (3, "0003", "")]
    assert book["lines"][0]["received_at"] == "2026-12-31T09:00:00"
    assert (done.lines, done.first_page, done.last_page) == (3, 1, 1)


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx", ".PDF"])
def test_the_suffix_chooses_the_printer(tmp_path, suffix):
    desk = filled(LINES_PER_PAGE + 1)
    done = desk.logbooks.export(DOSSIER_BOOK, 2026, tmp_path / f"book{suffix}", actor=CLERK)
    book = desk.books.printed[0]
    assert (len(book.lines), book.volume_label, book.first_ordinal, book.with_cover, book.reprint, book.closed_on) == (
        LINES_PER_PAGE + 1, "01/2026", 1, True, False, None)
    assert (book.agency, book.commune) == ("Trung tâm Phục vụ hành chính công xã Đắk Mil", "Xã Đắk Mil")
    assert (done.last_page, (tmp_path / f"book{suffix}").exists()) == (2, True)


def test_days_limit_the_lines_and_leave_the_cover_away(tmp_path):
    desk = fake_desk(local(2026, 11, 19, 9, 0))
    for day in (19, 20, 23):
        desk.clock.moment = local(2026, 11, day, 9, 0)
        desk.intake.receive(command(), CLERK)
    desk.logbooks.export(DOSSIER_BOOK, 2026, tmp_path / "x.pdf", actor=CLERK, start=date(2026, 11, 20), end=date(2026, 11, 20))
    book = desk.books.printed[0]
    assert ([line.place.ordinal for line in book.lines], book.first_ordinal, book.with_cover) == ([2], 2, False)


def test_a_closed_book_names_its_burned_numbers(tmp_path):
    desk = fake_desk(local(2026, 12, 31, 9, 0))
    desk.database.fault = failed("DISK_FULL", path="x")
    with pytest.raises(SurroundingsError):
        desk.intake.receive(command(), CLERK)
    desk.intake.receive(command(), CLERK)
    desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)
    desk.logbooks.export(DOSSIER_BOOK, 2026, tmp_path / "x.pdf", actor=CLERK)
    book = desk.books.printed[0]
    assert (book.closed_on, book.burned) == (date(2026, 12, 31), ("H36.50.05-261231-0001",))


def test_volumes_go_together_or_one_by_one(tmp_path):
    desk = filled(2)
    desk.logbooks.new_volume(DOSSIER_BOOK, 2026, HEAD)
    desk.intake.receive(command(), CLERK)
    desk.logbooks.export(DOSSIER_BOOK, 2026, tmp_path / "all.pdf", actor=CLERK)
    desk.logbooks.export(DOSSIER_BOOK, 2026, tmp_path / "two.pdf", actor=CLERK, volume=2)
    assert [(book.volume_label, len(book.lines), book.first_ordinal) for book in desk.books.printed] == [("01–02/2026", 3, 1), ("02/2026", 1, 3)]
    with pytest.raises(RuleBrokenError, match="VOLUME_UNKNOWN"):
        desk.logbooks.export(DOSSIER_BOOK, 2026, tmp_path / "x.pdf", actor=CLERK, volume=3)


def test_a_print_run_goes_on_after_the_last_page(tmp_path):
    desk = filled(LINES_PER_PAGE * 2 + 1)
    first = desk.logbooks.print_next(DOSSIER_BOOK, 2026, tmp_path / "1.pdf", actor=CLERK)
    assert (first.first_page, first.last_page, first.lines) == (1, 2, 2 * LINES_PER_PAGE), "the page that is not full waits"
    with pytest.raises(RuleBrokenError, match="NOTHING_TO_PRINT"):
        desk.logbooks.print_next(DOSSIER_BOOK, 2026, tmp_path / "2.pdf", actor=CLERK)
    for _ in range(LINES_PER_PAGE):
        desk.intake.receive(command(), CLERK)
    second = desk.logbooks.print_next(DOSSIER_BOOK, 2026, tmp_path / "2.pdf", actor=CLERK)
    assert (second.first_page, second.last_page, second.lines) == (3, 3, LINES_PER_PAGE)
    books = desk.books.printed
    assert [(book.first_page, book.first_ordinal, book.with_cover) for book in books] == [(1, 1, True), (3, 2 * LINES_PER_PAGE + 1, False)]


def test_the_last_page_comes_with_the_closing(tmp_path):
    desk = filled(3)
    desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)
    done = desk.logbooks.print_next(DOSSIER_BOOK, 2026, tmp_path / "1.pdf", actor=CLERK)
    assert (done.lines, desk.books.printed[0].closed_on) == (3, date(2026, 12, 31))


def test_a_bound_page_is_printed_again_only_as_a_reprint(tmp_path):
    desk = filled(LINES_PER_PAGE)
    desk.logbooks.print_next(DOSSIER_BOOK, 2026, tmp_path / "1.pdf", actor=CLERK)
    desk.logbooks.export(DOSSIER_BOOK, 2026, tmp_path / "2.pdf", actor=CLERK)
    assert [book.reprint for book in desk.books.printed] == [False, True]


class BreakingPrinter(FakeBookPrinter):
    """Runs out of disk when half of the book is written."""

    def pdf(self, book, out):
        out.write_bytes(b"half")
        raise OSError(28, "No space left on device")


def test_a_broken_file_leaves_the_old_one_and_no_rubbish(tmp_path):
    desk = fake_desk(local(2026, 12, 31, 9, 0), books=BreakingPrinter())
    for _ in range(LINES_PER_PAGE):
        desk.intake.receive(command(), CLERK)
    (tmp_path / "x.pdf").write_bytes(b"old")
    for act in (desk.logbooks.export, desk.logbooks.print_next):
        with pytest.raises(SurroundingsError, match="DISK_FULL"):
            act(DOSSIER_BOOK, 2026, tmp_path / "x.pdf", actor=CLERK)
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]
    assert (tmp_path / "x.pdf").read_bytes() == b"old"
    assert desk.logbooks.volumes(DOSSIER_BOOK, 2026)[0].printed_through == 0


def test_exports_are_noted_and_refused_for_inspectors(tmp_path):
    desk = filled(1)
    desk.logbooks.export(DOSSIER_BOOK, 2026, tmp_path / "x.xlsx", actor=CLERK)
    noted = desk.state.audit[-1]
    assert (noted.action, noted.subject, noted.details) == ("book.exported", "dossiers/2026", {"lines": 1, "kind": "xlsx"})
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        desk.logbooks.export(DOSSIER_BOOK, 2026, tmp_path / "x.xlsx", actor=INSPECTOR)


def test_kinds_and_books_that_there_are_not(tmp_path):
    desk = filled(1)
    with pytest.raises(RuleBrokenError, match="FILE_KIND_UNKNOWN@out"):
        desk.logbooks.export(DOSSIER_BOOK, 2026, tmp_path / "x.docx", actor=CLERK)
    with pytest.raises(RuleBrokenError, match="FILE_KIND_UNKNOWN@out"):
        desk.logbooks.print_next(DOSSIER_BOOK, 2026, tmp_path / "x.xlsx", actor=CLERK)
    with pytest.raises(RuleBrokenError, match="BOOK_UNKNOWN"):
        desk.logbooks.export("SCT/XX", 2026, tmp_path / "x.pdf", actor=CLERK)
    with pytest.raises(RuleBrokenError, match="VOLUME_UNKNOWN"):
        desk.logbooks.export("SCT/BS", 2026, tmp_path / "x.pdf", actor=CLERK, volume=1)


@pytest.mark.parametrize("book", known_books())
def test_a_register_without_a_line_is_an_empty_book(book, tmp_path):
    desk = fake_desk()
    written = desk.logbooks.export(book, 2026, tmp_path / "x.json", actor=CLERK)
    assert (written.lines, written.first_page, written.last_page) == (0, 1, 0)
    kept = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert (kept["year"], kept["volume"], kept["lines"]) == (2026, "01/2026", [])
    assert kept["title"]
    assert kept["opened_on"] == "2026-11-20"
    assert desk.logbooks.years(book) == [], "looking at it opens no volume"
    desk.logbooks.export(book, 2025, tmp_path / "y.json", actor=CLERK)
    assert json.loads((tmp_path / "y.json").read_text("utf-8"))["opened_on"] == "2025-12-31"
