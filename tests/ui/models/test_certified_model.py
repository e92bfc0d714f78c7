"""What the tables of the certification counter say: lines being typed, the visits of a day, what of them still stands."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.certification import CertificationKind, rule_of
from counter_app.domain.dossier import BookPlace
from counter_app.services.certification.acts import StrikeNumber
from tests.builders import CLERK
from tests.services.certifying import certifying_desk, copy, line, visit
from ui.models.certified import (
    LINE_WIDTHS,
    NAME,
    REPRINT,
    STRIKE,
    VISIT_WIDTHS,
    TypedLine,
    figures,
    kind_word,
    line_columns,
    pages_word,
    papers_words,
    visit_columns,
)


def visits(*lines, **changes):
    desk = certifying_desk()
    desk.certification.certify(visit(*lines, **changes), CLERK)
    return desk, desk.certification.today(CLERK).visits


def row(columns, value):
    return [column.text(value) for column in columns]


@given(st.integers(0, 10**10))
def test_amounts_are_read_by_thousands(amount):
    shown = figures(amount)
    assert int(shown.replace(".", "")) == amount
    assert all(len(group) == 3 for group in shown.split(".")[1:])
    assert 1 <= len(shown.split(".")[0]) <= 3


def test_every_kind_has_a_word_of_its_own():
    assert len({kind_word(kind) for kind in CertificationKind}) == len(CertificationKind)


@pytest.mark.parametrize("kind", CertificationKind)
def test_pages_are_told_of_copies_alone(kind):
    assert pages_word(replace(line(kind), pages=7)) == ("7" if kind is CertificationKind.COPY else "–")


@pytest.mark.parametrize(("amount", "place", "shown"), [
    (None, None, ("–", "")), (4_000, None, ("4.000", "")), (0, BookPlace("SCT/BS", 2026, 1, 152), ("0", "152"))])
def test_a_line_says_what_is_known_of_it(amount, place, shown):
    told = row(line_columns(), TypedLine(2, copy("Thẻ căn cước", 2, 3), amount, place))
    assert (told[0], told[NAME], told[3], told[4]) == ("3", "Thẻ căn cước", "2", "3")
    assert (told[5], told[6]) == shown
    assert told[7] == "SCT/BS"


@pytest.mark.parametrize("kind", CertificationKind)
def test_the_book_is_that_of_the_kind_as_it_is_printed(kind):
    assert row(line_columns(), TypedLine(0, line(kind), None, None))[-1] == rule_of(kind).register.replace(",", ", ")


def test_each_column_has_its_width():
    assert (len(line_columns()), len(visit_columns())) == (len(LINE_WIDTHS), len(VISIT_WIDTHS))


def test_a_visit_says_who_what_and_how_much():
    _, (seen,) = visits(copy("Thẻ căn cước", 2, 3), copy("Bằng tốt nghiệp"), line("signature", copies=2))
    told = row(visit_columns(), seen)
    assert told[1] == "Trần Thị Ví Dụ"
    assert papers_words(seen) == told[2] == "2 papers, 4 copies · 2 signature"
    assert told[3] == f"{figures(seen.amount_vnd)} đ"
    assert (told[REPRINT], told[STRIKE]) == ("Reprint", "Strike…")
    assert told[4] == ""


def test_what_waits_to_be_signed_says_so():
    _, (seen,) = visits(copy(), signed=False)
    assert row(visit_columns(), seen)[4] == "to be signed"
    assert visit_columns()[4].look(seen).badge.word == "to be signed"


@pytest.mark.parametrize("kind", ["transaction", "amend", "cancel", "correct"])
def test_acts_on_contracts_are_counted_by_the_act_not_by_their_copies(kind):
    _, (seen,) = visits(line(kind, "Hợp đồng", copies=3))
    assert papers_words(seen).startswith("1 ")


def test_a_visit_of_which_nothing_stands_is_struck_and_offers_nothing():
    desk, (seen,) = visits(copy())
    for number in seen.standing:
        desk.certified.strike(StrikeNumber(number.certification_id, "nhầm"), CLERK)
    (after,) = desk.certification.today(CLERK).visits
    told = row(visit_columns(), after)
    assert (told[2], told[REPRINT], told[STRIKE]) == ("struck", "", "")
    assert visit_columns()[1].look(after).struck


def test_of_several_numbers_those_that_stand_are_told():
    desk, (seen,) = visits(copy("Thẻ căn cước", copies=3), copy("Bằng tốt nghiệp", copies=5))
    desk.certified.strike(StrikeNumber(seen.standing[0].certification_id, "nhầm"), CLERK)
    (after,) = desk.certification.today(CLERK).visits
    assert papers_words(after) == "1 papers, 5 copies"
    assert visit_columns()[1].look(after) is None
