"""Prints forms as PDF/A-2b: the adapter of the port :class:`~counter_app.services.ports.FormPrinter`."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from counter_app.printing.document import Document, Press
from counter_app.printing.receipt import A4, A5, Sheet, receipt_pages
from counter_app.printing.receipt_roll import WIDTH, roll_pages
from counter_app.printing.recovery_sheet import recovery_page


class PdfFormPrinter:
    """Makes the documents of the desk. Same content, same bytes."""

    def __init__(self, press: Press) -> None:
        self._press = press

    def receipt(self, content: dict[str, Any], paper: str) -> bytes:
        """Return form 01 with all its copies. ``paper`` is a5, a5x2 (two copies beside one another on A4, with a cut line), a4 or 80mm."""
        out = BytesIO()
        document = self._press.document(out, f"{content['title']} {content['code']['text']}".strip())
        _RECEIPTS[paper](document, content)
        document.close()
        return out.getvalue()

    def recovery_sheet(self, content: dict[str, Any]) -> bytes:
        """Return the recovery sheet; the content is what :func:`~counter_app.printing.recovery_sheet.recovery_page` reads."""
        out = BytesIO()
        document = self._press.document(out, "Phiếu khôi phục dữ liệu")
        document.add_page(A4.width, A4.height, (recovery_page(document.canvas(), content), 0))
        document.close()
        return out.getvalue()


def _on_sheets(sheet: Sheet) -> Callable[[Document, dict[str, Any]], None]:
    def _write(document: Document, content: dict[str, Any]) -> None:
        for pages in receipt_pages(document.canvas(), sheet, content):
            for page in pages:
                document.add_page(sheet.width, sheet.height, (page, 0))

    return _write


def _two_on_a4(document: Document, content: dict[str, Any]) -> None:
    """Lay the same page of both copies on one landscape A4; cut in half, each is an A5."""
    for sheet in zip(*receipt_pages(document.canvas(), A5, content), strict=True):
        cut = document.canvas()
        cut.dashes(A4.height / 2, 4, A4.height / 2, A4.width - 4)
        half = (A4.height - 2 * A5.width) / 2
        places = (0.0, A5.width + 2 * half)
        document.add_page(A4.height, A4.width, (cut, 0), *zip(sheet, places, strict=False))


def _on_roll(document: Document, content: dict[str, Any]) -> None:
    for strip, length in roll_pages(document.canvas(), content):
        document.add_page(WIDTH, length, (strip, 0))


_RECEIPTS: dict[str, Callable[[Document, dict[str, Any]], None]] = {
    "a5": _on_sheets(A5), "a5x2": _two_on_a4, "a4": _on_sheets(A4), "80mm": _on_roll}
