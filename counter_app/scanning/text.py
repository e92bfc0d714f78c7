"""The words on scanned pages, so that search finds them: Tesseract reads them where it is installed, when nothing else is to be done.

A page takes seconds. So it runs as a process of its own at the lowest priority, one page at a time, and ends the moment somebody works;
a file that has no text yet is as good for every other purpose.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import time
from functools import cached_property
from pathlib import Path

from counter_app.domain.errors import SurroundingsError, failed
from counter_app.services.scanning.reading import ReadPage, Stop, never
from counter_app.services.surroundings import disk_fault

LANGUAGE = "vie"
PAGE_SECONDS = 120.0
_ASKING_SECONDS, _LOOK_SECONDS = 20, 0.1
DPI = 200
_NICEST, _IDLE = "19", getattr(subprocess, "IDLE_PRIORITY_CLASS", 0)
"""The lowest priority as Linux and as Windows call it."""
_ON_WINDOWS = r"C:\Program Files\Tesseract-OCR"
"""Where its installer puts it, without telling the search path."""
_FAULTS = (OSError, ValueError, subprocess.SubprocessError)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def find_reader() -> Path | None:
    """Return Tesseract where it is installed and reads Vietnamese."""
    command = shutil.which("tesseract") or shutil.which("tesseract", path=_ON_WINDOWS)
    if command is None:
        return None
    try:
        asked = subprocess.run(  # noqa: S603  a fixed program of this machine
            [command, "--list-langs"], capture_output=True, text=True, check=False, timeout=_ASKING_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return Path(command) if LANGUAGE in asked.stdout.split() else None


class TesseractReader:
    """Implements :class:`~counter_app.services.scanning.reading.PageReader`; ``most_s`` is how long one page may take."""

    def __init__(self, most_s: float = PAGE_SECONDS) -> None:
        self._most_s = most_s

    @cached_property
    def _program(self) -> Path | None:
        return find_reader()

    def is_there(self) -> bool:
        """Tell whether Tesseract is installed and reads Vietnamese; looked for once."""
        return self._program is not None

    def read(self, file: Path, number: int, stop: Stop) -> ReadPage | None:
        """Return the text of a page; None as soon as ``stop`` says so. What is made lies beside the file.

        Raises:
            SurroundingsError: TEXT_READER_FAILED; DISK_FULL.
        """
        try:
            pages = self._made(file, number, "txt", stop)
            return ReadPage(_beside(file, number, "txt").read_text(encoding="utf-8").strip(), pages) if pages else None
        except _FAULTS as error:
            raise _told(error, file, number) from error

    def add_layer(self, file: Path, out: Path) -> None:
        """Write a copy of one of our PDF files with its words invisible below each page, still PDF/A-2b. What is made lies beside the file.

        Raises:
            SurroundingsError: TEXT_READER_FAILED, PDF_UNWRITABLE, PDF_NOT_VALID; DISK_FULL.
        """
        from counter_app.scanning.text_pages import lay_below, page_count  # noqa: PLC0415  heavy

        numbers = range(1, page_count(file) + 1)
        for number in numbers:
            try:
                self._made(file, number, "pdf", never)
            except _FAULTS as error:
                raise _told(error, file, number) from error
        lay_below(file, [_beside(file, number, "pdf") for number in numbers], out)

    def _made(self, file: Path, number: int, kind: str, stop: Stop) -> int | None:
        """Have a page read into a file of a kind; return how many pages there are, None where it was stopped."""
        from counter_app.scanning.text_pages import draw  # noqa: PLC0415  heavy

        picture, out = _beside(file, number, "png"), _beside(file, number, kind)
        command = [str(self._program), str(picture), str(out.with_suffix("")), "-l", LANGUAGE, "--dpi", str(DPI), "-c", "textonly_pdf=1"]
        try:
            pages = draw(file, number, picture, DPI)
            return pages if self._run([*command, kind], stop) else None
        finally:
            picture.unlink(missing_ok=True)  # it weighs more than the whole file

    def _run(self, command: list[str], stop: Stop) -> bool:
        """Tell whether it came to its end; one that is not wanted any more is ended, one that takes too long is a failure."""
        until = time.monotonic() + self._most_s
        with subprocess.Popen(  # noqa: S603  a fixed program of this machine
                _humbly(command), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, creationflags=_IDLE,
                env=os.environ | {"OMP_THREAD_LIMIT": "1"}) as running:
            try:
                while not stop():
                    try:
                        code = running.wait(_LOOK_SECONDS)
                    except subprocess.TimeoutExpired:
                        if time.monotonic() > until:
                            raise
                        continue
                    if code:
                        raise subprocess.CalledProcessError(code, command)
                    return True
                return False
            finally:
                running.kill()


def _beside(file: Path, number: int, kind: str) -> Path:
    return file.with_name(f"read-{number}.{kind}")


def _told(error: Exception, file: Path, number: int) -> SurroundingsError:
    """Return what hindered reading a page: a full disk says nothing about it."""
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return disk_fault(error, file)
    return failed("TEXT_READER_FAILED", page=number)


def _humbly(command: list[str]) -> list[str]:
    """Return a command that runs only when nothing else wants to."""
    nice = shutil.which("nice")
    return [nice, "-n", _NICEST, *command] if nice else command
