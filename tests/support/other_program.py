"""Another program that holds a lock, for tests of what this one does meanwhile."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager

PROGRAM = """
import sys
from pathlib import Path
from counter_app.support.process_lock import ProcessLock
lock = ProcessLock(Path(sys.argv[1]))
print(lock.hold() and "held", flush=True)
sys.stdin.read()
"""


@contextmanager
def holding(path):
    """Let another program hold a lock; it is killed at the end, as programs are."""
    with subprocess.Popen([sys.executable, "-c", PROGRAM, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout.readline().strip() == "held"
            yield
        finally:
            other.kill()
