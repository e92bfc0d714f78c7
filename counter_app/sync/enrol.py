"""The verb *enrol*: a ticket becomes a device (contract 3.1). A lost reply costs nothing: the same wish again gets the same device."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from counter_app import __version__
from counter_app.domain.errors import broken
from counter_app.domain.events import JsonObject
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.line.incoming import take_leases
from counter_app.services.line.leases import checked
from counter_app.services.line.province import Relation, Ticket, is_enrolled, keep_relation, relation_of
from counter_app.services.ports import Database
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
        NotTheProvinceError: the reply does not name the pinned key, names another device, or is not of the contract's shape.
        NoContactError, RefusedError: as :meth:`~counter_app.sync.wire.Wire.call`.
    """
    wish = wish_of(ticket, device=device, epoch=epoch, seed=seed, info=info)
    return enrolled(ticket, wire.post("/enrol", wish, status=201).value, device=device)


def wish_of(ticket: Ticket, *, device: str, epoch: str, seed: bytes, info: JsonObject) -> JsonObject:
    """Return what a computer says to be enrolled; as :func:`enrol`."""
    return {
        "enrolment_code": ticket.code, "device": device, "epoch": epoch, "public_key": public_key(seed), "protocol": PROTOCOL,
        "device_info": info}


def enrolled(ticket: Ticket, told: Mapping[str, Any], *, device: str) -> Enrolled:
    """Read the reply; raises NotTheProvinceError as :func:`enrol`.

    The id that was asked for is kept (contract 3.1): under another one nothing that this computer recorded would be its own.
    """
    try:
        keys = {each["key_id"]: each["public_key"] for each in told["server_keys"]}
        if keys.get(ticket.key_id) != ticket.public_key or told["device"] != device:
            raise NotTheProvinceError
        return Enrolled(
            device, told["agency"], str(told.get("agency_name", "")), keys, told["server_epoch"], pair_of(told["tokens"]),
            checked(told["leases"]))
    except (LookupError, TypeError, ValueError) as error:
        raise NotTheProvinceError from error


def info_of(profile: DeskProfile) -> JsonObject:
    """Return what the province's list shows of a computer."""
    return {"name": f"Quầy {profile.desk}", "os": platform.system(), "app": "quay-mot-cua", "app_version": __version__}


def keep_enrolled(
    database: Database, profile: DeskProfile, ticket: Ticket, made: Enrolled, *, epoch: str, own: tuple[bytes, str], now: datetime,
) -> Relation:
    """Store the relation that an enrolment made with the device's ``own`` key and its place, and number by its leases.

    Raises:
        RuleBrokenError: ENROL_AGENCY, the ticket is another commune's.
    """
    if made.agency != profile.agency:
        raise broken("ENROL_AGENCY", None, ours=profile.agency, theirs=made.agency)
    seed, place = own
    relation = Relation(
        ticket.base_url, made.device, made.agency, made.agency_name, made.keys, place, public_key(seed), server_epoch=made.server_epoch,
        tokens=(made.tokens,), epochs=(epoch,), leases=made.leases, exchange_key=ticket.exchange_key)
    with database.write() as uow:
        if is_enrolled(uow, profile.device):
            before = relation_of(uow, profile.device)
            relation = replace(relation, era=before.beginning_anew(made.server_epoch).get("era", before.era))
        keep_relation(uow, profile.device, relation)
        take_leases(uow, profile.device, made.leases, now)
        uow.commit()
    return relation
