"""A copy is one file: the list of its database's blocks, then that of the sealed files, then what it says of itself, then a foot.

Blocks and sealed files lie beside it, each once. Copies of before hold the encrypted database itself where the list of blocks stands now.

The foot stands last and names the lengths of everything before it, so that a file that was cut off anywhere is no copy. It bears a plain
digest, which tells damage, and a proof by the desk's key, which tells a copy of this desk that nobody changed.
"""

from __future__ import annotations

import json
import os
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest, digest
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from counter_app.domain.errors import SurroundingsError, failed
from counter_app.domain.moments import VIETNAM
from counter_app.services.keeping.records import Facts, FileList, KeptFile
from counter_app.services.surroundings import disk_fault
from counter_app.storage.keeping import store
from counter_app.storage.keeping.store import PIECE
from counter_app.support.files import open_file

FORMAT = 3
_OF_BEFORE: dict[str, object] = {"block_bytes": 0, "commune": "", "desk": ""}
"""What copies of earlier formats don't say: 1 neither, 2 not whose desk it is."""
_MAGIC = b"QMC-COPY-1\n"
_FOOT = struct.Struct(f">QQQ32s32s{len(_MAGIC)}s")
_LONGEST = 2**28
"""No list is longer, packed or not: a file that claims so is none of ours; nor is one with a longer head or longer blocks."""
_LONGEST_HEAD = _LONGEST_BLOCK = 2**20
_LONGEST_BLOCKS = 2**24
"""Nor is one whose database has more blocks than this list names: with ours that would be more than a hundred gigabytes."""
_DIGEST_BYTES = 32
_LINE = re.compile(rb"([0-9a-f]{64}) (\d{1,18}) (-?\d{1,20}) (.+)\n")
"""A sealed file in the list: digest, bytes, time, name. A digest is a file's name beside the copy, and leads nowhere."""
_DEVICE = re.compile(r"[0-9A-Za-z-]{1,64}")
_KINDS = {"str": str, "int": int, "bool": bool}
"""The plain kinds of members of :class:`Facts`, by what their annotations say."""


def list_of(blocks: Iterable[KeptFile]) -> bytes:
    """Return the list of a database's blocks, which stands first in a copy."""
    return b"".join(bytes.fromhex(each.sha256) for each in blocks)


def seal(first: bytes, files: FileList, facts: Facts, key: bytes) -> bytes:
    """Return a copy; ``first`` is the list of its database's blocks, of which the facts hold the digest."""
    listed = zlib.compress("".join(f"{f.sha256} {f.size} {f.changed_ns} {name}\n" for name, f in sorted(files.items())).encode())
    head = json.dumps({"format": FORMAT, **asdict(facts)}, default=datetime.isoformat).encode()
    told = bytes.fromhex(facts.database_sha256) + listed + head
    foot = _FOOT.pack(len(first), len(listed), len(head), sha256(told).digest(), digest(_proving(key), told, "sha256"), _MAGIC)
    return first + listed + head + foot


class Container:
    """A copy that is whole as far as its foot tells; reading raises SurroundingsError COPY_UNREADABLE or COPY_DAMAGED."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with _reading(path) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _FOOT.size))
            foot = file.read()
            self._foot = _read_foot(foot, size, path)
            file.seek(self._foot[0])
            self._listed, self._head = file.read(self._foot[1]), file.read(self._foot[2])
        self.facts = facts = _read_head(self._head, path)
        self.bytes = size + (facts.database_bytes if facts.block_bytes else 0)
        told = sha256(bytes.fromhex(self.facts.database_sha256) + self._listed + self._head).digest()
        if told != self._foot[3] or self._foot[0] != _first_bytes(facts) or (facts.block_bytes and self._foot[0] > _LONGEST_BLOCKS):
            raise failed("COPY_DAMAGED", path=str(path))

    def is_proven(self, key: bytes) -> bool:
        """Tell whether the desk with a key made this copy, and nobody changed it since."""
        told = digest(_proving(key), bytes.fromhex(self.facts.database_sha256) + self._listed + self._head, "sha256")
        return compare_digest(told, self._foot[4])

    def files(self) -> FileList:
        """Return the sealed files that belong to the copy."""
        try:
            unpacking = zlib.decompressobj()
            listed = unpacking.decompress(self._listed, _LONGEST)
            if not unpacking.eof:
                raise failed("COPY_DAMAGED", path=str(self.path))
            return dict(map(_read_line, BytesIO(listed)))
        except (ValueError, zlib.error):
            raise failed("COPY_DAMAGED", path=str(self.path)) from None

    def blocks(self) -> list[KeptFile]:
        """Return the blocks of the database that lie beside the copy, in their order; none where it lies in the copy."""
        if not self.facts.block_bytes:
            return []
        listed, left = b"".join(self._first()), self.facts.database_bytes
        places = range(0, len(listed), _DIGEST_BYTES)
        sizes = (min(self.facts.block_bytes, left - number * self.facts.block_bytes) for number in range(len(places)))
        return [KeptFile(listed[at:at + _DIGEST_BYTES].hex(), size, 0) for at, size in zip(places, sizes, strict=True)]

    def is_beside(self) -> bool:
        """Tell, without looking at all of it, whether the database of the copy is there: the first of its blocks and the last."""
        blocks = self.blocks()
        return all(store.is_kept(self.path.parent, each) for each in (*blocks[:1], *blocks[-1:]))

    def named(self) -> set[str]:
        """Return the digests of everything that must lie beside the copy."""
        return {each.sha256 for each in (*self.files().values(), *self.blocks())}

    def database(self) -> Iterator[bytes]:
        """Yield the encrypted database, piece after piece; raises where it is not what was copied.

        Raises:
            SurroundingsError: COPY_DAMAGED; COPY_INCOMPLETE, blocks are not beside the copy; a failure of the disk.
        """
        if not self.facts.block_bytes:
            yield from self._first()
            return
        for block in self.blocks():
            try:
                yield from store.pieces(self.path.parent, self.path.name, block)
            except SurroundingsError as error:
                if error.code not in store.LOST:
                    raise
                raise failed(_OF_BLOCKS[error.code], path=str(self.path)) from None

    def _first(self) -> Iterator[bytes]:
        """Yield what stands first in the copy; raises at the end where it is not what was written."""
        found, left = sha256(), self._foot[0]
        with _reading(self.path) as file:
            while left and (piece := file.read(min(PIECE, left))):
                found.update(piece)
                left -= len(piece)
                yield piece
        if found.hexdigest() != self.facts.database_sha256:
            raise failed("COPY_DAMAGED", path=str(self.path))


_OF_BLOCKS = {"SEALED_FILE_MISSING": "COPY_INCOMPLETE", "SEALED_FILE_DAMAGED": "COPY_DAMAGED"}


def _first_bytes(facts: Facts) -> int:
    """Return how long what stands first in a copy must be."""
    return -(-facts.database_bytes // facts.block_bytes) * _DIGEST_BYTES if facts.block_bytes else facts.database_bytes


def _proving(key: bytes) -> bytes:
    """Return the key that proves copies; a desk on a server has none, and its copies are proven against damage alone."""
    return digest(key, b"quay-mot-cua copy", "sha256")


def _read_foot(foot: bytes, size: int, path: Path) -> tuple[int, int, int, bytes, bytes]:
    if len(foot) != _FOOT.size or not foot.endswith(_MAGIC):
        raise failed("COPY_UNREADABLE", path=str(path))
    database, listed, head, told, proof, _ = _FOOT.unpack(foot)
    if database + listed + head + _FOOT.size != size or listed > _LONGEST or head > _LONGEST_HEAD:
        raise failed("COPY_DAMAGED", path=str(path))
    return database, listed, head, told, proof


def _read_line(line: bytes) -> tuple[str, KeptFile]:
    """Return name and place of a sealed file; raises ValueError for a line that is none, before any other is looked at."""
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError("no file")
    told, size, changed, name = found.groups()
    return name.decode(), KeptFile(told.decode(), int(size), int(changed))


def _read_head(head: bytes, path: Path) -> Facts:
    try:
        stored = json.loads(head)
        if stored.pop("format") > FORMAT:
            raise failed("COPY_NEWER", path=str(path))
        stored = _OF_BEFORE | stored
        _check_kinds(stored)
        stored["made_at"] = _moment(stored["made_at"])
        stored["serials"] = tuple((day, series, serial) for day, series, serial in stored["serials"])
        bytes.fromhex(stored["database_sha256"])
        return Facts(**stored)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        raise failed("COPY_DAMAGED", path=str(path)) from None


def _moment(stored: str) -> datetime:
    """Return when a copy was made; raises ValueError, OverflowError for a time that can't be held against that of other copies."""
    made_at = datetime.fromisoformat(stored)
    if made_at.tzinfo is None:
        raise ValueError("made_at")
    made_at.astimezone(VIETNAM)
    return made_at


def _check_kinds(stored: dict[str, object]) -> None:
    """Refuse members that are not what they are called: a copy may lie on anybody's stick. Raises ValueError, KeyError."""
    for each in fields(Facts):
        kind = _KINDS.get(str(each.type))
        if kind is not None and type(stored[each.name]) is not kind:
            raise ValueError(each.name)
        if kind is str:
            str(stored[each.name]).encode()  # half a sign can be shown to nobody
    if not _DEVICE.fullmatch(str(stored["device"])):
        raise ValueError("device")
    if not 0 <= int(str(stored["block_bytes"])) <= _LONGEST_BLOCK:
        raise ValueError("block_bytes")


@contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    try:
        with open_file(path) as file:
            yield file
    except OSError as error:
        raise disk_fault(error, path) from error
