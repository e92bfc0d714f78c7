"""Files by the digest of their content, packed: how a program travels.

A name that is a digest leads nowhere, and a file can only be itself.
"""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Iterator
from typing import BinaryIO

OBJECTS = "objects"
"""The folder of packed files wherever a program is offered."""
_PIECE = 256 * 1024
_MEMORY = 64 * 1024 * 1024
"""What unpacking may take; packing asks for less."""


class NotWholeError(Exception):
    """Packed bytes end before the file does: what has come is good so far."""


class NotItselfError(Exception):
    """What was packed is not the file that its name says."""


def packed_name(sha256: str) -> str:
    """Return what a packed file is called."""
    return f"{sha256}.xz"


def pack(content: bytes) -> bytes:
    """Return the packed form; the same content gives the same bytes."""
    return lzma.compress(content, check=lzma.CHECK_CRC32, preset=6)


def unpack(source: BinaryIO, target: BinaryIO, *, size: int, sha256: str) -> None:
    """Write the file of ``size`` bytes that is packed in ``source`` to ``target``, which is worth nothing after an error.

    Never writes more than ``size`` bytes, whatever is in ``source``.

    Raises:
        NotWholeError: ``source`` was cut.
        NotItselfError: it holds something else.
        OSError: reading or writing failed.
    """
    digest, left = hashlib.sha256(), size
    for part in _parts(source, size):
        left -= len(part)
        digest.update(part)
        target.write(part)
    if left or digest.hexdigest() != sha256:
        raise NotItselfError


def _parts(source: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield what is packed, as long as it is no more than ``size`` bytes."""
    reader, left = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY), size
    while not reader.eof:
        given = source.read(_PIECE) if reader.needs_input else b""
        if not given and reader.needs_input:
            raise NotWholeError
        try:
            part = reader.decompress(given, min(_PIECE, left + 1))
        except lzma.LZMAError as error:
            raise NotItselfError from error
        left -= len(part)
        if left < 0:
            raise NotItselfError
        yield part
    if reader.unused_data or source.read(1):
        raise NotItselfError
