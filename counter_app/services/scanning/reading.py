"""The words on filed scans, read when nothing else is to be done, so that search finds the papers.

The PDF stays as it was filed: its hash is in the record and with the province, and it may be signed. Its words lie beside it in the
encrypted database and go with it when it is destroyed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from counter_app.domain.archive import DigitalPaper, StoredFile
from counter_app.domain.errors import SurroundingsError, broken, failed
from counter_app.domain.people import Actor, Permission
from counter_app.domain.scan_words import FileReading, words_of_page
from counter_app.services.changes import Changes
from counter_app.services.dossiers.access import require
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.scanning.library import PaperLibrary
from counter_app.services.scanning.ports import SealedFiles
from counter_app.services.whole_files import whole_file
from counter_app.services.work_folders import clear_left, ready_folder

LEFT_S = 600
"""Seconds without a change after which what lies in the clear was left by a killed program: a page takes two minutes at most."""
_FAULTS_OF_A_FILE = ("TEXT_READER_FAILED", "SEALED_FILE_DAMAGED")
"""What is counted against a file; every other fault is one of the PC and says nothing about it."""
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The text of one page, and how many pages its file has."""

    text: str
    pages: int


class PageReader(Protocol):
    """Reads printed words. Every act may be called from any thread."""

    def is_there(self) -> bool:
        """Tell whether this PC has a program that reads Vietnamese."""

    def read(self, file: Path, number: int, stop: Stop) -> ReadPage | None:
        """Return the text of a page of a PDF, counted from 1; None as soon as ``stop`` says so.

        Raises:
            SurroundingsError: TEXT_READER_FAILED, also where a page takes too long; DISK_FULL.
        """

    def add_layer(self, file: Path, out: Path) -> None:
        """Write a copy of one of our PDF files with its words invisible below each page.

        Raises:
            SurroundingsError: TEXT_READER_FAILED, PDF_UNWRITABLE, PDF_NOT_VALID; DISK_FULL.
        """


@dataclass(frozen=True, slots=True)
class ReadStep:
    """One page was read, or could not be."""

    stored_id: str
    page: int
    failed: bool


@dataclass(frozen=True, slots=True)
class ReadingStanding:
    """How many files wait to be read here, and the papers of those that only a person can have tried again."""

    waiting: int
    given_up: tuple[DigitalPaper, ...]


def never() -> bool:
    """Nobody stops it."""
    return False


class ReadingService:
    """Reads filed scans page by page; ``folder`` is where a page lies in the clear meanwhile."""

    def __init__(
        self, database: Database, clock: Clock, store: SealedFiles, *, library: PaperLibrary, reader: PageReader, folder: Path,
    ) -> None:
        self._database = database
        self._clock = clock
        self._store = store
        self._library = library
        self._reader = reader
        self._folder = folder

    def tidy(self) -> None:
        """Delete what a killed program left in the clear; what another one works on is younger."""
        clear_left(self._folder, LEFT_S)

    def is_possible(self) -> bool:
        """Tell whether this PC can read words; slow the first time."""
        return self._reader.is_there()

    def read_next(self, actor: Actor, stop: Stop = never) -> ReadStep | None:
        """Read one page of the oldest file that is not read; None where nothing waits, or ``stop`` came between (a read file is audited).

        A page counts when it is kept: whatever stops it, the next call begins with the same page.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
            SurroundingsError: TEXT_READER_MISSING; DISK_FULL and the like, a DATABASE_ code.
        """
        require(actor, Permission.RECEIVE)
        self._get_ready()
        with self._database.read() as uow:
            file = next(self._here(uow), None)
            reading = uow.page_words.reading(file.stored_id) if file else None
        if file is None or reading is None:
            return None
        if not reading.pages and (known := self._take_over(file, actor)):
            return known
        try:
            page = self._read(file, reading.pages + 1, stop)
        except SurroundingsError as error:
            if error.code not in _FAULTS_OF_A_FILE:
                raise
            self._keep(reading, None, actor)
            return ReadStep(file.stored_id, reading.pages + 1, failed=True)
        if page is None:
            return None
        self._keep(reading, page, actor)
        return ReadStep(file.stored_id, reading.pages + 1, failed=False)

    def copy_with_text(self, op_id: str, out: Path, actor: Actor) -> DigitalPaper:
        """Write a copy of the PDF of a paper whose words can be searched and copied; seconds a page (audited as a look).

        The copy is another file than the one on record, and bears no signature.

        Raises:
            RuleBrokenError: as :meth:`.PaperLibrary.look`.
            SurroundingsError: TEXT_READER_MISSING, TEXT_READER_FAILED; as :meth:`.PaperLibrary.look`.
        """
        require(actor, Permission.EXPORT)
        self._get_ready()
        with TemporaryDirectory(prefix="copy-", dir=self._folder) as folder, whole_file(out) as part:
            plain = Path(folder) / "file.pdf"
            paper = self._library.look(op_id, plain, actor)
            self._reader.add_layer(plain, part)
        return paper

    def standing(self, actor: Actor) -> ReadingStanding:
        """Return how far the files of this counter are (audited: papers are named).

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.READ)
        with self._database.write() as uow:
            waiting = sum(1 for _ in self._here(uow))
            papers = tuple(paper for reading in uow.page_words.given_up() for paper in uow.papers.of_file(reading.stored_id))
            write_audit(uow, self._clock.now(), actor.user_id, "files.listed", "", {"files": len(papers)})
            uow.commit()
        return ReadingStanding(waiting, papers)

    def try_again(self, stored_ids: Sequence[str], actor: Actor) -> Changes:
        """Let files that were given up be read once more, from their beginning (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED; FILE_UNKNOWN.
        """
        require(actor, Permission.RECEIVE)
        with self._database.write() as uow:
            for stored_id in stored_ids:
                if uow.files.get(stored_id) is None:
                    raise broken("FILE_UNKNOWN", "stored_id")
                uow.page_words.forget(stored_id)
                write_audit(uow, self._clock.now(), actor.user_id, "file.read_again", stored_id, {})
            uow.commit()
        return Changes.of("books")

    def _here(self, uow: UnitOfWork) -> Iterator[StoredFile]:
        """Yield what waits of this counter's own files: those of another lie with it."""
        return (file for file in uow.page_words.waiting() if self._store.has(file.stored_id))

    def _read(self, file: StoredFile, number: int, stop: Stop) -> ReadPage | None:
        with TemporaryDirectory(prefix="page-", dir=self._folder) as folder:
            plain = Path(folder) / "file.pdf"
            self._store.unseal(file.stored_id, bytes.fromhex(file.key), plain)
            return self._reader.read(plain, number, stop)

    def _take_over(self, file: StoredFile, actor: Actor) -> ReadStep | None:
        """Read nothing twice: a file that was signed or filed anew has the pages of the one before."""
        with self._database.write() as uow:
            if uow.page_words.reading(file.stored_id).pages or (reading := uow.page_words.take_over(file.stored_id)) is None:
                return None
            self._note_read(uow, reading, actor)
            uow.commit()
        return ReadStep(file.stored_id, reading.pages, failed=False)

    def _note_read(self, uow: UnitOfWork, reading: FileReading, actor: Actor) -> None:
        write_audit(uow, self._clock.now(), actor.user_id, "file.words_read", reading.stored_id, {"pages": reading.pages})

    def _keep(self, reading: FileReading, page: ReadPage | None, actor: Actor) -> None:
        """Keep what came of a page, unless the file was destroyed or read by somebody else meanwhile."""
        with self._database.write() as uow:
            file = uow.files.get(reading.stored_id)
            if file is None or not file.key or uow.page_words.reading(reading.stored_id) != reading:
                return
            after = reading.after_page(page.pages) if page else reading.after_failure()
            if page:
                uow.page_words.add_page(reading.stored_id, after.pages, words_of_page(page.text))
            uow.page_words.note(after)
            if after.finished:
                self._note_read(uow, after, actor)
            uow.commit()

    def _get_ready(self) -> None:
        """Have a reader and a private folder."""
        if not self._reader.is_there():
            raise failed("TEXT_READER_MISSING")
        ready_folder(self._folder, LEFT_S)
