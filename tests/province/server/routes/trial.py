"""What the contract doesn't have: the hands of the province, for tests and trials. Served on loopback alone."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from tests.province.server import blobs, stick, view
from tests.province.server.contract import Json
from tests.province.server.faults import Fault
from tests.province.server.office import Office
from tests.province.server.province import Province
from tests.province.server.replies import JsonReply
from tests.province.server.routes.common import ProvinceHere
from tests.province.server.specialist import Specialist

router = APIRouter()
SPECIALIST = ("move", "change", "ask_supplement", "extend", "finish", "progress", "give_code", "reassign", "assign")
OFFICE = (
    "add_agency", "ticket", "decide_correction", "settle_code", "revoke_device", "approve_device", "set_users", "lock_user", "send_message",
    "publish_raw", "number_mode", "publish_catalogue", "switch", "attention",
)


def verbs(province: Province) -> dict[str, Callable[..., Any]]:
    """Return everything that a hand can do here, by name."""
    specialist, office = Specialist(province), Office(province)

    def end_check(agency: str, sha256: str, reason: str | None = None) -> None:
        blobs.end_check(province, agency, sha256, reason)

    def put_file(agency: str, content: str, filetype: str = "application/pdf", dossier_id: str | None = None) -> str:
        return blobs.put(province, agency, b64decode(content), filetype, dossier_id)

    def take_stick(folder: str) -> list[str]:
        return [path.name for path in stick.answer_all(province, Path(folder))]

    def clock(offset_s: int) -> None:
        province.clock.offset_s = offset_s

    def fault(**what: Any) -> None:
        province.faults.add(Fault(**what))

    def expire_cursors(agency: str) -> None:
        province.switch(feed_floor=view.position(province, agency))

    return {
        **{name: getattr(specialist, name) for name in SPECIALIST}, **{name: getattr(office, name) for name in OFFICE},
        "stick": take_stick, "end_check": end_check, "put_file": put_file, "clock": clock, "fault": fault, "announce_key": province.announce_key,
        "use_next_key": province.use_next_key, "calm": province.faults.clear, "expire_cursors": expire_cursors,
    }


@router.post("/trial/{verb}")
async def act(verb: str, request: Request, province: ProvinceHere) -> Response:
    """Do one thing: a JSON object of its arguments in, ``{"result": …}`` out; 400 with ``error`` when it can't be done."""
    known = verbs(province)
    if verb not in known:
        return JsonReply({"error": f"no such verb: {verb}"}, 404)
    arguments: dict[str, Json] = json.loads(await request.body() or b"{}")
    if verb == "ticket":
        arguments.setdefault("base_url", str(request.base_url).rstrip("/"))
    try:
        return JsonReply({"result": await run_in_threadpool(known[verb], **arguments)})
    except (ValueError, TypeError, KeyError) as error:
        return JsonReply({"error": str(error)}, 400)


@router.get("/trial/state")
def state(province: ProvinceHere, agency: str | None = None) -> Response:
    """Say what the province holds, of one commune or of all."""
    return JsonReply(view.overview(province, agency))
