"""Looking up dossiers: lists, search, one dossier opened; who looked at what is in the audit trail, never what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from counter_app.domain.codes import read_slip_qr
from counter_app.domain.dossier import Dossier, DossierRow, FeeLine
from counter_app.domain.errors import broken
from counter_app.domain.events import NOTE_ADDED, PROVINCE_PREFIX, READ_BACK, READ_BACK_OP, Event
from counter_app.domain.facts import note_added
from counter_app.domain.masking import mask_id
from counter_app.domain.people import Actor, Permission
from counter_app.domain.text import fold, tidy, words
from counter_app.services.changes import Changes
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.desk.settings import SettingsService
from counter_app.services.dossiers.access import dossier_with_code, dossier_with_id, recorder, require
from counter_app.services.dossiers.views import PROVINCE_HAS, DossierView, EarlierDossier, EventRow, Page, least_state, row_of
from counter_app.services.ports import Clock, Database, ListFilter, SearchResult, UnitOfWork
from counter_app.services.recording import write_audit

__all__ = ["DossierService", "DossierView", "EarlierDossier", "EventRow", "Page"]

MOST_MATCHES = 200
MOST_EARLIER = 5
LONGEST_NOTE = 2000
"""Characters of a note; the contract allows twice as many (openapi.yaml, FactsNoteAdded)."""

URGENT_FIRST = (ListFilter.OVERDUE, ListFilter.DUE_TODAY, ListFilter.DUE_SOON, ListFilter.SUPPLEMENT_LATE, ListFilter.RESULT_WAITING,
                ListFilter.SUPPLEMENT_OPEN, ListFilter.ALL)
"""The lists that stand one after the other where everything is shown."""

Rows = list[DossierRow]
Earlier = list[EarlierDossier]


class DossierService:
    """Reads dossiers for people, and notes who read what."""

    def __init__(self, database: Database, clock: Clock, settings: SettingsService, calendar: CalendarService) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._calendar = calendar

    def show(self, code: str, actor: Actor) -> DossierView:
        """Open the one dossier with this code, or with the code in a slip's QR (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED; DOSSIER_UNKNOWN, CODE_SHARED (several bear it: list them) at ``code``.
        """
        require(actor, Permission.READ)
        with self._database.write() as uow:
            dossier = dossier_with_code(uow, code)
            events = _event_rows(uow, uow.events.of_dossier(dossier.dossier_id))
            self._audit(uow, actor, "dossier.shown", dossier.dossier_id, {})
            uow.commit()
        return DossierView(dossier, mask_id(dossier.applicant.id_number), events, _far(events))

    def matching_codes(self, text: str, actor: Actor) -> Rows:
        """Return every dossier of which some code holds ``text``, the newest first; never one of several at random.

        The text begins at a letter or figure group: ``0007``, ``261120-0007`` and ``H36.50.05-2611`` match, ``007`` does not.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.READ)
        code = read_slip_qr(text) or tidy(text)
        with self._database.read() as uow:
            rows = uow.dossiers.search(words(code), code, limit=MOST_MATCHES).rows if words(code) else ()
            return [row for row in rows if _holds(row.code, code) or _holds_other(uow.dossiers.get(row.dossier_id), code)]

    def reveal_id(self, dossier_id: str, actor: Actor) -> str:
        """Return the applicant's whole identity number (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED, DOSSIER_UNKNOWN.
        """
        require(actor, Permission.READ)
        with self._database.write() as uow:
            dossier = dossier_with_id(uow, dossier_id)
            self._audit(uow, actor, "id_number.shown", dossier_id, {})
            uow.commit()
        return dossier.applicant.id_number

    def list(self, which: ListFilter, actor: Actor, limit: int = 200, offset: int = 0, *, opened: bool = False) -> Page:
        """Return a page of one of the lists, which shows names. One that somebody ``opened`` is audited, as a search without words; not one
        that is only counted, or on the screen already and read anew.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.READ)
        moment = self._calendar.list_moment()
        with self._database.read() as uow:
            page = Page(tuple(uow.dossiers.rows(which, moment, limit=limit, offset=offset)), uow.dossiers.count(which, moment))
        return self._looked_at(page, which, actor) if opened else page

    def most_urgent(self, actor: Actor, limit: int, *, opened: bool = False) -> Page:
        """Return all dossiers as a desk looks at them: what presses, then what waits for somebody, then everything else, the newest first.

        ``opened``: as :meth:`list`.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.READ)
        moment = self._calendar.list_moment()
        rows: dict[str, DossierRow] = {}
        with self._database.read() as uow:
            for which in URGENT_FIRST:
                for row in uow.dossiers.rows(which, moment, limit=limit):
                    rows.setdefault(row.dossier_id, row)
            page = Page(tuple(rows.values())[:limit], uow.dossiers.count(ListFilter.ALL, moment))
        return self._looked_at(page, ListFilter.ALL, actor) if opened else page

    def _looked_at(self, page: Page, which: ListFilter, actor: Actor) -> Page:
        """Note which list was looked at and how long it is, nobody's name; a list without anybody on it shows nobody."""
        if page.rows:
            with self._database.write() as uow:
                self._audit(uow, actor, "dossiers.searched", "", {"words": 0, "found": page.total, "list": which.value})
                uow.commit()
        return page

    def fees_of(self, dossier_id: str, actor: Actor) -> tuple[FeeLine, ...]:
        """Return the fees of a dossier, which name nobody and so leave no entry in the audit trail.

        Raises:
            RuleBrokenError: NOT_ALLOWED, DOSSIER_UNKNOWN.
        """
        require(actor, Permission.READ)
        with self._database.read() as uow:
            return dossier_with_id(uow, dossier_id).fees

    def of_code(self, code: str, actor: Actor) -> Dossier:
        """Return the one dossier with this code for a list of what is being done with it (audited).

        Raises:
            RuleBrokenError: as :meth:`show`.
        """
        return self.show(code, actor).dossier

    def codes_of(self, dossier_ids: Sequence[str], actor: Actor) -> tuple[str, ...]:
        """Return the codes of dossiers by their ids, those of a bundle; ids that nothing bears are left out.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.READ)
        with self._database.read() as uow:
            found = [uow.dossiers.get(dossier_id) for dossier_id in dossier_ids]
        return tuple(each.code for each in found if each)

    def search(self, query: str, actor: Actor, limit: int = 50, *, typing: bool = False) -> SearchResult:
        """Return dossiers by words of anything stored, and after them by words on their scans; no word finds nothing.

        Audited with the number of words and of dossiers found; not while keys are still being pressed (``typing``), where the search
        that the person ends up with is the one to note.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.READ)
        query = read_slip_qr(query) or query
        asked = words(query)
        with self._database.read() as uow:
            in_scans = actor.may(Permission.EXPORT)  # what somebody may not open can't be asked out of it either
            found = uow.dossiers.search(asked, tidy(query), limit=limit, in_scans=in_scans) if asked else SearchResult((), 0)
        if asked and not typing:
            with self._database.write() as uow:
                seen = {"in_scans": len(found.seen)} if found.seen else {}
                self._audit(uow, actor, "dossiers.searched", "", {"words": len(asked), "found": found.total, **seen})
                uow.commit()
        return found

    def earlier_of(self, id_number: str, actor: Actor) -> Earlier:
        """Return the newest dossiers of the person with this number, who stands at the desk, for filling a form.

        They show an address and a telephone, so it is audited: how many were found and the newest one, never the number asked for.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.READ)
        with self._database.write() as uow:
            found = uow.dossiers.of_person(tidy(id_number), limit=MOST_EARLIER)
            earlier = [EarlierDossier(row_of(dossier, _state(uow, dossier)), dossier.applicant) for dossier in found]
            self._audit(uow, actor, "earlier.shown", found[0].dossier_id if found else "", {"found": len(found)})
            uow.commit()
        return earlier

    def add_note(self, dossier_id: str, text: str, actor: Actor) -> Changes:
        """Add a note to a dossier: an event, which the province gets too.

        Raises:
            RuleBrokenError: NOT_ALLOWED, DOSSIER_UNKNOWN; NOTE_EMPTY, NOTE_TOO_LONG at ``text``.
        """
        require(actor, Permission.RECEIVE)
        note = tidy(text)
        if not note:
            raise broken("NOTE_EMPTY", "text")
        if len(note) > LONGEST_NOTE:
            raise broken("NOTE_TOO_LONG", "text", length=len(note), limit=LONGEST_NOTE)
        profile = self._settings.profile()
        with self._database.write() as uow:
            dossier = dossier_with_id(uow, dossier_id)
            recorder(uow, profile, self._clock).record(NOTE_ADDED, dossier, note_added(note), actor, self._clock.now())
            uow.commit()
        return Changes.of("dossiers", "outbox")

    def _audit(self, uow: UnitOfWork, actor: Actor, action: str, subject: str, details: Mapping[str, int | str]) -> None:
        write_audit(uow, self._clock.now(), actor.user_id, action, subject, details)


def _holds(code: str, part: str) -> bool:
    return fold(part) in fold(code)


def _holds_other(dossier: Dossier | None, part: str) -> bool:
    return dossier is not None and any(_holds(each.code, part) for each in dossier.codes)


def _state(uow: UnitOfWork, dossier: Dossier) -> str:
    return _far(_event_rows(uow, uow.events.of_dossier(dossier.dossier_id)))


def _far(events: tuple[EventRow, ...]) -> str:
    """Return how far the province has a dossier."""
    return least_state(event.state for event in events if event.counts)


def _state_of(event: Event, states: Mapping[str, str]) -> str:
    """Return how far the province has an event; what the province itself told it has."""
    return PROVINCE_HAS if event.type.startswith(PROVINCE_PREFIX) else states[event.op_id]


def _event_rows(uow: UnitOfWork, events: list[Event]) -> tuple[EventRow, ...]:
    states = uow.events.states([event.op_id for event in events])
    names = {user_id: user.full_name for user_id in set(map(_doer, events)) if (user := uow.users.get(user_id))}
    return tuple(
        EventRow(event.op_id, event.lane.seq if event.lane else None, event.type, event.occurred_at, event.actor,
                 names.get(_doer(event), ""), event.facts, _state_of(event, states), event.ho_so)
        for event in events
    )


def _doer(event: Event) -> str:
    """Return the id of who did it: of an act that was read back, whoever did it before it was lost."""
    return str(event.facts[READ_BACK_OP]["actor"]["user_id"]) if event.type == READ_BACK else event.actor.user_id
