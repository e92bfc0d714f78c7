"""The morning that everything measured happens in, and the person who is at the desk."""

from __future__ import annotations

from datetime import datetime

from counter_app.domain.moments import local

LOGIN, PASSWORD = "clerk", "mat-khau-do-toc-do-1"
KEY_MS = 50
"""Milliseconds from key to key: twenty keys a second, quicker than anybody types a password."""
NOW = local(2026, 11, 20, 9, 42)
"""When the newest dossiers came in, a Friday."""
AGENCY = "H36.50.05"
NEWEST_CODE = f"{AGENCY}-{NOW:%y%m%d}-0001"
"""A dossier of that day; every made desk has it."""


class StandingClock:
    """A wall clock that was stopped, so that a kept desk is as fresh in a year as today."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self.moment

    def uptime(self) -> float:
        """Return the seconds since the machine started; it stands too."""
        return 1_000.0
