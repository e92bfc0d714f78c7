"""Getting a copy out again: the database checked from end to end, and the sealed files in their old places."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from counter_app.domain.errors import SurroundingsError, failed
from counter_app.services.keeping.records import Examined, Stop, never
from counter_app.services.surroundings import disk_fault
from counter_app.storage.keeping import store
from counter_app.storage.keeping.container import Container
from counter_app.storage.keeping.snapshot import check_whole
from counter_app.support.files import new_private_file, private_folder, sync_folder


def unpack_database(copy: Container, key: bytes, out: Path) -> None:
    """Write the database of a copy to ``out``, durably, and prove that it is whole.

    Raises:
        SurroundingsError: COPY_DAMAGED, COPY_INCOMPLETE; a failure of the disk.
    """
    _write(out, copy.database())
    check_whole(out, key, copy.facts)


def unpack_files(copy: Container, desk: Path, stop: Stop = never) -> Examined:
    """Put the sealed files of a copy into a desk's folder; those that are gone or damaged are left out and named.

    Raises:
        SurroundingsError: a failure of the disk; COPY_DAMAGED; BACKUP_HALTED.
    """

    def _put(name: str, content: Iterable[bytes]) -> None:
        try:
            _write(desk / name, content)
        except SurroundingsError as error:
            if error.code in store.LOST:
                (desk / name).unlink(missing_ok=True)
            raise

    return _each(copy, _put, stop)


def read_files(copy: Container, stop: Stop) -> Examined:
    """Read the sealed files of a copy where they lie, as unpacking them would. Raises as :func:`unpack_files`."""

    def _read(_: str, content: Iterable[bytes]) -> None:
        for _piece in content:
            pass

    return _each(copy, _read, stop)


def _each(copy: Container, use: Callable[[str, Iterable[bytes]], None], stop: Stop) -> Examined:
    listed, missing = copy.files(), []
    for name, kept in listed.items():
        if stop():
            raise failed("BACKUP_HALTED")
        if not store.NAME.fullmatch(name):
            raise failed("COPY_DAMAGED", path=str(copy.path))
        try:
            use(name, store.pieces(copy.path.parent, name, kept))
        except SurroundingsError as error:
            if error.code not in store.LOST:
                raise
            missing.append(name)
    return Examined(copy.facts.dossiers, len(listed), tuple(missing))


def _write(out: Path, content: Iterable[bytes]) -> None:
    try:
        private_folder(out.parent)
        with new_private_file(out) as file:
            for piece in content:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(out.parent)
    except OSError as error:
        raise disk_fault(error, out) from error
