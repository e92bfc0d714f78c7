"""Whether digitised papers, their events, their lines in the register and the encrypted files still belong together."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

from counter_app.domain.archive import DIGITISED_BOOK, OpenBatch, StoredFile
from counter_app.domain.errors import Problem, SurroundingsError
from counter_app.domain.events import ATTACHMENT_LINKED
from counter_app.services.ports import Database, UnitOfWork
from counter_app.services.scanning.batch_journal import replayed
from counter_app.services.scanning.library import DESTROYED
from counter_app.services.scanning.ports import BatchKeeper, SealedFiles
from counter_app.services.verifying.books import Step
from counter_app.services.verifying.trail import Side, Told, audit_entries, unpaired


def papers(uow: UnitOfWork) -> Iterator[Step]:
    """Each file that an event says was filed is on record, has its line in the register and a stored file, and nothing else has."""
    kept = ((paper.op_id, paper.dossier_id, paper.sha256, paper.pages) for paper in uow.papers.everything())
    filed = ((paper.op_id, paper.dossier_id) for paper in uow.papers.everything())
    for alone in unpaired(_said(uow), kept):
        yield _otherwise(uow, str(alone.told[1]), _OF_SIDE[alone.side]) if alone else None
    for alone in unpaired(filed, _booked(uow)):
        yield _otherwise(uow, str(alone.told[1]), _OF_SIDE[alone.side]) if alone else None
    for paper in uow.papers.everything():
        stored = uow.files.get(paper.stored_id)
        yield None if stored is not None and stored.sha256 == paper.sha256 else _otherwise(uow, paper.dossier_id, "VERIFY_PAPER")


_OF_SIDE = {Side.FIRST: "VERIFY_PAPER_GONE", Side.SECOND: "VERIFY_PAPER_ADDED", Side.BOTH: "VERIFY_PAPER"}
"""First what tells of a filing: the event of a paper, the paper of a line."""


def _said(uow: UnitOfWork) -> Iterator[Told]:
    for event in uow.events.everything():
        if event.type == ATTACHMENT_LINKED:
            yield event.op_id, event.dossier_id, event.facts["sha256"], event.facts["pages"]


def _booked(uow: UnitOfWork) -> Iterator[Told]:
    for year in uow.logbooks.years(DIGITISED_BOOK):
        for line in uow.logbooks.all_lines(DIGITISED_BOOK, year, None, None, None):
            yield line.ref, line.dossier_id


def files_in(store: SealedFiles, database: Database) -> Callable[[UnitOfWork], Iterator[Step]]:
    """Return the check of every stored file: it is there, opens with its key, and is what was filed.

    A destroyed one is gone, and the trail tells by whom. A file that is not on record is what a filing that was broken off leaves.
    """

    def files(uow: UnitOfWork) -> Iterator[Step]:
        """Files on record are whole, and there are no others."""
        known, destroyed = set[str](), set[str]()
        if [stored.stored_id for stored in uow.files.everything() if not stored.key]:  # to the end: a server holds it open until then
            destroyed = {entry.subject for entry in audit_entries(uow) if entry.action == DESTROYED}
        for stored in uow.files.everything():
            known.add(stored.stored_id)
            yield _file(store, stored, destroyed)
        for name in sorted(store.names() - known):
            with database.read() as now:  # others file while everything is looked at
                alone = now.files.get(name) is None
            yield (name, Problem("VERIFY_FILE_ALONE", None, {"file": name})) if alone else None

    return files


def _file(store: SealedFiles, stored: StoredFile, destroyed: Container[str]) -> Step:
    if not stored.key and stored.stored_id not in destroyed:  # nobody at the desk did that
        return stored.stored_id, Problem("VERIFY_FILE", None, {"file": stored.stored_id})
    if not stored.key:
        return (stored.stored_id, Problem("VERIFY_FILE_LEFT", None, {"file": stored.stored_id})) if store.has(stored.stored_id) else None
    try:
        sound = store.digest(stored.stored_id, bytes.fromhex(stored.key)) == stored.sha256
    except SurroundingsError as error:
        code = "VERIFY_FILE_MISSING" if error.code == "SEALED_FILE_MISSING" else "VERIFY_FILE"
        return stored.stored_id, Problem(code, None, {"file": stored.stored_id})
    except ValueError:  # a key that is none: a hand in the database
        sound = False
    return None if sound else (stored.stored_id, Problem("VERIFY_FILE", None, {"file": stored.stored_id}))


def batches_in(keeper: BatchKeeper, database: Database, device: str) -> Callable[[UnitOfWork], Iterator[Step]]:
    """Return the check of every stack of a counter that waits: its journal and its pages are whole, and none lies there unknown."""

    def batches(uow: UnitOfWork) -> Iterator[Step]:
        """Stacks on record are whole, and there are no others."""
        for row in uow.batches.of_device(device):
            damage = _batch(keeper, row)
            yield damage if damage and _waits(database, row.batch_id) else None
        for batch_id in sorted(keeper.kept()):
            if not keeper.is_rubbish(batch_id) and not _waits(database, batch_id):
                yield batch_id, Problem("VERIFY_BATCH_STRANGE", None, {"batch": batch_id})

    return batches


def _waits(database: Database, batch_id: str) -> bool:
    """Tell whether a batch is on record right now: others file and throw away while everything is looked at."""
    with database.read() as uow:
        return uow.batches.get(batch_id) is not None


def _batch(keeper: BatchKeeper, row: OpenBatch) -> Step:
    try:
        key = bytes.fromhex(row.key)
        for page in replayed(row, keeper.records(row.batch_id, key)).batch.pages:
            keeper.check_page(row.batch_id, key, page.page_id)
    except (SurroundingsError, ValueError):  # a key that is none: a hand in the database
        return row.batch_id, Problem("VERIFY_BATCH", None, {"batch": row.batch_id})
    return None


def _otherwise(uow: UnitOfWork, dossier_id: str, what: str) -> Step:
    dossier = uow.dossiers.get(dossier_id)
    code = dossier.code if dossier else dossier_id
    return code, Problem(what, None, {"code": code})
