"""The stack at this desk, for worker threads: every method blocks, and holds the turn while it changes a batch."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.digitised import WHOLE, FileTarget
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import Problem, RuleBrokenError
from counter_app.domain.people import Actor
from counter_app.domain.scan_batch import BatchPage, PageGroup, Sheet, sheets_of, waiting
from counter_app.domain.scan_batch_acts import Assign, BatchAct, CleanPages, Collate, Delete, LackBack, Restore, ShowBlank, Turn
from counter_app.domain.scan_places import brings_back, front_alone, fronts_alone, going_on, laid
from counter_app.domain.scan_profile import CleanUp, ScanProfile
from counter_app.domain.scan_split import BY_CODES, PlannedPage, SplitRule, SplitWay
from counter_app.services.changes import Changes
from counter_app.services.scanning.batches import BatchView, WaitingBatch
from counter_app.services.scanning.devices import FeedEnd, ScannedPage
from counter_app.services.scanning.filing import FileBatch, Filed, FilingWatch
from counter_app.services.scanning.habits import PartPages
from counter_app.services.scanning.placing import place_for, place_of
from counter_app.services.surroundings import disk_fault
from ui.dialogs.scanning.describing import SetQuestions, offered
from ui.models.scan_stack import SetLook, StackLook
from ui.pages.scanning.feeding import Fed, FeedListener, FeedWish, Keeper
from ui.pages.scanning.pictures import PagePictures

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter

_MARKS = (Turn, Delete, Restore, CleanPages, ShowBlank)
"""Acts that leave every page in its set."""


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
        self._looks = 0
        self.closed_at = 0
        """The number of looks when no stack was open for the last time: those before are of a stack that was left."""
        self._left: list[ScannedPage] = []
        self._unsafe: list[tuple[str, FeedEnd]] = []
        """Feeds of which pages could not be kept, each with its device: the files that they came from are put aside later."""
        self._pictures = PagePictures(counter.paper)
        self._judged: dict[str, PlannedPage] = {}
        self._dossiers: dict[str, Dossier | None] = {}
        self._foreseen: dict[tuple[str, FileTarget, str | None, str, str], tuple[str, Problem | None]] = {}

    # --- the stack ----------------------------------------------------------------------------------------------------

    def belongs_to(self, counter: Counter, actor: Actor) -> bool:
        """Tell whether this is the stack of a person at a counter."""
        return self._counter is counter and self._actor == actor

    def waiting(self) -> tuple[WaitingBatch, ...]:
        """Return the stacks that wait at this desk, the oldest first, damaged ones too."""
        with self._paper.turn:
            return tuple(self._paper.batches.open_ones())

    def open(self, batch_id: str = "") -> StackLook | None:
        """Return a stack; without an id the one that is open, else the one that waits longest. None where there is none to open.

        Raises:
            RuleBrokenError, SurroundingsError: as :meth:`.BatchService.view` for the one with an id.
        """
        with self._paper.turn:
            view = self._paper.batches.view(batch_id) if batch_id else self._waits_longest()
            if view is None or view.batch_id != self._batch_id:
                self._take(view)
            return self._look(view) if view else None

    def _waits_longest(self) -> BatchView | None:
        views = {each.batch_id: each.view for each in self._paper.batches.open_ones() if each.view is not None}
        return views.get(self._batch_id) or next(iter(views.values()), None)

    def begin_anew(self) -> None:
        """Leave the stack as it is: the next page begins another one."""
        with self._paper.turn:
            self._take(None)

    def rescue(self, batch_id: str) -> StackLook:
        """Open a damaged stack with what can be read of it. Raises as :meth:`.BatchService.rescue`."""
        with self._paper.turn:
            view = self._paper.batches.rescue(batch_id, self._actor)
            self._take(view)
            return self._look(view)

    def _take(self, view: BatchView | None) -> None:
        self._batch_id = view.batch_id if view else ""
        self._by_hand = view is not None and len(view.batch.layout) > 1
        if view is None:
            self._looks += 1
            self.closed_at = self._looks
        self._pictures.forget()
        for kept in (self._judged, self._left, self._unsafe):
            kept.clear()

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
            return self._now()

    def assign(self, page_id: str, code: str, target: FileTarget, part: str | None) -> StackLook:
        """Say where the set of a page goes. Raises as :meth:`.DossierService.of_code` and :meth:`.BatchService.act`."""
        return self.act(Assign(page_id, self._counter.dossiers.of_code(code, self._actor).code, target, part))

    def describing(self, found: SetLook) -> SetQuestions:
        """Return what is known and offered about the paper that a set is. The set has a dossier."""
        group, dossier = found.group, found.dossier
        if dossier is None:
            raise ValueError("a set without a dossier is no paper yet")
        place = place_for(dossier, group.target, found.part, group.details)
        offer = offered(self._counter, dossier)
        return SetQuestions(place.name, place.details, group.target, offer, taken=place.file is not None, replaces=group.replaces)

    def habit(self, found: SetLook) -> tuple[PartPages, ...]:
        """Return how the papers of the last dossier of the same procedure were divided."""
        return self._paper.filing.habit(found.dossier) if found.dossier else ()

    def undo(self) -> StackLook:
        """Take the last act back. Raises as :meth:`.BatchService.undo`."""
        with self._paper.turn:
            return self._look(self._paper.batches.undo(self._batch_id))

    def redo(self) -> StackLook:
        """Do it again. Raises as :meth:`.BatchService.redo`."""
        with self._paper.turn:
            return self._look(self._paper.batches.redo(self._batch_id))

    def divide(self, rule: SplitRule = BY_CODES, only: Collection[str] = ()) -> StackLook:
        """Divide by the codes on the pages or another rule, as one step of undo; sets without a code go to the page's dossier.

        What was divided otherwise than by codes stays so when more pages come: ``only`` those are divided then. Raises as
        :meth:`.BatchService.divide`.
        """
        batches = self._paper.batches
        with self._paper.turn:
            with batches.one_step(self._batch_id):
                self._judged.update(batches.divide(self._batch_id, rule, only).judged)
                for group in waiting(batches.view(self._batch_id).batch, hide_blank=False) if self.dossier else ():
                    if not group.code and not group.doubt and (not only or group.sheets[0].page_id in only):
                        batches.act(self._batch_id, Assign(group.sheets[0].page_id, self.dossier))
                self._paper.filing.propose(self._batch_id, only)
            self._by_hand = bool(only) or rule.way is not SplitWay.CODE
            return self._now()

    def collate(self, wanted: Collate) -> StackLook:
        """Put two passes together, and divide anew by what bears a code. Raises as :meth:`.BatchService.act`."""
        with self._paper.turn, self._paper.batches.one_step(self._batch_id):
            self._paper.batches.act(self._batch_id, wanted)
            return self.divide()

    def look(self) -> StackLook | None:
        """Return the stack as it stands; None where none is open."""
        with self._paper.turn:
            return self._now() if self._batch_id else None

    def drop(self) -> StackLook | None:
        """Throw the stack away and return the next one. Raises as :meth:`.BatchService.drop`."""
        with self._paper.turn:
            self._paper.batches.drop(self._batch_id, self._actor)
            return self.open()

    def file(self, way: ScanProfile, watch: FilingWatch) -> StackFiled:
        """File what is ready; a stack of which nothing waits is done with. Raises as :meth:`.FilingService.file`."""
        with self._paper.turn:
            filed = self._paper.filing.file(FileBatch(self._batch_id, way.file, way.clean_up), self._actor, watch)
            if filed.complete:
                self._paper.filing.confirm(self._batch_id, self._actor)
            self.forget()
            return StackFiled(filed, self.open(), filed.changes)

    # --- scanning -----------------------------------------------------------------------------------------------------

    def feed(self, wish: FeedWish, listener: FeedListener) -> Fed:
        """Scan until the paper ends, or read files; every page is kept before it is shown, and brought to its place at the end.

        Files that pages came from are put aside only when all of them are safe.

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
        keeper = Keeper(self, listener)
        keeper.keep_left()
        self._accept(keeper)
        if wish.paths:
            end = self._paper.stacks.bring(wish.paths, folder, keeper)
        else:
            scan = self._counter.scanning.scan
            end = scan(wish.device, wish.profile, folder, keeper, first=first, unpacked=True)
            self._unsafe.append((wish.device, end))
        self._accept(keeper)
        return self._fed(wish, end, keeper)

    def _accept(self, keeper: Keeper) -> None:
        """Have the files put aside whose pages are all kept: the next feed would bring them once more."""
        while self._unsafe and keeper.problem is None:
            self._counter.scanning.accept(*self._unsafe.pop(0))

    def _fed(self, wish: FeedWish, end: FeedEnd, keeper: Keeper) -> Fed:
        """Bring what came to its place, and divide what stands at the end."""
        new = [page.page_id for page in keeper.kept]
        with self._paper.turn:
            act = self._paper.batches.act
            lacking = self._lacking()
            fronts_first = keeper.kept[1:] if brings_back(wish.place, lacking) else keeper.kept
            alone = front_alone(fronts_first) if end.both_sides and not self._left else ""  # else its back is there, and kept later
            if alone:
                act(self._batch_id, LackBack((alone,), on=True))
            problem = keeper.problem
            try:
                act(self._batch_id, laid(wish.place, new, lacking))
            except RuleBrokenError as error:  # the place was filed meanwhile: the pages stay at the end
                problem = problem or error.problems[0]
            look = self._divide_new(new) if wish.place.is_end else self._now()
        return Fed(end, look, problem, going_on(wish.place, new), alone, next(iter(new), ""), bool(wish.paths))

    def _divide_new(self, new: Collection[str]) -> StackLook:
        """Divide after a feed: what somebody arranged stays, and what came behind it is divided by its codes all the same."""
        if not self._by_hand:
            return self.divide()
        return self.divide(only=new) if new else self._now()

    def _lacking(self) -> frozenset[str]:
        return fronts_alone(tuple(sheets_of(self._paper.batches.view(self._batch_id).batch.layout)))

    def small(self, page: ScannedPage) -> bytes:
        """Return the thumbnail of a page that just came, before it is kept. Raises as :meth:`.PaperRoom.thumbnail`."""
        return self._pictures.small(page)

    def keep(self, page: ScannedPage, thumb: bytes) -> BatchPage:
        """Keep a page that came; return what is known of it. Raises as :meth:`.BatchService.add_page`."""
        with self._paper.turn, self._pictures.alone():
            known = self._paper.batches.add_page(self._batch_id, page)
            self._pictures.keep(known.page_id, thumb)
        return known

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
        """Return a page and its thumbnail. Raises as :meth:`.PagePictures.thumbnail`."""
        return page_id, self._pictures.thumbnail(self._batch_id, page_id)

    def preview(self, sheet: Sheet, clean_up: CleanUp, longest: int) -> bytes:
        """Return a JPEG of a page as it will be filed. Raises as :meth:`.BatchService.preview`."""
        return self._pictures.preview(self._batch_id, sheet, clean_up, longest)

    # --- within -------------------------------------------------------------------------------------------------------

    def _now(self) -> StackLook:
        return self._look(self._paper.batches.view(self._batch_id))

    def _look(self, view: BatchView) -> StackLook:
        self._judged.update(view.judged)
        self._looks += 1
        return StackLook(view.batch_id, view.batch, tuple(map(self._set, view.batch.layout)), dict(self._judged), self._looks)

    def _set(self, group: PageGroup) -> SetLook:
        key = (group.code, group.target, group.part, group.doubt, group.replaces)
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
            return self._waits_for(group), error.problems[0]

    def _waits_for(self, group: PageGroup) -> str:
        """Return the paper that a set would be if nothing hindered it: its file is what a person may put it in place of."""
        dossier = self._dossier(group.code)
        try:
            return place_of(dossier, group).part if dossier else group.part or WHOLE
        except RuleBrokenError:
            return group.part or WHOLE

    def _dossier(self, code: str) -> Dossier | None:
        if code and code not in self._dossiers:
            try:
                self._dossiers[code] = self._counter.dossiers.of_code(code, self._actor)
            except RuleBrokenError:
                self._dossiers[code] = None  # the set waits, and foreseeing it says why
        return self._dossiers.get(code)
