"""Pictures of pages, made on worker threads. What takes a page apart happens one page at a time, and its memory is given back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from counter_app.domain.scan_batch import Sheet
from counter_app.domain.scan_profile import CleanUp
from counter_app.services.scanning.desk import PaperServices
from counter_app.services.scanning.devices import ScannedPage
from ui.heap import give_back

THUMB = 228
"""Pixels of the longer edge: twice the height on the strip."""


class PagePictures:
    """Thumbnails are kept for as long as the stack is open; JPEG all of them."""

    def __init__(self, paper: PaperServices) -> None:
        self._paper = paper
        self._alone = Lock()
        self._kept: dict[str, bytes] = {}

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold back other work that takes a page apart: at 300 dpi each needs a hundred megabytes for a moment."""
        with self._alone:
            try:
                yield
            finally:
                give_back()

    def small(self, page: ScannedPage) -> bytes:
        """Return the thumbnail of a page that just came. Raises as :meth:`.PaperRoom.thumbnail`."""
        return self._paper.room.thumbnail(page, THUMB)

    def keep(self, page_id: str, thumb: bytes) -> None:
        """Keep a thumbnail."""
        self._kept[page_id] = thumb

    def forget(self) -> None:
        """Another stack is open."""
        self._kept.clear()

    def thumbnail(self, batch_id: str, page_id: str) -> bytes:
        """Return the thumbnail of a page as it came. Raises as :meth:`.BatchService.original`, :meth:`.PaperRoom.thumbnail`."""
        if page_id not in self._kept:
            page = self._paper.batches.original(batch_id, page_id)
            try:
                self._kept[page_id] = self.small(page)
            finally:
                self._paper.batches.put_away([page])
        return self._kept[page_id]

    def preview(self, batch_id: str, sheet: Sheet, clean_up: CleanUp, longest: int) -> bytes:
        """Return a page as it will be filed. Raises as :meth:`.BatchService.preview`."""
        batches = self._paper.batches
        with self.alone():
            if not sheet.clean:
                return batches.thumbnail(batch_id, sheet.page_id, longest)
            shown = batches.preview(batch_id, sheet.page_id, clean_up)
            try:
                return self._paper.room.thumbnail(shown, longest)
            finally:
                batches.put_away([shown])
