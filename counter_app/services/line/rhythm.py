"""When the next pass is due (province contract 13, 15): soon after something was written, now and then without that, later and later
while the line fails. Times are seconds of a clock that only goes forward.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from counter_app.services.line.pace import wait_before
from counter_app.services.line.province import PassEnd

GATHER_S = 5.0
"""After something was written a desk waits for more: one op alone costs as much as several (contract 15)."""
QUIET_S = 300.0
"""How often the feed is read while nothing happens, give or take a fifth."""
LASTING_S = 3600.0
"""How often is tried again what only a person can mend (contract 13)."""
UNSAFE_S = 300.0
"""The least wait after a connection that was not safe: it is tried slowly (contract 13)."""
ELSEWHERE_S = 10.0
"""How long to wait while another window has the line."""


class Why(StrEnum):
    """Why a desk waits for its next pass."""

    RESTING = "resting"
    GATHERING = "gathering"
    FAILED = "failed"
    NEEDS_PERSON = "needs_person"
    ELSEWHERE = "elsewhere"


class Rhythm:
    """Tells when the next pass is due. ``share`` draws evenly from 0 to 1. A fresh one is due at once."""

    def __init__(self, share: Callable[[], float]) -> None:
        self._share = share
        self._tries = 0
        self.due_at = 0.0
        self.why = Why.RESTING

    def recorded(self, now: float) -> None:
        """Something waits to be sent. While the line fails that changes nothing: it goes with the next try."""
        if self.why is Why.RESTING and now + GATHER_S < self.due_at:
            self._wait(Why.GATHERING, now + GATHER_S)

    def wanted(self, now: float) -> None:
        """A person wants it now, or the line is back."""
        self.due_at = now

    def elsewhere(self, now: float) -> None:
        """Another window has the line."""
        self._wait(Why.ELSEWHERE, now + ELSEWHERE_S)

    def ended(self, now: float, end: PassEnd, *, more: bool) -> None:
        """A pass has ended; ``more`` is left that could go at once."""
        self._tries = 0 if end.moved else self._tries
        if end.trouble is None:
            self._tries = 0
            self._wait(Why.RESTING, now if more else now + QUIET_S * (0.8 + 0.4 * self._share()))
        elif end.lasting:
            self._wait(Why.NEEDS_PERSON, now + LASTING_S)
        else:
            least = UNSAFE_S if end.trouble.code == "TLS_FAILED" else 0.0
            self._wait(Why.FAILED, now + max(least, wait_before(self._tries, self._share(), end.retry_after)))
            self._tries += 1

    def _wait(self, why: Why, until: float) -> None:
        self.why, self.due_at = why, until
