"""Printers that are made when the first document is: typefaces and codes take a tenth of a second that opening a desk need not wait for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from counter_app.services.ports import BookDocument, BookPrinter, FormPrinter, JsonValue
from counter_app.services.reports.document import ReportDocument, ReportPrinter


class LateFormPrinter:
    """The printer of forms, :class:`~counter_app.services.ports.FormPrinter`."""

    @cached_property
    def _printer(self) -> FormPrinter:
        from counter_app.printing import make_form_printer  # noqa: PLC0415  late on purpose

        return make_form_printer()

    def receipt(self, content: dict[str, JsonValue], paper: str) -> bytes:
        """Return form 01 as PDF/A-2b."""
        return self._printer.receipt(content, paper)

    def form(self, content: dict[str, JsonValue], paper: str) -> bytes:
        """Return any other form as PDF/A-2b."""
        return self._printer.form(content, paper)

    def recovery_sheet(self, content: dict[str, JsonValue]) -> bytes:
        """Return the recovery sheet as PDF."""
        return self._printer.recovery_sheet(content)


class LateBookPrinter:
    """The printer of registers, :class:`~counter_app.services.ports.BookPrinter`."""

    @cached_property
    def _printer(self) -> BookPrinter:
        from counter_app.printing import make_book_printer  # noqa: PLC0415  late on purpose

        return make_book_printer()

    def pdf(self, book: BookDocument, out: Path) -> None:
        """Write a register as PDF."""
        self._printer.pdf(book, out)

    def xlsx(self, book: BookDocument, out: Path) -> None:
        """Write a register as an Excel workbook."""
        self._printer.xlsx(book, out)


class LateReportPrinter:
    """The printer of reports, :class:`~counter_app.services.reports.document.ReportPrinter`."""

    @cached_property
    def _printer(self) -> ReportPrinter:
        from counter_app.printing import make_report_printer  # noqa: PLC0415  late on purpose

        return make_report_printer()

    def pdf(self, document: ReportDocument, out: Path) -> None:
        """Write a report as PDF."""
        self._printer.pdf(document, out)

    def xlsx(self, document: ReportDocument, out: Path) -> None:
        """Write a report as a workbook."""
        self._printer.xlsx(document, out)
