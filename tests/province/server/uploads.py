"""Uploads by tus 1.0.0, core and creation (contract 8). How much has come is the size of the file on the disk."""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import re
import secrets
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update
from starlette.concurrency import run_in_threadpool

from tests.province.server.blobs import PENDING, file_digest, find_blob, path_of, take_in
from tests.province.server.contract import LIMITS, Json, fits
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.store import row
from tests.province.server.tables import uploads
from tests.province.server.tokens import Caller

NEEDED = ("sha256", "dossier_id", "part", "filename", "filetype")
GONE = "gone"
SILENT_S = 10.0
"""A writer from whom nothing has come for so long has lost its line; another one may go on."""


@dataclass(slots=True)
class Locks:
    """Who is at which upload: at most one request, by its token. Requests are answered in many threads."""

    writers: dict[str, tuple[str, float]] = field(default_factory=dict)
    _one: threading.Lock = field(default_factory=threading.Lock)

    def taken(self, upload_id: str) -> str:
        """Return a new writer's token; raises ProblemError upload_locked while another one is at it."""
        with self._one:
            writer = self.writers.get(upload_id)
            if writer is not None and time.monotonic() - writer[1] < SILENT_S:
                raise ProblemError("upload_locked")
            token = secrets.token_hex(8)
            self.writers[upload_id] = token, time.monotonic()
            return token

    def keeps(self, upload_id: str, token: str) -> bool:
        """Say whether a writer still is the one; it is alive when it asks."""
        with self._one:
            if self.writers.get(upload_id, ("", 0.0))[0] != token:
                return False
            self.writers[upload_id] = token, time.monotonic()
            return True

    def free(self, upload_id: str, token: str) -> None:
        """Let go."""
        with self._one:
            if self.writers.get(upload_id, ("", 0.0))[0] == token:
                del self.writers[upload_id]


def metadata_of(header: str) -> dict[str, str]:
    """Return the pairs of ``Upload-Metadata``; raises ProblemError bad_request."""
    found: dict[str, str] = {}
    try:
        for pair in header.split(","):
            name, _, value = pair.strip().partition(" ")
            found[name] = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise ProblemError("bad_request") from error
    if not (all(found.get(name) for name in NEEDED) and fits("Sha256", found["sha256"]) and fits("Uuid", found["dossier_id"])):
        raise ProblemError("bad_request")
    return found


def open_upload(province: Province, caller: Caller, locks: Locks, length: int, about: dict[str, str]) -> tuple[str, dict[str, Json] | None]:
    """Return the state of the file, or "" and its upload: the one that is open already for the same device and file, or a new one.

    Raises:
        ProblemError: too_large.
    """
    if length > LIMITS["max_blob_bytes"]:
        raise ProblemError("too_large", limit=LIMITS["max_blob_bytes"])
    state = _state(province, caller, about["sha256"])
    if state:
        return state, None
    mine = (uploads.c.device == caller.device) & (uploads.c.sha256 == about["sha256"]) & (uploads.c.state == "open")
    with province.store.reading() as connection:
        found = row(connection, select(uploads).where(mine))
    if found is not None and found["length"] == length and not _is_old(province, found):
        state = _reached(province, caller, locks, found["upload_id"])
        if state != GONE:
            return state, None if state else dict(found)
    return _opened_anew(province, caller, length, about, instead_of=found and found["upload_id"])


def _opened_anew(
    province: Province, caller: Caller, length: int, about: dict[str, str], *, instead_of: str | None,
) -> tuple[str, dict[str, Json] | None]:
    """Return a new upload in place of one that can't go on; or what somebody else has brought, or opened, in the meantime."""
    mine = (uploads.c.device == caller.device) & (uploads.c.sha256 == about["sha256"]) & (uploads.c.state == "open")
    with province.store.writing(caller.agency) as connection:
        if state := _state(province, caller, about["sha256"]):
            return state, None
        here = row(connection, select(uploads).where(mine))
        if here is not None and here["upload_id"] != instead_of and here["length"] == length:
            return "", dict(here)
        if here is not None:
            part_of(province, here["upload_id"]).unlink(missing_ok=True)
        connection.execute(update(uploads).where(mine).values(state=GONE))
        made: dict[str, Json] = {
            "upload_id": secrets.token_urlsafe(16), "device": caller.device, "agency": caller.agency, "sha256": about["sha256"],
            "length": length, "about": about, "state": "open", "last_at": province.clock.seconds()}
        connection.execute(insert(uploads).values(**made))
        part_of(province, made["upload_id"]).touch()
    return "", made


def find_upload(province: Province, caller: Caller, upload_id: str) -> dict[str, Json]:
    """Return an upload of a device; raises ProblemError not_found or upload_gone."""
    with province.store.reading() as connection:
        found = row(connection, select(uploads).where(uploads.c.upload_id == upload_id, uploads.c.device == caller.device))
    if found is None:
        raise ProblemError("not_found")
    if found["state"] == "gone" or (found["state"] == "open" and _is_old(province, found)):
        drop(province, dict(found))
        raise ProblemError("upload_gone")
    return dict(found)


def hold(province: Province, caller: Caller, locks: Locks, upload_id: str) -> tuple[dict[str, Json], str]:
    """Return an upload as it is once nobody else is at it, and the token to let go of it with.

    Whoever was at it just before may have brought the last byte: what was read before the lock was taken says nothing.

    Raises:
        ProblemError: not_found, upload_gone, upload_locked.
    """
    find_upload(province, caller, upload_id)
    token = locks.taken(upload_id)
    try:
        return find_upload(province, caller, upload_id), token
    except BaseException:
        locks.free(upload_id, token)
        raise


def offset_of(province: Province, upload: dict[str, Json]) -> int:
    """Return how many bytes of an upload are safe here."""
    part = part_of(province, upload["upload_id"])
    return int(upload["length"]) if upload["state"] == "done" or not part.exists() else part.stat().st_size


async def append(province: Province, upload: dict[str, Json], stream: AsyncIterator[bytes], writer: tuple[Locks, str]) -> None:
    """Add what comes to the end of an upload. What has come when the line breaks stays.

    Raises:
        ProblemError: too_large for a chunk over the limit or past the end, upload_locked when another request has taken over.
    """
    locks, token = writer
    room = min(LIMITS["upload_chunk_max"], upload["length"] - offset_of(province, upload))
    try:
        with part_of(province, upload["upload_id"]).open("ab", buffering=0) as file:
            async for part in stream:
                if not locks.keeps(upload["upload_id"], token):
                    raise ProblemError("upload_locked")
                file.write(part[:room])
                if len(part) > room:
                    raise ProblemError("too_large", limit=LIMITS["upload_chunk_max"])
                room -= len(part)
    finally:
        await run_in_threadpool(_keep, province, upload)


def settle(province: Province, upload: dict[str, Json]) -> str | None:
    """After the last byte: hash the whole file. Returns the file's state, None while bytes are missing.

    Raises:
        ProblemError: checksum_mismatch; bytes and upload are gone then.
    """
    if upload["state"] == "done":
        return _state(province, Caller(upload["device"], upload["agency"]), upload["sha256"]) or PENDING
    part = part_of(province, upload["upload_id"])
    if not part.exists():
        return _taken_in(province, upload)
    if part.stat().st_size < upload["length"]:
        return None
    received = file_digest(part)
    if received != upload["sha256"]:
        drop(province, upload)
        raise ProblemError("checksum_mismatch", received_sha256=received)
    state = take_in(province, upload["agency"], part, upload["sha256"], upload["about"])
    _close(province, upload, "done")
    return state


def settle_late(province: Province, upload: dict[str, Json]) -> str:
    """Settle an upload whose last reply was lost; returns the file's state, "" while bytes are missing, GONE for a file that was wrong."""
    try:
        return settle(province, upload) or ""
    except ProblemError:
        return GONE


def _taken_in(province: Province, upload: dict[str, Json]) -> str:
    """End an upload whose bytes lie with the files already: this server was killed before it had written so.

    Raises:
        ProblemError: upload_gone, when the bytes are nowhere.
    """
    state = _state(province, Caller(upload["device"], upload["agency"]), upload["sha256"])
    if not state:
        path = path_of(province, upload["sha256"])
        if not path.exists() or file_digest(path) != upload["sha256"]:
            drop(province, upload)
            raise ProblemError("upload_gone")
        state = take_in(province, upload["agency"], path, upload["sha256"], upload["about"])
    _close(province, upload, "done")
    return state


def _reached(province: Province, caller: Caller, locks: Locks, upload_id: str) -> str:
    """Return what ``settle_late`` says of an upload; "" while another request is at it, which will settle it."""
    try:
        upload, token = hold(province, caller, locks, upload_id)
    except ProblemError as problem:
        return "" if problem.code == "upload_locked" else GONE
    try:
        return settle_late(province, upload)
    finally:
        locks.free(upload_id, token)


def drop(province: Province, upload: dict[str, Json]) -> None:
    """Give up an upload and its bytes."""
    part_of(province, upload["upload_id"]).unlink(missing_ok=True)
    _close(province, upload, "gone")


def part_of(province: Province, upload_id: str) -> Path:
    """Return where the bytes of an upload lie."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{8,128}", upload_id):
        raise ProblemError("not_found")
    return province.files / "uploads" / upload_id


def expires_at(upload: dict[str, Json]) -> int:
    """Return when an unfinished upload may be thrown away, in seconds since 1970."""
    return int(upload["last_at"]) + LIMITS["partial_keep_s"]


def _state(province: Province, caller: Caller, digest: str) -> str:
    try:
        return str(find_blob(province, caller.agency, digest)["state"])
    except ProblemError:
        return ""


def _is_old(province: Province, upload: Any) -> bool:
    return expires_at(upload) < province.clock.seconds()


def _keep(province: Province, upload: dict[str, Json]) -> None:
    """Force what has come to the disk, and remember when it came."""
    with contextlib.suppress(FileNotFoundError), part_of(province, upload["upload_id"]).open("rb") as file:  # whoever took over may have ended it
        os.fsync(file.fileno())
    with province.store.writing() as connection:
        here = uploads.c.upload_id == upload["upload_id"]
        connection.execute(update(uploads).where(here).values(last_at=province.clock.seconds()))


def _close(province: Province, upload: dict[str, Json], state: str) -> None:
    with province.store.writing() as connection:
        connection.execute(update(uploads).where(uploads.c.upload_id == upload["upload_id"]).values(state=state))
