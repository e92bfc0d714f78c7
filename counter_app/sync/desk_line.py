"""What the line of a desk has in common, whatever kind of province is at its other end."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from counter_app.domain.errors import broken
from counter_app.domain.moments import day_of
from counter_app.services.desk.settings import DeskProfile, SettingsService
from counter_app.services.line.province import Relation, Standing, is_enrolled, relation_of
from counter_app.services.ports import Clock, Database
from counter_app.services.scanning.ports import SealedFiles
from counter_app.sync.standing import standing_of

OUTGOING = "outgoing"
"""The folder of files on their way, in the clear for as long as one is sent."""
NO_END_S = 86_400.0
"""A pass has no end of its own (contract 13): only what stands still is given up."""
CALL_S = 120.0
"""How long an enrolment or a reconciliation may take in all."""


class DeskLine:
    """One desk's line. ``folder`` is this computer's folder for the device; ``sleep`` and ``share`` are time and chance."""

    def __init__(
        self, database: Database, clock: Clock, settings: SettingsService, *, folder: Path, store: SealedFiles | None = None,
        sleep: Callable[[float], None] = time.sleep, share: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._folder = folder
        self._files = None if store is None else (store, folder / OUTGOING)
        self._sleep = sleep
        self._share = share

    def tidy(self) -> None:
        """Delete what a pass that was given up may have left in the clear."""
        shutil.rmtree(self._folder / OUTGOING, ignore_errors=True)

    def standing(self) -> Standing:
        """Return how things stand, without a word on the line."""
        with self._database.read() as uow:
            return standing_of(uow, self._settings.profile().device, day_of(self._clock.now()))

    def _real_desk(self) -> DeskProfile:
        """Return the profile of a desk that may be enrolled; raises RuleBrokenError PRACTICE_NO_PROVINCE."""
        profile = self._settings.profile()
        if profile.practice:
            raise broken("PRACTICE_NO_PROVINCE")
        return profile

    def _require_room(self, device: str, is_over: Callable[[Relation], bool]) -> None:
        """Refuse a second relation beside one that is not over; raises RuleBrokenError ENROLLED_ALREADY."""
        with self._database.read() as uow:
            if is_enrolled(uow, device) and not is_over(relation_of(uow, device)):
                raise broken("ENROLLED_ALREADY")
