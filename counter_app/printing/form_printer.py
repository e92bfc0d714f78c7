"""Prints forms as PDF/A-2b: the adapter of the port :class:`~counter_app.services.ports.FormPrinter`."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from counter_app.printing.document import Document, Press
from counter_app.printing.receipt import A4, A5, receipt_pages


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


def _on_a5(document: Document, content: dict[str, Any]) -> None:
    for pages in receipt_pages(document.canvas(), A5, content):
        for page in pages:
            document.add_page(A5.width, A5.height, (page, 0))


def _on_a4(document: Document, content: dict[str, Any]) -> None:
    for pages in receipt_pages(document.canvas(), A4, content):
        for page in pages:
            document.add_page(A4.width, A4.height, (page, 0))


_RECEIPTS = {"a5": _on_a5, "a4": _on_a4}
