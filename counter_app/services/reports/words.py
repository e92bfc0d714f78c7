"""The words and columns of the reports: data with effective dates in ``resources/reports``, one file a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.domain.report_periods import Period, kind_of, place
from counter_app.support.resources import shipped_json

COMMON = "common"


@dataclass(frozen=True, slots=True)
class ReportWords:
    """One version of a report: its name, the form it follows and its words by key."""

    report: str
    version: str
    legal_reference: str
    words: Mapping[str, Any]

    def say(self, key: str, /, **values: object) -> str:
        """Return a word with its values filled in."""
        return str(self.words[key]).format(**values)

    @property
    def tables(self) -> list[dict[str, Any]]:
        """The tables of the report, in the order of the page."""
        return list(self.words["tables"])


def words_in_force(report: str, on: date) -> ReportWords:
    """Return the words of a report about a period that ends on that day; the first version for any day before it.

    Raises:
        FileNotFoundError: there is no such report.
    """
    document, common = shipped_json(f"reports/{report}.json"), shipped_json(f"reports/{COMMON}.json")
    versions = document["versions"]
    begun = [version for version in versions if date.fromisoformat(version["effective_from"]) <= on]
    chosen = begun[-1] if begun else versions[0]
    return ReportWords(report, chosen["version"], chosen["legal_reference"], common | document["words"] | chosen.get("words", {}))


def period_name(words: ReportWords, period: Period) -> str:
    """Return what a period is called: ``tháng 11 năm 2026``; any two days are ``theo ngày``."""
    kind = kind_of(period)
    if kind is None:
        return words.say("period_week" if (period.end - period.start).days == 6 else "period_other")
    year, number = place(kind, period)
    return words.say(f"period_{kind.value}", year=year, number=number)
