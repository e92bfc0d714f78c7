"""The first start of a new version: it counts once it has opened its desk, is whole, and can do what a desk does first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.domain.errors import DeskError, Problem
from counter_app.services.updating.ports import Fallen, Programs


@dataclass(frozen=True, slots=True)
class FirstStart:
    """How it went. ``fallen`` is the version that this one stands in for, ``wrong`` what is the matter with this one."""

    fallen: Fallen | None = None
    wrong: Problem | None = None


def prove(programs: Programs, trials: Callable[[], None]) -> FirstStart:
    """See whether this version is whole and works, and note it; ``trials`` raise a DeskError for what does not.

    With something wrong the version stays on trial: the starter takes the one before it at the third try. One that proved itself once is
    not tried again.

    Raises:
        SurroundingsError: the disk's.
    """
    if not programs.is_confirmed():
        if damaged := programs.damaged():
            return FirstStart(wrong=Problem("UPDATE_SELF_DAMAGED", None, {"count": len(damaged), "path": damaged[0]}))
        try:
            trials()
        except DeskError as error:
            return FirstStart(wrong=error.problems[0])
    return FirstStart(programs.confirm())
