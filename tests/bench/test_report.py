"""The document that people read: ratios, limits, verdicts, and words for what was missed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.__main__ import how_to_repeat, read_arguments
from bench.measure import Spread, spread
from bench.report import Line, Table, limit, number, page, plain, row, section, verdict, written

FAST, SLOW = spread([1.0, 2.0, 9.0]), spread([10.0, 20.0, 90.0])


def test_the_ratio_is_of_the_medians():
    assert Line("slip", FAST, peer="other", beside=SLOW).ratio == 0.1
    assert Line("slip", 3.0, peer="other", beside=SLOW).ratio == 0.15
    assert Line("slip", FAST).ratio is None
    assert Line("slip", FAST, peer="other", beside=0.0).ratio is None, "nothing can be so many times nothing"


@pytest.mark.parametrize(("line", "met"), [
    (Line("no limit", FAST), None),
    (Line("ratio kept", FAST, beside=SLOW, ratio_at_most=0.1), True),
    (Line("ratio missed", FAST, beside=SLOW, ratio_at_most=0.09), False),
    (Line("p95 kept, at the limit", FAST, at_most=9), True),
    (Line("the median would keep it, the p95 does not", FAST, at_most=8.9), False),
    (Line("at least", 100.0, at_least=100), True),
    (Line("not enough", 95.0, at_least=100), False),
    (Line("one of two missed", FAST, beside=SLOW, ratio_at_most=0.5, at_most=5), False),
    (Line("a limit beside a peer that was not measured", FAST, ratio_at_most=0.5), None),
])
def test_limits_are_judged(line, met):
    assert line.met is met
    assert verdict(line) == {True: "yes", False: "**no**", None: "–"}[met]


@pytest.mark.parametrize(("value", "told"), [
    (0, "0"), (1, "1"), (2.0, "2"), (0.0123, "0.012"), (0.5, "0.50"), (2.1872, "2.19"), (14.73, "14.7"), (438.4, "438"), (1427, "1,427"),
    (19106.4, "19,106"), (1_000_000, "1,000,000"),
])
def test_numbers_have_the_digits_that_mean_something(value, told):
    assert number(value) == told


@given(st.floats(0.001, 1e7))
def test_a_written_number_is_near_the_number(value):
    assert float(number(value).replace(",", "")) == pytest.approx(value, rel=0.06, abs=0.0006)


def test_a_cell_has_median_and_95th_percentile():
    assert written(FAST, "ms") == "2 / 9 ms"
    assert written(12.0, "") == "12"
    assert written(None, "ms") == "–"


def test_a_limit_says_what_it_judges():
    assert limit(Line("a", FAST, at_most=20)) == "p95 ≤ 20 ms"
    assert limit(Line("a", 1.0, unit="", at_most=1)) == "≤ 1"
    assert limit(Line("a", FAST, ratio_at_most=1 / 3, at_least=2)) == "ratio ≤ 0.33, ≥ 2 ms"
    assert limit(Line("a", FAST)) == "–"


def test_a_row_names_the_peer_with_its_figure():
    line = Line("one slip", FAST, peer="plain reportlab", beside=SLOW, ratio_at_most=0.5)
    assert row(line) == "| one slip | 2 / 9 ms | plain reportlab: 20 / 90 ms | 0.10 | ratio ≤ 0.50 | yes |"
    assert row(Line("alone", 3.0)) == "| alone | 3 ms | – | – | – | – |"


def test_what_was_missed_is_explained_below_the_table():
    table = Table("x", "Title", "How it was done.", (Line("kept", 1.0, at_most=2), Line("lost", 3.0, at_most=2, why="The disk is slow.")),
                  ("A note.",))
    told = section(table)
    assert "- **Missed: lost.** The disk is slow." in told
    assert "Missed: kept" not in told
    assert told.index("| lost |") < told.index("Missed: lost") < told.index("- A note.")


def test_a_missed_limit_is_never_passed_over_in_silence():
    told = section(Table("x", "Title", "", (Line("lost", 3.0, at_most=2),)))
    assert "Missed: lost" in told


def test_every_row_has_as_many_cells_as_the_head():
    told = section(Table("x", "Title", "", (Line("a", FAST), Line("b", 1.0, peer="p", beside=2.0))))
    assert {line.count("|") for line in told.splitlines() if line.startswith("|")} == {7}


def test_the_page_says_when_where_and_how():
    tables = [Table("x", "Slips", "How.", (Line("a", 1.0, at_most=2), Line("b", 3.0, at_most=2), Line("c", 1.0)))]
    told = page(tables, day="20/11/2026", command="python -m bench", machine=[("cores", "2, some processor")], quick=False, some=False)
    for words in ("- day: 20/11/2026", "`python -m bench`", "- cores: 2, some processor", "limits kept: 1 of 2", "## Slips"):
        assert words in told
    assert "not for comparing" not in told
    assert "not for comparing" not in told
    assert "not for comparing" in page(tables, day="", command="", machine=[], quick=True, some=False)
    assert "Some jobs only" in page(tables, day="", command="", machine=[], quick=False, some=True)


def test_the_raw_figures_are_json_with_their_verdicts():
    table = Table("x", "Title", "How.", (Line("a", FAST, beside=SLOW, ratio_at_most=0.5),), raw={"all": [1, 2, 9]})
    found = json.loads(json.dumps(plain(table)))
    assert (found["lines"][0]["ratio"], found["lines"][0]["met"]) == (0.1, True)
    assert found["lines"][0]["ours"] == {"p50": 2.0, "p95": 9.0, "least": 1.0, "most": 9.0, "count": 3}
    assert found["raw"] == {"all": [1, 2, 9]}


def test_a_spread_of_one_is_told_as_one():
    assert written(Spread(1.0, 1.0, 1.0, 1.0, 1), "ms") == "1 / 1 ms"


@pytest.mark.parametrize(("words", "told"), [
    ([], "python -m bench"),
    (["--peers", "--out", "/somewhere/else"], "python -m bench --peers"),
    (["--only", "slip", "--quick", "--only", "start"], "python -m bench --only slip --only start --quick"),
])
def test_the_page_tells_how_to_measure_again_on_any_machine(words, told):
    assert how_to_repeat(read_arguments(words)) == told
