"""The clocks of this computer."""

from __future__ import annotations

import time
from datetime import datetime, tzinfo


class SystemClock:
    """The wall clock in one zone, and the time since the machine started, which nobody can set."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def now(self) -> datetime:
        """Return the present moment, aware, whole seconds."""
        return datetime.now(self._zone).replace(microsecond=0)

    def uptime(self) -> float:
        """Return seconds since the machine started, time asleep included where the system counts it."""
        boot_time = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)
