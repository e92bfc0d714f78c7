"""Prints our 80 mm slips on a receipt printer: each page drawn in the printer's own dots, sent as a picture."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from counter_app.domain.errors import failed
from counter_app.printing.thermal import DOTS, DOTS_IN_A_MM, Dots, commands, thermal_printer
from ui.pdfium import pages

_DPI = DOTS_IN_A_MM * 25.4
_ROLL_MM, _POINTS_IN_A_MM = 80, 72 / 25.4
_WHITE = 0xFF


def print_on_roll(pdf: bytes, address: str, copies: int = 1) -> None:
    """Print every page of a document on a roll and cut the paper behind it; ``address`` as the setting of the printer names it.

    Raises:
        SurroundingsError: PRINTER_UNREACHABLE(printer), PRINTER_STUCK(printer), DOCUMENT_UNREADABLE; THERMAL_PAPER(printer), a page is
            wider than the roll.
    """
    drawn = []
    for size, image in pages(pdf, _DPI):
        if size.width() > (_ROLL_MM + 1) * _POINTS_IN_A_MM:
            raise failed("THERMAL_PAPER", printer=address)
        drawn.append(dots(image))
    thermal_printer(address).send(commands(drawn, copies))


def dots(image: QImage) -> Dots:
    """Return the dots of a page in the middle of the printer's line: a roll's margins lie beyond it."""
    line = QImage(DOTS, image.height(), QImage.Format.Format_Grayscale8)
    line.fill(_WHITE)
    painter = QPainter(line)
    painter.drawImage((DOTS - image.width()) // 2, 0, image)
    painter.end()
    mono = line.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)
    if mono.pixelIndex(0, 0) == 1:
        mono.invertPixels()
    return Dots(DOTS, bytes(mono.constBits()))
