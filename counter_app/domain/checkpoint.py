"""The mark of a day: where the audit trail and the lane of ops ended, and eight characters of it on paper (province contract 4.2).

Whoever shortens the trail later can't print the same eight characters again: the paper shows it.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from dataclasses import dataclass
from datetime import date, datetime

from counter_app.domain.canonical import canonical
from counter_app.domain.events import JsonObject

_BYTES = 5
"""Eight characters of base32."""


@dataclass(frozen=True, slots=True)
class TrailMark:
    """How far the audit trail had come at a moment: the count of its entries and the hash of its last one."""

    count: int
    head: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PaperMark:
    """What a printed page of a day says of the trail: its day, the count of entries, and the eight characters."""

    day: date
    count: int
    code: str


def paper_code(day: date, device: str, epoch: str, audit: tuple[int, str]) -> str:
    """Return the eight characters; ``audit`` is the count of the audit trail's entries and the hash of its last one."""
    count, head = audit
    text = canonical({"audit_count": count, "audit_head": head, "day": day.isoformat(), "device": device, "epoch": epoch})
    return b32encode(hashlib.sha256(text.encode()).digest()[:_BYTES]).decode()


def checkpoint(day: date, device: str, epoch: str, *, audit: tuple[int, str], ops: tuple[int, str]) -> JsonObject:
    """Return the facts of ``checkpoint``: ``audit`` and ``ops`` are how far the trail and the lane went, each with its last hash."""
    return {
        "day": day.isoformat(), "audit_count": audit[0], "audit_head": audit[1], "op_seq": ops[0], "op_head": ops[1],
        "paper_code": paper_code(day, device, epoch, audit)}
