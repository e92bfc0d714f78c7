"""The line of a desk whose province speaks only the national record: :class:`~counter_app.services.line.province.Province` over the seam.

Such a system tells nothing back: no feed, no leases, no official codes, no journal. What it took is what it answered for, and nothing else
is shown as arrived.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, replace
from datetime import date

from counter_app.domain.errors import Problem, broken
from counter_app.domain.moments import wire as envelope_time
from counter_app.services.line.day_counts import PeriodCompared
from counter_app.services.line.province import (
    NATIONAL,
    NationalTicket,
    PassEnd,
    Reconciliation,
    Relation,
    Standing,
    Terms,
    Ticket,
    Trouble,
    keep_relation,
    relation_of,
)
from counter_app.services.ports import UnitOfWork
from counter_app.sync.desk_line import CALL_S, NO_END_S, DeskLine
from counter_app.sync.faults import LineError, RefusedError
from counter_app.sync.national.delivery import Delivery
from counter_app.sync.national.portal import PORTAL_ACCOUNT, PortalSystem
from counter_app.sync.one_at_a_time import alone
from counter_app.sync.standing import standing_after
from counter_app.sync.telling import line_trouble, told
from counter_app.sync.trying import until_quiet
from counter_app.sync.wire import deadline

_KEY = "national/"


class NationalClient(DeskLine):
    """:class:`~counter_app.services.line.province.Province` of one desk."""

    def enrol(self, ticket: Ticket | NationalTicket) -> Relation:
        """Log in once with the commune's account, and keep it; raises as the port, ENROL_AGENCY for another commune's account."""
        if not isinstance(ticket, NationalTicket):
            raise broken("TICKET_DAMAGED")
        account, profile = ticket, self._real_desk()
        if account.unit != profile.agency:
            raise broken("ENROL_AGENCY", None, ours=profile.agency, theirs=account.unit)
        with alone(self._folder):
            self._require_room(profile.device, _may_change)
            with closing(PortalSystem(account, deadline(CALL_S))) as system:
                try:
                    system.log_in()
                except LineError as error:
                    raise told(error) from error
            relation = Relation(
                account.base_url, profile.recorded_as, profile.agency, "", {}, "", system=NATIONAL,
                proven_at=envelope_time(self._clock.now()))
            with self._database.write() as uow:
                uow.settings.put(_KEY + profile.device, asdict(account))
                keep_relation(uow, profile.device, relation)
                uow.commit()
        return relation

    def run(self, max_seconds: float) -> Standing:
        """Work until all is quiet, a person is needed or the time is over."""
        left = deadline(max_seconds)
        end, error = until_quiet(lambda: self._pass(Terms(), left), left, sleep=self._sleep, share=self._share)
        return standing_after(self.standing(), end, error)

    def once(self, terms: Terms) -> PassEnd:
        """Make one pass, without a wait and without a second try."""
        return self._pass(terms, lambda: 0.0 if terms.stopping() else NO_END_S)[0]

    def reconcile(self) -> Reconciliation:
        """Say that there is no journal to compare with; raises RuleBrokenError NATIONAL_NO_JOURNAL."""
        raise broken("NATIONAL_NO_JOURNAL")

    def period(self, first: date, last: date) -> PeriodCompared:  # noqa: ARG002  the shape of the port
        """Say that such a system counts nothing for us; raises RuleBrokenError NATIONAL_NO_JOURNAL."""
        raise broken("NATIONAL_NO_JOURNAL")

    def _pass(self, terms: Terms, left: Callable[[], float]) -> tuple[PassEnd, LineError | None]:
        """Make one pass; return how it ended, and what stopped it."""
        profile = self._settings.profile()
        device = profile.device
        with alone(self._folder):
            self.tidy()
            with self._database.read() as uow:
                account = _account(uow, device)
            with closing(PortalSystem(account, left)) as system:
                delivery = Delivery(system, self._database, profile.recorded_as, files=self._files)
                error = self._tried(system, delivery, terms)
                end = _ended(system, delivery, error)
                self._keep(device, contact=end.contact, stopped=error.code if end.lasting and isinstance(error, RefusedError) else "")
                return end, error

    def _tried(self, system: PortalSystem, delivery: Delivery, terms: Terms) -> LineError | None:
        until = time.monotonic() + terms.files_s if terms.files_s is not None else None

        def _enough(sent: int) -> bool:
            return (terms.file_bytes is not None and sent >= terms.file_bytes) or (until is not None and time.monotonic() >= until)

        try:
            system.log_in()
            delivery.run(enough=_enough)
        except LineError as error:
            return error
        return None

    def _keep(self, device: str, *, contact: bool, stopped: str) -> None:
        with self._database.write() as uow:
            relation = relation_of(uow, device)
            proven = envelope_time(self._clock.now()) if contact else relation.proven_at
            keep_relation(uow, device, replace(relation, proven_at=proven, stopped=stopped))
            uow.commit()


def _ended(system: PortalSystem, delivery: Delivery, error: LineError | None) -> PassEnd:
    """Return how a pass ended that ``error`` stopped; who has taken anything was heard."""
    refusal = error if isinstance(error, RefusedError) else None
    lines = () if error is None else line_trouble(error) or (Trouble("access", Problem("PORTAL_ACCOUNT")),)
    return PassEnd(
        delivery.sent, 0, delivery.uploaded, system.up, system.down, delivery.file_bytes,
        contact=error is None or bool(delivery.sent or delivery.uploaded), trouble=lines[0].problem if lines else None,
        lasting=refusal is not None and not refusal.may_pass, retry_after=refusal.retry_after if refusal else None)


def _may_change(relation: Relation) -> bool:
    """Tell whether another account may take the place of the one before: it was refused, or the province ended the relation."""
    return relation.revoked or relation.stopped == PORTAL_ACCOUNT


def _account(uow: UnitOfWork, device: str) -> NationalTicket:
    stored = uow.settings.get(_KEY + device)
    if not isinstance(stored, dict):
        raise broken("NOT_ENROLLED")
    return NationalTicket(**{name: str(value) for name, value in stored.items()})
