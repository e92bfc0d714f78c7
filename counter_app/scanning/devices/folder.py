"""A folder that a copier or another program scans to, as a scanner: its files are the stack, each whole or with a sentence why not."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from counter_app.domain.errors import DeskError, Problem, SurroundingsError, broken, failed
from counter_app.domain.scan_profile import Abilities, Fitted, ScanSettings, ScanSource
from counter_app.scanning.devices.feed import Feed, PageRefusedError
from counter_app.scanning.devices.watch_folder import FolderLimits, FolderLook, WatchFolder, digest
from counter_app.scanning.foreign_process import ForeignProcess
from counter_app.services.scanning.devices import MOST_PAGES, Device, FeedEnd, FeedWatch, ScanJob, TakenFile
from counter_app.services.scanning.paper import ForeignLimits, ForeignReader

_LOOKED_EVERY_S = 0.1
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class FolderScanner:
    """Folders as a :class:`~counter_app.services.scanning.devices.FileScanner`; the ids are their paths.

    ``folders`` returns those that the desk watches. Files are taken by their time, read from a copy, and stay where they are until they are
    accepted.
    """

    way = "folder"

    def __init__(
        self, folders: Callable[[], Sequence[Path]] = tuple, limits: FolderLimits | None = None, foreign: ForeignLimits | None = None,
    ) -> None:
        self._folders = folders
        self._limits = limits or FolderLimits()
        self._foreign = foreign or ForeignLimits()
        self._watched: dict[Path, WatchFolder] = {}

    def devices(self) -> tuple[Device, ...]:
        """Return the folders that the desk watches."""
        return tuple(Device(f"{self.way}:{folder}", folder.name or str(folder), self.way) for folder in self._folders())

    def abilities(self, device: str) -> Abilities:
        """Return nothing: what lies in a folder was scanned before.

        Raises:
            SurroundingsError: SCAN_FOLDER_GONE.
        """
        self._watch_of(device)
        return Abilities((), (), (), {})

    def feed(self, job: ScanJob, watch: FeedWatch) -> FeedEnd:
        """Take the pages of all files; waits for those that are still being written, a while.

        Raises:
            RuleBrokenError: SCAN_FOLDER_PAGES, pages can't go to the folder that they come from.
            SurroundingsError: SCAN_FOLDER_GONE.
        """
        folder = self._watch_of(job.device)
        if job.folder.resolve() == Path(job.device).resolve():
            raise broken("SCAN_FOLDER_PAGES", "out")
        profile = job.profile
        feed = Feed(job, Fitted(ScanSettings(ScanSource.FLATBED, profile.dpi, profile.colour, None), ()), watch)
        with ForeignProcess() as reader:
            return self._fed(feed, _Taking(folder, feed, reader, self._foreign, job.folder), job.device)

    def _fed(self, feed: Feed, taking: _Taking, device: str) -> FeedEnd:
        try:
            return taking.end(taking.all_files(2 * self._limits.patience_s))
        except PageRefusedError as error:
            return taking.end(feed.stopped(error.code))
        except SurroundingsError as error:
            return taking.end(feed.stopped(error.code, folder=device))
        except OSError as error:
            return taking.end(feed.failed(error))

    def accept(self, device: str, files: Sequence[TakenFile]) -> None:
        """Put files aside whose pages are safe.

        Raises:
            SurroundingsError: SCAN_FOLDER_GONE.
        """
        folder = self._watch_of(device)
        try:
            for file in files:
                folder.accept(file.path, file.sha256)
        except OSError:
            raise failed("SCAN_FOLDER_GONE", folder=device) from None

    def _watch_of(self, device: str) -> WatchFolder:
        path = Path(device)
        if not path.is_dir():
            raise failed("SCAN_FOLDER_GONE", folder=device[:200])
        return self._watched.setdefault(path, WatchFolder(path, self._limits))


class _Taking:
    """Takes file after file: all pages of one, or none."""

    def __init__(self, folder: WatchFolder, feed: Feed, reader: ForeignReader, limits: ForeignLimits, out: Path) -> None:
        self._folder, self._feed, self._reader, self._limits, self._out = folder, feed, reader, limits, out
        self._known = set(folder.accepted_before())
        self._taken: list[TakenFile] = []
        self._notes: list[Problem] = []

    def all_files(self, longest_s: float) -> FeedEnd:
        """Wait until no file may still become ready, then take them in their order.

        Raises:
            SurroundingsError: SCAN_FOLDER_GONE.
            PageRefusedError, OSError: as :meth:`.Feed.take`.
        """
        look = self._settled(time.monotonic() + longest_s)
        for path in look.ready:
            if not self._feed.wanted():
                break
            self._take(path)
        if not self._feed.wanted():
            return self._feed.stopped("SCAN_CANCELLED")
        self._notes += [Problem("SCAN_FILE_UNFINISHED", None, {"name": path.name}) for path in look.unfinished]
        self._notes += [Problem("SCAN_FILE_HELD", None, {"name": path.name}) for path in look.held]
        return self._feed.done() if self._feed.count else self._feed.stopped("SCAN_FOLDER_EMPTY")

    def end(self, end: FeedEnd) -> FeedEnd:
        """Return the end with what is to be said of single files, and those that were taken."""
        return replace(end, notes=(*end.notes, *self._notes), files=tuple(self._taken))

    def _settled(self, until: float) -> FolderLook:
        """Return the folder once all in it is ready, or the time is over."""
        try:
            look = self._folder.look()
            while (look.unfinished or look.held) and time.monotonic() < until and self._feed.wanted():
                time.sleep(_LOOKED_EVERY_S)
                look = self._folder.look()
        except OSError as error:
            raise failed("SCAN_FOLDER_GONE") from error
        return look

    def _take(self, path: Path) -> None:
        with tempfile.TemporaryDirectory(prefix=".file-", dir=self._out) as place:
            try:
                self._take_into(path, Path(place))
            except DeskError as error:
                if error.code == "FOREIGN_NO_ROOM":  # the next file would find none either
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
                self._notes += error.problems

    def _take_into(self, path: Path, place: Path) -> None:
        copy = place / path.name
        try:
            if not 0 < path.stat().st_size <= self._limits.most_bytes:
                copy = path  # not read at all: refused by its size
            sha256 = "" if copy == path else digest(path, copy)
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise
            raise failed("FOREIGN_UNREADABLE", name=path.name) from error
        if sha256 in self._known:
            self._notes.append(Problem("SCAN_FILE_TWICE", None, {"name": path.name}))
            return
        pages = place / "pages"
        pages.mkdir()
        found = list(self._reader.pages_of(copy, self._limits, pages))
        if self._feed.count + len(found) > MOST_PAGES:
            raise PageRefusedError("SCAN_TOO_MANY")
        for page in found:
            self._feed.take(page.path, dpi=page.dpi)
        self._known.add(sha256)
        self._taken.append(TakenFile(path, sha256))
