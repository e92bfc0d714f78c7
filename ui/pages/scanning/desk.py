"""The stack at this desk, for worker threads: every method blocks, and holds the turn while it changes a batch."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_app.domain.digitised import WHOLE, FileTarget
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import DeskError, Problem, RuleBrokenError
from counter_app.domain.people import Actor
from counter_app.domain.scan_batch import PageGroup, Sheet, waiting
from counter_app.domain.scan_batch_acts import Assign, BatchAct, CleanPages, Delete, Restore, ShowBlank, Turn
from counter_app.domain.scan_profile import CleanUp, ScanProfile
from counter_app.domain.scan_split import PlannedPage, SplitRule
from counter_app.services.changes import Changes
from counter_app.services.scanning.batches import BatchView
from counter_app.services.scanning.devices import FeedEnd, ScannedPage
from counter_app.services.scanning.filing import FileBatch, Filed
from counter_app.services.surroundings import disk_fault
from ui.background import TaskRunner
from ui.models.scan_stack import SetLook, StackLook

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter

THUMB = 228
"""Pixels of the longer edge: twice the height on the strip."""
_MARKS = (Turn, Delete, Restore, CleanPages, ShowBlank)
"""Acts that leave every page in its set."""


class FeedListener(QObject):
    """Carries what a feed tells from its thread to the window: ``came`` with page and thumbnail, ``progressed`` with a percentage."""

    came = Signal(str, bytes)
    progressed = Signal(int)

    def __init__(self, tasks: TaskRunner) -> None:
        super().__init__()
        self._tasks = tasks
        self._stopped = False

    def stop(self) -> None:
        """Nobody wants more pages."""
        self._stopped = True

    def wanted(self) -> bool:
        """Tell whether to go on; asked on the thread of the feed."""
        return not (self._stopped or self._tasks.stopping)


@dataclass(frozen=True, slots=True)
class Fed:
    """What came of a feed: how it ended, the stack after it, and what hindered keeping a page."""

    end: FeedEnd
    look: StackLook
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class StackFiled:
    """What came of filing; ``look`` is what is open now, another stack or none."""

    filed: Filed
    look: StackLook | None
    changes: Changes


class ScanDesk:
    """One stack after the other; each is kept as it is worked on, and taken up again after a crash. ``dossier`` takes what has no code."""

    def __init__(self, counter: Counter, actor: Actor) -> None:
        self._counter, self._paper, self._actor = counter, counter.paper, actor
        self._batch_id = ""
        self._by_hand = False
        """Somebody arranged pages: they are not divided anew without being asked."""
        self.dossier = ""
        self._left: list[ScannedPage] = []
        self._thumbs: dict[str, bytes] = {}
        self._judged: dict[str, PlannedPage] = {}
        self._dossiers: dict[str, Dossier | None] = {}
        self._foreseen: dict[tuple[str, FileTarget, str | None, str], tuple[str, Problem | None]] = {}

    # --- the stack ----------------------------------------------------------------------------------------------------

    def open(self) -> StackLook | None:
        """Return the stack that waits longest; None where none does. Raises as :meth:`.BatchService.open_ones`."""
        with self._paper.turn:
            view = next(iter(self._paper.batches.open_ones()), None)
            if view is None or view.batch_id != self._batch_id:
                self._batch_id = view.batch_id if view else ""
                self._by_hand = view is not None and len(view.batch.layout) > 1
                for kept in (self._judged, self._thumbs, self._left):
                    kept.clear()
            return self._look(view) if view else None

    def forget(self) -> None:
        """Dossiers were changed: ask for them anew."""
        with self._paper.turn:
            self._dossiers.clear()
            self._foreseen.clear()

    def act(self, *wanted: BatchAct) -> StackLook:
        """Do something with pages. Raises as :meth:`.BatchService.act`."""
        with self._paper.turn:
            for each in wanted:
                self._paper.batches.act(self._batch_id, each)
            self._by_hand = self._by_hand or any(not isinstance(each, _MARKS) for each in wanted)
            return self.look()

    def assign(self, page_id: str, code: str, target: FileTarget, part: str | None) -> StackLook:
        """Say where the set of a page goes. Raises as :meth:`.DossierService.of_code` and :meth:`.BatchService.act`."""
        return self.act(Assign(page_id, self._counter.dossiers.of_code(code, self._actor).code, target, part))

    def undo(self) -> StackLook:
        """Take the last act back. Raises as :meth:`.BatchService.undo`."""
        with self._paper.turn:
            return self._look(self._paper.batches.undo(self._batch_id))

    def redo(self) -> StackLook:
        """Do it again. Raises as :meth:`.BatchService.redo`."""
        with self._paper.turn:
            return self._look(self._paper.batches.redo(self._batch_id))

    def divide(self) -> StackLook:
        """Divide by the codes on the pages; sets that name no dossier go to the one that the page was opened for."""
        with self._paper.turn:
            self._judged.update(self._paper.batches.divide(self._batch_id, SplitRule()).judged)
            self._by_hand = False
            view = self._paper.batches.view(self._batch_id)
            for group in waiting(view.batch) if self.dossier else ():
                if not group.code and not group.doubt:
                    self._paper.batches.act(self._batch_id, Assign(group.sheets[0].page_id, self.dossier))
            self._paper.filing.propose(self._batch_id)
            return self.look()

    def look(self) -> StackLook:
        """Return the stack as it stands."""
        with self._paper.turn:
            return self._look(self._paper.batches.view(self._batch_id))

    def drop(self) -> StackLook | None:
        """Throw the stack away and return the next one. Raises as :meth:`.BatchService.drop`."""
        with self._paper.turn:
            self._paper.batches.drop(self._batch_id, self._actor)
            return self.open()

    def file(self, clean_up: CleanUp) -> StackFiled:
        """File what is ready; a stack of which nothing waits is done with. Raises as :meth:`.FilingService.file`."""
        with self._paper.turn:
            filed = self._paper.filing.file(FileBatch(self._batch_id, clean_up=clean_up), self._actor)
            if filed.complete:
                self._paper.filing.confirm(self._batch_id, self._actor)
            self.forget()
            return StackFiled(filed, self.open(), filed.changes)

    # --- scanning -----------------------------------------------------------------------------------------------------

    def feed(self, device: str, profile: ScanProfile, listener: FeedListener) -> Fed:
        """Scan until the paper ends; every page is kept before it is shown. Files that pages came from are put aside only then.

        Raises:
            RuleBrokenError: NOT_ALLOWED; SCAN_DEVICE_UNKNOWN.
            SurroundingsError: DISK_FULL and the like.
        """
        with self._paper.turn:
            if not self._batch_id:
                self._batch_id = self._paper.batches.begin(self._actor).batch_id
                self._by_hand = False
            folder = self._feed_folder()
            first = len(self._paper.batches.view(self._batch_id).batch.pages) + 1
        keeper = _Keeper(self, listener)
        keeper.keep_left()
        end = self._counter.scanning.scan(device, profile, folder, keeper, first=first)
        if keeper.problem is None:
            self._counter.scanning.accept(device, end)
        look = self.look() if self._by_hand else self.divide()
        return Fed(end, look, keeper.problem)

    def keep(self, page: ScannedPage) -> tuple[str, bytes]:
        """Keep a page that came; return its id and its thumbnail. Raises as :meth:`.BatchService.add_page`."""
        with self._paper.turn:
            thumb = self._paper.room.thumbnail(page, THUMB)
            known = self._paper.batches.add_page(self._batch_id, page)
            self._thumbs[known.page_id] = thumb
        return known.page_id, thumb

    @property
    def left(self) -> list[ScannedPage]:
        """Pages that came and could not be kept yet."""
        return self._left

    def _feed_folder(self) -> Path:
        work = self._paper.batches.work_folder(self._batch_id)
        try:
            return Path(tempfile.mkdtemp(prefix="feed-", dir=work))
        except OSError as error:
            raise disk_fault(error, work) from error

    # --- pictures -----------------------------------------------------------------------------------------------------

    def thumbnail(self, page_id: str) -> tuple[str, bytes]:
        """Return a JPEG of a page as it came. Raises as :meth:`.BatchService.original`, :meth:`.PaperRoom.thumbnail`."""
        if page_id not in self._thumbs:
            page = self._paper.batches.original(self._batch_id, page_id)
            try:
                self._thumbs[page_id] = self._paper.room.thumbnail(page, THUMB)
            finally:
                self._paper.batches.put_away([page])
        return page_id, self._thumbs[page_id]

    def preview(self, sheet: Sheet, clean_up: CleanUp, longest: int) -> bytes:
        """Return a JPEG of a page as it will be filed. Raises as :meth:`.BatchService.preview`."""
        batches = self._paper.batches
        if not sheet.clean:
            return batches.thumbnail(self._batch_id, sheet.page_id, longest)
        shown = batches.preview(self._batch_id, sheet.page_id, clean_up)
        try:
            return self._paper.room.thumbnail(shown, longest)
        finally:
            batches.put_away([shown])

    # --- within -------------------------------------------------------------------------------------------------------

    def _look(self, view: BatchView) -> StackLook:
        self._judged.update(view.judged)
        return StackLook(view.batch_id, view.batch, tuple(map(self._set, view.batch.layout)), dict(self._judged))

    def _set(self, group: PageGroup) -> SetLook:
        key = (group.code, group.target, group.part, group.doubt)
        if key not in self._foreseen:
            self._foreseen[key] = self._foresee(group)
        part, problem = self._foreseen[key]
        dossier = self._dossier(group.code)
        filed = next((file for file in dossier.files if file.file_id == group.filed), None) if dossier and group.filed else None
        return SetLook(group, dossier, filed.part if filed and filed.part else part, problem)

    def _foresee(self, group: PageGroup) -> tuple[str, Problem | None]:
        try:
            return self._paper.filing.foresee(group)[1], None
        except RuleBrokenError as error:
            return group.part or WHOLE, error.problems[0]

    def _dossier(self, code: str) -> Dossier | None:
        if code and code not in self._dossiers:
            try:
                self._dossiers[code] = self._counter.dossiers.of_code(code, self._actor)
            except RuleBrokenError:
                self._dossiers[code] = None  # the set waits, and foreseeing it says why
        return self._dossiers.get(code)


class _Keeper:
    """Looks on while a feed runs and keeps what comes; the feed ends where a page can't be kept."""

    def __init__(self, desk: ScanDesk, listener: FeedListener) -> None:
        self._desk, self._listener = desk, listener
        self.problem: Problem | None = None

    def keep_left(self) -> None:
        """Keep first what could not be kept the last time."""
        left: Sequence[ScannedPage] = tuple(self._desk.left)
        self._desk.left.clear()
        for page in left:
            self.arrived(page)

    def arrived(self, page: ScannedPage) -> None:
        """A page is there: it is durable in the batch before the window hears of it."""
        if self.problem is None:
            try:
                self._listener.came.emit(*self._desk.keep(page))
                return
            except DeskError as error:
                self.problem = error.problems[0]
        self._desk.left.append(page)

    def progressed(self, percent: int) -> None:
        """So much of a page has come."""
        self._listener.progressed.emit(percent)

    def wanted(self) -> bool:
        """Tell whether to go on."""
        return self.problem is None and self._listener.wanted()
