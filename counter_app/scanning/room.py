"""The door to work on pages. What stands behind it weighs a hundred megabytes, so it is fetched when the first page comes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from counter_app.domain.errors import failed
from counter_app.domain.scan_profile import PdfProfile
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import FileFacts, ForeignReader, PageLook, PagesDone, PageWork, WrittenFile

LEGAL_DPI = 200
"""What the law asks for, and what a file is taken for that doesn't tell."""


class PageRoom:
    """Implements the ports ``PaperRoom`` and ``ForeignRoom`` of :mod:`counter_app.services.scanning.paper`."""

    def found(self, path: Path) -> ScannedPage:
        """Return the page in a file of which nothing else is known."""
        from counter_app.scanning.devices.image_file import ImageRefusedError, look_at  # noqa: PLC0415  as all of scanning

        try:
            look = look_at(path)
        except (ImageRefusedError, OSError) as error:
            raise failed("SCAN_PAGE_UNREADABLE", name=path.name) from error
        return ScannedPage(path, look.dpi or LEGAL_DPI, "front", 1, look.size_px)

    def look(self, page: ScannedPage) -> PageLook:
        """Look at a page: whether it seems blank, and which codes it bears."""
        from counter_app.scanning.codes import read_codes  # noqa: PLC0415  heavy
        from counter_app.scanning.paper.ink import is_blank  # noqa: PLC0415
        from counter_app.scanning.paper.pixels import black_ink, grey, load  # noqa: PLC0415

        pixels = load(page.path)
        blank = is_blank(grey(pixels), page.dpi)
        return PageLook(() if blank else read_codes(black_ink(pixels), page.dpi), blank)

    def thumbnail(self, page: ScannedPage, longest_px: int, quarter_turns: int = 0) -> bytes:
        """Return a JPEG of a page."""
        from counter_app.scanning.paper.pixels import thumbnail  # noqa: PLC0415  heavy

        return thumbnail(page.path, page.size_px, longest_px, quarter_turns)

    def preview(self, work: PageWork, out: Path) -> ScannedPage:
        """Write what a page will look like as a PNG."""
        from counter_app.scanning.paper.clean import cleaned  # noqa: PLC0415  heavy
        from counter_app.scanning.paper.pixels import load, save  # noqa: PLC0415

        pixels = cleaned(load(work.page.path), work.clean_up, work.quarter_turns)
        save(pixels, out)
        return replace(work.page, path=out, size_px=(pixels.shape[1], pixels.shape[0]))

    def write_pdf(
        self, works: Sequence[PageWork], facts: FileFacts, profile: PdfProfile, out: Path, *, done: PagesDone | None = None,
    ) -> WrittenFile:
        """Write a validated PDF/A-2b."""
        from counter_app.scanning.pdf.writing import write_pdf  # noqa: PLC0415  heavy

        return write_pdf(works, facts, profile, out, done=done)

    def importing(self) -> AbstractContextManager[ForeignReader]:
        """Return a reader for the files of one import."""
        from counter_app.scanning.foreign_process import ForeignProcess  # noqa: PLC0415  heavy

        return ForeignProcess()
