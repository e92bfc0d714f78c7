"""A report as it is printed or written, and the port of what does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from counter_app.domain.report_periods import Period
from counter_app.services.reports.words import ReportWords


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """What stands on the paper. ``content`` is the report as JSON; ``mark`` is its check mark when it was frozen, else empty."""

    words: ReportWords
    content: dict[str, Any]
    period: Period
    unit: str
    superior: str
    receiver: str
    place: str
    maker: str
    made_at: datetime
    mark: str = ""


class ReportPrinter(Protocol):
    """Writes reports."""

    def pdf(self, document: ReportDocument, out: Path) -> None:
        """Write a report as PDF/A-2b, A4 landscape. Raises OSError."""

    def xlsx(self, document: ReportDocument, out: Path) -> None:
        """Write a report as a workbook with real numbers. Raises OSError."""
