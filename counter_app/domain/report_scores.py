"""The score of Quyết định 766/QĐ-TTg, estimated from the desk's own data (domain guide 14): items, points and what costs them.

The formulas are all of one shape, ``min(most, most × ratio / threshold)``; thresholds are data (``resources/reports/766.json``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from counter_app.domain.report_cases import Case, awaits_papers, due_in_force
from counter_app.domain.report_periods import Period


class Ratio(NamedTuple):
    """How many of how many."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One item of the score. ``empty_is_full``: nothing to judge gives all points (petitions), elsewhere none."""

    key: str
    group: str
    most: float
    threshold: float
    empty_is_full: bool
    title: str

    def points(self, ratio: Ratio | None) -> float | None:
        """Return the points for a ratio; None where nobody measured it."""
        if ratio is None:
            return None
        if ratio.whole <= 0:
            return self.most if self.empty_is_full else 0.0
        return min(self.most, self.most * ratio.part / ratio.whole / self.threshold)


def read_items(words: Mapping[str, Any]) -> tuple[ScoreItem, ...]:
    """Return the items as the words of the report list them."""
    return tuple(
        ScoreItem(each["key"], each["group"], each["most"], each["threshold"], each["empty"] == "full", each["title"])
        for each in words["items"]
    )


def judged(case: Case, period: Period) -> str:
    """Return on_time or late of a dossier that the item of progress judges in a period; empty where it does not.

    Judged are dossiers finished in the period, by the minute; where papers are awaited at its end, those asked for in the period, and the
    request counts as the end. More than one request makes a dossier late.
    """
    if not case.accepted:
        return ""
    asked = [at for at, _ in case.waits if at < period.ends]
    end = _end(case, asked, period)
    if end is None or end < period.begins:
        return ""
    due_at = due_in_force(case, end)
    return "late" if len(asked) > 1 or (due_at is not None and end > due_at) else "on_time"


def _end(case: Case, asked: Sequence[datetime], period: Period) -> datetime | None:
    """Return when a dossier was finished, or when the papers were asked for that it waits for at the end of the period."""
    if case.finished_at is not None and case.finished_at < period.ends:
        return case.finished_at
    return asked[-1] if asked and awaits_papers(case, period.ends) else None
