"""The numbers of this counter, as a new lane at the province needs to know and change them (province contract 3.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from counter_app.domain.ids import new_epoch
from counter_app.domain.numbering import NORMAL_SERIES, further_series, recovery_series
from counter_app.services.desk.settings import EpochReason, SettingsService
from counter_app.services.numbering.service import suspects
from counter_app.services.ports import NumberGuard

MOST_DAYS = 400
"""Days for which one grant of the province may hold: no desk was ahead of its clock for longer."""


class LaneNumbers:
    """Implements what the line asks of the numbers; ``epochs`` makes the name of a new lane."""

    def __init__(self, guard: NumberGuard, settings: SettingsService, epochs: Callable[[], str] = new_epoch) -> None:
        self._guard = guard
        self._settings = settings
        self._epochs = epochs

    def epoch(self) -> str:
        """Return the epoch that acts are recorded in now."""
        return self._settings.profile().epoch

    def begin_epoch(self) -> str:
        """Record in a new lane from now on, and return its epoch. The guard lost nothing, so that numbers go on as they were.

        Raises:
            SurroundingsError: as :meth:`~counter_app.services.numbering.service.NumberingService.begin`.
        """
        epoch = self._epochs()
        with self._guard.hold() as held:
            self._settings.begin_epoch(epoch, EpochReason.LINE)
            held.begin(epoch, None)
        return epoch

    def proven(self, day: date) -> int | None:
        """Return the last serial of a day, in the last range that was begun, 0 for none; None where there may be some nobody knows of."""
        series = [NORMAL_SERIES, *(further_series(ordinal) for ordinal, _ in enumerate(self._settings.profile().further_ranges, start=1))]
        with self._guard.hold() as held:
            if held.is_new or suspects(held, day):
                return None
            return next((last for each in reversed(series) if (last := held.high_water(day, each))), 0)

    def used_up(self, day: date) -> bool:
        """Tell whether every serial of a day that the province lent was issued."""
        profile = self._settings.profile()
        lent = [(profile.serial_first, profile.serial_last), *profile.further_ranges]
        return not profile.provisional and self.proven(day) == lent[-1][1]

    def grant(self, generation: int, first: date, last: date) -> None:
        """Take the province's word for the recovery range of a generation, on the days from ``first`` to ``last``.

        It answers what a person would have to vouch for otherwise; a desk whose last serial is certain keeps its normal range.
        """
        ranges = self._settings.profile().recovery_ranges
        if not 1 <= generation <= len(ranges):
            return
        with self._guard.hold() as held:
            if not suspects(held, first):
                return
            series, before = recovery_series(generation), ranges[generation - 1][0] - 1
            for number in range(min((last - first).days + 1, MOST_DAYS)):
                day = first + timedelta(days=number)
                if held.high_water(day, series) is None:
                    held.advance(day, series, before)
            held.vouch(last)
