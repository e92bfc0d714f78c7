"""Push, pull, lookup, reconcile."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from tests.province.server import feed, journal, reconcile, records
from tests.province.server.contract import LIMITS, Json, fits
from tests.province.server.problems import ProblemError
from tests.province.server.push import push
from tests.province.server.replies import JsonReply
from tests.province.server.routes.common import CallerHere, ProvinceHere, SenderHere, body_of, needs, whole_number
from tests.province.server.wire import json_of

router = APIRouter()
MOST = 2**53 - 1


async def _pushed(request: Request) -> Json:
    return await json_of(request, digest_required=True)


@router.post("/push")
def take_ops(province: ProvinceHere, caller: SenderHere, body: Annotated[Json, Depends(_pushed)]) -> Response:
    """Record ops, judge them, answer for each."""
    return JsonReply(push(province, caller, body))


@router.get("/ops")
def read_ops(request: Request, province: ProvinceHere, caller: CallerHere) -> Response:
    """Give ops back as they came."""
    asked = request.query_params
    device, epoch = asked.get("device"), asked.get("epoch")
    if "from_seq" not in asked or not (fits("DeviceId", device) and fits("Epoch", epoch)):
        raise ProblemError("bad_request")
    first, limit = whole_number(asked.get("from_seq"), 1, 1, MOST), whole_number(asked.get("limit"), 100, 1, 500)
    return JsonReply(journal.read(province, caller, str(device), str(epoch), first, limit))


@router.get("/changes")
def read_changes(request: Request, province: ProvinceHere, caller: CallerHere) -> Response:
    """Give a page of the feed."""
    asked = request.query_params
    cursor = asked.get("cursor")
    if cursor is not None and not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", cursor):
        raise ProblemError("bad_request")
    return JsonReply(feed.read(province, caller, cursor, whole_number(asked.get("limit"), 100, 1, LIMITS["max_changes"])))


@router.get("/dossiers/{ref}")
def read_dossier(ref: str, province: ProvinceHere, caller: CallerHere) -> Response:
    """Give the dossiers with an id or a code."""
    if len(ref) > 64:
        raise ProblemError("bad_request")
    return JsonReply(records.look_up(province, caller.agency, ref))


@router.post("/reconcile", dependencies=[Depends(needs("reconcile"))])
def compare(province: ProvinceHere, caller: CallerHere, body: Annotated[Json, body_of("ReconcileRequest")]) -> Response:
    """Lay both sides' numbers beside each other."""
    return JsonReply(reconcile.reconcile(province, caller, body))
