"""Sums that desk and province compare (contract 10): of op hashes in the order of a lane, and of the codes of a day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def ops_digest(hashes: Iterable[str]) -> str:
    """Return the digest of ops by their hashes, 64 hex digits each, in seq order; of none it is the SHA-256 of nothing."""
    total = hashlib.sha256()
    for each in hashes:
        total.update(bytes.fromhex(each))
    return total.hexdigest()


def codes_digest(codes: Iterable[str]) -> str:
    """Return the digest of the codes of a day, in any order."""
    return hashlib.sha256("".join(f"{code}\n" for code in sorted(codes)).encode()).hexdigest()
