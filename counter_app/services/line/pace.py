"""How long to wait before the next try (contract 13): full jitter under a cap, so that a hundred desks never knock together."""

from __future__ import annotations

FIRST_WAIT_S = 2.0
LONGEST_WAIT_S = 900.0
LONGEST_ASKED_S = 86_400.0
"""No province is out of order for longer than a day without being asked again."""


def wait_before(tries: int, share: float, retry_after: float | None = None) -> float:
    """Return seconds to wait after ``tries`` misses in a row (0: the first one). ``share`` is drawn evenly from 0 to 1.

    What the province asks for in Retry-After is the least, also above the cap, for up to a day.
    """
    most = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(tries, 16))
    return max(share * most, min(retry_after or 0.0, LONGEST_ASKED_S))
