"""What safe keeping needs of its surroundings."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from counter_app.services.keeping.records import Brought, CopyFile, CopyMade, Examined, Remembered, Snapshot, Stop


class KeepingRoom(Protocol):
    """Makes, lists, removes and examines copies of one desk.

    Every method raises SurroundingsError: DISK_FULL, FOLDER_NOT_ALLOWED and the like; BACKUP_HALTED where ``stop`` said so.
    """

    on_server: bool

    def alone(self) -> AbstractContextManager[None]:
        """Hold off everybody else on this computer who makes copies of the desk; BACKUP_ELSEWHERE where one does."""

    def folder_of(self, place: str) -> Path:
        """Return the folder of this desk's copies in a place; that of an empty name is on the desk's own disk."""

    def is_there(self, place: str, *, known: bool) -> bool:
        """Tell whether a place can be reached; one that is ``known`` to have copies must still hold this desk's folder."""

    def keep_files(self, folder: Path, stop: Stop) -> Brought:
        """Bring the sealed files that a folder of copies lacks; what is there by its content is not copied again."""

    def snapshot(self, stop: Stop) -> AbstractContextManager[Snapshot]:
        """Hold the database as it is now, checked, while others go on writing; DATABASE_CORRUPT."""

    def put(self, snapshot: Snapshot, folder: Path, files: Brought | None, why: str, at: datetime, stop: Stop) -> CopyMade:  # noqa: PLR0917
        """Make a copy in a folder, whole and durable; what the folder lacks is written and read back; COPY_DAMAGED."""

    def copies(self, folder: Path) -> list[CopyFile]:
        """Return the whole copies of this desk in a folder, the newest first."""

    def remove(self, folder: Path, copies: list[CopyFile]) -> bool:
        """Delete copies, and what no other copy in the folder names; False where nothing went."""

    def examine(self, copy: CopyFile, stop: Stop) -> Examined:
        """Unpack a copy into a folder of its own, open and count it, read every sealed file it names, and delete all that again.

        COPY_DAMAGED, COPY_INCOMPLETE.
        """


class KeepingMemory(Protocol):
    """What this computer remembers of its copies; it stays with the computer, not with the data."""

    def read(self) -> Remembered:
        """Return what is remembered; nothing where it can't be read."""

    def write(self, remembered: Remembered) -> None:
        """Remember. Raises SurroundingsError."""
