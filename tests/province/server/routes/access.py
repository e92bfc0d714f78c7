"""Proof of contact, enrolment, tokens, epochs, numbers."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Request, Response

from tests.province.server import enrolment, epochs, leases
from tests.province.server.contract import LIMITS, Json
from tests.province.server.keys import new_challenge
from tests.province.server.problems import ProblemError
from tests.province.server.replies import JsonReply
from tests.province.server.routes.common import CallerHere, Protocol, ProvinceHere, body_of, new_enough
from tests.province.server.stick_cover import exchange_key

router = APIRouter()
NO_STORE = {"Cache-Control": "no-store"}


@router.get("/hello")
def hello(request: Request, province: ProvinceHere, _protocol: Protocol) -> Response:
    """Prove by a signature over the desk's own nonce that this is the province."""
    nonces = request.query_params.getlist("nonce")
    if len(nonces) != 1 or not re.fullmatch(r"[A-Za-z0-9_-]{22,86}", nonces[0]):
        raise ProblemError("bad_request")
    now, switches = province.clock.now(), province.switches
    body = {
        "service": "desk-sync", "nonce": nonces[0], "server_time": province.clock.text(), "server_epoch": switches["server_epoch"],
        "key_id": province.key.key_id, "challenge": new_challenge(switches["challenge_secret"], now),
        "protocol": {"min": switches["protocol_min"], "max": switches["protocol_max"]}, "features": sorted(switches["features"]),
        "op_types": province.op_types, "limits": LIMITS, "encodings": ["gzip", "zstd"], "next_key": switches["next_key"],
        "exchange_key": exchange_key(switches["exchange_seed"]),
    }
    return JsonReply(province.key.signed("hello", body), headers=NO_STORE)


@router.post("/enrol")
def enrol(request: Request, province: ProvinceHere, _protocol: Protocol, body: Annotated[Json, body_of("EnrolRequest")]) -> Response:
    """Turn a ticket into a device."""
    new_enough(province, request)
    return JsonReply(enrolment.enrol(province, body), 201, NO_STORE)


@router.post("/token/refresh")
def refresh(province: ProvinceHere, _protocol: Protocol, body: Annotated[Json, body_of("TokenRequest")]) -> Response:
    """Give new tokens; never refused for an old protocol, because reading needs them."""
    return JsonReply(epochs.refresh(province, body), headers=NO_STORE)


@router.post("/epochs")
def declare(province: ProvinceHere, caller: CallerHere, body: Annotated[Json, body_of("EpochRequest")]) -> Response:
    """Open an epoch."""
    return JsonReply(epochs.declare(province, caller, body), 201)


@router.post("/numbers/lease")
def lease(province: ProvinceHere, caller: CallerHere, body: Annotated[Json, body_of("LeaseRequest")]) -> Response:
    """Renew what a device numbers from."""
    if body["device"] != caller.device:
        raise ProblemError("device_mismatch")
    with province.store.writing(caller.agency) as connection:
        lent = leases.renewed(province, connection, caller.agency, caller.device, body)
    return JsonReply({"leases": lent})
