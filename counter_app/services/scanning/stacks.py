"""Stacks that lie in files: cleaned, divided by their codes, made into PDF/A and filed, without a window. Files stay where they are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from counter_app.domain.errors import DeskError, Problem, broken
from counter_app.domain.people import Actor, Permission
from counter_app.domain.scan_batch import PageGroup, waiting
from counter_app.domain.scan_batch_acts import Assign
from counter_app.domain.scan_profile import ScanProfile
from counter_app.domain.scan_split import BY_CODES, SplitRule
from counter_app.services.dossiers.access import dossier_with_code, require
from counter_app.services.ports import Database
from counter_app.services.scanning.batches import BatchService, BatchView, WaitingBatch
from counter_app.services.scanning.devices import FeedEnd, FeedWatch, ScannedPage
from counter_app.services.scanning.filing import FileBatch, Filed, FilingService
from counter_app.services.scanning.paper import ForeignLimits, ForeignReader, ForeignRoom
from counter_app.services.surroundings import disk_fault


@dataclass(frozen=True, slots=True)
class StackFile:
    """A file of a dossier that a stack gave, or in a dry run would give; ``sha256`` is empty then."""

    name: str
    part: str
    pages: int
    sha256: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class StackDossier:
    """A dossier and its files out of a stack."""

    code: str
    files: tuple[StackFile, ...]

    @property
    def pages(self) -> int:
        """How many pages it got."""
        return sum(file.pages for file in self.files)


@dataclass(frozen=True, slots=True)
class Stack:
    """What became of a stack. Pages are named ``file.pdf:3``, a file that gave none by its name alone.

    ``batch_id`` is where the unfiled pages wait; empty where none do. ``warnings`` tell of older batches that wait too.
    """

    dossiers: tuple[StackDossier, ...]
    unfiled: tuple[tuple[str, Problem], ...]
    blank: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()
    batch_id: str = ""


@dataclass(frozen=True, slots=True)
class StackWish:
    """How a stack is divided and filed: ``code`` says that all of it belongs to one dossier, else ``rule`` divides it.

    ``way``: its clean-up and kind of file, as the way of scanning that its pages were made in.
    """

    code: str = ""
    rule: SplitRule = BY_CODES
    way: ScanProfile | None = None

    def filing(self, batch_id: str) -> FileBatch:
        """Return the command that files a batch so."""
        return FileBatch(batch_id, self.way.file, self.way.clean_up) if self.way else FileBatch(batch_id)


AS_USUAL = StackWish()


class StackService:
    """The verb *file scans*."""

    def __init__(self, database: Database, batches: BatchService, filing: FilingService, room: ForeignRoom) -> None:
        self._database = database
        self._batches = batches
        self._filing = filing
        self._room = room

    def run(self, paths: Sequence[Path], actor: Actor, wish: StackWish = AS_USUAL, *, dry_run: bool = False) -> Stack:
        """File what lies in files and folders.

        A dry run files nothing and keeps nothing. A file that can't be read is told of and hinders no other one.

        Raises:
            RuleBrokenError: NOT_ALLOWED; DOSSIER_UNKNOWN, CODE_SHARED at ``code``; SPLIT_PAGE_COUNT at ``page_count``; STACK_EMPTY at
                ``paths``, there is no file.
            SurroundingsError: DISK_FULL and the like: the pages so far wait in their batch, and none of them is filed.
        """
        require(actor, Permission.RECEIVE)
        files = list(_files(paths))
        if not files:
            raise broken("STACK_EMPTY", "paths")
        wish.rule.check()
        if wish.code:
            with self._database.read() as uow:
                wish = replace(wish, code=dossier_with_code(uow, wish.code).code)
        self._batches.tidy(LEFT_AFTER_S)
        left = _left(self._batches.open_ones())
        batch_id = self._batches.begin(actor).batch_id
        labels: dict[str, str] = {}
        try:
            with self._room.importing() as reader:
                refused = [(path.name, problem) for path in files for problem in self._take(batch_id, path, reader, labels)]
            view, command = self._divided(batch_id, wish), wish.filing(batch_id)
            if dry_run:
                return replace(self._foreseen(view, command, labels, refused), warnings=left)
        finally:
            if dry_run:
                self._batches.drop(batch_id, actor)
        return self._filed(command, actor, labels, refused, left)

    def waiting(self, actor: Actor) -> list[WaitingBatch]:
        """Return the batches of this counter that are not filed yet, the oldest first: pages in doubt, and what a killed program left.

        Raises:
            RuleBrokenError: NOT_ALLOWED, USER_DISABLED.
        """
        require(actor, Permission.RECEIVE)
        return self._batches.open_ones()

    def take_up(self, batch_id: str, actor: Actor, wish: StackWish = AS_USUAL) -> Stack:
        """File what waits in a batch, as it was arranged, else divided as wished; pages are named by their place in it.

        A damaged batch is opened with all that can be read of it.

        Raises:
            RuleBrokenError: NOT_ALLOWED, USER_DISABLED; BATCH_UNKNOWN at ``batch``.
            SurroundingsError: DISK_FULL and the like: what is not filed waits on.
        """
        waits = next((each for each in self.waiting(actor) if each.batch_id == batch_id), None)
        if waits is None:
            raise broken("BATCH_UNKNOWN", "batch")
        view = waits.view or self._batches.rescue(batch_id, actor)
        if any(group.code or group.doubt for group in view.batch.layout):
            self._filing.propose(batch_id)
        else:
            self._divided(batch_id, wish)
        return self._filed(wish.filing(batch_id), actor, {page.page_id: str(at) for at, page in enumerate(view.batch.pages, start=1)})

    def bring(self, paths: Sequence[Path], folder: Path, watch: FeedWatch) -> FeedEnd:
        """Read the pages of files and folders into a folder that is there, as a scanner's feed for somebody who looks on.

        A file gives all its pages, or none and a note why; files stay where they are.
        """
        count, notes = 0, list[Problem]()
        try:
            files = list(_files(paths))
        except DeskError as error:
            return FeedEnd(0, error.problems[0])
        with self._room.importing() as reader:
            for at, path in enumerate(files):
                if not watch.wanted():
                    return FeedEnd(count, Problem("SCAN_CANCELLED", None, {"pages": count}), tuple(notes))
                try:
                    pages = _read(path, reader, folder / f"file-{at:04d}", count + 1)
                except DeskError as error:
                    if not _is_of_a_file(error):
                        return FeedEnd(count, error.problems[0], tuple(notes))
                    notes += error.problems
                    continue
                count += len(pages)
                for page in pages:
                    watch.arrived(page)
        return FeedEnd(count, None if count or notes else Problem("STACK_EMPTY"), tuple(notes))

    def _take(self, batch_id: str, path: Path, reader: ForeignReader, labels: dict[str, str]) -> tuple[Problem, ...]:
        """Add the pages of a file: all of them, or none and the reasons. Where only its rest can't come, all ends: no half is filed."""
        place = self._batches.work_folder(batch_id) / "taken"
        before = len(labels)
        try:
            for page in _read(path, reader, place):
                labels[self._batches.add_page(batch_id, page).page_id] = f"{path.name}:{page.ordinal}"
        except DeskError as error:
            if len(labels) > before or not _is_of_a_file(error):
                raise
            return error.problems
        finally:
            shutil.rmtree(place, ignore_errors=True)
        return ()

    def _filed(
        self, command: FileBatch, actor: Actor, labels: Mapping[str, str], refused: Sequence[tuple[str, Problem]] = (),
        warnings: tuple[Problem, ...] = (),
    ) -> Stack:
        filed = self._filing.file(command, actor)
        if filed.complete:
            self._filing.confirm(command.batch_id, actor)
        told = _told(filed, labels, refused, "" if filed.complete else command.batch_id)
        return replace(told, warnings=(*told.warnings, *warnings))

    def _divided(self, batch_id: str, wish: StackWish) -> BatchView:
        view = self._batches.view(batch_id)
        if wish.code and view.batch.pages:
            self._batches.act(batch_id, Assign(view.batch.pages[0].page_id, wish.code))
        elif view.batch.pages:
            self._batches.divide(batch_id, wish.rule)
        return self._filing.propose(batch_id)

    def _foreseen(self, view: BatchView, command: FileBatch, labels: dict[str, str], refused: list[tuple[str, Problem]]) -> Stack:
        unfiled, by_code = list(refused), dict[str, list[StackFile]]()
        for group in waiting(view.batch, hide_blank=command.clean_up.hide_blank):
            sheets = view.batch.visible(group, hide_blank=command.clean_up.hide_blank)
            try:
                by_code.setdefault(group.code, []).append(self._foreseen_file(group, len(sheets)))
            except DeskError as error:
                unfiled += [(labels[sheet.page_id], error.problems[0]) for sheet in sheets]
        dossiers = tuple(StackDossier(code, tuple(files)) for code, files in by_code.items() if files)
        return Stack(dossiers, tuple(unfiled), tuple(labels[page] for page in self._filing.blank_pages(command)))

    def _foreseen_file(self, group: PageGroup, pages: int) -> StackFile:
        name, part = self._filing.foresee(group)
        return StackFile(name, part, pages)


LEFT_AFTER_S = 3600
"""Seconds after which pages in the clear, that nothing happens to, were left by a killed program."""


def _is_of_a_file(error: DeskError) -> bool:
    """Tell whether a fault lies in one file; any other the next file would meet too."""
    return error.code == "SCAN_PAGE_UNREADABLE" or (error.code.startswith("FOREIGN_") and error.code != "FOREIGN_NO_ROOM")


def _read(path: Path, reader: ForeignReader, place: Path, first: int = 1) -> list[ScannedPage]:
    """Return the pages of a file, all of them, in a new folder; where they can't all come, nothing stays in the clear.

    Raises:
        DeskError: as :meth:`.ForeignReader.pages_of`; of the disk.
    """
    try:
        place.mkdir()
    except OSError as error:
        raise disk_fault(error, place) from error
    try:
        return list(reader.pages_of(path, ForeignLimits(), place, first))
    except DeskError:
        shutil.rmtree(place, ignore_errors=True)
        raise


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield files in the order they were named, those of a folder by their names; what a system hides is passed over.

    Raises:
        SurroundingsError: FOLDER_NOT_ALLOWED and the like, a folder can't be looked into.
    """
    for path in paths:
        try:
            yield from sorted(filter(_is_seen, path.iterdir())) if path.is_dir() else (path,)
        except OSError as error:
            raise disk_fault(error, path) from error


def _is_seen(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def _left(waiting: Sequence[WaitingBatch]) -> tuple[Problem, ...]:
    """Return the note that batches wait, where some do: a program that was killed could say nothing."""
    pages = sum(len(each.view.batch.pages) for each in waiting if each.view)
    return (Problem("SCANS_WAITING", None, {"count": len(waiting), "pages": pages}),) if waiting else ()


def _told(filed: Filed, labels: Mapping[str, str], refused: Sequence[tuple[str, Problem]], batch_id: str) -> Stack:
    by_code: dict[str, list[StackFile]] = {}
    for each in filed.files:
        file = each.file
        by_code.setdefault(each.code, []).append(StackFile(file.filename, file.part, file.pages, file.sha256, each.known))
    unfiled = [(labels[page], each.problem) for each in filed.unfiled for page in each.page_ids]
    return Stack(
        tuple(StackDossier(code, tuple(files)) for code, files in by_code.items()), (*refused, *unfiled),
        tuple(labels[page] for page in filed.blank), filed.warnings, batch_id)
