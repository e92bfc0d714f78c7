"""Times and how they spread. All times are milliseconds of wall clock."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle, the 95th percentile and the ends of some figures, and how many there were."""

    p50: float
    p95: float
    least: float
    most: float
    count: int


def spread(figures: Sequence[float]) -> Spread:
    """Return how figures spread; the 95th percentile is the nearest rank, so it is a figure that was measured.

    Raises:
        ValueError: there are none.
    """
    if not figures:
        raise ValueError("nothing was measured")
    ordered = sorted(figures)
    rank = -(-95 * len(ordered) // 100)
    return Spread(statistics.median(ordered), ordered[rank - 1], ordered[0], ordered[-1], len(ordered))


def milliseconds(act: Callable[[], Any]) -> float:
    """Return how long something takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def in_turn(acts: Mapping[str, Callable[[int], float]], rounds: int, *, uncounted: int = 1) -> dict[str, list[float]]:
    """Return the figures of several contestants that take turns, so that a slow spell of the machine meets all of them.

    An act gets the number of its round and returns its figure. Every other round goes backwards; the first ``uncounted`` rounds warm up.
    """
    figures: dict[str, list[float]] = {name: [] for name in acts}
    for number in range(-uncounted, rounds):
        names = list(acts)
        for name in names if number % 2 == 0 else reversed(names):
            figure = acts[name](number + uncounted)
            if number >= 0:
                figures[name].append(figure)
    return figures
