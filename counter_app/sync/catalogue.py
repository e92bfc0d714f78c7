"""The verbs *catalogue manifest* and *catalogue file* (contract 9): a version is fetched whole and checked before anything of it counts."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.events import JsonObject
from counter_app.domain.moments import day_of
from counter_app.services.line.catalogue import PublishedFile, PublishedVersion, install, read_manifest
from counter_app.services.line.province import Relation, keep_relation, relation_of
from counter_app.services.ports import Clock, Database
from counter_app.support.files import private_folder
from counter_app.sync.faults import RefusedError
from counter_app.sync.link import Link
from counter_app.sync.remedies import Remedy, remedy
from counter_app.sync.signing import is_signed

MOST_BYTES = 64 * 1024 * 1024
"""A catalogue of which more is to be fetched is none: it is put in place from memory, as a whole."""
SMALL_BYTES = 1 << 20
NOT_SIGNED, NOT_WHOLE, NOT_USABLE = "CATALOGUE_NOT_SIGNED", "CATALOGUE_NOT_WHOLE", "CATALOGUE_NOT_USABLE"
_WHOLE_RELATION = (Remedy.WAIT, Remedy.PAUSE, Remedy.REVOKED)
"""Refusals that are about more than a catalogue."""


class _UnusableError(Exception):
    """What was published can't be put in place; the message is the code of its sentence."""


def take_catalogue(link: Link, database: Database, clock: Clock, folder: Path) -> None:
    """Fetch the version that the feed has named, and put it in the place of the one in use; the old one stays where it can't be.

    A file that was cut off goes on where it was. ``folder`` holds what has come until all has.

    Raises:
        LineError: as :meth:`Link.get`.
    """
    version = wanted_version(link.relation, day_of(clock.now()))
    if not version:
        return
    try:
        published = _published(link, _manifest(link, version), version)
        contents = {file.sha256: _content(link, file, folder) for file in _needed(published)}
        _put(link, database, clock, published, contents)
    except _UnusableError as error:
        link.keep(catalogue_fault=str(error))
        return
    shutil.rmtree(folder, ignore_errors=True)


def take_carried(link: Link, database: Database, clock: Clock, document: Mapping[str, Any], contents: Mapping[str, bytes]) -> None:
    """Put a version in place that came as a whole, if it is the one to fetch: its manifest, and ``contents`` by their SHA-256.

    Somebody else than a line has brought it. The old one stays where this one can't be put in place.
    """
    version = wanted_version(link.relation, day_of(clock.now()))
    if not version or document.get("version") != version:
        return
    try:
        published = _published(link, document, version)
        _put(link, database, clock, published, _carried(published, contents))
    except _UnusableError as error:
        link.keep(catalogue_fault=str(error))


def _carried(published: PublishedVersion, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    needed = [file.sha256 for file in _needed(published)]
    if not contents.keys() >= set(needed):
        raise _UnusableError(NOT_WHOLE)
    return {digest: contents[digest] for digest in needed}


def wanted_version(relation: Relation, today: date) -> str:
    """Return the version to fetch: a new one, or the one in place whose day has come, for then its hours count."""
    due = relation.catalogue_due and relation.catalogue_due <= today.isoformat()
    return relation.catalogue_wanted or (relation.catalogue if due else "")


def _needed(published: PublishedVersion) -> list[PublishedFile]:
    """Return the files to fetch, each once: the required ones and what is small."""
    found = {file.sha256: file for file in published.files if file.required or file.size <= SMALL_BYTES}
    if sum(file.size for file in found.values()) > MOST_BYTES:
        raise _UnusableError(NOT_WHOLE)
    return list(found.values())


def _manifest(link: Link, version: str) -> JsonObject:
    try:
        return link.get("/catalogue/manifest", {"version": version}).value
    except RefusedError as error:
        raise _refused(error) from error


def _published(link: Link, document: Mapping[str, Any], version: str) -> PublishedVersion:
    """Read the manifest of a version, signed by the province."""
    if not is_signed("manifest", document, link.relation.keys.values()) or document.get("version") != version:
        raise _UnusableError(NOT_SIGNED)
    try:
        return read_manifest(document)
    except (LookupError, TypeError, ValueError) as error:
        raise _UnusableError(NOT_WHOLE) from error


def _content(link: Link, file: PublishedFile, folder: Path) -> bytes:
    """Return a file, fetched from where an earlier try was cut off; what is not what the manifest says is thrown away."""
    private_folder(folder)
    here = folder / file.sha256
    with here.open("ab") as target:
        if target.tell() < file.size:
            try:
                link.fetch(f"/catalogue/{file.sha256}", target, tag=file.sha256, most=file.size)
            except RefusedError as error:
                if error.status != 416:  # all of it, or too much, is here already
                    raise _refused(error) from error
    content = here.read_bytes()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        here.unlink()
        raise _UnusableError(NOT_WHOLE)
    return content


def _refused(error: RefusedError) -> Exception:
    """Return what to raise for a refusal: that of the whole relation as it is, any other is a fault of this version."""
    return error if remedy(error) in _WHOLE_RELATION else _UnusableError(NOT_WHOLE)


def _put(link: Link, database: Database, clock: Clock, published: PublishedVersion, contents: dict[str, bytes]) -> None:
    with database.write() as uow:
        try:
            install(uow, published, contents, clock.now())
        except RuleBrokenError as error:
            raise _UnusableError(NOT_USABLE) from error
        waits = published.effective_from > day_of(clock.now())
        done: dict[str, Any] = {
            "catalogue": published.version, "catalogue_wanted": "", "catalogue_fault": "",
            "catalogue_due": published.effective_from.isoformat() if waits else ""}
        keep_relation(uow, link.local, replace(relation_of(uow, link.local), **done))
        uow.commit()
    link.read_again()
