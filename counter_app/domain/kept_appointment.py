"""The appointment of a dossier as it stands, made again from what the dossier keeps, so that it can be moved on from there.

The kept due time counts, not a new reckoning of the past: a calendar that was changed since moves no appointment by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.deadline import appointment
from counter_app.domain.deadline_input import read_options
from counter_app.domain.deadline_terms import Appointment, DeadlineOptions, Limit, LimitUnit
from counter_app.domain.dossier import Dossier
from counter_app.domain.moments import day_of

UNKNOWN = Limit(1, LimitUnit.WORKING_DAY)
"""Stands for the limit of a dossier whose own is not known (an imported one): time is added to it, it is never counted again."""


def kept_options(dossier: Dossier, limits: Sequence[Limit]) -> DeadlineOptions:
    """Return the options that the dossier was counted by; without a known limit there is nothing to restart, so that time only pauses."""
    options = read_options(dossier.options)
    return options if limits else replace(options, supplement="pause")


def kept_appointment(dossier: Dossier, limits: Sequence[Limit], calendar: WorkCalendar) -> Appointment:
    """Return the appointment in force. ``limits`` are those of its procedure at its receipt; none where they are not known.

    Raises:
        RuleBrokenError: as :func:`~counter_app.domain.deadline.appointment`.
    """
    first = appointment(dossier.received_at, limits or (UNKNOWN,), calendar, kept_options(dossier, limits))
    if dossier.due_at is None:
        return replace(first, due_at=None, nominal=None, phases=())
    nominal = dossier.due_nominal or day_of(dossier.due_at)
    last = replace(first.phases[-1], due_at=dossier.due_at, nominal=nominal)
    return replace(first, due_at=dossier.due_at, nominal=nominal, phases=(*first.phases[:-1], last))
