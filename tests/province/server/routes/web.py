"""The page at ``/`` and its forms."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from tests.province.server import view
from tests.province.server.contract import Json
from tests.province.server.page import page
from tests.province.server.routes.common import ProvinceHere
from tests.province.server.routes.trial import verbs

router = APIRouter()
ON_PAGE = (
    "ticket", "move", "ask_supplement", "extend", "assign", "give_code", "publish_catalogue", "send_message", "decide_correction",
    "settle_code",
)


@router.get("/")
def show(province: ProvinceHere) -> Response:
    """Show what the province holds."""
    return HTMLResponse(page(view.overview(province)))


@router.post("/page/{verb}")
async def act(verb: str, request: Request, province: ProvinceHere) -> Response:
    """Do what a form says, and show the page again with what came of it."""
    given = dict(parse_qsl((await request.body()).decode()))
    said = await run_in_threadpool(_done, province, verb, given, str(request.base_url).rstrip("/"))
    return HTMLResponse(page(await run_in_threadpool(view.overview, province), said))


def _done(province: ProvinceHere, verb: str, given: dict[str, str], base_url: str) -> str:
    """Do it; returns what to tell the person."""
    if verb not in ON_PAGE:
        return "Không có việc này."
    try:
        result = verbs(province)[verb](**arguments(verb, given, base_url))
    except (ValueError, KeyError, TypeError) as error:
        return f"Không làm được: {error}"
    return json.dumps(result, ensure_ascii=False) if verb == "ticket" else "Đã làm."


def arguments(verb: str, given: dict[str, str], base_url: str) -> dict[str, Json]:
    """Return what a form gave as the verb wants it."""
    if verb == "ticket":
        return {**given, "base_url": base_url}
    if verb == "assign":
        return {"agency": given["agency"], "record": {name: value for name, value in given.items() if name != "agency"}}
    if verb == "ask_supplement":
        return {**given, "items": [given["items"]]}
    if verb == "decide_correction":
        return {**given, "accept": given["accept"] == "true"}
    if verb == "publish_catalogue":
        file = {"name": "procedures.json", "kind": "procedures", "content": given["content"]}
        return {"version": given["version"], "effective_from": given["effective_from"], "files": [file]}
    return dict(given)
