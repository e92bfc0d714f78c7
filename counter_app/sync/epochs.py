"""The verb *epochs*: a new lane after a restore is declared before anything is pushed into it (contract 3.4)."""

from __future__ import annotations

from datetime import date

from counter_app.domain.events import JsonObject
from counter_app.sync.faults import RefusedError
from counter_app.sync.link import Link


def declare(link: Link, epoch: str, previous: str, head: tuple[int, str], day: date) -> None:
    """Open a lane. ``head`` is the last sequence and hash of the ``previous`` one here; no serial is proven by it.

    Raises:
        LineError: as :meth:`~counter_app.sync.wire.Wire.call`. That no recovery range is left is no refusal: the lane is open.
    """
    wish: JsonObject = {
        "device": link.relation.device, "epoch": epoch, "previous_epoch": previous, "reason": "restore",
        "restored": {"last_seq": head[0], "last_hash": head[1]}, "declared_day": day.isoformat(), "serials_seen": []}
    try:
        link.prove_and_post("/epochs", "epoch", wish, status=201)
    except RefusedError as error:
        if error.code != "recovery_exhausted":
            raise
    link.keep(epochs=(*link.relation.epochs, epoch))
