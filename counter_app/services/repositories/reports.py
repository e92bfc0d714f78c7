"""The repository of reports, as a protocol; :mod:`counter_app.storage` implements it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from counter_app.domain.digitised import Completeness
from counter_app.domain.dossier import Dossier, DossierRow
from counter_app.domain.report_cases import Case
from counter_app.domain.report_periods import Period
from counter_app.domain.report_work import Work


@dataclass(frozen=True, slots=True)
class FrozenReport:
    """A report as it was sent: never changed. ``content`` is what was printed, and where every dossier stood."""

    report_id: str
    name: str
    period: Period
    frozen_at: datetime
    frozen_by: str
    sent_to: str
    content: dict[str, Any]
    sha256: str


@dataclass(frozen=True, slots=True)
class ComplaintCounts:
    """Complaints of a period: all, answered by their day, answered, and of these to the person's satisfaction."""

    all: int
    on_time: int
    answered: int
    satisfied: int


def fingerprint(content: dict[str, Any]) -> str:
    """Return the hash that the content of a report is kept with when it is sent; its beginning is the mark on the paper."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class ReportRepository(Protocol):
    """What reports count, the dossiers behind a figure, and the reports that were sent."""

    def cases(self, period: Period) -> Iterator[Case]:
        """Yield every dossier received by the end of a period and not closed before its start, in constant memory."""

    def work(self, period: Period) -> Iterator[Work]:
        """Yield who worked on each dossier of :meth:`cases`, in constant memory."""

    def rows(self, numbers: Sequence[int], *, limit: int) -> list[DossierRow]:
        """Return dossiers by their numbers, the first ``limit`` of them in the order of entry."""

    def dossiers(self, numbers: Sequence[int]) -> Iterator[tuple[int, Dossier]]:
        """Yield whole dossiers by their numbers, in the order of entry."""

    def unsent(self, period: Period) -> list[int]:
        """Return the dossiers received in a period of which the province does not hold everything yet."""

    def complained(self, period: Period) -> list[int]:
        """Return the dossiers that a complaint of the period is about."""

    def complaints(self, period: Period) -> ComplaintCounts:
        """Count the complaints of a period."""

    def digitised(self) -> dict[int, Completeness]:
        """Return how far each dossier with files is, by its number."""

    def signed_results(self) -> set[int]:
        """Return the numbers of the dossiers that have files of results, each of them signed digitally."""

    def freeze(self, report: FrozenReport) -> None:
        """Keep a report as it was sent."""

    def frozen(self, name: str, period: Period) -> list[FrozenReport]:
        """Return the reports of this name and period that were sent, the newest first."""

    def sent(self) -> Iterator[FrozenReport]:
        """Yield every report that was sent, the oldest first."""
