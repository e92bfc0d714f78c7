"""A ticket becomes a device (contract 3.1)."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from tests.province.server.contract import ZERO_HASH, Json
from tests.province.server.leases import leases_of, lend
from tests.province.server.naming import CROCKFORD, new_device, short_device
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.stick_cover import exchange_key
from tests.province.server.store import row
from tests.province.server.tables import agencies, devices, lanes, tickets
from tests.province.server.tokens import new_pair


def issue_ticket(province: Province, agency: str, base_url: str, *, days: int = 7, digit: int | None = None) -> dict[str, str]:
    """Return a new ticket for one computer of an agency; ``digit``: the first of its serials, when the agency still has it."""
    letters = "".join(secrets.choice(CROCKFORD[:31]) for _ in range(12))
    code = "-".join((letters[:4], letters[4:8], letters[8:]))
    with province.store.writing(agency) as connection:
        expires = province.clock.seconds() + days * 86_400
        connection.execute(insert(tickets).values(code=code, agency=agency, expires_at=expires, digit=digit))
    return {"base_url": base_url, "code": code, **province.key.public(), "exchange_key": exchange_key(province.switches["exchange_seed"])}


def enrol(province: Province, request: dict[str, Json]) -> dict[str, Json]:
    """Return the contract's EnrolReply; the same device again for the same code and key, until its access token is first used.

    Raises:
        ProblemError: enrolment_code_unknown, enrolment_code_expired, enrolment_code_used, device_taken.
    """
    with province.store.reading() as connection:
        agency = connection.scalar(select(tickets.c.agency).where(tickets.c.code == request["enrolment_code"]))
    if agency is None:
        raise ProblemError("enrolment_code_unknown")
    with province.store.writing(agency) as connection:
        ticket: Any = row(connection, select(tickets).where(tickets.c.code == request["enrolment_code"]))
        if ticket["device"] is None:
            if ticket["expires_at"] <= province.clock.seconds():
                raise ProblemError("enrolment_code_expired")
            device = _new(province, connection, ticket, request)
        elif ticket["spent"] or ticket["public_key"] != request["public_key"]:
            raise ProblemError("enrolment_code_used")
        else:
            device = ticket["device"]
        declare_lane(province, connection, device, request["epoch"])
        return _reply(province, connection, agency, device)


def declare_lane(province: Province, connection: Connection, device: str, epoch: str, **more: Json) -> None:
    """Open a lane of a device for its first op; one that is open already stays as it is."""
    here = row(connection, select(lanes).where(lanes.c.device == device, lanes.c.epoch == epoch))
    if here is None:
        values = {"declared": True, "declared_day": province.clock.day(), **more}
        connection.execute(insert(lanes).values(
            device=device, epoch=epoch, declared_at=province.clock.text(), acked_through=0, head_hash=ZERO_HASH, **values))
    elif not here["declared"]:
        connection.execute(update(lanes).where(lanes.c.device == device, lanes.c.epoch == epoch).values(declared=True, **more))


def _new(province: Province, connection: Connection, ticket: Any, request: dict[str, Json]) -> str:
    """Add the device of a ticket; returns its id."""
    device = request.get("device") or new_device()
    taken = select(devices).where(or_(devices.c.device == device, devices.c.short == short_device(device)))
    if row(connection, taken) is not None:
        raise ProblemError("device_taken")
    digit = lend(province, connection, ticket["agency"], device, ticket["digit"])
    connection.execute(insert(devices).values(
        device=device, short=short_device(device), agency=ticket["agency"], public_key=request["public_key"],
        name=request["device_info"]["name"], digit=digit))
    bound = {"device": device, "public_key": request["public_key"]}
    connection.execute(update(tickets).where(tickets.c.code == ticket["code"]).values(**bound))
    return device


def _reply(province: Province, connection: Connection, agency: str, device: str) -> dict[str, Json]:
    next_key = province.switches["next_key"]
    known = row(connection, select(devices, agencies.c.name.label("agency_name")).join(
        agencies, agencies.c.agency == devices.c.agency).where(devices.c.device == device))
    if known is None:
        raise ProblemError("enrolment_code_used")
    return {
        "device": device, "agency": agency, "agency_name": known["agency_name"], "counter_digit": known["digit"],
        "server_keys": [province.key.public(), *([] if next_key is None else [next_key])],
        "server_epoch": province.switches["server_epoch"], "server_time": province.clock.text(),
        "tokens": new_pair(province, connection, device),
        "leases": leases_of(connection, device, province.clock.day()),
    }
