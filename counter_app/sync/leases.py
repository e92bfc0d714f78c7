"""The verb *numbers lease*: serials for the days to come (contract 3.3)."""

from __future__ import annotations

from datetime import date

from counter_app.domain.events import JsonObject
from counter_app.services.leases import checked
from counter_app.sync.epochs import Numbers, serials_seen
from counter_app.sync.faults import NotTheProvinceError
from counter_app.sync.link import Link


def renewed(link: Link, numbers: Numbers, day: date) -> tuple[JsonObject, ...]:
    """Return every lease in force for this device, in the order in which to use them; raises as :meth:`Link.post`."""
    wish: JsonObject = {
        "device": link.relation.device, "epoch": numbers.epoch(), "reason": "renew", "serials_seen": serials_seen(numbers, day)}
    try:
        return checked(link.post("/numbers/lease", wish).value["leases"])
    except (LookupError, TypeError, ValueError) as error:
        raise NotTheProvinceError from error
