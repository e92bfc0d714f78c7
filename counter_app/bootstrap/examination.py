"""The doctor's round, also where the desk can't be opened."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from counter_app.bootstrap import wiring
from counter_app.domain.errors import DeskError
from counter_app.domain.moments import VIETNAM
from counter_app.services.helping import doctor
from counter_app.services.helping.doctor import Finding, State
from counter_app.services.ports import Clock
from counter_app.support.clock import SystemClock


def examine(data_dir: Path, *, clock: Clock | None = None) -> list[Finding]:
    """Return a finding for every check on this computer and, where there is one that opens, on the desk in a folder."""
    clock = clock or SystemClock(VIETNAM)
    try:
        counter = wiring.open_counter(data_dir, clock=clock)
    except DeskError as error:
        return of_computer(data_dir, clock, error)
    with closing(counter):
        return counter.doctor.examine()


def of_computer(data_dir: Path, clock: Clock, error: DeskError) -> list[Finding]:
    """Return what can be found on a computer whose desk does not open, and why it does not."""
    return [*doctor.computer(data_dir), doctor.clock_finding(clock.now(), None), Finding("desk", State.BAD, error.problems[0])]
