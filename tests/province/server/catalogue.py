"""Catalogue versions: a signed list of files by their SHA-256 (contract 9)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, func, insert, select

from tests.province.server.canon import sha256
from tests.province.server.contract import Json, fits
from tests.province.server.feed import publish, version_news
from tests.province.server.province import Province
from tests.province.server.store import row
from tests.province.server.tables import agencies, catalogue_files, catalogues, procedures


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """One file of a version; ``kind``: procedures, calendar, forms, units, code_lists or other."""

    name: str
    kind: str
    content: bytes
    content_type: str = "application/json"
    required: bool = True


def publish_catalogue(province: Province, version: str, effective_from: str, files: Sequence[CatalogueFile]) -> dict[str, Json]:
    """Sign and publish a version, and tell every agency; returns the manifest.

    Raises:
        ValueError: the version is there already, or a file of procedures or of the calendar has another shape than the contract's.
    """
    for file in files:
        if file.kind in ("procedures", "calendar") and not _well_shaped(file.content):
            raise ValueError(f"{file.name} has another shape than the contract's")
    with province.store.reading() as connection:
        everybody = list(connection.execute(select(agencies.c.agency)).scalars())
    with province.store.writing(*everybody) as connection:
        if find_manifest(connection, version) is not None:
            raise ValueError(f"version {version} is published already")
        listed = [_kept(connection, file) for file in files]
        issued = {"issued_at": province.clock.text(), "effective_from": effective_from, "key_id": province.key.key_id}
        body = {"version": version, **issued, "files": listed}
        manifest = province.key.signed("manifest", body)
        number = int(connection.scalar(select(func.count()).select_from(catalogues)) or 0)
        connection.execute(insert(catalogues).values(number=number + 1, version=version, manifest=manifest))
        for agency in everybody:
            publish(province, connection, agency, "catalogue.available", version_news(manifest))
    return manifest


def find_manifest(connection: Connection, version: str | None) -> dict[str, Json] | None:
    """Return the manifest of a version, of the newest one for None; None where there is no such."""
    query = select(catalogues).order_by(catalogues.c.number.desc())
    found = row(connection, query if version is None else query.where(catalogues.c.version == version))
    return None if found is None else dict(found["manifest"])


def file_content(connection: Connection, digest: str) -> tuple[bytes, str] | None:
    """Return a file's bytes and media type by its SHA-256."""
    found = row(connection, select(catalogue_files).where(catalogue_files.c.sha256 == digest))
    return None if found is None else (bytes(found["content"]), str(found["content_type"]))


def is_published(connection: Connection, procedure: str) -> bool:
    """Say whether any version has had a procedure."""
    return row(connection, select(procedures).where(procedures.c.code == procedure)) is not None


@lru_cache(maxsize=8)
def _well_shaped(content: bytes) -> bool:
    """Say whether a file of procedures or of the calendar has the contract's shape; every trial begins with the same two."""
    return fits("CatalogueFile", json.loads(content))


def _kept(connection: Connection, file: CatalogueFile) -> dict[str, Json]:
    """Keep a file; returns its line in the manifest."""
    digest = sha256(file.content)
    if row(connection, select(catalogue_files.c.sha256).where(catalogue_files.c.sha256 == digest)) is None:
        connection.execute(insert(catalogue_files).values(sha256=digest, content_type=file.content_type, content=file.content))
    if file.kind == "procedures":
        codes = {item["MaTTHC"] for item in json.loads(file.content)["items"]}
        known = set(connection.execute(select(procedures.c.code)).scalars())
        if new := sorted(codes - known):
            connection.execute(insert(procedures), [{"code": code} for code in new])
    return {"name": file.name, "kind": file.kind, "sha256": digest, "bytes": len(file.content), "content_type": file.content_type,
            "required": file.required}
