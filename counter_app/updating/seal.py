"""Who may bring a new version: whoever holds the private half of a key that this program knows. Ed25519 over the canonical text."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from counter_app.domain.canonical import canonical
from counter_app.domain.events import JsonObject
from counter_app.services.updating.release import PURPOSE

SIGNATURE = "signature"


def public_half(seed: bytes) -> str:
    """Return the public half of a key as it is pinned; ``seed`` is the private half, 32 bytes."""
    return b64encode(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def signed(document: JsonObject, seed: bytes) -> JsonObject:
    """Return a head with its signature.

    Raises:
        ValueError: the document has no canonical text.
    """
    return {**document, SIGNATURE: b64encode(Ed25519PrivateKey.from_private_bytes(seed).sign(_covered(document))).decode()}


def is_signed(document: JsonObject, keys: Sequence[str]) -> bool:
    """Tell whether one of the keys signed a head; anything unreadable is not signed."""
    try:
        signature, covered = b64decode(document[SIGNATURE], validate=True), _covered(document)
    except (KeyError, TypeError, ValueError, RecursionError):
        return False
    return any(_holds(key, signature, covered) for key in keys)


def _holds(key: str, signature: bytes, covered: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(b64decode(key, validate=True)).verify(signature, covered)
    except (InvalidSignature, ValueError):
        return False
    return True


def _covered(document: JsonObject) -> bytes:
    rest = {name: value for name, value in document.items() if name != SIGNATURE}
    return f"{PURPOSE}\n{canonical(rest)}".encode()
