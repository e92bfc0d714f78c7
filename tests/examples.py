"""How many examples a property is tried on: a few in the suite, the same ones for everybody, and many times as many in ``make soak``."""

from __future__ import annotations

from hypothesis import settings

SUITE, SOAK = 10, 300
"""What a property that says nothing is given."""


def examples(suite):
    """Return how many of them it is in this run, where ``suite`` are right for the suite."""
    return suite * settings().max_examples // SUITE
