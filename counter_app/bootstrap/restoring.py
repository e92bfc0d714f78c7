"""Making a desk of a copy: in an empty folder, with a new epoch, with every number still remembered that this computer issued.

What is restored is built in a folder of its own inside the empty one and becomes a desk with the last step, as a new desk does. Whatever
stops it before leaves no desk, and rubbish that the next try knows as its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from counter_app.bootstrap import folder, wiring
from counter_app.bootstrap.folder import DeskMarker
from counter_app.bootstrap.province import device_keys
from counter_app.domain.errors import Problem, SurroundingsError, broken, failed
from counter_app.domain.ids import new_epoch
from counter_app.domain.moments import VIETNAM, write_local
from counter_app.security import database_key
from counter_app.services.desk.settings import EpochReason, SettingsService
from counter_app.services.keeping.records import Examined, Facts
from counter_app.services.keeping.service import KEEPER
from counter_app.services.line.province import KEY_GONE, is_enrolled, keep_relation, relation_of
from counter_app.services.one_at_a_time import alone
from counter_app.services.ports import Clock, Database
from counter_app.services.recording import write_audit
from counter_app.services.surroundings import disk_fault
from counter_app.services.verifying.marks import RESTORED
from counter_app.storage import open_database
from counter_app.storage.keeping import unpacking
from counter_app.storage.keeping.container import Container
from counter_app.storage.keeping.store import sealed_files
from counter_app.storage.trail_marks import FileTrailMarks
from counter_app.support.clock import SystemClock
from counter_app.support.files import private_folder, sync_folder, write_atomically
from counter_app.support.paths import device_dir, practice_dir, state_dir, window_lock

BUILDING, LOCK = "restore.new", "restore.lock"
ROOM = 8 * 2**20
"""Bytes that must be free beyond those of a copy: for the log of its database, and for the memory that SQLite shares in a file."""
_PARTS = (folder.FILES, folder.SCANS, folder.DATABASE, folder.RECOVERY)


@dataclass(frozen=True, slots=True)
class Restored:
    """The desk that came of a copy. ``missing`` are sealed files that were not beside the copy, or damaged."""

    facts: Facts
    files: int
    missing: tuple[str, ...]
    epoch: str = ""
    next_code: str = ""
    numbers: Problem | None = None
    """Why no number is safe yet; None where the desk goes on numbering."""
    enrol_again: bool = False
    """The copy's desk had a line to the province whose key is not on this computer."""


def restore_desk(file: Path, into: Path, sheet: str = "", *, clock: Clock | None = None) -> Restored:
    """Restore a copy into an empty folder, with this computer's key or with the recovery ``sheet``.

    Of a desk on a server only the sealed files come back: its database is the server's to restore, and ``init`` joins it.

    Raises:
        RuleBrokenError: RESTORE_NOT_EMPTY; RECOVERY_LENGTH, RECOVERY_GROUP_WRONG, RECOVERY_OTHER_SHEET.
        SurroundingsError: COPY_UNREADABLE, COPY_DAMAGED, COPY_INCOMPLETE, COPY_NEWER; RESTORE_KEY_MISSING, COPY_NOT_OURS;
            COPY_WITHOUT_SHEET; DISK_FULL; DATABASE_TOO_NEW; a GUARD_ code; RESTORE_RUNNING; a failure of the disk. No desk is left then.
    """
    clock = clock or SystemClock(VIETNAM)
    copy = Container(file)
    key = _key_of(copy, sheet) if copy.facts.database_bytes else b""
    try:
        with alone(state_dir() / LOCK, "RESTORE_RUNNING"), _building_site(into) as site:  # a second one would clear what this one builds
            _require_room(site, copy.facts)
            found = _unpack_files(copy, file, site)
            restored = Restored(copy.facts, found.files, found.missing)
            if key:
                restored = _make_desk(copy, key, site, restored, clock)
            for name in _PARTS:
                if (site / name).exists():
                    (site / name).replace(into / name)
            sync_folder(into)
            return _finish(into, key, restored) if key else restored
    except OSError as error:
        raise disk_fault(error, into) from error


def _require_room(site: Path, facts: Facts) -> None:
    """Refuse a disk that the copy does not fit on, before hours of work, and before the system ends the program for a shared page."""
    if shutil.disk_usage(site).free < facts.database_bytes + facts.files_bytes + ROOM:
        raise failed("DISK_FULL", path=str(site))


def _key_of(copy: Container, sheet: str) -> bytes:
    """Return the key that a copy was made with: the one of the sheet, else whatever this computer keeps for its device."""
    if sheet.strip():
        from counter_app.security import recovery  # noqa: PLC0415  cryptography is slow to load and seldom needed

        try:
            keys = [recovery.unwrap(copy.facts.recovery.encode(), sheet)]
        except SurroundingsError:  # made where the desk's own file of it was gone; or by somebody who had none
            raise failed("COPY_WITHOUT_SHEET", path=str(copy.path)) from None
    else:
        keys = list(_kept_keys(copy.facts.device))
    if not keys:
        raise failed("RESTORE_KEY_MISSING")
    for key in keys:
        if copy.is_proven(key):
            return key
    raise failed("COPY_NOT_OURS", path=str(copy.path))


def _kept_keys(device: str) -> Iterator[bytes]:
    for place in (database_key.IN_KEYRING, database_key.IN_FILE):
        with suppress(SurroundingsError):
            yield database_key.find(device, place)


def _unpack_files(copy: Container, file: Path, site: Path) -> Examined:
    """Bring the sealed files: from beside the copy, or, for a copy on the desk's own disk, from the desk that it lies in."""
    if copy.facts.with_files:
        return unpacking.unpack_files(copy, site)
    desk, count = file.absolute().parent.parent, 0
    if not folder.desk_exists(desk) or folder.read_marker(desk).device != copy.facts.device:
        return Examined(copy.facts.dossiers, 0, (folder.FILES, folder.SCANS))
    for path in sealed_files(desk):
        out = site / path.relative_to(desk)
        private_folder(out.parent)
        shutil.copyfile(path, out)
        count += 1
    return Examined(copy.facts.dossiers, count)


def _make_desk(copy: Container, key: bytes, site: Path, restored: Restored, clock: Clock) -> Restored:
    """Unpack the database, bring it to this program's schema, begin its new epoch, and hold it against the number guard."""
    device = copy.facts.device
    unpacking.unpack_database(copy, key, site / folder.DATABASE)
    with closing(open_database(f"sqlite:///{(site / folder.DATABASE).absolute()}", key, backup_dir=None)) as database:
        with database.write() as uow:
            told = write_audit(uow, clock.now(), KEEPER, RESTORED, device, {"made_at": write_local(copy.facts.made_at)})
            uow.commit()
        FileTrailMarks(device_dir(device), clock).witness_restore(told.seq, told.hash)
        SettingsService(database, clock, device).begin_epoch(new_epoch(), EpochReason.RESTORED)
        settings, numbering = wiring.guarded_numbering(database, clock, device, restored=True)
        standing = numbering.standing()
        if copy.facts.recovery:
            write_atomically(site / folder.RECOVERY, copy.facts.recovery.encode())
        return Restored(
            copy.facts, restored.files, restored.missing, settings.profile().epoch, standing.next_code, standing.refusal,
            _must_enrol_again(database, device))


def _must_enrol_again(database: Database, device: str) -> bool:
    """Tell whether the desk had a line whose own key this computer doesn't have, and stop that line with what to do."""
    with database.write() as uow:
        if not is_enrolled(uow, device):
            return False
        relation = relation_of(uow, device)
        try:
            device_keys(device).of(relation)
        except SurroundingsError:
            keep_relation(uow, device, replace(relation, stopped=KEY_GONE))
            uow.commit()
            return True
    return False


def _finish(into: Path, key: bytes, restored: Restored) -> Restored:
    """From here on it is a desk."""
    device = restored.facts.device
    place = database_key.keep(device, key)
    (into / folder.BACKUPS).mkdir(mode=0o700, exist_ok=True)
    sync_folder(into)
    folder.write_marker(into, DeskMarker(device, key_place=place))
    return restored


@contextmanager
def _building_site(into: Path) -> Iterator[Path]:
    """Give an empty folder to build in; clear what an earlier try, or this one, left without finishing."""
    site = into / BUILDING
    private_folder(into)
    _clear(into, site)
    if any(path not in (practice_dir(into), window_lock(into)) for path in into.iterdir()):
        raise broken("RESTORE_NOT_EMPTY", "into", path=str(into))
    site.mkdir(mode=0o700)
    with ExitStack() as undo:
        undo.callback(_clear, into, site)
        yield site
        undo.pop_all()
    shutil.rmtree(site, ignore_errors=True)


def _clear(into: Path, site: Path) -> None:
    """Take away what an unfinished restore left, where there is one."""
    if not site.exists() or folder.desk_exists(into):
        return
    for name in (*_PARTS, folder.BACKUPS):
        path = into / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for half in into.glob(f".{folder.MARKER}.*"):  # the power went while it became a desk
        half.unlink()
    shutil.rmtree(site)
