"""What is known of copies: what a copy says of itself, how making one ended, and how a computer's safe keeping stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from counter_app.domain.errors import Problem

Stop = Callable[[], bool]
"""Asked between small steps of long work: True ends it."""


def never() -> bool:
    """Let work that nobody can end go on."""
    return False


Step = Callable[[int, int], None]
"""Told how many steps of long work are done, and of how many."""


def untold(_done: int, _of: int) -> None:
    """Tell nobody how far long work is."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a copy says of itself. ``serials`` are day, series and highest serial of the newest days that numbers were issued on."""

    device: str
    agency: str
    epoch: str
    schema: str
    made_at: datetime
    why: str
    dossiers: int
    last_event: int
    last_audit: int
    serials: tuple[tuple[str, str, int], ...]
    database_bytes: int
    """0: the database is a server's and not in the copy."""
    database_sha256: str
    """The digest of what stands first in the copy: the list of its database's blocks, or the database itself."""
    with_files: bool
    """Whether the sealed files of the desk are kept beside the copy; not on the desk's own disk, where they lie anyway."""
    files: int = 0
    files_bytes: int = 0
    recovery: str = ""
    """The key, wrapped by the recovery sheet, as ``recovery.json`` holds it."""
    block_bytes: int = 0
    """Size of the blocks of the database beside the copy, all but the last; 0: the database lies in the copy, as it once did."""
    commune: str = ""
    """The full name of the commune, and the number of the counter as people say it; copies of before have none of both."""
    desk: str = ""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A sealed file as it lay in the desk's folder when it was copied. ``changed_ns`` and ``size`` tell later that it is the same.

    Also a block of the database, without a time.
    """

    sha256: str
    size: int
    changed_ns: int


FileList = dict[str, KeptFile]
"""Sealed files by their paths within the desk's folder, with ``/``."""


@dataclass(slots=True)
class Brought:
    """The sealed files of a desk that lie beside the copies of a folder. ``known`` are those that its newest copy names."""

    known: FileList
    files: FileList = field(default_factory=dict)
    new: int = 0
    new_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """What a database says of itself."""

    device: str
    agency: str = ""
    epoch: str = ""
    schema: str = ""
    dossiers: int = 0
    last_event: int = 0
    last_audit: int = 0
    serials: tuple[tuple[str, str, int], ...] = ()
    commune: str = ""
    desk: str = ""


def no_block(_number: int) -> bytes:
    """Read a block where there are none."""
    return b""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The database as it was at one moment, checked, as long as it is held: its blocks, and ``read`` for the bytes of one by its number.

    No blocks: the database is a server's.
    """

    counted: Counted
    size: int = 0
    blocks: tuple[KeptFile, ...] = ()
    read: Callable[[int], bytes] = no_block


class Doubt(StrEnum):
    """Why a copy that was found is offered after all others."""

    AHEAD = "ahead"
    """Its day lies ahead of this computer's clock: a clock is or was wrong, or somebody else made it."""
    INCOMPLETE = "incomplete"
    """Its database doesn't lie beside it."""


@dataclass(frozen=True, slots=True)
class CopyFile:
    """A whole copy that lies in a folder; ``bytes`` with its database, whose blocks other copies may share."""

    path: Path
    facts: Facts
    bytes: int
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class CopyMade:
    """A copy that was made and read back. ``new_files`` sealed files came to those beside it, and ``new_bytes`` to all that lies there."""

    path: Path
    facts: Facts
    bytes: int
    second: bool
    """It lies on another disk than the desk."""
    new_files: int = 0
    new_bytes: int = 0


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """What is remembered of a place: its last copy, when one was tried last, and why that one came to nothing."""

    made_at: datetime | None = None
    tried_at: datetime | None = None
    file: str = ""
    bytes: int = 0
    files: int = 0
    files_bytes: int = 0
    dossiers: int = 0
    second: bool = False
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How the last rehearsal of a restore ended; ``problem`` None: everything was there and could be read."""

    at: datetime
    file: str
    dossiers: int = 0
    files: int = 0
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a computer remembers of its safe keeping; the place with an empty name is the desk's own disk."""

    places: dict[str, PlaceRecord] = field(default_factory=dict)
    rehearsal: Rehearsal | None = None


@dataclass(frozen=True, slots=True)
class PlaceStanding:
    """How a place stands: ``folder`` empty is the desk's own disk; ``there`` tells whether it can be reached now."""

    folder: str
    there: bool
    record: PlaceRecord


@dataclass(frozen=True, slots=True)
class KeepingStanding:
    """How safe keeping stands. ``second_at`` is the newest copy on another disk; ``safe`` tells whether that one can be relied on."""

    places: tuple[PlaceStanding, ...]
    rehearsal: Rehearsal | None
    second_at: datetime | None
    safe: bool
    on_server: bool
    """The database is a server's: its copies are the server's business, only scans are kept here."""

    @property
    def only_one(self) -> bool:
        """Whether the desk has no second copy to rely on; with its database on a server that is so only where scans should have one."""
        return not self.safe and not (self.on_server and all(not each.folder for each in self.places))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What a person should see to: places that take no copy, a rehearsal that found something."""
        found = [each.record.problem for each in self.places] + [self.rehearsal.problem if self.rehearsal else None]
        return tuple(each for each in found if each is not None)


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done now."""

    places: tuple[str, ...]
    why: str
    rehearsal: bool

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.places) or self.rehearsal


@dataclass(frozen=True, slots=True)
class CopiesMade:
    """What came of copies to several places: by place, the copy or why there is none."""

    made: dict[str, CopyMade]
    failed: dict[str, Problem]


@dataclass(frozen=True, slots=True)
class Examined:
    """What a copy held when it was unpacked and looked through; ``missing`` are sealed files that are gone or damaged."""

    dossiers: int
    files: int
    missing: tuple[str, ...] = ()
