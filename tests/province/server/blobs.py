"""Files by their SHA-256 (contract 8): what is here, and when it counts as verified."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from tests.province.server.canon import sha256
from tests.province.server.contract import Json
from tests.province.server.feed import publish
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.store import row
from tests.province.server.tables import blobs

VERIFIED, PENDING = "verified", "pending"


def path_of(province: Province, digest: str) -> Path:
    """Return where a file lies; its name says nothing about anybody."""
    return province.files / "blobs" / digest


def find_blob(province: Province, agency: str, digest: str) -> dict[str, Json]:
    """Return ``bytes`` and ``state`` of a file of an agency; raises ProblemError not_found, also for a file of somebody else."""
    with province.store.reading() as connection:
        found = row(connection, select(blobs).where(blobs.c.agency == agency, blobs.c.sha256 == digest))
    if found is None:
        raise ProblemError("not_found")
    return dict(found)


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a whole file, read from the disk."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def take_in(province: Province, agency: str, path: Path, digest: str, about: dict[str, Json]) -> str:
    """Keep a file whose digest was found right; returns its state: ``pending`` when somebody shall look at it first, or does already."""
    state, size = PENDING if province.switches["slow_check"] else VERIFIED, path.stat().st_size
    with province.store.writing(agency) as connection:
        here = row(connection, select(blobs).where(blobs.c.agency == agency, blobs.c.sha256 == digest))
        if here is None:
            connection.execute(insert(blobs).values(
                agency=agency, sha256=digest, bytes=size, state=state, dossier_id=about["dossier_id"], filetype=about["filetype"]))
            if state == VERIFIED:
                announce(province, connection, agency, digest, size, about["dossier_id"])
        shutil.move(path, path_of(province, digest))
    return state if here is None else str(here["state"])


def put(province: Province, agency: str, content: bytes, filetype: str, dossier_id: str | None = None) -> str:
    """Let a commune fetch a file of the province: a signed result, or what came with an online dossier; returns its SHA-256."""
    digest = sha256(content)
    path_of(province, digest).write_bytes(content)
    with province.store.writing(agency) as connection:
        if row(connection, select(blobs).where(blobs.c.agency == agency, blobs.c.sha256 == digest)) is None:
            named = {"agency": agency, "sha256": digest, "dossier_id": dossier_id, "filetype": filetype}
            connection.execute(insert(blobs), {**named, "bytes": len(content), "state": VERIFIED})
    return digest


def announce(province: Province, connection: Connection, agency: str, digest: str, size: int, dossier_id: str | None) -> None:
    """Say in the feed that a file was verified."""
    publish(province, connection, agency, "blob.verified", {"sha256": digest, "bytes": size}, dossier_id=dossier_id)


def end_check(province: Province, agency: str, digest: str, reason: str | None = None) -> None:
    """End the check of a pending file: verified, or rejected for a reason of the contract.

    Raises:
        ValueError: no such file is being checked.
    """
    with province.store.writing(agency) as connection:
        here = (blobs.c.agency == agency) & (blobs.c.sha256 == digest)
        found = row(connection, select(blobs).where(here, blobs.c.state == PENDING))
        if found is None:
            raise ValueError(f"no file {digest} is being checked")
        if reason is None:
            connection.execute(blobs.update().where(here).values(state=VERIFIED))
            announce(province, connection, agency, digest, found["bytes"], found["dossier_id"])
            return
        connection.execute(delete(blobs).where(here))
        publish(province, connection, agency, "blob.rejected", {"sha256": digest, "reason": reason}, dossier_id=found["dossier_id"])
