"""Copies of one desk in folders, as :class:`~counter_app.services.keeping.ports.KeepingRoom` wants them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Thread

from counter_app.domain.errors import SurroundingsError
from counter_app.services import one_at_a_time
from counter_app.services.keeping.records import Brought, CopyFile, CopyMade, Counted, Examined, Facts, Snapshot, Stop
from counter_app.services.surroundings import disk_fault
from counter_app.storage.keeping import snapshot, store, unpacking
from counter_app.storage.keeping.container import Container, list_of, seal
from counter_app.support.files import private_folder, sync_folder

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

    def alone(self) -> AbstractContextManager[None]:
        """Hold off everybody else on this computer who makes copies of the desk.

        Raises:
            SurroundingsError: BACKUP_ELSEWHERE; FOLDER_NOT_ALLOWED and the like.
        """
        return one_at_a_time.alone(self._places.lock, "BACKUP_ELSEWHERE")

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
        """Hold the database as it is now.

        Raises:
            SurroundingsError: as :func:`.snapshot.taken`.
        """
        if self._places.database is None:
            yield Snapshot(Counted(self._device))
            return
        with self._workroom() as room, snapshot.taken(self._places.database, self._key, self._device, room / DATABASE, stop) as taken:
            yield taken

    def put(self, snapshot: Snapshot, folder: Path, files: Brought | None, why: str, at: datetime, stop: Stop) -> CopyMade:  # noqa: PLR0917
        """Make a copy in a folder: first what lies beside it, then the copy itself, all of it read back.

        Before it takes its name it lies there as one that is being made, and what it names is looked at again: see :func:`.store.sweep`.

        Raises:
            SurroundingsError: COPY_DAMAGED, the disk gives back something else; DISK_FULL and the like;
                what came to lie beside counts the next time.
        """
        path = folder / f"{at:%Y%m%dT%H%M%S%f}-{why}{SUFFIX}"
        claim, new = path.with_name(f"{path.name}{store.PART}"), 0
        try:
            private_folder(folder)
            store.clear_unfinished(folder)
            for _ in range(2):
                if files is not None:
                    self._bring(folder, files, stop)
                new += store.keep_blocks(folder, snapshot, at, stop)
                facts, content = self._sealed(snapshot, files, why, at)
                store.write_proven(claim, path.with_name(f"{path.name}.new{store.PART}"), content, sha256(content).hexdigest())
                if _named(snapshot, files) <= store.lying(folder):
                    break
            claim.replace(path)
            sync_folder(folder)
            second = folder.stat().st_dev != self._places.data_dir.stat().st_dev
        except OSError as error:
            raise disk_fault(error, path) from error
        finally:
            claim.unlink(missing_ok=True)
        new_files, new_bytes = (files.new, files.new_bytes) if files is not None else (0, 0)
        return CopyMade(path, facts, snapshot.size + len(content), second, new_files, new_bytes + new + len(content))

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
        """Delete copies, then what lies beside and no other copy names; with one that can't be read, all of that stays.

        False where nothing went.

        Raises:
            SurroundingsError: FOLDER_NOT_ALLOWED and the like.
        """
        swept = 0
        try:
            for copy in copies:
                copy.path.unlink(missing_ok=True)
            if copies:
                sync_folder(folder)
            with suppress(SurroundingsError):
                swept = store.sweep(folder, _Names(folder).all)
        except OSError as error:
            raise disk_fault(error, folder) from error
        return bool(copies or swept)

    def examine(self, copy: CopyFile, stop: Stop) -> Examined:
        """Unpack a copy's database into a folder of its own, open and count it; read its sealed files where they lie.

        What is damaged is put aside, so that the next copy brings it again.

        Raises:
            SurroundingsError: COPY_DAMAGED, COPY_INCOMPLETE, and as :meth:`snapshot`.
        """
        container = Container(copy.path)
        if self._places.database is not None:
            try:
                with self._workroom() as room:
                    unpacking.unpack_database(container, self._key, room / DATABASE)
            except SurroundingsError as error:
                if error.code not in _NOT_WHOLE:
                    raise
                store.put_aside(copy.path.parent, store.damaged(copy.path.parent, container.blocks()))
                raise
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

    def _sealed(self, snapshot: Snapshot, files: Brought | None, why: str, at: datetime) -> tuple[Facts, bytes]:
        """Return what a copy says of itself, and the copy."""
        listed, first = files.files if files is not None else {}, list_of(snapshot.blocks)
        facts = Facts(
            **asdict(snapshot.counted), made_at=at, why=why, database_bytes=snapshot.size, database_sha256=sha256(first).hexdigest(),
            with_files=files is not None, files=len(listed), files_bytes=sum(each.size for each in listed.values()),
            recovery=self._recovery(), block_bytes=snapshot.blocks[0].size if snapshot.blocks else 0)
        return facts, seal(first, listed, facts, self._key)

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


_NOT_WHOLE = frozenset({"COPY_DAMAGED", "COPY_INCOMPLETE"})


class _Names:
    """What the copies of a folder name, also those that are being made; the second look reads only what came since the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: set[str] = set()
        self._read: set[Path] = set()

    def all(self) -> set[str]:
        """Return the digests of everything that is named. Raises SurroundingsError where a copy can't be read."""
        being_made = [Container(path).named() for path in self._folder.glob(f"*{SUFFIX}{store.PART}")]
        for path in set(self._folder.glob(f"*{SUFFIX}")) - self._read:
            self._names |= Container(path).named()
            self._read.add(path)
        return self._names.union(*being_made)


def _named(snapshot: Snapshot, files: Brought | None) -> set[str]:
    """Return the digests of what a copy that is being made relies on."""
    sealed = files.files.values() if files is not None else ()
    return {each.sha256 for each in (*snapshot.blocks, *sealed)}


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


def _made_at(copy: CopyFile) -> datetime:
    return copy.facts.made_at
