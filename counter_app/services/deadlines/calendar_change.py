"""What another calendar would mean for the dossiers that are open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.deadline import appointment
from counter_app.domain.deadline_input import read_options
from counter_app.domain.deadline_terms import Limit
from counter_app.domain.dossier import RESOLVED, Dossier
from counter_app.domain.moments import day_of
from counter_app.services.ports import UnitOfWork

OPEN_FOR = timedelta(days=400)
"""Dossiers received earlier are not looked through: none of today's limits is that long."""


@dataclass(frozen=True, slots=True)
class AffectedDossier:
    """An open dossier and its due times. ``new_due_at`` None: a supplement, an extension or a decision set it, a person must recount."""

    dossier_id: str
    code: str
    due_at: datetime
    new_due_at: datetime | None


def affected_dossiers(uow: UnitOfWork, present: WorkCalendar, planned: WorkCalendar, now: datetime) -> list[AffectedDossier]:
    """Return the open dossiers whose due time would move from the present calendar to the planned one, the next due first."""
    found: list[AffectedDossier] = []
    limits: dict[tuple[str, str], Limit | None] = {}
    for dossier in uow.dossiers.received_between(now - OPEN_FOR, now + timedelta(days=1)):
        if dossier.status in RESOLVED or dossier.due_at is None:
            continue
        key = (dossier.procedure_version, dossier.limit_text)
        if key not in limits:
            limits[key] = _limit_of(uow, dossier)
        found += _compared(dossier, dossier.due_at, limits[key], present, planned)
    return sorted(found, key=_by_due)


def _compared(
    dossier: Dossier, due_at: datetime, limit: Limit | None, present: WorkCalendar, planned: WorkCalendar,
) -> Iterator[AffectedDossier]:
    if limit is not None:
        options = read_options(dict(dossier.options))
        if appointment(dossier.received_at, (limit,), present, options).due_at == due_at:
            moved = appointment(dossier.received_at, (limit,), planned, options).due_at
            if moved != due_at:
                yield AffectedDossier(dossier.dossier_id, dossier.code, due_at, moved)
            return
    if any(present.hours(day) != planned.hours(day) for day in _days(day_of(dossier.received_at), day_of(due_at))):
        yield AffectedDossier(dossier.dossier_id, dossier.code, due_at, None)


def _limit_of(uow: UnitOfWork, dossier: Dossier) -> Limit | None:
    """Return the limit that the dossier was received under: the case is recognised by its text."""
    procedure = uow.catalogue.version(dossier.procedure_version)
    if procedure is None:
        return None
    cases = (procedure.time_limit, *procedure.variants)
    return next((case.limit for case in cases if case.text == dossier.limit_text), procedure.time_limit.limit)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _by_due(affected: AffectedDossier) -> datetime:
    return affected.due_at
