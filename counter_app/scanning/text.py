"""The words on scanned pages, so that search finds them: Tesseract reads them where it is installed, when nothing else is to be done.

A page takes seconds. So it runs as a process of its own at the lowest priority, one page at a time, and a file that has no text yet is as
good for every other purpose.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from counter_app.domain.errors import failed
from counter_app.scanning.foreign import pages_of
from counter_app.scanning.pdf.writing import save_validated
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import ForeignLimits

LANGUAGE = "vie"
_PAGE_SECONDS, _ASKING_SECONDS = 180, 20
_NICEST, _IDLE = "19", getattr(subprocess, "IDLE_PRIORITY_CLASS", 0)
"""The lowest priority as Linux and as Windows call it."""
_NO_LIMITS = ForeignLimits(most_bytes=2**40, most_pages=10**6)
"""For files that this program wrote itself; a page is no larger than the scanner's."""


@dataclass(frozen=True, slots=True)
class PageText:
    """What stands on a page, and the same as an invisible layer: a PDF of one page of the same size."""

    text: str
    layer: bytes


def find_reader() -> Path | None:
    """Return Tesseract where it is installed and reads Vietnamese."""
    command = shutil.which("tesseract")
    if command is None:
        return None
    try:
        asked = subprocess.run(  # noqa: S603  a fixed program of this machine
            [command, "--list-langs"], capture_output=True, text=True, check=False, timeout=_ASKING_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return Path(command) if LANGUAGE in asked.stdout.split() else None


def read_page(reader: Path, page: ScannedPage) -> PageText:
    """Return the text of a clean page.

    Raises:
        SurroundingsError: TEXT_READER_FAILED.
    """
    with TemporaryDirectory(prefix="text-") as folder:
        out = Path(folder) / "page"
        command = [str(reader), str(page.path), str(out), "-l", LANGUAGE, "--dpi", str(page.dpi), "-c", "textonly_pdf=1", "pdf", "txt"]
        try:
            subprocess.run(  # noqa: S603  a fixed program of this machine
                _humbly(command), check=True, capture_output=True, timeout=_PAGE_SECONDS, creationflags=_IDLE,
                env=os.environ | {"OMP_THREAD_LIMIT": "1"})
            return PageText(out.with_suffix(".txt").read_text(encoding="utf-8").strip(), out.with_suffix(".pdf").read_bytes())
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            raise failed("TEXT_READER_FAILED", page=page.ordinal) from error


def add_text(reader: Path, path: Path, out: Path) -> list[str]:
    """Write a copy of one of our PDF files with an invisible text layer, still PDF/A-2b; return the text of each page.

    Raises:
        SurroundingsError: TEXT_READER_FAILED, PDF_UNWRITABLE, PDF_NOT_VALID, FOREIGN_NO_ROOM.
    """
    found = []
    with TemporaryDirectory(prefix="text-") as folder, pikepdf.open(path) as pdf:
        for page, shown in zip(pdf.pages, pages_of(path, _NO_LIMITS, Path(folder)), strict=True):
            read = read_page(reader, shown)
            found.append(read.text)
            with pikepdf.open(BytesIO(read.layer)) as layer:
                page.add_underlay(layer.pages[0], pikepdf.Rectangle(page.mediabox))
            shown.path.unlink()
        save_validated(pdf, out)
    return found


def _humbly(command: list[str]) -> list[str]:
    """Return a command that runs only when nothing else wants to."""
    nice = shutil.which("nice")
    return [nice, "-n", _NICEST, *command] if nice else command
