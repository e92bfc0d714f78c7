"""A table of a report: every figure knows its dossiers, the total is the sum of the rows, what is kept is read back as it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.moments import local
from counter_app.domain.report_cases import Case
from counter_app.domain.report_periods import Period
from counter_app.domain.report_tally import Tally, differences, field_of

PERIOD = Period(local(2026, 10, 15).date(), local(2026, 11, 14).date())
MARKS = st.lists(st.sampled_from(["c3", "c4", "c5", "c6"]), min_size=1, max_size=3, unique=True).map(tuple)
ROWS = st.sampled_from(["Hộ tịch", "Chứng thực", "Đất đai"])
DOSSIERS = st.dictionaries(st.integers(1, 60), st.tuples(ROWS, MARKS), max_size=25)


def tally_of(dossiers):
    tally = Tally()
    for number, (row, marks) in dossiers.items():
        tally.put(row, marks, number)
    return tally


@given(DOSSIERS)
def test_every_figure_is_the_count_of_its_dossiers(dossiers):
    tally = tally_of(dossiers)
    for row in (None, *tally.rows()):
        for column, figure in tally.counts(row).items():
            behind = tally.numbers(row, column)
            assert len(behind) == figure
            assert behind == sorted(number for number, (name, marks) in dossiers.items() if row in {None, name} and column in marks)


@given(DOSSIERS)
def test_the_total_is_the_sum_of_the_rows(dossiers):
    tally = tally_of(dossiers)
    columns = {column for row in tally.rows() for column in tally.counts(row)}
    assert tally.counts() == {column: sum(tally.counts(row).get(column, 0) for row in tally.rows()) for column in columns}


@given(DOSSIERS)
def test_a_table_that_is_kept_as_json_is_read_back_as_it_was(dossiers):
    tally = tally_of(dossiers)
    again = Tally.from_plain(json.loads(json.dumps(tally.plain())))
    assert (again.places(), again.counts(), again.rows()) == (tally.places(), tally.counts(), tally.rows())
    assert again.plain() == tally.plain()


@given(DOSSIERS)
def test_each_dossier_stands_in_one_place(dossiers):
    assert tally_of(dossiers).places() == dossiers


@given(DOSSIERS, DOSSIERS)
def test_differences_tell_exactly_what_turns_one_table_into_the_other(before, now):
    found = differences(before, now)
    moved = dict(before)
    for number, was, is_ in found:
        assert moved.get(number) == was
        assert was != is_
        if is_ is None:
            del moved[number]
        else:
            moved[number] = is_
    assert moved == now
    assert [number for number, _, _ in found] == sorted(number for number, _, _ in found)
    assert differences(now, now) == []


def test_cases_are_counted_by_a_rule_and_by_rows_of_any_kind():
    cases = [
        Case(number, field, "1.004873", "direct", "received", local(2026, 11, 2)) for number, field in enumerate(
            ["Hộ tịch", "Đất đai", "Hộ tịch"], start=1)]
    tally = Tally.of(cases, lambda case, period: ("c3", "c5") if case.number != 2 else (), PERIOD)
    assert tally.places() == {1: ("Hộ tịch", ("c3", "c5")), 3: ("Hộ tịch", ("c3", "c5"))}
    assert tally.rows() == ["Hộ tịch"], "a row without a dossier is none"
    by_number = Tally.of(cases, lambda case, period: ("c3",), PERIOD, row_of=lambda case: str(case.number))
    assert by_number.rows() == ["1", "2", "3"]
    assert field_of(cases[1]) == "Đất đai"


def test_an_empty_table_has_no_figures():
    assert (Tally().rows(), Tally().counts(), Tally().numbers(None, "c3"), Tally().plain()) == ([], {}, [], [])


@pytest.mark.parametrize("stored", [
    [{"row": "Hộ tịch", "columns": "c3", "dossiers": [1]}], [{"row": "Hộ tịch", "columns": ["c3"], "dossiers": 1}]])
def test_a_kept_table_of_another_shape_is_no_table(stored):
    with pytest.raises(TypeError):
        Tally.from_plain(stored)
