"""Canonical text, hashes and digests (contract 4.1 and 10)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable

from tests.province.server.contract import Json, Op

_MOST = 2**53 - 1


class NoCanonicalTextError(ValueError):
    """The value holds a number that is no integer within 2^53-1, or half a character."""


def canonical(value: Json) -> bytes:
    """Return the RFC 8785 text of a value in UTF-8; raises NoCanonicalTextError."""
    if not _only_integers(value):
        raise NoCanonicalTextError
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise NoCanonicalTextError from error


def sha256(data: bytes) -> str:
    """Return the lower-case hex SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def digest(hashes: Iterable[str]) -> str:
    """Return the digest of ops: over their raw hashes in the order given."""
    return sha256(b"".join(bytes.fromhex(item) for item in hashes))


def codes_digest(codes: Iterable[str]) -> str:
    """Return the digest of codes: sorted, each followed by a line feed."""
    return sha256("".join(f"{code}\n" for code in sorted(codes)).encode())


def content_fault(op: Op) -> tuple[str, str] | None:
    """Return (code, member) of the first thing that no op may hold: ``not_nfc`` before ``schema``; None for a clean op."""
    for code, clean in (("not_nfc", _is_nfc), ("schema", _is_plain)):
        for name, value in op.items():
            if not (clean(name) and clean(value)):
                return code, name
    return None


def _only_integers(value: Json) -> bool:
    if isinstance(value, dict):
        return all(_only_integers(item) for item in value.values())
    if isinstance(value, list):
        return all(_only_integers(item) for item in value)
    return not isinstance(value, float) and not (isinstance(value, int) and abs(value) > _MOST)


def _is_nfc(value: Json) -> bool:
    if isinstance(value, dict):
        return all(_is_nfc(name) and _is_nfc(item) for name, item in value.items())
    if isinstance(value, list):
        return all(_is_nfc(item) for item in value)
    return not isinstance(value, str) or unicodedata.is_normalized("NFC", value)


def _is_plain(value: Json) -> bool:
    if isinstance(value, dict):
        return all(name.isascii() and _is_plain(item) for name, item in value.items())
    if isinstance(value, list):
        return all(_is_plain(item) for item in value)
    return _only_integers(value) and not (isinstance(value, str) and any("\ud800" <= mark <= "\udfff" for mark in value))
