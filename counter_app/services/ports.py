"""Ports: what the use cases need from the world, as protocols. Adapters implement them and don't know one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from counter_app.domain.catalogue import CatalogueInfo, Procedure, ProcedureOverride
from counter_app.domain.dossier import BookPlace, DeliveryMethod, Dossier, DossierRow, Status
from counter_app.domain.events import AuditEntry, Event
from counter_app.domain.people import User
from counter_app.domain.registers import BookVolume, DossierBookLine, Draft, PrintedForm, PrintJob, UsedNumber

JsonValue = Any


class ListFilter(StrEnum):
    """The lists of the home page and of ``counter list``; ``ALL`` is everything, newest first.

    Days decide, not hours. The time of a dossier runs while it is received, processed or waits for payment, and no supplement is awaited:
    only then can it be overdue or due soon. Due today is also what is ready and was promised for today.
    """

    ALL = "all"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    RESULT_WAITING = "result_waiting"
    SUPPLEMENT_OPEN = "supplement_open"
    ATTENTION = "attention"
    ASSIGNED = "assigned"
    RECEIVED_TODAY = "received_today"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class ListMoment:
    """The moments that the lists are cut at: now, the end of today, and the end of the last counting day that is still *soon*."""

    now: datetime
    today_end: datetime
    soon_end: datetime


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Rows that match, best first. ``total`` counts them all, up to ``capped_at`` where counting stopped there."""

    rows: tuple[DossierRow, ...]
    total: int
    capped: bool = False


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many dossiers were received in one hour of a day."""

    hour: int
    received: int


class Clock(Protocol):
    """The wall clock and a clock that nobody can set."""

    def now(self) -> datetime:
        """Return the present moment, aware, in Vietnam's time, whole seconds."""

    def uptime(self) -> float:
        """Return seconds since the machine started."""


class SettingsRepository(Protocol):
    """Named JSON values of this desk and this commune."""

    def get(self, key: str) -> JsonValue | None: ...
    def put(self, key: str, value: JsonValue) -> None: ...
    def all(self) -> dict[str, JsonValue]: ...


class UserRepository(Protocol):
    """People who log in."""

    def add(self, user: User) -> None: ...
    def update(self, user: User) -> None: ...
    def get(self, user_id: str) -> User | None: ...
    def by_login(self, login: str) -> User | None: ...
    def all(self) -> list[User]: ...


class CatalogueRepository(Protocol):
    """Every imported version of every procedure, and the commune's overrides."""

    def add(self, info: CatalogueInfo, procedures: Sequence[Procedure]) -> None: ...
    def activate(self, version: str, active_from: date) -> None: ...
    def infos(self) -> list[CatalogueInfo]: ...
    def procedures(self, catalogue_version: str) -> list[Procedure]: ...
    def version(self, version_id: str) -> Procedure | None: ...
    def add_override(self, override: ProcedureOverride) -> None: ...
    def overrides(self) -> list[ProcedureOverride]: ...


class CalendarRepository(Protocol):
    """Versions of the calendar document (``data/calendar.json`` in shape); the newest one is used."""

    def add(self, version: str, document: dict[str, JsonValue], imported_at: datetime) -> None: ...
    def newest(self) -> dict[str, JsonValue] | None: ...


class DossierRepository(Protocol):
    """Projections of dossiers, their codes, their rows and their search text."""

    def add(self, dossier: Dossier) -> None: ...
    def add_many(self, dossiers: Iterable[Dossier]) -> int: ...
    def update(self, dossier: Dossier) -> None: ...
    def get(self, dossier_id: str) -> Dossier | None: ...
    def by_code(self, code: str) -> list[Dossier]:
        """Return every dossier with exactly this code, among all its codes."""

    def code_exists(self, code: str) -> bool: ...
    def rows(self, which: ListFilter, at: ListMoment, *, limit: int, offset: int = 0) -> list[DossierRow]:
        """Return one page of a list, the most urgent first (``ALL``, ``RECEIVED_TODAY``: the newest first)."""

    def count(
        self, which: ListFilter, at: ListMoment, *, status: Status | None = None, delivery: DeliveryMethod | None = None,
    ) -> int:
        """Return how many dossiers stand in a list; of those only, where named, with this status or to be delivered this way."""

    def of_person(self, id_number: str, *, limit: int) -> list[Dossier]:
        """Return the newest dossiers of the applicant with this identity number."""

    def received_between(self, start: datetime, end: datetime) -> Iterator[Dossier]:
        """Yield dossiers received in [start, end), oldest first, in constant memory."""

    def finished_between(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime | None]]:
        """Yield when each dossier that was finished in [start, end) was finished and due; the rule of *on time* is the domain's."""

    def hours_of_day(self, start: datetime, end: datetime) -> list[DayCount]: ...
    def search(self, words: Sequence[str], query: str, *, limit: int) -> SearchResult:
        """Return dossiers of which every folded word begins some stored word; accents in ``query`` change the ranking only."""


class EventRepository(Protocol):
    """The append-only store of events."""

    def append(self, event: Event) -> None: ...
    def of_dossier(self, dossier_id: str) -> list[Event]: ...
    def lane_head(self, device: str, epoch: str) -> tuple[int, str]:
        """Return the last sequence and hash of a lane; (0, 64 zeros) for a new one."""

    def states(self, op_ids: Sequence[str]) -> dict[str, str]:
        """Return saved, sending, province_has or attention of each op; local events are ``saved``."""


class OutboxRepository(Protocol):
    """Ops that the province has not proven to hold yet."""

    def add(self, op_id: str, dossier_id: str | None) -> None: ...
    def counts(self) -> dict[str, int]:
        """Return how many ops are ``saved``, ``sending``, ``province_has`` and ``attention``."""


class AuditRepository(Protocol):
    """The chained audit trail."""

    def head(self) -> tuple[int, str]: ...
    def append(self, entry: AuditEntry) -> None: ...
    def entries(self, first: int = 1, count: int = 1000) -> list[AuditEntry]: ...


class LogbookRepository(Protocol):
    """Registers: volumes and lines. Two windows never get the same ordinal."""

    def next_place(self, book: str, year: int) -> BookPlace:
        """Return the next place of this year's book, in its open volume; opens volume 1 of a new year."""

    def add_line(self, place: BookPlace, dossier_id: str, on: date) -> None: ...
    def volumes(self, book: str, year: int) -> list[BookVolume]: ...
    def open_volume(self, volume: BookVolume) -> None: ...
    def close_volume(self, book: str, year: int, volume: int, on: date) -> BookVolume: ...
    def lines(self, book: str, year: int, volume: int, *, first: int, count: int) -> list[DossierBookLine]:
        """Return up to ``count`` lines of a volume from the ordinal ``first`` on."""

    def all_lines(self, book: str, year: int, volume: int | None, start: date | None, end: date | None) -> Iterator[DossierBookLine]:
        """Yield the lines of a volume (None: the year), received from ``start`` to ``end``, both included; in constant memory."""

    def strike(self, place: BookPlace, reason: str, on: date) -> None: ...
    def note_printed(self, book: str, year: int, volume: int, page: int) -> None: ...


class NumberRepository(Protocol):
    """The register of used and burned serials."""

    def add(self, number: UsedNumber) -> None: ...
    def highest(self, device: str, day: date, series: str) -> int | None: ...
    def known_serials(self, device: str, day: date, series: str) -> set[int]: ...
    def burned(self, start: date, end: date) -> list[UsedNumber]:
        """Return the burned numbers of the days from ``start`` to ``end``, both included."""

    def last_day(self, device: str) -> date | None:
        """Return the latest day that a device used a serial of; None when it never did."""


class PrintRepository(Protocol):
    """Stored prints and the print queue."""

    def add(self, form: PrintedForm) -> None: ...
    def first(self, dossier_id: str, form: str) -> PrintedForm | None: ...
    def get(self, print_id: str) -> PrintedForm | None: ...
    def issues(self, dossier_id: str, form: str) -> int: ...
    def add_job(self, job: PrintJob) -> None: ...
    def update_job(self, job: PrintJob) -> None: ...
    def open_jobs(self) -> list[PrintJob]: ...


class DraftRepository(Protocol):
    """Forms being filled; each person sees only their own."""

    def save(self, draft: Draft) -> None: ...
    def get(self, draft_id: str) -> Draft | None: ...
    def of_owner(self, owner: str, kind: str) -> list[Draft]: ...
    def delete(self, draft_id: str) -> None: ...


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

    def __enter__(self) -> Self: ...
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...
    def commit(self) -> None:
        """Make everything durable; on return a power cut loses nothing."""


class Database(Protocol):
    """Opens units of work."""

    def write(self) -> UnitOfWork:
        """Return a unit that takes the write lock at once; one at a time, waits at most a few seconds."""

    def read(self) -> UnitOfWork:
        """Return a unit on one consistent snapshot, for looking only."""

    def close(self) -> None: ...


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
    def last_settled(self) -> tuple[date, str, int] | None:
        """Day, series and serial of the number that a database held last in this epoch."""

    def begin(self, epoch: str, suspect_through: date | None) -> None:
        """Start a guard, or a new epoch in one; a suspect day never moves back."""

    def high_water(self, day: date, series: str) -> int | None:
        """Return the highest serial ever taken in a series of a day."""

    def settled(self, day: date, series: str) -> int | None:
        """Return the highest serial of a series of a day that a database held."""

    def advance(self, day: date, series: str, serial: int) -> None:
        """Put a serial on record; on return it is on the disk (exactly one fsync)."""

    def settle(self, day: date, series: str, serial: int) -> None:
        """Note that the database holds a serial; never raises, for nothing is lost when the note is."""


class PasswordHasher(Protocol):
    """Argon2id."""

    def hash(self, password: str) -> str: ...
    def verify(self, password_hash: str, password: str) -> bool: ...


class FormPrinter(Protocol):
    """Makes documents. ``content`` is the frozen value object of the form, as JSON; the same content gives the same bytes."""

    def receipt(self, content: dict[str, JsonValue], paper: str) -> bytes:
        """Return form 01 as PDF/A-2b. ``paper`` is a5, a5x2, a4 or 80mm."""

    def recovery_sheet(self, content: dict[str, JsonValue]) -> bytes:
        """Return the recovery sheet as PDF, A4."""


class BookPrinter(Protocol):
    """Writes registers in constant memory."""

    def pdf(self, book: BookDocument, out: Path) -> None: ...
    def xlsx(self, book: BookDocument, out: Path) -> None: ...


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
    lines: Iterable[DossierBookLine]
    burned: tuple[str, ...] = ()
    first_page: int = 1
    reprint: bool = False
    with_cover: bool = True
    legal_reference: str = ""
    first_ordinal: int = 1
