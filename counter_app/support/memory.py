"""What of this process's memory may reach the disk: nothing."""

from __future__ import annotations

import sys


def leave_no_core() -> None:
    """Let nothing of this process's memory be written to the disk should it crash: keys, and what was typed or read, may lie in it.

    Processes that it starts do the same. Windows writes none by itself.
    """
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  there is none on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
