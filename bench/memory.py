"""How much memory the open program holds: with the home page shown, and after a tour through its pages and some searches."""

from __future__ import annotations

import json
import sys

from bench.desk import child_environment
from bench.measure import spread
from bench.report import Line, Table
from bench.startup import SCREEN, quiet_place, run_to_end, virtual_screen
from bench.work import Work

LIMIT_MIB = 190
"""200 MB, rounded down."""
ROUNDS = 5
STAGES = {
    "login": "login shown, the desk opened behind it", "home": "home page shown", "tour": "after the tour",
    "most": "the most at any moment, Argon2id's 64 MiB included",
}
JUDGED = ("home", "tour")
WHY = "Each stage holds what the one before it held: the lines above say which of them grew."


def run(work: Work) -> Table:
    """Open the program, log in, take the tour."""
    desk = work.desk()
    mib: dict[str, list[float]] = {stage: [] for stage in STAGES}
    with virtual_screen() as screen, work.folder("memory") as place:
        environment = child_environment(quiet_place(place, screen), desk.environment)
        for _ in range(work.times(ROUNDS)):
            out = place / "window.json"
            command = [sys.executable, "-m", "bench.window", str(out), str(desk.data_dir), "--tour"]
            run_to_end(command, environment, place / "window.log")
            noted = json.loads(out.read_bytes())
            for stage, figures in mib.items():
                figures.append(noted["mib"][stage])
    return Table(
        "memory", "Memory of the open program",
        f"Resident memory (shared libraries counted in full) of the one process with {desk.count:,} dossiers in its desk, Xvfb {SCREEN}. "
        "The tour opens intake with the live slip, the list of dossiers, five searches, a dossier, the book, every other page, "
        "and the home page again.",
        tuple(
            Line(words, spread(mib[stage]), unit="MiB", at_most=LIMIT_MIB if stage in JUDGED else None, why=WHY)
            for stage, words in STAGES.items()
        ),
    )
