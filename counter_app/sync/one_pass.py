"""One pass over the line: contact proven, lanes declared, the feed read, ops pushed, the feed read again (contract 13).

Whatever was answered is in the database before the next thing is said, so that a pass may be killed at any byte. Only an op's own answer
marks it; what may have arrived and was not answered is sent again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from counter_app.domain.catalogue import Procedure
from counter_app.domain.event_fold import Rules
from counter_app.domain.moments import day_of
from counter_app.services.answers import take_answer
from counter_app.services.incoming import Incoming, take_leases
from counter_app.services.leases import runs_out
from counter_app.services.ports import Clock, Database
from counter_app.services.province import Terms, keep_relation, relation_of
from counter_app.services.scanning.keeping import SealedFiles
from counter_app.sync import epochs, leases, pull
from counter_app.sync.attachments import FilesLane
from counter_app.sync.faults import RefusedError
from counter_app.sync.hello import Hello
from counter_app.sync.link import Link
from counter_app.sync.push import Batch, batch, push, wanted_from
from counter_app.sync.signing import is_signed

MOST_DAMAGED = 5
"""How often a body is sent again that arrives damaged, before it goes uncompressed."""
MOST_REMEDIES = 40
"""Other ways of sending that a pass tries in all: a province that refuses whatever is done is left alone."""


class OnePass:
    """One pass of one device. ``files`` are where scans lie, and a folder for what is on its way.

    Raises LineError where the line, or the whole relation, stops it.
    """

    def __init__(
        self, link: Link, database: Database, clock: Clock, *, rules: Rules, procedures: Callable[[str, date], Procedure | None],
        epoch: str, files: tuple[SealedFiles, Path] | None = None, terms: Terms | None = None,
    ) -> None:
        self._link = link
        self._database = database
        self._clock = clock
        self._rules = rules
        self._procedures = procedures
        self._epoch = epoch
        self._files = files
        self._terms = terms or Terms()
        self._damaged = self._remedies = 0
        self._at_most = link.relation.most_ops
        self.sent = self.uploaded = self.file_bytes = 0
        self.received = 0
        self.heard = False

    def run(self) -> None:
        """Do it once. A lane that the province refuses stands still and is named in the relation; the others go on."""
        said = self._link.prove()
        self.heard = True
        if self._link.relation.revoked:
            return
        self.pull()
        for epoch in self._lanes():
            self._push_lane(epoch, said)
        self.pull()
        self._look_after_leases()
        if self._files is not None and "files" in said.features:
            self._send_files(said, *self._files)

    def _send_files(self, said: Hello, store: SealedFiles, folder: Path) -> None:
        """Files last; whatever the desk records meanwhile goes before the next chunk."""

        def _ops_first() -> None:
            for epoch in self._lanes():
                self._push_lane(epoch, said)

        until = time.monotonic() + self._terms.files_s if self._terms.files_s is not None else None

        def _enough(sent: int) -> bool:
            over = self._terms.file_bytes is not None and sent >= self._terms.file_bytes
            return over or (until is not None and time.monotonic() >= until)

        lane = FilesLane(self._link, self._database, store, folder=folder, said=said, between=_ops_first, enough=_enough)
        try:
            lane.run()
        finally:
            self.uploaded += lane.sent
            self.file_bytes += lane.bytes

    def pull(self) -> None:
        """Read the feed to its end, each page with its cursor in one transaction."""
        more = True
        while more:
            page = pull.changes(self._link)
            with self._database.write() as uow:
                relation = relation_of(uow, self._link.local)
                incoming = Incoming(uow, relation, self._clock.now(), self._rules, self._procedures, self._signed_users)
                self.received += sum(incoming.apply(entry) for entry in page.entries)
                keep_relation(uow, self._link.local, replace(incoming.relation, cursor=page.cursor))
                uow.commit()
            self._link.read_again()
            more = page.more

    def _signed_users(self, document: Any) -> bool:  # noqa: ANN401  any JSON value
        return is_signed("users", document, self._link.relation.keys.values())

    def _lanes(self) -> list[str]:
        with self._database.read() as uow:
            return list(uow.events.lanes(self._link.local))

    def _push_lane(self, epoch: str, said: Hello) -> None:
        """Send what a lane holds, in its order, until it is empty, refused or no longer moves."""
        asked_again = False
        while ops := self._due(epoch):
            if epoch not in self._link.relation.epochs:
                self._declare(epoch)
            sent = batch(ops, said, plain=self._link.relation.plain)
            try:
                recorded, lacks = self._push(sent)
            except RefusedError as error:
                if self._can_go_on(error, sent):
                    continue
                self._stop(error, epoch)
                return
            if lacks is not None and not asked_again:
                asked_again = True
                self._send_again(epoch, lacks)
            elif not recorded:
                return

    def _due(self, epoch: str) -> list[Any]:
        with self._database.read() as uow:
            return uow.outbox.due(self._link.local, epoch, min(self._at_most, self._link.relation.most_ops))

    def _declare(self, epoch: str) -> None:
        with self._database.read() as uow:
            lanes = list(uow.events.lanes(self._link.local))
            before = lanes[:lanes.index(epoch)] or list(self._link.relation.epochs)
            previous = before[-1] if before else epoch
            head = uow.events.lane_head(self._link.local, previous)
        epochs.declare(self._link, epoch, previous, head, day_of(self._clock.now()))

    def _push(self, sent: Batch) -> tuple[int, int | None]:
        """Send one batch; return how many of its ops the province has recorded, and from where it lacks earlier ones."""
        with self._database.write() as uow:
            uow.outbox.sending([each.op_id for each in sent.ops])
            uow.commit()
        told = push(self._link, sent)
        with self._database.write() as uow:
            recorded = sum(take_answer(uow, result) for result in told["results"])
            uow.commit()
        self.sent += recorded
        lane = sent.ops[0].lane
        return recorded, wanted_from(told).get(lane.epoch) if lane else None

    def _send_again(self, epoch: str, first: int) -> None:
        """The province has lost ops of a lane (it was restored); every op is still here."""
        with self._database.write() as uow:
            last = uow.events.lanes(self._link.local)[epoch]
            for event in uow.events.of_lane(self._link.local, epoch, first, last):
                uow.outbox.again(event.op_id)
            uow.commit()

    def _can_go_on(self, error: RefusedError, sent: Batch) -> bool:
        """Change how things are sent where the refusal names the way; each remedy ends by itself."""
        several, lane = len(sent.ops) > 1, sent.ops[0].lane
        self._remedies += 1
        if self._remedies > MOST_REMEDIES:
            return False
        if error.status == 413 and several:
            self._link.keep(most_ops=len(sent.ops) // 2)
        elif error.status == 415 and sent.encoding:
            self._link.keep(plain=True)
        elif error.code == "digest_mismatch" and (self._damaged < MOST_DAMAGED or sent.encoding):
            self._damaged += 1
            if self._damaged >= MOST_DAMAGED:
                self._link.keep(plain=True)
        elif error.code == "epoch_undeclared" and lane:
            self._link.keep(epochs=tuple(each for each in self._link.relation.epochs if each != lane.epoch))
            self._declare(lane.epoch)
        elif error.status == 422 and several:
            self._at_most = len(sent.ops) // 2  # what lies before the damaged op goes out
        else:
            return False
        return True

    def _stop(self, error: RefusedError, epoch: str) -> None:
        """Let a lane, or all pushing, wait: nothing is lost, and the rest of the pass goes on."""
        if error.may_pass or error.code == "device_revoked":
            if error.code == "device_revoked":
                self._link.keep(revoked=True)
            raise error
        whole = error.status in (401, 403, 426)
        self._link.keep(stopped=error.code, stopped_lane="" if whole else epoch)
        if whole:
            raise error

    def _look_after_leases(self) -> None:
        """Ask for more serials in time; what the province answers is used from now on."""
        today = day_of(self._clock.now())
        if not runs_out(self._link.relation.leases, today):
            return
        try:
            found = leases.renewed(self._link, self._epoch)
        except RefusedError as error:
            if error.code != "lease_exhausted":
                raise
            return
        with self._database.write() as uow:
            take_leases(uow, self._link.local, found, today)
            uow.commit()
        self._link.keep(leases=found)
