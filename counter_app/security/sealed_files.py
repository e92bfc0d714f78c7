"""Files that lie encrypted on the disk, each with a key of its own: AES-256-GCM in chunks, whole and durable or not there at all.

Every chunk carries its place and whether it is the last one, and the name of the file belongs to it: chunks can't be exchanged, left out or
cut off, nor one file given out for another.
"""

from __future__ import annotations

import os
import re
import secrets
import struct
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from counter_app.domain.errors import failed
from counter_app.services.surroundings import disk_fault
from counter_app.support.files import new_private_file, private_folder, sync_folder

CHUNK = 2**20
"""Bytes encrypted at a time: what is worked on stays small whatever the size of the file."""
_MAGIC = b"QMC-SEAL-1\n"
_PREFIX, _TAG = 7, 16
_NAME = re.compile(r"[0-9a-f-]{16,64}")
_PART = ".part"


class SealedFolder:
    """Implements :class:`~counter_app.services.scanning.ports.SealedFiles` in one folder. Names are hex digits and hyphens."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def seal(self, name: str, key: bytes, source: Path) -> None:
        """Encrypt a file under a name; on return it is on the disk.

        Raises:
            SurroundingsError: DISK_FULL, FOLDER_NOT_ALLOWED and the like; nothing of the name is there then.
        """
        path = self._path(name)
        part = path.with_name(f"{name}{_PART}")
        try:
            private_folder(path.parent)
            try:
                with source.open("rb") as plain, new_private_file(part) as file:
                    for piece in _sealed(plain, name, key):
                        file.write(piece)
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
            sync_folder(path.parent)
        except OSError as error:
            raise disk_fault(error, path) from error

    def unseal(self, name: str, key: bytes, out: Path) -> None:
        """Write what is in a file to ``out``, for this user alone; what can't be trusted to the end never gets there, and leaves what was.

        Raises:
            SurroundingsError: SEALED_FILE_MISSING, SEALED_FILE_DAMAGED; DISK_FULL and the like.
        """
        part = out.with_name(f".{out.name}{_PART}")
        try:
            private_folder(out.parent)
            try:
                with new_private_file(part) as file:
                    for piece in self._pieces(name, key):
                        file.write(piece)
                part.replace(out)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise disk_fault(error, out) from error

    def digest(self, name: str, key: bytes) -> str:
        """Return the SHA-256 of what is in a file.

        Raises:
            SurroundingsError: SEALED_FILE_MISSING, SEALED_FILE_DAMAGED.
        """
        found = sha256()
        for piece in self._pieces(name, key):
            found.update(piece)
        return found.hexdigest()

    def destroy(self, name: str) -> None:
        """Delete a file; one that is gone already is no fault.

        Raises:
            SurroundingsError: FOLDER_NOT_ALLOWED and the like.
        """
        path = self._path(name)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise disk_fault(error, path) from error

    def has(self, name: str) -> bool:
        """Tell whether there is a file with a name."""
        return self._path(name).is_file()

    def names(self) -> frozenset[str]:
        """Return the names of all files that are whole."""
        return frozenset(path.name for path in self._folder.glob("*/*") if _NAME.fullmatch(path.name))

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("a sealed file has a random name")
        return self._folder / name[-2:] / name

    def _pieces(self, name: str, key: bytes) -> Iterator[bytes]:
        try:
            with self._path(name).open("rb") as file:
                yield from _opened(file, name, key)
        except FileNotFoundError:
            raise failed("SEALED_FILE_MISSING", name=name) from None


def _sealed(plain: BinaryIO, name: str, key: bytes) -> Iterator[bytes]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  loaded with the first file

    cipher, prefix, aad = AESGCM(key), secrets.token_bytes(_PREFIX), _MAGIC + name.encode()
    yield _MAGIC + prefix
    number, piece = 0, plain.read(CHUNK)
    while True:
        following = plain.read(CHUNK)
        yield cipher.encrypt(_nonce(prefix, number, last=not following), piece, aad)
        if not following:
            return
        number, piece = number + 1, following


def _opened(file: BinaryIO, name: str, key: bytes) -> Iterator[bytes]:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    head = file.read(len(_MAGIC) + _PREFIX)
    if len(head) != len(_MAGIC) + _PREFIX or not head.startswith(_MAGIC):
        raise failed("SEALED_FILE_DAMAGED", name=name)
    cipher, prefix, aad = AESGCM(key), head[len(_MAGIC):], _MAGIC + name.encode()
    number, piece = 0, file.read(CHUNK + _TAG)
    while True:
        following = file.read(CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(prefix, number, last=not following), piece, aad)
        except (InvalidTag, ValueError):
            raise failed("SEALED_FILE_DAMAGED", name=name) from None
        if not following:
            return
        number, piece = number + 1, following


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">I?", number, last)
