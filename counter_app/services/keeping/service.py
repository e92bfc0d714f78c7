"""Makes copies of the desk where and when its settings say, thins them out, rehearses a restore, and knows how all that stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from counter_app.domain.errors import DeskError, Problem, SurroundingsError, failed
from counter_app.domain.people import Actor, Permission
from counter_app.services.desk.settings import SettingsService
from counter_app.services.dossiers.access import require
from counter_app.services.keeping import policy, settings
from counter_app.services.keeping.policy import Why
from counter_app.services.keeping.ports import KeepingMemory, KeepingRoom
from counter_app.services.keeping.records import (
    Brought,
    CopiesMade,
    CopyFile,
    CopyMade,
    Due,
    KeepingStanding,
    PlaceRecord,
    PlaceStanding,
    Rehearsal,
    Remembered,
    Snapshot,
    Step,
    Stop,
    never,
    untold,
)
from counter_app.services.keeping.settings import KeepingSettings
from counter_app.services.ports import Clock, Database
from counter_app.services.recording import write_audit
from counter_app.services.trail.row_notes import held_setting

KEEPER = "safe-keeping"
"""Who stands in the audit trail where the program, and no person, made a copy."""
LOCAL = ""
"""The place on the desk's own disk."""


class KeepingService:
    """Safe keeping of one desk on one computer. Long calls take ``stop``, which is asked between small steps."""

    def __init__(self, database: Database, clock: Clock, room: KeepingRoom, memory: KeepingMemory, device: str) -> None:
        self._database = database
        self._clock = clock
        self._room = room
        self._memory = memory
        self._key = settings.key_of(device)
        self._desk = SettingsService(database, clock, device)

    def settings(self) -> KeepingSettings:
        """Return where, when and how many. Raises as :class:`~counter_app.services.ports.UnitOfWork`."""
        with self._database.read() as uow:
            stored = uow.settings.get(self._key)
        return settings.from_stored(stored)

    def save(self, wanted: KeepingSettings, actor: Actor) -> None:
        """Replace the settings. A place that is named anew may be another disk at an old path: its copies of before are forgotten.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.MANAGE_DESK)
        with self._database.write() as uow:
            before = settings.from_stored(uow.settings.get(self._key))
            uow.settings.put(self._key, settings.to_stored(wanted))
            details = {"places": len(wanted.places)} | held_setting(uow, self._key)
            write_audit(uow, self._clock.now(), actor.user_id, "backup.set", self._key, details)
            uow.commit()
        self._forget(set(wanted.places) - set(before.places))

    def standing(self) -> KeepingStanding:
        """Return how safe keeping stands; places are looked at, so that this may take as long as a slow share does."""
        remembered, now = self._memory.read(), self._clock.now()
        places = tuple(self._place(each, remembered) for each in self._places())
        second = max((each.made_at for each in remembered.places.values() if each.second and each.made_at), default=None)
        return KeepingStanding(places, remembered.rehearsal, second, policy.is_fresh(now, second), self._room.on_server)

    def due(self) -> Due:
        """Return what is to be done now. Asks no place whether it is there."""
        remembered, now, wanted = self._memory.read(), self._clock.now(), self.settings()
        places, whys = [], set()
        for place in (LOCAL, *wanted.places):
            record = remembered.places.get(place, PlaceRecord())
            why = policy.due(() if place == LOCAL else wanted.times, now, record.made_at)
            if why is not None and (record.problem is None or policy.may_try(now, record.tried_at)):
                places.append(place)
                whys.add(why)
        return Due(tuple(places), max(whys, default=""), self._rehearsal_due(remembered, now))

    def work(self, due: Due, stop: Stop = never) -> CopiesMade:
        """Do what is due. Raises as :meth:`make`; a rehearsal only leaves its result."""
        made = self.make(Why(due.why), due.places, stop) if due.places else CopiesMade({}, {})
        if due.rehearsal and not stop():
            self.rehearse(stop)
        return made

    def at_close(self, stop: Stop = never) -> CopiesMade:
        """Make the copies of the end of the day in the places, where they are wanted."""
        wanted = self.settings()
        return self.make(Why.CLOSE, wanted.places, stop) if wanted.at_close and wanted.places else CopiesMade({}, {})

    def before_update(self) -> CopiesMade:
        """Make copies before another version takes the desk over.

        Raises:
            SurroundingsError: there is no copy at all, not even on the desk's own disk: the update must wait.
        """
        made = self.make(Why.UPDATE)
        if not made.made:
            raise SurroundingsError(*made.failed.values())
        return made

    def make(self, why: Why, places: Sequence[str] | None = None, stop: Stop = never, step: Step = untold) -> CopiesMade:
        """Make copies in places, those of the settings and the desk's own disk where none are named; each place stands by itself.

        ``step`` is told of each place whose scans were brought, of the database, and of each copy.

        Raises:
            SurroundingsError: BACKUP_ELSEWHERE; BACKUP_HALTED; DATABASE_CORRUPT and the like: there is nothing to copy.
        """
        wanted = self.settings()
        with self._room.alone():
            made = self._copy(why, (LOCAL, *wanted.places) if places is None else places, self._memory.read(), stop, step)
            for place in made.made:
                self._thin(place, wanted, made)
            self._remember(made)
        self._audit(made)
        return made

    def make_in(self, place: str) -> CopyMade:
        """Make a copy in a folder that somebody names, also where another disk stood the last time; nothing is thinned out there.

        Raises:
            SurroundingsError: as :meth:`make`, and what kept the copy from being made.
        """
        with self._room.alone():
            made = self._copy(Why.ASKED, (place,), Remembered(), never, untold)
            if place in self._places():
                self._remember(made)
        self._audit(made)
        if place not in made.made:
            raise SurroundingsError(*made.failed.values())
        return made.made[place]

    def rehearse(self, stop: Stop = never) -> Rehearsal | None:
        """Restore the newest copy that can be reached into a folder of its own, look through it, and remember what was found.

        None where there is no copy.

        Raises:
            SurroundingsError: BACKUP_ELSEWHERE; BACKUP_HALTED.
        """
        with self._room.alone():
            copy = self._newest()
            if copy is None:
                return None
            found = self._examined(copy, stop)
            self._memory.write(replace(self._memory.read(), rehearsal=found))
        return found

    # --- within -------------------------------------------------------------------------------------------------------

    def _places(self) -> tuple[str, ...]:
        return (LOCAL, *self.settings().places)

    def _place(self, place: str, remembered: Remembered) -> PlaceStanding:
        record = remembered.places.get(place, PlaceRecord())
        return PlaceStanding(place, self._room.is_there(place, known=record.made_at is not None), record)

    def _rehearsal_due(self, remembered: Remembered, now: datetime) -> bool:
        last = remembered.rehearsal
        has_copy = any(each.made_at for each in remembered.places.values())
        return has_copy and policy.rehearsal_due(now, last.at if last else None, found_something=bool(last and last.problem))

    def _copy(self, why: Why, places: Sequence[str], remembered: Remembered, stop: Stop, step: Step) -> CopiesMade:
        """Bring the sealed files first, for that may take long, then take the database, then what came meanwhile.

        A place that ``remembered`` knows copies of must still hold them.
        """
        report = CopiesMade({}, {})
        brought: dict[str, Brought | None] = {}
        for place, files in self._brought(places, remembered, report, stop):
            brought[place] = files
            step(len(brought), 2 * len(places) + 1)
        if not brought:
            return report
        with self._room.snapshot(stop) as held:
            snapshot = self._named(held)
            for number, (place, files) in enumerate(brought.items(), start=1):
                step(len(places) + number, 2 * len(places) + 1)
                try:
                    report.made[place] = self._put(snapshot, place, files, why, stop)
                except DeskError as error:
                    report.failed[place] = _told(error)
        return report

    def _named(self, held: Snapshot) -> Snapshot:
        """Say whose desk a snapshot is of where the snapshot can't, for the database is a server's."""
        if not self._room.on_server:
            return held
        profile = self._desk.profile()
        return replace(held, counted=replace(held.counted, agency=profile.agency, commune=profile.commune, desk=profile.desk))

    def _brought(
        self, places: Sequence[str], remembered: Remembered, report: CopiesMade, stop: Stop,
    ) -> Iterable[tuple[str, Brought | None]]:
        for place in places:
            known = remembered.places.get(place, PlaceRecord()).made_at is not None
            try:
                if not self._room.is_there(place, known=known):
                    raise failed("BACKUP_PLACE_MISSING", path=place)
                yield place, None if place == LOCAL else self._room.keep_files(self._room.folder_of(place), stop)
            except DeskError as error:
                report.failed[place] = _told(error)

    def _put(self, snapshot: Snapshot, place: str, files: Brought | None, why: Why, stop: Stop) -> CopyMade:
        """Make a copy in a place; one that is full gives up its older copies and is tried once more."""
        folder = self._room.folder_of(place)
        try:
            return self._room.put(snapshot, folder, files, why, self._clock.now(), stop)
        except DeskError as error:
            if error.code != "DISK_FULL" or not self._room.remove(folder, self._old(folder, policy.SPARE_KEEP)):
                raise
        return self._room.put(snapshot, folder, files, why, self._clock.now(), stop)

    def _old(self, folder: Path, keep: policy.Keep) -> list[CopyFile]:
        """Return the copies in a folder that need not stay."""
        copies = self._room.copies(folder)
        stay = policy.kept([each.facts.made_at for each in copies], keep, self._clock.now())
        return [each for each in copies if each.facts.made_at not in stay]

    def _thin(self, place: str, wanted: KeepingSettings, report: CopiesMade) -> None:
        """Delete the copies of a place that need not stay; one that can't be deleted is told of beside the copy that was made."""
        folder, keep = self._room.folder_of(place), policy.LOCAL_KEEP if place == LOCAL else wanted.keep
        try:
            if old := self._old(folder, keep):
                self._room.remove(folder, old)
        except DeskError as error:
            report.failed[place] = _told(error)

    def _newest(self) -> CopyFile | None:
        """Return the newest copy, one on another disk before that on the desk's own."""
        for places in (self.settings().places, (LOCAL,)):
            there = [self._room.folder_of(place) for place in places if self._room.is_there(place, known=True)]
            found = [copy for folder in there for copy in self._room.copies(folder)]
            if found:
                return max(found, key=_made_at)
        return None

    def _examined(self, copy: CopyFile, stop: Stop) -> Rehearsal:
        now, file = self._clock.now(), str(copy.path)
        try:
            found = self._room.examine(copy, stop)
        except DeskError as error:
            return Rehearsal(now, file, problem=_told(error))
        problem = Problem("REHEARSAL_FILES_MISSING", None, {"count": len(found.missing), "path": file}) if found.missing else None
        return Rehearsal(now, file, found.dossiers, found.files, problem)

    def _remember(self, report: CopiesMade) -> None:
        now, remembered = self._clock.now(), self._memory.read()
        places = dict(remembered.places)
        for place, made in report.made.items():
            facts = made.facts
            places[place] = PlaceRecord(
                facts.made_at, now, str(made.path), made.bytes, facts.files, facts.files_bytes, facts.dossiers, made.second)
        for place, problem in report.failed.items():
            places[place] = replace(places.get(place, PlaceRecord()), tried_at=now, problem=problem)
        self._memory.write(replace(remembered, places=places))

    def _forget(self, places: Set[str]) -> None:
        remembered = self._memory.read()
        if places & remembered.places.keys():
            kept = {place: record for place, record in remembered.places.items() if place not in places}
            self._memory.write(replace(remembered, places=kept))

    def _audit(self, report: CopiesMade) -> None:
        if report.made:
            with self._database.write() as uow:
                for made in report.made.values():
                    details = {"why": made.facts.why, "dossiers": made.facts.dossiers, "second": made.second}
                    write_audit(uow, self._clock.now(), KEEPER, "backup.made", made.path.name, details)
                uow.commit()


def _told(error: DeskError) -> Problem:
    """Return what is wrong with a place; an end that somebody wished for is none, and goes on up."""
    if error.code == "BACKUP_HALTED":
        raise error
    return error.problems[0]


def _made_at(copy: CopyFile) -> datetime:
    return copy.facts.made_at
