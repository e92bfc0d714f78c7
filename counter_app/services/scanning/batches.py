"""Batches of scanned pages: begun, added to, arranged, divided, and found again as they were after a program was killed.

Every step is in the journal before it counts; the originals stay, encrypted, until everything of a batch is filed or somebody drops it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from counter_app.domain.archive import OpenBatch
from counter_app.domain.errors import broken, failed
from counter_app.domain.ids import new_id
from counter_app.domain.people import Actor, Permission
from counter_app.domain.scan_batch import Batch, BatchPage, arrived, filed, redone, sheets_of, undone, waiting
from counter_app.domain.scan_batch_acts import BatchAct, Divide, PlannedGroup, act, read_act, write_act
from counter_app.domain.scan_codes import CodeKind, CodeRead
from counter_app.domain.scan_profile import CleanUp
from counter_app.domain.scan_split import PlannedPage, SplitRule, StackPage, split
from counter_app.services.dossier_access import require
from counter_app.services.ports import Clock, Database
from counter_app.services.recording import write_audit
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.keeping import BatchKeeper
from counter_app.services.scanning.paper import PageWork, PaperRoom


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch and what is in it; ``judged`` tells of each page what was read where and what was done with it, since the last division."""

    batch_id: str
    opened_at: datetime
    opened_by: str
    batch: Batch
    judged: Mapping[str, PlannedPage] = field(default_factory=dict)


@dataclass(slots=True)
class _Held:
    """A batch in memory; ``suffixes`` are those of the originals, by page."""

    row: OpenBatch
    batch: Batch = field(default_factory=Batch)
    suffixes: dict[str, str] = field(default_factory=dict)
    judged: Mapping[str, PlannedPage] = field(default_factory=dict)


class BatchService:
    """The batches of one counter. To be called from one thread at a time for each batch."""

    def __init__(self, database: Database, clock: Clock, keeper: BatchKeeper, room: PaperRoom, device: str) -> None:
        self._database = database
        self._clock = clock
        self._keeper = keeper
        self._room = room
        self._device = device
        self._held: dict[str, _Held] = {}

    def begin(self, actor: Actor) -> BatchView:
        """Begin an empty batch (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED, USER_DISABLED.
        """
        require(actor, Permission.RECEIVE)
        now = self._clock.now()
        row = OpenBatch(new_id(now), secrets.token_hex(32), self._device, now, actor.user_id)
        with self._database.write() as uow:
            uow.batches.add(row)
            write_audit(uow, now, actor.user_id, "scan.begun", row.batch_id, {})
            uow.commit()
        self._held[row.batch_id] = _Held(row)
        return self._view(row.batch_id)

    def tidy(self, older_s: float = 0) -> None:
        """Delete what killed programs left in the clear so many seconds ago or longer, and batches whose key is gone.

        With 0 for the start of a window, before any batch is open; while another program may be at work, only what is old.
        """
        self._keeper.clear_work(older_s)
        kept = self._keeper.kept()  # looked at first: a batch is on record before anything of it lies here
        with self._database.read() as uow:
            known = {row.batch_id for row in uow.batches.of_device(self._device)}
        for batch_id in kept - known:
            self._keeper.drop(batch_id)

    def open_ones(self) -> list[BatchView]:
        """Return the batches of this counter that are not filed yet, the oldest first.

        Raises:
            SurroundingsError: as :meth:`view`.
        """
        with self._database.read() as uow:
            rows = uow.batches.of_device(self._device)
        return [self.view(row.batch_id) for row in rows]

    def view(self, batch_id: str) -> BatchView:
        """Return a batch as it stands.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN.
            SurroundingsError: BATCH_DAMAGED; a failure of the disk.
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
        self._keeper.keep_page(batch_id, self._key(held), known.page_id, page.path)
        self._write(held, {"arrived": _write_page(known), "suffix": page.path.suffix})
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

    def undo(self, batch_id: str) -> BatchView:
        """Take the last act back.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN, BATCH_NOTHING_TO_UNDO.
        """
        return self._changed(batch_id, undone, {"act": "undo"})

    def redo(self, batch_id: str) -> BatchView:
        """Do again what was taken back.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN, BATCH_NOTHING_TO_REDO.
        """
        return self._changed(batch_id, redone, {"act": "redo"})

    def divide(self, batch_id: str, rule: SplitRule) -> BatchView:
        """Divide what is not filed into sets by the codes on the pages or another rule; what is in doubt waits for a person.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN; SPLIT_PAGE_COUNT at ``page_count``.
        """
        held = self._hold(batch_id)
        free = [sheet.page_id for group in held.batch.layout if not group.filed for sheet in group.sheets]
        pages = [held.batch.page(page_id) for page_id in free]
        with self._database.read() as uow:
            plan = split(
                [StackPage(at, page.codes, page.blank) for at, page in enumerate(pages)], rule,
                lambda code: len(uow.dossiers.by_code(code)) == 1)
        if not pages:
            return self._view(batch_id)
        groups = tuple(
            PlannedGroup(tuple(free[at] for at in each.ordinals), each.code, each.doubt.value if each.doubt else "") for each in plan.sets)
        aside = tuple(free[page.ordinal] for page in plan.pages if page.group is None)
        self.act(batch_id, Divide(groups, aside))
        held.judged = {free[page.ordinal]: page for page in plan.pages}
        return self._view(batch_id)

    def mark_filed(self, batch_id: str, page_id: str, file_id: str) -> None:
        """Note that the group with a page is in its dossier. Only for what files it."""
        self._changed(batch_id, lambda batch: filed(batch, page_id, file_id), {"filed": page_id, "file": file_id})

    def original(self, batch_id: str, page_id: str, ordinal: int = 1) -> ScannedPage:
        """Return a page as it came, in the clear, under a name of its own in the work folder; :meth:`put_away` deletes it.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN, BATCH_PAGE_UNKNOWN.
            SurroundingsError: SEALED_FILE_MISSING, SEALED_FILE_DAMAGED; DISK_FULL and the like.
        """
        held = self._hold(batch_id)
        page = held.batch.page(page_id)
        out = self._keeper.work_folder(batch_id) / f"{page_id}-{secrets.token_hex(4)}{held.suffixes[page_id]}"
        self._keeper.take_page(batch_id, self._key(held), page_id, out)
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

    def work_folder(self, batch_id: str) -> Path:
        """Return the private folder of a batch for what is being made."""
        return self._keeper.work_folder(batch_id)

    def drop(self, batch_id: str, actor: Actor) -> None:
        """Throw a batch away, filed or not: its key first, so that nothing can read what may be left (audited).

        Raises:
            RuleBrokenError: BATCH_UNKNOWN, NOT_ALLOWED, USER_DISABLED.
        """
        require(actor, Permission.RECEIVE)
        held = self._hold(batch_id)
        unfiled = sum(len(group.sheets) for group in waiting(held.batch))
        with self._database.write() as uow:
            uow.batches.remove(batch_id)
            details = {"pages": len(held.batch.pages), "unfiled": unfiled}
            write_audit(uow, self._clock.now(), actor.user_id, "scan.dropped", batch_id, details)
            uow.commit()
        del self._held[batch_id]
        self._keeper.drop(batch_id)

    def _turns(self, batch_id: str, page_id: str) -> int:
        sheets = sheets_of(self._hold(batch_id).batch.layout)
        return next(sheet.turns for sheet in sheets if sheet.page_id == page_id)

    def _changed(self, batch_id: str, change: Callable[[Batch], Batch], record: dict[str, Any]) -> BatchView:
        held = self._hold(batch_id)
        after = change(held.batch)
        if after != held.batch:
            self._write(held, record)
            held.batch, held.judged = after, {}
        return self._view(batch_id)

    def _view(self, batch_id: str) -> BatchView:
        held = self._held[batch_id]
        return BatchView(batch_id, held.row.opened_at, held.row.opened_by, held.batch, held.judged)

    def _hold(self, batch_id: str) -> _Held:
        if batch_id not in self._held:
            with self._database.read() as uow:
                row = uow.batches.get(batch_id)
            if row is None:
                raise broken("BATCH_UNKNOWN")
            self._held[batch_id] = _replayed(row, self._keeper.records(batch_id, bytes.fromhex(row.key)))
        return self._held[batch_id]

    def _write(self, held: _Held, record: dict[str, Any]) -> None:
        self._keeper.append(held.row.batch_id, self._key(held), record)

    @staticmethod
    def _key(held: _Held) -> bytes:
        return bytes.fromhex(held.row.key)


def _replayed(row: OpenBatch, records: Sequence[dict[str, Any]]) -> _Held:
    """Return the batch that a journal tells of."""
    held = _Held(row)
    try:
        for record in records:
            held.batch = _after(held.batch, record)
            if "arrived" in record:
                held.suffixes[record["arrived"]["page_id"]] = str(record["suffix"])
    except (LookupError, TypeError, ValueError):
        raise failed("BATCH_DAMAGED") from None
    return held


def _after(batch: Batch, record: dict[str, Any]) -> Batch:
    if "arrived" in record:
        return arrived(batch, _read_page(record["arrived"]))
    if "filed" in record:
        return filed(batch, record["filed"], record["file"])
    simple = {"undo": undone, "redo": redone}.get(record["act"])
    return simple(batch) if simple else act(batch, read_act(record))


def _write_page(page: BatchPage) -> dict[str, Any]:
    codes = [
        {"text": code.text, "kind": code.kind.value, "corners": code.corners, "proven": code.proven, "quarter_turns": code.quarter_turns}
        for code in page.codes]
    return {"page_id": page.page_id, "dpi": page.dpi, "side": page.side, "size_px": page.size_px, "codes": codes, "blank": page.blank}


def _read_page(data: dict[str, Any]) -> BatchPage:
    codes = tuple(_read_code(code) for code in data["codes"])
    page = BatchPage(**{**data, "codes": codes})
    return replace(page, size_px=(data["size_px"][0], data["size_px"][1]))


def _read_code(data: dict[str, Any]) -> CodeRead:
    first, second, third, fourth = ((corner[0], corner[1]) for corner in data["corners"])
    return CodeRead(data["text"], CodeKind(data["kind"]), (first, second, third, fourth), data["proven"], data["quarter_turns"])
