"""Numbers of dossiers: guard first, then one transaction, then the print. Never the same code twice, whatever happens in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from counter_app.domain.errors import SurroundingsError, broken
from counter_app.domain.ids import new_epoch
from counter_app.domain.moments import day_of, read_local
from counter_app.domain.numbering import (
    NORMAL_SERIES,
    IssuedNumber,
    NumberPlan,
    SerialRange,
    SeriesMarks,
    burned_below,
    clock_is_possible,
    decide_many,
    recovery_series,
    require_clock,
)
from counter_app.domain.people import Actor, Permission
from counter_app.domain.registers import UsedNumber
from counter_app.domain.text import write_day
from counter_app.services.desk.settings import DeskProfile, EpochReason, SettingsService
from counter_app.services.numbering.standing import NumberStanding, RecoveryRange
from counter_app.services.ports import Clock, Database, HeldGuard, NumberGuard, UnitOfWork
from counter_app.services.recording import write_audit

Place = tuple[date, str]
"""A day and a series."""


class NumberingService:
    """Issues the codes of one device. ``epochs`` makes the name of a new lane."""

    def __init__(
        self, guard: NumberGuard, database: Database, settings: SettingsService, clock: Clock, epochs: Callable[[], str] = new_epoch,
    ) -> None:
        self._guard = guard
        self._database = database
        self._settings = settings
        self._clock = clock
        self._epochs = epochs

    def begin(self, now: datetime, *, restored: bool = False) -> None:
        """Look after the guard when the desk is opened, so that a ``restored`` database starts its new epoch before any event.

        With an impossible clock nothing is looked after: nothing is issued then either.

        Raises:
            SurroundingsError: GUARD_LOCKED, GUARD_UNREADABLE, GUARD_UNWRITABLE, and as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        if clock_is_possible(now):
            with self._guard.hold() as held:
                self._make_sound(held, EpochReason.RESTORED if restored else EpochReason.BEHIND)

    @contextmanager
    def take(self, now: datetime) -> Iterator[IssuedNumber]:
        """Issue a number for the one transaction inside the block; as :meth:`take_many`."""
        with self.take_many(now, 1) as issued:
            yield issued[0]

    @contextmanager
    def take_many(self, now: datetime, count: int) -> Iterator[tuple[IssuedNumber, ...]]:
        """Issue numbers for the one transaction inside the block, which must call :meth:`record` with each and commit.

        The guard is held until the block ends, so that no other process takes an unfinished number for a burned one; it waits for the disk
        once, however many numbers. A block that fails leaves them burned; the next transaction records it so.

        Raises:
            SurroundingsError: CLOCK_WRONG, RANGE_USED_UP, NUMBER_UNSAFE; and as :meth:`begin`. Nothing is issued then.
        """
        require_clock(now)
        with self._guard.hold() as held:
            profile = self._make_sound(held)
            first, *others = issued = self._next(held, profile, now, count)
            day, series, serial = first.day, first.series, issued[-1].serial
            earlier = [place for place in held.loose_ends() if place != (day, series)]
            burned = self._burned_earlier(held, profile, earlier, now)
            held.advance(day, series, serial)
            yield (replace(first, burned=(*burned, *first.burned)), *others)
            for other_day, other_series in earlier:
                held.settle(other_day, other_series, held.high_water(other_day, other_series) or 0)
            held.settle(day, series, serial)

    def record(self, uow: UnitOfWork, issued: IssuedNumber, dossier_id: str) -> None:
        """Put a number and the burned ones below it into the register of numbers, in the transaction of its dossier."""
        for number in issued.burned:
            uow.numbers.add(number)
        uow.numbers.add(issued.used_by(dossier_id))

    def peek(self, now: datetime) -> str:
        """Return the code that :meth:`take` would issue now, for a preview; nothing is written or used up.

        Raises:
            SurroundingsError: as :meth:`take`.
        """
        with self._guard.hold() as held:
            return self._next(held, self._settings.profile(), now)[0].code

    def standing(self) -> NumberStanding:
        """Return what is known about today's numbers and what comes next; nothing is written or used up.

        Raises:
            SurroundingsError: as :meth:`begin`.
        """
        profile, now = self._settings.profile(), self._clock.now()
        plan, day = plan_of(profile), day_of(now)
        with self._guard.hold() as held:
            try:
                code, refusal = self._next(held, profile, now)[0].code, None
            except SurroundingsError as error:
                code, refusal = "", error.problems[0]
            with self._database.read() as uow:
                mark = _marks(held, uow, profile.device, day, NORMAL_SERIES)
                suspect = mark.taken is None and _is_suspect(held, uow, profile, day)
            recovery = tuple(
                RecoveryRange(generation, each, held.high_water(day, recovery_series(generation)) is not None)
                for generation, each in enumerate(plan.recovery, start=1)
            )
        behind_at = read_local(profile.epoch_begun_at) if profile.epoch_reason == EpochReason.BEHIND else None
        return NumberStanding(
            day, code, refusal, suspect, mark.taken, mark.known, plan.normal, plan.provisional, plan.fallback, recovery, behind_at)

    def burned(self, start: date, end: date) -> list[UsedNumber]:
        """Return the register of burned numbers of the days from ``start`` to ``end``, both included.

        A number that was lost leaves it when its dossier is imported again.
        """
        with self._database.read() as uow:
            return uow.numbers.burned(start, end)

    def confirm_last(self, day: date, serial: int, actor: Actor) -> None:
        """Vouch for the newest slip of this counter: no slip bears a later date than ``day``, no official one of that day a higher serial.

        Serial 0: no official code was printed on that day. Both are read from paper, so that the word holds whatever the clock says; a
        clock that lags behind the slips is found. The day goes on above the serial in the normal range, later days begin theirs.

        Raises:
            RuleBrokenError: NOT_ALLOWED; DAY_NOT_COME (field ``day``) after today; NOT_THE_NEWEST (``day``) where a later day is known
                here; SERIAL_NOT_POSSIBLE (``serial``) outside the range, SERIAL_KNOWN_HIGHER (``serial``) below a number known here.
            SurroundingsError: CLOCK_WRONG, and as :meth:`begin`.
        """
        profile, today = self._allowed(actor), day_of(self._clock.now())
        with self._guard.hold() as held:
            self._make_sound(held)
            with self._database.read() as uow:
                _require_newest(uow, profile.device, day, today)
                least = {each: _least(held, uow, profile.device, each) for each in (day, today)}
            _require_possible(serial, least[day], profile)
            self._audit(actor, day, NORMAL_SERIES, serial)
            for each, last in (least | {day: serial}).items():
                held.advance(each, NORMAL_SERIES, last)
            held.vouch(day)

    def allow_recovery(self, generation: int, day: date, actor: Actor) -> None:
        """Open the recovery range of today's ``generation``: which restore of the day this is, as the province grants it.

        ``day`` is the date on the newest slip of this counter, as in :meth:`confirm_last`; its serial need not be known. From tomorrow
        the normal range goes on.

        Raises:
            RuleBrokenError: NOT_ALLOWED; DAY_NOT_COME, NOT_THE_NEWEST (field ``day``) as :meth:`confirm_last`; RECOVERY_UNKNOWN (field
                ``generation``), the desk has no such range.
            SurroundingsError: CLOCK_WRONG, and as :meth:`begin`.
        """
        profile, today = self._allowed(actor), day_of(self._clock.now())
        ranges, series = plan_of(profile).recovery, recovery_series(generation)
        if not 1 <= generation <= len(ranges):
            raise broken("RECOVERY_UNKNOWN", "generation", count=len(ranges))
        with self._guard.hold() as held:
            self._make_sound(held)
            with self._database.read() as uow:
                _require_newest(uow, profile.device, day, today)
            if held.high_water(today, series) is None:
                before_first = ranges[generation - 1].first - 1
                self._audit(actor, today, series, before_first)
                held.advance(today, series, before_first)
            held.vouch(today)

    def _allowed(self, actor: Actor) -> DeskProfile:
        if not actor.may(Permission.MANAGE_DESK):
            raise broken("NOT_ALLOWED")
        require_clock(self._clock.now())
        return self._settings.profile()

    def _audit(self, actor: Actor, day: date, series: str, serial: int) -> None:
        with self._database.write() as uow:
            write_audit(uow, self._clock.now(), actor.user_id, "numbers.vouched", f"{day.isoformat()}/{series}", {"serial": serial})
            uow.commit()

    def _make_sound(self, held: HeldGuard, older: EpochReason = EpochReason.BEHIND) -> DeskProfile:
        """Begin a guard that is missing, and a new epoch where guard and database no longer tell the same story; ``older`` says why one
        would be that is older than its guard.

        A fresh desk has its guard before the database says so, a lost guard its new epoch in the database before the guard: a crash in
        between is found again by the next run, and never taken for the other case. How far the lost guard had come neither an old copy of
        the database nor a clock can tell: any day is suspect until a person vouches.
        """
        profile = self._settings.profile()
        with self._database.read() as uow:
            last_day = uow.numbers.last_day(profile.device)
            behind = _is_behind(uow, profile.device, held.last_settled)
        if held.is_new and last_day is None and not profile.guarded:
            held.begin(profile.epoch, None)
        elif held.is_new or behind or held.epoch != profile.epoch:
            return self._begin_epoch(held, last_day, older)
        elif profile.guarded:
            return profile
        self._settings.note_guard()
        return self._settings.profile()

    def _begin_epoch(self, held: HeldGuard, last_day: date | None, older: EpochReason) -> DeskProfile:
        epoch = self._epochs()
        self._settings.begin_epoch(epoch, EpochReason.GUARD_LOST if held.is_new and older is EpochReason.BEHIND else older)
        held.begin(epoch, last_day if held.is_new else None, open_ended=held.is_new)
        return self._settings.profile()

    def _burned_earlier(self, held: HeldGuard, profile: DeskProfile, places: list[Place], now: datetime) -> tuple[UsedNumber, ...]:
        """Return what was burned on other days, last of the day, and what a restored database has forgotten of them."""
        if not places:
            return ()
        plan = plan_of(profile)
        found: list[UsedNumber] = []
        with self._database.read() as uow:
            for day, series in places:
                mark, suspect = _marks(held, uow, profile.device, day, series), suspects(held, day)
                above = (mark.taken or 0) + 1
                found += burned_below(above, plan, (day, series), mark, borne=uow.dossiers.code_exists, now=now, suspect=suspect)
        return tuple(found)

    def _next(self, held: HeldGuard, profile: DeskProfile, now: datetime, count: int = 1) -> tuple[IssuedNumber, ...]:
        day = day_of(now)
        with self._database.read() as uow:

            def _marks_of(series: str) -> SeriesMarks:
                return _marks(held, uow, profile.device, day, series)

            suspect = _is_suspect(held, uow, profile, day)
            return decide_many(plan_of(profile), now, count, _marks_of, uow.dossiers.code_exists, suspect=suspect)


def suspects(held: HeldGuard, day: date) -> bool:
    """Tell whether numbers of a day may have been issued that a guard knows nothing of."""
    return held.open_ended or (held.suspect_through is not None and day <= held.suspect_through)


def _is_behind(uow: UnitOfWork, device: str, settled: tuple[date, str, int] | None) -> bool:
    """Tell whether a database lacks the number that was settled last: it is older than the guard, restored or another copy."""
    return settled is not None and (uow.numbers.highest(device, settled[0], settled[1]) or 0) < settled[2]


def _is_suspect(held: HeldGuard, uow: UnitOfWork, profile: DeskProfile, day: date) -> bool:
    """Tell whether numbers of a day may have been issued that the guard knows nothing of; one that is gone now will be begun so."""
    if held.is_new:
        return profile.guarded or uow.numbers.last_day(profile.device) is not None
    return suspects(held, day)


def _require_newest(uow: UnitOfWork, device: str, day: date, today: date) -> None:
    """Refuse a day that can't be the one of the newest slip: it has not come by this clock, or the database knows a later one."""
    if day > today:
        raise broken("DAY_NOT_COME", "day", day=write_day(day), today=write_day(today))
    last = uow.numbers.last_day(device)
    if last is not None and day < last <= today:
        raise broken("NOT_THE_NEWEST", "day", day=write_day(last))


def _require_possible(serial: int, known: int, profile: DeskProfile) -> None:
    """Refuse a serial below what is ``known`` of its day, or one that this range has not.

    The known one itself may be of an older range, and so may those after it that were lost, up to where this range begins.
    """
    first, last = profile.serial_first, profile.serial_last
    if serial < known:
        raise broken("SERIAL_KNOWN_HIGHER", "serial", known=known)
    if serial != known and not min(known or first, first) <= serial <= last:
        raise broken("SERIAL_NOT_POSSIBLE", "serial", first=first, last=last)


def _least(held: HeldGuard, uow: UnitOfWork, device: str, day: date) -> int:
    """Return the highest serial of the normal range that guard or database know of a day, 0 for none."""
    return max(held.high_water(day, NORMAL_SERIES) or 0, uow.numbers.highest(device, day, NORMAL_SERIES) or 0)


def _marks(held: HeldGuard, uow: UnitOfWork, device: str, day: date, series: str) -> SeriesMarks:
    return SeriesMarks(held.high_water(day, series), held.settled(day, series), uow.numbers.highest(device, day, series))


def plan_of(profile: DeskProfile) -> NumberPlan:
    """Return how a desk with this profile may number."""
    return NumberPlan(
        profile.agency, profile.device, profile.epoch, SerialRange(profile.serial_first, profile.serial_last),
        tuple(SerialRange(first, last) for first, last in profile.recovery_ranges), profile.provisional, profile.provisional_fallback,
        profile.recorded_as, tuple(SerialRange(first, last) for first, last in profile.further_ranges),
    )
