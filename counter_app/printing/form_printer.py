"""Prints forms as PDF/A-2b: the adapter of the port :class:`~counter_app.services.ports.FormPrinter`."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from counter_app.printing import label
from counter_app.printing.call_list import call_pages
from counter_app.printing.canvas import Canvas
from counter_app.printing.document import Document, Press
from counter_app.printing.form_pages import A4_WIDE, form_pages
from counter_app.printing.form_roll import form_strips
from counter_app.printing.poster import list_pages, poster_pages
from counter_app.printing.receipt import A4, A5, Sheet, receipt_pages
from counter_app.printing.receipt_roll import WIDTH, roll_pages
from counter_app.printing.recovery_sheet import recovery_page
from counter_app.printing.separator import separator_pages
from counter_app.printing.stamp import label_pages, overlay_pages

Layout = Callable[[Document, dict[str, Any]], None]
PagesOf = Callable[[Canvas, Sheet, dict[str, Any]], list[list[Canvas]]]


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

    def form(self, content: dict[str, Any], paper: str) -> bytes:
        """Return any other form; ``paper`` is one of the content's ``papers``: a5, a5x2, a4, 80mm or label (50×25 mm)."""
        out = BytesIO()
        document = self._press.document(out, f"{content['title']} {content['code']['text']}".strip())
        layout = _SHEETS.get(content["form"]) or (_STAMPS if "stamps" in content else _FORMS)[paper]
        layout(document, content)
        document.close()
        return out.getvalue()

    def recovery_sheet(self, content: dict[str, Any]) -> bytes:
        """Return the recovery sheet; the content is what :func:`~counter_app.printing.recovery_sheet.recovery_page` reads."""
        out = BytesIO()
        document = self._press.document(out, "Phiếu khôi phục dữ liệu")
        document.add_page(A4.width, A4.height, (recovery_page(document.canvas(), content), 0))
        document.close()
        return out.getvalue()


def _on_sheets(pages_of: PagesOf, sheet: Sheet) -> Layout:
    def _write(document: Document, content: dict[str, Any]) -> None:
        chosen = A4_WIDE if content.get("landscape") else sheet
        for pages in pages_of(document.canvas(), chosen, content):
            for page in pages:
                document.add_page(chosen.width, chosen.height, (page, 0))

    return _write


def _two_on_a4(pages_of: PagesOf) -> Layout:
    """Lay the same page of both copies on one landscape A4; cut in half, each is an A5."""
    def _write(document: Document, content: dict[str, Any]) -> None:
        for sheet in zip(*pages_of(document.canvas(), A5, content), strict=True):
            cut = document.canvas()
            cut.dashes(A4.height / 2, 4, A4.height / 2, A4.width - 4)
            half = (A4.height - 2 * A5.width) / 2
            places = (0.0, A5.width + 2 * half)
            document.add_page(A4.height, A4.width, (cut, 0), *zip(sheet, places, strict=False))

    return _write


def _on_roll(strips_of: Callable[[Canvas, dict[str, Any]], list[tuple[Canvas, float]]]) -> Layout:
    def _write(document: Document, content: dict[str, Any]) -> None:
        for strip, length in strips_of(document.canvas(), content):
            document.add_page(WIDTH, length, (strip, 0))

    return _write


def _on_label(document: Document, content: dict[str, Any]) -> None:
    document.add_page(label.WIDTH, label.HEIGHT, (label.label_page(document.canvas(), content), 0))


_RECEIPTS: dict[str, Layout] = {
    "a5": _on_sheets(receipt_pages, A5), "a5x2": _two_on_a4(receipt_pages), "a4": _on_sheets(receipt_pages, A4),
    "80mm": _on_roll(roll_pages)}
_FORMS: dict[str, Layout] = {
    "a5": _on_sheets(form_pages, A5), "a5x2": _two_on_a4(form_pages), "a4": _on_sheets(form_pages, A4), "80mm": _on_roll(form_strips),
    "label": _on_label}
_STAMPS: dict[str, Layout] = {"a4": overlay_pages, "label": label_pages}


def _in_own_way(pages_of: Callable[[Callable[[], Canvas], dict[str, Any]], list[Canvas]]) -> Layout:
    """Lay out sheets that are made for A4 alone."""
    def _write(document: Document, content: dict[str, Any]) -> None:
        for page in pages_of(document.canvas, content):
            document.add_page(A4.width, A4.height, (page, 0))

    return _write


_SHEETS: dict[str, Layout] = {
    "poster": _in_own_way(poster_pages), "poster_list": _in_own_way(list_pages), "call_list": _in_own_way(call_pages),
    "separator": _in_own_way(separator_pages)}
