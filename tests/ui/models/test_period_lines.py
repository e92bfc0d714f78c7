"""Both sides' figures as two tables, and the periods that are offered."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.services.line.day_counts import DayCompared, DayTotals, PeriodCompared
from ui.models.period_lines import CodeLine, SumLine, code_lines, periods, sum_lines

DAY, LATER = date(2026, 11, 19), date(2026, 11, 20)


def day(on, here, there, **members):
    return DayCompared(on, DayTotals(sum(here.values()), here), DayTotals(sum(there.values()), there), match=here == there, **members)


def test_sums_stand_by_state_and_the_whole_is_last(translation):
    found = PeriodCompared((day(DAY, {"2": 3, "10": 1}, {"2": 3, "10": 1}), day(LATER, {"4": 2}, {"2": 1, "11": 1})))
    assert sum_lines(found) == [
        SumLine("Received", 3, 4), SumLine("Processing", 2, 0), SumLine("Returned", 1, 1), SumLine("11", 0, 1), SumLine("All dossiers", 6, 6)]
    assert [line.differs for line in sum_lines(found)] == [True, True, False, True, False]


def test_an_empty_period_has_one_line(translation):
    assert sum_lines(PeriodCompared()) == [SumLine("All dossiers", 0, 0)]


def test_dossiers_that_differ_stand_with_the_newest_day_first(translation):
    older = day(DAY, {"2": 1}, {}, here_only=("H-1",))
    newer = day(LATER, {"2": 1}, {"4": 2}, there_only=("H-3",), different=(("H-2", "2", "4"),))
    assert code_lines(PeriodCompared((older, newer))) == [
        CodeLine(LATER, "H-2", "here Received, at the province Processing"), CodeLine(LATER, "H-3", "only at the province"),
        CodeLine(DAY, "H-1", "only on this PC")]


def test_the_periods_are_those_of_the_reports(translation):
    assert [(words, period.start, period.end) for words, period in periods(date(2026, 11, 20))] == [
        ("Month 12/2026 (15/11/2026 – 14/12/2026)", date(2026, 11, 15), date(2026, 11, 20)),
        ("Month 11/2026 (15/10/2026 – 14/11/2026)", date(2026, 10, 15), date(2026, 11, 14)),
        ("Quarter 4/2026 (15/09/2026 – 14/12/2026)", date(2026, 9, 15), date(2026, 11, 20)),
        ("Year 2026 (15/12/2025 – 14/12/2026)", date(2025, 12, 15), date(2026, 11, 20))]


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_no_period_has_days_to_come_or_none_at_all(today):
    for _, period in periods(today):
        assert period.start <= period.end <= today


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_words_are_there_in_both_languages(translation, language):
    translation.choose(language)
    assert len({words for words, _ in periods(LATER)}) == 4
