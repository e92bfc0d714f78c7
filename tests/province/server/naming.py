"""Ids, codes and times as the contract writes them."""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta, timezone

from tests.province.server.contract import OFFICIAL_CODE, PROVISIONAL_CODE

VIETNAM = timezone(timedelta(hours=7))
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TIME = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+07:00")
_CODE = re.compile(f"{OFFICIAL_CODE}|{PROVISIONAL_CODE}")


def b64u(data: bytes) -> str:
    """Return base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from_b64u(text: str) -> bytes:
    """Return the bytes of base64url without padding; raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def uuid7(at: datetime, seed: str | None = None) -> str:
    """Return a UUIDv7 of a moment: random, or always the same for the same ``seed``."""
    noise = secrets.randbits(74) if seed is None else int.from_bytes(hashlib.sha256(seed.encode()).digest()[:10], "big") >> 6
    value = (int(at.timestamp() * 1000) & (2**48 - 1)) << 80 | 7 << 76 | (noise >> 62) << 64 | 2 << 62 | noise & (2**62 - 1)
    text = f"{value:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def short_device(device: str) -> str:
    """Return the eight characters that stand for a device in a provisional code (3.1)."""
    if len(device) == 8:
        return device
    number = int(device.replace("-", ""), 16)
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(35, -1, -5))


def new_device() -> str:
    """Return an id for a desk that has none: eight characters."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(8))


def reads_as_code(text: str) -> bool:
    """Say whether a text is an official or provisional dossier code."""
    return _CODE.fullmatch(text) is not None


def official_parts(code: str) -> tuple[str, str, int] | None:
    """Return (agency, day as YYMMDD, serial) of an official code; None for a provisional one."""
    if code.startswith("TAM-"):
        return None
    agency, day, serial = code.rsplit("-", 2)
    return agency, day, int(serial)


def wire_time(at: datetime) -> str:
    """Return an envelope time in Vietnam's zone."""
    return at.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M:%S+07:00")


def is_time(text: str) -> bool:
    """Say whether a text is an envelope time; a name with a T in the same place is none."""
    return _TIME.fullmatch(text) is not None


def national_time(at: str | None) -> str:
    """Return ``yyyyMMddHHmmss`` of an envelope time, "" of none."""
    return "" if at is None else re.sub("[^0-9]", "", at[:19])


def envelope_time(national: str) -> str | None:
    """Return the envelope time of ``yyyyMMddHHmmss``, None of ""."""
    if not national:
        return None
    return f"{national[:4]}-{national[4:6]}-{national[6:8]}T{national[8:10]}:{national[10:12]}:{national[12:14]}+07:00"


def day_of(national: str) -> str:
    """Return the day of ``yyyyMMddHHmmss`` as ``YYYY-MM-DD``, "" of ""."""
    return (envelope_time(national) or "")[:10]
