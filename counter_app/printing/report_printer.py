"""Writes reports: the adapter of the port :class:`~counter_app.services.reports.document.ReportPrinter`."""

from __future__ import annotations

from pathlib import Path

from counter_app.printing.document import Press
from counter_app.printing.report_pdf import PdfReport
from counter_app.services.reports.document import ReportDocument


class FileReportPrinter:
    """Makes reports as files."""

    def __init__(self, press: Press) -> None:
        self._press = press

    def pdf(self, document: ReportDocument, out: Path) -> None:
        """Write a report as PDF/A-2b. Raises OSError."""
        PdfReport(self._press, document).write(out)

    def xlsx(self, document: ReportDocument, out: Path) -> None:
        """Write a report as a workbook. Raises OSError."""
        from counter_app.printing.report_xlsx import write_xlsx  # noqa: PLC0415  a PDF needs no Excel

        write_xlsx(document, out)
