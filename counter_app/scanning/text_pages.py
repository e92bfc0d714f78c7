"""Pages of our own PDF files as pictures for the reader of words, and its words laid invisibly below them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2

from counter_app.domain.errors import failed
from counter_app.scanning.pdf.writing import save_validated
from counter_app.support.pdfium import PDFIUM

_POINTS = 72


def draw(file: Path, number: int, out: Path, dpi: int) -> int:
    """Draw a page, counted from 1, as a picture in grey; return how many pages the file has.

    Raises:
        ValueError: it is no PDF, or has no such page.
    """
    try:
        with PDFIUM, closing(pypdfium2.PdfDocument(file)) as document:
            pages = len(document)
            with closing(document[number - 1]) as page:
                picture = page.render(scale=dpi / _POINTS, grayscale=True).to_pil()
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise ValueError(f"page {number}") from error
    picture.save(out, compress_level=1, dpi=(dpi, dpi))
    return pages


def page_count(file: Path) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(file) as pdf:
        return len(pdf.pages)


def lay_below(file: Path, layers: Sequence[Path], out: Path) -> None:
    """Write a copy of a PDF/A file with a page of text below each of its pages.

    Raises:
        SurroundingsError: TEXT_READER_FAILED, a layer is not there or no PDF; PDF_UNWRITABLE, PDF_NOT_VALID.
    """
    with ExitStack() as opened:
        pdf = opened.enter_context(pikepdf.open(file))
        for number, (page, layer) in enumerate(zip(pdf.pages, layers, strict=True), start=1):
            try:
                content = BytesIO(layer.read_bytes())  # not the file: a long paper has more pages than a process may hold files
                text = opened.enter_context(pikepdf.open(content)).pages[0]
            except (OSError, pikepdf.PdfError, IndexError) as error:
                raise failed("TEXT_READER_FAILED", page=number) from error
            page.add_underlay(text, pikepdf.Rectangle(page.mediabox))
        save_validated(pdf, out)
