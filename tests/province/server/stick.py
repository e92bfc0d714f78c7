"""Files of desks on a stick: each is worked through as if its parts had come over a line, and gets its answer beside it."""

from __future__ import annotations

import hashlib
import json
import struct
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import select, update

from tests.province.server import blobs, catalogue, enrolment, epochs, feed, journal, leases
from tests.province.server.canon import canonical, sha256
from tests.province.server.contract import LIMITS, Json
from tests.province.server.keys import proof_holds
from tests.province.server.naming import short_device
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.push import push
from tests.province.server.stick_cover import StickError, sealed, unsealed
from tests.province.server.store import row, rows
from tests.province.server.tables import devices, lanes, tickets
from tests.province.server.tokens import Caller
from tests.province.server.wire import decoded, parsed

OUT, BACK = ".qmc-di", ".qmc-ve"
MOST_HEAD, MOST_PAGES, PAGE, PIECE = 8 * 1024 * 1024, 200, 500, 65_536
SMALL_BYTES = 1 << 20
Reply = tuple[dict[str, Json], dict[str, Json] | bytes]


def answer_all(province: Province, folder: Path) -> list[Path]:
    """Answer every file of a desk in a folder; returns the answers. One that can't be taken is left, and the others go on."""
    found = []
    for path in sorted(folder.glob(f"*{OUT}")):
        try:
            found.append(answer(province, path))
        except StickError:
            continue
    return found


def answer(province: Province, path: Path) -> Path:
    """Work one file through and write its answer beside it; raises StickError where it can't be taken, and has done nothing then."""
    with tempfile.TemporaryFile(dir=province.files) as plain, path.open("rb") as file:
        for piece in unsealed(file, province.switches["exchange_seed"]):
            plain.write(piece)
        head, begin = _head(plain)
        _check_parts(plain, head, begin)
        caller, problem = _caller(province, plain, head, begin)
        replies = [] if problem else list(_worked_through(province, caller, plain, head, begin))
    content = _answer(province, head, caller.device, replies, problem)
    out = path.with_name(f"quay-{short_device(head['device'])}-{head['number']}{BACK}")
    part = out.with_suffix(".part")
    part.write_bytes(sealed(content, head["exchange_key"]))
    part.replace(out)
    return out


def _head(plain: BinaryIO) -> tuple[dict[str, Any], int]:
    plain.seek(0)
    (size,) = struct.unpack(">I", plain.read(4).ljust(4, b"\xff"))
    if size > MOST_HEAD:
        raise StickError("head too large")
    try:
        head = json.loads(plain.read(size))
        known = head["exchange"].startswith("1.")
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise StickError("no head") from error
    if not known:
        raise StickError("of a later version")
    return head, 4 + size


def _check_parts(plain: BinaryIO, head: dict[str, Any], begin: int) -> None:
    """Compare each part with its digest before anything is done."""
    plain.seek(begin)
    for part in head["parts"]:
        digest = hashlib.sha256()
        left = part["size"]
        while left > 0 and (piece := plain.read(min(PIECE, left))):
            digest.update(piece)
            left -= len(piece)
        if left or digest.hexdigest() != part["sha256"]:
            raise StickError("a part is not whole")
    if plain.read(1):
        raise StickError("more than the head says")


def _caller(province: Province, plain: BinaryIO, head: dict[str, Any], begin: int) -> tuple[Caller, Json]:
    """Return whose file it is, by the proof in its head, and why nothing of it is done, if so."""
    with province.store.reading() as connection:
        known = row(connection, select(devices).where(devices.c.device == head["device"]))
    first = head["parts"][0] if head["parts"] else {}
    wish = None
    if first.get("verb") == "enrol":
        plain.seek(begin)
        wish = parsed(decoded(plain.read(first["size"]), first.get("encoding", "")))
    own = None if known is None else known["public_key"]
    key = own if wish is None else wish.get("public_key")
    if key is None or not proof_holds("exchange", head, key):
        raise StickError("not signed by a device of ours")
    if known is None or key != own:  # one that is to be enrolled, be it under an id that somebody has: that is its answer
        return Caller(head["device"], ""), None
    if wish is None:
        with province.store.writing(known["agency"]) as connection:
            connection.execute(update(tickets).where(tickets.c.device == known["device"]).values(spent=True))
    return Caller(known["device"], known["agency"]), ProblemError("device_revoked").body() if known["revoked"] else None


@dataclass(frozen=True, slots=True)
class Worker:
    """Does what one part asks for, each by the code that does it over a line."""

    province: Province
    caller: Caller

    def enrol(self, body: Json) -> Json:
        """Make the computer a device."""
        return enrolment.enrol(self.province, body)

    def epochs(self, body: Json) -> Json:
        """Open a lane; the proof of the whole file is its proof."""
        return epochs.opened(self.province, self.caller, body)

    def push(self, body: Json) -> Json:
        """Record ops."""
        return push(self.province, self.caller, body)

    def ops(self, body: Json) -> Json:
        """Give ops back."""
        return journal.read(self.province, self.caller, body["device"], body["epoch"], body["from_seq"], min(body["limit"], 500))

    def lease(self, body: Json) -> Json:
        """Renew serials."""
        with self.province.store.writing(self.caller.agency) as connection:
            return {"leases": leases.renewed(self.province, connection, self.caller.agency, self.caller.device, body)}


def _worked_through(province: Province, caller: Caller, plain: BinaryIO, head: dict[str, Any], begin: int) -> Iterator[Reply]:
    for part in head["parts"]:
        plain.seek(begin)
        begin += part["size"]
        named = {"verb": part["verb"], "note": part.get("note", {}), "status": 200}
        try:
            if part["verb"] == "file":
                yield {**named, "note": {"sha256": part["sha256"]}}, {"state": _file(province, caller, plain, part)}
                continue
            body = parsed(decoded(plain.read(part["size"]), part.get("encoding", "")))
            if part["verb"] == "changes":
                yield from _pages(province, caller, body["cursor"])
                continue
            if part["verb"] == "catalogue":
                yield from _catalogue(province, body["have"])
                continue
            reply = getattr(Worker(province, caller), part["verb"])(body)
            yield named, reply
        except ProblemError as error:
            note = {"sha256": part["sha256"]} if part["verb"] == "file" else named["note"]
            yield {**named, "note": note, "status": error.status}, error.body()
            if part["verb"] == "enrol":
                return
        if part["verb"] == "enrol":
            if reply["device"] != caller.device:  # an older file of a computer that has another id since: nobody speaks for somebody else
                return
            with province.store.reading() as connection:
                caller = Caller(caller.device, str(connection.scalar(select(devices.c.agency).where(devices.c.device == caller.device))))


def _pages(province: Province, caller: Caller, cursor: str) -> Iterator[Reply]:
    """Return the feed after a cursor; from its beginning where the cursor is too old."""
    expired = {}
    for _ in range(MOST_PAGES):
        try:
            page = feed.read(province, caller, cursor, PAGE)
        except ProblemError as error:
            if error.code != "cursor_expired" or not cursor:
                raise
            cursor, expired = "", {"expired": cursor}
            continue
        yield {"verb": "changes", "note": {"cursor": cursor, **expired}, "status": 200}, page
        cursor, expired = page["next_cursor"], {}
        if not page["has_more"]:
            return


def _catalogue(province: Province, have: str) -> Iterator[Reply]:
    """Return the newest version and its files, those that are required and the small ones; nothing where the desk has it."""
    with province.store.reading() as connection:
        manifest = catalogue.find_manifest(connection, None)
        if manifest is None or manifest["version"] == have:
            return
        yield {"verb": "catalogue", "note": {}, "status": 200}, manifest
        for digest in dict.fromkeys(each["sha256"] for each in manifest["files"] if each["required"] or each["bytes"] <= SMALL_BYTES):
            found = catalogue.file_content(connection, digest)
            if found is not None:
                yield {"verb": "catalogue_file", "note": {}, "status": 200}, found[0]


def _file(province: Province, caller: Caller, plain: BinaryIO, part: dict[str, Any]) -> str:
    """Keep a scan; returns its state."""
    if part["size"] > LIMITS["max_blob_bytes"]:
        raise ProblemError("too_large", limit=LIMITS["max_blob_bytes"])
    try:
        return str(blobs.find_blob(province, caller.agency, part["sha256"])["state"])
    except ProblemError:
        content = province.files / "uploads" / f"stick-{part['sha256']}"
        content.write_bytes(plain.read(part["size"]))
        return blobs.take_in(province, caller.agency, content, part["sha256"], part)


def _answer(province: Province, head: dict[str, Any], device: str, replies: list[Reply], problem: Json) -> bytes:
    bodies = [body if isinstance(body, bytes) else canonical(body) for _, body in replies]
    parts = [
        {**about, "size": len(body), "sha256": sha256(body)} for (about, _), body in zip(replies, bodies, strict=True)]
    with province.store.reading() as connection:
        held = [epochs.acked(lane) for lane in rows(connection, select(lanes).where(lanes.c.device == device, lanes.c.declared))]
    signed = province.key.signed("exchange", {
        "exchange": "1.0", "device": device, "number": head["number"], "answers": sha256(canonical(head)),
        "server_time": province.clock.text(), "server_epoch": province.switches["server_epoch"], "lanes": held, "parts": parts,
        **({"problem": problem} if problem else {})})
    text = canonical(signed)
    return struct.pack(">I", len(text)) + text + b"".join(bodies)
