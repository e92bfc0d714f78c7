"""How every verb after the receipt is carried out: one transaction over one or several dossiers, each act checked, recorded, kept.

A verb's service opens a :class:`Transaction`, takes each dossier into it as an :class:`Act`, says what happened, and leaves; leaving
without an exception commits everything together. Nothing is half done: projection, event, audit, outbox, register, stored form and print
queue stand or fall as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, count
from typing import Any

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import Problem, RuleBrokenError
from counter_app.domain.events import SLIP_PRINTED, JsonObject
from counter_app.domain.facts import slip_printed
from counter_app.domain.lifecycle import MOVES, Verb, why_not
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor, Permission
from counter_app.services.changes import Changes
from counter_app.services.dossier_access import dossier_with_code, recorder, require
from counter_app.services.forms import form_in_force
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.print_queue import queued
from counter_app.services.settings import DeskProfile, SettingsService
from counter_app.services.slips import SlipMaker

TOUCHED = Changes.of("dossiers", "outbox")
_FORM_BOOK = "forms/"
"""The running numbers of forms 02 to 05 of a year stand in books of their own: ``forms/02``."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb returns: the dossiers after it, the prints it stored, what a person should know, and what to refresh."""

    dossiers: tuple[Dossier, ...]
    print_ids: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    changes: Changes = TOUCHED

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
    acts: list[Act] = field(default_factory=list)
    print_ids: list[str] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    changes: Changes = TOUCHED

    def take(self, code: str, verb: Verb) -> Act:
        """Take the dossier with a code into the transaction for a verb.

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
        return act

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
        return Done(tuple(act.dossier for act in self.acts), tuple(self.print_ids), tuple(self.warnings), self.changes)


@dataclass(slots=True)
class Act:
    """One verb on one dossier while it is being written. ``dossier`` is always the newest projection."""

    transaction: Transaction
    verb: Verb
    dossier: Dossier

    def record(self, after: Dossier, facts: JsonObject, kind: str = "") -> None:
        """Record the event of the verb (or another ``kind``) and keep the dossier as it is after it.

        Raises:
            RuleBrokenError: OP_TOO_LARGE.
        """
        tx = self.transaction
        lane = recorder(tx.uow, tx.profile, tx.clock)
        lane.record(kind or MOVES[self.verb].event, after, facts, tx.actor, tx.now)
        tx.uow.dossiers.update(after)
        self.dossier = after

    def print(self, content: dict[str, Any], paper: str, *, copies: int = 1, queue: bool = True) -> str:
        """Store the form of the act, note that it was printed, queue it for the printer, and return its print id.

        Raises:
            RuleBrokenError: OP_TOO_LARGE.
        """
        tx = self.transaction
        form = tx.maker.made(self.dossier.dossier_id, self._name(str(content["form"])), content, paper, tx.now)
        tx.uow.prints.add(form)
        recorder(tx.uow, tx.profile, tx.clock).record(
            SLIP_PRINTED, self.dossier, slip_printed(self.dossier, form, copies=copies), tx.actor, tx.now,
        )
        if queue:
            tx.uow.prints.add_job(queued(form.print_id, tx.profile.printer, copies, tx.now, device=tx.profile.device))
        tx.print_ids.append(form.print_id)
        tx.changes |= Changes.of("prints")
        return form.print_id

    def _name(self, form: str) -> str:
        """Return what the form is stored as: a second request for papers is another form of the dossier (``02/2``), not a reprint."""
        prints, dossier_id = self.transaction.uow.prints, self.dossier.dossier_id
        names = chain((form,), (f"{form}/{ordinal}" for ordinal in count(2)))
        return next(name for name in names if not prints.issues(dossier_id, name))


class Acting:
    """Opens transactions for the verbs."""

    def __init__(self, database: Database, clock: Clock, settings: SettingsService, maker: SlipMaker) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._maker = maker

    @contextmanager
    def transaction(self, actor: Actor, permission: Permission = Permission.RECEIVE) -> Iterator[Transaction]:
        """Begin a transaction; leaving the block commits it, an exception undoes all of it.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
            SurroundingsError: as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        require(actor, permission)
        profile = self._settings.profile()
        with self._database.write() as uow:
            yield Transaction(uow, profile, actor, self._clock.now(), self._clock, self._maker)
            uow.commit()
