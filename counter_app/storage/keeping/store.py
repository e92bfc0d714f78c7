"""What lies beside copies, each once, under the digest of its bytes: sealed files, and blocks of the database.

All of it is encrypted already; here it is only kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from time import time

from counter_app.domain.errors import SurroundingsError, failed
from counter_app.services.keeping.records import Brought, KeptFile, Snapshot, Stop
from counter_app.services.surroundings import disk_fault
from counter_app.support.files import new_private_file, open_file, private_folder, sync_folder

ROOMS = ("files", "scans")
"""The folders of the desk that hold sealed files: digitised papers, and stacks that wait to be filed."""
NAME = re.compile(rf"(?:{'|'.join(ROOMS)})(?:/[0-9A-Za-z_-][0-9A-Za-z._-]*)+")
"""What the desk calls its sealed files: nothing that leads out of its folder, and nothing that somebody else put there."""
STORE = "files"
PIECE = 2**20
"""Bytes that are read at once."""
LOST = frozenset({"SEALED_FILE_MISSING", "SEALED_FILE_DAMAGED"})
"""How a kept file fails that is gone or changed."""
PART, DAMAGED, GOING = ".part", ".damaged", ".going"
YOUNG_S = 24 * 3600
"""What nobody names stays so long: another computer with a copy of this desk may be about to name it."""
TURNS, TURN_S = 30, 8 * 3600
"""In so many turns of so many seconds every block is looked at."""
LEFT_S = 3600
"""Seconds after its last byte that a file nobody finished is rubbish."""
_KEPT = re.compile(rf"[0-9a-f]{{64}}(?:{re.escape(DAMAGED)})?(?:{re.escape(GOING)})?")
"""How everything that lies beside copies is called: what is called otherwise somebody else put there, and nothing here deletes it."""
_CLEAR = frozenset({"work"})
"""Folders in which pages lie in the clear while they are worked on."""
_NOT_KEPT = frozenset({"lock", "dropped"})


def bring(desk: Path, folder: Path, brought: Brought, stop: Stop) -> None:
    """Keep every sealed file of a desk in a folder of copies. What is known already, of the same size and time, isn't read again.

    Called twice for a copy, before and after the database is taken: what was thrown away in between still belongs to that database.

    Raises:
        SurroundingsError: BACKUP_HALTED; DISK_FULL and the like; whatever came until then stays and counts the next time.
    """
    for path in sealed_files(desk):
        if stop():
            raise failed("BACKUP_HALTED")
        name = path.relative_to(desk).as_posix()
        with suppress(FileNotFoundError):  # destroyed or thrown away since it was listed
            looks = path.stat()
            known = brought.files.get(name) or brought.known.get(name)
            same = known is not None and (known.size, known.changed_ns) == (looks.st_size, looks.st_mtime_ns) and is_kept(folder, known)
            brought.files[name] = known if known is not None and same else _keep(path, looks.st_mtime_ns, folder, brought)


def keep_blocks(folder: Path, snapshot: Snapshot, at: datetime, stop: Stop) -> int:
    """Keep the blocks of a database that a folder lacks, and return how many bytes came; each is read back from the disk.

    All copies rely on the blocks that lie there. So each copy reads some of them, others than the last one did, and writes anew what the
    disk lost: in ten days all of them are looked at.

    Raises:
        SurroundingsError: BACKUP_HALTED; COPY_DAMAGED; what came until then stays and counts the next time.
        OSError: the disk is full, and the like.
    """
    lies = {each.name: each.stat(follow_symlinks=False).st_size for each in _lying(folder)}
    new, touched, turn = 0, set(), int(at.timestamp() // TURN_S)
    for number, block in enumerate(snapshot.blocks):
        looked_at = number % TURNS == turn % TURNS
        if lies.get(block.sha256) != block.size or (looked_at and any(damaged(folder, [block]))):
            if stop():
                raise failed("BACKUP_HALTED")
            target = place_of(folder, block.sha256)
            private_folder(target.parent)
            write_proven(target, folder / STORE / f"{block.sha256[:16]}{PART}", snapshot.read(number), block.sha256)
            lies[block.sha256] = block.size
            touched.add(target.parent)
            new += block.size
    for each in touched:
        sync_folder(each)
    return new


def write_proven(path: Path, part: Path, content: bytes, told: str) -> None:
    """Write a file whose digest is ``told``, read it back from the disk, and only then give it its name; nothing is left of one that fails.

    Raises:
        SurroundingsError: COPY_DAMAGED, the disk gives back something else.
        OSError: the disk is full, and the like.
    """
    try:
        with new_private_file(part) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            if hasattr(os, "posix_fadvise"):  # what is read back shall come from the disk, not from memory
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        if sha256(part.read_bytes()).hexdigest() != told:
            raise failed("COPY_DAMAGED", path=str(path))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def sealed_files(desk: Path) -> Iterator[Path]:
    """Yield what is kept of a desk's folder: no locks, nothing in the clear, nothing unfinished, nothing that is not the desk's."""
    for room in ROOMS:
        for folder, folders, names in os.walk(desk / room):
            folders[:] = sorted(set(folders) - _CLEAR)
            paths = (Path(folder, name) for name in sorted(names) if name not in _NOT_KEPT and not name.endswith(PART))
            yield from (path for path in paths if NAME.fullmatch(path.relative_to(desk).as_posix()))


def place_of(folder: Path, digest: str) -> Path:
    """Return where a file of a digest lies in a folder of copies."""
    return folder / STORE / digest[:2] / digest


def pieces(folder: Path, name: str, kept: KeptFile) -> Iterator[bytes]:
    """Yield a kept file, piece after piece; raises at the end where it is not what was kept.

    Raises:
        SurroundingsError: SEALED_FILE_MISSING, SEALED_FILE_DAMAGED; a failure of the disk.
    """
    path, found, left = place_of(folder, kept.sha256), sha256(), kept.size
    try:
        with open_file(path) as file:
            while left >= 0 and (piece := file.read(PIECE)):  # one that is longer than it was, perhaps without end, is another
                found.update(piece)
                left -= len(piece)
                yield piece
    except FileNotFoundError:
        raise failed("SEALED_FILE_MISSING", name=name) from None
    except OSError as error:
        raise disk_fault(error, path) from error
    if found.hexdigest() != kept.sha256:
        raise failed("SEALED_FILE_DAMAGED", name=name)


def damaged(folder: Path, kept: Iterable[KeptFile]) -> Iterator[KeptFile]:
    """Yield those kept files that are no longer what was kept. Raises SurroundingsError: a failure of the disk."""
    for each in kept:
        try:
            for _piece in pieces(folder, each.sha256, each):
                pass
        except SurroundingsError as error:
            if error.code not in LOST:
                raise
            yield each


def put_aside(folder: Path, damaged: Iterable[KeptFile]) -> None:
    """Let what no longer is what was kept count as kept no more: the next copy brings it again, as long as the desk has it."""
    for kept in damaged:
        path = place_of(folder, kept.sha256)
        with suppress(OSError):  # it is gone already, or the disk takes nothing: the next rehearsal says so again
            path.replace(path.with_name(f"{path.name}{DAMAGED}"))


def lying(folder: Path) -> set[str]:
    """Return the digests of what lies beside copies. Raises OSError."""
    return {each.name for each in _lying(folder)}


def sweep(folder: Path, named: Callable[[], set[str]]) -> int:
    """Delete what is kept and no copy names, and return how many files went.

    Another computer may be making a copy just now that relies on some of it. So it goes aside first, and ``named`` is asked again: what
    a copy names by then comes back, and whoever names it later looks afterwards, finds it gone, and brings it again.

    Raises:
        OSError: the disk fails. Also raises what ``named`` does; nothing went then.
    """
    names, aside, gone = named(), {}, list[Path]()
    unnamed = [each for each in _lying(folder) if _told(each.name) not in names]
    old = [Path(each) for each in unnamed if each.stat(follow_symlinks=False).st_mtime < time() - YOUNG_S]
    try:
        for path in old:
            aside[path] = path.replace(path.with_name(f"{_told(path.name)}{GOING}"))
        if old:
            names = named()
        gone = [path for path in old if _told(path.name) not in names]
    finally:
        for path in aside.keys() - set(gone):
            with suppress(FileNotFoundError):
                aside[path].replace(path)
    for path in gone:
        aside[path].unlink(missing_ok=True)
    return len(gone)


def clear_unfinished(folder: Path) -> None:
    """Delete what killed tries left in a folder of copies; what still grows is younger. Raises OSError."""
    store = folder / STORE
    for path in (*folder.glob(f"*{PART}"), *(() if store.is_symlink() else store.glob(f"*{PART}"))):
        if path.stat().st_mtime < time() - LEFT_S:
            path.unlink(missing_ok=True)


def _lying(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield what is kept, also what was put aside. A link on somebody's stick may lead to anything of this computer's: none is followed."""
    store = folder / STORE
    for shelf in () if store.is_symlink() else store.glob("??"):
        if shelf.is_dir() and not shelf.is_symlink():
            with os.scandir(shelf) as entries:
                yield from (each for each in entries if _KEPT.fullmatch(each.name) and each.is_file(follow_symlinks=False))


def _told(name: str) -> str:
    """Return what a file beside copies is called where it isn't on its way out."""
    return name.removesuffix(GOING)


def is_kept(folder: Path, known: KeptFile) -> bool:
    """Tell whether something of its size lies beside copies under its digest."""
    path = place_of(folder, known.sha256)
    return path.is_file() and path.stat().st_size == known.size


def _keep(path: Path, changed_ns: int, folder: Path, brought: Brought) -> KeptFile:
    """Copy a file under its digest, where it isn't there yet; a journal that grows meanwhile is kept as far as it was read."""
    found = _look(path, changed_ns)
    if is_kept(folder, found):
        return found
    part = folder / STORE / f"{found.sha256[:16]}{PART}"
    try:
        private_folder(part.parent)
        try:
            kept = _copy(path, part, changed_ns)
            target = place_of(folder, kept.sha256)
            private_folder(target.parent)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(target.parent)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise disk_fault(error, folder) from error
    brought.new += 1
    brought.new_bytes += kept.size
    return kept


def _look(path: Path, changed_ns: int) -> KeptFile:
    found, size = sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
            size += len(piece)
    return KeptFile(found.hexdigest(), size, changed_ns)


def _copy(path: Path, part: Path, changed_ns: int) -> KeptFile:
    found, size = sha256(), 0
    with path.open("rb") as source, new_private_file(part) as file:
        while piece := source.read(PIECE):
            found.update(piece)
            size += len(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return KeptFile(found.hexdigest(), size, changed_ns)
