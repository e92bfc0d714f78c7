"""A version as a folder of files: those that the version here has already are linked or copied, the others unpacked; each is checked."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from json import dumps
from pathlib import Path

from counter_app.domain.errors import failed
from counter_app.services.updating.ports import SignedRelease, Source
from counter_app.services.updating.release import ReleaseFile
from counter_app.support.files import sync_folder
from counter_app.support.machine import free_bytes
from counter_app.support.packed import NotItselfError, NotWholeError, unpack

LIST, HEAD = "files.json", "release.json"
"""What every version has beside its files: their list, and the head that says which version it is."""
ROOM = 256 * 1024 * 1024
"""What stays free on the disk in any case: the desk itself must go on writing."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A version that is here already."""

    folder: Path
    files: tuple[ReleaseFile, ...]


def lay(signed: SignedRelease, source: Source, folder: Path, own: Laid) -> None:
    """Make a folder with every file of a release, its list and its head, and make it durable.

    Raises:
        SurroundingsError: UPDATE_DAMAGED, a file is not what the list says; DISK_FULL; as :meth:`Source.opened`.
        OSError: the disk's.
    """
    known = {each.sha256: own.folder / each.path for each in own.files}
    needed = sum(each.size for each in signed.files if each.sha256 not in known)
    if free_bytes(folder.parent) < needed + ROOM:
        raise failed("DISK_FULL", path=str(folder.parent))
    folder.mkdir()
    for file in signed.files:
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not (file.sha256 in known and _taken_over(known[file.sha256], target, file)):
            _unpacked(source, target, file)
    _write(folder / LIST, signed.listing)
    _write(folder / HEAD, dumps(signed.document, ensure_ascii=False).encode())
    for made in _folders(folder):
        sync_folder(made)


def _taken_over(here: Path, target: Path, file: ReleaseFile) -> bool:
    """Tell whether a file of the version here could be used: it is still what it was, and may be run where it has to be."""
    try:
        with here.open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != file.sha256:
                return False
        if os.name != "nt" and bool(here.stat().st_mode & 0o100) != file.is_run:
            return False
    except OSError:
        return False
    try:
        target.hardlink_to(here)
    except OSError:  # another disk, or a file system without links
        with suppress(FileNotFoundError):
            target.unlink()
        shutil.copy(here, target)
        _settle(target)
    return True


def _unpacked(source: Source, target: Path, file: ReleaseFile) -> None:
    with source.opened(file) as packed, target.open("wb") as content:
        try:
            unpack(packed, content, size=file.size, sha256=file.sha256)
        except (NotWholeError, NotItselfError) as error:
            source.forget(file)
            raise failed("UPDATE_DAMAGED", path=file.path) from error
        content.flush()
        os.fsync(content.fileno())
    target.chmod(0o755 if file.is_run else 0o644)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _folders(folder: Path) -> Iterable[Path]:
    return [folder, *(each for each in folder.rglob("*") if each.is_dir())]
