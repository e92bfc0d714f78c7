"""Batches of scanned pages: begun, added to, arranged, divided, and found again as they were after a program was killed.

Every step is in the journal before it counts; the originals stay, encrypted, until everything of a batch is filed or somebody drops it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from counter_app.domain.archive import OpenBatch
from counter_app.domain.errors import Problem, SurroundingsError, broken, failed
from counter_app.domain.events import JsonObject
from counter_app.domain.ids import new_id
from counter_app.domain.people import Actor, Permission
from counter_app.domain.scan_batch import Batch, BatchPage, arrived, as_one_step, filed, group_of, redone, sheets_of, undone, waiting
from counter_app.domain.scan_batch_acts import BatchAct, Divide, PlannedGroup, act, write_act
from counter_app.domain.scan_profile import CleanUp
from counter_app.domain.scan_split import PlannedPage, SplitPlan, SplitRule, StackPage, gone_on, split
from counter_app.services.dossiers.access import require
from counter_app.services.ports import Clock, Database
from counter_app.services.recording import write_audit
from counter_app.services.scanning.batch_journal import BEGUN, REDO, UNDO, HeldBatch, page_came, replayed, salvaged, set_filed, steps_joined
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import PageWork, PaperRoom
from counter_app.services.scanning.ports import BatchKeeper


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch and what is in it; ``judged`` tells of each page what was read where and what was done with it, since the last division."""

    batch_id: str
    opened_at: datetime
    opened_by: str
    batch: Batch
    judged: Mapping[str, PlannedPage] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WaitingBatch:
    """A batch that is not filed yet: as it stands, or the problem that hinders opening it."""

    batch_id: str
    opened_at: datetime
    opened_by: str
    view: BatchView | None = None
    problem: Problem | None = None


class BatchService:
    """The batches of one counter. To be called from one thread at a time for each batch."""

    def __init__(self, database: Database, clock: Clock, keeper: BatchKeeper, room: PaperRoom, device: str) -> None:
        self._database = database
        self._clock = clock
        self._keeper = keeper
        self._room = room
        self._device = device
        self._held: dict[str, HeldBatch] = {}

    def begin(self, actor: Actor) -> BatchView:
        """Begin an empty batch (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED, USER_DISABLED.
        """
        require(actor, Permission.RECEIVE)
        now = self._clock.now()
        row = OpenBatch(new_id(now), secrets.token_hex(32), self._device, now, actor.user_id)
        held = HeldBatch(row)
        self._keeper.claim(row.batch_id)
        self._write(held, BEGUN)
        with self._database.write() as uow:
            uow.batches.add(row)
            write_audit(uow, now, actor.user_id, "scan.begun", row.batch_id, {})
            uow.commit()
        self._held[row.batch_id] = held
        return self._view(row.batch_id)

    def let_go(self) -> None:
        """Work on no batch any longer: other programs may."""
        self._held.clear()
        self._keeper.let_go()

    def tidy(self, older_s: float = 0) -> None:
        """Delete what killed programs left in the clear so many seconds ago or longer, and what is left of batches that were thrown away.

        With 0 for the start of a window, before any batch is open; while another program may be at work, only what is old. A batch that
        was not thrown away and is not on record stays: the database was exchanged for an older copy, and may be once more.
        """
        self._keeper.clear_work(older_s)
        kept = self._keeper.kept()
        with self._database.read() as uow:
            unknown = [batch_id for batch_id in kept if uow.batches.get(batch_id) is None]
        for batch_id in filter(self._keeper.is_rubbish, unknown):
            if self._keeper.claim(batch_id):  # else another program has just begun it
                self._keeper.drop(batch_id)

    def open_ones(self) -> list[WaitingBatch]:
        """Return the batches of this counter that are not filed yet, the oldest first; a damaged one hides no other."""
        with self._database.read() as uow:
            rows = uow.batches.of_device(self._device)
        return [self._waiting(row) for row in rows]

    def view(self, batch_id: str) -> BatchView:
        """Return a batch as it stands.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN.
            SurroundingsError: BATCH_DAMAGED; BATCH_IN_USE, another program works on it; a failure of the disk.
        """
        self._hold(batch_id)
        return self._view(batch_id)

    def add_page(self, batch_id: str, page: ScannedPage) -> BatchPage:
        """Look at a page, keep its original encrypted, put it at the end, and delete the file it came in.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN.
            SurroundingsError: SCAN_PAGE_UNREADABLE; DISK_FULL and the like: the page's file is where it was.
        """
        held = self._hold(batch_id)
        look = self._room.look(page)
        known = BatchPage(new_id(self._clock.now()), page.dpi, page.side, page.size_px, look.codes, look.blank)
        batch = arrived(held.batch, known)
        self._keeper.keep_page(batch_id, held.key, known.page_id, page.path)
        try:
            self._write(held, page_came(known, page.path.suffix))
        except SurroundingsError:
            self._keeper.forget_page(batch_id, known.page_id)
            raise
        held.batch, held.suffixes[known.page_id] = batch, page.path.suffix
        page.path.unlink(missing_ok=True)
        return known

    def act(self, batch_id: str, wanted: BatchAct) -> BatchView:
        """Do something with pages; it can be undone.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN; as :func:`~counter_app.domain.scan_batch_acts.act`.
            SurroundingsError: a failure of the disk; nothing happened then.
        """
        return self._changed(batch_id, lambda batch: act(batch, wanted), write_act(wanted))

    @contextmanager
    def one_step(self, batch_id: str) -> Iterator[None]:
        """Make one step of undo of all that is done to a batch meanwhile; where that fails, each act stays a step of its own.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN.
            SurroundingsError: a failure of the disk.
        """
        held = self._hold(batch_id)
        since = len(held.batch.past)
        yield
        joined = as_one_step(held.batch, since)
        if joined != held.batch:
            self._write(held, steps_joined(since))
            held.batch = joined

    def undo(self, batch_id: str) -> BatchView:
        """Take the last act back.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN, BATCH_NOTHING_TO_UNDO.
        """
        return self._changed(batch_id, undone, UNDO)

    def redo(self, batch_id: str) -> BatchView:
        """Do again what was taken back.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN, BATCH_NOTHING_TO_REDO.
        """
        return self._changed(batch_id, redone, REDO)

    def divide(self, batch_id: str, rule: SplitRule, only: Collection[str] = ()) -> BatchView:
        """Divide what is not filed into sets by the codes on the pages or another rule; what is in doubt waits for a person.

        With ``only``, pages at the end of what a person arranged, everything else stays; those that name no dossier go on the last set.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN; SPLIT_PAGE_COUNT at ``page_count``.
        """
        held = self._hold(batch_id)
        free = [
            sheet.page_id for group in held.batch.layout if not group.filed for sheet in group.sheets if not only or sheet.page_id in only]
        pages = [held.batch.page(page_id) for page_id in free]
        with self._database.read() as uow:
            plan = split(
                [StackPage(at, page.codes, page.blank) for at, page in enumerate(pages)], rule,
                lambda code: len(uow.dossiers.by_code(code)) == 1)
        if not pages:
            return self._view(batch_id)
        if only:
            plan = gone_on(plan, held.batch.layout[group_of(held.batch.layout, free[0])].code)
        self.act(batch_id, _divided(plan, free, partly=bool(only)))
        held.judged = {**(held.judged if only else {}), **{free[page.ordinal]: page for page in plan.pages}}
        return self._view(batch_id)

    def mark_filed(self, batch_id: str, page_id: str, file_id: str) -> None:
        """Note that the group with a page is in its dossier. Only for what files it."""
        self._changed(batch_id, lambda batch: filed(batch, page_id, file_id), set_filed(page_id, file_id))

    def original(self, batch_id: str, page_id: str, ordinal: int = 1) -> ScannedPage:
        """Return a page as it came, in the clear, under a name of its own in the work folder; :meth:`put_away` deletes it.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN, BATCH_PAGE_UNKNOWN.
            SurroundingsError: SEALED_FILE_MISSING, SEALED_FILE_DAMAGED; DISK_FULL and the like.
        """
        held = self._hold(batch_id)
        page = held.batch.page(page_id)
        out = self._keeper.work_folder(batch_id) / f"{page_id}-{secrets.token_hex(4)}{held.suffixes[page_id]}"
        self._keeper.take_page(batch_id, held.key, page_id, out)
        return ScannedPage(out, page.dpi, "back" if page.side == "back" else "front", ordinal, page.size_px)

    def thumbnail(self, batch_id: str, page_id: str, longest_px: int) -> bytes:
        """Return a JPEG of a page, turned as the clerk turned it. May be called while the batch is worked on.

        Raises:
            RuleBrokenError, SurroundingsError: as :meth:`original`; SCAN_PAGE_UNREADABLE.
        """
        page, turns = self.original(batch_id, page_id), self._turns(batch_id, page_id)
        try:
            return self._room.thumbnail(page, longest_px, turns)
        finally:
            self.put_away([page])

    def preview(self, batch_id: str, page_id: str, clean_up: CleanUp) -> ScannedPage:
        """Return a page as it would be filed, beside :meth:`original` for before and after; :meth:`put_away` deletes it.

        Raises:
            RuleBrokenError, SurroundingsError: as :meth:`original`; SCAN_PAGE_UNREADABLE, SCAN_PAGE_UNWRITABLE.
        """
        page, turns = self.original(batch_id, page_id), self._turns(batch_id, page_id)
        try:
            return self._room.preview(PageWork(page, clean_up, turns), page.path.with_name(f"{page.path.stem}-clean.png"))
        finally:
            self.put_away([page])

    def put_away(self, pages: Sequence[ScannedPage]) -> None:
        """Delete what :meth:`original` wrote."""
        for page in pages:
            page.path.unlink(missing_ok=True)

    def rescue(self, batch_id: str, actor: Actor) -> BatchView:
        """Open a damaged batch with all that can be read of it (audited): pages whose line is lost stand at the end, looked at anew.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN, NOT_ALLOWED, USER_DISABLED.
            SurroundingsError: BATCH_IN_USE; DISK_FULL and the like: the batch is as damaged as it was.
        """
        require(actor, Permission.RECEIVE)
        row = self._row(batch_id)
        held, records = salvaged(row, self._keeper.legible(batch_id, bytes.fromhex(row.key)))
        records += self._found_again(held)
        self._keeper.rewrite(batch_id, held.key, records)
        with self._database.write() as uow:
            write_audit(uow, self._clock.now(), actor.user_id, "scan.rescued", batch_id, {"pages": len(held.batch.pages)})
            uow.commit()
        self._held[batch_id] = held
        return self._view(batch_id)

    def work_folder(self, batch_id: str) -> Path:
        """Return the private folder of a batch for what is being made."""
        return self._keeper.work_folder(batch_id)

    def drop(self, batch_id: str, actor: Actor) -> None:
        """Throw a batch away, filed or not: its key first, so that nothing can read what may be left (audited).

        Raises:
            RuleBrokenError: BATCH_UNKNOWN, NOT_ALLOWED, USER_DISABLED.
            SurroundingsError: BATCH_IN_USE, another program works on it.
        """
        require(actor, Permission.RECEIVE)
        batch = self._waiting(self._row(batch_id)).view
        details = {"pages": len(batch.batch.pages), "unfiled": _unfiled(batch.batch)} if batch else {"damaged": True}
        self._keeper.note_drop(batch_id)
        with self._database.write() as uow:
            uow.batches.remove(batch_id)
            write_audit(uow, self._clock.now(), actor.user_id, "scan.dropped", batch_id, details)
            uow.commit()
        self._held.pop(batch_id, None)
        self._keeper.drop(batch_id)

    def _turns(self, batch_id: str, page_id: str) -> int:
        sheets = sheets_of(self._hold(batch_id).batch.layout)
        return next(sheet.turns for sheet in sheets if sheet.page_id == page_id)

    def _changed(self, batch_id: str, change: Callable[[Batch], Batch], record: JsonObject) -> BatchView:
        held = self._hold(batch_id)
        after = change(held.batch)
        if after != held.batch:
            self._write(held, record)
            held.batch, held.judged = after, {}
        return self._view(batch_id)

    def _view(self, batch_id: str) -> BatchView:
        held = self._held[batch_id]
        return BatchView(batch_id, held.row.opened_at, held.row.opened_by, held.batch, held.judged)

    def _waiting(self, row: OpenBatch) -> WaitingBatch:
        try:
            return WaitingBatch(row.batch_id, row.opened_at, row.opened_by, self.view(row.batch_id))
        except SurroundingsError as error:
            return WaitingBatch(row.batch_id, row.opened_at, row.opened_by, problem=error.problems[0])

    def _found_again(self, held: HeldBatch) -> list[JsonObject]:
        """Take in the originals that the journal doesn't know, and return their lines."""
        strays = sorted(self._keeper.page_ids(held.row.batch_id) - held.suffixes.keys())
        found = [record for page_id in strays if (record := self._stray(held, page_id))]
        for record in found:
            held.take(record)
        return found

    def _stray(self, held: HeldBatch, page_id: str) -> JsonObject | None:
        """Return the line of an original that the journal doesn't know; None where it can't be read either."""
        out = self._keeper.work_folder(held.row.batch_id) / f"{page_id}-{secrets.token_hex(4)}"
        try:
            self._keeper.take_page(held.row.batch_id, held.key, page_id, out)
            page = self._room.found(out)
            look = self._room.look(page)
        except SurroundingsError:
            return None
        finally:
            out.unlink(missing_ok=True)
        return page_came(BatchPage(page_id, page.dpi, page.side, page.size_px, look.codes, look.blank), "")

    def _row(self, batch_id: str) -> OpenBatch:
        """Return the record of a batch, which this program holds from now on."""
        with self._database.read() as uow:
            row = uow.batches.get(batch_id)
        if row is None:
            raise broken("BATCH_UNKNOWN")
        if not self._keeper.claim(batch_id):
            raise failed("BATCH_IN_USE")
        return row

    def _hold(self, batch_id: str) -> HeldBatch:
        if batch_id not in self._held:
            row = self._row(batch_id)
            held = replayed(row, self._keeper.records(batch_id, bytes.fromhex(row.key)))
            for record in self._found_again(held):  # its line was never written, and the file it came in may be gone
                self._write(held, record)
            self._held[batch_id] = held
        return self._held[batch_id]

    def _write(self, held: HeldBatch, record: JsonObject) -> None:
        self._keeper.append(held.row.batch_id, held.key, record)


def _divided(plan: SplitPlan, free: Sequence[str], *, partly: bool) -> Divide:
    """Return the act of a plan for pages by their ordinals."""
    groups = tuple(
        PlannedGroup(tuple(free[at] for at in each.ordinals), each.code, each.doubt.value if each.doubt else "") for each in plan.sets)
    return Divide(groups, tuple(free[page.ordinal] for page in plan.pages if page.group is None), partly)


def _unfiled(batch: Batch) -> int:
    return sum(len(group.sheets) for group in waiting(batch))
