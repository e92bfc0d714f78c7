"""The verb *push*: ops of one lane in their order, packed as small as the province takes them, each answered by itself (contract 6)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counter_app.domain.canonical import canonical, envelope
from counter_app.domain.events import Event
from counter_app.sync.faults import NoContactError
from counter_app.sync.hello import Hello
from counter_app.sync.link import Link

_WORTH_PACKING = 1000
_LEAST_DECODED = 1 << 20
_MOST_REVISIONS = 1 << 53


@dataclass(frozen=True, slots=True)
class Batch:
    """Ops as they are sent: the bytes, and their Content-Encoding."""

    ops: tuple[Event, ...]
    body: bytes
    encoding: str


def batch(ops: Sequence[Event], said: Hello, *, plain: bool) -> Batch:
    """Pack as many of the ops, from the first on, as the province's limits allow; at least one."""
    chosen = list(ops[:said.limits.get("max_ops", 200)])
    encoding = "" if plain else next((each for each in ("zstd", "gzip") if each in said.encodings), "gzip")
    most, most_plain = said.limits.get("max_body_bytes", 262_144), said.limits.get("max_decoded_bytes", _LEAST_DECODED)
    while True:
        data = b'{"ops":[%b]}' % b",".join(canonical(envelope(each)).encode() for each in chosen)
        used = encoding if len(data) > _WORTH_PACKING else ""
        body = _packed(data, used)
        if len(chosen) == 1 or (len(body) <= most and len(data) <= most_plain):
            return Batch(tuple(chosen), body, used)
        chosen = chosen[:len(chosen) // 2]


def push(link: Link, sent: Batch) -> Mapping[str, Any]:
    """Send a batch and return the reply, which has exactly one result for each op, in order.

    Raises:
        NoContactError: anything else is no reply; sending again does no harm.
        LineError: as :meth:`~counter_app.sync.link.Link.post`.
    """
    told = link.post("/push", sent.body, encoding=sent.encoding).value
    results = told.get("results")
    if not isinstance(results, list) or [_name(each) for each in results] != [each.op_id for each in sent.ops] or not _can_be_kept(results):
        raise NoContactError("cut")
    return told


def wanted_from(told: Mapping[str, Any]) -> dict[str, int]:
    """Return from which sequence the province lacks ops, by epoch, where it says so."""
    marks = told.get("acked")
    found = (each for each in marks if isinstance(each, dict) and _is_place(each.get("want_from"))) if isinstance(marks, list) else ()
    return {str(each.get("epoch")): each["want_from"] for each in found}


def _is_place(value: object) -> bool:
    return isinstance(value, int) and value is not True and 0 < value < _MOST_REVISIONS


def _name(result: object) -> object:
    return result.get("op_id") if isinstance(result, dict) else None


def _can_be_kept(results: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether the answers are text throughout and their revisions are numbers that a database holds."""
    revisions = [each.get("rev") for each in results]
    try:
        json.dumps(results, ensure_ascii=False).encode()
    except (RecursionError, ValueError):
        return False
    return all(0 <= rev < _MOST_REVISIONS for rev in revisions if isinstance(rev, int))


def _packed(data: bytes, encoding: str) -> bytes:
    if encoding == "zstd":
        import zstandard  # noqa: PLC0415  only where the province speaks it

        return zstandard.compress(data, 12)
    return gzip.compress(data, 9, mtime=0) if encoding == "gzip" else data
