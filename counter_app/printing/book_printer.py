"""Writes registers: the adapter of the port :class:`~counter_app.services.ports.BookPrinter`."""

from __future__ import annotations

from pathlib import Path

from counter_app.printing.book_pdf import PdfBook
from counter_app.printing.document import Press
from counter_app.services.ports import BookDocument


class FileBookPrinter:
    """Makes the registers of the desk as files."""

    def __init__(self, press: Press) -> None:
        self._press = press

    def pdf(self, book: BookDocument, out: Path) -> None:
        """Write a register as a bound book, PDF/A-2b. Raises OSError."""
        PdfBook(self._press, book).write(out)

    def xlsx(self, book: BookDocument, out: Path) -> None:
        """Write a register as an Excel workbook. Raises OSError."""
        from counter_app.printing.book_xlsx import write_xlsx  # noqa: PLC0415  forms and PDF books need no Excel

        write_xlsx(book, out)
