"""Identifiers without meaning: UUIDv7 of dossiers and ops, the short form of a device, the epoch of a lane."""

from __future__ import annotations

import itertools
import re
import secrets
from datetime import datetime

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SHORT_LENGTH = 8
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_ORDER = itertools.count(secrets.randbits(41))
"""Where this process began to count; 42 bits hold every id it can ever make."""


def new_id(now: datetime) -> str:
    """Return a new UUIDv7 (RFC 9562) in lower case.

    Ids made by one process at the same moment sort in the order of making (a 42-bit counter), different processes are kept apart by
    32 random bits and the random start of the counter. The moment is information only: nothing is ordered by it.
    """
    order = next(_ORDER) & (2**42 - 1)
    value = int(now.timestamp() * 1000) << 80 | 0x7 << 76 | (order >> 30) << 64
    value |= 0b10 << 62 | (order & (2**30 - 1)) << 32 | secrets.randbits(32)
    text = f"{value:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def is_id(text: str) -> bool:
    """Tell whether a text is an id as :func:`new_id` makes them, the only ones that the province takes."""
    return _ID.fullmatch(text) is not None


def short_device(device: str) -> str:
    """Return the 8 characters that stand for a device in a provisional code (province contract 3.1).

    A device id of 8 characters is its own short form; of a UUID the last 40 bits are written in Crockford's base32.

    Raises:
        ValueError: the text is neither.
    """
    if len(device) == SHORT_LENGTH and set(device) <= set(CROCKFORD):
        return device
    digits = device.replace("-", "")
    if len(digits) != 32:
        raise ValueError("a device id is a UUID or 8 characters of Crockford's base32")
    number = int(digits, 16) & (2**40 - 1)
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(35, -1, -5))


def new_epoch() -> str:
    """Return 16 random hex digits: the name of a new lane, chosen by the desk at its first start and after every restore."""
    return secrets.token_hex(8)
