"""The digitised papers of the desk: looked at, used again, taken out; shelved, kept as long as the law says, archived or destroyed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from counter_app.domain.archive import DigitalPaper, StoredFile
from counter_app.domain.digitised import FileTarget, PaperDetails, PaperState, details_of
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import broken
from counter_app.domain.lifecycle import Verb
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor, Permission
from counter_app.services.acts.acting import Acting, Done
from counter_app.services.acts.texts import NAME, REASON, Texts
from counter_app.services.changes import Changes
from counter_app.services.dossiers.access import dossier_with_code, require
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.scanning.describing import checked_details
from counter_app.services.scanning.linking import file_in, link, paper_of_file, put_in_place, unlink
from counter_app.services.scanning.placing import Content, place_for
from counter_app.services.scanning.ports import SealedFiles

MOST_REUSABLE, MOST_DOSSIERS = 100, 200
MOST_DUE = 1000
TOUCHED = Changes.of("books")
DESTROYED = "file.destroyed"
"""The act on the trail by which a file loses its key."""


@dataclass(frozen=True, slots=True)
class ReusePaper:
    """Use the file of an earlier paper of the same person for a paper of a dossier; ``op_id`` names the earlier one."""

    code: str
    part: str
    op_id: str


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Take a file out of a dossier; it stays on record that it was there."""

    code: str
    file_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectPaper:
    """Say what really stands on a digitised paper; ``details`` are all of it, the right members too."""

    code: str
    file_id: str
    details: PaperDetails
    reason: str


class PaperLibrary:
    """Everything about papers that are digitised already."""

    def __init__(self, acting: Acting, database: Database, clock: Clock, store: SealedFiles) -> None:
        self._acting = acting
        self._database = database
        self._clock = clock
        self._store = store

    def of_dossier(self, code: str, actor: Actor) -> tuple[DigitalPaper, ...]:
        """Return the papers of a dossier that were not taken out, the oldest first (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED; DOSSIER_UNKNOWN, CODE_SHARED at ``code``.
        """
        require(actor, Permission.READ)
        with self._database.write() as uow:
            dossier_id = dossier_with_code(uow, code).dossier_id
            papers = tuple(paper for paper in uow.papers.of_dossier(dossier_id) if paper.unlinked_at is None)
            self._note_list(uow, dossier_id, papers, actor)
            uow.commit()
        return papers

    def look(self, op_id: str, out: Path, actor: Actor) -> DigitalPaper:
        """Write the PDF of a paper to ``out``, to be shown outside the program (audited before anything is shown).

        Raises:
            RuleBrokenError: NOT_ALLOWED; FILE_UNKNOWN; FILE_DESTROYED.
            SurroundingsError: SEALED_FILE_MISSING, SEALED_FILE_DAMAGED; DISK_FULL and the like.
        """
        require(actor, Permission.EXPORT)
        with self._database.write() as uow:
            paper = _paper(uow, op_id)
            stored = uow.files.get(paper.stored_id)
            if stored is None or not stored.key:
                raise broken("FILE_DESTROYED")
            write_audit(uow, self._clock.now(), actor.user_id, "file.opened", paper.dossier_id, {"file": paper.file_id})
            uow.commit()
        self._store.unseal(stored.stored_id, bytes.fromhex(stored.key), out)
        return paper

    def reusable(self, code: str, actor: Actor) -> tuple[DigitalPaper, ...]:
        """Return papers of the applicant of a dossier that lie here from other dossiers and still hold, the newest first (audited).

        Whose a paper is, its dossier says as it stands now: an identity number that was mistyped and corrected is somebody else's.

        Raises:
            RuleBrokenError: NOT_ALLOWED; DOSSIER_UNKNOWN, CODE_SHARED at ``code``.
        """
        require(actor, Permission.READ)
        now = self._clock.now()
        with self._database.write() as uow:
            dossier = dossier_with_code(uow, code)
            found = sorted(_of_person(uow, dossier), key=lambda each: (each.filed_at, each.op_id), reverse=True)
            usable = (each for each in found if each.part + each.number and each.is_valid(day_of(now)) and _opens(uow, each))
            others = tuple(islice(usable, MOST_REUSABLE))
            write_audit(uow, now, actor.user_id, "files.offered", dossier.dossier_id, {"found": len(others)})
            uow.commit()
        return others

    def reuse(self, command: ReusePaper, actor: Actor) -> Done:
        """Use an earlier file for a paper instead of scanning it again; that it is the same person is checked, not believed.

        Raises:
            RuleBrokenError: NOT_ALLOWED; PAPER_NOT_IN_DOSSIER, FILE_PAPER_TAKEN at ``part``; FILE_UNKNOWN, FILE_OTHER_PERSON, FILE_EXPIRED,
                FILE_DESTROYED at ``op_id``; as :meth:`.Transaction.take`.
        """
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.NOTE)
            earlier = _paper(tx.uow, command.op_id)
            place = place_for(act.dossier, FileTarget.COMPONENT, command.part, replace(_details(earlier), checked_by=""))
            if place.file:
                raise broken("FILE_PAPER_TAKEN", "part", code=act.dossier.code)
            stored = _require_reusable(tx.uow, earlier, act.dossier.applicant.id_number, day_of(tx.now))
            file = place.filed(Content(earlier.sha256, stored.size, earlier.pages, earlier.content_sha256), tx.now, actor)
            of_result = earlier.target is FileTarget.RESULT
            state = PaperState.REUSED_RESULT if of_result else PaperState.REUSED_COMPONENT
            link(act, replace(file, state=state, signed_by=earlier.signed_by, certificate=earlier.certificate), earlier.stored_id)
        return tx.done()

    def take_out(self, command: TakeOut, actor: Actor) -> Done:
        """Take the file of a paper out of its dossier, with a reason; the paper can be scanned again then.

        Raises:
            RuleBrokenError: what is wrong with ``reason``; FILE_NOT_IN_DOSSIER; as :meth:`.Transaction.take`.
        """
        texts = Texts()
        reason = texts.need(command.reason, "reason", REASON)
        texts.close()
        with self._acting.transaction(actor) as tx:
            unlink(tx.take(command.code, Verb.NOTE), command.file_id, reason)
        return tx.done()

    def correct(self, command: CorrectPaper, actor: Actor) -> Done:
        """Correct what is on record of a digitised paper: an event with the reason, and a new line in the register; nothing is overwritten.

        Raises:
            RuleBrokenError: what is wrong with the texts; RESULT_CODE_UNKNOWN at ``result_code``; VALIDITY_ENDS_FIRST at ``valid_to``;
                NOTHING_TO_CORRECT; FILE_NOT_IN_DOSSIER; as :meth:`.Transaction.take`.
        """
        texts = Texts()
        reason = texts.need(command.reason, "reason", REASON)
        details = checked_details(command.details, texts)
        texts.close()
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.NOTE)
            old = file_in(act.dossier, command.file_id)
            paper = paper_of_file(act, old.file_id)
            if paper is None:
                raise broken("FILE_NOT_IN_DOSSIER", "file_id")
            if details == _details(old):
                raise broken("NOTHING_TO_CORRECT")
            place = replace(place_for(act.dossier, old.target, old.standing, details), details=details)
            put_in_place(act, old, replace(old, filename=place.filename, **details_of(details)), paper.stored_id, reason)
        return tx.done()

    def shelve(self, op_ids: Sequence[str], box: str, folder: str, actor: Actor) -> Changes:
        """Note where the originals of papers lie (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED; what is wrong with ``box`` or ``folder``; FILE_UNKNOWN.
        """
        texts = Texts()
        in_box, in_folder = texts.may(box, "box", NAME), texts.may(folder, "folder", NAME)
        texts.close()
        require(actor, Permission.RECEIVE)
        return self._change(op_ids, actor, "paper.shelved", lambda paper: replace(paper, box=in_box, folder=in_folder))

    def keep(self, op_ids: Sequence[str], until: date | None, actor: Actor) -> Changes:
        """Set until when papers are kept, None for ever (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED, FILE_UNKNOWN.
        """
        require(actor, Permission.CLOSE_BOOK)
        return self._change(op_ids, actor, "paper.kept", lambda paper: replace(paper, kept_until=until))

    def hand_over(self, op_ids: Sequence[str], on: date, actor: Actor) -> Changes:
        """Note that papers went to the archive on a day (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED; HAND_OVER_IN_FUTURE at ``on``; FILE_UNKNOWN.
        """
        require(actor, Permission.CLOSE_BOOK)
        if on > day_of(self._clock.now()):
            raise broken("HAND_OVER_IN_FUTURE", "on")
        return self._change(op_ids, actor, "paper.handed_over", lambda paper: replace(paper, archived_on=on))

    def due(self, actor: Actor) -> tuple[DigitalPaper, ...]:
        """Return what is kept no longer: to be handed to the archive, or destroyed by a person (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        day = day_of(self._clock.now())
        return self._listed(lambda uow: uow.papers.due(day, limit=MOST_DUE), actor)

    def handed_over(self, start: date, end: date, actor: Actor) -> tuple[DigitalPaper, ...]:
        """Return the list of what went to the archive in some days, both included (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        return self._listed(lambda uow: uow.papers.archived(start, end), actor)

    def filed(self, start: date, end: date, actor: Actor) -> tuple[DigitalPaper, ...]:
        """Return what was filed in some days, both included, and not taken out again (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        return self._listed(lambda uow: uow.papers.filed(start, end), actor)

    def destroy(self, stored_id: str, reason: str, actor: Actor) -> Changes:
        """Destroy a file with its key and its words; nothing can read it any more, and the events that named it stay (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED; what is wrong with ``reason``; FILE_UNKNOWN, FILE_DESTROYED; FILE_STILL_KEPT, a paper that uses it
                is in its dossier, not yet due and not in the archive.
            SurroundingsError: FOLDER_NOT_ALLOWED and the like: without its key the file is unreadable all the same.
        """
        require(actor, Permission.CLOSE_BOOK)
        texts = Texts()
        why = texts.need(reason, "reason", REASON)
        texts.close()
        now = self._clock.now()
        with self._database.write() as uow:
            stored = uow.files.get(stored_id)
            if stored is None:
                raise broken("FILE_UNKNOWN", "stored_id")
            if not stored.key:
                raise broken("FILE_DESTROYED", "stored_id")
            if any(_still_kept(paper, day_of(now)) for paper in uow.papers.of_file(stored_id)):
                raise broken("FILE_STILL_KEPT", "stored_id")
            uow.files.update(replace(stored, key="", destroyed_at=now, destroyed_by=actor.user_id, destroyed_reason=why))
            uow.page_words.forget(stored_id)
            write_audit(uow, now, actor.user_id, DESTROYED, stored_id, {"sha256": stored.sha256})
            uow.commit()
        self._store.destroy(stored_id)
        return TOUCHED

    def _listed(self, find: Callable[[UnitOfWork], Sequence[DigitalPaper]], actor: Actor) -> tuple[DigitalPaper, ...]:
        """Return a list of papers of many dossiers, and note who saw how many."""
        require(actor, Permission.READ)
        with self._database.write() as uow:
            papers = tuple(find(uow))
            self._note_list(uow, "", papers, actor)
            uow.commit()
        return papers

    def _note_list(self, uow: UnitOfWork, subject: str, papers: Sequence[DigitalPaper], actor: Actor) -> None:
        write_audit(uow, self._clock.now(), actor.user_id, "files.listed", subject, {"files": len(papers)})

    def _change(self, op_ids: Sequence[str], actor: Actor, action: str, change: Callable[[DigitalPaper], DigitalPaper]) -> Changes:
        with self._database.write() as uow:
            for op_id in op_ids:
                paper = _paper(uow, op_id)
                uow.papers.update(change(paper))
                write_audit(uow, self._clock.now(), actor.user_id, action, paper.dossier_id, {"file": paper.file_id})
            uow.commit()
        return TOUCHED


def _paper(uow: UnitOfWork, op_id: str) -> DigitalPaper:
    paper = uow.papers.get(op_id)
    if paper is None:
        raise broken("FILE_UNKNOWN", "op_id")
    return paper


def _of_person(uow: UnitOfWork, dossier: Dossier) -> Iterator[DigitalPaper]:
    """Yield the papers of the other dossiers of an applicant, of the newest ones where there are very many."""
    for each in uow.dossiers.of_person(dossier.applicant.id_number, limit=MOST_DOSSIERS):
        if each.dossier_id != dossier.dossier_id:
            yield from uow.papers.of_dossier(each.dossier_id)


def _opens(uow: UnitOfWork, paper: DigitalPaper) -> bool:
    stored = uow.files.get(paper.stored_id)
    return stored is not None and bool(stored.key)


def _details(paper: PaperDetails) -> PaperDetails:
    return PaperDetails(**details_of(paper))


def _require_reusable(uow: UnitOfWork, earlier: DigitalPaper, owner: str, today: date) -> StoredFile:
    dossier = uow.dossiers.get(earlier.dossier_id)
    if not owner or dossier is None or dossier.applicant.id_number != owner:
        raise broken("FILE_OTHER_PERSON", "op_id")
    if not earlier.is_valid(today):
        raise broken("FILE_EXPIRED", "op_id")
    stored = uow.files.get(earlier.stored_id)
    if stored is None or not stored.key:
        raise broken("FILE_DESTROYED", "op_id")
    return stored


def _still_kept(paper: DigitalPaper, today: date) -> bool:
    """A paper in its dossier is kept until its day, and for ever where none is set, unless the archive has it."""
    if paper.unlinked_at is not None or paper.archived_on is not None:
        return False
    return paper.kept_until is None or paper.kept_until >= today
