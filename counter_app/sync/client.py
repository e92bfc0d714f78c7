"""The desk's line to the province: enrolment, passes with waits between them, how things stand, reconciliation."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import partial
from pathlib import Path

from counter_app.domain.catalogue import Procedure
from counter_app.domain.errors import broken
from counter_app.domain.ids import new_id
from counter_app.services.desk.settings import DeskProfile, SettingsService
from counter_app.services.line.day_counts import PeriodCompared, counted
from counter_app.services.line.province import (
    NationalTicket,
    PassEnd,
    Reconciliation,
    Relation,
    Standing,
    Terms,
    Ticket,
    relation_of,
)
from counter_app.services.ports import Clock, Database
from counter_app.services.scanning.ports import SealedFiles
from counter_app.support.resources import shipped_json
from counter_app.sync import reconcile as reconciling
from counter_app.sync.days import compare_days
from counter_app.sync.desk_line import CALL_S, NO_END_S, DeskLine
from counter_app.sync.device_keys import DeviceKeys, is_over
from counter_app.sync.enrol import Enrolled, enrol, info_of, keep_enrolled
from counter_app.sync.epochs import Numbers
from counter_app.sync.faults import LineError, RefusedError
from counter_app.sync.hello import hello
from counter_app.sync.link import Link
from counter_app.sync.one_at_a_time import alone
from counter_app.sync.one_pass import OnePass
from counter_app.sync.second_device import DEVICE_TAKEN, take_second
from counter_app.sync.standing import standing_after
from counter_app.sync.telling import pass_trouble, told
from counter_app.sync.trying import until_quiet
from counter_app.sync.wire import Wire, deadline

Procedures = Callable[[str, date], Procedure | None]


def _lane_place(text: str) -> tuple[str, int]:
    """Read ``epoch/seq``."""
    epoch, _, seq = text.partition("/")
    return epoch, int(seq)


class ProvinceClient(DeskLine):
    """:class:`~counter_app.services.line.province.Province` of one desk, with a gateway at the other end."""

    def __init__(
        self, database: Database, clock: Clock, settings: SettingsService, *, folder: Path, keys: DeviceKeys, procedures: Procedures,
        numbers: Numbers,
        store: SealedFiles | None = None, sleep: Callable[[float], None] = time.sleep, share: Callable[[], float] = random.random,
    ) -> None:
        super().__init__(database, clock, settings, folder=folder, store=store, sleep=sleep, share=share)
        self._keys = keys
        self._procedures = procedures
        self._numbers = numbers

    def enrol(self, ticket: Ticket | NationalTicket) -> Relation:
        """Make this computer a device of the province."""
        if not isinstance(ticket, Ticket):
            raise broken("TICKET_DAMAGED")
        profile = self._real_desk()
        with alone(self._folder):
            self._require_room(profile.device, partial(is_over, keys=self._keys))
            own = self._keys.keep()
            made, epoch = self._enrolled(ticket, profile, own[0])
            return keep_enrolled(self._database, profile, ticket, made, epoch=epoch, own=own, now=self._clock.now())

    def _enrolled(self, ticket: Ticket, profile: DeskProfile, seed: bytes) -> tuple[Enrolled, str]:
        """Enrol, under another id where somebody else's computer has this one's; return the lane that is declared by it too."""
        try:
            with closing(Wire(ticket.base_url, deadline(CALL_S))) as wire:
                hello(wire, {ticket.key_id: ticket.public_key})
                try:
                    return self._asked(wire, ticket, profile, seed)
                except RefusedError as error:
                    if error.code != DEVICE_TAKEN:
                        raise
                return self._asked(wire, ticket, take_second(self._database, profile.device, new_id(self._clock.now())), seed)
        except LineError as error:
            raise told(error) from error

    def _asked(self, wire: Wire, ticket: Ticket, profile: DeskProfile, seed: bytes) -> tuple[Enrolled, str]:
        with self._database.read() as uow:
            epoch = next(iter(uow.events.lanes(profile.recorded_as)), profile.epoch)
        return enrol(wire, ticket, device=profile.recorded_as, epoch=epoch, seed=seed, info=info_of(profile)), epoch

    def run(self, max_seconds: float) -> Standing:
        """Work until all is quiet, a person is needed or the time is over."""
        left = deadline(max_seconds)
        with self._line(left) as link:
            end, error = until_quiet(lambda: self._pass(link, Terms()), left, sleep=self._sleep, share=self._share)
        return standing_after(self.standing(), end, error)

    def once(self, terms: Terms) -> PassEnd:
        """Make one pass, without a wait and without a second try."""

        def _left() -> float:
            return 0.0 if terms.stopping() else NO_END_S

        with self._line(_left) as link:
            return self._pass(link, terms)[0]

    @contextmanager
    def _line(self, left: Callable[[], float]) -> Iterator[Link]:
        """Hold the line alone. What stopped an earlier pass is tried anew."""
        with alone(self._folder):
            self.tidy()
            link = self._link(self._settings.profile(), left)
            link.keep(stopped="", stopped_lane="")
            with closing(link.wire):
                yield link

    def _pass(self, link: Link, terms: Terms) -> tuple[PassEnd, LineError | None]:
        """Make one pass; return how it ended, and what stopped it."""
        up, down = link.wire.up, link.wire.down
        one = OnePass(
            link, self._database, self._clock, rules=shipped_json("contract/event_rules.json"), procedures=self._procedures,
            numbers=self._numbers, files=self._files, terms=terms)
        error = self._tried(one, link)
        refusal = error if isinstance(error, RefusedError) else None
        lasting = link.relation.revoked or (refusal is not None and not refusal.may_pass)
        return PassEnd(
            one.sent, one.received, one.uploaded, link.wire.up - up, link.wire.down - down, one.file_bytes, one.heard,
            trouble=pass_trouble(error, link.relation), lasting=lasting,
            retry_after=refusal.retry_after if refusal else None), error

    def _tried(self, one: OnePass, link: Link) -> LineError | None:
        """Run a pass; return what stopped it. A refusal that waiting does not mend is kept, so that it is shown later too."""
        try:
            one.run()
        except LineError as error:
            if isinstance(error, RefusedError) and not error.may_pass:
                link.keep(stopped=error.code, revoked=link.relation.revoked or error.code == "device_revoked")
            return error
        return None

    def reconcile(self) -> Reconciliation:
        """Compare both journals, after contact was proven."""
        with self._proven() as link:
            with self._database.read() as uow:
                lanes = uow.events.lanes(link.relation.device)
            found = reconciling.reconcile(link, lanes, partial(self._hashes, link.relation.device))
            self._make_good(link, found)
        return Reconciliation(tuple(found.here_only), tuple(found.there_only), tuple(found.different), found.pending)

    def period(self, first: date, last: date) -> PeriodCompared:
        """Compare how many dossiers of which status both sides count on each day of a period."""
        with self._database.read() as uow:
            ours = counted(uow, first, last)
        with self._proven() as link:
            return compare_days(link, ours)

    @contextmanager
    def _proven(self) -> Iterator[Link]:
        """Hold the line alone, after contact was proven; what goes wrong on it is told as the desk tells it."""
        try:
            with alone(self._folder):
                link = self._link(self._settings.profile(), deadline(CALL_S))
                with closing(link.wire):
                    link.prove()
                    yield link
        except LineError as error:
            raise told(error) from error

    def _make_good(self, link: Link, found: reconciling.Found) -> None:
        """Have the next pass fetch what only the province holds, and send what it lacks."""
        wanted = dict(link.relation.read_back)
        for epoch, seq in map(_lane_place, found.there_only):
            wanted[epoch] = min(seq, wanted.get(epoch, seq))
        if wanted != link.relation.read_back:
            link.keep(read_back=wanted)
        with self._database.write() as uow:
            for epoch, seq in map(_lane_place, found.here_only):
                for each in uow.events.places_of_lane(link.relation.device, epoch, seq, seq):
                    uow.outbox.again(each.op_id)
            uow.commit()

    def _hashes(self, device: str, epoch: str, first: int, last: int) -> dict[int, str]:
        with self._database.read() as uow:
            return {each.seq: each.hash for each in uow.events.places_of_lane(device, epoch, first, last)}

    def _link(self, profile: DeskProfile, left: Callable[[], float]) -> Link:
        with self._database.read() as uow:
            relation = relation_of(uow, profile.device)
        wire = Wire(relation.base_url, left)
        return Link(wire, self._database, self._clock, profile.device, self._keys.of(relation))
