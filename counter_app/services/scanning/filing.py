"""Filing: every set of pages becomes one PDF/A file of its dossier, encrypted, in the register and in the record; or says why it waits.

A file is made, sealed, and only then recorded in one transaction with its key. Killed anywhere before, the pages wait in their batch;
killed after, the next try finds the same pages filed and files nothing twice.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from counter_app.domain.archive import StoredFile
from counter_app.domain.digitised import WHOLE, FiledFile, FileTarget, standings
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import Problem, RuleBrokenError, broken
from counter_app.domain.ids import new_id
from counter_app.domain.lifecycle import Verb
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor, Permission
from counter_app.domain.scan_batch import Batch, PageGroup, Sheet, sheets_of, waiting
from counter_app.domain.scan_batch_acts import Assign, Split
from counter_app.domain.scan_profile import CleanUp
from counter_app.services.acting import Acting, Transaction
from counter_app.services.changes import Changes
from counter_app.services.dossier_access import dossier_with_code, require
from counter_app.services.ports import Database
from counter_app.services.scanning.batches import BatchService, BatchView
from counter_app.services.scanning.keeping import SealedFiles
from counter_app.services.scanning.linking import PaperDetails, file_name, is_sensitive, link, live_file, paper_of
from counter_app.services.scanning.paper import FileFacts, PaperRoom, PdfProfile, WrittenFile
from counter_app.services.scanning.paper import PageWork as Work
from counter_app.support.messages import text

DIVISION = "scans/papers/"
"""The setting that remembers of a procedure how many pages each of its papers had: ``[[part, pages], …]``."""
TOUCHED = Changes.of("dossiers", "outbox", "books")
_UNTOUCHED = CleanUp(deskew=False, whiten=False, crop=False, hide_blank=False)


@dataclass(frozen=True, slots=True)
class FileBatch:
    """File what is ready of a batch. ``details`` belong to parts, as ``(code, part)``; ``hide_blank`` leaves seeming blanks out."""

    batch_id: str
    profile: PdfProfile = PdfProfile.MIXED
    clean_up: CleanUp = field(default_factory=CleanUp)
    details: Mapping[tuple[str, str], PaperDetails] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True)
class _Job:
    """What is being filed by whom; ``warnings`` grow."""

    command: FileBatch
    view: BatchView
    actor: Actor
    warnings: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the file of a group goes, and what is known of the paper."""

    code: str
    target: FileTarget
    part: str
    details: PaperDetails


class FilingService:
    """The verb *file the stack*."""

    def __init__(self, acting: Acting, database: Database, batches: BatchService, room: PaperRoom, store: SealedFiles) -> None:
        self._acting = acting
        self._database = database
        self._batches = batches
        self._room = room
        self._store = store

    def propose(self, batch_id: str) -> BatchView:
        """Divide the sets of dossiers whose procedure is remembered into papers, where the number of pages is the same as last time.

        Each step is an act of the batch and can be undone.

        Raises:
            RuleBrokenError: BATCH_UNKNOWN.
        """
        view = self._batches.view(batch_id)
        for group in waiting(view.batch):
            if group.code and group.part is None and group.target is FileTarget.COMPONENT:
                self._divide_by_habit(batch_id, view.batch, group)
        return self._batches.view(batch_id)

    def file(self, command: FileBatch, actor: Actor) -> Filed:
        """File every set that knows where it goes; what is in doubt waits with its reason.

        Raises:
            RuleBrokenError: NOT_ALLOWED, USER_DISABLED, BATCH_UNKNOWN.
            SurroundingsError: DISK_FULL and the like, a DATABASE_ code: what was filed is filed, the rest waits.
        """
        require(actor, Permission.RECEIVE)
        job = _Job(command, self._batches.view(command.batch_id), actor)
        done: list[FiledGroup] = []
        unfiled: list[Unfiled] = []
        for group in waiting(job.view.batch):
            try:
                done.append(self._file_group(job, group))
            except RuleBrokenError as error:
                unfiled.append(Unfiled(tuple(sheet.page_id for sheet in _sheets(job, group)), error.problems[0]))
        self._remember(done)
        return Filed(tuple(done), tuple(unfiled), _blanks(job.view.batch, command), tuple(job.warnings))

    def foresee(self, group: PageGroup) -> tuple[str, str]:
        """Return the name and the part of the file that a group would become.

        Raises:
            RuleBrokenError: why it would wait for a person.
        """
        dossier, part = self._placed(group)
        if live_file(dossier, group.target, part):
            raise broken("FILE_PAPER_TAKEN", "part", code=group.code)
        return file_name(dossier, group.target, part, ""), part

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

    def _file_group(self, job: _Job, group: PageGroup) -> FiledGroup:
        dossier, part = self._placed(group)
        place = _Place(group.code, group.target, part, job.command.details.get((group.code, part), PaperDetails()))
        page_ids = tuple(sheet.page_id for sheet in _sheets(job, group))
        out = self._batches.work_folder(job.view.batch_id) / f"{page_ids[0]}.pdf"
        try:
            written = self._write(job, group, _facts(job, dossier, place), out)
            file, known = self._record(place, written, job)
        finally:
            out.unlink(missing_ok=True)
        self._batches.mark_filed(job.view.batch_id, page_ids[0], file.file_id)
        return FiledGroup(group.code, file, page_ids, known)

    def _placed(self, group: PageGroup) -> tuple[Dossier, str]:
        """Return the dossier and the paper that a group is for."""
        if group.doubt:
            raise broken(f"FILE_{group.doubt.upper()}")
        if not group.code:
            raise broken("FILE_NO_DOSSIER")
        with self._database.read() as uow:
            dossier = dossier_with_code(uow, group.code)
        part = _part_of(dossier, group)
        paper_of(dossier, group.target, part)
        return dossier, part

    def _write(self, job: _Job, group: PageGroup, facts: FileFacts, out: Path) -> WrittenFile:
        sheets, clean_up = _sheets(job, group), job.command.clean_up
        pages = [self._batches.original(job.view.batch_id, sheet.page_id, at) for at, sheet in enumerate(sheets, start=1)]
        works = [Work(page, clean_up if sheet.clean else _UNTOUCHED, sheet.turns) for page, sheet in zip(pages, sheets, strict=True)]
        try:
            return self._room.write_pdf(works, facts, job.command.profile, out)
        finally:
            self._batches.put_away(pages)

    def _record(self, place: _Place, written: WrittenFile, job: _Job) -> tuple[FiledFile, bool]:
        """Seal the file and record it; return the file, and whether the same pages were filed before.

        What was sealed and is not on record after all stays behind unreadable, for its key is nowhere.
        """
        with self._acting.transaction(job.actor) as tx:
            act = tx.take(place.code, Verb.NOTE)  # legal whenever a remark is: the contract takes files in every status
            if known := _known(act.dossier, place, written):
                return known, True
            _require_no_file(act.dossier, place)
            stored = kept_file(tx, written, self._store)
            file = _filed_file(act.dossier, place, written, tx)
            link(act, file, stored.stored_id, place.details)
        job.warnings.extend(tx.warnings)
        return file, False

    def _divide_by_habit(self, batch_id: str, batch: Batch, group: PageGroup) -> None:
        with self._database.read() as uow:
            found = uow.dossiers.by_code(group.code)
            habit = uow.settings.get(f"{DIVISION}{found[0].procedure_code}") if len(found) == 1 else None
        sheets = batch.visible(group)
        parts = {each.part for each in standings(found[0]) if each.wanted and not each.file} if habit else set()
        if not habit or sum(pages for _, pages in habit) != len(sheets) or not {part for part, _ in habit} <= parts:
            return
        start = 0
        for part, pages in habit:
            first = sheets[start].page_id
            if start:
                self._batches.act(batch_id, Split(first))
            self._batches.act(batch_id, Assign(first, group.code, FileTarget.COMPONENT, part))
            start += pages

    def _remember(self, done: list[FiledGroup]) -> None:
        """Remember how the papers of each dossier were divided, for the next one of its procedure."""
        by_code: dict[str, list[list[Any]]] = {}
        for each in done:
            if each.file.target is FileTarget.COMPONENT and each.file.part != WHOLE and not each.known:
                by_code.setdefault(each.code, []).append([each.file.part, each.file.pages])
        divided = {code: parts for code, parts in by_code.items() if len(parts) > 1}
        if not divided:
            return
        with self._database.write() as uow:
            for code, parts in divided.items():
                uow.settings.put(f"{DIVISION}{dossier_with_code(uow, code).procedure_code}", parts)
            uow.commit()


def kept_file(tx: Transaction, written: WrittenFile, store: SealedFiles) -> StoredFile:
    """Return the stored file with the content of a written one: what lies there already serves, what is missing is sealed anew.

    Raises:
        SurroundingsError: DISK_FULL and the like.
    """
    stored = tx.uow.files.with_content(written.sha256)
    if stored is None:
        stored = StoredFile(secrets.token_hex(16), written.sha256, written.size, secrets.token_hex(32), tx.now)
        tx.uow.files.add(stored)
    if not store.has(stored.stored_id):
        store.seal(stored.stored_id, bytes.fromhex(stored.key), written.path)
    return stored


def _sheets(job: _Job, group: PageGroup) -> tuple[Sheet, ...]:
    return job.view.batch.visible(group, hide_blank=job.command.clean_up.hide_blank)


def _part_of(dossier: Dossier, group: PageGroup) -> str:
    """Return the paper that a group is: what was said, else the only one without a file, else the whole stack."""
    if group.part is not None:
        return group.part
    missing = [each.part for each in standings(dossier) if each.target is group.target and each.wanted and not each.file]
    if group.target is FileTarget.RESULT:
        if not missing:
            raise broken("RESULT_NOT_IN_DOSSIER", "part", code=dossier.code)
        return missing[0]
    wanted = [each for each in standings(dossier) if each.target is FileTarget.COMPONENT and each.wanted]
    return missing[0] if len(wanted) == len(missing) == 1 else WHOLE


def _known(dossier: Dossier, place: _Place, written: WrittenFile) -> FiledFile | None:
    same = (each for each in dossier.files if not each.unlinked and each.content_sha256 == written.content_sha256)
    return next((each for each in same if each.target is place.target), None)


def _require_no_file(dossier: Dossier, place: _Place) -> None:
    if live_file(dossier, place.target, place.part):
        raise broken("FILE_PAPER_TAKEN", "part", code=place.code)


def _name(dossier: Dossier, place: _Place) -> str:
    standing = paper_of(dossier, place.target, place.part)
    return standing.name if standing else text("WHOLE_STACK", "vi")


def _facts(job: _Job, dossier: Dossier, place: _Place) -> FileFacts:
    """Return what the file tells about itself: always the same for the same pages, so that a second try makes the same bytes."""
    details, name = place.details, file_name(dossier, place.target, place.part, place.details.number)
    return FileFacts(
        name, job.view.opened_at, dossier.dossier_id, _name(dossier, place), details.result_code, details.number, details.issued_on)


def _filed_file(dossier: Dossier, place: _Place, written: WrittenFile, tx: Transaction) -> FiledFile:
    details, name = place.details, _name(dossier, place)
    file = FiledFile(
        new_id(tx.now), place.target, place.part, name, written.sha256, written.size, written.pages,
        file_name(dossier, place.target, place.part, details.number), tx.now, tx.actor.user_id, written.content_sha256,
        result_code=details.result_code, number=details.number, issued_on=details.issued_on, issuer=details.issuer, signer=details.signer,
        sensitive=is_sensitive(name) or place.part == WHOLE)
    result = next((each for each in dossier.results if each.result_id == place.part), None)
    if place.target is FileTarget.COMPONENT or result is None:
        return file
    issued = day_of(result.issued_at) if result.issued_at else None
    return replace(
        file, file_id=result.result_id, part="", result_code=result.code or file.result_code, number=result.number or file.number,
        issued_on=file.issued_on or issued, issuer=result.issuer or file.issuer, signer=result.signer or file.signer)


def _blanks(batch: Batch, command: FileBatch) -> tuple[str, ...]:
    if not command.clean_up.hide_blank:
        return ()
    seeming = {page.page_id for page in batch.pages if page.blank}
    hidden = (sheet for sheet in sheets_of(batch.layout) if not (sheet.shown or sheet.deleted))
    return tuple(sheet.page_id for sheet in hidden if sheet.page_id in seeming)
