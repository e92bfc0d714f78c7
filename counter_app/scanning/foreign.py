"""Files from outside become pages. They are hostile until proven otherwise; their first bytes decide what they are, never their name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from counter_app.domain.errors import broken
from counter_app.scanning.foreign_checks import read_head
from counter_app.scanning.foreign_pdf import pdf_pages
from counter_app.scanning.foreign_pictures import picture_pages
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import ForeignLimits

_PICTURES = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"II*\0": "TIFF", b"MM\0*": "TIFF"}


def pages_of(path: Path, limits: ForeignLimits, out_dir: Path, first: int = 1) -> Iterator[ScannedPage]:
    """Yield the pages of a file one by one, as :class:`~counter_app.services.scanning.paper.ForeignReader` says.

    Raises:
        RuleBrokenError: FOREIGN_EMPTY, FOREIGN_TOO_LARGE, FOREIGN_NO_PAGES, FOREIGN_TOO_MANY_PAGES, FOREIGN_PAGE_TOO_LARGE,
            FOREIGN_PROTECTED, FOREIGN_DAMAGED.
        SurroundingsError: FOREIGN_UNREADABLE, FOREIGN_NO_ROOM.
    """
    head = read_head(path, limits)
    if b"%PDF-" in head:
        yield from pdf_pages(path, limits, out_dir, first)
        return
    kind = next((kind for magic, kind in _PICTURES.items() if head.startswith(magic)), None)
    if kind is None:
        raise broken("FOREIGN_NO_PAGES", name=path.name)
    yield from picture_pages(path, kind, limits, out_dir, first=first)
