"""The page that ends a day: what came in and went out, what money was taken, and the mark that fixes the audit trail on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from counter_app.domain.checkpoint import checkpoint
from counter_app.domain.dossier import BookPlace, FeeMethod
from counter_app.domain.events import CHECKPOINT, JsonObject
from counter_app.domain.moments import day_of
from counter_app.domain.money import MONEY_METHODS
from counter_app.domain.people import Actor, Permission
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.acts.acting import Acting, Printing
from counter_app.services.changes import Changes
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.slips import next_name
from counter_app.services.dossiers.access import recorder, require
from counter_app.services.ports import Database, ListFilter, ListMoment, UnitOfWork
from counter_app.services.registers.day_content import DAY, day_content
from counter_app.services.trail.marks import TrailWitness

_COUNTED = (ListFilter.RESULT_WAITING, ListFilter.OVERDUE, ListFilter.SUPPLEMENT_OPEN)
_PAGE = 200


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The figures of a day. ``places`` are the first and the last line of the register, ``money`` payments and đồng by method."""

    received: int
    returned: int
    open: Mapping[ListFilter, int]
    places: tuple[BookPlace, ...]
    burned: int
    money: Mapping[FeeMethod, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class DayPage:
    """A page that was made: its print, which one of the day it is, and the facts of its checkpoint."""

    print_id: str
    issue: int
    facts: JsonObject
    figures: DayFigures
    changes: Changes


class DayPageService:
    """Ends days. It may be done several times a day; each time is an issue of its own with a mark of its own."""

    def __init__(self, database: Database, acting: Acting, calendar: CalendarService, witness: TrailWitness | None = None) -> None:
        """``witness`` marks the trail outside the database too; without it the page and its checkpoint are the only marks."""
        self._database, self._acting, self._calendar, self._witness = database, acting, calendar, witness

    def figures(self, actor: Actor) -> DayFigures:
        """Return how today stands, without a write.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.READ)
        at = self._calendar.list_moment()
        with self._database.read() as uow:
            return _figures(uow, at)

    def made_today(self, device: str) -> int:
        """Return how many pages of a counter were made today."""
        today = self._calendar.list_moment().now
        with self._database.read() as uow:
            return _issue(uow, _subject(device, today)) - 1

    def make(self, actor: Actor, printing: Printing | None = None) -> DayPage:
        """Make the page of today: figures, checkpoint event and stored print in one transaction.

        Raises:
            RuleBrokenError: NOT_ALLOWED; PAPER_UNKNOWN at ``paper``.
        """
        at, how = self._calendar.list_moment(), printing or Printing()
        with self._acting.transaction(actor) as tx:
            profile, subject = tx.profile, _subject(tx.profile.device, tx.now)
            facts = _facts(tx.uow, profile, tx.now)
            issue, figures = _issue(tx.uow, subject), _figures(tx.uow, at)
            content = day_content(figures, facts, issue, profile, tx.form(DAY), clerk=tx.clerk(), on=tx.now)
            print_id = tx.print_form(subject, (), content, how)
            recorder(tx.uow, profile, tx.clock).record(CHECKPOINT, None, facts, actor, tx.now)
            changes = tx.changes
        if self._witness is not None:
            self._witness.mark()
        return DayPage(print_id, issue, facts, figures, changes)


def _subject(device: str, now: datetime) -> str:
    return f"day/{device}/{day_of(now)}"


def _issue(uow: UnitOfWork, subject: str) -> int:
    """Return which page of the day comes next: 1, 2 …"""
    return int(next_name(uow, subject, DAY).partition("/")[2] or 1)


def _facts(uow: UnitOfWork, profile: DeskProfile, now: datetime) -> JsonObject:
    """Return where trail and lane stand before the page is written; what is written for it comes after the mark."""
    ops = uow.events.lane_head(profile.recorded_as, profile.epoch)
    return checkpoint(day_of(now), profile.recorded_as, profile.epoch, audit=uow.audit.head(), ops=ops)


def _figures(uow: UnitOfWork, at: ListMoment) -> DayFigures:
    today = day_of(at.now)
    start = at.today_end + timedelta(seconds=1) - timedelta(days=1)
    lines = [line.place for line in uow.logbooks.all_lines(DOSSIER_BOOK, today.year, None, today, today)]
    places = (lines[0], lines[-1]) if lines else ()
    money = dict.fromkeys(MONEY_METHODS, (0, 0))
    for each in uow.payments.totals(start, start + timedelta(days=1)):
        if each.method in money:
            payments, amount = money[each.method]
            money[each.method] = payments + each.payments, amount + each.amount_vnd
    return DayFigures(
        received=uow.dossiers.count(ListFilter.RECEIVED_TODAY, at), returned=_returned(uow, at, start),
        open={which: uow.dossiers.count(which, at) for which in _COUNTED}, places=places,
        burned=sum(not each.dossier_id for each in uow.numbers.burned(today, today)), money=money)


def _returned(uow: UnitOfWork, at: ListMoment, start: datetime) -> int:
    """Count what was returned today; the list begins with the newest."""
    count = 0
    while rows := uow.dossiers.rows(ListFilter.RETURNED, at, limit=_PAGE, offset=count):
        today = sum(row.returned_at is not None and row.returned_at >= start for row in rows)
        count += today
        if today < len(rows):
            break
    return count
