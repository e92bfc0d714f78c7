"""Which number comes next: the pure decision, from what the guard and the database know (domain guide 8, province contract 3.3, 3.4).

A serial goes up within a series of a day and is used up when the guard has it, printed or not. On a *suspect* day the guard may have
missed some: there the normal range waits for a person who names the last serial, recovery ranges for a person who names the
generation, and provisional codes carry the tail of the new epoch, so that no code ever comes twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import islice

from counter_app.domain.codes import OFFICIAL, PROVISIONAL, official_code, provisional_code
from counter_app.domain.errors import failed
from counter_app.domain.ids import short_device
from counter_app.domain.moments import FIRST_YEAR, LAST_YEAR, day_of
from counter_app.domain.registers import UsedNumber

NORMAL_SERIES, PROVISIONAL_SERIES = "normal", "provisional"
LOST, CRASH = "lost", "crash"
"""Why a serial has no dossier here: it was issued and this database forgot it, or the write it was taken for never finished."""


@dataclass(frozen=True, slots=True)
class SerialRange:
    """Serials from ``first`` to ``last``, both included."""

    first: int
    last: int


WHOLE_DAY = SerialRange(1, 9999)


@dataclass(frozen=True, slots=True)
class NumberPlan:
    """How a desk may number. ``recovery`` holds the ranges of generations 1, 2, … that its lease keeps for days of a restore.

    ``provisional``: always TAM codes. ``fallback``: TAM codes where the range is used up or the last serial is not known.
    ``named`` is the id whose short form TAM codes bear; empty: ``device``. ``more`` are ranges for days on which the normal one is used up,
    in the order in which to use them.
    """

    agency: str
    device: str
    epoch: str
    normal: SerialRange = WHOLE_DAY
    recovery: tuple[SerialRange, ...] = ()
    provisional: bool = False
    fallback: bool = False
    named: str = ""
    more: tuple[SerialRange, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesMarks:
    """The highest serial of one series of one day: taken (guard), once held by a database (guard), held by this database."""

    taken: int | None = None
    settled: int | None = None
    known: int | None = None


@dataclass(frozen=True, slots=True)
class IssuedNumber:
    """A number that was decided on. ``burned`` are the serials below it that this database knows nothing of."""

    code: str
    kind: str
    """official or provisional (``mã tạm`` on the slip)."""
    series: str
    serial: int
    day: date
    device: str
    taken_at: datetime
    burned: tuple[UsedNumber, ...] = ()

    def used_by(self, dossier_id: str) -> UsedNumber:
        """Return the number's line in the register of numbers."""
        return UsedNumber(self.code, self.device, self.day, self.series, self.serial, dossier_id, "", self.taken_at)


def recovery_series(generation: int) -> str:
    """Return the series of a recovery range; ``generation`` counts the restores of a day from 1."""
    return f"recovery-{generation}"


def further_series(ordinal: int) -> str:
    """Return the series of a range for when the normal one is used up; ``ordinal`` counts them from 1."""
    return f"further-{ordinal}"


def clock_is_possible(now: datetime) -> bool:
    """Tell whether the clock stands in years that a desk can live in."""
    return FIRST_YEAR <= day_of(now).year <= LAST_YEAR


def require_clock(now: datetime) -> None:
    """Refuse an impossible clock.

    Raises:
        SurroundingsError: CLOCK_WRONG.
    """
    if not clock_is_possible(now):
        raise failed("CLOCK_WRONG", year=day_of(now).year)


def decide(
    plan: NumberPlan, now: datetime, marks: Callable[[str], SeriesMarks], borne: Callable[[str], bool], *, suspect: bool = False,
) -> IssuedNumber:
    """Return the next number of the day; as :func:`decide_many` of one."""
    return decide_many(plan, now, 1, marks, borne, suspect=suspect)[0]


def decide_many(
    plan: NumberPlan, now: datetime, count: int, marks: Callable[[str], SeriesMarks], borne: Callable[[str], bool], *,
    suspect: bool = False,
) -> tuple[IssuedNumber, ...]:
    """Return the next numbers of the day, all of one series; the burned ones stand with the first.

    ``marks`` is asked for the series in question only; ``borne`` tells whether a dossier bears a code already (another device's, where
    ranges overlap by mistake): such a code is passed over.

    Raises:
        SurroundingsError: CLOCK_WRONG, RANGE_USED_UP, or NUMBER_UNSAFE on a suspect day that nobody has vouched for.
    """
    require_clock(now)
    day, refusal = day_of(now), "NUMBER_UNSAFE"
    for series, serials in _choices(plan, marks, suspect):
        refusal, mark, code = "RANGE_USED_UP", marks(series), _writer(plan, day, series, suspect)
        above = range(max(mark.taken or 0, mark.known or 0, serials.first - 1) + 1, serials.last + 1)
        free = list(islice((serial for serial in above if not borne(code(serial))), count))
        if len(free) == count:
            burned = burned_below(free[0], plan, (day, series), mark, borne=borne, now=now, suspect=suspect)
            kind = PROVISIONAL if series == PROVISIONAL_SERIES else OFFICIAL
            first, *others = (IssuedNumber(code(serial), kind, series, serial, day, plan.device, now) for serial in free)
            return (replace(first, burned=burned), *others)
    raise failed(refusal, day=f"{day:%d/%m/%Y}", first=plan.normal.first, last=plan.normal.last)


def burned_below(
    serial: int, plan: NumberPlan, place: tuple[date, str], mark: SeriesMarks, *,
    borne: Callable[[str], bool], now: datetime, suspect: bool,
) -> tuple[UsedNumber, ...]:
    """Return the serials below ``serial`` of a day and series (``place``) that this database knows nothing of, each with its reason."""
    day, series = place
    code = _writer(plan, day, series, suspect)
    gap = range(max(_serials(plan, series).first, (mark.known or 0) + 1), serial)
    return tuple(
        UsedNumber(code(each), plan.device, day, series, each, None, _reason(mark, each, suspect), now)
        for each in gap if not borne(code(each))
    )


def _serials(plan: NumberPlan, series: str) -> SerialRange:
    """Return the serials of a series; one of a range that the desk no longer has counts as the whole day's."""
    if series == NORMAL_SERIES:
        return plan.normal
    kind, _, ordinal = series.partition("-")
    ranges = {"recovery": plan.recovery, "further": plan.more}.get(kind, ())
    return ranges[int(ordinal) - 1] if ranges and 1 <= int(ordinal) <= len(ranges) else WHOLE_DAY


def _choices(plan: NumberPlan, marks: Callable[[str], SeriesMarks], suspect: bool) -> Iterator[tuple[str, SerialRange]]:
    """Yield the series that may be used, the best first: a mark in the guard on a suspect day is somebody's word for it."""
    if not plan.provisional:
        usual = [(NORMAL_SERIES, plan.normal), *((further_series(each), serials) for each, serials in enumerate(plan.more, start=1))]
        granted = [(recovery_series(each), serials) for each, serials in enumerate(plan.recovery, start=1)] if suspect else []
        for series, serials in (*usual, *reversed(granted)):
            if not suspect or marks(series).taken is not None:
                yield series, serials
    if plan.provisional or plan.fallback:
        yield PROVISIONAL_SERIES, WHOLE_DAY


def _writer(plan: NumberPlan, day: date, series: str, suspect: bool) -> Callable[[int], str]:
    """Return what makes a code of a serial."""
    if series == PROVISIONAL_SERIES:
        return partial(provisional_code, short_device(plan.named or plan.device), day, epoch_tail=plan.epoch[:4] if suspect else "")
    return partial(official_code, plan.agency, day)


def _reason(mark: SeriesMarks, serial: int, suspect: bool) -> str:
    """Return why a serial has no dossier. Before the first number of a vouched day nothing is known but that it was issued."""
    if mark.settled is None:
        return LOST if suspect else CRASH
    return LOST if serial <= mark.settled else CRASH
