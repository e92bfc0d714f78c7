"""The dossiers of a day on both sides: how many have which status, and which of them only one side has (province contract 10).

A dossier counts on the day of its receipt, or of its refusal, by the status of its record. One that waits for acceptance, that another
commune has, or that was imported counts on neither side; an imported one does where the province has a record of it: a refusal makes one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from counter_app.domain.codes import parse_code
from counter_app.domain.dossier import NATIONAL_STATUS, Dossier, Status
from counter_app.domain.moments import VIETNAM, day_of
from counter_app.domain.province_adoption import PROVINCE_CODE
from counter_app.services.exchange.older_dossiers import is_imported
from counter_app.services.ports import UnitOfWork

MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class CountedDossier:
    """One dossier as it counts: its code in the record, and its national status (``1`` to ``10``)."""

    dossier_id: str
    code: str
    status: str


@dataclass(frozen=True, slots=True)
class DayTotals:
    """How many dossiers of a day one side has, by national status."""

    total: int
    by_status: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DayCompared:
    """One day on both sides. Codes are named only where the sides differ; ``different`` are code, status here and status there."""

    day: date
    here: DayTotals
    there: DayTotals
    match: bool
    here_only: tuple[str, ...] = ()
    there_only: tuple[str, ...] = ()
    different: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodCompared:
    """The days of a period. ``pending``: the feed was not read to its end, a difference may be normal."""

    days: tuple[DayCompared, ...] = field(default=())
    pending: bool = False

    @property
    def match(self) -> bool:
        """Both sides count the same on every day."""
        return all(each.match for each in self.days)

    @property
    def here(self) -> DayTotals:
        """The whole period as this desk counts it."""
        return _summed(each.here for each in self.days)

    @property
    def there(self) -> DayTotals:
        """The whole period as the province counts it."""
        return _summed(each.there for each in self.days)


def counted(uow: UnitOfWork, first: date, last: date) -> dict[date, list[CountedDossier]]:
    """Return what this desk counts on each day of a period, both days included, at most :data:`MOST_DAYS`."""
    last = min(last, first + timedelta(days=MOST_DAYS - 1))
    found: dict[date, list[CountedDossier]] = {first + timedelta(days=number): [] for number in range((last - first).days + 1)}
    start, end = datetime.combine(first, time(), VIETNAM), datetime.combine(last + timedelta(days=1), time(), VIETNAM)
    for day, dossier in _of_days(uow, start, end):
        if _counts(dossier):
            found[day].append(CountedDossier(dossier.dossier_id, _code_there(dossier), str(NATIONAL_STATUS[dossier.status])))
    return found


def totals(dossiers: Iterable[CountedDossier]) -> DayTotals:
    """Return the sums of a day."""
    by_status = Counter(each.status for each in dossiers)
    return DayTotals(by_status.total(), dict(by_status))


def compared(day: date, ours: Iterable[CountedDossier], theirs: Iterable[CountedDossier], there: DayTotals) -> DayCompared:
    """Return a day on which the sides differ, dossier by dossier."""
    here, other = {each.dossier_id: each for each in ours}, {each.dossier_id: each for each in theirs}
    both = [(here[name], other[name]) for name in here if name in other]
    return DayCompared(
        day, totals(here.values()), there, match=False,
        here_only=tuple(sorted(each.code for name, each in here.items() if name not in other)),
        there_only=tuple(sorted(each.code for name, each in other.items() if name not in here)),
        different=tuple(sorted((a.code, a.status, b.status) for a, b in both if (a.code, a.status) != (b.code, b.status))))


def _of_days(uow: UnitOfWork, start: datetime, end: datetime) -> Iterator[tuple[date, Dossier]]:
    """Yield each dossier of a period with its day: one that was refused without being received may have come long before."""
    for dossier in uow.dossiers.received_between(start, end):
        if dossier.place is not None or dossier.status is not Status.NOT_ACCEPTED or dossier.finished_at is None:
            yield day_of(dossier.received_at), dossier
    for dossier in uow.dossiers.refused_between(start, end):
        yield day_of(dossier.finished_at or dossier.received_at), dossier


def _counts(dossier: Dossier) -> bool:
    waits = dossier.awaiting_acceptance and dossier.status is not Status.NOT_ACCEPTED
    unknown_there = is_imported(dossier) and not dossier.known_rev
    return not (waits or dossier.given_to or unknown_there)


def _code_there(dossier: Dossier) -> str:
    """Return the code in the province's record: the last one that it gave, else the printed one."""
    given = [each.code for each in dossier.codes if each.kind == PROVINCE_CODE and parse_code(each.code)]
    return given[-1] if given else dossier.code


def _summed(days: Iterable[DayTotals]) -> DayTotals:
    by_status: Counter[str] = Counter()
    for each in days:
        by_status.update(each.by_status)
    return DayTotals(by_status.total(), dict(by_status))
