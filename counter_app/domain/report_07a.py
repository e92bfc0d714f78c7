"""Form 07a/BTP: what II.06a counts, and what happened before the receipt, how late dossiers were apologised for, how fees were paid.

The aggregation follows a summary of the form (domain guide 12, medium confidence).
"""

from __future__ import annotations

from datetime import timedelta

from counter_app.domain.report_cases import NONE, Case, Marks, came_by, counts, stands
from counter_app.domain.report_periods import Period

_LEVELS = {"full": "online_full", "partial": "online_partial"}


def marks_07a(case: Case, period: Period, *, waiting_days: int) -> Marks:
    """Return the columns of 07a/BTP that a dossier counts in.

    ``waiting_days``: a dossier filed online waits at most so many days to be received; from then on its receipt is late.
    """
    if not case.accepted:
        return _before_receipt(case, period, waiting_days)
    if not counts(case, period):
        return NONE
    return (*_received(case, period), *_standing(case, period), *_paid(case))


def _before_receipt(case: Case, period: Period, waiting_days: int) -> Marks:
    """Filed and never received: refused in the period, or still waiting at its end."""
    if case.received_at >= period.ends:
        return NONE
    if case.finished_at is not None and case.finished_at < period.ends:
        return ("refused_at_intake",) if case.finished_at >= period.begins and case.status == "not_accepted" else NONE
    late = case.received_at < period.ends - timedelta(days=waiting_days)
    return "waiting", "waiting_late" if late else "waiting_in_time"


def _received(case: Case, period: Period) -> Marks:
    came = came_by(case, period)
    way = {
        "carried": "carried", "online": _LEVELS.get(case.online_level, "online_other"),
        "direct": "post" if case.channel == "postal" else "direct",
    }[came]
    return ("received", way, "out_of_area") if case.out_of_area and came != "carried" else ("received", way)


def _standing(case: Case, period: Period) -> Marks:
    stood = stands(case, period)
    if stood in ("in_time", "overdue"):
        return ("pending", stood, *_apology(case, period, "overdue", stood))
    ended = (case.status,) if case.status in ("halted", "withdrawn") else ()
    return ("resolved", stood, *_apology(case, period, "late", stood), *ended)


def _apology(case: Case, period: Period, wanted: str, stood: str) -> Marks:
    if stood != wanted:
        return ()
    sent = case.apology_at is not None and case.apology_at < period.ends
    return (f"{wanted}_apology" if sent else f"{wanted}_silent",)


def _paid(case: Case) -> Marks:
    return ("paid", f"paid_{case.paid}") if case.paid else ()
