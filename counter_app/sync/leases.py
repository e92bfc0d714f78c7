"""The verb *numbers lease*: serials for the days to come (contract 3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from counter_app.domain.events import JsonObject
from counter_app.services.line.leases import checked
from counter_app.sync.epochs import Numbers, serials_seen
from counter_app.sync.faults import NotTheProvinceError
from counter_app.sync.link import Link


def renewed(link: Link, numbers: Numbers, day: date) -> tuple[JsonObject, ...]:
    """Return every lease in force for this device, in the order in which to use them; raises as :meth:`Link.post`."""
    return lent(link.post("/numbers/lease", wish_of(link, numbers, day)).value)


def wish_of(link: Link, numbers: Numbers, day: date) -> JsonObject:
    """Return what asks for serials: for more days, or for a further range where those of this day are used up."""
    reason = "used_up" if numbers.used_up(day) else "renew"
    return {"device": link.relation.device, "epoch": numbers.epoch(), "reason": reason, "serials_seen": serials_seen(numbers, day)}


def lent(told: Mapping[str, Any]) -> tuple[JsonObject, ...]:
    """Return the leases of a reply.

    Raises:
        NotTheProvinceError: it has another shape than the contract's.
    """
    try:
        return checked(told["leases"])
    except (LookupError, TypeError, ValueError) as error:
        raise NotTheProvinceError from error
