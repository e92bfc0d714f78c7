"""The appointment of a procedure: its limit in the catalogue, the commune's options, the calendar."""

from __future__ import annotations

from datetime import datetime

from counter_app.domain.catalogue import Procedure, TimeLimit
from counter_app.domain.deadline import appointment
from counter_app.domain.deadline_terms import Appointment, DeadlineOptions
from counter_app.domain.errors import broken
from counter_app.services.deadlines.appointment_json import AppointmentCalculator
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.deadlines.settings import DeadlineSettings
from counter_app.services.desk.settings import SettingsService
from counter_app.services.ports import JsonValue


class AppointmentService:
    """Gives appointments. Without ``settings`` every option has its default."""

    def __init__(self, calendar: CalendarService, settings: SettingsService | None = None) -> None:
        self._calendar = calendar
        self._settings = settings

    def for_procedure(self, procedure: Procedure, received_at: datetime, case: str = "") -> Appointment | None:
        """Return the appointment of a dossier received at ``received_at``; None for a procedure without a limit.

        ``case`` names a variant of the limit. The options that were used stand in the answer (``options``), for the dossier to keep.

        Raises:
            RuleBrokenError: CASE_UNKNOWN (field ``case``) and what :func:`~counter_app.domain.deadline.appointment` raises.
        """
        limit = time_limit(procedure, case)
        if limit.limit is None:
            return None
        return appointment(received_at, (limit.limit,), self._calendar.calendar(), self._options(procedure, limit))

    def compute(self, asked: JsonValue, lang: str = "vi") -> JsonValue:
        """Return the answer of the ``appointment`` verb, by this desk's calendar and hours; see :class:`AppointmentCalculator`."""
        return AppointmentCalculator(self._calendar.document(), self._calendar.profile(), lang).compute(asked)

    def _options(self, procedure: Procedure, limit: TimeLimit) -> DeadlineOptions:
        settings = DeadlineSettings() if self._settings is None else self._settings.deadlines()
        return settings.options(procedure.code, limit.cutoff)


def time_limit(procedure: Procedure, case: str = "") -> TimeLimit:
    """Return the limit of a case; the empty case is the main one.

    Raises:
        RuleBrokenError: CASE_UNKNOWN (field ``case``).
    """
    if not case:
        return procedure.time_limit
    found = next((variant for variant in procedure.variants if variant.case == case), None)
    if found is None:
        raise broken("CASE_UNKNOWN", "case", procedure=procedure.code, case=case[:60])
    return found
