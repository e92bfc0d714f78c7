"""The lanes of a device: each op of them pushed in its order, and what a refusal leads to (contract 3.4, 6, 13).

A lane that has two histories, or an op that the province can't read, is left: what was not sent is recorded again in a new one, under the
same ``op_id``. That a lane is left is durable before anything else happens, so that a desk that is killed goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from counter_app.domain.events import Event
from counter_app.domain.moments import day_of
from counter_app.services.line.answers import take_answer
from counter_app.services.line.province import CHAIN_REPAIR, CLONE_DETECTED, LeftLane
from counter_app.services.ports import Clock, Database
from counter_app.sync import epochs
from counter_app.sync.epochs import Numbers
from counter_app.sync.faults import RefusedError
from counter_app.sync.hello import Hello
from counter_app.sync.link import Link
from counter_app.sync.push import Batch, batch, push, wanted_from
from counter_app.sync.read_back import read_back
from counter_app.sync.remedies import Remedy, remedy
from counter_app.sync.second_device import gather, place_again

MOST_DAMAGED = 5
"""How often a body is sent again that arrives damaged, before it goes uncompressed."""
MOST_MOVED = 1_000_000
"""Ops that are recorded again at once: all there are."""
MOST_REMEDIES = 40
"""Other ways of sending that a pass tries in all: a province that refuses whatever is done is left alone."""


@dataclass(slots=True)
class Lanes:
    """The lanes of one device during a pass. ``sent`` counts the ops that the province has recorded, ``read`` those read back."""

    link: Link
    database: Database
    clock: Clock
    numbers: Numbers
    said: Hello
    sent: int = 0
    read: int = 0
    damaged: int = 0
    remedies: int = 0
    at_most: int | None = None
    """Ops of a request where one of them can't be read, until it stands alone."""

    def push(self) -> None:
        """Send what every lane holds; raises LineError where the line, or the whole relation, stops it.

        A lane that the province refuses stands still and is named in the relation; the others go on.
        """
        gather(self.database, self.link.local)
        for epoch in self.known():
            self._push_lane(epoch)
        self.read += read_back(self.link, self.database, self.clock)  # what the province holds of a lane that was left stays there
        if moved := self.recorded_again():
            self._push_lane(moved)

    def known(self) -> dict[str, int]:
        """Return the last sequence of each lane, the oldest lane first."""
        with self.database.read() as uow:
            return uow.events.lanes(self.link.relation.device)

    def _push_lane(self, epoch: str) -> None:
        """Send what a lane holds, in its order, until it is empty, refused, left or no longer moves."""
        asked_again = False
        while epoch not in self.link.relation.left and (ops := self._due(epoch)):
            if epoch not in self.link.relation.epochs:
                self._declare(epoch)
            sent = batch(ops, self.said, plain=self.link.relation.plain)
            try:
                recorded, lacks = self._push(sent)
            except RefusedError as error:
                if self.refused(error, sent, epoch):
                    continue
                return
            if lacks is not None and not asked_again:
                asked_again = True
                self.send_again(epoch, lacks)
            elif not recorded:
                return

    def _due(self, epoch: str) -> list[Event]:
        most = self.link.relation.most_ops
        with self.database.read() as uow:
            return uow.outbox.due(self.link.relation.device, epoch, most if self.at_most is None else min(self.at_most, most))

    def _push(self, sent: Batch) -> tuple[int, int | None]:
        """Send one batch; return how many of its ops the province has recorded, and from where it lacks earlier ones."""
        with self.database.write() as uow:
            uow.outbox.sending([each.op_id for each in sent.ops])
            uow.commit()
        told = push(self.link, sent)
        with self.database.write() as uow:
            recorded = sum(take_answer(uow, result) for result in told["results"])
            uow.commit()
        self.sent += recorded
        lane = sent.ops[0].lane
        return recorded, wanted_from(told).get(lane.epoch) if lane else None

    def send_again(self, epoch: str, first: int) -> None:
        """The province has lost ops of a lane from a sequence on (it was restored); every op is still here."""
        with self.database.write() as uow:
            last = uow.events.lanes(self.link.relation.device)[epoch]
            for each in uow.events.places_of_lane(self.link.relation.device, epoch, first, last):
                uow.outbox.again(each.op_id)
            uow.commit()

    def _declare(self, epoch: str) -> None:
        previous, head, reason = self.before(epoch)
        self.take_held(epochs.declare(
            self.link, epoch, previous, head, day=day_of(self.clock.now()), reason=reason, numbers=self.numbers))

    def before(self, epoch: str) -> tuple[str, tuple[int, str], str]:
        """Return the lane before a new one, its last sequence and hash here, and why the new one was begun."""
        with self.database.read() as uow:
            lanes = uow.events.lanes(self.link.relation.device)
            older = list(lanes)[:list(lanes).index(epoch)] or list(self.link.relation.epochs)
            previous = older[-1] if older else epoch
            head = uow.events.lane_head(self.link.relation.device, previous)
        left = self.link.relation.left.get(previous)
        return previous, head, left.reason if left else "restore"

    def take_held(self, held: Mapping[str, int]) -> None:
        """Make good what one side lacks of lanes, by the last sequence that the province holds of each."""
        lanes = self.known()
        for epoch, acked in held.items():
            self.compare(epoch, lanes.get(epoch, 0), acked)

    def compare(self, epoch: str, here: int, there: int) -> None:
        """Make good what one side lacks at the end of a lane, by the last sequences of both."""
        if there > here:
            self.link.keep(read_back={epoch: here + 1, **self.link.relation.read_back})
        elif there < here:
            self.send_again(epoch, there + 1)

    def refused(self, error: RefusedError, sent: Batch, epoch: str) -> bool:
        """Change how things are sent, or stop; tell whether it is worth another try. Raises the refusal of the whole relation."""
        mended = self._mended(error, sent, epoch)
        if not mended:
            self._stop(error, epoch)
        return mended

    def _mended(self, error: RefusedError, sent: Batch, epoch: str) -> bool:
        """Change how things are sent where the refusal names the way; tell whether it is worth another try."""
        handler = _HANDLERS.get(remedy(error))
        self.remedies += 1
        return handler is not None and self.remedies <= MOST_REMEDIES and handler(self, sent, epoch)

    def _sent_again(self, sent: Batch, _epoch: str) -> bool:
        self.damaged += 1
        if self.damaged >= MOST_DAMAGED:
            self.link.keep(plain=True)
        return self.damaged <= MOST_DAMAGED or bool(sent.encoding)

    def _smaller(self, sent: Batch, _epoch: str) -> bool:
        if len(sent.ops) > 1:
            self.link.keep(most_ops=len(sent.ops) // 2)
        return len(sent.ops) > 1

    def _plain(self, sent: Batch, _epoch: str) -> bool:
        if sent.encoding:
            self.link.keep(plain=True)
        return bool(sent.encoding)

    def _declared(self, _sent: Batch, epoch: str) -> bool:
        self.link.keep(epochs=tuple(each for each in self.link.relation.epochs if each != epoch))
        self._declare(epoch)
        return True

    def _narrowed(self, sent: Batch, epoch: str) -> bool:
        """Find the op that the province can't read, and leave the lane before it; one that was recorded again already stays refused."""
        if len(sent.ops) > 1:
            self.at_most = len(sent.ops) // 2
            return True
        self.at_most = None
        with self.database.read() as uow:
            recorded = uow.events.get(sent.ops[0].op_id)
        if recorded is None or recorded.lane is None or recorded.lane.epoch != epoch:
            return False
        return self._leave(sent.ops, epoch, CHAIN_REPAIR)

    def _cloned(self, sent: Batch, epoch: str) -> bool:
        return self._leave(sent.ops, epoch, CLONE_DETECTED)

    def _leave(self, ops: Sequence[Event], epoch: str, reason: str) -> bool:
        """Leave a lane for good. What the province holds of it from the first of these ops on is read back."""
        first = ops[0].lane.seq if ops[0].lane else 1
        relation = self.link.relation
        self.link.keep(
            left={**relation.left, epoch: LeftLane(reason, day_of(self.clock.now()).isoformat())},
            read_back={**relation.read_back, epoch: first})
        return True

    def recorded_again(self) -> str:
        """Record the unsent ops of the lanes that were left again in the present one; return it where there were any."""
        left = [epoch for epoch in self.known() if epoch in self.link.relation.left]
        waiting = [each for epoch in left for each in self._all_due(epoch)]
        if not left or (not waiting and self.numbers.epoch() not in left):
            return ""
        epoch = self.numbers.epoch()
        if epoch in left:
            epoch = self.numbers.begin_epoch()
        with self.database.write() as uow:
            place_again(uow, waiting, self.link.relation.device, epoch)
            uow.commit()
        return epoch

    def _all_due(self, epoch: str) -> list[Event]:
        with self.database.read() as uow:
            return uow.outbox.due(self.link.relation.device, epoch, MOST_MOVED)

    def _stop(self, error: RefusedError, epoch: str) -> None:
        """Let a lane, or all pushing, wait: nothing is lost, and the rest of the pass goes on."""
        found = remedy(error)
        if found is Remedy.WAIT:
            raise error
        whole = found in (Remedy.PAUSE, Remedy.REVOKED)
        self.link.keep(
            stopped=error.code, stopped_lane="" if whole else epoch, revoked=self.link.relation.revoked or found is Remedy.REVOKED)
        if whole:
            raise error


_HANDLERS: dict[Remedy, Callable[[Lanes, Batch, str], bool]] = {
    Remedy.AGAIN: Lanes._sent_again, Remedy.SMALLER: Lanes._smaller, Remedy.PLAIN: Lanes._plain, Remedy.DECLARE: Lanes._declared,
    Remedy.NARROW: Lanes._narrowed, Remedy.LEAVE: Lanes._cloned,
}
"""What each remedy does; the others are for waiting, or for a person."""
