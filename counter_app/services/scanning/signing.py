"""Signing digitised papers with the agency's token: each signed file takes the place of the unsigned one; what isn't signed keeps waiting.

A file is signed beside, sealed, and only then recorded in one transaction with its key. Killed anywhere before, the paper still waits; what
was sealed stays behind unreadable. The PIN goes to the token and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from counter_app.domain.archive import DigitalPaper, StoredFile
from counter_app.domain.errors import Problem, RuleBrokenError, SurroundingsError, broken
from counter_app.domain.lifecycle import Verb
from counter_app.domain.people import Actor, Permission
from counter_app.services.acts.acting import Acting
from counter_app.services.changes import Changes
from counter_app.services.desk.settings import SettingsService
from counter_app.services.dossiers.access import dossier_with_code, require
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.scanning.filing import kept_file
from counter_app.services.scanning.linking import file_in, put_in_place
from counter_app.services.scanning.paper import WrittenFile
from counter_app.services.scanning.ports import SealedFiles
from counter_app.services.scanning.signing_ports import Mark, Signer, SigningCertificate, SigningSession
from counter_app.services.trail.row_notes import held_setting
from counter_app.services.work_folders import ready_folder
from counter_app.support.messages import text

MOST_WAITING = 1000
TOUCHED = Changes.of("dossiers", "outbox", "books")
_LIBRARY = "signing/"
"""The setting: the vendor's library of each device."""


@dataclass(frozen=True, slots=True)
class SignPapers:
    """Sign papers, each by the op that filed it. The PIN is held until the batch ends, and shown nowhere."""

    op_ids: tuple[str, ...]
    certificate: SigningCertificate
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A paper that still waits, and why."""

    paper: DigitalPaper
    problem: Problem


@dataclass(frozen=True, slots=True)
class Signed:
    """What came of a batch: the papers as they are now, what could not be signed, and what ended the batch early, if anything did."""

    papers: tuple[DigitalPaper, ...]
    unsigned: tuple[Unsigned, ...]
    stopped: Problem | None = None
    changes: Changes = TOUCHED


class SigningWatch(Protocol):
    """Who looks on while a batch is signed."""

    def wanted(self) -> bool:
        """Tell whether to go on; asked before each file."""

    def signing(self, number: int, count: int) -> None:
        """The file with this number, of so many, is worked on."""


class SigningService:
    """Everything about signing at one counter; ``folder`` is where a file lies in the clear while it is signed."""

    def __init__(
        self, acting: Acting, database: Database, clock: Clock, settings: SettingsService, *, store: SealedFiles, signer: Signer,
        folder: Path, device: str,
    ) -> None:
        self._acting = acting
        self._database = database
        self._clock = clock
        self._settings = settings
        self._store = store
        self._signer = signer
        self._folder = folder
        self._key = f"{_LIBRARY}{device}"

    def tidy(self) -> None:
        """Delete what a killed program left in the clear; for the start of a window, before anything is signed.

        Raises:
            SurroundingsError: FOLDER_NOT_ALLOWED and the like.
        """
        ready_folder(self._folder, older_s=0)

    def library(self) -> Path | None:
        """Return the vendor's library of this counter's token; None where none was chosen."""
        with self._database.read() as uow:
            path: str | None = uow.settings.get(self._key)
        return Path(path) if path else None

    def choose_library(self, path: Path, actor: Actor) -> tuple[SigningCertificate, ...]:
        """Try a vendor's library, keep it for this counter where it can be loaded (audited), and return what can be signed with.

        A library that finds no token now is kept too: the token may be at home.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
            SurroundingsError: as :meth:`.Signer.certificates`.
        """
        require(actor, Permission.MANAGE_DESK)
        problem: SurroundingsError | None = None
        try:
            found = self._signer.certificates(path)
        except SurroundingsError as error:
            if error.code not in ("TOKEN_MISSING", "TOKEN_NO_CERTIFICATE"):
                raise
            problem, found = error, ()
        with self._database.write() as uow:
            uow.settings.put(self._key, str(path))
            details = {"file": path.name} | held_setting(uow, self._key)
            write_audit(uow, self._clock.now(), actor.user_id, "signing.library_chosen", self._key, details)
            uow.commit()
        if problem:
            raise problem
        return found

    def certificates(self, actor: Actor) -> tuple[SigningCertificate, ...]:
        """Return what can be signed with on the tokens of this PC.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
            SurroundingsError: TOKEN_LIBRARY_NOT_CHOSEN; as :meth:`.Signer.certificates`.
        """
        require(actor, Permission.RECEIVE)
        return self._signer.certificates(self._chosen())

    def waiting(self, actor: Actor, code: str = "") -> tuple[DigitalPaper, ...]:
        """Return the papers of this counter that were scanned here and are not signed, the oldest first; of one dossier where one is named.

        Reading them is a look at papers of citizens (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED; DOSSIER_UNKNOWN, CODE_SHARED at ``code``.
        """
        require(actor, Permission.READ)
        with self._database.write() as uow:
            dossier_id = dossier_with_code(uow, code).dossier_id if code else ""
            found = uow.papers.of_dossier(dossier_id) if code else uow.papers.unsigned(limit=MOST_WAITING)
            papers = tuple(paper for paper in found if paper.waits_for_signature and self._store.has(paper.stored_id))
            write_audit(uow, self._clock.now(), actor.user_id, "files.listed", dossier_id, {"files": len(papers)})
            uow.commit()
        return papers

    def sign(self, command: SignPapers, actor: Actor, watch: SigningWatch) -> Signed:
        """Sign one paper after the other (audited).

        A file that can't be signed waits with its reason and the next one follows; a token that fails, a full disk or somebody who wants no
        more ends the batch. What was signed is signed.

        Raises:
            RuleBrokenError: NOT_ALLOWED, USER_DISABLED; SIGN_NOTHING, FILE_UNKNOWN at ``op_ids``; PIN_EMPTY at ``pin``;
                CERTIFICATE_EXPIRED, CERTIFICATE_TOO_EARLY at ``certificate``.
            SurroundingsError: TOKEN_LIBRARY_NOT_CHOSEN; as :meth:`.Signer.session`: nothing is signed then.
        """
        require(actor, Permission.RECEIVE)
        _check(command, self._clock.now())
        papers = self._papers(command.op_ids)
        ready_folder(self._folder)
        done: list[DigitalPaper] = []
        unsigned: list[Unsigned] = []
        stopped: Problem | None = None
        with self._signer.session(self._chosen(), command.certificate, command.pin) as session:
            for number, paper in enumerate(papers, start=1):
                if stopped is None and not watch.wanted():
                    stopped = Problem("SIGNING_STOPPED")
                if stopped:
                    unsigned.append(Unsigned(paper, stopped))
                    continue
                watch.signing(number, len(papers))
                try:
                    done.append(self._sign(session, paper, command.certificate, actor))
                except RuleBrokenError as error:
                    unsigned.append(Unsigned(paper, error.problems[0]))
                except SurroundingsError as error:
                    stopped = _stops(error)
                    unsigned.append(Unsigned(paper, error.problems[0]))
        return Signed(tuple(done), tuple(unsigned), stopped)

    def _sign(self, session: SigningSession, paper: DigitalPaper, certificate: SigningCertificate, actor: Actor) -> DigitalPaper:
        with self._database.read() as uow:
            stored = _waiting_file(uow, paper)
        with TemporaryDirectory(prefix="sign-", dir=self._folder) as folder:
            plain, out = Path(folder) / "paper.pdf", Path(folder) / "signed.pdf"
            self._store.unseal(stored.stored_id, bytes.fromhex(stored.key), plain)
            session.sign(plain, Mark(self._agency(), self._clock.now()), out)
            return self._record(paper, out, certificate, actor)

    def _record(self, paper: DigitalPaper, signed: Path, certificate: SigningCertificate, actor: Actor) -> DigitalPaper:
        """Seal a signed file and put it in the place of the unsigned one, unless that is no longer what it was."""
        with self._acting.transaction(actor) as tx:
            _waiting_file(tx.uow, paper)
            dossier = tx.uow.dossiers.get(paper.dossier_id)
            if dossier is None:
                raise broken("FILE_UNKNOWN", "op_ids")
            act = tx.take_dossier(dossier, Verb.NOTE)  # legal whenever a remark is: the contract takes files in every status
            old = file_in(act.dossier, paper.file_id)
            with signed.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
            written = WrittenFile(signed, paper.pages, signed.stat().st_size, digest, paper.content_sha256)
            stored = kept_file(tx, written, self._store)
            new = replace(
                old, sha256=written.sha256, size=written.size, signed_by=actor.user_id, signed_at=tx.now, certificate=certificate.serial)
            recorded = put_in_place(act, old, new, stored.stored_id, text("REPLACED_BY_SIGNED", "vi"))
            write_audit(tx.uow, tx.now, actor.user_id, "file.signed", paper.dossier_id, {
                "file": recorded.file_id, "certificate": certificate.serial, "sha256": written.sha256})
            return next(each for each in tx.uow.papers.of_file(stored.stored_id) if each.file_id == recorded.file_id)

    def _papers(self, op_ids: Sequence[str]) -> list[DigitalPaper]:
        with self._database.read() as uow:
            found = [uow.papers.get(op_id) for op_id in dict.fromkeys(op_ids)]
        papers = [paper for paper in found if paper]
        if len(papers) < len(found):
            raise broken("FILE_UNKNOWN", "op_ids")
        return papers

    def _agency(self) -> str:
        profile = self._settings.profile()
        return profile.unit_name or profile.commune

    def _chosen(self) -> Path:
        library = self.library()
        if library is None:
            raise SurroundingsError(Problem("TOKEN_LIBRARY_NOT_CHOSEN"))
        return library


def _check(command: SignPapers, now: datetime) -> None:
    certificate = command.certificate
    if not command.op_ids:
        raise broken("SIGN_NOTHING", "op_ids")
    if now > certificate.valid_to:
        raise broken("CERTIFICATE_EXPIRED", "certificate", until=f"{certificate.valid_to:%d/%m/%Y}")
    if now < certificate.valid_from:
        raise broken("CERTIFICATE_TOO_EARLY", "certificate", since=f"{certificate.valid_from:%d/%m/%Y}")
    if not command.pin:
        raise broken("PIN_EMPTY", "pin")


def _waiting_file(uow: UnitOfWork, paper: DigitalPaper) -> StoredFile:
    """Return the file of a paper as long as it waits: somebody else may have signed it, taken it out or destroyed it."""
    today = uow.papers.get(paper.op_id)
    stored = uow.files.get(paper.stored_id)
    if today is None or not today.waits_for_signature:
        raise broken("SIGN_NOT_WAITING")
    if stored is None or not stored.key:
        raise broken("FILE_DESTROYED")
    return stored


def _stops(error: SurroundingsError) -> Problem | None:
    """Return what ends a batch; a file that is damaged or not here says nothing about the next one."""
    return None if error.code in ("SEALED_FILE_DAMAGED", "SEALED_FILE_MISSING") else error.problems[0]
