"""The verb *epochs*: a new lane after a restore, a clone, a damaged chain is declared before it is pushed into (contract 3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from counter_app.domain.events import JsonObject
from counter_app.sync.faults import NotTheProvinceError, RefusedError
from counter_app.sync.link import Link

EXHAUSTED = "recovery_exhausted"
"""The lane is open, but no recovery range is left to lend."""


class Numbers(Protocol):
    """What a lane asks of the numbers of this counter."""

    def epoch(self) -> str:
        """Return the epoch that acts are recorded in now."""

    def begin_epoch(self) -> str:
        """Record in a new lane from now on, and return its epoch; numbers go on as they were."""

    def proven(self, day: date) -> int | None:
        """Return the last serial of a day, in the last range that was begun, 0 for none; None where it is not certain."""

    def used_up(self, day: date) -> bool:
        """Tell whether every serial of a day that was lent is used up."""

    def grant(self, generation: int, first: date, last: date) -> None:
        """Number from a recovery range on the days from ``first`` to ``last``; after them the normal range goes on."""


def serials_seen(numbers: Numbers, day: date) -> list[JsonObject]:
    """Return what can be proven of the serials of a day."""
    last = numbers.proven(day)
    return [] if last is None else [{"day": day.isoformat(), "last_serial": last}]


def declare(
    link: Link, epoch: str, previous: str, head: tuple[int, str], *, day: date, reason: str, numbers: Numbers,
) -> dict[str, int]:
    """Open a lane. ``head`` is the last sequence and hash of the ``previous`` one here.

    Return up to where the province holds each older lane. What it lends for numbers that nobody can be certain of is taken.

    Raises:
        LineError: as :meth:`~counter_app.sync.wire.Wire.call`. That no recovery range is left is no refusal: the lane is open.
    """
    wish = wish_of(link, epoch, previous, head, day=day, reason=reason, numbers=numbers)
    try:
        told: Mapping[str, Any] | None = link.prove_and_post("/epochs", "epoch", wish, status=201).value
    except RefusedError as error:
        if error.code != EXHAUSTED:
            raise
        told = None
    return opened(link, epoch, told, day=day, numbers=numbers)


def wish_of(
    link: Link, epoch: str, previous: str, head: tuple[int, str], *, day: date, reason: str, numbers: Numbers,
) -> JsonObject:
    """Return what a desk says to open a lane; as :func:`declare`."""
    return {
        "device": link.relation.device, "epoch": epoch, "previous_epoch": previous, "reason": reason,
        "restored": {"last_seq": head[0], "last_hash": head[1]}, "declared_day": day.isoformat(),
        "serials_seen": serials_seen(numbers, day)}


def opened(link: Link, epoch: str, told: Mapping[str, Any] | None, *, day: date, numbers: Numbers) -> dict[str, int]:
    """Note that a lane declared on a ``day`` is open, by the reply; None for the problem :data:`EXHAUSTED`. Returns as :func:`declare`.

    Raises:
        NotTheProvinceError: the reply is not of the contract's shape.
    """
    held: dict[str, int] = {}
    try:
        if told is not None:
            held = {str(each["epoch"]): int(each["acked_through"]) for each in told["lanes"]}
            if told["recovery"] is not None:
                numbers.grant(int(told["recovery"]["generation"]), day, date.fromisoformat(told["recovery"]["through_day"]))
    except (LookupError, TypeError, ValueError) as error:
        raise NotTheProvinceError from error
    if told is None:
        link.keep(compare=True)  # this answer says nothing of the older lanes
    link.keep(epochs=(*(each for each in link.relation.epochs if each != epoch), epoch))
    return held
