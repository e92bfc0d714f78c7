"""The verb *enrol*: a ticket becomes a device (contract 3.1). A lost reply costs nothing: the same wish again gets the same device."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.events import JsonObject
from counter_app.services.leases import checked
from counter_app.services.province import Ticket
from counter_app.sync.faults import NotTheProvinceError
from counter_app.sync.signing import public_key
from counter_app.sync.token import Pair, pair_of
from counter_app.sync.wire import PROTOCOL, Wire


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What the province made of this computer."""

    device: str
    agency: str
    agency_name: str
    keys: dict[str, str]
    server_epoch: str
    tokens: Pair
    leases: tuple[JsonObject, ...]


def enrol(wire: Wire, ticket: Ticket, *, device: str, epoch: str, seed: bytes, info: JsonObject) -> Enrolled:
    """Ask for a device; ``seed`` is its own key, ``info`` what the province's list shows of the computer.

    Raises:
        NotTheProvinceError: the reply does not name the pinned key, or is not of the contract's shape.
        NoContactError, RefusedError: as :meth:`~counter_app.sync.wire.Wire.call`.
    """
    wish: JsonObject = {
        "enrolment_code": ticket.code, "device": device, "epoch": epoch, "public_key": public_key(seed), "protocol": PROTOCOL,
        "device_info": info}
    told = wire.post("/enrol", wish, status=201).value
    try:
        keys = {each["key_id"]: each["public_key"] for each in told["server_keys"]}
        if keys.get(ticket.key_id) != ticket.public_key:
            raise NotTheProvinceError
        return Enrolled(
            told["device"], told["agency"], str(told.get("agency_name", "")), keys, told["server_epoch"], pair_of(told["tokens"]),
            checked(told["leases"]))
    except (LookupError, TypeError, ValueError) as error:
        raise NotTheProvinceError from error
