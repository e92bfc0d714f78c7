"""What is done to pages after they were scanned: the ports of clean-up, reading codes, foreign files and PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

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
            RuleBrokenError: a FOREIGN_ code: empty, too large, too many pages, no picture of paper, protected by a password, damaged.
            SurroundingsError: FOREIGN_UNREADABLE, FOREIGN_NO_ROOM.
        """
