"""How much memory the open program holds: with the home page shown, and after a tour through its pages and some searches."""

from __future__ import annotations

import json
import sys

from bench.desk import child_environment
from bench.measure import spread
from bench.report import Line, Table
from bench.startup import SCREEN, quiet_place, run_to_end, virtual_screen
from bench.work import Work

LIMIT_MIB = 200
ROUNDS = 5
WHY = (
    "Before a window is shown Python, Qt, SQLAlchemy and the rules hold about 85 MiB; the first slip drawn on the screen adds 30 "
    "(reportlab, the typefaces, and 18 that pdfium frees at once but the C library keeps), and each SQLite connection keeps up to 16 MiB "
    "of pages."
)


def run(work: Work) -> Table:
    """Open the program, log in, take the tour."""
    desk = work.desk()
    home: list[float] = []
    tour: list[float] = []
    peak: list[float] = []
    with virtual_screen() as screen, work.folder("memory") as place:
        environment = child_environment(quiet_place(place, screen), desk.environment)
        for _ in range(work.times(ROUNDS)):
            out = place / "window.json"
            command = [sys.executable, "-m", "bench.window", str(out), str(desk.data_dir), "--tour"]
            run_to_end(command, environment, place / "window.log")
            noted = json.loads(out.read_bytes())
            for figures, name in ((home, "home"), (tour, "tour"), (peak, "most")):
                figures.append(noted["mib"][name])
    return Table(
        "memory", "Memory of the open program",
        f"Resident memory (shared libraries counted in full) of the one process with {desk.count:,} dossiers in its desk, Xvfb {SCREEN}. "
        "The tour opens intake with the live slip, the list of dossiers, five searches, the book, and the home page again.",
        (
            Line("home page shown", spread(home), unit="MiB", at_most=LIMIT_MIB),
            Line("after the tour", spread(tour), unit="MiB", at_most=LIMIT_MIB, why=WHY),
            Line("the most at any moment, Argon2id's 64 MiB included", spread(peak), unit="MiB"),
        ),
    )
