"""How every verb after the receipt is carried out: one transaction over one or several dossiers, each act checked, recorded, kept.

A verb's service opens a :class:`Transaction`, takes each dossier into it as an :class:`Act`, says what happened, and leaves; leaving
without an exception commits everything together. Nothing is half done: projection, event, audit, outbox, register, stored form and print
queue stand or fall as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain, count
from typing import Any, Protocol

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import Problem, RuleBrokenError, broken
from counter_app.domain.events import SLIP_PRINTED, Event, JsonObject
from counter_app.domain.facts import slip_printed
from counter_app.domain.lifecycle import MOVES, Verb, why_not
from counter_app.domain.moments import day_of
from counter_app.domain.numbering import require_clock
from counter_app.domain.people import Actor, Permission
from counter_app.services.changes import Changes
from counter_app.services.desk.settings import PAPERS, DeskProfile, SettingsService
from counter_app.services.documents.forms import FormWords, form_in_force
from counter_app.services.documents.print_queue import queued
from counter_app.services.documents.slips import SlipMaker
from counter_app.services.dossiers.access import dossier_with_code, recorder, require
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.trail.print_notes import keep_print, noted

TOUCHED = Changes.of("dossiers", "outbox")
CLOCKS_DIFFER = timedelta(minutes=5)
"""What the clocks of two counters may differ without anybody being told."""
_FORM_BOOK = "forms/"
"""The running numbers of forms 02 to 05 of a year stand in books of their own: ``forms/02``."""


class Listener(Protocol):
    """Who wants to write something of their own in the transaction of an act: money, books, messages."""

    def recorded(self, act: Act, before: Dossier, event: Event) -> None:
        """Look at an event that was just recorded; ``act.dossier`` is the dossier after it. Raising undoes the whole act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """What every command says about the form that it prints: on which paper, and whether it also waits for the printer."""

    paper: str = "a5"
    queue: bool = True


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb returns: the dossiers after it, the prints it stored, what a person should know, and what to refresh."""

    dossiers: tuple[Dossier, ...]
    print_ids: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    changes: Changes = TOUCHED
    forms: tuple[str, ...] = ()
    """What each of the prints is: ``02``, ``hand_over`` …"""

    @property
    def dossier(self) -> Dossier:
        """The one dossier of a verb that is about one."""
        return self.dossiers[0]


@dataclass(slots=True)
class Transaction:
    """One transaction of one person at one moment."""

    uow: UnitOfWork
    profile: DeskProfile
    actor: Actor
    now: datetime
    clock: Clock
    maker: SlipMaker
    listeners: Sequence[Listener] = ()
    acts: list[Act] = field(default_factory=list)
    print_ids: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    changes: Changes = TOUCHED

    def take(self, code: str, verb: Verb) -> Act:
        """Take the dossier with a code into the transaction for a verb. Warning: CLOCK_BEHIND, its last event is later than now.

        Raises:
            RuleBrokenError: DOSSIER_UNKNOWN, CODE_SHARED at ``code``; NOT_ALLOWED; and as :func:`~counter_app.domain.lifecycle.why_not`.
        """
        return self.take_dossier(dossier_with_code(self.uow, code), verb)

    def take_dossier(self, dossier: Dossier, verb: Verb) -> Act:
        """Take a dossier that was just looked up in this transaction; raises as :meth:`take`."""
        require(self.actor, MOVES[verb].permission)
        if problem := why_not(dossier, verb):
            raise RuleBrokenError(problem)
        act = Act(self, verb, dossier)
        self.acts.append(act)
        self._compare_clock(dossier)
        return act

    def take_all(self, codes: Sequence[str], verb: Verb) -> list[Act]:
        """Take several dossiers by their codes; a code that was scanned twice counts once.

        Raises:
            RuleBrokenError: NO_CODES; and what :meth:`take` raises, of every dossier at once, each at ``codes.<index>``.
        """
        problems: list[Problem] = []
        taken: dict[str, Act] = {}
        for index, code in enumerate(codes):
            try:
                dossier = dossier_with_code(self.uow, code)
                if dossier.dossier_id not in taken:
                    taken[dossier.dossier_id] = self.take_dossier(dossier, verb)
            except RuleBrokenError as error:
                problems += [replace(each, field=f"codes.{index}") for each in error.problems]
        if problems:
            raise RuleBrokenError(*problems)
        if not taken:
            raise broken("NO_CODES", "codes")
        return list(taken.values())

    def warn(self, code: str, field: str | None = None, **params: str | int) -> None:
        """Tell the person something that forbids nothing."""
        self.warnings.append(Problem(code, field, params))

    def _compare_clock(self, dossier: Dossier) -> None:
        """A clock that was set back forbids nothing: whatever was written under the wrong time must still go on (contract 1.5)."""
        history = self.uow.events.of_dossier(dossier.dossier_id)
        if history and history[-1].occurred_at - self.now > CLOCKS_DIFFER:
            self.warn("CLOCK_BEHIND", None, time=f"{history[-1].occurred_at:%H:%M %d/%m/%Y}")

    def form(self, name: str) -> FormWords:
        """Return the words of a form as it is in force today."""
        return form_in_force(name, day_of(self.now))

    def print_form(
        self, subject_id: str, acts: Sequence[Act], content: dict[str, Any], how: Printing, *, copies: int = 1, again: bool = False,
    ) -> str:
        """Store a form about one or several dossiers, note with each that it was printed, queue it, and return its print id.

        ``again``: the form takes the place of an earlier one of its kind (a corrected slip), and counts as its next issue.

        Raises:
            RuleBrokenError: PAPER_UNKNOWN at ``paper``; OP_TOO_LARGE.
        """
        if how.paper not in PAPERS:
            raise broken("PAPER_UNKNOWN", "paper")
        name, earlier = self._name(subject_id, str(content["form"]))
        form = self.maker.made(subject_id, name, content, how.paper, self.now)
        if acts:
            self.uow.prints.add(form)
        else:
            keep_print(self.uow, form, self.actor.user_id, self.now)
        told = replace(form, issue=earlier + 1) if again else form
        lane = recorder(self.uow, self.profile, self.clock)
        for act in acts:
            once = noted(form) if act is acts[0] else None
            lane.record(SLIP_PRINTED, act.dossier, slip_printed(act.dossier, told, copies=copies), self.actor, self.now, noted=once)
        if how.queue:
            self.uow.prints.add_job(queued(form.print_id, self.profile.printer, copies, self.now, device=self.profile.device))
        self.print_ids.append(form.print_id)
        self.forms.append(name)
        self.changes |= Changes.of("prints")
        return form.print_id

    def _name(self, subject_id: str, form: str) -> tuple[str, int]:
        """Return what a form is stored as, and how often its kind was printed before.

        A second request for papers is another form of the dossier (``02/2``), not a reprint of the first.
        """
        earlier = 0
        for name in chain((form,), (f"{form}/{ordinal}" for ordinal in count(2))):
            issues = self.uow.prints.issues(subject_id, name)
            if not issues:
                return name, earlier
            earlier += issues
        raise AssertionError("names never end")

    def clerk(self) -> str:
        """Return the name of who acts, as it stands under a form."""
        user = self.uow.users.get(self.actor.user_id)
        return user.full_name if user else ""

    def form_number(self, form: str, dossier_id: str) -> str:
        """Use up the next running number of a form in this year and return it as printed: ``07/TTPVHCC``."""
        place = self.uow.logbooks.next_place(f"{_FORM_BOOK}{form}", self.now.year)
        self.uow.logbooks.add_line(place, dossier_id, day_of(self.now))
        suffix = self.profile.number_suffix or form_in_force(form, day_of(self.now)).number_suffix
        return f"{place.ordinal:02d}/{suffix}"

    def done(self) -> Done:
        """Return what to tell the caller, once the transaction is committed."""
        dossiers = tuple(act.dossier for act in self.acts)
        return Done(dossiers, tuple(self.print_ids), tuple(self.warnings), self.changes, tuple(self.forms))


@dataclass(slots=True)
class Act:
    """One verb on one dossier while it is being written. ``dossier`` is always the newest projection."""

    transaction: Transaction
    verb: Verb
    dossier: Dossier

    def record(
        self, after: Dossier, facts: JsonObject, kind: str = "", *, ho_so: JsonObject | None = None, resolves: str | None = None,
    ) -> Event:
        """Record the event of the verb (or another ``kind``) and keep the dossier as it is after it.

        ``ho_so`` is another record than that of the dossier: what the desk asks the province for.
        ``resolves``: as :meth:`.Recorder.record`.

        Raises:
            RuleBrokenError: OP_TOO_LARGE.
        """
        tx, before = self.transaction, self.dossier
        lane = recorder(tx.uow, tx.profile, tx.clock)
        event = lane.record(kind or MOVES[self.verb].event, after, facts, tx.actor, tx.now, ho_so=ho_so, resolves=resolves)
        tx.uow.dossiers.update(after)
        self.dossier = after
        for listener in tx.listeners:
            listener.recorded(self, before, event)
        return event

    def print_form(self, content: dict[str, Any], how: Printing, *, copies: int = 1, again: bool = False) -> str:
        """Store the form of the act; as :meth:`Transaction.print_form`."""
        return self.transaction.print_form(self.dossier.dossier_id, (self,), content, how, copies=copies, again=again)


class Acting:
    """Opens transactions for the verbs."""

    def __init__(
        self, database: Database, clock: Clock, settings: SettingsService, maker: SlipMaker, listeners: Sequence[Listener] = (),
    ) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._maker = maker
        self._listeners = tuple(listeners)

    @contextmanager
    def transaction(self, actor: Actor, permission: Permission = Permission.RECEIVE) -> Iterator[Transaction]:
        """Begin a transaction; leaving the block commits it, an exception undoes all of it.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
            SurroundingsError: CLOCK_WRONG; and as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        require(actor, permission)
        profile = self._settings.profile()
        with self._database.write() as uow:
            now = self._clock.now()
            require_clock(now)
            yield Transaction(uow, profile, actor, now, self._clock, self._maker, self._listeners)
            uow.commit()
