"""The verb *reconcile* for the sums of days: the province's beside ours, and code by code where they differ (contract 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from counter_app.domain.events import JsonObject
from counter_app.services.line.day_counts import CountedDossier, DayCompared, DayTotals, PeriodCompared, compared, totals
from counter_app.sync.digests import codes_digest
from counter_app.sync.faults import NoContactError
from counter_app.sync.link import Link

MOST_SUMS, MOST_CODES = 400, 31
"""Days of one request: with their sums, with all their codes."""


def compare_days(link: Link, ours: Mapping[date, Sequence[CountedDossier]]) -> PeriodCompared:
    """Compare the sums of days; raises LineError as :meth:`Link.post`, a reply of another shape counts as cut."""
    days = list(ours)
    found: dict[date, tuple[DayTotals, bool]] = {}
    pending = False
    try:
        for some in _pieces(days, MOST_SUMS):
            told = _asked(link, {"status_counts": [_sum(day, ours[day]) for day in some]})
            pending |= told["changes_pending"] is True
            found |= {date.fromisoformat(each["day"]): _told(each) for each in told["status_counts"]}
        theirs = _codes(link, [day for day in days if not found[day][1]])
        return PeriodCompared(tuple(_compared(day, ours[day], found[day], theirs) for day in days), pending)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise NoContactError("cut") from error


def _pieces(days: Sequence[date], size: int) -> list[Sequence[date]]:
    return [days[first:first + size] for first in range(0, len(days), size)]


def _asked(link: Link, wish: JsonObject) -> JsonObject:
    if link.relation.cursor:
        wish = {**wish, "as_of_cursor": link.relation.cursor}
    return link.post("/reconcile", wish).value


def _sum(day: date, ours: Sequence[CountedDossier]) -> JsonObject:
    sums = totals(ours)
    return {
        "day": day.isoformat(), "total": sums.total, "by_status": dict(sums.by_status),
        "codes_digest": codes_digest(each.code for each in ours)}


def _told(each: Mapping[str, Any]) -> tuple[DayTotals, bool]:
    by_status = {str(status): int(number) for status, number in each["by_status"].items()}
    return DayTotals(int(each["total"]), by_status), each["match"] is True


def _codes(link: Link, days: Sequence[date]) -> dict[date, list[CountedDossier]]:
    """Return what the province holds of the days that differ."""
    found: dict[date, list[CountedDossier]] = {}
    for some in _pieces(days, MOST_CODES):
        for each in _asked(link, {"want_codes": [day.isoformat() for day in some]})["codes"]:
            found[date.fromisoformat(each["day"])] = [
                CountedDossier(str(one["dossier_id"]), str(one["MaHoSo"]), str(one["TrangThaiHoSo"])) for one in each["dossiers"]]
    return found


def _compared(
    day: date, ours: Sequence[CountedDossier], told: tuple[DayTotals, bool], theirs: Mapping[date, Sequence[CountedDossier]],
) -> DayCompared:
    there, match = told
    return DayCompared(day, totals(ours), there, match=True) if match else compared(day, ours, theirs[day], there)
