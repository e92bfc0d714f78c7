"""Repositories: what the use cases keep and look up, as protocols; :mod:`counter_app.storage` implements them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from counter_app.domain.catalogue import CatalogueInfo, Procedure, ProcedureOverride
from counter_app.domain.dossier import DeliveryMethod, Dossier, DossierRow, Status
from counter_app.domain.events import Event, Lane
from counter_app.domain.people import User
from counter_app.domain.registers import Draft, PrintedForm, PrintJob
from counter_app.services.dossiers.search_result import SearchResult

JsonValue = Any


class ListFilter(StrEnum):
    """The lists of the home page and of ``counter list``; ``ALL`` is everything, newest first.

    Days decide, not hours. The time of a dossier runs while it is received, processed or waits for payment, and no supplement is awaited:
    only then can it be overdue or due soon. Due today is also what is ready and was promised for today. A supplement is late when the day
    that form 02 names has gone by: somebody decides whether the dossier is halted (domain guide 6, ``supplement_expired``). Not
    digitised is what is still here and has papers, of which some have no file; a result that waits for its file counts too.
    """

    ALL = "all"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    RESULT_WAITING = "result_waiting"
    SUPPLEMENT_OPEN = "supplement_open"
    SUPPLEMENT_LATE = "supplement_late"
    ATTENTION = "attention"
    ASSIGNED = "assigned"
    RECEIVED_TODAY = "received_today"
    RETURNED = "returned"
    NOT_DIGITISED = "not_digitised"
    ONLINE_NEW = "online_new"
    """Filed at the portal, assigned to this commune, not taken in yet: its time does not run here."""


@dataclass(frozen=True, slots=True)
class ListMoment:
    """The moments that the lists are cut at: now, the end of today, and the end of the last counting day that is still *soon*."""

    now: datetime
    today_end: datetime
    soon_end: datetime


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many dossiers were received in one hour of a day."""

    hour: int
    received: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far one op has come. ``state`` is saved, sending, province_has or attention.

    ``result`` is what the province said of the op itself, ``rev`` the revision of the dossier that it made there; None before.
    """

    op_id: str
    dossier_id: str | None
    state: str
    rev: int | None = None
    result: dict[str, JsonValue] | None = None


@dataclass(frozen=True, slots=True)
class PlacedOp:
    """Where an op stands in a lane, without what it says: a lane of years holds hundreds of thousands."""

    op_id: str
    seq: int
    hash: str


class SettingsRepository(Protocol):
    """Named JSON values of this desk and this commune."""

    def get(self, key: str) -> JsonValue | None:
        """Return a value, None where it was never put."""

    def put(self, key: str, value: JsonValue) -> None:
        """Set a value, in place of the one before."""

    def all(self) -> dict[str, JsonValue]:
        """Return every value by its key."""


class UserRepository(Protocol):
    """People who log in."""

    def add(self, user: User) -> None:
        """Add a person. Raises RuleBrokenError LOGIN_TAKEN."""

    def update(self, user: User) -> None:
        """Write every field of a known person."""

    def get(self, user_id: str) -> User | None:
        """Return a person by id."""

    def by_login(self, login: str) -> User | None:
        """Return a person by the folded login."""

    def is_closed(self, user_id: str) -> bool:
        """Tell whether a person's account is closed; who has none is the program itself."""

    def all(self) -> list[User]:
        """Return everybody, the disabled too, by full name."""


class CatalogueRepository(Protocol):
    """Every imported version of every procedure, and the commune's overrides."""

    def add(self, info: CatalogueInfo, procedures: Sequence[Procedure]) -> None:
        """Add an imported catalogue with all its versions; it is not used before it is activated."""

    def activate(self, version: str, active_from: date) -> None:
        """Use a catalogue for dossiers received from that day on."""

    def infos(self) -> list[CatalogueInfo]:
        """Return every imported catalogue, the oldest import first."""

    def procedures(self, catalogue_version: str) -> list[Procedure]:
        """Return the versions of one catalogue."""

    def version(self, version_id: str) -> Procedure | None:
        """Return one version, as a dossier keeps it."""

    def add_override(self, override: ProcedureOverride) -> None:
        """Add a decision; those before it stay on record."""

    def overrides(self) -> list[ProcedureOverride]:
        """Return every decision, the oldest first."""


class CalendarRepository(Protocol):
    """Versions of the calendar document (``data/calendar.json`` in shape); the newest one is used."""

    def add(self, version: str, document: dict[str, JsonValue], imported_at: datetime) -> None:
        """Add a version; from then on it is the newest."""

    def newest(self) -> dict[str, JsonValue] | None:
        """Return the document that was added last, None before the first."""


class DossierRepository(Protocol):
    """Projections of dossiers, their codes, their rows and their search text."""

    def add(self, dossier: Dossier) -> None:
        """Add a projection with its codes and search text. Raises RuleBrokenError CODE_TAKEN."""

    def add_many(self, dossiers: Iterable[Dossier]) -> int:
        """Add many at once, in constant memory; return how many."""

    def update(self, dossier: Dossier) -> None:
        """Write the projection anew, codes and search text included."""

    def get(self, dossier_id: str) -> Dossier | None:
        """Return a dossier by id."""

    def by_code(self, code: str) -> list[Dossier]:
        """Return every dossier with exactly this code, among all its codes."""

    def code_exists(self, code: str) -> bool:
        """Tell whether any dossier bears this code."""

    def known_codes(self, codes: Sequence[str]) -> set[str]:
        """Return those of some hundred codes that a dossier has already, in one look."""

    def rows(self, which: ListFilter, at: ListMoment, *, limit: int, offset: int = 0) -> list[DossierRow]:
        """Return one page of a list, the most urgent first (``ALL``, ``RECEIVED_TODAY``: the newest first)."""

    def count(
        self, which: ListFilter, at: ListMoment, *, status: Status | None = None, delivery: DeliveryMethod | None = None,
    ) -> int:
        """Return how many dossiers stand in a list; of those only, where named, with this status or to be delivered this way."""

    def of_person(self, id_number: str, *, limit: int) -> list[Dossier]:
        """Return the newest dossiers of the applicant with this identity number."""

    def refused_between(self, start: datetime, end: datetime) -> Iterator[Dossier]:
        """Yield dossiers that were refused in [start, end) and never stood in the register of dossiers, the oldest refusal first."""

    def received_between(self, start: datetime, end: datetime) -> Iterator[Dossier]:
        """Yield dossiers received in [start, end), oldest first, in constant memory."""

    def count_received(self, start: datetime, end: datetime) -> int:
        """Return how many :meth:`received_between` yields."""

    def soundness(self) -> Iterator[tuple[str, bool]]:
        """Yield the code of each dossier, and whether what lists, searches and reports read of it says the same as the dossier."""

    def finished_between(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime | None]]:
        """Yield when each dossier that was finished in [start, end) was finished and due; the rule of *on time* is the domain's."""

    def hours_of_day(self, start: datetime, end: datetime) -> list[DayCount]:
        """Count what was received in [start, end), by hour."""

    def search(self, words: Sequence[str], query: str, *, limit: int, in_scans: bool = False) -> SearchResult:
        """Return dossiers of which every folded word begins some stored word; accents in ``query`` change the ranking only.

        ``in_scans``: after them also those on a page of whose papers every word begins some word.
        """


class EventRepository(Protocol):
    """The append-only store of events."""

    def append(self, event: Event) -> None:
        """Add an event; nothing is ever changed or deleted."""

    def append_many(self, events: Sequence[Event]) -> None:
        """Add events that stay on this desk, many at once."""

    def of_dossier(self, dossier_id: str) -> list[Event]:
        """Return a dossier's events, the oldest first."""

    def naming(self, value: str) -> list[str]:
        """Return the dossiers of whose events one holds this word of letters and digits, each once; looks through all of them."""

    def everything(self) -> Iterator[Event]:
        """Yield every event in the order they were stored, in constant memory."""

    def lane_head(self, device: str, epoch: str) -> tuple[int, str]:
        """Return the last sequence and hash of a lane; (0, 64 zeros) for a new one."""

    def get(self, op_id: str) -> Event | None:
        """Return one event; None where there is none with this id."""

    def place(self, op_id: str, lane: Lane) -> None:
        """Give an op another place: it was recorded again in another lane, or it is one that the province held still.

        From then on it stands there alone; where it was recorded stays on record.
        """

    def placed(self) -> list[Event]:
        """Return the op of each place that was given later, those that it has left since too."""

    def of_lane(self, device: str, epoch: str, first: int, last: int) -> list[Event]:
        """Return the ops that stand in a lane from one sequence to another, both included, in their order and with that place."""

    def places_of_lane(self, device: str, epoch: str, first: int, last: int) -> list[PlacedOp]:
        """Return where the ops of :meth:`of_lane` stand; one that came back from the province bears the id that it is kept under here."""

    def lanes(self, device: str) -> dict[str, int]:
        """Return the last sequence of each epoch of a device, the lanes in the order they were begun; 0 for one that was left empty."""

    def states(self, op_ids: Sequence[str]) -> dict[str, str]:
        """Return saved, sending, province_has or attention of each op; local events are ``saved``."""


class OutboxRepository(Protocol):
    """Ops that the province has not proven to hold yet."""

    def add(self, op_id: str, dossier_id: str | None) -> None:
        """Note that an op is due to be sent."""

    def counts(self) -> dict[str, int]:
        """Return how many ops are ``saved``, ``sending``, ``province_has`` and ``attention``."""

    def due(self, device: str, epoch: str, limit: int) -> list[Event]:
        """Return the first ops of a lane that have no answer of their own, in their order."""

    def oldest(self) -> datetime | None:
        """Return when the oldest op without an answer happened; None where there is none."""

    def sending(self, op_ids: Sequence[str]) -> None:
        """Note that ops are on the wire; whether they arrived nobody knows yet."""

    def settle(self, op_id: str, state: str, rev: int | None, result: dict[str, JsonValue]) -> None:
        """Keep what the province said of one op; one that is not in the outbox stays out of it."""

    def again(self, op_id: str) -> None:
        """Send an op once more: the province lacks it."""

    def of_dossier(self, dossier_id: str) -> dict[str, Delivery]:
        """Return how far each op of a dossier has come, by its id."""

    def attention(self) -> list[Delivery]:
        """Return the ops that a person must look at, the oldest first."""


class PrintRepository(Protocol):
    """Stored prints and the print queue."""

    def add(self, form: PrintedForm) -> None:
        """Store a print; a first print keeps its document for ever."""

    def first(self, dossier_id: str, form: str) -> PrintedForm | None:
        """Return the first print of a form with its document."""

    def get(self, print_id: str) -> PrintedForm | None:
        """Return a print by id."""

    def issues(self, dossier_id: str, form: str) -> int:
        """Return how often a form was printed."""

    def of_dossier(self, dossier_id: str) -> list[PrintedForm]:
        """Return all prints of a dossier in the order they were made, without their documents."""

    def everything(self) -> Iterator[PrintedForm]:
        """Yield every print in the order they were made, without their documents, in constant memory."""

    def soundness(self) -> Iterator[tuple[str, bool]]:
        """Yield of each print that keeps its document its id, and whether that still has the hash it was stored with."""

    def void(self, print_id: str, at: datetime, reason: str) -> None:
        """Strike a print."""

    def add_job(self, job: PrintJob) -> None:
        """Queue a job."""

    def update_job(self, job: PrintJob) -> None:
        """Write a job's state, tries and message."""

    def open_jobs(self) -> list[PrintJob]:
        """Return the jobs that are not printed or cancelled, the oldest first."""


class DraftRepository(Protocol):
    """Forms being filled; each person sees only their own."""

    def save(self, draft: Draft) -> None:
        """Add a draft or write it anew."""

    def get(self, owner: str, draft_id: str) -> Draft | None:
        """Return a person's draft by id; None for another's."""

    def of_owner(self, owner: str, kind: str) -> list[Draft]:
        """Return a person's drafts of one kind of form."""

    def delete(self, owner: str, draft_id: str) -> None:
        """Drop a person's draft; one that is gone, or another's, is no fault and stays."""
