"""Desks that send over a line of a chosen nature to a trial province, each side a process of its own, and what crossed the line."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.desk import KeptDesk, child_environment
from bench.lived import file_scans
from bench.moment import AGENCY, StandingClock
from bench.work import Work
from counter_app.services.acts.notes_ratings import AddNote
from tests.province.trial import ProvinceProcess
from tests.sync.thin_line import Nature, ThinLine

SLOW = 8000.0
"""64 kbit/s, in bytes."""
CUT_EVERY = 200_000
QUIET_S = 600.0
FEATURES = ["files", "reconcile"]
"""The catalogue, half a megabyte once, is left out: it comes when there is a new one, not with the day's work."""


@dataclass(frozen=True, slots=True)
class Passed:
    """What a pass told (:mod:`bench.sync_child`), what crossed the line meanwhile, and how many ops the province then had."""

    told: dict[str, Any]
    up: int
    down: int
    cuts: int
    ops: int

    @property
    def whole(self) -> bool:
        """Whether everything arrived, once."""
        return self.told["pending"] == 0 and self.told["files"] == 0


class Pair:
    """A desk, its province, and the line between them."""

    def __init__(self, desk: KeptDesk, province: ProvinceProcess, line: ThinLine) -> None:
        self.desk, self.province, self.line = desk, province, line
        self._ticket: Path | None = desk.root / "ticket.json"

    def run(self, nature: Nature | None = None, seconds: float = QUIET_S) -> Passed:
        """Send until all is quiet."""
        line = self.line
        line.change(nature or Nature())
        before = (line.up, line.down, line.cuts)
        told = json.loads(self._started(seconds).communicate()[0])
        return Passed(told, line.up - before[0], line.down - before[1], line.cuts - before[2], self.ops())

    def file(self, count: int, size: int) -> None:
        """Let scans wait at the desk."""
        file_scans(self.desk, count, size)

    def ops(self) -> int:
        """Return how many ops the province has recorded of this commune."""
        return sum(lane["acked_through"] for lane in self.province.state(AGENCY)["lanes"])

    def waits_behind(self, nature: Nature, moments: Sequence[float]) -> list[float]:
        """Record an op at each of some moments while scans go up, and return how many seconds each took to the province."""
        self.line.change(nature)
        sending = self._started(QUIET_S)
        began, waits = time.monotonic(), []
        try:
            for moment in moments:
                time.sleep(max(0.0, began + moment - time.monotonic()))
                waits.append(self._wait_of_one_op())
        finally:
            sending.kill()
            sending.communicate()
        return waits

    def _wait_of_one_op(self) -> float:
        had, counter = self.ops(), self.desk.open(StandingClock())
        try:
            with counter.database.read() as uow:
                code = next(event.ho_so["MaHoSo"] for event in uow.events.everything() if event.ho_so)
            start = time.monotonic()
            counter.life.perform(AddNote(code, "Đã gọi điện cho công dân."), counter.login.acting("", ""))
        finally:
            counter.close()
        while self.ops() == had and time.monotonic() - start < QUIET_S:
            time.sleep(0.2)
        return time.monotonic() - start

    def _started(self, seconds: float) -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "bench.sync_child", str(self.desk.root), str(seconds)]
        if self._ticket is not None:
            self._ticket.write_text(json.dumps(self.province.ticket(AGENCY) | {"base_url": self.line.url}), encoding="utf-8")
            words, self._ticket = [*words, str(self._ticket)], None
        return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=child_environment(self.desk.environment))


@contextmanager
def pair(kept: KeptDesk, place: Path, *, scans: int = 0, size: int = 60_000) -> Iterator[Pair]:
    """Give a copy of a kept desk, with scans that wait, and a province that never heard of it."""
    place.mkdir(parents=True)
    desk = kept.copy(place / "desk")
    if scans:
        file_scans(desk, scans, size)
    (place / "province").mkdir()
    with ProvinceProcess(place / "province") as province, ThinLine(province.url) as line:
        province.do("switch", features=FEATURES)
        yield Pair(desk, province, line)


def at_once(*acts: Any) -> list[Any]:
    """Do several things that wait for slow lines side by side, and return what they return."""
    found: dict[int, Any] = {}

    def _run(number: int) -> None:
        found[number] = acts[number]()

    threads = [threading.Thread(target=_run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[number] for number in range(len(acts))]


def quick_or(work: Work, full: int, quick: int) -> int:
    """Return how many there are in this run."""
    return quick if work.quick else full
