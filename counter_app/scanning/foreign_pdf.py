"""PDF files from outside become pictures of their pages, at the resolution of the scan in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from counter_app.domain.errors import broken, failed
from counter_app.scanning.foreign_checks import check_page_count, check_page_size
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import ForeignLimits
from counter_app.support.pdfium import PDFIUM

_LEAST_DPI, _MOST_DPI = 200, 300
"""The law asks for 200; a finer scan keeps up to 300."""
_POINTS = 72
_NO_MORE = 1 - 1e-6
"""The renderer rounds up: a page of 660.0001 pixels would get 661."""
_NESTED = 4
"""How deep pictures are looked for in forms inside forms."""


def pdf_pages(path: Path, limits: ForeignLimits, out_dir: Path, first: int) -> Iterator[ScannedPage]:
    """Yield the pages of a PDF as PNG files.

    Raises:
        RuleBrokenError: FOREIGN_PROTECTED, FOREIGN_DAMAGED, FOREIGN_TOO_MANY_PAGES, FOREIGN_NO_PAGES, FOREIGN_PAGE_TOO_LARGE.
        SurroundingsError: FOREIGN_NO_ROOM.
    """
    with PDFIUM:
        document = _opened(path)
        count = len(document)
    try:
        check_page_count(count, path, limits)
        for number in range(count):
            with PDFIUM:
                picture, dpi = _rendered(document, number, path, limits)
            out = out_dir / f"page-{first + number:04d}.png"
            try:
                picture.save(out, compress_level=1, dpi=(dpi, dpi))
            except OSError as error:
                raise failed("FOREIGN_NO_ROOM", name=path.name) from error
            yield ScannedPage(out, dpi, "front", first + number, picture.size)
    finally:
        with PDFIUM:
            document.close()


def _opened(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        code = "FOREIGN_PROTECTED" if "password" in str(error).lower() else "FOREIGN_DAMAGED"
        raise broken(code, name=path.name) from error


def _rendered(document: pypdfium2.PdfDocument, number: int, path: Path, limits: ForeignLimits) -> tuple[Image.Image, int]:
    """Return the picture of a page and its dpi."""
    try:
        with closing(document[number]) as page:
            dpi = _resolution(page, path, limits)
            width, height = page.get_size()
            check_page_size((round(width * dpi / _POINTS), round(height * dpi / _POINTS)), path, limits)
            return page.render(scale=dpi / _POINTS * _NO_MORE, rev_byteorder=True).to_pil().convert("RGB"), dpi
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise broken("FOREIGN_DAMAGED", name=path.name) from error


def _resolution(page: pypdfium2.PdfPage, path: Path, limits: ForeignLimits) -> int:
    """Return the dpi to render at: that of the page's finest picture, within the limits of the law and of reason."""
    finest = float(_LEAST_DPI)
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_NESTED):
        size = picture.get_px_size()
        check_page_size(size, path, limits)
        left, bottom, right, top = picture.get_bounds()
        if right > left and top > bottom:
            finest = max(finest, min(size[0] / (right - left), size[1] / (top - bottom)) * _POINTS)
    return round(min(finest, _MOST_DPI))
