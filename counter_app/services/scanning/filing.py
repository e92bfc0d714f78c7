"""Filing: every set of pages becomes one PDF/A file of its dossier, encrypted, in the register and in the record; or says why it waits.

A file is made, sealed, and only then recorded in one transaction with its key. Killed anywhere before, the pages wait in their batch;
killed after, the next try finds the same pages filed and files nothing twice.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from counter_app.domain.archive import StoredFile
from counter_app.domain.digitised import FiledFile, FileTarget
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import Problem, RuleBrokenError, SurroundingsError, broken
from counter_app.domain.lifecycle import Verb, why_not
from counter_app.domain.people import Actor, Permission
from counter_app.domain.scan_batch import Batch, PageGroup, Sheet, sheets_of, waiting
from counter_app.domain.scan_batch_acts import Assign, Several, SingleAct, Split
from counter_app.domain.scan_profile import CleanUp, PdfProfile
from counter_app.services.acts.acting import Act, Acting, Transaction
from counter_app.services.changes import Changes
from counter_app.services.dossiers.access import dossier_with_code, require
from counter_app.services.ports import Database
from counter_app.services.scanning.batches import BatchService, BatchView
from counter_app.services.scanning.habits import Habits, PartPages
from counter_app.services.scanning.linking import link, put_in_place
from counter_app.services.scanning.originals import Originals
from counter_app.services.scanning.paper import PaperRoom, WrittenFile
from counter_app.services.scanning.placing import Place, content_of, place_for, place_of
from counter_app.services.scanning.ports import SealedFiles
from counter_app.support.messages import text

TOUCHED = Changes.of("dossiers", "outbox", "books")
_OF_ONE_SET = frozenset({"SCAN_PAGE_UNREADABLE", "SEALED_FILE_MISSING", "SEALED_FILE_DAMAGED", "PDF_NOT_VALID"})
"""Faults that lie in the pages of a set: the next set has pages of its own."""


class FilingWatch(Protocol):
    """Who looks on while a batch is filed; called on the thread that files."""

    def filing(self, number: int, sets: int) -> None:
        """Set so-and-so of so many is being filed."""

    def wanted(self) -> bool:
        """Tell whether to go on; asked before each set."""


class Unwatched:
    """Nobody looks on: everything is filed."""

    def filing(self, number: int, sets: int) -> None:
        """Pass over it."""

    def wanted(self) -> bool:
        """Go on."""
        return True


@dataclass(frozen=True, slots=True)
class FileBatch:
    """File what is ready of a batch; ``clean_up`` with ``hide_blank`` leaves seeming blanks out."""

    batch_id: str
    profile: PdfProfile = PdfProfile.MIXED
    clean_up: CleanUp = field(default_factory=CleanUp)


@dataclass(frozen=True, slots=True)
class FiledGroup:
    """One set of pages that is in its dossier. ``known``: the same pages were there before, and nothing was filed again."""

    code: str
    file: FiledFile
    page_ids: tuple[str, ...]
    known: bool = False


@dataclass(frozen=True, slots=True)
class Unfiled:
    """Pages that wait for a person, and why."""

    page_ids: tuple[str, ...]
    problem: Problem


@dataclass(frozen=True, slots=True)
class Filed:
    """What came of filing a batch; ``complete``: nothing of it waits, the originals may go."""

    files: tuple[FiledGroup, ...]
    unfiled: tuple[Unfiled, ...]
    blank: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()
    changes: Changes = TOUCHED

    @property
    def complete(self) -> bool:
        """Everything is filed."""
        return not self.unfiled


@dataclass(slots=True)
class _Job:
    """What is being filed by whom; ``warnings`` grow, ``stopped`` is why nothing more is filed."""

    command: FileBatch
    view: BatchView
    actor: Actor
    warnings: list[Problem] = field(default_factory=list)
    stopped: Problem | None = None


class FilingService:
    """The verb *file the stack*."""

    def __init__(self, acting: Acting, database: Database, batches: BatchService, room: PaperRoom, store: SealedFiles) -> None:
        self._acting = acting
        self._database = database
        self._batches = batches
        self._room = room
        self._store = store
        self._habits = Habits(database)

    def propose(self, batch_id: str, only: Collection[str] = ()) -> BatchView:
        """Divide the sets of dossiers whose procedure is remembered into papers, where the number of pages is the same as last time.

        Each set is divided by one act of the batch, which can be undone. With ``only``, sets that begin with one of these pages.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN.
        """
        view = self._batches.view(batch_id)
        for group in waiting(view.batch):
            wanted = not only or group.sheets[0].page_id in only
            if wanted and group.code and group.part is None and group.target is FileTarget.COMPONENT:
                acts = _divided(view.batch.visible(group), group.code, self._habit(group.code))
                if acts:
                    self._batches.act(batch_id, Several(acts))
        return self._batches.view(batch_id)

    def habit(self, dossier: Dossier) -> tuple[PartPages, ...]:
        """Return how the papers of the last dossier of the same procedure were divided; nothing where that does not fit this one."""
        return self._habits.of(dossier)

    def file(self, command: FileBatch, actor: Actor, watch: FilingWatch | None = None) -> Filed:
        """File every set that knows where it goes; what is in doubt waits with its reason.

        What is filed stays filed: a fault of the surroundings that the next set would meet too (DISK_FULL, a DATABASE_ code), or somebody
        who wants no more (FILING_STOPPED), lets the rest wait with that reason.

        Raises:
            RuleBrokenError: NOT_ALLOWED, USER_DISABLED, BATCH_UNKNOWN.
        """
        require(actor, Permission.RECEIVE)
        job = _Job(command, self._batches.view(command.batch_id), actor)
        watch, groups = watch or Unwatched(), waiting(job.view.batch, hide_blank=command.clean_up.hide_blank)
        tried: list[FiledGroup | Unfiled] = []
        for number, group in enumerate(groups, start=1):
            if job.stopped is None and not watch.wanted():
                job.stopped = Problem("FILING_STOPPED")
            watch.filing(number, len(groups))
            tried.append(self._try(job, group))
        done = tuple(each for each in tried if isinstance(each, FiledGroup))
        self._remember(done, job)
        unfiled = tuple(each for each in tried if isinstance(each, Unfiled))
        return Filed(done, unfiled, _blanks(job.view.batch, command), tuple(job.warnings))

    def foresee(self, group: PageGroup) -> tuple[str, str]:
        """Return the name and the part of the file that a group would become.

        Raises:
            RuleBrokenError: why it would wait for a person.
        """
        place = self._placed(group)
        if place.file and not group.replaces:
            raise broken("FILE_PAPER_TAKEN", "part", code=group.code)
        return place.filename, place.part

    def blank_pages(self, command: FileBatch) -> tuple[str, ...]:
        """Return the pages that seem blank and would be left out.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN.
        """
        return _blanks(self._batches.view(command.batch_id).batch, command)

    def confirm(self, batch_id: str, actor: Actor) -> None:
        """Let the originals go: everything is in its dossier.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN; BATCH_WAITS, something is not filed; NOT_ALLOWED.
        """
        require(actor, Permission.RECEIVE)
        left = sum(len(group.sheets) for group in waiting(self._batches.view(batch_id).batch))
        if left:
            raise broken("BATCH_WAITS", None, pages=left)
        self._batches.drop(batch_id, actor)

    def _habit(self, code: str) -> tuple[PartPages, ...]:
        with self._database.read() as uow:
            found = uow.dossiers.by_code(code)
        return self._habits.of(found[0]) if len(found) == 1 else ()

    def _remember(self, done: Sequence[FiledGroup], job: _Job) -> None:
        try:
            self._habits.remember((each.code, each.file) for each in done if not each.known)
        except SurroundingsError as error:  # what is filed is filed, remembered or not
            job.warnings.extend(error.problems)

    def _try(self, job: _Job, group: PageGroup) -> FiledGroup | Unfiled:
        """File a set, or tell why it waits: its own reason goes before that of all sets."""
        try:
            place = self._placed(group)
            return _unfiled(job, group, job.stopped) if job.stopped else self._file_set(job, group, place)
        except RuleBrokenError as error:
            return _unfiled(job, group, error.problems[0])
        except SurroundingsError as error:
            if error.code not in _OF_ONE_SET:
                job.stopped = error.problems[0]
            return _unfiled(job, group, error.problems[0])

    def _file_set(self, job: _Job, group: PageGroup, place: Place) -> FiledGroup:
        page_ids = tuple(sheet.page_id for sheet in _sheets(job, group))
        out = self._batches.work_folder(job.view.batch_id) / f"{page_ids[0]}.pdf"
        try:
            written = self._write(job, group, place, out)
            file, known = self._record(group, written, job)
        finally:
            out.unlink(missing_ok=True)
        self._batches.mark_filed(job.view.batch_id, page_ids[0], file.file_id)
        return FiledGroup(group.code, file, page_ids, known)

    def _placed(self, group: PageGroup) -> Place:
        """Return the dossier and the paper that a group is for."""
        if group.doubt:
            raise broken(f"FILE_{group.doubt.upper()}")
        if not group.code:
            raise broken("FILE_NO_DOSSIER")
        with self._database.read() as uow:
            dossier = dossier_with_code(uow, group.code)
        if problem := why_not(dossier, Verb.NOTE):
            raise RuleBrokenError(problem)
        return place_of(dossier, group)

    def _write(self, job: _Job, group: PageGroup, place: Place, out: Path) -> WrittenFile:
        works = Originals(self._batches, job.view.batch_id, _sheets(job, group), job.command.clean_up)
        try:
            return self._room.write_pdf(works, place.facts(job.view.opened_at), job.command.profile, out, done=works.put_away)
        finally:
            works.close()

    def _record(self, group: PageGroup, written: WrittenFile, job: _Job) -> tuple[FiledFile, bool]:
        """Seal the file and record it; return the file, and whether the same pages were filed before and still can be read.

        What was sealed and is not on record after all stays behind unreadable, for its key is nowhere.
        """
        with self._acting.transaction(job.actor) as tx:
            act = tx.take(group.code, Verb.NOTE)  # legal whenever a remark is: the contract takes files in every status
            place = place_of(act.dossier, group)
            known = _known(act.dossier, place, written)
            if known and self._can_be_read(tx, known):
                return known, True
            if not known and place.file and not group.replaces:
                raise broken("FILE_PAPER_TAKEN", "part", code=group.code)
            stored = kept_file(tx, written, self._store)
            if known is None:
                file = place.filed(content_of(written), tx.now, job.actor)
                file = _linked(act, place.file, file, stored.stored_id, group.replaces)
            elif known.sha256 == written.sha256:
                file = known
            else:  # the same pages, and nobody can read the file that was made of them
                there = place_for(act.dossier, known.target, known.standing, group.details)
                fresh = there.filed(content_of(written), tx.now, job.actor)
                file = put_in_place(act, known, fresh, stored.stored_id, text("FILE_WAS_DAMAGED", "vi"))
        job.warnings.extend(tx.warnings)
        return file, False

    def _can_be_read(self, tx: Transaction, file: FiledFile) -> bool:
        papers = tx.uow.papers.of_dossier(tx.acts[-1].dossier.dossier_id)
        paper = next((each for each in papers if each.sha256 == file.sha256 and each.unlinked_at is None), None)
        stored = tx.uow.files.get(paper.stored_id) if paper else None
        return stored is not None and _is_whole(self._store, stored)


def _divided(sheets: Sequence[Sheet], code: str, habit: Sequence[PartPages]) -> tuple[SingleAct, ...]:
    """Return the acts that divide a set as the last one was; none where it has another number of pages."""
    if sum(each.pages for each in habit) != len(sheets):
        return ()
    acts: list[SingleAct] = []
    start = 0
    for each in habit:
        first = sheets[start].page_id
        acts += [Split(first), Assign(first, code, FileTarget.COMPONENT, each.part)]
        start += each.pages
    return tuple(acts)


def _linked(act: Act, old: FiledFile | None, file: FiledFile, stored_id: str, reason: str) -> FiledFile:
    """Record a file, in the place of another where there is one; return it as it is on record."""
    if old is not None:
        return put_in_place(act, old, file, stored_id, reason)
    link(act, file, stored_id)
    return file


def _unfiled(job: _Job, group: PageGroup, problem: Problem) -> Unfiled:
    return Unfiled(tuple(sheet.page_id for sheet in _sheets(job, group)), problem)


def kept_file(tx: Transaction, written: WrittenFile, store: SealedFiles) -> StoredFile:
    """Return the stored file with the content of a written one: what lies there whole already serves, else it is sealed anew.

    Raises:
        SurroundingsError: DISK_FULL and the like.
    """
    stored = tx.uow.files.with_content(written.sha256)
    if stored is None:
        stored = StoredFile(secrets.token_hex(16), written.sha256, written.size, secrets.token_hex(32), tx.now)
        tx.uow.files.add(stored)
    if not _is_whole(store, stored):
        store.seal(stored.stored_id, bytes.fromhex(stored.key), written.path)
    return stored


def _is_whole(store: SealedFiles, stored: StoredFile) -> bool:
    """Tell whether a file is there and is what was filed; a destroyed one is not."""
    try:
        return bool(stored.key) and store.digest(stored.stored_id, bytes.fromhex(stored.key)) == stored.sha256
    except SurroundingsError:
        return False


def _sheets(job: _Job, group: PageGroup) -> tuple[Sheet, ...]:
    return job.view.batch.visible(group, hide_blank=job.command.clean_up.hide_blank)


def _known(dossier: Dossier, place: Place, written: WrittenFile) -> FiledFile | None:
    same = (each for each in dossier.files if not each.unlinked and each.content_sha256 == written.content_sha256)
    return next((each for each in same if each.target is place.target), None)


def _blanks(batch: Batch, command: FileBatch) -> tuple[str, ...]:
    if not command.clean_up.hide_blank:
        return ()
    seeming = {page.page_id for page in batch.pages if page.blank}
    hidden = (sheet for sheet in sheets_of(batch.layout) if not (sheet.shown or sheet.deleted))
    return tuple(sheet.page_id for sheet in hidden if sheet.page_id in seeming)
