"""A release as data: the small signed head that a desk asks for, and the list of files that the head names by its digest.

The head is all that is fetched to see whether there is something new; the list and the files follow when it is wanted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from counter_app.domain.events import JsonObject
from counter_app.domain.json_node import DamagedError, Node

FORMAT = 1
PRODUCT = "quay-mot-cua"
PURPOSE = "quay-mot-cua release v1"
"""What a signature says that it is for."""
LISTS = "lists/"
"""Where the lists of single folders lie in a version, so that of a change in one folder only its list has to be fetched."""
MOST_HEAD_BYTES = 64 * 1024
MOST_LIST_BYTES = 16 * 1024 * 1024
_MOST_FILE_BYTES = 2**31
_MOST_SEQUENCE = 2**52
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,60}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SCHEMA = re.compile(r"\d{4}")
_PART = re.compile(r"[^\x00-\x1f<>:\"|?*\\/]{1,200}")
"""A name that both systems can have."""


class ReleaseKind(StrEnum):
    """What a release replaces: the program, or data that it reads (forms, books)."""

    PROGRAM = "program"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """One file: its path with slashes below the version, bytes, digest in hex, and whether it is run by name."""

    path: str
    size: int
    sha256: str
    is_run: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """The head. ``sequence`` only grows and alone decides what is newer; ``released`` is for people, no clock is asked.

    ``schema`` is the newest state of the data that it knows, ``oldest_schema`` the oldest that it can take over.
    """

    kind: ReleaseKind
    system: str
    version: str
    sequence: int
    schema: str
    oldest_schema: str
    files: ReleaseFile
    """The list of files, itself a file."""
    released: str = ""
    brings_vi: str = ""
    brings_en: str = ""

    def brings(self, lang: str) -> str:
        """Return what it brings, in words; Vietnamese where there is nothing in the language."""
        return (self.brings_en if lang == "en" else "") or self.brings_vi


def head_name(system: str) -> str:
    """Return what the head of the newest release for a system is called where releases are published."""
    return f"release-{system}.json"


def read_head(data: bytes) -> JsonObject:
    """Return the document of a head; nothing in it is believed yet.

    Raises:
        ValueError: the bytes are no JSON object.
    """
    try:
        document: JsonObject = dict(json.loads(data).items())
    except (AttributeError, RecursionError) as error:
        raise ValueError("no object, or one nested without end") from error
    return document


def read_release(document: object) -> Release:
    """Read a head whose signature was found good, or that of this program itself.

    Raises:
        ValueError: it is no head that this version can read.
    """
    node = Node(document, "")
    try:
        if node.member("format").whole(0, 10**6) != FORMAT or node.member("product").text() != PRODUCT:
            raise ValueError("another format or product")
        return Release(
            kind=ReleaseKind(node.member("kind").text()), system=node.member("system").text(40), version=_like(node, "version", _VERSION),
            sequence=node.member("sequence").whole(0, _MOST_SEQUENCE), schema=_like(node, "schema", _SCHEMA),
            oldest_schema=_like(node, "oldest_schema", _SCHEMA), files=_read_file(node.member("files"), MOST_LIST_BYTES),
            released=node.maybe_text("released"), brings_vi=node.maybe_text("brings_vi"), brings_en=node.maybe_text("brings_en"))
    except DamagedError as error:
        raise ValueError(f"{error.where} of a release is missing or damaged") from error


def write_release(release: Release) -> JsonObject:
    """Return the document of a head, not signed yet."""
    list_file = release.files
    return {
        "format": FORMAT, "product": PRODUCT, "kind": release.kind.value, "system": release.system, "version": release.version,
        "sequence": release.sequence, "schema": release.schema, "oldest_schema": release.oldest_schema, "released": release.released,
        "brings_vi": release.brings_vi, "brings_en": release.brings_en, "files": _write_file(list_file)}


def read_files(document: object) -> tuple[ReleaseFile, ...]:
    """Read the list of files; none leads out of the version's folder, no two would be the same file on any system.

    Raises:
        ValueError: it is no such list.
    """
    try:
        found = tuple(_read_file(each, _MOST_FILE_BYTES) for each in Node(document, "").member("files").items())
    except DamagedError as error:
        raise ValueError(f"{error.where} of a list is missing or damaged") from error
    if len({each.path.casefold() for each in found}) != len(found) or not found:
        raise ValueError("a path stands twice, or there is no file")
    return found


def all_files(listing: bytes, content: Callable[[ReleaseFile], bytes]) -> tuple[ReleaseFile, ...]:
    """Return every file of a version: those of its list, and those of the lists that stand in it, whose bytes ``content`` returns.

    Raises:
        ValueError: one of the lists is none, a list names further lists, or a path stands twice.
    """
    top = read_files(_json(listing))
    deeper = [file for each in top if each.path.startswith(LISTS) for file in read_files(_json(content(each)))]
    if len({each.path.casefold() for each in (*top, *deeper)}) != len(top) + len(deeper):
        raise ValueError("a path stands twice")
    if any(each.path.startswith(LISTS) for each in deeper):
        raise ValueError("a list below a list")
    return (*top, *deeper)


def _json(data: bytes) -> object:
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("nested without end") from error


def write_files(files: Sequence[ReleaseFile]) -> JsonObject:
    """Return the document of a list of files, by path."""
    return {"files": [_write_file(each) for each in sorted(files, key=_path_of)]}


def _path_of(file: ReleaseFile) -> str:
    return file.path


def _write_file(file: ReleaseFile) -> JsonObject:
    written: dict[str, Any] = {"path": file.path, "size": file.size, "sha256": file.sha256}
    return {**written, "run": True} if file.is_run else written


def _read_file(node: Node, most: int) -> ReleaseFile:
    path = node.member("path")
    if not isinstance(path.value, str) or not _is_inside(path.value):
        raise path.damaged()
    return ReleaseFile(path.value, node.member("size").whole(0, most), _like(node, "sha256", _SHA256), node.flag("run"))


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    plain = all(_PART.fullmatch(part) and not part.endswith((".", " ")) for part in parts)
    return 0 < len(path) <= 400 and plain and "/".join(parts) == path


def _like(node: Node, name: str, shape: re.Pattern[str]) -> str:
    found = node.member(name)
    text = found.text()
    if not shape.fullmatch(text):
        raise found.damaged()
    return text
