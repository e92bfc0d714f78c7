"""Ports: what the use cases need from the world, as protocols. Adapters implement them and don't know one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from counter_app.domain.books import Register
from counter_app.domain.registers import BookLine
from counter_app.services.dossiers.search_result import SearchResult
from counter_app.services.repositories.audit import AuditRepository
from counter_app.services.repositories.certification import CertificationRepository
from counter_app.services.repositories.core import (
    CalendarRepository,
    CatalogueRepository,
    DayCount,
    DossierRepository,
    DraftRepository,
    EventRepository,
    JsonValue,
    ListFilter,
    ListMoment,
    OutboxRepository,
    PrintRepository,
    SettingsRepository,
    UserRepository,
)
from counter_app.services.repositories.line import LineRepository
from counter_app.services.repositories.money import PaymentRepository
from counter_app.services.repositories.people import ComplaintRepository, MessageRepository, TypingTaskRepository
from counter_app.services.repositories.registers import LogbookRepository, NumberRepository
from counter_app.services.repositories.reports import ReportRepository
from counter_app.services.repositories.scanning import (
    BatchRepository,
    DigitalPaperRepository,
    PageWordsRepository,
    StoredFileRepository,
)
from counter_app.services.repositories.uploads import UploadRepository

__all__ = [
    "BookDocument", "BookPrinter", "Clock", "Database", "DayCount", "FormPrinter", "HeldGuard", "JsonValue", "ListFilter", "ListMoment",
    "NumberGuard", "PasswordHasher", "SearchResult", "UnitOfWork",
]


class Clock(Protocol):
    """The wall clock and a clock that nobody can set."""

    def now(self) -> datetime:
        """Return the present moment, aware, in Vietnam's time, whole seconds."""

    def uptime(self) -> float:
        """Return seconds since the machine started."""


class UnitOfWork(Protocol):
    """One transaction over all repositories. Leaving the block without :meth:`commit` rolls back.

    Raises (all of it, from any call): :class:`~counter_app.domain.errors.SurroundingsError` with one of the codes
    DISK_FULL, DATABASE_READ_ONLY, DATABASE_CORRUPT, DATABASE_LOCKED, DATABASE_WRONG_KEY, DATABASE_UNREACHABLE.
    """

    settings: SettingsRepository
    users: UserRepository
    catalogue: CatalogueRepository
    calendar: CalendarRepository
    dossiers: DossierRepository
    events: EventRepository
    outbox: OutboxRepository
    audit: AuditRepository
    logbooks: LogbookRepository
    numbers: NumberRepository
    prints: PrintRepository
    drafts: DraftRepository
    certifications: CertificationRepository
    payments: PaymentRepository
    messages: MessageRepository
    complaints: ComplaintRepository
    typing_tasks: TypingTaskRepository
    reports: ReportRepository
    files: StoredFileRepository
    papers: DigitalPaperRepository
    uploads: UploadRepository
    line: LineRepository
    batches: BatchRepository
    page_words: PageWordsRepository

    def __enter__(self) -> Self:
        """Begin: a writer has the lock from here on."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End; what was not committed is rolled back. What was read counts only when this returns."""

    def part(self) -> AbstractContextManager[object]:
        """Enter a part of the transaction that stands or falls by itself: where the block raises, what it wrote is undone, and no more."""

    def commit(self) -> None:
        """Make everything durable; on return a power cut loses nothing."""


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """A database in numbers: ``kind`` is sqlite or postgresql, ``version`` that of its engine, ``schema`` the newest migration in it,
    ``rows`` how many each table has. Nothing of what is stored.
    """

    kind: str
    version: str
    schema: str
    size_bytes: int
    rows: Mapping[str, int]


class Database(Protocol):
    """Opens units of work."""

    def write(self) -> UnitOfWork:
        """Return a unit that takes the write lock at once; one at a time, waits at most a few seconds."""

    def read(self) -> UnitOfWork:
        """Return a unit on one consistent snapshot, for looking only."""

    def examine(self) -> None:
        """Look at everything stored, which may take a while. Raises SurroundingsError DATABASE_CORRUPT, and as :class:`UnitOfWork`."""

    def facts(self) -> StoreFacts:
        """Return what is stored, in numbers. Raises as :class:`UnitOfWork`."""

    def close(self) -> None:
        """Close every connection."""


class NumberGuard(Protocol):
    """The high-water mark of issued serials, kept outside the database and synced before a number is used."""

    def hold(self) -> AbstractContextManager[HeldGuard]:
        """Lock the guard against other processes. Raises SurroundingsError GUARD_LOCKED, GUARD_UNREADABLE or GUARD_UNWRITABLE."""


class HeldGuard(Protocol):
    """The guard while this process holds its lock. Everything that writes raises SurroundingsError GUARD_UNWRITABLE."""

    @property
    def is_new(self) -> bool:
        """True where no guard can be trusted: a fresh desk, or one whose guard was lost, damaged or made for another desk."""

    @property
    def epoch(self) -> str:
        """The epoch that the guard was last begun in; empty for a new one."""

    @property
    def suspect_through(self) -> date | None:
        """Up to and including this day serials may have been issued that the guard knows nothing of; None: it saw them all."""

    @property
    def open_ended(self) -> bool:
        """True after a loss until a person vouched: then any day may have such serials, whatever the clock says."""

    @property
    def last_settled(self) -> tuple[date, str, int] | None:
        """Day, series and serial of the number that a database held last in this epoch."""

    def begin(self, epoch: str, suspect_through: date | None, *, open_ended: bool = False) -> None:
        """Start a guard, or a new epoch in one; a suspect day never moves back, and only :meth:`vouch` ends what is open-ended."""

    def vouch(self, day: date) -> None:
        """Take a person's word that no serial was issued after ``day``: what was open-ended is suspect up to that day only."""

    def high_water(self, day: date, series: str) -> int | None:
        """Return the highest serial ever taken in a series of a day."""

    def settled(self, day: date, series: str) -> int | None:
        """Return the highest serial of a series of a day that a database held."""

    def places(self) -> list[tuple[date, str]]:
        """Return day and series of every serial on record."""

    def loose_ends(self) -> list[tuple[date, str]]:
        """Return day and series of which a database may lack serials: all of them in a new epoch, else those taken and not settled."""

    def advance(self, day: date, series: str, serial: int) -> None:
        """Put a serial on record; on return it is on the disk (exactly one fsync)."""

    def settle(self, day: date, series: str, serial: int) -> None:
        """Note that the database holds a serial; never raises, for nothing is lost when the note is."""


class PasswordHasher(Protocol):
    """Argon2id."""

    def hash(self, password: str) -> str:
        """Return the hash with its salt and cost."""

    def verify(self, password_hash: str, password: str) -> bool:
        """Tell whether the password is the one."""


class FormPrinter(Protocol):
    """Makes documents. ``content`` is the frozen value object of the form, as JSON; the same content gives the same bytes."""

    def receipt(self, content: dict[str, JsonValue], paper: str) -> bytes:
        """Return form 01 as PDF/A-2b. ``paper`` is a5, a5x2, a4 or 80mm."""

    def form(self, content: dict[str, JsonValue], paper: str) -> bytes:
        """Return any other form as PDF/A-2b on one of the content's ``papers``."""

    def recovery_sheet(self, content: dict[str, JsonValue]) -> bytes:
        """Return the recovery sheet as PDF, A4."""


class ThermalPrinter(Protocol):
    """A receipt printer that speaks ESC/POS."""

    def send(self, data: bytes) -> None:
        """Hand over commands; return when the printer or its system has taken all of them.

        Raises:
            SurroundingsError: PRINTER_UNREACHABLE(printer); PRINTER_STUCK(printer), it took no more for too long.
        """


class BookPrinter(Protocol):
    """Writes registers in constant memory."""

    def pdf(self, book: BookDocument, out: Path) -> None:
        """Write the bound book."""

    def xlsx(self, book: BookDocument, out: Path) -> None:
        """Write the lines as a workbook with real dates and numbers."""



@dataclass(frozen=True, slots=True)
class BookDocument:
    """A register to print: its head, the lines as an iterator, and what the closing page says when the volume is closed."""

    agency: str
    commune: str
    title: str
    year: int
    volume_label: str
    opened_on: date
    closed_on: date | None
    register: Register
    lines: Iterable[BookLine]
    before: Iterable[BookLine] = ()
    """Lines of pages that were printed before: the closing page counts them too."""
    burned: tuple[str, ...] = ()
    first_page: int = 1
    reprint: bool = False
    with_cover: bool = True
    first_ordinal: int = 1
