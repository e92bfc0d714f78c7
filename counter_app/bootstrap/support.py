"""What helps those who help a desk: where the diagnostics file finds what it tells, with a desk that opens or without."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path

from counter_app.bootstrap import wiring
from counter_app.bootstrap.examination import of_computer
from counter_app.bootstrap.rooms import support_places
from counter_app.domain.errors import DeskError
from counter_app.domain.moments import VIETNAM
from counter_app.services.helping import diagnostics
from counter_app.services.helping.diagnostics import Diagnosed
from counter_app.services.ports import Clock
from counter_app.support.clock import SystemClock


def diagnose(data_dir: Path, out: Path, *, clock: Clock | None = None) -> Diagnosed:
    """Write the diagnostics file of the desk in a folder, also of one that does not open.

    Raises:
        SurroundingsError: the file can't be written.
    """
    clock = clock or SystemClock(VIETNAM)
    try:
        counter = wiring.open_counter(data_dir, clock=clock)
    except DeskError as error:
        examine = partial(of_computer, data_dir, clock, error)
        return diagnostics.write(out, diagnostics.parts_of(support_places(data_dir), examine, clock.now()))
    with closing(counter):
        return counter.diagnostics.write(out)
