"""The inside of a file on the stick: a signed head that lists parts, and the parts one after another.

A part is what is said over a line as the body of one request or of its reply. The head names each by its verb, size and SHA-256, so that
one signature covers everything.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counter_app.domain.canonical import canonical
from counter_app.domain.errors import broken, failed
from counter_app.domain.events import JsonObject
from counter_app.sync.signing import is_signed

PURPOSE, VERSION = "exchange", "1.0"
MOST_HEAD, MOST_PARTS, MOST_BODY = 8 * 2**20, 20_000, 64 * 2**20
"""What is read at most: bytes of a head, parts, bytes of a part once unpacked."""
_LENGTH = struct.Struct(">I")
_WORTH_PACKING = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """One request. ``about`` is what the head says of it: verb, size, sha256, ``note`` (comes back with the answer) and others."""

    about: JsonObject
    pieces: Callable[[], Iterable[bytes]]


def said(verb: str, body: JsonObject | bytes, *, encoding: str = "", note: JsonObject | None = None) -> Part:
    """Return a request with a JSON body; bytes are one that is packed already, as ``encoding`` says."""
    data = body if isinstance(body, bytes) else canonical(body).encode()
    if not isinstance(body, bytes) and len(data) > _WORTH_PACKING:
        data, encoding = gzip.compress(data, 9, mtime=0), "gzip"
    about: JsonObject = {"verb": verb, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    return Part({**about, **({"encoding": encoding} if encoding else {}), **({"note": note} if note else {})}, lambda: (data,))


def packed(head: JsonObject, parts: Sequence[Part]) -> Iterator[bytes]:
    """Return the bytes of a signed head and its parts."""
    text = canonical(head).encode()
    yield _LENGTH.pack(len(text)) + text
    for part in parts:
        yield from part.pieces()


@dataclass(frozen=True, slots=True)
class OpenedAnswer:
    """An answer that was opened to a private file: its head, signed by the province, and where each part begins. Every part is whole."""

    head: Mapping[str, Any]
    path: Path
    places: tuple[int, ...]

    @property
    def parts(self) -> Sequence[Mapping[str, Any]]:
        """What the head says of each part."""
        found: Sequence[Mapping[str, Any]] = self.head["parts"]
        return found

    def data(self, index: int) -> bytes:
        """Return the bytes of a part, as its SHA-256 is of them."""
        with self.path.open("rb") as file:
            file.seek(self.places[index])
            return file.read(int(self.parts[index]["size"]))

    def body(self, index: int) -> JsonObject:
        """Return the JSON object of a part.

        Raises:
            SurroundingsError: STICK_DAMAGED; it is none, or larger than anything is.
        """
        try:
            value = json.loads(_unpacked(self.data(index), str(self.parts[index].get("encoding", ""))))
        except (ValueError, RecursionError, zlib.error):
            raise failed("STICK_DAMAGED", name="") from None
        if not isinstance(value, dict):
            raise failed("STICK_DAMAGED", name="")
        return value


def read_parcel(path: Path, keys: Iterable[str], *, name: str) -> OpenedAnswer:
    """Read an opened answer, signed by one of the pinned ``keys``; ``name`` is the file's on the stick.

    Raises:
        RuleBrokenError: STICK_OTHER_PROVINCE, somebody else signed it; STICK_TOO_NEW, of a later version.
        SurroundingsError: STICK_DAMAGED.
    """
    head, begin = _head(path, name)
    if not is_signed(PURPOSE, head, keys):
        raise broken("STICK_OTHER_PROVINCE")
    if str(head.get("exchange", "")).partition(".")[0] != VERSION.partition(".")[0]:
        raise broken("STICK_TOO_NEW")
    try:
        places = tuple(_places(path, head["parts"], begin))
    except (LookupError, TypeError, ValueError):
        raise failed("STICK_DAMAGED", name=name) from None
    return OpenedAnswer(head, path, places)


def _head(path: Path, name: str) -> tuple[JsonObject, int]:
    """Return the head, and where it ends."""
    with path.open("rb") as file:
        length = file.read(_LENGTH.size)
        size = _LENGTH.unpack(length)[0] if len(length) == _LENGTH.size else MOST_HEAD + 1
        text = file.read(size) if size <= MOST_HEAD else b""
    try:
        head = json.loads(text)
    except (ValueError, RecursionError):
        head = None
    if not isinstance(head, dict):
        raise failed("STICK_DAMAGED", name=name)
    return head, _LENGTH.size + size


def _places(path: Path, parts: Sequence[Mapping[str, Any]], begin: int) -> Iterator[int]:
    """Return where each part begins, and compare each with its SHA-256; raises ValueError where anything does not fit."""
    if len(parts) > MOST_PARTS:
        raise ValueError(len(parts))
    with path.open("rb") as file:
        for about in parts:
            size = about["size"]
            if not isinstance(size, int) or not 0 <= size <= MOST_BODY:
                raise ValueError(size)
            file.seek(begin)
            if hashlib.sha256(file.read(size)).hexdigest() != about["sha256"]:
                raise ValueError(about["sha256"])
            yield begin
            begin += size
        if file.seek(0, 2) != begin:
            raise ValueError(begin)


def _unpacked(data: bytes, encoding: str) -> bytes:
    if encoding != "gzip":
        return data
    unpacking = zlib.decompressobj(wbits=31)
    found = unpacking.decompress(data, MOST_BODY)
    if not unpacking.eof:
        raise ValueError("cut off, or too large")
    return found
