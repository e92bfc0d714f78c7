"""Scans and results: what is here, uploads by tus, downloads."""

from __future__ import annotations

from email.utils import formatdate

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from tests.province.server import blobs, uploads
from tests.province.server.contract import LIMITS, Json, fits
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.ranges import BINARY, ranged
from tests.province.server.replies import BASE
from tests.province.server.routes.common import CallerHere, ProvinceHere, SenderHere, whole_number
from tests.province.server.tokens import Caller

router = APIRouter()
TUS = {"Tus-Resumable": "1.0.0"}


@router.head("/blobs/{digest}")
def know_blob(digest: str, province: ProvinceHere, caller: CallerHere) -> Response:
    """Say whether a file of the agency is here."""
    found = blobs.find_blob(province, caller.agency, _digest(digest))
    if found["state"] == blobs.PENDING:
        return Response(status_code=202, headers={"Desk-Blob": blobs.PENDING})
    return Response(status_code=200, headers={"Desk-Blob": blobs.VERIFIED, "Content-Length": str(found["bytes"])})


@router.get("/blobs/{digest}")
def read_blob(digest: str, request: Request, province: ProvinceHere, caller: CallerHere) -> Response:
    """Give a file, or a part of it."""
    found = blobs.find_blob(province, caller.agency, _digest(digest))
    if "blob.download" not in province.switches["features"] or found["state"] != blobs.VERIFIED:
        raise ProblemError("not_found")
    return ranged(request, blobs.path_of(province, digest).read_bytes(), digest, BINARY)


@router.options("/uploads")
def describe() -> Response:
    """Say what of tus is spoken here."""
    return Response(status_code=204, headers={
        **TUS, "Tus-Version": "1.0.0", "Tus-Extension": "creation,expiration,termination", "Tus-Max-Size": str(LIMITS["max_blob_bytes"])})


@router.post("/uploads")
def create(request: Request, province: ProvinceHere, caller: SenderHere) -> Response:
    """Open an upload, or find the one that is open."""
    _tus(request)
    if "upload-length" not in request.headers or len(request.headers.get("upload-metadata", "")) > 4096:
        raise ProblemError("bad_request")
    length = whole_number(request.headers["upload-length"], 0, 1, 2**53 - 1)
    about = uploads.metadata_of(request.headers.get("upload-metadata", ""))
    state, upload = uploads.open_upload(province, caller, request.app.state.locks, length, about)
    if upload is None:
        return Response(status_code=200, headers={**TUS, "Desk-Blob": state})
    return Response(status_code=201, headers={
        **TUS, "Location": f"{BASE}/uploads/{upload['upload_id']}", "Upload-Expires": formatdate(uploads.expires_at(upload), usegmt=True)})


@router.head("/uploads/{upload_id}")
def offset(upload_id: str, request: Request, province: ProvinceHere, caller: CallerHere) -> Response:
    """Say where to go on from."""
    locks, upload, token = _held(request, province, caller, upload_id)
    try:
        state = uploads.settle_late(province, upload)
        reached = uploads.offset_of(province, uploads.find_upload(province, caller, upload_id))
    finally:
        locks.free(upload_id, token)
    headers = {**TUS, "Upload-Offset": str(reached), "Upload-Length": str(upload["length"]), "Cache-Control": "no-store"}
    return Response(status_code=200, headers={**headers, "Desk-Blob": state} if state else headers)


@router.patch("/uploads/{upload_id}")
async def append(upload_id: str, request: Request, province: ProvinceHere, caller: SenderHere) -> Response:
    """Add bytes at the end."""
    wanted = _wanted(request)
    locks, upload, token = await run_in_threadpool(_held, request, province, caller, upload_id)
    try:
        here = uploads.offset_of(province, upload)
        if wanted != here:
            raise ProblemError("offset_mismatch")
        announced = whole_number(request.headers.get("content-length"), 0, 0, 2**53 - 1)
        if announced > min(LIMITS["upload_chunk_max"], upload["length"] - here):
            raise ProblemError("too_large", limit=LIMITS["upload_chunk_max"])
        if upload["state"] == "open" and here < upload["length"]:
            await uploads.append(province, upload, request.stream(), (locks, token))
        state = await run_in_threadpool(uploads.settle, province, upload)
        reached = upload["length"] if state else uploads.offset_of(province, upload)
    finally:
        locks.free(upload_id, token)
    headers = {**TUS, "Upload-Offset": str(reached)}
    return Response(status_code=204, headers=headers if state is None else {**headers, "Desk-Blob": state})


@router.delete("/uploads/{upload_id}")
def give_up(upload_id: str, request: Request, province: ProvinceHere, caller: CallerHere) -> Response:
    """Forget an unfinished upload."""
    locks, upload, token = _held(request, province, caller, upload_id)
    try:
        if upload["state"] == "open":
            uploads.drop(province, upload)
    finally:
        locks.free(upload_id, token)
    return Response(status_code=204, headers=TUS)


def _held(request: Request, province: Province, caller: Caller, upload_id: str) -> tuple[uploads.Locks, dict[str, Json], str]:
    """Return an upload that nobody else is at, with the locks and the token to let go of it."""
    _tus(request)
    uploads.part_of(province, upload_id)
    locks: uploads.Locks = request.app.state.locks
    return locks, *uploads.hold(province, caller, locks, upload_id)


def _wanted(request: Request) -> int:
    _tus(request)
    if request.headers.get("content-type", "") != "application/offset+octet-stream":
        raise ProblemError("unsupported_media")
    if "upload-offset" not in request.headers:
        raise ProblemError("bad_request")
    return whole_number(request.headers["upload-offset"], 0, 0, 2**53 - 1)


def _tus(request: Request) -> None:
    if request.headers.get("tus-resumable") != "1.0.0":
        raise ProblemError("tus_version")


def _digest(text: str) -> str:
    if not fits("Sha256", text):
        raise ProblemError("bad_request")
    return text
