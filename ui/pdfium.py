"""Pages drawn by pdfium, under its lock."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from counter_app.domain.errors import failed
from counter_app.support.pdfium import PDFIUM
from ui.heap import give_back

POINTS_IN_AN_INCH = 72


def pages(pdf: bytes, dpi: float) -> Iterator[tuple[QSizeF, QImage]]:
    """Yield each page: its size in points, and its picture in hard black and white dots, for paper knows no grey edges.

    Raises:
        SurroundingsError: DOCUMENT_UNREADABLE.
    """
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            raise failed("DOCUMENT_UNREADABLE") from None
        count = len(document)
    try:
        for number in range(count):
            with PDFIUM:
                page = document[number]
                size = QSizeF(page.get_width(), page.get_height())
                bitmap = page.render(
                    scale=dpi / POINTS_IN_AN_INCH, grayscale=True, optimize_mode="print", no_smoothtext=True, no_smoothpath=True)
                image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_Grayscale8).copy()
            yield size, image
    finally:
        with PDFIUM:
            document.close()
        give_back()


def page_image(pdf: bytes, page: int, width: int) -> QImage:
    """Return one page (from 0), ``width`` pixels wide, in grey levels as a laser printer sees it."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            sheet = document[page]
            bitmap = sheet.render(scale=width / sheet.get_width(), rev_byteorder=True, prefer_bgrx=True)
            data, height, stride = bytes(bitmap.buffer), bitmap.height, bitmap.stride
            image = QImage(data, bitmap.width, height, stride, QImage.Format.Format_RGBX8888).copy()
        finally:
            document.close()
    give_back()
    return image
