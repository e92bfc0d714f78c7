"""The number guard: an append-only file beside, never inside, the desk's data, that remembers every serial that was taken.

Each line carries its checksum. A last line that a power cut tore is passed over: its number was never used, for a number is used only
after its line is on the disk. Damage anywhere else, or a head that names another device or agency, makes the guard untrusted, and
the desk then behaves as if it had none. A long file is written anew, short, by a temporary file and a rename.
"""

from __future__ import annotations

import errno
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from counter_app.domain.errors import failed
from counter_app.services.surroundings import disk_fault
from counter_app.support.files import write_atomically
from counter_app.support.process_lock import ProcessLock

FILE_NAME, LOCK_NAME = "numbers.guard", "numbers.lock"
SPARE_LINES = 400
"""How many lines more than it needs a file may have before it is written anew."""
LONGEST_TEAR = 64
"""No line of a number is longer; two lines that ran together are damage, not a tear."""
OPEN = "open"
"""Stands last in the line that begins a guard after a loss; guards of earlier versions have lines without it."""
_POLL_SECONDS = 0.02
_OPEN_FLAGS = os.O_RDWR | getattr(os, "O_BINARY", 0)

Settled = tuple[date, str, int]


class FileNumberGuard:
    """The guard of one device, in a folder that belongs to this computer; shared by all processes and all copies of the database."""

    def __init__(self, folder: Path, device: str, agency: str, *, patience_seconds: float = 5.0) -> None:
        self._folder = folder
        self._head = f"guard 1 {device} {agency}"
        self._patience = patience_seconds

    @contextmanager
    def hold(self) -> Iterator[HeldFile]:
        """Lock the guard against other threads and processes, and read it.

        Raises:
            SurroundingsError: GUARD_LOCKED after the time limit; GUARD_UNREADABLE; GUARD_UNWRITABLE, no lock file can be made;
                DISK_WITHOUT_LOCKS.
        """
        lock = ProcessLock(self._folder / LOCK_NAME)
        try:
            self._wait_for(lock)
        except OSError as error:
            if error.errno == errno.ENOLCK:
                raise disk_fault(error, self._folder) from error
            raise failed("GUARD_UNWRITABLE", number=error.errno or 0) from error
        try:
            yield HeldFile(self._folder / FILE_NAME, self._head)
        finally:
            lock.let_go()

    def _wait_for(self, lock: ProcessLock) -> None:
        deadline = time.monotonic() + self._patience
        while not lock.hold():
            if time.monotonic() >= deadline:
                raise failed("GUARD_LOCKED", seconds=round(self._patience))
            time.sleep(_POLL_SECONDS)


class HeldFile:
    """The guard's file while its lock is held (:class:`~counter_app.services.ports.HeldGuard`)."""

    def __init__(self, path: Path, head: str) -> None:
        self._path = path
        self._head = head
        story = _read(path, head)
        self.is_new = story is None
        self._story = story or _Story()
        if self._story.lines > 2 * len(self._story.taken) + SPARE_LINES:
            self._compact()

    @property
    def epoch(self) -> str:
        """The epoch that the guard was last begun in; empty for a new one."""
        return self._story.epoch

    @property
    def suspect_through(self) -> date | None:
        """The last day on which serials may have been issued that are not in the file."""
        return self._story.suspect_through

    @property
    def open_ended(self) -> bool:
        """Whether such serials may stand on any day, since nobody has vouched after a loss."""
        return self._story.open_ended

    @property
    def last_settled(self) -> Settled | None:
        """Day, series and serial of the number that a database held last in this epoch."""
        return self._story.last_settled

    def begin(self, epoch: str, suspect_through: date | None, *, open_ended: bool = False) -> None:
        """Start the file, or a new epoch in it. A file that can't be trusted is kept beside it, for whoever looks into the matter.

        Raises:
            SurroundingsError: GUARD_UNWRITABLE.
        """
        line = _beginning(epoch, suspect_through, open_ended=open_ended)
        if not self.is_new:
            self._append(line)
            return
        try:
            if self._path.exists():
                self._path.replace(self._path.with_suffix(".untrusted"))
            self._rewrite([self._head, line])
        except OSError as error:
            raise failed("GUARD_UNWRITABLE", number=error.errno or 0) from error
        self.is_new = False

    def vouch(self, day: date) -> None:
        """Note that no serial was issued after a day; nothing is written where that is known.

        Raises:
            SurroundingsError: GUARD_UNWRITABLE.
        """
        if self.open_ended:
            self._append(f"vouch {day.isoformat()}")

    def high_water(self, day: date, series: str) -> int | None:
        """Return the highest serial ever taken in a series of a day."""
        return self._story.taken.get((day, series))

    def settled(self, day: date, series: str) -> int | None:
        """Return the highest serial of a series of a day that a database held."""
        return self._story.settled.get((day, series))

    def places(self) -> list[tuple[date, str]]:
        """Return day and series of every serial on record."""
        return list(self._story.taken)

    def loose_ends(self) -> list[tuple[date, str]]:
        """Return day and series of which a database may lack serials: all of them in a new epoch, else those taken and not settled."""
        taken, settled = self._story.taken, self._story.settled
        return [key for key in taken if self._story.last_settled is None or taken[key] > settled.get(key, 0)]

    def advance(self, day: date, series: str, serial: int) -> None:
        """Put a serial on record; on return it is on the disk, by exactly one fsync.

        Raises:
            SurroundingsError: GUARD_UNWRITABLE; the serial must not be used.
            ValueError: a higher serial is on record.
        """
        if serial < self._story.taken.get((day, series), serial):
            raise ValueError("a guard never goes back")
        self._append(f"advance {day.isoformat()} {series} {serial}")

    def settle(self, day: date, series: str, serial: int) -> None:
        """Note, without an fsync, that the database holds a serial. A note that can't be written is left out: it only explains gaps."""
        with suppress(OSError):
            self._write(f"settle {day.isoformat()} {series} {serial}", sync=False)

    def _append(self, line: str) -> None:
        try:
            self._write(line, sync=True)
        except OSError as error:
            raise failed("GUARD_UNWRITABLE", number=error.errno or 0) from error

    def _write(self, line: str, *, sync: bool) -> None:
        """Write behind the last whole line, over whatever a cut left there."""
        data = _checked(line)
        handle = os.open(self._path, _OPEN_FLAGS)
        try:
            os.ftruncate(handle, self._story.size)
            os.lseek(handle, self._story.size, os.SEEK_SET)
            if os.write(handle, data) < len(data):
                raise OSError("the disk took a part of the line only")
            if sync:
                os.fsync(handle)
        finally:
            os.close(handle)
        self._story.add(line, len(data))

    def _compact(self) -> None:
        """Write the file anew with what still matters; where that fails the long one goes on."""
        with suppress(OSError):
            self._rewrite([self._head, *self._story.retold()])

    def _rewrite(self, lines: list[str]) -> None:
        data = b"".join(map(_checked, lines))
        write_atomically(self._path, data)
        story = _Story()
        for line in lines:
            story.add(line, len(_checked(line)))
        self._story = story


class _Story:
    """What the lines of a guard tell, up to a byte."""

    def __init__(self) -> None:
        self.epoch = ""
        self.suspect_through: date | None = None
        self.open_ended = False
        self.last_settled: Settled | None = None
        self.taken: dict[tuple[date, str], int] = {}
        self.settled: dict[tuple[date, str], int] = {}
        self.lines = 0
        self.size = 0

    def add(self, line: str, size: int) -> None:
        """Take in a line of so many bytes; raises ValueError when it says nothing that is known here."""
        match line.split(" "):
            case ["guard", "1", _, _] if self.lines == 0:
                pass
            case ["begin", epoch, suspect, *flag] if flag in ([], [OPEN]):
                self.epoch, self.last_settled = epoch, None
                self.open_ended = self.open_ended or bool(flag)
                if suspect != "-":
                    self._suspect(date.fromisoformat(suspect))
            case ["vouch", day]:
                self.open_ended = False
                self._suspect(date.fromisoformat(day))
            case ["advance", day, series, serial]:
                self.taken[date.fromisoformat(day), series] = int(serial)
            case ["settle", day, series, serial]:
                self.last_settled = date.fromisoformat(day), series, int(serial)
                self.settled[self.last_settled[:2]] = int(serial)
            case _:
                raise ValueError("no line of a guard")
        self.lines += 1
        self.size += size

    def _suspect(self, day: date) -> None:
        self.suspect_through = max(day, self.suspect_through or date.min)

    def retold(self) -> list[str]:
        """Return the fewest lines that tell the same, the head left out."""
        lines = [f"advance {day.isoformat()} {series} {serial}" for (day, series), serial in self.taken.items()]
        lines += [f"settle {day.isoformat()} {series} {serial}" for (day, series), serial in self.settled.items()]
        lines.append(_beginning(self.epoch, self.suspect_through, open_ended=self.open_ended))
        if self.last_settled:
            day, series, serial = self.last_settled
            lines.append(f"settle {day.isoformat()} {series} {serial}")
        return lines


def _beginning(epoch: str, suspect_through: date | None, *, open_ended: bool) -> str:
    return f"begin {epoch} {suspect_through.isoformat() if suspect_through else '-'}{f' {OPEN}' if open_ended else ''}"


def _read(path: Path, head: str) -> _Story | None:
    """Return what a file tells, or None where there is none that can be trusted; raises as :func:`_content`."""
    *lines, rest = _content(path).split(b"\n")
    if lines and not rest and not _unchecked(lines[-1]):
        rest = lines.pop()
    if len(rest) > LONGEST_TEAR or not lines or _unchecked(lines[0]) != head:
        return None
    story = _Story()
    try:
        for raw in lines:
            story.add(_unchecked(raw), len(raw) + 1)
    except ValueError:
        return None
    return story if story.epoch else None


def _content(path: Path) -> bytes:
    """Return a file's bytes, none where there is no file.

    Raises:
        SurroundingsError: GUARD_UNREADABLE, the file is there but the system won't give it.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise failed("GUARD_UNREADABLE", number=error.errno or 0) from error


def _unchecked(raw: bytes) -> str:
    """Return what a line says, the empty text where its checksum doesn't fit."""
    line, _, check = raw.rpartition(b" ")
    return line.decode("ascii", "replace") if check == b"%08x" % zlib.crc32(line) else ""


def _checked(line: str) -> bytes:
    """Return a line as it stands in the file, with its checksum."""
    data = line.encode("ascii")
    return b"%b %08x\n" % (data, zlib.crc32(data))
