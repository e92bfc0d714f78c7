"""Marks of the audit trail: a file beside the number guard, never inside the desk's data, that remembers how far the trail had come.

A chain shows a change inside it, not a cut at its end, and whoever has the key can write a chain anew. The marks lie elsewhere: what the
trail held at a mark it must hold for ever, but where a restore explains it, and each restore that was made here has its line too. Each
line carries its checksum; one that a power cut tore is passed over.
"""

from __future__ import annotations

import logging
import os
import zlib
from contextlib import suppress
from pathlib import Path

from counter_app.domain.checkpoint import TrailMark
from counter_app.domain.moments import read_local, write_local
from counter_app.services.ports import Clock
from counter_app.services.trail.marks import KeptMarks
from counter_app.support.files import private_folder, write_atomically

FILE_NAME = "trail.marks"
EVERY = 32
"""So many entries may come before the next mark is made by itself."""
KEPT = 500
"""Marks that a file written anew keeps: the newest proves everything before it, the others tell where a difference begins."""
_LINE_BYTES = 110
"""About what a mark takes."""
MARK, RESTORED = "mark", "restored"
_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)

log = logging.getLogger(__name__)


class FileTrailMarks:
    """The marks of one device; every process of the desk adds to the same file."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._path = folder / FILE_NAME
        self._clock = clock
        self._last: TrailMark | None = None

    def passed(self, count: int, head: str) -> None:
        """Take note that the trail durably has ``count`` entries, the last one with the hash ``head``; each so many become a mark."""
        last = self._newest()
        if last is None or not last.count <= count < last.count + EVERY:
            self.put(count, head)

    def put(self, count: int, head: str) -> None:
        """Make a mark, on the disk on return. Where that fails the work goes on: the next one proves as much."""
        last, mark = self._newest(), TrailMark(count, head, self._clock.now())
        if last is not None and (last.count, last.head) == (count, head):
            return
        try:
            self._shorten()
            self._append(MARK, mark)
        except OSError as error:
            log.warning("the audit trail could not be marked: errno %s", error.errno)
        self._last = mark

    def witness_restore(self, count: int, head: str) -> None:
        """Keep that a restore was made here, which entry ``count`` with the hash ``head`` tells of; on the disk on return.

        Raises:
            OSError: it can't be kept, and the entry would be taken for a forged one.
        """
        self._append(RESTORED, TrailMark(count, head, self._clock.now()))

    def _newest(self) -> TrailMark | None:
        """Return the last mark that this process or one before it made."""
        if self._last is None:
            with suppress(OSError):
                self._last = next(reversed(self.read().marks), None)
        return self._last

    def read(self) -> KeptMarks:
        """Return what the file holds; empty where there is none.

        Raises:
            OSError: the file is there, but the system won't give it.
        """
        try:
            lines = self._path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return KeptMarks()
        found = [_read(line) for line in lines if line]
        whole = [each for each in found if each]
        restores = frozenset((mark.count, mark.head) for kind, mark in whole if kind == RESTORED)
        return KeptMarks(tuple(mark for kind, mark in whole if kind == MARK), len(found) - len(whole), restores)

    def _append(self, kind: str, mark: TrailMark) -> None:
        """Add a line; the break stands before it, so that what a cut left there spoils nothing else."""
        line = f"{kind} {mark.count} {mark.head} {write_local(mark.at)}"
        private_folder(self._path.parent)
        handle = os.open(self._path, _APPEND, 0o600)
        try:
            data = b"\n" + _checked(line)
            if os.write(handle, data) < len(data):
                raise OSError("the disk took a part of the line only")
            os.fsync(handle)
        finally:
            os.close(handle)

    def _shorten(self) -> None:
        if self._path.exists() and self._path.stat().st_size > 2 * KEPT * _LINE_BYTES:
            kept: dict[str, list[bytes]] = {MARK: [], RESTORED: []}
            for line in self._path.read_bytes().split(b"\n"):
                if found := _read(line):
                    kept[found[0]].append(line)
            write_atomically(self._path, b"".join(b"\n" + line for line in (*kept[RESTORED], *kept[MARK][-KEPT:])))


def _checked(line: str) -> bytes:
    data = line.encode("ascii")
    return b"%b %08x" % (data, zlib.crc32(data))


def _read(raw: bytes) -> tuple[str, TrailMark] | None:
    """Return the kind of a line and its mark; None for one that a cut tore."""
    line, _, check = raw.rpartition(b" ")
    try:
        kind, count, head, at = line.decode("ascii").split(" ")
        mark = TrailMark(int(count), head, read_local(at))
    except ValueError:
        return None
    return (kind, mark) if kind in (MARK, RESTORED) and check == b"%08x" % zlib.crc32(line) else None
