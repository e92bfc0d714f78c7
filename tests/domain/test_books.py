"""The registers as data: every column sits on the paper, every title fits its head, versions begin when the law says."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from counter_app.domain.books import (
    PERMANENT,
    RESULTS_BOOK,
    book_named,
    is_register,
    known_books,
    register_in_force,
    root_of,
)
from counter_app.domain.certification import registers as certification_registers
from counter_app.domain.dossier import BookPlace
from counter_app.domain.moments import VIETNAM, local
from counter_app.domain.money import FEES_BOOK
from counter_app.domain.registers import DOSSIER_BOOK, BookLine
from counter_app.printing.book_table import LEFT, RIGHT, WIDTH

TODAY = date(2026, 11, 20)
COMMANDS = ("dossiers", "SCT/BS", "SCT/CK,ĐC", "SCT/CKND", "SCT/GD", "fees", "results", "digitised")
"""The books of the headless commands."""
KINDS = {"text", "day", "moment", "number", "money"}


def line(**changes):
    made = {"place": BookPlace("fees", 2026, 2, 17), "dossier_id": "d", "code": "H36.50.05-261120-0001", "procedure_name": "Khai sinh", "sets": 2,
            "applicant": "Trần Thị Ví Dụ", "address": "Thôn Mẫu 3", "phone": "0900 000 012", "handled_by": "UBND xã",
            "received_at": local(2026, 11, 20, 9, 42), "due_at": None, "returned_at": None, "delivery": "desk", "signed": "", "note": ""}
    return BookLine(**made | changes)


def test_every_promised_book_is_a_register_and_every_certification_number_has_one():
    assert set(COMMANDS) <= set(known_books())
    assert set(certification_registers()) <= set(known_books())
    assert {DOSSIER_BOOK, FEES_BOOK, RESULTS_BOOK} <= set(known_books())
    assert known_books()[0] == DOSSIER_BOOK


@pytest.mark.parametrize("book", known_books())
def test_a_register_fits_its_paper_and_says_where_it_comes_from(book):
    register = register_in_force(book, TODAY)
    assert sum(column.width for column in register.columns) == pytest.approx(WIDTH - LEFT - RIGHT)
    assert len({column.key for column in register.columns}) == len(register.columns)
    assert register.columns[0].key == "ordinal"
    assert {column.kind for column in register.columns} <= KINDS
    assert {column.align for column in register.columns} <= {"left", "centre", "right"}
    assert all((register.title, register.tab, register.source, *register.signature))
    assert register.confidence in {"high", "medium", "own"}
    assert (register.kept == PERMANENT) == (book in certification_registers())
    named = {name for each in register.sums for name in (each.column, each.by) if name}
    assert named <= {each.key for each in register.columns}


@pytest.mark.parametrize("book", known_books())
def test_columns_of_a_group_stand_side_by_side(book):
    register = register_in_force(book, TODAY)
    for title, first, after in register.groups:
        assert {column.group for column in register.columns[first:after]} == {title}


@pytest.mark.parametrize(("book", "day", "sign", "law"), [
    ("SCT/GD", date(2025, 10, 26), "SCT/HĐ,GD", "23/2015"), ("SCT/GD", date(2025, 10, 27), "SCT/GD", "280/2025"),
    ("SCT/CK,ĐC", TODAY, "SCT/CK, ĐC", "280/2025"), ("dossiers", date(2025, 9, 14), "", "TT 01/2018"),
    ("dossiers", date(2025, 9, 15), "", "TT 03/2025"), ("dossiers", date(1999, 1, 1), "", "TT 01/2018"),
    ("dossiers/hộ tịch", TODAY, "", "Mẫu số 07")])
def test_sign_and_law_are_those_of_the_day(book, day, sign, law):
    register = register_in_force(book, day)
    assert register.sign == sign
    assert law in register.legal_reference


@pytest.mark.parametrize(("written", "book"), [
    ("SCT/CK, ĐC", "SCT/CK,ĐC"), ("sct/bs", "SCT/BS"), ("SCT/HĐ,GD", "SCT/GD"), ("SCT/CK,\u0110C", "SCT/CK,ĐC"), ("fees", "fees"),
    ("dossiers/hộ tịch", "dossiers/hộ tịch"), ("sổ lạ", "sổ lạ"), ("", "")])
def test_a_book_is_known_by_its_name_and_by_any_sign_it_had(written, book):
    assert book_named(written) == book


def test_runs_of_numbers_of_forms_are_no_registers():
    assert not is_register("forms/02")
    assert not is_register("")
    assert (root_of("dossiers/đất đai"), root_of("SCT/BS")) == ("dossiers", "SCT/BS")
    with pytest.raises(KeyError):
        register_in_force("forms/02", TODAY)


def test_a_line_of_dossiers_shows_the_dossier_and_its_address_in_one_column():
    values = register_in_force("dossiers", TODAY).values(line(place=BookPlace("dossiers", 2026, 1, 3), signed="book"))
    assert values == (3, "H36.50.05-261120-0001", "Khai sinh", 2, "Trần Thị Ví Dụ", "Thôn Mẫu 3\n0900 000 012", "UBND xã",
                      local(2026, 11, 20, 9, 42), None, None, "desk", "book", "")


def test_any_other_line_shows_what_was_written_then():
    content = {"date": "2026-11-20", "code": "c", "payer": "Ai", "fee": "Lệ phí", "quantity": 3, "unit_price_vnd": 5000, "amount_vnd": -15000,
               "method": "cash", "receipt": "", "exempt_reason": "", "collector": "Đơn", "handed_in": "2026-11-21"}
    values = register_in_force("fees", TODAY).values(line(content=content))
    assert values[:2] == (17, date(2026, 11, 20))
    assert (values[7], values[12]) == (-15000, date(2026, 11, 21))
    later = register_in_force("results", TODAY).values(line(content={"at": "2026-11-20T10:30:00"}))
    assert later[1] == datetime(2026, 11, 20, 10, 30, tzinfo=VIETNAM)
    assert later[2:] == (None,) * 8
