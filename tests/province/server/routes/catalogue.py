"""Procedures, fees, forms, calendar."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from tests.province.server.catalogue import file_content, find_manifest
from tests.province.server.contract import fits
from tests.province.server.problems import ProblemError
from tests.province.server.ranges import ranged
from tests.province.server.replies import JsonReply
from tests.province.server.routes.common import CallerHere, ProvinceHere

router = APIRouter()


@router.get("/catalogue/manifest")
def manifest(request: Request, province: ProvinceHere, _caller: CallerHere) -> Response:
    """Give the signed list of a version's files."""
    version = request.query_params.get("version")
    if version is not None and len(version) > 32:
        raise ProblemError("bad_request")
    with province.store.reading() as connection:
        found = find_manifest(connection, version)
    if found is None:
        raise ProblemError("not_found")
    tag = f'"{found["version"]}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return JsonReply(found, headers={"ETag": tag})


@router.get("/catalogue/{digest}")
def content(digest: str, request: Request, province: ProvinceHere, _caller: CallerHere) -> Response:
    """Give a file of a catalogue, or a part of it."""
    if not fits("Sha256", digest):
        raise ProblemError("bad_request")
    with province.store.reading() as connection:
        found = file_content(connection, digest)
    if found is None:
        raise ProblemError("not_found")
    return ranged(request, found[0], digest, found[1])
