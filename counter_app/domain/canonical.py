"""The one spelling of a value that hashes are made of: RFC 8785 under the province contract's limits (4.1).

With integers alone and ASCII member names, the standard encoder with sorted names and no blanks writes exactly the RFC's text; what is
left to do is to refuse everything else.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from counter_app.domain.errors import broken
from counter_app.domain.events import ZERO_HASH, AuditEntry, Event, JsonObject, Lane
from counter_app.domain.moments import wire
from counter_app.domain.people import WIRE_ROLES, Actor, Role

MOST_OP_BYTES = 65_536
_MOST_INTEGER = 2**53 - 1
_SURROGATE = re.compile("[\ud800-\udfff]")


def canonical(value: Any) -> str:  # noqa: ANN401  any JSON value
    """Return the canonical text of a JSON value.

    Raises:
        ValueError: a text that is not NFC, a member name that is not ASCII, or a number that is no integer within 2^53-1.
    """
    _require_plain(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(value: Any) -> str:  # noqa: ANN401  any JSON value
    """Return the lower-case hex SHA-256 of a value's canonical text in UTF-8; raises ValueError as :func:`canonical`."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def op_hash(op: Mapping[str, Any]) -> str:
    """Return the hash of an op: over everything in it but its own hash."""
    return sha256_of({name: value for name, value in op.items() if name != "hash"})


def envelope(event: Event) -> JsonObject:
    """Return an event as the op that the contract sends.

    Raises:
        ValueError: the event has no lane; it stays on this desk.
    """
    if event.lane is None:
        raise ValueError("an event without a lane is no op")
    return {**_body(event, event.lane), "hash": event.lane.hash}


def read_envelope(op: Mapping[str, Any]) -> Event:
    """Return the event that an op of the contract's shape tells of; raises LookupError, TypeError or ValueError for another shape."""
    lane = Lane(*(op[name] for name in ("device", "epoch", "seq", "prev_hash", "hash")))
    roles = {wired: role for role, wired in WIRE_ROLES.items()}
    actor = Actor(op["actor"]["user_id"], roles.get(op["actor"]["role"], Role.CLERK))
    return Event(
        op["op_id"], op["dossier_id"], op["type"], datetime.fromisoformat(op["occurred_at"]), actor, op["facts"], op["ho_so"],
        op["base_rev"], lane, op.get("resolves"))


def chained(event: Event, device: str, epoch: str, head: tuple[int, str]) -> Event:
    """Return the event as the next op of a lane, whose ``head`` is the last sequence and hash.

    Raises:
        RuleBrokenError: OP_TOO_LARGE, more than 65,536 canonical bytes; nothing may be recorded then.
        ValueError: as :func:`canonical`.
    """
    lane = Lane(device, epoch, head[0] + 1, head[1], "")
    body = _body(event, lane)
    size = len(canonical({**body, "hash": ZERO_HASH}).encode())
    if size > MOST_OP_BYTES:
        raise broken("OP_TOO_LARGE", bytes=size, limit=MOST_OP_BYTES)
    return replace(event, lane=replace(lane, hash=op_hash(body)))


def audit_hash(entry: AuditEntry) -> str:
    """Return the hash of an audit entry: over everything in it but its own hash, the hash before it included."""
    return sha256_of({
        "seq": entry.seq, "at": wire(entry.at), "user_id": entry.user_id, "action": entry.action, "subject": entry.subject,
        "details": dict(entry.details), "prev_hash": entry.prev_hash,
    })


def first_broken(entries: Iterable[AuditEntry], head: tuple[int, str] = (0, ZERO_HASH)) -> int | None:
    """Return the sequence of the first audit entry that doesn't follow from the one before it, or None when all do.

    ``head`` is the sequence and hash of the entry before the first one given.
    """
    seq, prev_hash = head
    for entry in entries:
        seq += 1
        if (entry.seq, entry.prev_hash, entry.hash) != (seq, prev_hash, audit_hash(entry)):
            return seq
        prev_hash = entry.hash
    return None


def _body(event: Event, lane: Lane) -> JsonObject:
    """Return the op without its hash."""
    op: JsonObject = {
        "op_id": event.op_id, "device": lane.device, "epoch": lane.epoch, "seq": lane.seq, "type": event.type,
        "dossier_id": event.dossier_id, "occurred_at": wire(event.occurred_at),
        "actor": {"user_id": event.actor.user_id, "role": WIRE_ROLES[event.actor.role]}, "base_rev": event.base_rev,
        "facts": dict(event.facts), "ho_so": None if event.ho_so is None else dict(event.ho_so), "prev_hash": lane.prev_hash,
    }
    return op if event.resolves is None else {**op, "resolves": event.resolves}


def _require_plain(value: Any) -> None:  # noqa: ANN401  any JSON value
    if isinstance(value, dict):
        for name, item in value.items():
            if not (isinstance(name, str) and name.isascii()):
                raise ValueError("only ASCII member names are allowed")
            _require_plain(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _require_plain(item)
    else:
        _require_plain_leaf(value)


def _require_plain_leaf(value: Any) -> None:  # noqa: ANN401  any JSON value
    if isinstance(value, str):
        if not unicodedata.is_normalized("NFC", value) or _SURROGATE.search(value):
            raise ValueError("only NFC text is allowed")
    elif value is not None and not (isinstance(value, int) and abs(value) <= _MOST_INTEGER):
        raise ValueError("only integers within 2^53-1 are allowed")
