"""Copies of one desk in folders, as :class:`~counter_app.services.keeping.ports.KeepingRoom` wants them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from threading import Thread

from counter_app.domain.errors import SurroundingsError, failed
from counter_app.services.keeping.records import Brought, CopyFile, CopyMade, Counted, Examined, Facts, Snapshot, Stop
from counter_app.services.surroundings import disk_fault
from counter_app.storage.keeping import snapshot, store, unpacking
from counter_app.storage.keeping.container import PIECE, Container, seal
from counter_app.support.files import private_folder, sync_folder
from counter_app.support.process_lock import ProcessLock

SUFFIX = ".qmc"
NAME = "QuayMotCua-"
WORK = "work"
DATABASE = "desk.db"
PATIENCE_S = 5.0
"""How long a place may take to say that it is there."""


@dataclass(frozen=True, slots=True)
class DeskPlaces:
    """Where the parts of a desk lie that copies are made of. ``database`` None: a server's. ``lock`` belongs to this computer."""

    data_dir: Path
    backups: Path
    database: Path | None
    recovery: Path
    lock: Path


class CopyRoom:
    """The copies of one device; ``key`` is the database's, empty for a server's."""

    def __init__(self, places: DeskPlaces, device: str, key: bytes) -> None:
        self._places, self._device, self._key = places, device, key
        self.on_server = places.database is None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold off every other program of this computer that makes copies of the desk.

        Raises:
            SurroundingsError: BACKUP_ELSEWHERE; FOLDER_NOT_ALLOWED and the like.
        """
        lock = ProcessLock(self._places.lock)
        try:
            held = lock.hold()
        except OSError as error:
            raise disk_fault(error, self._places.lock) from error
        if not held:
            raise failed("BACKUP_ELSEWHERE")
        try:
            yield
        finally:
            lock.let_go()

    def folder_of(self, place: str) -> Path:
        """Return the folder of this desk's copies in a place, by the end of its device id: several desks may share a place."""
        return Path(place) / f"{NAME}{self._device[-12:]}" if place else self._places.backups

    def is_there(self, place: str, *, known: bool) -> bool:
        """Tell whether a place can be reached. One with copies must still hold them: an empty mount point is no stick."""
        return not place or answers((self.folder_of(place) if known else Path(place)).is_dir, PATIENCE_S)

    def keep_files(self, folder: Path, stop: Stop) -> Brought:
        """Bring the sealed files that a folder lacks, by what its newest copy lists.

        Raises:
            SurroundingsError: as :func:`.store.bring`.
        """
        newest = next(iter(self.copies(folder)), None)
        brought = Brought(Container(newest.path).files() if newest is not None else {})
        self._bring(folder, brought, stop)
        return brought

    @contextmanager
    def snapshot(self, stop: Stop) -> Iterator[Snapshot]:
        """Take the database as it is now, in a folder that is emptied before and after.

        Raises:
            SurroundingsError: as :func:`.snapshot.take`.
        """
        if self._places.database is None:
            yield Snapshot(Counted(self._device), None, 0, sha256().hexdigest())
            return
        with self._workroom() as room:
            yield snapshot.take(self._places.database, self._key, self._device, room / DATABASE, stop)

    def put(self, snapshot: Snapshot, folder: Path, files: Brought | None, why: str, at: datetime, stop: Stop) -> CopyMade:  # noqa: PLR0917
        """Make a copy in a folder and read it back.

        Raises:
            SurroundingsError: COPY_DAMAGED, the disk gives back something else; DISK_FULL and the like; nothing is left behind then.
        """
        if files is not None:
            self._bring(folder, files, stop)
        listed = files.files if files is not None else {}
        facts = Facts(
            **asdict(snapshot.counted), made_at=at, why=why, database_bytes=snapshot.bytes, database_sha256=snapshot.sha256,
            with_files=files is not None, files=len(listed), files_bytes=sum(each.size for each in listed.values()),
            recovery=self._recovery())
        path = folder / f"{at:%Y%m%dT%H%M%S%f}-{why}{SUFFIX}"
        part = path.with_name(path.name + store.PART)
        end = seal(bytes.fromhex(snapshot.sha256), listed, facts, self._key)
        try:
            private_folder(folder)
            store.clear_unfinished(folder)
            try:
                written = _write(snapshot.file, end, part, stop)
                if _read_back(part) != written:
                    raise failed("COPY_DAMAGED", path=str(path))
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
            sync_folder(folder)
            size, second = path.stat().st_size, folder.stat().st_dev != self._places.data_dir.stat().st_dev
        except OSError as error:
            raise disk_fault(error, path) from error
        return CopyMade(path, facts, size, second, files.new if files else 0, files.new_bytes if files else 0)

    def copies(self, folder: Path) -> list[CopyFile]:
        """Return the whole copies of this desk, the newest first; what can't be read or was made by another desk is no copy of it."""
        found = []
        for path in folder.glob(f"*{SUFFIX}"):
            with suppress(SurroundingsError):
                copy = Container(path)
                if copy.is_proven(self._key):
                    found.append(CopyFile(path, copy.facts, copy.bytes))
        return sorted(found, key=_made_at, reverse=True)

    def remove(self, folder: Path, copies: list[CopyFile]) -> bool:
        """Delete copies, then the sealed files that no other copy names; with one that can't be read, all of those stay.

        False for no copies: nothing is done then.

        Raises:
            SurroundingsError: FOLDER_NOT_ALLOWED and the like.
        """
        if not copies:
            return False
        try:
            for copy in copies:
                copy.path.unlink(missing_ok=True)
            sync_folder(folder)
            with suppress(SurroundingsError):
                store.sweep(folder, {kept.sha256 for path in folder.glob(f"*{SUFFIX}") for kept in Container(path).files().values()})
        except OSError as error:
            raise disk_fault(error, folder) from error
        return True

    def examine(self, copy: CopyFile, stop: Stop) -> Examined:
        """Unpack a copy's database into a folder of its own, open and count it; read its sealed files where they lie.

        Those that are damaged are put aside, so that the next copy brings them again.

        Raises:
            SurroundingsError: COPY_DAMAGED, and as :meth:`snapshot`.
        """
        container = Container(copy.path)
        if self._places.database is not None:
            with self._workroom() as room:
                unpacking.unpack_database(container, self._key, room / DATABASE)
        found = unpacking.read_files(container, stop)
        if found.missing:
            listed = container.files()
            store.put_aside(copy.path.parent, [listed[name] for name in found.missing])
        return found

    def _bring(self, folder: Path, brought: Brought, stop: Stop) -> None:
        try:
            store.bring(self._places.data_dir, folder, brought, stop)
        except OSError as error:
            raise disk_fault(error, folder) from error

    def _recovery(self) -> str:
        try:
            return self._places.recovery.read_text("utf-8")
        except OSError:  # a server's desk has none, and a copy without it still opens with this computer's key
            return ""

    @contextmanager
    def _workroom(self) -> Iterator[Path]:
        """Give an empty folder on the desk's own disk; what a killed program left in it goes first."""
        room = self._places.backups / WORK
        shutil.rmtree(room, ignore_errors=True)
        try:
            private_folder(room)
        except OSError as error:
            raise disk_fault(error, room) from error
        try:
            yield room
        finally:
            shutil.rmtree(room, ignore_errors=True)


def answers(look: Callable[[], bool], seconds: float) -> bool:
    """Return what a look finds; False where it takes longer, as at a share whose server is gone: nobody waits minutes for that."""
    found: list[bool] = []
    looking = Thread(target=_look, args=(look, found), name="place", daemon=True)
    looking.start()
    looking.join(seconds)
    return bool(found and found[0])


def _look(look: Callable[[], bool], found: list[bool]) -> None:
    with suppress(OSError):  # a share that is no longer what it was
        found.append(look())


def _write(database: Path | None, end: bytes, part: Path, stop: Stop) -> str:
    """Write a database and what follows it, durably; return the digest of all."""
    told = sha256()
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        if database is not None:
            with database.open("rb") as source:
                while piece := source.read(PIECE):
                    if stop():
                        raise failed("BACKUP_HALTED")
                    told.update(piece)
                    file.write(piece)
        told.update(end)
        file.write(end)
        file.flush()
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):  # what is read back shall come from the disk, not from memory
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return told.hexdigest()


def _read_back(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _made_at(copy: CopyFile) -> datetime:
    return copy.facts.made_at
