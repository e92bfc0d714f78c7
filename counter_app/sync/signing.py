"""Signatures of the contract (2.1): what the province signs, what this device proves. Ed25519 over a purpose and the canonical text."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from counter_app.domain.canonical import canonical
from counter_app.domain.events import JsonObject

PROOF, SIGNATURE = "proof", "signature"
"""The member that holds the signature: of the device, of the province."""


def base64url(data: bytes) -> str:
    """Return bytes as base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Read base64url without padding.

    Raises:
        ValueError: the text is none.
    """
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("no base64url") from error


def signed_bytes(purpose: str, document: Mapping[str, Any], member: str) -> bytes:
    """Return what the signature in ``member`` of a document covers.

    Raises:
        ValueError: the document has no canonical text.
    """
    rest = {name: value for name, value in document.items() if name != member}
    return f"desk-sync/v1 {purpose}\n".encode() + canonical(rest).encode()


def public_key(seed: bytes) -> str:
    """Return the public half of a device key, as the contract writes keys; ``seed`` is the private half, 32 bytes."""
    key = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    return base64url(key.public_bytes(Encoding.Raw, PublicFormat.Raw))


def proven(purpose: str, document: JsonObject, seed: bytes) -> JsonObject:
    """Return a document with the device's ``proof``.

    Raises:
        ValueError: the document has no canonical text.
    """
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(signed_bytes(purpose, document, PROOF))
    return {**document, PROOF: base64url(signature)}


def is_signed(purpose: str, document: Mapping[str, Any], keys: Iterable[str]) -> bool:
    """Tell whether one of the province's public keys signed a document for a purpose; anything unreadable is not signed."""
    try:
        signature = from_base64url(document[SIGNATURE])
        covered = signed_bytes(purpose, document, SIGNATURE)
    except (KeyError, TypeError, ValueError):
        return False
    return any(_holds(key, signature, covered) for key in keys)


def _holds(key: str, signature: bytes, covered: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(from_base64url(key)).verify(signature, covered)
    except (InvalidSignature, TypeError, ValueError):
        return False
    return True
