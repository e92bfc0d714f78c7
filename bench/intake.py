"""One intake as a clerk does it: the number, the transaction, the slip; how long it takes and how often it waits for the disk.

``python -m bench.intake ROOT COUNT`` takes dossiers in at a kept desk's copy and prints their moments; the measurement runs it as a
process of its own, once plainly and once under ``strace``, which sees every fsync that Python or SQLite asks for.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench.desk import NEXT_MORNING, KeptDesk, child_environment
from bench.made import PROCEDURES, identity_number, name
from bench.measure import spread
from bench.moment import LOGIN, PASSWORD, StandingClock
from bench.report import Line, Table
from bench.work import Work
from counter_app.domain.dossier import Applicant, ApplicantKind
from counter_app.services.intake.terms import ReceiveDossier

COUNT, UNCOUNTED = 300, 20
LIMIT_MS = 60
LOG, GUARD, DATABASE = "desk.db-wal", "numbers.guard", "desk.db"
STRACE = ("-f", "-qq", "-y", "-ttt", "-T", "--seccomp-bpf", "-e", "trace=fsync,fdatasync")
_CALL = re.compile(r"(?P<start>\d+\.\d+) (?:fsync|fdatasync)\(\d+<(?P<path>[^>]*)>\) += 0 <(?P<seconds>[\d.]+)>")


@dataclass(frozen=True, slots=True)
class Taken:
    """When an intake began, when it was committed, when its slip was at hand: seconds of the system's wall clock."""

    start: float
    committed: float
    slip: float


@dataclass(frozen=True, slots=True)
class Sync:
    """One wait for the disk."""

    at: float
    file: str
    seconds: float


def run(work: Work) -> Table:
    """Measure over a copy of the desk with many dossiers."""
    kept, count = work.desk(), work.times(COUNT)
    with work.folder("intake") as place:
        desk = kept.copy(place / "desk")
        plain = _taken(desk, count, ())
        lines = [
            Line("form handed over to dossier committed, its slip made", spread([(t.committed - t.start) * 1000 for t in plain])),
            Line("form handed over to slip at hand", spread([(t.slip - t.start) * 1000 for t in plain])),
        ]
        notes: tuple[str, ...] = ("fsyncs: not counted, strace is not installed.",)
        if strace := shutil.which("strace"):
            log = place / "syncs.txt"
            traced = _taken(desk, count, (strace, *STRACE, "-o", str(log)))
            counted, notes = _count(traced, list(syncs(log.read_text(encoding="utf-8").splitlines())))
            lines += counted
    return Table(
        "intake", "Intake: number, commit, slip",
        f"{count} intakes through IntakeService.receive in a desk with {kept.count:,} dossiers, encrypted, synchronous=FULL; "
        f"{UNCOUNTED} more are not counted. The fsyncs are counted, and their time taken off, in a second run under strace, which stops "
        "at those calls only.",
        tuple(lines), notes,
    )


def syncs(lines: Iterable[str]) -> Iterator[Sync]:
    """Read what strace wrote; calls that another thread's call interrupted are put together first."""
    unfinished: dict[str, str] = {}
    for line in lines:
        thread, _, call = line.partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            unfinished[thread] = call.removesuffix("<unfinished ...>").rstrip()
        else:
            if "resumed>" in call:
                call = unfinished.pop(thread, "") + call.partition("resumed>")[2]
            if found := _CALL.match(call):
                yield Sync(float(found["start"]), Path(found["path"]).name, float(found["seconds"]))


def of_each(taken: Sequence[Taken], waits: Sequence[Sync]) -> list[list[Sync]]:
    """Share the waits out to the intakes that they fell into."""
    return [[wait for wait in waits if intake.start <= wait.at <= intake.slip] for intake in taken]


def _count(taken: Sequence[Taken], waits: Sequence[Sync]) -> tuple[list[Line], tuple[str, ...]]:
    shared = of_each(taken, waits)
    files = [Counter(wait.file for wait in each) for each in shared]
    above = [(t.slip - t.start - sum(wait.seconds for wait in each)) * 1000 for t, each in zip(taken, shared, strict=True)]
    just_two = sum(each == {LOG: 1, GUARD: 1} for each in files)
    shortened = sum(any(file.startswith(f".{GUARD}") for file in each) for each in files)
    logs = sum(each[LOG] > 1 or DATABASE in each for each in files)
    note = (f"{just_two} of {len(taken)} intakes waited for exactly one fsync of each. {logs} came when SQLite wrote its log back or "
            f"began it anew (every 1,000 pages, up to three more), {shortened} when the guard's file was written anew, short.")
    return [
        Line("fsyncs of the database's log in an intake, median", statistics.median(each[LOG] for each in files), unit="", at_most=1),
        Line("fsyncs of the number guard in an intake, median", statistics.median(each[GUARD] for each in files), unit="", at_most=1),
        Line("all waits for the disk of an intake", spread([sum(wait.seconds for wait in each) * 1000 for each in shared])),
        Line("commit and finished slip, above those waits", spread(above), at_most=LIMIT_MS),
    ], (note,)


def _taken(desk: KeptDesk, count: int, before: Sequence[str]) -> list[Taken]:
    """Take dossiers in with a process of its own."""
    words = [*before, sys.executable, "-m", "bench.intake", str(desk.root), str(count + UNCOUNTED)]
    done = subprocess.run(words, env=child_environment(desk.environment), check=True, capture_output=True, text=True)
    return [Taken(*moments) for moments in json.loads(done.stdout.splitlines()[-1])][UNCOUNTED:]


def main() -> None:
    """Take dossiers in, each with three lines of papers and its slip read back."""
    clock, chance = StandingClock(NEXT_MORNING), random.Random()
    counter = KeptDesk(Path(sys.argv[1]), 0).open(clock)
    actor = counter.login.acting(LOGIN, PASSWORD)
    moments = []
    for number in range(int(sys.argv[2])):
        clock.moment += timedelta(seconds=1)
        person = Applicant(ApplicantKind.PERSON, name(chance), identity_number(chance), address="Thôn 3, xã Đắk Mil, tỉnh Lâm Đồng")
        command = ReceiveDossier(procedure_code=PROCEDURES[number % len(PROCEDURES)][0], applicant=person)
        start = time.time()
        received = counter.intake.receive(command, actor)
        committed = time.time()
        if not counter.slips.first(received.dossier_id).pdf:
            raise RuntimeError("an intake without a slip")
        moments.append((start, committed, time.time()))
    counter.close()
    print(json.dumps(moments))


if __name__ == "__main__":
    main()
