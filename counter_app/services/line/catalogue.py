"""A catalogue that the province published, put in place of the one in use: whole and in one transaction, or not at all (contract 9).

Dossiers keep the version that they were received under, and no due date that was printed changes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from counter_app.domain.catalogue import CatalogueInfo, Procedure
from counter_app.domain.errors import broken
from counter_app.domain.moments import day_of
from counter_app.domain.province_calendar import merged_calendar
from counter_app.domain.province_catalogue import read_procedures
from counter_app.services.deadlines.calendar import SHIPPED
from counter_app.services.line.reading_back import PROVINCE
from counter_app.services.ports import UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.trail.row_notes import HOLDS, held_calendar, held_catalogue
from counter_app.support.resources import shipped_json

PROCEDURES, CALENDAR = "procedures", "calendar"


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file of a version, as its manifest names it; ``kind`` is one of the contract's."""

    name: str
    kind: str
    sha256: str
    size: int
    required: bool


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A version of the catalogue, as its signed manifest tells."""

    version: str
    effective_from: date
    files: tuple[PublishedFile, ...]


def read_manifest(document: Mapping[str, Any]) -> PublishedVersion:
    """Read a manifest whose signature was checked; raises LookupError, TypeError or ValueError for another shape than the contract's."""
    files = tuple(
        PublishedFile(str(each["name"]), str(each["kind"]), str(each["sha256"]), int(each["bytes"]), each["required"] is True)
        for each in document["files"])
    if any(len(each.sha256) != 64 or not set(each.sha256) <= set("0123456789abcdef") or each.size < 0 for each in files):
        raise ValueError("files")
    return PublishedVersion(str(document["version"]), date.fromisoformat(document["effective_from"]), files)


def install(uow: UnitOfWork, published: PublishedVersion, contents: Mapping[str, bytes], now: datetime) -> None:
    """Put a version in place in this transaction; ``contents`` are its files by their SHA-256, all of them checked.

    Files of other kinds than procedures and calendar are kept by nobody: this desk has its forms, units and code lists of its own.

    Raises:
        RuleBrokenError: CATALOGUE_DAMAGED, CALENDAR_DAMAGED, CATALOGUE_VERSION_TAKEN; nothing is in place then.
    """
    for file in published.files:
        if file.kind == PROCEDURES and file.sha256 in contents:
            _put_procedures(uow, published, file, contents[file.sha256], now)
        elif file.kind == CALENDAR and file.sha256 in contents:
            present = uow.calendar.newest() or shipped_json(SHIPPED)
            merged = merged_calendar(present, _json(contents[file.sha256]), published.version, published.effective_from, day_of(now))
            uow.calendar.add(published.version, merged, now)
    details = {"effective_from": published.effective_from.isoformat(), "files": len(contents)}
    held = {HOLDS: held_catalogue(uow, published.version)[HOLDS] | held_calendar(uow)[HOLDS]}
    write_audit(uow, now, PROVINCE.user_id, "catalogue.installed", published.version, details | held)


def _put_procedures(uow: UnitOfWork, published: PublishedVersion, file: PublishedFile, content: bytes, now: datetime) -> None:
    infos = uow.catalogue.infos()
    there = next((each for each in infos if each.version == published.version), None)
    if there is not None and there.source_sha256 != file.sha256:
        raise broken("CATALOGUE_VERSION_TAKEN", "meta.version", version=published.version)
    if there is None:
        catalogue = read_procedures(_json(content), published.version, _in_use(uow, published.effective_from))
        info = CatalogueInfo(published.version, catalogue.title, now, len(catalogue.procedures), source_sha256=file.sha256)
        uow.catalogue.add(info, catalogue.procedures)
    uow.catalogue.activate(published.version, published.effective_from)


def _in_use(uow: UnitOfWork, on: date) -> list[Procedure]:
    """Return the procedures of the catalogue that is used on a day."""
    used = [each for each in uow.catalogue.infos() if each.active_from and each.active_from <= on]
    newest = max(used, key=lambda each: (each.active_from or date.min, each.imported_at), default=None)
    return uow.catalogue.procedures(newest.version) if newest else []


def _json(content: bytes) -> object:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise broken("CATALOGUE_DAMAGED", "1:1", where="1:1") from None
