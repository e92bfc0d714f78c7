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
from counter_app.scanning.confining import compute_at_most, confine
from counter_app.scanning.foreign import pages_of
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import ForeignLimits

MOST_CPU_S = 60
"""Seconds of computing between two answers."""


def main() -> None:
    """Answer until nobody asks."""
    confine()
    pages: Iterator[ScannedPage] = iter(())
    _say({})
    for line in sys.stdin.buffer:
        compute_at_most(MOST_CPU_S)
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


if __name__ == "__main__":
    main()
