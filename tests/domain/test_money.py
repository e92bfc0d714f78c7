"""Money in whole đồng: prices of one piece, differences of a count, totals of a day; sums never depend on order or grouping."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dossier import FeeMethod
from counter_app.domain.moments import local
from counter_app.domain.money import MONEY_METHODS, CashCount, DayMoney, MethodTotal, Payment, by_method, total

AT = local(2026, 11, 20, 16, 30)
CASH, TRANSFER, PORTAL, EXEMPT = FeeMethod.CASH, FeeMethod.TRANSFER, FeeMethod.PORTAL, FeeMethod.EXEMPT
PAYMENT = Payment("p-1", "d-1", "f-1", AT, 15_000, CASH, "u-0001", "Lệ phí", "Trần Thị Ví Dụ", "H36.50.05-261120-0001")
AMOUNTS = st.integers(-10**9, 10**9)
SUMS = st.dictionaries(st.sampled_from(MONEY_METHODS), AMOUNTS)
TOTALS = st.lists(st.builds(
    MethodTotal, st.sampled_from(["u-0001", "u-0002"]), st.sampled_from(FeeMethod), st.integers(0, 50), AMOUNTS), max_size=12)


@pytest.mark.parametrize(("amount", "quantity", "price"), [
    (15_000, 1, 15_000), (16_000, 8, 2_000), (17_001, 8, 0), (0, 4, 0), (-16_000, 8, -2_000), (15_000, 0, 0), (2_001, 2, 0)])
def test_the_price_of_one_piece_is_told_only_where_there_is_one(amount, quantity, price):
    assert replace(PAYMENT, amount_vnd=amount, quantity=quantity).unit_price_vnd == price


@given(AMOUNTS, st.integers(0, 1000))
def test_a_price_times_its_pieces_is_the_amount_or_none_is_told(amount, quantity):
    price = replace(PAYMENT, amount_vnd=amount, quantity=quantity).unit_price_vnd
    assert price * quantity == amount or price == 0


@pytest.mark.parametrize(("series", "number", "written"), [
    ("BL/26E", "0000412", "BL/26E 0000412"), ("", "0000412", "0000412"), ("BL/26E", "", "BL/26E"), ("", "", "")])
def test_a_receipt_is_written_in_one_text(series, number, written):
    assert replace(PAYMENT, receipt_series=series, receipt_number=number).receipt == written


def count(expected, counted):
    return CashCount("k-1", AT, "u-0001", "u-0001", expected, counted)


@pytest.mark.parametrize(("expected", "counted", "difference", "agrees"), [
    ({}, {}, 0, True),
    ({CASH: 20_000}, {CASH: 20_000}, 0, True),
    ({CASH: 20_000}, {}, -20_000, False),
    ({}, {CASH: 500}, 500, False),
    ({CASH: 20_000, TRANSFER: 0}, {CASH: 20_000}, 0, True),
    ({CASH: 20_000, TRANSFER: 5_000}, {CASH: 25_000}, 0, False),
    ({CASH: 20_000, PORTAL: 5_000}, {CASH: 20_000, PORTAL: 4_999}, -1, False),
])
def test_too_much_of_one_method_does_not_make_up_for_another(expected, counted, difference, agrees):
    made = count(expected, counted)
    assert (made.difference_vnd, made.agrees) == (difference, agrees)


@given(SUMS, SUMS)
def test_a_count_agrees_exactly_where_every_method_does(expected, counted):
    made = count(expected, counted)
    assert made.agrees == all(expected.get(method, 0) == counted.get(method, 0) for method in MONEY_METHODS)
    assert made.difference_vnd == total(counted) - total(expected)
    if made.agrees:
        assert made.difference_vnd == 0
    assert count(counted, expected).difference_vnd == -made.difference_vnd


@given(TOTALS)
def test_sums_by_method_know_every_method_and_nothing_that_is_no_money(totals):
    sums = by_method(totals)
    assert list(sums) == list(MONEY_METHODS)
    for method in MONEY_METHODS:
        assert sums[method] == sum(each.amount_vnd for each in totals if each.method is method)
    assert by_method(reversed(totals)) == sums


@given(TOTALS, st.integers(0, 12))
def test_sums_of_parts_are_the_sum_of_all(totals, at):
    first, second = by_method(totals[:at]), by_method(totals[at:])
    assert {method: first[method] + second[method] for method in MONEY_METHODS} == by_method(totals)


@given(TOTALS)
def test_a_day_counts_its_waived_lines_and_sums_the_others(totals):
    day = DayMoney(date(2026, 11, 20), tuple(totals))
    assert day.exempt == sum(each.payments for each in totals if each.method is EXEMPT)
    assert total(day.by_method) == sum(each.amount_vnd for each in totals if each.method in MONEY_METHODS)


def test_a_method_that_is_missing_is_nothing():
    assert total({}) == 0
    assert by_method([MethodTotal("u-0001", FeeMethod.UNPAID, 3, 45_000)]) == dict.fromkeys(MONEY_METHODS, 0)
