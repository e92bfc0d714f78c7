"""A desk in another network namespace: ``python -m tests.sync.shaped_child FOLDER PROVINCE`` makes passes until all is quiet.

A desk speaks plainly to loopback alone, so that a relay beside it takes its words to the province at the other end of the link.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.sync.lines import Line
from tests.sync.test_bad_line import over
from tests.sync.thin_line import ThinLine

PAUSE_S = 0.3


def shortly(_seconds):
    """Wait for a link that comes back in a moment."""
    time.sleep(PAUSE_S)


def nothing():
    return 0.0


def main(folder, province):
    line = Line(Path(folder), made=False)
    with ThinLine(province) as relay:
        over(line, relay.url)
        line.client._sleep = shortly
        line.client._share = nothing
        told = line.run(120.0)
    line.close()
    sys.stdout.write(f"{told.pending} {told.files} {relay.up}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
