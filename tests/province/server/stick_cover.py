"""The outside of a file on a stick, from docs/usb_exchange.md alone: X25519, HKDF-SHA256, ChaCha20-Poly1305 in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.province.server.naming import b64u, from_b64u

MAGIC, FROM_DESK, FOR_DESK = b"QMC-EXCHANGE-1\n", b">", b"<"
COVER, PIECE, TAG = 80, 1_048_576, 16


class StickError(ValueError):
    """A file that can't be taken; the text says why."""


def exchange_key(seed: str) -> str:
    """Return what desks encrypt to; ``seed`` is the private half, 32 bytes in hex."""
    return b64u(_private(seed).public_key().public_bytes_raw())


def unsealed(file: BinaryIO, seed: str) -> Iterator[bytes]:
    """Return what a desk wrote, piece by piece; raises StickError where it is not for this province, altered or cut off."""
    cover = file.read(COVER)
    if len(cover) < COVER or cover[:16] != MAGIC + FROM_DESK:
        raise StickError("no file of a desk")
    if b64u(cover[16:48]) != exchange_key(seed):
        raise StickError("for another province")
    cipher = _cipher(_private(seed).exchange(X25519PublicKey.from_public_bytes(cover[48:])), cover)
    index, piece = 0, file.read(PIECE + TAG)
    while True:
        after = file.read(PIECE + TAG)
        try:
            yield cipher.decrypt(index.to_bytes(11, "big") + (b"\0" if after else b"\1"), piece, cover)
        except InvalidTag:
            raise StickError("damaged") from None
        if not after:
            return
        index, piece = index + 1, after


def sealed(plain: bytes, recipient: str) -> bytes:
    """Return a file for a desk."""
    own, key = X25519PrivateKey.generate(), from_b64u(recipient)
    cover = MAGIC + FOR_DESK + key + own.public_key().public_bytes_raw()
    cipher = _cipher(own.exchange(X25519PublicKey.from_public_bytes(key)), cover)
    pieces = [plain[start:start + PIECE] for start in range(0, len(plain), PIECE)] or [b""]
    found = [
        cipher.encrypt(index.to_bytes(11, "big") + (b"\1" if index == len(pieces) - 1 else b"\0"), piece, cover)
        for index, piece in enumerate(pieces)]
    return cover + b"".join(found)


def _private(seed: str) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(bytes.fromhex(seed))


def _cipher(shared: bytes, cover: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(hashes.SHA256(), 32, cover, b"desk-sync exchange file 1").derive(shared))
