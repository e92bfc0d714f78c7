"""The verb *reconcile*: both journals compared lane by lane, halved where they differ, until the ops stand one by one (contract 10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from counter_app.domain.events import JsonObject
from counter_app.sync.digests import ops_digest
from counter_app.sync.faults import NoContactError
from counter_app.sync.link import Link
from counter_app.sync.read_back import held_through

MOST_LISTED = 64
"""Ops of a range whose hashes the province lists where they differ."""
MOST_AHEAD = 100_000
"""Ops of a lane that a province can hold and a desk lack: no backup is as old as that."""
Hashes = Callable[[str, int, int], dict[int, str]]
"""Gives the hashes of the own ops of an epoch, from one sequence to another, by their sequence."""


@dataclass(slots=True)
class Found:
    """Where the journals differ, as ``epoch/seq``."""

    here_only: list[str] = field(default_factory=list)
    there_only: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    pending: bool = False


def reconcile(link: Link, lanes: Mapping[str, int], hashes: Hashes) -> Found:
    """Compare every lane of this device; ``lanes`` are the last sequences here. Of one that the province does not know, all is here only.

    Raises LineError as :meth:`Link.post`.
    """
    found = Found()
    for epoch, last in lanes.items():
        acked = _held(link, epoch, last)
        found.there_only += [f"{epoch}/{seq}" for seq in range(last + 1, acked + 1)]
        found.here_only += [f"{epoch}/{seq}" for seq in range(acked + 1, last + 1)]
        if both := min(last, acked):
            _compare(link, epoch, (1, both), hashes, found)
    return found


def _held(link: Link, epoch: str, last: int) -> int:
    held = held_through(link, epoch, last + 1)
    if held > last + MOST_AHEAD:
        raise NoContactError("cut")
    return held


def _compare(link: Link, epoch: str, span: tuple[int, int], hashes: Hashes, found: Found) -> None:
    first, last = span
    ours = hashes(epoch, first, last)
    wish: JsonObject = {"ranges": [{
        "device": link.relation.device, "epoch": epoch, "from_seq": first, "to_seq": last, "count": len(ours),
        "digest": ops_digest(ours[seq] for seq in sorted(ours))}]}
    if link.relation.cursor:
        wish["as_of_cursor"] = link.relation.cursor
    told = link.post("/reconcile", wish).value
    found.pending |= told.get("changes_pending") is True
    answer = _first(told.get("ranges"))
    if answer.get("match") is True:
        return
    if last - first < MOST_LISTED:
        _name(epoch, ours, _hashes(answer.get("hashes", [])), found)
        return
    middle = (first + last) // 2
    _compare(link, epoch, (first, middle), hashes, found)
    _compare(link, epoch, (middle + 1, last), hashes, found)


def _first(ranges: object) -> Mapping[str, Any]:
    if not isinstance(ranges, list) or len(ranges) != 1 or not isinstance(ranges[0], dict):
        raise NoContactError("cut")
    return ranges[0]


def _hashes(listed: Any) -> dict[int, str]:  # noqa: ANN401  any JSON value
    try:
        return {int(each["seq"]): str(each["hash"]) for each in listed}
    except (KeyError, TypeError, ValueError):
        raise NoContactError("cut") from None


def _name(epoch: str, ours: Mapping[int, str], theirs: Mapping[int, str], found: Found) -> None:
    found.here_only += [f"{epoch}/{seq}" for seq in sorted(ours.keys() - theirs.keys())]
    found.there_only += [f"{epoch}/{seq}" for seq in sorted(theirs.keys() - ours.keys())]
    found.different += [f"{epoch}/{seq}" for seq in sorted(ours.keys() & theirs.keys()) if ours[seq] != theirs[seq]]
