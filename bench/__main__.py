"""Measure everything that the figures promise, beside the named peers, and write ``docs/benchmarks.md``.

``python -m bench [--only NAME …] [--quick] [--peers]``. ``--quick`` has a small desk and few repeats, to see that everything runs; it and
``--only`` write to ``out/bench/benchmarks.md`` alone. ``--peers`` may install LibreOffice where this is root's machine.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bench import (
    appointments,
    certifying,
    closing,
    installed,
    intake,
    keeping,
    machine,
    memory,
    paper,
    report,
    reports,
    scanning,
    search,
    startup,
    sync,
    updating,
)
from bench.report import Table
from bench.work import Work
from counter_app.domain.moments import VIETNAM

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
JOBS: dict[str, Callable[[Work], Table]] = {
    "slip": paper.slip, "intake": intake.run, "certifying": certifying.run, "search": search.run, "start": startup.run,
    "books": paper.book, "closing": closing.run, "memory": memory.run, "appointments": appointments.run, "reports": reports.run,
    "scanning": scanning.run, "sync": sync.run, "keeping": keeping.run, "updating": updating.run, "installed": installed.run,
}


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    reader = argparse.ArgumentParser(prog="bench", description="Measure the program beside its peers.")
    reader.add_argument("--only", action="append", choices=list(JOBS), metavar="NAME", help=f"one of {', '.join(JOBS)}; may be repeated")
    reader.add_argument("--quick", action="store_true", help="a small desk and few repeats")
    reader.add_argument("--peers", action="store_true", help="install the peers' Debian packages where that is allowed")
    reader.add_argument("--out", type=Path, default=ROOT / "out" / "bench", help="where the raw figures and the kept desk go")
    return reader.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the jobs one after the other; 0 where every limit was kept, 1 where one was not."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    asked = read_arguments(words)
    work = Work(asked.out.absolute(), quick=asked.quick, peers=asked.peers)
    work.out.mkdir(parents=True, exist_ok=True)
    facts = machine.facts(work.out)
    tables = [_measured(name, work) for name in asked.only or JOBS]
    written = report.page(
        tables, day=f"{datetime.now(VIETNAM):%d/%m/%Y}", command=how_to_repeat(asked), machine=facts, quick=asked.quick,
        some=bool(asked.only))
    for page in (work.out / "benchmarks.md", *([] if asked.quick or asked.only else [PAGE])):
        page.write_text(written, encoding="utf-8")
    print(written)
    return 1 if any(line.met is False for table in tables for line in table.lines) else 0


def how_to_repeat(asked: argparse.Namespace) -> str:
    """Return how to measure the same again; where the figures lie says nothing about them."""
    words = [*(f"--only {name}" for name in asked.only or ()), *(f"--{name}" for name in ("quick", "peers") if getattr(asked, name))]
    return " ".join(["python -m bench", *words])


def _measured(name: str, work: Work) -> Table:
    print(f"measuring: {name}", file=sys.stderr)
    start = time.monotonic()
    table = JOBS[name](work)
    figures = report.plain(table) | {"seconds": round(time.monotonic() - start, 1)}
    (work.out / f"{name}.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
    return table


if __name__ == "__main__":
    sys.exit(main())
