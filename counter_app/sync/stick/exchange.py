"""Both files of one desk: what it has to say goes out, what the province answered comes in."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from counter_app.domain.canonical import canonical
from counter_app.domain.errors import DeskError, broken
from counter_app.domain.events import JsonObject
from counter_app.domain.ids import new_id
from counter_app.domain.moments import day_of
from counter_app.services.desk.settings import DeskProfile, SettingsService
from counter_app.services.line.incoming import Procedures
from counter_app.services.line.province import Relation, Ticket, is_enrolled, relation_of
from counter_app.services.line.stick import StickRead, StickWritten
from counter_app.services.ports import Clock, Database
from counter_app.services.scanning.ports import SealedFiles
from counter_app.services.surroundings import disk_fault
from counter_app.support.files import private_folder, written_atomically
from counter_app.support.resources import shipped_json
from counter_app.sync.device_keys import DeviceKeys, is_over
from counter_app.sync.enrol import enrolled, info_of, keep_enrolled, wish_of
from counter_app.sync.epochs import Numbers
from counter_app.sync.faults import LineError, RefusedError
from counter_app.sync.lanes import Lanes
from counter_app.sync.link import Link
from counter_app.sync.one_at_a_time import alone
from counter_app.sync.second_device import DEVICE_TAKEN, take_second
from counter_app.sync.signing import proven
from counter_app.sync.stick import collecting
from counter_app.sync.stick.collecting import CATALOGUE, CHANGES, ENROL, FILE, NOTHING_SAID, PUSH
from counter_app.sync.stick.folder import BACK, OUT, answers_for, file_name, number_of, own_files, remove, require_folder
from counter_app.sync.stick.memory import Memory, memory_of, remember
from counter_app.sync.stick.parcel import PURPOSE, VERSION, OpenedAnswer, Part, packed, read_parcel, said
from counter_app.sync.stick.sealing import TO_PROVINCE, exchange_key, opened, private_key, sealed
from counter_app.sync.stick.taking import Taking
from counter_app.sync.telling import pass_trouble, told
from counter_app.sync.wire import Wire

WORK = "stick"
"""The folder of what must lie in the clear for a moment, among this computer's own state."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer to a file that still waits for one."""

    number: int
    parcel: OpenedAnswer
    size: int


class StickExchange:
    """:class:`~counter_app.services.line.stick.Stick` of one desk; ``folder`` is this computer's folder for the device."""

    def __init__(
        self, database: Database, clock: Clock, settings: SettingsService, *, folder: Path, keys: DeviceKeys, procedures: Procedures,
        numbers: Numbers, store: SealedFiles,
    ) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._folder = folder
        self._keys = keys
        self._procedures = procedures
        self._numbers = numbers
        self._store = store

    # --- out ----------------------------------------------------------------------------------------------------------

    def write(self, folder: Path, most_bytes: int, ticket: Ticket | None) -> StickWritten:
        """Write what the desk has to say into a folder."""
        with self._work() as work:
            require_folder(folder)
            profile = self._settings.profile()
            memory, relation = self._known(profile.device)
            if relation is not None and ticket is not None and is_over(relation, self._keys):
                profile, relation = self._anew(profile, relation), None
            device = relation.device if relation else profile.recorded_as
            if relation is None:
                recipient, parts = self._first(profile, memory, ticket)
            elif ticket is not None:
                raise broken("ENROLLED_ALREADY")
            else:
                recipient, parts = relation.exchange_key, self._usual(relation)
            if not recipient:
                raise broken("STICK_NO_KEY")
            files, left = collecting.file_parts(self._database, self._store, work, most_bytes)
            return self._written(folder, (profile.device, device), recipient, [*parts, *files], left)

    def _known(self, local: str) -> tuple[Memory, Relation | None]:
        """Return what is remembered, and the relation; none where it is over and a new ticket waits."""
        with self._database.read() as uow:
            memory = memory_of(uow, local)
            relation = relation_of(uow, local) if is_enrolled(uow, local) else None
        return memory, None if relation and memory.ticket and is_over(relation, self._keys) else relation

    def _anew(self, profile: DeskProfile, over: Relation) -> DeskProfile:
        """Return the profile of a computer that begins a new relation: nobody else gets the id of the one before."""
        if over.device != profile.recorded_as:
            return profile
        return take_second(self._database, profile.device, new_id(self._clock.now()))

    def _first(self, profile: DeskProfile, memory: Memory, ticket: Ticket | None) -> tuple[str, list[Part]]:
        """Ask to be enrolled, and say at once what can be said in the first lane."""
        ticket = ticket or memory.ticket
        if profile.practice:
            raise broken("PRACTICE_NO_PROVINCE")
        if ticket is None:
            raise broken("NOT_ENROLLED")
        with self._database.write() as uow:
            remember(uow, profile.device, memory.with_ticket(ticket))
            uow.commit()
        epoch, seed = self._first_epoch(profile), self._keys.keep()[0]
        wish = wish_of(ticket, device=profile.recorded_as, epoch=epoch, seed=seed, info=info_of(profile))
        pushes = collecting.push_parts(self._database, profile.recorded_as, epoch, most_ops=collecting.USUAL_OPS)
        asking = said(CHANGES, {"cursor": ""}), said(CATALOGUE, {"have": ""})
        return ticket.exchange_key, [said(ENROL, wish), *pushes, *asking]

    def _first_epoch(self, profile: DeskProfile) -> str:
        with self._database.read() as uow:
            return next(iter(uow.events.lanes(profile.recorded_as)), profile.epoch)

    def _usual(self, relation: Relation) -> list[Part]:
        today = day_of(self._clock.now())
        with self._lanes(relation) as lanes:
            return [*collecting.lane_parts(lanes, today), *collecting.asking_parts(lanes, self._numbers, today)]

    @contextmanager
    def _lanes(self, relation: Relation) -> Iterator[Lanes]:
        """Give the lanes on a line that has no time: nothing can be said over it."""
        device = self._settings.profile().device
        with closing(Wire(relation.base_url, float)) as wire:
            link = Link(wire, self._database, self._clock, device, self._keys.of(relation))
            yield Lanes(link, self._database, self._clock, self._numbers, NOTHING_SAID)

    def _written(self, folder: Path, names: tuple[str, str], recipient: str, parts: list[Part], left: int) -> StickWritten:
        """Write the file of a computer, whose ``names`` are the id that its state is kept under and the one that it speaks as."""
        seed, (local, device) = self._keys.keep()[0], names
        with self._database.write() as uow:
            memory = memory_of(uow, local)
            number = memory.written + 1
            head = proven(PURPOSE, {
                "exchange": VERSION, "device": device, "number": number, "exchange_key": exchange_key(seed),
                "parts": [part.about for part in parts]}, seed)
            remember(uow, local, memory.with_file(_digest(head)))
            uow.commit()
        path = file_name(folder, device, number)
        try:
            with written_atomically(path) as file:
                for piece in sealed(packed(head, parts), recipient, TO_PROVINCE):
                    file.write(piece)
        except OSError as error:
            raise disk_fault(error, path) from error
        remove(each for each in own_files(folder, names, OUT) if each != path)
        files = [part for part in parts if part.about["verb"] == FILE]
        ops = sum(part.about["note"]["ops"] for part in parts if part.about["verb"] == PUSH)
        return StickWritten(path, number, ops, len(files), sum(part.about["size"] for part in files), left)

    # --- in -----------------------------------------------------------------------------------------------------------

    def read(self, folder: Path) -> StickRead:
        """Take the province's answer in a folder: the newest that still is one. What was answered is removed from the stick."""
        with self._work() as work:
            require_folder(folder)
            profile = self._settings.profile()
            memory, relation = self._known(profile.device)
            answer = self._newest(folder, work, memory, relation)
            try:
                done = self._taken(answer, memory, relation)
            except RefusedError as error:
                raise self._not_enrolled(error, answer, memory) from error
            except LineError as error:
                raise told(error) from error
            self._note_answered(profile.device, answer, None)
            names = profile.device, profile.recorded_as
            own = (*own_files(folder, names, OUT), *own_files(folder, names, BACK))
            remove(each for each in own if number_of(each) <= answer.number)
            return done

    def _note_answered(self, device: str, answer: _Answer, ticket: Ticket | None) -> None:
        with self._database.write() as uow:
            remember(uow, device, memory_of(uow, device).answered(answer.number, ticket=ticket))
            uow.commit()

    def _not_enrolled(self, error: RefusedError, answer: _Answer, memory: Memory) -> DeskError:
        """Return what to say of a refused enrolment. A computer whose id is taken gets another one, and its ticket stays good."""
        device, taken = self._settings.profile().device, error.code == DEVICE_TAKEN
        if taken:
            take_second(self._database, device, new_id(self._clock.now()))
        self._note_answered(device, answer, memory.ticket if taken else None)
        return broken("STICK_DEVICE_TAKEN") if taken else told(error)

    def _newest(self, folder: Path, work: Path, memory: Memory, relation: Relation | None) -> _Answer:
        """Open the answers in a folder that are for this desk, and return that to its newest file."""
        keys = relation.keys if relation else {memory.ticket.key_id: memory.ticket.public_key} if memory.ticket else None
        if keys is None:
            raise broken("NOT_ENROLLED")
        seed = self._keys.keep()[0]
        found: list[_Answer] = []
        faults: list[DeskError] = []
        for index, path in enumerate(answers_for(folder, exchange_key(seed))):
            try:
                parcel = self._opened(path, work / str(index), seed, keys)
                number = memory.waiting.get(str(parcel.head.get("answers")))
                if number is None:
                    raise broken("STICK_OLD")
                found.append(_Answer(number, parcel, path.stat().st_size))
            except DeskError as error:
                faults.append(error)
        if not found:
            raise faults[0]
        return max(found, key=lambda each: each.number)

    def _opened(self, path: Path, out: Path, seed: bytes, keys: dict[str, str]) -> OpenedAnswer:
        try:
            with path.open("rb") as file, out.open("xb") as plain:
                for piece in opened(file, private_key(seed), name=path.name):
                    plain.write(piece)
        except OSError as error:
            raise disk_fault(error, path) from error
        return read_parcel(out, keys.values(), name=path.name)

    def _taken(self, answer: _Answer, memory: Memory, relation: Relation | None) -> StickRead:
        """Take an answer; what the province refused is kept in the relation, so that it is shown later too.

        Raises:
            RefusedError: an enrolment was refused.
            NotTheProvinceError, NoContactError: something in the answer is not of the contract's shape.
        """
        known = relation or self._enrolled(answer.parcel, memory.ticket)
        with self._lanes(known) as lanes:
            taking = Taking(lanes, shipped_json("contract/event_rules.json"), self._procedures)
            error = self._tried(taking, answer.parcel)
            trouble = pass_trouble(error, lanes.link.relation)
        return StickRead(
            answer.number, taking.sent, taking.received, taking.uploaded, enrolled=relation is None, size=answer.size, trouble=trouble)

    def _tried(self, taking: Taking, parcel: OpenedAnswer) -> RefusedError | None:
        try:
            taking.run(parcel)
        except RefusedError as error:
            link = taking.lanes.link
            link.keep(stopped=error.code, revoked=link.relation.revoked or error.code == "device_revoked")
            return error
        return None

    def _enrolled(self, parcel: OpenedAnswer, ticket: Ticket | None) -> Relation:
        """Complete the enrolment that a first file asked for."""
        first = next((index for index, about in enumerate(parcel.parts) if about.get("verb") == ENROL), None)
        if first is None or ticket is None:
            raise broken("NOT_ENROLLED")
        profile, body = self._settings.profile(), parcel.body(first)
        if (status := parcel.parts[first]["status"]) >= 300:
            raise RefusedError(status, str(body.get("code", "")), body)
        made = enrolled(ticket, body, device=profile.recorded_as)
        return keep_enrolled(
            self._database, profile, ticket, made, epoch=self._first_epoch(profile), own=self._keys.keep(),
            now=self._clock.now())

    @contextmanager
    def _work(self) -> Iterator[Path]:
        """Hold the line alone, with an empty folder that only this user may read."""
        with alone(self._folder):
            work = self._folder / WORK
            shutil.rmtree(work, ignore_errors=True)  # what a killed program left
            try:
                private_folder(work)
            except OSError as error:
                raise disk_fault(error, work) from error
            try:
                yield work
            finally:
                shutil.rmtree(work, ignore_errors=True)


def _digest(head: JsonObject) -> str:
    return hashlib.sha256(canonical(head).encode()).hexdigest()
