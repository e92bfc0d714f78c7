"""Fakes of what safe keeping needs: a room whose places are plain dictionaries, and a memory that forgets nothing."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from counter_app.domain.errors import failed
from counter_app.services.keeping.records import Brought, CopyFile, CopyMade, Counted, Examined, Facts, Remembered, Snapshot

DESK_DISK = Path("/desk/backups")


class FakeMemory:
    """Implements ``KeepingMemory``."""

    def __init__(self):
        self.kept = Remembered()

    def read(self):
        return self.kept

    def write(self, remembered):
        self.kept = remembered


class FakeRoom:
    """Implements ``KeepingRoom``. ``gone`` places can't be reached, in ``exchanged`` ones lies another disk than before; ``faults`` maps a
    place's folder to the code that it fails with."""

    def __init__(self):
        self.on_server = False
        self.held, self.gone, self.exchanged, self.faults, self.shelves = False, set(), set(), {}, {}
        self.calls = []
        self.dossiers, self.most = 3, 99
        self.found = Examined(3, 2)

    @contextmanager
    def alone(self):
        if self.held:
            raise failed("BACKUP_ELSEWHERE")
        self.held = True
        try:
            yield
        finally:
            self.held = False

    def folder_of(self, place):
        return Path(place) / "desk" if place else DESK_DISK

    def is_there(self, place, *, known):
        return place not in self.gone and not (known and place in self.exchanged)

    def keep_files(self, folder, stop):
        self._work("files", folder, stop)
        return Brought({}, {}, 2, 200)

    @contextmanager
    def snapshot(self, stop):
        self._work("snapshot", DESK_DISK.parent, stop)
        yield Snapshot(Counted("d", dossiers=self.dossiers), 4096)

    def put(self, snapshot, folder, files, why, at, stop):
        self._work("put", folder, stop)
        if len(self.shelves.get(folder, [])) >= self.most:
            raise failed("DISK_FULL", path=str(folder))
        counted = snapshot.counted
        facts = Facts(
            "d", counted.agency, "", "", at, why, counted.dossiers, 0, 0, (), 4096, "00", with_files=files is not None,
            commune=counted.commune, desk=counted.desk)
        path = folder / f"{at:%Y%m%dT%H%M%S%f}.qmc"
        self.shelves.setdefault(folder, []).append(CopyFile(path, facts, 5000))
        return CopyMade(path, facts, 5000, folder != DESK_DISK, files.new if files else 0)

    def copies(self, folder):
        return sorted(self.shelves.get(folder, []), key=lambda each: each.facts.made_at, reverse=True)

    def remove(self, folder, copies):
        if not copies:
            return False
        self._work("remove", folder, bool)
        self.shelves[folder] = [each for each in self.shelves[folder] if each not in copies]
        return True

    def examine(self, copy, stop):
        self._work("examine", copy.path, stop)
        return replace(self.found)

    def _work(self, what, where, stop):
        self.calls.append((what, where))
        if stop():
            raise failed("BACKUP_HALTED")
        if code := self.faults.get(where) or self.faults.get(what):
            raise failed(code, path=str(where))
