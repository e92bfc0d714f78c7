"""How figures are spread, and how contestants take turns."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.measure import in_turn, milliseconds, spread

FIGURES = st.lists(st.floats(0, 1e6), min_size=1, max_size=60)


@given(FIGURES)
def test_a_spread_is_of_figures_that_were_measured(figures):
    found = spread(figures)
    assert found.p95 in figures
    assert (found.least, found.most, found.count) == (min(figures), max(figures), len(figures))
    assert found.p50 == statistics.median(figures)
    assert sum(figure <= found.p95 for figure in figures) >= 0.95 * len(figures)
    assert sum(figure < found.p95 for figure in figures) < 0.95 * len(figures), "no smaller figure would do"


def test_the_95th_of_a_hundred_is_the_95th():
    assert spread(list(range(100, 0, -1))).p95 == 95


def test_nothing_measured_is_no_figure():
    with pytest.raises(ValueError, match="nothing"):
        spread([])


def test_contestants_take_turns_and_warm_up():
    order = []

    def act(name):
        def run(number):
            order.append((number, name))
            return number * 10

        return run

    figures = in_turn({"a": act("a"), "b": act("b")}, 3)
    assert figures == {"a": [10, 20, 30], "b": [10, 20, 30]}, "the first round only warms up"
    assert [name for _, name in order] == ["b", "a", "a", "b", "b", "a", "a", "b"], "nobody always goes first"
    assert [number for number, _ in order] == [0, 0, 1, 1, 2, 2, 3, 3], "each round has its own number for everybody"


@given(rounds=st.integers(1, 8), uncounted=st.integers(0, 3))
def test_everybody_has_as_many_figures_as_rounds(rounds, uncounted):
    figures = in_turn({"a": float, "b": float, "c": float}, rounds, uncounted=uncounted)
    assert figures == {name: [float(n + uncounted) for n in range(rounds)] for name in "abc"}


def test_time_is_in_milliseconds():
    assert 0 <= milliseconds(lambda: None) < 1000
