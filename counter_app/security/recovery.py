"""The recovery sheet: a secret on paper that opens the database when the computer with its key is lost.

Eight groups of five signs in Crockford's base32 (no I, L, O, U): four signs of secret, 160 bits in all, and one check sign, so that a
typing mistake is named by its group. The secret wraps the database key; the wrapped key lies beside the database, worth nothing alone.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from counter_app.domain.errors import broken, failed
from counter_app.domain.ids import CROCKFORD

GROUPS, SIGNS = 8, 4
_LOOKALIKES = str.maketrans("OIL", "011")
_FORMAT = 1


def new_secret() -> str:
    """Return a fresh secret as it is printed, ``XXXXC-XXXXC-…``."""
    numbers = [[secrets.randbelow(32) for _ in range(SIGNS)] for _ in range(GROUPS)]
    return "-".join("".join(CROCKFORD[n] for n in group) + _check_sign(index, group) for index, group in enumerate(numbers))


def read_secret(text: str) -> bytes:
    """Return the secret that a person typed; case, spaces and hyphens don't matter, O is 0, I and L are 1.

    Raises:
        RuleBrokenError: RECOVERY_LENGTH(signs, wanted), RECOVERY_GROUP_WRONG(group), field ``recovery``.
    """
    signs = "".join(text.split()).replace("-", "").upper().translate(_LOOKALIKES)
    size = SIGNS + 1
    if len(signs) != GROUPS * size:
        raise broken("RECOVERY_LENGTH", "recovery", signs=len(signs), wanted=GROUPS * size)
    secret = ""
    for index in range(GROUPS):
        group = signs[index * size:(index + 1) * size]
        if not set(group) <= set(CROCKFORD) or _check_sign(index, [CROCKFORD.index(sign) for sign in group[:SIGNS]]) != group[SIGNS]:
            raise broken("RECOVERY_GROUP_WRONG", "recovery", group=index + 1)
        secret += group[:SIGNS]
    return secret.encode()


def wrap(key: bytes, secret_text: str, device: str) -> bytes:
    """Return the content of the file that the sheet opens: the key, wrapped with the secret (HKDF-SHA256, AES key wrap RFC 3394)."""
    salt = secrets.token_bytes(16)
    wrapped = aes_key_wrap(_wrapping_key(read_secret(secret_text), salt, device), key)
    return json.dumps({"format": _FORMAT, "device": device, "salt": salt.hex(), "wrapped_key": wrapped.hex()}).encode() + b"\n"


def unwrap(content: bytes, secret_text: str) -> bytes:
    """Return the database key.

    Raises:
        RuleBrokenError: as :func:`read_secret`, or RECOVERY_OTHER_SHEET: well typed, but the sheet of another desk.
        SurroundingsError: RECOVERY_FILE_DAMAGED.
    """
    secret = read_secret(secret_text)
    try:
        stored = json.loads(content)
        if stored["format"] != _FORMAT:
            raise failed("RECOVERY_FILE_DAMAGED")
        salt, wrapped, device = bytes.fromhex(stored["salt"]), bytes.fromhex(stored["wrapped_key"]), str(stored["device"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise failed("RECOVERY_FILE_DAMAGED") from None
    try:
        return aes_key_unwrap(_wrapping_key(secret, salt, device), wrapped)
    except (InvalidUnwrap, ValueError):
        raise broken("RECOVERY_OTHER_SHEET", "recovery") from None


def _wrapping_key(secret: bytes, salt: bytes, device: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"quay-mot-cua recovery " + device.encode()).derive(secret)


def _check_sign(index: int, numbers: Sequence[int]) -> str:
    """Odd weights find every single wrong sign, unequal ones most swapped neighbours, the index most swapped groups."""
    return CROCKFORD[(11 * index + sum((2 * place + 3) * number for place, number in enumerate(numbers))) % 32]
