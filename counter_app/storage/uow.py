"""Units of work over one connection: all repositories, one transaction."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, closing
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from counter_app.domain.errors import failed
from counter_app.services.ports import StoreFacts
from counter_app.services.repositories import core as kept
from counter_app.services.repositories.audit import AuditRepository
from counter_app.services.repositories.certification import CertificationRepository
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
from counter_app.storage.integrity import examine, trust
from counter_app.storage.inventory import take_stock
from counter_app.storage.plain import UnreadableError
from counter_app.storage.repositories.audit import SqlAudit
from counter_app.storage.repositories.calendar import SqlCalendar
from counter_app.storage.repositories.catalogue import SqlCatalogue
from counter_app.storage.repositories.certifications import SqlCertifications
from counter_app.storage.repositories.complaints import SqlComplaints
from counter_app.storage.repositories.dossiers import SqlDossiers
from counter_app.storage.repositories.drafts import SqlDrafts
from counter_app.storage.repositories.events import SqlEvents
from counter_app.storage.repositories.line import SqlLine
from counter_app.storage.repositories.logbooks import SqlLogbooks
from counter_app.storage.repositories.messages import SqlMessages
from counter_app.storage.repositories.numbers import SqlNumbers
from counter_app.storage.repositories.outbox import SqlOutbox
from counter_app.storage.repositories.page_words import SqlPageWords
from counter_app.storage.repositories.payments import SqlPayments
from counter_app.storage.repositories.prints import SqlPrints
from counter_app.storage.repositories.reports import SqlReports
from counter_app.storage.repositories.scans import SqlBatches, SqlDigitalPapers, SqlStoredFiles
from counter_app.storage.repositories.settings import SqlSettings
from counter_app.storage.repositories.typing_tasks import SqlTypingTasks
from counter_app.storage.repositories.uploads import SqlUploads
from counter_app.storage.repositories.users import SqlUsers

TrailWatch = Callable[[int, str], None]
"""Hears the sequence and the hash of the audit trail's last entry once they are durable."""


class SqlUnitOfWork:
    """One transaction, :class:`~counter_app.services.ports.UnitOfWork`. Entered once; not for use by two threads."""

    settings: kept.SettingsRepository
    users: kept.UserRepository
    catalogue: kept.CatalogueRepository
    calendar: kept.CalendarRepository
    dossiers: kept.DossierRepository
    events: kept.EventRepository
    outbox: kept.OutboxRepository
    audit: AuditRepository
    logbooks: LogbookRepository
    numbers: NumberRepository
    prints: kept.PrintRepository
    drafts: kept.DraftRepository
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

    def __init__(self, engine: Engine, place: str, *, writes: bool, passed: TrailWatch | None = None) -> None:
        self._engine = engine
        self._place = place
        self._writes = writes
        self._passed = passed
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        """Begin: a writer has the lock from here on, a reader its snapshot."""
        with ExitStack() as undo:
            connection = undo.enter_context(self._engine.connect()).execution_options(writes=self._writes)
            connection.begin()
            undo.pop_all()
        self._connection = connection
        self._equip(connection)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End: what was not committed is rolled back.

        Raises:
            SurroundingsError: DATABASE_CORRUPT, something was read that is not what was stored, whatever came of it in the block.
        """
        connection, self._connection = self._connection, None
        if connection is None:
            return
        with closing(connection):
            if connection.in_transaction() and not connection.invalidated:
                trust(connection, self._place)
        if isinstance(error, UnreadableError):
            raise failed("DATABASE_CORRUPT", path=self._place) from error

    def commit(self) -> None:
        """Make everything durable; on return a power cut loses nothing.

        Raises:
            SurroundingsError: as :class:`~counter_app.services.ports.UnitOfWork`; nothing is kept then.
        """
        if self._connection is None:
            raise RuntimeError("the unit of work is not open")
        trust(self._connection, self._place)
        head = self._trail.head() if self._passed and self._trail.has_grown else None
        self._connection.commit()
        if self._passed and head:
            self._passed(*head)

    def part(self) -> AbstractContextManager[object]:
        """Enter a savepoint; as :class:`~counter_app.services.ports.UnitOfWork`."""
        if self._connection is None:
            raise RuntimeError("the unit of work is not open")
        return self._connection.begin_nested()

    def _equip(self, connection: Connection) -> None:
        self.settings = SqlSettings(connection)
        self.users = SqlUsers(connection)
        self.catalogue = SqlCatalogue(connection)
        self.calendar = SqlCalendar(connection)
        self.dossiers = SqlDossiers(connection)
        self.events = SqlEvents(connection)
        self.outbox = SqlOutbox(connection)
        self.audit = self._trail = SqlAudit(connection)
        self.logbooks = SqlLogbooks(connection)
        self.numbers = SqlNumbers(connection)
        self.prints = SqlPrints(connection)
        self.drafts = SqlDrafts(connection)
        self.certifications = SqlCertifications(connection)
        self.payments = SqlPayments(connection)
        self.messages = SqlMessages(connection)
        self.complaints = SqlComplaints(connection)
        self.typing_tasks = SqlTypingTasks(connection)
        self.reports = SqlReports(connection)
        self.files = SqlStoredFiles(connection)
        self.papers = SqlDigitalPapers(connection)
        self.uploads = SqlUploads(connection)
        self.line = SqlLine(connection)
        self.batches = SqlBatches(connection)
        self.page_words = SqlPageWords(connection)


class SqlDatabase:
    """A desk's database, :class:`~counter_app.services.ports.Database`; safe to use from several threads.

    ``place`` is what to call it before people; ``passed`` hears after each commit how far the audit trail has come.
    """

    def __init__(self, engine: Engine, place: str, passed: TrailWatch | None = None) -> None:
        self._engine = engine
        self._place = place
        self._passed = passed

    def write(self) -> SqlUnitOfWork:
        """Return a unit that takes the write lock when it is entered."""
        return SqlUnitOfWork(self._engine, self._place, writes=True, passed=self._passed)

    def read(self) -> SqlUnitOfWork:
        """Return a unit on one snapshot, which can change nothing."""
        return SqlUnitOfWork(self._engine, self._place, writes=False)

    def examine(self) -> None:
        """Read every page; takes a while where there are many.

        Raises:
            SurroundingsError: as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        with self._engine.connect() as connection:
            examine(connection, self._place)

    def facts(self) -> StoreFacts:
        """Return what is stored, in numbers; raises as :class:`~counter_app.services.ports.UnitOfWork`."""
        with self._engine.connect() as connection:
            return take_stock(connection)

    def close(self) -> None:
        """Close every connection; the last one empties the write-ahead log."""
        self._engine.dispose()
