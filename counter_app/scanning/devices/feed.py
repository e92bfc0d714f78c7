"""One feed while it runs: names, checks, counts and hands on its pages, and makes its end."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from counter_app.domain.errors import Problem
from counter_app.domain.scan_profile import Fitted, ScanSource
from counter_app.scanning.devices.image_file import ImageRefusedError, look_at
from counter_app.services.scanning.devices import MOST_PAGES, FeedEnd, FeedWatch, ScanJob, ScannedPage, Side
from counter_app.services.surroundings import disk_fault
from counter_app.support.files import sync_folder

_SUFFIXES = {"PNG": ".png", "JPEG": ".jpg", "PPM": ".pnm"}


class PageRefusedError(Exception):
    """The device gave something that is no page, or no end of pages; ``code`` names the sentence that the feed ends with."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Feed:
    """The pages of one feed. With ``fitted`` duplex, fronts and backs take turns; ``count`` pages have arrived so far."""

    def __init__(self, job: ScanJob, fitted: Fitted, watch: FeedWatch) -> None:
        self.count = 0
        self.settings = fitted.settings
        self._lacks = fitted.lacks
        self._job = job
        self._watch = watch

    @property
    def next_part(self) -> Path:
        """Where the next page is written until it is whole."""
        return self._job.folder / f"page-{self._job.first + self.count:04d}.part"

    def wanted(self) -> bool:
        """Tell whether somebody still wants the rest."""
        return self._watch.wanted()

    def progressed(self, percent: int) -> None:
        """Hand on how much of the page has come."""
        self._watch.progressed(max(0, min(100, percent)))

    def take(self, path: Path, *, dpi: int = 0) -> None:
        """Take a written file as the next page: it gets its name and is made durable before anybody hears of it.

        ``dpi`` is what the device was asked for in the end; 0: what the file says, else the settings.

        Raises:
            PageRefusedError: it is no whole PNG, JPEG or PNM image of bearable size, or one page more than any feeder holds.
            OSError: the disk fails.
        """
        if self.count >= MOST_PAGES:
            raise PageRefusedError("SCAN_TOO_MANY")
        try:
            look = look_at(path)
        except ImageRefusedError as error:
            raise PageRefusedError("SCAN_PAGE_DAMAGED") from error
        ordinal = self._job.first + self.count
        final = self._job.folder / f"page-{ordinal:04d}{_SUFFIXES[look.kind]}"
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        path.replace(final)
        sync_folder(final.parent)
        side: Side = "back" if self._both_sides and self.count % 2 else "front"
        self.count += 1
        self._watch.arrived(ScannedPage(final, dpi or look.dpi or self.settings.dpi, side, ordinal, look.size_px))

    def done(self) -> FeedEnd:
        """The device confirmed that nothing is left; where nothing came at all, there was no paper."""
        return self._end(None) if self.count else self.stopped("SCAN_NO_PAPER")

    def stopped(self, code: str, **params: str | int) -> FeedEnd:
        """The feed ended otherwise; half a page is thrown away, whole ones are kept."""
        with contextlib.suppress(OSError):  # a call that was given up may still hold it, on Windows
            self.next_part.unlink(missing_ok=True)
        return self._end(Problem(code, None, {"pages": self.count, **params}))

    def failed(self, error: OSError) -> FeedEnd:
        """The disk could not take a page."""
        problem = disk_fault(error, self._job.folder).problems[0]
        code = "SCAN_DISK_FAILED" if problem.code != "DISK_FULL" else "SCAN_DISK_FULL"
        return self._end(Problem(code, None, {**problem.params, "pages": self.count}))

    @property
    def _both_sides(self) -> bool:
        return self.settings.source is ScanSource.ADF_DUPLEX

    def _end(self, stopped: Problem | None) -> FeedEnd:
        return FeedEnd(self.count, stopped, self._lacks, both_sides=self._both_sides)
