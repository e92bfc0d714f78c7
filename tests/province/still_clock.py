"""A clock of the province that no test has to outrun."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.province.server.naming import VIETNAM
from tests.province.server.province import Clock


class StillClock(Clock):
    """Moves only when it is moved."""

    def now(self) -> datetime:
        """Return the same morning, ``offset_s`` seconds on."""
        return datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM) + timedelta(seconds=self.offset_s)
