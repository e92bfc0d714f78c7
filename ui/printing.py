"""Prints our documents on paper at true size, through Qt, on every system alike.

Each page is drawn by pdfium in the dots of the printer and put on the paper from its very corner, never scaled: a slip's bars come out as
long as they are in the PDF. Call from a worker thread (``TaskRunner.run_slow``): a page takes about half a second.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from counter_app.domain.errors import failed
from counter_app.services.documents.print_queue import THERMAL
from ui.pdfium import POINTS_IN_AN_INCH, pages

_MOST_DPI = 600
"""Finer dots than these only make the data larger."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer of this computer. ``name`` is what the system knows it by, ``description`` what people read."""

    name: str
    description: str
    is_default: bool


def printers() -> tuple[Printer, ...]:
    """Return the printers that can be chosen, the default one first. May ask the network: call from a worker thread."""
    default = QPrinterInfo.defaultPrinterName()
    names = [(info.printerName(), info.description()) for info in QPrinterInfo.availablePrinters()]
    return tuple(sorted((Printer(name, description or name, name == default) for name, description in names), key=_order))


def print_pdf(pdf: bytes, printer: str, copies: int = 1, title: str = "") -> None:
    """Print every page of a document on the paper size it has; return when the system's queue has taken it.

    ``printer`` empty: the default one; ``escpos:…``: a receipt printer by its address.

    Raises:
        SurroundingsError: PRINTER_NONE, PRINTER_UNKNOWN(printer), PRINTER_REFUSED(printer), DOCUMENT_UNREADABLE; of a receipt printer as
            :func:`ui.thermal.print_on_roll`.
    """
    if printer.startswith(THERMAL):
        from ui.thermal import print_on_roll  # noqa: PLC0415  few desks have such a printer; the others' windows open without it

        print_on_roll(pdf, printer, copies)
        return
    device = _device(printer)
    device.setFullPage(True)
    device.setCopyCount(copies)
    device.setDocName(title)
    device.setCreator("Quầy Một Cửa")
    painter = QPainter()
    try:
        for number, (size, image) in enumerate(pages(pdf, min(device.resolution(), _MOST_DPI))):
            device.setPageLayout(_layout(size))
            if not (device.newPage() if number else painter.begin(device)):
                raise failed("PRINTER_REFUSED", printer=device.printerName())
            scale = device.resolution() / POINTS_IN_AN_INCH
            painter.drawImage(QRectF(0, 0, size.width() * scale, size.height() * scale), image)
    finally:
        if painter.isActive() and not painter.end():
            raise failed("PRINTER_REFUSED", printer=device.printerName())


def _device(printer: str) -> QPrinter:
    names = QPrinterInfo.availablePrinterNames()
    if not names:
        raise failed("PRINTER_NONE")
    if printer and printer not in names:
        raise failed("PRINTER_UNKNOWN", printer=printer)
    info = QPrinterInfo.printerInfo(printer) if printer else QPrinterInfo.defaultPrinter()
    if info.isNull():
        info = QPrinterInfo.printerInfo(names[0])
    return QPrinter(info, QPrinter.PrinterMode.HighResolution)


def _layout(size: QSizeF) -> QPageLayout:
    """Return the paper of a page of this size in points: upright paper, turned where the page is wide."""
    wide = size.width() > size.height()
    paper = QPageSize(size.transposed() if wide else size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    return QPageLayout(paper, turned, QMarginsF(0, 0, 0, 0))


def _order(printer: Printer) -> tuple[bool, str]:
    return not printer.is_default, printer.description.casefold()
