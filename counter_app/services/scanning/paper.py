"""What is done to pages after they were scanned: the ports of clean-up, reading codes, foreign files and PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from counter_app.domain.scan_codes import CodeRead
from counter_app.domain.scan_profile import CleanUp, PdfProfile
from counter_app.services.scanning.devices import ScannedPage


@dataclass(frozen=True, slots=True)
class ForeignLimits:
    """What a file from outside may ask of this PC before anything in it is decoded.

    ``most_pixels`` is for one page; A3 at 600 dpi has 70 million.
    """

    most_bytes: int = 512 * 2**20
    most_pages: int = 1000
    most_pixels: int = 80_000_000


class ForeignReader(Protocol):
    """Reads files that another program wrote: PDF, JPEG, PNG, TIFF, whatever their names end in."""

    def pages_of(self, path: Path, limits: ForeignLimits, out_dir: Path, first: int = 1) -> Iterator[ScannedPage]:
        """Yield the pages one by one as ``page-0001.png`` or ``.jpg`` in ``out_dir``, ordinals from ``first`` on; the file stays as it is.

        Raises:
            RuleBrokenError: a FOREIGN_ code: empty, too large, too many pages, no picture of paper, protected by a password, damaged,
                or its reader crashed or hung over it.
            SurroundingsError: FOREIGN_UNREADABLE, FOREIGN_NO_ROOM, FOREIGN_READER_DOWN.
        """


class ForeignRoom(Protocol):
    """Where files from outside are opened without harm."""

    def importing(self) -> AbstractContextManager[ForeignReader]:
        """Return a reader for the files of one import, on one thread; what it needs begins with the first file and ends with it."""


@dataclass(frozen=True, slots=True)
class PageLook:
    """What was found on a page: its codes, and whether it seems blank."""

    codes: tuple[CodeRead, ...]
    blank: bool


@dataclass(frozen=True, slots=True)
class PageWork:
    """A page and what the clerk wants done with it: clean-up, and quarter turns clockwise."""

    page: ScannedPage
    clean_up: CleanUp
    quarter_turns: int = 0


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file tells about itself (domain guide 11). ``owner`` is any value that means a person to the desk and to nobody else.

    ``paper`` names the component or result, ``result_code`` is a KQ code, ``number`` and ``issued_on`` stand on the paper.
    """

    title: str
    created_at: datetime
    owner: str = ""
    paper: str = ""
    result_code: str = ""
    number: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A PDF/A file: its size, the digest of its bytes, and the digest of the pages in it, which its metadata holds too."""

    path: Path
    pages: int
    size: int
    sha256: str
    content_sha256: str


PagesDone = Callable[[int], None]
"""Hears how many pages are ready."""


class PaperRoom(Protocol):
    """Looks at pages, cleans them and makes files of them. Every act may be called from any thread; originals are never changed."""

    def found(self, path: Path) -> ScannedPage:
        """Return the page in a file of which nothing else is known: a front, at the resolution the file tells of.

        Raises:
            SurroundingsError: SCAN_PAGE_UNREADABLE.
        """

    def look(self, page: ScannedPage) -> PageLook:
        """Look at a page.

        Raises:
            SurroundingsError: SCAN_PAGE_UNREADABLE.
        """

    def thumbnail(self, page: ScannedPage, longest_px: int, quarter_turns: int = 0) -> bytes:
        """Return a JPEG of a page.

        Raises:
            SurroundingsError: SCAN_PAGE_UNREADABLE.
        """

    def preview(self, work: PageWork, out: Path) -> ScannedPage:
        """Write what a page will look like as a PNG.

        Raises:
            SurroundingsError: SCAN_PAGE_UNREADABLE, SCAN_PAGE_UNWRITABLE.
        """

    def write_pdf(
        self, works: Sequence[PageWork], facts: FileFacts, profile: PdfProfile, out: Path, *, done: PagesDone | None = None,
    ) -> WrittenFile:
        """Write a validated PDF/A-2b. Same pages and facts, same bytes; nothing half-written stays.

        ``works`` are taken in their order, each once and not long before it is needed; ``done`` hears which one the file has.

        Raises:
            RuleBrokenError: PDF_NO_PAGES.
            SurroundingsError: SCAN_PAGE_UNREADABLE, PDF_UNWRITABLE, PDF_NOT_VALID.
        """
