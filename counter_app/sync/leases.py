"""The verb *numbers lease*: serials for the days to come (contract 3.3)."""

from __future__ import annotations

from counter_app.domain.events import JsonObject
from counter_app.sync.faults import NotTheProvinceError
from counter_app.sync.link import Link


def renewed(link: Link, epoch: str) -> tuple[JsonObject, ...]:
    """Return every lease in force for this device, in the order in which to use them; raises as :meth:`Link.post`."""
    wish: JsonObject = {"device": link.relation.device, "epoch": epoch, "reason": "renew", "serials_seen": []}
    leases = link.post("/numbers/lease", wish).value.get("leases")
    if not isinstance(leases, list) or not all(isinstance(each, dict) for each in leases):
        raise NotTheProvinceError
    return tuple(leases)
