"""What a desk has to say, as the requests of a pass in their order: lanes declared, ops, what is asked for, files last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from counter_app.domain.errors import SurroundingsError
from counter_app.domain.events import Event
from counter_app.services.line.leases import runs_out
from counter_app.services.ports import Database
from counter_app.services.repositories.uploads import ATTENTION, DueFile, Upload
from counter_app.services.scanning.ports import SealedFiles
from counter_app.sync import epochs, leases, read_back
from counter_app.sync.catalogue import wanted_version
from counter_app.sync.epochs import Numbers
from counter_app.sync.hello import Hello
from counter_app.sync.lanes import MOST_MOVED, Lanes
from counter_app.sync.push import batch
from counter_app.sync.second_device import gather
from counter_app.sync.stick.parcel import MOST_PARTS, Part, said

ENROL, EPOCHS, PUSH, OPS, LEASE, CHANGES, FILE = "enrol", "epochs", "push", "ops", "lease", "changes", "file"
CATALOGUE, CATALOGUE_FILE = "catalogue", "catalogue_file"
"""The verbs of parts, as the contract's operations are called."""
NOTHING_SAID = Hello("", "", (), {}, frozenset(), None, "")
"""Nobody said hello: batches have the contract's usual limits."""
MOST_BATCHES, MOST_FILES, USUAL_OPS = 2000, MOST_PARTS - 4000, 200
_READ_BACK = 500
_PIECE = 2**16


def lane_parts(lanes: Lanes, today: date) -> list[Part]:
    """Return what opens the lanes that the province does not know, and every op that has no answer of its own yet."""
    link = lanes.link
    gather(lanes.database, link.local)
    if not link.relation.read_back:  # what the province holds of a lane that was left is read back first
        lanes.recorded_again()
    found: list[Part] = []
    for epoch in lanes.known():
        if epoch in link.relation.left:
            continue
        if epoch not in link.relation.epochs:
            previous, head, reason = lanes.before(epoch)
            wish = epochs.wish_of(link, epoch, previous, head, day=today, reason=reason, numbers=lanes.numbers)
            found.append(said(EPOCHS, wish, note={"epoch": epoch, "day": today.isoformat()}))
        found += push_parts(lanes.database, link.relation.device, epoch, most_ops=link.relation.most_ops)
    return found


def push_parts(database: Database, device: str, epoch: str, *, most_ops: int) -> list[Part]:
    """Return the ops of a lane without an answer, in batches, and note that they are on their way."""
    with database.write() as uow:
        ops = uow.outbox.due(device, epoch, MOST_MOVED)
        found = list(_batches(ops, most_ops))[:MOST_BATCHES]
        uow.outbox.sending([op.op_id for op in ops[:sum(part.about["note"]["ops"] for part in found)]])
        uow.commit()
    return found


def _batches(ops: list[Event], most_ops: int) -> Iterator[Part]:
    while ops:
        sent = batch(ops[:most_ops], NOTHING_SAID, plain=False)
        lane = sent.ops[0].lane
        yield said(PUSH, sent.body, encoding=sent.encoding, note={"epoch": lane.epoch if lane else "", "ops": len(sent.ops)})
        ops = ops[len(sent.ops):]


def asking_parts(lanes: Lanes, numbers: Numbers, today: date) -> list[Part]:
    """Return what asks for lost ops, for serials, for the feed after the stored cursor, and for a newer catalogue than the one in place."""
    link, relation = lanes.link, lanes.link.relation
    found = [
        said(OPS, dict(read_back.wish_of(link, epoch, first, _READ_BACK)), note={"epoch": epoch, "first": first})
        for epoch, first in relation.read_back.items()]
    if runs_out(relation.leases, today):
        found.append(said(LEASE, leases.wish_of(link, numbers, today)))
    have = "" if wanted_version(relation, today) == relation.catalogue else relation.catalogue
    return [*found, said(CHANGES, {"cursor": relation.cursor}), said(CATALOGUE, {"have": have})]


def file_parts(database: Database, store: SealedFiles, folder: Path, most_bytes: int) -> tuple[list[Part], int]:
    """Return the scans that wait, the urgent ones first, as far as there is room; and how many had none.

    Each is read once before, so that one that is lost or damaged here holds up nothing: a person is told of it.
    """
    with database.read() as uow:
        waiting = uow.uploads.waiting()
    found: list[Part] = []
    left = 0
    for file in waiting:
        if file.size > most_bytes or len(found) == MOST_FILES:
            left += 1
        elif _is_whole(file, database, store):
            found.append(_file_part(file, store, folder))
            most_bytes -= file.size
    return found, left


def _is_whole(file: DueFile, database: Database, store: SealedFiles) -> bool:
    try:
        whole = store.digest(file.stored_id, bytes.fromhex(file.key)) == file.sha256
    except SurroundingsError as error:
        if not error.code.startswith("SEALED_FILE"):
            raise
        whole = False
    if not whole:
        with database.write() as uow:
            uow.uploads.put(replace(uow.uploads.get(file.sha256) or Upload(file.sha256), state=ATTENTION))
            uow.commit()
    return whole


def _file_part(file: DueFile, store: SealedFiles, folder: Path) -> Part:
    def _pieces() -> Iterator[bytes]:
        content = folder / "scan"
        store.unseal(file.stored_id, bytes.fromhex(file.key), content)
        try:
            with content.open("rb") as plain:
                while piece := plain.read(_PIECE):
                    yield piece
        finally:
            content.unlink()

    about = {"dossier_id": file.dossier_id, "part": file.part or "*", "filename": file.filename, "filetype": "application/pdf"}
    return Part({"verb": FILE, "size": file.size, "sha256": file.sha256, **about}, _pieces)
