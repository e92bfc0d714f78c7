"""Signatures: what the province signs, what a device proves, and the challenge in its proof (contract 2.1)."""

from __future__ import annotations

import hashlib
import hmac
import struct
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.province.server.canon import NoCanonicalTextError, canonical
from tests.province.server.contract import Json
from tests.province.server.naming import b64u, from_b64u

CHALLENGE_S = 600


def signed_bytes(purpose: str, body: dict[str, Json]) -> bytes:
    """Return what a signature of a purpose covers; raises NoCanonicalTextError."""
    return f"desk-sync/v1 {purpose}\n".encode() + canonical(body)


@dataclass(frozen=True, slots=True)
class ServerKey:
    """A key of the province; ``seed`` is the private half, 32 bytes in hex."""

    key_id: str
    seed: str

    def public(self) -> dict[str, str]:
        """Return the public half as the contract's ServerKey."""
        key = self._private().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return {"key_id": self.key_id, "public_key": b64u(key)}

    def signed(self, purpose: str, body: dict[str, Json]) -> dict[str, Json]:
        """Return a document with its ``signature``."""
        return {**body, "signature": b64u(self._private().sign(signed_bytes(purpose, body)))}

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.seed))


def proof_holds(purpose: str, document: dict[str, Json], public_key: str) -> bool:
    """Say whether the ``proof`` in a document is that of a device key (32 raw bytes as base64url)."""
    body = {name: value for name, value in document.items() if name != "proof"}
    try:
        key = Ed25519PublicKey.from_public_bytes(from_b64u(public_key))
        key.verify(from_b64u(document["proof"]), signed_bytes(purpose, body))
    except (InvalidSignature, NoCanonicalTextError, ValueError):
        return False
    return True


def new_challenge(secret: str, now: datetime) -> str:
    """Return a challenge that says by itself when it was given out."""
    moment = struct.pack(">q", int(now.timestamp()))
    return b64u(moment + _seal(secret, moment))


def challenge_is_fresh(secret: str, challenge: str, now: datetime) -> bool:
    """Say whether a challenge is ours and at most ten minutes old."""
    try:
        raw = from_b64u(challenge)
    except ValueError:
        return False
    if len(raw) != 24 or not hmac.compare_digest(raw[8:], _seal(secret, raw[:8])):
        return False
    return abs(int(now.timestamp()) - int(struct.unpack(">q", raw[:8])[0])) <= CHALLENGE_S


def _seal(secret: str, moment: bytes) -> bytes:
    return hmac.new(bytes.fromhex(secret), moment, hashlib.sha256).digest()[:16]
