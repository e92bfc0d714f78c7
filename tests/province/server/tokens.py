"""Access and refresh tokens, in pairs (contract 3.2). The database keeps their hashes alone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, insert, or_, select, update

from tests.province.server.canon import sha256
from tests.province.server.contract import Json
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.store import row
from tests.province.server.tables import devices, pairs, tickets


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose token a request carries."""

    device: str
    agency: str


def new_pair(province: Province, connection: Connection, device: str, parent: str | None = None) -> dict[str, Json]:
    """Give a device two tokens; ``parent`` is the pair whose refresh token asked for them. Returns the contract's Tokens."""
    access, refresh, now = secrets.token_urlsafe(32), secrets.token_urlsafe(32), province.clock.seconds()
    access_s, refresh_s = province.switches["access_s"], province.switches["refresh_s"]
    connection.execute(insert(pairs).values(
        pair_id=secrets.token_hex(8), device=device, parent=parent, access_hash=sha256(access.encode()),
        refresh_hash=sha256(refresh.encode()), access_until=now + access_s, refresh_until=now + refresh_s,
    ))
    given = {"access_token": access, "expires_in": access_s, "refresh_token": refresh, "refresh_expires_in": refresh_s}
    return {"token_type": "Bearer", **given}


def caller_of(province: Province, token: str | None) -> Caller:
    """Return whose access token this is; raises ProblemError token_unknown, token_expired or device_revoked."""
    if not token:
        raise ProblemError("token_unknown")
    with province.store.reading() as connection:
        pair = _good_pair(province, connection, token)
    if not pair["access_used"]:
        with province.store.writing(pair["agency"]) as connection:
            pair = _good_pair(province, connection, token)  # a sibling that was used just before has ended this one
            _first_use(connection, pair)
            connection.execute(update(pairs).where(pairs.c.pair_id == pair["pair_id"]).values(access_used=True))
            connection.execute(update(tickets).where(tickets.c.device == pair["device"]).values(spent=True))
    return Caller(pair["device"], pair["agency"])


def rotated(province: Province, connection: Connection, device: str, refresh_token: str) -> dict[str, Json]:
    """Return a new pair for a refresh token, which stays good until one of the new two is used.

    Raises:
        ProblemError: token_unknown, token_expired, refresh_superseded.
    """
    query = select(pairs).where(pairs.c.refresh_hash == sha256(refresh_token.encode()), pairs.c.device == device)
    pair = row(connection, query)
    if pair is None:
        raise ProblemError("token_unknown")
    if pair["refresh_ended"]:
        raise ProblemError("refresh_superseded")
    if pair["refresh_until"] <= province.clock.seconds():
        raise ProblemError("token_expired")
    if not (pair["refresh_used"] or pair["access_used"]):
        _first_use(connection, pair)
    connection.execute(update(pairs).where(pairs.c.pair_id == pair["pair_id"]).values(refresh_used=True))
    return new_pair(province, connection, device, pair["pair_id"])


def _good_pair(province: Province, connection: Connection, token: str) -> Any:
    """Return the pair of an access token, with its device's agency; raises as :func:`caller_of`."""
    query = select(pairs, devices.c.agency, devices.c.revoked).join(devices, devices.c.device == pairs.c.device)
    pair = row(connection, query.where(pairs.c.access_hash == sha256(token.encode())))
    if pair is None or pair["access_ended"]:
        raise ProblemError("token_unknown")
    if pair["revoked"]:
        raise ProblemError("device_revoked")
    if pair["access_until"] <= province.clock.seconds():
        raise ProblemError("token_expired")
    return pair


def _first_use(connection: Connection, pair: Any) -> None:
    """End what a pair replaces when its first token is used: its siblings, and the refresh token that asked for them.

    A pair that no refresh token asked for (enrolment, device key) replaces all other pairs of the device.
    """
    if pair["access_used"] or pair["refresh_used"]:
        return
    others = pairs.c.pair_id != pair["pair_id"]
    if pair["parent"] is None:
        ended = and_(pairs.c.device == pair["device"], others)
        connection.execute(update(pairs).where(ended).values(access_ended=True, refresh_ended=True))
        return
    siblings = and_(pairs.c.parent == pair["parent"], others)
    connection.execute(update(pairs).where(siblings).values(access_ended=True, refresh_ended=True))
    asked = or_(pairs.c.pair_id == pair["parent"], siblings)
    connection.execute(update(pairs).where(asked).values(refresh_ended=True))
