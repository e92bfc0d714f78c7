"""The outside of a file on the stick: who may open it, and bytes that nobody can read, alter, cut off or send back to where they came from.

X25519 with a key made for this one file, HKDF-SHA256, ChaCha20-Poly1305 in pieces; each piece has its number and whether it is the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from counter_app.domain.errors import failed
from counter_app.sync.signing import base64url, from_base64url

MAGIC = b"QMC-EXCHANGE-1\n"
TO_PROVINCE, TO_DESK = b">", b"<"
HEAD = 80
"""Bytes before the first piece: magic, direction, the key of whom it is for, the key made for this file."""
PIECE, TAG = 2**20, 16
_KEY_INFO, _FILE_INFO = b"desk-sync exchange key 1", b"desk-sync exchange file 1"


@dataclass(frozen=True, slots=True)
class Cover:
    """The first bytes of a file: its direction, and the public key (base64url) of whom it is for."""

    way: bytes
    recipient: str


def private_key(seed: bytes) -> X25519PrivateKey:
    """Return the key that opens files for a device, out of the seed of its own key."""
    return X25519PrivateKey.from_private_bytes(_derived(seed, salt=b"", info=_KEY_INFO))


def exchange_key(seed: bytes) -> str:
    """Return the public half of :func:`private_key`, as base64url."""
    return base64url(_raw(private_key(seed).public_key()))


def sealed(plain: Iterable[bytes], recipient: str, way: bytes, *, own: X25519PrivateKey | None = None) -> Iterator[bytes]:
    """Return a file for ``recipient``, piece by piece. ``own`` is the key of this one file, given only to repeat a known file.

    Raises:
        ValueError: the recipient's key is none.
    """
    own, key = own or X25519PrivateKey.generate(), from_base64url(recipient)
    head = MAGIC + way + key + _raw(own.public_key())
    cipher = ChaCha20Poly1305(_derived(own.exchange(X25519PublicKey.from_public_bytes(key)), salt=head, info=_FILE_INFO))
    yield head
    number, piece = 0, b""
    for following in _in_pieces(plain):
        if piece:
            yield cipher.encrypt(_nonce(number, last=False), piece, head)
            number += 1
        piece = following
    yield cipher.encrypt(_nonce(number, last=True), piece, head)


def cover_of(file: BinaryIO) -> Cover | None:
    """Read the first bytes; None where they are of no such file. The file stands after them then."""
    head = file.read(HEAD)
    if len(head) != HEAD or not head.startswith(MAGIC):
        return None
    return Cover(head[15:16], base64url(head[16:48]))


def opened(file: BinaryIO, key: X25519PrivateKey, *, name: str) -> Iterator[bytes]:
    """Return what is in a file, from its beginning on; nothing of it may be used before the last piece was read.

    Raises:
        SurroundingsError: STICK_DAMAGED, with ``name``; cut off, altered, or not for this key.
    """
    head = file.read(HEAD)
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(head[48:HEAD]))
    except ValueError:
        raise failed("STICK_DAMAGED", name=name) from None
    cipher = ChaCha20Poly1305(_derived(shared, salt=head, info=_FILE_INFO))
    number, piece, ended = 0, file.read(PIECE + TAG), False
    while not ended:
        following = file.read(PIECE + TAG)
        ended = not following
        try:
            yield cipher.decrypt(_nonce(number, last=ended), piece, head)
        except InvalidTag:
            raise failed("STICK_DAMAGED", name=name) from None
        number, piece = number + 1, following


def _in_pieces(plain: Iterable[bytes]) -> Iterator[bytes]:
    """Cut a stream into pieces of one size; only the last may be smaller."""
    gathered = bytearray()
    for part in plain:
        gathered += part
        while len(gathered) >= PIECE:
            yield bytes(gathered[:PIECE])
            del gathered[:PIECE]
    if gathered:
        yield bytes(gathered)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _derived(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(secret)


def _raw(key: X25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
