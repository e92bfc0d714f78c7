"""Passwords as Argon2id texts."""

from __future__ import annotations

import unicodedata

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

MEMORY_KIB = 64 * 1024
PASSES = 3
LANES = 2
"""RFC 9106's second recommended cost with half its lanes: a fifth of a second and 64 MiB on the two cores of an old PC."""


class Argon2Passwords:
    """Hashes and checks passwords. A composed and a decomposed spelling of the same Vietnamese text are the same password."""

    def __init__(self, *, memory_kib: int = MEMORY_KIB, passes: int = PASSES) -> None:
        self._argon2 = argon2.PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=LANES)

    def hash(self, password: str) -> str:
        """Return the text to store: cost, salt and hash."""
        return self._argon2.hash(_spelling(password))

    def verify(self, password_hash: str, password: str) -> bool:
        """Tell whether the password fits; a damaged or empty hash fits none."""
        try:
            return self._argon2.verify(password_hash, _spelling(password))
        except (VerificationError, InvalidHashError):
            return False


def _spelling(password: str) -> str:
    return unicodedata.normalize("NFC", password)
