"""What bounds a process that reads hostile files: it takes less than the system would give, and harms nothing but itself."""

from __future__ import annotations

import sys

from counter_app.support.memory import leave_no_core

MOST_MEMORY, MOST_FILE, MOST_OPEN = 2 * 2**30, 2**30, 64
"""Bytes of memory, bytes of a written file, open files.

The largest page that is allowed needs a gigabyte; of the two, half is the room that libraries reserve and never use.
"""


def confine() -> None:
    """Take no more than that from now on; Windows has no such bounds, there the one who asks measures the time."""
    leave_no_core()
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  there is none on Windows

        bounds = {resource.RLIMIT_AS: MOST_MEMORY, resource.RLIMIT_FSIZE: MOST_FILE, resource.RLIMIT_NOFILE: MOST_OPEN}
        for bound, wanted in bounds.items():
            given = resource.getrlimit(bound)[1]
            most = wanted if given == resource.RLIM_INFINITY else min(wanted, given)
            resource.setrlimit(bound, (most, most))


def compute_at_most(seconds: int) -> None:
    """End this process should it compute for so long from now on: nobody may be left to notice."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  there is none on Windows

        used = resource.getrusage(resource.RUSAGE_SELF)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))
