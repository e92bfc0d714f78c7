"""A copy is one file: the encrypted database, then the list of sealed files, then what the copy says of itself, then a foot.

The foot stands last and names the lengths of everything before it, so that a file that was cut off anywhere is no copy. It bears a plain
digest, which tells damage, and a proof by the desk's key, which tells a copy of this desk that nobody changed.
"""

from __future__ import annotations

import json
import os
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest, digest
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from counter_app.domain.errors import failed
from counter_app.services.keeping.records import Facts, FileList, KeptFile
from counter_app.services.surroundings import disk_fault
from counter_app.support.files import open_file

FORMAT = 1
PIECE = 2**20
_MAGIC = b"QMC-COPY-1\n"
_FOOT = struct.Struct(f">QQQ32s32s{len(_MAGIC)}s")
_LONGEST = 2**28
"""No list is longer, packed or not: a file that claims so is none of ours; nor is one with a longer head."""
_LONGEST_HEAD = 2**20
_LINE = re.compile(rb"([0-9a-f]{64}) (\d{1,18}) (-?\d{1,20}) (.+)\n")
"""A sealed file in the list: digest, bytes, time, name. A digest is a file's name beside the copy, and leads nowhere."""
_DEVICE = re.compile(r"[0-9A-Za-z-]{1,64}")
_KINDS = {"str": str, "int": int, "bool": bool}
"""The plain kinds of members of :class:`Facts`, by what their annotations say."""


def seal(database: bytes, files: FileList, facts: Facts, key: bytes) -> bytes:
    """Return what follows a database of so many bytes (``database`` is its digest) in a copy."""
    listed = zlib.compress("".join(f"{f.sha256} {f.size} {f.changed_ns} {name}\n" for name, f in sorted(files.items())).encode())
    head = json.dumps({"format": FORMAT, **asdict(facts)}, default=datetime.isoformat).encode()
    proof = digest(_proving(key), database + listed + head, "sha256")
    lengths = facts.database_bytes, len(listed), len(head)
    return listed + head + _FOOT.pack(*lengths, sha256(database + listed + head).digest(), proof, _MAGIC)


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
        self.bytes = size
        self.facts = _read_head(self._head, path)
        told = sha256(bytes.fromhex(self.facts.database_sha256) + self._listed + self._head).digest()
        if told != self._foot[3] or self.facts.database_bytes != self._foot[0]:
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

    def database(self) -> Iterator[bytes]:
        """Yield the encrypted database, piece after piece; raises at the end where it is not what was copied."""
        found, left = sha256(), self.facts.database_bytes
        with _reading(self.path) as file:
            while left and (piece := file.read(min(PIECE, left))):
                found.update(piece)
                left -= len(piece)
                yield piece
        if found.hexdigest() != self.facts.database_sha256:
            raise failed("COPY_DAMAGED", path=str(self.path))


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
        _check_kinds(stored)
        stored["made_at"] = datetime.fromisoformat(stored["made_at"])
        stored["serials"] = tuple((day, series, serial) for day, series, serial in stored["serials"])
        bytes.fromhex(stored["database_sha256"])
        return Facts(**stored)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise failed("COPY_DAMAGED", path=str(path)) from None


def _check_kinds(stored: dict[str, object]) -> None:
    """Refuse members that are not what they are called: a copy may lie on anybody's stick. Raises ValueError, KeyError."""
    for each in fields(Facts):
        kind = _KINDS.get(str(each.type))
        if kind is not None and type(stored[each.name]) is not kind:
            raise ValueError(each.name)
    if not _DEVICE.fullmatch(str(stored["device"])):
        raise ValueError("device")


@contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    try:
        with open_file(path) as file:
            yield file
    except OSError as error:
        raise disk_fault(error, path) from error
