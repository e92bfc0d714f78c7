"""A folder that a copier scans to: which files in it are whole, in what order, and which were taken before. Nothing is decoded here."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from counter_app.scanning.devices.image_file import tail
from counter_app.support.files import sync_folder

ACCEPTED = "da-nhan"
"""The folder within that takes what was accepted; the list of what was ever accepted lies there too."""
_LIST = "sha256.txt"
_ENDS = {b"%PDF-": b"%%EOF", b"\x89PNG": b"IEND\xaeB`\x82", b"\xff\xd8\xff": b"\xff\xd9"}
"""What a file begins with → what a whole one has at its end."""
_TAIL, _HEAD, _CHUNK = 2048, 1024, 1024 * 1024
_UNFINISHED = (".part", ".tmp", ".partial", ".filepart", ".crdownload")
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class FolderLimits:
    """Seconds: for how long a file must not change, how long an end is waited for that does not come."""

    quiet_s: float = 2.0
    patience_s: float = 30.0


@dataclass(frozen=True, slots=True)
class FolderLook:
    """What lies in a folder now: ``ready`` in the order of their coming, ``unfinished`` and ``held`` by another program still to come."""

    ready: tuple[Path, ...]
    unfinished: tuple[Path, ...]
    held: tuple[Path, ...]


class WatchFolder:
    """Remembers since when each file has stood still."""

    def __init__(self, folder: Path, limits: FolderLimits, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder, self._limits, self._clock = folder, limits, clock
        self._since: dict[Path, tuple[int, int, float]] = {}

    def look(self) -> FolderLook:
        """Look at the folder.

        A file is ready when its size and time have stood still for a while and its end is there; one whose end never comes is ready in the
        end, to be refused with a sentence. The clocks of other machines are not compared with ours.

        Raises:
            OSError: the folder is gone, or may not be read.
        """
        ready: list[tuple[int, Path]] = []
        unfinished: list[Path] = []
        held: list[Path] = []
        known, self._since = self._since, {}
        for path, size, changed_ns in _files(self._folder):
            since = known.get(path)
            still = since if since is not None and since[:2] == (size, changed_ns) else (size, changed_ns, self._clock())
            self._since[path] = still
            quiet_s = self._clock() - still[2]
            if _is_held(path):
                held.append(path)
            elif quiet_s >= self._limits.quiet_s and (_has_end(path) or quiet_s >= self._limits.patience_s):
                ready.append((changed_ns, path))
            else:
                unfinished.append(path)
        ready.sort(key=lambda found: (found[0], found[1].name))
        return FolderLook(tuple(path for _, path in ready), tuple(sorted(unfinished)), tuple(sorted(held)))

    def accepted_before(self) -> frozenset[str]:
        """Return the SHA-256 of all that was ever accepted here.

        Raises:
            OSError: the list can't be read.
        """
        path = self._folder / ACCEPTED / _LIST
        return frozenset(path.read_text(encoding="ascii", errors="replace").split()) if path.exists() else frozenset()

    def accept(self, path: Path, sha256: str) -> None:
        """Put a file aside: first into the list, so that it is never taken twice whatever happens between. A changed file stays.

        Raises:
            OSError: the folder takes nothing.
        """
        if path.parent != self._folder or not path.exists() or digest(path) != sha256:
            return
        aside = self._folder / ACCEPTED
        aside.mkdir(exist_ok=True)
        with (aside / _LIST).open("a", encoding="ascii") as file:
            file.write(f"{sha256}\n")
            file.flush()
            os.fsync(file.fileno())
        path.rename(_free_name(aside, path))
        sync_folder(aside)


def digest(path: Path, copy: Path | None = None) -> str:
    """Return the SHA-256 of a file as 64 hex digits, and keep a copy of exactly what was read.

    Raises:
        OSError: it can't be read, or the copy not be written.
    """
    reckoned = hashlib.sha256()
    with path.open("rb") as source, (copy or Path(os.devnull)).open("wb") as kept:
        while piece := source.read(_CHUNK):
            reckoned.update(piece)
            kept.write(piece)
    return reckoned.hexdigest()


def _files(folder: Path) -> Iterator[tuple[Path, int, int]]:
    """Yield the files that may become pages, with size and time; links are not followed out of the folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name.casefold()
            if name.startswith((".", "~")) or name.endswith(_UNFINISHED) or name in _OF_THE_SYSTEM:
                continue
            try:
                state = entry.stat(follow_symlinks=False)
            except FileNotFoundError:  # gone since
                continue
            if stat.S_ISREG(state.st_mode):
                yield Path(entry.path), state.st_size, state.st_mtime_ns


def _has_end(path: Path) -> bool:
    """Tell whether a file is whole as far as its kind shows it; an empty one never is."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        end = next((end for magic, end in _ENDS.items() if magic in head), b"")
        return bool(head) and end in tail(path, _TAIL)
    except OSError:
        return False


def _is_held(path: Path) -> bool:
    """Tell whether another program holds a file: Windows refuses to open it then, elsewhere it has a lock."""
    try:
        with path.open("rb") as file:
            if sys.platform != "win32":
                import fcntl  # noqa: PLC0415  there is none on Windows

                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _free_name(aside: Path, path: Path) -> Path:
    found, number = aside / path.name, 1
    while found.exists():
        number += 1
        found = aside / f"{path.stem} ({number}){path.suffix}"
    return found
