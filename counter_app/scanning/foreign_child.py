"""The process in which files from outside are opened: bounded in all it may take, so that a hostile file harms nothing but it.

It is started by :mod:`counter_app.scanning.foreign_process` and asked line by line, in JSON: a line with ``path`` begins a file, an empty
object asks for the next page. Each line is answered by a page, by a refusal, or by an empty object where no page is left.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from counter_app.domain.errors import DeskError, SurroundingsError
from counter_app.scanning.foreign import pages_of
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import ForeignLimits

MOST_MEMORY, MOST_FILE, MOST_OPEN, MOST_CPU_S = 2 * 2**30, 2**30, 64, 60
"""Bytes of memory, bytes of a written file, open files, seconds of computing between two answers.

The largest page that is allowed needs a gigabyte; of the two, half is the room that libraries reserve and never use.
"""


def main() -> None:
    """Answer until nobody asks."""
    _confine()
    pages: Iterator[ScannedPage] = iter(())
    _say({})
    for line in sys.stdin.buffer:
        _compute_at_most(MOST_CPU_S)
        asked = json.loads(line)
        if "path" in asked:
            pages = pages_of(Path(asked["path"]), ForeignLimits(**asked["limits"]), Path(asked["out_dir"]), asked["first"])
        _say(_next(pages))


def _next(pages: Iterator[ScannedPage]) -> dict[str, Any]:
    try:
        page = next(pages, None)
    except DeskError as error:
        problem = error.problems[0]
        return {"code": problem.code, "params": dict(problem.params), "surroundings": isinstance(error, SurroundingsError)}
    return {} if page is None else {"name": page.path.name, "dpi": page.dpi, "ordinal": page.ordinal, "size_px": page.size_px}


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.flush()


def _confine() -> None:
    """Take less than the system would give; Windows has no such bounds, there the one who asks measures the time."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  there is none on Windows

        bounds = {
            resource.RLIMIT_AS: MOST_MEMORY, resource.RLIMIT_FSIZE: MOST_FILE, resource.RLIMIT_NOFILE: MOST_OPEN, resource.RLIMIT_CORE: 0}
        for bound, wanted in bounds.items():
            given = resource.getrlimit(bound)[1]
            most = wanted if given == resource.RLIM_INFINITY else min(wanted, given)
            resource.setrlimit(bound, (most, most))


def _compute_at_most(seconds: int) -> None:
    """End this process should it compute for so long from now on: nobody may be left to notice."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  there is none on Windows

        used = resource.getrusage(resource.RUSAGE_SELF)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
