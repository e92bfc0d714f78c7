"""Statutory forms, books and codes as PDF and Excel, from data."""

from __future__ import annotations

from counter_app.printing.book_printer import FileBookPrinter
from counter_app.printing.document import Press
from counter_app.printing.form_printer import PdfFormPrinter
from counter_app.printing.report_printer import FileReportPrinter
from counter_app.services.ports import BookPrinter, FormPrinter
from counter_app.services.reports.document import ReportPrinter


def make_form_printer() -> FormPrinter:
    """Return a printer of forms; keep it, its first document costs some ten milliseconds more than the others."""
    return PdfFormPrinter(Press())


def make_book_printer() -> BookPrinter:
    """Return a printer of registers."""
    return FileBookPrinter(Press())


def make_report_printer() -> ReportPrinter:
    """Return a printer of reports."""
    return FileReportPrinter(Press())
