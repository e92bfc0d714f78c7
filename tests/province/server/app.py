"""The program: every route, and the gateway's layer around them."""

from __future__ import annotations

from pathlib import Path

from fastapi import Depends, FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.replies import BASE, Gateway, ProblemReply
from tests.province.server.routes import access, catalogue, events, files, trial, web
from tests.province.server.routes.common import needs
from tests.province.server.seed import seed
from tests.province.server.uploads import Locks


def built(province: Province) -> ASGIApp:
    """Return the program that serves a province."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.province, app.state.locks = province, Locks()
    for part in (access, events):
        app.include_router(part.router, prefix=BASE)
    for feature, part in {"files": files, "catalogue": catalogue}.items():
        app.include_router(part.router, prefix=BASE, dependencies=[Depends(needs(feature))])
    for part in (trial, web):
        app.include_router(part.router)
    app.add_exception_handler(ProblemError, _problem)
    app.add_exception_handler(HTTPException, _other)
    return Gateway(app, province.faults)


def started(url: str, files_folder: Path, *, restored: bool = False) -> tuple[Province, ASGIApp]:
    """Open a province with its first catalogue; returns it and its program."""
    province = Province.opened(url, files_folder, restored=restored)
    seed(province)
    return province, built(province)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    reply = ProblemReply(error)
    if request.method == "HEAD":
        reply.body = b""
    return reply


async def _other(_request: Request, error: Exception) -> Response:
    """Answer for an address, or a method, that the contract doesn't have."""
    assert isinstance(error, HTTPException)
    code = "not_found" if error.status_code == 404 else "bad_request"
    return ProblemReply(ProblemError(code, headers=dict(error.headers or {})), error.status_code)
