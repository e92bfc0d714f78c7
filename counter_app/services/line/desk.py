"""The line as the desk's people see and set it, and one pass over it with its entry in the history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from counter_app.domain.errors import Problem, SurroundingsError, broken, failed
from counter_app.domain.events import DOSSIER_RECEIVED, DOSSIER_REFUSED, RESULT_READY, RESULT_RETURNED
from counter_app.domain.people import Actor, Permission
from counter_app.services.changes import Changes
from counter_app.services.dossiers.access import require
from counter_app.services.line.history import note_pass
from counter_app.services.line.incoming import FOR_A_PERSON
from counter_app.services.line.province import (
    NationalTicket,
    PassEnd,
    Province,
    Relation,
    Standing,
    Ticket,
    Trouble,
    is_enrolled,
    relation_of,
)
from counter_app.services.line.terms import LineSettings, file_allowance, keep_settings, sent_today, settings_of, terms_now
from counter_app.services.ports import Clock, Database, ListFilter, ListMoment, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.repositories.line import LinePass, WaitingOps
from counter_app.services.repositories.uploads import ATTENTION, Upload
from counter_app.services.trail.row_notes import held_line

SHOWN_PASSES, MOST_LOOKS = 50, 50
_LOOKS = dict(zip(FOR_A_PERSON, ("LOOK_REASSIGNED", "LOOK_PRINT", "LOOK_UNREADABLE", "LOOK_WENT_BACK", "LOOK_READ_BACK"), strict=True))


class QueueKind(StrEnum):
    """What waits to be sent, as people speak of it; in the order in which it goes."""

    NEW = "new"
    RESULTS = "results"
    OTHER = "other"
    FILES = "files"


_KINDS = {
    DOSSIER_RECEIVED: QueueKind.NEW, DOSSIER_REFUSED: QueueKind.NEW, RESULT_READY: QueueKind.RESULTS, RESULT_RETURNED: QueueKind.RESULTS}


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits of one kind. ``size`` in bytes, before anything is compressed; ``oldest_at`` None where that is not known."""

    kind: QueueKind
    count: int = 0
    size: int = 0
    oldest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LineView:
    """Everything that the page of the line shows. ``counts`` are ops by state.

    ``journal`` tells whether there is one at the province to compare with. ``file_bytes_today`` are bytes of scans sent today,
    ``allowance`` those that may still go today, None for as many as there are.
    Without a relation there is no ``standing``, and nothing waits.
    """

    settings: LineSettings
    counts: dict[str, int]
    agency_name: str = ""
    standing: Standing | None = None
    journal: bool = True
    looks: tuple[Trouble, ...] = ()
    """Dossiers that the province wants somebody to see; the first ones."""
    queues: tuple[Queue, ...] = ()
    file_bytes_today: int = 0
    allowance: int | None = None
    passes: tuple[LinePass, ...] = ()

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Everything that needs a person; as :meth:`LineService.troubles`."""
        return _in_order(self.standing, self.looks)


@dataclass(frozen=True, slots=True)
class LineChanged:
    """What a setting of the line, or an enrolment, has touched."""

    changes: Changes = Changes.of("outbox")  # noqa: RUF009  frozen


class LineService:
    """The verbs of the line. Everybody may see it; who may change it stands at each verb."""

    def __init__(self, database: Database, clock: Clock, province: Province, device: str) -> None:
        self._database = database
        self._clock = clock
        self._province = province
        self._device = device

    # --- looking ----------------------------------------------------------------------------------------------------

    def moment(self) -> datetime:
        """Return the present moment."""
        return self._clock.now()

    def is_enrolled(self) -> bool:
        """Tell whether this computer is a device of the province."""
        with self._database.read() as uow:
            return is_enrolled(uow, self._device)

    def settings(self) -> LineSettings:
        """Return how this computer uses its line."""
        with self._database.read() as uow:
            return settings_of(uow, self._device)

    def waiting(self) -> int:
        """Return how many ops are saved here and were not sent yet."""
        with self._database.read() as uow:
            return uow.outbox.counts()["saved"]

    def view(self) -> LineView:
        """Return how the line stands, without a word on it."""
        standing = self._province.standing() if self.is_enrolled() else None
        with self._database.read() as uow:
            settings, counts = settings_of(uow, self._device), uow.outbox.counts()
            if standing is None:
                return LineView(settings, counts)
            sent, relation = sent_today(uow, self._device, self._clock.now()), relation_of(uow, self._device)
            return LineView(
                settings, counts, relation.agency_name or relation.agency, standing, relation.has_journal, _looks(uow, self._clock.now()),
                (*_queues(uow.line.waiting()), Queue(QueueKind.FILES, standing.files, standing.file_bytes, standing.oldest_file_at)), sent,
                file_allowance(settings, sent), tuple(uow.line.latest(self._device, limit=SHOWN_PASSES)))

    def troubles(self) -> tuple[Trouble, ...]:
        """Return everything that needs a person: of the line and of single ops first, then what the province wants somebody to see.

        A catalogue comes last: nobody at the desk can mend it, and it hinders nothing. This is what is counted wherever a count is shown.
        """
        if not self.is_enrolled():
            return ()
        standing = self._province.standing()
        with self._database.read() as uow:
            return _in_order(standing, _looks(uow, self._clock.now()))

    def history(self, limit: int) -> list[LinePass]:
        """Return what became of the newest passes, the newest first."""
        with self._database.read() as uow:
            return uow.line.latest(self._device, limit=limit)

    # --- changing ---------------------------------------------------------------------------------------------------

    def enrol(self, ticket: Ticket | NationalTicket, actor: Actor) -> Relation:
        """Make this computer a device of the province.

        Raises:
            RuleBrokenError: NOT_ALLOWED; as :meth:`.Province.enrol`.
            SurroundingsError: ENROL_UNANSWERED, no answer yet, the same ticket may be tried again; as :meth:`.Province.enrol`.
        """
        require(actor, Permission.MANAGE_DESK)
        try:
            relation = self._province.enrol(ticket)
        except SurroundingsError as error:
            if error.code in ("NO_CONTACT", "PROVINCE_BUSY"):  # elsewhere the PC tries again by itself; nobody enrols by itself
                raise failed("ENROL_UNANSWERED") from error
            raise
        with self._database.write() as uow:
            self._audit(uow, actor, "province.enrolled", {"agency": relation.agency, **held_line(uow, self._device)})
            uow.commit()
        return relation

    def pause(self, actor: Actor, *, paused: bool) -> LineChanged:
        """Stop sending and fetching on this computer, or go on. Whoever takes dossiers in may: nothing is lost by it.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.RECEIVE)
        return self._change(actor, paused=paused)

    def save(self, actor: Actor, *, metered: bool, daily_mb: int) -> LineChanged:
        """Set how much of the line scans may use.

        Raises:
            RuleBrokenError: NOT_ALLOWED; DAILY_IMPOSSIBLE at ``daily_mb``.
        """
        require(actor, Permission.MANAGE_DESK)
        return self._change(actor, metered=metered, daily_mb=daily_mb)

    def send_file_again(self, sha256: str, actor: Actor) -> LineChanged:
        """Try a file anew that did not arrive.

        Raises:
            RuleBrokenError: NOT_ALLOWED; FILE_NOT_OPEN, nobody waits for a decision about it.
        """
        require(actor, Permission.RECEIVE)
        with self._database.write() as uow:
            known = uow.uploads.get(sha256)
            if known is None or known.state != ATTENTION:
                raise broken("FILE_NOT_OPEN")
            uow.uploads.put(Upload(sha256))
            self._audit(uow, actor, "line.file_again", {"sha256": sha256})
            uow.commit()
        return LineChanged()

    def _change(self, actor: Actor, **changed: bool | int) -> LineChanged:
        with self._database.write() as uow:
            settings: LineSettings = replace(settings_of(uow, self._device), **changed)  # type: ignore[arg-type]
            self._audit(uow, actor, "line.changed", keep_settings(uow, self._device, settings))
            uow.commit()
        return LineChanged()

    def _audit(self, uow: UnitOfWork, actor: Actor, action: str, details: dict[str, object]) -> None:
        write_audit(uow, self._clock.now(), actor.user_id, action, self._device, details)

    # --- passing ----------------------------------------------------------------------------------------------------

    def make_pass(self, stopping: Callable[[], bool]) -> tuple[PassEnd, bool]:
        """Make one pass by what is set, note it in the history; return how it ended, and whether more could go at once.

        A pass that ``stopping`` broke off has no trouble.

        Raises:
            RuleBrokenError: NOT_ENROLLED.
            SurroundingsError: SYNC_RUNNING; as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        began = self._clock.now()
        with self._database.read() as uow:
            terms = replace(terms_now(uow, self._device, began), stopping=stopping)
        end = self._province.once(terms)
        if stopping():
            end = replace(end, trouble=None)
        with self._database.write() as uow:
            note_pass(uow, self._device, began, self._clock.now(), end)
            within = terms.file_bytes is None or end.file_bytes < terms.file_bytes
            more = end.trouble is None and end.file_bytes > 0 and within and uow.uploads.due() is not None
            uow.commit()
        return end, more


def _in_order(standing: Standing | None, looks: tuple[Trouble, ...]) -> tuple[Trouble, ...]:
    return () if standing is None else tuple(sorted((*standing.troubles, *looks), key=_waits_for_others))


def _waits_for_others(trouble: Trouble) -> bool:
    return trouble.kind == "catalogue"


def _looks(uow: UnitOfWork, now: datetime) -> tuple[Trouble, ...]:
    """Return what the province wants somebody to see, one for each dossier, by its most urgent mark."""
    found = []
    for row in uow.dossiers.rows(ListFilter.ATTENTION, ListMoment(now, now, now), limit=MOST_LOOKS):
        dossier = uow.dossiers.get(row.dossier_id)
        mark = next((each for each in FOR_A_PERSON if dossier and each in dossier.attention), None)
        if mark is not None:
            found.append(Trouble("look", Problem(_LOOKS[mark], None, {"code": row.code}), dossier_code=row.code))
    return tuple(found)


def _queues(waiting: list[WaitingOps]) -> list[Queue]:
    """Return what waits by the kinds that people speak of, the empty ones too."""
    queues = {kind: Queue(kind) for kind in (QueueKind.NEW, QueueKind.RESULTS, QueueKind.OTHER)}
    for each in waiting:
        queue = queues[_KINDS.get(each.type, QueueKind.OTHER)]
        oldest = min(each.oldest_at, queue.oldest_at or each.oldest_at)
        queues[queue.kind] = Queue(queue.kind, queue.count + each.count, queue.size + each.size, oldest)
    return list(queues.values())
