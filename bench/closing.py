"""Closing a year's book of many lines: the act itself, and the whole bound book with its closing page in words, from the database.

``python -m bench.closing ROOT`` closes the book of a kept desk's copy and prints the seconds and lines as JSON; the measurement runs it as
a process of its own, each round on a fresh copy.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from bench.desk import KeptDesk, child_environment
from bench.measure import spread
from bench.moment import LOGIN, NOW, PASSWORD, StandingClock
from bench.report import Line, Table
from bench.weight import most_memory
from bench.work import Work
from counter_app.domain.moments import local
from counter_app.domain.registers import DOSSIER_BOOK

LAST_DAY = local(NOW.year, 12, 31, 16, 0)
ROUNDS = 3


def run(work: Work) -> Table:
    """Measure over copies of the desk with many dossiers."""
    kept = work.desk()
    rounds = [_round(work, kept) for _ in range(work.times(ROUNDS))]
    first = rounds[0]
    return Table(
        "closing", "Closing a year's book",
        f"{len(rounds)} rounds, each on a fresh copy of a desk with {kept.count:,} dossiers, encrypted. The closed book has "
        f"{first['lines']:,.0f} lines on {first['pages'] - 1:,.0f} pages; with its cover and its closing page in figures and words it is "
        f"read, counted, added up and written in one go.",
        (
            Line("closing the year", spread([each["close_ms"] for each in rounds])),
            Line("writing the whole bound book", spread([each["print_s"] for each in rounds]), "s"),
            Line("most memory while writing", spread([each["peak_mb"] for each in rounds]), "MB"),
        ),
    )


def _round(work: Work, kept: KeptDesk) -> dict[str, float]:
    with work.folder("closing") as place:
        desk = kept.copy(place / "desk")
        words = [sys.executable, "-m", "bench.closing", str(desk.root)]
        done = subprocess.run(words, env=child_environment(desk.environment), check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    """Close the year and write the book."""
    root = Path(sys.argv[1])
    counter = KeptDesk(root, 0).open(StandingClock(LAST_DAY))
    actor = counter.login.acting(LOGIN, PASSWORD)
    start = time.perf_counter()
    counter.logbooks.close_year(DOSSIER_BOOK, NOW.year, actor)
    closed = time.perf_counter()
    done = counter.logbooks.print_next(DOSSIER_BOOK, NOW.year, root / "book.pdf", actor=actor)
    figures = {
        "close_ms": (closed - start) * 1000, "print_s": time.perf_counter() - closed, "lines": done.lines, "pages": done.last_page,
        "peak_mb": most_memory(),
    }
    counter.close()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
