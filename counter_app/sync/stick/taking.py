"""What an answer leads to, part by part, by the same code as over a line. Doing it twice, or after a line did it, changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from counter_app.domain.event_fold import Rules
from counter_app.domain.events import JsonObject
from counter_app.services.line.answers import take_answer
from counter_app.services.line.incoming import Procedures, take_leases
from counter_app.services.ports import UnitOfWork
from counter_app.services.repositories.uploads import ANNOUNCED, ATTENTION, SENDING, VERIFIED, Upload
from counter_app.sync import epochs, leases, pull, read_back
from counter_app.sync.catalogue import take_carried
from counter_app.sync.faults import NoContactError, NotTheProvinceError, RefusedError
from counter_app.sync.lanes import Lanes
from counter_app.sync.push import Batch, wanted_from
from counter_app.sync.stick import collecting
from counter_app.sync.stick.parcel import OpenedAnswer

_OPEN = ("saved", "sending")
_DONE, _TOO_LARGE = 300, 413


@dataclass(slots=True)
class Taking:
    """Takes one answer. ``sent``, ``received`` and ``uploaded`` count as a pass does."""

    lanes: Lanes
    rules: Rules
    procedures: Procedures
    sent: int = 0
    received: int = 0
    uploaded: int = 0

    def run(self, parcel: OpenedAnswer) -> None:
        """Take every part, in the order in which the desk asked.

        Raises:
            RefusedError: what the province refused stops the whole relation.
            NoContactError, NotTheProvinceError: a part is not of the contract's shape.
        """
        self._prove(parcel.head)
        if (problem := parcel.head.get("problem")) is not None:
            raise _refusal(problem, problem)
        for index, about in enumerate(parcel.parts):
            take = _TAKES.get(str(about.get("verb")))
            if take is not None:
                take(self, about, parcel.body(index))
        self._catalogue(parcel)

    def _prove(self, head: Mapping[str, Any]) -> None:
        """A signed answer proves contact; a province that was restored is read from the beginning, and its lanes compared."""
        try:
            proven_at, server_epoch = str(head["server_time"]), str(head["server_epoch"])
            held = {str(each["epoch"]): int(each["acked_through"]) for each in head["lanes"]}
        except (LookupError, TypeError, ValueError) as error:
            raise NotTheProvinceError from error
        link = self.lanes.link
        known = link.relation
        changes: dict[str, Any] = {
            "proven_at": max(proven_at, known.proven_at), "server_day": max(proven_at[:10], known.server_day), "stopped": "",
            "stopped_lane": "", "compare": False}
        anew = known.beginning_anew(server_epoch)
        if known.compare or anew:
            self.lanes.take_held({epoch: held.get(epoch, 0) for epoch in self.lanes.known()})
        link.keep(**{**anew, **changes})

    def _catalogue(self, parcel: OpenedAnswer) -> None:
        """Put a catalogue in place that the feed has told of; its files are parts of their own."""
        manifests, files = (
            [index for index, about in enumerate(parcel.parts) if about.get("verb") == verb and about["status"] < _DONE]
            for verb in (collecting.CATALOGUE, collecting.CATALOGUE_FILE))
        if manifests:
            contents = {str(parcel.parts[index]["sha256"]): parcel.data(index) for index in files}
            take_carried(self.lanes.link, self.lanes.database, self.lanes.clock, parcel.body(manifests[0]), contents)

    def opened(self, about: Mapping[str, Any], told: JsonObject) -> None:
        """A lane was declared."""
        epoch, day = str(about["note"]["epoch"]), date.fromisoformat(about["note"]["day"])
        if about["status"] >= _DONE and told.get("code") != epochs.EXHAUSTED:
            raise _refusal(about, told)
        if epoch not in self.lanes.link.relation.epochs:
            reply = told if about["status"] < _DONE else None
            self.lanes.take_held(epochs.opened(self.lanes.link, epoch, reply, day=day, numbers=self.lanes.numbers))

    def pushed(self, about: Mapping[str, Any], told: JsonObject) -> None:
        """Ops were answered, each by itself, or all of them refused."""
        epoch = str(about["note"]["epoch"])
        if about["status"] >= _DONE:
            self._refused(epoch, _refusal(about, told))
            return
        if not isinstance(told.get("results"), list):
            raise NoContactError("cut")
        with self.lanes.database.write() as uow:
            self.sent += sum(take_answer(uow, result) for result in told["results"] if _waits(uow, str(result["op_id"])))
            uow.commit()
        if (lacks := wanted_from(told).get(epoch)) is not None:
            self.lanes.send_again(epoch, lacks)

    def _refused(self, epoch: str, error: RefusedError) -> None:
        """What helps over a line helps in the next file too; what a line would ask anew waits for that file."""
        relation = self.lanes.link.relation
        with self.lanes.database.read() as uow:
            ops = uow.outbox.due(relation.device, epoch, relation.most_ops)
        if error.code == "epoch_undeclared":
            self.lanes.link.keep(epochs=tuple(each for each in relation.epochs if each != epoch))
        elif ops and epoch not in relation.left:
            self.lanes.refused(error, Batch(tuple(ops), b"", "gzip"), epoch)

    def read_back(self, about: Mapping[str, Any], told: JsonObject) -> None:
        """Ops came back that were lost here."""
        epoch, first = str(about["note"]["epoch"]), int(about["note"]["first"])
        link = self.lanes.link
        if about["status"] < _DONE and link.relation.read_back.get(epoch) == first:
            self.received += read_back.take_page(link, self.lanes.database, self.lanes.clock, told, epoch=epoch, first=first)

    def lent(self, about: Mapping[str, Any], told: JsonObject) -> None:
        """Serials for the days to come."""
        if about["status"] < _DONE:
            found, link = leases.lent(told), self.lanes.link
            with self.lanes.database.write() as uow:
                take_leases(uow, link.local, found, self.lanes.clock.now())
                uow.commit()
            link.keep(leases=found)

    def changed(self, about: Mapping[str, Any], told: JsonObject) -> None:
        """A page of the feed; it counts only where the desk still stands at the cursor that it follows."""
        if about["status"] >= _DONE:
            raise _refusal(about, told)
        link = self.lanes.link
        if (expired := about["note"].get("expired", "")) and expired == link.relation.cursor:
            link.keep(cursor="")
        if about["note"]["cursor"] == link.relation.cursor:
            page = pull.page_of(told, link.relation.cursor)
            now = self.lanes.clock.now()
            self.received += pull.take(link, self.lanes.database, page, now, rules=self.rules, procedures=self.procedures)

    def arrived(self, about: Mapping[str, Any], told: JsonObject) -> None:
        """A scan is at the province, or is to be sent again."""
        sha256, refused = str(about["note"]["sha256"]), about["status"] >= _DONE
        if refused and about["status"] != _TOO_LARGE:
            return
        state = ATTENTION if refused else VERIFIED if told.get("state") == VERIFIED else ANNOUNCED
        with self.lanes.database.write() as uow:
            known = uow.uploads.get(sha256) or Upload(sha256)
            if known.state == SENDING:
                uow.uploads.put(replace(known, state=state, location=""))
                uow.commit()
                self.uploaded += not refused


def _waits(uow: UnitOfWork, op_id: str) -> bool:
    """Tell whether an op still has no answer; one that a line brought meanwhile is newer."""
    return uow.events.states([op_id]).get(op_id) in _OPEN


def _refusal(about: Mapping[str, Any], told: JsonObject) -> RefusedError:
    return RefusedError(int(about["status"]), str(told.get("code", "")), told)


_TAKES: dict[str, Callable[[Taking, Mapping[str, Any], JsonObject], None]] = {
    collecting.EPOCHS: Taking.opened, collecting.PUSH: Taking.pushed, collecting.OPS: Taking.read_back, collecting.LEASE: Taking.lent,
    collecting.CHANGES: Taking.changed, collecting.FILE: Taking.arrived,
}
"""What each verb leads to; an enrolment comes before all of them, and what this version does not know is passed over."""
