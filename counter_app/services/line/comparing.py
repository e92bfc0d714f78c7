"""Both sides' journals laid side by side (province contract 10): what differs, dossier by dossier, and what became of the last time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import TypeVar

from counter_app.domain.errors import SurroundingsError
from counter_app.domain.moments import day_of, read_local, wire
from counter_app.domain.people import Actor, Permission
from counter_app.services.dossiers.access import require
from counter_app.services.line.day_counts import PeriodCompared
from counter_app.services.line.province import Province, Reconciliation, relation_of
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit

QUIET_FROM = 17
"""The hour from which on the day's comparison is made: the counter is closed then."""
LONGEST = timedelta(days=2)
"""A desk that is never on so late compares when its last comparison is this old."""
MOST_SHOWN = 500
BETWEEN_S, TRIES = 0.5, 60
"""How long a comparison waits for the line, and how often."""
T = TypeVar("T")


class Side(StrEnum):
    """Where an op is that is not the same on both sides."""

    HERE = "here"
    THERE = "there"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class DifferingOp:
    """One op that is not the same on both sides. What is there only has no more than its ``place``, ``epoch/seq``."""

    side: Side
    place: str
    type: str = ""
    dossier_code: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How both sides compared ``at`` a moment. ``pending``: the feed was not read to its end, a difference may be normal.

    ``differences`` are the first ones, and none in what is kept of an earlier comparison.
    """

    at: datetime
    here: int = 0
    there: int = 0
    different: int = 0
    pending: bool = False
    differences: tuple[DifferingOp, ...] = field(default=())

    @property
    def match(self) -> bool:
        """Both hold the same ops."""
        return not (self.here or self.there or self.different)


class ComparingService:
    """Compares when a person wants it, and once a day by itself."""

    def __init__(
        self, database: Database, clock: Clock, province: Province, device: str, *, sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._database = database
        self._clock = clock
        self._province = province
        self._device = device
        self._sleep = sleep

    def last(self) -> Comparison | None:
        """Return how the last comparison ended, without its single ops; None before the first."""
        with self._database.read() as uow:
            return self._last(uow)

    def compare(self, actor: Actor) -> Comparison:
        """Compare both sides now, for everybody who may look at dossiers (audited: it names codes).

        Raises:
            RuleBrokenError: NOT_ALLOWED; NOT_ENROLLED.
            SurroundingsError: NO_CONTACT, NOT_THE_PROVINCE, SYNC_RUNNING; as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        require(actor, Permission.READ)
        found = self._compared(self._patiently(self._province.reconcile))
        with self._database.write() as uow:
            self._keep(uow, found)
            counts = {"here": found.here, "there": found.there, "different": found.different}
            write_audit(uow, self._clock.now(), actor.user_id, "journals.compared", self._device, counts)
            uow.commit()
        return found

    def period(self, first: date, last: date, actor: Actor) -> PeriodCompared:
        """Compare what both sides count on each day of a period (audited: it names codes); raises as :meth:`compare`."""
        require(actor, Permission.READ)
        found = self._patiently(partial(self._province.period, first, last))
        with self._database.write() as uow:
            details = {"from": first.isoformat(), "to": last.isoformat(), "here": found.here.total, "there": found.there.total}
            write_audit(uow, self._clock.now(), actor.user_id, "journals.compared", self._device, details)
            uow.commit()
        return found

    def daily(self) -> Comparison | None:
        """Compare once a day, when the counter is closed or the last time is long ago; None where it is not time, or no journal is there.

        Raises as :meth:`compare`.
        """
        now = self._clock.now()
        with self._database.read() as uow:
            last, has_journal = self._last(uow), relation_of(uow, self._device).has_journal
        if not has_journal or (last is not None and not _is_due(last.at, now)):
            return None
        found = self._compared(self._province.reconcile())
        with self._database.write() as uow:
            self._keep(uow, found)
            uow.commit()
        return found

    def _patiently(self, ask: Callable[[], T]) -> T:
        """Ask when the pass that has the line now is over: the desk's own, behind the window, takes seconds as a rule."""
        for _ in range(TRIES):
            try:
                return ask()
            except SurroundingsError as error:
                if error.code != "SYNC_RUNNING":
                    raise
            self._sleep(BETWEEN_S)
        return ask()

    def _compared(self, found: Reconciliation) -> Comparison:
        places = [(Side.DIFFERENT, each) for each in found.different] + [(Side.HERE, each) for each in found.here_only]
        places += [(Side.THERE, each) for each in found.there_only]
        with self._database.read() as uow:
            shown = tuple(self._difference(uow, side, place) for side, place in places[:MOST_SHOWN])
        return Comparison(
            self._clock.now(), len(found.here_only), len(found.there_only), len(found.different), found.pending, shown)

    def _difference(self, uow: UnitOfWork, side: Side, place: str) -> DifferingOp:
        epoch, _, seq = place.partition("/")
        found = [] if side is Side.THERE else uow.events.of_lane(relation_of(uow, self._device).device, epoch, int(seq), int(seq))
        event = next(iter(found), None)
        if event is None:
            return DifferingOp(side, place)
        dossier = uow.dossiers.get(event.dossier_id) if event.dossier_id else None
        return DifferingOp(side, place, event.type, dossier.code if dossier else "", event.occurred_at)

    def _keep(self, uow: UnitOfWork, found: Comparison) -> None:
        counts = {"here": found.here, "there": found.there, "different": found.different, "pending": found.pending}
        uow.settings.put(self._key, {"at": wire(found.at), **counts})

    def _last(self, uow: UnitOfWork) -> Comparison | None:
        stored = uow.settings.get(self._key)
        if stored is None:
            return None
        return Comparison(read_local(stored["at"]), stored["here"], stored["there"], stored["different"], stored["pending"])

    @property
    def _key(self) -> str:
        return f"line/compared/{self._device}"


def _is_due(last: datetime, now: datetime) -> bool:
    if last > now:  # the clock went back
        return now.hour >= QUIET_FROM
    return now - last >= LONGEST or (day_of(last) < day_of(now) and now.hour >= QUIET_FROM)
