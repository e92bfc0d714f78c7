"""New epochs after a restore, and the proof that a device asks for them itself (contract 3.2 and 3.4)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from tests.province.server.contract import Json, fits
from tests.province.server.enrolment import declare_lane
from tests.province.server.keys import challenge_is_fresh, proof_holds
from tests.province.server.leases import GENERATIONS, main_digit, ranges
from tests.province.server.naming import official_parts
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.store import row, rows
from tests.province.server.tables import devices, lanes, ops
from tests.province.server.tokens import Caller, new_pair, rotated

GOES_ON = ("clone_detected", "chain_repair")
"""Reasons after which the normal range goes on, when its last serial is proven."""


def refresh(province: Province, request: dict[str, Json]) -> dict[str, Json]:
    """Return new tokens for a refresh token, or for the device's key alone (contract 3.2).

    Raises:
        ProblemError: token_unknown, token_expired, refresh_superseded, device_revoked, approval_required, bad_proof, challenge_stale.
    """
    with province.store.reading() as connection:
        device = row(connection, select(devices).where(devices.c.device == request["device"]))
    if device is None:
        raise ProblemError("token_unknown")
    _check_proof(province, "token", request, device["public_key"])
    if device["revoked"]:
        raise ProblemError("device_revoked")
    with province.store.writing(device["agency"]) as connection:
        if request["grant"] == "refresh_token":
            return rotated(province, connection, request["device"], request["refresh_token"])
        if province.switches["approval_required"] and not device["approved"]:
            raise ProblemError("approval_required")
        return new_pair(province, connection, request["device"])


def declare(province: Province, caller: Caller, request: dict[str, Json]) -> dict[str, Json]:
    """Open an epoch and say what is known of the older ones; the same answer again for the same epoch.

    Raises:
        ProblemError: device_mismatch, challenge_stale, bad_proof; recovery_exhausted, though the epoch is open then.
    """
    device = request["device"]
    if device != caller.device:
        raise ProblemError("device_mismatch")
    with province.store.reading() as connection:
        key = connection.scalar(select(devices.c.public_key).where(devices.c.device == device))
    _check_proof(province, "epoch", request, str(key))
    return opened(province, caller, request)


def opened(province: Province, caller: Caller, request: dict[str, Json]) -> dict[str, Json]:
    """Open an epoch of the caller's own that was proven otherwise; raises ProblemError device_mismatch, recovery_exhausted."""
    device, epoch = request["device"], request["epoch"]
    if device != caller.device:
        raise ProblemError("device_mismatch")
    with province.store.writing(caller.agency) as connection:
        lane = _lane(connection, device, epoch)
        if lane is None or not lane["declared"]:
            _open(province, connection, caller, request)
            lane = _lane(connection, device, epoch)
        reply = _reply(connection, caller, lane)
    if lane["exhausted"]:
        raise ProblemError("recovery_exhausted", device=device, epoch=epoch)
    return reply


def serials_known(connection: Connection, agency: str, device: str) -> list[dict[str, Json]]:
    """Return the last serial of every day that the journal has a code of this device for, out of its normal range."""
    digit = main_digit(connection, device)
    if digit is None:
        return []
    last: dict[str, int] = {}
    normal = ranges(digit)[0]
    query = select(ops.c.code).where(ops.c.agency == agency, ops.c.device == device, ops.c.code.like(f"{agency}-______-{digit}___"))
    for code in connection.execute(query).scalars():
        _, day, serial = official_parts(code) or ("", "", -1)
        named = f"20{day[:2]}-{day[2:4]}-{day[4:]}"
        if normal["from"] <= serial <= normal["to"] and fits("Day", named):
            last[named] = max(serial, last.get(named, 0))
    return [{"day": day, "last_serial": last[day]} for day in sorted(last)]


def _check_proof(province: Province, purpose: str, request: dict[str, Json], public_key: str) -> None:
    if not challenge_is_fresh(province.switches["challenge_secret"], request["challenge"], province.clock.now()):
        raise ProblemError("challenge_stale")
    if not proof_holds(purpose, request, public_key):
        raise ProblemError("bad_proof")


def _open(province: Province, connection: Connection, caller: Caller, request: dict[str, Json]) -> None:
    """Open the lane with the next recovery range, where one is due.

    An epoch before it that was never declared here (the province itself was restored, or the desk was twice) may have had a range of its
    own, so it uses up a generation.
    """
    before, known = request["previous_epoch"], serials_known(connection, caller.agency, caller.device)
    due = _recovery_is_due(request, known) and main_digit(connection, caller.device) is not None
    through = max([request["declared_day"], *(item["day"] for item in known)])
    days = {"declared_day": request["declared_day"], "through_day": through}
    if due and before is not None and before != request["epoch"] and _lane(connection, caller.device, before) is None:
        turn = _next_generation(connection, caller.device, days)
        declare_lane(province, connection, caller.device, before, declared=False, generation=turn if turn <= GENERATIONS else None, **days)
    turn = _next_generation(connection, caller.device, days)
    recovery = {"generation": turn if due and turn <= GENERATIONS else None, "exhausted": due and turn > GENERATIONS, **days}
    declare_lane(province, connection, caller.device, request["epoch"], request=request, **recovery)


def _recovery_is_due(request: dict[str, Json], known: list[dict[str, Json]]) -> bool:
    """Say whether the normal range may not go on: its last serial of the day is not proven, or it was a restore after numbering."""
    proven = {item["day"]: item["last_serial"] for item in request["serials_seen"]}
    day = request["declared_day"]
    if day not in proven:
        return True
    numbered = proven[day] > 0 or any(item["day"] == day for item in known)
    return numbered and request["reason"] not in GOES_ON


def _next_generation(connection: Connection, device: str, days: dict[str, str]) -> int:
    """Return the generation after the last one of the epochs that share a day with this one."""
    shared = select(lanes.c.generation).where(
        lanes.c.device == device, lanes.c.generation.is_not(None), lanes.c.declared_day <= days["through_day"],
        lanes.c.through_day >= days["declared_day"])
    return int(max([0, *connection.execute(shared).scalars()])) + 1


def _reply(connection: Connection, caller: Caller, lane: Any) -> dict[str, Json]:
    older = select(lanes).where(lanes.c.device == lane["device"], lanes.c.epoch != lane["epoch"], lanes.c.declared)
    digit, recovery = main_digit(connection, caller.device), None
    if lane["generation"] is not None and digit is not None:
        recovery = {**ranges(digit)[1][lane["generation"] - 1], "through_day": lane["through_day"]}
    return {
        "device": lane["device"], "epoch": lane["epoch"], "declared_at": lane["declared_at"], "recovery": recovery,
        "lanes": [acked(item) for item in rows(connection, older.order_by(lanes.c.declared_at, lanes.c.epoch))],
        "serials_known": serials_known(connection, caller.agency, caller.device),
    }


def acked(lane: Any) -> dict[str, Json]:
    """Return a lane's watermark as the contract's Ack."""
    return {name: lane[name] for name in ("device", "epoch", "acked_through", "head_hash")}


def _lane(connection: Connection, device: str, epoch: str) -> Any:
    return row(connection, select(lanes).where(lanes.c.device == device, lanes.c.epoch == epoch))
